//! Which disks the running system came from: they must never become a target.
//!
//! From the mounts that a live system runs on, everything below is followed: a loop device to its
//! backing file and the mount that holds it, a mapping or an array to what it is made of, an
//! overlay to its layers, a partition to its disk.
//!
//! A medium that was copied into memory (`copytoram`) is no longer mounted. It is known by the label
//! or UUID that the kernel's command line names; every disk that has it is protected. Only where neither
//! mounts nor command line lead to a medium, every disk with the label of NixOS' own media is: one too many
//! rather than one too few. Where the medium is known, another stick with such a label is a disk like any
//! other.

use super::mounts::{InUse, Mount, device_name};
use crate::machine::probe::Roots;
use crate::machine::probe::sysfs;
use crate::machine::probe::udev::Record;
use anyhow::Result;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Where live systems mount what they run from: NixOS first, then dracut, Debian and Arch, whose
/// media may carry this program too.
const POINTS: [&str; 12] = [
    "/",
    "/iso",
    "/nix",
    "/nix/store",
    "/nix/.ro-store",
    "/nix/.rw-store",
    "/usr",
    "/boot",
    "/run/initramfs/live",
    "/run/live/medium",
    "/run/archiso/bootmnt",
    "/cdrom",
];

/// Roots that an initrd uses; paths that it mounted with still begin with them.
const INITRD_ROOTS: [&str; 2] = ["/mnt-root", "/sysroot"];

/// How the labels of NixOS' media begin (`isoImage.volumeID` in nixpkgs).
const MEDIUM_LABEL: &str = "nixos-";

/// What comes before the label or UUID of a medium on the command line: in NixOS' and dracut's `root=`
/// (`live:CDLABEL=…`), and in Arch's own words.
const NAMED_BY: [&str; 6] = [
    "LABEL=",
    "UUID=",
    "/by-label/",
    "/by-uuid/",
    "archisolabel=",
    "archisosearchuuid=",
];

/// The names of all whole disks that carry any of the running system.
///
/// # Errors
/// When block devices can't be listed.
pub(super) fn disks(roots: &Roots, in_use: &InUse) -> Result<BTreeSet<String>> {
    let mut trace = Trace {
        roots,
        in_use,
        names: BTreeSet::new(),
        files: BTreeSet::new(),
    };
    for mount in &in_use.mounts {
        if POINTS.iter().any(|point| mount.point == Path::new(point)) {
            trace.mount(mount)?;
        }
    }
    trace.unmounted_media()?;
    Ok(trace.names)
}

/// The label or UUID that a word of the kernel's command line names.
fn named(word: &str) -> Option<&str> {
    let word = word.trim_matches('"');
    let mut ends = NAMED_BY.iter().filter_map(|by| word.split_once(by));
    ends.next().map(|(_, name)| name.trim_matches('"'))
}

/// What has been found to carry the running system.
struct Trace<'a> {
    roots: &'a Roots,
    in_use: &'a InUse,
    /// Block devices, disks among them.
    names: BTreeSet<String>,
    files: BTreeSet<PathBuf>,
}

impl Trace<'_> {
    fn mount(&mut self, mount: &Mount) -> Result<()> {
        if mount.has_own_device() {
            let number = self.roots.at(format!("/sys/dev/block/{}", mount.number));
            if let Some(name) = sysfs::target_name(&number) {
                self.device(&name)?;
            }
        }
        for name in mount.devices(self.roots) {
            self.device(&name)?;
        }
        match mount.kind.as_str() {
            "overlay" => self.layers(mount),
            "zfs" => self.pool(mount),
            _ => Ok(()),
        }
    }

    /// Media that nothing is mounted from.
    fn unmounted_media(&mut self) -> Result<()> {
        // A kernel's command line may be missing from a recording; the labels of media remain.
        let line = self.roots.text("/proc/cmdline").unwrap_or_default();
        let wanted: Vec<&str> = line.split_whitespace().filter_map(named).collect();
        let mut by_label = Vec::new();
        for device in sysfs::entries(&self.roots.at("/sys/class/block"))? {
            // Any downloaded image can be a loop device; mounts tell whether the system is on it.
            let is_loop = device.join("loop").exists();
            let record = Record::of(self.roots, &device).unwrap_or_default();
            if is_loop || record.get("ID_FS_TYPE") != Some("iso9660") {
                continue;
            }
            let label = record.text("ID_FS_LABEL").unwrap_or_default();
            let uuid = record.get("ID_FS_UUID").unwrap_or_default();
            let Some(name) = sysfs::name(&device) else {
                continue;
            };
            if [label.as_str(), uuid].iter().any(|id| wanted.contains(id)) {
                self.device(&name)?;
            } else if label.starts_with(MEDIUM_LABEL) {
                by_label.push(name);
            }
        }
        if !self.has_medium() {
            by_label.iter().try_for_each(|name| self.device(name))?;
        }
        Ok(())
    }

    /// Whether what has been found so far has a medium among it.
    fn has_medium(&self) -> bool {
        self.names.iter().any(|name| {
            let device = self.roots.at(format!("/sys/class/block/{name}"));
            let record = Record::of(self.roots, &device).unwrap_or_default();
            record.get("ID_FS_TYPE") == Some("iso9660")
        })
    }

    /// A block device, and everything below it.
    fn device(&mut self, name: &str) -> Result<()> {
        let device = self.roots.at(format!("/sys/class/block/{name}"));
        if !device.exists() || !self.names.insert(name.to_owned()) {
            return Ok(());
        }
        if let Some(file) = sysfs::attribute(&device, "loop/backing_file") {
            let file = file.trim_end_matches(" (deleted)").to_owned();
            self.file(Path::new(&file))?;
        }
        for slave in sysfs::entries(&device.join("slaves"))? {
            if let Some(name) = sysfs::name(&slave) {
                self.device(&name)?;
            }
        }
        self.btrfs_members(name)?;
        let whole = device.canonicalize()?;
        if device.join("partition").exists()
            && let Some(disk) = whole.parent().and_then(sysfs::name)
        {
            self.device(&disk)?;
        }
        Ok(())
    }

    /// What a file lies on: a device node itself, or the mount that holds it.
    fn file(&mut self, file: &Path) -> Result<()> {
        if !self.files.insert(file.to_owned()) {
            return Ok(());
        }
        let outer = INITRD_ROOTS.iter().find_map(|r| file.strip_prefix(r).ok());
        if let Some(inner) = outer {
            self.file(&Path::new("/").join(inner))?;
        }
        if let Some(name) = device_name(self.roots, file) {
            self.device(&name)?;
        }
        match self.in_use.holding(file) {
            Some(mount) => self.mount(mount),
            None => Ok(()),
        }
    }

    /// An overlay's layers, by the options it was mounted with.
    fn layers(&mut self, overlay: &Mount) -> Result<()> {
        let names = ["lowerdir", "lowerdir+", "datadir+", "upperdir", "workdir"];
        for option in &overlay.options {
            let Some((name, paths)) = option.split_once('=') else {
                continue;
            };
            if names.contains(&name) {
                let paths = paths.split(':').filter(|path| path.starts_with('/'));
                for path in paths {
                    self.file(Path::new(path))?;
                }
            }
        }
        Ok(())
    }

    /// The other devices of a btrfs that has this one.
    fn btrfs_members(&mut self, name: &str) -> Result<()> {
        let all = self.roots.at("/sys/fs/btrfs");
        if !all.exists() {
            return Ok(());
        }
        for file_system in sysfs::entries(&all)? {
            let devices = file_system.join("devices");
            if devices.join(name).exists() {
                let members = sysfs::entries(&devices)?;
                for member in members.iter().filter_map(|path| sysfs::name(path)) {
                    self.device(&member)?;
                }
            }
        }
        Ok(())
    }

    /// The members of a ZFS pool, by the pool's name: the source is `POOL/DATASET`.
    fn pool(&mut self, mount: &Mount) -> Result<()> {
        let pool = mount.source.split('/').next().map(str::to_owned);
        for device in sysfs::entries(&self.roots.at("/sys/class/block"))? {
            let record = Record::of(self.roots, &device).unwrap_or_default();
            if record.get("ID_FS_TYPE") == Some("zfs_member")
                && record.text("ID_FS_LABEL") == pool
                && let Some(name) = sysfs::name(&device)
            {
                self.device(&name)?;
            }
        }
        Ok(())
    }
}
