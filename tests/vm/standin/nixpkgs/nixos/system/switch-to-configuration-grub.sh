#!@tools@/bin/sh
# STAND-IN for NixOS's switch-to-configuration with GRUB on a BIOS or UEFI: `boot` runs Debian's
# grub-install, a real one, and writes a menu with every generation of the system profile, kernels
# and initrds straight from the store, or copied where /boot is a file system of its own. There is
# no service manager here, so nothing else.
set -eu
export PATH=@tools@/bin
umask 077
. @system@/stand-in/devices.sh
. @system@/stand-in/boot-variable.sh

if [ "${1:-}" != boot ]; then
    echo "switch-to-configuration (stand-in): only 'boot' is known here" >&2
    exit 1
fi

# Linked with Debian's libraries, so their own loader starts it.
grub_install() {
    @grub@/lib/ld-linux-x86-64.so.2 --library-path @grub@/lib @grub@/grub-install "$@"
}

# mounted_at PLACE: the node of what is mounted there, or nothing
mounted_at() {
    awk -v place="$1" '$2 == place { node = $1 } END { print node }' /proc/mounts
}

# As NixOS does it: GRUB's folder on the ESP is called after the ESP's place, and the firmware learns
# of it; or it is at the fallback path alone.
grub_install_efi() {
    id=NixOS$(echo @esp@ | tr / -)
    set -- --target=x86_64-efi --directory=@grubEfi@/x86_64-efi --boot-directory=/boot \
        --locales= --fonts= --themes= --efi-directory=@esp@ --no-nvram
    if [ -n "@grubRemovable@" ]; then
        grub_install "$@" --removable
        return
    fi
    grub_install "$@" --bootloader-id="$id"
    [ @touchEfiVariables@ = 1 ] || return 0
    # The real grub-install calls efibootmgr, which is not here.
    boot_first "$(mounted_at @esp@)" "\\EFI\\$id\\grubx64.efi" "$id" ||
        echo "GRUB (stand-in): no boot variable could be written" >&2
}

if [ "${NIXOS_INSTALL_BOOTLOADER:-0}" = 1 ]; then
    [ -z "@grubEfi@" ] || grub_install_efi
    for device in @grubDevices@; do
        [ "$device" = nodev ] && continue
        echo "installing the GRUB 2 boot loader on $device..."
        grub_install --recheck --target=i386-pc --directory=@grub@/i386-pc \
            --boot-directory=/boot --locales= --fonts= --themes= "$device"
    done
fi

# The UUID of the file system that GRUB starts from, as it searches for it; read off the disk.
node=$(mounted_at /boot)
copied=${node:+yes}
[ -n "$node" ] || node=$(mounted_at /)
if [ "$(below "$node")" != "$(readlink -f "$node")" ]; then
    echo "GRUB (stand-in): $node is in a container, which is not opened here" >&2
    exit 1
fi
if [ "$(bytes "$node" 1080 2)" = 53ef ]; then # 1024: ext4's superblock, 56 bytes in its magic
    uuid=$(bytes "$node" 1128 16 | sed -E 's/(.{8})(.{4})(.{4})(.{4})/\1-\2-\3-\4-/')
elif [ "$(bytes "$node" 82 5)" = 4641543332 ]; then # FAT32
    uuid=$(bytes "$node" 67 4 | sed -E 's/(..)(..)(..)(..)/\4\3-\2\1/' | tr a-f A-F)
else
    echo "GRUB (stand-in): only ext4 and FAT32 are known here, and there is none on $node" >&2
    exit 1
fi

# for_grub FILE: where GRUB finds a file of the store, below the file system it starts from
for_grub() {
    real=$(readlink -f "$1")
    if [ -z "$copied" ]; then
        echo "$real"
        return
    fi
    name=$(echo "${real#/nix/store/}" | tr / -)
    mkdir -p /boot/kernels
    if ! cmp -s "$real" "/boot/kernels/$name"; then
        cp "$real" "/boot/kernels/$name.tmp"
        mv "/boot/kernels/$name.tmp" "/boot/kernels/$name"
    fi
    echo "//kernels/$name" # as NixOS writes it, with two strokes
}

# entry TITLE SYSTEM
entry() {
    cat <<END
menuentry "$1" --class nixos --unrestricted {
search --set=drive1 --fs-uuid $uuid
  linux (\$drive1)$(for_grub "$2/kernel") init=$2/init $(cat "$2/kernel-params")
  initrd (\$drive1)$(for_grub "$2/initrd")
}

END
}

mkdir -p /boot/grub
menu=/boot/grub/grub.cfg
printf 'set default=0\nset timeout=%s\n\n' @grubTimeout@ >"$menu.tmp"
# All that a core image for UEFI has is its prefix.
[ -z "@grubEfi@" ] || printf 'insmod part_gpt\ninsmod fat\ninsmod ext2\n' >>"$menu.tmp"
entry "NixOS - Default" "$(readlink -f /nix/var/nix/profiles/system)" >>"$menu.tmp"
for link in $(ls -d /nix/var/nix/profiles/system-*-link | sort -t - -k 2 -n -r); do
    generation=${link%-link}
    entry "NixOS - Configuration ${generation##*-}" "$(readlink -f "$link")" >>"$menu.tmp"
done
mv "$menu.tmp" "$menu"
sync
