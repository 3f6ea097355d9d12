//! The files of `/etc/nixos`.

use super::{Draft, internal};
use crate::nixos::{self, BootLoader, FileSystemEntry};
use crate::plan::{Problem, TargetFile, TargetPath};
use crate::preset::Choices;
use crate::storage::{MountPoint, Start, Volume, in_mount_order};

impl Draft<'_> {
    /// The configuration, as it is written into the target.
    pub(super) fn files(
        &self,
        choices: &Choices,
        volumes: &[Volume],
    ) -> Result<Vec<TargetFile>, Problem> {
        let entries: Vec<FileSystemEntry> =
            in_mount_order(volumes).into_iter().map(entry).collect();
        let system = nixos::System {
            choices,
            release: &self.release,
            architecture: self.machine.architecture,
            boot_loader: match self.start {
                Start::Esp => BootLoader::SystemdBoot {
                    efi_variables: !self.disk.removable,
                },
                Start::BiosBoot => BootLoader::Grub {
                    device: self.disk.lasting_path().clone(),
                },
            },
            hardware: &self.machine.hardware,
            file_systems: &entries,
        };
        let written =
            nixos::configuration(&system).map_err(|error| internal(&error.to_string()))?;
        let file = |name: &str, text: String| {
            let path = TargetPath::try_from(std::path::Path::new("/etc/nixos").join(name))
                .map_err(|error| internal(&error.to_string()))?;
            Ok(TargetFile {
                path,
                mode: 0o644,
                text,
            })
        };
        Ok(vec![
            file("configuration.nix", written.configuration)?,
            file("hardware-configuration.nix", written.hardware_configuration)?,
        ])
    }
}

fn entry((volume, mount): (&Volume, &MountPoint)) -> FileSystemEntry {
    FileSystemEntry {
        mount_point: mount.at.to_string(),
        device: volume.configured_device(),
        kind: volume.file_system.name().to_owned(),
        options: mount.options.clone(),
    }
}
