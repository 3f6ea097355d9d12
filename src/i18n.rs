//! Every text that people read in the wizard, by Fluent: `i18n/<language>/wizard.ftl`, and `problems.ftl`
//! beside it for what the resolver tells.
//!
//! A text that a language lacks is taken from English, one by one. A test holds the files against
//! each other.

pub(crate) mod direction;
mod told;

pub(crate) use told::key_of;

use crate::packed::{Packed, packed};
use crate::units::Bytes;
use direction::{apart, without_needless_marks};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use std::borrow::Cow;

/// The languages that the wizard speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Language {
    #[default]
    English,
    German,
    Japanese,
    Arabic,
}

impl Language {
    pub(crate) const ALL: [Self; 4] = [Self::English, Self::German, Self::Japanese, Self::Arabic];

    /// Those that have every text; the others take from English what they lack, but for
    /// [`Self::UNDERSTOOD`].
    #[cfg(test)]
    pub(crate) const COMPLETE: [Self; 2] = [Self::English, Self::German];

    /// What the keys begin with of the texts that every language has: those that say what is lost,
    /// what is done to a disk, what stands against it and what went wrong.
    #[cfg(test)]
    const UNDERSTOOD: [&str; 15] = [
        "cancelled",
        "cause-",
        "confirm-",
        "disk-",
        "encrypt",
        "engine",
        "failed",
        "finished",
        "install-",
        "layout-",
        "losses",
        "lost-",
        "passphrase",
        "problem-",
        "step-",
    ];

    /// Its BCP 47 tag.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Japanese => "ja",
            Self::Arabic => "ar",
        }
    }

    /// Whether it is written from right to left, and the wizard is drawn as in a mirror.
    pub(crate) const fn is_right_to_left(self) -> bool {
        matches!(self, Self::Arabic)
    }

    /// The language that a tag or a locale such as `de_AT.UTF-8` begins with.
    pub(crate) fn of(tag: &str) -> Option<Self> {
        let first = tag.split(['-', '_', '.']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|known| known.tag() == first)
    }

    fn source(self) -> String {
        let files = match self {
            Self::English => [
                packed!("i18n/en/wizard.ftl"),
                packed!("i18n/en/problems.ftl"),
            ],
            Self::German => [
                packed!("i18n/de/wizard.ftl"),
                packed!("i18n/de/problems.ftl"),
            ],
            Self::Japanese => [
                packed!("i18n/ja/wizard.ftl"),
                packed!("i18n/ja/problems.ftl"),
            ],
            Self::Arabic => [
                packed!("i18n/ar/wizard.ftl"),
                packed!("i18n/ar/problems.ftl"),
            ],
        };
        files.map(Packed::text).join("\n")
    }
}

type Bundle = FluentBundle<FluentResource>;

/// The texts of one language.
pub(crate) struct Texts {
    language: Language,
    /// The language's own, then English.
    bundles: Vec<Bundle>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Texts").field(&self.language).finish()
    }
}

impl Texts {
    pub(crate) fn new(language: Language) -> Self {
        let mut bundles = vec![bundle(language)];
        if language != Language::English {
            bundles.push(bundle(Language::English));
        }
        Self { language, bundles }
    }

    /// Everything that is written down for a language.
    #[cfg(test)]
    pub(crate) fn source(language: Language) -> &'static str {
        language.source().leak()
    }

    pub(crate) const fn language(&self) -> Language {
        self.language
    }

    /// The text for `key`; the key itself if there is none, so that a gap is seen.
    pub(crate) fn get(&self, key: &str) -> String {
        self.find(key, None).unwrap_or_else(|| key.to_owned())
    }

    /// The text for `key` with values put into it.
    pub(crate) fn with<'a>(&self, key: &str, values: &[(&'a str, Cow<'a, str>)]) -> String {
        self.with_arguments(key, &self.arguments(values))
    }

    /// Values, each apart from the text around it where that is read from right to left.
    fn arguments<'a>(&self, values: &[(&'a str, Cow<'a, str>)]) -> FluentArgs<'a> {
        let mirrored = self.language.is_right_to_left();
        let values = values.iter().map(|(name, value)| match mirrored {
            true => (*name, Cow::from(apart(value))),
            false => (*name, value.clone()),
        });
        values.collect()
    }

    fn with_arguments(&self, key: &str, arguments: &FluentArgs<'_>) -> String {
        let found = self.find(key, Some(arguments));
        let found = found.unwrap_or_else(|| key.to_owned());
        match self.language.is_right_to_left() {
            true => without_needless_marks(&found),
            false => found,
        }
    }

    /// Short texts in a row.
    pub(crate) fn list(&self, parts: &[String]) -> String {
        const BETWEEN: &str = "  ·  ";
        match self.language.is_right_to_left() {
            true => {
                let parts: Vec<String> = parts.iter().map(|part| apart(part)).collect();
                without_needless_marks(&parts.join(BETWEEN))
            }
            false => parts.join(BETWEEN),
        }
    }

    /// An amount of data, with the decimal sign of the language.
    pub(crate) fn size(&self, size: Bytes) -> String {
        let size = self.decimal(&size.to_string());
        match self.language {
            Language::German => size.replace("bytes", "Byte"),
            Language::English | Language::Japanese | Language::Arabic => size,
        }
    }

    /// A number with a decimal point, as the language writes it.
    pub(crate) fn decimal(&self, number: &str) -> String {
        match self.language {
            Language::German => number.replace('.', ","),
            Language::English | Language::Japanese | Language::Arabic => number.to_owned(),
        }
    }

    /// The text for `key` with a number in it, which may choose between plural forms.
    pub(crate) fn count(&self, key: &str, count: usize) -> String {
        self.count_with(key, count, &[])
    }

    /// The same with other values besides.
    pub(crate) fn count_with<'a>(
        &self,
        key: &str,
        count: usize,
        values: &[(&'a str, Cow<'a, str>)],
    ) -> String {
        let mut arguments = self.arguments(values);
        arguments.set("count", count);
        self.with_arguments(key, &arguments)
    }

    /// The text for `key`, if there is one.
    pub(crate) fn find(&self, key: &str, arguments: Option<&FluentArgs<'_>>) -> Option<String> {
        self.bundles.iter().find_map(|bundle| {
            let pattern = bundle.get_message(key)?.value()?;
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, arguments, &mut errors);
            Some(text.into_owned())
        })
    }
}

fn bundle(language: Language) -> Bundle {
    let tag: unic_langid::LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new(vec![tag]);
    // Fluent's own marks cost the letter behind them; `direction` has others.
    bundle.set_use_isolating(false);
    // What can't be read is left out; a test says that there is nothing of the kind.
    let resource = match FluentResource::try_new(language.source()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// Key and the variables in its text.
    fn entries(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut key = String::new();
        for line in language.source().lines() {
            let is_text = line.chars().next().is_some_and(|c| c.is_ascii_lowercase());
            if let (true, Some((name, _))) = (is_text, line.split_once(" =")) {
                name.clone_into(&mut key);
                assert!(
                    found.insert(key.clone(), BTreeSet::new()).is_none(),
                    "{key} twice"
                );
            }
            for part in line.split('$').skip(1) {
                let variable = part
                    .chars()
                    .take_while(|c| c.is_ascii_alphabetic())
                    .collect();
                found.get_mut(&key).unwrap().insert(variable);
            }
        }
        found
    }

    #[test]
    fn every_language_has_every_text_with_the_same_variables() {
        let english = entries(Language::English);
        assert!(english.len() > 50, "{}", english.len());
        for language in Language::ALL {
            let source = language.source();
            assert!(FluentResource::try_new(source).is_ok(), "{language:?}");
            let own = entries(language);
            if Language::COMPLETE.contains(&language) {
                assert_eq!(own, english, "{language:?}");
            }
            for (key, variables) in &own {
                assert_eq!(Some(variables), english.get(key), "{language:?}: {key}");
            }
            // A language that is offered is a language, not a few words of one.
            assert!(own.len() * 10 >= english.len() * 9, "{language:?}");
        }
    }

    #[test]
    fn what_is_dangerous_is_said_in_every_language() {
        for kind in Language::UNDERSTOOD {
            let english = entries(Language::English);
            let keys: Vec<_> = english.keys().filter(|k| k.starts_with(kind)).collect();
            assert!(!keys.is_empty(), "{kind}");
            for language in Language::ALL {
                let own = entries(language);
                let lacking: Vec<_> = keys.iter().filter(|k| !own.contains_key(**k)).collect();
                assert!(lacking.is_empty(), "{language:?}: {lacking:?}");
            }
        }
    }

    #[test]
    fn what_a_language_lacks_is_english_one_by_one() {
        let mut texts = Texts::new(Language::Arabic);
        let own = texts.get("next");
        let english = Texts::new(Language::English).get("next");
        assert_ne!(own, english);
        texts.bundles.remove(0);
        assert_eq!(texts.get("next"), english);
    }

    #[test]
    fn sizes_have_the_decimal_sign_of_the_language() {
        let size = |language| Texts::new(language).size(Bytes(10_200_547_328));
        assert_eq!(size(Language::English), "9.5 GiB");
        assert_eq!(size(Language::German), "9,5 GiB");
        assert_eq!(Texts::new(Language::German).size(Bytes(7)), "7 Byte");
    }

    #[test]
    fn a_locale_gives_the_language_of_the_wizard() {
        assert_eq!(Language::of("de_AT.UTF-8"), Some(Language::German));
        assert_eq!(Language::of("en-GB"), Some(Language::English));
        assert_eq!(Language::of("xx"), None);
    }
}
