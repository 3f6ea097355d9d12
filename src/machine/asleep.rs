//! Whether a system sleeps, read from where it keeps its memory. Nothing is written.

use super::CannotShrink;
use super::shrink::{Tools, ntfs_is_asleep};
use crate::units::Bytes;
use std::io;
use std::path::Path;

/// How large a page of memory may be, in bytes: swap has its signature at the end of the first.
pub(super) const PAGES: [u64; 3] = [4096, 16_384, 65_536];

/// What the kernel writes there while the memory is kept (`SWSUSP_SIG` in kernel/power/swap.c).
pub(super) const ASLEEP: &[u8] = b"S1SUSPEND\0";

/// Whether a Windows sleeps in the NTFS behind a device node, which may be mounted.
///
/// # Errors
/// It can't be looked at, or is no NTFS.
pub fn windows(device: &Path, tools: &mut dyn Tools) -> Result<bool, CannotShrink> {
    ntfs_is_asleep(device, tools)
}

/// Whether the memory of a Linux that sleeps is in the swap behind a device node.
///
/// # Errors
/// As the operating system has them.
pub fn linux(device: &Path, tools: &mut dyn Tools) -> io::Result<bool> {
    let length = ASLEEP.len() as u64;
    for page in PAGES {
        if tools.read(device, Bytes(page - length), Bytes(length))? == ASLEEP {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::{Command, CommandError, Output};

    /// A device, from its beginning.
    struct Swap(Vec<u8>);

    impl Tools for Swap {
        fn run(&mut self, _: &Command) -> Result<Output, CommandError> {
            Ok(Output::default())
        }

        fn read(&mut self, _: &Path, at: Bytes, length: Bytes) -> io::Result<Vec<u8>> {
            let (at, end) = (at.0 as usize, (at.0 + length.0) as usize);
            let found = self.0.get(at..end).map(<[u8]>::to_vec);
            found.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
        }
    }

    #[test]
    fn memory_in_swap_is_seen_whatever_the_size_of_a_page_is() {
        let look = |at: usize, signature: &[u8]| {
            let mut swap = vec![0; 70_000];
            swap[at..at + 10].copy_from_slice(signature);
            linux(Path::new("/dev/sda4"), &mut Swap(swap)).unwrap()
        };
        for page in [4096, 16_384, 65_536] {
            assert!(look(page - 10, b"S1SUSPEND\0"));
            assert!(!look(page - 10, b"SWAPSPACE2"));
        }
        assert!(linux(Path::new("/dev/sda4"), &mut Swap(Vec::new())).is_err());
    }
}
