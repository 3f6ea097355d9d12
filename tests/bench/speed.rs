//! How fast Nevado is: probe, resolve, print, Nix's log, start of the program, the wizard.
//!
//! ```text
//! cargo bench                    measures, and writes tests/BENCHMARKS.md
//! ```
//!
//! Ends with 1 where a limit is not kept. Nothing needs root or the network. It builds twice: what is measured
//! in this process, and the program as it is shipped.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a measurement that can't be made ends by panicking"
)]

#[path = "../many_disks/mod.rs"]
mod many_disks;
#[path = "../tree/mod.rs"]
mod tree;

mod harness;
mod shipped;
mod window;

use harness::{Measured, table};
use many_disks::many_disks;
use nevado::engine::{fractions_of_nix_log, rfc3339};
use nevado::machine::Machine;
use nevado::machine::probe::{Roots, probe};
use nevado::plan::{Plan, PlanText, Seed, resolve};
use nevado::preset::{self, Preset};
use std::cmp::Reverse;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, SystemTime};

/// The recorded tree with the most disks.
const TREE: &str = "qemu-many-disks";
const PRESET: &str = "plasma-two-users";

fn tests(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

fn text(name: &str) -> String {
    fs::read_to_string(tests(name)).unwrap()
}

/// The largest recorded machine that can be installed on, with a preset for a disk of it.
struct Largest {
    name: String,
    machine: Machine,
    preset: Preset,
    plan: Plan,
}

impl Largest {
    fn find() -> Self {
        let files = tests("machines")
            .read_dir()
            .unwrap()
            .map(|file| file.unwrap().path());
        let mut files: Vec<PathBuf> = files.collect();
        files.sort_by_key(|path| Reverse(path.metadata().unwrap().len()));
        let mut machines = files.iter().filter_map(|path| Self::read(path));
        machines.next().expect("a machine that can be installed on")
    }

    fn read(path: &Path) -> Option<Self> {
        let machine: Machine = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let mut preset = preset::read(&text(&format!("presets/{PRESET}.toml")), PRESET).unwrap();
        let plan = machine.disks.known()?.iter().find_map(|disk| {
            preset.disk.choose = preset::DiskChoice::Match(preset::DiskMatch {
                path: Some(disk.path.clone()),
                ..Default::default()
            });
            resolve(&machine, &preset, Seed::new([7; 32])).ok()
        })?;
        Some(Self {
            name: path.file_stem()?.to_string_lossy().into_owned(),
            machine,
            preset,
            plan,
        })
    }
}

fn measure() -> Vec<Measured> {
    let Largest {
        name,
        machine,
        preset,
        plan,
    } = Largest::find();
    let folder = tree::unpack(&text(&format!("sysfs/{TREE}.tree")));
    let log = text("nix_logs/nix-2.26-copy-and-build.log");
    let many = many_disks(&machine, 200);
    let mut many_preset = preset.clone();
    many_preset.disk.choose = preset::DiskChoice::Match(preset::DiskMatch {
        serial: Some("number-199".to_owned()),
        ..Default::default()
    });
    let milliseconds = |n| Some(Duration::from_millis(n));
    vec![
        Measured::new(format!("probe the recorded tree of {TREE}"), None, || {
            black_box(probe(&Roots::recorded(folder.path())));
        }),
        Measured::new(
            format!("resolve {PRESET} on {name} ({} steps)", plan.steps.len()),
            milliseconds(1),
            || {
                black_box(resolve(&machine, &preset, Seed::new([7; 32])).is_ok());
            },
        ),
        Measured::new(
            "resolve the same with 200 disks like its first",
            milliseconds(5),
            || {
                black_box(resolve(&many, &many_preset, Seed::new([7; 32])).is_ok());
            },
        ),
        Measured::new("print that plan as text", None, || {
            black_box(PlanText(&plan).to_string());
        }),
        Measured::new("print that plan as JSON", None, || {
            black_box(serde_json::to_string_pretty(&plan).unwrap());
        }),
        Measured::new(
            format!(
                "progress from a recorded log of Nix ({} lines)",
                log.lines().count()
            ),
            None,
            || {
                black_box(fractions_of_nix_log(&log));
            },
        ),
        Measured::new(
            "`nevado plan`, from its start to its end",
            milliseconds(30),
            start,
        ),
        Measured::new("`nevado --version`, the same", None, || {
            run(&["--version"]);
        }),
    ]
}

fn start() {
    let preset = tests("presets/smallest.toml");
    let machine = tests("machines/empty-uefi.json");
    let (preset, machine) = (preset.to_str().unwrap(), machine.to_str().unwrap());
    run(&["plan", preset, "--machine", machine]);
}

fn run(arguments: &[&str]) {
    let status = Command::new(shipped::nevado())
        .args(arguments)
        .stdout(Stdio::null())
        .status();
    assert!(status.unwrap().success());
}

/// What measured: the processor's own name, and how many there are.
fn class() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| {
        info.lines()
            .find(|line| line.starts_with(name))?
            .split_once(": ")
    };
    let name = field("model name").map_or("a processor without a name", |(_, name)| name);
    let count = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{count} × {name}")
}

fn main() -> ExitCode {
    // Before anything is timed.
    shipped::nevado();
    let mut measured = measure();
    measured.extend(window::pages(&Largest::find().machine));
    let (first_frame, others) = window::window();
    measured.extend(first_frame);
    let table = table(&measured);
    let kept = others.iter().all(|(_, kept)| *kept);
    let others: Vec<&str> = others.iter().map(|(line, _)| line.as_str()).collect();
    let others = others.join("\n");
    let day: String = rfc3339(SystemTime::now()).chars().take(10).collect();
    let report = format!(
        "# How fast Nevado is\n\nWritten by `cargo bench` on {day}, release build, on {}.\n\n{table}\n\
         | what | measured | aim |\n|---|---|---|\n{others}\n\n\
         The limits are those of the design: resolve runs after every change in the wizard, and the\n\
         command line must feel immediate. `tests/speed.rs` holds both with slack in every test run.\n\
         The window is one of Xvfb's, without a graphics card.\n",
        class()
    );
    print!("{report}");
    fs::write(tests("BENCHMARKS.md"), report).unwrap();
    if kept && measured.iter().all(Measured::is_fast_enough) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
