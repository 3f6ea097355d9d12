//! Typing Chinese, Japanese, Korean and Vietnamese, and fonts for scripts that the default ones
//! draw badly or not at all.

use super::System;
use super::tree::{Attrs, Expr, List, NixError};
use crate::preset::{DisplayProtocol, Environment, InputMethod};

/// Languages in scripts that NixOS' default fonts (DejaVu, Liberation, Unifont …) draw badly; the
/// codes of ISO 639 that glibc's locales have.
const OTHER_SCRIPTS: [&str; 33] = [
    "am", "ar", "as", "bn", "bo", "brx", "doi", "dv", "dz", "fa", "gu", "he", "hi", "hy", "ka",
    "km", "kn", "kok", "lo", "mai", "ml", "mr", "my", "ne", "or", "pa", "sa", "sd", "si", "ta",
    "te", "th", "ur",
];

pub(super) fn section(system: &System<'_>) -> Result<Attrs, NixError> {
    let choices = system.choices;
    if choices.desktop == Environment::None {
        return Ok(Attrs::new());
    }
    let mut section = fonts(system)?;
    let methods = &choices.input_methods;
    if methods.is_empty() {
        return Ok(section);
    }
    let mut input = Attrs::new();
    input.set("enable", true)?;
    // GNOME's settings know IBus only.
    if choices.desktop == Environment::Gnome {
        input.set("type", "ibus")?;
        input.set("ibus.engines", packages(methods, ibus_engine)?)?;
    } else {
        input.set("type", "fcitx5")?;
        input.set("fcitx5.addons", packages(methods, fcitx_addon)?)?;
        let facts = choices.desktop.facts();
        if facts.is_some_and(|facts| facts.display == DisplayProtocol::Wayland) {
            // Programs then reach it through the compositor, not through their toolkits.
            input.set("fcitx5.waylandFrontend", true)?;
        }
    }
    section.set_under(
        "The input method for languages with more characters than keys.",
        "i18n.inputMethod",
        input,
    )?;
    Ok(section)
}

/// Fonts for the scripts of the languages that were chosen.
fn fonts(system: &System<'_>) -> Result<Attrs, NixError> {
    let choices = system.choices;
    let locales = [Some(&choices.language), choices.formats.as_ref()];
    let locales = locales.into_iter().flatten().chain(&choices.extra_locales);
    let (mut han, mut other) = (false, false);
    for locale in locales {
        let language = locale
            .as_str()
            .split(['_', '.', '@'])
            .next()
            .unwrap_or_default();
        han |= matches!(
            language,
            "zh" | "ja" | "ko" | "yue" | "nan" | "cmn" | "hak" | "lzh"
        );
        other |= OTHER_SCRIPTS.contains(&language);
    }
    let methods = choices.input_methods.iter();
    han |= methods
        .into_iter()
        .any(|method| *method != InputMethod::Vietnamese);
    let mut names = Vec::new();
    if other {
        names.push(Expr::reference("pkgs.noto-fonts")?);
    }
    if han {
        names.push(Expr::reference("pkgs.noto-fonts-cjk-sans")?);
        names.push(Expr::reference("pkgs.noto-fonts-cjk-serif")?);
    }
    let mut section = Attrs::new();
    if !names.is_empty() {
        let comment = "Fonts for the scripts of these languages.";
        section.set_under(comment, "fonts.packages", names)?;
    }
    Ok(section)
}

fn packages(
    methods: &[InputMethod],
    package: fn(InputMethod) -> &'static str,
) -> Result<List, NixError> {
    let mut names: Vec<&'static str> = methods.iter().map(|method| package(*method)).collect();
    names.sort_unstable();
    names.dedup();
    let references: Result<Vec<Expr>, NixError> = names.into_iter().map(Expr::reference).collect();
    List::new(references?)
}

const fn ibus_engine(method: InputMethod) -> &'static str {
    match method {
        InputMethod::Pinyin => "pkgs.ibus-engines.libpinyin",
        InputMethod::Zhuyin => "pkgs.ibus-engines.chewing",
        InputMethod::Japanese => "pkgs.ibus-engines.mozc",
        InputMethod::Korean => "pkgs.ibus-engines.hangul",
        InputMethod::Vietnamese => "pkgs.ibus-engines.bamboo",
    }
}

const fn fcitx_addon(method: InputMethod) -> &'static str {
    match method {
        InputMethod::Pinyin => "pkgs.qt6Packages.fcitx5-chinese-addons",
        InputMethod::Zhuyin => "pkgs.fcitx5-chewing",
        InputMethod::Japanese => "pkgs.fcitx5-mozc",
        InputMethod::Korean => "pkgs.fcitx5-hangul",
        InputMethod::Vietnamese => "pkgs.qt6Packages.fcitx5-unikey",
    }
}
