//! Bars: what is on a disk, to scale, and how far something is.

use super::{Tone, small, strong};
use crate::wizard::Element;
use crate::wizard::theme::{Palette, radius, space};
use iced::widget::{Row, Space, column, container, row};
use iced::{Background, Border, Center, Color, Fill, FillPortion, border};

/// What a part of a disk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SegmentKind {
    Boot,
    Nixos,
    Windows,
    Linux,
    Other,
    Free,
}

impl SegmentKind {
    const fn colour(self, p: &Palette) -> Color {
        match self {
            Self::Boot => p.disk.boot,
            Self::Nixos => p.disk.nixos,
            Self::Windows => p.disk.windows,
            Self::Linux => p.disk.linux,
            Self::Other => p.disk.other,
            Self::Free => p.disk.free,
        }
    }
}

/// A part of a disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    /// What it is called.
    pub(crate) name: String,
    /// Its size and content in words.
    pub(crate) detail: String,
    /// Its size in bytes.
    pub(crate) size: u64,
    pub(crate) kind: SegmentKind,
}

/// The least part of the bar that is still seen, in thousandths.
const LEAST: u64 = 14;

/// A disk to scale, with a legend below.
pub(crate) fn disk_bar<'a, M: 'a>(p: &'static Palette, segments: &[Segment]) -> Element<'a, M> {
    let total = segments.iter().map(|s| s.size).sum::<u64>().max(1);
    let last = segments.len().saturating_sub(1);
    let mut bar = Row::new().spacing(2.0).width(Fill);
    let mut legend = Row::new().spacing(space::L);
    for (index, segment) in segments.iter().enumerate() {
        let thousandths = u128::from(segment.size) * 1000 / u128::from(total);
        let share = u64::try_from(thousandths).unwrap_or(1000).max(LEAST);
        let colour = segment.kind.colour(p);
        let mut corners = border::radius(2.0);
        if index == 0 {
            corners = corners.left(radius::S);
        }
        if index == last {
            corners = corners.right(radius::S);
        }
        let part = container(Space::new().height(22).width(Fill))
            .width(FillPortion(u16::try_from(share).unwrap_or(1000)))
            .style(move |_| container::Style {
                background: Some(Background::Color(colour)),
                border: Border {
                    radius: corners,
                    ..Border::default()
                },
                ..container::Style::default()
            });
        bar = bar.push(part);
        legend = legend.push(entry(p, segment, colour));
    }
    column![bar, legend.wrap().vertical_spacing(space::S)]
        .spacing(space::S)
        .width(Fill)
        .into()
}

fn entry<'a, M: 'a>(p: &'static Palette, segment: &Segment, colour: Color) -> Element<'a, M> {
    let chip = container(Space::new().width(12).height(12)).style(move |_| container::Style {
        background: Some(Background::Color(colour)),
        border: border::rounded(3),
        ..container::Style::default()
    });
    row![
        chip,
        column![
            strong(p, segment.name.clone()),
            small(segment.detail.clone(), p.muted)
        ]
    ]
    .spacing(space::S)
    .align_y(Center)
    .into()
}

/// So many steps of all that there are, as for a strength.
pub(crate) fn steps_bar<'a, M: 'a>(
    p: &'static Palette,
    tone: Tone,
    reached: usize,
    all: usize,
) -> Element<'a, M> {
    let steps = (0..all).map(|step| {
        let colour = if step < reached {
            tone.colour(p)
        } else {
            p.disk.free
        };
        container(Space::new().height(6).width(Fill))
            .style(move |_| container::Style {
                background: Some(Background::Color(colour)),
                border: border::rounded(3),
                ..container::Style::default()
            })
            .into()
    });
    Row::with_children(steps)
        .spacing(space::XS)
        .width(Fill)
        .into()
}

/// How far something is, 0 to 1.
pub(crate) fn progress_bar<'a, M: 'a>(p: &'static Palette, fraction: f64) -> Element<'a, M> {
    iced::widget::progress_bar(0.0..=1.0, fraction as f32)
        .girth(14)
        .style(move |_| iced::widget::progress_bar::Style {
            background: Background::Color(p.disk.free),
            bar: Background::Color(p.accent),
            border: border::rounded(7),
        })
        .into()
}
