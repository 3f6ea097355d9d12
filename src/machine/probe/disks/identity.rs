//! What a disk is called, and how it is attached.

use super::Block;
use crate::machine::Transport;
use crate::machine::probe::Roots;
use crate::machine::probe::sysfs;
use std::path::{Path, PathBuf};

/// The links in `folder` that lead to this device. The folder is read and not udev's record, since
/// of two disks that claim one name only one has it.
pub(super) fn lasting_names(roots: &Roots, folder: &str, name: &str) -> Vec<PathBuf> {
    let links = sysfs::entries(&roots.at(folder)).unwrap_or_default();
    links
        .iter()
        .filter(|link| {
            let target = link.read_link().ok();
            target.as_deref().and_then(Path::file_name) == Some(name.as_ref())
        })
        .filter_map(|link| Some(Path::new(folder).join(link.file_name()?)))
        .collect()
}

/// The model: ATA's is cut short in sysfs, NVMe's has underscores in udev's record.
pub(super) fn model(block: &Block) -> Option<String> {
    let record = block.record.as_ref();
    let whole = record.filter(|record| record.get("ID_MODEL_ENC").is_some());
    whole
        .and_then(|record| record.text("ID_MODEL"))
        .or_else(|| sysfs::attribute(&block.sysfs, "device/model"))
        .or_else(|| record?.text("ID_MODEL"))
        .or_else(|| sysfs::attribute(&block.sysfs, "device/name"))
        .filter(|name| name != &block.name)
}

/// The serial number. For SCSI `ID_SERIAL_SHORT` is the World Wide Name, so its own comes first.
pub(super) fn serial(block: &Block) -> Option<String> {
    ["SCSI_IDENT_SERIAL", "ID_SCSI_SERIAL", "ID_SERIAL_SHORT"]
        .iter()
        .find_map(|name| block.property(name).map(|value| value.trim().to_owned()))
        .or_else(|| sysfs::attribute(&block.sysfs, "device/serial"))
        .or_else(|| sysfs::attribute(&block.sysfs, "serial"))
        .or_else(|| block.property("ID_SERIAL").map(str::to_owned))
}

/// The World Wide Name, as udev or the kernel gives it; a name made of model and serial is none.
pub(super) fn wwn(block: &Block) -> Option<String> {
    ["ID_WWN_WITH_EXTENSION", "ID_WWN"]
        .iter()
        .find_map(|name| block.property(name).map(str::to_owned))
        .or_else(|| {
            let id = sysfs::attribute(&block.sysfs, "wwid")
                .or_else(|| sysfs::attribute(&block.sysfs, "device/wwid"))?;
            match id.strip_prefix("naa.") {
                Some(number) => Some(format!("0x{number}")),
                None => id.starts_with("eui.").then_some(id),
            }
        })
}

/// How the disk is attached, by its name and its place in the device tree.
pub(super) fn transport(block: &Block) -> Transport {
    let on = |prefix: &str| {
        block.sysfs.components().any(|part| {
            let part = part.as_os_str().to_string_lossy();
            part.strip_prefix(prefix)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        })
    };
    match block.name.as_str() {
        // The rest of the path says what the computer is, not what the disk hangs on.
        name if name.starts_with("nvme") => Transport::Nvme,
        name if name.starts_with("mmcblk") => Transport::Mmc,
        name if name.starts_with("vd") => Transport::Virtio,
        name if name.starts_with("xvd") => Transport::Xen,
        _ if on("usb") => Transport::Usb,
        _ if on("ata") || block.property("ID_BUS") == Some("ata") => Transport::Ata,
        name if name.starts_with("sd") => Transport::Scsi,
        _ => Transport::Other,
    }
}

/// Whether it may be pulled out: the kernel says so, it hangs on USB, it is an SD card (eMMC is
/// soldered), or it sits behind a port that PCI calls removable (Thunderbolt).
pub(super) fn removable(block: &Block, transport: Transport) -> bool {
    let is_sd_card = sysfs::attribute(&block.sysfs, "device/type").as_deref() == Some("SD");
    let above = block.sysfs.ancestors().skip(1);
    // A device below /sys/devices; above that, "removable" would be something else.
    let mut devices = above.take_while(|path| !path.ends_with("devices"));
    sysfs::flag(&block.sysfs, "removable")
        || transport == Transport::Usb
        || (transport == Transport::Mmc && is_sd_card)
        || devices.any(|d| sysfs::attribute(d, "removable").as_deref() == Some("removable"))
}
