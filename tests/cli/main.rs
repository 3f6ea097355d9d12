//! The program as a person calls it: help, exit codes, where what is printed.
//!
//! `nevado install` is called here only with presets that are refused before any disk is looked at.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

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
fn mistakes_end_with_3_and_are_shown_where_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("preset.toml");
    let text = "version = 1\n[network]\nhostname = \"alm\"\n\
                [[users]]\nname = \"ada\"\nadministrator = true\n";
    fs::write(&path, text).unwrap();
    let name = path.to_string_lossy().into_owned();
    let machine = file("machines/empty-uefi.json");
    let expected = format!(
        "{name}:3:1: error: there is no key `hostname` in `network`\n    \
           3 │ hostname = \"alm\"\n      │ ^^^^^^^^\n  Did you mean `host_name`?\n"
    );
    for command in ["plan", "install"] {
        let ended = nevado(&[command, &name]);
        assert_eq!((ended.code, ended.out.as_str()), (3, ""));
        assert_eq!(ended.err, expected);
    }
    let ended = nevado(&["check", &name, "--machine", &machine]);
    assert_eq!((ended.code, ended.err.as_str()), (3, ""));
    assert_eq!(
        ended.out,
        format!("{expected}\n{name} can't be installed: 1 error\n")
    );
}

/// What `check` prints of a preset, held against a recorded machine.
fn checked(text: &str, machine: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("preset.toml");
    fs::write(&path, text).unwrap();
    let path = path.to_string_lossy();
    let ended = nevado(&["check", &path, "--machine", &file(machine)]);
    assert_eq!((ended.code, ended.err.as_str()), (3, ""));
    ended.out
}

#[test]
fn check_tells_mistakes_and_problems_together() {
    let text = "version = 1\n[network]\nhostname = \"alm\"\n[keyboard]\nvariant = \"neo\"\n\
                [[users]]\nname = \"ada\"\nadministrator = true\n";
    let out = checked(text, "machines/tiny-disk.json");
    for part in [
        ":3:1: error: there is no key `hostname`",
        ":5:1: error: a variant belongs to a layout",
        "can't be installed: 3 errors",
    ] {
        assert!(out.contains(part), "{part}\n---\n{out}");
    }
}

#[test]
fn what_may_come_from_a_mistake_is_not_told_beside_it() {
    // The one user is in a section that is misspelt, or has a fault.
    for users in [
        "[[user]]\nname = \"ada\"\nadministrator = true\n",
        "[[users]]\nname = \"Ada\"\nadministrator = true\n",
    ] {
        let text = format!("version = 1\n{users}[desktop]\nautologin = \"ada\"\n");
        let out = checked(&text, "machines/empty-uefi.json");
        assert!(out.contains("can't be installed: 1 error\n"), "{out}");
    }
}

#[test]
fn check_shows_problems_beside_their_fields() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("preset.toml");
    let text = "version = 1\n\n[[users]]\nname = \"ada\"\npassword = { plain = \"hidden-7\" }\n\
                [software]\npackages = [\"steam\"]\n[keyboard]\nvariant = \"neo\"\n";
    fs::write(&path, text).unwrap();
    let name = path.to_string_lossy().into_owned();
    let machine = file("machines/windows-laptop.json");
    let ended = nevado(&["check", &name, "--machine", &machine]);
    assert_eq!(ended.code, 3);
    for part in [
        format!("{name}:9:1: error: a variant belongs to a layout"),
        "    9 │ variant = \"neo\"\n      │ ^^^^^^^".to_owned(),
        format!("{name}:6:2: error: steam can't be installed"),
        format!("{name}:3:3: warning: nobody could change"),
        "can't be installed: 2 errors, 2 warnings\n".to_owned(),
    ] {
        assert!(ended.out.contains(&part), "{part}\n---\n{}", ended.out);
    }
    assert!(!ended.out.contains("hidden-7"));

    let ended = nevado(&["check", &name, "--machine", &machine, "--json"]);
    assert_eq!(ended.code, 3);
    let found: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(found["installable"], false);
    let problems = found["problems"].as_array().unwrap();
    let variant = problems
        .iter()
        .find(|problem| problem["id"] == "variant_without_layout")
        .unwrap();
    assert_eq!(variant["severity"], "error");
    assert_eq!(variant["field"], "keyboard.variant");
    assert_eq!(variant["place"]["line"], 9);
    assert_eq!(variant["place"]["text"], "variant = \"neo\"");
    assert_eq!(variant["place"]["length"], 7);
}

#[test]
fn a_good_preset_ends_with_0() {
    let preset = file("presets/smallest.toml");
    let machine = file("machines/empty-uefi.json");
    let ended = nevado(&["check", &preset, "--machine", &machine]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    // What it does not say is the most dangerous of all.
    let erased = "warning: no `layout` is given in [disk]: all of the disk is erased, and everything on \
                  it is lost: disk without a model name (20 GiB, serial NVD-EMPTY-20) at /dev/vda\n  Write `layout = \"erase\"` to say so, or one that keeps what is there.";
    let asked = "note: somebody has to be there, an unattended run stops: the password of ada is asked \
                 for\n  For a run without anybody, write a hash (`mkpasswd` makes one) as \
                 `password = { hash = \"$y$…\" }`.";
    let summary = "can be installed, as far as can be told without asking Nix, 1 warning; `nevado plan` \
                   says what would be lost";
    assert_eq!(
        ended.out,
        format!("{preset}: {erased}\n\n{preset}: {asked}\n\n{preset} {summary}\n")
    );
    let said = file("presets/manual-two-disks.toml");
    let machine_of_said = file("machines/two-equal-disks.json");
    let ended = nevado(&["check", &said, "--machine", &machine_of_said]);
    // All of its notes: who has to be there.
    let notes: Vec<&str> = ended.out.lines().filter(|l| l.contains("note: ")).collect();
    assert!(
        ended.code == 0 && matches!(notes[..], [one] if one.contains("asked for")),
        "{}",
        ended.out
    );
    assert!(!ended.out.contains("`layout`"), "{}", ended.out);
    let ended = nevado(&["plan", &preset, "--machine", &machine, "--json"]);
    assert_eq!(ended.code, 0);
    let plan: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(plan["disk"]["identity"]["path"], "/dev/vda");
}

#[test]
fn without_an_engine_there_is_nothing_to_try_again() {
    let ended = nevado(&["retry"]);
    assert_eq!((ended.code, ended.out.as_str()), (1, ""));
    assert!(ended.err.contains("nothing to go on with"), "{}", ended.err);
}

#[test]
fn a_machine_file_of_something_else_is_refused() {
    let preset = file("presets/smallest.toml");
    let ended = nevado(&["check", &preset, "--machine", &preset]);
    assert_eq!(ended.code, 1);
    assert!(
        ended.err.contains("is not the output of `nevado probe`"),
        "{}",
        ended.err
    );
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

/// A panic of the toolkit is no answer.
#[test]
fn a_display_that_does_not_answer_is_named() {
    let displays = [
        ("DISPLAY", ":4711"),
        ("DISPLAY", "nothing"),
        ("WAYLAND_DISPLAY", "/nowhere/at/all"),
    ];
    for (variable, value) in displays {
        let output = Command::new(env!("CARGO_BIN_EXE_nevado"))
            .arg("--demo")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .env(variable, value)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(value) && said.contains(variable), "{said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

/// A panic of the toolkit is no answer.
#[test]
fn without_a_display_the_wizard_says_so() {
    let output = Command::new(env!("CARGO_BIN_EXE_nevado"))
        .arg("--demo")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("there is no display here"), "{said}");
    // With a recording, nothing is installed.
    assert!(said.contains("--screenshot FILE"), "{said}");
    assert!(!said.contains("nevado install"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn files_are_asked_for_beside_a_page_that_has_room_for_them() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("page.png");
    for (page, code) in [("welcome", 1), ("summary", 1), ("users", 0)] {
        let file = picture.to_str().unwrap();
        let drawn = nevado(&["--page", page, "--screenshot", file, "--files"]);
        assert_eq!(drawn.code, code, "{page}: {}", drawn.err);
        let told = drawn.err.contains("leave `--files` out");
        assert_eq!((told, picture.exists()), (code == 1, code == 0), "{page}");
    }
}

/// What the arguments name and what there is not ends as what clap refuses does.
#[test]
fn an_unknown_name_is_an_error_of_usage() {
    for wrong in [
        ["--page", "summary", "--language", "xx"],
        ["--page", "nothing", "--language", "de"],
        ["--page", "summary", "--appearance", "pink"],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_nevado"))
            .args(wrong)
            .args(["--screenshot", "/nowhere/at/all.png"])
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(
            said.starts_with("nevado: there is no") || said.contains("xx"),
            "{said}"
        );
    }
}
