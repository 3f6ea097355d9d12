# Programs of the engine's PATH that can be made to misbehave once. Whoever sources this and puts
# /run/traps before the PATH gets, for each of them, a script that calls the real one, unless the
# trap that is set fits the call. The product knows nothing of it.

trapped="nix-instantiate udevadm wipefs mkfs.ext4 mkfs.vfat mount umount nix-build nixos-install
    chroot e2fsck"

mkdir -p /run/traps /run/trapping
# Some of the programs are run as an ordinary user, who may spring a trap too.
chmod 777 /run/trapping
cat >/run/traps/wrapper <<'WRAPPER'
#!/bin/sh
name=${0##*/}
real=$(PATH=${PATH#/run/traps:} command -v "$name")
as_root() {
    echo "$*" >/run/trapping/wish
    read -r _ </run/trapping/granted
}
if [ -e /run/trapping/set/call ]; then
    pattern=$(cat /run/trapping/set/call)
    # shellcheck disable=SC2254 # a pattern is what it is meant to be
    case "$name $*" in
    $pattern)
        # Only once, also when several programs run at a time.
        mv /run/trapping/set /run/trapping/sprung 2>/dev/null && . /run/trapping/sprung/deed
        ;;
    esac
fi
exec "$real" "$@"
WRAPPER
chmod +x /run/traps/wrapper
for name in $trapped; do
    ln -sf wrapper "/run/traps/$name"
done

# What a deed wants done `as_root` is done here, in turn.
mkfifo -m 666 /run/trapping/wish /run/trapping/granted
while read -r wish; do
    sh -c "$wish"
    echo granted >/run/trapping/granted
done <>/run/trapping/wish >/dev/null 2>&1 &

# set_trap PATTERN DEED: the first call that fits does the deed: shell code that may use $real and
# the call's arguments. What it goes on to unless it exits is the real program.
set_trap() {
    unset_trap
    mkdir /run/trapping/new
    echo "$1" >/run/trapping/new/call
    echo "$2" >/run/trapping/new/deed
    mv /run/trapping/new /run/trapping/set
}
unset_trap() {
    rm -rf /run/trapping/set /run/trapping/sprung /run/trapping/new
}

# Deeds. Without quotes to expand: they are read by the wrapper.
# shellcheck disable=SC2034,SC2016
{
    fail_before='echo "planted failure" >&2; exit 1'
    fail_after='"$real" "$@"; echo "planted failure" >&2; exit 1'
    # The target's file system lets nobody write any more, as after an error of the disk.
    then_read_only='"$real" "$@" || exit; PATH=${PATH#/run/traps:} mount -o remount,ro /mnt; exit'
    # The target's file system makes writers wait, until it is thawed.
    then_freeze='"$real" "$@" || exit; fsfreeze --freeze /mnt; exit'
    # Asks the front end to stop, and goes on once the engine knows.
    cancel_now='. /share/guest/traps-wait.sh; as_root "kill -TERM $(cat /run/front-end)"; wait_for_stopping'
    # Goes on once the engine knows that it is to stop.
    wait_for_cancel='. /share/guest/traps-wait.sh; wait_for_stopping'
}
