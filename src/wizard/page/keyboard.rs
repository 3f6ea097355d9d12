//! Keyboard: layout and variant, a few options, and a field to try them in one's mind.

use super::{Context, Page, sheet};
use crate::keyboard::{Offer, layouts};
use crate::preset::XkbName;
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::theme::space;
use crate::wizard::widget::{List, ListMessage, Row, check, label};
use iced::widget::{column, row};
use iced::{Fill, FillPortion, Task};
use std::sync::LazyLock;

/// Options that people ask for, with the key of their text.
const OPTIONS: [(&str, &str); 3] = [
    ("caps:escape", "option-caps-escape"),
    ("compose:ralt", "option-compose"),
    ("ctrl:nocaps", "option-caps-control"),
];

#[derive(Clone, Debug)]
pub(crate) enum Message {
    Layouts(ListMessage),
    Option(&'static str),
}

#[derive(Debug)]
pub(crate) struct State {
    layouts: List,
}

/// A layout, or a layout with a variant.
struct Choice {
    layout: &'static str,
    variant: &'static str,
    name: &'static str,
}

/// Everything that is offered to everyone, by name.
static CHOICES: LazyLock<Vec<Choice>> = LazyLock::new(|| {
    let common = layouts().iter().filter(|l| l.offer == Offer::Common);
    let mut choices: Vec<Choice> = common
        .flat_map(|layout| {
            let plain = Choice {
                layout: layout.name,
                variant: "",
                name: layout.description,
            };
            let variants = layout.variants.iter().filter(|v| v.offer == Offer::Common);
            std::iter::once(plain).chain(variants.map(|variant| Choice {
                layout: layout.name,
                variant: variant.name,
                name: variant.description,
            }))
        })
        .collect();
    choices.sort_by_key(|choice| choice.name);
    choices
});

fn rows() -> Vec<Row> {
    let row = |choice: &Choice| Row {
        title: choice.name.to_owned(),
        note: match choice.variant {
            "" => choice.layout.to_owned(),
            variant => format!("{} {variant}", choice.layout),
        },
        words: String::new(),
    };
    CHOICES.iter().map(row).collect()
}

impl State {
    pub(crate) fn new() -> Self {
        Self {
            layouts: List::new("layouts", rows()),
        }
    }

    pub(crate) fn update(&mut self, message: Message, draft: &mut Draft) -> Task<Message> {
        match message {
            Message::Layouts(message) => {
                let (row, task) = self.layouts.update(message, chosen(draft));
                if let Some(layout) = row.and_then(|row| CHOICES.get(row)) {
                    draft.edit(|preset| {
                        preset.keyboard.layout = layout.layout.parse().ok();
                        preset.keyboard.variant = layout.variant.parse().ok();
                    });
                }
                task
            }
            Message::Option(option) => {
                draft.edit(|preset| toggle(&mut preset.keyboard.options, option));
                Task::none()
            }
        }
    }

    pub(crate) fn enter(&mut self, draft: &Draft) -> Task<Message> {
        self.layouts.reveal(chosen(draft))
    }

    pub(crate) fn view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let list = self.layouts.view(
            p,
            (ctx.t("layout-search"), ctx.t("nothing-found")),
            chosen(ctx.draft),
        );
        let mut options = column![label(p, ctx.t("options"))].spacing(space::XS);
        for (option, key) in OPTIONS {
            let asked = &ctx.draft.preset().keyboard.options;
            let ticked = asked.iter().any(|asked| asked.as_str() == option);
            options = options.push(check(p, ticked, ctx.t(key), None, Message::Option(option)));
        }
        let sides = row![
            column![label(p, ctx.t("layout")), list.map(Message::Layouts)]
                .spacing(space::S)
                .width(FillPortion(3)),
            column![options]
                .push(ctx.problems("keyboard", &[]))
                .spacing(space::L)
                .width(FillPortion(2)),
        ]
        .spacing(space::L)
        .height(Fill);
        sheet(ctx, Page::Keyboard, sides)
    }
}

fn toggle(options: &mut Vec<XkbName>, option: &str) {
    let before = options.len();
    options.retain(|asked| asked.as_str() != option);
    if options.len() == before {
        options.extend(option.parse());
    }
}

fn chosen(draft: &Draft) -> Option<usize> {
    let keyboard = &draft.preset().keyboard;
    let layout = keyboard.layout.as_ref()?.as_str();
    let variant = keyboard.variant.as_ref().map_or("", XkbName::as_str);
    CHOICES
        .iter()
        .position(|known| known.layout == layout && known.variant == variant)
}
