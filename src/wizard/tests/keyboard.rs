//! The Keyboard page: a field that writes what the chosen layout gives.

use super::driver::Driver;
use crate::i18n::Language;
use crate::wizard::Message;
use crate::wizard::page::{Page, welcome};
use iced::keyboard::key::{Code, Named};

fn with_layout(layout: &str) -> Driver {
    let mut driver = Driver::new("qemu-uefi");
    let task = driver.wizard.go_to(Page::Keyboard);
    driver.operate(task);
    driver
        .wizard
        .draft
        .edit(|preset| preset.keyboard.layout = layout.parse().ok());
    driver
}

#[test]
fn the_field_writes_with_the_chosen_layout_and_takes_back() {
    let mut driver = with_layout("fr");
    driver.tab_to("try");
    // On a session with a US layout, the key beside Tab writes a q; on a French keyboard, an a.
    driver.press_code(Code::KeyQ, "q");
    driver.press_code(Code::Semicolon, ";");
    assert_eq!(driver.wizard.keyboard.tried(), "am");
    driver.press(Named::Backspace);
    assert_eq!(driver.wizard.keyboard.tried(), "a");
}

#[test]
fn switch_keys_are_offered_where_there_are_two_layouts() {
    let mut driver = with_layout("de");
    assert!(!driver.shows("Switch between the two layouts"));
    assert!(driver.shows("at the start, it is this layout, too"));
    let mut driver = with_layout("ru");
    assert!(driver.shows("Switch between the two layouts"));
    assert!(driver.shows("it is English (US) first; Alt\u{a0}+\u{a0}Shift changes"));
    driver.tab_to("grp:win_space_toggle");
    driver.press(Named::Enter);
    let options = |driver: &Driver| {
        let options = driver.wizard.draft.preset().keyboard.options.iter();
        options.map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(options(&driver), ["grp:win_space_toggle"]);
    assert!(driver.shows("Super\u{a0}+\u{a0}Space changes"));
    driver.tab_to("compose:menu");
    driver.press(Named::Enter);
    driver.press(Named::ArrowRight);
    driver.press(Named::Enter);
    assert_eq!(options(&driver), ["grp:win_space_toggle", "compose:rctrl"]);
    let text = driver
        .wizard
        .draft
        .configuration()
        .map(|it| it.text.clone());
    let line = r#"options = "grp:win_space_toggle,compose:rctrl""#;
    assert!(text.is_some_and(|text| text.contains(line)));
}

#[test]
fn what_is_searched_for_is_not_translated() {
    let mut driver = with_layout("fr");
    driver.tab_to("layouts");
    driver.press_code(Code::KeyQ, "q");
    assert_eq!(driver.wizard.keyboard.tried(), "");
    assert!(driver.sent.iter().any(|sent| sent.contains("Query(\"q\")")));
}

#[test]
fn a_password_that_is_tried_out_is_shown_by_no_message() {
    let mut driver = with_layout("fr");
    driver.tab_to("try");
    for _ in 0..3 {
        driver.press_code(Code::KeyQ, "q");
    }
    assert_eq!(driver.wizard.keyboard.tried(), "aaa");
    let tries = driver.sent.iter().filter(|sent| sent.contains("Try("));
    assert_eq!(tries.count(), 3);
    // What the engine tells of the computer has letters of its own.
    driver.sent.retain(|sent| !sent.starts_with("Engine("));
    let told = |sent: &String| sent.contains("\"q") || sent.contains("\"a") || sent.contains("'a'");
    assert!(!driver.sent.iter().any(told), "{:?}", driver.sent);
    assert!(!format!("{:?}", driver.wizard.keyboard).contains("aaa"));
}

#[test]
fn letters_that_the_fonts_lack_are_not_drawn_as_boxes() {
    let mut driver = with_layout("de");
    assert!(!driver.shows("can't be drawn here"));
    let mut driver = with_layout("th");
    assert!(driver.shows("can't be drawn here"));
}

#[test]
fn layouts_have_names_of_the_language_and_are_found_by_english_ones_and_by_countries() {
    for (language, words, name, layout) in [
        (
            Language::German,
            "deutsch schweiz",
            "Deutsch (Schweiz)",
            ("ch", ""),
        ),
        (
            Language::German,
            "german austria",
            "Deutsch (Österreich)",
            ("at", ""),
        ),
        (
            Language::German,
            "neuseeland",
            "Englisch (Neuseeland)",
            ("nz", ""),
        ),
        (
            Language::German,
            "frankreich bretonisch",
            "Bretonisch (Frankreich)",
            ("fr", "bre"),
        ),
        (
            Language::Japanese,
            "えいご いぎりす",
            "英語 (イギリス)",
            ("gb", ""),
        ),
        (Language::Arabic, "مصر", "العربية (مصر)", ("eg", "")),
    ] {
        let mut driver = Driver::new("qemu-uefi");
        driver.send(Message::Welcome(welcome::Message::Language(language)));
        let task = driver.wizard.go_to(Page::Keyboard);
        driver.operate(task);
        driver.tab_to("layouts");
        driver.write(words);
        driver.press(Named::ArrowDown);
        let chosen = &driver.wizard.draft.preset().keyboard;
        let chosen =
            [&chosen.layout, &chosen.variant].map(|name| name.as_ref().map_or("", |n| n.as_str()));
        assert_eq!((chosen[0], chosen[1]), layout, "{words}");
        assert!(driver.shows(name), "{words}: {:?}", driver.texts());
    }
}
