//! A part that scrolls.

use crate::wizard::Element;
use crate::wizard::theme::Palette;
use iced::widget::scrollable;
use iced::{Background, Border, border};

/// A part that scrolls, with a bar of our own.
pub(crate) fn scrollable_with<'a, M: 'a>(
    p: &'static Palette,
    content: impl Into<Element<'a, M>>,
) -> iced::widget::Scrollable<'a, M> {
    iced::widget::scrollable(content)
        .direction(scrollable::Direction::Vertical(
            scrollable::Scrollbar::new()
                .width(8)
                .scroller_width(6)
                .margin(2),
        ))
        .style(move |theme, status| {
            let mut style = scrollable::default(theme, status);
            let hovered = !matches!(status, scrollable::Status::Active { .. });
            let scroller = scrollable::Scroller {
                background: Background::Color(if hovered { p.muted } else { p.edge }),
                border: border::rounded(4),
            };
            for rail in [&mut style.vertical_rail, &mut style.horizontal_rail] {
                rail.background = None;
                rail.border = Border::default();
                rail.scroller = scroller;
            }
            style
        })
}
