//! Language, formats, clock and keyboard.

use super::{LocaleName, Preset, TimeZone, XkbName};
use crate::keyboard::guess;
use crate::location::locale;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Language, formats and time zone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Locale {
    /// The language of the system, such as `de_DE.UTF-8`.
    pub language: Option<LocaleName>,
    /// The locale of dates, numbers, money and paper, where it differs from the language.
    pub formats: Option<LocaleName>,
    /// Locales that programs can use beside these, such as `fr_FR.UTF-8`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<LocaleName>,
    /// Such as `Europe/Berlin`.
    pub time_zone: Option<TimeZone>,
    /// What the computer's own clock shows; UTC if left out, local time if a Windows stays.
    pub hardware_clock: Option<HardwareClock>,
}

/// What the computer's own clock shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum HardwareClock {
    /// Universal time.
    Utc,
    /// The time of the time zone, as Windows has it.
    Local,
}

impl fmt::Display for HardwareClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utc => "UTC",
            Self::Local => "local time",
        })
    }
}

/// The keyboard, in the terms of XKB.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Keyboard {
    /// The kind of keyboard, such as `pc105`; `pc104` if left out.
    pub model: Option<XkbName>,
    /// Such as `de`; what most people of the language have if left out.
    pub layout: Option<XkbName>,
    /// Such as `neo`.
    pub variant: Option<XkbName>,
    /// Such as `caps:escape`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<XkbName>,
    /// How languages with more characters than keys are typed; what the language needs if left out.
    pub input_methods: Option<Vec<InputMethod>>,
}

/// The layout of who gives neither one nor a language.
const USUAL_LAYOUT: &str = "us";

impl Preset {
    /// The layout of the keyboard and its variant: what is asked for, or else what most people of the
    /// language have, in the order of [`guess`].
    pub fn layout_and_variant(&self) -> (&str, Option<&str>) {
        let Keyboard {
            layout, variant, ..
        } = &self.keyboard;
        let language = self.locale.language.as_ref();
        let guessed = language.and_then(|language| locale(language.as_str()));
        let guessed = guessed.map(guess);
        match (layout, variant, guessed) {
            (None, None, Some(guess)) => (guess.layout, guess.variant),
            (layout, variant, _) => (
                layout.as_ref().map_or(USUAL_LAYOUT, XkbName::as_str),
                variant.as_ref().map(XkbName::as_str),
            ),
        }
    }
}

/// A way to type a language that has more characters than a keyboard has keys.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum InputMethod {
    /// Chinese by its sound in Latin letters.
    Pinyin,
    /// Chinese by its sound in Zhuyin signs, as in Taiwan.
    Zhuyin,
    /// Japanese.
    Japanese,
    /// Korean.
    Korean,
    /// Vietnamese.
    Vietnamese,
}

impl InputMethod {
    /// What people with this language of the system need to type it.
    pub fn of_language(language: &LocaleName) -> Option<Self> {
        let name = language.as_str();
        let place = name.split(['.', '@']).next().unwrap_or_default();
        match place.split_once('_').unwrap_or((place, "")) {
            ("zh" | "yue" | "nan", "TW" | "HK" | "MO") => Some(Self::Zhuyin),
            ("zh", _) => Some(Self::Pinyin),
            ("ja", _) => Some(Self::Japanese),
            ("ko", _) => Some(Self::Korean),
            ("vi", _) => Some(Self::Vietnamese),
            _ => None,
        }
    }
}

impl fmt::Display for InputMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pinyin => "Chinese by Pinyin",
            Self::Zhuyin => "Chinese by Zhuyin",
            Self::Japanese => "Japanese",
            Self::Korean => "Korean",
            Self::Vietnamese => "Vietnamese",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_brings_its_input_method() {
        for (language, expected) in [
            ("zh_CN.UTF-8", Some(InputMethod::Pinyin)),
            ("zh_SG.UTF-8", Some(InputMethod::Pinyin)),
            ("zh_TW.UTF-8", Some(InputMethod::Zhuyin)),
            ("ja_JP.UTF-8", Some(InputMethod::Japanese)),
            ("ko_KR.UTF-8", Some(InputMethod::Korean)),
            ("vi_VN", Some(InputMethod::Vietnamese)),
            ("kok_IN", None),
            ("de_DE.UTF-8", None),
        ] {
            let language: LocaleName = language.parse().unwrap();
            assert_eq!(InputMethod::of_language(&language), expected, "{language}");
        }
    }

    fn keys(text: &str) -> (String, Option<String>) {
        let text = format!("version = 1\n{text}\n[[users]]\nname = \"ada\"\n");
        let preset = crate::preset::read(&text, "keys").unwrap();
        let (layout, variant) = preset.layout_and_variant();
        (layout.to_owned(), variant.map(str::to_owned))
    }

    #[test]
    fn who_names_no_keyboard_gets_that_of_the_language() {
        for (language, layout, variant) in [
            ("en_GB.UTF-8", "gb", None),
            ("en_US.UTF-8", "us", None),
            ("de_CH.UTF-8", "ch", None),
            ("fr_CH.UTF-8", "ch", Some("fr")),
            ("fr_CA.UTF-8", "ca", None),
            ("pt_BR.UTF-8", "br", None),
            ("nl_NL.UTF-8", "us", Some("intl")),
        ] {
            let (has, its) = keys(&format!("[locale]\nlanguage = \"{language}\""));
            assert_eq!(
                (has.as_str(), its.as_deref()),
                (layout, variant),
                "{language}"
            );
        }
        assert_eq!(keys(""), ("us".to_owned(), None));
    }

    #[test]
    fn a_keyboard_that_is_named_is_taken_as_it_is() {
        let french = "[locale]\nlanguage = \"fr_CH.UTF-8\"\n[keyboard]\nlayout = \"us\"";
        assert_eq!(keys(french), ("us".to_owned(), None));
    }
}
