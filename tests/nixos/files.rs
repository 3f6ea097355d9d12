//! The two files as people will see them, reviewed as snapshots.

use super::every_choice::every_setting;
use super::systems::Sample;
use nevado::machine::{Architecture, HardwareScan};
use nevado::nixos::{BootLoader, Kernels};
use nevado::preset::Environment;

/// Every file, one below the other.
fn files(sample: &Sample) -> String {
    let files = nevado::nixos::files(&sample.system()).unwrap();
    let texts: Vec<String> = files.into_iter().map(|file| file.text).collect();
    texts.join(&format!("{}\n", "─".repeat(80)))
}

#[test]
fn a_laptop_with_gnome() {
    let sample = Sample::new(
        "
        locale = { language = 'en_GB.UTF-8', formats = 'de_DE.UTF-8', time_zone = 'Europe/Berlin' }
        keyboard = { layout = 'de', variant = 'nodeadkeys', options = ['caps:escape', 'compose:ralt'] }
        network = { host_name = 'atlas' }
        desktop = { environment = 'gnome' }
        software = { unfree = true, packages = ['git', 'kdePackages.kate', 'git'] }
        [[users]]
        name = 'ada.l'
        full_name = 'Ada \"Countess\" ${Lovelace}'
        administrator = true
        [[users]]
        name = 'else'
        ",
    );
    insta::assert_snapshot!(files(&sample));
}

#[test]
fn a_virtual_machine_with_plasma_and_a_greek_keyboard() {
    let mut sample = Sample::new(
        "
        keyboard = { layout = 'gr', variant = 'polytonic' }
        disk = { swap = 'none' }
        desktop = { environment = 'plasma6' }
        [[users]]
        name = 'eleni'
        full_name = 'Ελένη'
        administrator = true
        ",
    );
    sample.hardware = HardwareScan {
        initrd_available_modules: ["virtio_blk".to_owned()].into(),
        imports: ["profiles/qemu-guest.nix".to_owned()].into(),
        ..HardwareScan::default()
    };
    insta::assert_snapshot!(files(&sample));
}

#[test]
fn a_server_on_a_removable_disk() {
    let mut sample = Sample::new("system = { state_version = '25.11' }");
    sample.architecture = Architecture::Aarch64;
    sample.boot_loader = BootLoader::SystemdBoot {
        efi_variables: false,
        kernels: Kernels::OnXbootldr,
    };
    sample.hardware = HardwareScan {
        initrd_available_modules: ["usb_storage".to_owned(), "xhci_pci".to_owned()].into(),
        imports: sample.hardware.imports,
        ..HardwareScan::default()
    };
    insta::assert_snapshot!(files(&sample));
}

#[test]
fn other_boot_loaders() {
    let mut sample = Sample::new("system = { generations = 5 }");
    let mut texts = Vec::new();
    for boot_loader in [
        BootLoader::GrubEfi {
            efi_variables: true,
            kernels: Kernels::OnXbootldr,
            lists_others: true,
        },
        BootLoader::GrubEfi {
            efi_variables: false,
            kernels: Kernels::OnEsp,
            lists_others: false,
        },
        BootLoader::Limine {
            efi_variables: true,
        },
    ] {
        sample.windows_stays = texts.is_empty();
        sample.boot_loader = boot_loader;
        let text = sample.text("configuration.nix");
        let boot = text.split("\n\n").find(|part| part.contains("boot.loader"));
        texts.push(boot.unwrap().to_owned());
    }
    insta::assert_snapshot!(texts.join("\n\n"));
}

#[test]
fn every_desktop() {
    for desktop in Environment::ALL {
        let id = serde_json::to_value(desktop).unwrap();
        let sample = Sample::new(&format!(
            "
            locale = {{ language = 'de_DE.UTF-8', time_zone = 'Europe/Berlin' }}
            keyboard = {{ layout = 'de' }}
            desktop = {{ environment = {id}, autologin = 'ada' }}
            [[users]]
            name = 'ada'
            full_name = 'Ada Lovelace'
            administrator = true
            "
        ));
        let name = format!("desktop_{}", id.as_str().unwrap());
        insta::assert_snapshot!(name, sample.text("configuration.nix"));
    }
}

#[test]
fn a_bios_machine() {
    let mut sample = Sample::new("");
    sample.boot_loader = BootLoader::Grub {
        lists_others: true,
        device: "/dev/disk/by-id/ata-HTS541010G9SA00_MP2ZM4".into(),
    };
    sample.file_systems.truncate(1);
    insta::assert_snapshot!(files(&sample));
}

#[test]
fn a_file_for_each_concern() {
    let sample = Sample::new(
        "
        configuration = { files = 'split' }
        locale = { language = 'de_DE.UTF-8' }
        desktop = { environment = 'xfce' }
        system = { delete_after_days = 30 }
        [[users]]
        name = 'ada'
        administrator = true
        ",
    );
    let files = nevado::nixos::files(&sample.system()).unwrap();
    let names: Vec<&str> = files.iter().map(|file| file.name).collect();
    // Nothing to say of devices, so there is no file for them.
    let expected = "configuration.nix boot.nix network.nix locale.nix desktop.nix users.nix \
                    software.nix upkeep.nix hardware-configuration.nix";
    assert_eq!(names.join(" "), expected);
    insta::assert_snapshot!(self::files(&sample));
}

#[test]
fn every_hardware_setting() {
    let mut sample = Sample::new("");
    sample.hardware = HardwareScan {
        initrd_modules: ["dm-snapshot".to_owned()].into(),
        module_packages: ["broadcom_sta".to_owned()].into(),
        settings: every_setting().into(),
        ..sample.hardware
    };
    insta::assert_snapshot!(sample.text("hardware-configuration.nix"));
}

#[test]
fn neither_passwords_nor_hashes_are_written() {
    let hash = "$y$j9T$abcdefghijklmnop$ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefg";
    let sample = Sample::new(&format!(
        "
        root = {{ password = {{ plain = 'correct horse' }} }}
        users = [
            {{ name = 'ada', password = {{ plain = 'battery staple' }} }},
            {{ name = 'bob', password = {{ hash = '{hash}' }}, administrator = true }},
        ]
        "
    ));
    let text = files(&sample);
    assert!(text.contains("users.users.bob"), "{text}");
    for secret in ["horse", "staple", hash] {
        assert!(!text.contains(secret), "{secret} is in\n{text}");
    }
}
