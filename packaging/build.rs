//! Build script: what the linker is told, and the files that become part of the program.

mod pack;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, io};

/// Functions that came out the same are there once. No function of ours is known by its address.
const FOLD: &str = "-Wl,--icf=all";

/// A release has no names of functions, so that nothing could be told of the way to a panic: the tables
/// that lead back along it are a twentieth of the program, and go.
const NO_WAY_BACK: &str = "SECTIONS { /DISCARD/ : { *(.eh_frame) } } INSERT AFTER .text;\n";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=packaging");
    // A program that can lie anywhere in memory has a list of places to be adjusted when it starts: three
    // words each, or a bitmap of a twentieth of that (DT_RELR of the ELF gABI, read by glibc since 2.36).
    println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    if is_release() {
        let script = Path::new(&set("OUT_DIR")).join("no-way-back.ld");
        std::fs::write(&script, NO_WAY_BACK)?;
        let no_way_back = format!("-Wl,-T,{},--no-eh-frame-hdr", script.display());
        for argument in [FOLD, &no_way_back] {
            if takes(argument) {
                println!("cargo:rustc-link-arg-bins={argument}");
            }
        }
    }
    pack::pack()
}

/// A variable that Cargo sets, or nothing.
fn set(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

fn is_release() -> bool {
    set("PROFILE") == "release"
}

/// Whether the linker of this build takes an argument: LLD, which comes with Rust, takes more than GNU's.
fn takes(argument: &str) -> bool {
    let out = Path::new(&set("OUT_DIR")).join("linked");
    let mut command = Command::new(set("RUSTC"));
    command.args(["--target", &set("TARGET"), "-C"]);
    command
        .arg(format!("link-arg={argument}"))
        .arg("-o")
        .arg(out);
    if let Ok(linker) = env::var("RUSTC_LINKER") {
        command.args(["-C", &format!("linker={linker}")]);
    }
    let flags = set("CARGO_ENCODED_RUSTFLAGS");
    command.args(flags.split('\x1f').filter(|flag| !flag.is_empty()));
    command.arg("-").stdin(Stdio::piped());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let linked = command.spawn().and_then(|mut rustc| {
        if let Some(mut input) = rustc.stdin.take() {
            input.write_all(b"fn main() {}")?;
        }
        rustc.wait()
    });
    linked.is_ok_and(|status| status.success())
}
