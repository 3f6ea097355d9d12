# In the live medium: install with known passwords, and collect everything that could tell them.

. /share/guest/state.sh
out=/share/out
remember_state
touch /tmp/begin /tmp/watching

# A process that the search has to find; it ends with this script at the latest.
PLANTED=planted-variable-31415 tail --pid=$$ --follow /dev/null planted-argument-92653 \
    >/dev/null 2>&1 &
planted=$!

# Arguments and environment of all processes, over and over.
while [ -e /tmp/watching ]; do
    cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null
done | tr '\0' '\n' | sort -u >$out/processes &
watcher=$!

/share/nevado install /share/preset.toml --yes >$out/said 2>&1
status=$?
compare_state "the installation"
rm /tmp/watching
wait $watcher
kill $planted
mkdir $out/run $out/shadow
cp /run/nevado/*.json* /run/nevado/disk-* $out/run/

# In bytes, whatever they mean in a language.
export LC_ALL=C
find / /run /tmp -xdev -type f -newer /tmp/begin \
    -exec grep -l -F -f /share/patterns {} + >$out/live
mount -o ro /dev/vda2 /mnt && mount -o ro /dev/vda1 /mnt/boot || exit
grep -r -l -F -f /share/patterns /mnt >$out/target
cp /mnt/etc/shadow* $out/shadow/
cp -r /mnt/var/log/nevado $out/nevado
umount -R /mnt
sync
exit $status
