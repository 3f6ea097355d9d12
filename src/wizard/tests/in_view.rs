//! What comes into view by itself: where the work of a page starts, what a press or what is typed
//! brings about, and the log.

use super::driver::Driver;
use crate::wizard::page::Page;
use iced::Size;
use iced::advanced::widget::Id;
use iced::keyboard::key::{Code, Named};
use iced::keyboard::{Key, Modifiers};

/// Every size that is promised, in logical pixels: also with larger text, where a window has fewer.
const SIZES: [(f32, f32); 6] = [
    (1024.0, 600.0),
    (819.0, 480.0),
    (683.0, 400.0),
    (1280.0, 800.0),
    (853.0, 533.0),
    (2560.0, 1440.0),
];

#[test]
fn every_page_begins_with_its_focus_and_its_name_in_view() {
    for (width, height) in SIZES {
        for page in Page::ALL {
            let mut driver = Driver::on_at(page, Size::new(width, height));
            let (whole, seen) = driver.focus_bounds();
            let hidden = seen.map_or(whole.height, |seen| whole.height - seen.height);
            assert!(hidden < 1.0, "{page:?} {width}: {whole:?} as {seen:?}");
            assert!(driver.is_whole("rail-here"), "{page:?} {width}");
        }
    }
}

#[test]
fn a_narrow_list_of_pages_says_how_far_one_is() {
    let mut driver = Driver::on_at(Page::Location, Size::new(819.0, 480.0));
    let pages = Page::ALL.len() - 1;
    assert!(driver.shows(&format!("2/{pages}")), "{:?}", driver.texts());
    let mut driver = Driver::on_at(Page::Location, Size::new(1024.0, 600.0));
    assert!(!driver.shows(&format!("2/{pages}")));
}

#[test]
fn shortcuts_are_the_same_with_every_layout() {
    for letter in ["l", "\u{645}", "\u{434}", "\u{3bb}"] {
        let mut driver = Driver::on(Page::Install);
        let is_open = |driver: &Driver| driver.wizard.install.as_ref().unwrap().log.open;
        assert!(!is_open(&driver));
        driver.press_code_with(Code::KeyL, letter, Modifiers::CTRL);
        assert!(is_open(&driver), "{letter}");
        // Without Ctrl it is a letter.
        driver.press_code_with(Code::KeyL, letter, Modifiers::empty());
        assert!(is_open(&driver), "{letter}");
    }
    // With Dvorak, the L stands where others have their P.
    let mut driver = Driver::on(Page::Install);
    driver.press_code_with(Code::KeyL, "n", Modifiers::CTRL);
    assert!(!driver.wizard.install.as_ref().unwrap().log.open);
    driver.press_code_with(Code::KeyP, "l", Modifiers::CTRL);
    assert!(driver.wizard.install.as_ref().unwrap().log.open);
}

#[test]
fn with_ctrl_nothing_is_written_into_a_field() {
    let mut driver = Driver::on(Page::Users);
    driver.fill("full-name", "Ada");
    driver.press_code_with(Code::KeyL, "\u{645}", Modifiers::CTRL);
    assert!(driver.sent.iter().all(|sent| !sent.contains('\u{645}')));
}

#[test]
fn tab_goes_on_from_what_was_clicked() {
    let mut driver = Driver::on(Page::Desktop);
    driver.click("KDE Plasma 6");
    assert_eq!(driver.focus(), Some(Id::new("desktop-plasma6")));
    driver.press(Named::Tab);
    let next = driver.focus();
    assert!(next.is_some() && next != Some(Id::new("desktop-plasma6")));
    let mut keyboard = Driver::on(Page::Desktop);
    keyboard.tab_to("desktop-plasma6");
    keyboard.press(Named::Tab);
    assert_eq!(next, keyboard.focus());

    // No ring is drawn around what was clicked, until a key is pressed.
    let mut driver = Driver::on(Page::Desktop);
    driver.click("KDE Plasma 6");
    let (_, seen) = driver.focus_bounds();
    let clicked = driver.picture();
    driver.press(Named::Shift);
    let pressed = driver.picture();
    let (changed, _) = driver.changed(&clicked, &pressed, seen.unwrap().expand(4.0));
    assert!(changed > 40, "{changed}");

    // Nor around what has the focus on the page after, until then.
    let mut driver = Driver::on(Page::Desktop);
    driver.click("Next");
    assert_eq!(driver.focus(), Some(Id::new("unfree")));
    let (_, seen) = driver.focus_bounds();
    let clicked = driver.picture();
    driver.press(Named::Shift);
    let pressed = driver.picture();
    let (changed, _) = driver.changed(&clicked, &pressed, seen.unwrap().expand(6.0));
    assert!(changed > 40, "{changed}");

    // A click on nothing takes the focus away, as ever.
    let mut driver = Driver::on(Page::Desktop);
    driver.click("KDE Plasma 6");
    driver.click_at(iced::Point::new(1000.0, 20.0));
    assert_eq!(driver.focus(), None);
}

#[test]
fn the_field_for_a_preset_and_what_is_wrong_with_it_come_into_view() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    std::fs::write(&path, "version = 1\n[network]\nhostname = \"alm\"\n").unwrap();
    let mut driver = Driver::on(Page::Welcome);
    driver.tab_to("preset");
    driver.press(Named::Space);
    driver.until_focus("preset-path");
    assert!(driver.is_whole("preset-card"));
    driver.write(path.to_str().unwrap());
    driver.press(Named::Enter);
    driver.until_shown("Did you mean `host_name`?");
    // Of mistakes that fill more than the window, the beginning is seen.
    let told = driver.bounds("preset-told");
    assert!(told.height > 100.0, "{told:?}");
    let texts = driver.texts().into_iter().map(|(text, _)| text);
    let line = texts
        .into_iter()
        .find(|text| text.contains("hostname = \"alm\""));
    driver.find(line.unwrap().as_str());
}

#[test]
fn the_log_at_the_end_comes_into_view_and_escape_closes_it() {
    let mut driver = Driver::on(Page::Finished);
    assert!(driver.shows("Show log"));
    driver.press_with(Key::Character("l".into()), Modifiers::CTRL);
    assert!(driver.is_whole("finished-log"));
    assert!(driver.shows("Hide log") && !driver.shows("Show log"));
    driver.press(Named::Escape);
    assert!(driver.shows("Show log") && driver.is_whole("log"));
    assert_eq!(driver.wizard.page, Page::Finished);
    assert_eq!(driver.focus(), Some(Id::new("log")));

    let mut driver = Driver::on(Page::Install);
    assert!(driver.shows("Hide tips"));
    driver.press_with(Key::Character("l".into()), Modifiers::CTRL);
    assert!(driver.shows("Hide log") && !driver.shows("Hide tips"));
    driver.press(Named::Escape);
    assert!(driver.shows("Show log") && driver.shows("Hide tips"));
    assert_eq!(driver.wizard.page, Page::Install);
}

/// What is said of the passphrase that is typed here.
const REASON: &str = "It is one of the ten most common passwords.";

#[test]
fn how_strong_a_passphrase_is_is_seen_while_it_is_typed() {
    let mut driver = Driver::on(Page::Disk);
    driver.tab_to("encrypt");
    driver.press(Named::Space);
    if driver
        .targets()
        .iter()
        .all(|(id, _)| *id != Some(Id::new("passphrase")))
    {
        driver.press(Named::Space);
    }
    driver.tab_to("passphrase");
    driver.write("password");
    driver.until_shown(REASON);
    driver.redraw();
    assert!(driver.is_whole_text(REASON));
    // Who scrolls away sees something else.
    driver.scroll_by(-200.0);
    let (scrolled, _) = driver.scrolled();
    driver.redraw();
    assert_eq!(driver.scrolled().0, scrolled);
}

#[test]
fn what_is_unfolded_comes_into_view() {
    let mut driver = super::disk::on_disk("table-windows-hibernated");
    driver.tab_to("impossible");
    driver.press(Named::Space);
    assert!(driver.is_whole("layouts-impossible"));
    driver.tab_to("more");
    driver.press(Named::Space);
    assert!(driver.bounds("disk-more-part").height > 200.0);
}
