//! The console's keymap of every layout and variant of xkeyboard-config, made by `ckbcomp` as NixOS
//! makes it, and held against what XKB types: the table of those that differ is what is in `assets/`.
//!
//! Needs `ckbcomp` (Debian: `console-setup`), `libxkbcommon0`, `python3` and Debian 12's `xkb-data`,
//! and fails without them. Takes about a minute.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

#[test]
fn the_table_of_layouts_that_differ_is_right() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let output = Command::new("python3")
        .arg(assets.join("sources/console.py"))
        .arg(assets.join("keyboard/names.tsv"))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    let table = std::fs::read_to_string(assets.join("keyboard/console.tsv")).unwrap();
    let made = String::from_utf8(output.stdout).unwrap();
    assert_eq!(made, table, "{said}");
    // "748 looked at, 604 right, …": none of them would be a test of nothing.
    let numbers: Vec<usize> = said
        .split(' ')
        .filter_map(|word| word.parse().ok())
        .collect();
    assert!(numbers[0] > 700 && numbers[1] > 500, "{said}");
}
