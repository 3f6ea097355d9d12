//! Fields to write into.

use super::by_layout::by_layout;
use super::{Focus, Icon, icon, label, small};
use crate::i18n::direction::is_right_to_left;
use crate::keyboard::Picture;
use crate::location::Script;
use crate::secret::Secret;
use crate::wizard::Element;
use crate::wizard::theme::{Palette, TARGET, radius, size, space};
use iced::advanced::widget::Id;
use iced::alignment::Horizontal;
use iced::widget::{button as native, column, container, row, stack, text_input};
use iced::{Background, Border, Color, Fill, Padding};

pub(super) fn style(p: &Palette, wrong: bool, status: text_input::Status) -> text_input::Style {
    let focused = matches!(status, text_input::Status::Focused { .. });
    let colour = match (wrong, focused) {
        (true, _) => p.danger,
        (false, true) => p.accent,
        (false, false) => p.edge,
    };
    text_input::Style {
        background: Background::Color(p.surface),
        border: Border {
            color: colour,
            width: if focused { 2.0 } else { 1.0 },
            radius: radius::M.into(),
        },
        icon: p.muted,
        placeholder: p.muted,
        value: p.text,
        selection: p.changed,
    }
}

pub(super) fn padding() -> Padding {
    // The text's height of 1.3 lines and this make a target.
    let vertical = (TARGET - size::BODY * 1.3) / 2.0;
    Padding::from([vertical, space::M])
}

/// The side on which a field's text begins: that of its first letter, as on web pages.
pub(super) fn side_of(text: &str) -> Horizontal {
    let first = text.chars().find(|letter| Script::of(*letter).is_some());
    if first.is_some_and(is_right_to_left) {
        Horizontal::Right
    } else {
        Horizontal::Left
    }
}

/// A field with its name above and what is wrong with it below.
pub(crate) fn field<'a, M: Clone + 'a>(
    p: &'static Palette,
    id: impl Into<Id>,
    name: impl Into<String>,
    value: &str,
    wrong: Option<String>,
    on_input: impl Fn(String) -> M + 'a,
) -> Element<'a, M> {
    let input = field_alone(p, id, "", value, wrong.is_some(), on_input);
    with_words(p, name, input, wrong)
}

/// A field with `hint` in it while it is empty, whose name and faults stand elsewhere.
pub(crate) fn field_alone<'a, M: Clone + 'a>(
    p: &'static Palette,
    id: impl Into<Id>,
    hint: &str,
    value: &str,
    is_wrong: bool,
    on_input: impl Fn(String) -> M + 'a,
) -> Element<'a, M> {
    text_input(hint, value)
        .id(id)
        .size(size::BODY)
        .padding(padding())
        .align_x(side_of(if value.is_empty() { hint } else { value }))
        .on_input(on_input)
        .style(move |_, status| style(p, is_wrong, status))
        .into()
}

/// A field with its name above, which Enter sends; its faults stand elsewhere.
pub(crate) fn field_to_send<'a, M: Clone + 'a>(
    p: &'static Palette,
    (id, name): (impl Into<Id>, String),
    value: &str,
    is_wrong: bool,
    on_input: impl Fn(String) -> M + 'a,
    on_send: M,
) -> Element<'a, M> {
    let input = text_input("", value)
        .id(id)
        .size(size::BODY)
        .padding(padding())
        .align_x(side_of(value))
        .on_input(on_input)
        .on_submit(on_send)
        .style(move |_, status| style(p, is_wrong, status));
    with_words(p, name, input.into(), None)
}

/// A field that searches, with `hint` in it while it is empty.
pub(crate) fn search<'a, M: Clone + 'a>(
    p: &'static Palette,
    id: &'static str,
    hint: &str,
    query: &str,
    on_input: impl Fn(String) -> M + 'a,
) -> Element<'a, M> {
    let input = text_input(hint, query)
        .id(id)
        .size(size::BODY)
        .padding(padding().left(space::XL + space::S))
        .align_x(side_of(if query.is_empty() { hint } else { query }))
        .on_input(on_input)
        .style(move |_, status| style(p, false, status));
    let glass = container(icon(Icon::Search, 18.0, p.muted))
        .center_y(TARGET)
        .padding([0.0, space::M]);
    stack![input, glass].into()
}

/// What a field for a password is about.
pub(crate) struct PasswordField<'a> {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) value: &'a Secret,
    /// Whether it is shown as it is.
    pub(crate) shown: bool,
    /// What is wrong with it.
    pub(crate) wrong: Option<String>,
    /// What the keys give where the password is asked for later.
    pub(crate) keys: Option<Picture>,
}

/// A field for a password, with a button that shows it.
pub(crate) fn password<'a, M: Clone + 'a>(
    p: &'static Palette,
    field: PasswordField<'_>,
    on_input: impl Fn(Secret) -> M + 'a,
    on_show: M,
) -> Element<'a, M> {
    let PasswordField {
        id,
        name,
        value,
        shown,
        wrong,
        keys,
    } = field;
    let is_wrong = wrong.is_some();
    let input = text_input("", value.expose())
        .id(id)
        .secure(!shown)
        .size(size::BODY)
        .padding(padding())
        .on_input(move |text| on_input(Secret::new(text)))
        .style(move |_, status| style(p, is_wrong, status));
    let eye = if shown { Icon::EyeOff } else { Icon::Eye };
    let show = native(container(icon(eye, 20.0, p.muted)).center(TARGET))
        .padding(0)
        .on_press(on_show.clone())
        .style(|_, _| native::Style {
            background: None,
            text_color: Color::BLACK,
            ..native::Style::default()
        });
    let show = Focus::new(show, Some(on_show), p.accent, radius::M);
    let input = by_layout(input, keys);
    with_words(p, name, row![input, show].spacing(space::XS).into(), wrong)
}

fn with_words<'a, M: 'a>(
    p: &'static Palette,
    name: impl Into<String>,
    input: Element<'a, M>,
    wrong: Option<String>,
) -> Element<'a, M> {
    let mut column = column![label(p, name), input]
        .spacing(space::XS)
        .width(Fill);
    if let Some(wrong) = wrong {
        column = column.push(small(wrong, p.danger));
    }
    super::together(column)
}
