# STAND-IN: finds block devices without udev. Read by both stages and by the boot loader script.

# 16 or fewer bytes of a device in hex: bytes DEVICE OFFSET COUNT
bytes() {
    hexdump -v -s "$2" -n "$3" -e '1/1 "%02x"' "$1"
}

# A little-endian number of up to 8 bytes: number DEVICE OFFSET COUNT
number() {
    hex=$(bytes "$1" "$2" "$3")
    reversed=
    while [ -n "$hex" ]; do
        rest=${hex#??}
        reversed=${hex%"$rest"}$reversed
        hex=$rest
    done
    echo $((0x$reversed))
}

# The device that an opened container is on, the device itself if it is no container:
# below /dev/mapper/luks-x
below() {
    node=$(readlink -f "$1")
    # Where there is no udev, the node is no link but a node of its own with the mapper's name.
    for folder in /sys/class/block/dm-*; do
        if [ "$(cat "$folder/dm/name" 2>/dev/null)" = "${1#/dev/mapper/}" ]; then
            node=/dev/${folder##*/}
        fi
    done
    for slave in "/sys/class/block/${node##*/}/slaves"/*; do
        [ -e "$slave" ] && node=/dev/${slave##*/}
    done
    echo "$node"
}

# The unique GUID of a partition as the GPT of its disk holds it (UEFI 2.10, 5.3.3), in hex:
# stored_guid /dev/vda2
stored_guid() {
    node=${1##*/}
    folder=/sys/class/block/$node
    [ -e "$folder/partition" ] || return 1
    index=$(cat "$folder/partition")
    disk=$(readlink -f "$folder")
    disk=${disk%/*}
    disk=${disk##*/}
    sector=$(cat "/sys/class/block/$disk/queue/logical_block_size")
    [ "$(bytes "/dev/$disk" "$sector" 8)" = 4546492050415254 ] || return 1 # "EFI PART"
    table=$(number "/dev/$disk" $((sector + 72)) 8)
    entry=$(number "/dev/$disk" $((sector + 84)) 4)
    bytes "/dev/$disk" $((table * sector + (index - 1) * entry + 16)) 16
}

# What a partition of an MBR is called, by the signature of its disk and its number: mbr_name /dev/vda2
mbr_name() {
    folder=/sys/class/block/${1##*/}
    [ -e "$folder/partition" ] || return 1
    disk=$(readlink -f "$folder")
    disk=${disk%/*}
    disk=/dev/${disk##*/}
    [ "$(bytes "$disk" 510 2)" = 55aa ] || return 1
    printf '%08x-%02x\n' "$(number "$disk" 440 4)" "$(cat "$folder/partition")"
}

# The same as udev writes it, the first three fields turned round; in an MBR what stands for it:
# partition_guid /dev/vda2
partition_guid() {
    guid=$(stored_guid "$1") || {
        mbr_name "$1"
        return
    }
    echo "$guid" | awk '
        function reversed(from, bytes,    text) {
            for (; bytes > 0; bytes--) text = text substr($0, from + 2 * (bytes - 1), 2)
            return text
        }
        { print reversed(1, 4) "-" reversed(9, 2) "-" reversed(13, 2) "-" substr($0, 17, 4) "-" substr($0, 21) }'
}

# The node that a device name of the configuration means, or nothing: find_device NAME
find_device() {
    case $1 in
    /dev/disk/by-uuid/*) findfs "UUID=${1#/dev/disk/by-uuid/}" 2>/dev/null ;;
    /dev/disk/by-label/*) findfs "LABEL=${1#/dev/disk/by-label/}" 2>/dev/null ;;
    /dev/disk/by-partuuid/*)
        for found in /sys/class/block/*; do
            found=/dev/${found##*/}
            if [ "$(partition_guid "$found")" = "${1#/dev/disk/by-partuuid/}" ]; then
                echo "$found"
                return
            fi
        done
        ;;
    /*) [ -e "$1" ] && echo "$1" ;;
    *) echo "$1" ;; # tmpfs and the like have no device
    esac
}

# Waits until find_device finds something, at most so many seconds. There is no udev here to
# wait for an event from, so it looks again and again: wait_for NAME SECONDS
wait_for() {
    end=$(($(seconds) + $2))
    until found_device=$(find_device "$1") && [ -n "$found_device" ]; do
        [ "$(seconds)" -lt "$end" ] || return 1
        usleep 100000
    done
    echo "$found_device"
}

# Since the kernel started.
seconds() {
    cut -d . -f 1 /proc/uptime
}
