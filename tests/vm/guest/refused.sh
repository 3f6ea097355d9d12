# In the live medium: installations that must be refused before a byte is written.
#
# Of the disks, only the chosen one is there at first; others take its place later.
# out/NAME.status and out/NAME.said get how each case ended, out/NAME.jsonl its journal.

. /share/guest/state.sh
. /share/guest/traps.sh
out=/share/out
driver=/sys/bus/virtio/drivers/virtio_blk

# device SERIAL BYTES TABLE: the virtio device of the one disk with these.
device() {
    for block in /sys/block/vd*; do
        table=$(blkid -p -o value -s PTTYPE "/dev/${block##*/}")
        if [ "$(cat "$block/serial") $(($(cat "$block/size") * 512)) $table" = "$1 $2 $3" ]; then
            basename "$(readlink -f "$block/device")"
        fi
    done
}

# try NAME COMMAND…
try() {
    name=$1
    shift
    PATH=/run/traps:$PATH "$@" >$out/$name.said 2>&1
    echo $? >$out/$name.status
    cat $out/$name.said
    [ ! -e /run/nevado/journal.jsonl ] || cp /run/nevado/journal.jsonl $out/$name.jsonl
    compare_state "$name"
}

while read -r name serial bytes table; do
    echo "$name=$(device "$serial" "$bytes" "$table")"
done </share/disks >/run/devices
cat /run/devices
. /run/devices
for device in $chosen $other_serial $other_size $other_table; do
    echo $device >$driver/unbind
done
echo $chosen >$driver/bind
udevadm settle

remember_state
try too-small /share/nevado install /share/small.toml --yes
try does-not-evaluate /share/nevado install /share/nonsense.toml --yes
# It is a copy of the other one: nothing is kept on either while both are there.
echo $chosen >$driver/unbind
udevadm settle
try damaged-esp /share/nevado install /share/damaged.toml --yes
echo $chosen >$driver/bind
udevadm settle
for swapped in other_serial other_size other_table; do
    eval device=\$$swapped
    # While Nix evaluates: after the plan was made and confirmed, before the disk is looked at.
    set_trap 'nix-instantiate --eval*' \
        "as_root 'echo $chosen >$driver/unbind; echo $device >$driver/bind; udevadm settle'"
    try $swapped /share/nevado install /share/preset.toml --yes
    [ -e /run/trapping/sprung ] || echo "the disk was not swapped" >>$out/$swapped.said
    echo $device >$driver/unbind
    echo $chosen >$driver/bind
    udevadm settle
done
sync
