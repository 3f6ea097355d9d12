#!@tools@/bin/sh
# STAND-IN for chpasswd, which the medium's busybox lacks: `name:hash` lines on standard input.
# Only hashes are taken (-e), and only for users that exist.
set -eu
export PATH=@tools@/bin
if [ $# -ne 1 ] || { [ "$1" != -e ] && [ "$1" != --encrypted ]; }; then
    echo "chpasswd (stand-in): only 'chpasswd -e' is known here" >&2
    exit 2
fi
umask 077
work=$(mktemp -d /etc/.chpasswd.XXXXXX)
trap 'rm -rf "$work"' EXIT
awk -F : -v OFS=: -v target="$work/shadow" '
    from == "input" {
        if (index($0, ":") == 0) { print "chpasswd: line " FNR ": missing new password" > "/dev/stderr"; bad = 1; exit 1 }
        wanted[$1] = substr($0, length($1) + 2)
        next
    }
    ($1 in wanted) { $2 = wanted[$1]; done[$1] = 1 }
    { print > target }
    END {
        if (bad) exit 1
        for (name in wanted) if (!(name in done)) {
            print "chpasswd: user \x27" name "\x27 does not exist" > "/dev/stderr"
            bad = 1
        }
        exit bad
    }' from=input - from=shadow /etc/shadow
chmod 600 "$work/shadow"
mv "$work/shadow" /etc/shadow
