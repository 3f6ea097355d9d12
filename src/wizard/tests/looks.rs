//! Nothing is cut off: every page, in every language, at every size that is promised.

use super::driver::{Driver, recorded};
use crate::i18n::Language;
use crate::wizard::page::Page;
use crate::wizard::theme::TARGET;
use crate::wizard::{Message, page::welcome};
use iced::Size;

/// In logical pixels.
const SIZES: [Size; 6] = [
    Size::new(1024.0, 600.0),
    Size::new(1280.0, 800.0),
    // 2560 × 1440, two pixels for each, and one.
    Size::new(1280.0, 720.0),
    Size::new(2560.0, 1440.0),
    // 1024 × 600 with text at 125 % and at 150 %.
    Size::new(819.0, 480.0),
    Size::new(682.0, 400.0),
];

/// A computer without a disk.
const EMPTY: &str = "nspawn";

/// How far a text may be from its place, in logical pixels: what rounding does.
const ROUNDING: f32 = 0.5;

/// What is wrong with a page at a size, which has more than `least` texts.
fn faults(driver: &mut Driver, size: Size, least: usize) -> Vec<String> {
    let mut faults = Vec::new();
    let texts = driver.texts();
    assert!(texts.len() > least, "{texts:?}");
    for (text, bounds) in texts {
        let right = bounds.x + bounds.width;
        if bounds.x < 0.0 || right > size.width + ROUNDING {
            faults.push(format!("“{text}” leaves the window: {bounds:?}"));
        }
    }
    for short in driver.texts_with_too_little_room(ROUNDING) {
        faults.push(short);
    }
    for (id, bounds) in driver.targets() {
        if bounds.height < TARGET - ROUNDING {
            faults.push(format!("{id:?} is too low: {bounds:?}"));
        }
    }
    faults
}

/// The same of these pages one after the other, each with what it is called.
fn faults_of(driver: &mut Driver, size: Size, pages: &[Page], what: &str) -> Vec<String> {
    let mut all = Vec::new();
    // Where there is no disk, there is little to say; and the files may stand in the page's place.
    let little = what == EMPTY || driver.wizard.beside.is_open;
    let least = if little { 4 } else { 10 };
    for page in pages {
        drop(driver.wizard.go_to(*page));
        let (width, height) = (size.width, size.height);
        let faults = faults(driver, size, least).into_iter();
        all.extend(faults.map(|fault| format!("{page:?} {what} {width}×{height}: {fault}")));
    }
    all
}

/// A wizard in a language, with a person in it.
fn in_language(machine: &str, size: Size, language: Language) -> Driver {
    let mut driver = Driver::with_size(machine, size);
    let message = Message::Welcome(welcome::Message::Language(language));
    drop(driver.wizard.update(message));
    drop(driver.wizard.go_to(Page::Users));
    driver.tab_to("full-name");
    driver.write("Ada Lovelace");
    driver
}

#[test]
fn no_text_is_cut_and_no_control_is_small_at_any_promised_size() {
    let mut all = Vec::new();
    for size in SIZES {
        for language in Language::ALL {
            let mut driver = in_language("laptop-intel-windows", size, language);
            let what = format!("{language:?}");
            all.extend(faults_of(&mut driver, size, &Page::ALL, &what));
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn nothing_is_cut_beside_the_files_either() {
    let pages = Page::ALL.into_iter().filter(|page| page.has_files());
    let pages: Vec<Page> = pages.collect();
    let mut all = Vec::new();
    for size in SIZES {
        for language in [Language::German, Language::Arabic] {
            let preset = include_str!("../../../assets/demo/preset.toml");
            let preset = crate::preset::read(preset, "demo").unwrap();
            let machine = recorded("laptop-intel-windows");
            let mut driver = Driver::of(machine, preset, size, None);
            let message = Message::Welcome(welcome::Message::Language(language));
            drop(driver.wizard.update(message));
            driver.wizard.beside.is_open = true;
            assert!(driver.wizard.draft.file("configuration.nix").is_some());
            let what = format!("{language:?}, with files");
            all.extend(faults_of(&mut driver, size, &pages, &what));
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn nothing_is_cut_on_computers_with_much_or_nothing_to_show() {
    let pages = [Page::Welcome, Page::Disk, Page::Summary];
    let mut all = Vec::new();
    for machine in [
        "qemu-many-disks",
        "table-found-fedora",
        "macbook-broadcom",
        "bios-old-laptop",
        EMPTY,
    ] {
        for size in SIZES {
            let mut driver = in_language(machine, size, Language::German);
            all.extend(faults_of(&mut driver, size, &pages, machine));
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn the_focus_stays_when_the_window_gets_so_large_that_mountains_stand_around_the_wizard() {
    let mut driver = Driver::on(Page::Users);
    driver.tab_to("host");
    let focus = driver.focus();
    for size in [Size::new(2560.0, 1440.0), Size::new(1024.0, 600.0)] {
        driver.resize(size);
        assert_eq!(driver.focus(), focus, "{size:?}");
    }
}
