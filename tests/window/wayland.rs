//! A Wayland compositor without a screen (sway, drawn in software), `wtype` as the person's hands and
//! `grim` as their eyes.

use crate::{Key, PATIENCE, Process, Screen};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const SETTINGS: &str = "output HEADLESS-1 resolution 1100x720\n\
                        default_border none\n\
                        xwayland disable\n";

/// Each `wtype` is a keyboard. While there is none, a window listens to none, and what is pressed before
/// it has heard of a new one is lost: so one is there all the time, without ever being pressed.
const IDLE_KEYBOARD: [&str; 4] = ["-s", "3600000", "-M", "shift"];

/// How long a new keyboard waits, in milliseconds: its letters have to be known first.
const KEYBOARD: &str = "200";

/// sway refuses to run as root; it is nobody then.
const NOBODY: u32 = 65534;

pub(crate) struct Compositor {
    /// The one that is always there.
    keyboard: Option<Process>,
    _sway: Process,
    folder: tempfile::TempDir,
    /// Its display, a name in the folder.
    display: String,
    /// The socket on which it is asked.
    socket: String,
}

impl Compositor {
    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(program);
        command.args(arguments).env("SWAYSOCK", &self.socket);
        self.show_here(&mut command);
        command.output().unwrap()
    }

    fn type_it(&self, arguments: &[&str]) {
        let done = self.run("wtype", &[&["-s", KEYBOARD], arguments].concat());
        assert!(done.status.success(), "{done:?}");
    }
}

/// The file in a folder whose name begins so and has no ending, or ends so.
fn file(folder: &Path, begin: &str, end: &str) -> Option<String> {
    let names = folder.read_dir().unwrap().map(|entry| entry.unwrap());
    let mut names = names.map(|entry| entry.file_name().into_string().unwrap());
    names.find(|name| name.starts_with(begin) && name.ends_with(end) && !name.ends_with(".lock"))
}

impl Screen for Compositor {
    const PROGRAMS: &[&str] = &["sway", "swaymsg", "wtype", "grim", "setpriv"];

    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = folder.path().join("settings");
        std::fs::write(&settings, SETTINGS).unwrap();
        let is_root = rustix::process::geteuid().is_root();
        let mut command = if is_root {
            std::os::unix::fs::chown(folder.path(), Some(NOBODY), Some(NOBODY)).unwrap();
            let mut command = Command::new("setpriv");
            let nobody = NOBODY.to_string();
            command.args(["--reuid", &nobody, "--regid", &nobody, "--clear-groups"]);
            command.arg("sway");
            command
        } else {
            Command::new("sway")
        };
        let sway = command
            .arg("--config")
            .arg(&settings)
            .env("XDG_RUNTIME_DIR", folder.path())
            .env("HOME", folder.path())
            .env("WLR_BACKENDS", "headless")
            .env("WLR_RENDERER", "pixman")
            .env("WLR_LIBINPUT_NO_DEVICES", "1")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("DISPLAY")
            .current_dir("/")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let sway = Process(sway);
        let begin = Instant::now();
        let (display, socket) = loop {
            let display = file(folder.path(), "wayland-", "");
            let socket = file(folder.path(), "sway-ipc.", ".sock");
            if let Some(found) = display.zip(socket) {
                break found;
            }
            assert!(begin.elapsed() < PATIENCE, "sway does not start");
            std::thread::sleep(Duration::from_millis(50));
        };
        let socket = folder.path().join(socket).to_str().unwrap().to_owned();
        let mut compositor = Self {
            keyboard: None,
            _sway: sway,
            folder,
            display,
            socket,
        };
        let mut keyboard = Command::new("wtype");
        keyboard.args(IDLE_KEYBOARD);
        compositor.show_here(&mut keyboard);
        compositor.keyboard = Some(Process(keyboard.spawn().unwrap()));
        compositor
    }

    fn show_here(&self, command: &mut Command) {
        command.env("XDG_RUNTIME_DIR", self.folder.path());
        command.env("WAYLAND_DISPLAY", &self.display);
    }

    fn title(&self) -> String {
        let told = self.run("swaymsg", &["-t", "get_tree", "--raw"]);
        let tree: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap_or_default();
        title_in(&tree).unwrap_or_default()
    }

    fn take_picture(&self, file: &Path) {
        let taken = self.run("grim", &[file.to_str().unwrap()]);
        assert!(taken.status.success(), "{taken:?}");
    }

    /// The compositor does it.
    fn focus(&self) {}

    fn press(&self, key: Key) {
        let held = ["-M", "ctrl", "-k"];
        match key {
            Key::Enter => self.type_it(&["-k", "Return"]),
            Key::Tab => self.type_it(&["-k", "Tab"]),
            Key::Down => self.type_it(&["-k", "Down"]),
            Key::ControlA => self.type_it(&[&held[..], &["a", "-m", "ctrl"]].concat()),
            Key::ControlEnter => self.type_it(&[&held[..], &["Return", "-m", "ctrl"]].concat()),
            Key::ControlL => self.type_it(&[&held[..], &["l", "-m", "ctrl"]].concat()),
        }
    }

    fn write(&self, text: &str) {
        self.type_it(&["-d", "20", text]);
    }
}

/// The title of the window in a tree, by its application's name.
fn title_in(node: &serde_json::Value) -> Option<String> {
    if node.get("app_id").and_then(|id| id.as_str()) == Some("nevado") {
        return Some(node.get("name")?.as_str()?.to_owned());
    }
    let inside = node.get("nodes")?.as_array()?;
    inside.iter().find_map(title_in)
}
