//! Which disk the preset means: exactly one, or a problem that lists the candidates.

use super::{Cause, Detail, Details, DiskIdentity, Problem, ProblemId, Severity};
use crate::machine::{Content, Disk, Fact, Firmware, Machine, Table};
use crate::preset::{DiskChoice, DiskMatch};
use crate::units::{Bytes, SectorSize};
use std::path::Path;

/// So many disks are told of at most that can't be taken.
const TOLD: usize = 3;

/// The preset's field that all problems here belong to.
const FIELD: &str = "disk.choose";

/// How large a disk has to be at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Needed {
    /// Altogether.
    pub all: Bytes,
    /// Of it for the system.
    pub system: Bytes,
    /// Of it for swap, in a file or on a partition.
    pub swap: Bytes,
}

impl Needed {
    /// Any disk is large enough.
    pub(super) const NOTHING: Self = Self {
        all: Bytes(0),
        system: Bytes(0),
        swap: Bytes(0),
    };

    /// What most of it is for, where there is more than the system: which case it is, and in words.
    fn parts(self) -> (&'static str, String) {
        let (system, swap) = (self.system, self.swap);
        match swap {
            Bytes(0) => ("needs", String::new()),
            _ => (
                "swap",
                format!(", of which {system} are for the system and {swap} for swap"),
            ),
        }
    }
}

/// Finds one of several disks that are meant: what the firmware needs of the one that it starts from
/// does not matter, and room is a matter of the partitions.
///
/// # Errors
/// None, several, or one that must not be written to.
pub(super) fn choose_one_of_several<'m>(
    machine: &'m Machine,
    choice: &DiskChoice,
) -> Result<&'m Disk, Problem> {
    choose_for(machine, choice, Needed::NOTHING, false)
}

/// The one disk that is meant, where there is one that can be written to.
#[cfg(feature = "wizard")]
pub(crate) fn disk_meant<'m>(machine: &'m Machine, choice: &DiskChoice) -> Option<&'m Disk> {
    choose_one_of_several(machine, choice).ok()
}

/// Finds the one disk that is meant.
///
/// # Errors
/// None, several, or one that must not be written to.
pub(super) fn choose<'m>(
    machine: &'m Machine,
    choice: &DiskChoice,
    needed: Needed,
) -> Result<&'m Disk, Problem> {
    let bios = machine.firmware.known() == Some(&Firmware::Bios);
    choose_for(machine, choice, needed, bios)
}

fn choose_for<'m>(
    machine: &'m Machine,
    choice: &DiskChoice,
    needed: Needed,
    bios: bool,
) -> Result<&'m Disk, Problem> {
    let disks = match &machine.disks {
        Fact::Known(disks) => disks,
        Fact::Unknown(reason) => {
            return Err(error(
                ProblemId::DisksUnknown,
                format!("the disks of this computer could not be looked at: {reason}"),
                "Run the installer as root on the live medium.",
            ));
        }
    };
    let wanted = match choice {
        DiskChoice::Only => None,
        DiskChoice::Match(wanted) => Some(wanted),
        DiskChoice::FirstOf(list) => Some(first_of(disks, list)?),
    };
    let fits = |disk: &&Disk| match wanted {
        None => obstacle(disk, needed, bios).is_none() && reservation(disk).is_none(),
        Some(wanted) => matches(disk, wanted),
    };
    let mut candidates = disks.iter().filter(fits);
    match (candidates.next(), candidates.next()) {
        (None, _) => Err(no_disk(disks, choice, needed, bios)),
        (Some(disk), None) => match refusal(machine, disk, needed) {
            None => Ok(disk),
            Some(problem) => Err(problem),
        },
        (Some(_), Some(_)) => {
            let list: Vec<&Disk> = disks.iter().filter(fits).collect();
            Err(error(
                ProblemId::SeveralDisks,
                format!("more than one disk fits: {}", names(&list)),
                "Say which one by its serial number or its name below /dev/disk/by-id.",
            )
            .because("fit")
            .with("disks", named(list)))
        }
    }
}

/// The first of a list that exactly one disk fits.
fn first_of<'c>(disks: &[Disk], list: &'c [DiskMatch]) -> Result<&'c DiskMatch, Problem> {
    let fitting = |wanted: &&DiskMatch| disks.iter().filter(|disk| matches(disk, wanted)).count();
    let clear = list.iter().find(|wanted| fitting(wanted) == 1);
    clear.ok_or_else(|| {
        let several = list.iter().filter(|wanted| fitting(wanted) > 1).count();
        let all: Vec<&Disk> = disks.iter().collect();
        error(
            ProblemId::NoDisk,
            format!(
                "none of the {} descriptions fits exactly one disk, {several} of them more than one: there \
                 are {}",
                list.len(),
                names(&all)
            ),
            "Add one that fits one of these alone, by its serial number or its name below \
             /dev/disk/by-id.",
        )
        .because("first_of")
        .with("disks", named(disks))
        .with("count", list.len())
        .with("several", several)
    })
}

/// Why a disk can't be taken although it is asked for, if it can't; it must hold `needed`.
pub(super) fn refusal(machine: &Machine, disk: &Disk, needed: Needed) -> Option<Problem> {
    let bios = machine.firmware.known() == Some(&Firmware::Bios);
    obstacle(disk, needed, bios)
}

/// Why nothing can be installed on a disk, whatever is chosen.
pub(super) fn unusable(machine: &Machine, disk: &Disk) -> Option<Problem> {
    let bios = machine.firmware.known() == Some(&Firmware::Bios);
    obstacle(disk, Needed::NOTHING, bios)
}

/// Why a disk is only taken when the preset names it, if so: a stick that was forgotten in its
/// socket, something in use, or something that could not be read.
fn reservation(disk: &Disk) -> Option<Problem> {
    let name = || DiskIdentity::of(disk).description();
    let unread = match &disk.table {
        Fact::Unknown(reason) => Some(reason),
        Fact::Known(Table::Whole {
            content: Content::Unknown(reason),
        }) => Some(reason),
        Fact::Known(_) => None,
    };
    if let Some(reason) = unread {
        let message = format!("what is on {} is not known: {reason}", name());
        let problem = of_disk(disk, ProblemId::DiskContentUnknown, message);
        return Some(
            problem
                .because("unread")
                .with("disk", disk)
                .with("reason", Detail::code(reason)),
        );
    }
    let uses = super::checks::uses(disk);
    if !uses.is_empty() {
        let message = format!("{} is in use: {uses}", name());
        let problem = of_disk(disk, ProblemId::DiskInUse, message);
        let named = uses.mounts.iter().chain(&uses.holders);
        return Some(
            problem
                .because("untaken")
                .with("disk", disk)
                .with("uses", Detail::codes(named)),
        );
    }
    let message = || format!("{} can be unplugged", name());
    disk.removable
        .then(|| of_disk(disk, ProblemId::DiskRemovable, message()))
}

/// Why a disk can't be installed on, if it can't.
fn obstacle(disk: &Disk, needed: Needed, bios: bool) -> Option<Problem> {
    let name = || DiskIdentity::of(disk).description();
    if disk.live_medium {
        let message = format!("{} carries the live system that is running now", name());
        return Some(of_disk(disk, ProblemId::DiskIsLiveMedium, message));
    }
    if disk.read_only {
        let message = format!("{} refuses writes", name());
        return Some(of_disk(disk, ProblemId::DiskReadOnly, message));
    }
    if !disk.sectors.logical.is_usual() {
        let message = format!(
            "{} has sectors of {} bytes, and partition tables are written for 512 and 4096 here",
            name(),
            disk.sectors.logical.bytes()
        );
        let problem = of_disk(disk, ProblemId::SectorSizeUnsupported, message);
        return Some(problem.with("sector", sector_of(disk)));
    }
    if disk.size < needed.all {
        let (why, parts) = needed.parts();
        let message = format!(
            "{} is too small: this installation needs {}{parts}",
            name(),
            needed.all
        );
        let problem = of_disk(disk, ProblemId::DiskTooSmall, message)
            .because(why)
            .with("disk", disk);
        let problem = problem
            .with("needed", needed.all)
            .with("system", needed.system);
        return Some(problem.with("swap", needed.swap));
    }
    if bios && disk.sectors.logical != SectorSize::B512 {
        // Interrupt 13h hands over sectors as they are, and GRUB's first stage, like the BIOS that
        // loads it, counts in 512 bytes.
        let message = format!(
            "{} has sectors of {} bytes, which a BIOS can hardly ever start from, and UEFI can",
            name(),
            disk.sectors.logical.bytes()
        );
        let problem = of_disk(disk, ProblemId::BiosSectorSize, message);
        return Some(problem.with("sector", sector_of(disk)));
    }
    None
}

fn matches(disk: &Disk, wanted: &DiskMatch) -> bool {
    let same = |wanted: &Option<String>, found: &Option<String>| {
        wanted
            .as_ref()
            .is_none_or(|wanted| found.as_ref() == Some(wanted))
    };
    let by_id = wanted.by_id.as_ref().is_none_or(|wanted| {
        let full = Path::new("/dev/disk/by-id").join(wanted);
        disk.by_id.contains(&full)
    });
    let size = wanted.size.is_none_or(|range| {
        range.min.is_none_or(|min| disk.size >= min.0)
            && range.max.is_none_or(|max| disk.size <= max.0)
    });
    wanted.path.as_ref().is_none_or(|path| disk.path == *path)
        && by_id
        && size
        && same(&wanted.model, &disk.model)
        && same(&wanted.serial, &disk.serial)
        && wanted
            .transport
            .is_none_or(|transport| disk.transport == transport)
}

fn no_disk(disks: &[Disk], choice: &DiskChoice, needed: Needed, bios: bool) -> Problem {
    if disks.is_empty() {
        return error(
            ProblemId::NoDisk,
            "this computer has no disk that Linux can see".to_owned(),
            "Attach one; on some computers the disk controller must be set to AHCI in the \
             firmware's settings.",
        )
        .because("none");
    }
    if *choice == DiskChoice::Only {
        return none_unasked(disks, needed, bios);
    }
    error(
        ProblemId::NoDisk,
        format!(
            "no disk has the properties that were asked for: there {} {}",
            if disks.len() == 1 { "is" } else { "are" },
            names(&disks.iter().collect::<Vec<_>>())
        ),
        "Attach another disk, or ask for one of these by its serial number or its name below \
         /dev/disk/by-id.",
    )
    .because("other")
    .with("disks", named(disks))
}

/// No disk is taken unless it is asked for by name, and some or all not even then: of each, why.
fn none_unasked(disks: &[Disk], needed: Needed, bios: bool) -> Problem {
    let reason = |disk| obstacle(disk, needed, bios).or_else(|| reservation(disk));
    let reasons: Vec<Problem> = disks.iter().filter_map(reason).collect();
    let told = reasons.get(..TOLD).unwrap_or(&reasons);
    let more = reasons.len() - told.len();
    let more_in_words = (more > 0).then(|| format!("and {more} more"));
    let words = told.iter().map(|problem| problem.message.clone());
    let words: Vec<String> = words.chain(more_in_words).collect();
    let is_open = |disk| obstacle(disk, needed, bios).is_none();
    let (why, what, mend) = match disks.iter().any(is_open) {
        true => (
            "unnamed",
            "no disk can be installed on without being asked for by name",
            "Attach another disk, or ask for one of these by its serial number or its name below \
             /dev/disk/by-id.",
        ),
        false => (
            "unfit",
            "no disk can be installed on",
            "Attach another disk.",
        ),
    };
    error(
        ProblemId::NoDisk,
        format!("{what}: {}", words.join("; ")),
        mend,
    )
    .because(why)
    .with("disks", named(disks))
    .with(
        "reasons",
        Detail::Problems(told.iter().map(Cause::from).collect()),
    )
    .with("more", more)
}

fn named<'d>(disks: impl IntoIterator<Item = &'d Disk>) -> Detail {
    Detail::List(disks.into_iter().map(Detail::from).collect())
}

fn sector_of(disk: &Disk) -> Detail {
    Detail::Number(disk.sectors.logical.bytes())
}

fn of_disk(disk: &Disk, id: ProblemId, message: String) -> Problem {
    error(id, message, "Choose another disk.").with("disk", disk)
}

fn names(disks: &[&Disk]) -> String {
    let list: Vec<String> = disks
        .iter()
        .map(|disk| DiskIdentity::of(disk).description())
        .collect();
    list.join("; ")
}

fn error(id: ProblemId, message: String, mend: &str) -> Problem {
    Problem {
        id,
        severity: Severity::Error,
        field: FIELD.to_owned(),
        message,
        mend: mend.to_owned(),
        details: Details::NONE,
    }
}
