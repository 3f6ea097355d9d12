//! Disks: which block devices are ones, and what each is.
//!
//! | file | what it finds |
//! |---|---|
//! | `identity` | model, serial number, lasting names, transport, removable |
//! | `table` | partitions and gaps, from the table itself or what the kernel made of it |
//! | `gpt`, `mbr` | the two kinds of table, read from the disk |
//! | `content` | file systems and other signatures |
//! | `blank` | whether anything is there where no signature is |
//! | `measure` | size and use of a file system that is not mounted |
//! | `mounts` | mounts and swap in use |
//! | `live` | the disks that the running system came from |

mod blank;
mod content;
mod fat;
mod gpt;
mod identity;
mod live;
mod mbr;
mod measure;
mod mounts;
mod table;

use super::roots::Roots;
use super::sysfs;
use super::udev::Record;
use crate::machine::{Disk, Fact, SectorSizes};
use crate::units::{Bytes, SectorSize};
use anyhow::{Context, Result};
use mounts::InUse;
use std::path::{Path, PathBuf};

/// The unit of `size` and `start` in sysfs, whatever the disk's own sectors are.
const SYSFS_SECTOR: u64 = 512;

/// A block device on its way to becoming a [`Disk`] or a partition: where its facts lie.
struct Block {
    name: String,
    sysfs: PathBuf,
    record: Option<Record>,
    /// Its node, where this program finds it; in a recorded system mostly missing.
    node: PathBuf,
}

impl Block {
    fn new(roots: &Roots, sysfs: &Path) -> Option<Self> {
        let name = sysfs::name(sysfs)?;
        Some(Self {
            node: roots.at(format!("/dev/{name}")),
            sysfs: sysfs.canonicalize().ok()?,
            record: Record::of(roots, sysfs),
            name,
        })
    }

    /// `MAJOR:MINOR`.
    fn number(&self) -> Option<String> {
        sysfs::attribute(&self.sysfs, "dev")
    }

    /// A property of udev's record, if there is a record.
    fn property(&self, name: &str) -> Option<&str> {
        self.record.as_ref()?.get(name)
    }

    /// Devices built on top of it.
    fn holders(&self) -> Vec<String> {
        let holders = sysfs::entries(&self.sysfs.join("holders")).unwrap_or_default();
        holders
            .iter()
            .filter_map(|path| sysfs::name(path))
            .collect()
    }
}

/// All whole disks, in the order of their kernel names, and what keeps others from being described.
///
/// # Errors
/// When block devices can't be listed, or when mounts can't: without them nobody could tell which
/// disk the running system is on.
pub(super) fn disks(roots: &Roots) -> Result<(Vec<Disk>, Vec<String>)> {
    let in_use = InUse::read(roots)?;
    let live = live::disks(roots, &in_use)?;
    let (mut found, mut left_out) = (Vec::new(), Vec::new());
    for device in sysfs::entries(&roots.at("/sys/class/block"))? {
        let Some(block) = Block::new(roots, &device).filter(is_disk) else {
            continue;
        };
        match disk(roots, &block, &in_use, live.contains(&block.name)) {
            Ok(disk) => found.push(disk),
            Err(error) => left_out.push(format!("/dev/{} is left out: {error:#}", block.name)),
        }
    }
    Ok((found, left_out))
}

/// Whether a block device is a disk that a system could be installed to.
///
/// Left out: partitions; what has no device of its own (loop, device mapper, arrays, zram, ram);
/// optical, floppy and raw flash drives; boot and key areas of eMMC; hidden paths of NVMe
/// multipath; card readers without a card.
fn is_disk(block: &Block) -> bool {
    let name = block.name.as_str();
    let is_other = [
        "sr", "fd", "mtdblock", "loop", "ram", "zram", "dm-", "md", "nbd",
    ]
    .iter()
    .any(|prefix| name.starts_with(prefix));
    let is_emmc_area =
        name.starts_with("mmcblk") && (name.contains("boot") || name.contains("rpmb"));
    let has = |attribute: &str| block.sysfs.join(attribute).exists();
    let empty = sysfs::number(&block.sysfs, "size").unwrap_or_default() == 0;
    let hidden = sysfs::flag(&block.sysfs, "hidden");
    !is_other && !is_emmc_area && !empty && !hidden && has("device") && !has("partition")
}

/// Everything about one disk.
fn disk(roots: &Roots, block: &Block, in_use: &InUse, live_medium: bool) -> Result<Disk> {
    let size = sysfs::number(&block.sysfs, "size").unwrap_or_default();
    let sectors = sector_sizes(block)?;
    let size = Bytes(size.saturating_mul(SYSFS_SECTOR));
    let table = Fact::from_result(table::table(roots, block, sectors.logical, size, in_use));
    let transport = identity::transport(block);
    let mut mounts = in_use.points(roots, block);
    let mut holders = block.holders();
    for stray in table::strays(roots, block, &table) {
        mounts.extend(in_use.points(roots, &stray));
        holders.extend(stray.holders());
    }
    Ok(Disk {
        name: block.name.clone(),
        path: PathBuf::from(format!("/dev/{}", block.name)),
        by_id: identity::lasting_names(roots, "/dev/disk/by-id", &block.name),
        by_path: identity::lasting_names(roots, "/dev/disk/by-path", &block.name),
        model: identity::model(block),
        serial: identity::serial(block),
        wwn: identity::wwn(block),
        size,
        sectors,
        transport,
        rotational: sysfs::flag(&block.sysfs, "queue/rotational"),
        removable: identity::removable(block, transport),
        read_only: sysfs::flag(&block.sysfs, "ro"),
        table,
        mounts,
        holders,
        live_medium,
    })
}

/// Both sector sizes; a disk that does not tell its physical one has equal ones.
fn sector_sizes(block: &Block) -> Result<SectorSizes> {
    let size = |name: &str| -> Result<Option<SectorSize>> {
        let Some(bytes) = sysfs::number(&block.sysfs, name) else {
            return Ok(None);
        };
        Ok(Some(SectorSize::try_from(u32::try_from(bytes)?)?))
    };
    let logical = size("queue/logical_block_size")?.context("it tells no logical sector size")?;
    let physical = size("queue/physical_block_size")?.unwrap_or(logical);
    Ok(SectorSizes { logical, physical })
}
