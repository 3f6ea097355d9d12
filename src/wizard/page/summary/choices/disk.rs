//! What becomes of the disks, beside what their bars show.

use super::{Line, told};
use crate::plan::disk_meant;
use crate::preset::{
    DiskChoice, DiskPreset, Encryption, Keys, Layout, ManualAction, ManualDisk, ManualPartition,
    ManualSubvolume, ManualTable, PartSize, PartitionFlag, PartitionMatch, PartitionType,
    RecoveryKeyFor, SubvolumeAction,
};
use crate::wizard::page::partitions::flag_key;
use crate::wizard::page::{Context, disk};
use std::collections::BTreeSet;

pub(super) fn lines(ctx: Context<'_>, chosen: &DiskPreset) -> Vec<Line> {
    let DiskPreset {
        choose,
        layout,
        file_system: _,
        encrypt,
        partition,
        system,
        gap_after,
        size,
        esp,
        home,
        swap: _,
        disks,
    } = chosen;
    let named = |partition: &PartitionMatch| named(ctx, partition);
    // The words for replacing one name it.
    let of_another_layout = system.as_ref().filter(|_| *layout != Some(Layout::Replace));
    let parts = [
        layout.map(|layout| disk::layout_name(ctx, layout)),
        partition.as_ref().map(named),
        of_another_layout.map(ToString::to_string),
        gap_after.map(|before| gap(ctx, before)),
        size.map(|size| ctx.texts.size(size.0)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let becomes = (!parts.is_empty()).then(|| ctx.texts.list(&parts));
    // With the manual layout, each of its disks is told for itself.
    let is_manual = *layout == Some(Layout::Manual);
    let which = (!is_manual).then(|| name(ctx, choose)).flatten();
    let mut lines: Vec<Line> = told([
        ("disk-name", which),
        ("disk-layout", becomes),
        ("summary-storage", Some(storage(ctx, encrypt.as_ref()))),
        ("summary-esp", esp.as_ref().map(named)),
        ("summary-home", home.as_ref().map(named)),
    ])
    .collect();
    if is_manual {
        lines.extend(disks.iter().flat_map(|disk| manual(ctx, disk)));
    }
    lines
}

/// File system and swap, and what opens them.
fn storage(ctx: Context<'_>, encrypt: Option<&Encryption>) -> String {
    let Some(Encryption::On(keys)) = encrypt else {
        return disk::summary(ctx);
    };
    let Keys {
        passphrase: _,
        recovery_key,
    } = keys;
    let recovery = match recovery_key {
        RecoveryKeyFor::Nobody => None,
        RecoveryKeyFor::Shown => Some(ctx.t("summary-recovery")),
        RecoveryKeyFor::File(path) => {
            Some(ctx.tv("recovery-file", "path", path.display().to_string()))
        }
    };
    let parts = [disk::summary(ctx), ctx.t("content-encrypted")];
    let parts: Vec<String> = parts.into_iter().chain(recovery).collect();
    ctx.texts.list(&parts)
}

/// A partition by what it is known by.
fn named(ctx: Context<'_>, partition: &PartitionMatch) -> String {
    let PartitionMatch {
        number,
        guid,
        label,
    } = partition;
    let number = number.map(|number| ctx.tv("losses-number", "number", number.to_string()));
    let parts = [number, guid.clone(), label.clone()];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    ctx.texts.list(&parts)
}

/// A gap by the partition before it.
fn gap(ctx: Context<'_>, before: u32) -> String {
    match before {
        0 => ctx.t("summary-gap-first"),
        before => ctx.tv("summary-gap", "number", before.to_string()),
    }
}

/// The disk that is meant, where there is one, as a person knows it.
fn name(ctx: Context<'_>, choice: &DiskChoice) -> Option<String> {
    let disk = disk_meant(ctx.draft.machine(), choice)?;
    let parts = [disk::name_of(ctx, disk), ctx.texts.size(disk.size)];
    Some(ctx.texts.list(&parts))
}

/// A disk, and what is said of each of its partitions.
fn manual(ctx: Context<'_>, disk: &ManualDisk) -> Vec<Line> {
    let ManualDisk {
        choose,
        table,
        partitions,
    } = disk;
    let table = (*table == ManualTable::New).then(|| ctx.t("part-new-table"));
    let which: Vec<String> = name(ctx, choose).into_iter().chain(table).collect();
    let which = (!which.is_empty()).then(|| ctx.texts.list(&which));
    let parts = partitions.iter().map(|partition| part(ctx, partition));
    let parts = parts.map(|words| ("summary-partitions", words));
    told([("disk-name", which)]).chain(parts).collect()
}

fn part(ctx: Context<'_>, partition: &ManualPartition) -> String {
    let ManualPartition {
        action: _,
        partition: which,
        size,
        gap_after,
        kind,
        file_system,
        label,
        flags,
        mount,
        subvolumes,
        encrypt,
        unlock,
        hibernation,
    } = partition;
    let action = ctx.t(match partition.action() {
        ManualAction::Create => "part-new",
        ManualAction::Keep => "part-action-keep",
        ManualAction::Format => "part-action-format",
        ManualAction::Delete => "part-action-delete",
        ManualAction::Resize => "part-action-resize",
    });
    let size = size.as_ref().map(|size| match size {
        PartSize::Rest => ctx.t("part-rest"),
        other => other.to_string(),
    });
    let ticked = |on: Option<bool>, key: &str| (on == Some(true)).then(|| ctx.t(key));
    let parts = [
        which.as_ref().map(|which| named(ctx, which)),
        size,
        gap_after.map(|before| gap(ctx, before)),
        kind.map(|kind| ctx.t(type_key(kind))),
        file_system.map(|kind| kind.to_string()),
        label.as_ref().map(|label| format!("“{label}”")),
        flags.as_ref().map(|flags| flagged(ctx, flags)),
        mount.as_ref().map(ToString::to_string),
        ticked(*encrypt, "part-encrypt"),
        ticked(*unlock, "part-unlock"),
        ticked(*hibernation, "part-hibernation"),
    ];
    let subvolumes = subvolumes.iter().map(|own| subvolume(ctx, own));
    let parts = parts.into_iter().flatten().chain(subvolumes);
    let parts: Vec<String> = std::iter::once(action).chain(parts).collect();
    ctx.texts.list(&parts)
}

fn flagged(ctx: Context<'_>, flags: &BTreeSet<PartitionFlag>) -> String {
    let names = flags.iter().map(|flag| ctx.t(flag_key(*flag)));
    let names: Vec<String> = names.collect();
    match names.is_empty() {
        true => ctx.t("part-flags-none"),
        false => ctx.texts.list(&names),
    }
}

fn subvolume(ctx: Context<'_>, subvolume: &ManualSubvolume) -> String {
    let ManualSubvolume {
        name,
        action,
        mount,
    } = subvolume;
    let action = action.map(|action| {
        ctx.t(match action {
            SubvolumeAction::Create => "part-fate-new",
            SubvolumeAction::Keep => "part-action-keep",
            SubvolumeAction::Delete => "part-action-delete",
        })
    });
    let mount = mount.as_ref().map(ToString::to_string);
    let parts = action.into_iter().chain([name.to_string()]).chain(mount);
    parts.collect::<Vec<_>>().join(" ")
}

const fn type_key(kind: PartitionType) -> &'static str {
    match kind {
        PartitionType::Esp => "part-type-esp",
        PartitionType::Xbootldr => "part-type-xbootldr",
        PartitionType::BiosBoot => "part-type-bios-boot",
        PartitionType::Root => "part-type-root",
        PartitionType::Home => "part-type-home",
        PartitionType::Swap => "part-type-swap",
        PartitionType::Linux => "part-type-linux",
    }
}
