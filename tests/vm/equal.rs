//! Whether an installation that was interrupted left the same disk as one that was not, with the same
//! seed.
//!
//! The same are: both ends of the disk, where the tables are, byte by byte; the file systems'
//! identifiers (the inspection holds them against the plan); and every file with its type,
//! permissions, owner, size, content or target. Times of files are not compared, nor how the file
//! systems lay out their blocks, nor ext4's own salt for its folders, which mkfs draws at random.
//! What else can't be the same is in [`OWN`].

use crate::bench::{Bench, Reference};
use crate::disks;
use crate::inspect::inspect;
use crate::install::Installed;
use crate::report::Report;
use anyhow::{Context, Result};
use nevado::plan::Plan;
use std::collections::BTreeSet;
use std::path::Path;

/// Files whose content is each installation's own.
const OWN: [(&str, &str); 4] = [
    (
        "./etc/shadow",
        "hashes have random salts; the inspection tries them out",
    ),
    (
        "./var/log/nevado/install.jsonl",
        "the log has times, and all attempts",
    ),
    (
        "./nix/var/nix/db/",
        "Nix's database has the times at which paths were registered",
    ),
    (
        "./nix/var/nix/temproots/",
        "the files' names are process ids",
    ),
];

/// Inspects a disk that was installed with the reference's seed, and compares it.
pub(crate) fn equal(
    bench: &Bench,
    reference: &Reference,
    name: &str,
    disk: &Path,
    plan: &str,
    report: &mut Report,
) -> Result<()> {
    let plan: Plan = serde_json::from_str(plan).context("plan.json")?;
    let unbroken = &reference.installed;
    report.same(
        "the plan is that of the unbroken installation",
        serde_json::to_value(&plan)?,
        serde_json::to_value(&unbroken.plan)?,
    );
    report.check(
        "both ends of the disk are those of the unbroken installation",
        same_ends(disk, &unbroken.disk),
    );
    let installed = Installed {
        disk: disk.to_owned(),
        others: Vec::new(),
        variables: None,
        plan,
        preset: unbroken.preset.clone(),
        seed: unbroken.seed.clone(),
        recovery_key: None,
    };
    let manifest = inspect(&bench.work, name, &installed, report)?;
    let (ours, theirs) = (comparable(&manifest), comparable(&reference.manifest));
    let differences: Vec<_> = ours.symmetric_difference(&theirs).collect();
    report.same(
        format_args!(
            "{} lines about files are the unbroken installation's",
            theirs.len()
        ),
        differences,
        Vec::new(),
    );
    Ok(())
}

fn same_ends(one: &Path, other: &Path) -> Result<()> {
    if disks::ends(one)? != disks::ends(other)? {
        anyhow::bail!("they differ");
    }
    Ok(())
}

/// The lines of a manifest without what can't be the same.
fn comparable(manifest: &str) -> BTreeSet<String> {
    manifest.lines().filter_map(comparable_line).collect()
}

fn comparable_line(line: &str) -> Option<String> {
    let Some((own, _)) = OWN.iter().find(|(own, _)| line.contains(own)) else {
        return Some(line.to_owned());
    };
    // Of a folder all files are left out, of a file its size and content.
    let words: Vec<&str> = line.split(' ').collect();
    match words.as_slice() {
        ["file", mode, user, group, _size, path] if !own.ends_with('/') => {
            Some(format!("file {mode} {user} {group} {path}"))
        }
        _ => None,
    }
}
