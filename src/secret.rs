//! Passwords and keys: wiped from memory after use, never printed, never written to a file.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use zeroize::Zeroizing;

/// What every printed or serialised secret looks like.
const HIDDEN: &str = "<secret>";

/// A text that must not leave the program except through [`Secret::expose`].
///
/// `Debug`, `Display` and `Serialize` print `<secret>`; the memory is zeroed on drop.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a secret text in.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// Several secrets, each on a line of its own, for a program that reads one after the other.
    pub fn lines(secrets: &[&Self]) -> Self {
        let length = secrets.iter().map(|secret| secret.0.len() + 1).sum();
        // Of its full length at once: a text that grows leaves copies behind.
        let mut text = String::with_capacity(length);
        for secret in secrets {
            text.push_str(&secret.0);
            text.push('\n');
        }
        Self::new(text)
    }

    /// The text itself, for standard input of a program and for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HIDDEN)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HIDDEN)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(HIDDEN)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_shows_itself_nowhere() {
        let secret = Secret::new("correct horse");
        let json = serde_json::to_string(&secret).unwrap();
        for shown in [format!("{secret:?}"), secret.to_string(), json] {
            assert!(
                shown.contains(HIDDEN) && !shown.contains("horse"),
                "{shown}"
            );
        }
        assert_eq!(secret.expose(), "correct horse");
        let lines = Secret::lines(&[&secret, &Secret::new("staple")]);
        assert_eq!(lines.expose(), "correct horse\nstaple\n");
    }
}
