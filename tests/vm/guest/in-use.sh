# In the live medium: install onto a disk that is in use in three ways, and stop while Nix builds.

. /share/guest/state.sh
out=/share/out
remember_state

sgdisk -n 1:0:+500M -n 2:0:+500M -n 3:0:0 /dev/vda
udevadm settle
mkfs.ext4 -q /dev/vda1
mkdir -p "/tmp/old disk" /tmp/map
mount /dev/vda1 "/tmp/old disk"
mkswap /dev/vda2
swapon /dev/vda2
dmsetup create oldmap --table "0 $(blockdev --getsz /dev/vda3) linear /dev/vda3 0"
udevadm settle
mkfs.ext4 -q /dev/mapper/oldmap
mount /dev/mapper/oldmap /tmp/map
state >$out/state-in-use

/share/nevado install /share/preset.toml --yes &
installer=$!
# The first word of progress comes from Nix.
timeout 300 tail --lines=+1 --follow=name --retry /run/nevado/journal.jsonl |
    grep -q --max-count=1 '"event":"progress"'
kill -TERM $installer
wait $installer
echo $? >$out/installer-status
compare_state "the installation"
cp -r /run/nevado/. $out/
sync
