//! Every field in which something can be typed wrong. What is wrong is told right below the field, in the
//! person's words, as soon as it is typed or sent off; nothing that can have the focus lies between, and it
//! stands nowhere else but beside the way on. Meanwhile the page is not complete, or the form not to be sent
//! off. Once it is mended, nothing of it is left.
//!
//! `users` and the like are the rows, page by page; here is what holds for each.

mod disk;
mod network;
mod others;
mod partitions;
mod users;

use super::driver::{Driver, recorded};
use super::secrets::{self, stem};
use crate::i18n::{Language, Texts};
use crate::preset::Preset;
use crate::wizard::page::Page;
use crate::wizard::theme::TARGET;
use iced::advanced::widget::Id;
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::{Rectangle, Size};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// So high that nothing is scrolled away, and so wide that parts stand side by side; in logical pixels.
const WIDE: Size = Size::new(1280.0, 3200.0);

/// The same where there is no room side by side.
const NARROW: Size = Size::new(760.0, 3600.0);

/// A notice begins no farther below its field than this: no control has room between.
const NEAR: f32 = TARGET;

/// What stands above the lower edge of the window by no more than this is the bar with the ways on and back.
const BAR: f32 = 160.0;

/// What stands in place of a value in a text.
const VALUE: &str = "\u{1}";

/// The values that texts about fields have.
const VALUES: [&str; 6] = ["word", "least", "most", "number", "path", "query"];

/// Something that can be typed wrong into a field.
pub(super) struct Row {
    /// The field's name.
    field: &'static str,
    /// The way to it.
    page: fn() -> Driver,
    /// What is typed in place of what is in it.
    typed: String,
    /// What else has to happen until it is known as wrong.
    then: fn(&mut Driver),
    /// The key of the text that tells it.
    told: &'static str,
    closes: Closes,
    mended: Mended,
}

/// What can't be done while it is wrong.
#[derive(Clone, Copy)]
enum Closes {
    /// To go on; beside it stands the text of this key.
    WayOn(&'static str),
    /// To press the button of the form.
    Button(&'static str),
    /// It is no more than a warning, or no answer.
    Nothing,
}

/// What mends it.
enum Mended {
    /// To type this in its place.
    Typed(&'static str),
    /// To do this.
    By(fn(&mut Driver)),
}

impl Row {
    /// What is typed on a page into a field, and the key of the text that tells what is wrong with it.
    pub(super) fn new(
        page: fn() -> Driver,
        field: &'static str,
        typed: &str,
        told: &'static str,
    ) -> Self {
        Self {
            field,
            page,
            typed: typed.to_owned(),
            then: |_| {},
            told,
            closes: Closes::Nothing,
            mended: Mended::Typed(""),
        }
    }

    /// It is known as wrong after this.
    fn then(self, then: fn(&mut Driver)) -> Self {
        Self { then, ..self }
    }

    /// The page is not complete meanwhile, for the reason with this key.
    fn closes_the_way(self, reason: &'static str) -> Self {
        let closes = Closes::WayOn(reason);
        Self { closes, ..self }
    }

    /// The same where that is the text that stands below the field.
    fn told_in_the_bar(self) -> Self {
        let told = self.told;
        self.closes_the_way(told)
    }

    /// What is typed is sent off with this button, which is closed meanwhile.
    fn closes(self, button: &'static str) -> Self {
        let closes = Closes::Button(button);
        Self { closes, ..self }
    }

    /// This is right.
    fn mended(self, text: &'static str) -> Self {
        let mended = Mended::Typed(text);
        Self { mended, ..self }
    }

    fn mended_by(self, mend: fn(&mut Driver)) -> Self {
        let mended = Mended::By(mend);
        Self { mended, ..self }
    }

    /// Holds everything, in a language and at a size.
    fn hold(&self, language: Language, size: Size) {
        let at = format!("{} ({}, {language:?})", self.field, self.told);
        let mut driver = (self.page)();
        driver.resize(size);
        driver.wizard.texts = Texts::new(language);
        let told = Told::of(&driver, self.told);
        assert!(told.places(&mut driver).is_empty(), "{at}: before");
        replace(&mut driver, self.field, &self.typed);
        (self.then)(&mut driver);
        self.hold_place(&mut driver, &told, &at);
        assert!(self.is_closed(&mut driver), "{at}: it closes nothing");
        match &self.mended {
            Mended::Typed(text) => replace(&mut driver, self.field, text),
            Mended::By(mend) => mend(&mut driver),
        }
        let left = told.places(&mut driver);
        assert!(left.is_empty(), "{at}: mended, and still told at {left:?}");
        let is_open = matches!(self.closes, Closes::Nothing) || !self.is_closed(&mut driver);
        let why_not = driver.wizard.why_not_next();
        assert!(is_open, "{at}: mended, and still closed: {why_not:?}");
        if let Closes::WayOn(_) = self.closes {
            assert_eq!(why_not, None, "{at}: nothing else was wrong");
        }
    }

    /// Right below its field, with nothing between, and besides nowhere but in the bar or at another field.
    fn hold_place(&self, driver: &mut Driver, told: &Told, at: &str) {
        let own = bounds_of(driver, self.field);
        let fields: Vec<Rectangle> = driver
            .fields()
            .iter()
            .map(|id| bounds_of(driver, id.clone()))
            .collect();
        let lower = driver.size().height - BAR;
        let places = told.places(driver);
        let (in_bar, on_page): (Vec<Rectangle>, Vec<Rectangle>) =
            places.into_iter().partition(|place| place.y > lower);
        let near = |place: Rectangle| (place.y - own.y).abs() < 4.0 * NEAR;
        let shown: Vec<String> = driver
            .texts()
            .into_iter()
            .filter(|(_, place)| near(*place))
            .map(|(text, _)| text)
            .collect();
        assert!(
            on_page.iter().any(|place| is_below(own, *place)),
            "{at}: told at {on_page:?}, and the field is at {own:?}; {shown:?}"
        );
        // A row of a table tells it, too, and leads to the field.
        let targets = driver.targets();
        for place in &on_page {
            let is_beside = fields.iter().any(|field| is_below(*field, *place));
            let is_way = targets.iter().any(|(_, way)| way.contains(place.center()));
            assert!(
                is_beside || is_way,
                "{at}: also told at {place:?}, where no field is"
            );
        }
        let place = on_page.iter().find(|place| is_below(own, **place));
        let between = place.map(|place| Rectangle {
            y: own.y + own.height,
            height: place.y - own.y - own.height,
            ..own
        });
        let between = between.unwrap_or(own).shrink(0.5);
        for (id, other) in targets {
            let is_other = id != Some(Id::new(self.field));
            assert!(
                !(is_other && other.intersects(&between)),
                "{at}: {id:?} lies between"
            );
        }
        if let Closes::WayOn(reason) = self.closes {
            assert_eq!(driver.wizard.why_not_next(), Some(reason), "{at}");
            let is_said = reason != self.told || !in_bar.is_empty();
            assert!(is_said, "{at}: the way on does not say it");
        }
    }

    fn is_closed(&self, driver: &mut Driver) -> bool {
        match self.closes {
            Closes::WayOn(reason) => driver.wizard.why_not_next() == Some(reason),
            Closes::Button(button) => {
                let button = Some(Id::new(button));
                driver.targets().iter().all(|(id, _)| *id != button)
            }
            Closes::Nothing => true,
        }
    }
}

/// A text as it is seen, whatever the values in it.
struct Told(Vec<Vec<String>>);

impl Told {
    fn of(driver: &Driver, key: &str) -> Self {
        let values = VALUES.map(|name| (name, Cow::from(VALUE)));
        let text = driver.wizard.texts.with(key, &values);
        assert_ne!(text, key, "there is no such text");
        // A problem is told by its reason, with values of its own.
        let reasons = driver.wizard.texts.reasons(key).into_iter().map(|text| {
            let named = text.split("{$").map(|part| part.split_once('}'));
            let named = named.map(|part| part.map_or("", |(_, after)| after));
            let first = text.split("{$").next().unwrap_or_default();
            let parts = std::iter::once(first).chain(named.skip(1));
            parts.map(plain).collect()
        });
        let parts = plain(&text).split(VALUE).map(str::to_owned).collect();
        Self(std::iter::once(parts).chain(reasons).collect())
    }

    fn is(&self, shown: &str) -> bool {
        let shown = plain(shown);
        self.0.iter().any(|parts| Self::has(&shown, parts))
    }

    /// Whether a text has all of these parts, one behind the other.
    fn has(shown: &str, parts: &[String]) -> bool {
        let mut rest = shown;
        parts.iter().all(|part| {
            let after = rest.find(part.as_str()).map(|at| at + part.len());
            rest = after
                .and_then(|after| rest.get(after..))
                .unwrap_or_default();
            after.is_some()
        })
    }

    /// Where it stands, as if nothing were scrolled.
    fn places(&self, driver: &mut Driver) -> Vec<Rectangle> {
        let told = driver.texts().into_iter().filter(|(text, _)| self.is(text));
        told.map(|(_, bounds)| bounds).collect()
    }
}

/// Without what only tells in which direction to read.
fn plain(text: &str) -> String {
    let is_mark = |letter: char| {
        matches!(
            letter,
            '\u{200e}' | '\u{200f}' | '\u{200a}' | '\u{2066}'..='\u{2069}'
        )
    };
    text.chars().filter(|letter| !is_mark(*letter)).collect()
}

/// Whether a notice begins right below a field.
fn is_below(field: Rectangle, notice: Rectangle) -> bool {
    let gap = notice.y - field.y - field.height;
    let ends = (field.x + field.width).min(notice.x + notice.width);
    (0.0..NEAR).contains(&gap) && ends > field.x.max(notice.x)
}

fn bounds_of(driver: &mut Driver, field: impl Into<Id>) -> Rectangle {
    let field = Some(field.into());
    let mut targets = driver.targets().into_iter();
    let found = targets.find(|(id, _)| *id == field);
    found.unwrap_or_else(|| panic!("{field:?} is not there")).1
}

/// Clicks into a field and writes in place of what is there.
fn replace(driver: &mut Driver, field: &'static str, text: &str) {
    let place = bounds_of(driver, field).center();
    driver.click_at(place);
    assert_eq!(driver.focus(), Some(Id::new(field)));
    driver.press_with(Key::Character("a".into()), Modifiers::CTRL);
    driver.press(Named::Backspace);
    driver.write(text);
}

/// A wizard of this computer with these answers, on a page.
fn on(page: Page, machine: &str, preset: &str) -> Driver {
    let preset = crate::preset::read(preset, "test").unwrap();
    on_with(page, machine, preset)
}

fn on_with(page: Page, machine: &str, preset: Preset) -> Driver {
    let mut driver = Driver::of(recorded(machine), preset, WIDE, None);
    let task = driver.wizard.go_to(page);
    driver.operate(task);
    assert_eq!(driver.wizard.page, page);
    driver
}

fn press(driver: &mut Driver, id: &'static str) {
    driver.tab_to(id);
    driver.press(Named::Space);
}

/// In a language with two columns, and mirrored in one.
fn hold(rows: &[Row]) {
    for row in rows {
        row.hold(Language::German, WIDE);
        row.hold(Language::Arabic, NARROW);
    }
}

/// Fields in which nothing can be wrong, and why.
const NEVER_WRONG: [(&str, &str); 2] = [
    (
        "log-search",
        "where no line is found, the log says so in their place",
    ),
    ("try", "it is there to try the keys, whatever they give"),
];

/// `secrets` walks over all pages and finds the fields by itself.
#[test]
fn every_field_of_every_page_is_here() {
    let found = secrets::walked();
    let found: BTreeSet<&str> = found
        .plain
        .iter()
        .chain(&found.secret)
        .map(String::as_str)
        .collect();
    let rows = [
        disk::rows(),
        network::rows(),
        others::rows(),
        partitions::rows(),
        users::rows(),
    ];
    let rows = rows.iter().flatten().map(|row| stem(row.field));
    let known: BTreeSet<&str> = rows.chain(NEVER_WRONG.map(|(field, _)| field)).collect();
    assert_eq!(found, known);
}

#[test]
fn disk() {
    hold(&disk::rows());
}

#[test]
fn others() {
    hold(&others::rows());
}

#[test]
fn partitions() {
    hold(&partitions::rows());
}

#[test]
fn network() {
    hold(&network::rows());
}

#[test]
fn users() {
    hold(&users::rows());
}
