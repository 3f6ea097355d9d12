//! A walk over a page: everything on it is pressed once, and into every field something is typed as soon
//! as the field is there.

use super::places;
use crate::network::{Failure, News};
use crate::wizard::Message;
use crate::wizard::page::{Page, network};
use crate::wizard::tests::PASSWORD;
use crate::wizard::tests::driver::Driver;
use iced::advanced::widget::Id;
use iced::keyboard::key::Named;
use iced::keyboard::{Key, Modifiers};
use iced::widget::operation::focus;
use std::collections::{BTreeMap, BTreeSet};

/// More than any page has.
const MOST: usize = 200;

/// The fields for what anyone may know, with what is typed into them, if anything. Ends of names that
/// tell which of several it is are left out.
pub(super) const PLAIN: [(&str, &str); 23] = [
    ("disk-search", ""),
    ("formats", ""),
    ("found", ""),
    ("full-name", "Ada"),
    ("hidden-name", "Dachboden"),
    ("host", ""),
    ("label", ""),
    ("language-search", ""),
    ("layouts", ""),
    ("log-search", ""),
    ("login", ""),
    ("mount", ""),
    ("others", ""),
    ("partitions-disk", ""),
    ("preset-path", ""),
    ("share-number", ""),
    ("size", ""),
    ("subvolume", ""),
    ("subvolume-mount", ""),
    ("wired-address", ""),
    ("wired-gateway", ""),
    ("wired-servers", ""),
    ("zones", ""),
];

/// What is kept as a secret though it is shown: a private key may be pasted in place of a public one, a
/// proxy named with its password, and into the field that tries the keyboard people type passwords.
pub(super) const SHOWN: [&str; 4] = ["proxy", "recovery-end", "ssh-key", "try"];

/// What was found on the way.
#[derive(Debug, Default)]
pub(in super::super) struct Found {
    /// Every field that shows dots, and everything of the list above, into which a password was typed.
    pub(in super::super) secret: BTreeSet<String>,
    /// Those of them that show dots.
    pub(super) hidden: BTreeSet<String>,
    /// The fields for what anyone may know.
    pub(in super::super) plain: BTreeSet<String>,
    /// How many things were pressed.
    pub(super) pressed: usize,
}

/// The name of a field without its end: `password` of `password-2` and of `password-root`.
pub(in super::super) fn stem(name: &str) -> &str {
    let digits = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let end = ["-", "-root"]
        .iter()
        .find_map(|end| digits.strip_suffix(end));
    end.unwrap_or(name)
}

/// Presses everything on a page.
pub(super) fn over(driver: &mut Driver, page: Page, found: &mut Found) {
    let mut typed = BTreeMap::new();
    let mut pressed = BTreeSet::new();
    for _ in 0..MOST {
        type_into_all(driver, page, &mut typed, found);
        let controls = driver.targets().into_iter().filter_map(|(id, _)| id);
        let is_field: BTreeSet<String> = driver.fields().iter().map(places::name).collect();
        // From the end on: what a press has opened stands behind it, and comes first then.
        let mut new = controls.filter(|id| {
            let name = places::name(id);
            !is_field.contains(&name) && !pressed.contains(&name)
        });
        let Some(id) = new.next_back() else {
            found.pressed += pressed.len();
            return;
        };
        pressed.insert(places::name(&id));
        driver.operate(focus(id));
        driver.press(Named::Space);
        if driver.wizard.page != page {
            let task = driver.wizard.enter(page);
            driver.operate(task);
        }
        // What is being joined comes to nothing, so that the next can be.
        let failed = network::Message::News(News::Failed(Failure::WrongPassword));
        driver.send(Message::Network(failed));
        places::hold(driver, &places::name_of(page));
    }
    panic!("{page:?} has no end: {pressed:?}");
}

/// Types into every field of a page as it is, and presses nothing.
pub(super) fn into_all(driver: &mut Driver, page: Page, found: &mut Found) {
    type_into_all(driver, page, &mut BTreeMap::new(), found);
}

/// Types into every field that is there and was not before.
fn type_into_all(
    driver: &mut Driver,
    page: Page,
    typed: &mut BTreeMap<String, bool>,
    found: &mut Found,
) {
    while let Some(id) = new_field(driver, typed) {
        let name = places::name(&id);
        let stem = stem(&name);
        let plain = PLAIN.iter().find(|(plain, _)| *plain == stem);
        driver.operate(focus(id.clone()));
        assert_eq!(driver.focus(), Some(id.clone()), "{name} on {page:?}");
        let before = driver.copied.len();
        driver.write(plain.map_or(PASSWORD, |(_, text)| text));
        let seen = driver.seen_in(&id);
        let is_hidden = seen.as_ref().is_some_and(|seen| is_dots(seen));
        typed.insert(name.clone(), is_hidden);
        assert!(!(is_hidden && plain.is_some()), "{name} is no plain field");
        if plain.is_some() {
            found.plain.insert(stem.to_owned());
            continue;
        }
        assert!(
            is_hidden || SHOWN.contains(&stem),
            "{name} on {page:?} is in no list, and shows {seen:?}"
        );
        if is_hidden {
            found.hidden.insert(stem.to_owned());
            // What can't be read on the page can't be taken from it either.
            for letter in ["a", "c", "x"] {
                driver.press_with(Key::Character(letter.into()), Modifiers::CTRL);
            }
            assert_eq!(driver.copied.len(), before, "{name} was copied");
        }
        found.secret.insert(stem.to_owned());
        places::hold(driver, &name);
    }
}

fn new_field(driver: &mut Driver, typed: &BTreeMap<String, bool>) -> Option<Id> {
    let mut fields = driver.fields().into_iter();
    fields.find(|id| !typed.contains_key(&places::name(id)))
}

/// Whether a field shows dots in place of what was typed.
fn is_dots(seen: &str) -> bool {
    !seen.is_empty() && seen.chars().all(|letter| letter == '•')
}
