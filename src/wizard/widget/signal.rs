//! How well a wireless network is heard, as bars of growing height.

use crate::wizard::Element;
use crate::wizard::theme::Palette;
use iced::alignment::Vertical;
use iced::widget::{Row, Space, container};
use iced::{Background, border};

const BARS: u8 = 4;

/// Bars for a strength of 0 to 100.
pub(crate) fn signal<'a, M: 'a>(p: &'static Palette, strength: u8) -> Element<'a, M> {
    let full = strength.div_ceil(100 / BARS).clamp(1, BARS);
    let bars = (1..=BARS).map(|bar| {
        let colour = if bar <= full { p.accent } else { p.line };
        let height = 2.0 + 4.0 * f32::from(bar);
        container(Space::new().width(4).height(height))
            .style(move |_| container::Style {
                background: Some(Background::Color(colour)),
                border: border::rounded(1),
                ..container::Style::default()
            })
            .into()
    });
    Row::with_children(bars)
        .spacing(2)
        .align_y(Vertical::Bottom)
        .into()
}
