# In the live medium: install, forget the disk, and look at it. The power may be cut meanwhile.

driver=/sys/bus/virtio/drivers/virtio_blk

sh /share/guest/install.sh || exit
# Out and in again: what the kernel remembers of the disk's content is forgotten.
device=$(basename "$(readlink -f /sys/block/vda/device)")
echo "$device" >$driver/unbind
echo "$device" >$driver/bind
udevadm settle
sh /share/guest/inspect.sh
