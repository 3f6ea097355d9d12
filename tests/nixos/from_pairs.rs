//! A combination as the system that is written down, without a plan: for the tests that look at
//! options before they are text.

use super::systems::pairs::{Combination, Layout};
use super::systems::{Sample, mount};
use nevado::machine::{Architecture, HardwareSetting};
use nevado::nixos::{BootLoader, Computer, EncryptedEntry, Kernels, SwapEntry};
use nevado::units::Bytes;

impl Combination {
    /// The system of this combination.
    pub(crate) fn sample(&self) -> Sample {
        let mut sample = Sample::new(&self.preset);
        sample.release = self.release.parse().unwrap();
        sample.computer = self.computer();
        if sample.computer.laptop {
            sample
                .hardware
                .settings
                .insert(HardwareSetting::Fingerprint);
        }
        if self.computer == "aarch64" {
            sample.architecture = Architecture::Aarch64;
        }
        sample.windows_stays = self.layout.is_beside_windows();
        sample.boot_loader = self.boot_loader();
        self.store(&mut sample);
        sample
    }

    /// What is mounted, opened and swapped to.
    fn store(&self, sample: &mut Sample) {
        if self.is_bios() {
            sample.file_systems.truncate(1);
        }
        if self.layout == Layout::KeepHome {
            let home = mount("/home", "5d2c0f04-7a1e-4b93-8f60-c41d9be2a704", "ext4", &[]);
            sample.file_systems.push(home);
        }
        if self.is_encrypted() {
            sample.encrypted.push(EncryptedEntry {
                name: "root".to_owned(),
                device: "/dev/disk/by-uuid/3b0f1f6a-5d43-4d7f-9d61-0e2a7c55b9f1".to_owned(),
                discards: true,
            });
        }
        let is = |kind: &str| self.preset.contains(&format!("swap = '{kind}'"));
        let (on_disk, in_file) = (is("partition") || is("hibernate"), is("file"));
        if on_disk || in_file {
            sample.swap.push(SwapEntry {
                device: match in_file {
                    true => "/swapfile".to_owned(),
                    false => "/dev/disk/by-uuid/9c6d5d9b-0c1e-4a39-8d24-51e6f0b7a3c2".to_owned(),
                },
                file_size: in_file.then(|| Bytes::gib(4)),
                hibernation: is("hibernate"),
            });
        }
    }

    fn boot_loader(&self) -> BootLoader {
        let efi_variables = !self.computer.contains(',');
        let kernels = match self.layout {
            Layout::FreeBesideSmallEsp => Kernels::OnXbootldr,
            _ => Kernels::OnEsp,
        };
        if self.is_bios() {
            return BootLoader::Grub {
                lists_others: !matches!(self.layout, Layout::Erase | Layout::Manual),
                device: "/dev/disk/by-id/ata-HTS541010G9SA00_MP2ZM4".into(),
            };
        }
        if self.preset.contains("'grub'") {
            return BootLoader::GrubEfi {
                efi_variables,
                kernels,
                lists_others: self.layout.is_beside_windows(),
            };
        }
        if self.preset.contains("'limine'") {
            return BootLoader::Limine { efi_variables };
        }
        BootLoader::SystemdBoot {
            efi_variables,
            kernels,
        }
    }

    /// A computer with these graphics units.
    fn computer(&self) -> Computer {
        Computer {
            graphics: self.graphics_cards(),
            laptop: self.graphics.contains("laptop"),
            intel: self.graphics.contains("Intel"),
            physical: self.graphics != "QEMU",
            qemu: self.graphics == "QEMU",
            uefi: self.computer.contains("UEFI"),
        }
    }
}
