//! What a person should know who installs beside another system.

use crate::machine::{Content, Disk, Partition};
use crate::plan::{Details, Problem, ProblemId, Resized, Severity, Survey};
use crate::storage::{ExistingEsp, MBR_END, NewTable};
use crate::units::Sectors;

/// The ESP is shared. NixOS' scripts take every menu entry that is called as their own ones, and the
/// folder of the kernels, for their own; the loader's settings and the fallback are written anew
/// (nixpkgs, `systemd-boot-builder.py`, `install-grub.pl`, `limine-install.py`). Files of other
/// systems stay.
///
/// Of a NixOS it speaks where there is one, or may be one that nobody could look for.
pub(super) fn shared_esp(esp: &ExistingEsp<'_>, survey: &Survey<'_>) -> Problem {
    let number = esp.partition.number;
    let (why, of_nixos, mend) = match survey.nixos_may_be() {
        true => (
            "nixos",
            ", and so are the boot menu and the kernels of a NixOS, should one start from it",
            "Where a NixOS starts from it already, choose another EFI system partition or another \
             disk.",
        ),
        false => (
            "no_nixos",
            "",
            "To have nothing on it changed, choose another EFI system partition or another disk.",
        ),
    };
    Problem {
        id: ProblemId::EspShared,
        severity: Severity::Warning,
        field: "disk.esp".to_owned(),
        message: format!(
            "the EFI system partition, number {number}, is shared with what starts from it now: its \
             files stay, but the boot loader's settings and the fallback loader in EFI/BOOT are \
             replaced{of_nixos}"
        ),
        mend: mend.to_owned(),
        details: Details::why(why).with("number", number),
    }
}

/// Nothing is meant to be lost when a file system is made smaller; that is no promise.
pub(super) fn smaller(partition: &Partition, shrunk: &Resized) -> Problem {
    let is_ntfs = matches!(&partition.content, Content::Formatted(fs) if fs.kind == "ntfs");
    let later = match is_ntfs {
        true => "; Windows looks it over at its next start, which is as it should be",
        false => "",
    };
    Problem {
        id: ProblemId::MadeSmaller,
        severity: Severity::Warning,
        field: "disk.layout".to_owned(),
        message: format!(
            "partition {} is made smaller, from {} to {}: its files are moved and stay, but a power \
             cut meanwhile, or a fault of the disk, can cost all of them{later}",
            shrunk.what.number, shrunk.from, shrunk.to
        ),
        mend: "Keep a copy of what matters on it elsewhere, and the computer on mains power."
            .to_owned(),
        details: resized(shrunk, is_ntfs),
    }
}

/// Files stay where they are; the tables of their file system don't all.
pub(super) fn larger(partition: &Partition, grown: &Resized) -> Problem {
    let is_ntfs = matches!(&partition.content, Content::Formatted(fs) if fs.kind == "ntfs");
    let later = match is_ntfs {
        true => "; Windows looks it over at its next start, which is as it should be",
        false => "",
    };
    Problem {
        id: ProblemId::MadeLarger,
        severity: Severity::Warning,
        field: "disk.layout".to_owned(),
        message: format!(
            "partition {} is made larger, from {} to {}: its files stay, but a power cut meanwhile, or a \
             fault of the disk, can cost all of them{later}",
            grown.what.number, grown.from, grown.to
        ),
        mend: "Keep a copy of what matters on it elsewhere, and the computer on mains power."
            .to_owned(),
        details: resized(grown, is_ntfs),
    }
}

fn resized(what: &Resized, is_ntfs: bool) -> Details {
    let why = if is_ntfs { "ntfs" } else { "resized" };
    let details = Details::why(why).with("number", what.what.number);
    details.with("from", what.from).with("to", what.to)
}

/// An MBR counts sectors with 32 bits: nothing can begin or end behind what they reach.
pub(super) fn beyond_mbr(disk: &Disk, table: &NewTable) -> Option<Problem> {
    let sector = disk.sectors.logical;
    let reach = Sectors(MBR_END).bytes(sector);
    let is_mbr = table.id.guid().is_none();
    (is_mbr && disk.size > reach).then(|| Problem {
        id: ProblemId::DiskPartlyUsed,
        severity: Severity::Warning,
        field: "disk.layout".to_owned(),
        message: format!(
            "only the first {reach} of this disk can be used, of {}: its partition table is an MBR, which \
             reaches no further",
            disk.size
        ),
        mend: "Erase the disk to use all of it: it gets a GPT then.".to_owned(),
        details: Details::NONE.with("reach", reach).with("size", disk.size),
    })
}

/// A changed boot order can make BitLocker ask for its recovery key.
pub(super) fn bitlocker(disk: &Disk, table: &NewTable) -> Option<Problem> {
    let is_locked =
        |p: &&Partition| matches!(&p.content, Content::Formatted(fs) if fs.kind == "BitLocker");
    let stays = |p: &&Partition| table.kept().iter().any(|kept| kept.number == p.number);
    let locked = disk.partitions().iter().filter(is_locked).find(stays)?;
    Some(Problem {
        id: ProblemId::BitLockerStays,
        severity: Severity::Warning,
        field: "disk.layout".to_owned(),
        message: format!(
            "partition {} is encrypted with BitLocker, and Windows may ask for its recovery key \
             after the boot order has changed",
            locked.number
        ),
        mend:
            "Have the recovery key at hand: in Windows, `manage-bde -protectors -get C:` shows it."
                .to_owned(),
        details: Details::NONE.with("number", locked.number),
    })
}
