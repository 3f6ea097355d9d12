//! The keyboard that most people of a language and country have.

use super::names::{Layout, Offer, Variant, layout, layouts};
use super::picture::picture;
use crate::location::{Locale, languages};

/// A layout, perhaps with a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess {
    /// As `services.xserver.xkb.layout` takes it.
    pub layout: &'static str,
    /// As `services.xserver.xkb.variant` takes it.
    pub variant: Option<&'static str>,
}

impl Guess {
    /// Whether the configuration puts `us` beside it, because it has no Latin letters and login
    /// names need them.
    pub fn gets_latin_beside(&self) -> bool {
        picture(self.layout, self.variant).is_some_and(|picture| !picture.has_latin_letters())
    }
}

/// What people have where neither language nor country of a layout says it. Egypt's own layout is
/// younger than the habits of its people.
const HABITS: [(&str, &str, Option<&str>); 23] = [
    ("ar_EG.UTF-8", "ara", None),
    ("ckb_IQ", "iq", Some("ku_ara")),
    ("de_LI.UTF-8", "ch", None),
    ("de_LU.UTF-8", "ch", None),
    ("en_CA.UTF-8", "us", None),
    ("en_DK.UTF-8", "dk", None),
    ("en_IL", "us", None),
    ("en_IN", "us", None),
    ("en_PH.UTF-8", "us", None),
    ("ff_SN", "sn", None),
    ("fr_LU.UTF-8", "ch", Some("fr")),
    ("ga_IE.UTF-8", "ie", None),
    ("ht_HT", "us", None),
    ("it_CH.UTF-8", "ch", Some("fr")),
    ("lb_LU", "ch", Some("fr")),
    ("nl_AW", "us", Some("intl")),
    ("nl_NL.UTF-8", "us", Some("intl")),
    ("pa_PK", "pk", None),
    ("sd_IN@devanagari", "in", None),
    ("sv_FI.UTF-8", "fi", None),
    ("uz_UZ.UTF-8", "uz", Some("latin")),
    ("zh_HK.UTF-8", "us", None),
    ("zh_TW.UTF-8", "tw", None),
];

/// The Spanish of these countries is typed on one layout, which names none of them.
const LATIN_AMERICA: [&str; 20] = [
    "AR", "BO", "CL", "CO", "CR", "CU", "DO", "EC", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "PY",
    "SV", "US", "UY", "VE",
];

/// The keyboard that most people who read a locale's language in its country have; `us` if nothing
/// better is known.
pub fn guess(locale: &Locale) -> Guess {
    let habit = HABITS.iter().find(|(name, ..)| *name == locale.name);
    let guess = match habit {
        Some((_, layout, variant)) => Some((*layout, *variant)),
        None if locale.language == "es" && LATIN_AMERICA.contains(&locale.country) => {
            Some(("latam", None))
        }
        None => by_modifier(locale).or_else(|| by_language(locale)),
    };
    let (layout, variant) = guess.unwrap_or(("us", None));
    Guess { layout, variant }
}

type Found = (&'static str, Option<&'static str>);

/// `be_BY@latin` is typed with a variant of that name.
fn by_modifier(locale: &Locale) -> Option<Found> {
    let modifier = locale.modifier()?;
    let of_country = layouts()
        .iter()
        .filter(|l| l.countries.contains(&locale.country));
    of_country
        .filter_map(|layout| Some((layout.name, Some(layout.variant(modifier)?.name))))
        .next()
}

/// The country's layout if it is in the language, then a variant of it that is; then the layout of
/// the language where most speak it, of the language anywhere, a variant anywhere, and at last
/// whatever the country has.
fn by_language(locale: &Locale) -> Option<Found> {
    let language = locale.language3;
    let main = |layout: &&Layout| layout.languages.first() == Some(&language);
    let one_of = |layout: &&Layout| layout.languages.contains(&language);
    let of_country = || {
        let all = layouts()
            .iter()
            .filter(|layout| layout.offer == Offer::Common);
        let own = layout(&locale.country.to_lowercase()).into_iter();
        own.chain(all.filter(|layout| layout.countries.contains(&locale.country)))
    };
    let everywhere = || {
        layouts()
            .iter()
            .filter(|layout| layout.offer == Offer::Common)
    };
    let whole = |layout: &Layout| (layout.name, None);
    of_country()
        .find(main)
        .or_else(|| of_country().find(one_of))
        .map(whole)
        .or_else(|| of_country().find_map(|layout| variant_in(layout, language)))
        .or_else(|| home(locale).into_iter().find(main).map(whole))
        .or_else(|| everywhere().find(main).map(whole))
        .or_else(|| everywhere().find_map(|layout| variant_in(layout, language)))
        .or_else(|| of_country().next().map(whole))
}

/// The layout of the country where most people speak the language.
fn home(locale: &Locale) -> Option<&'static Layout> {
    let language = languages().iter().find(|l| l.code == locale.language)?;
    layout(&language.main_locale()?.country.to_lowercase())
}

fn variant_in(layout: &Layout, language: &str) -> Option<Found> {
    let fits = |variant: &&Variant| {
        variant.offer == Offer::Common && variant.languages.first() == Some(&language)
    };
    let variant = layout.variants.iter().find(fits)?;
    Some((layout.name, Some(variant.name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::{locale, locales};

    fn guessed(name: &str) -> (&'static str, Option<&'static str>, bool) {
        let guess = guess(locale(name).unwrap());
        (guess.layout, guess.variant, guess.gets_latin_beside())
    }

    #[test]
    fn people_get_the_keyboard_that_they_have() {
        for (locale, layout, variant, latin_beside) in [
            ("de_DE.UTF-8", "de", None, false),
            ("de_AT.UTF-8", "at", None, false),
            ("de_CH.UTF-8", "ch", None, false),
            ("fr_CH.UTF-8", "ch", Some("fr"), false),
            ("en_US.UTF-8", "us", None, false),
            ("en_GB.UTF-8", "gb", None, false),
            ("fr_FR.UTF-8", "fr", None, false),
            ("fr_CA.UTF-8", "ca", None, false),
            ("es_MX.UTF-8", "latam", None, false),
            ("pt_BR.UTF-8", "br", None, false),
            ("pt_PT.UTF-8", "pt", None, false),
            ("nl_BE.UTF-8", "be", None, false),
            ("ru_RU.UTF-8", "ru", None, true),
            ("el_GR.UTF-8", "gr", None, true),
            ("he_IL.UTF-8", "il", None, true),
            ("ja_JP.UTF-8", "jp", None, false),
            ("zh_CN.UTF-8", "cn", None, false),
            ("en_ZW.UTF-8", "us", None, false),
            ("sv_FI.UTF-8", "fi", None, false),
            ("ko_KR.UTF-8", "kr", None, false),
            ("uk_UA.UTF-8", "ua", None, true),
            ("ta_IN", "in", Some("tam"), true),
            ("sr_RS@latin", "rs", Some("latin"), false),
            ("be_BY@latin", "by", Some("latin"), false),
        ] {
            assert_eq!(guessed(locale), (layout, variant, latin_beside), "{locale}");
        }
    }

    #[test]
    fn every_guess_exists() {
        for locale in locales() {
            let Guess {
                layout: name,
                variant,
            } = guess(locale);
            let layout = layout(name).unwrap();
            assert!(
                variant.is_none_or(|v| layout.variant(v).is_some()),
                "{}",
                locale.name
            );
        }
    }
}
