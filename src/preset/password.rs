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
    "this is no password hash of a strong scheme: it begins with $y$, $gy$, $7$, $2b$, $2y$, $2a$ \
     or $6$ (make one with `mkpasswd`)"
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
        const SCHEMES: [&str; 7] = ["$y$", "$gy$", "$7$", "$2b$", "$2y$", "$2a$", "$6$"];
        let in_alphabet = |c: char| c.is_ascii_graphic() && !":;*!\\".contains(c);
        let strong = SCHEMES.iter().any(|scheme| text.starts_with(scheme));
        if strong && text.len() > 20 && text.chars().all(in_alphabet) {
            Ok(Self(Secret::new(text)))
        } else {
            Err(BadHash)
        }
    }
}
