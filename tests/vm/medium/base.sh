#!/bin/sh
# Make the Debian part of the test medium.
#
#   base.sh FOLDER
#
# FOLDER receives
#   tree/          root file system with Nix, the disk tools, and the kernel modules QEMU needs
#   vmlinuz        the kernel
#   initrd-modules/  what the medium's initrd loads, with `order`: file names in load order
#   parts/         what an installed test system is made from: vmlinuz, busybox,
#                  systemd-bootx64.efi, modules/ with `order` as above, grub-efi/: GRUB's own
#                  modules for UEFI; grub/, cryptsetup/, nix/ and login/: grub-install with GRUB's own
#                  modules for BIOS, cryptsetup, Nix, and unix_chkpwd, each with the libraries it is
#                  linked with
#   stamp          a hash of this script; nothing is done when it already fits
#
# Needs root, mmdebstrap, and apt sources for Debian's main archive.
set -eu

release=trixie # carries Nix 2.26 and Linux 6.12
folder=$1
script_hash=$(sha256sum <"$0" | cut -d' ' -f1)
if [ "$(cat "$folder/stamp" 2>/dev/null)" = "$script_hash" ]; then
    exit 0
fi

# The mirror is whatever this machine gets Debian's main archive from.
mirror=$(apt-get indextargets --format '$(LABEL) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk '$1 == "Debian" && $2 == "main" { print $3; exit }')
if [ -z "$mirror" ]; then
    echo "base.sh: apt knows no Debian archive; run 'apt-get update' first" >&2
    exit 1
fi

# What the installer calls, what the tests look with, and what a NixOS medium has too; in the last
# line is what others may have left on a disk, and what is looked at or made smaller.
packages=nix-bin,udev,util-linux,mount,fdisk,kmod,e2fsprogs,dosfstools,gdisk,busybox-static
packages=$packages,systemd-boot-efi,efibootmgr,procps,xz-utils,zstd
packages=$packages,cryptsetup-bin,btrfs-progs,xfsprogs,f2fs-tools,dmsetup,grub2-common,grub-pc-bin
packages=$packages,grub-efi-amd64-bin,mdadm,lvm2,ntfs-3g

rm -rf "$folder"
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
tree=$folder/tree

# The kernel is unpacked by hand: installing its package would make an initramfs nobody needs.
cat >"$folder/kernel-hook" <<'HOOK'
#!/bin/sh
set -eu
export APT_CONFIG="$MMDEBSTRAP_APT_CONFIG"
package=$(apt-cache depends linux-image-amd64 | awk '$1 == "Depends:" { print $2; exit }')
mkdir "$1/../kernel-package"
cd "$1/../kernel-package"
apt-get -o APT::Sandbox::User=root -qq download "$package"
dpkg-deb --fsys-tarfile "$package"_*.deb | tar -x ./boot ./usr/lib/modules
mv boot/vmlinuz-* ../vmlinuz
mv usr/lib/modules "$1/usr/lib/modules"
cd ..
rm -rf kernel-package
HOOK
chmod +x "$folder/kernel-hook"

mmdebstrap --quiet --mode=root --variant=essential --include="$packages" \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
    --aptopt='APT::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/info/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/i18n/*' \
    --customize-hook="$folder/kernel-hook" \
    "$release" "$tree" "deb $mirror $release main"
rm "$folder/kernel-hook"

# Kernel modules: file systems and dm_crypt ask for checksums and ciphers by aliases, so those are
# named first.
installed_modules="crc32c_generic crc32_generic aes_generic aesni_intel xts sha256_generic
    virtio_blk virtio_scsi ahci sd_mod nvme xhci_pci usb_storage uas sdhci_pci mmc_block
    dm_crypt ext4 btrfs xfs f2fs vfat nls_cp437 nls_ascii nls_iso8859_1 nls_utf8 efivarfs zram
    overlay loop qemu_fw_cfg"
initrd_modules="ahci sd_mod sr_mod cdrom isofs loop squashfs overlay virtio_blk virtio_scsi
    xhci_pci usb_storage uas"
live_modules="9p 9pnet_virtio virtio_net dm_mod dm_snapshot raid0 raid1 ntfs3 algif_skcipher"

version=$(ls "$tree/usr/lib/modules")
modules=/usr/lib/modules/$version
chroot "$tree" depmod "$version"

# load_order NAME...: the module files to load, each after what it depends on.
load_order() {
    for name in "$@"; do
        chroot "$tree" modprobe --set-version "$version" --show-depends "$name"
    done | awk '$1 == "insmod" && !seen[$2]++ { sub(/^\/lib/, "/usr/lib", $2); print $2 }'
}

# flat_folder DESTINATION NAME...: those modules, uncompressed, side by side, with their order.
flat_folder() {
    destination=$1
    shift
    mkdir -p "$destination"
    load_order "$@" | while read -r path; do
        name=$(basename "$path" .xz)
        xz -dc "$tree$path" >"$destination/$name"
        echo "$name" >>"$destination/order"
    done
}

# shellcheck disable=SC2086  # the lists are meant to be split
{
    flat_folder "$folder/initrd-modules" $initrd_modules
    flat_folder "$folder/parts/modules" $installed_modules
    load_order $installed_modules $initrd_modules $live_modules >"$folder/keep"
}
while read -r path; do
    mkdir -p "$folder/kept$(dirname "$path")"
    xz -dc "$tree$path" >"$folder/kept${path%.xz}"
done <"$folder/keep"
rm -rf "$tree$modules/kernel"
mv "$folder/kept$modules/kernel" "$tree$modules/kernel"
chroot "$tree" depmod "$version"
rm -rf "$folder/kept" "$folder/keep"

cp "$folder/vmlinuz" "$folder/parts/vmlinuz"
cp "$tree/bin/busybox" "$folder/parts/busybox"
cp "$tree/usr/lib/systemd/boot/efi/systemd-bootx64.efi" "$folder/parts/"

# part NAME PROGRAM: a program of the tree and the libraries it is linked with, the loader among them,
# so that it runs where there is no Debian.
part() {
    mkdir -p "$folder/parts/$1/lib"
    cp "$tree$2" "$folder/parts/$1/"
    chroot "$tree" ldd "$2" | grep -o '/[^ ]*' | while read -r library; do
        cp -L "$tree$library" "$folder/parts/$1/lib/"
    done
}
part grub /usr/sbin/grub-install
cp -r "$tree/usr/lib/grub/i386-pc" "$folder/parts/grub/"
mkdir "$folder/parts/grub-efi"
cp -r "$tree/usr/lib/grub/x86_64-efi" "$folder/parts/grub-efi/"
part cryptsetup /usr/sbin/cryptsetup
# What ends Argon2's threads; the C library loads it by itself.
cp "$tree/usr/lib/x86_64-linux-gnu/libgcc_s.so.1" "$folder/parts/cryptsetup/lib/"
part nix /usr/bin/nix
part login /usr/sbin/unix_chkpwd
chmod -R u=rwX,go=rX "$folder/parts"

rm -rf "$tree"/var/lib/apt/lists/* "$tree"/var/cache/* "$tree"/var/log/*
echo "$script_hash" >"$folder/stamp"
