//! A preset that is checked: mistakes and problems are shown at their places, and the exit code tells scripts.

use super::{file, nevado};
use std::fs;

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
fn that_more_mistakes_may_follow_is_told_where_reading_stopped() {
    let unknown = |count: usize| {
        let keys = (0..count).map(|number| format!("qqqq{number} = 1\n"));
        let text = format!("version = 1\n{}", keys.collect::<String>());
        checked(&text, "machines/empty-uefi.json")
    };
    let stopped = "can't be installed: 20 errors; once they are mended, more may follow\n";
    let out = unknown(25);
    assert!(out.ends_with(stopped), "{out}");
    let out = unknown(3);
    assert!(!out.contains("may follow"), "{out}");
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
