//! Golden plans: every recorded machine with every preset, plan and Nix text as snapshots.
//!
//! A snapshot that changes is read like code. `INSTA_UPDATE=always cargo test --test plans` writes
//! them anew.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use nevado::machine::Machine;
use nevado::plan::{PlanText, Seed, resolve};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Fixed in tests only: a real run draws its seed from the operating system.
const SEED: [u8; 32] = [0x5e; 32];

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "nothing in {}", folder.display());
    files
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// Whether a preset is tried on a machine: a first line `# machines: a b c` names some of them. Those that
/// differ in what is on their disks only get the smallest besides; `tests/modes.rs` has their layouts.
fn is_for(preset: &str, name: &str, machine: &str) -> bool {
    let first = preset.lines().next().unwrap_or_default();
    match first.strip_prefix("# machines: ") {
        Some(names) => names.split(' ').any(|name| name == machine),
        None => !machine.starts_with("table-") || name == "smallest",
    }
}

#[test]
fn every_machine_with_every_preset() {
    let mut planned = BTreeSet::new();
    let mut kinds = BTreeSet::new();
    for machine_file in files("machines", "json") {
        let machine: Machine = serde_json::from_str(&fs::read_to_string(&machine_file).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", machine_file.display()));
        for preset_file in files("presets", "toml") {
            let text = fs::read_to_string(&preset_file).unwrap();
            if !is_for(&text, &stem(&preset_file), &stem(&machine_file)) {
                continue;
            }
            let preset = nevado::preset::read(&text, &preset_file.to_string_lossy()).unwrap();
            let shown = match resolve(&machine, &preset, Seed::new(SEED)) {
                Ok(plan) => {
                    planned.insert(stem(&machine_file));
                    let json = serde_json::to_string(&plan).unwrap();
                    kinds.extend(kinds_of(&json));
                    assert_eq!(
                        serde_json::from_str::<nevado::plan::Plan>(&json).unwrap(),
                        plan
                    );
                    PlanText(&plan).to_string()
                }
                Err(problems) => format!("{problems}\n"),
            };
            let name = format!("{}+{}", stem(&machine_file), stem(&preset_file));
            insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
                insta::assert_snapshot!(name, shown);
            });
        }
    }
    assert!(planned.len() >= 8, "only {planned:?} have a plan");
    assert!(kinds.len() >= 20, "only {kinds:?}");
    for texts in ["ar", "de", "en", "ja"] {
        let file = format!("{}/i18n/{texts}/wizard.ftl", env!("CARGO_MANIFEST_DIR"));
        let text = fs::read_to_string(file).unwrap();
        let is_told = |kind: &&String| {
            text.lines()
                .any(|l| l.starts_with(&format!("step-{kind} =")))
        };
        let untold: Vec<&String> = kinds.iter().filter(|kind| !is_told(kind)).collect();
        assert!(untold.is_empty(), "{texts} does not tell {untold:?}");
    }
}

/// What the steps of a plan do, as the wizard's texts call it.
fn kinds_of(plan: &str) -> Vec<String> {
    let plan: serde_json::Value = serde_json::from_str(plan).unwrap();
    let steps = plan["steps"].as_array().unwrap().iter();
    let kind = |step: &serde_json::Value| step["action"]["do"].as_str().unwrap().replace('_', "-");
    steps.map(kind).collect()
}
