//! What can keep an installation from coming to its end, looked at before it begins: the clock, the
//! network as Nix needs it, memory, power, and what is mounted where the target goes.
//!
//! The rules are pure; [`look`] finds the [`Conditions`] of this computer. Being offline is no error:
//! what the medium carries can be installed without a network.

mod look;

pub use look::look;

use crate::evaluate::NEEDED;
use crate::machine::{Disk, Fact, Machine, Nixpkgs, Partition, Power};
use crate::plan::{Detail, Details, Plan, PlannedDisk, Problem, ProblemId, Severity, TARGET_ROOT};
use crate::units::Bytes;
use std::path::PathBuf;

/// What a computer is like at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conditions {
    /// Today, in UTC, as `2026-11-22`.
    pub today: String,
    /// The substituters that Nix is configured with, and what came of asking each.
    pub substituters: Fact<Vec<Substituter>>,
    /// Memory that programs can still get.
    pub memory: Option<Bytes>,
    /// What is mounted at the target's root or below it.
    pub mounted: Vec<PathBuf>,
}

/// Where Nix fetches packages from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substituter {
    /// As Nix is configured with it.
    pub url: String,
    /// Why it does not answer; nothing if it does.
    pub failure: Option<String>,
}

/// Everything that stands between these conditions and a plan.
pub fn problems(conditions: &Conditions, machine: &Machine, plan: &Plan) -> Vec<Problem> {
    let mut problems = before_any_plan(conditions, machine);
    problems.extend(silent_cache(&conditions.substituters, plan));
    problems.extend(mounted(&conditions.mounted, machine, plan));
    problems
}

/// What stands between these conditions and an installation, whatever is installed.
pub fn before_any_plan(conditions: &Conditions, machine: &Machine) -> Vec<Problem> {
    let nixpkgs = machine.medium.nixpkgs.known();
    [
        nixpkgs.and_then(|nixpkgs| clock(&conditions.today, nixpkgs)),
        network(&conditions.substituters),
        conditions.memory.and_then(memory),
        machine.power.known().and_then(power),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn problem(
    id: ProblemId,
    severity: Severity,
    message: impl Into<String>,
    mend: &str,
) -> Option<Problem> {
    Some(Problem {
        id,
        severity,
        field: "system".to_owned(),
        message: message.into(),
        mend: mend.to_owned(),
        details: Details::NONE,
    })
}

/// A clock before the day the medium's nixpkgs was made is wrong, and certificates are not valid yet.
fn clock(today: &str, nixpkgs: &Nixpkgs) -> Option<Problem> {
    let made = made_on(nixpkgs)?;
    if today >= made.as_str() {
        return None;
    }
    problem(
        ProblemId::ClockWrong,
        Severity::Error,
        format!(
            "the clock says {today}, and the medium was made on {made} or later: secure connections \
             (TLS) will fail, and files would be dated wrongly"
        ),
        "Set the clock: `timedatectl set-ntp true` on a network, or `date --set` by hand.",
    )
    .map(|problem| {
        problem
            .with("today", Detail::code(today))
            .with("made", Detail::code(made))
    })
}

/// The earliest day that a nixpkgs can be from: the date in its version if there is one, else the
/// month it is named after; before a release, the half year that leads to it.
fn made_on(nixpkgs: &Nixpkgs) -> Option<String> {
    let mut parts = nixpkgs.version_suffix.split('.');
    let is_date = |part: &&str| {
        part.len() == 8 && part.starts_with("20") && part.bytes().all(|b| b.is_ascii_digit())
    };
    if let Some(date) = parts.find(is_date) {
        let (year, rest) = date.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2)?;
        return Some(format!("{year}-{month}-{day}"));
    }
    let (year, month) = nixpkgs.release.split_once('.')?;
    let (mut year, mut month): (u32, u32) = (year.parse().ok()?, month.parse().ok()?);
    let early = ["pre", "beta"].iter().any(|start| {
        let suffix = nixpkgs.version_suffix.trim_start_matches('.');
        suffix.starts_with(start)
    });
    if early {
        (year, month) = match month.checked_sub(6) {
            Some(before @ 1..) => (year, before),
            _ => (year.checked_sub(1)?, month + 6),
        };
    }
    Some(format!("20{year:02}-{month:02}-01"))
}

fn network(substituters: &Fact<Vec<Substituter>>) -> Option<Problem> {
    const OFFLINE: &str = "What the medium carries can be installed without a network; anything else \
                           needs one: connect this computer, then check again.";
    let unreachable = |why: String| problem(ProblemId::Offline, Severity::Warning, why, OFFLINE);
    match substituters {
        Fact::Unknown(reason) => {
            unreachable(format!("Nix does not say where it fetches from: {reason}"))
        }
        Fact::Known(all) if all.is_empty() => {
            unreachable("Nix is configured to fetch nothing from the network".to_owned())
        }
        Fact::Known(all) if all.iter().any(|one| one.failure.is_none()) => None,
        Fact::Known(all) => {
            let told = all.iter().map(|one| {
                let why = one.failure.as_deref().unwrap_or_default();
                format!("{}: {why}", one.url)
            });
            let told: Vec<String> = told.collect();
            unreachable(format!(
                "nothing that Nix fetches packages from answers ({})",
                told.join("; ")
            ))
            .map(|problem| {
                problem
                    .because("silent")
                    .with("caches", Detail::codes(all.iter().map(|one| &one.url)))
            })
        }
    }
}

/// A cache that was asked for and does not answer, where others do.
fn silent_cache(substituters: &Fact<Vec<Substituter>>, plan: &Plan) -> Option<Problem> {
    let all = substituters.known()?;
    if all.iter().all(|one| one.failure.is_some()) {
        return None;
    }
    let asked = |url: &str| plan.install.substituters.iter().any(|c| c.as_str() == url);
    let silent = all
        .iter()
        .find(|one| one.failure.is_some() && asked(&one.url))?;
    let why = silent.failure.as_deref().unwrap_or_default();
    Some(Problem {
        id: ProblemId::CacheSilent,
        severity: Severity::Warning,
        field: "install.substituters".to_owned(),
        message: format!("{} does not answer: {why}", silent.url),
        mend: "Check its address and the proxy; without it, packages come from elsewhere, or are built \
               here.".to_owned(),
        details: Details::NONE.with("cache", Detail::code(&silent.url)),
    })
}

fn memory(available: Bytes) -> Option<Problem> {
    if available >= NEEDED {
        return None;
    }
    problem(
        ProblemId::LittleMemory,
        Severity::Warning,
        format!("only {available} of memory are available, and Nix takes about {NEEDED} at times"),
        "Close other programs, or add memory.",
    )
    .map(|problem| problem.with("available", available).with("needed", NEEDED))
}

fn power(power: &Power) -> Option<Problem> {
    let battery = power.battery.filter(|_| !power.mains)?;
    problem(
        ProblemId::OnBattery,
        Severity::Warning,
        format!(
            "the computer runs on its battery, which is at {} %",
            battery.percent
        ),
        "Connect it to the mains: a computer that goes off meanwhile is left without a system.",
    )
    .map(|problem| problem.with("percent", Detail::Number(battery.percent.into())))
}

/// What is mounted from what goes of the chosen disks is unmounted anyway; the rest belongs to
/// somebody else.
fn mounted(mounted: &[PathBuf], machine: &Machine, plan: &Plan) -> Option<Problem> {
    let disks = machine.disks.known()?;
    let any_goes = |at: &PathBuf| {
        let mut planned = disks.iter().map(|disk| (disk, plan.disk_at(&disk.path)));
        planned.any(|(disk, planned)| planned.is_some_and(|planned| goes(disk, planned, at)))
    };
    let mut foreign = mounted.iter().filter(|at| !any_goes(at));
    let at = foreign.next()?;
    problem(
        ProblemId::TargetInUse,
        Severity::Error,
        format!(
            "something is mounted at {}, where the new system goes",
            at.display()
        ),
        &format!("Unmount it: `umount --recursive {TARGET_ROOT}`."),
    )
    .map(|problem| problem.with("path", at.as_path()))
}

/// Whether a mount is known to be of what goes of the disk, or may be of something built on that.
fn goes(disk: &Disk, planned: &PlannedDisk, at: &PathBuf) -> bool {
    let kept = planned.table.kept();
    let stays = |p: &Partition| kept.iter().any(|kept| kept.number == p.number);
    let mut parts = disk.partitions().iter().filter(|p| !stays(p));
    !disk.holders.is_empty()
        || disk.mounts.contains(at)
        || parts.any(|p| !p.holders.is_empty() || p.mounts.contains(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Battery;

    fn nixpkgs(release: &str, suffix: &str) -> Nixpkgs {
        Nixpkgs {
            path: "/nix/store/x-nixos/nixos".into(),
            channel: None,
            release: release.to_owned(),
            version_suffix: suffix.to_owned(),
            revision: None,
            nar_hash: None,
        }
    }

    #[test]
    fn a_clock_before_the_medium_is_wrong() {
        let made = |release, suffix| made_on(&nixpkgs(release, suffix)).unwrap();
        assert_eq!(made("26.05", ".4127.8f3a1c2"), "2026-05-01");
        assert_eq!(made("26.05", ".20260714.8f3a1c2"), "2026-07-14");
        assert_eq!(made("26.11", "pre812345.8f3a1c2"), "2026-05-01");
        assert_eq!(made("27.05", "pre9.8f3a1c2"), "2026-11-01");
        let medium = nixpkgs("26.05", ".4127.8f3a1c2");
        assert_eq!(clock("2026-05-01", &medium), None);
        let found = clock("1970-01-01", &medium).unwrap();
        assert_eq!(
            (found.id, found.severity),
            (ProblemId::ClockWrong, Severity::Error)
        );
        assert!(found.message.contains("TLS"), "{}", found.message);
    }

    #[test]
    fn being_offline_is_a_warning_that_says_what_works() {
        let one = |failure: Option<&str>| Substituter {
            url: "https://cache.example.org".to_owned(),
            failure: failure.map(str::to_owned),
        };
        assert_eq!(network(&Fact::Known(vec![one(None)])), None);
        let both = vec![one(Some("Could not resolve host")), one(None)];
        assert_eq!(network(&Fact::Known(both)), None, "one is enough");
        for offline in [
            Fact::Known(vec![one(Some("Could not resolve host"))]),
            Fact::Known(Vec::new()),
            Fact::Unknown("no nix".to_owned()),
        ] {
            let found = network(&offline).unwrap();
            assert_eq!(found.severity, Severity::Warning);
            assert!(found.mend.contains("without a network"), "{}", found.mend);
        }
        let found = network(&Fact::Known(vec![one(Some("refused"))])).unwrap();
        assert!(found.message.contains("https://cache.example.org: refused"));
    }

    #[test]
    fn memory_and_battery_are_warnings() {
        assert_eq!(memory(Bytes::gib(4)), None);
        assert!(memory(Bytes::mib(700)).unwrap().message.contains("700 MiB"));
        let on = |mains, battery: Option<u8>| {
            let battery = battery.map(|percent| Battery { percent });
            power(&Power { mains, battery })
        };
        assert_eq!(on(true, Some(20)), None);
        assert_eq!(on(true, None), None);
        assert!(on(false, Some(81)).unwrap().message.contains("81 %"));
    }

    #[test]
    fn a_foreign_mount_at_the_target_is_an_error() {
        let text = include_str!("../../tests/machines/windows-laptop.json");
        let mut machine: Machine = serde_json::from_str(text).unwrap();
        let preset = "version = 1\n[[users]]\nname = \"ada\"\nadministrator = true\n";
        let preset = crate::preset::read(preset, "test").unwrap();
        let seed = crate::plan::Seed::new([1; 32]);
        let plan = crate::plan::resolve(&machine, &preset, seed).unwrap();
        let at = [PathBuf::from("/mnt/stick")];
        assert_eq!(mounted(&[], &machine, &plan), None);
        let found = mounted(&at, &machine, &plan).unwrap();
        assert_eq!(found.severity, Severity::Error);
        assert!(found.message.contains("/mnt/stick"));
        let Fact::Known(disks) = &mut machine.disks else {
            panic!("this machine has disks");
        };
        let disk = disks
            .iter_mut()
            .find(|disk| disk.path == plan.disk.identity.path);
        disk.unwrap().mounts = at.to_vec();
        assert_eq!(mounted(&at, &machine, &plan), None, "it will be unmounted");
    }
}
