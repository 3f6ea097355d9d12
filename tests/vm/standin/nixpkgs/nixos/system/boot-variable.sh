# STAND-IN for the part of bootctl that makes the firmware start systemd-boot: writes the boot
# variable, "Linux Boot Manager" by default, and puts it first (UEFI 2.10, 3.1.3 and 10.3.5). Read by
# switch-to-configuration after devices.sh.

efivars=/sys/firmware/efi/efivars
global=8be4df61-93ca-11d2-aa0d-00e098032b8c # EFI_GLOBAL_VARIABLE
kept=07000000                              # non-volatile, boot services, run time

# A number as little-endian hex: little NUMBER BYTES
little() {
    rest_of=$1
    left=$2
    while [ "$left" -gt 0 ]; do
        printf %02x $((rest_of & 255))
        rest_of=$((rest_of >> 8))
        left=$((left - 1))
    done
}

# ASCII text as UTF-16 in hex, with its end: utf16 TEXT
utf16() {
    printf %s "$1" | hexdump -v -e '1/1 "%02x00"'
    printf 0000
}

# A variable's value in hex, without the four bytes of attributes: variable NAME
variable() {
    if [ -e "$efivars/$1-$global" ]; then
        # These files can't be read from the middle.
        hexdump -v -e '1/1 "%02x"' "$efivars/$1-$global" | cut -c 9-
    fi
}

# The firmware wants a variable in one write: set_variable NAME HEX
set_variable() {
    [ -d "$efivars" ] || return 1
    whole=$(mktemp)
    echo "$kept$2" | xxd -r -p >"$whole"
    dd if="$whole" of="$efivars/$1-$global" bs=65536 2>/dev/null
    status=$?
    rm -f "$whole"
    return "$status"
}

# The load option for a file on a partition: load_option NODE PATH NAME
load_option() {
    node=${1##*/}
    disk=$(readlink -f "/sys/class/block/$node")
    disk=${disk%/*}
    disk=${disk##*/}
    sector=$(cat "/sys/class/block/$disk/queue/logical_block_size")
    guid=$(stored_guid "$1") || return 1
    # sysfs counts in 512 bytes, whatever the disk's sectors are.
    hard_drive=04012a00$(little "$(cat "/sys/class/block/$node/partition")" 4)
    hard_drive=$hard_drive$(little $(($(cat "/sys/class/block/$node/start") * 512 / sector)) 8)
    hard_drive=$hard_drive$(little $(($(cat "/sys/class/block/$node/size") * 512 / sector)) 8)
    hard_drive=${hard_drive}${guid}0202
    file=$(utf16 "$2")
    path=${hard_drive}0404$(little $((${#file} / 2 + 4)) 2)${file}7fff0400
    echo "01000000$(little $((${#path} / 2)) 2)$(utf16 "$3")$path"
}

# Makes the firmware start a file of a partition first: boot_first NODE PATH [NAME]
boot_first() {
    wanted=$(load_option "$1" "$2" "${3:-Linux Boot Manager}") || return 1
    index=0
    while :; do
        name=$(printf Boot%04X "$index")
        present=$(variable "$name")
        [ "$present" != "$wanted" ] || break
        if [ -z "$present" ]; then
            set_variable "$name" "$wanted" || return 1
            break
        fi
        index=$((index + 1))
    done
    own=$(little "$index" 2)
    others=$(variable BootOrder | sed "s/..../&\n/g" | grep -v "^$own\$" | tr -d '\n')
    set_variable BootOrder "$own$others" || return 1
    echo "stand-in: boot variable $name starts $2 on $1"
}
