#!@tools@/bin/sh
# STAND-IN for NixOS's switch-to-configuration with GRUB on a BIOS: `boot` runs Debian's
# grub-install, a real one, and writes a menu with every generation of the system profile, kernels
# and initrds straight from the store, or copied where /boot is a file system of its own. There is
# no service manager here, so nothing else.
set -eu
export PATH=@tools@/bin
umask 077
. @system@/stand-in/devices.sh

if [ "${1:-}" != boot ]; then
    echo "switch-to-configuration (stand-in): only 'boot' is known here" >&2
    exit 1
fi

# Linked with Debian's libraries, so their own loader starts it.
grub_install() {
    @grub@/lib/ld-linux-x86-64.so.2 --library-path @grub@/lib @grub@/grub-install "$@"
}

if [ "${NIXOS_INSTALL_BOOTLOADER:-0}" = 1 ]; then
    for device in @grubDevices@; do
        [ "$device" = nodev ] && continue
        echo "installing the GRUB 2 boot loader on $device..."
        grub_install --recheck --target=i386-pc --directory=@grub@/i386-pc \
            --boot-directory=/boot --locales= --fonts= --themes= "$device"
    done
fi

# mounted_at PLACE: the node of what is mounted there, or nothing
mounted_at() {
    awk -v place="$1" '$2 == place { node = $1 } END { print node }' /proc/mounts
}

# The UUID of the file system that GRUB starts from, as it searches for it; read off the disk.
node=$(mounted_at /boot)
copied=${node:+yes}
[ -n "$node" ] || node=$(mounted_at /)
if [ "$(below "$node")" != "$(readlink -f "$node")" ]; then
    echo "GRUB (stand-in): $node is in a container, which is not opened here" >&2
    exit 1
fi
if [ "$(bytes "$node" 1080 2)" != 53ef ]; then # 1024: the superblock, 56 bytes in its magic
    echo "GRUB (stand-in): only ext4 is known here, and there is none on $node" >&2
    exit 1
fi
uuid=$(bytes "$node" 1128 16 | sed -E 's/(.{8})(.{4})(.{4})(.{4})/\1-\2-\3-\4-/')

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
entry "NixOS - Default" "$(readlink -f /nix/var/nix/profiles/system)" >>"$menu.tmp"
for link in $(ls -d /nix/var/nix/profiles/system-*-link | sort -t - -k 2 -n -r); do
    generation=${link%-link}
    entry "NixOS - Configuration ${generation##*-}" "$(readlink -f "$link")" >>"$menu.tmp"
done
mv "$menu.tmp" "$menu"
sync
