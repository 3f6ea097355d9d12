#!@tools@/bin/sh
# STAND-IN for NixOS's stage 2 and systemd: activates the system, mounts the rest, turns swap
# on, says on the console what it found, and powers off. There is nothing else to do here, but what
# the computer it runs on wishes for by `-fw_cfg name=opt/nevado/WISH,…`: `hibernate` first; then
# `login`, somebody who logs in; then `root`, commands that root gives.
export PATH=@tools@/bin
exec </dev/console >/dev/console 2>&1
. @system@/stand-in/devices.sh
tab=$(printf '\t')

stop() {
    dmesg -n 1
    echo "NEVADO-STAND-IN: $*"
    sync
    poweroff -f
}

mkdir -p /run /tmp /dev/pts
mount -t tmpfs -o mode=755 tmpfs /run
mount -t devpts devpts /dev/pts # Nix reads from builders through one
ln -s @system@ /run/booted-system
@system@/activate || stop "activation failed"
hostname "$(cat /etc/hostname)"

while IFS=$tab read -r mount_point device type options stage missing; do
    [ "$stage" = 2 ] || continue
    if ! node=$(wait_for "$device" 20); then
        [ "$missing" = optional ] && continue
        stop "file system $mount_point: $device not found"
    fi
    [ "$options" = - ] && options=defaults
    mkdir -p "$mount_point"
    mount -t "$type" -o "$options" "$node" "$mount_point" ||
        stop "file system $mount_point: $device could not be mounted as $type with $options"
done <@etc@/stand-in/file-systems

while IFS=$tab read -r kind device size priority algorithm; do
    if [ "$kind" = zram ]; then
        [ -e /sys/block/zram0 ] || stop "swap: the kernel has no zram device"
        echo "$algorithm" >/sys/block/zram0/comp_algorithm || echo "stand-in: zram algorithm $algorithm refused"
        memory=$(awk '$1 == "MemTotal:" { print $2 }' /proc/meminfo)
        echo $((memory * size / 100))K >/sys/block/zram0/disksize
        mkswap /dev/zram0 >/dev/null
        device=/dev/zram0
    elif [ "$size" != - ] && [ "$(($(stat -c %s "$device" 2>/dev/null || echo 0) >> 20))" != "$size" ]; then
        stop "swap file $device has not the size of $size MiB: NixOS would make it anew"
    fi
    node=$(wait_for "$device" 20) || stop "swap device $device not found"
    # The medium's busybox can't give a priority; the kernel's own order has to do.
    [ "$priority" = - ] || echo "stand-in: priority $priority of $device is not set"
    swapon "$node" || stop "swap device $device could not be used"
done <@etc@/stand-in/swap

if [ -e /sys/firmware/qemu_fw_cfg/by_name/opt/nevado/hibernate ]; then
    # Known to nothing but this shell's memory.
    woken=$(cat /proc/sys/kernel/random/uuid)
    export woken
    echo "NEVADO-HIBERNATES $woken"
    sync
    echo shutdown >/sys/power/disk
    echo disk >/sys/power/state || stop "the kernel did not hibernate"
fi

# The kernel's own messages must not tear the line apart.
dmesg -n 1
@system@/stand-in/report.sh
wishes=/sys/firmware/qemu_fw_cfg/by_name/opt/nevado
[ -e "$wishes/login" ] && @system@/stand-in/login.sh
# What root types, in a script that the machine was started with.
if [ -e "$wishes/root" ]; then
    HOME=/root PATH=/run/current-system/sw/bin NIX_PATH=nixpkgs=/nix/var/nix/profiles/per-user/root/channels/nixos:nixos-config=/etc/nixos/configuration.nix sh "$wishes/root/raw"
fi
sync
cd /
swapoff -a 2>/dev/null
umount -a -r 2>/dev/null
sync
poweroff -f
