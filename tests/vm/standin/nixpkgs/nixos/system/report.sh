#!@tools@/bin/sh
# STAND-IN: one line about the running system, read off the kernel and the disk, not off the
# configuration:
#
#   NEVADO {"nonce":"…","root_partition_guid":"…","mounts":{…},"host_name":"…",…}
PATH=@tools@/bin
. @system@/stand-in/devices.sh

# Text as JSON's inside of a string.
text() {
    printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g' | tr '\n\t' '  '
}

nonce=$(sed -n 's/.*"nonce"[[:space:]]*:[[:space:]]*"\([0-9a-f]*\)".*/\1/p' /var/log/nevado/receipt.json 2>/dev/null | head -n 1)
state=$(sed -n 's/.*"state"[[:space:]]*:[[:space:]]*"\([a-z]*\)".*/\1/p' /var/log/nevado/receipt.json 2>/dev/null | head -n 1)
root=$(awk '$2 == "/" { node = $1 } END { print node }' /proc/mounts)

mounts=$(awk '
    NR == FNR { split($0, columns, "\t"); wanted[columns[1]] = 1; next }
    ($2 in wanted) {
        printf "%s\"%s\":{\"source\":\"%s\",\"fstype\":\"%s\",\"options\":\"%s\"}", sep, $2, $1, $3, $4
        sep = ","
    }' @etc@/stand-in/file-systems /proc/mounts)

swap=$(awk 'NR > 1 {
        printf "%s{\"source\":\"%s\",\"kib\":%s,\"priority\":%s}", sep, $1, $3, $5
        sep = ","
    }' /proc/swaps)

# root and the normal users; of a password only whether there is one.
users=$(awk -F : '
    function escaped(text) {
        gsub(/[\\"]/, "\\\\&", text)
        return text
    }
    FILENAME == "/etc/group" {
        names[$3] = $1
        count = split($4, members, ",")
        for (i = 1; i <= count; i++) groups[members[i]] = groups[members[i]] ",\"" $1 "\""
        next
    }
    FILENAME == "/etc/shadow" {
        password[$1] = $2 == "" ? "empty" : ($2 ~ /^[!*]/ ? "locked" : "set")
        next
    }
    $3 == 0 || ($3 >= 1000 && $3 < 30000) {
        printf "%s{\"name\":\"%s\",\"uid\":%s,\"groups\":[\"%s\"%s],\"full_name\":\"%s\",\"home\":\"%s\",\"password\":\"%s\"}", \
            sep, $1, $3, names[$4], groups[$1], escaped($5), $6, password[$1]
        sep = ","
    }' /etc/group /etc/shadow /etc/passwd)

# What is opened: by name what kind of thing it is, as the kernel knows it.
mapped=
for folder in /sys/class/block/dm-*/dm; do
    [ -e "$folder/name" ] || continue
    mapped="$mapped${mapped:+,}\"$(cat "$folder/name")\":\"$(cat "$folder/uuid")\""
done

zone=$(readlink /etc/localtime)
echo "NEVADO {\"nonce\":\"$nonce\",\"receipt_state\":\"$state\",\"root_partition_guid\":\"$(partition_guid "$(below "$root")")\",\"mounts\":{$mounts},\"host_name\":\"$(text "$(hostname)")\",\"users\":[$users],\"swap\":[$swap],\"mapped\":{$mapped},\"woken\":\"${woken:-}\",\"system\":\"$(readlink -f /run/current-system)\",\"profile\":\"$(readlink -f /nix/var/nix/profiles/system)\",\"time_zone\":\"${zone#/etc/zoneinfo/}\",\"locale\":\"$(sed -n 's/^LANG=//p' /etc/locale.conf)\",\"keymap\":\"$(sed -n 's/^KEYMAP=//p' /etc/vconsole.conf)\",\"firmware\":\"$([ -d /sys/firmware/efi ] && echo uefi || echo bios)\"}"
