//! What is on a disk, and what will be, as parts of a bar.

use super::Context;
use crate::machine::{Content, Disk, Fact, Partition, Table};
use crate::plan::{Action, Plan, PlannedDisk, systems_in};
use crate::storage::{Device, KeptPartition, NewPartition, PRIMARY, PartitionId, PartitionRole};
use crate::units::{Bytes, SectorSize, Sectors};
use crate::wizard::widget::{DiskParts, Segment, SegmentKind};

/// What is on a disk now.
pub(crate) fn before(ctx: Context<'_>, disk: &Disk) -> DiskParts {
    parts(ctx, segments_of(ctx, disk))
}

/// With a legend of the largest, where there are many.
fn parts(ctx: Context<'_>, segments: Vec<Segment>) -> DiskParts {
    DiskParts::new(segments, |more| {
        ctx.tv("content-more", "count", more.to_string())
    })
}

fn segments_of(ctx: Context<'_>, disk: &Disk) -> Vec<Segment> {
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
            ctx.texts.size(disk.size),
            SegmentKind::Other,
        ),
        Fact::Known(Table::Whole { content }) => {
            let (name, kind) = words_of(ctx, content, None);
            whole(name, ctx.texts.size(disk.size), kind)
        }
        Fact::Known(Table::Partitioned {
            partitions, gaps, ..
        }) => {
            let unit = disk.sectors.logical;
            // An extended one is shown by what lies in it.
            let is_frame =
                |p: &Partition| p.is_extended() && partitions.iter().any(|p| p.number > PRIMARY);
            let mut parts: Vec<(u64, Segment)> = partitions
                .iter()
                .filter(|part| !is_frame(part))
                .map(|part| {
                    (
                        part.start.0,
                        segment(ctx, disk, part, part.length.bytes(unit)),
                    )
                })
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

/// A partition by what people know it by; its file system stands in the small line.
fn segment(ctx: Context<'_>, disk: &Disk, partition: &Partition, size: Bytes) -> Segment {
    let (words, kind) = words_of(ctx, &partition.content, Some(partition));
    let size_words = ctx.texts.size(size);
    let (name, detail) = match known_as(ctx, disk, partition) {
        Some((name, format)) => (name, ctx.texts.list(&[size_words, format])),
        None => (words, size_words),
    };
    Segment {
        name,
        detail,
        size: size.0,
        kind,
    }
}

/// What a partition with a file system is known by, the system in it first, and how it is formatted.
fn known_as(ctx: Context<'_>, disk: &Disk, partition: &Partition) -> Option<(String, String)> {
    let Content::Formatted(fs) = &partition.content else {
        return None;
    };
    if by_type(partition).is_some() || partition.is_extended() {
        return None;
    }
    let systems = systems_in(disk, partition);
    let format = format_of(ctx, &fs.kind);
    let is_name = |name: &&String| !name.is_empty() && !name.eq_ignore_ascii_case(&format);
    let mut names = [&fs.label, &partition.name].into_iter().flatten();
    let name = match systems.is_empty() {
        false => systems.join(", "),
        true if fs.kind == "swap" => ctx.t("content-swap"),
        true => names.find(is_name)?.clone(),
    };
    Some((name, format))
}

/// How something is formatted.
fn format_of(ctx: Context<'_>, kind: &str) -> String {
    match kind {
        "crypto_LUKS" => ctx.t("content-luks"),
        kind => kind.to_owned(),
    }
}

/// The GPT type of an EFI system partition, and the MBR one.
const ESP_TYPES: [&str; 2] = ["c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "0xef"];

/// The GPT type of Microsoft's reserved partition.
const RESERVED_TYPE: &str = "e3c9e316-0b5c-4db8-817d-f92df00215ae";

/// The GPT type of Windows' recovery environment.
const RECOVERY_TYPE: &str = "de94bba4-06d1-4d40-a16a-bfd50179d6ac";

/// What a partition is for, by the key of its words, where its type tells that better than what is in it.
pub(crate) fn by_type(partition: &Partition) -> Option<(&'static str, SegmentKind)> {
    match partition.type_id.as_str() {
        id if ESP_TYPES.contains(&id) => Some(("content-esp", SegmentKind::Boot)),
        RESERVED_TYPE => Some(("content-reserved", SegmentKind::Windows)),
        RECOVERY_TYPE => Some(("content-recovery", SegmentKind::Windows)),
        _ => None,
    }
}

/// A partition of a disk in one line: the system in it, as the bars name it, else what is in it.
pub(crate) fn partition_words(
    ctx: Context<'_>,
    disk: &Disk,
    partition: &Partition,
) -> (String, SegmentKind) {
    let (words, kind) = words_of(ctx, &partition.content, Some(partition));
    let is_system = !systems_in(disk, partition).is_empty();
    match known_as(ctx, disk, partition).filter(|_| is_system) {
        Some((name, format)) => (format!("{name} ({format})"), kind),
        None => (words, kind),
    }
}

/// What is in a region, and what kind of thing that is.
pub(crate) fn words_of(
    ctx: Context<'_>,
    content: &Content,
    partition: Option<&Partition>,
) -> (String, SegmentKind) {
    if let Some((key, kind)) = partition.and_then(by_type) {
        return (ctx.t(key), kind);
    }
    if partition.is_some_and(Partition::is_extended) {
        return (ctx.t("content-extended"), SegmentKind::Other);
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
            let format = format_of(ctx, &fs.kind);
            let name = match &fs.label {
                Some(label) if !label.is_empty() => format!("{label} ({format})"),
                _ => format,
            };
            (name, kind)
        }
    }
}

/// A gap that is worth a place in a bar.
const GAP: Bytes = Bytes::mib(64);

fn free(ctx: Context<'_>, size: Bytes) -> Option<Segment> {
    (size >= GAP).then(|| Segment {
        name: ctx.t("content-free"),
        detail: ctx.texts.size(size),
        size: size.0,
        kind: SegmentKind::Free,
    })
}

/// What the disk will hold: what is new, what stays, and the gaps between.
pub(crate) fn after(
    ctx: Context<'_>,
    plan: &Plan,
    planned: &PlannedDisk,
    disk: &Disk,
) -> DiskParts {
    let table = &planned.table;
    let unit = table.sector_size;
    let new = table.partitions.iter();
    let new = new.map(|new| (new.start, new.length, new_segment(ctx, plan, new, unit)));
    let is_frame =
        |p: &&KeptPartition| p.is_extended() && table.kept().iter().any(KeptPartition::is_logical);
    let kept = table.kept().iter().filter(|p| !is_frame(p));
    let kept = kept.filter_map(|kept| {
        let mut now = disk.partitions().iter();
        let now = now.find(|now| now.number == kept.number)?;
        let size = kept.length.bytes(unit);
        let part = kept_segment(ctx, plan, kept.id, segment(ctx, disk, now, size));
        Some((kept.start, kept.length, part))
    });
    let mut parts: Vec<_> = new.chain(kept).collect();
    parts.sort_by_key(|(start, ..)| *start);
    let gap = |from: Sectors, to: Sectors| {
        let length = Sectors(to.0.saturating_sub(from.0));
        free(ctx, length.bytes(unit))
    };
    let mut segments = Vec::new();
    let mut end = Sectors(0);
    for (start, length, part) in parts {
        segments.extend(gap(end, start));
        segments.push(part);
        end = Sectors(start.0.saturating_add(length.0));
    }
    segments.extend(gap(end, table.length));
    self::parts(ctx, segments)
}

/// A partition that stays: `found` is what is in it, which may get a place in the new system, hold it in
/// subvolumes of its own, or, in a container, be made anew.
fn kept_segment(ctx: Context<'_>, plan: &Plan, id: PartitionId, found: Segment) -> Segment {
    let made = what_of(plan, id);
    let is_root = made.mounts.iter().any(|at| at == "/");
    let mounts = made.mounts.join("  ");
    match made.file_system {
        Some(file_system) => {
            let name = if is_root { "NixOS".to_owned() } else { mounts };
            let size = ctx.texts.size(Bytes(found.size));
            let detail = [size, file_system, ctx.t("content-encrypted")];
            Segment {
                name,
                detail: ctx.texts.list(&detail),
                kind: SegmentKind::Nixos,
                ..found
            }
        }
        None if is_root => Segment {
            name: ctx.tv("content-nixos-in", "name", found.name),
            kind: SegmentKind::Nixos,
            ..found
        },
        None if mounts.is_empty() => found,
        None => Segment {
            detail: ctx.texts.list(&[found.detail, mounts]),
            ..found
        },
    }
}

fn new_segment(
    ctx: Context<'_>,
    plan: &Plan,
    partition: &NewPartition,
    unit: SectorSize,
) -> Segment {
    let (name, kind) = match partition.role {
        PartitionRole::Esp => (ctx.t("content-boot"), SegmentKind::Boot),
        PartitionRole::BiosBoot => (ctx.t("content-bios-boot"), SegmentKind::Boot),
        PartitionRole::Boot | PartitionRole::Xbootldr => {
            (ctx.t("content-kernels"), SegmentKind::Boot)
        }
        PartitionRole::Swap => (ctx.t("content-swap"), SegmentKind::Linux),
        PartitionRole::Home | PartitionRole::Linux => {
            let at = what_of(plan, partition.id).mounts.join("  ");
            let name = if at.is_empty() {
                partition.name.clone()
            } else {
                at
            };
            (name, SegmentKind::Nixos)
        }
        PartitionRole::RootX86_64 | PartitionRole::RootAarch64 => {
            ("NixOS".to_owned(), SegmentKind::Nixos)
        }
    };
    let size = partition.length.bytes(unit);
    let what = what_of(plan, partition.id);
    let encrypted = what.encrypted.then(|| ctx.t("content-encrypted"));
    let file_system = what.file_system.filter(|_| kind == SegmentKind::Nixos);
    let parts = [Some(ctx.texts.size(size)), file_system, encrypted];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    Segment {
        name,
        detail: ctx.texts.list(&parts),
        size: size.0,
        kind,
    }
}

/// What a plan makes in a partition.
#[derive(Default)]
struct Made {
    encrypted: bool,
    file_system: Option<String>,
    /// Where it is mounted.
    mounts: Vec<String>,
}

fn what_of(plan: &Plan, id: PartitionId) -> Made {
    let mut made = Made::default();
    let mut container = None;
    let is_here = |device: &Device, container: Option<uuid::Uuid>| match device {
        Device::Partition(partition) => *partition == id,
        Device::Mapped { luks, .. } => container == Some(*luks),
    };
    for step in &plan.steps {
        match &step.action {
            Action::Encrypt { partition, luks } if *partition == id => {
                made.encrypted = true;
                container = Some(luks.uuid);
            }
            Action::OpenKept { partition, luks } if *partition == id => {
                made.encrypted = true;
                container = Some(luks.uuid);
            }
            Action::MakeFileSystem {
                device,
                file_system,
            } if is_here(device, container) => {
                made.file_system = Some(file_system.name().to_owned());
            }
            Action::Mount { device, at, .. } if is_here(device, container) => {
                made.mounts.push(at.to_string());
            }
            _ => {}
        }
    }
    made
}
