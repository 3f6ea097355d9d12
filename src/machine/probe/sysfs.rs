//! The few ways in which facts lie in sysfs: one value per file, links between devices.

use super::roots::clean;
use anyhow::{Context, Result};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The value of an attribute, if it is there and not empty.
pub(crate) fn attribute(device: &Path, name: &str) -> Option<String> {
    let text = clean(&std::fs::read(device.join(name)).ok()?);
    (!text.is_empty()).then_some(text)
}

/// An attribute that holds a decimal number.
pub(crate) fn number(device: &Path, name: &str) -> Option<u64> {
    attribute(device, name)?.parse().ok()
}

/// Whether an attribute reads `1`.
pub(crate) fn flag(device: &Path, name: &str) -> bool {
    attribute(device, name).as_deref() == Some("1")
}

/// A PCI or USB identifier, with or without `0x`.
pub(crate) fn hexadecimal(device: &Path, name: &str) -> Option<u32> {
    let text = attribute(device, name)?;
    u32::from_str_radix(text.strip_prefix("0x").unwrap_or(&text), 16).ok()
}

/// The last part of where a link leads, if it leads anywhere.
pub(crate) fn target_name(link: &Path) -> Option<String> {
    name(&link.canonicalize().ok()?)
}

/// The last part of a path.
pub(crate) fn name(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_string_lossy().into_owned())
}

/// The kernel module that drives a device, if it is driven and the driver is not built in.
pub(crate) fn module(device: &Path) -> Option<String> {
    target_name(&device.join("driver/module"))
}

/// The module that drives a device, or the driver's own name if it is built in.
pub(crate) fn driver(device: &Path) -> Option<String> {
    module(device).or_else(|| target_name(&device.join("driver")))
}

/// What a folder holds, sorted by name; nothing if it is missing where it could be.
///
/// # Errors
/// When the folder can't be read, or even the one above is missing.
pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let reader = match folder.read_dir() {
        Ok(reader) => reader,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let above = folder.parent().unwrap_or(folder);
            return above
                .metadata()
                .map(|_| Vec::new())
                .with_context(|| format!("{} does not exist", above.display()));
        }
        Err(error) => {
            return Err(error).with_context(|| format!("cannot list {}", folder.display()));
        }
    };
    let mut found = reader
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()
        .with_context(|| format!("cannot list {}", folder.display()))?;
    found.sort();
    Ok(found)
}
