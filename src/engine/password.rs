//! Passwords for the target: apart from the plan, hashed here, stored nowhere else.

use super::recovery_key::RecoveryKey;
use crate::plan::Account;
use crate::preset::PasswordHash;
use crate::secret::Secret;
use std::collections::BTreeMap;
use yescrypt::{PasswordHasher, Yescrypt};

/// The password of an account.
#[derive(Clone, Debug)]
pub enum NewPassword {
    /// As the person typed it.
    Plain(Secret),
    /// As crypt(5) has it.
    Hash(PasswordHash),
}

/// The secrets of a run; they never become part of the plan.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    /// The password of each account that gets one.
    pub accounts: BTreeMap<Account, NewPassword>,
    /// What opens the encrypted disk, if it is encrypted.
    pub passphrase: Option<Secret>,
    /// What opens it, too, where the plan wants one; made by the front end, and kept by nobody.
    pub recovery_key: Option<RecoveryKey>,
}

/// The longest passphrase that cryptsetup takes as it is, in bytes (cryptsetup(8), "Notes on passphrase
/// processing").
const LONGEST: usize = 512;

/// Why a passphrase can't be typed at the boot, if it can't: it is one line that cryptsetup takes as it is.
pub(super) fn unusable(passphrase: &Secret) -> Option<&'static str> {
    match passphrase.expose() {
        "" => Some("it is empty"),
        text if text.len() > LONGEST => Some("it is longer than 512 bytes"),
        text if text.chars().any(char::is_control) => {
            Some("it has more than one line or a control character")
        }
        _ => None,
    }
}

/// A password could not be hashed.
#[derive(Debug, thiserror::Error)]
#[error("the password of {account} could not be hashed: {reason}")]
pub struct CannotHash {
    account: String,
    reason: String,
}

impl Secrets {
    /// Whether there is a password for `account`.
    pub fn has(&self, account: &Account) -> bool {
        self.accounts.contains_key(account)
    }

    /// The hash to store for `account`, as crypt(5) has it; a new salt each time.
    ///
    /// # Errors
    /// There is no password, or the system has no randomness.
    pub fn hash(&self, account: &Account) -> Result<Secret, CannotHash> {
        let failed = |reason: String| CannotHash {
            account: account.name().to_owned(),
            reason,
        };
        match self.accounts.get(account) {
            None => Err(failed("it is not known".to_owned())),
            Some(NewPassword::Hash(hash)) => Ok(hash.secret().clone()),
            Some(NewPassword::Plain(password)) => Yescrypt::default()
                .hash_password(password.expose().as_bytes())
                .map(|hash| Secret::new(hash.to_string()))
                .map_err(|error| failed(error.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    fn of_root(password: NewPassword) -> Secrets {
        Secrets {
            accounts: BTreeMap::from([(Account::Root, password)]),
            ..Secrets::default()
        }
    }

    #[test]
    fn the_c_library_takes_the_hash() {
        let password = "pässwörd $y$";
        let secrets = of_root(NewPassword::Plain(Secret::new(password)));
        let hash = secrets.hash(&Account::Root).unwrap();
        assert!(hash.expose().starts_with("$y$j9T$"), "the scheme of NixOS");
        let again = secrets.hash(&Account::Root).unwrap();
        assert_ne!(hash, again, "the salt is new");
        // perl's crypt is the C library's.
        let output = Command::new("perl")
            .args([
                "-e",
                "print crypt($ARGV[0], $ARGV[1])",
                password,
                hash.expose(),
            ])
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), hash.expose());
    }

    #[test]
    fn a_hash_is_taken_as_it_is() {
        let text = format!("$6$saltsalt${}", "0123456789".repeat(9).get(..86).unwrap());
        let hash = PasswordHash::try_from(text.clone()).unwrap();
        let secrets = of_root(NewPassword::Hash(hash));
        assert_eq!(secrets.hash(&Account::Root).unwrap().expose(), text);
        assert!(!format!("{secrets:?}").contains("saltsalt"));
        assert!(Secrets::default().hash(&Account::Root).is_err());
    }
}
