//! Writes the preset, and the report of an installation, where the person finds them again; the only
//! files that the wizard writes.

use crate::preset::{self, Preset};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Saves the preset in the person's folder, under a name that nothing else has; gives the path. It
/// holds no passwords: they are written as `"ask"`.
///
/// Called off the thread that draws.
pub(super) fn preset(preset: &Preset) -> Result<String, String> {
    let text = preset::write(preset).map_err(|error| error.to_string())?;
    save("nevado-preset", "toml", &text)
}

/// Saves a report in the person's folder, under a name that nothing else has; gives the path.
///
/// Called off the thread that draws.
pub(super) fn report(text: &str) -> Result<String, String> {
    save("nevado-report", "txt", text)
}

fn save(name: &str, extension: &str, text: &str) -> Result<String, String> {
    let folder = std::env::var_os("HOME").map_or_else(|| PathBuf::from("."), PathBuf::from);
    let path = write_new(&folder, (name, extension), text).map_err(|error| error.to_string())?;
    Ok(path.display().to_string())
}

/// Writes a file that only its owner can read.
fn write_new(
    folder: &Path,
    (name, extension): (&str, &str),
    text: &str,
) -> std::io::Result<PathBuf> {
    for number in 1..100 {
        let name = match number {
            1 => format!("{name}.{extension}"),
            _ => format!("{name}-{number}.{extension}"),
        };
        let path = folder.join(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).mode(0o600);
        match options.open(&path) {
            Ok(mut file) => return file.write_all(text.as_bytes()).map(|()| path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let name = ("nevado-preset", "toml");
        let first = write_new(folder.path(), name, "a").unwrap();
        let second = write_new(folder.path(), name, "b").unwrap();
        assert_ne!(first, second);
        assert_eq!(std::fs::read_to_string(first).unwrap(), "a");
    }
}
