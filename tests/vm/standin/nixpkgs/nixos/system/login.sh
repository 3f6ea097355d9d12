#!@tools@/bin/sh
# STAND-IN for getty and login: asks for a name and a password on the console, as often as three
# times. Whether the password is right is for Debian's unix_chkpwd to say, a real part of PAM: it reads
# /etc/shadow and hashes with libcrypt. Prompts are whole lines, since the test reads lines.
PATH=@tools@/bin

right() {
    printf '%s\0' "$2" | @login@/lib/ld-linux-x86-64.so.2 --library-path @login@/lib \
        @login@/unix_chkpwd "$1" nonull
}

for try in 1 2 3; do
    echo "$(hostname) login, try $try:"
    read -r name
    stty -echo
    echo "password, try $try:"
    read -r password
    stty echo
    if right "$name" "$password"; then
        echo "stand-in login: welcome"
        # The user's own shell, with nothing of this one's.
        su - "$name" -c 'echo "session of $(id -un) in $(pwd), groups: $(id -Gn)"; touch written-by-me && ls -l written-by-me'
        exit
    fi
    echo "stand-in login: refused"
done
