//! The wizard as it is called: without a display, with one that does not answer, and for a picture of a page.

use super::nevado;
use std::process::Command;

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

#[test]
fn a_page_behind_an_installation_that_can_not_be_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.png");
    let tests = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_nevado"))
        .arg("--machine")
        .arg(tests.join("machines/hyperv.json"))
        .args(["--page", "finished", "--screenshot"])
        .arg(&file)
        .output()
        .unwrap();
    let told = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(3), "{told}");
    assert!(told.contains("Secure Boot is on"), "{told}");
    assert!(!file.exists());
}
