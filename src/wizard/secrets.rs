//! The passwords of an installation: typed on the pages, or in the preset already.

use super::link::Handover;
use crate::engine::{NewPassword, Secrets};
use crate::plan::{Account, Plan};
use crate::preset::{Encryption, Passphrase, Password, Preset};
use crate::secret::Secret;

/// An account whose password the preset leaves open, and no page asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Open(pub(super) Account);

/// The accounts that no page asks the password of, if there are any.
pub(super) fn open_account(preset: &Preset) -> Option<Open> {
    let others = preset.users.iter().skip(1);
    let others = others.map(|user| (Account::User(user.name.clone()), &user.password));
    let root = preset.root.iter();
    let root = root.map(|root| (Account::Root, &root.password));
    let mut open = others
        .chain(root)
        .filter(|(_, password)| **password == Password::Ask);
    open.next().map(|(account, _)| Open(account))
}

/// A plan with its secrets: copies, which are wiped when they have been sent. `typed` is the first
/// user's password, `passphrase` the disk's.
pub(super) fn hand_over(
    plan: &Plan,
    preset: &Preset,
    typed: &Secret,
    passphrase: &Secret,
) -> Handover {
    let mut secrets = Secrets::default();
    let root = preset.root.iter();
    let root = root.map(|root| (Account::Root, &root.password));
    let users = preset.users.iter();
    let users = users.map(|user| (Account::User(user.name.clone()), &user.password));
    for (account, password) in root.chain(users) {
        match password {
            Password::Hash(hash) => {
                let hash = NewPassword::Hash(hash.clone());
                secrets.accounts.insert(account, hash);
            }
            Password::Plain(plain) => {
                let plain = NewPassword::Plain(plain.clone());
                secrets.accounts.insert(account, plain);
            }
            Password::Ask => {}
        }
    }
    if let Some(user) = preset.users.first() {
        let account = Account::User(user.name.clone());
        let typed = NewPassword::Plain(typed.clone());
        secrets.accounts.insert(account, typed);
    }
    let keys = match &preset.disk.encrypt {
        Some(Encryption::On(keys)) => Some(keys.clone()),
        Some(Encryption::Off) | None => None,
    };
    if keys
        .as_ref()
        .is_some_and(|keys| keys.passphrase == Passphrase::Ask)
    {
        secrets.passphrase = Some(passphrase.clone());
    }
    Handover {
        plan: plan.clone(),
        secrets,
        keys,
    }
}
