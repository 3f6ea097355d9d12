//! A step as it is shown while it is carried out: what it does and on what.

use super::super::steps::title;
use crate::plan::{Account, Action, Plan};
use crate::storage::{Device, PartitionId};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// A step of a plan, as far as it is shown while it is carried out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedStep {
    /// The tag that its action has in JSON, such as `make_file_system`; empty where nobody knows.
    pub action: String,
    /// What it does, in words.
    pub title: String,
    /// On what, in words of no language, such as `ext4 · / · /dev/vda2`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subject: String,
}

/// Between the parts of a subject.
pub(crate) const BETWEEN: &str = " · ";

/// What titles begin with, for steps that only their title is known of: a journal that was found. The
/// longer of two comes first.
const TITLES: [(&str, &str); 32] = [
    ("Evaluate the configuration", "evaluate"),
    ("Look at the disk again", "check_identity"),
    ("Keep a copy of the old partition table", "save_table"),
    ("Keep the computer awake", "inhibit"),
    ("Release", "release"),
    ("Make a file system smaller", "shrink"),
    ("Make a file system larger", "grow"),
    ("Make a file system", "make_file_system"),
    ("Try to mount what stays", "try_mount"),
    ("Look whether another system is hibernated", "find_sleepers"),
    ("Look for subvolumes that stay", "find_subvolumes"),
    ("Delete subvolumes", "delete_subvolumes"),
    ("Check a file system", "look_over"),
    ("Clear what is replaced on", "wipe"),
    ("Partition", "write_table"),
    ("Encrypt", "encrypt"),
    ("Open what is encrypted", "open_encrypted"),
    (
        "Try the passphrase on what stays encrypted",
        "try_container",
    ),
    ("Open what stays encrypted", "open_kept"),
    ("Remove what is in what stays encrypted", "wipe_inside"),
    ("Make subvolumes", "make_subvolumes"),
    ("Make swap", "make_swap"),
    ("Make a swap file", "make_swap_file"),
    ("Mount", "mount"),
    ("Write the configuration", "write_files"),
    ("Build the system", "build"),
    ("Install the system and its boot loader", "install_system"),
    ("Set passwords", "set_passwords"),
    ("Carry over network connections", "carry_connections"),
    ("Leave log and receipt", "keep_record"),
    ("Unmount", "unmount"),
    ("Read everything back", "verify"),
];

impl PlannedStep {
    /// How the steps of a plan are shown.
    pub fn all(plan: &Plan) -> Vec<Self> {
        let steps = plan.steps.iter().map(|step| &step.action);
        steps
            .map(|action| Self {
                subject: subject(plan, action),
                ..Self::of(action)
            })
            .collect()
    }

    /// How an action is shown whose plan is not known.
    pub fn of(action: &Action) -> Self {
        let form = serde_json::to_value(action).unwrap_or_default();
        let tag = form.get("do").and_then(|tag| tag.as_str());
        Self {
            action: tag.unwrap_or_default().to_owned(),
            ..Self::titled(&title(action))
        }
    }

    /// What a title tells; without an action where it is none of ours.
    pub fn titled(title: &str) -> Self {
        let known = TITLES.iter().find_map(|(words, action)| {
            let rest = title.strip_prefix(words)?;
            let is_whole = rest.is_empty() || rest.starts_with(' ');
            is_whole.then_some((rest, *action))
        });
        let (rest, action) = known.unwrap_or_default();
        let rest = rest.trim();
        let inside = rest.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
        Self {
            action: action.to_owned(),
            title: title.to_owned(),
            subject: inside.unwrap_or(rest).to_owned(),
        }
    }
}

/// What an action of a plan works on.
fn subject(plan: &Plan, action: &Action) -> String {
    let parts = match action {
        Action::CheckIdentity { disk } => vec![disk.path.display().to_string()],
        Action::SaveTable { disk }
        | Action::Release { disk }
        | Action::Wipe { disk }
        | Action::WriteTable { disk, .. } => vec![disk.display().to_string()],
        Action::FindSleepers { windows, linux } => {
            let nodes = windows.iter().chain(linux);
            nodes.map(|node| node.display().to_string()).collect()
        }
        Action::Shrink(smaller) => {
            let partition = node(plan, smaller.partition);
            vec![smaller.file_system.to_string(), partition]
        }
        Action::LookOver(larger) | Action::Grow(larger) => {
            let partition = node(plan, larger.partition);
            vec![larger.file_system.to_string(), partition]
        }
        Action::TryMount {
            partition, kind, ..
        } => vec![kind.clone(), node(plan, *partition)],
        Action::FindSubvolumes(kept) => vec![node(plan, kept.partition)],
        Action::DeleteSubvolumes { partition, .. }
        | Action::TryContainer { partition, .. }
        | Action::Encrypt { partition, .. }
        | Action::OpenEncrypted { partition, .. }
        | Action::OpenKept { partition, .. } => vec![node(plan, *partition)],
        Action::WipeInside { device }
        | Action::MakeSubvolumes { device, .. }
        | Action::MakeSwap { device, .. } => vec![shown(plan, device)],
        Action::MakeFileSystem {
            device,
            file_system,
        } => vec![
            file_system.name().to_owned(),
            mounted(plan, device),
            shown(plan, device),
        ],
        Action::MakeSwapFile { at, size, .. } => vec![at.to_string(), size.to_string()],
        Action::Mount { device, at, .. } => vec![at.to_string(), shown(plan, device)],
        Action::SetPasswords { accounts } => {
            let names: Vec<&str> = accounts.iter().map(Account::name).collect();
            vec![names.join(", ")]
        }
        Action::Evaluate { .. }
        | Action::Inhibit
        | Action::WriteFiles { .. }
        | Action::Build { .. }
        | Action::InstallSystem { .. }
        | Action::CarryConnections
        | Action::KeepRecord
        | Action::Unmount
        | Action::Verify => Vec::new(),
    };
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(BETWEEN)
}

/// Where a new file system is mounted first.
fn mounted(plan: &Plan, device: &Device) -> String {
    let mut steps = plan.steps.iter().map(|step| &step.action);
    let at = steps.find_map(|action| match action {
        Action::Mount { device: of, at, .. } if of == device => Some(at.to_string()),
        _ => None,
    });
    at.unwrap_or_default()
}

fn shown(plan: &Plan, device: &Device) -> String {
    match device {
        Device::Partition(partition) => node(plan, *partition),
        Device::Mapped { name, .. } => name.path().display().to_string(),
    }
}

/// The node that a partition will have; nothing if the plan has no such partition.
fn node(plan: &Plan, partition: PartitionId) -> String {
    let found = plan.disks().find_map(|disk| {
        let new = disk.table.partitions.iter().map(|new| (new.id, new.number));
        let kept = disk.table.kept().iter().map(|kept| (kept.id, kept.number));
        let (_, number) = new.chain(kept).find(|(id, _)| *id == partition)?;
        Some(of_disk(&disk.identity.path, number))
    });
    found.unwrap_or_default()
}

/// As the kernel names partitions: a letter stands between two digits.
fn of_disk(disk: &Path, number: u32) -> String {
    let disk = disk.display().to_string();
    match disk.ends_with(|last: char| last.is_ascii_digit()) {
        true => format!("{disk}p{number}"),
        false => format!("{disk}{number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        let machine = include_str!("../../../tests/machines/qemu-uefi.json");
        let machine = serde_json::from_str(machine).unwrap();
        let preset = include_str!("../../../assets/demo/preset.toml");
        let mut preset = crate::preset::read(preset, "demo").unwrap();
        preset.disk.choose = crate::preset::DiskChoice::Only;
        let seed = crate::plan::Seed::new([3; 32]);
        let Ok(plan) = crate::plan::resolve(&machine, &preset, seed) else {
            panic!("the demonstration can be planned")
        };
        plan
    }

    #[test]
    fn a_title_tells_what_its_action_does() {
        let plan = plan();
        assert!(plan.steps.len() > 14);
        for step in &plan.steps {
            let of = PlannedStep::of(&step.action);
            assert_eq!(PlannedStep::titled(&of.title), of);
        }
        let other = PlannedStep::titled("Mountains");
        assert_eq!((other.action.as_str(), other.subject.as_str()), ("", ""));
        let ext4 = PlannedStep::titled("Make a file system (ext4)");
        assert_eq!(ext4.action, "make_file_system");
        assert_eq!(ext4.subject, "ext4");
    }

    #[test]
    fn every_title_of_a_step_is_known() {
        let source = include_str!("../steps/mod.rs");
        let titles = source.split("pub fn title").nth(1).unwrap();
        let titles = titles.lines().filter_map(|line| line.split('"').nth(1));
        let titles: Vec<&str> = titles.collect();
        assert_eq!(titles.len(), TITLES.len());
        for title in titles {
            assert_ne!(PlannedStep::titled(title).action, "", "{title}");
        }
    }

    #[test]
    fn no_two_steps_of_a_plan_look_alike() {
        let steps = PlannedStep::all(&plan());
        for (index, step) in steps.iter().enumerate() {
            let is_like = |other: &PlannedStep| {
                (&other.action, &other.subject) == (&step.action, &step.subject)
            };
            assert!(!steps[..index].iter().any(is_like), "{step:?}");
        }
        let file_systems = steps.iter().filter(|it| it.action == "make_file_system");
        let subjects: Vec<&str> = file_systems.map(|it| it.subject.as_str()).collect();
        assert!(
            subjects.contains(&"vfat · /boot · /dev/vda1"),
            "{subjects:?}"
        );
    }

    #[test]
    fn a_letter_stands_between_two_digits() {
        assert_eq!(of_disk(Path::new("/dev/nvme0n1"), 2), "/dev/nvme0n1p2");
        assert_eq!(of_disk(Path::new("/dev/sda"), 2), "/dev/sda2");
    }
}
