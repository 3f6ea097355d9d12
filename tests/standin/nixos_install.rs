//! The stand-in for nixos-install takes the real one's flags and makes its checks.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

/// Exit status and both outputs.
fn nixos_install(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new("bash")
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/vm/standin/nixos-install"
        ))
        .args(arguments)
        .output()
        .unwrap();
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    (output.status.code(), text)
}

fn refused(arguments: &[&str], words: &str) {
    let (status, text) = nixos_install(arguments);
    assert_eq!(status, Some(1), "{arguments:?}: {text}");
    assert!(text.contains(words), "{arguments:?}: {text}");
}

#[test]
fn unknown_flags() {
    for flag in [
        "-L",
        "--accept-flake-config",
        "--no-root-pasword",
        "--yes",
        "/mnt",
    ] {
        refused(&["--root", "/nowhere", flag], "unknown option");
    }
}

#[test]
fn flags_without_their_value() {
    refused(&["--root"], "--root needs 1 value(s)");
    refused(&["--option", "build-dir"], "--option needs 2 value(s)");
}

#[test]
fn known_flags_are_taken_with_their_values() {
    let all = [
        "--max-jobs",
        "1",
        "--cores",
        "2",
        "-I",
        "a=b",
        "--substituters",
        "",
        "--option",
        "a",
        "b",
        "--show-trace",
        "--impure",
        "--keep-going",
        "-v",
        "--verbose",
        "--channel",
        "/c",
        "--no-channel-copy",
        "--no-root-password",
        "--no-root-passwd",
        "--no-bootloader",
        "--log-format",
        "internal-json",
        "--system",
        "/s",
        "--root",
        "/nowhere",
    ];
    refused(&all, "mount point /nowhere doesn't exist");
}

#[test]
fn a_target_that_others_may_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("mnt");
    fs::create_dir(&target).unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
    refused(
        &["--root", target.to_str().unwrap(), "--system", "/s"],
        "should have permissions 755, but had permissions 700",
    );
}
