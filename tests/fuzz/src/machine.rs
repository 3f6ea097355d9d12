//! Any text as a recorded machine: it is refused, or planning for it ends well or with problems,
//! and a plan touches no live medium and fits on its disk.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nevado::machine::Machine;
use nevado::plan::{PlanText, Seed, resolve};
use nevado::preset::{self, Preset};
use std::sync::LazyLock;

static PRESET: LazyLock<Preset> = LazyLock::new(|| {
    preset::read(include_str!("../../presets/smallest.toml"), "smallest").expect("it is in order")
});

fuzz_target!(|text: &str| {
    let Ok(machine) = serde_json::from_str::<Machine>(text) else {
        return;
    };
    if let Ok(plan) = resolve(&machine, &PRESET, Seed::new([7; 32])) {
        let disks = machine.disks.known().expect("a plan needs disks");
        let disk = disks.iter().find(|disk| disk.path == plan.disk.identity.path).expect("one of them");
        assert!(!disk.live_medium && !disk.read_only);
        let end = plan.disk.table.partitions.iter().map(|p| p.last()).max().expect("partitions");
        assert!(end < plan.disk.table.length);
        assert!(!PlanText(&plan).to_string().is_empty());
    }
});
