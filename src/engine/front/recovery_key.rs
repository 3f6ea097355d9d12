//! A recovery key in a file, where nobody is there to write it down.

use super::super::recovery_key::RecoveryKey;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// A recovery key could not be written to its file.
#[derive(Debug, thiserror::Error)]
#[error(
    "the recovery key can't be written to {}: {source}; nothing was changed{}",
    path.display(),
    if source.kind() == io::ErrorKind::AlreadyExists {
        ", and what the file holds may be the key of another installation: move it away"
    } else {
        ""
    }
)]
pub struct NotWritten {
    path: PathBuf,
    source: io::Error,
}

/// Writes a recovery key to a new file that only its owner can read; without the end of a line, so that
/// `cryptsetup --key-file` takes it as it is.
///
/// # Errors
/// There is such a file already, or it can't be made.
pub fn write_recovery_key(path: &Path, key: &RecoveryKey) -> Result<(), NotWritten> {
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    let written = file.and_then(|mut file| {
        file.write_all(key.secret().expose().as_bytes())?;
        file.sync_all()
    });
    written.map_err(|source| NotWritten {
        path: path.to_owned(),
        source,
    })
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
}
