//! Builds the system into the target's store.

use super::super::cleanup::Opened;
use super::super::command::{Command, Stream};
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::event::{EventKind, Progress};
use super::super::progress::{BuildProgress, Note};
use super::super::system::Place;
use crate::evaluate::{nixos_config, with_nixpkgs, with_sources};
use crate::plan::TARGET_ROOT;
use crate::preset::HostName;
use crate::storage::SCRATCH;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Where the configuration lies in the target.
const FOLDER: &str = "etc/nixos";

/// Progress is told at most this often, unless the percentage changes.
const TELL_EVERY: Duration = Duration::from_secs(1);

pub(super) fn run(context: &mut Context<'_>, flake: Option<&HostName>) -> Result<(), StepError> {
    // In the target: the live system's memory is too small for temporary files of the build.
    let scratch = Path::new(SCRATCH);
    context
        .system
        .make_folder(Place::Target, scratch, 0o755)
        .on("make", scratch)?;
    context
        .opened
        .push(Opened::Scratch(Place::Target, scratch.to_owned()));
    let folder = Path::new(TARGET_ROOT).join(scratch);
    let command = match flake {
        None => classic(context, &folder),
        Some(name) => flaked(context, name, &folder),
    };
    let mut follower = Follower::new();
    let result = context.follow(&command, &mut |stream, line| follower.line(stream, line));
    if let Err(error) = result {
        return Err(follower.explain(error));
    }
    context.emit(EventKind::Progress(follower.progress.finished()));
    let link = context
        .system
        .read_link(Place::Target, &scratch.join("system"))
        .on("read", &folder.join("system"))?;
    let system = in_store(&link);
    context.note(format!("built {}", system.display()));
    context.built = Some(system);
    Ok(())
}

/// Builds `configuration.nix` with the medium's nixpkgs.
fn classic(context: &Context<'_>, folder: &Path) -> Command {
    let nix_build = with_nixpkgs(Command::new("nix-build"), &context.plan.nixpkgs.path);
    into_target(context, nix_build, folder)
        .args(["<nixpkgs/nixos>", "-A", "system", "-I"])
        .arg(nixos_config(
            &Path::new(TARGET_ROOT)
                .join(FOLDER)
                .join("configuration.nix"),
        ))
}

/// Builds what the flake has under `name`, with the nixpkgs that its lock file names: as
/// `nixos-install --flake` does it, but that the lock must fit as it is.
fn flaked(context: &Context<'_>, name: &HostName, folder: &Path) -> Command {
    let nix = Command::new("nix")
        .args(["--extra-experimental-features", "nix-command flakes"])
        .args(["build", "--no-update-lock-file"]);
    let folder_of_flake = Path::new(TARGET_ROOT).join(FOLDER);
    into_target(context, nix, folder).arg(format!(
        "path:{}#nixosConfigurations.\"{name}\".config.system.build.toplevel",
        folder_of_flake.display()
    ))
}

/// What every build into the target's store is called with; the medium's store helps out.
fn into_target(context: &Context<'_>, command: Command, folder: &Path) -> Command {
    with_sources(command, &context.plan.install)
        .env("TMPDIR", folder)
        .args(["-v", "--log-format", "internal-json", "--out-link"])
        .arg(folder.join("system"))
        .args(["--store", TARGET_ROOT])
        .args(["--extra-substituters", "auto?trusted=1"])
        .without_limit()
}

/// Nix writes the store path as the target sees it; some versions put the target's root before it.
fn in_store(link: &Path) -> PathBuf {
    match link.strip_prefix(TARGET_ROOT) {
        Ok(below) => Path::new("/").join(below),
        Err(_) => link.to_owned(),
    }
}

/// Makes events of Nix's log.
struct Follower {
    begin: Instant,
    progress: BuildProgress,
    told: Option<(Duration, Progress)>,
}

impl Follower {
    fn new() -> Self {
        Self {
            begin: Instant::now(),
            progress: BuildProgress::default(),
            told: None,
        }
    }

    fn line(&mut self, stream: Stream, line: &str) -> Option<EventKind> {
        if stream == Stream::Out {
            return None;
        }
        let at = self.begin.elapsed();
        match self.progress.line(line, at) {
            Some(Note::Line(text) | Note::Error(text)) => Some(EventKind::Log {
                source: "nix-build".to_owned(),
                text,
            }),
            None => self.tell(at),
        }
    }

    /// The progress, if it is worth telling.
    fn tell(&mut self, at: Duration) -> Option<EventKind> {
        let now = self.progress.now();
        let percent = |progress: &Progress| (progress.fraction * 100.0) as u32;
        let worth = self.told.as_ref().is_none_or(|(then, told)| {
            let later = at.saturating_sub(*then) >= TELL_EVERY && *told != now;
            later || percent(told) != percent(&now) || told.phase != now.phase
        });
        worth.then(|| {
            self.told = Some((at, now.clone()));
            EventKind::Progress(now)
        })
    }

    /// The log of Nix is for programs; its errors are put in its place.
    fn explain(&self, error: StepError) -> StepError {
        let words = self.progress.failure();
        let error = match error {
            StepError::Command(mut source) if !words.is_empty() => {
                source.output.stderr.clone_from(&words);
                StepError::Command(source)
            }
            other => other,
        };
        error.explained(|output| {
            format!("Nix could not build the system:\n{}", output.stderr.trim())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_store_path_is_as_the_target_sees_it() {
        let path = Path::new("/nix/store/abc-nixos");
        assert_eq!(in_store(path), path);
        assert_eq!(in_store(Path::new("/mnt/nix/store/abc-nixos")), path);
    }
}
