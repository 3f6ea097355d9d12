# In the live medium: leave much on the disk, let it come alive, then install onto it.

. /share/guest/state.sh
out=/share/out
disk=/dev/vda
remember_state

# The last partition ends where that of a new system will end, so that its array has its superblock
# in the last sectors of the new one.
sgdisk --new 1:0:+3G --new 2:0:+1G --new 3:0:+2G --new 4:0:41940991 $disk
udevadm settle
mdadm --create /dev/md/old --run --assume-clean --metadata=1.0 --level=1 --raid-devices=2 \
    ${disk}3 ${disk}4 </dev/null
vgcreate --yes old ${disk}1 /dev/md/old
lvcreate --yes --extents 100%VG --name data old
mkfs.ext4 -q /dev/old/data
printf old | cryptsetup luksFormat --batch-mode --type luks2 --pbkdf pbkdf2 \
    --pbkdf-force-iterations 1000 --key-file - ${disk}2
vgchange --activate n old
mdadm --stop --scan

# Arrays come alive by udev; volumes would by systemd, which is not here.
udevadm trigger --action=add --subsystem-match=block
udevadm settle
vgchange --activate y old
printf old | cryptsetup open --key-file - ${disk}2 old-luks
udevadm settle
mkswap /dev/mapper/old-luks
swapon /dev/mapper/old-luks
mkdir -p /tmp/old
mount /dev/mapper/old-data /tmp/old
{
    state
    cat /proc/mdstat
} >$out/before

/share/nevado install /share/preset.toml --yes --seed "$(cat /share/seed)"
status=$?
compare_state "the installation"
cp -r /run/nevado/. $out/
efibootmgr >$out/boot-variables
sync
exit $status
