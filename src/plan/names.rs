//! Names of the preset that must exist: a time zone or layout that is only misspelt would fail the
//! build after the disk was erased.

use super::{Detail, Details, Problem, ProblemId, Severity};
use crate::keyboard::{self, Layout};
use crate::location;
use crate::nearest::nearest;
use crate::preset::{Keyboard, Locale, Preset, XkbName};

/// An unknown name, at its field, with the nearest that exists.
fn unknown(
    id: ProblemId,
    field: &str,
    name: &str,
    message: String,
    suggestion: Option<&str>,
    otherwise: &str,
) -> Problem {
    Problem {
        id,
        severity: Severity::Error,
        field: field.to_owned(),
        message,
        mend: match suggestion {
            Some(name) => format!("Did you mean `{name}`?"),
            None => otherwise.to_owned(),
        },
        details: match suggestion {
            Some(nearest) => Details::why("near").with("nearest", Detail::name(nearest)),
            None => Details::why("name"),
        }
        .with("name", Detail::name(name)),
    }
}

/// Every name in the preset that does not exist.
pub(super) fn check(preset: &Preset) -> Vec<Problem> {
    let mut problems = locale(&preset.locale);
    problems.extend(time_zone(&preset.locale));
    problems.extend(layout(&preset.keyboard));
    problems.extend(options(&preset.keyboard));
    problems
}

fn locale(locale: &Locale) -> Vec<Problem> {
    let fields = [
        ("locale.language", &locale.language),
        ("locale.formats", &locale.formats),
    ];
    let given = fields
        .into_iter()
        .filter_map(|(field, name)| Some((field, name.as_ref()?)))
        .chain(locale.extra.iter().map(|name| ("locale.extra", name)))
        .map(|(field, name)| (field, name.as_str()));
    given
        .filter(|(_, name)| location::locale(name).is_none())
        .map(|(field, name)| {
            unknown(
                ProblemId::UnknownLocale,
                field,
                name,
                format!("NixOS can't build the locale `{name}`: glibc does not list it"),
                location::nearest_locale(name).map(|locale| locale.name),
                "Language and country, as in `de_DE.UTF-8`; some, such as `hi_IN`, have no `.UTF-8`.",
            )
        })
        .collect()
}

fn time_zone(locale: &Locale) -> Option<Problem> {
    let name = locale.time_zone.as_ref()?.as_str();
    if location::is_zone(name) {
        return None;
    }
    Some(unknown(
        ProblemId::UnknownTimeZone,
        "locale.time_zone",
        name,
        format!("there is no time zone `{name}`"),
        location::nearest_zone_name(name),
        "Write it as the tz database does, continent and town: `Europe/Berlin`.",
    ))
}

fn layout(keyboard: &Keyboard) -> Option<Problem> {
    let name = keyboard.layout.as_ref()?.as_str();
    match keyboard::layout(name) {
        Some(layout) => variant(layout, keyboard.variant.as_ref()?.as_str()),
        None => Some(unknown(
            ProblemId::UnknownLayout,
            "keyboard.layout",
            name,
            format!("there is no keyboard layout `{name}`"),
            nearest_layout(name),
            "Mostly it is the code of the country, such as `de` or `br`.",
        )),
    }
}

/// A layout by its description, as in `german`, or by a name that differs a little.
fn nearest_layout(name: &str) -> Option<&'static str> {
    let layouts = keyboard::layouts();
    let described = layouts
        .iter()
        .find(|layout| layout.description.eq_ignore_ascii_case(name));
    described
        .map(|layout| layout.name)
        .or_else(|| nearest(name, layouts.iter().map(|layout| layout.name)))
}

fn variant(layout: &Layout, name: &str) -> Option<Problem> {
    if layout.variant(name).is_some() {
        return None;
    }
    let names = || layout.variants.iter().map(|variant| variant.name);
    let otherwise = if layout.variants.is_empty() {
        "Leave it out: this layout has no variants.".to_owned()
    } else {
        let names: Vec<&str> = names().collect();
        format!("Leave it out, or take one of: {}.", names.join(", "))
    };
    Some(
        unknown(
            ProblemId::UnknownVariant,
            "keyboard.variant",
            name,
            format!(
                "the keyboard layout `{}` has no variant `{name}`",
                layout.name
            ),
            nearest(name, names()),
            &otherwise,
        )
        .with("layout", Detail::name(layout.name)),
    )
}

fn options(keyboard: &Keyboard) -> Vec<Problem> {
    let names = || {
        let groups = keyboard::option_groups().iter();
        groups
            .flat_map(|group| &group.options)
            .map(|option| option.name)
    };
    let given = keyboard.options.iter().map(XkbName::as_str);
    given
        .filter(|name| keyboard::option(name).is_none())
        .map(|name| {
            unknown(
                ProblemId::UnknownXkbOption,
                "keyboard.options",
                name,
                format!("there is no keyboard option `{name}`"),
                nearest(name, names()),
                "Leave it out, or take one that xkeyboard-config(7) lists.",
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<(String, String)> {
        let preset = crate::preset::read(&format!("version = 1\n{text}"), "test").unwrap();
        let problems = check(&preset);
        problems
            .into_iter()
            .map(|problem| (problem.field, problem.mend))
            .collect()
    }

    fn only(text: &str) -> (String, String) {
        let mut all = problems(text);
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    #[test]
    fn names_that_exist_pass() {
        assert_eq!(
            problems(
                "[locale]\nlanguage = \"hi_IN\"\nformats = \"en_IN\"\ntime_zone = \"US/Pacific\"\n\
                 [keyboard]\nlayout = \"de\"\nvariant = \"neo\"\noptions = [\"caps:escape\"]\n"
            ),
            []
        );
    }

    #[test]
    fn each_unknown_name_is_told_at_its_field_with_what_was_meant() {
        for (text, field, meant) in [
            (
                "[locale]\nlanguage = \"hi_IN.UTF-8\"\n",
                "locale.language",
                "hi_IN",
            ),
            (
                "[locale]\nformats = \"de_DE\"\n",
                "locale.formats",
                "de_DE.UTF-8",
            ),
            (
                "[locale]\ntime_zone = \"Europe/Berln\"\n",
                "locale.time_zone",
                "Europe/Berlin",
            ),
            ("[keyboard]\nlayout = \"german\"\n", "keyboard.layout", "de"),
            (
                "[keyboard]\nlayout = \"de\"\nvariant = \"nodeadkey\"\n",
                "keyboard.variant",
                "nodeadkeys",
            ),
            (
                "[keyboard]\noptions = [\"caps:esc\"]\n",
                "keyboard.options",
                "caps:escape",
            ),
        ] {
            let expected = format!("Did you mean `{meant}`?");
            assert_eq!(only(text), (field.to_owned(), expected));
        }
    }

    #[test]
    fn a_name_far_from_all_is_told_how_they_look() {
        let (_, mend) = only("[keyboard]\nlayout = \"jp\"\nvariant = \"qwertzuiop\"\n");
        assert!(mend.contains("take one of: OADG109A"), "{mend}");
        let (_, mend) = only("[locale]\nlanguage = \"xx_YY.UTF-8\"\n");
        assert!(mend.contains("de_DE.UTF-8"), "{mend}");
    }
}
