//! Disk: which one, what is on it now, and what it will hold.

use super::{Context, Page, sheet};
use crate::machine::{Content, Disk, Fact, Partition, Table, Transport};
use crate::plan::{Problem, ProblemId};
use crate::preset::{DiskChoice, Layout, Swap};
use crate::storage::{NewPartition, NewTable, PartitionRole};
use crate::units::{Bytes, Sectors};
use crate::wizard::Element;
use crate::wizard::draft::{Draft, choice_of};
use crate::wizard::theme::space;
use crate::wizard::widget::{
    Icon, Scope, Segment, SegmentKind, check, choice, disk_bar, icon, label, small, strong,
};
use iced::widget::{Column, column, row};
use iced::{Center, Fill};

#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// The disk at this place in the machine's list.
    Choose(usize),
    Swap(bool),
}

/// Why each disk can't be taken, where it can't.
#[derive(Debug, Default)]
pub(crate) struct State {
    obstacles: Vec<Option<Problem>>,
}

fn disks(draft: &Draft) -> &[Disk] {
    draft.machine().disks.known().map_or(&[], Vec::as_slice)
}

/// The disk that the preset means, by its place in the list.
fn chosen(draft: &Draft) -> Option<usize> {
    let wanted = &draft.preset().disk.choose;
    disks(draft)
        .iter()
        .position(|disk| choice_of(disk) == *wanted)
}

impl State {
    /// Looks which disks can be taken, and takes the only one there is.
    pub(crate) fn enter(&mut self, draft: &mut Draft) {
        let choices: Vec<DiskChoice> = disks(draft).iter().map(choice_of).collect();
        self.obstacles = choices
            .iter()
            .map(|choice| draft.obstacle(choice))
            .collect();
        let mut fit = choices.iter().zip(&self.obstacles).zip(disks(draft));
        let mut fit = fit
            .by_ref()
            .filter(|((_, obstacle), disk)| obstacle.is_none() && !disk.removable);
        let only = match (fit.next(), fit.next()) {
            (Some(((only, _), _)), None) => Some(only.clone()),
            _ => None,
        };
        draft.edit(|preset| {
            preset.disk.layout.get_or_insert(Layout::Erase);
            if let (DiskChoice::Only, Some(only)) = (&preset.disk.choose, only) {
                preset.disk.choose = only;
            }
        });
    }

    pub(crate) fn update(&mut self, message: Message, draft: &mut Draft) {
        match message {
            Message::Choose(index) => {
                let choice = disks(draft).get(index).map(choice_of);
                if let Some(choice) = choice {
                    draft.edit(|preset| preset.disk.choose = choice);
                }
            }
            Message::Swap(on) => draft.edit(|preset| {
                preset.disk.swap = Some(if on { Swap::Zram } else { Swap::None });
            }),
        }
    }

    pub(crate) fn view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let chosen = chosen(ctx.draft);
        let none = &None;
        let cards = disks(ctx.draft).iter().enumerate().map(|(index, disk)| {
            let obstacle = self.obstacles.get(index).unwrap_or(none);
            card_of(ctx, index, disk, chosen == Some(index), obstacle.as_ref())
        });
        let cards = Column::with_children(cards).spacing(space::M);
        let mut content = column![Scope::group(cards)].spacing(space::L);
        if let Some(plan) = ctx.draft.plan().filter(|_| chosen.is_some()) {
            let disk = disks(ctx.draft)
                .iter()
                .find(|disk| disk.path == plan.disk.path);
            let after = disk.map_or_else(Vec::new, |disk| after(ctx, disk, &plan.table));
            content = content.push(
                column![label(p, ctx.t("disk-after")), disk_bar(p, &after)].spacing(space::S),
            );
        }
        let zram = ctx.draft.preset().disk.swap != Some(Swap::None);
        content = content.push(
            check(
                p,
                zram,
                ctx.t("disk-zram"),
                Some(ctx.t("disk-zram-note")),
                Message::Swap(!zram),
            )
            .id("zram"),
        );
        let problems = ctx.problems("disk", &[ProblemId::SeveralDisks]);
        sheet(ctx, Page::Disk, content.push(problems))
    }
}

/// A disk as a person knows it.
pub(crate) fn name_of(ctx: Context<'_>, disk: &Disk) -> String {
    disk.model.clone().unwrap_or_else(|| ctx.t("disk-unnamed"))
}

/// Size, transport, node and serial number in a line.
pub(crate) fn details_of(ctx: Context<'_>, disk: &Disk) -> String {
    let transport = match disk.transport {
        Transport::Ata => "SATA".to_owned(),
        Transport::Scsi => "SCSI".to_owned(),
        Transport::Nvme => "NVMe".to_owned(),
        Transport::Usb => "USB".to_owned(),
        Transport::Mmc => ctx.t("transport-card"),
        Transport::Virtio | Transport::Xen => ctx.t("transport-virtual"),
        Transport::Other => String::new(),
    };
    let node = disk.path.display().to_string();
    let serial = disk.serial.as_ref();
    let serial = serial.map(|serial| ctx.tv("disk-serial", "serial", serial.clone()));
    let parts = [
        Some(disk.size.to_string()),
        Some(transport),
        Some(node),
        serial,
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|s| !s.is_empty())
        .collect();
    parts.join("  ·  ")
}

fn card_of<'a>(
    ctx: Context<'a>,
    index: usize,
    disk: &'a Disk,
    chosen: bool,
    obstacle: Option<&Problem>,
) -> Element<'a, Message> {
    let p = ctx.palette();
    let mark = if disk.removable {
        Icon::Stick
    } else {
        Icon::Disk
    };
    let head = row![
        icon(
            mark,
            26.0,
            if obstacle.is_some() {
                p.muted
            } else {
                p.accent
            }
        ),
        column![
            strong(p, name_of(ctx, disk)),
            small(details_of(ctx, disk), p.muted)
        ]
    ]
    .spacing(space::M)
    .align_y(Center);
    let mut words = column![head].spacing(space::M).width(Fill);
    match obstacle {
        Some(problem) => words = words.push(small(ctx.words(problem).0, p.danger)),
        None => words = words.push(disk_bar(p, &before(ctx, disk))),
    }
    let on_press = obstacle.is_none().then_some(Message::Choose(index));
    choice(p, chosen, words, on_press)
        .id(format!("disk-{index}"))
        .into()
}

/// What is on a disk now.
pub(crate) fn before(ctx: Context<'_>, disk: &Disk) -> Vec<Segment> {
    let whole = |name: String, detail: String, kind| {
        vec![Segment {
            name,
            detail,
            size: disk.size.0.max(1),
            kind,
        }]
    };
    match &disk.table {
        Fact::Unknown(_) => whole(
            ctx.t("content-unknown"),
            disk.size.to_string(),
            SegmentKind::Other,
        ),
        Fact::Known(Table::Whole { content }) => {
            let (name, kind) = words_of(ctx, content, None);
            whole(name, disk.size.to_string(), kind)
        }
        Fact::Known(Table::Partitioned {
            partitions, gaps, ..
        }) => {
            let unit = disk.sectors.logical;
            let mut parts: Vec<(u64, Segment)> = partitions
                .iter()
                .map(|part| (part.start.0, segment(ctx, part, part.length.bytes(unit))))
                .collect();
            parts.extend(
                gaps.iter()
                    .filter_map(|gap| Some((gap.start.0, free(ctx, gap.length.bytes(unit))?))),
            );
            parts.sort_by_key(|(start, _)| *start);
            parts.into_iter().map(|(_, segment)| segment).collect()
        }
    }
}

fn segment(ctx: Context<'_>, partition: &Partition, size: Bytes) -> Segment {
    let (name, kind) = words_of(ctx, &partition.content, Some(partition));
    Segment {
        name,
        detail: size.to_string(),
        size: size.0,
        kind,
    }
}

/// The GPT type of an EFI system partition, and the MBR one.
const ESP_TYPES: [&str; 2] = ["c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "0xef"];

/// The GPT type of Microsoft's reserved partition.
const RESERVED_TYPE: &str = "e3c9e316-0b5c-4db8-817d-f92df00215ae";

/// The GPT type of Windows' recovery environment.
const RECOVERY_TYPE: &str = "de94bba4-06d1-4d40-a16a-bfd50179d6ac";

fn words_of(
    ctx: Context<'_>,
    content: &Content,
    partition: Option<&Partition>,
) -> (String, SegmentKind) {
    let type_id = partition.map_or("", |partition| partition.type_id.as_str());
    if ESP_TYPES.contains(&type_id) {
        return (ctx.t("content-esp"), SegmentKind::Boot);
    }
    if type_id == RESERVED_TYPE {
        return (ctx.t("content-reserved"), SegmentKind::Windows);
    }
    if type_id == RECOVERY_TYPE {
        return (ctx.t("content-recovery"), SegmentKind::Windows);
    }
    match content {
        Content::Blank => (ctx.t("content-blank"), SegmentKind::Free),
        Content::Unknown(_) => (ctx.t("content-unknown"), SegmentKind::Other),
        Content::Formatted(fs) => {
            let kind = match fs.kind.as_str() {
                "ntfs" | "BitLocker" | "refs" => SegmentKind::Windows,
                "ext2" | "ext3" | "ext4" | "btrfs" | "xfs" | "f2fs" | "swap" | "crypto_LUKS"
                | "LVM2_member" => SegmentKind::Linux,
                _ => SegmentKind::Other,
            };
            let name = match &fs.label {
                Some(label) if !label.is_empty() => format!("{label} ({})", fs.kind),
                _ => fs.kind.clone(),
            };
            (name, kind)
        }
    }
}

/// A gap that is worth a place in a bar.
const GAP: Bytes = Bytes::mib(64);

/// What the disk will hold: what is new, what stays, and the gaps between.
pub(crate) fn after(ctx: Context<'_>, disk: &Disk, table: &NewTable) -> Vec<Segment> {
    let unit = table.sector_size;
    let new = table.partitions.iter().map(|new| {
        let part = new_segment(ctx, new, new.length.bytes(unit));
        (new.start, new.length, part)
    });
    let kept = table.kept().iter().filter_map(|kept| {
        let mut now = disk.partitions().iter();
        let now = now.find(|p| p.number == kept.number)?;
        let part = segment(ctx, now, kept.length.bytes(unit));
        Some((kept.start, kept.length, part))
    });
    let mut parts: Vec<_> = new.chain(kept).collect();
    parts.sort_by_key(|(start, _, _)| *start);
    let mut segments = Vec::new();
    let mut end = Sectors(0);
    for (start, length, part) in parts {
        segments.extend(free(
            ctx,
            Sectors(start.0.saturating_sub(end.0)).bytes(unit),
        ));
        segments.push(part);
        end = Sectors(start.0.saturating_add(length.0));
    }
    let rest = Sectors(table.length.0.saturating_sub(end.0));
    segments.extend(free(ctx, rest.bytes(unit)));
    segments
}

/// A gap, if it is worth showing.
fn free(ctx: Context<'_>, size: Bytes) -> Option<Segment> {
    (size >= GAP).then(|| Segment {
        name: ctx.t("content-free"),
        detail: size.to_string(),
        size: size.0,
        kind: SegmentKind::Free,
    })
}

fn new_segment(ctx: Context<'_>, partition: &NewPartition, size: Bytes) -> Segment {
    let (name, kind) = match partition.role {
        PartitionRole::Esp => (ctx.t("content-boot"), SegmentKind::Boot),
        PartitionRole::BiosBoot => (ctx.t("content-bios-boot"), SegmentKind::Boot),
        PartitionRole::Boot | PartitionRole::Xbootldr => {
            (ctx.t("content-kernels"), SegmentKind::Boot)
        }
        PartitionRole::Swap => (ctx.t("content-swap"), SegmentKind::Linux),
        PartitionRole::RootX86_64 | PartitionRole::RootAarch64 => {
            ("NixOS".to_owned(), SegmentKind::Nixos)
        }
    };
    Segment {
        name,
        detail: size.to_string(),
        size: size.0,
        kind,
    }
}
