//! The wizard: its pages without a window, and its start in one, under Xvfb.

use crate::harness::Measured;
use crate::many_disks::many_disks;
use nevado::engine::Speed;
use nevado::machine::Machine;
use nevado::plan::Seed;
use nevado::wizard::{Engine, Options, Rehearsal, Watch};
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// As many as nobody has.
const DISKS: usize = 200;

/// What a change may take before it is felt: a quarter of a frame at 60 Hz.
const CHANGE: Duration = Duration::from_millis(4);

/// The aims that are no times, in bytes.
const RESIDENT: u64 = 40 << 20;
const BINARY: u64 = 15_000_000;

/// The aim for the first frame.
const FIRST_FRAME: Duration = Duration::from_millis(150);

/// How long the wizard may take to settle before its memory is read.
const SETTLED: Duration = Duration::from_secs(3);

fn options(machine: Machine) -> Options {
    Options {
        machine,
        preset: None,
        seed: Seed::new([7; 32]),
        engine: Engine::Replay(Speed::AT_ONCE),
        bus: None,
        replayed: true,
        begin_with_install: false,
        watch: Watch::default(),
    }
}

/// `view` and `update` of the pages that have most on them.
pub(crate) fn pages(machine: &Machine) -> Vec<Measured> {
    let rehearse = |machine, page| Rehearsal::new(&options(machine), page, (1280, 800)).unwrap();
    let mut keyboard = rehearse(machine.clone(), "keyboard");
    let mut desktop = rehearse(machine.clone(), "desktop");
    let mut many = rehearse(many_disks(machine, DISKS), "disk");
    let mut change = rehearse(many_disks(machine, DISKS), "disk");
    let mut drawn = rehearse(machine.clone(), "location");
    let mut index = 0;
    vec![
        Measured::new("`view` and layout: Keyboard", Some(CHANGE), || {
            keyboard.view()
        }),
        Measured::new("`view` and layout: Desktop", Some(CHANGE), || {
            desktop.view()
        }),
        Measured::new(
            format!("`view` and layout: Disk, {DISKS} disks"),
            Some(CHANGE),
            || {
                many.view();
            },
        ),
        Measured::new(
            format!("`update`: another of {DISKS} disks"),
            Some(CHANGE),
            || {
                index = (index + 1) % DISKS;
                change.choose_disk(index);
            },
        ),
        Measured::new("a whole frame of 1280 × 800: Location", None, || {
            std::hint::black_box(drawn.draw());
        }),
    ]
}

/// A display without a screen; ends with the value.
struct Display {
    server: Child,
    /// As `DISPLAY` has it.
    name: String,
}

impl Display {
    fn start() -> Option<Self> {
        // The server takes a number that is free, and tells it once it listens.
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24"])
            .args(["-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut number = String::new();
        let told = BufReader::new(server.stdout.take()?).read_line(&mut number);
        let display = Self {
            server,
            name: format!(":{}", number.trim()),
        };
        told.is_ok_and(|length| length > 0).then_some(display)
    }

    fn wizard(&self, more: &[&str]) -> Command {
        let machine = crate::tests("machines/laptop-intel-windows.json");
        let mut command = Command::new(crate::shipped::nevado());
        command.arg("--machine").arg(machine).args(more);
        command
            .env("DISPLAY", &self.name)
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .stderr(Stdio::null());
        command
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ended = self.server.kill().and_then(|()| self.server.wait());
    }
}

/// Start to first frame in a real window, and the numbers that are no times: each with whether it
/// keeps its aim.
pub(crate) fn window() -> (Option<Measured>, Vec<(String, bool)>) {
    let size = fs::metadata(crate::shipped::nevado()).unwrap().len();
    let mut lines = vec![(
        format!(
            "| size of the binary | {:.1} MB | 15 MB |",
            size as f64 / 1e6
        ),
        size < BINARY,
    )];
    let Some(display) = Display::start() else {
        let words = "| first frame, resident memory | not measured: there is no Xvfb | |";
        lines.push((words.to_owned(), true));
        return (None, lines);
    };
    let first = Measured::new(
        "`nevado`, from its start to its end after the first frame in a window",
        Some(FIRST_FRAME),
        || {
            let status = display.wizard(&["--end-after-first-frame"]).status();
            assert!(status.unwrap().success());
        },
    );
    let mut running = display.wizard(&[]).spawn().unwrap();
    sleep(SETTLED);
    let status = fs::read_to_string(format!("/proc/{}/status", running.id())).unwrap();
    running.kill().and_then(|()| running.wait()).unwrap();
    let field = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name));
        let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
        number.unwrap_or_default() << 10
    };
    let (all, own) = (field("VmRSS:"), field("RssAnon:"));
    let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    lines.push((
        format!(
            "| resident memory on the first page | {:.1} MiB, of it {:.1} MiB its own | 40 MiB |",
            mib(all),
            mib(own)
        ),
        all > 0 && all < RESIDENT,
    ));
    (Some(first), lines)
}
