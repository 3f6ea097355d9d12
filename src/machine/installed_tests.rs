use super::*;
use crate::machine::probe::Here;
use crate::machine::{Content, FileSystem};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

const FSTAB_TEXT: &str = "\
# /etc/fstab: static file system information.
UUID=5d2c0f02-7a1e-4b93-8f60-c41d9be2a702 /     ext4 errors=remount-ro 0 1

  LABEL=\"my\\040home\"\t/home ext4 defaults 0 2
/dev/disk/by-uuid/5d2c0f03-7a1e-4b93-8f60-c41d9be2a703 none swap sw 0 0
broken
";

/// The lines of it: what, where and which type.
fn fstab() -> Vec<FstabLine> {
    let line = |source: &str, at: &str, kind: &str| FstabLine {
        source: source.to_owned(),
        at: at.to_owned(),
        kind: kind.to_owned(),
    };
    let uuid = "5d2c0f02-7a1e-4b93-8f60-c41d9be2a702";
    let swap = "/dev/disk/by-uuid/5d2c0f03-7a1e-4b93-8f60-c41d9be2a703";
    vec![
        line(&format!("UUID={uuid}"), "/", "ext4"),
        line("LABEL=my home", "/home", "ext4"),
        line(swap, "none", "swap"),
    ]
}

/// What the real tool finds in a real file system with these folders.
fn look(kind: &str, fill: impl FnOnce(&Path)) -> Option<Installed> {
    let folder = tempfile::tempdir().unwrap();
    let top = folder.path().join("top");
    fs::create_dir(&top).unwrap();
    fill(&top);
    let image: PathBuf = folder.path().join("image");
    let file = fs::File::create(&image).unwrap();
    file.set_len(8 << 20).unwrap();
    if kind == "ext4" {
        let made = std::process::Command::new("mkfs.ext4")
            .args(["-q", "-d"])
            .args([&top, &image])
            .status();
        assert!(made.unwrap().success());
    }
    let content = Content::Formatted(FileSystem::of_kind("ext4"));
    let region = Region {
        content: &content,
        mounts: &[],
        holders: &[],
    };
    installed(region, &image, &mut Here)
}

fn write(top: &Path, path: &str, text: &str) {
    let path = top.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn a_debian_is_read_from_its_files() {
    let found = look("ext4", |top| {
        let name = "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n";
        write(top, "usr/lib/os-release", name);
        write(top, "etc/fstab", FSTAB_TEXT);
        symlink("../usr/lib/os-release", top.join("etc/os-release")).unwrap();
    });
    let debian = FoundLinux {
        name: "Debian GNU/Linux 12 (bookworm)".to_owned(),
        fstab: Some(fstab()),
    };
    assert_eq!(found, Some(Installed::Linux(Box::new(debian))));
}

#[test]
fn a_nixos_is_found_behind_its_links() {
    let found = look("ext4", |top| {
        let store = "nix/store/8v6k2d4wq9k1ys0xkzqg5y3b7m2f1c9d";
        write(top, &format!("{store}-etc-os-release"), "NAME=NixOS\n");
        write(top, &format!("{store}-etc-fstab"), FSTAB_TEXT);
        let etc = format!("{store}-etc/etc");
        fs::create_dir_all(top.join(&etc)).unwrap();
        fs::create_dir(top.join("etc")).unwrap();
        for name in ["os-release", "fstab"] {
            symlink(format!("/{store}-etc-{name}"), top.join(&etc).join(name)).unwrap();
            symlink(format!("static/{name}"), top.join("etc").join(name)).unwrap();
        }
        symlink(format!("/{etc}"), top.join("etc/static")).unwrap();
    });
    let nixos = FoundLinux {
        name: "NixOS".to_owned(),
        fstab: Some(fstab()),
    };
    assert_eq!(found, Some(Installed::Linux(Box::new(nixos))));
}

#[test]
fn what_holds_no_system_is_known_to_hold_none() {
    let homes = look("ext4", |top| write(top, "anna/letter", "text"));
    assert_eq!(homes, Some(Installed::Nothing));
    let without_fstab = look("ext4", |top| write(top, "etc/os-release", "NAME=Void\n"));
    let void = FoundLinux {
        name: "Void".to_owned(),
        fstab: None,
    };
    assert_eq!(without_fstab, Some(Installed::Linux(Box::new(void))));
}

#[test]
fn what_can_not_be_read_is_not_known() {
    assert_eq!(look("nothing", |_| ()), None);
}

#[test]
fn links_in_a_circle_or_with_blanks_lead_nowhere() {
    let found = look("ext4", |top| {
        fs::create_dir(top.join("etc")).unwrap();
        symlink("os-release", top.join("etc/os-release")).unwrap();
        fs::create_dir_all(top.join("usr/lib")).unwrap();
        symlink("/etc/a b", top.join("usr/lib/os-release")).unwrap();
    });
    assert_eq!(found, Some(Installed::Nothing));
}

/// Makes an NTFS with such a file at its top, and looks into it with the real tool.
fn look_into_ntfs(name: &str) -> Option<Installed> {
    let folder = tempfile::tempdir().unwrap();
    let image = folder.path().join("image");
    let file = fs::File::create(&image).unwrap();
    file.set_len(8 << 20).unwrap();
    let source = folder.path().join("source");
    fs::write(&source, "text").unwrap();
    let run = |program: &str, arguments: &[&str], rest: &[&Path]| {
        let mut command = std::process::Command::new(program);
        let output = command.args(arguments).args(rest).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    };
    let quick = ["--force", "--quick", "--sector-size", "512"];
    run(
        "mkfs.ntfs",
        &[&quick[..], &["--partition-start", "2048"]].concat(),
        &[&image],
    );
    run("ntfscp", &[], &[&image, &source, Path::new(name)]);
    windows(&image, &mut Here)
}

#[test]
fn a_windows_is_told_from_a_drive_with_data() {
    assert_eq!(look_into_ntfs("Windows"), Some(Installed::Windows));
    assert_eq!(look_into_ntfs("WINDOWS"), Some(Installed::Windows));
    assert_eq!(look_into_ntfs("Windows Images"), Some(Installed::Nothing));
    assert_eq!(windows(Path::new("/nothing"), &mut Here), None);
}
