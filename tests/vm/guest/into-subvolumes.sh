# In the live medium: put the Linux in the neighbour's btrfs into subvolumes, as Fedora has it, then install.

# By its disk: the one that nobody chose has a partition of the same name.
old=/dev/disk/by-id/virtio-NEVADO-TEST-1-part7
mkdir -p /tmp/old
mount $old /tmp/old
btrfs subvolume create /tmp/old/root
btrfs subvolume create /tmp/old/home
mv /tmp/old/usr /tmp/old/etc /tmp/old/root/
mkdir /tmp/old/home/anna
chown 1000:1000 /tmp/old/home/anna
umount /tmp/old
sync
udevadm settle

. /share/guest/install.sh
