//! What Caps Lock does, which key composes, and what changes between two layouts: what people ask for
//! most, out of the options of XKB.

use super::Message;
use crate::i18n::Language;
use crate::keyboard::option;
use crate::preset::{Keyboard, XkbName};
use crate::wizard::Element;
use crate::wizard::page::Context;
use crate::wizard::theme::space;
use crate::wizard::widget::{Scope, label, toggle};
use iced::widget::{Column, Row, column};

/// Options of which one can be on.
struct Group {
    /// The key of its name.
    name: &'static str,
    /// The key of the words for none of them, where there may be none.
    none: Option<&'static str>,
    /// Each option with the keys of its words, which are joined.
    options: &'static [(&'static str, &'static [&'static str])],
}

const CAPS: Group = Group {
    name: "option-caps",
    none: Some("key-caps-lock"),
    options: &[
        ("caps:escape", &["key-escape"]),
        ("ctrl:nocaps", &["key-control"]),
        ("caps:backspace", &["key-backspace"]),
        ("caps:none", &["option-off"]),
    ],
};

const COMPOSE: Group = Group {
    name: "option-compose",
    none: Some("option-none"),
    options: &[
        ("compose:ralt", &["key-alt-gr"]),
        ("compose:menu", &["key-menu"]),
        ("compose:rctrl", &["key-right-control"]),
        ("compose:caps", &["key-caps-lock"]),
    ],
};

const SWITCH: Group = Group {
    name: "option-switch",
    none: None,
    options: &[
        ("grp:alt_shift_toggle", &["key-alt", "key-shift"]),
        ("grp:ctrl_shift_toggle", &["key-control", "key-shift"]),
        ("grp:win_space_toggle", &["key-super", "key-space"]),
        ("grp:caps_toggle", &["key-caps-lock"]),
    ],
};

/// What NixOS changes with if nobody chose, as [`crate::nixos`] writes it.
const USUAL_SWITCH: &str = "grp:alt_shift_toggle";

/// Switches an option on, in place of the others of its group; by a group's name, all of them off.
pub(super) fn choose(options: &mut Vec<XkbName>, chosen: &str) {
    let groups = [&CAPS, &COMPOSE, &SWITCH];
    let mut groups = groups.into_iter();
    let group = groups.find(|group| group.name == chosen || group.has(chosen));
    options.retain(|asked| group.is_none_or(|group| !group.has(asked.as_str())));
    if group.is_some_and(|group| group.has(chosen)) {
        options.extend(chosen.parse());
    }
}

impl Group {
    fn has(&self, option: &str) -> bool {
        self.options.iter().any(|(known, _)| *known == option)
    }

    /// Which of them is on.
    fn chosen<'a>(&self, keyboard: &'a Keyboard) -> Option<&'a str> {
        let asked = keyboard.options.iter().map(XkbName::as_str);
        asked.into_iter().find(|asked| self.has(asked))
    }

    fn view<'a>(&self, ctx: Context<'a>, chosen: Option<&str>) -> Element<'a, Message> {
        let p = ctx.palette();
        let pressed = |is_on: bool, words: String, id: &'static str| {
            let option = toggle(p, is_on, words, Message::Option(id));
            option.id(id).into()
        };
        let none = self
            .none
            .map(|words| pressed(chosen.is_none(), ctx.t(words), self.name));
        let options = self.options.iter();
        let options = options
            .map(|(option, words)| pressed(chosen == Some(option), joined(ctx, words), option));
        let buttons = none.into_iter().chain(options);
        let buttons = Row::with_children(buttons).spacing(space::S);
        let buttons = Scope::group(buttons.wrap().vertical_spacing(space::S));
        column![label(p, ctx.t(self.name)), buttons]
            .spacing(space::XS)
            .into()
    }
}

/// Keys that are pressed together, in one line.
fn joined(ctx: Context<'_>, words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|key| ctx.t(key)).collect();
    words.join("\u{a0}+\u{a0}")
}

/// What an option of XKB is called: by us, or in English by its makers.
pub(crate) fn name_of(ctx: Context<'_>, name: &str) -> String {
    for group in [&CAPS, &COMPOSE, &SWITCH] {
        let mut options = group.options.iter();
        if let Some((_, words)) = options.find(|(option, _)| *option == name) {
            return format!("{}: {}", ctx.t(group.name), joined(ctx, words));
        }
    }
    let known = option(name).filter(|_| ctx.texts.language() == Language::English);
    known.map_or_else(|| name.to_owned(), |option| option.description.to_owned())
}

/// What changes between the layouts, where there are two.
pub(super) fn switch(ctx: Context<'_>) -> String {
    let chosen = SWITCH.chosen(&ctx.draft.preset().keyboard);
    let chosen = chosen.unwrap_or(USUAL_SWITCH);
    let mut options = SWITCH.options.iter();
    let words = options.find(|(option, _)| *option == chosen);
    words.map_or_else(String::new, |(_, words)| joined(ctx, words))
}

/// All groups; the last only where there are two layouts.
pub(super) fn view<'a>(ctx: Context<'a>, are_two: bool) -> Element<'a, Message> {
    let keyboard = &ctx.draft.preset().keyboard;
    let switch = SWITCH.chosen(keyboard).unwrap_or(USUAL_SWITCH);
    Column::new()
        .push(are_two.then(|| SWITCH.view(ctx, Some(switch))))
        .push(CAPS.view(ctx, CAPS.chosen(keyboard)))
        .push(COMPOSE.view(ctx, COMPOSE.chosen(keyboard)))
        .spacing(space::M)
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_is_one_of_xkb() {
        for group in [CAPS, COMPOSE, SWITCH] {
            for (name, _) in group.options {
                assert!(option(name).is_some(), "{name}");
            }
        }
    }

    #[test]
    fn one_of_a_group_is_on_and_what_a_preset_asks_for_besides_stays() {
        let mut options: Vec<XkbName> = vec!["terminate:ctrl_alt_bksp".parse().unwrap()];
        for pressed in ["caps:escape", "compose:menu", "ctrl:nocaps"] {
            choose(&mut options, pressed);
        }
        let names: Vec<&str> = options.iter().map(XkbName::as_str).collect();
        let expected = ["terminate:ctrl_alt_bksp", "compose:menu", "ctrl:nocaps"];
        assert_eq!(names, expected);
        choose(&mut options, "ctrl:nocaps");
        assert_eq!(options.len(), 3, "it is on already");
        choose(&mut options, CAPS.name);
        let names: Vec<&str> = options.iter().map(XkbName::as_str).collect();
        assert_eq!(names, ["terminate:ctrl_alt_bksp", "compose:menu"]);
    }
}
