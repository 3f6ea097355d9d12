//! What most likely made a step fail, as far as the programs' own words tell: few causes are behind most
//! failures, and each has a cure that does not depend on the step.

use super::event::ErrorReport;

/// What most likely made a step fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The new system's disk is full.
    DiskFull,
    /// A disk does not do what it is told.
    DiskFaulty,
    /// What is on the live medium can't be read, or is not what it was.
    MediumFaulty,
    /// Memory ran out.
    Memory,
    /// The clock is wrong, so that no certificate is valid.
    Clock,
    /// The network, or a server, does not answer.
    Network,
}

/// What the kernel, Nix and curl say of each, in small letters; what comes first is found first.
const SIGNS: [(Cause, &[&str]); 6] = [
    (
        Cause::DiskFull,
        // ENOSPC, and SQLite's SQLITE_FULL from Nix's database.
        &["no space left on device", "database or disk is full"],
    ),
    (
        Cause::MediumFaulty,
        // The medium's store is a squashfs; Nix compares hashes as it copies.
        &["squashfs error", "hash mismatch importing path"],
    ),
    (
        Cause::DiskFaulty,
        // EIO and ENODEV.
        &[
            "input/output error",
            "i/o error",
            "no such device or address",
        ],
    ),
    (
        Cause::Memory,
        // ENOMEM, the kernel's killer, and what GHC and Boehm's collector of Nix say.
        &[
            "cannot allocate memory",
            "out of memory",
            "too many heap sections",
            "std::bad_alloc",
        ],
    ),
    (
        Cause::Clock,
        &["certificate is not yet valid", "certificate has expired"],
    ),
    (
        Cause::Network,
        // libcurl's words, which Nix repeats.
        &[
            "resolve host",
            "resolving timed out",
            "connect to server",
            "timeout was reached",
            "network is unreachable",
            "connection reset",
        ],
    ),
];

impl Cause {
    /// Each of them.
    pub const ALL: [Self; 6] = [
        Self::DiskFull,
        Self::DiskFaulty,
        Self::MediumFaulty,
        Self::Memory,
        Self::Clock,
        Self::Network,
    ];

    /// What an error tells of its cause; nothing where it may be any.
    #[must_use]
    pub fn of(error: &ErrorReport) -> Option<Self> {
        let command = error.command.as_ref();
        let said = command.map(|command| [command.stderr.as_str(), command.stdout.as_str()]);
        let said: String = std::iter::once(error.message.as_str())
            .chain(said.into_iter().flatten())
            .flat_map(|text| [text, "\n"])
            .collect();
        let said = said.to_lowercase();
        let mut signs = SIGNS.into_iter();
        let found = signs.find(|(_, signs)| signs.iter().any(|sign| said.contains(sign)));
        found.map(|(cause, _)| cause)
    }

    /// What it means and what helps, in English: a sentence each.
    #[must_use]
    pub const fn told(self) -> [&'static str; 2] {
        match self {
            Self::DiskFull => [
                "The new system's disk is full.",
                "Begin anew with less software, or with more room for the new system.",
            ],
            Self::DiskFaulty => [
                "A disk did not do what it was told: it is damaged, or its cable is loose.",
                "Look at its cable, then try again; if it fails again, take another disk.",
            ],
            Self::MediumFaulty => [
                "Something on the live medium can't be read, or is not what it was.",
                "Write the medium anew, best on another USB stick, and begin from it.",
            ],
            Self::Memory => [
                "Memory ran out.",
                "Close what else is open, then try again.",
            ],
            Self::Clock => [
                "The computer's clock is wrong, so that no server can be trusted.",
                "Set the clock, then try again.",
            ],
            Self::Network => [
                "The network, or the server that packages come from, did not answer.",
                "Connect the computer again, then try again.",
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::FailedCommand;

    fn cause(message: &str, stderr: &str) -> Option<Cause> {
        Cause::of(&ErrorReport {
            message: message.to_owned(),
            command: Some(FailedCommand {
                arguments: vec!["nix-build".to_owned()],
                status: "exit code 1".to_owned(),
                stdout: String::new(),
                stderr: stderr.to_owned(),
            }),
        })
    }

    #[test]
    fn the_words_of_programs_tell_the_cause() {
        for (stderr, wanted) in [
            (
                "error: unable to download 'https://cache.nixos.org/x.narinfo': Could not resolve host (6)",
                Cause::Network,
            ),
            (
                "error: unable to download 'https://cache.nixos.org/x': SSL certificate problem: certificate is \
                 not yet valid (60)",
                Cause::Clock,
            ),
            (
                "error: writing to file: No space left on device",
                Cause::DiskFull,
            ),
            (
                "mkfs.ext4: Input/output error while writing out and closing file system",
                Cause::DiskFaulty,
            ),
            (
                "error: unable to fork: Cannot allocate memory",
                Cause::Memory,
            ),
            (
                "error: hash mismatch importing path '/nix/store/x-hello'",
                Cause::MediumFaulty,
            ),
        ] {
            assert_eq!(cause("it failed", stderr), Some(wanted), "{stderr}");
        }
        assert_eq!(cause("it failed", "error: undefined variable 'gti'"), None);
        // What Nix could not write is no question of the network, though it was downloading.
        let both = "error: unable to download 'x': writing: No space left on device";
        assert_eq!(cause("it failed", both), Some(Cause::DiskFull));
    }
}
