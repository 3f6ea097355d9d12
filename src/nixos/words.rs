//! The comments of the configuration in the language of the system, where there is a translation.

use super::tree::Module;
use crate::preset::LocaleName;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Comments in English, and in German; none only if the file lost its form, which a test rules out.
static GERMAN: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../i18n/de/configuration.toml")).unwrap_or_default()
});

/// The module with its comments in this language; what is not translated stays English.
pub(super) fn translated(mut module: Module, language: &LocaleName) -> Module {
    if is(language, "de") {
        module.each_comment(&mut |comment| {
            comment.each_prose(&mut |text| {
                if let Some(german) = GERMAN.get(text) {
                    text.clone_from(german);
                }
            });
        });
    }
    module
}

/// Whether a locale is of a language: `de_AT.UTF-8` is of `de`.
fn is(locale: &LocaleName, language: &str) -> bool {
    let own = locale.as_str().split(['_', '.', '@']).next();
    own == Some(language)
}
