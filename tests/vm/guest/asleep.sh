# In the live medium: a Windows falls asleep between the plan and its first step.
#
# out/asleep.status and out/asleep.said get how it ended, out/asleep.jsonl its journal, out/asleep.before and
# out/asleep.after what is on its drives.

. /share/guest/state.sh
. /share/guest/traps.sh
out=/share/out
disk=/dev/vda

# The drive with its folder, which a file stands for, and another one.
sgdisk --new 1:1M:+64M --typecode 1:0700 --new 2:0:0 --typecode 2:0700 $disk >/dev/null
udevadm settle
mkntfs -q -Q ${disk}1
mkntfs -q -Q ${disk}2
{
    printf 'wake'
    head -c 8192 /dev/zero
} >/run/hiberfil
ntfscp ${disk}1 /run/hiberfil hiberfil.sys
ntfscp ${disk}1 /run/hiberfil Windows
cluster=$(ntfsinfo --verbose --force --file /hiberfil.sys ${disk}1 |
    sed -n '/Runlist:/{n;s/^[[:space:]]*0x0[[:space:]]*\(0x[0-9a-f]*\).*/\1/p;}')
at=$((cluster * 4096))
# Takes the word that its memory begins with.
echo "printf \"\$1\" | dd of=${disk}1 bs=1 seek=$at conv=notrunc status=none" >/run/memory
drives() {
    sync
    sha256sum ${disk}1
    # Of the other, what was made, and where the new partitions would begin.
    head -c 64M ${disk}2 | sha256sum
    sfdisk --dump $disk
}

remember_state
drives >$out/asleep.before
set_trap 'nix-instantiate --eval*' "as_root 'sh /run/memory hibr'"
PATH=/run/traps:$PATH /share/nevado install /share/asleep.toml --yes >$out/asleep.said 2>&1
echo $? >$out/asleep.status
[ -e /run/trapping/sprung ] || echo "it did not fall asleep" >$out/asleep.status
cat $out/asleep.said
cp /run/nevado/journal.jsonl $out/asleep.jsonl
compare_state asleep
sh /run/memory wake
drives >$out/asleep.after
sync
