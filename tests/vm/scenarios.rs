//! The list of scenarios.

use crate::bench::Bench;
use crate::boot::boot;
use crate::inspect::inspect;
use crate::install::{Wish, install, install_wish};
use crate::report::Report;
use crate::workspace::Computer;
use crate::{
    asleep, beside, cancels, failures, faults, front_end, grow, in_use, keep_home_btrfs, keep_luks,
    keep_subvolumes, layouts, login, manual, manual_mbr, mbr, power_cut, refused, secrets, stale,
    wizard,
};
use anyhow::Result;

/// Something to be shown, in virtual machines of its own.
pub(crate) struct Scenario {
    /// How it is called on the command line.
    pub(crate) name: &'static str,
    pub(crate) shows: &'static str,
    /// Whether it is run each time, or only on request: the whole has to fit into a coffee break.
    pub(crate) always: bool,
    pub(crate) run: fn(&mut Bench, &mut Report) -> Result<()>,
}

/// All of them, in the order that they are run in.
pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "uefi",
        shows: "an install through UEFI, looked at with other people's tools, booted; log in with the \
                password, a wrong one refused",
        always: true,
        run: uefi,
    },
    Scenario {
        name: "bios",
        shows: "the same on a BIOS",
        always: true,
        run: bios,
    },
    Scenario {
        name: "faults",
        shows: "the stand-ins and the boot test notice planted faults",
        always: true,
        run: faults::faults_are_noticed,
    },
    Scenario {
        name: "in-use",
        shows: "a disk in use is released; an install stopped while Nix builds leaves nothing open",
        always: true,
        run: in_use::stopped_on_a_disk_in_use,
    },
    Scenario {
        name: "refused",
        shows: "disk too small, nothing that evaluates, disk swapped (serial, size, table), a damaged EFI \
                system partition that stays: not a byte is written",
        always: true,
        run: refused::nothing_is_written,
    },
    Scenario {
        name: "asleep",
        shows: "a Windows that falls asleep after the plan is made: another drive of it is not touched",
        always: true,
        run: asleep::nothing_is_touched,
    },
    Scenario {
        name: "failures",
        shows: "each step fails once and is retried; the disk equals an unbroken install's",
        always: true,
        run: failures::each_step_fails_once,
    },
    Scenario {
        name: "beside",
        shows: "into free space beside other systems and on their ESP: not a byte of theirs changes",
        always: false,
        run: |bench, report| beside::install_beside(&beside::FREE, bench, report),
    },
    Scenario {
        name: "replace",
        shows: "in place of one partition beside other systems: not a byte of the others changes",
        always: false,
        run: |bench, report| beside::install_beside(&beside::REPLACE, bench, report),
    },
    Scenario {
        name: "replace-linux",
        shows: "in place of a Linux, by its name: found in its files, not a byte of the others changes",
        always: false,
        run: |bench, report| beside::install_beside(&beside::REPLACE_LINUX, bench, report),
    },
    Scenario {
        name: "replace-linux-btrfs",
        shows: "in place of a Linux in subvolumes of a btrfs, by its name: the home folders that go are named, \
                not a byte of the others changes",
        always: false,
        run: |bench, report| beside::install_beside(&beside::REPLACE_LINUX_IN_BTRFS, bench, report),
    },
    Scenario {
        name: "replace-windows",
        shows: "in place of a whole Windows, by its name: its drive, its reserved partition and its recovery \
                tools go, not a byte of the others changes, every loader is still on the ESP",
        always: false,
        run: |bench, report| beside::install_beside(&beside::REPLACE_WINDOWS, bench, report),
    },
    Scenario {
        name: "alongside-ntfs",
        shows: "an NTFS with files becomes smaller for the new system: every file of it is there",
        always: false,
        run: |bench, report| beside::install_beside(&beside::ALONGSIDE_NTFS, bench, report),
    },
    Scenario {
        name: "alongside-ext4",
        shows: "an ext4 with files becomes smaller for the new system: every file of it is there",
        always: false,
        run: |bench, report| beside::install_beside(&beside::ALONGSIDE_EXT4, bench, report),
    },
    Scenario {
        name: "mbr-kept",
        shows: "into free space of a disk with an MBR, on a BIOS: not a byte of the others changes, \
                logical partitions included; a second disk keeps its checksum",
        always: false,
        run: mbr::mbr_is_kept,
    },
    Scenario {
        name: "manual-mbr",
        shows: "partition by partition on three MBR disks, on a BIOS: one deleted, one mounted as it is, a \
                whole chain of logical ones gone; in another chain two become larger and one is made anew; \
                not a byte of the others changes",
        always: false,
        run: manual_mbr::by_hand,
    },
    Scenario {
        name: "alongside-btrfs",
        shows: "a btrfs with files becomes smaller for the new system: every file of it is there",
        always: false,
        run: |bench, report| beside::install_beside(&beside::ALONGSIDE_BTRFS, bench, report),
    },
    Scenario {
        name: "keep-home",
        shows: "a new system around old home folders: every file in them is there, with its owner",
        always: false,
        run: |bench, report| beside::install_beside(&beside::KEEP_HOME, bench, report),
    },
    Scenario {
        name: "keep-home-btrfs",
        shows: "a Fedora reinstalled, its home folders in a subvolume of its btrfs: every file there with its \
                owner, the old root gone by name, the new system in subvolumes beside it; and again over what \
                an installation left that broke off",
        always: false,
        run: keep_home_btrfs::reinstalled,
    },
    Scenario {
        name: "keep-luks",
        shows: "a new system around encrypted home folders that were there, and into a LUKS1 container \
                that was: a wrong passphrase writes nothing; files, owners and LUKS headers are as before",
        always: false,
        run: keep_luks::homes_stay,
    },
    Scenario {
        name: "keep-subvolumes",
        shows: "a new system in new subvolumes of a btrfs that stays, around the home folders in it, the old root \
                deleted: a name that is not there writes nothing; the files of what stays are as before",
        always: false,
        run: keep_subvolumes::homes_stay,
    },
    Scenario {
        name: "secrets",
        shows: "known passwords and hashes are found nowhere but in the target's shadow file",
        always: false,
        run: secrets::are_kept,
    },
    Scenario {
        name: "front-end",
        shows: "the front end is killed at half; the install ends well, a new one shows it",
        always: false,
        run: front_end::killed_at_half,
    },
    Scenario {
        name: "wizard",
        shows: "the wizard in a window, clicked through from the first page to an installed system",
        always: false,
        run: wizard::installs,
    },
    Scenario {
        name: "cancels",
        shows: "stopped in each step and retried; the disk equals an unbroken install's",
        always: false,
        run: cancels::stopped_in_each_step,
    },
    Scenario {
        name: "power-cut",
        shows: "the power is cut at ten random moments; each time installing again succeeds, and a \
                second disk keeps its checksum",
        always: false,
        run: power_cut::at_ten_moments,
    },
    Scenario {
        name: "stale",
        shows: "LVM over a partition and an array, and an open LUKS container, all in use, are taken \
                apart and stay so",
        always: false,
        run: stale::taken_apart,
    },
    Scenario {
        name: "luks-btrfs",
        shows: "LUKS2 with a recovery key, btrfs with subvolumes and a swap file, in 1.5 GiB of \
                memory; a wrong passphrase first",
        always: false,
        run: |bench, report| layouts::LUKS_BTRFS.run(bench, report),
    },
    Scenario {
        name: "luks-bios",
        shows: "LUKS2 and ext4 on a BIOS, with a /boot for GRUB; hibernates into encrypted swap and \
                wakes up",
        always: false,
        run: |bench, report| layouts::LUKS_BIOS.run(bench, report),
    },
    Scenario {
        name: "luks-hibernate",
        shows: "LUKS2 and btrfs through UEFI; hibernates into encrypted swap and wakes up",
        always: false,
        run: |bench, report| layouts::LUKS_HIBERNATE.run(bench, report),
    },
    Scenario {
        name: "4kn-xfs",
        shows: "xfs and a swap partition on a disk with sectors of 4096 bytes",
        always: false,
        run: |bench, report| layouts::SECTORS_4K_XFS.run(bench, report),
    },
    Scenario {
        name: "manual",
        shows: "partition by partition on two disks, root and /home encrypted with one passphrase, typed \
                wrong first; not a byte of a third disk changes",
        always: false,
        run: manual::on_two_disks,
    },
    Scenario {
        name: "grow",
        shows: "ext4, xfs, btrfs, f2fs and NTFS with files become larger together with their partitions, a \
                new system behind them: every file is there, with its owner; an xfs and an f2fs that were not shut \
                down cleanly are refused, untouched",
        always: false,
        run: grow::all_kinds_grow,
    },
    Scenario {
        name: "f2fs",
        shows: "f2fs",
        always: false,
        run: |bench, report| layouts::F2FS.run(bench, report),
    },
    Scenario {
        name: "login-classic",
        shows: "a channel: log in with the password, a wrong one refused; rebuilding offline changes \
                nothing; a change, the older generation chosen, the rollback",
        always: false,
        run: |bench, report| login::CLASSIC.run(bench, report),
    },
    Scenario {
        name: "login-flake",
        shows: "the same with a flake and its lock",
        always: false,
        run: |bench, report| login::FLAKE.run(bench, report),
    },
    Scenario {
        name: "grub-uefi",
        shows: "GRUB on UEFI in place of systemd-boot, booted",
        always: false,
        run: grub_uefi,
    },
];

fn uefi(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let reference = bench.reference(report)?;
    login::boot_and_log_in(&bench.work, &reference.installed, report)
}

fn bios(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let work = bench.work.with("bios", Computer::BIOS);
    let installed = install(&work, report)?;
    inspect(&work, "inspect", &installed, report)?;
    login::boot_and_log_in(&work, &installed, report)
}

fn grub_uefi(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let work = bench.work.with("grub-uefi", Computer::USUAL);
    let wish = Wish::AtTheEnd("[system]\nboot_loader = \"grub\"\n");
    let installed = install_wish(&work, wish, report)?;
    inspect(&work, "inspect", &installed, report)?;
    boot(&work, &installed, report)
}
