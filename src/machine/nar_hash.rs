//! Hashes of store paths: how Nix's database writes them, and how a flake's lock does.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The digits of Nix's base 32: no e, o, t, u (Nix, `src/libutil/hash.cc`).
const NIX_DIGITS: &[u8; 32] = b"0123456789abcdfghijklmnpqrsvwxyz";

/// How many digits 32 bytes take in Nix's base 32.
const NIX_LENGTH: usize = 52;

/// The SHA-256 of a store path packed as a NAR, in the form of Subresource Integrity:
/// `sha256-DMJucw6GHVRwjRo3uQqJLnhrpuMTEjfjW4SVUgbiXTw=`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NarHash(String);

/// A text that is no hash of a store path.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no SHA-256 of a store path")]
pub struct BadNarHash(String);

impl NarHash {
    /// From what `nix-store --query --hash` prints: `sha256:` and 52 digits of Nix's base 32.
    ///
    /// # Errors
    /// Any other text.
    pub fn from_database(printed: &str) -> Result<Self, BadNarHash> {
        let bad = || BadNarHash(printed.to_owned());
        let digits = printed.strip_prefix("sha256:").ok_or_else(bad)?;
        let bytes = from_nix_digits(digits).ok_or_else(bad)?;
        Ok(Self(format!("sha256-{}", STANDARD.encode(bytes))))
    }

    /// The hash in the form of Subresource Integrity.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for NarHash {
    type Error = BadNarHash;

    fn try_from(text: String) -> Result<Self, BadNarHash> {
        let bytes = text.strip_prefix("sha256-").map(|t| STANDARD.decode(t));
        let is_hash = matches!(bytes, Some(Ok(bytes)) if bytes.len() == 32);
        if is_hash {
            Ok(Self(text))
        } else {
            Err(BadNarHash(text))
        }
    }
}

impl From<NarHash> for String {
    fn from(hash: NarHash) -> String {
        hash.0
    }
}

impl fmt::Display for NarHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Nix writes the last bits first, five to a digit; none if it is no number of 32 bytes.
fn from_nix_digits(digits: &str) -> Option<[u8; 32]> {
    if digits.len() != NIX_LENGTH {
        return None;
    }
    let mut bytes = [0_u8; 32];
    for (place, digit) in digits.bytes().rev().enumerate() {
        let value = NIX_DIGITS.iter().position(|known| *known == digit)?;
        let value = u16::try_from(value).ok()?;
        let (byte, bit) = (place * 5 / 8, place * 5 % 8);
        let [low, high] = (value << bit).to_le_bytes();
        *bytes.get_mut(byte)? |= low;
        match bytes.get_mut(byte + 1) {
            Some(next) => *next |= high,
            None if high != 0 => return None,
            None => {}
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_database_says_is_what_nix_hash_path_says() {
        // Both printed by Nix 2.26.3 for one store path.
        let database = "sha256:0g2xw83555c4bgikf4hkwfk6ny1fi45bjdqsimq587c61rrnxhhc";
        let hash = NarHash::from_database(database).unwrap();
        assert_eq!(
            hash.as_str(),
            "sha256-DMJucw6GHVRwjRo3uQqJLnhrpuMTEjfjW4SVUgbiXTw="
        );
        assert_eq!(NarHash::try_from(hash.to_string()).unwrap(), hash);
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "sha256:",
            "sha256:0g2xw83555c4bgikf4hkwfk6ny1fi45bjdqsimq587c61rrnxhh",
            "sha256:eg2xw83555c4bgikf4hkwfk6ny1fi45bjdqsimq587c61rrnxhhc",
            "sha256:zg2xw83555c4bgikf4hkwfk6ny1fi45bjdqsimq587c61rrnxhhc",
            "sha512:0g2xw83555c4bgikf4hkwfk6ny1fi45bjdqsimq587c61rrnxhhc",
        ] {
            assert!(NarHash::from_database(text).is_err(), "{text}");
        }
        for text in [
            "sha256-",
            "sha256-\"",
            "sha256-DMJucw6GHVRwjRo3uQqJLnhrpuMTEjfjW4SVUgbiXTx=",
        ] {
            assert!(NarHash::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
