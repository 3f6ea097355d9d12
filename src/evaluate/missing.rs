//! What a build still needs, as Nix announces it (`printMissing` in Nix' libmain/shared.cc).

use crate::units::Bytes;
use std::fmt;

/// One line in which Nix announces what it will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Announcement {
    /// This many derivations will be built.
    Builds(u64),
    /// Paths will be fetched: from the network, or from the medium with nothing to download.
    Fetches {
        paths: u64,
        download: Bytes,
        unpacked: Bytes,
    },
    /// Nix neither has these paths nor knows where to get them.
    Unobtainable,
}

impl Announcement {
    /// Reads the first line of a message; nothing if it announces nothing.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let line = text.lines().next()?.trim();
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["this", "derivation", "will", "be", "built:"] => Some(Self::Builds(1)),
            ["these", count, "derivations", "will", "be", "built:"] => {
                Some(Self::Builds(count.parse().ok()?))
            }
            ["don't", "know", "how", "to", "build", ..] => Some(Self::Unobtainable),
            [
                "this" | "these",
                rest @ ..,
                "will",
                "be",
                "fetched",
                download,
                unit,
                "download,",
                unpacked,
                unpacked_unit,
                "unpacked):",
            ] => Some(Self::Fetches {
                paths: match rest {
                    ["path"] => 1,
                    [count, "paths"] => count.parse().ok()?,
                    _ => return None,
                },
                download: size(download.trim_start_matches('('), unit)?,
                unpacked: size(unpacked, unpacked_unit)?,
            }),
            _ => None,
        }
    }
}

/// A size as Nix prints it: `75.6 MiB`.
fn size(amount: &str, unit: &str) -> Option<Bytes> {
    let power = ["B", "KiB", "MiB", "GiB", "TiB"]
        .iter()
        .position(|u| *u == unit)?;
    let amount: f64 = amount.parse().ok()?;
    let bytes = amount * 1024_f64.powi(i32::try_from(power).ok()?);
    (bytes.is_finite() && bytes >= 0.0).then_some(Bytes(bytes as u64))
}

/// All that a build still needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// Derivations to build.
    pub builds: u64,
    /// Store paths to fetch or copy.
    pub paths: u64,
    /// What has to be downloaded for them; 0 for what the medium has.
    pub download: Bytes,
    /// What they take on the disk.
    pub unpacked: Bytes,
    /// Whether there is something that can neither be built nor fetched.
    pub unobtainable: bool,
}

impl Missing {
    /// From what `nix-store --realise --dry-run` prints on standard error.
    pub fn read(words: &str) -> Self {
        let mut missing = Self::default();
        for announcement in words.lines().filter_map(Announcement::read) {
            match announcement {
                Announcement::Builds(count) => missing.builds = count,
                Announcement::Fetches {
                    paths,
                    download,
                    unpacked,
                } => {
                    (missing.paths, missing.download, missing.unpacked) =
                        (paths, download, unpacked);
                }
                Announcement::Unobtainable => missing.unobtainable = true,
            }
        }
        missing
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            builds,
            paths,
            download,
            unpacked,
            ..
        } = self;
        let plural = |count: u64| if count == 1 { "" } else { "s" };
        write!(
            f,
            "{paths} store path{} to fetch ({download} to download, {unpacked} on the disk), \
             {builds} derivation{} to build",
            plural(*paths),
            plural(*builds)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nix_prints_is_read() {
        // The words of Nix 2.8 (two decimals) and 2.26 (mixed units).
        let text = "warning: you don't have Internet access; disabling some features\n\
                    these 31 derivations will be built:\n  /nix/store/a-etc.drv\n\
                    these 812 paths will be fetched (1204.57 MiB download, 4096.5 MiB unpacked):\n\
                    \x20 /nix/store/b-firefox\n";
        let mib = |tenths: u64| Bytes((tenths << 20) / 10);
        let missing = Missing::read(text);
        assert_eq!((missing.builds, missing.paths), (31, 812));
        assert_eq!(missing.unpacked, mib(40_965));
        assert_eq!(missing.download, Bytes(1_263_083_192));
        assert!(!missing.unobtainable);
        assert_eq!(
            missing.to_string(),
            "812 store paths to fetch (1.2 GiB to download, 4 GiB on the disk), 31 derivations to build"
        );
        let one = Missing::read(
            "this derivation will be built:\nthis path will be fetched (0.5 KiB download, 1.0 GiB unpacked):\n",
        );
        assert_eq!((one.builds, one.paths, one.unpacked), (1, 1, Bytes::gib(1)));
        assert_eq!(one.download, Bytes(512));
        assert!(
            Missing::read("don't know how to build these paths:\n  /nix/store/x\n").unobtainable
        );
    }

    #[test]
    fn other_words_announce_nothing() {
        for other in [
            "",
            "these",
            "these x derivations will be built:",
            "unpacked):",
            "these paths will be fetched (1 MiB download, 2 MiB unpacked):",
            "this path will be fetched (1 parsec download, 2 MiB unpacked):",
        ] {
            assert_eq!(Announcement::read(other), None, "{other}");
        }
        assert_eq!(Missing::read("error: no"), Missing::default());
    }
}
