//! Any text as a preset: it is refused, or it can be written, read again and resolved.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use nevado::machine::Machine;
use nevado::plan::{Seed, resolve};
use nevado::preset;
use std::sync::LazyLock;

static MACHINE: LazyLock<Machine> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../machines/empty-uefi.json")).expect("it is recorded")
});

fuzz_target!(|text: &str| -> Corpus {
    let Ok(asked) = preset::read(text, "fuzz") else {
        return Corpus::Keep;
    };
    let written = preset::write(&asked).expect("what was read can be written");
    let again = preset::read(&written, "again").expect("what was written can be read");
    assert_eq!(preset::write(&again).expect("twice"), written);
    if let Ok(plan) = resolve(&MACHINE, &asked, Seed::new([7; 32])) {
        assert_eq!(plan.disk.identity.path.to_str(), Some("/dev/vda"));
    }
    Corpus::Keep
});
