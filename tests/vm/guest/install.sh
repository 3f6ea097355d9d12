# In the live medium: install onto the empty disk, unattended.

. /share/guest/state.sh
out=/share/out

/share/nevado probe >$out/machine.json
remember_state
/share/nevado install /share/preset.toml --yes --seed "$(cat /share/seed)"
status=$?
compare_state "the installation"
cp -r /run/nevado/. $out/
# Where a preset asks for a recovery key; apart from what is searched for secrets.
mkdir $out/keys
[ ! -e /run/recovery-key ] || cp /run/recovery-key $out/keys/
efibootmgr >$out/boot-variables
sync
exit $status
