//! The secrets of an installation: typed or shown on the pages, or in the preset already.

use super::link::Handover;
use super::page::disk;
use crate::engine::{NewPassword, Secrets};
use crate::plan::{Account, Plan};
use crate::preset::{Encryption, Passphrase, Password, Preset, RecoveryKeyFor};
use crate::secret::Secret;

/// A plan with its secrets: copies, which are wiped when they have been sent. `typed` are the
/// passwords of the Users page; the keys of the disk are those of its page.
pub(super) fn hand_over(
    plan: &Plan,
    preset: &Preset,
    typed: &[(Account, &Secret)],
    disk: &disk::State,
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
    for (account, typed) in typed {
        let typed = NewPassword::Plain((*typed).clone());
        secrets.accounts.insert(account.clone(), typed);
    }
    let keys = match &preset.disk.encrypt {
        Some(Encryption::On(keys)) => Some(keys.clone()),
        Some(Encryption::Off) | None => None,
    };
    if let Some(keys) = &keys {
        if keys.passphrase == Passphrase::Ask {
            secrets.passphrase = Some(disk.passphrase().clone());
        }
        if keys.recovery_key == RecoveryKeyFor::Shown {
            secrets.recovery_key = disk.recovery_key().cloned();
        }
    }
    Handover {
        plan: plan.clone(),
        secrets,
        keys,
    }
}
