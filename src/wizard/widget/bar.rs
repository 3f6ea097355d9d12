//! Bars: what is on a disk, to scale, and how far something is.

use super::{Tone, body, small};
use crate::wizard::Element;
use crate::wizard::theme::{Palette, radius, space};
use iced::widget::{Row, Space, button as native, column, container, row};
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

/// So many parts have a legend at most, what stands for the others included.
const LEGEND: usize = 10;

/// The parts of a disk, and which of them the legend names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DiskParts {
    segments: Vec<Segment>,
    named: Vec<usize>,
    /// What stands for those that are not named.
    more: Option<String>,
}

impl DiskParts {
    /// Where there are too many for a legend, it names what is of NixOS and the largest of the others;
    /// `more` says how many are left.
    pub(crate) fn new(segments: Vec<Segment>, more: impl Fn(usize) -> String) -> Self {
        let all = segments.len();
        let mut named: Vec<usize> = (0..all).collect();
        if all > LEGEND {
            let rank = |index: &usize| {
                let segment = segments.get(*index);
                segment.map(|part| (part.kind == SegmentKind::Nixos, part.size))
            };
            named.sort_by_key(|index| std::cmp::Reverse(rank(index)));
            named.truncate(LEGEND - 1);
            named.sort_unstable();
        }
        let left = all - named.len();
        Self {
            segments,
            named,
            more: (left > 0).then(|| more(left)),
        }
    }
}

/// How high a disk is, in logical pixels.
const HEIGHT: f32 = 24.0;

/// How high a disk is whose parts can be clicked on, in logical pixels.
const STRIP: f32 = 40.0;

/// How much lower a part of such a disk is that is not chosen, above and below, in logical pixels.
const LOWER: f32 = 6.0;

/// The least part of the bar that is still seen, in thousandths.
const LEAST: u64 = 14;

/// How wide the names beside a disk now and as it will be are, in logical pixels.
const MOMENT: f32 = 72.0;

/// A disk to scale, with a legend below.
pub(crate) fn disk_bar<'a, M: 'a>(p: &'static Palette, parts: &DiskParts) -> Element<'a, M> {
    column![track(p, parts), legend(p, parts)]
        .spacing(space::S)
        .width(Fill)
        .into()
}

/// A disk now and as it will be, to scale, each with its name before it, and a legend of what will be;
/// or why that is not known yet.
pub(crate) fn disk_change<'a, M: 'a>(
    p: &'static Palette,
    (now_name, now): (String, &DiskParts),
    (then_name, then): (String, Result<&DiskParts, String>),
) -> Element<'a, M> {
    let line = |name: String, content: Element<'a, M>| {
        row![container(small(name, p.muted)).width(MOMENT), content]
            .spacing(space::S)
            .align_y(Center)
    };
    let (after, legend) = match then {
        Ok(parts) => (track(p, parts), Some(legend(p, parts))),
        Err(why) => (small(why, p.muted), None),
    };
    column![line(now_name, track(p, now)), line(then_name, after)]
        .push(legend.map(|legend| line(String::new(), legend)))
        .spacing(space::S)
        .width(Fill)
        .into()
}

/// The parts of a disk, beside each other.
fn track<'a, M: 'a>(p: &'static Palette, parts: &DiskParts) -> Element<'a, M> {
    let segments = &parts.segments;
    let total = segments.iter().map(|s| s.size).sum::<u64>().max(1);
    let parts = segments.iter().map(|segment| {
        let share = share(segment.size, total);
        part(p, segment.kind, share, HEIGHT)
    });
    Row::with_children(parts).spacing(2.0).width(Fill).into()
}

/// A part of a disk, as wide as its share of what all have.
pub(super) fn part<'a, M: 'a>(
    p: &'static Palette,
    kind: SegmentKind,
    share: u16,
    height: f32,
) -> Element<'a, M> {
    let colour = kind.colour(p);
    container(Space::new().height(height).width(Fill))
        .width(FillPortion(share))
        .style(move |_| container::Style {
            background: Some(Background::Color(colour)),
            border: Border {
                radius: (radius::S / 2.0).into(),
                ..Border::default()
            },
            ..container::Style::default()
        })
        .into()
}

/// What the parts are.
fn legend<'a, M: 'a>(p: &'static Palette, parts: &DiskParts) -> Element<'a, M> {
    let segments = &parts.segments;
    let named = parts.named.iter().filter_map(|index| segments.get(*index));
    let legend = Row::with_children(named.map(|segment| entry(p, segment)));
    let more = parts.more.as_ref().map(|more| small(more.clone(), p.muted));
    let legend = legend.push(more).spacing(space::L).align_y(Center);
    legend.wrap().vertical_spacing(space::S).into()
}

/// A disk to scale whose parts can be clicked on; each comes with whether it is chosen.
pub(crate) fn disk_strip<'a, 's, M: Clone + 'a>(
    p: &'static Palette,
    id: &'static str,
    parts: impl Iterator<Item = (&'s Segment, bool, M)> + Clone,
) -> Element<'a, M> {
    let total = parts
        .clone()
        .map(|(part, ..)| part.size)
        .sum::<u64>()
        .max(1);
    let parts = parts.map(|(segment, chosen, on_press)| {
        let colour = segment.kind.colour(p);
        // The chosen part is higher than the others: a line around it is not seen on every colour.
        let (height, line) = match chosen {
            true => (STRIP, 3.0),
            false => (STRIP - 2.0 * LOWER, 0.0),
        };
        let part = container(Space::new().width(Fill).height(height)).style(move |_| {
            let border = Border {
                color: p.text,
                width: line,
                radius: radius::S.into(),
            };
            container::Style {
                background: Some(Background::Color(colour)),
                border,
                ..container::Style::default()
            }
        });
        native(container(part).center_y(STRIP))
            .padding(0)
            .width(FillPortion(share(segment.size, total)))
            .height(STRIP)
            .on_press(on_press)
            .style(|_, _| native::Style::default())
            .into()
    });
    let strip = Row::with_children(parts).spacing(2.0).width(Fill);
    container(strip).id(id).into()
}

/// How much of a bar a part gets, in thousandths.
fn share(size: u64, total: u64) -> u16 {
    let thousandths = u128::from(size) * 1000 / u128::from(total.max(1));
    let share = u64::try_from(thousandths).unwrap_or(1000).max(LEAST);
    u16::try_from(share).unwrap_or(1000)
}

/// A small sign in the colour of a part.
pub(super) fn chip<'a, M: 'a>(p: &'static Palette, kind: SegmentKind) -> Element<'a, M> {
    let colour = kind.colour(p);
    container(Space::new().width(12).height(12))
        .style(move |_| container::Style {
            background: Some(Background::Color(colour)),
            border: border::rounded(3),
            ..container::Style::default()
        })
        .into()
}

fn entry<'a, M: 'a>(p: &'static Palette, segment: &Segment) -> Element<'a, M> {
    row![
        chip(p, segment.kind),
        column![
            body(p, segment.name.clone()),
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

/// How high the bar of progress is, in logical pixels.
const PROGRESS: f32 = 12.0;

/// How far something is, 0 to 1.
pub(crate) fn progress_bar<'a, M: 'a>(p: &'static Palette, fraction: f64) -> Element<'a, M> {
    let part = |share: u16, colour: Color| {
        container(Space::new().height(PROGRESS))
            .width(FillPortion(share))
            .style(move |_| container::Style {
                background: Some(Background::Color(colour)),
                border: border::rounded(PROGRESS / 2.0),
                ..container::Style::default()
            })
    };
    // In ten-thousandths; the bar is a row, so that it grows from where reading starts.
    let done = (fraction.clamp(0.0, 1.0) * 10_000.0) as u16;
    let left = 10_000_u16.saturating_sub(done);
    let mut bar = Row::new();
    if done > 0 {
        bar = bar.push(part(done, p.accent));
    }
    if left > 0 {
        bar = bar.push(part(left, Color::TRANSPARENT));
    }
    container(bar)
        .width(Fill)
        .style(move |_| container::Style {
            background: Some(Background::Color(p.disk.free)),
            border: border::rounded(PROGRESS / 2.0),
            ..container::Style::default()
        })
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(sizes: impl Iterator<Item = (u64, SegmentKind)>) -> DiskParts {
        let segments = sizes.map(|(size, kind)| Segment {
            name: String::new(),
            detail: String::new(),
            size,
            kind,
        });
        DiskParts::new(segments.collect(), |more| format!("{more} more"))
    }

    #[test]
    fn a_legend_names_the_largest_and_what_is_of_nixos_in_their_order() {
        let few = parts((1..=10).map(|size| (size, SegmentKind::Linux)));
        assert_eq!((few.named.len(), few.more), (10, None));
        let many = parts((1..=128).map(|size| match size {
            3 => (size, SegmentKind::Nixos),
            _ => (size, SegmentKind::Linux),
        }));
        assert_eq!(many.more.as_deref(), Some("119 more"));
        assert_eq!(many.named, [2, 120, 121, 122, 123, 124, 125, 126, 127]);
        assert_eq!(many.segments.len(), 128, "the bar has all");
    }
}
