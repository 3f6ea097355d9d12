# In the live medium: install, forget the disk, and look at it. The power may be cut meanwhile.

driver=/sys/bus/virtio/drivers/virtio_blk

sh /share/guest/install.sh || exit
# Out and in again: what the kernel remembers of the disk's content is forgotten.
device=$(basename "$(readlink -f /sys/block/vda/device)")
echo "$device" >$driver/unbind
echo "$device" >$driver/bind
udevadm settle
# What the host lists where it knows the plan beforehand.
cat >/share/file-systems <<'LIST'
/dev/vda2 ext4
/dev/vda1 vfat
LIST
cat >/share/mounts <<'LIST'
/dev/vda2 / ext4 ro
/dev/vda1 /boot vfat ro
LIST
: >/share/containers
: >/share/swap-files
sh /share/guest/inspect.sh
