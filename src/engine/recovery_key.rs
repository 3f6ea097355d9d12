//! The recovery key of an encrypted disk: a second key for the day that the passphrase is forgotten.
//!
//! A front end makes it, shows it once or writes it to a file, and hands it over beside the
//! passphrase; the engine puts it into a key slot of every container. It is stored nowhere.
//!
//! ```text
//! cbde fghi jkln rtuv cbde fghi jkln rtuv
//! ```
//!
//! It is 128 random bits, four in each letter, so it can't be guessed whatever the computer. The 16
//! letters are those of modhex, which systemd's recovery keys have, too (homectl(1), systemd-cryptenroll(1)): they
//! lie on the same keys on QWERTY, QWERTZ and AZERTY, since a console at the start may not know the
//! keyboard yet. Between the groups are spaces and not systemd's hyphens, which those layouts move; they
//! belong to the key: it is typed as it is shown.

use crate::secret::Secret;
use zeroize::Zeroizing;

/// The digits 0 to 15 in letters.
const LETTERS: [char; 16] = [
    'c', 'b', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'n', 'r', 't', 'u', 'v',
];

/// How many random bytes it has: 128 bits, as much as the key of AES-128.
const BYTES: usize = 16;

/// Letters in a group, as many as a person keeps in mind while writing them down.
const GROUP: usize = 4;

/// All letters, and a space between two groups.
const LENGTH: usize = 2 * BYTES + 2 * BYTES / GROUP - 1;

/// A key that was made here, or that has the form of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryKey(Secret);

/// There is no recovery key.
#[derive(Debug, thiserror::Error)]
pub enum NoRecoveryKey {
    /// It would have to be guessable.
    #[error("the operating system gave no random numbers for a recovery key: {0}")]
    NoRandomness(getrandom::Error),
    /// Something else than this program makes.
    #[error("the recovery key has not the form of one: eight groups of four letters")]
    OtherForm,
}

impl RecoveryKey {
    /// A new one.
    ///
    /// # Errors
    /// The operating system has no randomness.
    pub fn generate() -> Result<Self, NoRecoveryKey> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        getrandom::fill(&mut *bytes).map_err(NoRecoveryKey::NoRandomness)?;
        Ok(Self::of(&bytes))
    }

    fn of(bytes: &[u8; BYTES]) -> Self {
        // Of its full length at once: a text that grows leaves copies behind.
        let mut text = String::with_capacity(LENGTH);
        let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
        for (i, digit) in digits.enumerate() {
            if i > 0 && i % GROUP == 0 {
                text.push(' ');
            }
            text.extend(LETTERS.get(usize::from(digit)));
        }
        Self(Secret::new(text))
    }

    /// What opens the disk, as it is shown and typed: 39 characters.
    pub const fn secret(&self) -> &Secret {
        &self.0
    }

    /// Whether this is the key's last group: who can type it has the key before them.
    pub fn ends_with(&self, typed: &str) -> bool {
        let last = self.0.expose().rsplit(' ').next();
        last.is_some_and(|last| last.eq_ignore_ascii_case(typed.trim()))
    }
}

impl TryFrom<Secret> for RecoveryKey {
    type Error = NoRecoveryKey;

    fn try_from(secret: Secret) -> Result<Self, NoRecoveryKey> {
        let text = secret.expose();
        let is_group = |group: &str| {
            group.len() == GROUP && group.chars().all(|letter| LETTERS.contains(&letter))
        };
        match text.len() == LENGTH && text.split(' ').all(is_group) {
            true => Ok(Self(secret)),
            false => Err(NoRecoveryKey::OtherForm),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_in_letters_that_keyboards_share() {
        let bytes = u128::to_be_bytes(0x0123_4567_89ab_cdef_fedc_ba98_7654_3210);
        let key = RecoveryKey::of(&bytes);
        let text = key.secret().expose();
        assert_eq!(text, "cbde fghi jkln rtuv vutr nlkj ihgf edbc");
        assert_eq!(text.len(), LENGTH);
        assert!(!text.contains(['a', 'm', 'o', 'p', 'q', 's', 'w', 'x', 'y', 'z']));
        assert!(key.ends_with("edbc\n") && key.ends_with("EDBC"));
        assert!(!key.ends_with("") && !key.ends_with("cbde"));
    }

    #[test]
    fn each_is_another_and_none_is_printed() {
        let (one, other) = (
            RecoveryKey::generate().unwrap(),
            RecoveryKey::generate().unwrap(),
        );
        assert_ne!(one, other);
        assert_eq!(format!("{one:?}"), "RecoveryKey(<secret>)");
    }

    #[test]
    fn only_what_has_its_form_is_taken_for_one() {
        let of = |text: &str| RecoveryKey::try_from(Secret::new(text));
        assert!(of("cbde fghi jkln rtuv vutr nlkj ihgf edbc").is_ok());
        for other in [
            "",
            "sesame",
            "cbde fghi jkln rtuv vutr nlkj ihgf edb",
            "cbde fghi jkln rtuv vutr nlkj ihgf edbx",
            "cbde-fghi-jkln-rtuv-vutr-nlkj-ihgf-edbc",
            "cbdef ghi jkln rtuv vutr nlkj ihgf edbc",
        ] {
            let error = of(other).unwrap_err().to_string();
            assert!(other.is_empty() || !error.contains(other), "{error}");
        }
    }
}
