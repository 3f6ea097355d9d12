//! The whole wizard with the mouse, and the keyboard for what is written: a Wi-Fi is joined, through a stand-in
//! for NetworkManager, and the layout is one of one's own. Where to click is what the wizard tells of its own
//! window (`--tell-places`).

use crate::engine::Engine;
use crate::standin::{self, StandIn};
use crate::x11::Server;
use crate::{Key, PATIENCE, Person, Process, Screen, is_possible};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Stdio};
use std::time::{Duration, Instant};

/// Two Linux systems.
const MACHINE: &str = "tests/machines/table-dual-linux.json";

const PASSWORD: &str = "Kuckucksuhr-17";

/// The numbers that X has for the left button and the wheel.
const LEFT: &str = "1";
const WHEEL_UP: &str = "4";
const WHEEL_DOWN: &str = "5";

/// The left and the upper edge, the width and the height.
type Area = [f32; 4];

/// A text or a control, and what is seen of its surroundings.
#[derive(serde::Deserialize)]
struct Place {
    name: String,
    area: Area,
    seen: Area,
}

impl Place {
    /// The middle of what is seen of it, if that is most of it.
    fn point(&self) -> Option<(f32, f32)> {
        let ([x, y, width, height], seen) = (self.area, self.seen);
        let (left, right) = (x.max(seen[0]), (x + width).min(seen[0] + seen[2]));
        let (top, bottom) = (y.max(seen[1]), (y + height).min(seen[1] + seen[3]));
        let is_seen = right - left > width / 2.0 && bottom - top > height / 2.0;
        is_seen.then_some(((left + right) / 2.0, (top + bottom) / 2.0))
    }

    /// At the edge of what scrolls, where nothing else takes the wheel, and which way to turn it.
    fn wheel(&self) -> ((f32, f32), &'static str) {
        let [left, top, _, height] = self.seen;
        let way = if self.area[1] < top {
            WHEEL_UP
        } else {
            WHEEL_DOWN
        };
        ((left + 3.0, top + height / 2.0), way)
    }
}

/// A wizard in a window that tells where everything is.
struct Window {
    process: Process,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Window {
    fn of(person: &Person<Server>, machine: &Path, folder: &Path, bus: &str) -> Self {
        let mut command = person.wizard(machine, folder);
        command.args(["--tell-places", "--bus", bus]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = Process(command.spawn().unwrap());
        let questions = process.0.stdin.take().unwrap();
        let answers = BufReader::new(process.0.stdout.take().unwrap());
        Self {
            process,
            questions,
            answers,
        }
    }

    fn places(&mut self) -> Vec<Place> {
        self.questions.write_all(b"\n").unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

/// A person with a mouse at a wizard.
struct Hand {
    person: Person<Server>,
    window: Window,
}

impl Hand {
    /// Clicks on a text or a control as soon as it is there, scrolled to where it is seen.
    fn click(&mut self, name: &str) {
        let begin = Instant::now();
        loop {
            let places = self.window.places();
            let mut named = places.iter().filter(|place| place.name == name);
            match named.clone().find_map(Place::point) {
                Some(point) => return self.person.screen.click(point, LEFT),
                None => {
                    if let Some((point, way)) = named.next().map(Place::wheel) {
                        self.person.screen.click(point, way);
                    }
                }
            }
            let names: Vec<_> = places.iter().map(|place| &place.name).collect();
            assert!(begin.elapsed() < PATIENCE, "no {name}: {names:?}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Clicks into a field and writes.
    fn fill(&mut self, field: &str, text: &str) {
        self.click(field);
        self.person.screen.write(text);
    }

    /// Joins the strongest network, at the second try.
    fn join(&mut self, stand_in: &StandIn) {
        self.shows("This computer is not connected");
        self.click("wifi-0");
        self.fill("wifi-password", "Kuckucksuhr-71");
        self.click("wifi-join");
        self.shows("The network did not take the password");
        self.person.picture("Network, a wrong password");
        assert_eq!(stand_in.profiles().len(), 0);
        self.click("wifi-password");
        self.person.press(Key::ControlA);
        self.person.screen.write(PASSWORD);
        self.person.press(Key::Enter);
        self.shows("connected to “Alm”");
        self.person.picture("Network, joined");
        let profiles = stand_in.profiles();
        assert_eq!(profiles.len(), 1);
        let psk = standin::text(&profiles[0], "802-11-wireless-security", "psk");
        assert_eq!(psk, PASSWORD);
    }

    /// Goes on to a page.
    fn next(&mut self, page: &str) {
        self.click("Next");
        self.person.until(page);
    }

    fn shows(&mut self, text: &str) {
        let begin = Instant::now();
        while !self
            .window
            .places()
            .iter()
            .any(|place| place.name.contains(text))
        {
            assert!(begin.elapsed() < PATIENCE, "{text} is not shown");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// A recorded computer in a folder, with its cables out.
fn offline(machine: &str, folder: &Path) -> std::path::PathBuf {
    let text = std::fs::read_to_string(machine).unwrap();
    let mut machine: serde_json::Value = serde_json::from_str(&text).unwrap();
    let interfaces = machine.pointer_mut("/network/known").unwrap();
    for interface in interfaces.as_array_mut().unwrap() {
        *interface.get_mut("up").unwrap() = false.into();
    }
    let file = folder.join("machine.json");
    std::fs::write(&file, machine.to_string()).unwrap();
    file
}

#[test]
fn from_the_first_page_to_the_last_with_the_mouse() {
    if !is_possible::<Server>() || !standin::is_possible() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let machine = offline(MACHINE, folder.path());
    let engine = Engine::start(&machine);
    let person = Person::at(Server::start(), "mouse");
    let stand_in = StandIn::start();
    let window = Window::of(&person, &machine, engine.folder(), &stand_in.address);
    person.until("Welcome");
    person.screen.focus();
    let mut hand = Hand { person, window };
    hand.click("Dark");
    hand.next("Location");
    hand.fill("zones", "vienna");
    hand.click("Vienna");
    hand.next("Keyboard");
    hand.next("Network");
    hand.join(&stand_in);
    hand.next("Disk");
    hand.click("layout-manual");
    hand.next("Partitions");
    hand.click("1  ·  EFI system");
    hand.click("/boot");
    hand.click("3  ·  debian (ext4)");
    hand.click("Format");
    hand.fill("mount", "/");
    hand.shows("made anew, its content is lost");
    hand.next("Users");
    hand.fill("full-name", "Zoë Müller");
    hand.fill("password", PASSWORD);
    hand.fill("repeat", PASSWORD);
    hand.next("Desktop");
    hand.click("KDE Plasma 6");
    hand.next("Software");
    hand.next("Summary");
    hand.click("next");
    hand.person.until("Last question");
    hand.click("erase");
    hand.person.until("Install");
    hand.person.until("Finished");
    hand.click("Restart");
    let ended = hand.window.process.end();
    assert!(ended.success(), "{ended}");
}
