//! The stand-in for nixpkgs refuses what NixOS refuses: planted mistakes, one by one, each with
//! the message that a person would see; and it takes what is right.
//!
//! Needs `nix-instantiate` (Debian: `nix-bin`) and fails without it. Nothing is built: the store
//! is a dummy.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../systems/mod.rs"]
mod systems;

mod choices;
mod combinations;
mod computers;
mod desktops;
mod flake;
mod golden;
mod mistakes;
mod nixos_install;
mod right;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A configuration with nothing wrong in it, which tests change at one place.
const GOOD: &str = include_str!("good.nix");

/// The stand-in as the test medium has it, with empty files for kernel, busybox and boot loader.
struct StandIn {
    folder: TempDir,
}

impl StandIn {
    fn new() -> Self {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
        let folder = tempfile::tempdir().unwrap();
        let nixpkgs = folder.path().join("nixpkgs");
        copy_tree(&tests.join("vm/standin/nixpkgs"), &nixpkgs);
        let nixos = nixpkgs.join("nixos");
        fs::copy(
            tests.join("nixos-option-types.json"),
            nixos.join("nixos-option-types.json"),
        )
        .unwrap();
        fs::create_dir_all(nixos.join("parts/modules")).unwrap();
        for part in [
            "vmlinuz",
            "busybox",
            "systemd-bootx64.efi",
            "modules/order",
            "grub",
            "grub-efi",
            "cryptsetup",
            "login",
            "nix",
        ] {
            fs::write(nixos.join("parts").join(part), "").unwrap();
        }
        Self { folder }
    }

    /// Puts a file beside the configuration.
    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).unwrap();
    }

    /// `GOOD`, with these definitions in a module of their own beside it.
    fn with(&self, definitions: &str) -> String {
        let module = format!("{{ config, lib, pkgs, ... }}: {{ {definitions} }}");
        self.write("planted.nix", &module);
        changed("  imports = [", "  imports = [ ./planted.nix")
    }

    /// Evaluates as the installer does; `question` is what is asked about, as `-A` or `-E` takes it.
    fn nix(&self, configuration: &str, question: &[&str]) -> Output {
        self.write("configuration.nix", configuration);
        Command::new("nix-instantiate")
            .args(["--store", "dummy://", "--readonly-mode", "--eval"])
            .args(["--strict", "--json"])
            .args(question)
            .args(["-I", "nixpkgs=nixpkgs"])
            .args(["-I", "nixos-config=configuration.nix"])
            .current_dir(self.folder.path())
            .env_remove("NIX_PATH")
            .output()
            .expect("nix-instantiate can't be started; install Debian's nix-bin")
    }

    /// What Nix answers, as JSON text; panics with its complaint.
    fn ask(&self, configuration: &str, question: &[&str]) -> String {
        let output = self.nix(configuration, question);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{complaint}\nin\n{configuration}\nasked {question:?}"
        );
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// The derivation of the whole system.
    fn system(&self, configuration: &str) -> String {
        self.ask(configuration, &["<nixpkgs/nixos>", "-A", "system.drvPath"])
    }

    /// The value of one expression about `config`.
    fn value(&self, configuration: &str, expression: &str) -> String {
        let expression =
            format!("let inherit (import <nixpkgs/nixos> {{ }}) config; in {expression}");
        self.ask(configuration, &["-E", &expression])
    }

    /// What Nix complains about when it evaluates the system; panics when it does not complain.
    fn complaint(&self, configuration: &str) -> String {
        let output = self.nix(configuration, &["<nixpkgs/nixos>", "-A", "system.drvPath"]);
        assert!(
            !output.status.success(),
            "nothing was found wrong with\n{configuration}"
        );
        String::from_utf8_lossy(&output.stderr).into_owned()
    }
}

/// `GOOD` with one text replaced, which must be in it.
fn changed(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "`{from}` is not in good.nix");
    GOOD.replace(from, to)
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_tree(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
