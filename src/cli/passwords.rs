//! The passwords of an installation: out of the preset or a file, or asked for on the terminal.

use crate::engine::{NewPassword, Secrets};
use crate::plan::Account;
use crate::preset::{Encryption, Passphrase, Password, Preset};
use crate::secret::Secret;
use anyhow::{Context, Result, anyhow};
use std::io::IsTerminal;
use std::path::Path;
use zeroize::Zeroizing;

/// Every account's password; asks for those that the preset leaves open.
///
/// # Errors
/// A password has to be asked for and there is no terminal, or two answers differ three times.
pub(super) fn gather(preset: &Preset) -> Result<Secrets> {
    let root = preset
        .root
        .iter()
        .map(|root| (Account::Root, &root.password));
    let users = preset
        .users
        .iter()
        .map(|user| (Account::User(user.name.clone()), &user.password));
    let mut secrets = Secrets::default();
    for (account, password) in root.chain(users) {
        let password = match password {
            Password::Hash(hash) => NewPassword::Hash(hash.clone()),
            Password::Plain(plain) => NewPassword::Plain(plain.clone()),
            Password::Ask => NewPassword::Plain(ask(account.name())?),
        };
        secrets.accounts.insert(account, password);
    }
    if let Some(Encryption::On(passphrase)) = &preset.disk.encrypt {
        secrets.passphrase = Some(match passphrase {
            Passphrase::Plain(plain) => usable(plain.clone())?,
            Passphrase::File(path) => usable(from_file(path)?)?,
            Passphrase::Ask => usable(ask(THE_DISK)?)?,
        });
    }
    Ok(secrets)
}

/// What is asked for beside accounts.
const THE_DISK: &str = "the encrypted disk";

/// The only line of a file.
fn from_file(path: &Path) -> Result<Secret> {
    let failed = || format!("the passphrase in {} could not be read", path.display());
    let text = Zeroizing::new(std::fs::read_to_string(path).with_context(failed)?);
    let line = text.strip_suffix('\n').unwrap_or(&text);
    Ok(Secret::new(line))
}

/// A passphrase that can be typed at the boot: one line that cryptsetup takes as it is (at most 512
/// bytes, cryptsetup(8), "Notes on passphrase processing").
fn usable(passphrase: Secret) -> Result<Secret> {
    let text = passphrase.expose();
    let what = match text {
        "" => "it is empty",
        _ if text.len() > 512 => "it is longer than 512 bytes",
        _ if text.chars().any(char::is_control) => {
            "it has more than one line or a control character"
        }
        _ => return Ok(passphrase),
    };
    Err(anyhow!(
        "the passphrase of the encrypted disk can't be used: {what}; nothing was changed"
    ))
}

fn ask(name: &str) -> Result<Secret> {
    if !std::io::stdin().is_terminal() {
        return Err(anyhow!(
            "the preset leaves the password of {name} open, and there is no terminal to ask on; \
             write a hash (`mkpasswd` makes one) or a file into the preset"
        ));
    }
    let prompt = |text: String| {
        rpassword::prompt_password(text)
            .map(Secret::new)
            .context("the password could not be read")
    };
    for _ in 0..3 {
        let first = prompt(format!("Password for {name}: "))?;
        let second = prompt(format!("The same again for {name}: "))?;
        if first.expose().is_empty() {
            eprintln!("An empty password would let everybody in.");
        } else if first == second {
            return Ok(first);
        } else {
            eprintln!("The two differ.");
        }
    }
    Err(anyhow!("no password for {name}; nothing was changed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_a_line_that_can_be_typed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("passphrase");
        std::fs::write(&path, "pass phrase \n").unwrap();
        assert_eq!(from_file(&path).unwrap().expose(), "pass phrase ");
        assert!(from_file(&folder.path().join("none")).is_err());
        assert!(usable(Secret::new("pass phrase ")).is_ok());
        for bad in ["", "one\ntwo", "tab\t", &"x".repeat(513)] {
            let error = usable(Secret::new(bad)).unwrap_err().to_string();
            assert!(!error.contains("two"), "{error}");
        }
    }
}
