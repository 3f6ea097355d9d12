//! An X server without a screen, and `xdotool` as the person's hands.

use crate::{Key, Process, Screen};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

pub(crate) struct Server {
    _server: Process,
    name: String,
}

impl Server {
    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(program);
        command.args(arguments).env("DISPLAY", &self.name);
        command.output().unwrap()
    }

    /// Moves the pointer there and presses one of its buttons, by the number that X has for it.
    pub(crate) fn click(&self, (x, y): (f32, f32), button: &str) {
        let (x, y) = (format!("{x:.0}"), format!("{y:.0}"));
        self.do_it(&["mousemove", "--sync", &x, &y, "click", button]);
    }

    fn do_it(&self, arguments: &[&str]) {
        let done = self.run("xdotool", arguments);
        assert!(done.status.success(), "{done:?}");
    }
}

impl Screen for Server {
    const PROGRAMS: &[&str] = &["Xvfb", "xdotool", "import"];

    fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1"])
            // Or it begins anew when its last window has gone, and refuses the next meanwhile.
            .arg("-noreset")
            .args(["-screen", "0", "1100x720x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let out = server.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        Self {
            _server: Process(server),
            name: format!(":{}", line.trim()),
        }
    }

    fn show_here(&self, command: &mut Command) {
        command.env("DISPLAY", &self.name);
    }

    fn title(&self) -> String {
        let found = self.run("xdotool", &["search", "--name", "NixOS", "getwindowname"]);
        String::from_utf8_lossy(&found.stdout).trim().to_owned()
    }

    fn take_picture(&self, file: &Path) {
        let taken = self.run("import", &["-window", "root", file.to_str().unwrap()]);
        assert!(taken.status.success(), "{taken:?}");
    }

    /// There is no window manager to do it.
    fn focus(&self) {
        let search = ["search", "--sync", "--name", "NixOS"];
        self.do_it(&[&search[..], &["windowfocus", "--sync"]].concat());
    }

    fn press(&self, key: Key) {
        let name = match key {
            Key::Enter => "Return",
            Key::Tab => "Tab",
            Key::Down => "Down",
            Key::ControlA => "ctrl+a",
            Key::ControlEnter => "ctrl+Return",
            Key::ControlL => "ctrl+l",
        };
        self.do_it(&["key", name]);
    }

    fn write(&self, text: &str) {
        self.do_it(&["type", "--delay", "20", text]);
    }
}
