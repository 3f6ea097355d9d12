//! Changes of what is said of subvolumes: of a btrfs that is made, and of one that stays.

use crate::machine::{Content, Partition, Subvolumes};
use crate::preset::{
    ManualAction, ManualPartition, ManualSubvolume, MountPath, SubvolumeAction, SubvolumePath,
};

/// A change of what is said of subvolumes.
#[derive(Clone, Debug)]
pub(crate) enum SubvolumeChange {
    /// One more.
    Add,
    /// By its place in the partition's list, as in all that follow.
    Remove(usize),
    Name(usize, SubvolumePath),
    Mount(usize, Option<MountPath>),
    /// What is done with one of which nobody knows whether it is there.
    Do(usize, SubvolumeAction),
    /// One that is there is mounted or not, by its place among those that were found.
    MountFound(usize, Option<MountPath>),
    /// It goes, and all that lie in it with it.
    DeleteFound(usize),
    /// It stays after all, and those that it lies in with it.
    KeepFound(usize),
}

/// What a new subvolume is called, the first that is free, and where it is mounted.
const NEW: [(&str, Option<&str>); 5] = [
    ("@", Some("/")),
    ("@nixos", Some("/")),
    ("@home", Some("/home")),
    ("@nix", Some("/nix")),
    ("@log", Some("/var/log")),
];

/// As the usual systems call the subvolume of the home folders.
const HOMES: [(&str, Option<&str>); 2] = [("@home", Some("/home")), ("home", Some("/home"))];

/// The subvolumes that were found in a partition.
pub(super) fn found_in(partition: &Partition) -> Option<&Subvolumes> {
    match &partition.content {
        Content::Formatted(fs) => fs.subvolumes.as_deref(),
        Content::Blank | Content::Unknown(_) => None,
    }
}

/// Where in the list something is said of one that is there.
pub(super) fn place_of(wish: &ManualPartition, path: &str) -> Option<usize> {
    let mut all = wish.subvolumes.iter();
    all.position(|own| is_about(own, path))
}

fn is_about(own: &ManualSubvolume, path: &str) -> bool {
    own.action != Some(SubvolumeAction::Create) && own.name.as_str() == path
}

/// Those that go, by name.
pub(super) fn going(wish: &ManualPartition) -> impl Iterator<Item = &str> {
    let goes = |own: &&ManualSubvolume| own.action == Some(SubvolumeAction::Delete);
    let going = wish.subvolumes.iter().filter(goes);
    going.map(|own| own.name.as_str())
}

/// Changes the subvolume at a place, if it is there.
fn own(wish: &mut ManualPartition, index: usize, set: impl FnOnce(&mut ManualSubvolume)) {
    if let Some(own) = wish.subvolumes.get_mut(index) {
        set(own);
    }
}

/// Makes a change; `found` are those that are there, where it is known.
pub(super) fn change(
    wish: &mut ManualPartition,
    found: Option<&Subvolumes>,
    root_is_taken: bool,
    change: SubvolumeChange,
) {
    match change {
        SubvolumeChange::Add => add(wish, found, root_is_taken),
        SubvolumeChange::Remove(index) if index < wish.subvolumes.len() => {
            wish.subvolumes.remove(index);
        }
        SubvolumeChange::Remove(_) => {}
        SubvolumeChange::Name(index, name) => own(wish, index, |own| own.name = name),
        SubvolumeChange::Mount(index, at) => own(wish, index, |own| own.mount = at),
        SubvolumeChange::Do(index, action) => own(wish, index, |own| {
            own.action = Some(action);
            own.mount = own
                .mount
                .take()
                .filter(|_| action != SubvolumeAction::Delete);
        }),
        SubvolumeChange::MountFound(at, mount) => {
            if let Some(found) = found.and_then(|found| found.all.get(at)) {
                mount_found(wish, &found.path, mount);
            }
        }
        SubvolumeChange::DeleteFound(at) => {
            for path in found.map(|found| inner_of(found, at)).unwrap_or_default() {
                delete_found(wish, path);
            }
        }
        SubvolumeChange::KeepFound(at) => {
            let kept = found.map(|found| outer_of(found, at)).unwrap_or_default();
            let goes = |own: &ManualSubvolume| own.action == Some(SubvolumeAction::Delete);
            wish.subvolumes
                .retain(|own| !(goes(own) && kept.contains(&own.name.as_str())));
        }
    }
}

/// One that was found, and those that lie in it.
fn inner_of(found: &Subvolumes, at: usize) -> Vec<&str> {
    let own = found.all.get(at);
    let inside = own.into_iter().flat_map(|own| found.inside(own));
    own.into_iter()
        .chain(inside)
        .map(|subvolume| subvolume.path.as_str())
        .collect()
}

/// One that was found, and those that it lies in.
fn outer_of(found: &Subvolumes, at: usize) -> Vec<&str> {
    let Some(own) = found.all.get(at) else {
        return Vec::new();
    };
    let holds = |outer: &&str| {
        let rest = own.path.strip_prefix(outer);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let all = found.all.iter().map(|subvolume| subvolume.path.as_str());
    all.filter(holds).collect()
}

/// What is said of one by name takes the place of what was said of the whole.
fn mount_found(wish: &mut ManualPartition, path: &str, mount: Option<MountPath>) {
    match (place_of(wish, path), mount) {
        (Some(place), None) => {
            wish.subvolumes.remove(place);
        }
        (Some(place), mount) => {
            if let Some(own) = wish.subvolumes.get_mut(place) {
                (own.action, own.mount) = (None, mount);
            }
        }
        (None, None) => {}
        (None, mount) => push(wish, path, None, mount),
    }
}

fn delete_found(wish: &mut ManualPartition, path: &str) {
    wish.subvolumes.retain(|own| !is_about(own, path));
    push(wish, path, Some(SubvolumeAction::Delete), None);
}

fn push(
    wish: &mut ManualPartition,
    path: &str,
    action: Option<SubvolumeAction>,
    mount: Option<MountPath>,
) {
    // A name that no preset can hold is not offered.
    if let Ok(name) = SubvolumePath::try_from(path.to_owned()) {
        wish.mount = None;
        wish.subvolumes.push(ManualSubvolume {
            name,
            action,
            mount,
        });
    }
}

/// One more subvolume; the first takes over where the whole was mounted.
fn add(wish: &mut ManualPartition, found: Option<&Subvolumes>, root_is_taken: bool) {
    let stays = wish.action() == ManualAction::Keep;
    let is_new = !stays || found.is_some();
    let names: &[(&str, Option<&str>)] = if is_new { &NEW } else { &HOMES };
    let is_mounted = |at: &str| {
        let mut own = wish.subvolumes.iter();
        root_is_taken && at == "/"
            || own.any(|own| own.mount.as_ref().is_some_and(|m| m.as_str() == at))
    };
    let is_taken = |name: &str| {
        wish.subvolumes.iter().any(|own| own.name.as_str() == name)
            || found.is_some_and(|found| stays && found.at(name).is_some())
    };
    let named = names.iter().filter(|(name, at)| {
        // Only that of the root has another name where the first is taken.
        let is_idle = *name == "@nixos" && at.is_some_and(is_mounted);
        !is_taken(name) && !is_idle
    });
    let named = named.map(|(name, at)| ((*name).to_owned(), *at));
    let more = (1..).map(|number| (format!("@{number}"), None));
    let mut free = named.chain(more.filter(|(name, _)| !is_taken(name)));
    let Some((name, at)) = free.next() else {
        return;
    };
    let at = at.filter(|at| !is_mounted(at));
    let whole = wish.mount.clone();
    let mount = whole.or_else(|| at.and_then(|at| at.parse().ok()));
    let action = (stays && is_new).then_some(SubvolumeAction::Create);
    push(wish, &name, action, mount);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Subvolume;
    use crate::preset::PartitionMatch;

    fn found() -> Subvolumes {
        let subvolume = |(id, path): (u64, &&str)| Subvolume {
            path: (*path).to_owned(),
            id,
            parent: 5,
            read_only: false,
            home_folders: None,
        };
        let paths = ["@", "@/var", "@/var/lib", "@/var2", "home"];
        Subvolumes {
            default: 5,
            all: (256..).zip(&paths).map(subvolume).collect(),
        }
    }

    fn kept() -> ManualPartition {
        ManualPartition {
            partition: Some(PartitionMatch {
                number: Some(3),
                ..PartitionMatch::default()
            }),
            mount: "/data".parse().ok(),
            ..ManualPartition::default()
        }
    }

    /// What is said after some changes, in a line.
    fn after(changes: Vec<SubvolumeChange>) -> String {
        let mut wish = kept();
        for one in changes {
            change(&mut wish, Some(&found()), false, one);
        }
        wish.to_string()
    }

    #[test]
    fn one_goes_with_those_in_it_and_stays_with_those_around_it() {
        use SubvolumeChange::{DeleteFound, KeepFound, MountFound};
        let home = || "/home".parse().ok();
        assert_eq!(
            after(vec![MountFound(4, home()), DeleteFound(1)]),
            "keep the partition with number 3 home at /home, without @/var, without @/var/lib"
        );
        assert_eq!(
            after(vec![DeleteFound(0), KeepFound(2)]),
            "keep the partition with number 3 without @/var2"
        );
        assert_eq!(
            after(vec![MountFound(2, home()), DeleteFound(0)]),
            "keep the partition with number 3 without @, without @/var, without @/var/lib, without @/var2"
        );
        assert_eq!(
            after(vec![MountFound(4, home()), MountFound(4, None)]),
            "keep the partition with number 3"
        );
    }

    #[test]
    fn a_new_one_has_a_name_and_a_place_that_are_free() {
        let mut wish = kept();
        wish.mount = None;
        for _ in 0..3 {
            change(&mut wish, Some(&found()), false, SubvolumeChange::Add);
        }
        assert_eq!(
            wish.to_string(),
            "keep the partition with number 3 new @nixos at /, new @home at /home, new @nix at /nix"
        );
        let mut wish = ManualPartition::default();
        for _ in 0..5 {
            change(&mut wish, None, true, SubvolumeChange::Add);
        }
        let said = wish.to_string();
        assert_eq!(
            said,
            "create @, @home at /home, @nix at /nix, @log at /var/log, @1"
        );
    }
}
