//! Fields to write into, and what a text in one of them means.

use super::{Change, SubvolumeChange};
use crate::preset::{PartSize, Size};
use crate::units::Bytes;

/// A field to write into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Size,
    Mount,
    Label,
    SubvolumeName(usize),
    SubvolumeMount(usize),
    /// Where a subvolume that is there is mounted, by its place among those that were found.
    FoundMount(usize),
}

/// What a text in a field means, if it has its form.
pub(super) fn meant(field: Field, text: &str) -> Option<Change> {
    let text = text.trim();
    let mount = || match text {
        "" => Some(None),
        path => path.parse().ok().map(Some),
    };
    match field {
        Field::Size => size_of(text).map(Change::Size),
        Field::Mount => mount().map(Change::Mount),
        Field::Label if text.is_empty() => Some(Change::Label(None)),
        Field::Label => text.parse().ok().map(|label| Change::Label(Some(label))),
        Field::SubvolumeName(index) => {
            let name = text.parse().ok();
            name.map(|name| Change::Subvolume(SubvolumeChange::Name(index, name)))
        }
        Field::SubvolumeMount(index) => {
            mount().map(|at| Change::Subvolume(SubvolumeChange::Mount(index, at)))
        }
        Field::FoundMount(at) => {
            mount().map(|mount| Change::Subvolume(SubvolumeChange::MountFound(at, mount)))
        }
    }
}

pub(super) fn is_wrong(field: Field, text: &str) -> bool {
    meant(field, text).is_none()
}

/// A size as people write it: units in any case, and a decimal point or comma.
fn size_of(text: &str) -> Option<PartSize> {
    if let Ok(size) = PartSize::try_from(text.to_owned()) {
        return Some(size).filter(|size| *size != PartSize::Rest);
    }
    let digits = text.find(|c: char| !c.is_ascii_digit() && !".,".contains(c))?;
    let (number, unit) = text.split_at(digits);
    let unit = match unit.trim().to_lowercase().as_str() {
        "m" | "mib" => Bytes::mib(1),
        "g" | "gib" => Bytes::gib(1),
        "t" | "tib" => Bytes::gib(1024),
        "mb" => Bytes(1_000_000),
        "gb" => Bytes(1_000_000_000),
        "tb" => Bytes(1_000_000_000_000),
        _ => return None,
    };
    let number: f64 = number.replace(',', ".").parse().ok()?;
    let mib = number * unit.0 as f64 / Bytes::mib(1).0 as f64;
    let fits = (1.0..1e12).contains(&mib);
    fits.then(|| PartSize::Exactly(Size(Bytes::mib(mib.round() as u64))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_understood_as_people_write_them() {
        let size = |text: &str| size_of(text).map(|size| size.to_string());
        for (text, meant) in [
            ("40 GiB", "40 GiB"),
            ("40 gib", "40 GiB"),
            ("40g", "40 GiB"),
            ("1,5 GiB", "1536 MiB"),
            ("0.5 TiB", "512 GiB"),
            ("25 %", "25 %"),
            ("10 gb", "9537 MiB"),
        ] {
            assert_eq!(size(text).as_deref(), Some(meant), "{text}");
        }
        for bad in [
            "", "x", "40", "rest", "0 GiB x", "0.1 MiB", "-1 GiB", "1e99 GiB", "1..2 GiB",
        ] {
            assert_eq!(size(bad), None, "{bad}");
        }
    }
}
