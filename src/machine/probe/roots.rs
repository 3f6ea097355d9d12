//! Where facts are read from: the running system, or a folder recorded on another computer.

use anyhow::{Context, Result, bail, ensure};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// Longest that a program which the probe asks may take.
const PROGRAM_LIMIT: Duration = Duration::from_secs(10);
/// More links than this in one path are taken for a loop, as the kernel does.
const MOST_LINKS: usize = 40;

/// The root of the file system that the probe looks at.
///
/// A recorded folder holds `sys/`, `proc/`, `dev/` and `run/udev/data/` as far as the probe reads
/// them, `environ` (lines of `NAME=value`) in place of the environment, and `commands/NAME` with
/// what a program printed. `tests/sysfs/README.md` tells how to record one.
#[derive(Clone, Debug)]
pub struct Roots {
    root: PathBuf,
    live: bool,
}

impl Roots {
    /// The running system.
    pub fn live() -> Self {
        Self {
            root: PathBuf::from("/"),
            live: true,
        }
    }

    /// A folder recorded on some computer; nothing outside it is read, no program is run.
    pub fn recorded(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            live: false,
        }
    }

    /// Whether this is the running system.
    pub fn is_live(&self) -> bool {
        self.live
    }

    /// Where `path`, absolute or not, lies for this program. Links are not looked at.
    pub fn at(&self, path: impl AsRef<Path>) -> PathBuf {
        let path = path.as_ref();
        self.root.join(path.strip_prefix("/").unwrap_or(path))
    }

    /// The text of the file at `path`, without what surrounds it.
    ///
    /// # Errors
    /// When the file can't be read; the message names it as the recorded computer did.
    pub fn text(&self, path: &str) -> Result<String> {
        let bytes = std::fs::read(self.at(path)).with_context(|| format!("cannot read {path}"))?;
        Ok(clean(&bytes))
    }

    /// An environment variable, if it is set and not empty.
    pub fn variable(&self, name: &str) -> Option<String> {
        if self.live {
            return std::env::var(name).ok().filter(|value| !value.is_empty());
        }
        let environ = self.text("environ").ok()?;
        let value = environ
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix('='))?;
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// Follows every link in `path` the way `chroot` would, and returns a path without links that
    /// holds below this root.
    ///
    /// # Errors
    /// When something on the way does not exist or links go in circles.
    pub fn resolve(&self, path: &Path) -> Result<PathBuf> {
        let mut rest: Vec<PathBuf> = parts_reversed(path);
        let mut done = PathBuf::from("/");
        let mut links = 0;
        while let Some(part) = rest.pop() {
            if part == Path::new("..") {
                done.pop();
                continue;
            }
            let next = done.join(&part);
            let here = self.at(&next);
            let kind = here
                .symlink_metadata()
                .with_context(|| format!("{} does not exist", next.display()))?
                .file_type();
            if !kind.is_symlink() {
                done = next;
                continue;
            }
            links += 1;
            ensure!(
                links <= MOST_LINKS,
                "{} leads through too many links",
                path.display()
            );
            let target = here.read_link()?;
            if target.is_absolute() {
                done = PathBuf::from("/");
            }
            rest.extend(parts_reversed(&target));
        }
        Ok(done)
    }

    /// The absolute path of a program, from `PATH`, NixOS' own folder, and Debian's for root's
    /// tools, which `sudo` and `pkexec` may have taken out of `PATH`.
    pub fn program(&self, name: &str) -> Option<PathBuf> {
        let path = self.variable("PATH").unwrap_or_default();
        path.split(':')
            .chain(["/run/current-system/sw/bin", "/usr/sbin"])
            .filter(|folder| folder.starts_with('/'))
            .map(|folder| Path::new(folder).join(name))
            .find(|file| self.at(file).exists())
    }

    /// What a program prints. A recorded folder has the text in `commands/NAME`, whatever the
    /// arguments.
    ///
    /// # Errors
    /// When the program is missing, fails, or takes longer than ten seconds.
    pub fn printed(&self, name: &str, arguments: &[&str]) -> Result<String> {
        if !self.live {
            return self
                .text(&format!("commands/{name}"))
                .with_context(|| format!("what {name} prints was not recorded"));
        }
        let output = self.run(name, arguments)?;
        if !output.status.success() {
            bail!(
                "{name} {} failed with {}: {}{}",
                arguments.join(" "),
                output.status,
                clean(&output.stdout),
                clean(&output.stderr)
            );
        }
        Ok(clean(&output.stdout))
    }

    /// Runs a program of the running system, whatever it returns.
    ///
    /// # Errors
    /// When the program is missing, can't be started, or takes longer than ten seconds.
    pub fn run(&self, name: &str, arguments: &[&str]) -> Result<Output> {
        ensure!(self.live, "no program is run for a recorded machine");
        let file = self
            .program(name)
            .with_context(|| format!("{name} is not on PATH"))?;
        let child = Command::new(&file)
            .args(arguments)
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", file.display()))?;
        let id = rustix::process::Pid::from_child(&child);
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || sender.send(child.wait_with_output()));
        match receiver.recv_timeout(PROGRAM_LIMIT) {
            Ok(output) => output.with_context(|| format!("cannot read what {name} prints")),
            Err(_) => {
                rustix::process::kill_process(id, rustix::process::Signal::KILL)
                    .with_context(|| format!("cannot stop {name}"))?;
                bail!("{name} took longer than {PROGRAM_LIMIT:?}")
            }
        }
    }
}

/// The parts of a path, last first; `.` and the root left out.
fn parts_reversed(path: &Path) -> Vec<PathBuf> {
    path.components()
        .rev()
        .filter(|part| matches!(part, Component::Normal(_) | Component::ParentDir))
        .map(|part| PathBuf::from(part.as_os_str()))
        .collect()
}

/// Text without surrounding white space and the NUL that ends a device tree's strings.
pub(super) fn clean(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.trim_matches(|c: char| c.is_whitespace() || c == '\0')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_stay_below_the_root() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        std::fs::create_dir_all(at("nix/store/a")).unwrap();
        symlink("/nix/store/a", at("nix/one")).unwrap();
        symlink("../nix/./one", at("nix/two")).unwrap();
        symlink("loop", at("loop")).unwrap();
        let roots = Roots::recorded(folder.path());
        let resolved = roots.resolve(Path::new("/nix/two")).unwrap();
        assert_eq!(resolved, Path::new("/nix/store/a"));
        assert!(roots.resolve(Path::new("/loop")).is_err());
        assert!(roots.resolve(Path::new("/etc")).is_err());
    }

    #[test]
    fn a_recorded_machine_runs_nothing() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Roots::recorded(folder.path()).run("true", &[]).is_err());
    }
}
