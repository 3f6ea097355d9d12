//! The problems of what the preset asks for, and those of the disk once it is chosen.

use super::{Detail, Details, DiskIdentity, Problem, ProblemId, Severity, names, system_checks};
use crate::keyboard::picture_in_use;
use crate::machine::{Content, Disk, Fact, Firmware, Partition, Table};
use crate::preset::{Encryption, Keys, Passphrase, Preset, Release};
use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;

/// Packages that people ask for by name and that carry an unfree licence.
const UNFREE: [&str; 7] = [
    "discord",
    "google-chrome",
    "obsidian",
    "spotify",
    "steam",
    "vscode",
    "zoom-us",
];

/// A problem from its parts.
pub(super) fn problem(
    id: ProblemId,
    severity: Severity,
    field: &str,
    message: impl Into<String>,
    mend: &str,
) -> Problem {
    Problem {
        id,
        severity,
        field: field.to_owned(),
        message: message.into(),
        mend: mend.to_owned(),
        details: Details::NONE,
    }
}

/// What the preset asks for that can't be, or should not be.
pub(super) fn preset(preset: &Preset, release: Option<&Release>) -> Vec<Problem> {
    let mut problems = accounts(preset);
    if let (Some(asked), Some(release)) = (&preset.system.state_version, release)
        && asked > release
    {
        problems.push(
            problem(
                ProblemId::StateVersionTooNew,
                Severity::Error,
                "system.state_version",
                format!("{asked} is newer than NixOS {release}, which is on the medium"),
                "Leave it out: the release on the medium is the right one for a new installation.",
            )
            .with("asked", Detail::code(asked))
            .with("release", Detail::code(release)),
        );
    }
    if preset.keyboard.variant.is_some() && preset.keyboard.layout.is_none() {
        problems.push(problem(
            ProblemId::VariantWithoutLayout,
            Severity::Error,
            "keyboard.variant",
            "a variant belongs to a layout, and none is given",
            "Add `layout` beside it.",
        ));
    }
    problems.extend(passphrase(preset));
    problems.extend(names::check(preset));
    problems.extend(unfree(preset));
    problems.extend(system_checks::check(preset, release));
    problems
}

/// At the boot, the passphrase is typed on the console, which knows no input method and no dead keys.
fn passphrase(preset: &Preset) -> Option<Problem> {
    let (layout, variant) = preset.layout_and_variant();
    let keys = picture_in_use(layout, variant);
    let is_hard = |text: &str| match &keys {
        Some(keys) => !keys.cannot_type(text).is_empty(),
        None => !text.is_ascii(),
    };
    match &preset.disk.encrypt {
        Some(Encryption::On(Keys {
            passphrase: Passphrase::Plain(text),
            ..
        })) if is_hard(text.expose()) => Some(problem(
            ProblemId::PassphraseHardToType,
            Severity::Warning,
            "disk.encrypt",
            "the passphrase of the disk has letters that may be impossible to type at the boot",
            "Use the letters a to z, digits and the signs of a US keyboard.",
        )),
        _ => None,
    }
}

fn unfree(preset: &Preset) -> Option<Problem> {
    let names: Vec<&str> = preset
        .software
        .packages
        .iter()
        .map(|name| name.as_str())
        .collect();
    let unfree: Vec<&str> = names
        .into_iter()
        .filter(|name| UNFREE.contains(name))
        .collect();
    if unfree.is_empty() || preset.software.unfree == Some(true) {
        return None;
    }
    Some(
        problem(
            ProblemId::UnfreeNeeded,
            Severity::Error,
            "software.unfree",
            format!(
                "{} can't be installed without unfree software",
                unfree.join(", ")
            ),
            "Write `unfree = true`, or leave them out.",
        )
        .because("packages")
        .with("packages", Detail::names(&unfree)),
    )
}

fn accounts(preset: &Preset) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, user) in preset.users.iter().enumerate() {
        if !seen.insert(&user.name) {
            problems.push(
                problem(
                    ProblemId::DuplicateUser,
                    Severity::Error,
                    &format!("users[{index}].name"),
                    format!("the login name `{}` is given twice", user.name),
                    "Give every person a login name of their own.",
                )
                .with("name", Detail::name(&user.name)),
            );
        }
    }
    if preset.users.is_empty() && preset.root.is_none() {
        problems.push(problem(
            ProblemId::NobodyCanLogIn,
            Severity::Error,
            "users",
            "nobody could log in to the installed system",
            "Add a user, or give root a password.",
        ));
    } else if preset.root.is_none() && !preset.users.iter().any(|user| user.administrator) {
        problems.push(problem(
            ProblemId::NoAdministrator,
            Severity::Warning,
            "users",
            "nobody could change the installed system: no user is an administrator",
            "Write `administrator = true` for one of them, or give root a password.",
        ));
    }
    problems
}

/// What should be known about the disk that the firmware starts from.
pub(super) fn starting(disk: &Disk, firmware: Option<&Firmware>) -> Option<Problem> {
    let is_nameless = disk.by_id.is_empty() && disk.by_path.is_empty();
    let name = DiskIdentity::of(disk).description();
    (firmware == Some(&Firmware::Bios) && is_nameless).then(|| {
        problem(
            ProblemId::NoLastingName,
            Severity::Warning,
            "disk",
            format!("{name} has no name that lasts: after a restart, it may be another disk's"),
            "Should the disk be called otherwise later, put its name into boot.loader.grub.device \
             before the next nixos-rebuild.",
        )
        .with("disk", disk)
    })
}

/// What should be known about a disk before it is erased.
pub(super) fn erased(disk: &Disk) -> Vec<Problem> {
    let name = DiskIdentity::of(disk).description();
    let mut problems = Vec::new();
    let uses = uses(disk);
    if !uses.is_empty() {
        problems.push(
            problem(
                ProblemId::DiskInUse,
                Severity::Warning,
                "disk",
                format!("{name} is in use: {uses}"),
                "It is unmounted and closed before anything is written; save open files first.",
            )
            .telling(used(disk.into(), &uses)),
        );
    }
    if let Some(reason) = unknown_content(disk) {
        problems.push(
            problem(
                ProblemId::DiskContentUnknown,
                Severity::Warning,
                "disk",
                format!("it is not known what is on {name}: {reason}"),
                "Unknown is not empty: make sure that nothing on it is still needed.",
            )
            .with("disk", disk),
        );
    }
    problems
}

/// What something is in use for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Uses {
    /// Where it is mounted.
    pub mounts: Vec<String>,
    /// What is built on it.
    pub holders: Vec<String>,
}

impl Uses {
    pub(super) fn new<'a>(
        mounts: impl Iterator<Item = &'a PathBuf>,
        holders: impl Iterator<Item = &'a String>,
    ) -> Self {
        Self {
            mounts: mounts.map(|path| path.display().to_string()).collect(),
            holders: holders.cloned().collect(),
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.mounts.is_empty() && self.holders.is_empty()
    }
}

impl fmt::Display for Uses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mounts = self.mounts.iter().map(|path| format!("mounted at {path}"));
        let holders = self.holders.iter().map(|name| format!("held by {name}"));
        f.write_str(&mounts.chain(holders).collect::<Vec<_>>().join(", "))
    }
}

/// What a disk, or a partition of one, is in use for.
pub(super) fn used(disk: Detail, uses: &Uses) -> Details {
    let why = match (uses.mounts.is_empty(), uses.holders.is_empty()) {
        (false, true) => "mounted",
        (true, false) => "held",
        _ => "both",
    };
    Details::why(why)
        .with("disk", disk)
        .with("mounts", Detail::codes(&uses.mounts))
        .with("holders", Detail::codes(&uses.holders))
}

/// Where a disk is mounted and what is built on it.
pub(super) fn uses(disk: &Disk) -> Uses {
    let parts = disk.partitions();
    let mounts = disk
        .mounts
        .iter()
        .chain(parts.iter().flat_map(|p| &p.mounts));
    let holders = disk
        .holders
        .iter()
        .chain(parts.iter().flat_map(|p| &p.holders));
    Uses::new(mounts, holders)
}

fn unknown_content(disk: &Disk) -> Option<&str> {
    match &disk.table {
        Fact::Unknown(reason) => Some(reason),
        Fact::Known(Table::Whole {
            content: Content::Unknown(reason),
        }) => Some(reason),
        Fact::Known(_) => {
            let mut partitions = disk.partitions().iter();
            partitions.find_map(Partition::unknown_content)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_that_may_be_impossible_to_type_is_told_and_not_shown() {
        let told = |plain: &str| {
            let text = format!(
                "version = 1\n[disk]\nencrypt = {{ passphrase = {{ plain = \"{plain}\" }} }}\n"
            );
            passphrase(&crate::preset::read(&text, "test").unwrap())
        };
        assert_eq!(told("open sesame 3~"), None);
        let problem = told("тайна").unwrap();
        assert_eq!(problem.severity, Severity::Warning);
        assert!(!problem.to_string().contains("тайна"), "{problem}");
    }

    #[test]
    fn a_login_name_that_is_given_twice_is_told_where_it_is_given_again() {
        let people = "version = 1\n[[users]]\nname = \"ada\"\n[[users]]\nname = \"ada\"\n";
        let told = accounts(&crate::preset::read(people, "test").unwrap());
        let fields: Vec<&str> = told
            .iter()
            .filter(|problem| problem.id == ProblemId::DuplicateUser)
            .map(|problem| problem.field.as_str())
            .collect();
        assert_eq!(fields, ["users[1].name"]);
        let place = crate::preset::place(people, fields[0]).unwrap();
        assert_eq!(place.line, 5);
    }
}
