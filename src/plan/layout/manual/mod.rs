//! The manual layout: what the preset says of each disk and each partition, held against the machine.
//!
//! ```text
//! preset ─ reader ─▶ wishes ─▶ draft of each disk ─ rules, boot ─▶ build ─▶ tables, volumes
//! ```
//!
//! Everything that can be told is told at once, each mistake at the key that it belongs to: what the wishes
//! say of each other (`rules`, `keys`, `flags`, `too_large`), and what the machine says against them
//! (`copies`, `sleepers`, `parts_of_volumes`).

mod boot;
mod build;
mod copies;
mod disks;
mod draft;
mod flags;
mod grow;
mod keys;
mod mountable;
mod parts_of_volumes;
mod reader;
mod rows;
mod rules;
mod sleepers;
mod subvolumes;
mod told;
mod too_large;
mod wish;

pub(in crate::plan) use disks::disks;
pub use grow::growable;
pub use mountable::mountable;
pub use rows::{EditedDisk, Row, RowKind, edited_disk, smallest};

use super::Arranged;
use crate::identifiers::Identifiers;
use crate::machine::{Disk, Machine};
use crate::plan::resolve::internal;
use crate::plan::{Details, Problem, ProblemId, Severity, Survey};
use crate::preset::{Encryption, Preset};
use crate::storage::{BadVolume, Contents, SwapSpace, in_order};
use crate::units::Bytes;
use boot::{Boot, BootPlace};
use build::{Builder, BuiltDisk};
use draft::{DiskDraft, Setting};
use rules::Needs;

/// Where is told what is missing altogether: there is no partition to tell it at.
const NO_PARTITION: &str = "disk.disks";

/// What the layout is decided from.
#[derive(Clone, Copy)]
pub(in crate::plan) struct Manual<'a> {
    pub survey: &'a Survey<'a>,
    pub preset: &'a Preset,
    /// The disks of the preset, in its order.
    pub disks: &'a [&'a Disk],
    pub contents: &'a Contents,
}

impl<'a> Manual<'a> {
    fn machine(self) -> &'a Machine {
        self.survey.machine()
    }

    /// Everything on every disk.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub(in crate::plan) fn arrange(
        self,
        ids: &mut Identifiers<'_>,
    ) -> Result<Arranged, Vec<Problem>> {
        let mut problems = Vec::new();
        let drafts = self.drafts(ids, &mut problems);
        let mounts = rules::mounts(&drafts, &mut problems);
        problems.extend(rules::contents(&drafts, &mounts, self.needs()));
        // What was not understood may be what would be missed.
        let is_whole = self.is_whole(&drafts);
        if is_whole {
            problems.extend(self.without_root(&mounts));
        }
        problems.extend(keys::unused(
            &drafts,
            self.needs(),
            self.contents.encryption,
        ));
        problems.extend(drafts.iter().flat_map(too_large::problems));
        problems.extend(flags::problems(&drafts, self.contents.start));
        problems.extend(self.copies(&drafts));
        problems.extend(self.remembered(&drafts));
        problems.extend(self.parts_of_volumes(&drafts));
        let boot = Boot {
            drafts: &drafts,
            start: self.contents.start,
            loader: self.preset.system.boot_loader,
            root: mounts.get("/").copied(),
            boot: mounts.get("/boot").copied(),
            efi: mounts.get("/efi").copied(),
        };
        let place = match boot.place() {
            Ok(place) => place,
            Err(problem) => {
                // No root is no place for GRUB either, and that is told once.
                let is_told = problems.contains(&problem);
                if !is_told && (is_whole || problem.field != NO_PARTITION) {
                    problems.push(problem);
                }
                return Err(problems);
            }
        };
        if problems.iter().any(|p| p.severity == Severity::Error) {
            return Err(problems);
        }
        let kernels = boot.boot.or(boot.root);
        problems.extend(boot::warnings(&drafts, self.contents.start, place, kernels));
        self.build(&drafts, &mounts, place, problems, ids)
            .map_err(|error| vec![internal(&error.to_string())])
    }

    /// The disks, as far as they can be.
    fn drafts(self, ids: &mut Identifiers<'_>, problems: &mut Vec<Problem>) -> Vec<DiskDraft<'a>> {
        let setting = Setting {
            survey: self.survey,
            start: self.contents.start,
            usual: self.preset.disk.file_system.unwrap_or_default(),
        };
        let mut drafts = Vec::new();
        let wanted = self.preset.disk.disks.iter().zip(self.disks);
        for (index, (manual, disk)) in wanted.enumerate() {
            match DiskDraft::new(setting, index, disk, manual, ids.uuid(), problems) {
                Ok(draft) => drafts.push(draft),
                Err(problem) => problems.push(problem),
            }
        }
        drafts
    }

    /// Whether all of the preset was understood.
    fn is_whole(self, drafts: &[DiskDraft<'_>]) -> bool {
        let wishes = self.preset.disk.disks.iter();
        let wishes: usize = wishes.map(|disk| disk.partitions.len()).sum();
        let understood: usize = drafts.iter().map(|draft| draft.parts.len()).sum();
        understood == wishes && drafts.len() == self.disks.len()
    }

    /// What there has to be room for; a swap file lies in the root.
    fn needs(self) -> Needs {
        let file = match self.contents.swap {
            SwapSpace::File { size } => size,
            SwapSpace::None | SwapSpace::Partition { .. } => Bytes(0),
        };
        Needs {
            root: Bytes(self.contents.root_minimum.0.saturating_add(file.0)),
            memory: self.machine().memory.known().copied(),
            passphrase: matches!(self.preset.disk.encrypt, Some(Encryption::On(_))),
        }
    }

    fn without_root(self, mounts: &rules::Mounts<'_, '_>) -> Option<Problem> {
        (!mounts.contains_key("/")).then(no_root)
    }

    /// What the wishes come to, once nothing is wrong with them.
    ///
    /// # Errors
    /// Never: what they name was checked before.
    fn build(
        self,
        drafts: &[DiskDraft<'a>],
        mounts: &rules::Mounts<'_, 'a>,
        place: BootPlace,
        mut warnings: Vec<Problem>,
        ids: &mut Identifiers<'_>,
    ) -> Result<Arranged, BadVolume> {
        let builder = Builder {
            mounts,
            contents: self.contents,
            place,
        };
        let mut disks = Vec::new();
        let mut volumes = Vec::new();
        let mut smaller = Vec::new();
        let mut larger = Vec::new();
        for draft in drafts {
            let BuiltDisk {
                planned,
                volumes: made,
            } = builder.disk(draft, ids)?;
            warnings.extend(told::of_disk(self.survey, draft, &planned.table));
            disks.push(planned);
            volumes.extend(made);
            smaller.extend(draft.smaller().into_iter().map(|(smaller, _)| smaller));
            larger.extend(draft.larger().into_iter().map(|(larger, _)| larger));
        }
        in_order(&mut volumes);
        let mut arranged = Arranged {
            disks,
            volumes,
            kept: build::kept(mounts, place)?,
            subvolumes: subvolumes::all(drafts)?,
            swap_file: None,
            smaller,
            larger,
            starts: place.disk,
            esp: place.esp,
            warnings,
        };
        if let SwapSpace::File { size } = self.contents.swap {
            subvolumes::add_swap_file(&mut arranged, drafts, size)?;
        }
        Ok(arranged)
    }
}

/// The system has no place.
fn no_root() -> Problem {
    Problem {
        id: ProblemId::NoRootFileSystem,
        severity: Severity::Error,
        field: NO_PARTITION.to_owned(),
        message: "nothing is mounted at /, where the system goes".to_owned(),
        mend: "Write `mount = \"/\"` for a partition or a subvolume.".to_owned(),
        details: Details::NONE,
    }
}
