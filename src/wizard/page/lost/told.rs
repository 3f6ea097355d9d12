//! What goes in a person's words: a line for each thing that is missed, and a quieter one for what goes with it.

use super::groups::{Groups, Small, Thing};
use super::words::{held, loss_words, partition, with, with_folders};
use crate::machine::Disk;
use crate::plan::{Held, Loss, LostHomes, NamedPartition, Resized};
use crate::units::Bytes;
use crate::wizard::page::Context;

/// What small partitions are for, by the keys of their words, in the order that they are told in.
const ORDER: [&str; 8] = [
    "content-esp",
    "content-reserved",
    "content-recovery",
    "losses-boot",
    "losses-swap",
    "losses-held-loader",
    "losses-held-extended",
    "losses-held-nothing",
];

/// What goes from a disk.
pub(super) struct Told {
    pub(super) things: Vec<Line>,
    /// How many more there are.
    pub(super) more: usize,
    /// What serves none of them for certain.
    pub(super) rest: Option<String>,
}

/// Something that goes, and what goes with it.
pub(super) struct Line {
    pub(super) head: String,
    pub(super) below: Vec<String>,
}

/// At most so many lines of it, the one for all others included.
pub(super) fn at_most(ctx: Context<'_>, disk: &Disk, groups: &Groups<'_>, most: usize) -> Told {
    let all = groups.things.len();
    let named = if all > most { most - 1 } else { all };
    let things = groups.things.iter().take(named);
    let things = things.map(|thing| line(ctx, disk, thing));
    let names = small_names(ctx, &groups.small);
    let rest = names.map(|names| match groups.things.is_empty() {
        true => names,
        false => ctx.tv("losses-also", "names", names),
    });
    Told {
        things: things.collect(),
        more: all - named,
        rest,
    }
}

fn line(ctx: Context<'_>, disk: &Disk, thing: &Thing<'_>) -> Line {
    let head = match &thing.system {
        Some(system) => of_system(ctx, disk, thing, system),
        None => of_data(ctx, disk, thing),
    };
    let inside = match thing.first {
        Loss::Inside { what, .. } => {
            Some(ctx.tv("losses-container-stays", "partition", partition(ctx, what)))
        }
        Loss::Subvolume { .. } if thing.system.is_some() => subvolumes(ctx, thing),
        _ => None,
    };
    let names = small_names(ctx, &thing.small);
    let small = names.map(|names| {
        let values = [("names", names.into())];
        ctx.texts
            .count_with("losses-small", thing.small.len(), &values)
    });
    Line {
        head,
        below: inside.into_iter().chain(small).collect(),
    }
}

/// A system, with what is known to be on it, and how much it is.
fn of_system(ctx: Context<'_>, disk: &Disk, thing: &Thing<'_>, system: &str) -> String {
    let system = ("system", system.to_owned());
    let folders = folders(ctx, thing).map(|(names, _)| names);
    let key = match (thing.first, &folders) {
        // The rest of its file system stays.
        (Loss::Subvolume { .. }, None) => "losses-programs",
        (Loss::Subvolume { .. }, Some(_)) => "losses-programs-homes",
        (_, None) => "losses-system",
        (_, Some(_)) => "losses-system-homes",
    };
    let folders = folders.map(|folders| ("folders", folders));
    let words = with(ctx, key, [system].into_iter().chain(folders));
    sized(ctx, words, size(disk, thing.first))
}

/// What is a person's and no system, by its label and what it holds.
fn of_data(ctx: Context<'_>, disk: &Disk, thing: &Thing<'_>) -> String {
    let words = match thing.first {
        Loss::Unread { .. } | Loss::SameVolume { .. } => loss_words(ctx, disk, thing.first),
        Loss::WholeDisk { holds, homes, .. } => {
            let whole = ctx.t("losses-disk-whole");
            data(ctx, whole, holds, !homes.is_empty())
        }
        Loss::Partition { what, homes, .. } => {
            let mut partitions = disk.partitions().iter();
            let found = partitions.find(|own| own.number == what.number);
            let is_seen = !homes.is_empty() || found.is_some_and(|own| own.inside().is_some());
            data(ctx, name(ctx, what, &what.holds), &what.holds, is_seen)
        }
        Loss::Inside { what, holds, .. } => {
            let inside = holds.as_ref().unwrap_or(&what.holds);
            data(ctx, name(ctx, what, inside), inside, false)
        }
        Loss::Subvolume { .. } => subvolumes(ctx, thing).unwrap_or_default(),
    };
    let words = match folders(ctx, thing) {
        None => words,
        Some(folders) => with_folders(ctx, words, folders),
    };
    let words = match thing.first {
        Loss::Partition {
            system: Some(system),
            ..
        } => {
            let values = [("system", system.clone()), ("loss", words)];
            with(ctx, "losses-part-of-system", values)
        }
        _ => words,
    };
    sized(ctx, words, size(disk, thing.first))
}

/// A name, and what is there: of what is encrypted or one of several parts, that nobody knows, unless somebody
/// has looked into it.
fn data(ctx: Context<'_>, name: String, holds: &Held, is_seen: bool) -> String {
    let name = ("name", name);
    let kind = match holds {
        Held::FileSystem { kind, .. } => kind.as_str(),
        _ => "",
    };
    match kind {
        "crypto_LUKS" | "BitLocker" if is_seen => {
            let holds = ctx.t("content-encrypted");
            with(ctx, "losses-data", [name, ("holds", holds)])
        }
        "crypto_LUKS" | "BitLocker" => with(ctx, "losses-data-encrypted", [name]),
        "bcache" => with(ctx, "losses-data-volume", [name, ("kind", kind.to_owned())]),
        member if member.ends_with("_member") => {
            with(ctx, "losses-data-volume", [name, ("kind", kind.to_owned())])
        }
        "" => with(ctx, "losses-data", [name, ("holds", held(ctx, holds))]),
        kind => with(ctx, "losses-data", [name, ("holds", kind.to_owned())]),
    }
}

/// How people know a partition: by the label of what is in it, else by its own name, else by its number.
fn name(ctx: Context<'_>, what: &NamedPartition, holds: &Held) -> String {
    let number = || ctx.tv("losses-number", "number", what.number.to_string());
    own_name(ctx, what, holds).unwrap_or_else(number)
}

fn own_name(ctx: Context<'_>, what: &NamedPartition, holds: &Held) -> Option<String> {
    let label = match holds {
        Held::FileSystem { label, .. } => label.as_ref(),
        _ => None,
    };
    let name = label.or(what.name.as_ref())?;
    Some(ctx.tv("losses-named", "name", name.clone()))
}

/// What gets another size, and which; `key` is that of the sentence.
pub(super) fn resized(ctx: Context<'_>, key: &str, resized: &Resized) -> String {
    let what = &resized.what;
    let systems = (!what.systems.is_empty()).then(|| joined(ctx, &what.systems));
    let own = systems.or_else(|| own_name(ctx, what, &what.holds));
    let name = match own {
        Some(name) => {
            let number = ("number", what.number.to_string());
            with(ctx, "losses-numbered", [("name", name), number])
        }
        None => data(ctx, name(ctx, what, &what.holds), &what.holds, true),
    };
    let sizes = [
        ("from", ctx.texts.size(resized.from)),
        ("to", ctx.texts.size(resized.to)),
    ];
    with(ctx, key, [("name", name)].into_iter().chain(sizes))
}

/// Which subvolumes go of a file system that stays.
fn subvolumes(ctx: Context<'_>, thing: &Thing<'_>) -> Option<String> {
    let Loss::Subvolume { what, .. } = thing.first else {
        return None;
    };
    let paths = losses(thing).filter_map(|loss| match loss {
        Loss::Subvolume { path, .. } => Some(path.clone()),
        _ => None,
    });
    let paths: Vec<String> = paths.collect();
    let values = [
        ("paths", joined(ctx, &paths).into()),
        ("partition", partition(ctx, what).into()),
    ];
    let count = paths.len();
    Some(ctx.texts.count_with("losses-subvolumes", count, &values))
}

/// What small partitions are for, each with its size, those for the same together.
fn small_names(ctx: Context<'_>, small: &[Small]) -> Option<String> {
    let names = ORDER.iter().filter_map(|key| {
        let of = small.iter().filter(|one| one.key == *key);
        let size = of
            .clone()
            .fold(0_u64, |sum, one| sum.saturating_add(one.size.0));
        let count = of.count();
        let words = match count {
            0 => return None,
            // What lies in it is told by itself.
            _ if *key == "losses-held-extended" => return Some(ctx.t(key)),
            1 => "losses-small-one",
            _ => "losses-small-several",
        };
        let values = [("name", ctx.t(key)), ("size", ctx.texts.size(Bytes(size)))];
        let count = (count > 1).then(|| ("count", count.to_string()));
        Some(with(ctx, words, values.into_iter().chain(count)))
    });
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| joined(ctx, &names))
}

/// How much it is, where it is something by itself.
fn size(disk: &Disk, loss: &Loss) -> Option<Bytes> {
    match loss {
        Loss::Partition { size, .. } | Loss::Inside { size, .. } => Some(*size),
        Loss::Unread { .. } | Loss::WholeDisk { .. } => Some(disk.size),
        Loss::Subvolume { .. } | Loss::SameVolume { .. } => None,
    }
}

fn sized(ctx: Context<'_>, words: String, size: Option<Bytes>) -> String {
    let size = size.map(|size| ctx.texts.size(size));
    let parts: Vec<String> = [words].into_iter().chain(size).collect();
    ctx.texts.list(&parts)
}

/// The folders of people that go with a thing.
fn folders(ctx: Context<'_>, thing: &Thing<'_>) -> Option<(String, usize)> {
    let folders = losses(thing)
        .flat_map(homes)
        .flat_map(|homes| &homes.folders);
    let folders: Vec<String> = folders.cloned().collect();
    (!folders.is_empty()).then(|| (joined(ctx, &folders), folders.len()))
}

fn losses<'l>(thing: &Thing<'l>) -> impl Iterator<Item = &'l Loss> {
    [thing.first].into_iter().chain(thing.more.clone())
}

fn homes(loss: &Loss) -> &[LostHomes] {
    match loss {
        Loss::WholeDisk { homes, .. }
        | Loss::Partition { homes, .. }
        | Loss::Inside { homes, .. }
        | Loss::Subvolume { homes, .. } => homes,
        Loss::Unread { .. } | Loss::SameVolume { .. } => &[],
    }
}

/// Several in a row, in the midst of a sentence.
fn joined(ctx: Context<'_>, all: &[String]) -> String {
    let all = all.iter().cloned();
    let next = |list, next| with(ctx, "losses-next", [("list", list), ("next", next)]);
    all.reduce(next).unwrap_or_default()
}
