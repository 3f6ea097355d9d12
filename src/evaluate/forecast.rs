//! What the installation will download and write, held against the room on the new file systems.

use super::missing::Missing;
use crate::plan::{Action, Details, Plan, Problem, ProblemId, Severity, Step};
use crate::storage::Device;
use crate::units::Bytes;
use std::fmt;
use std::path::{Path, PathBuf};

/// For what is built here, the initrd, logs and temporary files; an estimate.
const BUILD_ROOM: Bytes = Bytes::gib(1);

/// Kernels and initrds of a few generations: about 100 MiB each, an estimate.
const KERNELS: Bytes = Bytes::mib(300);

/// What of a file system is left for files, in hundredths: inodes, journal and reserve take the rest.
const FOR_FILES: u64 = 95;

/// Room on a new file system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// Where it is mounted in the target.
    pub at: PathBuf,
    /// What is left for files.
    pub free: Bytes,
}

/// What will be fetched and built, and the room for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// What the build needs.
    pub missing: Missing,
    rooms: Vec<Room>,
}

impl Forecast {
    /// Holds what is missing against the file systems that `plan` makes. Of those that it keeps, the
    /// room is not known, and nothing is said.
    pub fn new(plan: &Plan, missing: Missing) -> Self {
        let rooms = plan
            .steps
            .iter()
            .filter_map(|step| room(plan, &step.action));
        Self {
            missing,
            rooms: rooms.collect(),
        }
    }

    /// The file system that a path of the target lies on.
    fn room_of(&self, path: &str) -> Option<&Room> {
        let holds = self
            .rooms
            .iter()
            .filter(|room| Path::new(path).starts_with(&room.at));
        holds.max_by_key(|room| room.at.components().count())
    }

    /// The new file system that the store lies on, if the plan makes it.
    pub fn store_room(&self) -> Option<&Room> {
        self.room_of("/nix/store")
    }

    /// What does not fit.
    pub fn problems(&self) -> Vec<Problem> {
        [self.store(), self.kernels(), self.unobtainable()]
            .into_iter()
            .flatten()
            .collect()
    }

    fn store(&self) -> Option<Problem> {
        let room = self.room_of("/nix/store")?;
        let system = self.missing.unpacked;
        let needed = |systems: u64| {
            let store = system.0.saturating_mul(systems);
            Bytes(store.saturating_add(BUILD_ROOM.0))
        };
        let at = room.at.display();
        if needed(1) > room.free {
            return Some(Problem {
                id: ProblemId::SystemTooLarge,
                severity: Severity::Error,
                field: "disk".to_owned(),
                message: format!(
                    "the system needs about {} on {at} ({system} of packages, {BUILD_ROOM} to build), and \
                     {} are free there",
                    needed(1),
                    room.free
                ),
                mend: "Choose a larger disk, or fewer packages.".to_owned(),
                details: Details::NONE
                    .with("needed", needed(1))
                    .with("path", room.at.as_path())
                    .with("system", system)
                    .with("build", BUILD_ROOM)
                    .with("free", room.free),
            });
        }
        (needed(2) > room.free).then(|| Problem {
            id: ProblemId::NoRoomForUpdates,
            severity: Severity::Warning,
            field: "disk".to_owned(),
            message: format!(
                "the system takes {system} of the {} on {at}: an update that replaces most of it would \
                 not fit beside it",
                room.free
            ),
            mend: "Choose a larger disk, or remove old generations before each update.".to_owned(),
            details: Details::NONE
                .with("system", system)
                .with("path", room.at.as_path())
                .with("free", room.free),
        })
    }

    /// Where kernels lie apart from the store.
    fn kernels(&self) -> Option<Problem> {
        let room = self
            .room_of("/boot")
            .filter(|room| room.at != Path::new("/"))?;
        (room.free < KERNELS).then(|| Problem {
            id: ProblemId::BootTooSmall,
            severity: Severity::Error,
            field: "disk".to_owned(),
            message: format!(
                "{} are free on {}, and kernels of a few generations take about {KERNELS}",
                room.free,
                room.at.display()
            ),
            mend: "Make it larger.".to_owned(),
            details: Details::NONE
                .with("free", room.free)
                .with("path", room.at.as_path())
                .with("needed", KERNELS),
        })
    }

    fn unobtainable(&self) -> Option<Problem> {
        self.missing.unobtainable.then(|| Problem {
            id: ProblemId::Unobtainable,
            severity: Severity::Error,
            field: "system".to_owned(),
            message: "Nix does not know where to get some of the system's packages".to_owned(),
            mend: "Connect this computer to the network, or choose what the medium carries."
                .to_owned(),
            details: Details::NONE,
        })
    }
}

/// The room on what a step mounts, if the plan makes a file system there.
fn room(plan: &Plan, action: &Action) -> Option<Room> {
    let Action::Mount { device, at, .. } = action else {
        return None;
    };
    let is_made = |step: &Step| match &step.action {
        Action::MakeFileSystem { device: made, .. } => made == device,
        _ => false,
    };
    let size = size(plan, device)?;
    plan.steps.iter().any(is_made).then(|| Room {
        at: at.as_path().to_owned(),
        free: Bytes(size.0 / 100 * FOR_FILES),
    })
}

/// How large a new partition of the plan is. A container is a little smaller than its partition.
fn size(plan: &Plan, device: &Device) -> Option<Bytes> {
    let around = |step: &Step| match &step.action {
        Action::Encrypt { partition, luks } if luks.device() == *device => Some(*partition),
        _ => None,
    };
    let id = match device {
        Device::Partition(id) => *id,
        Device::Mapped { .. } => plan.steps.iter().find_map(around)?,
    };
    let table = &plan.disk_of(id)?.table;
    let found = table.partitions.iter().find(|p| p.id == id)?;
    Some(found.length.bytes(table.sector_size))
}

impl fmt::Display for Forecast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.missing.fmt(f)?;
        match self.room_of("/nix/store") {
            Some(room) => write!(f, "; {} are free on {}", room.free, room.at.display()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forecast(root: Bytes, boot: Option<Bytes>, unpacked: Bytes) -> Forecast {
        let at = |at: &str, free| Room {
            at: at.into(),
            free,
        };
        let boot = boot.map(|free| at("/boot", free));
        Forecast {
            missing: Missing {
                unpacked,
                paths: 812,
                ..Missing::default()
            },
            rooms: [at("/", root)].into_iter().chain(boot).collect(),
        }
    }

    fn found(forecast: &Forecast) -> Vec<(ProblemId, Severity)> {
        let problems = forecast.problems();
        problems.into_iter().map(|p| (p.id, p.severity)).collect()
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_numbers() {
        let large = forecast(Bytes::gib(10), Some(Bytes::mib(900)), Bytes::gib(12));
        let problems = large.problems();
        assert_eq!(problems.len(), 1);
        assert_eq!(
            problems.first().unwrap().message,
            "the system needs about 13 GiB on / (12 GiB of packages, 1 GiB to build), and 10 GiB are \
             free there"
        );
        let tight = forecast(Bytes::gib(10), None, Bytes::gib(6));
        assert_eq!(
            found(&tight),
            [(ProblemId::NoRoomForUpdates, Severity::Warning)]
        );
        assert_eq!(found(&forecast(Bytes::gib(10), None, Bytes::gib(4))), []);
        let boot = forecast(Bytes::gib(10), Some(Bytes::mib(299)), Bytes::gib(1));
        assert_eq!(found(&boot), [(ProblemId::BootTooSmall, Severity::Error)]);
    }

    #[test]
    fn kernels_beside_the_store_need_no_room_of_their_own() {
        let mut small = forecast(Bytes::mib(200), None, Bytes(0));
        small.missing.unobtainable = true;
        let ids: Vec<ProblemId> = small.problems().into_iter().map(|p| p.id).collect();
        assert_eq!(ids, [ProblemId::SystemTooLarge, ProblemId::Unobtainable]);
    }

    #[test]
    fn rooms_are_those_of_the_plan() {
        let text = include_str!("../../tests/machines/windows-laptop.json");
        let machine: crate::machine::Machine = serde_json::from_str(text).unwrap();
        let preset = "version = 1\n[[users]]\nname = \"ada\"\nadministrator = true\n";
        let preset = crate::preset::read(preset, "test").unwrap();
        let seed = crate::plan::Seed::new([1; 32]);
        let plan = crate::plan::resolve(&machine, &preset, seed).unwrap();
        let forecast = Forecast::new(&plan, Missing::default());
        let size = |role: &str| {
            let mut partitions = plan.disk.table.partitions.iter();
            let found = partitions.find(|p| p.role.to_string().starts_with(role));
            found.unwrap().length.bytes(plan.disk.table.sector_size).0
        };
        let free = |path| forecast.room_of(path).unwrap().free.0;
        assert_eq!(free("/nix/store"), size("root") / 100 * FOR_FILES);
        assert_eq!(free("/boot"), size("EFI") / 100 * FOR_FILES);
    }
}
