#!/bin/sh
# Make the live medium of the virtual machine tests: an ISO that boots by UEFI and by BIOS.
#
#   medium.sh FOLDER
#
# FOLDER receives
#   base/       the Debian part, see base.sh
#   root/       the medium's root file system: base/tree with the stand-ins for nixpkgs and
#               nixos-install, Nix's settings, the channel profile, live-init
#   initrd      for booting the medium's kernel directly, base/vmlinuz being the kernel
#   medium.iso  all of it
#   stamp       a hash of everything that went in; a second run with the same does nothing
#
# Needs root, and what base.sh needs; xorriso, mtools, dosfstools, cpio.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
standin=$here/../standin
label=NEVADO_TEST # initrd-init looks for it
mkdir -p "$1"
folder=$(cd "$1" && pwd)

# say TEXT: a line of progress with the seconds since this script began.
began=$(date +%s)
say() {
    echo "medium: $(($(date +%s) - began)) s: $1"
}

inputs_hash=$(cd "$here/.." &&
    find medium standin ../nixos-option-types.json -type f -print0 | sort -z |
    xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
if [ "$(cat "$folder/stamp" 2>/dev/null)" = "$inputs_hash" ]; then
    say "medium.iso is up to date"
    exit 0
fi
rm -f "$folder/stamp"

say "Debian base"
"$here/base.sh" "$folder/base"
base=$folder/base

say "stand-ins and settings"
root=$folder/root
rm -rf "$root"
cp -a "$base/tree" "$root"
mkdir -p "$root/iso" "$root/share" "$root/etc/nix"
install -m 755 "$here/live-init" "$root/sbin/live-init"
install -m 755 "$standin/nixos-install" "$root/usr/bin/nixos-install"
cat >"$root/etc/nix/nix.conf" <<'CONF'
# As on a NixOS medium, but there is no network: nothing can be substituted from elsewhere.
experimental-features = nix-command
build-users-group =
substituters =
CONF

# The channel as a NixOS medium has it, added by the medium's own Nix, which needs /proc.
channel=nixos-$(cat "$standin/nixpkgs/.version")$(cat "$standin/nixpkgs/.version-suffix")
mkdir -p "$root/tmp/$channel"
cp -r "$standin/nixpkgs" "$root/tmp/$channel/nixos"
cp "$here/../../nixos-option-types.json" "$root/tmp/$channel/nixos/nixos/"
cp -r "$base/parts" "$root/tmp/$channel/nixos/nixos/parts"
unshare --mount sh -euc '
    mount -t proc proc "$1/proc"
    exec chroot "$1" sh -euc "
        path=\$(nix-store --add /tmp/$2)
        nix-env --quiet --profile /nix/var/nix/profiles/per-user/root/channels --set \$path"
    ' sh "$root" "$channel"
rm -rf "$root/tmp/$channel"
rm -f "$folder/root.squashfs"
mksquashfs "$root" "$folder/root.squashfs" \
    -comp zstd -Xcompression-level 6 -no-xattrs -noappend -quiet -no-progress

say "initrd"
initrd=$folder/initrd-tree
rm -rf "$initrd"
mkdir -p "$initrd/bin"
cp "$base/parts/busybox" "$initrd/bin/busybox"
cp -r "$base/initrd-modules" "$initrd/modules"
install -m 755 "$here/initrd-init" "$initrd/init"
(cd "$initrd" && find . | cpio --quiet -o -H newc | zstd -q -6 >"$folder/initrd")
rm -rf "$initrd"

say "ISO"
# The ESP in the ISO: systemd-boot, its entry, kernel and initrd. El Torito counts its size in
# 16 bits of 512 bytes, so it must stay below 32 MiB.
esp=$folder/esp.img
rm -f "$esp"
mkfs.fat -C -n ESP "$esp" 28672 >/dev/null
# no_timer_check: on a busy machine the emulated timer is late, and the kernel gives up on it.
cat >"$folder/entry.conf" <<'CONF'
title Nevado test medium
linux /vmlinuz
initrd /initrd
options console=ttyS0 quiet panic=-1 no_timer_check
CONF
printf 'timeout 0\n' >"$folder/loader.conf"
mmd -i "$esp" ::EFI ::EFI/BOOT ::loader ::loader/entries
mcopy -i "$esp" "$base/parts/systemd-bootx64.efi" ::EFI/BOOT/BOOTX64.EFI
mcopy -i "$esp" "$folder/loader.conf" ::loader/loader.conf
mcopy -i "$esp" "$folder/entry.conf" ::loader/entries/medium.conf
mcopy -i "$esp" "$base/vmlinuz" ::vmlinuz
mcopy -i "$esp" "$folder/initrd" ::initrd
# By BIOS it is GRUB, from the ISO itself; the entry's own words are the kernel's again.
chroot "$base/tree" grub-mkimage -O i386-pc-eltorito -p /boot/grub -o /tmp/bios.img \
    biosdisk iso9660 linux normal
mv "$base/tree/tmp/bios.img" "$folder/bios.img"
cat >"$folder/grub.cfg" <<CONF
linux /boot/vmlinuz $(sed -n 's/^options //p' "$folder/entry.conf")
initrd /boot/initrd
boot
CONF
xorriso -report_about WARNING -as mkisofs -V "$label" -o "$folder/medium.iso" \
    -b boot/grub/bios.img -no-emul-boot -boot-load-size 4 -boot-info-table --grub2-boot-info \
    -eltorito-alt-boot -append_partition 2 0xef "$esp" -appended_part_as_gpt \
    -e --interval:appended_partition_2:all:: -no-emul-boot \
    -graft-points "/root.squashfs=$folder/root.squashfs" \
    "/boot/grub/bios.img=$folder/bios.img" "/boot/grub/grub.cfg=$folder/grub.cfg" \
    "/boot/vmlinuz=$base/vmlinuz" "/boot/initrd=$folder/initrd"
rm -f "$esp" "$folder/entry.conf" "$folder/loader.conf" "$folder/bios.img" "$folder/grub.cfg"

echo "$inputs_hash" >"$folder/stamp"
say "done: $(du -h "$folder/medium.iso" | cut -f1)"
