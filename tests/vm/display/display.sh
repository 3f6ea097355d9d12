#!/bin/sh
# Make what the live medium lacks for a window: an X server, hands for it, and the libraries that the
# wizard loads, as a read-only file system that a machine mounts when it has to. The medium stays small.
#
#   display.sh FOLDER
#
# FOLDER receives display.squashfs, and a hash of this script; nothing is done when it already fits.
# Needs root, mmdebstrap, squashfs-tools, and apt sources for Debian's main archive.
set -eu

# The same as the medium's, so that both share one C library.
release=trixie
packages=xvfb,xdotool,xkb-data,libx11-xcb1,libxcursor1,libxi6,libxkbcommon-x11-0

script_hash=$(sha256sum <"$0" | cut -d' ' -f1)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
if [ "$(cat "$folder/stamp" 2>/dev/null)" = "$script_hash" ]; then
    exit 0
fi
rm -rf "$folder/tree" "$folder/display.squashfs" "$folder/stamp"
mirror=$(apt-get indextargets --format '$(LABEL) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk '$1 == "Debian" && $2 == "main" { print $3; exit }')
if [ -z "$mirror" ]; then
    echo "display.sh: apt knows no Debian archive; run 'apt-get update' first" >&2
    exit 1
fi
mmdebstrap --quiet --mode=root --variant=extract --include="$packages" \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
    --aptopt='APT::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' \
    "$release" "$folder/tree" "deb $mirror $release main"
# What draws in three dimensions is half of it, and never asked for.
rm -rf "$folder/tree"/usr/lib/*/dri "$folder/tree"/usr/lib/*/libLLVM* "$folder/tree"/usr/lib/*/libgallium*
mksquashfs "$folder/tree/usr" "$folder/display.squashfs" \
    -comp zstd -Xcompression-level 6 -no-xattrs -noappend -quiet -no-progress
rm -rf "$folder/tree"
echo "$script_hash" >"$folder/stamp"
