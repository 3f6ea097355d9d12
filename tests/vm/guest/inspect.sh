# In the live medium: look at the installed disk with other people's tools. Nothing is written.

. /share/guest/manifest.sh
out=/share/out
disk=/dev/vda

# Runs a command; its output and exit status go to files named after the first argument.
look() {
    name=$1
    shift
    "$@" >$out/$name 2>&1
    echo $? >$out/$name.status
}

look sgdisk sgdisk --verify $disk
look disk.json lsblk --json --bytes --output \
    NAME,PTTYPE,PTUUID,PARTN,PARTUUID,PARTTYPE,PARTLABEL,START,SIZE,FSTYPE,UUID,LABEL $disk
look blkid-1 blkid -p -o export ${disk}1
look blkid-2 blkid -p -o export ${disk}2
[ -e /share/bios ] || look fsck-vfat fsck.vfat -n ${disk}1
look fsck-ext4 e2fsck -f -n ${disk}2

mount -o ro ${disk}2 /mnt || exit
[ -e /share/bios ] || mount -o ro ${disk}1 /mnt/boot || exit
look mounts findmnt --raw --noheadings --submounts --output TARGET,FSTYPE,UUID,PARTUUID /mnt
# Type, permissions, owner, group, path; what is in the store apart.
look files find /mnt -path '/mnt/nix/store/*' -prune -o -printf '%y %#m %U %G /%P\n'
look store ls /mnt/nix/store
look localtime readlink /mnt/etc/localtime
look channel readlink /mnt/nix/var/nix/profiles/per-user/root/channels-1-link
look profile readlink /mnt/nix/var/nix/profiles/system-1-link
cp /mnt/etc/shadow $out/shadow
cp -r /mnt/etc/nixos $out/nixos
cp -r /mnt/var/log/nevado $out/nevado
if [ -e /share/bios ]; then
    cp /mnt/boot/grub/grub.cfg $out/grub.cfg
    grep -o '/nix/store/[^ ]*' /mnt/boot/grub/grub.cfg | sort -u | while read -r file; do
        [ -e /mnt$file ] || echo $file
    done >$out/grub-missing
else
    cp -r /mnt/boot/loader $out/loader
fi
# Words that must not be anywhere in the target, the store included.
look secrets grep -r -l -F -f /share/secrets /mnt
manifest >$out/manifest
umount -R /mnt
