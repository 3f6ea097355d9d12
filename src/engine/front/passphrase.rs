//! The passphrase of an encrypted disk, as the installation takes it.

use super::super::password::unusable;
use crate::secret::Secret;
use std::io;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// A passphrase can't be used.
#[derive(Debug, thiserror::Error)]
pub enum BadPassphrase {
    /// It is none that can be typed at the boot.
    #[error("the passphrase of the encrypted disk can't be used: {0}; nothing was changed")]
    Unusable(&'static str),
    /// Its file can't be read.
    #[error("the passphrase in {} could not be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// The passphrase in a file: its only line.
///
/// # Errors
/// The file can't be read, or its passphrase can't be used.
pub fn passphrase_from_file(path: &Path) -> Result<Secret, BadPassphrase> {
    let text = std::fs::read_to_string(path).map(Zeroizing::new);
    let text = text.map_err(|source| BadPassphrase::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    let line = text.strip_suffix('\n').unwrap_or(&text);
    usable_passphrase(Secret::new(line))
}

/// Gives back a passphrase that can be typed at the boot: one line that cryptsetup takes as it is.
///
/// # Errors
/// It is none.
pub fn usable_passphrase(passphrase: Secret) -> Result<Secret, BadPassphrase> {
    match unusable(&passphrase) {
        None => Ok(passphrase),
        Some(what) => Err(BadPassphrase::Unusable(what)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_a_line_that_can_be_typed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("passphrase");
        std::fs::write(&path, "pass phrase \n").unwrap();
        assert_eq!(
            passphrase_from_file(&path).unwrap().expose(),
            "pass phrase "
        );
        assert!(passphrase_from_file(&folder.path().join("none")).is_err());
        assert!(usable_passphrase(Secret::new("pass phrase ")).is_ok());
        for bad in ["", "one\ntwo", "tab\t", &"x".repeat(513)] {
            let error = usable_passphrase(Secret::new(bad)).unwrap_err().to_string();
            assert!(!error.contains("two"), "{error}");
        }
    }
}
