#!/bin/busybox sh
# STAND-IN for NixOS's initrd: loads the modules, opens what is encrypted, wakes up from hibernation
# if there is an image, finds the root by what `fileSystems` says, mounts it and starts the init that
# the kernel command line names.
/bin/busybox --install -s /bin
export PATH=/bin
mkdir -p /proc /sys /dev /run /sysroot
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
exec </dev/console >/dev/console 2>&1
. /devices.sh

stop() {
    dmesg -n 1
    echo "NEVADO-STAND-IN: $*"
    sync
    poweroff -f
}

# One module a line, with its parameters, in the order they need each other.
while read -r module parameters; do
    case $module in '' | \#*) continue ;; esac
    # shellcheck disable=SC2086 # several parameters are several words
    insmod "/modules/$module" $parameters 2>/dev/null || echo "stand-in initrd: $module not loaded"
done </modules/order

init=
for word in $(cat /proc/cmdline); do
    case $word in init=*) init=${word#init=} ;; esac
done
[ -n "$init" ] || stop "no init= on the kernel command line"

# Debian's cryptsetup, a real one, with the libraries it is linked with. There is no udev to wait for.
cryptsetup() {
    DM_DISABLE_UDEV=1 /cryptsetup/lib/ld-linux-x86-64.so.2 --library-path /cryptsetup/lib \
        /cryptsetup/cryptsetup "$@"
}

# unlock NAME NODE DISCARDS: opens a container with what was typed last.
unlock() {
    printf '%s' "$passphrase" |
        cryptsetup open --type luks ${3:+--allow-discards} --key-file - "$2" "$1"
}

# As with systemd, what was typed is tried on the next container too, and three tries are what
# there is.
passphrase=
tab=$(printf '\t')
while IFS=$tab read -r name device discards <&3; do
    node=$(wait_for "$device" 20) || stop "container $name $device not found"
    [ "$discards" = discards ] || discards=
    tries=0
    until [ -n "$passphrase" ] && unlock "$name" "$node" "$discards"; do
        [ $tries -lt 3 ] || stop "container $name was not opened"
        tries=$((tries + 1))
        stty -echo
        echo "stand-in initrd: passphrase for disk $name, try $tries:"
        read -r passphrase
        stty echo
    done
    echo "stand-in initrd: $name is open"
done 3</containers
passphrase=

# The kernel goes on from here only if there is no image in it.
resume_device=$(cat /resume-device)
if [ -n "$resume_device" ]; then
    node=$(wait_for "$resume_device" 20) || stop "resume device $resume_device not found"
    # The numbers of the node, which stat has in hexadecimal.
    numbers=$(printf '%d:%d' "0x$(stat -L -c %t "$node")" "0x$(stat -L -c %T "$node")")
    echo "$numbers" >/sys/power/resume ||
        echo "stand-in initrd: no image to wake up from in $resume_device"
fi

while IFS=$tab read -r mount_point device type options stage missing; do
    [ "$stage" = 1 ] || continue
    name=$([ "$mount_point" = / ] && echo root || echo "$mount_point")
    if ! node=$(wait_for "$device" 20); then
        [ "$missing" = optional ] && continue
        stop "$name file system $device not found"
    fi
    [ "$options" = - ] && options=defaults
    mkdir -p "/sysroot$mount_point"
    mount -t "$type" -o "$options" "$node" "/sysroot$mount_point" ||
        stop "$name file system $device could not be mounted as $type with $options"
done </file-systems

# The link is absolute in the root to be, so it can't be followed from here.
[ -x "/sysroot$init" ] || [ -L "/sysroot$init" ] || stop "$init is not on the root file system"
for folder in proc sys dev; do
    mkdir -p "/sysroot/$folder"
    mount -o move "/$folder" "/sysroot/$folder"
done
exec switch_root /sysroot "$init"
