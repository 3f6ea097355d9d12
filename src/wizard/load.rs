//! Reads a preset that a person names, and looks which ones lie near. Called off the thread that draws.

use crate::preset::{self, Preset, ReadError};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// A file larger than this, in bytes, is no preset: the largest we know has a hundredth of it.
const LARGEST: u64 = 1 << 20;

/// How many presets are offered.
const OFFERED: usize = 4;

/// How many entries of a folder are looked at.
const LOOKED_AT: usize = 500;

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    Nothing,
    Folder,
    File,
}

/// Why a file was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It could not be read, and why.
    Unreadable(String),
    TooLarge,
    /// Its mistakes, each as `nevado check` tells it: where it is, the line unless it may hold a
    /// password, and how to mend it.
    Mistakes(Vec<Mistaken>),
}

/// A mistake in three parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistaken {
    /// Where it is, and what is wrong.
    pub(crate) what: String,
    /// The line, with its mark below; empty where it is not shown.
    pub(crate) line: String,
    pub(crate) mend: String,
}

/// The path that a person means: `~` is their home.
fn path_of(text: &str) -> PathBuf {
    let text = text.trim();
    let home = std::env::var_os("HOME").map(PathBuf::from);
    match (text.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(text),
    }
}

/// What is at a path.
pub(super) fn see(text: &str) -> Seen {
    match fs::metadata(path_of(text)) {
        Ok(found) if found.is_dir() => Seen::Folder,
        Ok(_) => Seen::File,
        Err(_) => Seen::Nothing,
    }
}

/// Reads the preset at a path.
pub(super) fn preset(text: &str) -> Result<Preset, Refused> {
    let path = path_of(text);
    let told = |error: io::Error| Refused::Unreadable(error.to_string());
    // A pipe would never end, and a device is no preset.
    if !fs::metadata(&path).map_err(told)?.is_file() {
        return Err(Refused::Unreadable("it is no file".to_owned()));
    }
    let file = File::open(&path).map_err(told)?;
    // May hold passwords.
    let mut read = Zeroizing::new(String::new());
    file.take(LARGEST + 1)
        .read_to_string(&mut read)
        .map_err(told)?;
    if read.len() as u64 > LARGEST {
        return Err(Refused::TooLarge);
    }
    preset::read(&read, text).map_err(|error| Refused::Mistakes(mistakes(&error)))
}

fn mistakes(error: &ReadError) -> Vec<Mistaken> {
    let told = error.mistakes().iter().map(|mistake| {
        let place = mistake.place.as_ref();
        let at = place.map(|place| format!("{}:{}: ", place.line, place.column));
        Mistaken {
            what: format!("{}{}", at.unwrap_or_default(), mistake.message),
            line: place.map(ToString::to_string).unwrap_or_default(),
            mend: mistake.mend.clone(),
        }
    });
    told.collect()
}

/// Presets in the person's folder and on what is plugged in.
pub(super) fn near() -> Vec<String> {
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let plugged = ["/run/media", "/media"].iter().map(Path::new);
    let plugged = plugged.flat_map(folders);
    // Some put a folder of the person's between.
    let volumes: Vec<PathBuf> = plugged
        .flat_map(|folder| {
            let below = folders(&folder);
            std::iter::once(folder).chain(below)
        })
        .collect();
    presets_in(home.into_iter().chain(volumes))
}

fn presets_in(places: impl Iterator<Item = PathBuf>) -> Vec<String> {
    let mut found: Vec<String> = places
        .flat_map(|folder| entries(&folder))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .filter_map(|path| path.to_str().map(str::to_owned))
        .filter(|path| preset(path).is_ok())
        .collect();
    found.sort();
    found.dedup();
    found.truncate(OFFERED);
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).into_iter().flatten();
    let paths = read.flatten().map(|entry| entry.path());
    paths.take(LOOKED_AT).collect()
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut found = entries(folder);
    found.retain(|path| path.is_dir());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_at_a_path_is_seen_and_only_presets_are_offered() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("good.toml"), "version = 1\n").unwrap();
        fs::write(path("Cargo.toml"), "[package]\n").unwrap();
        fs::write(path("notes.txt"), "version = 1\n").unwrap();
        let text = |name: &str| path(name).to_str().unwrap().to_owned();
        assert_eq!(see(&text("good.toml")), Seen::File);
        assert_eq!(see(&format!(" {} ", text("good.toml"))), Seen::File);
        assert_eq!(see(&text("")), Seen::Folder);
        assert_eq!(see(&text("none.toml")), Seen::Nothing);
        let offered = presets_in([folder.path().to_owned()].into_iter());
        assert_eq!(offered, [text("good.toml")]);
    }

    #[test]
    fn what_can_not_be_read_says_why_and_a_password_is_not_repeated() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.toml");
        let text = path.to_str().unwrap();
        assert!(matches!(preset(text), Err(Refused::Unreadable(_))));
        let at_folder = preset(folder.path().to_str().unwrap());
        assert!(matches!(at_folder, Err(Refused::Unreadable(_))));
        fs::write(&path, [0xff, 0xfe]).unwrap();
        assert!(matches!(preset(text), Err(Refused::Unreadable(_))));
        fs::write(&path, vec![b'#'; 1 + LARGEST as usize]).unwrap();
        assert_eq!(preset(text).unwrap_err(), Refused::TooLarge);

        let wrong = "version = 1\n[network]\nhostname = \"alm\"\n[[users]]\nname = \"ada\"\n\
                     password = { hash = \"topsecret\" }\n";
        fs::write(&path, wrong).unwrap();
        let Err(Refused::Mistakes(told)) = preset(text) else {
            panic!("it has mistakes");
        };
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].what.starts_with("3:1: ") && told[0].line.contains("hostname"));
        assert_eq!(told[0].mend, "Did you mean `host_name`?");
        assert!(told[1].what.starts_with("6:"));
        assert!(!format!("{told:?}").contains("topsecret"));
    }
}
