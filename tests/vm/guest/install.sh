# In the live medium: install onto the empty disk, unattended.

out=/share/out
# What is mounted, swapped to, and mapped; none of it may be left behind.
state() {
    findmnt --raw --noheadings --output TARGET,SOURCE,FSTYPE
    swapon --noheadings --raw
    losetup --all
    dmsetup ls
}

/share/nevado probe >$out/machine.json
state >$out/state-before
/share/nevado install /share/preset.toml --yes
status=$?
state >$out/state-after
cp -r /run/nevado/. $out/
efibootmgr >$out/boot-variables
sync
exit $status
