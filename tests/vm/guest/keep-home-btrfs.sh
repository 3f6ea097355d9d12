# In the live medium: leave a Fedora on the disk, as far as its disk goes, then install anew and keep its home
# folders: first broken off while Nix builds, then to the end.

. /share/guest/state.sh
out=/share/out
disk=/dev/vda
old=${disk}2

# What all that stays is like: permissions, owners and checksums.
files() {
    mount -o ro,subvolid=5 $old /tmp/old
    cd /tmp/old
    find home films -printf '%y %#m %U %G %P\n' | sort
    find home films -type f -exec sha256sum {} + | sort
    btrfs subvolume list . | sed 's/.* path //' | sort >$1
    cd /
    umount /tmp/old
}

sgdisk --new 1:1M:+700M --typecode 1:ef00 --change-name 1:EFI --new 2:0:0 --change-name 2:fedora $disk
udevadm settle
mkfs.vfat -F 32 -n EFI ${disk}1 >/dev/null
mkfs.btrfs -q -L fedora $old
mkdir -p /tmp/old
mount ${disk}1 /tmp/old
mkdir -p /tmp/old/EFI/fedora
echo "stands for Fedora's shim" >/tmp/old/EFI/fedora/shimx64.efi
umount /tmp/old
mount $old /tmp/old
for own in root home films; do
    btrfs subvolume create /tmp/old/$own
done
mkdir -p /tmp/old/root/var/lib /tmp/old/root/etc /tmp/old/root/usr/lib
btrfs subvolume create /tmp/old/root/var/lib/machines
echo 'PRETTY_NAME="Fedora Linux 43 (Workstation Edition)"' >/tmp/old/root/usr/lib/os-release
echo "a film" >/tmp/old/films/one
mkdir /tmp/old/home/anna /tmp/old/home/kurt
head -c 3M /dev/urandom >/tmp/old/home/anna/photo.raw
echo "letters of anna" >/tmp/old/home/anna/letter.txt
echo "notes of kurt" >/tmp/old/home/kurt/notes.txt
chmod 600 /tmp/old/home/anna/letter.txt
chmod 700 /tmp/old/home/anna /tmp/old/home/kurt
chown -R 1001:100 /tmp/old/home/anna
chown -R 1000:1001 /tmp/old/home/kurt
# As one that was set by hand; it can't be deleted as long as it is that.
btrfs subvolume set-default /tmp/old/root
umount /tmp/old
files $out/subvolumes-before >$out/files-before
sync
udevadm settle

/share/nevado probe >$out/machine.json
remember_state
/share/nevado install /share/preset.toml --yes &
installer=$!
# The first word of progress comes from Nix.
timeout 300 tail --lines=+1 --follow=name --retry /run/nevado/journal.jsonl |
    grep -q --max-count=1 '"event":"progress"'
kill -TERM $installer
wait $installer
echo $? >$out/broken-off-status
compare_state "the installation that is broken off"
mv $out/state $out/state-broken-off
cp /run/nevado/plan.json $out/plan-broken-off.json
files $out/subvolumes-broken-off >$out/files-broken-off

/share/nevado install /share/preset.toml --yes --seed "$(cat /share/seed)"
status=$?
compare_state "the installation"
cp -r /run/nevado/. $out/
mkdir $out/keys
efibootmgr >$out/boot-variables
files $out/subvolumes-after >$out/files-after
mount -o ro ${disk}1 /tmp/old
cat /tmp/old/EFI/fedora/shimx64.efi >$out/loader
umount /tmp/old
btrfs check --readonly $old >$out/check 2>&1
echo $? >$out/check-status
sync
exit $status
