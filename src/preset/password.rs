//! How a password becomes known to the installer.

use crate::secret::Secret;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

/// A password, or where to get it from.
///
/// Written back it is always `"ask"`: an exported preset holds neither passwords nor hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Password {
    /// The person is asked before the install begins.
    #[default]
    Ask,
    /// The password itself; hashed before it is stored in the target.
    Plain(#[schemars(with = "String")] Secret),
    /// A hash as crypt(5) has it, stored as it is.
    Hash(#[schemars(with = "String")] PasswordHash),
}

impl Serialize for Password {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("ask")
    }
}

/// A password hash of a strong scheme of crypt(5); as secret as the password.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PasswordHash(Secret);

/// A text that is no password hash, or one of a scheme too weak to keep.
#[derive(Debug, thiserror::Error)]
#[error(
    "this is no whole password hash of a strong scheme: it begins with $y$, $gy$, $7$, $2b$, $2y$, \
     $2a$ or $6$ (make one with `mkpasswd`)"
)]
pub struct BadHash;

impl PasswordHash {
    /// The hash itself, for standard input of a program and for nothing else.
    pub const fn secret(&self) -> &Secret {
        &self.0
    }
}

impl TryFrom<String> for PasswordHash {
    type Error = BadHash;

    fn try_from(text: String) -> Result<Self, BadHash> {
        if is_hash(&text) {
            Ok(Self(Secret::new(text)))
        } else {
            Err(BadHash)
        }
    }
}

/// Whether a text has the form that crypt(5) gives for its scheme; one that was cut short hasn't,
/// and nobody could log in with it.
fn is_hash(text: &str) -> bool {
    let parts: Vec<&str> = text.split('$').collect();
    let in_alphabet = |part: &&str| {
        part.chars()
            .all(|c| c.is_ascii_alphanumeric() || "./".contains(c))
    };
    match parts.as_slice() {
        ["", "y" | "gy", parameters, salt, hash] => {
            [parameters, salt, hash].into_iter().all(in_alphabet)
                && !parameters.is_empty()
                && (1..=86).contains(&salt.len())
                && hash.len() == 43
        }
        ["", "7", salt, hash] => {
            [salt, hash].into_iter().all(in_alphabet) && salt.len() > 11 && hash.len() == 43
        }
        ["", "2a" | "2b" | "2y", cost, rest] => {
            cost.len() == 2
                && cost.chars().all(|c| c.is_ascii_digit())
                && rest.len() == 53
                && in_alphabet(rest)
        }
        ["", "6", middle @ .., salt, hash] => {
            let rounds = match middle {
                [] => true,
                [rounds] => rounds
                    .strip_prefix("rounds=")
                    .is_some_and(|n| n.parse::<u32>().is_ok()),
                _ => false,
            };
            rounds
                && (1..=16).contains(&salt.len())
                && hash.len() == 86
                && [salt, hash].into_iter().all(in_alphabet)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_that_was_cut_short_is_refused() {
        // All of the password "x", by crypt(3) of libxcrypt.
        let hashes = [
            "$y$j9T$abcdefghijklmnop$xxI14acrF4kcY59GsyqJ1DqdhVdc9N0f1.omTKnq.61",
            "$gy$j9T$abcdefghijklmnop$iAhyhrFG8gN3RUpwkuadelXVBU0Zpz893kYISCCQqMA",
            "$7$CU..../....abcdefgh$19TzpFZ5AwP26vdEMbfvWacoVUfd2MfVusFAVFilh.C",
            "$2b$05$abcdefghijklmnopqrstuuhKF09ZYWwH2zP/0fwE1X8e/Q1YNx/hO",
            "$6$saltsalt$8RWsOfwR6M6PpnoeQiEiWzNTPo1f0HjVYjDnLZhGx16aBFRkeqiHAzfXP/LgrOWMBMXqiU2pLrXsSOHNUyUm91",
            "$6$rounds=5000$saltsalt$8RWsOfwR6M6PpnoeQiEiWzNTPo1f0HjVYjDnLZhGx16aBFRkeqiHAzfXP/LgrOWMBMXqiU2pLrXsSOHNUyUm91",
        ];
        for hash in hashes {
            assert!(PasswordHash::try_from(hash.to_owned()).is_ok(), "{hash}");
            let short = hash.get(..hash.len() - 1).unwrap();
            assert!(PasswordHash::try_from(short.to_owned()).is_err(), "{short}");
        }
        for bad in [
            "",
            "$1$abcdefgh$0123456789012345678901",
            "$6$aaaaaaaaaaaaaaaaaa",
            "topsecret",
            // It would end the line, and the account's field, in what chpasswd reads.
            "$6$salt:alt$8RWsOfwR6M6PpnoeQiEiWzNTPo1f0HjVYjDnLZhGx16aBFRkeqiHAzfXP/LgrOWMBMXqiU2pLrXsSOHNUyUm91",
            "$6$salt\nalt$8RWsOfwR6M6PpnoeQiEiWzNTPo1f0HjVYjDnLZhGx16aBFRkeqiHAzfXP/LgrOWMBMXqiU2pLrXsSOHNUyUm91",
        ] {
            assert!(PasswordHash::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
