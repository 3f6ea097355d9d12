#!/bin/sh
# Install what building and testing need on Debian 12 or 13, Rust apart. As root; asks nothing.
set -eu
export DEBIAN_FRONTEND=noninteractive

# Building: a linker, and libudev for the machine's probe.
packages="gcc libc6-dev pkg-config libudev-dev"
# The fuzzer's runtime.
packages="$packages g++"
# Configurations are parsed and evaluated by a real Nix.
packages="$packages nix-bin"
# Partition tables are held against other people's tools, password hashes against the C library.
packages="$packages fdisk gdisk util-linux perl-base"
# File systems are measured by their own tools.
packages="$packages e2fsprogs ntfs-3g btrfs-progs xfsprogs f2fs-tools"
# Keys of encrypted containers are made by the real tool, in files.
packages="$packages cryptsetup-bin"
# Keymaps of the console are made as NixOS makes them, and held against XKB's.
packages="$packages console-setup libxkbcommon0 xkb-data python3"
# A display for the wizard's first frame, in benchmarks.
packages="$packages xvfb"
# The live medium and the virtual machine.
packages="$packages mmdebstrap debian-archive-keyring squashfs-tools xorriso mtools dosfstools"
packages="$packages cpio zstd xz-utils ovmf"
# The wizard in a real window, driven as a person drives it.
packages="$packages xvfb xdotool imagemagick libxkbcommon-x11-0 libx11-xcb1 libxcursor1 libxi6"
# The same in a Wayland compositor.
packages="$packages sway wtype grim libwayland-client0"
# NetworkManager's D-Bus interface, on a bus of its own.
packages="$packages dbus-daemon python3-dbusmock python3-gi"

if [ "$(id -u)" != 0 ]; then
    echo "install-dependencies.sh: must be run as root" >&2
    exit 1
fi
apt-get -q update
# One version of QEMU's programs, which apt doesn't arrive at by itself beside a newer qemu-utils from elsewhere.
qemu=$(apt-cache policy qemu-system-x86 | awk '$1 == "Candidate:" { print $2 }')
packages="$packages qemu-system-x86=$qemu qemu-utils=$qemu"
# shellcheck disable=SC2086  # a list of words
apt-get -q -y --no-install-recommends --allow-downgrades install $packages
