//! The order of an install.

use super::Draft;
use crate::plan::layout::{Arranged, look_again};
use crate::plan::{Account, Action, PlannedDisk, TargetFile};
use crate::preset::{Choices, FileSystemKind, Shape};
use crate::storage::{
    Container, Device, FileSystemVolume, KeptSubvolumes, KeptVolume, MountPoint, NewSwapFile,
    Volume, VolumeContent, in_mount_order,
};

impl Draft<'_> {
    /// Every step, in order.
    pub(super) fn steps(
        &self,
        choices: &Choices,
        arranged: &Arranged,
        files: Vec<TargetFile>,
    ) -> Vec<Action> {
        // What the firmware starts is on one of them.
        let found = arranged.disks.get(arranged.starts);
        let Some((start, starts)) = found.zip(self.disks.get(arranged.starts).copied()) else {
            return Vec::new();
        };
        let (disks, volumes) = (&arranged.disks, &arranged.volumes);
        let path = |disk: &PlannedDisk| disk.identity.path.clone();
        let changed = || disks.iter().filter(|disk| disk.changes_table());
        let mut steps = vec![Action::Evaluate {
            files: files.clone(),
        }];
        // Every disk is looked at before any is written to.
        steps.extend(disks.iter().map(|disk| Action::CheckIdentity {
            disk: disk.identity.clone(),
        }));
        steps.extend(arranged.kept_containers().map(|(partition, luks)| {
            let luks = luks.clone();
            Action::TryContainer { partition, luks }
        }));
        steps.extend(look_again::step(self.machine(), arranged));
        steps.extend(
            disks
                .iter()
                .map(path)
                .map(|disk| Action::SaveTable { disk }),
        );
        steps.push(Action::Inhibit);
        steps.extend(disks.iter().map(path).map(|disk| Action::Release { disk }));
        let subvolumes = &arranged.subvolumes;
        steps.extend(tries(&arranged.kept, subvolumes));
        steps.extend(subvolumes.iter().cloned().map(Action::FindSubvolumes));
        steps.extend(arranged.larger.iter().cloned().map(Action::LookOver));
        steps.extend(arranged.smaller.iter().cloned().map(Action::Shrink));
        steps.extend(changed().map(path).map(|disk| Action::Wipe { disk }));
        steps.extend(changed().map(|disk| Action::WriteTable {
            disk: disk.identity.path.clone(),
            table: disk.table.clone(),
        }));
        steps.extend(arranged.larger.iter().cloned().map(Action::Grow));
        steps.extend(volumes.iter().flat_map(make));
        steps.extend(subvolumes.iter().flat_map(change_subvolumes));
        steps.extend(arranged.kept.iter().filter_map(open_kept));
        steps.extend(mounts(volumes, &arranged.kept));
        steps.extend(volumes.iter().filter_map(swap_file));
        steps.extend(arranged.swap_file.iter().map(kept_swap_file));
        steps.push(Action::WriteFiles { files });
        let flake = choices.shape == Shape::Flake;
        let loader = self.loader(choices, &start.table);
        steps.push(Action::Build {
            flake: flake.then(|| choices.host_name.clone()),
        });
        steps.push(Action::InstallSystem {
            // A flake has nixpkgs by its lock.
            channel: self.nixpkgs.channel.clone().filter(|_| !flake),
            loader,
            found: self.loader_found(starts),
        });
        let accounts = self.accounts();
        if !accounts.is_empty() {
            steps.push(Action::SetPasswords { accounts });
        }
        if choices.carry_over {
            steps.push(Action::CarryConnections);
        }
        steps.extend([Action::KeepRecord, Action::Unmount, Action::Verify]);
        steps
    }

    fn accounts(&self) -> Vec<Account> {
        let root = self.preset.root.iter().map(|_| Account::Root);
        root.chain(
            self.preset
                .users
                .iter()
                .map(|user| Account::User(user.name.clone())),
        )
        .collect()
    }
}

/// Everything that is done in one partition, from the outside in.
fn make(volume: &Volume) -> Vec<Action> {
    let partition = volume.partition;
    let mut steps = Vec::new();
    match volume.container.clone() {
        Some(Container::New(luks)) => {
            steps.push(Action::Encrypt {
                partition,
                luks: luks.clone(),
            });
            steps.push(Action::OpenEncrypted { partition, luks });
        }
        Some(Container::Kept(luks)) => steps.push(Action::OpenKept { partition, luks }),
        None => {}
    }
    let device = volume.device();
    if let Some(Container::Kept(_)) = volume.container {
        let device = device.clone();
        steps.push(Action::WipeInside { device });
    }
    match &volume.content {
        VolumeContent::Swap(swap) => steps.push(Action::MakeSwap {
            device,
            uuid: swap.uuid,
        }),
        VolumeContent::FileSystem(made) => {
            steps.push(Action::MakeFileSystem {
                device: device.clone(),
                file_system: made.file_system.clone(),
            });
            if !made.subvolumes.is_empty() {
                steps.push(Action::MakeSubvolumes {
                    device,
                    subvolumes: made.subvolumes.clone(),
                });
            }
        }
    }
    steps
}

/// What goes in a btrfs that stays, and then what is made in it.
fn change_subvolumes(named: &KeptSubvolumes) -> Vec<Action> {
    let partition = named.partition;
    let delete = (!named.gone.is_empty()).then(|| Action::DeleteSubvolumes {
        partition,
        subvolumes: named.gone.clone(),
    });
    let make = (!named.new.is_empty()).then(|| Action::MakeSubvolumes {
        device: Device::Partition(partition),
        subvolumes: named.new.clone(),
    });
    delete.into_iter().chain(make).collect()
}

/// What stays and is mounted, each once; where subvolumes are looked for, that mounts it.
fn tries(kept: &[KeptVolume], subvolumes: &[KeptSubvolumes]) -> Vec<Action> {
    let mut tried: Vec<Device> = subvolumes
        .iter()
        .map(|named| Device::Partition(named.partition))
        .collect();
    let mut steps = Vec::new();
    for kept in kept {
        if tried.contains(&kept.device()) {
            continue;
        }
        tried.push(kept.device());
        steps.push(Action::TryMount {
            partition: kept.partition,
            container: kept.container.clone(),
            kind: kept.kind.clone(),
        });
    }
    steps
}

fn open_kept(kept: &KeptVolume) -> Option<Action> {
    let luks = kept.container.clone()?;
    let partition = kept.partition;
    Some(Action::OpenKept { partition, luks })
}

fn swap_file(volume: &Volume) -> Option<Action> {
    let made = volume.file_system()?;
    let file = made.swap_file.as_ref()?;
    Some(Action::MakeSwapFile {
        at: file.at.clone(),
        size: file.size,
        file_system: made.file_system.kind()?,
    })
}

/// A swap file in a btrfs that stays.
fn kept_swap_file(file: &NewSwapFile) -> Action {
    Action::MakeSwapFile {
        at: file.at.clone(),
        size: file.size,
        file_system: FileSystemKind::Btrfs,
    }
}

/// What is mounted, each after those that it lies below.
fn mounts(volumes: &[Volume], kept: &[KeptVolume]) -> Vec<Action> {
    let new = in_mount_order(volumes).into_iter();
    let new = new.map(|found| (found.2.depth(), mount(found)));
    let kept = kept
        .iter()
        .map(|kept| (kept.mount.depth(), mount_kept(kept)));
    let mut all: Vec<(usize, Action)> = new.chain(kept).collect();
    all.sort_by_key(|(depth, _)| *depth);
    all.into_iter().map(|(_, action)| action).collect()
}

fn mount((volume, made, mount): (&Volume, &FileSystemVolume, &MountPoint)) -> Action {
    Action::Mount {
        device: volume.device(),
        at: mount.at.clone(),
        kind: made.file_system.name().to_owned(),
        options: mount.options.clone(),
    }
}

fn mount_kept(kept: &KeptVolume) -> Action {
    Action::Mount {
        device: kept.device(),
        at: kept.mount.at.clone(),
        kind: kept.kind.clone(),
        options: kept.mount.options.clone(),
    }
}
