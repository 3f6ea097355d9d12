#!/bin/sh
# Install what is needed, then pass all tests. As root, on Debian with Rust.
set -eu
cd "$(dirname "$0")/.."
PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin # sudo leaves it out
export CARGO_INCREMENTAL=0 # one build of each: what a second one would need fills the disk
export CI="${CI:-true}" # what is missing fails here, and is not passed over
began=$(date +%s)

# step COMMAND…: runs it, and says when.
step() {
    echo "=== $(($(date +%s) - began)) s: $*"
    "$@"
}

step tests/install-dependencies.sh
step cargo fmt --check
step cargo clippy --locked --all-targets -- -D warnings
step cargo test --locked
step tests/fuzz/run.sh 60
step cargo test --locked --test vm
# Licences and bans; made from source once, since Debian has no package of it.
step cargo install --quiet --locked --root target/tools cargo-deny@0.20.2
step target/tools/bin/cargo-deny check licenses bans sources
echo "=== $(($(date +%s) - began)) s: all passed"
