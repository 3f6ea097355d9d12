//! The passwords of an installation: out of the preset or a file, or asked for on the terminal.

use super::inputs::Stop;
use crate::engine::front::{passphrase_from_file, usable_passphrase};
use crate::engine::{NewPassword, Secrets};
use crate::plan::Account;
use crate::preset::{Encryption, Passphrase, Password, Preset, shown_field};
use crate::secret::Secret;
use anyhow::{Context, Result, anyhow};
use std::io::IsTerminal;

/// What the preset leaves open, and somebody has to type.
pub(super) struct Asked {
    /// The field, as [`Problem::field`](crate::plan::Problem::field) has it.
    pub(super) field: String,
    /// What it is, in words.
    pub(super) what: String,
    /// What to write in its place, for a run without anybody.
    pub(super) instead: &'static str,
}

/// A password in the preset that nobody can read there.
const HASH: &str = "a hash (`mkpasswd` makes one) as `password = { hash = \"$y$…\" }`";

/// Where the passphrase comes from, if nobody types it.
const FILE: &str = "`encrypt = { passphrase = { file = \"/run/passphrase\" } }`";

/// Everything that has to be asked for.
pub(super) fn asked(preset: &Preset) -> Vec<Asked> {
    let root = preset.root.iter();
    let root = root.map(|root| ("root.password".to_owned(), "root", &root.password));
    let users = preset.users.iter().enumerate().map(|(index, user)| {
        let field = format!("users[{index}].password");
        (field, user.name.as_str(), &user.password)
    });
    let open = root
        .chain(users)
        .filter(|(_, _, password)| **password == Password::Ask);
    let mut asked: Vec<Asked> = open
        .map(|(field, name, _)| Asked {
            field,
            what: format!("the password of {name}"),
            instead: HASH,
        })
        .collect();
    let passphrase = match &preset.disk.encrypt {
        Some(Encryption::On(keys)) => keys.passphrase == Passphrase::Ask,
        Some(Encryption::Off) | None => false,
    };
    asked.extend(passphrase.then(|| Asked {
        field: "disk.encrypt.passphrase".to_owned(),
        what: format!("the passphrase of {THE_DISK}"),
        instead: FILE,
    }));
    asked
}

/// What to write instead of all of these, once each.
pub(super) fn instead(asked: &[Asked]) -> String {
    let mut mends: Vec<&str> = asked.iter().map(|asked| asked.instead).collect();
    mends.dedup();
    mends.join(", and ")
}

/// Refuses what would have to be asked for where nobody is; before anything takes time.
///
/// # Errors
/// There is no terminal.
pub(super) fn refuse_without_terminal(preset: &Preset) -> Result<(), Stop> {
    match unanswered(preset) {
        Some(why) if !std::io::stdin().is_terminal() => Err(Stop::failed(anyhow!(why))),
        Some(_) | None => Ok(()),
    }
}

/// Why a run without a terminal can't come to its end.
fn unanswered(preset: &Preset) -> Option<String> {
    let asked = asked(preset);
    let list: Vec<String> = asked
        .iter()
        .map(|asked| format!("\n  {}: {}", shown_field(&asked.field), asked.what))
        .collect();
    (!asked.is_empty()).then(|| {
        format!(
            "the preset leaves open what somebody has to type, and there is no terminal to ask on:{}\n\
             Write {} into the preset; nothing was changed",
            list.concat(),
            instead(&asked)
        )
    })
}

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
        let instead = if name == THE_DISK { FILE } else { HASH };
        return Err(anyhow!(
            "the preset leaves the password of {name} open, and there is no terminal to ask on; \
             write {instead} into the preset"
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
            super::tell("An empty password would let everybody in.");
        } else if first == second {
            return Ok(first);
        } else {
            super::tell("The two differ.");
        }
    }
    Err(anyhow!("no password for {name}; nothing was changed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_nobody_is_there_to_type_is_named_at_once() {
        let why = |text: &str| {
            let text = format!("version = 1\n{text}");
            unanswered(&crate::preset::read(&text, "test").unwrap())
        };
        let hash = "password = { hash = '$y$j9T$abcdefghijklmnop$0123456789012345678901234567890123456789012' }";
        let all = why(&format!(
            "root = {{ password = 'ask' }}\n[disk]\nencrypt = true\n[[users]]\nname = 'ada'\n{hash}\n\
             [[users]]\nname = 'bob'\npassword = 'ask'\n"
        ));
        let all = all.unwrap();
        let expected = "the preset leaves open what somebody has to type, and there is no terminal to ask on:\n  \
                        root.password: the password of root\n  \
                        users[2].password: the password of bob\n  \
                        disk.encrypt.passphrase: the passphrase of the encrypted disk\n\
                        Write a hash (`mkpasswd` makes one) as `password = { hash = \"$y$…\" }`, and \
                        `encrypt = { passphrase = { file = \"/run/passphrase\" } }` into the preset; \
                        nothing was changed";
        assert_eq!(all, expected);
        // What is not said is asked for as well.
        assert!(why("[[users]]\nname = 'bob'\n").is_some());
        let answered = format!(
            "[disk]\nencrypt = {{ passphrase = {{ file = '/run/passphrase' }} }}\n[[users]]\n\
             name = 'ada'\n{hash}\n"
        );
        assert_eq!(why(&answered), None);
    }
}
