//! The recovery key of an installation: shown once on the terminal, to be written down, or written to
//! the file that the preset names.

use super::inputs::Stop;
use crate::engine::RecoveryKey;
use crate::engine::front::write_recovery_key;
use crate::preset::{Encryption, Preset, RecoveryKeyFor};
use anyhow::{Context, anyhow};
use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::path::PathBuf;
use zeroize::Zeroizing;

/// The terminal itself: what is shown there is not in a log that the output goes to.
const TERMINAL: &str = "/dev/tty";

/// Who gets the key.
fn asked(preset: &Preset) -> &RecoveryKeyFor {
    match &preset.disk.encrypt {
        Some(Encryption::On(keys)) => &keys.recovery_key,
        Some(Encryption::Off) | None => &RecoveryKeyFor::Nobody,
    }
}

/// Refuses a key that is to be shown where nobody looks; asked before anything takes time.
///
/// # Errors
/// There is no terminal.
pub(super) fn refuse_without_terminal(preset: &Preset) -> Result<(), Stop> {
    match asked(preset) {
        RecoveryKeyFor::Shown if !std::io::stdin().is_terminal() => Err(Stop::failed(anyhow!(
            "the preset asks for a recovery key to be shown, and there is no terminal to show it on; \
             have it written to a file, such as \
             `encrypt = {{ recovery_key = {{ file = \"/run/recovery-key\" }} }}`, or leave it out"
        ))),
        RecoveryKeyFor::Shown | RecoveryKeyFor::Nobody | RecoveryKeyFor::File(_) => Ok(()),
    }
}

/// The file that a key was written to, if it was: removed again unless an engine takes the key, for it
/// would open nothing, and be in the way of the next attempt.
#[derive(Debug)]
pub(super) struct KeyFile(Option<PathBuf>);

impl KeyFile {
    /// Of a key that was written here.
    pub(super) const fn at(path: PathBuf) -> Self {
        Self(Some(path))
    }

    /// Leaves it there.
    pub(super) fn keep(mut self) {
        self.0 = None;
    }
}

impl Drop for KeyFile {
    fn drop(&mut self) {
        let Some(path) = self.0.take() else {
            return;
        };
        match std::fs::remove_file(&path) {
            Ok(()) => super::tell(format_args!(
                "{} is removed again: its key opens nothing.",
                path.display()
            )),
            Err(error) => super::tell(format_args!(
                "{} holds a key that opens nothing, and can't be removed: {error}",
                path.display()
            )),
        }
    }
}

/// Makes the key that the preset asks for, if it does, and gives it to whom it is for.
///
/// # Errors
/// It could not be shown or written, or nobody has written it down.
pub(super) fn hand_out(preset: &Preset) -> Result<(Option<RecoveryKey>, KeyFile), Stop> {
    let to = asked(preset);
    let mut file = KeyFile(None);
    if to.is_nobody() {
        return Ok((None, file));
    }
    refuse_without_terminal(preset)?;
    let key = RecoveryKey::generate().map_err(|error| Stop::failed(error.into()))?;
    match to {
        RecoveryKeyFor::File(path) => {
            write_recovery_key(path, &key).map_err(|error| Stop::failed(error.into()))?;
            file = KeyFile::at(path.clone());
            super::tell(format_args!("The recovery key is in {}.", path.display()));
        }
        RecoveryKeyFor::Shown | RecoveryKeyFor::Nobody => {
            let terminal = OpenOptions::new().read(true).write(true).open(TERMINAL);
            let terminal = terminal.context("the terminal can't be opened for the recovery key")?;
            let mut out = &terminal;
            if !show(&key, &mut BufReader::new(&terminal), &mut out)
                .context("the recovery key could not be shown")?
            {
                let nobody = "nobody has written the recovery key down; nothing was changed";
                return Err(Stop::Cancelled(nobody.to_owned()));
            }
        }
    }
    Ok((Some(key), file))
}

/// Shows a key until its end is typed, and then takes it from the screen; false if nobody typed it.
fn show(
    key: &RecoveryKey,
    input: &mut impl BufRead,
    out: &mut impl Write,
) -> std::io::Result<bool> {
    let line = Zeroizing::new(format!("    {}", key.secret().expose()));
    let text = [
        "Recovery key of the encrypted disk:",
        "",
        &line,
        "",
        "It opens the disk when the passphrase is forgotten. Write it down and keep it away",
        "from this computer: it is shown once and stored nowhere. It is typed as it stands",
        "here, with the spaces.",
        "",
    ];
    for line in text {
        writeln!(out, "{line}")?;
    }
    let mut lines = text.len();
    loop {
        write!(
            out,
            "When you have it on paper, type its last four letters: "
        )?;
        out.flush()?;
        let mut typed = Zeroizing::new(String::new());
        if input.read_line(&mut typed)? == 0 {
            return Ok(false);
        }
        lines += 1;
        if key.ends_with(&typed) {
            // ECMA-48: to the beginning of so many lines above, and erase all that follows.
            write!(out, "\x1b[{lines}F\x1b[J")?;
            out.flush()?;
            return Ok(true);
        }
        writeln!(out, "These are not the last four letters of the key above.")?;
        lines += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(key: &RecoveryKey, typed: &str) -> (bool, String) {
        let mut out = Vec::new();
        let confirmed = show(key, &mut typed.as_bytes(), &mut out).unwrap();
        (confirmed, String::from_utf8(out).unwrap())
    }

    #[test]
    fn only_who_has_the_key_before_them_goes_on() {
        let key = RecoveryKey::generate().unwrap();
        let last = key.secret().expose().rsplit(' ').next().unwrap();
        let (confirmed, text) = shown(&key, &format!("yes\n{last}\n"));
        assert!(confirmed);
        assert!(text.contains(key.secret().expose()), "it is shown");
        assert_eq!(text.matches("These are not").count(), 1);
        assert!(text.ends_with("\x1b[11F\x1b[J"), "{text:?}");
        assert!(!shown(&key, "").0);
        assert!(!shown(&key, "yes\n").0);
    }

    #[test]
    fn a_file_gets_the_key_and_nobody_gets_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let line = format!("recovery_key = {{ file = \"{}\" }}", path.display());
        let preset = |line: &str| {
            let text = format!("version = 1\n[disk]\nencrypt = {{ {line} }}\n");
            crate::preset::read(&text, "test").unwrap()
        };
        let (key, file) = hand_out(&preset(&line)).unwrap();
        let key = key.unwrap();
        let written = std::fs::read_to_string(&path).unwrap();
        assert_eq!(written, key.secret().expose());
        assert!(
            hand_out(&preset(&line)).is_err(),
            "the file is not written over"
        );
        drop(file);
        assert!(!path.exists(), "no engine has taken it");
        let (_, file) = hand_out(&preset(&line)).unwrap();
        file.keep();
        assert!(path.exists());
        assert_eq!(hand_out(&preset("")).unwrap().0, None);
    }
}
