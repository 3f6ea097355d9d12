//! GRUB and Limine from UEFI: what starts the system is read back, and what would not is found.

use super::read_back::forget;
use super::*;
use crate::preset::BootLoader;

fn system(loader: BootLoader) -> Scripted {
    let mut machine = machine("empty-uefi");
    let mut preset = crate::preset::read(&recorded("presets/smallest.toml"), "preset").unwrap();
    preset.system.boot_loader = Some(loader);
    let plan = resolve(&machine, &preset, Seed::new([9; 32])).unwrap();
    let disk = disk_at(&mut machine, &plan.disk.identity.path).clone();
    Scripted::new(&plan, &disk)
}

/// How a file is lost before it is read back, and words of what is said.
type Loss = (BootLoader, fn(&mut Scripted), &'static str);

#[test]
fn what_would_not_start_the_system_is_found() {
    let losses: [Loss; 8] = [
        (
            BootLoader::Grub,
            |s| forget(s, "boot/EFI/NixOS-boot"),
            "EFI/NixOS-boot/grubx64.efi",
        ),
        (BootLoader::Grub, |s| forget(s, "boot/grub"), "grub.cfg"),
        (
            BootLoader::Grub,
            |s| forget(s, "boot/kernels/k-linux-bzImage"),
            "bzImage is missing",
        ),
        (
            BootLoader::Grub,
            |s| forget(s, "boot/kernels/i-initrd-initrd"),
            "initrd is missing",
        ),
        (
            BootLoader::Limine,
            |s| forget(s, "boot/efi"),
            "efi/limine/BOOTX64.EFI",
        ),
        (
            BootLoader::Limine,
            |s| forget(s, "boot/limine/limine.conf"),
            "limine.conf",
        ),
        (
            BootLoader::Limine,
            |s| forget(s, "boot/limine/kernels/k-bzImage"),
            "bzImage is missing",
        ),
        (
            BootLoader::Limine,
            |s| forget(s, "boot/limine/kernels/i-initrd"),
            "initrd is missing",
        ),
    ];
    for (loader, loss, words) in losses {
        assert_eq!(
            run_whole(&mut system(loader)).outcome,
            Outcome::Done,
            "{loader}"
        );
        let mut system = system(loader);
        system.spoil = Some(loss);
        let Outcome::Failed { error, .. } = run_whole(&mut system).outcome else {
            panic!("{loader}: nobody misses {words}");
        };
        assert!(error.message.contains(words), "{words}: {}", error.message);
        assert_eq!(left_open(&system), Vec::<String>::new(), "{words}");
    }
}
