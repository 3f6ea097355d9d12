//! Which subvolumes of a btrfs hold the home folders that stay, and which are the old system beside them.
//!
//! | who made it | home folders | the root of the system, which goes |
//! |---|---|---|
//! | Fedora | `home` | `root` |
//! | Ubuntu, Arch, CachyOS | `@home` | `@` |
//! | Debian | `@home` | `@rootfs` |
//! | openSUSE | `@/home` | the default subvolume, `@/.snapshots/1/snapshot` at first |
//! | a NixOS on an erased disk | `@home` | `@`, with `@nix`, `@log`, `@swap` |
//! | a NixOS beside such home folders | any of them | `@nixos`, with `@nixos-nix`, `@nixos-log`, `@nixos-swap` |
//!
//! Of any other, the root is where its files were seen. Everything else stays. Where one root is not clear,
//! nothing is guessed. A root goes after all else of its system, and before that of the new one is made: so who
//! starts again after a failure finds the old system, none, or what is there of the new one.

use crate::machine::{FileSystem, FoundLinux, Subvolume, Subvolumes};
use crate::plan::Detail;
use crate::plan::reason::Reason;
use crate::plan::visible::visible;

/// What subvolumes with home folders are called.
const HOMES: [&str; 2] = ["home", "@home"];

/// Home folders and the root that goes with them, by their whole paths.
const PAIRS: [(&str, &str); 3] = [("home", "root"), ("@home", "@"), ("@home", "@rootfs")];

/// What systemd makes in a root for itself, or for a service (tmpfiles.d of systemd: `home.conf`, `tmp.conf`,
/// `portables.conf`, `systemd-nspawn.conf`).
const OF_SYSTEMD: [&str; 5] = [
    "srv",
    "tmp",
    "var/lib/machines",
    "var/lib/portables",
    "var/tmp",
];

/// How every NixOS calls itself, before its version.
pub(super) const NIXOS: &str = "NixOS";

/// What a NixOS on an erased disk has beside its root `@` (see `storage::volumes`).
const OF_NIXOS: [&str; 3] = ["@nix", "@log", "@swap"];

/// What the new ones are called, before a number where that is taken.
const NEW: &str = "@nixos";

/// What the new system gets, by the end of the name, and where it is mounted.
const PARTS: [(&str, &str); 4] = [("", "/"), ("-nix", "/nix"), ("-log", "/var/log"), SWAP_PART];

/// That of its swap file, of which there are no snapshots.
const SWAP_PART: (&str, &str) = ("-swap", "/swap");

/// How many names are tried.
const MOST: u32 = 1000;

/// Those that hold home folders, snapshots of them left out.
pub(super) fn homes(there: &Subvolumes) -> impl Iterator<Item = &Subvolume> {
    there.all.iter().filter(|subvolume| {
        let mut parts = subvolume.path.split('/').rev();
        let is_home = parts.next().is_some_and(|last| HOMES.contains(&last));
        is_home && !subvolume.read_only && !parts.any(|part| part.contains("snapshot"))
    })
}

/// The one that holds the home folders.
///
/// # Errors
/// Why that is not clear, in a sentence.
pub(super) fn home(there: &Subvolumes) -> Result<&Subvolume, Reason> {
    let mut found = homes(there);
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => Err(Reason::new(
            "no_home",
            "none of its subvolumes is called `home` or `@home`",
        )),
        (Some(one), Some(other)) => {
            let message = format!(
                "several of its subvolumes may have the home folders: {}, {}",
                visible(&one.path),
                visible(&other.path)
            );
            Err(Reason::new("several_homes", message)
                .with("subvolumes", Detail::names([&one.path, &other.path])))
        }
    }
}

/// What goes: the root of the system beside the home folders, and what is that system's alone. Nothing where there
/// is no system, as after an installation that was broken off.
///
/// # Errors
/// Why that is not clear, in a sentence.
pub(super) fn gone<'s>(
    found: &FileSystem,
    there: &'s Subvolumes,
    home: &Subvolume,
) -> Result<Vec<&'s Subvolume>, Reason> {
    let Some(root) = root(found.linux(), there, home)? else {
        return Ok(Vec::new());
    };
    let is_nixos = match found.linux() {
        Some(linux) => linux.name.starts_with(NIXOS),
        None => there.at("@nix").is_some(),
    };
    let is_erased = is_nixos && (root.path.as_str(), home.path.as_str()) == ("@", "@home");
    let beside: Vec<String> = match is_own_root(&root.path) {
        true => own_parts(&root.path),
        false if is_erased => OF_NIXOS.map(str::to_owned).to_vec(),
        false => Vec::new(),
    };
    let beside = beside.iter().filter_map(|path| there.at(path));
    let mut gone = Vec::new();
    for part in std::iter::once(root).chain(beside) {
        gone.push(part);
        gone.extend(of_systemd(there, part)?);
    }
    Ok(gone)
}

/// The root of the system beside the home folders.
fn root<'s>(
    linux: Option<&FoundLinux>,
    there: &'s Subvolumes,
    home: &Subvolume,
) -> Result<Option<&'s Subvolume>, Reason> {
    let seen = linux.and_then(|linux| linux.subvolume.as_deref());
    if let (Some(linux), Some("")) = (linux, seen) {
        let message = format!(
            "the root of {} is its top, which can't go by itself",
            visible(&linux.name)
        );
        return Err(Reason::new("top", message).with("system", Detail::name(&linux.name)));
    }
    if let Some(linux) = linux
        && !linux.beside.is_empty()
    {
        let names = std::iter::once(&linux.name).chain(&linux.beside);
        let names: Vec<String> = names.map(|name| visible(name)).collect();
        let message = format!(
            "several systems are in it, and may share the home folders: {}",
            names.join(", ")
        );
        return Err(Reason::new("several_systems", message).with("systems", Detail::names(names)));
    }
    let pairs = PAIRS.iter().filter(|(own, _)| *own == home.path);
    let mut roots: Vec<&Subvolume> = pairs.filter_map(|(_, root)| there.at(root)).collect();
    let default = there.all.iter().filter(|s| s.id == there.default);
    roots.extend(default.filter(|default| default.path != home.path));
    roots.extend(there.all.iter().filter(|own| is_own_root(&own.path)));
    roots.extend(seen.and_then(|path| there.at(path)));
    roots.sort_by_key(|root| root.id);
    roots.dedup_by_key(|root| root.id);
    match roots.as_slice() {
        [] => Ok(None),
        [root] => Ok(Some(*root)),
        several => {
            let names = several.iter().map(|root| visible(&root.path));
            let names: Vec<String> = names.collect();
            let message = format!(
                "several of its subvolumes may be the root of a system that has the home folders: {}",
                names.join(", ")
            );
            Err(Reason::new("several_roots", message).with("subvolumes", Detail::names(names)))
        }
    }
}

/// What lies in one that goes, and goes with it.
fn of_systemd<'s>(there: &'s Subvolumes, outer: &Subvolume) -> Result<Vec<&'s Subvolume>, Reason> {
    let own = |inner: &Subvolume| {
        let rest = inner.path.strip_prefix(&outer.path).unwrap_or_default();
        OF_SYSTEMD.contains(&rest.trim_start_matches('/'))
    };
    match there.inside(outer).find(|inner| !own(inner)) {
        Some(other) => {
            let message = format!(
                "the subvolume {} lies in one of the old system, and would go with it",
                visible(&other.path)
            );
            Err(Reason::new("lies_inside", message).with("subvolume", Detail::name(&other.path)))
        }
        None => Ok(there.inside(outer).collect()),
    }
}

/// Whether it is called as this layout calls the root of a new system.
fn is_own_root(path: &str) -> bool {
    let number = path.strip_prefix(NEW);
    number.is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()))
}

/// What such a root has beside it.
fn own_parts(root: &str) -> Vec<String> {
    let parts = PARTS.iter().filter(|(end, _)| !end.is_empty());
    parts.map(|(end, _)| format!("{root}{end}")).collect()
}

/// Names for the new system that nothing has, not even what goes, each with the place where it is mounted.
pub(super) fn new_names(
    there: &Subvolumes,
    with_swap: bool,
) -> Option<Vec<(String, &'static str)>> {
    let is_taken = |name: &str| {
        let mut all = there.all.iter();
        all.any(|own| own.path == name || own.path.starts_with(&format!("{name}/")))
    };
    let numbers = std::iter::once(String::new()).chain((2..MOST).map(|number| number.to_string()));
    let mut names = numbers.map(|number| {
        let name = |(end, at): (&str, &'static str)| (format!("{NEW}{number}{end}"), at);
        PARTS.map(name)
    });
    let free = names.find(|names| !names.iter().any(|(name, _)| is_taken(name)))?;
    let needed = free
        .into_iter()
        .filter(|(_, at)| with_swap || *at != SWAP_PART.1);
    Some(needed.collect())
}

#[cfg(test)]
#[path = "old_system_tests.rs"]
mod tests;
