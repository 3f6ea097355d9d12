//! Which file system, and where memory goes when it runs short.

use super::Message;
use crate::machine::Fact;
use crate::preset::{FileSystemKind, Layout, Swap};
use crate::wizard::Element;
use crate::wizard::page::Context;
use crate::wizard::theme::{space, width};
use crate::wizard::widget::{Scope, choice, label, small, strong};
use iced::Fill;
use iced::widget::{Row, column, container};

/// The end of a file system's keys.
const fn file_system_key(kind: FileSystemKind) -> &'static str {
    match kind {
        FileSystemKind::Ext4 => "ext4",
        FileSystemKind::Btrfs => "btrfs",
        FileSystemKind::Xfs => "xfs",
        FileSystemKind::F2fs => "f2fs",
    }
}

/// The end of a kind of swap's keys.
const fn swap_key(swap: Swap) -> &'static str {
    match swap {
        Swap::None => "none",
        Swap::Zram => "zram",
        Swap::File => "file",
        Swap::Partition => "partition",
        Swap::Hibernate => "hibernate",
    }
}

/// What is chosen, in a line.
pub(crate) fn summary(ctx: Context<'_>) -> String {
    let disk = &ctx.draft.preset().disk;
    let swap = disk.swap.unwrap_or_else(|| disk.usual_swap());
    let swap = ctx.t(&format!("swap-{}", swap_key(swap)));
    // Beside home folders in a btrfs it is what is there.
    let plan = ctx.draft.outline();
    let decided = plan.and_then(|plan| {
        let mut decisions = plan.decisions.iter();
        decisions.find(|decision| decision.field == "disk.file_system")
    });
    let file_system = decided.map_or_else(
        || disk.root_file_system().to_string(),
        |decision| decision.value.clone(),
    );
    ctx.texts.list(&[file_system, swap])
}

/// Both choices.
pub(super) fn view(ctx: Context<'_>) -> Element<'_, Message> {
    let p = ctx.palette();
    let disk = &ctx.draft.preset().disk;
    let file_system = disk.file_system.unwrap_or_default();
    let file_systems = FileSystemKind::ALL.map(|kind| {
        let key = file_system_key(kind);
        let words = column![
            strong(p, kind.to_string()),
            small(ctx.t(&format!("file-system-{key}-note")), p.muted)
        ];
        let press = Some(Message::FileSystem(kind));
        choice(p, kind == file_system, words, press).id(format!("file-system-{key}"))
    });
    let now = disk.swap.unwrap_or_else(|| disk.usual_swap());
    let swaps = Swap::ALL.map(|swap| {
        let key = swap_key(swap);
        let obstacle = swap_obstacle(ctx, swap, file_system);
        let note = match obstacle {
            Some(reason) => small(ctx.t(reason), p.muted),
            None => small(ctx.t(&format!("swap-{key}-note")), p.muted),
        };
        let words = column![strong(p, ctx.t(&format!("swap-{key}"))), note];
        let press = obstacle.is_none().then_some(Message::Swap(swap));
        choice(p, swap == now, words, press).id(format!("swap-{key}"))
    });
    column![
        column![
            label(p, ctx.t("file-system")),
            grid(ctx, file_systems.into_iter().map(Into::into))
        ]
        .spacing(space::S),
        column![
            label(p, ctx.t("swap")),
            grid(ctx, swaps.into_iter().map(Into::into))
        ]
        .spacing(space::S),
    ]
    .spacing(space::L)
    .into()
}

/// Why a kind of swap can't be had, by the key of its text.
fn swap_obstacle(
    ctx: Context<'_>,
    swap: Swap,
    file_system: FileSystemKind,
) -> Option<&'static str> {
    let is_manual = ctx.draft.preset().disk.layout == Some(Layout::Manual);
    match (swap, file_system, &ctx.draft.machine().memory) {
        (Swap::Partition | Swap::Hibernate, ..) if is_manual => Some("swap-manual"),
        (Swap::File, FileSystemKind::F2fs, _) => Some("problem-swap-file-on-f2fs"),
        (Swap::Hibernate, _, Fact::Unknown(_)) => Some("problem-memory-unknown"),
        _ => None,
    }
}

/// Choices side by side where there is room for two.
fn grid<'a>(
    ctx: Context<'a>,
    choices: impl Iterator<Item = Element<'a, Message>>,
) -> Element<'a, Message> {
    let half = ((ctx.width - space::M) / 2.0).floor();
    let wide = if half < width::CHOICE {
        ctx.width
    } else {
        half
    };
    let cells = choices.map(|choice| container(choice).width(wide).into());
    let rows = Row::with_children(cells).spacing(space::M).wrap();
    container(Scope::group(rows.vertical_spacing(space::M)))
        .width(Fill)
        .into()
}
