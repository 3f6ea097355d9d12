//! The polkit files fit the program that they let start.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::process::Command;

const POLICY: &str = "packaging/polkit/org.nevado.engine.policy";
const RULES: &str = "packaging/polkit/49-nevado.rules";

/// Prints the action's id, its annotations by key, and what it grants by default.
const READ: &str = "
import sys, xml.dom.minidom
action, = xml.dom.minidom.parse(sys.argv[1]).getElementsByTagName('action')
print(action.getAttribute('id'))
for note in action.getElementsByTagName('annotate'):
    print(note.getAttribute('key').split('.')[-1], note.firstChild.data)
for rule in ('allow_any', 'allow_inactive', 'allow_active'):
    print(action.getElementsByTagName(rule)[0].firstChild.data)
";

#[test]
fn only_the_engine_of_this_program_is_started_and_only_the_live_medium_does_not_ask() {
    let mut read = Command::new("python3");
    let read = read.args(["-c", READ, POLICY]).output().unwrap();
    let told = String::from_utf8(read.stdout).unwrap();
    let lines: Vec<&str> = told.lines().collect();
    let asks = ["auth_admin"; 3];
    let expected = ["org.nevado.engine", "path @nevado@", "argv1 engine"];
    assert_eq!(lines, [&expected[..], &asks].concat());
    let rules = std::fs::read_to_string(RULES).unwrap();
    for part in [
        "action.id == \"org.nevado.engine\"",
        "subject.local",
        "subject.active",
        "subject.isInGroup(\"wheel\")",
    ] {
        assert!(rules.contains(part), "{part}");
    }
    let mut help = Command::new(env!("CARGO_BIN_EXE_nevado"));
    let help = help.args(["engine", "--help"]).output().unwrap();
    assert!(help.status.success());
}
