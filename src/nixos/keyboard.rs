//! The keyboard of desktop, console and boot prompts.
//!
//! Login names and most passwords are in Latin letters, so a layout without them gets `us` beside
//! it, first in order, with Alt+Shift between the two.

use super::System;
use super::tree::{Attrs, NixError};
use crate::keyboard;
use crate::preset::{Choices, XkbName};

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

/// What is set although nobody chose it: the preset's field and the value in words.
pub fn keyboard_additions(choices: &Choices) -> Vec<(&'static str, String)> {
    let (layouts, options) = layouts_and_options(choices);
    let mut added = Vec::new();
    if layouts.len() > 1 {
        let why = "beside it and first, for names and passwords in Latin letters";
        added.push(("keyboard.layout", format!("{} {why}", LATIN.name)));
    }
    if options.len() > choices.xkb_options.len() {
        added.push((
            "keyboard.options",
            format!("{TOGGLE} to switch between the two"),
        ));
    }
    added
}

/// All layouts, the first one in use at the beginning, and all options.
fn layouts_and_options(choices: &Choices) -> (Vec<Layout<'_>>, Vec<&str>) {
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
    (layouts, options)
}

pub(super) fn section(system: &System<'_>) -> Result<Attrs, NixError> {
    let (layouts, options) = layouts_and_options(system.choices);
    let mut xkb = Attrs::new();
    if let Some(model) = &system.choices.keyboard_model {
        xkb.set("model", model.as_str())?;
    }
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

/// Whether a to z can be typed with a layout and variant (empty for none); if not, `us` stands
/// beside it and comes first, on the console too.
pub fn types_latin(name: &str, variant: &str) -> bool {
    has_latin_letters(Layout { name, variant })
}

/// Whether Latin letters can be typed without a second layout; an unknown layout is taken to have
/// them.
fn has_latin_letters(chosen: Layout<'_>) -> bool {
    let picture = keyboard::picture(chosen.name, Some(chosen.variant));
    picture.is_none_or(|picture| picture.has_latin_letters())
}

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
        for (name, variant) in [
            ("ru", ""),
            ("ru", "phonetic"),
            ("rs", ""),
            ("de", "ru"),
            ("eg", ""),
        ] {
            assert!(!latin(name, variant), "{name} {variant}");
        }
    }

    #[test]
    fn what_nobody_chose_is_told() {
        let fields = |keyboard: &str| -> Vec<&str> {
            let text = format!("version = 1\n[keyboard]\n{keyboard}\n");
            let preset = crate::preset::read(&text, "test").unwrap();
            let (choices, _) = Choices::new(&preset, &"26.05".parse().unwrap()).unwrap();
            let added = keyboard_additions(&choices).into_iter();
            added.map(|(field, _)| field).collect()
        };
        assert!(fields("layout = \"de\"").is_empty());
        let both = ["keyboard.layout", "keyboard.options"];
        assert_eq!(fields("layout = \"ru\""), both);
        let own = "layout = \"ru\"\noptions = [\"grp:win_space_toggle\"]";
        assert_eq!(fields(own), ["keyboard.layout"]);
    }
}
