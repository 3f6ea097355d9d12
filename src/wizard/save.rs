//! Writes the preset where the person finds it again; the only file that the wizard writes.

use crate::preset::{self, Preset};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Saves the preset in the person's folder, under a name that nothing else has; gives the path. It
/// holds no passwords: they are written as `"ask"`.
///
/// Called off the thread that draws.
pub(super) fn preset(preset: &Preset) -> Result<String, String> {
    let folder = std::env::var_os("HOME").map_or_else(|| PathBuf::from("."), PathBuf::from);
    let text = preset::write(preset).map_err(|error| error.to_string())?;
    let path = write_new(&folder, &text).map_err(|error| error.to_string())?;
    Ok(path.display().to_string())
}

fn write_new(folder: &Path, text: &str) -> std::io::Result<PathBuf> {
    for number in 1..100 {
        let name = match number {
            1 => "nevado-preset.toml".to_owned(),
            _ => format!("nevado-preset-{number}.toml"),
        };
        let path = folder.join(name);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
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
        let first = write_new(folder.path(), "a").unwrap();
        let second = write_new(folder.path(), "b").unwrap();
        assert_ne!(first, second);
        assert_eq!(std::fs::read_to_string(first).unwrap(), "a");
    }
}
