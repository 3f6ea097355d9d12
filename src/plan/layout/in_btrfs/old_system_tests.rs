use super::*;
use crate::machine::{Installed, TOP};

/// A btrfs with these subvolumes; of an own default, its path.
fn with(paths: &[&str], default: Option<&str>) -> Subvolumes {
    let subvolume = |(path, id): (&&str, u64)| Subvolume {
        path: (*path).to_owned(),
        id,
        parent: TOP,
        read_only: false,
        home_folders: None,
    };
    let all: Vec<Subvolume> = paths.iter().zip(256..).map(subvolume).collect();
    let default = all.iter().find(|own| Some(own.path.as_str()) == default);
    let default = default.map_or(TOP, |own| own.id);
    Subvolumes { default, all }
}

/// A file system in which a Linux of this name was seen, in this subvolume.
fn seen(name: &str, subvolume: &str) -> FileSystem {
    let mut linux = FoundLinux::new(name, None);
    linux.subvolume = Some(subvolume.to_owned());
    FileSystem {
        installed: Some(Installed::Linux(Box::new(linux))),
        ..unseen()
    }
}

fn unseen() -> FileSystem {
    FileSystem::from_blkid("TYPE=btrfs\n").unwrap()
}

/// What goes, by its paths; or why that is not clear.
fn going(found: &FileSystem, there: &Subvolumes) -> Result<Vec<String>, String> {
    let home = home(there).map_err(|why| why.message)?;
    let gone = gone(found, there, home).map_err(|why| why.message)?;
    Ok(gone.into_iter().map(|own| own.path.clone()).collect())
}

fn names(there: &Subvolumes, with_swap: bool) -> Vec<String> {
    let names = new_names(there, with_swap).unwrap().into_iter();
    names.map(|(name, _)| name).collect()
}

#[test]
fn the_root_of_each_distribution_is_known() {
    for (paths, default, goes) in [
        (
            vec!["films", "home", "root", "root/var/lib/machines"],
            None,
            vec!["root", "root/var/lib/machines"],
        ),
        (vec!["home", "root"], Some("root"), vec!["root"]),
        (vec!["@", "@home", "@log", "@swap"], None, vec!["@"]),
        (
            vec!["@", "@/srv", "@/tmp", "@cache", "@home"],
            None,
            vec!["@", "@/srv", "@/tmp"],
        ),
        (vec!["@home", "@rootfs"], None, vec!["@rootfs"]),
        (
            vec!["@", "@/.snapshots/1/snapshot", "@/home", "@/var"],
            Some("@/.snapshots/1/snapshot"),
            vec!["@/.snapshots/1/snapshot"],
        ),
        (
            vec!["@", "@home", "timeshift-btrfs/snapshots/1/@home"],
            None,
            vec!["@"],
        ),
    ] {
        let there = with(&paths, default);
        assert_eq!(going(&unseen(), &there).unwrap(), goes, "{paths:?}");
    }
}

#[test]
fn a_root_of_another_name_is_where_its_files_were_seen() {
    let there = with(&["home", "void"], None);
    assert_eq!(going(&unseen(), &there), Ok(vec![]));
    assert_eq!(going(&seen("Void", "void"), &there).unwrap(), ["void"]);
    let top = going(&seen("Void", ""), &there).unwrap_err();
    assert!(top.contains("the root of Void is its top"), "{top}");
}

#[test]
fn a_nixos_on_an_erased_disk_goes_whole() {
    let there = with(&["@", "@home", "@log", "@nix", "@swap", "films"], None);
    let whole = ["@", "@nix", "@log", "@swap"];
    assert_eq!(going(&unseen(), &there).unwrap(), whole);
    let nixos = seen("NixOS 26.05 (Yarara)", "@");
    assert_eq!(going(&nixos, &there).unwrap(), whole);
    let half = with(&["@", "@home", "@log"], None);
    assert_eq!(going(&nixos, &half).unwrap(), ["@", "@log"]);
    // Who has Nix on another system keeps its store.
    assert_eq!(going(&seen("Arch Linux", "@"), &there).unwrap(), ["@"]);
}

/// What there is after a failure at any time: the old root, nothing beside the home folders, some of the new
/// system or all of it.
#[test]
fn after_a_failure_the_next_attempt_goes_on_from_what_is_there() {
    let whole = ["@nixos", "@nixos-log", "@nixos-nix", "@nixos-swap"];
    let first = with(&["home", "root"], None);
    assert_eq!(going(&unseen(), &first).unwrap(), ["root"]);
    assert_eq!(
        names(&first, true),
        ["@nixos", "@nixos-nix", "@nixos-log", "@nixos-swap"]
    );
    assert_eq!(names(&first, false), ["@nixos", "@nixos-nix", "@nixos-log"]);
    let between = with(&["home"], None);
    assert_eq!(going(&unseen(), &between), Ok(vec![]));
    for made in 1..=whole.len() {
        let mut paths = vec!["home"];
        paths.extend(&whole[..made]);
        let there = with(&paths, None);
        let mut goes = going(&unseen(), &there).unwrap();
        goes.sort();
        assert_eq!(goes, whole[..made]);
        assert_eq!(
            names(&there, false),
            ["@nixos2", "@nixos2-nix", "@nixos2-log"]
        );
        // As the engine deletes them: those that lie in others first, which is the order of names turned round.
        while goes.len() > 1 {
            goes.pop();
            let rest = goes.iter().map(String::as_str).chain(["home"]);
            let rest = with(&rest.collect::<Vec<_>>(), None);
            assert_eq!(going(&unseen(), &rest).unwrap().len(), goes.len());
        }
    }
    let third = with(&["home", "@nixos2", "@nixos2-nix", "@nixos2-log"], None);
    assert_eq!(
        going(&unseen(), &third).unwrap(),
        ["@nixos2", "@nixos2-nix", "@nixos2-log"]
    );
    assert_eq!(names(&third, false), ["@nixos", "@nixos-nix", "@nixos-log"]);
}

#[test]
fn where_two_systems_may_share_the_home_folders_none_is_guessed() {
    for paths in [
        vec!["@nixos", "home", "root"],
        vec!["@", "@home", "@rootfs"],
        vec!["@nixos", "@nixos2", "home"],
    ] {
        let why = going(&unseen(), &with(&paths, None)).unwrap_err();
        assert!(
            why.contains("several of its subvolumes may be the root"),
            "{why}"
        );
    }
    let there = with(&["@", "@arch", "@home"], None);
    let mut found = seen("Debian", "@");
    if let Some(Installed::Linux(linux)) = &mut found.installed {
        linux.beside.push("Arch Linux".to_owned());
    }
    let why = going(&found, &there).unwrap_err();
    assert!(
        why.contains("may share the home folders: Debian, Arch Linux"),
        "{why}"
    );
    let why = going(&unseen(), &with(&["@/home", "@home", "@"], None)).unwrap_err();
    assert!(
        why.contains("may have the home folders: @/home, @home"),
        "{why}"
    );
}

#[test]
fn what_lies_in_a_root_and_is_no_part_of_it_is_not_lost_unsaid() {
    for inner in ["@/.snapshots", "@/var/lib/machines/web", "@/data"] {
        let why = going(&unseen(), &with(&["@", inner, "@home"], None)).unwrap_err();
        assert!(
            why.contains(&format!("the subvolume {inner} lies in")),
            "{why}"
        );
    }
    let there = with(&["@nixos", "@nixos-nix", "@nixos-nix/x", "home"], None);
    let why = going(&unseen(), &there).unwrap_err();
    assert!(why.contains("@nixos-nix/x lies in"), "{why}");
}

#[test]
fn a_name_is_free_if_no_part_of_it_is_taken() {
    let there = with(&["@nixos-log/old", "home"], None);
    assert_eq!(names(&there, false)[0], "@nixos2");
}
