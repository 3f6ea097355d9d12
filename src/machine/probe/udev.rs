//! What udev found out about a block device.
//!
//! The running system's records are read through libudev, their only stable interface; those of a
//! recorded system from a copy of the database that libudev reads, `run/udev/data/bMAJOR:MINOR`.

use super::roots::Roots;
use super::sysfs;
use std::collections::BTreeMap;
use std::path::Path;

/// A device's properties. There is none for a device that udev has not handled yet.
#[derive(Debug, Default)]
pub(super) struct Record {
    properties: BTreeMap<String, String>,
}

impl Record {
    /// The record of the block device with this folder in sysfs.
    pub(super) fn of(roots: &Roots, device: &Path) -> Option<Self> {
        if roots.is_live() {
            return Self::from_libudev(device);
        }
        let number = sysfs::attribute(device, "dev")?;
        let text = roots.text(&format!("/run/udev/data/b{number}")).ok()?;
        Some(Self::parse(&text))
    }

    fn from_libudev(device: &Path) -> Option<Self> {
        let device = ::udev::Device::from_syspath(&device.canonicalize().ok()?).ok()?;
        if !device.is_initialized() {
            return None;
        }
        let text = |value: &std::ffi::OsStr| value.to_string_lossy().into_owned();
        let properties = device
            .properties()
            .map(|property| (text(property.name()), text(property.value())))
            .collect();
        Some(Self { properties })
    }

    /// `E:NAME=value` lines are properties; the others hold links, tags and times.
    fn parse(text: &str) -> Self {
        let properties = text
            .lines()
            .filter_map(|line| line.strip_prefix("E:")?.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Self { properties }
    }

    /// A property that is there and not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let value = self.properties.get(name)?;
        (!value.is_empty()).then_some(value)
    }

    /// A property that holds a decimal number.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.parse().ok()
    }

    /// A text with its odd characters: `NAME_ENC` or `NAME` with `\x20` decoded, trimmed.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let encoded = self.get(&format!("{name}_ENC")).or_else(|| self.get(name));
        let text = decode(encoded?);
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

/// udev writes what it thinks unsafe as `\x` and two hexadecimal digits.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut parts = text.split("\\x");
    bytes.extend(parts.next().unwrap_or_default().bytes());
    for part in parts {
        let digits = part.get(..2).and_then(|d| u8::from_str_radix(d, 16).ok());
        match digits.zip(part.get(2..)) {
            Some((byte, rest)) => {
                bytes.push(byte);
                bytes.extend(rest.bytes());
            }
            None => {
                bytes.extend(b"\\x");
                bytes.extend(part.bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn any_text_is_decoded(text in "(\\\\x|[0-9a-fü]){0,20}|.{0,40}") {
            let decoded = decode(&text);
            proptest::prop_assert!(decoded.len() <= text.len() * 3);
        }
    }

    #[test]
    fn encoded_text_is_decoded_and_trimmed() {
        let text = "S:disk/by-id/x\nI:4611\nE:ID_FS_LABEL=Gr_n\nE:ID_FS_LABEL_ENC=Gr\\xc3\\xbcn\\x20\nE:EMPTY=\n";
        let record = Record::parse(text);
        assert_eq!(record.text("ID_FS_LABEL").as_deref(), Some("Grün"));
        assert_eq!(record.get("EMPTY"), None);
        assert_eq!(decode("a\\xzz\\x4"), "a\\xzz\\x4");
    }
}
