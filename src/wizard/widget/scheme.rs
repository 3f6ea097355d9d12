//! Small drawings of what becomes of a disk: it now above, and below it what it will be.

use super::SegmentKind;
use super::bar::part;
use crate::wizard::Element;
use crate::wizard::theme::{Palette, radius, space};
use iced::widget::{Row, column, container};
use iced::{Background, Border};

/// How wide a drawing is, in logical pixels.
const WIDTH: f32 = 72.0;

/// How high a disk is in it, in logical pixels.
const DISK: f32 = 12.0;

/// A part of a disk, and how much of the disk it is beside the other parts.
pub(crate) type Part = (SegmentKind, u16);

/// What becomes of a disk, in small.
pub(crate) fn scheme<'a, M: 'a>(
    p: &'static Palette,
    now: &[Part],
    then: &[Part],
) -> Element<'a, M> {
    let disk = |parts: &[Part]| {
        let parts = parts
            .iter()
            .map(|(kind, share)| part(p, *kind, *share, DISK));
        Row::with_children(parts).spacing(2.0)
    };
    container(column![disk(now), disk(then)].spacing(space::XS))
        .padding(space::S)
        .width(WIDTH)
        .style(move |_| container::Style {
            background: Some(Background::Color(p.sunken)),
            border: Border {
                color: p.line,
                width: 1.0,
                radius: radius::S.into(),
            },
            ..container::Style::default()
        })
        .into()
}
