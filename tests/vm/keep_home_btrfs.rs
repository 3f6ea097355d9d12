//! A Fedora reinstalled by `keep_home`: its home folders are in a subvolume of the btrfs that its root is in. A
//! first installation is broken off, and the second finds what that has left. In the end every file at home is
//! there with its owner, the old root is gone, the new system starts, and the loader of the old one is still on
//! its EFI system partition.

use crate::bench::Bench;
use crate::boot::boot;
use crate::install::{Order, Wish, install_as_ordered};
use crate::report::Report;
use crate::workspace::{Computer, Share};
use anyhow::{Context, Result};
use nevado::machine::{Machine, Subvolumes};
use nevado::plan::Plan;

/// What the preset has in `[disk]`.
const DISK: &str =
    "layout = \"keep_home\"\nswap = \"file\"\nchoose = { serial = \"NEVADO-TEST-1\" }\n";

/// Makes the Fedora, installs twice, compares, boots.
pub(crate) fn reinstalled(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let work = bench.work.with("keep-home-btrfs", Computer::USUAL);
    let order = Order {
        script: "keep-home-btrfs.sh",
        wish: Wish::Whole(DISK),
        more: &[],
    };
    let (installed, share) = install_as_ordered(&order, &work, report)?;
    facts(&share, report)?;
    broken_off(&share, report)?;
    let lost: Vec<String> = installed.plan.losses().map(ToString::to_string).collect();
    report.same(
        "the second plan loses what the first has begun, and nothing else",
        lost.iter().filter_map(|loss| subvolume(loss)).collect(),
        vec!["@nixos", "@nixos-nix", "@nixos-log", "@nixos-swap"],
    );
    same_files(&share, "files-after", report)?;
    report.same(
        "in the end the new system has subvolumes of its own, and the others are as they were",
        share.read("subvolumes-after")?.trim(),
        "@nixos2\n@nixos2-log\n@nixos2-nix\n@nixos2-swap\nfilms\nhome",
    );
    report.same(
        "the loader of the old system is on its EFI system partition",
        share.read("loader")?.trim(),
        "stands for Fedora's shim",
    );
    report.same(
        "the btrfs is sound",
        share.read("check-status")?.trim(),
        "0",
    );
    boot(&work, &installed, report)
}

/// What the first installation wanted, and what it has left.
fn broken_off(share: &Share, report: &mut Report) -> Result<()> {
    let plan: Plan = serde_json::from_str(&share.read("plan-broken-off.json")?)?;
    let lost: Vec<String> = plan.losses().map(ToString::to_string).collect();
    report.same(
        "the first plan loses the old system by its name, and nothing else",
        lost.iter().map(String::as_str).collect::<Vec<_>>(),
        vec![
            "Fedora Linux 43 (Workstation Edition): subvolume root in partition 2 “fedora” (btrfs labelled “fedora”); \
             the rest of it stays",
            "Fedora Linux 43 (Workstation Edition): subvolume root/var/lib/machines in partition 2 “fedora” (btrfs \
             labelled “fedora”); the rest of it stays",
        ],
    );
    report.check(
        "it was broken off",
        match share.read("broken-off-status")?.trim() {
            "0" => Err(anyhow::anyhow!("it had ended")),
            _ => Ok(()),
        },
    );
    report.same(
        "when it was broken off, the old root was gone, and the new one there",
        share.read("subvolumes-broken-off")?.trim(),
        "@nixos\n@nixos-log\n@nixos-nix\n@nixos-swap\nfilms\nhome",
    );
    report.contains(
        "nothing of it was left open",
        &share.read("state-broken-off")?,
        ": as before",
    );
    same_files(share, "files-broken-off", report)
}

fn same_files(share: &Share, name: &str, report: &mut Report) -> Result<()> {
    report.same(
        format_args!(
            "{name}: every file that stays is there with its permissions, owner and content"
        ),
        share.read(name)?,
        share.read("files-before")?,
    );
    Ok(())
}

/// Which subvolume a loss is.
fn subvolume(loss: &str) -> Option<&str> {
    let (_, rest) = loss.split_once("subvolume ")?;
    rest.split(' ').next()
}

/// What the probe finds in the btrfs, as the kernel has made it.
fn facts(share: &Share, report: &mut Report) -> Result<()> {
    let machine: Machine = serde_json::from_str(&share.read("machine.json")?)?;
    let disks = machine.disks.known().into_iter().flatten();
    let mut partitions = disks.flat_map(|disk| disk.partitions());
    let found: Option<Box<Subvolumes>> = partitions.find_map(|partition| {
        let content = serde_json::to_value(&partition.content).ok()?;
        let all = content.pointer("/formatted/subvolumes")?.clone();
        serde_json::from_value(all).ok()
    });
    let found = found.context("the probe found no subvolumes")?;
    let paths: Vec<&str> = found.all.iter().map(|own| own.path.as_str()).collect();
    report.same(
        "the probe finds every subvolume by its path",
        paths,
        vec!["films", "home", "root", "root/var/lib/machines"],
    );
    let home = found.at("home").and_then(|home| home.home_folders.as_ref());
    let owners = home.into_iter().flatten();
    let owners: Vec<(&str, u32)> = owners.map(|f| (f.name.as_str(), f.owner)).collect();
    report.same(
        "and whose home folders there are",
        owners,
        vec![("anna", 1001), ("kurt", 1000)],
    );
    Ok(())
}
