//! The Partitions page.

use super::{Driver, Page, Row, on, press};
use crate::machine::Unlocked;
use crate::wizard::tests::PASSWORD;
use iced::keyboard::key::Named;

/// Everything that a partition can be given, on an empty disk.
const MADE: &str = r#"version = 1
[disk]
layout = "manual"
[[disk.disks]]
choose = "only"
table = "new"
partitions = [
    { size = "1 GiB", file_system = "vfat", mount = "/boot" },
    { size = "12 GiB", file_system = "ext4", mount = "/" },
    { size = "5 GiB", file_system = "btrfs", subvolumes = [
        { name = "@home", mount = "/home" },
        { name = "@srv", mount = "/srv" },
    ] },
]
[[users]]
name = "ada"
administrator = true
"#;

/// The same with the row that is so far down chosen.
fn made(row: usize) -> Driver {
    let mut driver = on(Page::Partitions, "empty-uefi", MADE);
    let problems = driver.wizard.draft.problems();
    assert_eq!(driver.wizard.why_not_next(), None, "{problems:?}");
    for _ in 0..row {
        driver.press(Named::ArrowDown);
    }
    driver
}

fn root() -> Driver {
    made(1)
}

/// Label and what else few people need, too.
fn more() -> Driver {
    let mut driver = root();
    press(&mut driver, "more");
    driver
}

/// What is shown at a press can't be hidden while something is wrong with it.
fn hide(driver: &mut Driver) {
    press(driver, "more");
}

fn subvolumes() -> Driver {
    made(2)
}

/// A file system that becomes smaller.
fn smaller() -> Driver {
    let preset = include_str!("../../../../tests/presets/manual-smaller.toml");
    let mut driver = on(Page::Partitions, "table-windows-measured", preset);
    while !driver.fields().contains(&"size".into()) {
        driver.press(Named::ArrowDown);
    }
    driver
}

/// A btrfs that stays, with subvolumes in it.
fn found() -> Driver {
    let preset = include_str!("../../../../tests/presets/manual-new-subvolumes.toml");
    let preset = preset.replace("number = 2", "number = 3");
    let mut driver = on(Page::Partitions, "table-found-fedora", &preset);
    let is_there = |driver: &mut Driver| driver.fields().contains(&"found-0".into());
    while !is_there(&mut driver) {
        driver.press(Named::ArrowDown);
    }
    driver
}

fn many() -> Driver {
    let preset = "version = 1\n[disk]\nlayout = \"manual\"\n";
    let mut driver = on(Page::Partitions, "qemu-many-disks", preset);
    press(&mut driver, "other-disk");
    driver
}

/// A container that stays, which the passphrase has to open.
fn locked() -> Driver {
    let preset = include_str!("../../../../tests/presets/manual-unlock.toml");
    on(Page::Partitions, "table-luks-home", preset)
}

/// The engine's answer to an attempt.
fn refuse(driver: &mut Driver) {
    let wizard = &mut driver.wizard;
    let (round, devices) = wizard.disk.begin_unlocking(&wizard.draft);
    for device in devices {
        assert!(
            wizard
                .disk
                .unlocked(round, &device, &Unlocked::WrongPassphrase)
        );
    }
}

fn unlock(driver: &mut Driver) {
    super::replace(driver, "passphrase", PASSWORD);
    driver.press(Named::Enter);
}

pub(super) fn rows() -> Vec<Row> {
    let (long, too_long) = ("x".repeat(20), "x".repeat(37));
    let at = Row::new;
    let form = |page, field, typed: &str, told| {
        at(page, field, typed, told).closes_the_way("partitions-form")
    };
    let plan = |page, field, typed: &str, told| {
        at(page, field, typed, told).closes_the_way("partitions-incomplete")
    };
    vec![
        plan(smaller, "size", "1 MiB", "problem-layout-impossible").mended("120 GiB"),
        form(root, "size", "x", "part-size-form").mended("12 GiB"),
        form(root, "size", "", "part-size-form").mended("12 GiB"),
        plan(root, "size", "9000 GiB", "problem-partition-has-no-room").mended("12 GiB"),
        plan(root, "size", "40 MiB", "problem-partition-too-small").mended("12 GiB"),
        form(root, "mount", "srv", "part-mount-form").mended("/"),
        plan(root, "mount", "/proc/x", "problem-mount-point-impossible").mended("/"),
        plan(root, "mount", "/boot", "problem-mount-point-twice").mended("/"),
        form(more, "label", &too_long, "part-label-form").mended("root"),
        form(more, "label", &too_long, "part-label-form")
            .then(hide)
            .mended("root"),
        plan(more, "label", &long, "problem-partition-unclear").mended("root"),
        form(subvolumes, "subvolume-0", "a b", "part-subvolume-form").mended("@home"),
        plan(
            subvolumes,
            "subvolume-1",
            "@home",
            "problem-subvolume-taken",
        )
        .mended("@srv"),
        form(subvolumes, "subvolume-mount-0", "home", "part-mount-form").mended("/home"),
        plan(
            subvolumes,
            "subvolume-mount-1",
            "/home",
            "problem-mount-point-twice",
        )
        .mended("/srv"),
        plan(
            subvolumes,
            "subvolume-mount-0",
            "/tmp/x",
            "problem-mount-point-impossible",
        )
        .mended("/home"),
        form(found, "found-0", "home", "part-mount-form").mended("/home"),
        at(many, "partitions-disk", "zzzz", "disk-search-nothing"),
        at(locked, "passphrase", "Kuckuck", "unlock-wrong")
            .then(refuse)
            .closes_the_way("disk-missing-unlock")
            .mended_by(unlock),
        at(locked, "passphrase", "\u{44b}", "passphrase-hard-to-type").mended(PASSWORD),
    ]
}
