//! Build script: what the linker is told, and the files that become part of the program.

mod pack;

fn main() -> std::io::Result<()> {
    println!("cargo:rerun-if-changed=packaging");
    // A program that can lie anywhere in memory has a list of places to be adjusted when it starts: three
    // words each, or a bitmap of a twentieth of that (DT_RELR of the ELF gABI, read by glibc since 2.36).
    println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    pack::pack()
}

fn is_release() -> bool {
    std::env::var_os("PROFILE").is_some_and(|profile| profile == "release")
}
