//! The keyboard of desktop, console and boot prompts.
//!
//! Login names and most passwords are in Latin letters, so a layout without them gets `us` beside
//! it, first in order, with Alt+Shift between the two.

use super::System;
use super::tree::{Attrs, NixError};
use crate::preset::XkbName;

/// The layout that stands beside one without Latin letters.
const LATIN: Layout<'_> = Layout {
    name: "us",
    variant: "",
};

/// The key that changes between two layouts, if the person chose none.
const TOGGLE: &str = "grp:alt_shift_toggle";

/// A layout and its variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Layout<'a> {
    name: &'a str,
    /// Empty for the layout as it is.
    variant: &'a str,
}

pub(super) fn section(system: &System<'_>) -> Result<Attrs, NixError> {
    let choices = system.choices;
    let chosen = Layout {
        name: choices.layout.as_str(),
        variant: choices.variant.as_ref().map_or("", XkbName::as_str),
    };
    let mut layouts = vec![chosen];
    let mut options: Vec<&str> = choices.xkb_options.iter().map(XkbName::as_str).collect();
    if !has_latin_letters(chosen) {
        layouts.insert(0, LATIN);
        if !options.iter().any(|option| option.starts_with("grp:")) {
            options.push(TOGGLE);
        }
    }

    let mut xkb = Attrs::new();
    xkb.set("layout", joined(&layouts, |layout| layout.name))?;
    if layouts.iter().any(|layout| !layout.variant.is_empty()) {
        xkb.set("variant", joined(&layouts, |layout| layout.variant))?;
    }
    if !options.is_empty() {
        xkb.set("options", options.join(","))?;
    }
    let path = "services.xserver.xkb";
    let mut section = Attrs::new();
    // The console is `us` by itself; making a keymap for it takes tools that a medium may lack.
    if layouts == [LATIN] && options.is_empty() {
        section.set_under("Keyboard.", path, xkb)?;
    } else {
        section.set_under("Keyboard, the same for desktop and console.", path, xkb)?;
        section.set("console.useXkbConfig", true)?;
    }
    Ok(section)
}

/// Layouts or variants as XKB takes several: in order, with commas between them.
fn joined<'a>(layouts: &[Layout<'a>], part: fn(&Layout<'a>) -> &'a str) -> String {
    let parts: Vec<&str> = layouts.iter().map(part).collect();
    parts.join(",")
}

/// Whether a to z can be typed without a second layout.
fn has_latin_letters(chosen: Layout<'_>) -> bool {
    let listed = |table: &[(&str, &[&str])]| {
        let row = table.iter().find(|(layout, _)| *layout == chosen.name);
        row.map(|(_, variants)| variants.contains(&chosen.variant))
    };
    match listed(&OTHER_SCRIPTS) {
        Some(latin_variant) => latin_variant,
        None => !listed(&OTHER_SCRIPT_VARIANTS).unwrap_or(false),
    }
}

/// Layouts without Latin letters, each with its variants that have them. Found by compiling every
/// layout and variant of xkeyboard-config 2.35 and looking for the symbols a to z.
const OTHER_SCRIPTS: [(&str, &[&str]); 37] = [
    ("af", &[]),
    ("am", &[]),
    ("ara", &[]),
    ("bd", &[]),
    ("bg", &[]),
    ("bt", &[]),
    ("by", &["latin"]),
    ("et", &[]),
    ("ge", &[]),
    ("gn", &[]),
    ("gr", &[]),
    ("il", &[]),
    ("in", &["eng"]),
    ("iq", &["ku", "ku_alt", "ku_f"]),
    ("ir", &["ku", "ku_alt", "ku_f"]),
    ("jv", &[]),
    ("kg", &[]),
    ("kh", &[]),
    ("kz", &["latin"]),
    ("la", &[]),
    ("lk", &[]),
    ("ma", &["french", "rif"]),
    ("mk", &[]),
    ("mm", &[]),
    ("mn", &[]),
    ("mv", &[]),
    ("my", &[]),
    ("np", &[]),
    ("pk", &[]),
    (
        "rs",
        &[
            "latin",
            "latinalternatequotes",
            "latinunicode",
            "latinunicodeyz",
            "latinyz",
        ],
    ),
    ("ru", &["cv_latin"]),
    ("sy", &["ku", "ku_alt", "ku_f"]),
    ("th", &[]),
    ("tj", &[]),
    ("tz", &[]),
    ("ua", &["crh", "crh_alt", "crh_f"]),
    ("uz", &["latin"]),
];

/// Variants without Latin letters of layouts that have them; found in the same way.
const OTHER_SCRIPT_VARIANTS: [(&str, &[&str]); 17] = [
    ("al", &["veqilharxhi"]),
    ("az", &["cyrillic"]),
    ("ca", &["ike"]),
    (
        "cn",
        &[
            "mon_manchu_galik",
            "mon_todo_galik",
            "mon_trad",
            "mon_trad_galik",
            "mon_trad_manchu",
            "mon_trad_todo",
            "mon_trad_xibe",
            "tib",
            "tib_asciinum",
            "ug",
        ],
    ),
    ("cz", &["rus"]),
    ("de", &["ru"]),
    ("dz", &["ar", "ber"]),
    ("fr", &["geo"]),
    ("id", &["phonetic", "phoneticx"]),
    ("ie", &["ogam"]),
    ("it", &["geo"]),
    ("jp", &["kana", "mac"]),
    ("me", &["cyrillic", "cyrillicalternatequotes", "cyrillicyz"]),
    ("pl", &["ru_phonetic_dvorak"]),
    ("se", &["rus", "rus_nodeadkeys"]),
    ("tr", &["ot", "otf", "otk", "otkf"]),
    ("us", &["chr", "rus"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn latin(name: &str, variant: &str) -> bool {
        has_latin_letters(Layout { name, variant })
    }

    #[test]
    fn latin_letters_are_known_for_layouts_and_variants() {
        for (name, variant) in [("us", ""), ("de", "neo"), ("rs", "latin"), ("tr", "f")] {
            assert!(latin(name, variant), "{name} {variant}");
        }
        for (name, variant) in [("ru", ""), ("ru", "phonetic"), ("rs", ""), ("de", "ru")] {
            assert!(!latin(name, variant), "{name} {variant}");
        }
    }
}
