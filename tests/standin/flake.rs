//! The flake that Nevado writes: it is the system of its `configuration.nix`, and a real `nix` takes
//! lock and flake as they are, without the network.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use nevado::evaluate::{Draft, Evaluation, evaluate_here};
use nevado::machine::{NarHash, Nixpkgs};
use nevado::nixos::Pin;
use nevado::plan::TargetFile;
use nevado::process::CancelToken;

use crate::StandIn;
use crate::systems::Sample;

const REVISION: &str = "8f3a1c2d9e40b6175aa3c8f20d47e9b153c60a7e";

/// A flake that is locked to a store path of this hash, in which `nixos` is the tree.
fn flake(hash: NarHash) -> Sample {
    let mut sample = Sample::new(
        "configuration = { shape = 'flake', files = 'split' }
         network = { host_name = 'atlas' }
         desktop = { environment = 'xfce' }
         system = { upgrades = 'next_start' }",
    );
    let nixpkgs = Nixpkgs {
        path: "/nix/store/h2xlkxvs2yvkpfnbclfyzg1pgqr89p2c-nixos/nixos".into(),
        channel: None,
        release: "26.05".to_owned(),
        version_suffix: String::new(),
        revision: Some(REVISION.to_owned()),
        nar_hash: Some(hash),
    };
    sample.flake = Some(Pin::of(&nixpkgs).unwrap());
    sample
}

fn any_hash() -> NarHash {
    let text = "sha256-DMJucw6GHVRwjRo3uQqJLnhrpuMTEjfjW4SVUgbiXTw=";
    NarHash::try_from(text.to_owned()).unwrap()
}

/// What the engine makes of the files before the disk is touched.
fn evaluated(stand_in: &StandIn, sample: &Sample) -> Evaluation {
    let files = nevado::nixos::files(&sample.system()).unwrap();
    let files = files.into_iter().map(|file| TargetFile {
        path: format!("/etc/nixos/{}", file.name).parse().unwrap(),
        mode: 0o644,
        text: file.text,
    });
    let draft = Draft::new(files.collect(), stand_in.folder.path().join("nixpkgs"));
    evaluate_here(&draft, &CancelToken::default())
}

#[test]
fn it_is_evaluated_before_the_disk_is_touched() {
    let stand_in = StandIn::new();
    let mut sample = flake(any_hash());
    let evaluation = evaluated(&stand_in, &sample);
    let Evaluation::Evaluates { derivation } = &evaluation else {
        panic!("{evaluation:?}");
    };
    assert!(
        derivation.contains("-nixos-system-atlas-26.05"),
        "{derivation}"
    );
    // The check can fail: the flake itself is what is evaluated.
    fs::write(
        stand_in.folder.path().join("nixpkgs/flake.nix"),
        "{ outputs = { self }: { }; }",
    )
    .unwrap();
    assert!(matches!(
        evaluated(&stand_in, &sample),
        Evaluation::Refused(_)
    ));
    sample.flake = None;
    assert!(matches!(
        evaluated(&stand_in, &sample),
        Evaluation::Evaluates { .. }
    ));
}

/// `nix` of this computer, with a store of its own and no network to ask.
fn nix(stand_in: &StandIn, arguments: &[&str]) -> Output {
    let folder = stand_in.folder.path();
    Command::new("nix")
        .args(["--extra-experimental-features", "nix-command flakes"])
        .args(arguments)
        .arg("--store")
        .arg(folder.join("store"))
        .args([
            "--option",
            "substituters",
            "",
            "--option",
            "flake-registry",
            "",
        ])
        .env("HOME", folder)
        .env_remove("NIX_PATH")
        .output()
        .expect("nix can't be started; install Debian's nix-bin")
}

/// Asks `nix` for the flake's system. The lock's store path is replaced by the stand-in's folder:
/// the store of this computer is not the test's.
fn system_of(stand_in: &StandIn, lock: &str, medium: &Path, sample: &Sample) -> Output {
    let folder = stand_in.folder.path().join("etc");
    fs::create_dir_all(&folder).unwrap();
    for file in nevado::nixos::files(&sample.system()).unwrap() {
        fs::write(folder.join(file.name), file.text).unwrap();
    }
    let path = "/nix/store/h2xlkxvs2yvkpfnbclfyzg1pgqr89p2c-nixos";
    assert!(lock.contains(path), "{lock}");
    let lock = lock.replace(path, &medium.to_string_lossy());
    fs::write(folder.join("flake.lock"), &lock).unwrap();
    let system = format!(
        "path:{}#nixosConfigurations.\"atlas\".config.system.build.toplevel.drvPath",
        folder.display()
    );
    let output = nix(
        stand_in,
        &["eval", "--no-update-lock-file", "--json", &system],
    );
    assert_eq!(
        fs::read_to_string(folder.join("flake.lock")).unwrap(),
        lock,
        "Nix leaves the lock"
    );
    output
}

#[test]
fn nix_takes_lock_and_flake_as_they_are() {
    let stand_in = StandIn::new();
    let medium = stand_in.folder.path().join("medium");
    fs::create_dir(&medium).unwrap();
    fs::rename(stand_in.folder.path().join("nixpkgs"), medium.join("nixos")).unwrap();
    let printed = nix(&stand_in, &["hash", "path", &medium.to_string_lossy()]);
    let hash = String::from_utf8(printed.stdout).unwrap().trim().to_owned();
    let sample = flake(NarHash::try_from(hash).unwrap());
    let output = system_of(&stand_in, &sample.text("flake.lock"), &medium, &sample);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    let system = String::from_utf8_lossy(&output.stdout);
    assert!(system.contains("-nixos-system-atlas-26.05"), "{system}");

    // The hash is what is built from: with another one, nothing is.
    let other = flake(any_hash());
    fs::remove_dir_all(stand_in.folder.path().join("store")).unwrap();
    let output = system_of(&stand_in, &other.text("flake.lock"), &medium, &other);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(
        !output.status.success() && complaint.contains("mismatch"),
        "{complaint}"
    );
}

/// No medium says when its revision was made, and a time that is made up is not taken.
#[test]
fn a_time_of_the_revision_that_is_made_up_is_refused() {
    let stand_in = StandIn::new();
    let medium = stand_in.folder.path().join("medium");
    fs::create_dir(&medium).unwrap();
    fs::rename(stand_in.folder.path().join("nixpkgs"), medium.join("nixos")).unwrap();
    let printed = nix(&stand_in, &["hash", "path", &medium.to_string_lossy()]);
    let hash = String::from_utf8(printed.stdout).unwrap().trim().to_owned();
    let sample = flake(NarHash::try_from(hash).unwrap());
    let lock = sample.text("flake.lock");
    assert!(!lock.contains("lastModified"), "{lock}");
    let made_up = lock.replace("\"narHash\"", "\"lastModified\": 1780272000, \"narHash\"");
    assert_ne!(lock, made_up);
    let output = system_of(&stand_in, &made_up, &medium, &sample);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(
        !output.status.success() && complaint.contains("'lastModified' attribute mismatch"),
        "{complaint}"
    );
}
