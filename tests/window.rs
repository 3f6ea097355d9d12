//! The wizard in a real window of a real X server, driven by keys as a person presses them, from the
//! first page to the last. The machine is a recorded one, and the engine a stand-in in this process,
//! which replays a recorded installation; the wizard is a process of its own, and is killed once.
//!
//! Pictures of the pages are kept in `target/window/`. Without Xvfb and xdotool
//! (`tests/install-dependencies.sh`) nothing is tested, and said so; in CI that is a failure.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use nevado::engine::{IDLE, Recording, Replay, SOCKET, Server, Speed, Stopper};
use nevado::machine::Machine;
use std::cell::RefCell;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

const MACHINE: &str = "tests/machines/qemu-uefi.json";

/// How long a page may take to come.
const PATIENCE: Duration = Duration::from_secs(90);

/// The recording takes 28 seconds.
const SPEED: f64 = 3.0;

const PRESET: &str = "version = 1\n\
                      [network]\nhost_name = \"alm\"\n\
                      [[users]]\nname = \"zoe\"\nadministrator = true\n\
                      password = { plain = \"Kuckucksuhr-17\" }\n";

fn is_there(program: &str) -> bool {
    let found = Command::new("which").arg(program).output();
    found.is_ok_and(|found| found.status.success())
}

/// A process that ends with its owner.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// An X server without a screen.
struct Display {
    _server: Process,
    name: String,
    pictures: PathBuf,
    /// The last picture that was taken.
    last: RefCell<Vec<u8>>,
}

impl Display {
    fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                // Or it begins anew when its last window has gone, and refuses the next meanwhile.
                "-noreset",
                "-screen",
                "0",
                "1100x720x24",
                "-nolisten",
                "tcp",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let out = server.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/window");
        std::fs::create_dir_all(&pictures).unwrap();
        Self {
            _server: Process(server),
            name: format!(":{}", line.trim()),
            pictures,
            last: RefCell::default(),
        }
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(program);
        command.args(arguments).env("DISPLAY", &self.name);
        command.output().unwrap()
    }

    /// The title of the only window, if there is one.
    fn title(&self) -> String {
        let found = self.run("xdotool", &["search", "--name", "NixOS", "getwindowname"]);
        String::from_utf8_lossy(&found.stdout).trim().to_owned()
    }

    /// Waits until the window shows this page, and keeps a picture of it.
    fn until(&self, page: &str) {
        let begin = Instant::now();
        while !self.title().starts_with(page) {
            let title = self.title();
            assert!(
                begin.elapsed() < PATIENCE,
                "{page} does not come; the page is {title:?}"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        self.picture(page);
    }

    /// Keeps a picture of the page: the title is there before the page is drawn, so it is taken again
    /// until it is another one than the page's before.
    fn picture(&self, page: &str) {
        let file = self.pictures.join(format!("{page}.png"));
        let take = || {
            let taken = self.run("import", &["-window", "root", file.to_str().unwrap()]);
            assert!(taken.status.success(), "{taken:?}");
            std::fs::read(&file).unwrap()
        };
        let begin = Instant::now();
        while take() == *self.last.borrow() {
            assert!(begin.elapsed() < PATIENCE, "{page} is not drawn");
            std::thread::sleep(Duration::from_millis(50));
        }
        std::thread::sleep(Duration::from_millis(300));
        *self.last.borrow_mut() = take();
    }

    /// Gives the window the keyboard: there is no window manager to do it.
    fn focus(&self) {
        let search = [
            "search",
            "--sync",
            "--name",
            "NixOS",
            "windowfocus",
            "--sync",
        ];
        let done = self.run("xdotool", &search);
        assert!(done.status.success(), "{done:?}");
    }

    fn key(&self, key: &str) {
        let done = self.run("xdotool", &["key", key]);
        assert!(done.status.success(), "{done:?}");
    }

    fn write(&self, text: &str) {
        let done = self.run("xdotool", &["type", "--delay", "20", text]);
        assert!(done.status.success(), "{done:?}");
    }

    /// The wizard, which talks to the engine in `folder`.
    fn wizard(&self, folder: &Path, preset: Option<&Path>) -> Process {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nevado"));
        command.args(["--machine", MACHINE, "--engine"]);
        command.arg(folder.join(SOCKET));
        if let Some(preset) = preset {
            command.arg("--preset").arg(preset);
        }
        command.env("DISPLAY", &self.name);
        command.env_remove("WAYLAND_DISPLAY");
        Process(command.spawn().unwrap())
    }
}

/// A stand-in for the engine.
struct Engine {
    folder: tempfile::TempDir,
    stopper: Stopper,
    thread: Option<JoinHandle<()>>,
}

impl Engine {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let owner = rustix::process::geteuid().as_raw();
        let server = Server::bind(folder.path(), owner, IDLE).unwrap();
        let stopper = server.stopper();
        let speed = Speed::new(SPEED).unwrap();
        let mut replay = Replay::new(Recording::included().unwrap(), speed);
        let text = std::fs::read_to_string(MACHINE).unwrap();
        let machine: Machine = serde_json::from_str(&text).unwrap();
        let thread = std::thread::spawn(move || {
            server.serve(&mut replay, &mut || machine.clone()).unwrap();
        });
        Self {
            folder,
            stopper,
            thread: Some(thread),
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.stopper.stop();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

#[test]
fn from_the_first_page_to_the_last_in_a_real_window() {
    let missing: Vec<&str> = ["Xvfb", "xdotool", "import"]
        .into_iter()
        .filter(|program| !is_there(program))
        .collect();
    if !missing.is_empty() {
        assert!(std::env::var_os("CI").is_none(), "missing: {missing:?}");
        eprintln!("not tested: {missing:?} are missing; tests/install-dependencies.sh has them");
        return;
    }
    let engine = Engine::start();
    let display = Display::start();
    let folder = engine.folder.path();
    let preset = folder.join("preset.toml");
    std::fs::write(&preset, PRESET).unwrap();
    let wizard = display.wizard(folder, Some(&preset));
    display.until("Welcome");
    display.focus();
    display.key("ctrl+Return");
    display.until("Location");
    display.write("vienna");
    display.key("Down");
    for page in [
        "Keyboard", "Disk", "Users", "Desktop", "Software", "Summary",
    ] {
        display.key("ctrl+Return");
        display.until(page);
    }
    display.key("ctrl+Return");
    // The way back has the focus; the way on is one further.
    std::thread::sleep(Duration::from_millis(500));
    display.key("Tab");
    display.key("Return");
    display.until("Install");
    display.key("ctrl+l");
    // As if the session had crashed: the engine goes on, and a new wizard finds it.
    drop(wizard);
    let mut wizard = display.wizard(folder, None);
    display.until("Install");
    display.until("Finished");
    display.focus();
    // What has the focus is “Restart”, which ends a replay.
    display.key("Return");
    let begin = Instant::now();
    let ended = loop {
        match wizard.0.try_wait().unwrap() {
            Some(status) => break status,
            None => assert!(begin.elapsed() < PATIENCE, "it does not end"),
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    assert!(ended.success(), "{ended}");
}
