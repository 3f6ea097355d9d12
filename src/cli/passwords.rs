//! The passwords of an installation: out of the preset or a file, or asked for on the terminal.

use crate::engine::front::{passphrase_from_file, usable_passphrase};
use crate::engine::{NewPassword, Secrets};
use crate::plan::Account;
use crate::preset::{Encryption, Passphrase, Password, Preset};
use crate::secret::Secret;
use anyhow::{Context, Result, anyhow};
use std::io::IsTerminal;

/// Every account's password, beside the passphrase; asks for those that the preset leaves open.
///
/// # Errors
/// A password has to be asked for and there is no terminal, or two answers differ three times.
pub(super) fn gather(preset: &Preset, passphrase: Option<Secret>) -> Result<Secrets> {
    let root = preset
        .root
        .iter()
        .map(|root| (Account::Root, &root.password));
    let users = preset
        .users
        .iter()
        .map(|user| (Account::User(user.name.clone()), &user.password));
    let mut secrets = Secrets {
        passphrase,
        ..Secrets::default()
    };
    for (account, password) in root.chain(users) {
        let password = match password {
            Password::Hash(hash) => NewPassword::Hash(hash.clone()),
            Password::Plain(plain) => NewPassword::Plain(plain.clone()),
            Password::Ask => NewPassword::Plain(ask(account.name())?),
        };
        secrets.accounts.insert(account, password);
    }
    Ok(secrets)
}

/// The passphrase of what is encrypted; nothing if nothing is.
///
/// # Errors
/// It can't be used, or has to be asked for and there is no terminal.
pub(super) fn passphrase(preset: &Preset) -> Result<Option<Secret>> {
    match &preset.disk.encrypt {
        Some(Encryption::On(keys)) if keys.passphrase == Passphrase::Ask => {
            Ok(Some(usable_passphrase(ask(THE_DISK)?)?))
        }
        _ => known_passphrase(preset),
    }
}

/// The same, as far as nobody has to be asked for it.
///
/// # Errors
/// It can't be used.
pub(super) fn known_passphrase(preset: &Preset) -> Result<Option<Secret>> {
    let Some(Encryption::On(keys)) = &preset.disk.encrypt else {
        return Ok(None);
    };
    Ok(match &keys.passphrase {
        Passphrase::Plain(plain) => Some(usable_passphrase(plain.clone())?),
        Passphrase::File(path) => Some(passphrase_from_file(path)?),
        Passphrase::Ask => None,
    })
}

/// What is asked for beside accounts.
const THE_DISK: &str = "the encrypted disk";

fn ask(name: &str) -> Result<Secret> {
    if !std::io::stdin().is_terminal() {
        let mend = match name {
            THE_DISK => {
                "`encrypt = { passphrase = { file = \"/run/passphrase\" } }` into the preset"
            }
            _ => "a hash (`mkpasswd` makes one) into the preset",
        };
        return Err(anyhow!(
            "the preset leaves the password of {name} open, and there is no terminal to ask on; \
             write {mend}"
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
