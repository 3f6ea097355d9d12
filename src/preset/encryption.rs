//! Whether the disk is encrypted, where the passphrase comes from, and where a recovery key goes.

use super::recovery_key::RecoveryKeyFor;
use super::whole_path::whole_path;
use crate::secret::Secret;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;

/// Whether root, and swap on the disk, are encrypted (LUKS2).
///
/// `true`, `false`, or a table that says more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Encryption {
    /// They are not.
    #[default]
    Off,
    /// They are, and this opens them.
    On(Keys),
}

/// What opens the disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// What is typed at every start; asked for if left out.
    #[serde(default)]
    pub passphrase: Passphrase,
    /// A second key for the day that the passphrase is forgotten; none if left out.
    #[serde(default, skip_serializing_if = "RecoveryKeyFor::is_nobody")]
    pub recovery_key: RecoveryKeyFor,
}

impl Keys {
    /// Whether there is nothing to say beyond "encrypted".
    fn is_usual(&self) -> bool {
        let asked = matches!(self.passphrase, Passphrase::Ask | Passphrase::Plain(_));
        asked && self.recovery_key == RecoveryKeyFor::Nobody
    }
}

/// What opens the disk, or where to get it from.
///
/// Written back it is `"ask"` unless it is in a file: an exported preset holds no passphrase.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Passphrase {
    /// The person is asked before the install begins.
    #[default]
    Ask,
    /// The passphrase itself.
    Plain(#[schemars(with = "String")] Secret),
    /// It is the only line of this file of the live system, by its whole path.
    File(
        #[serde(deserialize_with = "whole_path")]
        #[schemars(extend("pattern" = "^/"))]
        PathBuf,
    ),
}

impl Serialize for Passphrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Ask | Self::Plain(_) => serializer.serialize_str("ask"),
            Self::File(path) => serializer.serialize_newtype_variant("Passphrase", 2, "file", path),
        }
    }
}

impl Serialize for Encryption {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Off => serializer.serialize_bool(false),
            Self::On(keys) if keys.is_usual() => serializer.serialize_bool(true),
            Self::On(keys) => keys.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Encryption {
    /// By hand: a derived untagged enum forgets where in the text a mistake is.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Encryption;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, false or a table such as { passphrase = \"ask\" }")
            }

            fn visit_bool<E: de::Error>(self, on: bool) -> Result<Encryption, E> {
                Ok(match on {
                    true => Encryption::On(Keys::default()),
                    false => Encryption::Off,
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Encryption, A::Error> {
                Keys::deserialize(MapAccessDeserializer::new(map)).map(Encryption::On)
            }
        }

        deserializer.deserialize_any(Either)
    }
}

impl JsonSchema for Encryption {
    fn schema_name() -> Cow<'static, str> {
        "Encryption".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<Keys>();
        json_schema!({ "anyOf": [{ "type": "boolean" }, table] })
    }
}

impl fmt::Display for Encryption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::On(keys) = self else {
            return f.write_str("no");
        };
        f.write_str(match keys.passphrase {
            Passphrase::Ask => "LUKS2, the passphrase is asked for",
            Passphrase::Plain(_) => "LUKS2, with the passphrase of the preset",
            Passphrase::File(_) => "LUKS2, with the passphrase in a file",
        })?;
        f.write_str(match keys.recovery_key {
            RecoveryKeyFor::Nobody => "",
            RecoveryKeyFor::Shown => ", with a recovery key that is shown once",
            RecoveryKeyFor::File(_) => ", with a recovery key that is written to a file",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::{Preset, read, write};

    fn preset(line: &str) -> Preset {
        read(&format!("version = 1\n[disk]\n{line}\n"), "test").unwrap()
    }

    #[test]
    fn every_form_is_read_and_comes_back_without_its_passphrase() {
        let with = |passphrase, recovery_key| {
            Some(Encryption::On(Keys {
                passphrase,
                recovery_key,
            }))
        };
        let on = |passphrase| with(passphrase, RecoveryKeyFor::Nobody);
        let written = || RecoveryKeyFor::File("/run/key".into());
        let file = || on(Passphrase::File("/run/passphrase".into()));
        let plain = || on(Passphrase::Plain(Secret::new("sesame")));
        for (line, read_as, written_as) in [
            ("", None, None),
            (
                "encrypt = false",
                Some(Encryption::Off),
                Some(Encryption::Off),
            ),
            ("encrypt = true", on(Passphrase::Ask), on(Passphrase::Ask)),
            ("encrypt = {}", on(Passphrase::Ask), on(Passphrase::Ask)),
            (
                "encrypt = { passphrase = { plain = \"sesame\" } }",
                plain(),
                on(Passphrase::Ask),
            ),
            (
                "encrypt = { passphrase = { file = \"/run/passphrase\" } }",
                file(),
                file(),
            ),
            (
                "encrypt = { recovery_key = false }",
                on(Passphrase::Ask),
                on(Passphrase::Ask),
            ),
            (
                "encrypt = { passphrase = { plain = \"sesame\" }, recovery_key = true }",
                with(
                    Passphrase::Plain(Secret::new("sesame")),
                    RecoveryKeyFor::Shown,
                ),
                with(Passphrase::Ask, RecoveryKeyFor::Shown),
            ),
            (
                "encrypt = { recovery_key = { file = \"/run/key\" } }",
                with(Passphrase::Ask, written()),
                with(Passphrase::Ask, written()),
            ),
        ] {
            let preset = preset(line);
            assert_eq!(preset.disk.encrypt, read_as, "{line}");
            let text = write(&preset).unwrap();
            assert!(!text.contains("sesame"), "{text}");
            assert_eq!(
                read(&text, "again").unwrap().disk.encrypt,
                written_as,
                "{text}"
            );
        }
    }

    #[test]
    fn a_mistake_does_not_show_the_passphrase() {
        for line in [
            "encrypt = \"sesame\"",
            "encrypt = { passphrase = \"sesame\" }",
            "encrypt = { passphrase = { plain = \"sesame\", x = 1 } }",
            "encrypt = { phrase = \"sesame\" }",
            "encrypt = { recovery_key = \"sesame\" }",
            "encrypt = { recovery_key = { plain = \"sesame\" } }",
            "passphrase = \"sesame\"",
        ] {
            let text = format!("version = 1\n[disk]\n{line}\n");
            let error = read(&text, "a.toml").unwrap_err().to_string();
            assert!(!error.contains("sesame"), "{error}");
            assert!(error.contains("a.toml:3:"), "{error}");
        }
    }
}
