# What is mounted, swapped to, and mapped; an installation leaves nothing of it behind.

state() {
    findmnt --raw --noheadings --output TARGET,SOURCE,FSTYPE
    swapon --noheadings --raw
    losetup --all
    dmsetup ls
}

# Takes down how it is before anything is done.
remember_state() {
    state >/run/state-before
    : >/share/out/state
}

# One line: whether it is still like that, after what is named.
compare_state() {
    if state | diff /run/state-before - >/run/state-difference; then
        echo "$1: as before" >>/share/out/state
    else
        echo "$1: $(tr '\n' ' ' </run/state-difference)" >>/share/out/state
    fi
}
