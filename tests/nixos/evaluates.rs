//! Every kind of configuration that is written evaluates, down to the derivation of the system:
//! imports, merging, types and assertions, by a real Nix in the stand-in for nixpkgs that the
//! virtual machine test uses.
//!
//! Needs `nix-instantiate` (Debian: `nix-bin`) and fails without it. Nothing is built: the store is
//! a dummy.

use super::systems::{Sample, presets};
use nevado::nixos::{HARDWARE_FILE, configuration};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Copies the stand-in and puts beside it what the medium does; the kernel and its like are empty
/// files here, as nothing is built.
fn lay_out_nixpkgs(folder: &Path) {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    copy(&tests.join("vm/standin/nixpkgs"), folder);
    let nixos = folder.join("nixos");
    let table = "nixos-option-types.json";
    fs::copy(tests.join(table), nixos.join(table)).unwrap();
    fs::create_dir_all(nixos.join("parts/modules")).unwrap();
    for part in ["vmlinuz", "busybox", "systemd-bootx64.efi", "modules/order"] {
        fs::write(nixos.join("parts").join(part), "").unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The derivation of the system that a configuration describes, or what Nix says against it.
fn system_of(nixpkgs: &Path, configuration: &Path) -> Result<String, String> {
    let output = Command::new("nix-instantiate")
        .args(["--store", "dummy://", "--eval", "--readonly-mode"])
        .args(["<nixpkgs/nixos>", "-A", "system.drvPath", "-I"])
        .arg(format!("nixos-config={}", configuration.display()))
        .env("NIX_PATH", format!("nixpkgs={}", nixpkgs.display()))
        .output()
        .map_err(|error| format!("nix-instantiate: {error}; install Debian's nix-bin"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

#[test]
fn every_preset_becomes_a_system() {
    let folder = tempfile::tempdir().unwrap();
    let nixpkgs = folder.path().join("nixpkgs");
    lay_out_nixpkgs(&nixpkgs);
    let main = folder.path().join("configuration.nix");
    for preset in presets() {
        let files = configuration(&Sample::new(&preset).system()).unwrap();
        fs::write(&main, &files.configuration).unwrap();
        fs::write(
            folder.path().join(HARDWARE_FILE),
            &files.hardware_configuration,
        )
        .unwrap();
        let system = system_of(&nixpkgs, &main);
        assert!(
            system
                .as_ref()
                .is_ok_and(|path| path.contains("/nix/store/")),
            "{system:?} of\n{preset}\n{}",
            files.configuration
        );
    }

    // The same files with one word changed are refused.
    let text = fs::read_to_string(&main).unwrap();
    for (right, wrong, complaint) in [
        (
            "networking.hostName",
            "networking.hostname",
            "`networking.hostname' does not exist",
        ),
        (
            "useXkbConfig = true",
            "useXkbConfig = \"yes\"",
            "is not of type `boolean'",
        ),
    ] {
        assert!(text.contains(right), "{right} is not in\n{text}");
        fs::write(&main, text.replace(right, wrong)).unwrap();
        let answer = system_of(&nixpkgs, &main);
        assert!(
            answer.as_ref().is_err_and(|said| said.contains(complaint)),
            "{wrong}: {answer:?}"
        );
    }
}
