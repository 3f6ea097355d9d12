//! GRUB and Limine from UEFI: what starts the system is read back, and what would not is found.

use super::read_back::forget;
use super::*;
use crate::preset::BootLoader;

fn system(loader: BootLoader) -> Scripted {
    on(machine("empty-uefi"), loader)
}

fn on_removable(loader: BootLoader) -> Scripted {
    let mut machine = machine("empty-uefi");
    let crate::machine::Fact::Known(disks) = &mut machine.disks else {
        panic!("known disks")
    };
    disks[0].removable = true;
    on(machine, loader)
}

fn on(mut machine: Machine, loader: BootLoader) -> Scripted {
    let mut preset = crate::preset::read(&recorded("presets/smallest.toml"), "preset").unwrap();
    preset.system.boot_loader = Some(loader);
    let path = machine.disks.known().unwrap()[0].path.clone();
    preset.disk.choose = crate::preset::DiskChoice::Match(crate::preset::DiskMatch {
        path: Some(path),
        ..Default::default()
    });
    let plan = resolve(&machine, &preset, Seed::new([9; 32])).unwrap();
    let disk = disk_at(&mut machine, &plan.disk.identity.path).clone();
    Scripted::new(&plan, &disk)
}

/// What another system, or a Windows, has put on the EFI system partition before.
fn foreign(system: &mut Scripted) {
    for path in ["boot/EFI/BOOT/BOOTX64.EFI", "boot/efi/boot/BOOTX64.EFI"] {
        let key = (Place::Target, path.into());
        system.files.insert(key, b"of another system".to_vec());
    }
}

/// Losses that only show beside what others have put there.
fn fallback_losses() -> [Loss; 3] {
    [
        (
            BootLoader::Grub,
            |s| {
                forget(s, "boot/EFI/NixOS-boot");
                foreign(s);
            },
            "EFI/NixOS-boot/grubx64.efi",
        ),
        (
            BootLoader::Limine,
            |s| {
                forget(s, "boot/efi/limine");
                foreign(s);
            },
            "efi/limine/BOOTX64.EFI",
        ),
        (
            BootLoader::SystemdBoot,
            |s| {
                forget(s, "boot/EFI/systemd");
                foreign(s);
            },
            "EFI/systemd/systemd-bootx64.efi",
        ),
    ]
}

/// A disk that moves between computers starts by the path that firmware looks at by itself.
#[test]
fn a_foreign_image_at_the_fallback_path_is_not_taken_for_the_own_one() {
    for loader in [BootLoader::Grub, BootLoader::Limine] {
        assert_eq!(run_whole(&mut on_removable(loader)).outcome, Outcome::Done);
        let mut system = on_removable(loader);
        system.spoil = Some(foreign);
        let Outcome::Failed { error, .. } = run_whole(&mut system).outcome else {
            panic!("{loader}: nobody sees it");
        };
        assert!(error.message.contains("is not that of"), "{error:?}");
    }
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
    for (loader, loss, words) in losses.into_iter().chain(fallback_losses()) {
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
