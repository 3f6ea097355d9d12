//! What the programs that the engine runs do to the system in memory.

use super::super::command::Command;
use super::{SYSTEM, Scripted};
use crate::machine::{Architecture, Content, Fact, Partition, Table};
use crate::plan::{Action, LoaderFound, Step};
use crate::preset::BootLoader;
use crate::storage::{Device, Growable, NewFileSystem, PartitionId, PartitionRole, PartitionType};
use crate::units::Sectors;
use std::path::{Path, PathBuf};

impl Scripted {
    /// What a program does to the model; its standard output.
    pub(super) fn act(&mut self, command: &Command) -> Result<String, String> {
        let words = command.words();
        let last = PathBuf::from(words.last().unwrap());
        let line = command.to_string();
        if let Some((_, prints)) = self
            .answers
            .iter()
            .find(|(start, _)| line.starts_with(start))
        {
            return Ok((*prints).to_owned());
        }
        match command.program.as_str() {
            "nix-instantiate" if words.contains(&"--eval".to_owned()) => {
                return Ok("\"/nix/store/x-nixos-system-test.drv\"\n".to_owned());
            }
            "wipefs" if words.contains(&"--noheadings".to_owned()) => {
                let found = self.formatted.get(&last);
                return Ok(found.map_or_else(String::new, |(kind, _)| format!("{kind}\n")));
            }
            "wipefs" => {
                let old = words.contains(&"--force".to_owned());
                if old && !self.held.contains(&2) {
                    self.violations
                        .push(format!("wiped {} unclaimed", last.display()));
                }
                self.formatted.remove(&last);
            }
            "swapoff" => self.swaps.retain(|area| *area != last),
            "dmsetup" => self.mappers.clear(),
            "partx" => self.read_table(),
            "resize2fs" if words.len() == 2 => self.grow(&last)?,
            "resize2fs" => self.resize(Path::new(&words[1]), &words[2])?,
            "resize.f2fs" => self.grow(&last)?,
            "xfs_growfs" => self.grow_mounted(Growable::Xfs)?,
            "btrfs" if words.contains(&"max".to_owned()) => self.grow_mounted(Growable::Btrfs)?,
            "ntfsresize" => return self.ntfsresize(&words),
            "ntfsinfo" => return Ok(self.ntfsinfo(&words)),
            "btrfs" if words.contains(&"resize".to_owned()) => self.btrfs_resize(&words[3])?,
            name if name.starts_with("mkfs.") => self.format(&last),
            "mkswap" => self.format_swap(&last),
            "cryptsetup" => return self.cryptsetup(command, &words),
            "btrfs" if self.keeps_subvolumes() && words[1] == "subvolume" => {
                return self.subvolume(&words);
            }
            "btrfs" | "fallocate" => self.put_below_mnt(&words, &last),
            "mount" => {
                let device = words.get(words.len() - 2).unwrap();
                self.check_subvolume(words.get(4).unwrap())?;
                if self.formatted.contains_key(Path::new(device)) {
                    self.mounts.push((last, words.get(4).unwrap().clone()));
                } else {
                    return Err("wrong fs type".to_owned());
                }
            }
            "umount" => {
                let spoil = (last == Path::new("/mnt")).then(|| self.spoil.take());
                if let Some(spoil) = spoil.flatten() {
                    spoil(self);
                }
                let inner = self
                    .mounts
                    .iter()
                    .any(|(at, _)| *at != last && at.starts_with(&last));
                let known = self.mounts.iter().any(|(at, _)| *at == last);
                if inner || !known {
                    return Err("target is busy or not mounted".to_owned());
                }
                self.mounts.retain(|(at, _)| *at != last);
            }
            "nix" | "nix-build" => drop(self.links.insert("/.nevado/system".into(), SYSTEM.into())),
            "nixos-install" => self.install(),
            "chroot" if self.repeats_input => {
                return Err(format!(
                    "bad input: {}",
                    command.input.as_ref().unwrap().expose()
                ));
            }
            "chroot" => self.set_passwords(command.input.as_ref().unwrap().expose()),
            "blkid" => return self.identify(&last),
            _ => {}
        }
        Ok(String::new())
    }

    /// What the kernel sees after it was told of the table.
    fn read_table(&mut self) {
        self.check_cuts();
        let table = &self.plan.disk.table;
        let unit = table.sector_size.bytes() / 512;
        let apart = if self.disk.name.ends_with(|c: char| c.is_ascii_digit()) {
            "p"
        } else {
            ""
        };
        let name = |number| format!("{}{apart}{number}", self.disk.name);
        let shown = |number: u32, length: Sectors| {
            let mut kept = table.kept().iter().filter(|kept| kept.number == number);
            let kept = kept
                .next()
                .map(|kept| kept.shown_length(length, table.sector_size));
            kept.unwrap_or(length.0 * unit)
        };
        let kernel = |(number, start, length): (u32, Sectors, Sectors)| {
            let length = shown(number, length);
            (name(number), u64::from(number), start.0 * unit, length)
        };
        self.kernel = table.places().into_iter().map(kernel).collect();
        let partition = |number, start, length, id: PartitionId, kind: PartitionType| Partition {
            number,
            path: Path::new("/dev").join(name(number)),
            start,
            length,
            type_id: kind.to_string(),
            guid: Some(id.to_string()),
            name: None,
            content: Content::Blank,
            mounts: Vec::new(),
            attributes: 0,
            holders: Vec::new(),
        };
        let new = table.partitions.iter();
        let new = new.map(|p| {
            let kind = p.role.kind(table.id).unwrap();
            partition(p.number, p.start, p.length, p.id, kind)
        });
        let kept = table.kept().iter();
        let kept = kept.map(|p| partition(p.number, p.start, p.length, p.id, p.kind));
        let mut partitions: Vec<Partition> = new.chain(kept).collect();
        partitions.sort_by_key(|p| p.start);
        self.disk.table = Fact::Known(Table::Partitioned {
            kind: table.id.kind(),
            partitions,
            gaps: Vec::new(),
            hybrid: false,
            flaw: None,
        });
    }

    fn format(&mut self, device: &Path) {
        let made = self.plan.steps.iter().find_map(|step| match &step.action {
            Action::MakeFileSystem {
                device: made_in,
                file_system,
            } if made_in.path() == device => Some(file_system),
            _ => None,
        });
        let file_system: &NewFileSystem = made.expect("a device of the plan");
        let found = (file_system.name().to_owned(), file_system.identifier());
        self.formatted.insert(device.to_owned(), found);
    }

    fn format_swap(&mut self, device: &Path) {
        let made = self.plan.steps.iter().find_map(|step| match &step.action {
            Action::MakeSwap {
                device: made_in,
                uuid,
            } if made_in.path() == device => Some(uuid),
            _ => None,
        });
        if let Some(uuid) = made {
            let found = ("swap".to_owned(), uuid.to_string());
            self.formatted.insert(device.to_owned(), found);
        } else {
            assert!(device.starts_with("/mnt"), "a swap file is in the target");
        }
    }

    /// Swap files; what btrfs makes besides is not modelled.
    fn put_below_mnt(&mut self, words: &[String], path: &Path) {
        let is_file = words
            .iter()
            .any(|word| word == "mkswapfile" || word == "--length");
        if let (true, Ok(below)) = (is_file, path.strip_prefix("/mnt")) {
            self.put(below.to_str().unwrap(), b"swap");
        }
    }

    /// Containers of the plan; the passphrase must be the one that they were made with.
    fn cryptsetup(&mut self, command: &Command, words: &[String]) -> Result<String, String> {
        let last = words.last().unwrap();
        let passphrase = || command.input.as_ref().unwrap().expose().to_owned();
        let planned: Vec<_> = self
            .plan
            .steps
            .iter()
            .filter_map(|step| match &step.action {
                Action::Encrypt { partition, luks } => Some((*partition, luks.clone())),
                _ => None,
            })
            .collect();
        let in_partition = |path: &str| {
            let at = |id| Device::Partition(id).path() == Path::new(path);
            planned
                .iter()
                .find(|(id, _)| at(*id))
                .map(|(_, luks)| luks.clone())
        };
        match words.get(1).map(String::as_str) {
            Some("luksFormat") => {
                let luks = in_partition(last).ok_or("not planned")?;
                let found = ("crypto_LUKS".to_owned(), luks.uuid.to_string());
                self.formatted.insert(last.into(), found);
                self.containers.insert(luks.uuid, vec![passphrase()]);
                self.weak_keys = self
                    .weak_keys
                    .filter(|_| !words.contains(&"--pbkdf-force-iterations".to_owned()));
            }
            Some("luksAddKey") => {
                let luks = in_partition(last).ok_or("not planned")?;
                let keys = passphrase();
                let (old, new) = keys.split_once('\n').unwrap();
                let slots = self.containers.get_mut(&luks.uuid).ok_or("no container")?;
                if !slots.contains(&old.to_owned()) {
                    return Err("No key available with this passphrase.".to_owned());
                }
                slots.push(new.trim_end().to_owned());
            }
            Some("open") => {
                let luks = in_partition(last).or_else(|| in_partition(&words[words.len() - 2]));
                let luks = luks.ok_or("not planned")?;
                let slots = self.containers.get(&luks.uuid);
                if !slots.is_some_and(|keys| keys.contains(&passphrase())) {
                    return Err("No key available with this passphrase.".to_owned());
                }
                if words.contains(&"--test-passphrase".to_owned()) {
                    return Ok(String::new());
                }
                if self.open.contains(&luks.name.to_string()) {
                    return Err(format!("Device {} already exists.", luks.name));
                }
                self.open.push(luks.name.to_string());
            }
            Some("close") => {
                let used = self.mounts.iter().any(|(at, _)| at.starts_with("/mnt"))
                    || self.is_inside_mounted();
                let known = self.open.iter().any(|name| name == last);
                if used || !known {
                    return Err(format!("Device {last} is still in use or not open."));
                }
                self.open.retain(|name| name != last);
            }
            _ => {
                let luks = in_partition(last).ok_or("not planned")?;
                let kib = self.weak_keys.unwrap_or(luks.key_derivation.memory).0 / 1024;
                let kdf = format!(r#"{{"type":"argon2id","memory":{kib},"time":4,"cpus":2}}"#);
                let keys = self.containers.get(&luks.uuid).map_or(0, Vec::len);
                let slots = (0..keys).map(|slot| format!(r#""{slot}":{{"kdf":{kdf}}}"#));
                let slots: Vec<String> = slots.collect();
                return Ok(format!(r#"{{"keyslots":{{{}}}}}"#, slots.join(",")));
            }
        }
        Ok(String::new())
    }

    fn identify(&self, device: &Path) -> Result<String, String> {
        if device.starts_with("/mnt") {
            return Ok("TYPE=swap\n".to_owned());
        }
        let (kind, id) = self.formatted.get(device).ok_or("nothing found")?;
        let guid = device.file_name().unwrap().to_string_lossy();
        Ok(format!(
            "DEVNAME={}\nUUID={id}\nTYPE={kind}\nPART_ENTRY_UUID={guid}\n",
            device.display()
        ))
    }

    fn install(&mut self) {
        let profiles = Path::new("/nix/var/nix/profiles");
        self.links
            .insert(profiles.join("system"), "system-1-link".into());
        self.links
            .insert(profiles.join("system-1-link"), SYSTEM.into());
        self.put("etc/NIXOS", b"");
        let mut decisions = self.plan.decisions.iter();
        let zone = decisions.find(|d| d.field == "locale.time_zone").unwrap();
        let zone = Path::new("/etc/zoneinfo").join(&zone.value);
        self.links.insert("/etc/localtime".into(), zone);
        self.put(&format!("{SYSTEM}/init"), b"#!/bin/sh");
        let esp =
            |step: &Step| matches!(&step.action, Action::Mount { kind, .. } if kind == "vfat");
        let bios = !self.plan.steps.iter().any(esp);
        let loader = self.plan.steps.iter().find_map(|step| match &step.action {
            Action::InstallSystem { loader, .. } => Some(*loader),
            _ => None,
        });
        match loader.unwrap() {
            BootLoader::Grub if bios => self.install_grub(),
            BootLoader::Grub => self.install_grub_efi(),
            BootLoader::SystemdBoot => self.install_systemd_boot(),
            BootLoader::Limine => self.install_limine(),
        }
        self.put(
            "etc/shadow",
            b"root:!:1::::::\nelse:!:1::::::\nguest:!:1::::::\n",
        );
    }

    /// In sector 0, in the BIOS boot partition at 1 MiB or in the gap of an MBR, and in `/boot`.
    fn install_grub(&mut self) {
        let in_gap = self.plan.disk.table.id.guid().is_none();
        let core: u64 = if in_gap { 1 } else { 2048 };
        self.head[0x5C..0x64].copy_from_slice(&core.to_le_bytes());
        self.head[0x180..0x185].copy_from_slice(b"GRUB ");
        match in_gap {
            true => self.head[516..523].copy_from_slice(b"loading"),
            false => self.second[4..11].copy_from_slice(b"loading"),
        }
        // Where /boot is a file system of its own, NixOS copies kernels there.
        let mut partitions = self.plan.disk.table.partitions.iter();
        let (above, folder) = match partitions.any(|p| p.role == PartitionRole::Boot) {
            true => ("boot", "kernels"),
            false => ("", "nix/store"),
        };
        self.put(&format!("{above}/{folder}/k-linux/bzImage"), b"kernel");
        self.put(&format!("{above}/{folder}/i-initrd/initrd"), b"initrd");
        let menu = format!(
            "menuentry \"NixOS\" {{\nlinux ($drive1)/{folder}/k-linux/bzImage init={SYSTEM}/init\n\
             initrd ($drive1)/{folder}/i-initrd/initrd\n}}\n"
        );
        self.put("boot/grub/grub.cfg", menu.as_bytes());
    }

    fn loader_found(&self) -> LoaderFound {
        let mut steps = self.plan.steps.iter();
        let found = steps.find_map(|step| match &step.action {
            Action::InstallSystem { found, .. } => Some(*found),
            _ => None,
        });
        found.unwrap()
    }

    /// On the ESP, which is `/boot`.
    fn install_grub_efi(&mut self) {
        let image = match self.loader_found() {
            LoaderFound::ByEntry => "boot/EFI/NixOS-boot/grubx64.efi",
            LoaderFound::AtFallback => "boot/EFI/BOOT/BOOTX64.EFI",
        };
        self.put(image, b"finds (,gpt1)/grub");
        self.put("boot/kernels/k-linux-bzImage", b"kernel");
        self.put("boot/kernels/i-initrd-initrd", b"initrd");
        let menu = format!(
            "menuentry \"NixOS\" {{\nlinux ($drive1)//kernels/k-linux-bzImage init={SYSTEM}/init\n\
             initrd ($drive1)//kernels/i-initrd-initrd\n}}\n"
        );
        self.put("boot/grub/grub.cfg", menu.as_bytes());
    }

    fn install_limine(&mut self) {
        let image = match self.loader_found() {
            LoaderFound::ByEntry => "boot/efi/limine/BOOTX64.EFI",
            LoaderFound::AtFallback => "boot/efi/boot/BOOTX64.EFI",
        };
        self.put(image, b"finds /limine/limine.conf");
        self.put("boot/limine/kernels/k-bzImage", b"kernel");
        self.put("boot/limine/kernels/i-initrd", b"initrd");
        let menu = format!(
            "/+NixOS default profile\n//Generation 1\nprotocol: linux\n\
             kernel_path: boot():/limine/kernels/k-bzImage#00\ncmdline: init={SYSTEM}/init\n\
             module_path: boot():/limine/kernels/i-initrd#00\n"
        );
        self.put("boot/limine/limine.conf", menu.as_bytes());
    }

    fn install_systemd_boot(&mut self) {
        let mut partitions = self.plan.disk.table.partitions.iter();
        let esp = match partitions.any(|p| p.role == PartitionRole::Xbootldr) {
            true => "efi",
            false => "boot",
        };
        let (own, fallback) = match self.plan.architecture {
            Architecture::X86_64 => ("systemd-bootx64.efi", "BOOTX64.EFI"),
            Architecture::Aarch64 => ("systemd-bootaa64.efi", "BOOTAA64.EFI"),
        };
        self.put(&format!("{esp}/EFI/systemd/{own}"), b"loader");
        self.put(&format!("{esp}/EFI/BOOT/{fallback}"), b"loader");
        self.put("boot/EFI/nixos/k.efi", b"kernel");
        self.put("boot/EFI/nixos/i.efi", b"initrd");
        let entry = format!(
            "title NixOS\nlinux /EFI/nixos/k.efi\ninitrd /EFI/nixos/i.efi\noptions init={SYSTEM}/init\n"
        );
        self.put(
            "boot/loader/entries/nixos-generation-1.conf",
            entry.as_bytes(),
        );
    }

    fn set_passwords(&mut self, input: &str) {
        let lines: Vec<String> = input
            .lines()
            .map(|line| format!("{line}:20000::::::"))
            .collect();
        self.put("etc/shadow", lines.join("\n").as_bytes());
    }
}
