# In the live medium: an installation whose front end is killed while Nix builds.

. /share/guest/state.sh
out=/share/out

remember_state
/share/nevado install /share/preset.toml --yes --seed "$(cat /share/seed)" &
front_end=$!
timeout 300 tail --lines=+1 --follow=name --retry /run/nevado/journal.jsonl 2>/dev/null |
    grep -q --max-count=1 '"event":"progress"'
kill -KILL $front_end
wait $front_end
echo $? >$out/killed-status
wc -l </run/nevado/journal.jsonl >$out/lines-when-killed
/share/nevado follow >$out/follow
echo $? >$out/follow-status
compare_state "the installation"
cp -r /run/nevado/. $out/
sync
