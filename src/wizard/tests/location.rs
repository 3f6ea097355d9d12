//! The Location page: the map beside the list, the time there, and samples of formats.

use super::driver::Driver;
use crate::i18n::Language;
use crate::location::zone;
use crate::wizard::Message;
use crate::wizard::page::{Page, location, welcome};
use iced::keyboard::key::Named;

fn on_location() -> Driver {
    let mut driver = Driver::new("qemu-uefi");
    let task = driver.wizard.go_to(Page::Location);
    driver.operate(task);
    driver
}

fn in_language(language: Language) -> Driver {
    let mut driver = Driver::new("qemu-uefi");
    driver.send(Message::Welcome(welcome::Message::Language(language)));
    let task = driver.wizard.go_to(Page::Location);
    driver.operate(task);
    driver
}

fn chosen(driver: &Driver) -> Option<String> {
    let zone = driver.wizard.draft.preset().locale.time_zone.as_ref();
    zone.map(ToString::to_string)
}

#[test]
fn a_click_on_the_map_takes_the_likeliest_zone_and_offers_the_others() {
    let mut driver = on_location();
    driver.write("tokyo");
    assert!(!driver.shows("Or:"));
    let near = ["Europe/Vienna", "Europe/Bratislava"];
    let near = near.iter().map(|name| zone(name).unwrap()).collect();
    driver.send(Message::Location(location::Message::Clicked(near)));
    assert_eq!(chosen(&driver).as_deref(), Some("Europe/Vienna"));
    // What was searched for does not hide it.
    assert!(driver.shows("Or:") && driver.shows("Austria"));
    driver.click("Bratislava");
    assert_eq!(chosen(&driver).as_deref(), Some("Europe/Bratislava"));
}

#[test]
fn a_zone_is_suggested_by_the_language_until_one_is_chosen() {
    let mut driver = in_language(Language::German);
    assert_eq!(chosen(&driver).as_deref(), Some("Europe/Berlin"));
    assert!(driver.shows("Aus Ihrer Sprache geschlossen."));
    // Another language, another suggestion; once somebody has chosen, that stays.
    let japanese = welcome::Message::Language(Language::Japanese);
    driver.send(Message::Welcome(japanese));
    let task = driver.wizard.go_to(Page::Location);
    driver.operate(task);
    assert_eq!(chosen(&driver).as_deref(), Some("Asia/Tokyo"));
    let lima = vec![zone("America/Lima").unwrap()];
    driver.send(Message::Location(location::Message::Clicked(lima)));
    let english = welcome::Message::Language(Language::English);
    driver.send(Message::Welcome(english));
    let task = driver.wizard.go_to(Page::Location);
    driver.operate(task);
    assert_eq!(chosen(&driver).as_deref(), Some("America/Lima"));
    assert!(!driver.shows("A suggestion by the language"));
}

#[test]
fn nothing_moves_under_the_hand_after_a_click_on_the_map() {
    let mut driver = on_location();
    let before = driver.bounds("zones");
    let near = ["Europe/Vienna", "Europe/Bratislava", "Europe/Prague"];
    let near = near.iter().map(|name| zone(name).unwrap()).collect();
    driver.send(Message::Location(location::Message::Clicked(near)));
    assert!(driver.shows("Bratislava") && driver.shows("Prague"));
    assert_eq!(driver.bounds("zones"), before);
}

#[test]
fn a_large_city_finds_its_zone_and_who_finds_nothing_is_advised() {
    for (words, zone) in [
        ("munich", "Europe/Berlin"),
        ("muenchen", ""),
        ("münchen", "Europe/Berlin"),
        ("san francisco", "America/Los_Angeles"),
        ("mumbai", "Asia/Kolkata"),
    ] {
        let mut driver = on_location();
        driver.tab_to("zones");
        driver.write(words);
        if zone.is_empty() {
            assert!(driver.shows("Search for the country"));
            continue;
        }
        driver.press(Named::ArrowDown);
        assert_eq!(chosen(&driver).as_deref(), Some(zone), "{words}");
    }
}

#[test]
fn the_time_there_and_the_samples_are_in_the_formats_that_are_chosen() {
    let mut driver = on_location();
    let german = welcome::Message::Language(Language::German);
    driver.send(Message::Welcome(german));
    let vienna = vec![zone("Europe/Vienna").unwrap()];
    driver.send(Message::Location(location::Message::Clicked(vienna)));
    // Sunday, 22 November 2026, 13:05:09 UTC.
    driver.wizard.now = 1_795_352_709;
    assert!(driver.shows("Wien  ·  22.11.2026  14:05:09  ·  UTC+1:00"));
    assert!(driver.shows("1.234.567,89"));
    let english = welcome::Message::Language(Language::English);
    driver.send(Message::Welcome(english));
    assert!(driver.shows("11/22/2026") && driver.shows("$1,234,567.89"));
}

#[test]
fn places_are_found_by_their_names_in_the_language_and_in_english() {
    for (language, words, town, zone) in [
        (Language::German, "wien", "Wien", "Europe/Vienna"),
        (Language::German, "vienna austria", "Wien", "Europe/Vienna"),
        (Language::German, "zurich", "Zürich", "Europe/Zurich"),
        (Language::German, "österreich", "Wien", "Europe/Vienna"),
        (Language::Japanese, "とうきょう", "東京", "Asia/Tokyo"),
        (Language::Japanese, "tokyo", "東京", "Asia/Tokyo"),
        (Language::Arabic, "الاردن", "عمّان", "Asia/Amman"),
        (Language::English, "vienna", "Vienna", "Europe/Vienna"),
    ] {
        let mut driver = in_language(language);
        driver.tab_to("zones");
        driver.write(words);
        driver.press(Named::ArrowDown);
        assert_eq!(chosen(&driver).as_deref(), Some(zone), "{words}");
        assert!(driver.shows(town), "{words}: {:?}", driver.texts());
    }
}
