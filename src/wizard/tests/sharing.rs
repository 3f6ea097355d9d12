//! The Disk page beside a neighbour that becomes smaller: by keys, by dragging, and by number.

use super::disk::{on_disk, press};
use super::driver::{Driver, recorded};
use crate::i18n::{Language, Texts};
use crate::preset::{Layout, Preset};
use crate::units::Bytes;
use crate::wizard::page::Page;
use iced::keyboard::key::Named;
use iced::{Point, Size};

#[test]
fn a_neighbour_makes_room_for_as_much_as_is_chosen() {
    let mut driver = on_disk("table-windows-measured");
    let disk = |driver: &Driver| driver.wizard.draft.preset().disk.clone();
    // Nothing is lost unasked.
    assert_eq!(disk(&driver).layout, None);
    assert_eq!(driver.wizard.why_not_next(), Some("layout-undecided"));
    press(&mut driver, "layout-alongside");
    assert_eq!(disk(&driver).layout, Some(Layout::Alongside));
    let number = disk(&driver).partition.and_then(|wanted| wanted.number);
    assert_eq!((number, disk(&driver).size), (Some(3), None));
    let kept = |driver: &Driver| driver.wizard.draft.outline().unwrap().disk.shrunk[0].to;
    let even = kept(&driver);
    press(&mut driver, "share-least");
    let most = kept(&driver);
    press(&mut driver, "share-most");
    let least = kept(&driver);
    assert!(least < even && even < most, "{least} {even} {most}");
    assert_eq!(driver.wizard.why_not_next(), None);
    // Nothing of it is left once the disk is erased after all.
    press(&mut driver, "layout-erase");
    assert_eq!((disk(&driver).partition, disk(&driver).size), (None, None));
}

/// On the Disk page beside a Windows that was measured, tall enough to see all of it.
fn beside_windows() -> Driver {
    let size = Size::new(1024.0, 2000.0);
    let machine = recorded("table-windows-measured");
    let mut driver = Driver::of(machine, Preset::default(), size, None);
    let task = driver.wizard.go_to(Page::Disk);
    driver.operate(task);
    press(&mut driver, "layout-alongside");
    driver
}

#[test]
fn a_preset_that_leaves_the_only_place_open_is_not_asked_for_it() {
    let mut preset = Preset::default();
    preset.disk.layout = Some(Layout::Alongside);
    let (machine, size) = (
        recorded("table-windows-measured"),
        Size::new(1024.0, 2000.0),
    );
    let mut driver = Driver::of(machine, preset, size, None);
    let task = driver.wizard.go_to(Page::Disk);
    driver.operate(task);
    assert!(!driver.shows("Which partition makes room?"));
    let before = shared(&driver).1;
    press(&mut driver, "share-most");
    let (asked, kept) = shared(&driver);
    assert!(
        asked.is_some() && kept < before,
        "{asked:?} {kept} {before}"
    );
    assert_eq!(driver.wizard.why_not_next(), None);
}

/// What NixOS gets and what its neighbour keeps, in GiB.
fn shared(driver: &Driver) -> (Option<f64>, f64) {
    let gib = |bytes: Bytes| bytes.0 as f64 / f64::from(1 << 30);
    let asked = driver.wizard.draft.preset().disk.size;
    let kept = driver.wizard.draft.outline().unwrap().disk.shrunk[0].to;
    (asked.map(|size| gib(size.0)), gib(kept))
}

#[test]
fn the_boundary_is_moved_by_keys_as_far_as_both_allow() {
    let mut driver = beside_windows();
    let (none, even) = shared(&driver);
    assert_eq!(none, None);
    driver.tab_to("boundary");
    // The boundary goes to the right: the neighbour keeps more.
    driver.press(Named::ArrowRight);
    let (asked, kept) = shared(&driver);
    assert!(kept > even && kept <= even + 1.5, "{even} {kept}");
    assert_eq!(asked.map(f64::fract), Some(0.0), "whole GiB");
    driver.press(Named::ArrowLeft);
    driver.press(Named::ArrowLeft);
    assert!(shared(&driver).1 < even);
    driver.press(Named::End);
    let (most, least_kept) = shared(&driver);
    driver.press(Named::ArrowLeft);
    assert_eq!(shared(&driver), (most, least_kept), "no farther");
    driver.press(Named::Home);
    let (least, most_kept) = shared(&driver);
    driver.press(Named::ArrowRight);
    assert_eq!(shared(&driver), (least, most_kept), "no farther");
    driver.press(Named::PageUp);
    assert!(shared(&driver).0 > least.map(|least| least + 8.0));
    assert_eq!(driver.wizard.why_not_next(), None);
    // The shares that are chosen as such are those ends.
    press(&mut driver, "share-least");
    assert_eq!(shared(&driver), (least, most_kept));
    press(&mut driver, "share-most");
    assert_eq!(shared(&driver), (most, least_kept));
    press(&mut driver, "share-even");
    assert_eq!(shared(&driver), (None, even));

    // Where reading starts at the right, the neighbour is there, and an arrow still moves the boundary
    // to where it points.
    driver.wizard.texts = Texts::new(Language::Arabic);
    driver.tab_to("boundary");
    driver.press(Named::ArrowRight);
    assert!(shared(&driver).1 < even);
}

#[test]
fn the_boundary_is_dragged_and_follows_the_pointer_beyond_the_bar() {
    let mut driver = beside_windows();
    let (_, even) = shared(&driver);
    driver.tab_to("boundary");
    let (bar, _) = driver.focus_bounds();
    let at = |part: f32| Point::new(bar.x + bar.width * part, bar.center_y());
    let new = driver.wizard.disk.even_share(&driver.wizard.draft).unwrap();
    let total = even + new.0 as f64 / f64::from(1 << 30);
    let here = (even / total) as f32;
    driver.drag(at(here), &[at(here + 0.05)]);
    let (asked, kept) = shared(&driver);
    let wanted = total * f64::from(here + 0.05);
    assert!((kept - wanted).abs() < 1.0, "{kept} {wanted}");
    assert_eq!(asked.map(f64::fract), Some(0.0));
    // Far to the side and below: it stops where the neighbour is as small as it can be.
    let beyond = Point::new(bar.x - 300.0, bar.y + 400.0);
    driver.drag(at(here + 0.05), &[at(here), beyond]);
    let dragged = shared(&driver);
    press(&mut driver, "share-most");
    assert_eq!(shared(&driver), dragged);
    // Whoever has let go moves over it without moving it.
    driver.drag(Point::new(2.0, bar.y), &[at(0.9)]);
    assert_eq!(shared(&driver), dragged);
}

#[test]
fn the_number_and_the_boundary_are_one_value() {
    let mut driver = beside_windows();
    driver.tab_to("boundary");
    driver.press(Named::ArrowRight);
    let asked = shared(&driver).0.unwrap();
    driver.tab_to("share-number");
    // The field shows it: so many letters, and it is empty.
    for _ in 0..asked.to_string().len() {
        driver.press(Named::Backspace);
    }
    assert!(driver.shows("Between "), "nothing is no size");
    assert_eq!(driver.wizard.why_not_next(), Some("layout-share-wrong"));
    let wanted = (asked + 2.0).to_string();
    driver.write(&wanted);
    assert_eq!(shared(&driver).0, Some(asked + 2.0));
    assert!(!driver.shows("Between "));
    assert_eq!(driver.wizard.why_not_next(), None);
    // A tenth is typed like anything else.
    driver.write(".5");
    assert_eq!(shared(&driver).0, Some(asked + 2.5));
    driver.press(Named::Backspace);
    driver.press(Named::Backspace);
    driver.write("000");
    assert!(driver.shows("Between "));
    driver.tab_to("boundary");
    driver.press(Named::ArrowLeft);
    assert!(!driver.shows("Between "), "another value was chosen");
    assert_eq!(shared(&driver).0, Some(asked + 3.0));
}
