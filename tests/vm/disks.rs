//! Images of disks, byte by byte.

use anyhow::{Context, Result};
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

/// The first and the last MiB of an image, where partition tables are.
pub(crate) fn ends(image: &Path) -> Result<[Vec<u8>; 2]> {
    const MIB: usize = 1 << 20;
    let mut file = File::open(image).with_context(|| format!("opening {}", image.display()))?;
    let mut ends = [vec![0; MIB], vec![0; MIB]];
    let [first, last] = &mut ends;
    file.read_exact(first)?;
    file.seek(std::io::SeekFrom::End(-(1 << 20)))?;
    file.read_exact(last)?;
    Ok(ends)
}
