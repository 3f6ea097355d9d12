//! Build script: what the program has in itself is deflated, for `src/packed.rs`.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Folders of files that are packed, and how their names end.
const PACKED: [(&str, &str); 7] = [
    ("assets/fonts", "tf"),
    ("assets/keyboard", ".tsv"),
    ("assets/keyboard", ".txt"),
    ("assets/location", ".tsv"),
    ("assets/location", ".bin"),
    ("assets", ".schema.json"),
    ("i18n", ".ftl"),
];

/// The slowest and best; a release is made once.
const BEST: u8 = 10;
const FAST: u8 = 1;

/// Packs every file into the folder for what is built.
pub(crate) fn pack() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let level = if super::is_release() { BEST } else { FAST };
    for (folder, end) in PACKED {
        println!("cargo:rerun-if-changed={folder}");
        for file in files(Path::new(folder))? {
            if file.to_string_lossy().ends_with(end) {
                pack_one(&file, &out.join(&file), level)?;
            }
        }
    }
    Ok(())
}

/// Every file in a folder and the folders in it.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            all.extend(files(&path)?);
        } else {
            all.push(path);
        }
    }
    Ok(all)
}

/// The length in four bytes, the lowest first, and the deflated file.
fn pack_one(file: &Path, to: &Path, level: u8) -> io::Result<()> {
    let bytes = fs::read(file)?;
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    let mut packed = length.to_le_bytes().to_vec();
    packed.extend(miniz_oxide::deflate::compress_to_vec(&bytes, level));
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    // As a new file: the old one may be linked from another build folder.
    let new = to.with_extension("new");
    fs::write(&new, packed)?;
    fs::rename(new, to)
}
