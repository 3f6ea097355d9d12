//! The limits that people would feel, held in every test run: a plan on the largest recorded machine
//! under 1 ms, with 200 disks under 5 ms, and `nevado plan` from start to end under 30 ms, in a release
//! build. What is
//! measured here is the fastest of many runs, so that a busy computer does no harm; a build without
//! optimisation gets more time. `cargo bench` has the exact numbers: `tests/BENCHMARKS.md`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod many_disks;

use many_disks::many_disks;
use nevado::machine::Machine;
use nevado::plan::{Seed, resolve};
use nevado::preset;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How much slower a build without optimisation may be.
const SLACK: u32 = if cfg!(debug_assertions) { 20 } else { 1 };

fn tests(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

fn fastest(runs: usize, mut run: impl FnMut()) -> Duration {
    let times = (0..runs).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap()
}

#[test]
fn a_plan_takes_less_than_a_millisecond_on_every_recorded_machine() {
    let text = fs::read_to_string(tests("presets/plasma-two-users.toml")).unwrap();
    let mut preset = preset::read(&text, "preset").unwrap();
    let mut planned = 0;
    for file in tests("machines").read_dir().unwrap() {
        let path = file.unwrap().path();
        let machine: Machine = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for disk in machine.disks.known().into_iter().flatten() {
            preset.disk.choose = preset::DiskChoice::Match(preset::DiskMatch {
                path: Some(disk.path.clone()),
                ..Default::default()
            });
            let mut is_plan = false;
            let took = fastest(10, || {
                is_plan = resolve(&machine, &preset, Seed::new([7; 32])).is_ok();
            });
            assert!(
                took < SLACK * Duration::from_millis(1),
                "{path:?} {}: {took:?}",
                disk.name
            );
            planned += u32::from(is_plan);
        }
    }
    assert!(
        planned >= 8,
        "plans were measured, and not only refusals: {planned}"
    );
}

/// How long a plan for the last of 200 disks takes, each like the first one of a recorded machine.
fn with_two_hundred_disks(machine: &str) -> Duration {
    let text = fs::read_to_string(tests("presets/plasma-two-users.toml")).unwrap();
    let mut preset = preset::read(&text, "preset").unwrap();
    let text = fs::read_to_string(tests("machines").join(machine)).unwrap();
    let machine = many_disks(&serde_json::from_str(&text).unwrap(), 200);
    preset.disk.choose = preset::DiskChoice::Match(preset::DiskMatch {
        serial: Some("number-199".to_owned()),
        ..Default::default()
    });
    fastest(20, || {
        let plan = resolve(&machine, &preset, Seed::new([7; 32])).unwrap();
        assert_eq!(plan.disk.identity.serial.as_deref(), Some("number-199"));
    })
}

#[test]
fn a_plan_with_two_hundred_disks_takes_less_than_five_milliseconds() {
    // The second has 128 partitions on each disk: 25,600.
    for machine in ["laptop-intel-windows.json", "table-128-partitions.json"] {
        let took = with_two_hundred_disks(machine);
        assert!(
            took < SLACK * Duration::from_millis(5),
            "{machine}: {took:?}"
        );
    }
}

#[test]
fn the_program_starts_and_plans_in_30_milliseconds() {
    let took = fastest(20, || {
        let status = Command::new(env!("CARGO_BIN_EXE_nevado"))
            .arg("plan")
            .arg(tests("presets/smallest.toml"))
            .arg("--machine")
            .arg(tests("machines/empty-uefi.json"))
            .stdout(Stdio::null())
            .status();
        assert!(status.unwrap().success());
    });
    // Starting is work of the kernel as well, which is as fast in any build.
    let slack = SLACK.min(5);
    assert!(took < slack * Duration::from_millis(30), "{took:?}");
}
