//! Any lines as Nix's log: the bar never falls and is never full before the end.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut last = 0.0;
    for fraction in nevado::engine::fractions_of_nix_log(&text) {
        assert!(fraction >= last && fraction < 1.0, "{last} then {fraction}");
        last = fraction;
    }
});
