#!/bin/busybox sh
# STAND-IN for NixOS's initrd: loads the modules, finds the root by what `fileSystems` says,
# mounts it and starts the init that the kernel command line names.
/bin/busybox --install -s /bin
export PATH=/bin
mkdir -p /proc /sys /dev /sysroot
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

tab=$(printf '\t')
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
