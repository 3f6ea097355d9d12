//! Any text as a plan from outside: it is refused, or it prints and comes back the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nevado::plan::{Plan, PlanText};

fuzz_target!(|text: &str| {
    let Ok(plan) = serde_json::from_str::<Plan>(text) else {
        return;
    };
    let written = serde_json::to_string(&plan).expect("a plan can be written");
    assert_eq!(serde_json::from_str::<Plan>(&written).expect("and read"), plan);
    assert!(!PlanText(&plan).to_string().is_empty());
});
