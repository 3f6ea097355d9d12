//! What the firmware starts from: where the manual layout has the boot loader and the kernels.
//!
//! What nobody could start is refused here, since the computer would say so only after everything was written.

mod grub;
mod others;
mod uefi;

pub(super) use others::warnings;

use super::draft::DiskDraft;
use super::wish::{Field, What};
use crate::plan::Problem;
use crate::preset::BootLoader;
use crate::storage::{EspUse, Start, TableId};

/// Something that is mounted.
#[derive(Clone, Copy)]
pub(super) struct Mounted<'d, 'a> {
    pub field: Field,
    pub what: &'d What<'a>,
}

/// Where the system starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BootPlace {
    /// Which disk of the list.
    pub disk: usize,
    /// What the EFI system partition holds, where there is one.
    pub esp: Option<EspUse>,
}

/// What it is decided from.
pub(super) struct Boot<'d, 'a> {
    pub drafts: &'d [DiskDraft<'a>],
    pub start: Start,
    /// The boot loader that is asked for.
    pub loader: Option<BootLoader>,
    /// What is mounted at `/`, `/boot` and `/efi`.
    pub root: Option<Mounted<'d, 'a>>,
    pub boot: Option<Mounted<'d, 'a>>,
    pub efi: Option<Mounted<'d, 'a>>,
}

impl Boot<'_, '_> {
    /// The place.
    ///
    /// # Errors
    /// The firmware, or the boot loader, could not read it.
    pub(super) fn place(&self) -> Result<BootPlace, Problem> {
        match self.start {
            Start::Esp => self.for_uefi(),
            Start::BiosBoot => self.for_bios(),
        }
    }

    /// Whether what is mounted at /boot is what the firmware, or GRUB, reads by itself there.
    ///
    /// # Errors
    /// Why it is not.
    pub(super) fn check_boot(&self) -> Result<(), Problem> {
        match (self.start, self.boot) {
            (Start::Esp, Some(boot)) => self.check_esp(boot, EspUse::Everything),
            (Start::BiosBoot, Some(_)) => self.check_grub(),
            (_, None) => Ok(()),
        }
    }

    /// The disk of a field, if it is one whose MBR stays.
    fn mbr(&self, field: Field) -> Option<&DiskDraft<'_>> {
        let draft = self.drafts.get(field.disk)?;
        matches!(draft.edited.stays.id, TableId::Mbr(_)).then_some(draft)
    }
}
