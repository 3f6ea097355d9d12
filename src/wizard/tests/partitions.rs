//! The Partitions page: by keyboard and by mouse, back and forth, and what the preset then says.

use super::driver::{Driver, recorded};
use crate::i18n::{Language, Texts};
use crate::machine::Machine;
use crate::plan::{Seed, resolve};
use crate::preset::{
    Encryption, Layout, ManualAction, ManualDisk, ManualTable, PartSize, PartitionFormat, Preset,
};
use crate::units::Sectors;
use crate::wizard::Message;
use crate::wizard::page::partitions::{Change, Message as Part, Purpose};
use crate::wizard::page::{Page, disk};
use iced::keyboard::key::Named;
use iced::keyboard::{Key, Modifiers};
use iced::{Point, Size};

/// On the page, with nothing said yet, the users answered.
pub(super) fn on_partitions(machine: &str) -> Driver {
    on_partitions_of(machine, 600.0)
}

/// The same in a window of another height.
pub(super) fn on_partitions_of(machine: &str, height: f32) -> Driver {
    on_partitions_with(recorded(machine), height)
}

/// The same with any machine.
pub(super) fn on_partitions_with(machine: Machine, height: f32) -> Driver {
    let text = "version = 1\n[[users]]\nname = \"ada\"\nadministrator = true\n";
    let preset = crate::preset::read(text, "ada").unwrap();
    let size = Size::new(1024.0, height);
    let mut driver = Driver::of(machine, preset, size, None);
    let task = driver.wizard.go_to(Page::Disk);
    driver.operate(task);
    if driver.wizard.why_not_next() == Some("disk-choose") {
        driver.send(Message::Disk(disk::Message::Choose(0)));
    }
    driver.tab_to("layout-manual");
    driver.press(Named::Space);
    driver.press_with(Key::Named(Named::Enter), Modifiers::CTRL);
    assert_eq!(driver.wizard.page, Page::Partitions);
    driver
}

pub(super) fn press(driver: &mut Driver, id: &'static str) {
    driver.tab_to(id);
    driver.press(Named::Space);
}

pub(super) fn disks(driver: &Driver) -> Vec<ManualDisk> {
    driver.wizard.draft.preset().disk.disks.clone()
}

pub(super) fn undo(driver: &mut Driver) {
    driver.press_with(Key::Character("z".into()), Modifiers::CTRL);
}

fn redo(driver: &mut Driver) {
    let both = Modifiers::CTRL | Modifiers::SHIFT;
    driver.press_with(Key::Character("Z".into()), both);
}

pub(super) fn send(driver: &mut Driver, message: Part) {
    driver.send(Message::Partitions(message));
}

#[test]
fn a_whole_layout_by_keyboard_alone() {
    let mut driver = on_partitions("table-dual-linux");
    assert_eq!(driver.wizard.why_not_next(), Some("partitions-incomplete"));
    press(&mut driver, "new-table");
    assert_eq!(disks(&driver)[0].table, ManualTable::New);
    press(&mut driver, "make-esp");
    // The rest of the space is the next row, and the arrow chooses it.
    assert!(driver.focus().is_some());
    driver.press(Named::ArrowDown);
    press(&mut driver, "make-swap");
    driver.press(Named::ArrowDown);
    press(&mut driver, "make-system");
    let made = disks(&driver).remove(0).partitions;
    let formats: Vec<_> = made.iter().map(|part| part.file_system).collect();
    let all = [
        PartitionFormat::Vfat,
        PartitionFormat::Swap,
        PartitionFormat::Ext4,
    ];
    assert_eq!(formats, all.map(Some));
    assert_eq!(
        driver.wizard.why_not_next(),
        None,
        "{:?}",
        driver.wizard.draft.problems()
    );
    driver.press_with(Key::Named(Named::Enter), Modifiers::CTRL);
    assert_eq!(driver.wizard.page, Page::Users);
    driver.press(Named::Escape);
    driver.press(Named::Escape);
    assert_eq!(driver.wizard.page, Page::Partitions);
    assert_eq!(disks(&driver)[0].partitions, made);
}

#[test]
fn by_mouse_a_partition_is_made_anew_and_another_one_stays() {
    let mut driver = on_partitions("table-dual-linux");
    driver.click("1  ·  EFI system");
    driver.click("/boot");
    assert_eq!(
        disks(&driver)[0].partitions[0]
            .mount
            .as_ref()
            .unwrap()
            .as_str(),
        "/boot"
    );
    driver.click("3  ·  debian (ext4)");
    driver.click("Format");
    let wish = disks(&driver)[0].partitions[1].clone();
    assert_eq!(wish.action, Some(ManualAction::Format));
    assert_eq!(wish.partition.unwrap().number, Some(3));
    assert!(driver.shows("made anew, its content is lost"));
    driver.tab_to("mount");
    driver.write("/");
    assert_eq!(
        driver.wizard.why_not_next(),
        None,
        "{:?}",
        driver.wizard.draft.problems()
    );
    driver.click("Undo");
    assert_eq!(driver.wizard.why_not_next(), Some("partitions-incomplete"));
    driver.click("Redo");
    assert_eq!(driver.wizard.why_not_next(), None);
    driver.click("Start over");
    assert!(disks(&driver)[0].partitions.is_empty());
    driver.click("Undo");
    assert_eq!(disks(&driver)[0].partitions.len(), 2);
}

#[test]
fn a_partition_is_called_by_the_system_in_it_wherever_it_is_named() {
    let mut driver = on_partitions("table-linux-systems");
    driver.click("2  ·  Ubuntu 24.04.1 LTS (ext4)");
    assert!(!driver.shows("ubuntu (ext4)"));
    assert!(
        driver
            .texts()
            .iter()
            .any(|(text, _)| text == "Ubuntu 24.04.1 LTS (ext4)")
    );
    let mut driver = super::disk::on_disk("table-linux-systems");
    super::disk::press(&mut driver, "layout-replace");
    assert!(driver.shows("2  ·  Ubuntu 24.04.1 LTS (ext4)"));
}

#[test]
fn what_is_deleted_comes_back_by_undoing_or_by_itself() {
    let mut driver = on_partitions("table-dual-linux");
    let before = disks(&driver);
    driver.press(Named::ArrowDown);
    driver.press(Named::ArrowDown);
    driver.press(Named::Delete);
    let gone = disks(&driver);
    assert_eq!(gone[0].partitions[0].action, Some(ManualAction::Delete));
    assert!(driver.shows("What was here goes:"));
    undo(&mut driver);
    assert_eq!(disks(&driver), before);
    redo(&mut driver);
    assert_eq!(disks(&driver), gone);
    let number = gone[0].partitions[0].partition.as_ref().unwrap().number;
    send(&mut driver, Part::BringBack(number.unwrap()));
    assert_eq!(disks(&driver), before);
}

#[test]
fn letters_written_into_a_field_are_one_change() {
    let mut driver = on_partitions("empty-uefi");
    press(&mut driver, "new-table");
    press(&mut driver, "make-data");
    let before = disks(&driver);
    driver.tab_to("mount");
    driver.write("/srv/media");
    assert_eq!(
        disks(&driver)[0].partitions[0]
            .mount
            .as_ref()
            .unwrap()
            .as_str(),
        "/srv/media"
    );
    undo(&mut driver);
    assert_eq!(disks(&driver), before);
    redo(&mut driver);
    assert_eq!(
        disks(&driver)[0].partitions[0]
            .mount
            .as_ref()
            .unwrap()
            .as_str(),
        "/srv/media"
    );
}

#[test]
fn a_neighbour_is_made_smaller_as_far_as_it_was_measured() {
    let mut driver = on_partitions("table-windows-measured");
    driver.click("3  ·  Windows (ntfs)");
    press(&mut driver, "action-resize");
    let wish = disks(&driver)[0].partitions[0].clone();
    assert_eq!(wish.action, Some(ManualAction::Resize));
    assert!(matches!(wish.size, Some(PartSize::Exactly(_))));
    assert!(driver.shows("becomes smaller") && driver.shows(" at least"));
    assert!(driver.shows("Free"), "there is room now");
    let mut driver = on_partitions("table-cannot-shrink");
    send(&mut driver, Part::Move(2));
    assert!(driver.shows("It can't be made smaller"));
}

#[test]
fn subvolumes_encryption_and_swap_are_in_the_preset() {
    let mut driver = on_partitions("empty-uefi");
    send(&mut driver, Part::Begin(Layout::Erase));
    let free_of = |driver: &Driver| driver.wizard.why_not_next();
    assert_eq!(free_of(&driver), None);
    send(&mut driver, Part::Move(1));
    send(
        &mut driver,
        Part::Change(Change::Format(PartitionFormat::Btrfs)),
    );
    press(&mut driver, "subvolume-add");
    press(&mut driver, "subvolume-add");
    driver.tab_to("subvolume-1");
    driver.write("s");
    driver.tab_to("encrypt");
    driver.press(Named::Space);
    let preset = driver.wizard.draft.preset().disk.clone();
    assert!(matches!(preset.encrypt, Some(Encryption::On(_))));
    let root = preset.disks[0].partitions.last().unwrap().clone();
    let parts: Vec<String> = root.subvolumes.iter().map(|s| s.name.to_string()).collect();
    assert_eq!(parts, ["@", "@homes"]);
    assert_eq!(root.subvolumes[0].mount.as_ref().unwrap().as_str(), "/");
    assert_eq!(free_of(&driver), Some("disk-missing-passphrase"));
    driver.tab_to("passphrase");
    driver.write("Kuckucksuhr-17");
    driver.tab_to("passphrase-repeat");
    driver.write("Kuckucksuhr-17");
    assert_eq!(free_of(&driver), None);
    undo(&mut driver);
    assert_eq!(driver.wizard.draft.preset().disk.encrypt, None);
}

#[test]
fn the_preset_that_is_saved_gives_the_plan_of_the_clicks() {
    let mut driver = on_partitions("two-equal-disks");
    send(&mut driver, Part::Begin(Layout::Erase));
    send(&mut driver, Part::Show(1));
    send(&mut driver, Part::Table(ManualTable::New));
    send(&mut driver, Part::Create(Purpose::Home));
    assert_eq!(disks(&driver).len(), 2);
    let draft = &driver.wizard.draft;
    let text = crate::preset::write(draft.preset()).unwrap();
    let read: Preset = crate::preset::read(&text, "saved").unwrap();
    assert_eq!(read, *draft.preset());
    let plan = resolve(draft.machine(), &read, Seed::new([3; 32])).unwrap();
    assert_eq!(draft.plan(), Some(&plan));
    assert_eq!(plan.disks().count(), 2);
    // The Summary shows both.
    drop(driver.wizard.go_to(Page::Summary));
    assert!(driver.texts().iter().any(|(text, _)| text == "After") && driver.shows("/home"));
}

#[test]
fn another_layout_puts_the_edits_aside_and_the_manual_one_brings_them_back() {
    let mut driver = on_partitions("table-dual-linux");
    send(&mut driver, Part::Begin(Layout::Erase));
    let said = disks(&driver);
    let layout = |layout| Message::Disk(disk::Message::Layout(layout));
    driver.send(layout(Layout::Erase));
    assert!(disks(&driver).is_empty());
    assert_ne!(
        driver.wizard.draft.preset().disk.choose,
        crate::preset::DiskChoice::Only
    );
    driver.send(layout(Layout::Manual));
    assert_eq!(disks(&driver), said);
}

#[test]
fn another_disk_is_taken_at_the_first_click_and_the_edits_of_the_first_come_back() {
    let mut driver = on_partitions("two-equal-disks");
    press(&mut driver, "new-table");
    let edits = disks(&driver);
    assert_eq!(edits.len(), 1);
    let choose = |driver: &mut Driver, index| {
        driver.send(Message::Disk(disk::Message::Choose(index)));
        disk::chosen(&driver.wizard.draft)
    };
    send(&mut driver, Part::Begin(Layout::Erase));
    let edits_now = disks(&driver);
    assert!(edits_now != edits && !edits_now[0].partitions.is_empty());
    assert_eq!(choose(&mut driver, 1), Some(1));
    assert_eq!(disks(&driver)[0].partitions, []);
    // To look at its partitions is no edit.
    let task = driver.wizard.enter(Page::Partitions);
    driver.operate(task);
    assert_eq!(choose(&mut driver, 1), Some(1));
    assert_eq!(choose(&mut driver, 0), Some(0));
    assert_eq!(disks(&driver), edits_now);
    assert_eq!(choose(&mut driver, 0), Some(0));
    assert_eq!(disks(&driver), edits_now);
}

#[test]
fn edits_that_were_taken_back_stay_away() {
    let mut driver = on_partitions("table-dual-linux");
    send(&mut driver, Part::Begin(Layout::Erase));
    send(&mut driver, Part::Reset);
    let none = disks(&driver);
    assert!(none.iter().all(|disk| disk.partitions.is_empty()));
    for layout in [Layout::Erase, Layout::Manual] {
        driver.send(Message::Disk(disk::Message::Layout(layout)));
    }
    let task = driver.wizard.enter(Page::Partitions);
    driver.operate(task);
    assert_eq!(disks(&driver), none);
}

#[test]
fn each_part_of_the_bar_can_be_clicked_on() {
    for (language, forth) in [(Language::English, true), (Language::Arabic, false)] {
        // Nothing has to be scrolled to, so the bar stays where it is.
        let mut driver = on_partitions_of("table-dual-linux", 1600.0);
        driver.wizard.texts = Texts::new(language);
        let bar = driver.bounds("partition-bar");
        assert!(bar.height >= 40.0, "{bar:?}");
        let mut found: Vec<Sectors> = Vec::new();
        // A click on the gap between two parts chooses nothing else.
        let mut x = bar.x + 3.0;
        while x < bar.x + bar.width - 2.0 {
            driver.drag(Point::new(x, bar.center_y()), &[]);
            let row = driver.wizard.partitions.row().unwrap().start;
            if found.last() != Some(&row) {
                found.push(row);
            }
            x += 6.0;
        }
        // What is shown as a part is chosen by it, in the order in which it lies on the disk.
        let rows: Vec<Sectors> = driver
            .wizard
            .partitions
            .rows()
            .iter()
            .map(|r| r.start)
            .collect();
        assert!(rows.len() > 3, "{rows:?}");
        if !forth {
            found.reverse();
        }
        assert_eq!(found, rows, "{language:?}");
    }
}

#[test]
fn an_mbr_that_stays_is_edited_and_a_chain_goes_as_a_whole() {
    let mut driver = on_partitions("table-mbr-home");
    press(&mut driver, "begin-free");
    let made = disks(&driver).remove(0).partitions;
    assert_eq!((made.len(), made[0].gap_after), (1, Some(2)));
    assert_eq!(driver.wizard.why_not_next(), None);
    undo(&mut driver);
    // The extended partition takes the two that lie in it with it.
    send(&mut driver, Part::Select(Sectors(125_831_168)));
    send(&mut driver, Part::Delete);
    let gone = disks(&driver).remove(0).partitions;
    let deleted = gone.iter().map(|wish| {
        assert_eq!(wish.action(), ManualAction::Delete);
        wish.partition.as_ref().unwrap().number.unwrap()
    });
    assert_eq!(deleted.collect::<Vec<_>>(), [2, 5, 6]);
    send(&mut driver, Part::Select(Sectors(125_831_168)));
    send(&mut driver, Part::Create(Purpose::System));
    assert_eq!(driver.wizard.why_not_next(), None);
    // GRUB lies before the first partition; there is nothing to make for it.
    let made = disks(&driver).remove(0).partitions;
    assert!(made.iter().all(|wish| wish.kind.is_none()));
}

#[test]
fn a_logical_partition_of_an_mbr_becomes_larger_with_the_extended_one() {
    let mut driver = on_partitions("table-mbr-home");
    let before = Sectors(314_572_800);
    send(&mut driver, Part::Select(Sectors(142_614_528)));
    press(&mut driver, "action-resize");
    assert!(driver.shows("at most"));
    let wish = disks(&driver)[0].partitions[0].clone();
    assert_eq!(wish.action, Some(ManualAction::Resize));
    assert_eq!(wish.size, Some(PartSize::Rest));
    let row = *driver.wizard.partitions.row().unwrap();
    let end = Sectors(625_142_448);
    assert!(row.length > before, "{row:?}");
    assert!(row.start.0 + row.length.0 > end.0 - 4096, "{row:?}");
    undo(&mut driver);
    let row = driver.wizard.partitions.row().unwrap();
    assert_eq!(row.length, before);
}

/// On the page with what a preset says of the only disk.
pub(super) fn with_partitions(machine: &str, partitions: &str) -> Driver {
    let text = format!(
        "version = 1\n[[users]]\nname = \"ada\"\nadministrator = true\n[disk]\nlayout = \"manual\"\n\
         [[disk.disks]]\nchoose = \"only\"\n{partitions}"
    );
    let preset = crate::preset::read(&text, "ada").unwrap();
    let size = Size::new(1024.0, 600.0);
    let mut driver = Driver::of(recorded(machine), preset, size, None);
    let task = driver.wizard.go_to(Page::Partitions);
    driver.operate(task);
    driver
}
