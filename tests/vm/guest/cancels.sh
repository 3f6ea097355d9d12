# In the live medium: an installation that is stopped in each step, and goes on afterwards.
#
# out/cancels gets a line for each attempt: the step that it was stopped in, how exactly (in that
# step, or in it or soon after it), and the exit status.

. /share/guest/state.sh
. /share/guest/traps.sh
. /share/guest/traps-wait.sh
out=/share/out
seed=$(cat /share/seed)

# begin: starts the next attempt, and notes how long the journal was before.
begin() {
    : >/run/front-end-errors
    if [ -e /run/nevado/journal.jsonl ]; then
        lines=$(wc -l </run/nevado/journal.jsonl)
        set -- retry
    else
        lines=0
        set -- install /share/preset.toml --yes --seed "$seed"
    fi
    PATH=/run/traps:$PATH /share/nevado "$@" 2>/run/front-end-errors &
    front_end=$!
    echo $front_end >/run/front-end
}

# finish STEP HOW: waits for the end of the attempt.
finish() {
    wait $front_end
    echo "$1 $2 $?" >>$out/cancels
    cat /run/front-end-errors
    compare_state "step $1"
}

# in_program STEP CALL: the program itself asks for the stop, so it comes in the middle of the step.
in_program() {
    set_trap "$2" "$cancel_now"
    begin
    finish "$1" exactly
}

# frozen STEP CALL: after that call writers wait; the step that wants to write is stopped then.
frozen() {
    set_trap "$2" "$then_freeze"
    begin
    wait_for_step "$lines" "$1"
    stop_front_end
    wait_for_stopping
    fsfreeze --unfreeze /mnt
    finish "$1" exactly
}

# soon_after STEP CALL: a step that runs no program is stopped as soon as the journal has it; should
# that be too late, the call waits for the stop.
soon_after() {
    set_trap "$2" "$wait_for_cancel"
    begin
    wait_for_step "$lines" "$1"
    stop_front_end
    finish "$1" soon
}

remember_state
in_program 1 'nix-instantiate --eval*'
soon_after 2 'udevadm control --reload'
soon_after 3 'udevadm control --reload'
in_program 4 'udevadm control --reload'
in_program 6 'wipefs *'
in_program 7 'udevadm wait *'
in_program 8 'mkfs.ext4 *'
in_program 9 'mkfs.vfat *'
in_program 10 'mount -t ext4 *'
in_program 11 'mount -t vfat *'
frozen 12 'mount -t vfat *'
# Every attempt looks whether the disk is in use.
soon_after 5 'nix-build *'
in_program 13 'nix-build *'
in_program 14 'nixos-install *'
in_program 15 'chroot */chpasswd *'
frozen 16 'mount -t vfat *'
in_program 17 'umount *'
in_program 18 'e2fsck *'
unset_trap
begin
finish 0 not
cp -r /run/nevado/. $out/
sync
