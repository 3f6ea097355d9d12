//! Looks at this computer: reads the clock, memory and mounts, and lets Nix ask its substituters.

use super::{Conditions, Substituter};
use crate::evaluate::{available, with_sources};
use crate::machine::Fact;
use crate::plan::TARGET_ROOT;
use crate::preset::Install;
use crate::process::{self, CancelToken, Command, CommandError, Output, User};
use std::os::unix::fs::chown;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

/// How long one substituter may take to answer.
const LIMIT: Duration = Duration::from_secs(30);

/// Finds out what this computer is like now, as an installation with these caches would find it; a cancel ends what is being asked.
pub fn look(install: &Install, cancel: &CancelToken) -> Conditions {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let now = crate::engine::rfc3339(SystemTime::now());
    Conditions {
        today: now.chars().take(10).collect(),
        substituters: Fact::from_result(substituters(install, cancel)),
        memory: available(&read("/proc/meminfo")),
        mounted: mounted(&read("/proc/self/mountinfo")),
    }
}

/// The mount points at the target's root and below it (proc_pid_mountinfo(5)), each once.
fn mounted(mountinfo: &str) -> Vec<PathBuf> {
    let points = mountinfo.lines().filter_map(|line| line.split(' ').nth(4));
    let mut points: Vec<PathBuf> = points
        .map(|point| PathBuf::from(point.replace("\\040", " ")))
        .filter(|point| point.starts_with(TARGET_ROOT))
        .collect();
    points.dedup();
    points
}

/// Asks each substituter in turn, in the way that a build would: through Nix itself, with its
/// proxies and certificates. An answer is its `nix-cache-info`.
fn substituters(install: &Install, cancel: &CancelToken) -> anyhow::Result<Vec<Substituter>> {
    // Nix keeps in its home what a substituter told it.
    let home = tempfile::Builder::new().prefix("nevado-").tempdir()?;
    let user = User::ordinary();
    if let Some(User { uid, gid }) = user {
        chown(home.path(), Some(uid), Some(gid))?;
    }
    let run = |command: Command| {
        let command = with_sources(command, install).env("HOME", home.path());
        let command = command.as_user(user).within(LIMIT);
        process::run(&command, Some(cancel), &mut |_, _| {})
    };
    let configured = run(nix(&["config", "show"]))
        // Before Nix 2.20 it had another name.
        .or_else(|_| run(nix(&["show-config"])))?;
    let urls = substituters_in(&configured.stdout).map(str::to_owned);
    Ok(urls
        .map(|url| Substituter {
            failure: ask(&url, &run).err().map(|error| why(&error)),
            url,
        })
        .collect())
}

fn ask(
    url: &str,
    run: &impl Fn(Command) -> Result<Output, CommandError>,
) -> Result<Output, CommandError> {
    let ask = |words: &[&str]| {
        let patience = ["--option", "connect-timeout", "10"];
        let once = ["--option", "download-attempts", "1"];
        let command = nix(words).args(["--store", url]).args(patience).args(once);
        run(command)
    };
    match ask(&["store", "info"]) {
        // Before Nix 2.19 it had another name.
        Err(error) if error.output.stderr.contains("not a recognised command") => {
            ask(&["store", "ping"])
        }
        other => other,
    }
}

fn nix(words: &[&str]) -> Command {
    Command::new("nix")
        .args(words.iter().copied())
        .args(["--extra-experimental-features", "nix-command"])
}

/// The value of `substituters` in what `nix config show` prints.
fn substituters_in(configuration: &str) -> impl Iterator<Item = &str> {
    let mut lines = configuration
        .lines()
        .filter_map(|line| line.split_once('='));
    let found = lines.find(|(name, _)| name.trim() == "substituters");
    found.map_or("", |(_, value)| value).split_whitespace()
}

/// The last error that Nix told.
fn why(error: &CommandError) -> String {
    let mut lines = error.output.stderr.lines().rev();
    let told = lines.find_map(|line| line.trim().strip_prefix("error:"));
    told.map_or_else(|| error.ending.to_string(), |told| told.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::Ending;
    use std::path::Path;

    #[test]
    fn what_nix_and_the_kernel_print_is_read() {
        let text = "stalled-download-timeout = 300\nsubstituters = https://a.example/ file:///b\n\
                    trusted-substituters = https://c.example\n";
        let found: Vec<&str> = substituters_in(text).collect();
        assert_eq!(found, ["https://a.example/", "file:///b"]);
        assert_eq!(substituters_in("substituters = \n").count(), 0);
        let mounts = "21 1 0:20 / / rw - tmpfs tmpfs rw\n\
                      99 21 8:1 / /mnt/my\\040stick rw shared:1 - vfat /dev/sdb1 rw\n\
                      98 21 8:2 / /mntx rw - ext4 /dev/sdb2 rw\n";
        assert_eq!(mounted(mounts), [Path::new("/mnt/my stick")]);
    }

    #[test]
    fn the_reason_is_nixs_own() {
        let failed = |stderr: &str| {
            let output = Output {
                stdout: String::new(),
                stderr: stderr.to_owned(),
            };
            why(&CommandError::new(
                &nix(&["store"]),
                Ending::Code(1),
                output,
            ))
        };
        // The words of Nix 2.8.
        let words = "warning: x\nerror: unable to download 'http://a/nix-cache-info': Couldn't connect to server (7)\n";
        assert_eq!(
            failed(words),
            "unable to download 'http://a/nix-cache-info': Couldn't connect to server (7)"
        );
        assert_eq!(failed(""), "failed with exit code 1");
    }
}
