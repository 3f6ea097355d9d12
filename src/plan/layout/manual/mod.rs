//! The manual layout: what the preset says of each disk and each partition, held against the machine.
//!
//! ```text
//! preset ─ reader ─▶ wishes ─▶ draft of each disk ─ rules, boot ─▶ build ─▶ tables, volumes
//! ```
//!
//! Everything that can be told is told at once, each mistake at the key that it belongs to.

mod boot;
mod build;
mod draft;
mod flags;
mod grow;
mod keys;
mod mountable;
mod reader;
mod rows;
mod rules;
mod subvolumes;
mod too_large;
mod wish;

pub use grow::growable;
pub use mountable::mountable;
pub use rows::{EditedDisk, Row, RowKind, edited_disk, smallest};

use super::esp::twin_of_content;
use super::{Arranged, asleep, home, in_use, warnings, windows_asleep};
use crate::identifiers::Identifiers;
use crate::machine::{Disk, Machine, Partition};
use crate::plan::reason::Reason;
use crate::plan::resolve::internal;
use crate::plan::{
    Detail, Details, Problem, ProblemId, Severity, Survey, checks, disk_choice, spanning,
};
use crate::preset::{Encryption, ManualTable, Preset};
use crate::storage::{Contents, ExistingHome, SwapSpace};
use crate::units::Bytes;
use boot::{Boot, BootPlace};
use build::{Builder, BuiltDisk};
use draft::{DiskDraft, Setting};
use rules::Needs;
use std::path::Path;
use wish::{Unlocked, What};

/// The field of what no partition is there for.
const NO_PARTITION: &str = "disk.disks";

/// A system that sleeps, and would go on with what it remembers.
struct Sleeper {
    id: ProblemId,
    remembers: Reason,
    mend: &'static str,
}

impl Sleeper {
    /// Why a field can't be as it is.
    fn error(&self, field: String) -> Problem {
        Problem {
            id: self.id,
            severity: Severity::Error,
            field,
            message: self.remembers.message.clone(),
            mend: self.mend.to_owned(),
            details: self.remembers.details.clone(),
        }
    }
}

/// What the layout is decided from.
#[derive(Clone, Copy)]
pub(in crate::plan) struct Manual<'a> {
    pub survey: &'a Survey<'a>,
    pub preset: &'a Preset,
    /// The disks of the preset, in its order.
    pub disks: &'a [&'a Disk],
    pub contents: &'a Contents,
}

/// The disks that the preset names, in its order; none twice.
///
/// # Errors
/// Those that are not there or can't be written to, and keys that belong to other layouts.
pub(in crate::plan) fn disks<'a>(
    machine: &'a Machine,
    preset: &Preset,
) -> Result<Vec<&'a Disk>, Vec<Problem>> {
    let mut problems = strange_keys(preset);
    let mut disks: Vec<&Disk> = Vec::new();
    for (index, manual) in preset.disk.disks.iter().enumerate() {
        let field = format!("disk.disks[{index}].choose");
        match disk_choice::choose_one_of_several(machine, &manual.choose) {
            Ok(disk) if disks.iter().any(|other| other.path == disk.path) => {
                problems.push(Problem {
                    id: ProblemId::SeveralDisks,
                    severity: Severity::Error,
                    field,
                    message: format!("{} is named twice", disk.path.display()),
                    mend: "Say in one place what becomes of it.".to_owned(),
                    details: Details::why("twice").with("path", disk.path.as_path()),
                });
            }
            Ok(disk) => disks.push(disk),
            Err(problem) => problems.push(Problem { field, ..problem }),
        }
    }
    if preset.disk.disks.is_empty() {
        problems.push(Problem {
            id: ProblemId::NoDisk,
            severity: Severity::Error,
            field: "disk.disks".to_owned(),
            message: "the manual layout names no disk".to_owned(),
            mend: "Add `[[disk.disks]]` with what the disk is known by and its partitions."
                .to_owned(),
            details: Details::why("manual"),
        });
    }
    match problems.is_empty() {
        true => Ok(disks),
        false => Err(problems),
    }
}

/// Keys of `[disk]` that belong to other layouts.
fn strange_keys(preset: &Preset) -> Vec<Problem> {
    let disk = &preset.disk;
    let keys = [
        ("choose", disk.choose != crate::preset::DiskChoice::Only),
        ("partition", disk.partition.is_some()),
        ("system", disk.system.is_some()),
        ("gap_after", disk.gap_after.is_some()),
        ("size", disk.size.is_some()),
        ("esp", disk.esp.is_some()),
        ("home", disk.home.is_some()),
    ];
    let strange = keys.into_iter().filter(|(_, given)| *given);
    let mut problems: Vec<Problem> = strange
        .map(|(key, _)| Problem {
            id: ProblemId::KeyOfOtherLayout,
            severity: Severity::Error,
            field: format!("disk.{key}"),
            message: format!("`{key}` has no meaning here where the layout is manual"),
            mend: "Say it in `[[disk.disks]]` and its partitions, and leave it out here."
                .to_owned(),
            details: Details::NONE,
        })
        .collect();
    use crate::preset::Swap;
    if matches!(disk.swap, Some(Swap::Partition | Swap::Hibernate)) {
        problems.push(Problem {
            id: ProblemId::KeyOfOtherLayout,
            severity: Severity::Error,
            field: "disk.swap".to_owned(),
            message: "which partition is swap is said at the partition where the layout is manual"
                .to_owned(),
            mend: "Leave it out, and add a partition with `file_system = \"swap\"`, and \
                   `hibernation = true` for hibernation."
                .to_owned(),
            details: Details::NONE,
        });
    }
    problems
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

    /// What is mounted as it is must not be there twice.
    fn copies(self, drafts: &[DiskDraft<'_>]) -> Vec<Problem> {
        let parts = drafts.iter().flat_map(|draft| &draft.parts);
        let copied =
            parts.filter_map(|(field, what)| {
                let partition = match what {
                What::Keep {
                    partition,
                    mount: Some(_),
                }
                | What::Shrink {
                    partition,
                    mount: Some(_),
                    ..
                }
                // Some have to be mounted for it.
                | What::Grow { partition, .. }
                | What::Subvolumes { partition, .. }
                | What::Unlock { partition, .. } => *partition,
                _ => return None,
            };
                let uuid = twin_of_content(self.machine(), partition)?;
                let problem = field.error( ProblemId::DuplicateDisks, "partition",
                format!(
                    "another file system has the identifier {uuid} too: one of the two is a copy"
                ),
                "Detach the disk with the copy.",
            );
                Some(
                    problem
                        .because("file_system")
                        .with("uuid", Detail::code(uuid)),
                )
            });
        copied.collect()
    }

    /// What is mounted, made anew or gets another size must not be what a Linux that sleeps has mounted; one
    /// whose memory goes in the same layout does not wake.
    fn remembered(self, drafts: &[DiskDraft<'_>]) -> Vec<Problem> {
        let gone: Vec<&Partition> = drafts.iter().flat_map(DiskDraft::gone).collect();
        let mut gone = asleep::nodes(&gone);
        let disks = || self.preset.disk.disks.iter().zip(self.disks).enumerate();
        let anew = disks().filter(|(_, (wanted, _))| wanted.table == ManualTable::New);
        gone.extend(anew.map(|(_, (_, disk))| disk.path.as_path()));
        let windows = windows_asleep::hibernated(self.survey, &gone);
        if let Some(memory) = asleep::hibernated(self.survey, &gone) {
            let linux = Sleeper {
                id: ProblemId::LinuxSleeps,
                remembers: asleep::still_remembered(memory),
                mend: asleep::MEND,
            };
            let all = |_: &What<'_>, _: &Partition| true;
            return self.touched(drafts, &linux, all, asleep::may_have_mounted);
        }
        let mut told = windows.map_or_else(Vec::new, |windows| {
            let windows = Sleeper {
                id: ProblemId::WindowsSleeps,
                remembers: windows_asleep::still_remembered(&windows.path),
                mend: windows_asleep::MEND,
            };
            // Why the drive that it sleeps in keeps its size is told at that size.
            let drive = |what: &What<'_>, partition: &Partition| {
                let keeps_size = matches!(what, What::Shrink { .. } | What::Grow { .. });
                windows_asleep::may_have_mounted(partition)
                    && !(keeps_size && windows_asleep::sleeps(partition))
            };
            self.touched(drafts, &windows, drive, windows_asleep::may_have_mounted_on)
        });
        let mut parts = drafts.iter().flat_map(|draft| &draft.parts);
        let touches = parts.any(|(_, what)| what.touches())
            || disks().any(|(_, (wanted, _))| wanted.table == ManualTable::New);
        if touches {
            told.extend(asleep::may_sleep(self.survey, &gone));
        }
        told
    }

    /// An error at each key that touches what somebody who sleeps may have mounted: a partition, or a disk that
    /// goes whole.
    fn touched(
        self,
        drafts: &[DiskDraft<'_>],
        sleeper: &Sleeper,
        mounted: impl Fn(&What<'_>, &Partition) -> bool,
        mounted_on: impl Fn(&Disk) -> bool,
    ) -> Vec<Problem> {
        let parts = drafts.iter().flat_map(|draft| &draft.parts);
        let touched = parts.filter_map(|(field, what)| {
            let key = match what {
                What::Keep { mount: Some(_), .. } => "mount",
                What::Subvolumes { .. } => "subvolumes",
                What::Format { .. } | What::Delete { .. } | What::Unlock { .. } => "partition",
                What::Shrink { .. } | What::Grow { .. } => "size",
                What::Keep { mount: None, .. } | What::Create { .. } => return None,
            };
            let partition = what.partition()?;
            mounted(what, partition).then(|| sleeper.error(field.key(key)))
        });
        let disks = self.preset.disk.disks.iter().zip(self.disks).enumerate();
        let erased = disks
            .filter(|(_, (wanted, disk))| wanted.table == ManualTable::New && mounted_on(disk));
        let erased = erased.map(|(index, _)| sleeper.error(format!("disk.disks[{index}].table")));
        touched.chain(erased).collect()
    }

    /// A part of a volume goes with all others of it, or stays.
    fn parts_of_volumes(self, drafts: &[DiskDraft<'_>]) -> Vec<Problem> {
        let goes = |path: &Path| drafts.iter().any(|draft| draft.takes(path));
        let parts = drafts
            .iter()
            .flat_map(|draft| draft.parts.iter().map(move |part| (draft.disk, part)));
        let told = parts.filter_map(|(disk, (field, what))| {
            let (partition, why) = match what {
                What::Format { partition, .. } | What::Delete { partition } => (
                    partition,
                    spanning::refusal(self.machine(), disk, partition, goes)?,
                ),
                What::Unlock {
                    partition,
                    inside: Unlocked::Formatted(_),
                } => (
                    partition,
                    spanning::refusal_inside(self.machine(), disk, partition)?,
                ),
                _ => return None,
            };
            let number = partition.number;
            let problem = field.error(
                ProblemId::LayoutImpossible,
                "partition",
                format!("partition {number} is {why}"),
                "Take the volume apart first, let the partition stay, or let all of the volume go.",
            );
            Some(problem.telling(why.details.inside("stays").with("number", number)))
        });
        told.collect()
    }

    fn build(
        self,
        drafts: &[DiskDraft<'a>],
        mounts: &rules::Mounts<'_, 'a>,
        place: BootPlace,
        mut warnings: Vec<Problem>,
        ids: &mut Identifiers<'_>,
    ) -> Result<Arranged, crate::storage::BadVolume> {
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
            warnings.extend(self.told(draft, &planned.table));
            disks.push(planned);
            volumes.extend(made);
            smaller.extend(draft.smaller().into_iter().map(|(smaller, _)| smaller));
            larger.extend(draft.larger().into_iter().map(|(larger, _)| larger));
        }
        crate::storage::in_order(&mut volumes);
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

    /// What should be known of a disk first.
    fn told(self, draft: &DiskDraft<'_>, table: &crate::storage::NewTable) -> Vec<Problem> {
        if draft.wanted == ManualTable::New {
            return checks::erased(draft.disk);
        }
        let mut told = Vec::new();
        let (shrunk, grown) = (draft.smaller(), draft.larger());
        for (field, what) in &draft.parts {
            let here = |problem: Problem| Problem {
                field: field.key("partition"),
                ..problem
            };
            let Some(partition) = what.partition() else {
                continue;
            };
            if !matches!(what, What::Keep { mount: None, .. }) {
                told.extend(in_use(draft.disk, partition));
            }
            let own = shrunk
                .iter()
                .find(|(_, shrunk)| shrunk.what.number == partition.number);
            if let (What::Shrink { .. }, Some((_, shrunk))) = (what, own) {
                told.push(here(warnings::smaller(partition, shrunk)));
            }
            let own = grown
                .iter()
                .find(|(_, own)| own.what.number == partition.number);
            if let (What::Grow { .. }, Some((_, grown))) = (what, own) {
                told.push(here(warnings::larger(partition, grown)));
            }
            told.extend(kept_home(what).map(|home| Problem {
                field: field.key("mount"),
                ..home::owners(&home)
            }));
            told.extend(
                subvolumes::home(what).map(|(partition, name, key)| Problem {
                    field: field.key(&key),
                    ..home::owners_in_subvolume(partition, name.as_str())
                }),
            );
            if let What::Keep { mount: Some(_), .. } = what
                && draft::is_esp(partition)
                && let Ok(esp) = crate::storage::ExistingEsp::of(partition)
            {
                told.push(here(warnings::shared_esp(&esp)));
            }
        }
        told.extend(warnings::bitlocker(draft.disk, table));
        told.extend(warnings::beyond_mbr(draft.disk, table));
        told
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

/// The home folders that stay in a partition, if it is mounted where they are.
fn kept_home<'a>(what: &What<'a>) -> Option<ExistingHome<'a>> {
    let (partition, mount) = match *what {
        What::Keep { partition, mount }
        | What::Shrink {
            partition, mount, ..
        }
        | What::Grow {
            partition, mount, ..
        } => (partition, mount?),
        What::Unlock {
            partition,
            inside: Unlocked::Mounted(mount),
        } => (partition, mount),
        _ => return None,
    };
    let is_home = mount.as_str() == "/home";
    is_home
        .then(|| ExistingHome::seen(partition).ok())
        .flatten()
}
