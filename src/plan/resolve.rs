//! From a machine and a preset to a plan, or to the problems between the two.

use super::identifiers::{Identifiers, Seed};
use super::problem::{Problem, ProblemId, Severity};
use super::step::{Account, Action, NewFileSystem, Step, TargetFile, TargetPath};
use super::{DiskIdentity, FORMAT, Plan, checks, disk_choice, losses};
use crate::machine::{Content, Disk, Fact, Firmware, Machine, Nixpkgs, Table, TableKind};
use crate::nixos::{self, BootLoader, FileSystemEntry};
use crate::preset::{Choices, Environment, Preset, Release};
use crate::storage::{self, NewPartition, NewTable, PartitionRole, Start};
use crate::units::Bytes;

/// The errors that keep a preset from being installed, and the warnings beside them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Problems(pub Vec<Problem>);

/// Decides everything about an installation.
///
/// Pure, and the same for the same inputs: the wizard calls it after every change.
///
/// # Errors
/// All problems that can be told at once, at least one of them an error.
pub fn resolve(machine: &Machine, preset: &Preset, seed: Seed) -> Result<Plan, Problems> {
    let medium = machine.medium.nixpkgs.known();
    let release = medium.and_then(|found| found.release.parse::<Release>().ok());
    let mut problems = checks::machine(machine);
    problems.extend(checks::preset(preset, release.as_ref()));
    let root_minimum = root_minimum(preset.desktop.environment.unwrap_or(Environment::None));
    let start = match machine.firmware.known() {
        Some(Firmware::Bios) => Start::BiosBoot,
        // For the others a problem is told above.
        Some(Firmware::Uefi { .. } | Firmware::DeviceTree) | None => Start::Esp,
    };
    let needed = storage::disk_minimum(start, root_minimum);
    let disk = match disk_choice::choose(machine, &preset.disk.choose, needed) {
        Ok(disk) => {
            problems.extend(checks::disk(disk, start));
            Some(disk)
        }
        Err(problem) => {
            problems.push(problem);
            None
        }
    };
    let blocked = problems
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    let (Some(disk), Some(nixpkgs), Some(release), false) = (disk, medium, release, blocked) else {
        return Err(Problems(problems));
    };
    let draft = Draft {
        machine,
        preset,
        disk,
        nixpkgs,
        release,
        start,
        root_minimum,
    };
    draft
        .plan(seed, problems)
        .map_err(|problem| Problems(vec![problem]))
}

/// The least that a root file system must hold: two generations of the system and room to build.
const fn root_minimum(desktop: Environment) -> Bytes {
    match desktop {
        Environment::None => Bytes::gib(6),
        _ => Bytes::gib(15),
    }
}

/// Everything that a plan is made from, once nothing stands in its way.
struct Draft<'a> {
    machine: &'a Machine,
    preset: &'a Preset,
    disk: &'a Disk,
    nixpkgs: &'a Nixpkgs,
    release: Release,
    start: Start,
    root_minimum: Bytes,
}

impl Draft<'_> {
    fn plan(&self, seed: Seed, warnings: Vec<Problem>) -> Result<Plan, Problem> {
        let mut ids = Identifiers::new(seed, present_identifiers(self.machine));
        let nonce = ids.nonce();
        let table = self.table(&mut ids)?;
        let file_systems = file_systems(&table, &mut ids);
        let (choices, decisions) = Choices::new(self.preset, &self.release)
            .ok_or_else(|| internal("a default has lost its form"))?;
        let files = self.files(&choices, &file_systems)?;
        let steps = self.steps(&table, &file_systems, files);
        Ok(Plan {
            format: FORMAT,
            nonce,
            architecture: self.machine.architecture,
            nixpkgs: self.nixpkgs.clone(),
            disk: DiskIdentity::of(self.disk),
            table,
            losses: losses::of(self.disk),
            decisions,
            warnings,
            steps: (1..)
                .zip(steps)
                .map(|(number, action)| Step { number, action })
                .collect(),
        })
    }

    fn table(&self, ids: &mut Identifiers) -> Result<NewTable, Problem> {
        let disk = self.disk;
        storage::erase(
            disk.size,
            disk.sectors.logical,
            self.start,
            self.machine.architecture,
            self.root_minimum,
            || ids.uuid(),
        )
        .map_err(|too_small| Problem {
            id: ProblemId::DiskTooSmall,
            severity: Severity::Error,
            field: "disk.choose".to_owned(),
            message: too_small.to_string(),
            mend: "Choose a larger disk.".to_owned(),
        })
    }

    /// The files of `/etc/nixos`.
    fn files(
        &self,
        choices: &Choices,
        file_systems: &[PlannedFileSystem],
    ) -> Result<Vec<TargetFile>, Problem> {
        let entries: Vec<FileSystemEntry> = file_systems.iter().map(|fs| fs.entry()).collect();
        let system = nixos::System {
            choices,
            release: &self.release,
            architecture: self.machine.architecture,
            boot_loader: match self.start {
                Start::Esp => BootLoader::SystemdBoot {
                    efi_variables: !self.disk.removable,
                },
                Start::BiosBoot => BootLoader::Grub {
                    device: self.disk.lasting_path().clone(),
                },
            },
            hardware: &self.machine.hardware,
            file_systems: &entries,
        };
        let written =
            nixos::configuration(&system).map_err(|error| internal(&error.to_string()))?;
        let file = |name: &str, text: String| {
            let path = TargetPath::try_from(std::path::Path::new("/etc/nixos").join(name))
                .map_err(|error| internal(&error.to_string()))?;
            Ok(TargetFile {
                path,
                mode: 0o644,
                text,
            })
        };
        Ok(vec![
            file("configuration.nix", written.configuration)?,
            file("hardware-configuration.nix", written.hardware_configuration)?,
        ])
    }

    /// The order of an install.
    fn steps(
        &self,
        table: &NewTable,
        file_systems: &[PlannedFileSystem],
        files: Vec<TargetFile>,
    ) -> Vec<Action> {
        let disk = self.disk.path.clone();
        let mut steps = vec![
            Action::Evaluate {
                files: files.clone(),
            },
            Action::CheckIdentity {
                disk: DiskIdentity::of(self.disk),
            },
            Action::SaveTable { disk: disk.clone() },
            Action::Inhibit,
            Action::Release { disk: disk.clone() },
            Action::Wipe { disk: disk.clone() },
            Action::WriteTable {
                disk,
                table: table.clone(),
            },
        ];
        steps.extend(file_systems.iter().map(PlannedFileSystem::make));
        steps.extend(file_systems.iter().map(PlannedFileSystem::mount));
        steps.push(Action::WriteFiles { files });
        steps.push(Action::Build);
        steps.push(Action::InstallSystem {
            channel: self.nixpkgs.channel.clone(),
        });
        let accounts = self.accounts();
        if !accounts.is_empty() {
            steps.push(Action::SetPasswords { accounts });
        }
        steps.extend([Action::KeepRecord, Action::Unmount, Action::Verify]);
        steps
    }

    fn accounts(&self) -> Vec<Account> {
        let root = self.preset.root.iter().map(|_| Account::Root);
        root.chain(
            self.preset
                .users
                .iter()
                .map(|user| Account::User(user.name.clone())),
        )
        .collect()
    }
}

/// A file system that the plan makes and mounts.
struct PlannedFileSystem {
    partition: NewPartition,
    file_system: NewFileSystem,
    at: TargetPath,
    options: Vec<String>,
}

impl PlannedFileSystem {
    fn make(&self) -> Action {
        Action::MakeFileSystem {
            partition: self.partition.guid,
            file_system: self.file_system.clone(),
        }
    }

    fn mount(&self) -> Action {
        Action::Mount {
            partition: self.partition.guid,
            at: self.at.clone(),
            kind: self.file_system.name().to_owned(),
            options: self.options.clone(),
        }
    }

    fn entry(&self) -> FileSystemEntry {
        FileSystemEntry {
            mount_point: self.at.to_string(),
            device: format!("/dev/disk/by-uuid/{}", self.file_system.identifier()),
            kind: self.file_system.name().to_owned(),
            options: self.options.clone(),
        }
    }
}

/// A file system for every partition that holds one, root first, so that mounting in this order
/// works.
fn file_systems(table: &NewTable, ids: &mut Identifiers) -> Vec<PlannedFileSystem> {
    let mut planned: Vec<PlannedFileSystem> = table
        .partitions
        .iter()
        .filter_map(|partition| {
            let (at, file_system, options) = match partition.role {
                PartitionRole::BiosBoot => return None,
                PartitionRole::Esp => (
                    "/boot",
                    NewFileSystem::Vfat {
                        id: ids.volume_id(),
                        label: "BOOT".to_owned(),
                    },
                    vec!["fmask=0077".to_owned(), "dmask=0077".to_owned()],
                ),
                PartitionRole::RootX86_64 | PartitionRole::RootAarch64 => (
                    "/",
                    NewFileSystem::Ext4 {
                        uuid: ids.uuid(),
                        label: "nixos".to_owned(),
                    },
                    Vec::new(),
                ),
            };
            let at = at.parse().ok()?;
            Some(PlannedFileSystem {
                partition: partition.clone(),
                file_system,
                at,
                options,
            })
        })
        .collect();
    planned.sort_by_key(|fs| fs.at.as_path().components().count());
    planned
}

/// Every identifier that some disk of the machine already has.
fn present_identifiers(machine: &Machine) -> Vec<String> {
    let disks = machine.disks.known().map(Vec::as_slice).unwrap_or_default();
    let content_id = |content: &Content| match content {
        Content::Formatted(fs) => fs.uuid.clone(),
        Content::Blank | Content::Unknown(_) => None,
    };
    let mut present = Vec::new();
    for disk in disks {
        match &disk.table {
            Fact::Known(Table::Partitioned {
                kind, partitions, ..
            }) => {
                present.push(match kind {
                    TableKind::Gpt { guid } => guid.clone(),
                    TableKind::Mbr { signature } => signature.clone(),
                });
                present.extend(partitions.iter().filter_map(|p| p.guid.clone()));
                present.extend(partitions.iter().filter_map(|p| content_id(&p.content)));
            }
            Fact::Known(Table::Whole { content }) => present.extend(content_id(content)),
            Fact::Unknown(_) => {}
        }
    }
    present
}

/// A defect of the program, told as a problem so that nobody is left with a crash.
fn internal(message: &str) -> Problem {
    Problem {
        id: ProblemId::Defect,
        severity: Severity::Error,
        field: String::new(),
        message: format!("Nevado could not write the configuration: {message}"),
        mend: "This is a defect of Nevado; please report it with your preset.".to_owned(),
    }
}
