#!/bin/sh
# Fuzz every parser that reads what Nevado did not write, SECONDS each (60 unless told):
#
#     tests/fuzz/run.sh [SECONDS]
#
# Any Rust does: the coverage is LLVM's own and the engine is libFuzzer. Needs a C++ compiler. What
# breaks a parser is kept in target/fuzz, and the exit status says so.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-60}
work=$PWD/target/fuzz
mkdir -p "$work/found"

coverage="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4
 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table
 -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing"
# A target triple keeps these flags away from build scripts.
triple=$(rustc -vV | sed -n 's/^host: //p')
RUSTFLAGS=$(echo $coverage) cargo build --quiet --release --locked --target "$triple" \
    --manifest-path tests/fuzz/Cargo.toml --target-dir "$work/build"

# seed TARGET FILE…: begin with what the other tests read.
seed() {
    corpus=$work/corpus-$1
    mkdir -p "$corpus"
    shift
    cp "$@" "$corpus/"
}
seed preset tests/presets/*.toml
seed machine tests/machines/*.json
seed nix_log tests/nix_logs/*
mkdir -p "$work/corpus-plan" "$work/corpus-message"
plan=$work/corpus-plan/empty-uefi
"${NEVADO:-target/debug/nevado}" plan tests/presets/smallest.toml --json \
    --machine tests/machines/empty-uefi.json >"$plan"

# message TEXT: a line on the engine's socket, a file each.
messages=0
message() {
    messages=$((messages + 1))
    printf '{"version":1,%s}\n' "$1" >"$work/corpus-message/$messages"
}
for word in probe cancel retry follow; do
    message "\"request\":\"$word\""
done
message '"request":{"measure":{"device":"/dev/sda2"}}'
message '"request":{"unlock":{"device":"/dev/sda2","passphrase":"a b"}}'
secrets='[{"account":"root","password":{"plain":"a b"}}]'
message "\"request\":{\"run\":{\"plan\":$(tr -d '\n' <"$plan"),\"secrets\":$secrets}}"
message '"reply":{"stopping":{"step":9,"interruption":"finish_first"}}'
sizes='"size":107374182400,"minimum":32212254720,"recommended":35433480192'
message "\"reply\":{\"measured\":{\"possible\":{$sizes}}}"
message '"reply":{"measured":{"impossible":{"reason":"unsupported","kind":"xfs"}}}'
inside='{"formatted":{"kind":"ext4","label":"root","uuid":null,"size":null,"used":4096}}'
message "\"reply\":{\"unlocked\":{\"inside\":{\"content\":$inside,\"system\":\"NixOS\"}}}"
message '"reply":{"unlocked":"wrong_passphrase"}'
message '"reply":{"refused":{"reason":"busy","message":"because"}}'
while read -r event; do
    message "\"reply\":{\"event\":$event}"
done <tests/recordings/uefi-erase-ext4.jsonl

for target in preset machine plan nix_log message; do
    echo "fuzz: $target, $seconds s"
    "$work/build/$triple/release/$target" -max_total_time="$seconds" -max_len=100000 -timeout=10 \
        -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
        -artifact_prefix="$work/found/$target-" "$work/corpus-$target" 2>&1 |
        tee "$work/$target.log" | grep -E 'stat::number_of_executed|panicked|ERROR|Test unit' || true
    if ! grep -q 'stat::number_of_executed_units' "$work/$target.log" ||
        grep -qE 'ERROR|panicked' "$work/$target.log"; then
        echo "fuzz: $target broke; see $work/$target.log and $work/found" >&2
        exit 1
    fi
done
