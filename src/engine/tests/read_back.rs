//! Everything that reading back must find.

use super::*;

#[test]
fn what_does_not_read_back_as_written_is_found() {
    let spoils: [Sabotage; 16] = [
        (|s| s.head[1024] ^= 1, "table"),
        (|s| s.tail[1 << 19] ^= 1, ""),
        (
            |s| s.put("etc/nixos/configuration.nix", b"{ }"),
            "is not as it was written",
        ),
        (
            |s| s.put("etc/shadow", b"root:!:1::::::"),
            "has not been set",
        ),
        (|s| s.put("etc/shadow", b""), "no account root"),
        (|s| forget(s, "etc/NIXOS"), "/etc/NIXOS is missing"),
        (
            |s| {
                let other = "/etc/zoneinfo/Pacific/Apia".into();
                drop(s.links.insert("/etc/localtime".into(), other));
            },
            "clock goes by /etc/zoneinfo/Pacific/Apia, not by",
        ),
        (|s| forget(s, "boot/EFI/BOOT"), "BOOTX64.EFI is missing"),
        (|s| forget(s, "boot/EFI/nixos/k.efi"), "k.efi is missing"),
        (|s| forget(s, "boot/EFI/nixos/i.efi"), "i.efi is missing"),
        (|s| forget(s, "boot/loader/entries"), "no boot entry starts"),
        (
            |s| forget(s, SYSTEM.trim_start_matches('/')),
            "init is missing",
        ),
        (
            |s| s.put("boot/loader/entries/nixos-x.conf", b"title x"),
            "names no kernel",
        ),
        // The entry of another system, which has its own rules.
        (|s| s.put("boot/loader/entries/arch.conf", b"title x"), ""),
        (
            |s| {
                drop(s.links.insert(
                    "/nix/var/nix/profiles/system-1-link".into(),
                    "/nix/store/x".into(),
                ))
            },
            "the system profile leads to /nix/store/x",
        ),
        (
            |s| {
                s.formatted
                    .values_mut()
                    .for_each(|found| found.1 = "1234-5678".to_owned())
            },
            "UUID of",
        ),
    ];
    for (i, (spoil, words)) in spoils.into_iter().enumerate() {
        let mut system = windows_laptop();
        system.spoil = Some(spoil);
        let seen = run_whole(&mut system);
        // What lies between the table and the middle of the disk is nobody's business.
        if words.is_empty() {
            assert_eq!(seen.outcome, Outcome::Done, "{i}");
            continue;
        }
        let Outcome::Failed {
            step: Some(18),
            error,
        } = seen.outcome
        else {
            panic!("{i} {words}: {:?}", seen.outcome);
        };
        assert!(error.message.contains(words), "{i}: {}", error.message);
        assert!(receipt(&system).contains("\"pending\""), "{i}");
        assert_eq!(left_open(&system), Vec::<String>::new(), "{i}");
    }
}

#[test]
fn a_grub_that_would_not_start_the_system_is_found() {
    let spoils: [Sabotage; 9] = [
        (|s| s.head[0x180] = b'?', "other code"),
        (|s| s.head[0x5C] = 1, "loads sector 2049"),
        (|s| s.head[511] = 0, "MBR"),
        (|s| s.second.fill(0), "no core image"),
        (|s| forget(s, "boot/grub"), "grub.cfg"),
        (|s| s.put("boot/grub/grub.cfg", b""), "no entry of"),
        (|s| forget(s, "nix/store/k-linux"), "bzImage is missing"),
        (|s| forget(s, "nix/store/i-initrd"), "initrd is missing"),
        (
            |s| {
                s.put(
                    "boot/grub/grub.cfg",
                    b"linux (hd0)/etc/NIXOS init=/etc/NIXOS\n",
                )
            },
            "no entry of",
        ),
    ];
    let (plan, disk) = planned("empty-bios");
    let last = u32::try_from(plan.steps.len()).unwrap();
    assert_eq!(
        run_whole(&mut Scripted::new(&plan, &disk)).outcome,
        Outcome::Done
    );
    for (i, (spoil, words)) in spoils.into_iter().enumerate() {
        let mut system = Scripted::new(&plan, &disk);
        system.spoil = Some(spoil);
        let Outcome::Failed { step, error } = run_whole(&mut system).outcome else {
            panic!("{i} {words}: not found");
        };
        assert_eq!(step, Some(last), "{i}");
        assert!(error.message.contains(words), "{i}: {}", error.message);
        assert!(receipt(&system).contains("\"pending\""), "{i}");
        assert_eq!(left_open(&system), Vec::<String>::new(), "{i}");
    }
}

/// Loses a file or folder of the target.
pub(super) fn forget(system: &mut Scripted, path: &str) {
    system
        .files
        .retain(|key, _| key.0 != Place::Target || !key.1.starts_with(path));
}
