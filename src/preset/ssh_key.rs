//! Public keys of SSH, checked by their form: a key with a letter missing locks its owner out.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// The kinds of key that OpenSSH takes for logging in (`ssh -Q PubkeyAcceptedAlgorithms`, without
/// certificates).
const KINDS: [&str; 7] = [
    "ssh-ed25519",
    "ssh-rsa",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
];

/// A line of `authorized_keys`: kind, key in Base64, and a comment if there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SshKey(String);

/// A text that is no public key. It is not repeated: people paste the private one by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// A private key.
    #[error("this is a private key: give the public one, from the file that ends in `.pub`")]
    Private,
    /// Another form.
    #[error(
        "this is no public key of SSH: it is one line such as `ssh-ed25519 AAAA… name@computer`, \
         from a file that ends in `.pub`"
    )]
    Form,
    /// The part in Base64 does not hold what the line begins with.
    #[error("this public key is damaged: part of it is missing or changed; copy it again")]
    Damaged,
}

impl SshKey {
    /// The line.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SshKey {
    type Error = BadKey;

    fn try_from(text: String) -> Result<Self, BadKey> {
        let line = text.trim();
        if line.contains("PRIVATE KEY") {
            return Err(BadKey::Private);
        }
        let mut words = line.split(' ');
        let (Some(kind), Some(key)) = (words.next(), words.next()) else {
            return Err(BadKey::Form);
        };
        if !KINDS.contains(&kind) || line.chars().any(char::is_control) {
            return Err(BadKey::Form);
        }
        let blob = STANDARD.decode(key).map_err(|_| BadKey::Damaged)?;
        let fields = fields(&blob).ok_or(BadKey::Damaged)?;
        // Every kind has at least one field after its name.
        if fields.first() != Some(&kind.as_bytes()) || fields.len() < 2 {
            return Err(BadKey::Damaged);
        }
        if kind == "ssh-ed25519" && fields.get(1).map(|key| key.len()) != Some(32) {
            return Err(BadKey::Damaged);
        }
        Ok(Self(line.to_owned()))
    }
}

impl From<SshKey> for String {
    fn from(key: SshKey) -> String {
        key.0
    }
}

impl fmt::Display for SshKey {
    /// Kind and comment; the key itself says nothing to people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = self.0.splitn(3, ' ');
        let kind = words.next().unwrap_or_default();
        match words.nth(1) {
            Some(comment) => write!(f, "{kind} {comment}"),
            None => f.write_str(kind),
        }
    }
}

impl JsonSchema for SshKey {
    fn schema_name() -> Cow<'static, str> {
        "SshKey".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^(ssh|ecdsa|sk)-[a-z0-9@.-]+ AAAA[A-Za-z0-9+/]+=* ?.*$" })
    }
}

/// The fields of a key: each a length of four bytes and as many bytes (RFC 4251, section 5).
fn fields(mut blob: &[u8]) -> Option<Vec<&[u8]>> {
    let mut fields = Vec::new();
    while !blob.is_empty() {
        let (length, rest) = blob.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (field, rest) = rest.split_at_checked(length)?;
        fields.push(field);
        blob = rest;
    }
    Some(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made for this test by `ssh-keygen`; its private half was thrown away.
    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAhAI0qtTgbMRswUJQb0Yp5fEh2mwzcVdw5PxyLzwgk7 ada@engine";

    fn read(text: &str) -> Result<SshKey, BadKey> {
        SshKey::try_from(text.to_owned())
    }

    #[test]
    fn a_key_is_one_line_that_holds_together() {
        assert_eq!(read(&format!("{KEY}\n")).unwrap().as_str(), KEY);
        assert_eq!(read(KEY).unwrap().to_string(), "ssh-ed25519 ada@engine");
        let (first, last) = (
            KEY.replacen("AAAAC3", "AAAAC4", 1),
            KEY.replace(" ada", "A ada"),
        );
        let cut = KEY.replacen("AAAAI", "AAAA", 1);
        for damaged in [first, last, cut] {
            assert_eq!(read(&damaged), Err(BadKey::Damaged), "{damaged}");
        }
        for other in ["", "ssh-ed25519", "ssh-dss AAAAB3NzaC1kc3M=", "ada@engine"] {
            assert_eq!(read(other), Err(BadKey::Form), "{other}");
        }
        assert_eq!(read(&format!("{KEY}\n{KEY}")), Err(BadKey::Form));
    }

    #[test]
    fn a_private_key_is_not_repeated() {
        let private = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAA";
        let error = read(private).unwrap_err();
        assert_eq!(error, BadKey::Private);
        assert!(!error.to_string().contains("b3Blb"));
    }
}
