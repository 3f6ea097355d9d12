//! GRUB as it is, and everything about it that may be wrong.

use super::*;

/// Where the BIOS boot partition is.
const CORE: Bytes = Bytes::mib(1);

/// A first sector that says `word` and loads `sector`, and a core image that says `image`.
fn verdict(word: &[u8], sector: u64, image: &[u8]) -> Result<(), String> {
    let mut first = vec![0; 512];
    first[0x180..0x180 + word.len()].copy_from_slice(word);
    first[0x5C..0x64].copy_from_slice(&sector.to_le_bytes());
    first[510..].copy_from_slice(&[0x55, 0xAA]);
    stages(&first, image, CORE)
}

#[test]
fn grub_in_its_place_is_taken() {
    assert_eq!(verdict(b"GRUB \0Geom\0", 2048, b"\xeaRloading\0"), Ok(()));
}

#[test]
fn other_code_another_place_and_no_core_image_are_refused() {
    let refused = |outcome: Result<(), String>, words: &str| {
        assert!(outcome.unwrap_err().contains(words));
    };
    refused(verdict(b"NTLDR is missing", 2048, b"loading"), "other code");
    refused(verdict(b"GRUB ", 1, b"loading"), "loads sector 1");
    refused(verdict(b"GRUB ", 2048, &[0; 512]), "no core image");
    let blank = stages(&[0; 512], b"loading", CORE);
    refused(blank, "no boot signature");
}

#[test]
fn a_menu_is_read() {
    let text = "
        set timeout=5
        menuentry \"NixOS\" --class nixos --unrestricted {
        search --set=drive1 --fs-uuid 0f7e
          linux ($drive1)/nix/store/k-linux/bzImage init=/nix/store/s-nixos/init quiet
          initrd ($drive1)/nix/store/i-initrd/initrd ($drive1)/boot/microcode
        }
        menuentry \"old\" {
          linux /kernels/old
        }
        menuentry 'Debian (on /dev/sda2)' --class gnu-linux $menuentry_id_option 'osprober-gnulinux-x' {
          linux /boot/vmlinuz root=/dev/sda2
          initrd /boot/initrd.img
        }";
    let entries = Entry::all(text);
    let files = [
        "/nix/store/k-linux/bzImage",
        "/nix/store/i-initrd/initrd",
        "/boot/microcode",
    ];
    assert_eq!(
        entries,
        [
            Entry {
                files: files.map(PathBuf::from).to_vec(),
                init: Some(PathBuf::from("/nix/store/s-nixos/init")),
            },
            Entry {
                files: vec![PathBuf::from("/kernels/old")],
                init: None,
            },
        ]
    );
}
