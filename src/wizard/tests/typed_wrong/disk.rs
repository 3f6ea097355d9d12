//! The Disk page.

use super::{Driver, Page, Row, on, press, replace};
use crate::wizard::tests::PASSWORD;
use crate::wizard::tests::many_disks::on_disks;

/// More disks than are shown at a time, one of them chosen: it stays in sight whatever is searched for.
fn many() -> Driver {
    let mut driver = on_disks(12);
    press(&mut driver, "disk-2");
    driver
}

/// In a gap, of which a part can be taken.
fn gap() -> Driver {
    let mut driver = on(Page::Disk, "table-windows-gap", "version = 1");
    press(&mut driver, "layout-free");
    driver
}

/// Beside a neighbour, which makes room.
fn beside() -> Driver {
    let mut driver = on(Page::Disk, "table-windows-measured", "version = 1");
    press(&mut driver, "layout-alongside");
    driver
}

fn encrypted() -> Driver {
    let mut driver = on(Page::Disk, "qemu-uefi", "version = 1");
    press(&mut driver, "encrypt");
    replace(&mut driver, "passphrase", PASSWORD);
    replace(&mut driver, "passphrase-repeat", PASSWORD);
    driver
}

fn with_recovery_key() -> Driver {
    let mut driver = encrypted();
    press(&mut driver, "recovery-key");
    driver
}

/// Types the last letters of the key as they are.
fn write_down(driver: &mut Driver) {
    let key = driver
        .wizard
        .disk
        .shown_key()
        .unwrap()
        .secret()
        .expose()
        .to_owned();
    replace(driver, "recovery-end", key.rsplit(' ').next().unwrap());
}

pub(super) fn rows() -> Vec<Row> {
    let at = Row::new;
    let share = |page, typed: &str| {
        at(page, "share-number", typed, "layout-share-outside").closes_the_way("layout-share-wrong")
    };
    vec![
        at(many, "disk-search", "zzzz", "disk-search-nothing"),
        share(gap, "2").mended("20"),
        share(gap, "").mended("20 GiB"),
        share(gap, "twenty").mended("20"),
        share(beside, "1").mended_by(|driver| press(driver, "share-even")),
        share(beside, "999999").mended_by(|driver| press(driver, "share-least")),
        at(
            encrypted,
            "passphrase-repeat",
            "Kuckuck",
            "disk-missing-repeat",
        )
        .told_in_the_bar()
        .mended(PASSWORD),
        // It may be typed on another keyboard one day.
        at(
            encrypted,
            "passphrase",
            "\u{44b}",
            "passphrase-hard-to-type",
        )
        .mended(PASSWORD),
        at(
            with_recovery_key,
            "recovery-end",
            "!!!!",
            "recovery-end-wrong",
        )
        .closes_the_way("disk-missing-recovery")
        .mended_by(write_down),
    ]
}
