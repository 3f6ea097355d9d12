# Everything in the target that is mounted at /mnt: type, permissions, owner, group, size of files,
# path, where links lead; then a checksum of each file but the one that is swapped to.

manifest() {
    (cd /mnt &&
        find . \( -type f -printf 'file %#m %U %G %s %p\n' \) -o \
            \( -type l -printf 'link %U %G %p -> %l\n' \) -o \
            -printf '%y %#m %U %G %p\n' | sort &&
        find . -type f ! -name swapfile -print0 | sort -z | xargs -0 sha256sum)
}
