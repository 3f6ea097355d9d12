use super::*;
use crate::machine::probe::Here;
use crate::machine::{Content, FileSystem, Subvolume, Subvolumes, TOP};
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
        subvolume: None,
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
    look_into(FileSystem::of_kind("ext4"), kind, fill)
}

/// The same in what is known as `found`, and made as `kind`.
fn look_into(found: FileSystem, kind: &str, fill: impl FnOnce(&Path)) -> Option<Installed> {
    let folder = tempfile::tempdir().unwrap();
    let top = folder.path().join("top");
    fs::create_dir(&top).unwrap();
    fill(&top);
    let image: PathBuf = folder.path().join("image");
    let size = match kind {
        "xfs" => 320 << 20,
        "btrfs" => 120 << 20,
        _ => 8 << 20,
    };
    fs::File::create(&image).unwrap().set_len(size).unwrap();
    let made = |program: &str, arguments: &[&str], rest: &[&Path]| {
        let mut command = std::process::Command::new(program);
        let output = command.args(arguments).args(rest).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    };
    match kind {
        "ext4" => made("mkfs.ext4", &["-q", "-d"], &[&top, &image]),
        "btrfs" => made("mkfs.btrfs", &["-q", "--rootdir"], &[&top, &image]),
        "xfs" => {
            let list = folder.path().join("list");
            fs::write(
                &list,
                format!("/none\n1 1\nd--755 0 0\n{}$\n", listed(&top)),
            )
            .unwrap();
            made("mkfs.xfs", &["-q", "-p"], &[&list, &image]);
        }
        _ => {}
    }
    let content = Content::Formatted(found);
    let region = Region {
        content: &content,
        mounts: &[],
        holders: &[],
    };
    installed(region, &image, &mut Here)
}

/// What is in a folder, as mkfs.xfs(8) takes it.
fn listed(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let kind = fs::symlink_metadata(&path).unwrap().file_type();
        text += &if kind.is_dir() {
            format!("{name} d--755 0 0\n{}$\n", listed(&path))
        } else if kind.is_symlink() {
            let target = fs::read_link(&path).unwrap();
            format!("{name} l--777 0 0 {}\n", target.display())
        } else {
            format!("{name} ---644 0 0 {}\n", path.display())
        };
    }
    text
}

/// A btrfs with these subvolumes right at its top; the first is the default, if there is one at all.
fn btrfs(default: Option<&str>, names: &[&str]) -> FileSystem {
    let subvolume = |(name, id): (&&str, u64)| Subvolume {
        path: (*name).to_owned(),
        id,
        parent: TOP,
        read_only: false,
        home_folders: None,
    };
    let all: Vec<Subvolume> = names.iter().zip(256..).map(subvolume).collect();
    let default = all.iter().find(|s| Some(&*s.path) == default);
    let default = default.map_or(TOP, |subvolume| subvolume.id);
    FileSystem {
        subvolumes: Some(Box::new(Subvolumes { default, all })),
        ..FileSystem::of_kind("btrfs")
    }
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
    let debian = FoundLinux::new("Debian GNU/Linux 12 (bookworm)", Some(fstab()));
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
    let nixos = FoundLinux::new("NixOS", Some(fstab()));
    assert_eq!(found, Some(Installed::Linux(Box::new(nixos))));
}

#[test]
fn what_holds_no_system_is_known_to_hold_none() {
    let homes = look("ext4", |top| write(top, "anna/letter", "text"));
    assert_eq!(homes, Some(Installed::Nothing));
    let without_fstab = look("ext4", |top| write(top, "etc/os-release", "NAME=Void\n"));
    let void = FoundLinux::new("Void", None);
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

const FEDORA: &str = "PRETTY_NAME=\"Fedora Linux 43 (Workstation Edition)\"\n";

/// A Fedora, below this folder.
fn fedora(top: &Path) {
    write(top, "usr/lib/os-release", FEDORA);
    write(top, "etc/fstab", FSTAB_TEXT);
    symlink("../usr/lib/os-release", top.join("etc/os-release")).unwrap();
}

/// The Linux that was found.
fn linux(found: Option<Installed>) -> FoundLinux {
    match found {
        Some(Installed::Linux(linux)) => *linux,
        other => panic!("{other:?}"),
    }
}

// Folders stand for subvolumes here: what is copied does not depend on it, and only a kernel makes them.
#[test]
fn a_fedora_is_found_in_its_subvolume() {
    let found = look_into(btrfs(None, &["home", "root"]), "btrfs", |top| {
        fedora(&top.join("root"));
        write(top, "home/anna/letter", "text");
        // What lies deeper is none beside it.
        write(
            top,
            "root/var/lib/machines/a/usr/lib/os-release",
            "NAME=Void\n",
        );
    });
    let found = linux(found);
    assert_eq!(found.name, "Fedora Linux 43 (Workstation Edition)");
    assert_eq!(found.fstab, Some(fstab()));
    assert_eq!(found.subvolume.as_deref(), Some("root"));
    assert!(found.beside.is_empty());
}

#[test]
fn an_opensuse_is_found_in_its_snapshot() {
    let mut known = btrfs(None, &["@"]);
    let subvolumes = known.subvolumes.as_mut().unwrap();
    let snapshot = "@/.snapshots/1/snapshot";
    subvolumes.all.push(Subvolume {
        path: snapshot.to_owned(),
        id: 300,
        parent: 256,
        read_only: false,
        home_folders: None,
    });
    subvolumes.default = 300;
    let found = look_into(known, "btrfs", |top| {
        let name = "PRETTY_NAME=\"openSUSE Tumbleweed\"\n";
        write(top, &format!("{snapshot}/usr/lib/os-release"), name);
        write(top, "@/.snapshots/2/snapshot/usr/lib/os-release", name);
        write(top, "@/home/anna/letter", "text");
    });
    let found = linux(found);
    assert_eq!(found.name, "openSUSE Tumbleweed");
    assert_eq!(found.subvolume.as_deref(), Some(snapshot));
    assert!(found.beside.is_empty());
}

#[test]
fn a_second_system_in_the_same_btrfs_is_told() {
    let found = look_into(btrfs(None, &["arch", "@"]), "btrfs", |top| {
        write(top, "@/usr/lib/os-release", "NAME=Ubuntu\n");
        write(top, "arch/usr/lib/os-release", "NAME=Arch\n");
    });
    let found = linux(found);
    assert_eq!(
        (found.name.as_str(), found.beside),
        ("Ubuntu", vec!["Arch".to_owned()])
    );
    let nixos = look_into(btrfs(None, &["root"]), "btrfs", |top| {
        write(top, "root/etc/NIXOS", "")
    });
    assert_eq!(
        (linux(nixos.clone()).name, linux(nixos).fstab),
        ("NixOS".to_owned(), None)
    );
}

#[test]
fn a_btrfs_without_a_system_or_that_nobody_has_asked() {
    let homes = look_into(btrfs(None, &["home"]), "btrfs", |top| {
        write(top, "home/a/b", "text")
    });
    assert_eq!(homes, Some(Installed::Nothing));
    let unasked = FileSystem::of_kind("btrfs");
    assert_eq!(
        look_into(unasked, "btrfs", |top| fedora(&top.join("root"))),
        None
    );
    assert_eq!(look_into(btrfs(None, &["root"]), "nothing", |_| ()), None);
    // A file that is far too large for what it should be is not copied.
    let large = look_into(btrfs(None, &["root"]), "btrfs", |top| {
        write(top, "root/etc/os-release", &"NAME=Large\n".repeat(200_000));
    });
    assert_eq!(large, None);
}

#[test]
fn a_linux_is_read_from_an_xfs() {
    let look = |made: &str, fill: &dyn Fn(&Path)| look_into(FileSystem::of_kind("xfs"), made, fill);
    let found = linux(look("xfs", &fedora));
    assert_eq!(found.name, "Fedora Linux 43 (Workstation Edition)");
    assert_eq!((found.fstab, found.subvolume), (Some(fstab()), None));
    let nixos = look("xfs", &|top| {
        let etc = "nix/store/8v6k2d4wq9k1ys0xkzqg5y3b7m2f1c9d-etc/etc";
        write(top, &format!("{etc}/os-release"), "NAME=NixOS\n");
        fs::create_dir(top.join("etc")).unwrap();
        symlink("static/os-release", top.join("etc/os-release")).unwrap();
        symlink(format!("/{etc}"), top.join("etc/static")).unwrap();
        // A circle leads nowhere.
        symlink("fstab", top.join("etc/fstab")).unwrap();
    });
    let nixos = linux(nixos);
    assert_eq!((nixos.name.as_str(), nixos.fstab), ("NixOS", None));
    let homes = look("xfs", &|top| write(top, "anna/letter", "text"));
    assert_eq!(homes, Some(Installed::Nothing));
    assert_eq!(look("nothing", &|_| ()), None);
    // Longer than a block.
    let long = look("xfs", &|top| {
        let text = format!("{}NAME=Long\n", "# nothing\n".repeat(3000));
        write(top, "usr/lib/os-release", &text);
    });
    assert_eq!(linux(long).name, "Long");
}

#[test]
fn a_crypttab_says_what_encrypted_devices_lie_in() {
    let found = linux(look("ext4", |top| {
        write(top, "etc/os-release", "NAME=Void\n");
        let crypttab = "# none\nhome UUID=1 none luks\nswap /dev/sda3 /dev/urandom swap\n";
        write(top, "etc/crypttab", crypttab);
    }));
    assert_eq!(found.container("home").as_deref(), Some("UUID=1"));
    assert_eq!(found.container("luks-7").as_deref(), Some("UUID=7"));
    assert_eq!(found.container("vg-root"), None);
    assert_eq!(found.crypttab[1].key.as_deref(), Some("/dev/urandom"));
}

/// A swap file with this at the end of its first page.
fn swap_file(top: &Path, signature: &[u8]) {
    let mut content = vec![0; 64 << 10];
    content[4096 - signature.len()..4096].copy_from_slice(signature);
    write(top, "etc/os-release", "NAME=Void\n");
    write(
        top,
        "etc/fstab",
        "/swap/file none swap sw 0 0\n/none none swap sw 0 0\n",
    );
    fs::create_dir(top.join("swap")).unwrap();
    fs::write(top.join("swap/file"), content).unwrap();
}

#[test]
fn memory_in_a_swap_file_is_seen() {
    for kind in ["ext4", "xfs"] {
        let look = |signature: &[u8]| {
            let found = FileSystem::of_kind(kind);
            linux(look_into(found, kind, |top| swap_file(top, signature))).asleep_in
        };
        assert_eq!(
            look(b"S1SUSPEND\0").as_deref(),
            Some("/swap/file"),
            "{kind}"
        );
        assert_eq!(look(b"SWAPSPACE2"), None, "{kind}");
    }
}
