//! Language, formats, clock and keyboard.

use super::{LocaleName, TimeZone, XkbName};
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
    /// Such as `de`.
    pub layout: Option<XkbName>,
    /// Such as `neo`.
    pub variant: Option<XkbName>,
    /// Such as `caps:escape`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<XkbName>,
    /// How languages with more characters than keys are typed; what the language needs if left out.
    pub input_methods: Option<Vec<InputMethod>>,
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
}
