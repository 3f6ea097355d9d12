//! A recovery key in a file, where nobody is there to write it down.

use super::super::recovery_key::RecoveryKey;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// A recovery key could not be written to its file.
#[derive(Debug, thiserror::Error)]
#[error(
    "the recovery key can't be written to {}: {source}; nothing was changed{}",
    path.display(),
    left.words(),
)]
pub struct NotWritten {
    path: PathBuf,
    source: io::Error,
    left: Left,
}

/// What is at the path of a key that could not be written.
#[derive(Debug)]
enum Left {
    /// Nothing that was made here.
    Nothing,
    /// A file that was there before.
    Another,
    /// What was begun was removed again.
    Removed,
    /// What was begun could not be removed.
    Begun(io::Error),
}

impl Left {
    fn words(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Another => {
                ", and what the file holds may be the key of another installation: move it away"
                    .to_owned()
            }
            Self::Removed => {
                ", and the file, which held a part of the key, was removed again".to_owned()
            }
            Self::Begun(error) => {
                format!(
                    ", but the file holds a part of the key and can't be removed ({error}): remove it"
                )
            }
        }
    }
}

/// Writes a recovery key to a new file that only its owner can read; without the end of a line, so that
/// `cryptsetup --key-file` takes it as it is.
///
/// # Errors
/// There is such a file already, or it can't be made, or not written whole: then it is removed again.
pub fn write_recovery_key(path: &Path, key: &RecoveryKey) -> Result<(), NotWritten> {
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    let not_written = |source, left| NotWritten {
        path: path.to_owned(),
        source,
        left,
    };
    let file = file.map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => not_written(source, Left::Another),
        _ => not_written(source, Left::Nothing),
    })?;
    whole(file, key).map_err(|source| not_written(source, removed(path)))
}

/// Removes what was begun: a part of a key opens nothing, and would be in the way of the next attempt.
fn removed(path: &Path) -> Left {
    match std::fs::remove_file(path) {
        Ok(()) => Left::Removed,
        Err(error) => Left::Begun(error),
    }
}

fn whole(mut file: File, key: &RecoveryKey) -> io::Result<()> {
    file.write_all(key.secret().expose().as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_key_is_written_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let key = RecoveryKey::generate().unwrap();
        write_recovery_key(&path, &key).unwrap();
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            key.secret().expose()
        );
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let other = RecoveryKey::generate().unwrap();
        let error = write_recovery_key(&path, &other).unwrap_err().to_string();
        assert!(error.contains("move it away"), "{error}");
        let nowhere = folder.path().join("no/key");
        let error = write_recovery_key(&nowhere, &other)
            .unwrap_err()
            .to_string();
        assert!(error.contains("nothing was changed"), "{error}");
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            key.secret().expose()
        );
    }

    #[test]
    fn what_could_not_be_written_whole_is_removed_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        std::fs::write(&path, "").unwrap();
        let key = RecoveryKey::generate().unwrap();
        // A file that takes nothing.
        let source = whole(File::open(&path).unwrap(), &key).unwrap_err();
        let told = |left| {
            let source = io::Error::from(source.kind());
            let path = path.clone();
            NotWritten { path, source, left }.to_string()
        };
        let error = told(removed(&path));
        assert!(error.contains("was removed again"), "{error}");
        assert!(!path.exists());
        let error = told(removed(&path));
        assert!(error.contains("can't be removed"), "{error}");
    }
}
