//! The wizard on a computer with 200 disks: every page, and every change that has to look at them,
//! under 4 ms, which is a quarter of a frame of a usual screen. Measured is the processor's time, so that a
//! busy computer does no harm. `cargo bench` has the exact numbers.
#![cfg(feature = "wizard")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod many_disks;
mod thread_time;

use many_disks::many_disks;
use nevado::engine::Speed;
use nevado::plan::Seed;
use nevado::preset::{DiskPreset, Preset, Swap, read};
use nevado::wizard::{Engine, Options, Rehearsal, Watch};
use std::fs;
use std::path::Path;
use std::time::Duration;
use thread_time::mean;

const DISKS: usize = 200;

/// Without optimisation it takes longer, but less than a plan or a card for each disk would.
const LIMIT: Duration = Duration::from_millis(if cfg!(debug_assertions) { 7 } else { 4 });

/// The first time, every text is shaped.
const FIRST: Duration = Duration::from_millis(if cfg!(debug_assertions) { 40 } else { 16 });

/// How often each is measured.
const ROUNDS: u32 = 40;

/// How often each is measured that is there for the first time.
const FRESH: u32 = 4;

/// The pages that ask.
const PAGES: [&str; 10] = [
    "welcome",
    "location",
    "keyboard",
    "network",
    "disk",
    "partitions",
    "users",
    "desktop",
    "software",
    "summary",
];

/// The pages that tell of an installation.
const TELLING: [&str; 2] = ["install", "finished"];

fn wizard(page: &str) -> Rehearsal {
    with_preset(page, None)
}

fn with_preset(page: &str, preset: Option<Preset>) -> Rehearsal {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/machines/laptop-intel-windows.json");
    let machine = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let options = Options {
        machine: many_disks(&machine, DISKS),
        preset,
        seed: Seed::new([7; 32]),
        engine: Engine::Replay(Speed::AT_ONCE),
        bus: None,
        replayed: true,
        begin_with_install: false,
        watch: Watch::default(),
    };
    Rehearsal::new(&options, page, (1280, 800)).unwrap()
}

fn assert_fast(what: &str, took: Duration, limit: Duration) {
    println!("{what}: {took:?}");
    assert!(took < limit, "{what}: {took:?}");
}

#[test]
fn every_page_is_there_in_time() {
    for page in PAGES {
        let mut wizard = wizard(page);
        assert_fast(page, mean(ROUNDS, |_| wizard.view()), LIMIT);
    }
}

#[test]
fn an_installation_is_there_in_time_and_its_log() {
    let demo = include_str!("../assets/demo/preset.toml");
    for page in TELLING {
        let mut preset = read(demo, "demo").unwrap();
        preset.disk = DiskPreset::default();
        let mut wizard = with_preset(page, Some(preset));
        assert_fast(page, mean(ROUNDS, |_| wizard.view()), LIMIT);
        wizard.toggle_log();
        let took = mean(ROUNDS, |_| wizard.view());
        assert_fast(&format!("{page} with its log"), took, LIMIT);
    }
}

#[test]
fn every_page_comes_within_a_frame() {
    for page in PAGES {
        // A window has drawn another page before: the toolkit reads all fonts of the system for the
        // first drawing that it sees, once for each window, which counts as the start.
        let other = if page == "welcome" {
            "location"
        } else {
            "welcome"
        };
        let fresh = |_| {
            let mut wizard = wizard(other);
            wizard.view();
            wizard.enter(page).unwrap();
            wizard
        };
        let mut fresh: Vec<Rehearsal> = (0..FRESH).map(fresh).collect();
        let took = mean(FRESH, |round| fresh[round].view());
        assert_fast(&format!("{page} at first"), took, FIRST);
    }
}

#[test]
fn every_change_is_there_in_time() {
    let mut wizard = wizard("disk");
    assert_fast(
        "another disk",
        mean(ROUNDS, |round| wizard.choose_disk(round)),
        LIMIT,
    );
    let swaps = [Swap::File, Swap::Partition];
    let took = mean(ROUNDS, |round| wizard.choose_swap(swaps[round % 2]));
    assert_fast("another kind of swap", took, LIMIT);
    for page in PAGES {
        let took = mean(ROUNDS, |_| {
            wizard.enter(page).unwrap();
        });
        assert_fast(&format!("going to {page}"), took, LIMIT);
    }
}
