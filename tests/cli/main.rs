//! The program as a person calls it: help, exit codes, where what is printed.
//!
//! `nevado install` is called here only with presets that are refused before any disk is looked at.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod check;
mod wizard;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

struct Ended {
    code: i32,
    out: String,
    err: String,
}

fn nevado(arguments: &[&str]) -> Ended {
    let output = Command::new(env!("CARGO_BIN_EXE_nevado"))
        .args(arguments)
        .stdin(Stdio::null())
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    Ended {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn file(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name);
    path.to_string_lossy().into_owned()
}

const COMMANDS: [&str; 9] = [
    "probe",
    "check",
    "plan",
    "install",
    "follow",
    "retry",
    "schema",
    "completions",
    "man",
];

#[test]
fn every_command_has_an_example_and_its_exit_codes_in_its_help() {
    let program = nevado(&["--help"]);
    assert_eq!(program.code, 0);
    for command in COMMANDS {
        assert!(program.out.contains(&format!("  {command} ")), "{command}");
        let help = nevado(&[command, "--help"]);
        assert_eq!((help.code, help.err.as_str()), (0, ""));
        assert!(
            help.out.contains("Example") && help.out.contains(&format!("nevado {command}")),
            "{}",
            help.out
        );
        assert!(help.out.contains("Exit codes: 0 "), "{}", help.out);
        let widest = help.out.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(100), "{}", help.out);
    }
    let version = nevado(&["--version"]).out;
    assert_eq!(
        version.trim(),
        concat!("nevado ", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn unusable_arguments_end_with_2() {
    for arguments in [
        &["frobnicate"][..],
        &["check"],
        &["plan", "a", "b"],
        &["install", "--now"],
    ] {
        let ended = nevado(arguments);
        assert_eq!(ended.code, 2, "{arguments:?}");
        assert!(
            ended.out.is_empty() && ended.err.contains("Usage"),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_missing_file_ends_with_1() {
    for command in ["check", "plan", "install"] {
        let ended = nevado(&[command, "/nowhere/preset.toml"]);
        assert_eq!(ended.code, 1);
        assert!(
            ended.err.contains("/nowhere/preset.toml could not be read"),
            "{}",
            ended.err
        );
        assert!(ended.out.is_empty());
    }
}

#[test]
fn without_an_engine_there_is_nothing_to_try_again() {
    let ended = nevado(&["retry"]);
    assert_eq!((ended.code, ended.out.as_str()), (1, ""));
    assert!(ended.err.contains("nothing to go on with"), "{}", ended.err);
}

#[test]
fn schema_completions_and_man_page_come_from_the_same_source() {
    let schema = nevado(&["schema"]);
    assert_eq!(schema.code, 0);
    assert_eq!(schema.out, nevado::preset::schema());
    for shell in ["bash", "zsh", "fish"] {
        let script = nevado(&["completions", shell]);
        assert_eq!(script.code, 0);
        for command in COMMANDS {
            assert!(script.out.contains(command), "{shell}: {command}");
        }
    }
    let bash = nevado(&["completions", "bash"]).out;
    assert!(bash.contains("--machine") && !bash.contains("--end-after-first-frame"));
    let page = nevado(&["man"]);
    assert_eq!(page.code, 0);
    assert!(!page.out.contains("(1)\n"), "a page that there is not");
    assert!(page.out.contains(".TH nevado 1"), "{}", page.out);
    for part in [
        "NEVADO CHECK",
        "NEVADO INSTALL",
        "\\-\\-machine",
        "Exit codes",
    ] {
        assert!(page.out.contains(part), "{part}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_nevado"))
        .arg("schema")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(output.stderr.is_empty());
}

#[test]
fn a_recorded_installation_is_played_as_a_running_one_is_followed() {
    let journal = file("recordings/uefi-erase-ext4.jsonl");
    let fast = ["--speed", "10000"];
    let json = nevado(&["follow", "--recorded", &journal, "--json", fast[0], fast[1]]);
    assert_eq!((json.code, json.err.as_str()), (0, ""));
    assert_eq!(json.out, fs::read_to_string(&journal).unwrap());
    let text = nevado(&["follow", "--recorded", &journal, fast[0], fast[1]]);
    assert!(
        text.out.contains("[ 7/18] Partition /dev/vda"),
        "{}",
        text.out
    );
    assert!(text.out.contains("NixOS is installed"), "{}", text.out);
    let folder = tempfile::tempdir().unwrap();
    let cut = folder.path().join("journal.jsonl");
    let cut = cut.to_str().unwrap();
    fs::write(
        cut,
        json.out.lines().take(20).collect::<Vec<_>>().join("\n"),
    )
    .unwrap();
    let ended = nevado(&["follow", "--recorded", cut, fast[0], fast[1]]);
    assert_eq!(ended.code, 1);
    assert!(
        ended.err.contains("before the installation did"),
        "{}",
        ended.err
    );
    let other = file("presets/smallest.toml");
    let refused = nevado(&["follow", "--recorded", &other]);
    assert_eq!((refused.code, refused.out.as_str()), (1, ""));
    let causes = refused.err.matches("at line 1 column").count();
    assert_eq!(causes, 1, "{}", refused.err);
    for wrong in [&["--recorded", &journal, "--speed", "0"][..], &fast] {
        let refused = nevado(&[&["follow"], wrong].concat());
        assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    }
}

#[test]
fn a_tree_that_is_not_there_is_no_computer() {
    let probed = nevado(&["probe", "--root", "/nowhere/at/all"]);
    assert_eq!((probed.code, probed.out.as_str()), (1, ""));
    assert!(probed.err.contains("/nowhere/at/all"), "{}", probed.err);
}
