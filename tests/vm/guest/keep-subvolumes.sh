# In the live medium: leave a btrfs with subvolumes on the disk, ask for one that is not there, then install into
# new ones beside that with the home folders.

. /share/guest/state.sh
out=/share/out
disk=/dev/vda
old=${disk}3

# Permissions, owners and checksums of all that is in the subvolumes that stay.
files() {
    mount -o ro,subvolid=5 $old /tmp/old
    cd /tmp/old
    find home photos -printf '%y %#m %U %G %p\n' | sort
    find home photos -type f -exec sha256sum {} + | sort
    cd /
    umount /tmp/old
}

# What the kernel has written to the disk so far, in sectors (Documentation/block/stat.rst).
written() {
    read -r _ _ _ _ _ _ sectors _ </sys/block/vda/stat
    echo "$sectors"
}

# Two GiB before it are left for the new EFI system partition.
sgdisk --new 3:2G:0 --change-name 3:fedora $disk
udevadm settle
mkfs.btrfs -q -L fedora $old
mkdir -p /tmp/old
mount $old /tmp/old
btrfs subvolume create /tmp/old/root
btrfs subvolume create /tmp/old/home
btrfs subvolume create /tmp/old/photos
echo "another system" >/tmp/old/root/system
head -c 2M /dev/urandom >/tmp/old/photos/lake.raw
mkdir /tmp/old/home/anna /tmp/old/home/kurt
head -c 3M /dev/urandom >/tmp/old/home/anna/photo.raw
chmod 700 /tmp/old/home/anna /tmp/old/home/kurt
chown -R 1001:100 /tmp/old/home/anna
# The new user has a folder there already, of another group than a new one would.
chown 1000:1001 /tmp/old/home/kurt
umount /tmp/old
files >$out/files-before
sync
udevadm settle

remember_state
written >$out/written-before
sed 's/name = "home"/name = "@home"/' /share/preset.toml >/tmp/wrong.toml
/share/nevado install /tmp/wrong.toml --yes --seed "$(cat /share/seed)" >$out/wrong 2>&1
echo $? >$out/wrong-status
sync
written >$out/written-after

/share/nevado install /share/preset.toml --yes --seed "$(cat /share/seed)"
status=$?
compare_state "the installation"
cp -r /run/nevado/. $out/
mkdir $out/keys
efibootmgr >$out/boot-variables
files >$out/files-after
mount -o ro,subvolid=5 $old /tmp/old
btrfs subvolume list /tmp/old | sed 's/.* path //' | sort >$out/subvolumes-after
umount /tmp/old
btrfs check --readonly $old >$out/check 2>&1
echo $? >$out/check-status
sync
exit $status
