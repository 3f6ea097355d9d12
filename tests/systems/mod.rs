//! Systems to write down, for the tests of the Nix text: every choice, on made-up hardware.

mod covering;
pub(crate) mod pairs;

use nevado::machine::{Architecture, HardwareScan, HardwareSetting};
use nevado::nixos::{
    BootLoader, Computer, EncryptedEntry, FileSystemEntry, Kernels, Pin, SwapEntry, System,
};
use nevado::preset::{Choices, Release, UserName, read};
use std::collections::BTreeMap;

/// Everything that a [`System`] borrows.
pub(crate) struct Sample {
    pub(crate) choices: Choices,
    pub(crate) release: Release,
    pub(crate) architecture: Architecture,
    pub(crate) flake: Option<Pin>,
    pub(crate) boot_loader: BootLoader,
    pub(crate) windows_stays: bool,
    pub(crate) would_take_others: bool,
    pub(crate) computer: Computer,
    pub(crate) hardware: HardwareScan,
    pub(crate) file_systems: Vec<FileSystemEntry>,
    pub(crate) encrypted: Vec<EncryptedEntry>,
    pub(crate) swap: Vec<SwapEntry>,
    pub(crate) numbers: BTreeMap<UserName, u16>,
}

impl Sample {
    /// A laptop with an Intel processor, set up by a preset without its `version` line.
    pub(crate) fn new(preset: &str) -> Self {
        let release: Release = "26.05".parse().unwrap();
        let preset = read(&format!("version = 1\n{preset}"), "sample").unwrap();
        let (choices, _) = Choices::new(&preset, &release).unwrap();
        let set = |words: &str| words.split(' ').map(str::to_owned).collect();
        Self {
            choices,
            release,
            architecture: Architecture::X86_64,
            flake: None,
            boot_loader: BootLoader::SystemdBoot {
                efi_variables: true,
                kernels: Kernels::OnEsp,
            },
            windows_stays: false,
            would_take_others: false,
            computer: Computer::default(),
            hardware: HardwareScan {
                initrd_available_modules: set(
                    "ahci nvme sd_mod thunderbolt usb_storage usbhid xhci_pci",
                ),
                kernel_modules: set("kvm-intel"),
                imports: set("installer/scan/not-detected.nix"),
                settings: [HardwareSetting::IntelMicrocode].into(),
                ..HardwareScan::default()
            },
            file_systems: vec![
                mount("/", "0f7e6a52-2c1b-4d0e-9a43-6f1d2b8c7e90", "ext4", &[]),
                mount("/boot", "5A3C-91F7", "vfat", &["fmask=0077", "dmask=0077"]),
            ],
            encrypted: Vec::new(),
            swap: Vec::new(),
            numbers: BTreeMap::new(),
        }
    }

    /// The text of one of its files.
    pub(crate) fn text(&self, name: &str) -> String {
        let files = nevado::nixos::files(&self.system()).unwrap().into_iter();
        let mut named = files.filter(|file| file.name == name);
        named.next().unwrap().text
    }

    /// The system to be written down.
    pub(crate) fn system(&self) -> System<'_> {
        System {
            choices: &self.choices,
            release: &self.release,
            architecture: self.architecture,
            flake: self.flake.clone(),
            boot_loader: self.boot_loader.clone(),
            windows_stays: self.windows_stays,
            would_take_others: self.would_take_others,
            computer: self.computer.clone(),
            hardware: &self.hardware,
            file_systems: &self.file_systems,
            encrypted: &self.encrypted,
            swap: &self.swap,
            numbers: &self.numbers,
        }
    }
}

/// A mount of a file system of this identifier and kind.
pub(crate) fn mount(path: &str, uuid: &str, kind: &str, options: &[&str]) -> FileSystemEntry {
    FileSystemEntry {
        mount_point: path.to_owned(),
        device: format!("/dev/disk/by-uuid/{uuid}"),
        kind: kind.to_owned(),
        options: options.iter().map(|&option| option.to_owned()).collect(),
    }
}
