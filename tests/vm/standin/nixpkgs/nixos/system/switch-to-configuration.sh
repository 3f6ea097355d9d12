#!@tools@/bin/sh
# STAND-IN for NixOS's switch-to-configuration: `boot` makes every generation of the system
# profile bootable with systemd-boot. There is no service manager here, so nothing else.
set -eu
export PATH=@tools@/bin
umask 077
. @system@/stand-in/devices.sh
. @system@/stand-in/boot-variable.sh

if [ "${1:-}" != boot ]; then
    echo "switch-to-configuration (stand-in): only 'boot' is known here" >&2
    exit 1
fi

esp=@esp@
if ! awk -v esp="$esp" '$2 == esp && $3 == "vfat" { found = 1 } END { exit !found }' /proc/mounts; then
    echo "systemd-boot (stand-in): no vfat file system is mounted at $esp" >&2
    exit 1
fi

# Written beside its place first, so that a power cut leaves the old one or the new one.
place() {
    mkdir -p "${2%/*}"
    if ! cmp -s "$1" "$2"; then
        cp "$1" "$2.tmp"
        mv "$2.tmp" "$2"
    fi
}

# A file of the store under the name that NixOS gives it: /EFI/nixos/HASH-NAME.efi
on_esp() {
    real=$(readlink -f "$1")
    name=${real#/nix/store/}
    name=$(echo "$name" | tr / -).efi
    place "$real" "$esp/EFI/nixos/$name"
    echo "/EFI/nixos/$name"
}

if [ "${NIXOS_INSTALL_BOOTLOADER:-0}" = 1 ]; then
    place @systemdBoot@ "$esp/EFI/systemd/systemd-bootx64.efi"
    place @systemdBoot@ "$esp/EFI/BOOT/BOOTX64.EFI"
    if [ @touchEfiVariables@ = 1 ]; then
        node=$(awk -v esp="$esp" '$2 == esp { print $1 }' /proc/mounts)
        # As with bootctl, a firmware that refuses is no reason to fail: there is EFI/BOOT.
        boot_first "$(readlink -f "$node")" '\EFI\systemd\systemd-bootx64.efi' ||
            echo "systemd-boot (stand-in): no boot variable could be written" >&2
    fi
fi

mkdir -p "$esp/loader/entries"
some=
for link in /nix/var/nix/profiles/system-*-link; do
    [ -L "$link" ] || continue
    generation=${link%-link}
    generation=${generation##*-}
    system=$(readlink -f "$link")
    kernel=$(on_esp "$system/kernel")
    initrd=$(on_esp "$system/initrd")
    parameters=$(cat "$system/kernel-params")
    cat >"$esp/loader/entries/nixos-generation-$generation.conf.tmp" <<END
title NixOS
sort-key nixos
version Generation $generation NixOS @version@ (stand-in)
linux $kernel
initrd $initrd
options init=$system/init $parameters
END
    mv "$esp/loader/entries/nixos-generation-$generation.conf.tmp" \
        "$esp/loader/entries/nixos-generation-$generation.conf"
    some=yes
done
if [ -z "$some" ]; then
    echo "systemd-boot (stand-in): /nix/var/nix/profiles has no system generation" >&2
    exit 1
fi

echo type1 >"$esp/loader/entries.srel"
{
    cat @system@/stand-in/loader.conf
    # The profile's own, which is an older one after a rollback.
    current=$(readlink /nix/var/nix/profiles/system)
    current=${current%-link}
    echo "default nixos-generation-${current##*-}.conf"
} >"$esp/loader/loader.conf.tmp"
mv "$esp/loader/loader.conf.tmp" "$esp/loader/loader.conf"
sync
