//! Looking into LUKS containers, and measuring: nothing stays open, and nothing is written.

use super::*;
use crate::engine::protocol::{Refusal, Reply};
use crate::engine::scripted::OldContainer;
use crate::machine::{
    CannotShrink, Content, FileSystem, Inside, Measured, Region, Shrink, Unlocked,
};
use crate::units::Bytes;

const DEVICE: &str = "/dev/sda2";

const NIXOS: (&str, &str) = ("etc/os-release", "PRETTY_NAME=\"NixOS 25.11 (Xantusia)\"\n");

fn content(kind: &str) -> Content {
    Content::Formatted(FileSystem::of_kind(kind))
}

fn with_container(kind: &'static str, files: Vec<(&'static str, &'static str)>) -> Scripted {
    let mut system = windows_laptop();
    let container = OldContainer {
        passphrase: PASSPHRASE,
        kind,
        files,
    };
    system.old_containers.insert(DEVICE.into(), container);
    system
}

fn unlock_in(system: &mut Scripted, passphrase: &str, holders: &[String]) -> Unlocked {
    let content = content("crypto_LUKS");
    let region = Region {
        content: &content,
        mounts: &[],
        holders,
    };
    let passphrase = Secret::new(passphrase);
    Executor::unlock(
        system,
        region,
        Path::new(DEVICE),
        &passphrase,
        &CancelToken::default(),
    )
}

fn unlock(system: &mut Scripted) -> Unlocked {
    unlock_in(system, PASSPHRASE, &[])
}

/// That nothing of a container is open or mounted.
fn assert_closed(system: &Scripted) {
    assert_eq!(system.open, Vec::<String>::new(), "{:#?}", system.asked);
    let mut mounts = system.mounts.iter();
    assert!(!mounts.any(|(at, _)| at.starts_with("/run/nevado")));
    assert_eq!(system.violations, Vec::<String>::new());
}

fn inside(unlocked: Unlocked) -> Inside {
    match unlocked {
        Unlocked::Inside(inside) => inside,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_container_is_looked_into_and_closed() {
    let mut system = with_container("ext4", vec![NIXOS]);
    let found = inside(unlock(&mut system));
    assert_eq!(found.system.unwrap(), "NixOS 25.11 (Xantusia)");
    let Content::Formatted(file_system) = &found.content else {
        panic!("{:?}", found.content)
    };
    assert_eq!(file_system.kind, "ext4");
    assert_closed(&system);
    insta::assert_snapshot!("unlock", system.asked.join("\n"));
}

#[test]
fn a_system_is_found_in_a_subvolume() {
    let debian = ("@rootfs/usr/lib/os-release", "NAME=Debian\n");
    let mut system = with_container("btrfs", vec![debian]);
    assert_eq!(inside(unlock(&mut system)).system.unwrap(), "Debian");
    // There, NixOS' own file is a link that leads out of the subvolume.
    let mut system = with_container("btrfs", vec![("@/etc/NIXOS", "")]);
    assert_eq!(inside(unlock(&mut system)).system.unwrap(), "NixOS");
    let mut system = with_container("btrfs", Vec::new());
    assert_eq!(inside(unlock(&mut system)).system, None);
}

#[test]
fn what_holds_no_files_is_not_mounted() {
    let mut system = with_container("LVM2_member", vec![NIXOS]);
    assert_eq!(inside(unlock(&mut system)).system, None);
    assert!(!system.asked.iter().any(|line| line.starts_with("mount")));
    assert_closed(&system);
}

#[test]
fn a_wrong_passphrase_is_no_failure() {
    let mut system = with_container("ext4", vec![NIXOS]);
    let unlocked = unlock_in(&mut system, "hunter2", &[]);
    assert_eq!(unlocked, Unlocked::WrongPassphrase);
    assert_closed(&system);
    assert!(!system.asked.iter().any(|line| line.contains("hunter2")));
}

#[test]
fn whatever_fails_nothing_stays_open() {
    let mut whole = with_container("ext4", vec![NIXOS]);
    unlock(&mut whole);
    let count = whole.asked.len();
    assert!(count >= 7, "{:#?}", whole.asked);
    for fails in 0..count {
        let mut system = with_container("ext4", vec![NIXOS]);
        system.fail_at = Some(fails);
        let unlocked = unlock(&mut system);
        assert_closed(&system);
        let told = format!("{unlocked:?}");
        assert!(!told.contains(PASSPHRASE), "{told}");
    }
}

#[test]
fn one_in_use_is_left_alone_unless_the_engine_left_it_open() {
    let mut system = with_container("ext4", vec![NIXOS]);
    let holders = ["dm-0".to_owned()];
    let unlocked = unlock_in(&mut system, PASSPHRASE, &holders);
    let Unlocked::Impossible { why } = unlocked else {
        panic!("{unlocked:?}")
    };
    assert!(why.contains("in use already"), "{why}");
    assert_eq!(system.asked, Vec::<String>::new());
    // An engine that was killed right after it had opened it.
    system.open.push("nevado-inside".to_owned());
    inside(unlock_in(&mut system, PASSPHRASE, &holders));
    assert_closed(&system);
}

#[test]
fn the_engine_measures_by_the_tools_of_the_file_system() {
    let mut system = windows_laptop();
    let state = "Filesystem state: clean\nBlock size: 4096\nBlock count: 262144\n";
    system.answers.push(("dumpe2fs", state));
    let minimum = "Estimated minimum size of the filesystem: 1000\n";
    system.answers.push(("resize2fs", minimum));
    let content = content("ext4");
    let region = Region {
        content: &content,
        mounts: &[],
        holders: &[],
    };
    let found = Executor::measure(
        &mut system,
        region,
        Path::new(DEVICE),
        &CancelToken::default(),
    );
    let measured = Measured::new(Bytes::gib(1), Bytes(4_096_000));
    assert_eq!(found, Shrink::Possible(measured));
    assert_eq!(
        system.asked,
        ["dumpe2fs -h /dev/sda2", "resize2fs -P /dev/sda2"]
    );
}

/// The replies of the module's table, as lines.
#[test]
fn the_replies_are_as_the_table_has_them() {
    let measured = Measured::new(Bytes::gib(100), Bytes::gib(30));
    let content = content("ext4");
    let system = Some("NixOS 25.11 (Xantusia)".to_owned());
    let cases = [
        (
            Reply::Measured(Shrink::Possible(measured)),
            r#"{"measured":{"possible":{"size":107374182400,"minimum":32212254720,"recommended":35433480192}}}"#,
        ),
        (
            Reply::Measured(Shrink::Impossible(CannotShrink::Hibernated)),
            r#"{"measured":{"impossible":{"reason":"hibernated"}}}"#,
        ),
        (
            Reply::Unlocked(Unlocked::Inside(Inside { content, system })),
            r#"{"unlocked":{"inside":{"content":{"formatted":{"kind":"ext4","label":null,"uuid":null,"size":null,"used":null}},"system":"NixOS 25.11 (Xantusia)"}}}"#,
        ),
        (
            Reply::Unlocked(Unlocked::WrongPassphrase),
            r#"{"unlocked":"wrong_passphrase"}"#,
        ),
        (
            Reply::Unlocked(Unlocked::Impossible {
                why: "no".to_owned(),
            }),
            r#"{"unlocked":{"impossible":{"why":"no"}}}"#,
        ),
        (
            Refusal::NoSuchDevice.because("no"),
            r#"{"refused":{"reason":"no_such_device","message":"no"}}"#,
        ),
    ];
    for (reply, text) in cases {
        let line = reply.to_line().unwrap();
        let expected = format!("{{\"version\":1,\"reply\":{text}}}\n");
        assert_eq!(String::from_utf8_lossy(&line), expected);
        assert_eq!(Reply::from_line(&line).unwrap(), reply);
    }
}
