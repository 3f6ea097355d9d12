//! The order of an install.

use super::Draft;
use crate::plan::{Account, Action, DiskIdentity, TargetFile};
use crate::storage::{MountPoint, NewTable, Volume, in_mount_order};

impl Draft<'_> {
    /// Every step, in order.
    pub(super) fn steps(
        &self,
        table: &NewTable,
        volumes: &[Volume],
        files: Vec<TargetFile>,
    ) -> Vec<Action> {
        let disk = self.disk.path.clone();
        let mut steps = vec![
            Action::Evaluate {
                files: files.clone(),
            },
            Action::CheckIdentity {
                disk: DiskIdentity::of(self.disk),
            },
            Action::SaveTable { disk: disk.clone() },
            Action::Inhibit,
            Action::Release { disk: disk.clone() },
            Action::Wipe { disk: disk.clone() },
            Action::WriteTable {
                disk,
                table: table.clone(),
            },
        ];
        steps.extend(volumes.iter().map(make));
        steps.extend(in_mount_order(volumes).into_iter().map(mount));
        steps.push(Action::WriteFiles { files });
        steps.push(Action::Build);
        steps.push(Action::InstallSystem {
            channel: self.nixpkgs.channel.clone(),
        });
        let accounts = self.accounts();
        if !accounts.is_empty() {
            steps.push(Action::SetPasswords { accounts });
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

fn make(volume: &Volume) -> Action {
    Action::MakeFileSystem {
        device: volume.device(),
        file_system: volume.file_system.clone(),
    }
}

fn mount((volume, mount): (&Volume, &MountPoint)) -> Action {
    Action::Mount {
        device: volume.device(),
        at: mount.at.clone(),
        kind: volume.file_system.name().to_owned(),
        options: mount.options.clone(),
    }
}
