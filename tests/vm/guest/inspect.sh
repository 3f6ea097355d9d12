# In the live medium: look at the installed disk with other people's tools. Nothing is written.
#
# What there is to look at is listed by the host, from the plan:
#   disks         device
#   containers    partition, name below /dev/mapper
#   file-systems  device, kind
#   mounts        device, mount point, kind, options
#   swap-files    path
#   passphrase    what opens the containers
#   recovery-key  what opens them, too, if there is one

. /share/guest/manifest.sh
out=/share/out

# Runs a command; its output and exit status go to files named after the first argument.
look() {
    name=$1
    shift
    "$@" >$out/$name 2>&1
    echo $? >$out/$name.status
}

while read -r disk; do
    short=${disk#/dev/}
    look sgdisk-$short sgdisk --verify $disk
    look sectors-$short sgdisk --print $disk
    look disk-$short.json lsblk --json --bytes --output \
        NAME,PTTYPE,PTUUID,PARTN,PARTUUID,PARTTYPE,PARTLABEL,START,SIZE,FSTYPE,UUID,LABEL $disk
    for node in ${disk}[0-9]*; do
        look blkid-${node#/dev/} blkid -p -o export $node
    done
done </share/disks
while read -r device mapped; do
    look luks-$mapped cryptsetup luksDump --dump-json-metadata $device
    if [ -e /share/recovery-key ]; then
        look recovered-$mapped cryptsetup open --test-passphrase --key-file /share/recovery-key $device
        # The same with its first letter changed.
        sed 's/^c/b/;t;s/^./c/' /share/recovery-key >/tmp/other-key
        look other-key-$mapped cryptsetup open --test-passphrase --key-file /tmp/other-key $device
    fi
    cryptsetup open --readonly --key-file /share/passphrase $device $mapped || exit
    udevadm settle
    look blkid-$mapped blkid -p -o export /dev/mapper/$mapped
done </share/containers
# What was there before must not come alive again.
look revived sh -c '{ mdadm --examine --scan; grep ^md /proc/mdstat; pvs --noheadings; } 2>/dev/null'
number=0
while read -r device kind; do
    number=$((number + 1))
    case $kind in
    vfat) look fsck-$number fsck.vfat -n $device ;;
    ext4) look fsck-$number e2fsck -f -n $device ;;
    btrfs) look fsck-$number btrfs check --readonly $device ;;
    xfs) look fsck-$number xfs_repair -n $device ;;
    f2fs) look fsck-$number fsck.f2fs --dry-run $device ;;
    esac
done </share/file-systems

while read -r device at kind options; do
    mount -t $kind -o $options $device /mnt$at || exit
    [ $kind != btrfs ] || look subvolumes btrfs subvolume list /mnt
done </share/mounts
look mounts findmnt --raw --noheadings --submounts --output TARGET,FSTYPE,UUID,FSROOT /mnt
while read -r path; do
    look swap-file stat --format '%a %u %s %b' /mnt$path
    look swap-file-attributes lsattr /mnt$path
    look swap-file-signature blkid -p -s TYPE -o value /mnt$path
done </share/swap-files
# Type, permissions, owner, group, path; what is in the store apart.
look files find /mnt -path '/mnt/nix/store/*' -prune -o -printf '%y %#m %U %G /%P\n'
look store ls /mnt/nix/store
look localtime readlink /mnt/etc/localtime
look channel readlink /mnt/nix/var/nix/profiles/per-user/root/channels-1-link
look profile readlink /mnt/nix/var/nix/profiles/system-1-link
cp /mnt/etc/shadow $out/shadow
cp -r /mnt/etc/nixos $out/nixos
cp -r /mnt/var/log/nevado $out/nevado
if [ -e /share/grub ]; then
    cp /mnt/boot/grub/grub.cfg $out/grub.cfg
    # Kernels are in the store, or in a /boot of its own; systems are always in the store.
    grep -o '/\(nix/store\|kernels\)/[^ ]*' /mnt/boot/grub/grub.cfg | sort -u | while read -r file; do
        [ -e /mnt$file ] || [ -e /mnt/boot$file ] || echo $file
    done >$out/grub-missing
else
    cp -r /mnt/boot/loader $out/loader
fi
# Words that must not be anywhere in the target, the store included; what is swapped to apart.
look secrets grep -r -l -F -f /share/secrets --exclude=swapfile /mnt
manifest >$out/manifest
umount -R /mnt
while read -r device mapped; do
    cryptsetup close $mapped
done </share/containers
