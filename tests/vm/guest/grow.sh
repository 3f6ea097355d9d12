# In the live medium: leave five file systems with files on the disk, each with free space right behind it, then
# install in such a way that all of them become larger.

. /share/guest/state.sh
out=/share/out
disk=/dev/vda

# Permissions, owners and checksums of all that is in a folder.
files() {
    find . -printf '%y %#m %U %G %P\n' | sort
    find . -type f -exec sha256sum {} + | sort
}

fill() {
    mkdir anna kurt
    head -c 20M /dev/urandom >anna/photo.raw
    echo "letters of anna" >anna/letter.txt
    echo "notes of kurt" >kurt/notes.txt
    ln -s ../anna/letter.txt kurt/link
    chmod 600 anna/letter.txt
    chmod 640 kurt/notes.txt
    chmod 700 anna kurt
    chown -R 1001:100 anna
    chown -R 1000:1001 kurt
}

# Sizes as the kernel and the file systems have them, in MiB.
sizes() {
    for number in 3 4 5 6 7; do
        echo "partition $number: $(($(cat /sys/class/block/vda$number/size) / 2048))"
    done
}

sgdisk --new 3:1M:+768M --typecode 3:8302 --change-name 3:homes \
    --new 4:1281M:+320M --change-name 4:xfs --new 5:1793M:+320M --change-name 5:btrfs \
    --new 6:2305M:+320M --change-name 6:f2fs \
    --new 7:2817M:+128M --typecode 7:0700 --change-name 7:ntfs $disk
udevadm settle
mkfs.ext4 -q -L homes ${disk}3
mkfs.xfs -q ${disk}4
mkfs.btrfs -q ${disk}5
mkfs.f2fs -q ${disk}6
mkntfs -q -Q ${disk}7
mkdir -p /tmp/old

# As a power cut leaves them: each is refused, and no byte of it changes.
for kind in 4:xfs 6:f2fs; do
    part="$disk${kind%:*}"
    mount -t "${kind#*:}" "$part" /tmp/old
    echo "not written out" >/tmp/old/unclean
    sync
    xfs_io -x -c shutdown /tmp/old
    umount /tmp/old
    sha256sum <"$part" >"$out/unclean-before-${kind#*:}"
    /share/nevado install /share/preset.toml --yes --seed "$(cat /share/seed)" \
        >"$out/unclean-told-${kind#*:}" 2>&1
    echo $? >"$out/unclean-status-${kind#*:}"
    sha256sum <"$part" >"$out/unclean-after-${kind#*:}"
    mount -t "${kind#*:}" "$part" /tmp/old
    rm -f /tmp/old/unclean
    umount /tmp/old
done

for kind in 3:ext4 4:xfs 5:btrfs 6:f2fs; do
    mount -t "${kind#*:}" "$disk${kind%:*}" /tmp/old
    cd /tmp/old
    fill
    files >"$out/files-before-${kind#*:}"
    cd /
    umount /tmp/old
done
head -c 20M /dev/urandom >/tmp/photo.raw
ntfscp ${disk}7 /tmp/photo.raw photo.raw
ntfscat ${disk}7 photo.raw | sha256sum >$out/files-before-ntfs
sync
udevadm settle
sizes >$out/sizes-before

remember_state
/share/nevado install /share/preset.toml --yes --seed "$(cat /share/seed)"
status=$?
compare_state "the installation"
cp -r /run/nevado/. $out/
mkdir $out/keys
efibootmgr >$out/boot-variables
sizes >$out/sizes-after
for kind in 3:ext4 4:xfs 5:btrfs 6:f2fs; do
    mount -o ro -t "${kind#*:}" "$disk${kind%:*}" /tmp/old
    cd /tmp/old
    files >"$out/files-after-${kind#*:}"
    echo "$(($(stat --file-system --format '%b * %S' .) / 1048576))" >"$out/room-${kind#*:}"
    cd /
    umount /tmp/old
done
ntfscat --force ${disk}7 photo.raw | sha256sum >$out/files-after-ntfs
ntfsresize --info --force --no-progress-bar ${disk}7 |
    sed -n 's/^Current volume size: *\([0-9]*\) .*/\1/p' >$out/bytes-ntfs
echo "$(($(cat $out/bytes-ntfs) / 1048576))" >$out/room-ntfs
e2fsck -f -n ${disk}3 >$out/check-ext4 2>&1
echo $? >$out/check-status-ext4
xfs_repair -n ${disk}4 >$out/check-xfs 2>&1
echo $? >$out/check-status-xfs
btrfs check --readonly ${disk}5 >$out/check-btrfs 2>&1
echo $? >$out/check-status-btrfs
fsck.f2fs --dry-run ${disk}6 >$out/check-f2fs 2>&1
echo $? >$out/check-status-f2fs
ntfsresize --info --force --no-progress-bar ${disk}7 >$out/check-ntfs 2>&1
echo $? >$out/check-status-ntfs
sync
exit $status
