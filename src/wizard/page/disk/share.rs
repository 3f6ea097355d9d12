//! How much of a neighbour's room, or of free space, NixOS gets: usual shares, a boundary to move, and a
//! number. All of them are the same value, which lies in the preset.

use super::Message;
use crate::plan::{Spot, SpotPlace};
use crate::preset::Size;
use crate::storage::Share;
use crate::units::Bytes;
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::page::Context;
use crate::wizard::theme::{space, width};
use crate::wizard::widget::{Scope, Shared, boundary, choice, field, label, small, strong};
use iced::Fill;
use iced::widget::{Column, Row, Space, column, container, row};

/// What a boundary that is moved stops at.
const STEP: Bytes = Bytes::gib(1);

/// The number as it is typed.
#[derive(Debug, Default)]
pub(super) struct State {
    typed: Option<String>,
    /// Whether that is no size in the range.
    wrong: bool,
}

impl State {
    /// The number as it was typed: taken where it can be.
    pub(super) fn typed(&mut self, text: String, share: Option<Share>, draft: &mut Draft) {
        let wanted = share.and_then(|share| size_in(&text, share));
        self.typed = Some(text);
        self.wrong = wanted.is_none();
        if wanted.is_some() {
            draft.edit(|preset| preset.disk.size = wanted);
        }
    }

    /// Another share was chosen, or another place: what was typed does not count any more.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    pub(super) const fn is_wrong(&self) -> bool {
        self.wrong
    }

    pub(super) fn view<'a>(
        &'a self,
        ctx: Context<'a>,
        spot: &Spot,
        share: Share,
    ) -> Element<'a, Message> {
        let p = ctx.palette();
        let asked = ctx.draft.preset().disk.size;
        let value = asked.map_or(share.recommended, |Size(size)| size);
        let kind = Kind::of(spot);
        column![
            label(p, ctx.t("layout-share")),
            usual(ctx, kind, share, asked)
        ]
        .push(whole_of(spot, share).map(|whole| bar(ctx, kind, (whole, share, value))))
        .push(self.number(ctx, share, value))
        .spacing(space::S)
        .into()
    }

    fn number<'a>(&'a self, ctx: Context<'a>, share: Share, value: Bytes) -> Element<'a, Message> {
        let p = ctx.palette();
        let shown = self.typed.clone();
        let shown = shown.unwrap_or_else(|| ctx.texts.decimal(&number_of(value)));
        let wrong = self.wrong.then(|| {
            let range = [("least", share.least), ("most", share.most)];
            let range = range.map(|(name, size)| (name, ctx.texts.size(size).into()));
            ctx.texts.with("layout-share-outside", &range)
        });
        // What a preset asks for may not be there either.
        let wrong = wrong.or_else(|| ctx.error_at("disk.size"));
        let name = ctx.t("layout-share-number");
        let input = field(p, "share-number", name, &shown, wrong, Message::ShareTyped);
        container(input).width(width::NUMBER).into()
    }
}

/// A size in GiB, to a tenth.
fn number_of(size: Bytes) -> String {
    let tenths = (size.0 as f64 / STEP.0 as f64 * 10.0).round();
    let (whole, tenth) = ((tenths / 10.0).floor(), tenths % 10.0);
    match tenth as u8 {
        0 => format!("{whole}"),
        tenth => format!("{whole}.{tenth}"),
    }
}

/// The size that somebody typed, in whole MiB, if it can be had. Without a unit it is GiB; what a share
/// is shown as is that share.
fn size_in(text: &str, share: Share) -> Option<Size> {
    let text = text.trim().replace(',', ".");
    for usual in [share.least, share.recommended, share.most] {
        if number_of(usual) == text {
            return Some(Size(usual));
        }
    }
    let size = match Size::try_from(text.clone()) {
        Ok(Size(size)) => size,
        Err(_) => {
            let is_number = text.chars().all(|c| c.is_ascii_digit() || c == '.');
            let gib: f64 = text.parse().ok().filter(|_| is_number)?;
            // A cast stops at the ends of what can be counted.
            Bytes::mib((gib * 1024.0).round().min(1e12) as u64)
        }
    };
    (share.least..=share.most)
        .contains(&size)
        .then_some(Size(size))
}

/// What is shared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The room of a neighbour, which keeps the rest.
    Neighbour,
    /// A gap, of which the rest stays free.
    Gap,
}

impl Kind {
    const fn of(spot: &Spot) -> Self {
        match spot.place {
            SpotPlace::GapAfter(_) => Self::Gap,
            SpotPlace::Partition(_) | SpotPlace::WholeDisk | SpotPlace::System(_) => {
                Self::Neighbour
            }
        }
    }
}

/// What is shared as a whole: a neighbour's partition and the gap behind it, or a gap.
fn whole_of(spot: &Spot, share: Share) -> Option<Bytes> {
    let number = match spot.place {
        SpotPlace::GapAfter(_) => return Some(share.most),
        SpotPlace::Partition(number) => number,
        SpotPlace::WholeDisk | SpotPlace::System(_) => return None,
    };
    // The table of a place is that of an even share.
    let table = spot.table.as_ref().ok()?;
    let kept = table.kept().iter().find(|kept| kept.number == number)?;
    let kept = kept.length.bytes(table.sector_size);
    Some(Bytes(kept.0.saturating_add(share.recommended.0)))
}

/// What NixOS needs, an even share, or all that can be had. Of a gap, that is all of it.
fn usual<'a>(
    ctx: Context<'a>,
    kind: Kind,
    share: Share,
    asked: Option<Size>,
) -> Element<'a, Message> {
    let p = ctx.palette();
    let least = ("least", share.least, Some(Size(share.least)));
    let sizes = match kind {
        Kind::Neighbour => vec![
            least,
            ("even", share.recommended, None),
            ("most", share.most, Some(Size(share.most))),
        ],
        Kind::Gap => vec![least, ("all", share.most, None)],
    };
    let count = sizes.len() as f32;
    let cards = sizes.into_iter().map(|(key, bytes, size)| {
        let words = column![
            strong(p, ctx.t(&format!("layout-share-{key}"))),
            small(ctx.texts.size(bytes), p.muted)
        ];
        let card = choice(p, asked == size, words, Some(Message::Share(size)));
        card.id(format!("share-{key}"))
    });
    // They stand in a card.
    let room = ctx.width - 2.0 * space::L;
    let part = ((room - (count - 1.0) * space::S) / count).floor();
    let cards: Element<'a, Message> = match part < width::SHORT_CHOICE {
        true => Column::with_children(cards.map(Into::into))
            .spacing(space::S)
            .into(),
        false => {
            let cells = cards.map(|card| container(card).width(part).into());
            Row::with_children(cells).spacing(space::S).into()
        }
    };
    Scope::group(cards).into()
}

/// The boundary, and what is on either side of it.
fn bar(
    ctx: Context<'_>,
    kind: Kind,
    (whole, share, value): (Bytes, Share, Bytes),
) -> Element<'_, Message> {
    let p = ctx.palette();
    let shared = Shared {
        whole: whole.0,
        range: share.least.0..=share.most.0,
        value: value.0,
        step: STEP.0,
    };
    // All of a gap is what it is without a size.
    let moved = move |size| {
        let is_all = kind == Kind::Gap && size == share.most.0;
        Message::Share((!is_all).then_some(Size(Bytes(size))))
    };
    let rest = match kind {
        Kind::Neighbour => "layout-share-kept",
        Kind::Gap => "layout-share-free",
    };
    let kept = Bytes(whole.0.saturating_sub(value.0));
    let sides = row![
        container(small(ctx.tv(rest, "size", ctx.texts.size(kept)), p.text)),
        Space::new().width(Fill),
        container(small(
            ctx.tv("layout-share-new", "size", ctx.texts.size(value)),
            p.text
        )),
    ];
    column![
        boundary(p, shared, ctx.is_mirrored(), moved),
        sides,
        small(ctx.t("layout-share-hint"), p.muted)
    ]
    .spacing(space::XS)
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARE: Share = Share {
        least: Bytes(21_000_000_000 / (1 << 20) * (1 << 20)),
        recommended: Bytes::gib(40),
        most: Bytes::gib(60),
    };

    #[test]
    fn a_number_is_gib_unless_it_says_otherwise() {
        let of = |text| size_in(text, SHARE).map(|Size(size)| size);
        assert_eq!(of(" 42 "), Some(Bytes::gib(42)));
        assert_eq!(of("42,5"), Some(Bytes::mib(43 * 1024 - 512)));
        assert_eq!(of("43008 MiB"), Some(Bytes::gib(42)));
        for other in [
            "",
            "12",
            "61",
            "-42",
            "1e1",
            "4 2",
            "NaN",
            "inf",
            "42 apples",
            ".",
        ] {
            assert_eq!(of(other), None, "{other}");
        }
        // What is shown can be typed, also where it is rounded.
        for size in [SHARE.least, SHARE.recommended, SHARE.most] {
            assert_eq!(size_in(&number_of(size), SHARE), Some(Size(size)));
        }
        assert_eq!(number_of(SHARE.least), "19.6");
    }
}
