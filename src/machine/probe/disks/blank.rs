//! Whether a region without a signature is blank, by samples of it.
//!
//! No signature does not mean that nothing is there: a disk encrypted without a header, a
//! database's raw volume and a disk whose first sector was overwritten have none either.

use crate::machine::Content;
use anyhow::{Context, Result, ensure};
use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::os::unix::fs::FileExt;

/// Read at both ends, where nearly every format keeps its own data.
const END: u64 = 1 << 20;
/// Read at each place between them.
const BETWEEN: u64 = 64 << 10;
/// How many places between the ends are read.
const PLACES: u64 = 16;
/// What reads where nothing was written: zeros, or ones from some flash.
const UNWRITTEN: [u8; 2] = [0x00, 0xff];

/// Blank if every sample reads as never written.
pub(super) fn blank_or_data(device: &File) -> Content {
    match is_blank(device) {
        Ok(true) => Content::Blank,
        Ok(false) => Content::Unknown("data without a known signature".to_owned()),
        Err(error) => Content::Unknown(format!("{error:#}")),
    }
}

/// Whether all samples hold one and the same of the bytes that unwritten sectors read as.
fn is_blank(mut device: &File) -> Result<bool> {
    let size = device
        .seek(SeekFrom::End(0))
        .context("cannot tell its size")?;
    ensure!(size > 0, "its size is 0");
    let mut fill = None;
    for (offset, length) in samples(size) {
        let mut bytes = vec![0; usize::try_from(length)?];
        device
            .read_exact_at(&mut bytes, offset)
            .with_context(|| format!("reading it at byte {offset} failed"))?;
        let fill = *fill.get_or_insert(bytes.first().copied().unwrap_or_default());
        if !UNWRITTEN.contains(&fill) || bytes.iter().any(|byte| *byte != fill) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Offset and length in bytes of what is read; a small region is covered more than once.
fn samples(size: u64) -> impl Iterator<Item = (u64, u64)> {
    let ends = [(0, END), (size.saturating_sub(END), END)];
    let between = (1..=PLACES).map(move |n| (size / (PLACES + 1) * n, BETWEEN));
    let all = ends.into_iter().chain(between);
    all.map(move |(offset, length)| (offset, length.min(size - offset)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIZE: u64 = 64 << 20;

    /// A sparse file of `SIZE` with one byte written.
    fn with_byte(offset: u64, byte: u8) -> File {
        let file = tempfile::tempfile().unwrap();
        file.set_len(SIZE).unwrap();
        file.write_all_at(&[byte], offset).unwrap();
        file
    }

    fn data() -> Content {
        Content::Unknown("data without a known signature".to_owned())
    }

    #[test]
    fn zeros_and_ones_are_blank() {
        assert_eq!(blank_or_data(&with_byte(0, 0)), Content::Blank);
        for size in [1, 512, 1 << 20, (3 << 20) + 17] {
            let file = tempfile::tempfile().unwrap();
            file.write_all_at(&vec![0xff; size], 0).unwrap();
            assert_eq!(blank_or_data(&file), Content::Blank, "{size}");
        }
    }

    #[test]
    fn one_byte_in_any_sample_is_data() {
        for (offset, length) in samples(SIZE) {
            for at in [offset, offset + length / 2, offset + length - 1] {
                assert_eq!(blank_or_data(&with_byte(at, 0x01)), data(), "{at}");
                assert_eq!(blank_or_data(&with_byte(at, 0xff)), data(), "{at}");
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_blank() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("disk");
        let write_only = File::create(&path).unwrap();
        write_only.set_len(SIZE).unwrap();
        let Content::Unknown(reason) = blank_or_data(&write_only) else {
            panic!("it was read");
        };
        assert!(
            reason.starts_with("reading it at byte 0 failed: "),
            "{reason}"
        );
        let empty = blank_or_data(&tempfile::tempfile().unwrap());
        assert_eq!(empty, Content::Unknown("its size is 0".to_owned()));
    }

    proptest! {
        #[test]
        fn samples_lie_within(size in 1..=u64::MAX) {
            for (offset, length) in samples(size) {
                prop_assert!(length > 0);
                prop_assert!(offset.checked_add(length).is_some_and(|end| end <= size));
            }
        }
    }
}
