//! Every page with the keyboard alone: everything is reached, shown and scrolled to, Escape goes
//! back, arrows go through lists and cards.

use super::driver::Driver;
use crate::i18n::Language;
use crate::preset::Environment;
use crate::wizard::Message;
use crate::wizard::page::{Page, welcome};
use crate::wizard::theme::TARGET;
use iced::advanced::widget::Id;
use iced::keyboard::key::Named;
use std::collections::BTreeSet;

#[test]
fn tab_reaches_every_control_of_every_page_and_scrolls_to_it() {
    for page in Page::ALL {
        let mut driver = Driver::on(page);
        let (all, _) = driver.controls();
        assert!(all >= 2, "{page:?} has {all} controls");
        let mut reached = BTreeSet::new();
        for _ in 0..all {
            let (before, _) = driver.scrolled();
            driver.press(Named::Tab);
            let (after, scrolls) = driver.scrolled();
            assert!(scrolls || after == before, "{page:?}: {before} {after}");
            let (still, focused) = driver.controls();
            assert_eq!(still, all, "{page:?}: the focus changes what there is");
            reached.extend(focused);
            let (whole, seen) = driver.focus_bounds();
            let seen = seen.unwrap_or_else(|| panic!("{page:?}: {focused:?} is not seen"));
            let hidden = (whole.width - seen.width).max(whole.height - seen.height);
            assert!(hidden < 1.0, "{page:?}: {whole:?} is seen as {seen:?}");
        }
        assert_eq!(reached.len(), all, "{page:?}: {reached:?}");
    }
}

#[test]
fn every_control_of_every_page_is_high_enough_for_a_finger() {
    for language in Language::ALL {
        for page in Page::ALL {
            let mut driver = Driver::on(page);
            let message = welcome::Message::Language(language);
            driver.send(Message::Welcome(message));
            for (id, bounds) in driver.targets() {
                let high = bounds.height;
                assert!(
                    high >= TARGET - 0.5,
                    "{page:?} {language:?}: {id:?} {bounds:?}"
                );
            }
        }
    }
}

#[test]
fn tab_backwards_goes_the_same_way() {
    for page in Page::ALL {
        let mut driver = Driver::on(page);
        driver.press(Named::Tab);
        let (_, before) = driver.controls();
        driver.press(Named::Tab);
        driver.press_with(
            iced::keyboard::Key::Named(Named::Tab),
            iced::keyboard::Modifiers::SHIFT,
        );
        assert_eq!(driver.controls().1, before, "{page:?}");
    }
}

#[test]
fn the_focus_is_drawn_around_what_has_it() {
    for page in Page::ALL {
        let mut driver = Driver::on(page);
        driver.press(Named::Tab);
        let (_, first) = driver.focus_bounds();
        let before = driver.picture();
        driver.press(Named::Tab);
        let after = driver.picture();
        let (_, second) = driver.focus_bounds();
        for bounds in [first, second].into_iter().flatten() {
            let ring = bounds.expand(4.0);
            let (changed, all) = driver.changed(&before, &after, ring);
            assert!(
                changed > 40,
                "{page:?}: {changed} of {all} pixels at {ring:?}"
            );
        }
    }
}

#[test]
fn escape_leads_back_from_every_question() {
    for page in Page::ALL {
        let mut driver = Driver::on(page);
        let before = driver.wizard.page_before();
        let expected = match before {
            Some(before) if page.is_question() => before,
            _ => page,
        };
        driver.press(Named::Escape);
        if driver.wizard.page == page {
            // A field takes the first one for itself.
            driver.press(Named::Escape);
        }
        assert_eq!(driver.wizard.page, expected, "from {page:?}");
    }
}

#[test]
fn arrows_go_through_cards_where_they_point() {
    let mut driver = Driver::on(Page::Desktop);
    driver.tab_to("desktop-gnome");
    driver.press(Named::ArrowDown);
    assert_eq!(driver.focus(), Some(Id::new("desktop-cosmic")));
    driver.press(Named::ArrowRight);
    assert_eq!(driver.focus(), Some(Id::new("desktop-xfce")));
    driver.press(Named::ArrowRight);
    assert_eq!(driver.focus(), Some(Id::new("desktop-xfce")));
    driver.press(Named::Space);
    let chosen = driver.wizard.draft.preset().desktop.environment;
    assert_eq!(chosen, Some(Environment::Xfce));

    let mut driver = Driver::on(Page::Welcome);
    driver.tab_to("language-en");
    driver.press(Named::ArrowRight);
    driver.press(Named::Enter);
    assert_eq!(driver.wizard.texts.language(), Language::German);
}

#[test]
fn in_arabic_everything_stands_on_the_other_side() {
    let place = |language: Language| {
        let mut driver = Driver::on(Page::Welcome);
        driver.send(Message::Welcome(welcome::Message::Language(language)));
        driver.tab_to("language-en");
        let (english, _) = driver.focus_bounds();
        driver.tab_to("next");
        let (next, _) = driver.focus_bounds();
        (english, next)
    };
    let (english, next) = place(Language::English);
    let (mirrored, mirrored_next) = place(Language::Arabic);
    let width = 1024.0;
    assert!((english.x - (width - mirrored.x - mirrored.width)).abs() < 1.0);
    assert!(next.x > width / 2.0 && mirrored_next.x < width / 2.0);

    // The arrow to the left leads to the left, which is onwards here.
    let mut driver = Driver::on(Page::Welcome);
    driver.send(Message::Welcome(welcome::Message::Language(
        Language::Arabic,
    )));
    driver.tab_to("language-en");
    driver.press(Named::ArrowLeft);
    assert_eq!(driver.focus(), Some(Id::new("language-de")));
}
