//! The preset that is saved at the end gives the plan of the clicks, whatever was clicked: for every
//! recorded computer and everything that can become of its disk, some presses and words at random, by
//! the controls that are there.

use super::PASSWORD;
use super::driver::{Driver, recorded};
use crate::machine::Machine;
use crate::plan::{Plan, Problems, Seed, modes, resolve};
use crate::preset::{Encryption, Layout, Passphrase, Preset, read, write};
use crate::wizard::draft::Draft;
use crate::wizard::page::Page;
use crate::wizard::page::disk::Message as OnDisk;
use crate::wizard::{Message, Wizard};
use iced::Size;
use iced::keyboard::key::Named;
use iced::widget::operation::focus;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use std::cell::Cell;
use std::collections::BTreeMap;

const SIZE: Size = Size::new(1024.0, 600.0);

/// That of the driver's wizards.
const SEED: Seed = Seed::new([3; 32]);

/// How often each is tried on each computer.
const CASES: u32 = 1;

/// What fits some field, and what fits none.
const WORDS: [&str; 8] = [
    "Ada Lovelace",
    "ada",
    "40",
    "/srv",
    "10.0.0.2/24",
    "http://proxy:3128",
    "ripgrep fd",
    "a b!",
];

/// Somebody presses a control of a page, or writes into it, where it is a field.
#[derive(Clone, Debug)]
struct Click {
    page: Page,
    control: Index,
    words: &'static str,
}

fn clicks() -> impl Strategy<Value = Vec<Click>> {
    let of_disk = prop_oneof![Just(Page::Disk), Just(Page::Partitions)];
    let others = [
        Page::Location,
        Page::Keyboard,
        Page::Network,
        Page::Users,
        Page::Desktop,
        Page::Software,
    ];
    let page = prop_oneof![of_disk, select(others.to_vec())];
    let click = (page, any::<Index>(), select(WORDS.to_vec()));
    let click = click.prop_map(|(page, control, words)| Click {
        page,
        control,
        words,
    });
    prop::collection::vec(click, 2..6)
}

/// Does what somebody does; the Partitions page is there for the manual layout alone.
fn click(driver: &mut Driver, click: &Click) {
    let is_manual = driver.wizard.draft.preset().disk.layout == Some(Layout::Manual);
    let page = match click.page {
        Page::Partitions if !is_manual => Page::Disk,
        page => page,
    };
    let task = driver.wizard.enter(page);
    driver.operate(task);
    let mut controls = driver.targets().into_iter().filter_map(|(id, _)| id);
    let controls: Vec<_> = controls.by_ref().collect();
    let control = click.control.get(&controls).clone();
    let is_field = driver.fields().contains(&control);
    driver.operate(focus(control.clone()));
    let name = format!("{control:?}");
    match is_field {
        true if ["pass", "repeat"].iter().any(|of| name.contains(of)) => driver.write(PASSWORD),
        true => driver.write(click.words),
        false => driver.press(Named::Space),
    }
}

/// The plan of the clicks, or what is in its way.
fn planned(wizard: &Wizard) -> Result<Plan, Problems> {
    let draft = &wizard.draft;
    match draft.plan() {
        Some(plan) => Ok(plan.clone()),
        None => resolve(draft.machine(), draft.preset(), SEED),
    }
}

/// Holds that the saved preset says all that the clicks did, and nothing that is secret.
fn hold(wizard: &Wizard) -> Result<(), TestCaseError> {
    let draft = &wizard.draft;
    let text = write(draft.preset()).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert!(!text.contains("Kuckuck"), "{}", text);
    let saved = read(&text, "saved").map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(&saved, draft.preset());
    let again = resolve(draft.machine(), &saved, SEED);
    // A plan is too long to be shown.
    prop_assert!(again == planned(wizard), "another plan: {}", text);
    // A wizard that begins with it is where this one is; without a layout it would ask for none.
    if saved.disk.layout.is_some() {
        let begun = Draft::new(draft.machine().clone(), saved.clone(), SEED);
        prop_assert!(begun.plan() == draft.plan(), "another beginning: {}", text);
    }
    if let Some(Encryption::On(keys)) = &saved.disk.encrypt {
        prop_assert_eq!(&keys.passphrase, &Passphrase::Ask);
    }
    Ok(())
}

/// The names of the recorded computers, in their order.
fn machines() -> Vec<String> {
    let files = std::fs::read_dir("tests/machines").unwrap();
    let names = files.map(|file| file.unwrap().path());
    let mut names: Vec<String> = names
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// What can become of the first disk that can be taken, and which that is.
fn possible(machine: &Machine) -> Option<(usize, Vec<Layout>)> {
    let draft = Draft::new(machine.clone(), Preset::default(), SEED);
    let first = draft.obstacles().iter().position(Option::is_none)?;
    let chosen = &draft.machine().disks.known()?[first];
    let modes = modes(draft.survey(), chosen, draft.preset());
    let modes = modes.into_iter().filter(|mode| mode.possible.is_ok());
    let layouts = modes.map(|mode| mode.layout).chain([Layout::Manual]);
    Some((first, layouts.collect()))
}

/// Draws the same clicks each time for a computer and a layout, and others for others.
fn runner(number: u8, layout: Layout) -> TestRunner {
    let mut seed = [number; 32];
    seed[0] = layout as u8;
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let config = Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, rng)
}

#[test]
fn the_saved_preset_gives_the_plan_of_the_clicks_on_every_computer() {
    let mut reached: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for (name, number) in machines().into_iter().zip(0..) {
        let machine = recorded(&name);
        let begin = || Driver::of(machine.clone(), Preset::default(), SIZE, None);
        let Some((index, layouts)) = possible(&machine) else {
            continue;
        };
        for layout in layouts {
            let plans = Cell::new(0);
            let tried = runner(number, layout).run(&clicks(), |clicks| {
                let mut driver = begin();
                for page in [Page::Users, Page::Disk] {
                    let task = driver.wizard.enter(page);
                    driver.operate(task);
                    // Without anyone there is no plan.
                    driver.write("Ada");
                }
                driver.send(Message::Disk(OnDisk::Choose(index)));
                driver.send(Message::Disk(OnDisk::Layout(layout)));
                for each in &clicks {
                    click(&mut driver, each);
                }
                plans.set(plans.get() + u32::from(driver.wizard.draft.plan().is_some()));
                hold(&driver.wizard)
            });
            match tried {
                Ok(()) => {}
                Err(TestError::Fail(reason, clicks)) => {
                    panic!("{name}, {layout:?}: {reason}\n{clicks:#?}")
                }
                Err(TestError::Abort(reason)) => panic!("{name}, {layout:?}: {reason}"),
            }
            let (all, planned) = reached.entry(format!("{layout:?}")).or_default();
            *all += CASES;
            *planned += plans.get();
        }
    }
    // Of each, some are whole plans and some are not.
    assert_eq!(reached.len(), Layout::ALL.len() + 1, "{reached:?}");
    for (layout, (all, planned)) in &reached {
        assert!((1..*all).contains(planned), "{layout}: {planned} of {all}");
    }
    println!("{reached:?}");
}
