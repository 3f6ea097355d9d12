#!/bin/sh
# Install what is needed, then show Nevado's main job: an unattended install of NixOS onto an
# empty disk of a virtual machine, and the boot from that disk. As root, on Debian with Rust.
set -eu
cd "$(dirname "$0")/.."
PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin # sudo leaves it out
tests/install-dependencies.sh
exec cargo test --quiet --locked --test vm -- demo
