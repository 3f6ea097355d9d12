//! The languages: those that the wizard speaks as cards, and all that the new system can have by a
//! search, each in its own name.

use super::Message;
use crate::i18n::Language as Spoken;
use crate::location::{Language, Locale, languages};
use crate::preset::{LocaleName, Preset};
use crate::wizard::Element;
use crate::wizard::fonts::can_draw;
use crate::wizard::page::{Context, keyboard};
use crate::wizard::theme::space;
use crate::wizard::widget::{Scope, choice, muted, search, small, strong};
use iced::keyboard::{Key, key::Named};
use iced::widget::{Row, column, container};

/// The narrowest that a language's card becomes beside all others, in logical pixels.
const NARROWEST: f32 = 160.0;

/// How many languages a search shows.
const SHOWN: usize = 6;

/// A language that people read, as it calls itself where our fonts have its letters.
fn name_of(language: &Language) -> &'static str {
    match can_draw(language.own_name) {
        true => language.own_name,
        false => language.english_name,
    }
}

/// The language that a preset asks for.
pub(super) fn of_preset(preset: &Preset) -> Option<&'static Language> {
    let locale = preset.locale.language.as_ref()?.as_str();
    let mut all = languages().iter();
    all.find(|language| language.locales.iter().any(|own| own.name == locale))
}

/// Puts a language into the preset, where it is not the one that is there already.
pub(super) fn take(language: &'static Language, preset: &mut Preset) {
    if of_preset(preset) == Some(language) {
        return;
    }
    if let Some(locale) = language.main_locale() {
        put(locale.name, preset);
    }
}

/// Puts a locale into the preset, with the keyboard that most of its people have.
pub(super) fn put(locale: &str, preset: &mut Preset) {
    keyboard::follow(preset, |preset| {
        preset.locale.language = locale.parse().ok();
    });
}

/// The languages that words find: those that begin with them first.
pub(super) fn find(query: &str) -> Vec<&'static Language> {
    let query = query.trim().to_lowercase();
    if query.is_empty() {
        return Vec::new();
    }
    let rank = |language: &Language| {
        let names = [language.own_name, language.english_name, &language.code];
        let names = names.map(str::to_lowercase);
        let begins = names.iter().any(|name| name.starts_with(&query));
        let holds = names.iter().any(|name| name.contains(&query));
        match (begins, holds) {
            (true, _) => Some(0),
            (false, true) => Some(1),
            (false, false) => None,
        }
    };
    let mut found: Vec<(u8, &Language)> = languages()
        .iter()
        .filter_map(|language| Some((rank(language)?, language)))
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, language)| language).collect()
}

/// The cards of the languages that the wizard speaks, and the search.
pub(super) fn view<'a>(
    ctx: Context<'a>,
    query: &'a str,
    found: &'a [&'static Language],
) -> Element<'a, Message> {
    let p = ctx.palette();
    let hint = ctx.t("language-search");
    let field = search(p, "language-search", &hint, query, Message::Search);
    let first = found.first().copied();
    // Enter takes the first that was found.
    let field = Scope::keys(field).on_key(move |key, modifiers| match key {
        Key::Named(Named::Enter) if modifiers.is_empty() => first.map(Message::System),
        _ => None,
    });
    // One that no card stands for is shown as long as it is the system's.
    let chosen = of_preset(ctx.draft.preset());
    let other = chosen.filter(|chosen| Spoken::of(&chosen.code).is_none());
    let other = other.filter(|chosen| !found.iter().take(SHOWN).any(|found| found == chosen));
    let shown = other.into_iter().chain(found.iter().copied().take(SHOWN));
    let shown: Vec<Element<'a, Message>> = shown
        .map(|language| card_of(ctx, language, chosen == Some(language)))
        .collect();
    let note = chosen.filter(|chosen| Spoken::of(&chosen.code).is_none());
    let note = note.map(|chosen| {
        let text = ctx.tv("language-system-only", "language", name_of(chosen));
        small(text, p.muted)
    });
    let nothing = !query.trim().is_empty() && found.is_empty();
    let nothing = nothing.then(|| muted(p, ctx.t("nothing-found")));
    let shown = (!shown.is_empty()).then(|| {
        let cards = Row::with_children(shown).spacing(space::M).wrap();
        Scope::group(cards.vertical_spacing(space::M))
    });
    column![spoken(ctx), field]
        .push(nothing)
        .push(shown)
        .push(note)
        .spacing(space::M)
        .into()
}

fn card_of<'a>(
    ctx: Context<'a>,
    language: &'static Language,
    chosen: bool,
) -> Element<'a, Message> {
    let p = ctx.palette();
    let wide = ((ctx.width - space::M) / 2.0).floor();
    let words = column![
        strong(p, name_of(language)),
        small(language.english_name, p.muted)
    ];
    let card = choice(p, chosen, words, Some(Message::System(language)));
    container(card.id(format!("system-{}", language.code)))
        .width(wide)
        .into()
}

/// The locale that a language of the wizard stands for: the preset's where it is one of its own, else that of
/// most of its people.
fn locale_of(language: Spoken, preset: &Preset) -> Option<&'static Locale> {
    let mut all = languages().iter();
    let language = all.find(|found| found.code == language.tag())?;
    let asked = preset.locale.language.as_ref().map(LocaleName::as_str);
    let mut own = language.locales.iter();
    let asked = own.find(|own| Some(own.name) == asked);
    asked.copied().or_else(|| language.main_locale())
}

/// The languages of the wizard, each in its own name.
fn spoken<'a>(ctx: Context<'a>) -> Element<'a, Message> {
    let p = ctx.palette();
    let all = Spoken::ALL.len() as f32;
    let in_one_row = ((ctx.width - (all - 1.0) * space::M) / all).floor();
    let wide = if in_one_row < NARROWEST {
        ((ctx.width - space::M) / 2.0).floor()
    } else {
        in_one_row
    };
    let cards = Row::with_children(Spoken::ALL.map(|language| {
        let locale = locale_of(language, ctx.draft.preset());
        let (name, country) = locale.map_or((language.tag(), ""), |locale| {
            (locale.own_language, locale.own_country)
        });
        let words = column![strong(p, name), small(country, p.muted)];
        let chosen = ctx.texts.language() == language;
        let choice = choice(p, chosen, words, Some(Message::Language(language)));
        container(choice.id(format!("language-{}", language.tag())))
            .width(wide)
            .into()
    }))
    .spacing(space::M)
    .wrap()
    .vertical_spacing(space::M);
    Scope::group(cards).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_found_by_their_own_and_their_english_names() {
        let first = |query| find(query).first().map(|language| language.code.as_str());
        assert_eq!(first("fran"), Some("fr"));
        assert_eq!(first("French"), Some("fr"));
        assert_eq!(first("русск"), Some("ru"));
        assert_eq!(first("pl"), Some("pl"));
        assert!(find("  ").is_empty() && find("qqq").is_empty());
    }

    #[test]
    fn a_card_has_the_country_of_the_locale_that_is_chosen() {
        let country = |locale: &str| {
            let mut preset = Preset::default();
            put(locale, &mut preset);
            locale_of(Spoken::English, &preset).map(|found| found.own_country)
        };
        assert_eq!(country("en_GB.UTF-8"), Some("United Kingdom"));
        assert_eq!(country("de_AT.UTF-8"), Some("United States"));
    }

    #[test]
    fn every_language_gives_a_preset_that_can_be_read_again() {
        for language in languages() {
            let mut preset = Preset::default();
            take(language, &mut preset);
            assert_eq!(of_preset(&preset), Some(language), "{}", language.code);
            assert!(preset.keyboard.layout.is_some(), "{}", language.code);
            assert!(!name_of(language).is_empty());
        }
    }

    #[test]
    fn the_wizards_languages_bring_the_keyboards_of_their_countries() {
        for (language, layout) in [
            (Spoken::English, "us"),
            (Spoken::German, "de"),
            (Spoken::Japanese, "jp"),
            (Spoken::Arabic, "ara"),
        ] {
            let mut preset = Preset::default();
            super::super::apply(language, &mut preset);
            let found = preset.keyboard.layout.map(|layout| layout.to_string());
            assert_eq!(found.as_deref(), Some(layout));
            assert_eq!(preset.keyboard.variant, None);
        }
    }
}
