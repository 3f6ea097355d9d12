//! The passwords of an installation: out of the preset, or asked for on the terminal.

use crate::engine::{NewPassword, Secrets};
use crate::plan::Account;
use crate::preset::{Password, Preset};
use crate::secret::Secret;
use anyhow::{Context, Result, anyhow};
use std::io::IsTerminal;

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
        secrets.0.insert(account, password);
    }
    Ok(secrets)
}

fn ask(name: &str) -> Result<Secret> {
    if !std::io::stdin().is_terminal() {
        return Err(anyhow!(
            "the preset leaves the password of {name} open, and there is no terminal to ask on; \
             write a hash into the preset (`mkpasswd` makes one)"
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
