# What root types in the installed system, without any network: a rebuild that has nothing to do, then
# one with a change. Lines for the test begin with `ROOT`.

say() {
    echo "ROOT $1: $2"
}

# What must be as it was: the store, the profile's generations, the boot menu, /etc/nixos.
state() {
    ls /nix/store
    # Without times: Nix may make a link anew that leads where it did.
    for link in /nix/var/nix/profiles/*; do
        echo "$link $(readlink "$link")"
    done
    find /boot /etc/nixos -type f -exec sha256sum {} +
}

# rebuild NAME: rebuilds; says what the system is then, and how the state differs from the last one.
rebuild() {
    nixos-rebuild switch || say failed "the $1 rebuild"
    state >/tmp/after || say failed "the look after the $1 rebuild"
    say "$1" "$(readlink -f $profile)"
    say "$1-changed" "$(diff /tmp/before /tmp/after | grep '^[+-][^+-]' | tr '\n' ' ')"
    mv /tmp/after /tmp/before
}

profile=/nix/var/nix/profiles/system
say installed "$(readlink -f $profile)"
state >/tmp/before || say failed "the first look"
rebuild idle
sed -i 's|Europe/Berlin|Europe/Vienna|' /etc/nixos/*.nix
rebuild other
say generations "$(ls -d $profile-*-link | wc -l)"
