//! What can become of a disk, as cards: what is possible first, and what is not behind a button. Below the
//! card that is chosen stands what follows from it.

use super::layouts::{is_layout, is_system, place_id};
use super::{Message, key};
use crate::machine::{Content, Disk, Table};
use crate::plan::{Mode, Problem, ProblemId, Spot, SpotPlace, systems};
use crate::preset::{FoundSystem, Layout};
use crate::wizard::Element;
use crate::wizard::page::Context;
use crate::wizard::theme::{mark, space};
use crate::wizard::widget::{
    Icon, Kind, Scope, SegmentKind, button, choice, icon, label, muted, scheme, small, strong,
};
use iced::Fill;
use iced::widget::{Column, column, container, row};

/// What a layout is called, as it is chosen.
pub(crate) fn name(ctx: Context<'_>, layout: Layout) -> String {
    match (layout, &ctx.draft.preset().disk.system) {
        (Layout::Replace, Some(system)) => {
            ctx.tv("layout-replace-system", "system", system.to_string())
        }
        _ => ctx.t(&format!("layout-{}", key(layout))),
    }
}

/// Something that can become of the disk, or could.
struct Offer<'a> {
    layout: Layout,
    /// The system that is replaced, where one is as a whole.
    system: Option<(&'a FoundSystem, &'a Spot)>,
    /// Why it is not possible, if it is not.
    obstacle: Option<&'a Problem>,
}

/// What there is to choose from, in the order of the list.
fn offers(modes: &[Mode]) -> Vec<Offer<'_>> {
    let mut offers = Vec::new();
    for mode in modes {
        let spots = mode.possible.iter().flatten();
        // Those that know a system by its name look for that, and for the reason if it can't go.
        offers.extend(spots.filter_map(|spot| match &spot.place {
            SpotPlace::System(system) => Some(Offer {
                layout: mode.layout,
                system: Some((system, spot)),
                obstacle: spot.table.as_ref().err(),
            }),
            _ => None,
        }));
        offers.push(Offer {
            layout: mode.layout,
            system: None,
            obstacle: mode.possible.as_ref().err(),
        });
    }
    let whole = modes.is_empty().then_some(Layout::Erase);
    let others = whole.into_iter().chain([Layout::Manual]);
    offers.extend(others.map(|layout| Offer {
        layout,
        system: None,
        obstacle: None,
    }));
    offers
}

impl Offer<'_> {
    fn is_chosen(&self, ctx: Context<'_>) -> bool {
        let preset = &ctx.draft.preset().disk;
        match self.system {
            Some((system, _)) => is_system(preset, system),
            None => is_layout(preset, self.layout),
        }
    }

    fn id(&self) -> String {
        match self.system {
            Some((_, spot)) => place_id(&spot.place),
            None => format!("layout-{}", key(self.layout)),
        }
    }

    fn message(&self) -> Message {
        match self.system {
            Some((system, _)) => Message::Replace(system.clone()),
            None => Message::Layout(self.layout),
        }
    }

    /// What it is called, and what it means.
    fn words(&self, ctx: Context<'_>, disk: &Disk) -> [String; 2] {
        let found = systems(disk);
        let key = key(self.layout);
        let plain = || [format!("layout-{key}"), format!("layout-{key}-note")].map(|k| ctx.t(&k));
        let of_system = |system: &str, size: String| {
            let values = [("system", system.to_owned().into()), ("size", size.into())];
            let keys = [
                format!("layout-{key}-system"),
                format!("layout-{key}-system-note"),
            ];
            keys.map(|key| ctx.texts.with(&key, &values))
        };
        match (self.layout, self.system, found.as_slice()) {
            (Layout::Replace, Some((system, spot)), _) => {
                of_system(&system.to_string(), ctx.texts.size(spot.size))
            }
            (Layout::Erase, ..) if is_empty(disk) => {
                ["layout-whole-disk", "layout-whole-disk-note"].map(|key| ctx.t(key))
            }
            (Layout::Alongside, _, [system]) => {
                let [title, _] = of_system(system, String::new());
                let [_, note] = plain();
                [title, note]
            }
            (Layout::Erase, _, [_, ..]) => {
                let [title, _] = plain();
                let note = ctx.tv("layout-erase-system-note", "system", found.join(", "));
                [title, note]
            }
            _ => plain(),
        }
    }

    fn drawing<'a>(&self, ctx: Context<'a>, disk: &Disk) -> Element<'a, Message> {
        use SegmentKind::{Free, Nixos, Other};
        let old = kind_of(ctx, disk);
        let p = ctx.palette();
        match (self.layout, self.system) {
            (Layout::Alongside, _) => scheme(p, &[(old, 10)], &[(old, 5), (Nixos, 5)]),
            (Layout::Free, _) => scheme(p, &[(old, 5), (Free, 5)], &[(old, 5), (Nixos, 5)]),
            (Layout::KeepHome, _) => scheme(p, &[(Other, 5), (old, 5)], &[(Nixos, 5), (old, 5)]),
            (Layout::Replace, Some(_)) => {
                scheme(p, &[(old, 7), (Other, 3)], &[(Nixos, 7), (Other, 3)])
            }
            (Layout::Replace, None) => scheme(
                p,
                &[(old, 3), (Other, 4), (old, 3)],
                &[(old, 3), (Nixos, 4), (old, 3)],
            ),
            (Layout::Erase, _) if is_empty(disk) => scheme(p, &[(Free, 10)], &[(Nixos, 10)]),
            (Layout::Erase, _) => scheme(p, &[(old, 6), (Other, 4)], &[(Nixos, 10)]),
            (Layout::Manual, _) => scheme(
                p,
                &[(old, 4), (Other, 3), (Free, 3)],
                &[(Nixos, 4), (Other, 3), (Nixos, 3)],
            ),
        }
    }

    /// Whether it is not known yet if it is possible: that stands where it will be, so that nothing jumps
    /// once it is.
    fn waits(&self, measuring: bool) -> bool {
        let is_unmeasured = |reason: &Problem| reason.id == ProblemId::NotMeasured;
        let may_come = measuring || self.obstacle.is_some_and(is_unmeasured);
        self.layout == Layout::Alongside && self.obstacle.is_some() && may_come
    }

    /// Its card, which may still wait for what is being measured.
    fn card<'a>(&self, ctx: Context<'a>, disk: &Disk, measuring: bool) -> Element<'a, Message> {
        let p = ctx.palette();
        let chosen = self.is_chosen(ctx);
        let [title, note] = self.words(ctx, disk);
        let note = match self.obstacle {
            None => small(note, p.muted),
            // What is chosen and not possible is an error.
            Some(reason) if chosen => small(ctx.words(reason).0, p.danger),
            Some(_) if measuring => small(ctx.t("layout-measuring"), p.muted),
            Some(_) => small(ctx.t("problem-not-measured"), p.muted),
        };
        let words = column![strong(p, title), note].width(Fill);
        let content = row![self.drawing(ctx, disk), words]
            .spacing(space::M)
            .align_y(iced::Center);
        let press = self.obstacle.is_none().then(|| self.message());
        choice(p, chosen, content, press).id(self.id()).into()
    }
}

/// Whether nothing is on a disk, as far as its table says.
fn is_empty(disk: &Disk) -> bool {
    match disk.table.known() {
        Some(Table::Partitioned { partitions, .. }) => partitions.is_empty(),
        Some(Table::Whole { content }) => *content == Content::Blank,
        None => false,
    }
}

/// What most people would call the disk's: a Windows', or a Linux', where either is there.
fn kind_of(ctx: Context<'_>, disk: &Disk) -> SegmentKind {
    let whole = match disk.table.known() {
        Some(Table::Whole { content }) => Some(content),
        Some(Table::Partitioned { .. }) | None => None,
    };
    let parts = disk.partitions().iter().map(|part| &part.content);
    let contents = whole.into_iter().chain(parts);
    let kinds: Vec<_> = contents
        .map(|content| super::words_of(ctx, content, None).1)
        .collect();
    let has = |kind: &SegmentKind| kinds.contains(kind);
    let mut known = [SegmentKind::Windows, SegmentKind::Linux].into_iter();
    known.find(has).unwrap_or(SegmentKind::Other)
}

/// What is chosen, with what follows from it.
pub(super) const CHOSEN: &str = "layout-chosen";

/// The id of the part with what is not possible.
pub(super) const IMPOSSIBLE: &str = "layouts-impossible";

/// The cards; `follows` is what stands below the one that is chosen.
pub(super) fn view<'a>(
    ctx: Context<'a>,
    modes: &'a [Mode],
    disk: &'a Disk,
    (measuring, open): (bool, bool),
    follows: Option<Element<'a, Message>>,
) -> Element<'a, Message> {
    let p = ctx.palette();
    let is_shown = |offer: &Offer<'_>| {
        offer.obstacle.is_none() || offer.waits(measuring) || offer.is_chosen(ctx)
    };
    let (shown, impossible): (Vec<_>, Vec<_>) = offers(modes).into_iter().partition(is_shown);
    let mut follows = follows;
    let cards = shown.iter().map(|offer| {
        let chosen = offer.is_chosen(ctx);
        let below = follows.take_if(|_| chosen);
        // In a column of its own, a card keeps the focus when something comes below another one.
        let card = column![offer.card(ctx, disk, measuring)].push(below);
        let card = container(card.spacing(space::S));
        match chosen {
            true => card.id(CHOSEN).into(),
            false => card.into(),
        }
    });
    let cards = Scope::group(Column::with_children(cards).spacing(space::S));
    let count = impossible.len();
    let toggle = (count > 0).then(|| {
        let words = ctx.tv("layout-impossible", "count", count.to_string());
        button(p, Kind::Quiet, words, Some(Message::Impossible)).id("impossible")
    });
    let reasons = impossible.iter().filter(|_| open);
    let reasons: Vec<_> = reasons.map(|offer| reason(ctx, offer, disk)).collect();
    let reasons = (!reasons.is_empty()).then(|| Column::with_children(reasons).spacing(space::S));
    let impossible = column![].push(toggle).push(reasons).spacing(space::S);
    column![label(p, ctx.t("disk-layout")), cards]
        .push((count > 0).then(|| container(impossible).id(IMPOSSIBLE)))
        .spacing(space::S)
        .into()
}

/// What is not possible, and why, in a quiet voice.
fn reason<'a>(ctx: Context<'a>, offer: &Offer<'_>, disk: &Disk) -> Element<'a, Message> {
    let p = ctx.palette();
    let [title, _] = offer.words(ctx, disk);
    let why = offer.obstacle.map(|reason| ctx.words(reason).0);
    let words = column![muted(p, title), small(why.unwrap_or_default(), p.muted)].width(Fill);
    row![icon(Icon::Info, mark::M, p.muted), words]
        .spacing(space::M)
        .padding([0.0, space::L])
        .into()
}
