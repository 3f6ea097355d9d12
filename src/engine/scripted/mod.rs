//! A system that only exists in memory, a stand-in for the real one: a disk, the kernel's lists,
//! udev's links, a target, and programs that do to these what the real ones do to real ones.
//!
//! It keeps the list of everything that was asked of it, can fail at any point of that list, and
//! notes what a real system would not forgive: writing below a target that is not mounted.

mod container;
mod grow;
mod kernel;
mod programs;
mod rules;
mod shrink;
mod sleepers;
mod subvolumes;
mod system;

pub(in crate::engine) use container::{OldContainer, StayingContainer};

use super::command::CancelToken;
use super::kept_record::record_on;
use super::kept_table::table_on;
use super::logical_chain::chain_on;
use super::system::Place;
use super::table_image::END;
use crate::machine::{Content, Disk};
use crate::plan::Plan;
use crate::storage::{KeptPartition, TableBase, shown_of_extended};
use crate::units::Bytes;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

/// The system that the stand-in for Nix builds.
pub(super) const SYSTEM: &str = "/nix/store/hlmhqxk9hr7g2h1k3nki3hlngrgfa8in-nixos-system-test";

/// The beginning of something that is asked, and what is called then.
type Gate = (&'static str, Box<dyn FnOnce() + Send>);

/// The beginning of something that is asked, and what happens to the computer right before.
type Incident = (&'static str, fn(&mut Scripted));

/// A partition that the kernel knows: name, number, first sector, length, in 512 bytes.
type KernelPartition = (String, u64, u64, u64);

/// See the module.
pub(super) struct Scripted {
    pub(super) plan: Plan,
    pub(super) disk: Disk,
    /// Everything that was asked, in order.
    pub(super) asked: Vec<String>,
    /// Which of these fails.
    pub(super) fail_at: Option<usize>,
    /// Cancels when this many things have been asked.
    pub(super) cancel_at: Option<(usize, CancelToken)>,
    /// Called once, when something that begins like this is asked.
    pub(super) gate: Option<Gate>,
    /// What a real system would not forgive.
    pub(super) violations: Vec<String>,
    pub(super) files: BTreeMap<(Place, PathBuf), Vec<u8>>,
    pub(super) links: BTreeMap<PathBuf, PathBuf>,
    pub(super) modes: BTreeMap<PathBuf, u32>,
    /// Mount points with their options, in order.
    pub(super) mounts: Vec<(PathBuf, String)>,
    pub(super) swaps: Vec<PathBuf>,
    pub(super) mappers: Vec<String>,
    /// LUKS containers by UUID, and what opens them.
    pub(super) containers: BTreeMap<uuid::Uuid, Vec<String>>,
    /// How much memory the keys of containers take as long as that is measured, if it is little.
    pub(super) weak_keys: Option<Bytes>,
    /// Containers that were there before, by their device.
    pub(super) old_containers: BTreeMap<PathBuf, OldContainer>,
    /// Containers that the plan keeps, by their device.
    pub(super) staying: BTreeMap<PathBuf, StayingContainer>,
    /// What programs print that have no other part here, by how the command begins.
    pub(super) answers: Vec<(&'static str, &'static str)>,
    /// What programs print that end with 1, by how the command begins.
    pub(super) failures: Vec<(&'static str, &'static str)>,
    /// The subvolumes of a btrfs that stays, where it has any.
    pub(super) subvolumes: Vec<String>,
    /// Those that are open, by name.
    pub(super) open: Vec<String>,
    pub(super) held: BTreeSet<u32>,
    pub(super) head: Vec<u8>,
    pub(super) tail: Vec<u8>,
    /// The records of logical partitions, by their sectors.
    pub(super) chain: BTreeMap<u64, Vec<u8>>,
    /// What follows the head, where a BIOS boot partition is.
    pub(super) second: Vec<u8>,
    pub(super) kernel: Vec<KernelPartition>,
    /// What blkid finds on a device.
    pub(super) formatted: BTreeMap<PathBuf, (String, String)>,
    /// The sizes of file systems that the plan makes smaller or larger.
    pub(super) sizes: BTreeMap<PathBuf, Bytes>,
    /// How often a size has changed.
    pub(super) resized: u32,
    /// The least that an NTFS can become.
    pub(super) ntfs_needs: Bytes,
    /// Something that happens to the target right before it is unmounted for the first time.
    pub(super) spoil: Option<fn(&mut Self)>,
    /// Something that happens right before what begins like this is asked for the first time.
    pub(super) before: Option<Incident>,
    /// Where a Windows or a Linux sleeps, of what the plan looks at.
    pub(super) sleeping: BTreeSet<PathBuf>,
    /// What `/proc/meminfo` says; it can't be read if left out.
    pub(super) meminfo: Option<String>,
    /// Whether chpasswd fails and repeats what it was given.
    pub(super) repeats_input: bool,
    /// Files and folders of the target that can't be read.
    pub(super) unreadable: BTreeSet<PathBuf>,
    /// Programs that are not installed.
    pub(super) missing: BTreeSet<String>,
    /// Files of the live system.
    pub(super) live: BTreeMap<PathBuf, Vec<u8>>,
}

fn end() -> Vec<u8> {
    vec![0xAA; usize::try_from(END.0).unwrap()]
}

fn not_found() -> io::Error {
    io::Error::from(io::ErrorKind::NotFound)
}

fn put_at(into: &mut [u8], at: u64, content: &[u8]) {
    let at = usize::try_from(at).unwrap();
    into[at..at + content.len()].copy_from_slice(content);
}

/// What blkid finds in the partitions that a plan keeps.
fn formatted(plan: &Plan, disk: &Disk) -> BTreeMap<PathBuf, (String, String)> {
    let found = |kept: &KeptPartition| {
        let mut partitions = disk.partitions().iter();
        let old = partitions.find(|p| p.number == kept.number)?;
        let Content::Formatted(fs) = &old.content else {
            return None;
        };
        let device = Path::new("/dev/disk/by-partuuid").join(kept.id.to_string());
        Some((device, (fs.kind.clone(), fs.uuid.clone()?)))
    };
    plan.disk.table.kept().iter().filter_map(found).collect()
}

impl Scripted {
    /// The disk of a plan, in use by everything that can use a disk.
    pub(super) fn new(plan: &Plan, disk: &Disk) -> Self {
        let kernel: Vec<KernelPartition> = disk
            .partitions()
            .iter()
            .map(|p| {
                let name = p.path.file_name().unwrap().to_string_lossy().into_owned();
                let length = match p.is_extended() {
                    true => shown_of_extended(p.length, disk.sectors.logical),
                    false => p.length.bytes(disk.sectors.logical).0 / 512,
                };
                (name, u64::from(p.number), p.start.0, length)
            })
            .collect();
        let node = |i: usize| kernel.get(i).map(|p| Path::new("/dev").join(&p.0));
        let (head, tail) = match plan.disk.table.base {
            TableBase::New => (end(), end()),
            TableBase::Kept { .. } if plan.disk.table.id.guid().is_none() => {
                (record_on(disk), end())
            }
            TableBase::Kept { .. } => table_on(disk),
        };
        Self {
            plan: plan.clone(),
            disk: disk.clone(),
            asked: Vec::new(),
            fail_at: None,
            cancel_at: None,
            gate: None,
            violations: Vec::new(),
            files: BTreeMap::new(),
            links: BTreeMap::new(),
            modes: BTreeMap::new(),
            mounts: node(2)
                .map(|_| (PathBuf::from("/run/media/old disk"), "rw".to_owned()))
                .into_iter()
                .collect(),
            swaps: node(3).into_iter().collect(),
            mappers: node(0).map(|_| "dm-0".to_owned()).into_iter().collect(),
            containers: BTreeMap::new(),
            weak_keys: None,
            old_containers: BTreeMap::new(),
            staying: container::staying(plan, "open: sesame"),
            answers: Vec::new(),
            failures: Vec::new(),
            subvolumes: Vec::new(),
            open: Vec::new(),
            held: BTreeSet::new(),
            head,
            tail,
            chain: chain_on(disk)
                .into_iter()
                .map(|link| (link.at.0, link.record))
                .collect(),
            second: end(),
            kernel,
            formatted: formatted(plan, disk)
                .into_iter()
                .chain(container::inside(plan, disk))
                .collect(),
            sizes: shrink::sizes(plan)
                .into_iter()
                .chain(grow::sizes(plan))
                .collect(),
            resized: 0,
            ntfs_needs: Bytes(1),
            spoil: None,
            before: None,
            sleeping: BTreeSet::new(),
            meminfo: None,
            repeats_input: false,
            unreadable: BTreeSet::new(),
            missing: BTreeSet::new(),
            live: BTreeMap::new(),
        }
    }
}
