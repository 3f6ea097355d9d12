# In the live medium: leave an encrypted partition with home folders on the disk, and one with an old system,
# try a wrong passphrase, then install around the one and into the other with the right one.

. /share/guest/state.sh
out=/share/out
disk=/dev/vda
homes=${disk}3
system=${disk}4
passphrase=$(sed -n 's/.*passphrase = { plain = "\([^"]*\)" }.*/\1/p' /share/preset.toml)

# Permissions, owners and checksums of all that is in the home folders.
files() {
    find . -printf '%y %#m %U %G %P\n' | sort
    find . -type f -exec sha256sum {} + | sort
}

sgdisk --new 3:2048:+2G --typecode 3:8302 --change-name 3:homes \
    --new 4:4196352:+8G --change-name 4:system $disk
udevadm settle
printf %s "$passphrase" | cryptsetup luksFormat --batch-mode --type luks2 --pbkdf argon2id \
    --pbkdf-memory 65536 --pbkdf-parallel 1 --pbkdf-force-iterations 4 --key-file - $homes
printf %s "$passphrase" | cryptsetup open --key-file - $homes old-homes
mkfs.ext4 -q -L homes /dev/mapper/old-homes
mkdir -p /tmp/homes
mount /dev/mapper/old-homes /tmp/homes
cd /tmp/homes
# Kurt was the first in the old system.
mkdir anna kurt
head -c 3M /dev/urandom >anna/photo.raw
echo "letters of anna" >anna/letter.txt
echo "notes of kurt" >kurt/notes.txt
chmod 600 anna/letter.txt
chmod 640 kurt/notes.txt
chmod 700 anna kurt
chown -R 1001:100 anna
chown -R 1000:1001 kurt
files >$out/files-before
cd /
umount /tmp/homes
cryptsetup close old-homes
printf %s "$passphrase" | cryptsetup luksFormat --batch-mode --type luks1 --pbkdf-force-iterations 1000 \
    --key-file - $system
printf %s "$passphrase" | cryptsetup open --key-file - $system old-system
mkfs.btrfs -q -L old /dev/mapper/old-system
cryptsetup close old-system
sync
udevadm settle
# Headers with their key slots, all of them.
head -c 16M $homes | sha256sum >$out/header-homes
head -c 2M $system | sha256sum >$out/header-system
for container in $homes $system; do
    cryptsetup luksUUID $container
done >$out/uuids

remember_state
# What the kernel has written to the disk so far, in sectors (Documentation/block/stat.rst).
written() {
    read -r _ _ _ _ _ _ sectors _ </sys/block/vda/stat
    echo "$sectors"
}
written >$out/written-before
sed 's/passphrase = { plain = "[^"]*" }/passphrase = { plain = "open sesame 27182" }/' \
    /share/preset.toml >/tmp/wrong.toml
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
printf %s "$passphrase" | cryptsetup open --readonly --key-file - $homes old-homes
e2fsck -f -n /dev/mapper/old-homes >$out/fsck 2>&1
echo $? >$out/fsck-status
mount -o ro /dev/mapper/old-homes /tmp/homes
cd /tmp/homes
files >$out/files-after
cd /
umount /tmp/homes
cryptsetup close old-homes
sync
exit $status
