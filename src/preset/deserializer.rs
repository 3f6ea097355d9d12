//! A preset's TOML tree as serde reads it, with faults that keep what was wrong and where.
//!
//! The TOML library tells a fault as a sentence; here it stays data, so that the right key can be
//! suggested, several faults told at once, and no message repeats a password.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, VariantAccess, Visitor,
};
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeValue};

/// The way from the document to a value: keys, and positions in lists counted from 0.
pub(super) type Path = Vec<Segment>;

/// One part of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Segment {
    Key(String),
    Index(usize),
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    UnknownKey {
        known: &'static [&'static str],
    },
    UnknownValue {
        given: String,
        known: &'static [&'static str],
    },
    /// A key behind that of a secret, where the secret itself may stand; none is told unless it is
    /// almost a known one.
    UnknownInside {
        misspelt: Option<String>,
        known: &'static [&'static str],
    },
    MissingKey(&'static str),
    WrongType {
        found: &'static str,
        expected: String,
    },
    /// Of the right type, but not of the right form.
    Refused(String),
}

/// Something wrong, and where.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: Kind,
    /// From the document to the value; filled while the fault leaves the tree.
    pub(super) path: Path,
    /// Bytes of the text.
    pub(super) span: Option<Range<usize>>,
}

impl Fault {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            path: Path::new(),
            span: None,
        }
    }

    /// Says where it was, unless a place further inside is known already.
    fn at(mut self, path: &[Segment], span: Range<usize>) -> Self {
        if self.span.is_none() {
            self.span = Some(span);
            self.path = path.to_vec();
        }
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind)
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(Kind::Refused(message.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(Kind::WrongType {
            found: found_words(&found),
            expected: expected_words(&expected.to_string()),
        })
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match (found, range_words(&expected.to_string())) {
            (Unexpected::Signed(_) | Unexpected::Unsigned(_), Some(range)) => {
                Self::custom(format!("it is a whole number {range}"))
            }
            (found, _) => Self::invalid_type(found, expected),
        }
    }

    fn unknown_field(_: &str, known: &'static [&'static str]) -> Self {
        Self::new(Kind::UnknownKey { known })
    }

    fn unknown_variant(given: &str, known: &'static [&'static str]) -> Self {
        Self::new(Kind::UnknownValue {
            given: given.to_owned(),
            known,
        })
    }

    fn missing_field(key: &'static str) -> Self {
        Self::new(Kind::MissingKey(key))
    }
}

/// The type of a value, without the value: it may be a password.
fn found_words(found: &Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "true or false",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "a whole number",
        Unexpected::Float(_) => "a number with a fraction",
        Unexpected::Str(_) | Unexpected::Char(_) => "a text",
        Unexpected::Seq => "a list",
        Unexpected::Map => "a table",
        Unexpected::Other("a date") => "a date",
        _ => "something else",
    }
}

/// Serde's names of Rust types in the terms of TOML.
fn expected_words(expected: &str) -> String {
    let words = match expected {
        "a string" => "a text in quotes",
        "a boolean" => "true or false, without quotes",
        "a sequence" => "a list in square brackets",
        "u32" | "u64" | "i64" => "a whole number",
        _ if expected.starts_with("struct ") => "a table",
        other => match range_words(other) {
            Some(range) => return format!("a whole number {range}"),
            None => other,
        },
    };
    words.to_owned()
}

/// The numbers that a Rust type holds, by serde's name of it.
fn range_words(expected: &str) -> Option<String> {
    let (least, kind) = match expected.strip_prefix("a nonzero ") {
        Some(kind) => (1, kind),
        None => (0, expected),
    };
    let most = match kind {
        "u8" => u16::from(u8::MAX),
        "u16" => u16::MAX,
        // Larger ones than anybody means.
        "u32" | "u64" => return Some(format!("from {least} on")),
        _ => return None,
    };
    Some(format!("from {least} to {most}"))
}

/// A value of the tree on its way into a Rust type.
pub(super) struct Node<'t> {
    pub(super) value: &'t Spanned<DeValue<'t>>,
    pub(super) path: Path,
    /// Values that are read as if they were not there: their faults are known already.
    pub(super) skipped: &'t BTreeSet<Path>,
}

impl<'t> Node<'t> {
    fn child(&self, segment: Segment, value: &'t Spanned<DeValue<'t>>) -> Self {
        let mut path = self.path.clone();
        path.push(segment);
        Node {
            value,
            path,
            skipped: self.skipped,
        }
    }

    fn is_skipped(&self) -> bool {
        self.skipped.contains(&self.path)
    }

    fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value.get_ref() {
            DeValue::String(text) => visitor.visit_str(text),
            DeValue::Integer(number) => {
                match i64::from_str_radix(number.as_str(), number.radix()) {
                    Ok(number) => visitor.visit_i64(number),
                    Err(_) => Err(Fault::custom("this number is too large")),
                }
            }
            DeValue::Float(number) => match number.as_str().parse() {
                Ok(number) => visitor.visit_f64(number),
                Err(_) => Err(Fault::custom("this is no number")),
            },
            DeValue::Boolean(value) => visitor.visit_bool(*value),
            DeValue::Datetime(_) => Err(Fault::invalid_type(Unexpected::Other("a date"), &visitor)),
            DeValue::Array(values) => {
                let nodes = (0..).zip(values.iter());
                let mut nodes: Vec<Self> = nodes
                    .map(|(index, value)| self.child(Segment::Index(index), value))
                    .filter(|node| !node.is_skipped())
                    .collect();
                nodes.reverse();
                visitor.visit_seq(List(nodes))
            }
            DeValue::Table(_) => visitor.visit_map(Table {
                entries: self.entries(),
                value: None,
            }),
        }
    }

    /// The entries of a table in the order of the text, the last one first.
    fn entries(&self) -> Vec<(&'t Spanned<DeString<'t>>, Self)> {
        let DeValue::Table(table) = self.value.get_ref() else {
            return Vec::new();
        };
        let mut entries: Vec<_> = table
            .iter()
            .map(|(key, value)| {
                let segment = Segment::Key(key.get_ref().clone().into_owned());
                (key, self.child(segment, value))
            })
            .filter(|(_, node)| !node.is_skipped())
            .collect();
        entries.sort_by_key(|(key, _)| std::cmp::Reverse(key.span().start));
        entries
    }
}

impl<'de> Deserializer<'de> for Node<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let (path, span) = (self.path.clone(), self.value.span());
        self.visit(visitor).map_err(|fault| fault.at(&path, span))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let (path, span) = (self.path.clone(), self.value.span());
        visitor
            .visit_newtype_struct(self)
            .map_err(|fault| fault.at(&path, span))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let (path, span) = (self.path.clone(), self.value.span());
        let found = match self.value.get_ref() {
            DeValue::String(text) => {
                let unit = visitor.visit_enum(StrDeserializer::<Fault>::new(text));
                return unit.map_err(|fault| fault.at(&path, span));
            }
            DeValue::Table(_) => {
                let mut entries = self.entries();
                if let (Some((key, node)), true) = (entries.pop(), entries.is_empty()) {
                    let choice = Choice { key, node };
                    return visitor
                        .visit_enum(choice)
                        .map_err(|fault| fault.at(&path, span));
                }
                "a table with several keys, or none"
            }
            DeValue::Array(_) => "a list",
            DeValue::Boolean(_) => "true or false",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Datetime(_) => "a date",
        };
        let known: Vec<String> = known.iter().map(|name| format!("\"{name}\"")).collect();
        let kind = Kind::WrongType {
            found,
            expected: format!("one of {}", known.join(", ")),
        };
        Err(Fault::new(kind).at(&path, span))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// The values of a list that are still to come, the last one first.
struct List<'t>(Vec<Node<'t>>);

impl<'de> SeqAccess<'de> for List<'_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        self.0.pop().map(|node| located(seed, node)).transpose()
    }
}

/// The entries of a table that are still to come, the last one first.
struct Table<'t> {
    entries: Vec<(&'t Spanned<DeString<'t>>, Node<'t>)>,
    value: Option<Node<'t>>,
}

impl<'de> MapAccess<'de> for Table<'_> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some((key, node)) = self.entries.pop() else {
            return Ok(None);
        };
        let path = node.path.clone();
        self.value = Some(node);
        seed.deserialize(StrDeserializer::<Fault>::new(key.get_ref()))
            .map(Some)
            .map_err(|fault| fault.at(&path, key.span()))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        match self.value.take() {
            Some(node) => located(seed, node),
            None => Err(Fault::custom("a value was asked for before its key")),
        }
    }
}

/// Reads a value; a fault that comes after it was read (a text of the wrong form) is placed on it.
fn located<'de, S: DeserializeSeed<'de>>(seed: S, node: Node<'_>) -> Result<S::Value, Fault> {
    let (path, span) = (node.path.clone(), node.value.span());
    seed.deserialize(node)
        .map_err(|fault| fault.at(&path, span))
}

/// A table with one key, which says what the value is.
struct Choice<'t> {
    key: &'t Spanned<DeString<'t>>,
    node: Node<'t>,
}

impl<'de, 't> EnumAccess<'de> for Choice<'t> {
    type Error = Fault;
    type Variant = Chosen<'t>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Chosen<'t>), Fault> {
        let key: StrDeserializer<'_, Fault> = self.key.get_ref().as_ref().into_deserializer();
        match seed.deserialize(key) {
            Ok(value) => Ok((value, Chosen(self.node))),
            Err(fault) => Err(fault.at(&self.node.path, self.key.span())),
        }
    }
}

/// The value of a [`Choice`].
struct Chosen<'t>(Node<'t>);

impl<'de> VariantAccess<'de> for Chosen<'_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        let fault = Fault::custom("this one takes no value: write it as a text in quotes");
        Err(fault.at(&self.0.path, self.0.value.span()))
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Fault> {
        located(seed, self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.0.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.0.deserialize_any(visitor)
    }
}
