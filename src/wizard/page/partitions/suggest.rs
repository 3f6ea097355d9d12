//! What the other layouts would do with a disk, written partition by partition: something to begin
//! with.

use crate::machine::Disk;
use crate::plan::{Action, Plan, Seed, Survey, outline};
use crate::preset::{
    DiskPreset, FileSystemKind, Layout, ManualAction, ManualDisk, ManualPartition, ManualSubvolume,
    ManualTable, PartSize, PartitionFormat, PartitionMatch, PartitionType, Preset, Size, Swap,
};
use crate::storage::{Device, KeptPartition, NewPartition, PartitionRole, TargetPath};
use crate::wizard::draft::choice_of;

/// The disk as a layout would have it, as far as that is possible.
pub(super) fn suggestion(
    survey: &Survey<'_>,
    preset: &Preset,
    disk: &Disk,
    layout: Layout,
) -> Option<ManualDisk> {
    let choose = choice_of(disk);
    let mut preset = preset.clone();
    preset.disk = DiskPreset {
        choose: choose.clone(),
        ..preset.disk.with_layout(layout)
    };
    // Identifiers are no part of what is suggested.
    let plan = outline(survey, &preset, Seed::new([0; 32])).ok()?;
    let hibernation = preset.disk.swap == Some(Swap::Hibernate);
    let found = Found { plan: &plan };
    let kept = plan.disk.table.kept().iter();
    let kept = kept.filter_map(|kept| found.kept(kept));
    let new = plan.disk.table.partitions.iter();
    let new = new.map(|new| found.created(new, hibernation));
    let table = match plan.disk.table.base.is_new() {
        true => ManualTable::New,
        false => ManualTable::Keep,
    };
    Some(ManualDisk {
        choose,
        table,
        partitions: kept.chain(new).collect(),
    })
}

/// Where a swap file lies that has a subvolume of its own, which the plan adds by itself.
const SWAP_FILES: &str = "/swap";

/// What a plan has, by the numbers of partitions.
struct Found<'p> {
    plan: &'p Plan,
}

impl Found<'_> {
    fn actions(&self) -> impl Iterator<Item = &Action> {
        self.plan.steps.iter().map(|step| &step.action)
    }

    /// The number of the partition that a device is, or lies in.
    fn number(&self, device: &Device) -> Option<u32> {
        let table = &self.plan.disk.table;
        match device {
            Device::Partition(partition) => table.number_of(*partition),
            Device::Mapped { luks, .. } => self.actions().find_map(|action| match action {
                Action::Encrypt {
                    partition,
                    luks: made,
                } if made.uuid == *luks => table.number_of(*partition),
                _ => None,
            }),
        }
    }

    fn mounts(&self, number: u32) -> Vec<(&TargetPath, &[String])> {
        let mounts = self.actions().filter_map(|action| match action {
            Action::Mount {
                device,
                at,
                options,
                ..
            } if self.number(device) == Some(number) => Some((at, options.as_slice())),
            _ => None,
        });
        mounts.collect()
    }

    /// A partition that stays, if it is mounted or gets another size.
    fn kept(&self, kept: &KeptPartition) -> Option<ManualPartition> {
        let mounts = self.mounts(kept.number);
        let at = mounts.first().map(|(at, _)| at);
        let unit = self.plan.disk.table.sector_size;
        let is_resized = kept.length_now.is_some_and(|now| now != kept.length);
        (at.is_some() || is_resized).then(|| ManualPartition {
            partition: Some(PartitionMatch {
                number: Some(kept.number),
                ..PartitionMatch::default()
            }),
            action: is_resized.then_some(ManualAction::Resize),
            size: is_resized.then(|| PartSize::Exactly(Size(kept.length.bytes(unit)))),
            mount: at.and_then(|at| at.as_path().to_str()?.parse().ok()),
            ..ManualPartition::default()
        })
    }

    fn created(&self, new: &NewPartition, hibernation: bool) -> ManualPartition {
        let table = &self.plan.disk.table;
        let is_root = matches!(
            new.role,
            PartitionRole::RootX86_64 | PartitionRole::RootAarch64
        );
        let size = match is_root {
            true => PartSize::Rest,
            false => PartSize::Exactly(Size(new.length.bytes(table.sector_size))),
        };
        let before = table
            .kept()
            .iter()
            .rev()
            .find(|kept| kept.start < new.start && !kept.is_logical());
        let gap_after = (!table.base.is_new()).then(|| before.map_or(0, |kept| kept.number));
        let is_swap = new.role == PartitionRole::Swap;
        let mut made = ManualPartition {
            size: Some(size),
            gap_after,
            kind: (new.role == PartitionRole::BiosBoot).then_some(PartitionType::BiosBoot),
            file_system: self.format(new),
            encrypt: self.is_encrypted(new.number).then_some(true),
            hibernation: (is_swap && hibernation).then_some(true),
            ..ManualPartition::default()
        };
        for (at, options) in self.mounts(new.number) {
            let Some(path) = at.as_path().to_str().filter(|path| *path != SWAP_FILES) else {
                continue;
            };
            let subvolume = options.iter().find_map(|o| o.strip_prefix("subvol="));
            let name = subvolume.map(|name| name.trim_start_matches('/').to_owned());
            match name.map(TryInto::try_into) {
                Some(Ok(name)) => made.subvolumes.push(ManualSubvolume {
                    name,
                    action: None,
                    mount: path.parse().ok(),
                }),
                _ => made.mount = path.parse().ok(),
            }
        }
        made
    }

    fn is_encrypted(&self, number: u32) -> bool {
        let table = &self.plan.disk.table;
        self.actions().any(|action| {
            matches!(action, Action::Encrypt { partition, .. }
                if table.number_of(*partition) == Some(number))
        })
    }

    fn format(&self, new: &NewPartition) -> Option<PartitionFormat> {
        if new.role == PartitionRole::Swap {
            return Some(PartitionFormat::Swap);
        }
        let name = self.actions().find_map(|action| match action {
            Action::MakeFileSystem {
                device,
                file_system,
            } if self.number(device) == Some(new.number) => Some(file_system.name()),
            _ => None,
        })?;
        let kinds = FileSystemKind::ALL.map(PartitionFormat::from);
        let mut all = kinds.into_iter().chain([PartitionFormat::Vfat]);
        all.find(|format| format.to_string() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Machine;
    use crate::plan::resolve;
    use crate::preset::Encryption;
    use crate::units::Sectors;

    fn places(plan: &Plan) -> Vec<(u32, Sectors, Sectors, PartitionRole)> {
        let new = plan.disk.table.partitions.iter();
        new.map(|p| (p.number, p.start, p.length, p.role)).collect()
    }

    fn mounts(plan: &Plan) -> Vec<String> {
        let mounts = plan.steps.iter().filter_map(|step| match &step.action {
            Action::Mount { at, kind, .. } => Some(format!("{kind} {}", at.as_path().display())),
            _ => None,
        });
        let mut mounts: Vec<String> = mounts.collect();
        mounts.sort();
        mounts
    }

    /// Suggests, and compares what is planned for it with what the layout itself does.
    fn is_the_same(machine: &Machine, preset: &Preset, disk: &Disk, layout: Layout) -> bool {
        let seed = Seed::new([5; 32]);
        let is_bios = machine.firmware.known() == Some(&crate::machine::Firmware::Bios);
        let is_gpt = crate::storage::ExistingTable::of(disk).is_ok_and(|t| t.id.guid().is_some());
        if is_bios && is_gpt && layout == Layout::Free {
            // GRUB would use the place of the one that is there, which a person can't say.
            return false;
        }
        let mut direct = preset.clone();
        direct.disk = preset.disk.with_layout(layout);
        direct.disk.choose = choice_of(disk);
        let Ok(expected) = resolve(machine, &direct, seed) else {
            return false;
        };
        let Some(suggested) = suggestion(&Survey::of(machine), preset, disk, layout) else {
            return false;
        };
        let mut manual = preset.clone();
        manual.disk = preset.disk.with_layout(Layout::Manual);
        if matches!(manual.disk.swap, Some(Swap::Partition | Swap::Hibernate)) {
            manual.disk.swap = None;
        }
        manual.disk.disks = vec![suggested];
        let plan = resolve(machine, &manual, seed).unwrap_or_else(|error| {
            panic!("{} {layout}: {error}", disk.path.display());
        });
        assert_eq!(places(&plan), places(&expected), "{}", disk.path.display());
        assert_eq!(mounts(&plan), mounts(&expected), "{}", disk.path.display());
        true
    }

    #[test]
    fn what_is_suggested_is_what_the_layout_itself_does() {
        let text = "version = 1\n[[users]]\nname = \"ada\"\nadministrator = true\n";
        let plain = crate::preset::read(text, "ada").unwrap();
        let mut secret = plain.clone();
        secret.disk.encrypt = Some(Encryption::On(crate::preset::Keys::default()));
        secret.disk.file_system = Some(FileSystemKind::Btrfs);
        secret.disk.swap = Some(Swap::Hibernate);
        let mut done = [0, 0];
        for file in std::fs::read_dir("tests/machines").unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let machine: Machine = serde_json::from_str(&text).unwrap();
            for disk in machine.disks.known().into_iter().flatten() {
                for preset in [&plain, &secret] {
                    let erase = is_the_same(&machine, preset, disk, Layout::Erase);
                    let free = is_the_same(&machine, preset, disk, Layout::Free);
                    done[0] += u32::from(erase);
                    done[1] += u32::from(free);
                }
            }
        }
        assert!(done[0] > 20 && done[1] > 4, "{done:?}");
    }
}
