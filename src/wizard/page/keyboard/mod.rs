//! Keyboard: layout and variant, a drawing of its keys, a field to try it, and a few options.

mod options;
mod usual;

pub(crate) use options::name_of as option_name;
pub(crate) use usual::follow;

use super::{Context, Page, sheet};
use crate::i18n::Language;
use crate::keyboard::{
    Board, HEIGHT, Key, Layout, Level, Named, Offer, Picture, Sign, Variant, WIDTH, layouts,
    picture, picture_in_use,
};
use crate::location::{Name, country};
use crate::secret::Secret;
use crate::wizard::Element;
use crate::wizard::collation::sort_key;
use crate::wizard::draft::Draft;
use crate::wizard::fonts::can_draw;
use crate::wizard::theme::space;
use crate::wizard::widget::{
    List, ListMessage, Row, board, by_layout, field, label, scrollable_with, small,
};
use iced::widget::{column, container, responsive, row};
use iced::{Fill, FillPortion, Size, Task};

#[derive(Clone, Debug)]
pub(crate) enum Message {
    Layouts(ListMessage),
    Option(&'static str),
    /// The field to try it holds this. People try passwords.
    Try(Secret),
}

/// A drawing narrower than this can't be read, in logical pixels.
const ROOM_FOR_BOARD: f32 = 330.0;

/// How much of the page's width is beside the list, where there is much.
const BESIDE: f32 = 0.6;

/// A page lower than this has no room for the drawing above the list, in logical pixels.
const ROOM_FOR_BOTH: f32 = 330.0;

/// How much of the page's height the drawing above the list has at most.
const ABOVE: f32 = 0.46;

#[derive(Debug)]
pub(crate) struct State {
    /// The language of the list.
    language: Language,
    /// The layouts as their list has them.
    choices: Vec<Choice>,
    layouts: List,
    /// What was written to try the layout.
    tried: Secret,
}

/// A layout, or a layout with a variant.
#[derive(Clone, Copy, Debug)]
struct Choice {
    layout: &'static Layout,
    variant: Option<&'static Variant>,
}

impl Choice {
    fn name_in(self, language: Language) -> Name {
        match self.variant {
            Some(variant) => variant.name_in(language.tag()),
            None => self.layout.name_in(language.tag()),
        }
    }

    /// Found by its name in the language and in English; the plain layout also by its countries.
    fn row(self, language: Language) -> Row {
        let name = self.name_in(language);
        let layout = self.layout;
        let note = match self.variant {
            Some(variant) => format!("{} {}", layout.name, variant.name),
            None => layout.name.to_owned(),
        };
        let mut words = vec![name.reading.as_str()];
        words.push(self.variant.map_or(layout.description, |v| v.description));
        if self.variant.is_none() {
            let countries = layout.countries.iter().filter_map(|code| country(code));
            words.extend(countries.flat_map(|c| [c.name, c.name_in(language.tag())]));
        }
        Row {
            words: words.join(" "),
            title: name.text,
            note,
        }
    }

    fn is(self, layout: &str, variant: &str) -> bool {
        self.layout.name == layout && self.variant.map_or("", |v| v.name) == variant
    }
}

/// Everything that is offered to everyone, by its name in a language.
fn choices(language: Language) -> Vec<Choice> {
    let common = layouts().iter().filter(|l| l.offer == Offer::Common);
    let mut choices: Vec<Choice> = common
        .flat_map(|layout| {
            let variants = layout.variants.iter().filter(|v| v.offer == Offer::Common);
            let variants = variants.map(Some);
            std::iter::once(None)
                .chain(variants)
                .map(move |variant| Choice { layout, variant })
        })
        .collect();
    choices.sort_by_cached_key(|choice| sort_key(language, &choice.name_in(language)));
    choices
}

impl State {
    pub(crate) fn new(language: Language) -> Self {
        let choices = choices(language);
        let rows = choices.iter().map(|choice| choice.row(language)).collect();
        Self {
            language,
            choices,
            layouts: List::new("layouts", rows).tall(),
            tried: Secret::new(""),
        }
    }

    pub(crate) fn update(&mut self, message: Message, draft: &mut Draft) -> Task<Message> {
        match message {
            Message::Layouts(message) => {
                let (row, task) = self.layouts.update(message, self.chosen(draft));
                if let Some(chosen) = row.and_then(|row| self.choices.get(row)) {
                    draft.edit(|preset| {
                        preset.keyboard.layout = chosen.layout.name.parse().ok();
                        preset.keyboard.variant = chosen.variant.and_then(|v| v.name.parse().ok());
                    });
                }
                task
            }
            Message::Option(option) => {
                draft.edit(|preset| options::choose(&mut preset.keyboard.options, option));
                Task::none()
            }
            Message::Try(text) => {
                self.tried = text;
                Task::none()
            }
        }
    }

    /// What was written to try the layout.
    #[cfg(test)]
    pub(crate) fn tried(&self) -> &str {
        self.tried.expose()
    }

    pub(crate) fn enter(&mut self, language: Language, draft: &Draft) -> Task<Message> {
        if self.language != language {
            *self = Self::new(language);
        }
        self.tried = Secret::new("");
        self.layouts.reveal(self.chosen(draft))
    }

    fn chosen(&self, draft: &Draft) -> Option<usize> {
        let (layout, variant) = draft.preset().layout_and_variant();
        let variant = variant.unwrap_or_default();
        self.choices
            .iter()
            .position(|choice| choice.is(layout, variant))
    }

    pub(crate) fn view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let sides = responsive(move |size| {
            // A low page has no room for the drawing above: there it stands beside the list, or nowhere.
            let above = size.height >= ROOM_FOR_BOTH;
            let is_wide = (size.width - space::L) * BESIDE >= ROOM_FOR_BOARD;
            let is_beside = is_wide && !above;
            let widest = (size.height * ABOVE * WIDTH / HEIGHT).min(size.width);
            let drawn = above.then(|| container(drawing(ctx, widest)).center_x(Fill));
            let words = (ctx.t("layout-search"), ctx.t("nothing-found"));
            let list = self.layouts.view(p, words, self.chosen(ctx.draft));
            let list = column![label(p, ctx.t("layout")), list.map(Message::Layouts)];
            let beside = responsive(move |size| self.beside(ctx, size, is_beside));
            let sides = row![
                list.spacing(space::S).width(FillPortion(2)),
                container(beside).width(FillPortion(if is_wide { 3 } else { 2 })),
            ];
            let sides = sides.spacing(space::L).height(Fill);
            column![].push(drawn).push(sides).spacing(space::L).into()
        });
        sheet(ctx, Page::Keyboard, sides)
    }

    /// The drawing, the field to try it, and the options.
    fn beside<'a>(&'a self, ctx: Context<'a>, size: Size, draws: bool) -> Element<'a, Message> {
        let p = ctx.palette();
        let keys = keys_of(ctx.draft);
        let hidden = keys.as_ref().is_some_and(|keys| !is_readable(keys));
        let hidden = hidden.then(|| small(ctx.t("keyboard-other-script"), p.muted));
        let drawn = draws.then(|| drawing(ctx, size.width - 2.0 * space::M));
        let name = ctx.t("keyboard-try");
        let written = |text| Message::Try(Secret::new(text));
        let tried = field(p, "try", name, self.tried.expose(), None, written);
        let tried = by_layout(tried, keys_of(ctx.draft));
        let are_two = !types_latin(ctx.draft);
        let at_start = match are_two {
            true => ctx.tv("keyboard-start-two", "keys", options::switch(ctx)),
            false => ctx.t("keyboard-start"),
        };
        let content = column![]
            .push(drawn)
            .push(hidden)
            .push(tried)
            .push(small(at_start, p.muted))
            .push(options::view(ctx, are_two))
            .push(ctx.problems("keyboard", &[]))
            .spacing(space::M);
        // Room for the ring around what has the focus, and for the bar that scrolls, on either side.
        let sides = iced::padding::horizontal(space::M).bottom(space::XS);
        let scrolled = scrollable_with(p, container(content).padding(sides));
        scrolled.height(Fill).into()
    }
}

/// The keys with what they give, so wide.
fn drawing<'a>(ctx: Context<'a>, width: f32) -> Element<'a, Message> {
    let kind = Board::of(layout_of(ctx.draft));
    let name = move |named| ctx.t(name_key(named));
    let drawing = board(ctx.palette(), kind, keys_of(ctx.draft), name);
    container(drawing)
        .width(width)
        .height((width * HEIGHT / WIDTH).floor())
        .into()
}

/// Whether a to z can be typed; if not, `us` stands beside the layout.
fn types_latin(draft: &Draft) -> bool {
    let (layout, variant) = draft.preset().layout_and_variant();
    crate::nixos::types_latin(layout, variant.unwrap_or_default())
}

/// The layout whose board is drawn.
fn layout_of(draft: &Draft) -> &str {
    draft.preset().layout_and_variant().0
}

/// What the keys give where the new system asks for a password.
pub(crate) fn in_use(draft: &Draft) -> Option<Picture> {
    let (layout, variant) = draft.preset().layout_and_variant();
    picture_in_use(layout, variant)
}

fn keys_of(draft: &Draft) -> Option<Picture> {
    let (layout, variant) = draft.preset().layout_and_variant();
    picture(layout, variant)
}

/// Whether the wizard's fonts have most of what the keys give.
fn is_readable(keys: &Picture) -> bool {
    let letters = Key::all().filter_map(|key| match keys.sign(key, Level::Plain) {
        Sign::Character(letter) if letter.is_alphabetic() => Some(letter),
        _ => None,
    });
    let (drawn, not): (Vec<char>, Vec<char>) =
        letters.partition(|letter| can_draw(&letter.to_string()));
    drawn.len() >= not.len()
}

/// The key of the text on a key.
const fn name_key(named: Named) -> &'static str {
    match named {
        Named::Backspace => "key-backspace",
        Named::Tab => "key-tab",
        Named::CapsLock => "key-caps-lock",
        Named::Enter => "key-enter",
        Named::LeftShift | Named::RightShift => "key-shift",
        Named::LeftControl | Named::RightControl => "key-control",
        Named::LeftSuper | Named::RightSuper => "key-super",
        Named::Alt => "key-alt",
        Named::AltGr => "key-alt-gr",
        Named::Menu => "key-menu",
        Named::NonConvert => "key-non-convert",
        Named::Convert => "key-convert",
        Named::Kana => "key-kana",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_that_the_fonts_can_draw_are_told_apart() {
        for (layout, readable) in [
            ("us", true),
            ("de", true),
            ("gr", true),
            ("ara", true),
            ("th", false),
        ] {
            let keys = picture(layout, None).unwrap();
            assert_eq!(is_readable(&keys), readable, "{layout}");
        }
    }
}
