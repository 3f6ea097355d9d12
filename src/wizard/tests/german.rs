//! Nothing that the plan, the engine or the machine says in English reaches a German wizard.

use super::driver::{Driver, recorded};
use super::summary::plain_texts;
use crate::i18n::{Language, Texts};
use crate::preset::{DiskChoice, Layout};
use crate::wizard::Message;
use crate::wizard::page::{Page, disk, welcome};
use iced::Size;

/// Computers whose disks, firmware and networks give much to say.
const MACHINES: [&str; 12] = [
    "table-windows-measured",
    "table-linux-systems",
    "table-luks-home",
    "table-mbr-extended",
    "table-bitlocker",
    "table-linux-hibernated",
    "table-raid-members",
    "unknown-table",
    "laptop-amd-nvidia",
    "macbook-broadcom",
    "bios-old-laptop",
    "tablet-uefi32",
];

/// Those that speak of nothing but places and keyboards are left out: their names are English.
const PAGES: [Page; 9] = [
    Page::Network,
    Page::Disk,
    Page::Partitions,
    Page::Users,
    Page::Desktop,
    Page::Software,
    Page::Summary,
    Page::Install,
    Page::Finished,
];

/// Words that nearly every English sentence has one of, and that neither German nor a name has.
const ENGLISH: [&str; 26] = [
    "the",
    "of",
    "and",
    "are",
    "is",
    "it",
    "its",
    "not",
    "no",
    "nothing",
    "with",
    "from",
    "to",
    "be",
    "will",
    "what",
    "that",
    "this",
    "which",
    "whole",
    "partition",
    "labelled",
    "smaller",
    "stays",
    "unknown",
    "failed",
];

/// What the disks of these computers are called.
const NAMES: [&str; 4] = [
    "EFI system partition",
    "Microsoft reserved partition",
    "Basic data partition",
    "BIOS boot partition",
];

/// The first English word of a text.
fn english(text: &str) -> Option<&'static str> {
    let named = NAMES
        .iter()
        .fold(text.to_owned(), |text, name| text.replace(name, ""));
    let words: Vec<&str> = named.split(|c: char| !c.is_alphanumeric()).collect();
    // A German sentence begins with a capital, too: only small letters tell them apart.
    ENGLISH.into_iter().find(|word| words.contains(word))
}

/// Everything that stands on a page, but for code and logs.
fn told(driver: &mut Driver) -> Vec<String> {
    let code: Vec<String> = driver
        .wizard
        .draft
        .files()
        .iter()
        .flat_map(|file| file.text.lines())
        .map(|line| line.trim().to_owned())
        .collect();
    let texts = plain_texts(driver).into_iter();
    let texts = texts.filter(|text| !code.iter().any(|line| line.contains(text.trim())));
    texts.collect()
}

#[test]
fn no_page_tells_a_german_something_in_english() {
    let mut found = Vec::new();
    for machine in MACHINES {
        let demo = include_str!("../../../assets/demo/preset.toml");
        let mut preset = crate::preset::read(demo, "demo").unwrap();
        preset.disk.choose = DiskChoice::Only;
        let size = Size::new(1024.0, 6000.0);
        let mut driver = Driver::of(recorded(machine), preset, size, None);
        driver.wizard.texts = Texts::new(Language::German);
        let speak = |preset: &mut _| welcome::apply(Language::German, preset);
        driver.wizard.draft.edit(speak);
        for page in PAGES {
            // Without a plan nothing is installed.
            if page > Page::Summary && driver.wizard.draft.plan().is_none() {
                continue;
            }
            let task = driver.wizard.go_to(page);
            driver.operate(task);
            let layouts = match page {
                Page::Disk | Page::Summary => Layout::ALL.to_vec(),
                _ => vec![Layout::Erase],
            };
            for layout in layouts {
                if page <= Page::Summary {
                    driver.send(Message::Disk(disk::Message::Layout(layout)));
                }
                for text in told(&mut driver) {
                    if let Some(word) = english(&text) {
                        found.push(format!("{machine} {page:?} {layout:?} “{word}”: {text}"));
                    }
                }
            }
        }
    }
    found.dedup();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn an_english_sentence_is_known_among_german_ones() {
    assert_eq!(english("Partition 3, 237 GiB: ntfs „Windows“"), None);
    assert_eq!(english("Partition 1 „EFI system partition“, vfat"), None);
    assert_eq!(english("partition 3: no file system"), Some("no"));
    assert_eq!(english("The disk is read-only"), Some("is"));
}
