//! Files of the live system that a preset names.

use serde::{Deserialize, Deserializer, de};
use std::path::PathBuf;

/// Reads the path of a file, which must be a whole one: the command line, the wizard and a service read
/// the same preset, each in another folder.
///
/// # Errors
/// It does not begin with `/`; the path is not repeated, for a secret may have been written there.
pub(super) fn whole_path<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
    let path = PathBuf::deserialize(deserializer)?;
    match path.is_absolute() {
        true => Ok(path),
        false => Err(de::Error::custom("this is no whole path of a file")),
    }
}
