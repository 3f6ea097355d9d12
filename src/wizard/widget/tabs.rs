//! Names to choose one of, as many as there are: what finds no room in a row begins the next one.

use super::{Focus, Scope, label};
use crate::wizard::Element;
use crate::wizard::theme::{Palette, TARGET, radius, space};
use iced::widget::{Row, Space, button as native, container, row};
use iced::{Background, Border, Center, Color, Fill, border};

/// How large the mark of a name is, in logical pixels.
const MARK: f32 = 7.0;

/// A name to choose.
pub(crate) struct Tab<'a> {
    pub(crate) name: &'a str,
    pub(crate) is_open: bool,
    /// Whether there is something new behind it.
    pub(crate) is_marked: bool,
}

/// Names in rows; the arrow keys go through them.
pub(crate) fn tabs<'a, M: Clone + 'a>(
    p: &'static Palette,
    names: impl IntoIterator<Item = Tab<'a>>,
    on_press: impl Fn(String) -> M,
) -> Element<'a, M> {
    let tabs = names.into_iter().map(|tab| {
        let pressed = on_press(tab.name.to_owned());
        one(p, &tab, pressed).into()
    });
    let rows = Row::with_children(tabs).spacing(space::XS).wrap();
    let rows = rows.vertical_spacing(space::XS);
    Scope::group(container(rows).width(Fill)).into()
}

fn one<'a, M: Clone + 'a>(p: &'static Palette, tab: &Tab<'a>, on_press: M) -> Focus<'a, M> {
    let is_open = tab.is_open;
    let mark = tab.is_marked.then(|| {
        let dot = Space::new().width(MARK).height(MARK);
        container(dot).style(move |_| container::Style {
            background: Some(Background::Color(p.accent)),
            border: border::rounded(MARK / 2.0),
            ..container::Style::default()
        })
    });
    let words = row![].push(mark).push(label(p, tab.name));
    let words = words.spacing(space::XS).align_y(Center);
    let inner = native(container(words).center_y(TARGET))
        .padding([0.0, space::S])
        .on_press(on_press.clone())
        .style(move |_, status| {
            let is_hovered = matches!(status, native::Status::Hovered | native::Status::Pressed);
            let background = match (is_open, is_hovered) {
                (true, _) => p.accent_soft,
                (false, true) => p.hover,
                (false, false) => Color::TRANSPARENT,
            };
            native::Style {
                background: Some(Background::Color(background)),
                text_color: p.text,
                border: Border {
                    color: if is_open { p.accent } else { p.line },
                    width: 1.0,
                    radius: radius::M.into(),
                },
                ..native::Style::default()
            }
        });
    Focus::new(inner, Some(on_press), p.accent, radius::M).id(format!("file-{}", tab.name))
}
