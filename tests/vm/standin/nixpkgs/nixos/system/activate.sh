#!@tools@/bin/sh
# STAND-IN for NixOS's activation: /etc, users and groups, /run/current-system.
set -eu
export PATH=@tools@/bin
umask 022

mkdir -p /bin /usr/bin /etc /home /root /run /tmp /var/lib/nixos /var/log /var/tmp /var/empty
chmod 1777 /tmp /var/tmp
chmod 700 /root
ln -sfn @tools@/bin/sh /bin/sh
ln -sfn @tools@/bin/env /usr/bin/env

ln -sfn @etc@ /etc/static
for name in fstab hostname locale.conf localtime nix os-release vconsole.conf; do
    if [ -e "@etc@/$name" ] || [ -L "@etc@/$name" ]; then
        ln -sfn "/etc/static/$name" "/etc/$name"
    fi
done
# Read through the link it is, as programs read it.
if [ -L @etc@/localtime ]; then
    ln -sfn "$(readlink @etc@/localtime)" /etc/localtime
fi

work=$(mktemp -d /etc/.stand-in.XXXXXX)
trap 'rm -rf "$work"' EXIT
touch /etc/passwd /etc/group /etc/shadow
chmod 600 /etc/shadow
umask 077
awk -v work="$work" -f @system@/stand-in/users.awk \
    /etc/group /etc/passwd /etc/shadow @etc@/stand-in/groups @etc@/stand-in/users
for file in group passwd shadow; do
    case $file in shadow) mode=600 ;; *) mode=644 ;; esac
    chmod "$mode" "$work/$file"
    mv "$work/$file" "/etc/$file"
done
umask 022
while IFS=$(printf '\t') read -r name uid gid home mode; do
    if [ ! -d "$home" ]; then
        mkdir -p "$home"
        chown "$uid:$gid" "$home"
        chmod "$mode" "$home"
    fi
done <"$work/homes"

ln -sfn @system@ /run/current-system
