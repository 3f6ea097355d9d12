//! Paths of the new system, as types: one can't lead out of it.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::{Component, Path, PathBuf};

/// An absolute path in the target without `.` or `..`: it can't lead out of the target root.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "PathBuf", into = "PathBuf")]
pub struct TargetPath(PathBuf);

/// The folder at the top for what a build needs meanwhile; it is emptied and removed afterwards.
pub const SCRATCH: &str = ".nevado";

/// Folders at the top that belong to the system, or to the installation.
const SYSTEM: [&str; 16] = [
    SCRATCH, "bin", "boot", "dev", "efi", "etc", "lib", "lib64", "nix", "proc", "root", "run",
    "sys", "tmp", "usr", "var",
];

/// A path that is not absolute, or that has `.` or `..` in it.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no path in the target: it must be absolute and go straight down")]
pub struct BadTargetPath(PathBuf);

impl TargetPath {
    /// `/`.
    pub fn root() -> Self {
        Self(PathBuf::from("/"))
    }

    /// Whether it is `/`.
    pub fn is_root(&self) -> bool {
        self.below_root().as_os_str().is_empty()
    }

    /// Whether it is a place for people's data, where an installation writes nothing.
    pub fn is_for_data(&self) -> bool {
        let first = self.below_root().components().next();
        let first = first.and_then(|part| part.as_os_str().to_str());
        first.is_some_and(|first| !SYSTEM.contains(&first))
    }

    /// Whether it is the folder that is emptied when a build has ended, or lies in it.
    pub fn is_scratch(&self) -> bool {
        self.below_root().starts_with(SCRATCH)
    }

    /// The path as the running target sees it.
    pub fn as_path(&self) -> &Path {
        &self.0
    }

    /// The path relative to the target's root; empty for the root itself.
    pub fn below_root(&self) -> &Path {
        self.0.strip_prefix("/").unwrap_or(&self.0)
    }
}

impl TryFrom<PathBuf> for TargetPath {
    type Error = BadTargetPath;

    fn try_from(path: PathBuf) -> Result<Self, BadTargetPath> {
        let mut parts = path.components();
        let rooted = parts.next() == Some(Component::RootDir);
        if rooted && parts.all(|part| matches!(part, Component::Normal(_))) {
            Ok(Self(path))
        } else {
            Err(BadTargetPath(path))
        }
    }
}

impl std::str::FromStr for TargetPath {
    type Err = BadTargetPath;

    fn from_str(text: &str) -> Result<Self, BadTargetPath> {
        Self::try_from(PathBuf::from(text))
    }
}

impl From<TargetPath> for PathBuf {
    fn from(path: TargetPath) -> PathBuf {
        path.0
    }
}

impl fmt::Display for TargetPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.display())
    }
}
