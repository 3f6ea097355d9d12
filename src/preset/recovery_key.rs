//! Who gets the recovery key of an encrypted disk: a person at the screen, a file, or nobody. The key
//! itself is made when the installation begins; a preset never holds one.

use super::whole_path::whole_path;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;

/// Who gets a recovery key: `true`, `false`, or a table such as `{ file = "/run/recovery-key" }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RecoveryKeyFor {
    /// None is made.
    #[default]
    Nobody,
    /// It is shown once, before the installation begins, to be written down.
    Shown,
    /// It is written to this new file of the live system, which only root can read.
    File(PathBuf),
}

impl RecoveryKeyFor {
    /// Whether none is made.
    pub fn is_nobody(&self) -> bool {
        *self == Self::Nobody
    }
}

/// The long form.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RecoveryKeyFile {
    /// A new file of the live system, which only root can read; it is gone with the live system unless
    /// it lies on another medium. Its whole path.
    #[serde(deserialize_with = "whole_path")]
    #[schemars(extend("pattern" = "^/"))]
    file: PathBuf,
}

impl Serialize for RecoveryKeyFor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nobody => serializer.serialize_bool(false),
            Self::Shown => serializer.serialize_bool(true),
            Self::File(file) => RecoveryKeyFile { file: file.clone() }.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for RecoveryKeyFor {
    /// By hand: a derived untagged enum forgets where in the text a mistake is.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = RecoveryKeyFor;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, false or a table such as { file = \"/run/recovery-key\" }")
            }

            fn visit_bool<E: de::Error>(self, shown: bool) -> Result<RecoveryKeyFor, E> {
                Ok(match shown {
                    true => RecoveryKeyFor::Shown,
                    false => RecoveryKeyFor::Nobody,
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RecoveryKeyFor, A::Error> {
                RecoveryKeyFile::deserialize(MapAccessDeserializer::new(map))
                    .map(|table| RecoveryKeyFor::File(table.file))
            }
        }

        deserializer.deserialize_any(Either)
    }
}

impl JsonSchema for RecoveryKeyFor {
    fn schema_name() -> Cow<'static, str> {
        "RecoveryKeyFor".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<RecoveryKeyFile>();
        json_schema!({ "anyOf": [{ "type": "boolean" }, table] })
    }
}
