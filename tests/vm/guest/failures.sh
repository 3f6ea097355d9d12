# In the live medium: an installation in which each step fails once, and is tried again.
#
# out/failures gets a line for each attempt: the step that was made to fail, and the exit status.

. /share/guest/state.sh
. /share/guest/traps.sh
out=/share/out

# attempt STEP COMMAND…
attempt() {
    step=$1
    shift
    PATH=/run/traps:$PATH "$@"
    echo "$step $?" >>$out/failures
    compare_state "step $step"
}
again() {
    attempt "$1" /share/nevado retry
}

remember_state
seed=$(cat /share/seed)

# The first failure happens in front of a person, who types the disk's name, and yes when asked
# whether to try again; after the second failure, no.
# The disk refuses writes from then on, which is what the second step must notice.
set_trap 'nix-instantiate --eval*' "as_root blockdev --setro /dev/vda; $fail_before"
printf '/dev/vda\ny\nn\n' >/run/answers
attempt 2 script --quiet --return --command \
    "/share/nevado install /share/preset.toml --seed $seed" $out/terminal </run/answers
blockdev --setrw /dev/vda

# A folder lies where the copy of the old table goes.
nonce=$(sed -n '1s/.*"nonce":"\([0-9a-f]*\)".*/\1/p' /run/nevado/journal.jsonl)
copy=/run/nevado/disk-1-first-mib-$nonce
mkdir "$copy"
again 3
rmdir "$copy"
set_trap 'udevadm control --reload' "$fail_before"
again 4
mount -t tmpfs somebody-elses /mnt
PATH=/run/traps:$PATH /share/nevado retry
echo "5 $?" >>$out/failures
umount /mnt
compare_state "step 5"
set_trap 'wipefs *' "$fail_after"
again 6
set_trap 'udevadm wait *' "$fail_after"
again 7
set_trap 'mkfs.ext4 *' "$fail_after"
again 8
set_trap 'mkfs.vfat *' "$fail_after"
again 9
set_trap 'mount -t ext4 *' "$fail_before"
again 10
set_trap 'mount -t vfat *' "$fail_before"
again 11
set_trap 'mount -t vfat *' "$then_read_only"
again 12
set_trap 'nix-build *' "$fail_after"
again 13
set_trap 'nixos-install *' "$fail_after"
again 14
set_trap 'chroot */chpasswd *' "$fail_after"
again 15
set_trap 'chroot */chpasswd *' "$then_read_only"
again 16
set_trap 'umount *' "$fail_before"
again 17
set_trap 'e2fsck *' "$fail_before"
again 18
again 0
cp -r /run/nevado/. $out/
sync
