//! The keyboard that comes along with the language, and with the country where it is spoken: English
//! in London is typed on another one than English in New York. One that was chosen for itself stays.

use crate::keyboard::{Guess, guess};
use crate::location::{Locale, locale, locales, zone};
use crate::preset::{Preset, XkbName};

/// A layout and its variant, as a preset has them.
type Keys = (Option<XkbName>, Option<XkbName>);

/// Changes language or place, and with it the keyboard, unless that was chosen for itself.
pub(crate) fn follow(preset: &mut Preset, change: impl FnOnce(&mut Preset)) {
    let now = (
        preset.keyboard.layout.clone(),
        preset.keyboard.variant.clone(),
    );
    let spoken = language(preset);
    let usual = [spoken, spoken.map(|spoken| there(spoken, preset))];
    let came_along = usual.into_iter().flatten().any(|own| keys(own) == now);
    change(preset);
    if (now.0.is_none() || came_along)
        && let Some(spoken) = language(preset)
    {
        (preset.keyboard.layout, preset.keyboard.variant) = keys(there(spoken, preset));
    }
}

fn language(preset: &Preset) -> Option<&'static Locale> {
    locale(preset.locale.language.as_ref()?.as_str())
}

/// The language as it is spoken where the person is, if it is.
fn there(spoken: &'static Locale, preset: &Preset) -> &'static Locale {
    let place = preset.locale.time_zone.as_ref();
    let place = place.and_then(|name| zone(name.as_str()));
    let Some(place) = place.filter(|place| place.country != spoken.country) else {
        return spoken;
    };
    let mut all = locales().iter();
    let same = |own: &&Locale| own.language == spoken.language && own.country == place.country;
    all.find(same).unwrap_or(spoken)
}

/// The layout and variant that most people of a locale have.
fn keys(locale: &Locale) -> Keys {
    let Guess { layout, variant } = guess(locale);
    let variant = variant.and_then(|variant| variant.parse().ok());
    (layout.parse().ok(), variant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speak(preset: &mut Preset, language: &str) {
        follow(preset, |preset| {
            preset.locale.language = language.parse().ok();
        });
    }

    fn live(preset: &mut Preset, zone: &str) {
        follow(preset, |preset| preset.locale.time_zone = zone.parse().ok());
    }

    fn layout(preset: &Preset) -> &str {
        preset.keyboard.layout.as_ref().unwrap().as_str()
    }

    #[test]
    fn the_keyboard_is_that_of_the_language_where_the_person_lives() {
        for (language, zone, has) in [
            ("en_US.UTF-8", "Europe/London", "gb"),
            ("en_US.UTF-8", "America/Chicago", "us"),
            ("en_US.UTF-8", "Europe/Madrid", "us"),
            ("de_DE.UTF-8", "Europe/Zurich", "ch"),
            ("de_DE.UTF-8", "Europe/Vienna", "at"),
            ("fr_FR.UTF-8", "America/Toronto", "ca"),
            ("pt_PT.UTF-8", "America/Sao_Paulo", "br"),
            ("es_ES.UTF-8", "America/Bogota", "latam"),
        ] {
            let mut preset = Preset::default();
            speak(&mut preset, language);
            live(&mut preset, zone);
            assert_eq!(layout(&preset), has, "{language} in {zone}");
        }
    }

    #[test]
    fn it_follows_both_until_somebody_chooses_one() {
        let mut preset = Preset::default();
        speak(&mut preset, "en_US.UTF-8");
        live(&mut preset, "Europe/London");
        speak(&mut preset, "de_DE.UTF-8");
        assert_eq!(layout(&preset), "de");
        live(&mut preset, "Europe/Zurich");
        live(&mut preset, "Europe/Vienna");
        assert_eq!(layout(&preset), "at");
        preset.keyboard.layout = "fr".parse().ok();
        live(&mut preset, "Europe/Zurich");
        speak(&mut preset, "it_IT.UTF-8");
        assert_eq!(layout(&preset), "fr");
    }
}
