//! A plan in words, for the terminal and for golden tests: printing it is the dry run.

use super::step::{Action, TargetFile};
use super::table_text::table;
use super::{Fate, Plan, PlannedDisk};
use crate::preset::{Origin, shown_field};
use crate::storage::{KeptSubvolumes, KeySlots, NewFileSystem, PartitionRole, SubvolumeName};
use std::fmt::{self, Display, Write};

/// The whole plan, files included, as [`Display`].
pub struct PlanText<'a>(pub &'a Plan);

impl Display for PlanText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plan = self.0;
        writeln!(f, "Plan {}", plan.nonce)?;
        let nixpkgs = &plan.nixpkgs;
        writeln!(
            f,
            "NixOS {}{} for {}, from {}\n",
            nixpkgs.release,
            nixpkgs.version_suffix,
            plan.architecture.nix_system(),
            nixpkgs.path.display()
        )?;
        settings(f, plan)?;
        plan.disks().try_for_each(|planned| disk(f, planned))?;
        for warning in &plan.warnings {
            writeln!(f, "{warning}\n")?;
        }
        writeln!(f, "Steps")?;
        for step in &plan.steps {
            writeln!(f, "  {:>2}. {}", step.number, step.action)?;
        }
        let files = plan.steps.iter().find_map(|step| match &step.action {
            Action::WriteFiles { files } => Some(files),
            _ => None,
        });
        files
            .into_iter()
            .flatten()
            .try_for_each(|file| self::file(f, file))
    }
}

fn settings(f: &mut fmt::Formatter<'_>, plan: &Plan) -> fmt::Result {
    writeln!(f, "Settings (* decided by default)")?;
    let width = plan
        .decisions
        .iter()
        .map(|d| shown_field(&d.field).len())
        .max()
        .unwrap_or_default();
    for decision in &plan.decisions {
        let mark = match decision.origin {
            Origin::Asked => ' ',
            Origin::Default => '*',
        };
        let field = shown_field(&decision.field);
        writeln!(f, "{mark} {field:width$}  {}", decision.value)?;
    }
    writeln!(f)
}

fn disk(f: &mut fmt::Formatter<'_>, disk: &PlannedDisk) -> fmt::Result {
    writeln!(f, "Disk\n  {}", disk.identity.description())?;
    if let Some(by_id) = &disk.identity.by_id {
        writeln!(f, "  {}", by_id.display())?;
    }
    writeln!(f)?;
    if disk.losses.is_empty() {
        let why = match disk.fate() {
            Fate::AllStays => "everything on the disk stays",
            Fate::SomeShrinks => "everything on the disk stays, and a part of it is made smaller",
            Fate::SomeGrows => "everything on the disk stays, and a part of it is made larger",
            Fate::Blank | Fate::AllGoes | Fate::SomeGoes => "the disk is blank",
        };
        writeln!(f, "Will be lost\n  nothing: {why}\n")?;
    } else {
        writeln!(f, "Will be lost")?;
        for loss in &disk.losses {
            writeln!(f, "  {loss}")?;
        }
        writeln!(f)?;
    }
    for (how, resized) in [("smaller", &disk.shrunk), ("larger", &disk.grown)] {
        if resized.is_empty() {
            continue;
        }
        writeln!(f, "Will be made {how}")?;
        for resized in resized {
            writeln!(f, "  {resized}")?;
        }
        writeln!(f)?;
    }
    table(f, &disk.table)
}

fn file(f: &mut fmt::Formatter<'_>, file: &TargetFile) -> fmt::Result {
    writeln!(f, "\n{} ({:04o})", file.path, file.mode)?;
    let mut text = String::new();
    for line in file.text.lines() {
        writeln!(text, "  │ {line}")?;
    }
    f.write_str(&text.replace("  │ \n", "  │\n"))
}

impl Display for PartitionRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Esp => "EFI system",
            Self::Xbootldr => "boot loader",
            Self::BiosBoot => "BIOS boot",
            Self::Boot => "boot",
            Self::Swap => "swap",
            Self::Home => "home",
            Self::Linux => "Linux",
            Self::RootX86_64 => "root (x86-64)",
            Self::RootAarch64 => "root (aarch64)",
        })
    }
}

impl Display for NewFileSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, label) = (self.name(), self.label());
        write!(f, "{name} “{label}” {}", self.identifier())
    }
}

impl Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Evaluate { .. } => f.write_str("Evaluate the configuration"),
            Self::CheckIdentity { disk } => {
                write!(
                    f,
                    "Check that {} is still the same disk",
                    disk.path.display()
                )
            }
            Self::Shrink(smaller) => write!(
                f,
                "Make the {} in partition {} smaller: from {} to {}, checked before and after",
                smaller.file_system, smaller.partition, smaller.from, smaller.to
            ),
            Self::LookOver(larger) => write!(
                f,
                "Check the {} in partition {} before it is made larger",
                larger.file_system, larger.partition
            ),
            Self::TryMount {
                partition,
                container,
                kind,
            } => {
                let place = match container {
                    Some(_) => "the container in ",
                    None => "",
                };
                write!(
                    f,
                    "Try to mount the {kind} in {place}partition {partition}, which stays, without writing to it"
                )
            }
            Self::FindSubvolumes(named) => find_subvolumes(named, f),
            Self::DeleteSubvolumes {
                partition,
                subvolumes,
            } => write!(
                f,
                "Delete the {} in partition {partition}",
                named(subvolumes)
            ),
            Self::Grow(larger) => write!(
                f,
                "Make the {} in partition {} larger: from {} to {}, checked afterwards",
                larger.file_system, larger.partition, larger.from, larger.to
            ),
            Self::FindSleepers { windows, linux } => {
                let nodes = windows.iter().chain(linux);
                let nodes: Vec<String> = nodes.map(|node| node.display().to_string()).collect();
                write!(
                    f,
                    "Look whether a system that stays is hibernated, in {}",
                    listed(&nodes)
                )
            }
            Self::SaveTable { disk } => {
                write!(
                    f,
                    "Keep a copy of the partition table of {}",
                    disk.display()
                )
            }
            Self::Inhibit => f.write_str("Keep the computer awake"),
            Self::Release { disk } => write!(f, "Unmount and close what is on {}", disk.display()),
            Self::Wipe { disk } => write!(
                f,
                "Clear what is replaced on {}, so that nothing is taken for what was there",
                disk.display()
            ),
            Self::WriteTable { disk, table } if !table.base.is_new() => write!(
                f,
                "Change the partition table of {}: {} new, {} kept",
                disk.display(),
                table.partitions.len(),
                table.kept().len()
            ),
            Self::WriteTable { disk, table } => write!(
                f,
                "Write a partition table with {} partition{} to {}",
                table.partitions.len(),
                plural(table.partitions.len()),
                disk.display()
            ),
            Self::Encrypt { partition, luks } => {
                let memory = luks.key_derivation.memory;
                write!(f, "Encrypt partition {partition}: LUKS2 {}, ", luks.uuid)?;
                write!(f, "argon2id with up to {memory} of memory")?;
                match luks.key_slots {
                    KeySlots::Passphrase => Ok(()),
                    KeySlots::PassphraseAndRecoveryKey => f.write_str(", and a recovery key"),
                }
            }
            Self::OpenEncrypted { partition, luks } => {
                let discards = if luks.discards { ", TRIM allowed" } else { "" };
                write!(f, "Open partition {partition} as {}{discards}", luks.name)
            }
            Self::TryContainer { partition, luks } => write!(
                f,
                "Try the passphrase on the container {} in partition {partition}, which stays",
                luks.uuid
            ),
            Self::OpenKept { partition, luks } => {
                write!(
                    f,
                    "Open partition {partition} as {}, its header as it is",
                    luks.name
                )
            }
            Self::WipeInside { device } => {
                write!(f, "Remove what is in {device}, whose container stays")
            }
            Self::MakeSubvolumes { device, subvolumes } => {
                write!(f, "Make the {} in {device}", named(subvolumes))
            }
            Self::MakeSwap { device, uuid } => write!(f, "Make swap {uuid} in {device}"),
            Self::MakeSwapFile { at, size, .. } => write!(f, "Make a swap file {at}, {size}"),
            Self::MakeFileSystem {
                device,
                file_system,
            } => {
                write!(f, "Make {file_system} in {device}")
            }
            Self::Mount {
                device,
                at,
                kind,
                options,
            } => {
                write!(f, "Mount the {kind} in {device} at {at}")?;
                if !options.is_empty() {
                    write!(f, " with {}", options.join(","))?;
                }
                Ok(())
            }
            Self::WriteFiles { files } => {
                let names: Vec<String> = files.iter().map(|file| file.path.to_string()).collect();
                write!(f, "Write {}", listed(&names))
            }
            Self::Build { flake: None } => f.write_str("Build the system"),
            Self::Build { flake: Some(name) } => {
                write!(f, "Build the system {name} from the flake")
            }
            Self::InstallSystem {
                channel: Some(path),
                ..
            } => {
                write!(
                    f,
                    "Install the system, boot loader and channel {}",
                    path.display()
                )
            }
            Self::InstallSystem { channel: None, .. } => {
                f.write_str("Install the system and boot loader")
            }
            Self::SetPasswords { accounts } => {
                let names: Vec<&str> = accounts.iter().map(|account| account.name()).collect();
                let many = plural(names.len());
                write!(f, "Set the password{many} of {}", listed(&names))
            }
            Self::CarryConnections => {
                f.write_str("Carry over the live system's network connections, Wi-Fi among them")
            }
            Self::KeepRecord => f.write_str("Leave log and receipt in the new system"),
            Self::Unmount => f.write_str("Unmount the new system"),
            Self::Verify => f.write_str("Read everything back and compare it with the plan"),
        }
    }
}

/// A list as it is said: `a`, `a and b`, `a, b and c`.
fn listed<S: AsRef<str>>(names: &[S]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// What a noun ends with where there are so many.
const fn plural(count: usize) -> &'static str {
    match count {
        1 => "",
        _ => "s",
    }
}

fn names(subvolumes: &[SubvolumeName]) -> Vec<&str> {
    subvolumes.iter().map(SubvolumeName::as_str).collect()
}

/// Subvolumes by their names: `subvolume home`, `subvolumes home and nix`.
fn named(subvolumes: &[SubvolumeName]) -> String {
    let many = plural(subvolumes.len());
    format!("subvolume{many} {}", listed(&names(subvolumes)))
}

fn find_subvolumes(named: &KeptSubvolumes, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let partition = named.partition;
    match named.stay.is_empty() {
        true => write!(f, "Look at the subvolumes in partition {partition}")?,
        false => {
            let stay = self::named(&named.stay);
            let verb = if named.stay.len() == 1 {
                "stays"
            } else {
                "stay"
            };
            write!(
                f,
                "Look for the {stay} in partition {partition}, which {verb}"
            )?;
        }
    }
    if !named.new.is_empty() {
        let new = names(&named.new).join(" or ");
        write!(f, "; nothing there may be called {new}")?;
    }
    if !named.gone.is_empty() {
        let gone = listed(&names(&named.gone));
        write!(f, "; {gone} must be there, to be deleted")?;
    }
    Ok(())
}
