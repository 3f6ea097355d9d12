//! Whether the disk is encrypted, and where the passphrase comes from.

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
/// `true`, `false`, or a table that says where the passphrase comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Encryption {
    /// They are not.
    #[default]
    Off,
    /// They are, and this opens them.
    On(Passphrase),
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
    /// It is the only line of this file of the live system.
    File(PathBuf),
}

impl Serialize for Passphrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Ask | Self::Plain(_) => serializer.serialize_str("ask"),
            Self::File(path) => serializer.serialize_newtype_variant("Passphrase", 2, "file", path),
        }
    }
}

/// The long form.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct EncryptionTable {
    /// What opens the disk; asked for if left out.
    #[serde(default)]
    passphrase: Passphrase,
}

impl Serialize for Encryption {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Off => serializer.serialize_bool(false),
            Self::On(Passphrase::Ask | Passphrase::Plain(_)) => serializer.serialize_bool(true),
            Self::On(passphrase) => EncryptionTable {
                passphrase: passphrase.clone(),
            }
            .serialize(serializer),
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
                    true => Encryption::On(Passphrase::Ask),
                    false => Encryption::Off,
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Encryption, A::Error> {
                EncryptionTable::deserialize(MapAccessDeserializer::new(map))
                    .map(|table| Encryption::On(table.passphrase))
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
        let table = generator.subschema_for::<EncryptionTable>();
        json_schema!({ "anyOf": [{ "type": "boolean" }, table] })
    }
}

impl fmt::Display for Encryption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Off => "no",
            Self::On(Passphrase::Ask) => "LUKS2, the passphrase is asked for",
            Self::On(Passphrase::Plain(_)) => "LUKS2, with the passphrase of the preset",
            Self::On(Passphrase::File(_)) => "LUKS2, with the passphrase in a file",
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
        let on = |passphrase| Some(Encryption::On(passphrase));
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
            "passphrase = \"sesame\"",
        ] {
            let text = format!("version = 1\n[disk]\n{line}\n");
            let error = read(&text, "a.toml").unwrap_err().to_string();
            assert!(!error.contains("sesame"), "{error}");
            assert!(error.contains("a.toml:3:"), "{error}");
        }
    }
}
