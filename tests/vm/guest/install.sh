# In the live medium: install onto the empty disk, unattended.

. /share/guest/state.sh
out=/share/out

/share/nevado probe >$out/machine.json
remember_state
/share/nevado install /share/preset.toml --yes --seed "$(cat /share/seed)"
status=$?
compare_state "the installation"
cp -r /run/nevado/. $out/
efibootmgr >$out/boot-variables
sync
exit $status
