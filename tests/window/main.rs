//! The wizard in a real window, from the first page to the last: driven by keys as a person presses
//! them, on an X server (Xvfb) and in a Wayland compositor (sway, without a screen), and with the mouse
//! (`mouse`). The machine is a recorded one, and the engine a stand-in in this process, which replays a
//! recorded installation; the wizard is a process of its own, and is killed once.
//!
//! Pictures of the pages are kept in `target/window/`, `target/wayland/` and `target/mouse/`. Without the programs
//! (`tests/install-dependencies.sh`) nothing is tested, and said so; in CI that is a failure.
#![cfg(feature = "wizard")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod engine;
mod mouse;
#[allow(dead_code, reason = "the tests of the network use the rest of it")]
#[path = "../network/standin.rs"]
mod standin;
mod wayland;
mod x11;

use engine::Engine;
use nevado::engine::SOCKET;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};
use wayland::Compositor;
use x11::Server;

const MACHINE: &str = "tests/machines/qemu-uefi.json";

/// How long a page may take to come.
const PATIENCE: Duration = Duration::from_secs(90);

const PRESET: &str = "version = 1\n\
                      [network]\nhost_name = \"alm\"\n\
                      [[users]]\nname = \"zoe\"\nadministrator = true\n\
                      password = { plain = \"Kuckucksuhr-17\" }\n";

/// What a person presses.
#[derive(Clone, Copy)]
enum Key {
    Enter,
    Tab,
    Down,
    ControlA,
    ControlEnter,
    ControlL,
}

/// Where windows are shown.
trait Screen {
    /// The programs that it takes.
    const PROGRAMS: &[&str];

    fn start() -> Self;

    /// Tells a program where to show its window.
    fn show_here(&self, command: &mut Command);

    /// The title of the only window, if there is one.
    fn title(&self) -> String;

    /// Keeps what is seen in a file.
    fn take_picture(&self, file: &Path);

    /// Gives the window the keyboard, where that is not done by itself.
    fn focus(&self);

    fn press(&self, key: Key);

    fn write(&self, text: &str);
}

/// A process that ends with its owner.
struct Process(Child);

impl Process {
    /// Waits until it ends by itself.
    fn end(&mut self) -> ExitStatus {
        let begin = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait().unwrap() {
                return status;
            }
            assert!(begin.elapsed() < PATIENCE, "it does not end");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// A person at a screen.
struct Person<S> {
    screen: S,
    pictures: PathBuf,
    /// The last picture that was taken.
    last: RefCell<Vec<u8>>,
}

impl<S: Screen> Person<S> {
    /// Keeps pictures in this folder below `target`.
    fn at(screen: S, pictures: &str) -> Self {
        let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
        let pictures = target.join(pictures);
        std::fs::create_dir_all(&pictures).unwrap();
        Self {
            screen,
            pictures,
            last: RefCell::default(),
        }
    }

    /// Waits until the window shows this page, and keeps a picture of it.
    fn until(&self, page: &str) {
        let begin = Instant::now();
        while !self.screen.title().starts_with(page) {
            let title = self.screen.title();
            assert!(
                begin.elapsed() < PATIENCE,
                "{page} does not come; the page is {title:?}"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        self.picture(page);
    }

    /// Keeps a picture of the page: the title is there before the page is drawn, so it is taken again
    /// until it is another one than the page's before, by more than a cursor that blinks.
    fn picture(&self, page: &str) {
        let file = self.pictures.join(format!("{page}.png"));
        let take = || {
            self.screen.take_picture(&file);
            pixels(&file)
        };
        let begin = Instant::now();
        while !is_another(&take(), &self.last.borrow()) {
            assert!(begin.elapsed() < PATIENCE, "{page} is not drawn");
            std::thread::sleep(Duration::from_millis(50));
        }
        std::thread::sleep(Duration::from_millis(300));
        *self.last.borrow_mut() = take();
    }

    /// The wizard of a recorded computer, which talks to the engine in `folder`.
    fn wizard(&self, machine: &Path, folder: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nevado"));
        command.arg("--machine").arg(machine);
        command.arg("--engine").arg(folder.join(SOCKET));
        for other in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
            command.env_remove(other);
        }
        self.screen.show_here(&mut command);
        command
    }

    fn press(&self, key: Key) {
        self.screen.press(key);
    }
}

/// The bytes of a picture's pixels.
fn pixels(file: &Path) -> Vec<u8> {
    let input = std::io::BufReader::new(std::fs::File::open(file).unwrap());
    let mut reader = png::Decoder::new(input).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size()];
    reader.next_frame(&mut bytes).unwrap();
    bytes
}

/// Whether more than a hundredth of a picture differs.
fn is_another(now: &[u8], before: &[u8]) -> bool {
    let differ = now.iter().zip(before).filter(|(a, b)| a != b).count();
    now.len() != before.len() || differ * 100 > now.len()
}

fn is_there(program: &str) -> bool {
    let found = Command::new("which").arg(program).output();
    found.is_ok_and(|found| found.status.success())
}

/// Whether the programs of a screen are there; in CI they have to be.
fn is_possible<S: Screen>() -> bool {
    let missing = S::PROGRAMS.iter().filter(|program| !is_there(program));
    let missing: Vec<_> = missing.collect();
    if !missing.is_empty() {
        assert!(std::env::var_os("CI").is_none(), "missing: {missing:?}");
        eprintln!("not tested: {missing:?} are missing; tests/install-dependencies.sh has them");
    }
    missing.is_empty()
}

#[test]
fn from_the_first_page_to_the_last_in_a_real_window() {
    from_the_first_page_to_the_last::<Server>("window");
}

#[test]
fn from_the_first_page_to_the_last_in_a_wayland_compositor() {
    from_the_first_page_to_the_last::<Compositor>("wayland");
}

fn from_the_first_page_to_the_last<S: Screen>(pictures: &str) {
    if !is_possible::<S>() {
        return;
    }
    let machine = Path::new(MACHINE);
    let engine = Engine::start(machine);
    let person = Person::at(S::start(), pictures);
    let folder = engine.folder();
    let preset = folder.join("preset.toml");
    std::fs::write(&preset, PRESET).unwrap();
    let mut wizard = person.wizard(machine, folder);
    let wizard = Process(wizard.arg("--preset").arg(&preset).spawn().unwrap());
    person.until("Welcome");
    person.screen.focus();
    person.press(Key::ControlEnter);
    person.until("Location");
    person.screen.write("vienna");
    person.press(Key::Down);
    for page in [
        "Keyboard", "Disk", "Users", "Desktop", "Software", "Summary",
    ] {
        person.press(Key::ControlEnter);
        person.until(page);
    }
    person.press(Key::ControlEnter);
    person.until("Last question");
    // The way back has the focus; the way on is one further.
    person.press(Key::Tab);
    person.press(Key::Enter);
    person.until("Install");
    person.press(Key::ControlL);
    // As if the session had crashed: the engine goes on, and a new wizard finds it.
    drop(wizard);
    let mut wizard = Process(person.wizard(machine, folder).spawn().unwrap());
    person.until("Install");
    person.until("Finished");
    person.screen.focus();
    // What has the focus is “Restart”, which ends a replay.
    person.press(Key::Enter);
    let ended = wizard.end();
    assert!(ended.success(), "{ended}");
}
