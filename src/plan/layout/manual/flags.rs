//! Flags that a table does not have, or that would keep the computer from starting.

use super::draft::{DiskDraft, is_esp};
use super::wish::{Field, What};
use crate::plan::{Detail, Problem, ProblemId};
use crate::preset::{PartitionFlag, PartitionType};
use crate::storage::{PRIMARY, Start, TableId, is_of_gpt};

/// What can't be of the flags of every disk.
pub(super) fn problems(drafts: &[DiskDraft<'_>], start: Start) -> Vec<Problem> {
    let told = drafts.iter().flat_map(|draft| {
        let parts = draft.parts.iter().enumerate();
        let own = parts.filter_map(|(index, (field, what))| {
            of_other_table(draft, *field)
                .or_else(|| no_start(draft, index, *field))
                .or_else(|| hidden(draft, *field, what, start))
        });
        own.chain(twice(draft))
    });
    told.collect()
}

/// Whether a flag is named for a partition.
fn has(draft: &DiskDraft<'_>, field: Field, flag: PartitionFlag) -> bool {
    let flags = draft.flags(field);
    flags.is_some_and(|flags| flags.contains(&flag))
}

/// A flag of a GPT in an MBR, or the other way round.
fn of_other_table(draft: &DiskDraft<'_>, field: Field) -> Option<Problem> {
    let is_gpt = matches!(draft.edited.stays.id, TableId::Gpt(_));
    let mut flags = draft.flags(field)?.iter();
    let strange = flags.find(|flag| is_of_gpt(**flag) != is_gpt)?;
    let path = draft.disk.path.display();
    let (message, mend) = match is_gpt {
        true => (
            format!("`{strange}` belongs to an MBR, and the table of {path} is a GPT"),
            "Leave it out; `legacy_boot` is what a GPT has for a BIOS.",
        ),
        false => (
            format!("`{strange}` belongs to a GPT, and the table of {path} is an MBR"),
            "Leave it out: an MBR has `active` and no other flag.",
        ),
    };
    let why = if is_gpt { "of_mbr" } else { "of_gpt" };
    let problem = field.error(ProblemId::FlagOfOtherTable, "flags", message, mend);
    Some(
        problem
            .because(why)
            .with("flag", Detail::name(strange.to_string()))
            .with("path", draft.disk.path.as_path()),
    )
}

/// A BIOS looks for the active one among the four of the boot record, and starts what begins with code.
fn no_start(draft: &DiskDraft<'_>, index: usize, field: Field) -> Option<Problem> {
    let (_, what) = draft.parts.get(index)?;
    let kept = what.partition().and_then(|old| draft.kept(old));
    let made = draft.edited.made.iter().find(|made| made.edit == index);
    let number = made.map(|made| made.number).or(kept.map(|p| p.number))?;
    let is_outside = number > PRIMARY || kept.is_some_and(|p| p.is_extended());
    (has(draft, field, PartitionFlag::Active) && is_outside).then(|| {
        field
            .error(
                ProblemId::FlagImpossible,
                "flags",
                format!("partition {number} can't be active: a BIOS starts from a primary one"),
                "Leave `active` out here, and give it to a primary partition.",
            )
            .because("not_primary")
            .with("number", number)
    })
}

/// Firmware that is kept from it can't start from it.
fn hidden(draft: &DiskDraft<'_>, field: Field, what: &What<'_>, start: Start) -> Option<Problem> {
    if start != Start::Esp || !has(draft, field, PartitionFlag::NoBlockIo) {
        return None;
    }
    let is_mounted =
        |(_, at): &(String, &crate::preset::MountPath)| matches!(at.as_str(), "/boot" | "/efi");
    let kind = what.made().and_then(|made| made.kind);
    let by_kind = matches!(kind, Some(PartitionType::Esp | PartitionType::Xbootldr));
    let stays = what.holds().is_none() && what.partition().is_some_and(is_esp);
    (what.mounts().iter().any(is_mounted) || by_kind || stays).then(|| {
        field.error(
            ProblemId::FlagImpossible,
            "flags",
            "the computer starts from this partition, and with `no_block_io` its firmware does not see \
             what is in it",
            "Leave `no_block_io` out here.", ).because("hidden")
    })
}

/// One partition of an MBR is active.
fn twice(draft: &DiskDraft<'_>) -> Option<Problem> {
    if !matches!(draft.edited.stays.id, TableId::Mbr(_)) {
        return None;
    }
    let parts = draft.parts.iter().map(|(field, _)| *field);
    let mut active = parts.filter(|field| has(draft, *field, PartitionFlag::Active));
    let (_, second) = (active.next()?, active.next()?);
    Some(
        second
            .error(
                ProblemId::FlagImpossible,
                "flags",
                "one partition of a disk is active, and `active` is named for two",
                "Leave it out of one of them.",
            )
            .because("two_active"),
    )
}
