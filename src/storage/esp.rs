//! The EFI system partition of a disk that is kept: which one, and whether kernels fit onto it.

use crate::machine::{Content, Disk, Partition};
use crate::storage::PartitionRole;
use crate::units::Bytes;

/// What must be free on an ESP that is to hold the kernels and initrds of a few generations.
pub const KERNEL_ROOM: Bytes = Bytes::mib(300);

/// What must be free on an ESP that is to hold the boot loader alone.
const LOADER_ROOM: Bytes = Bytes::mib(4);

/// An ESP that is there, with a file system that can be used as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExistingEsp<'d> {
    /// The partition.
    pub partition: &'d Partition,
    /// The identifier of its file system, as in `/dev/disk/by-uuid`.
    pub uuid: &'d str,
    /// How much is free on it.
    pub free: Bytes,
}

/// What an ESP is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EspUse {
    /// Boot loader and kernels: it becomes `/boot`.
    Everything,
    /// The boot loader alone: it becomes `/efi`, and a new partition beside it `/boot`.
    LoaderOnly,
}

/// Why an ESP can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoEsp {
    /// It has another type.
    #[error("partition {0} is no EFI system partition")]
    OtherType(u32),
    /// It has no FAT file system with an identifier.
    #[error("the EFI system partition {0} has no FAT file system with an identifier")]
    NoFat(u32),
    /// Its free space is not known.
    #[error("how much is free on the EFI system partition {0} could not be found out")]
    Unmeasured(u32),
    /// It is full.
    #[error("only {1} are free on the EFI system partition {0}")]
    Full(u32, Bytes),
}

impl<'d> ExistingEsp<'d> {
    /// Looks a partition over.
    ///
    /// # Errors
    /// It can't even take a boot loader, or may not.
    pub fn of(partition: &'d Partition) -> Result<Self, NoEsp> {
        let number = partition.number;
        if !PartitionRole::Esp.is_of(partition) {
            return Err(NoEsp::OtherType(number));
        }
        let Content::Formatted(fs) = &partition.content else {
            return Err(NoEsp::NoFat(number));
        };
        let uuid = fs.uuid.as_deref().filter(|_| fs.kind == "vfat");
        let uuid = uuid.ok_or(NoEsp::NoFat(number))?;
        let free = fs.size.zip(fs.used);
        let free = free.map(|(size, used)| Bytes(size.0.saturating_sub(used.0)));
        match free.ok_or(NoEsp::Unmeasured(number))? {
            free if free < LOADER_ROOM => Err(NoEsp::Full(number, free)),
            free => Ok(Self {
                partition,
                uuid,
                free,
            }),
        }
    }

    /// What it is good for.
    pub fn good_for(&self) -> EspUse {
        match self.free >= KERNEL_ROOM {
            true => EspUse::Everything,
            false => EspUse::LoaderOnly,
        }
    }

    /// The best one of a disk, `gone` left out: with room for kernels before without, then the
    /// first.
    pub fn best(disk: &'d Disk, gone: &[&Partition]) -> Option<Self> {
        let stays = |p: &&Partition| gone.iter().all(|gone| gone.number != p.number);
        // Asked first, since a type is read from text, and a table may have very many partitions.
        let is_fat =
            |p: &&Partition| matches!(&p.content, Content::Formatted(fs) if fs.kind == "vfat");
        let usable = disk.partitions().iter().filter(is_fat).filter(stays);
        let usable = usable.filter_map(|p| Self::of(p).ok());
        usable.min_by_key(|esp| (esp.good_for() == EspUse::LoaderOnly, esp.partition.start))
    }
}
