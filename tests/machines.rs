//! The machines that golden plans are made for: each reads as a [`Machine`], and is written as
//! Nevado writes one, so that a recorded file and a made one look alike.

use nevado::machine::{FORMAT, Machine};
use std::path::Path;

#[test]
fn every_machine_is_read_and_written_back_unchanged() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/machines");
    let mut seen = 0;
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let machine: Machine =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        assert_eq!(machine.format, FORMAT, "{path:?}");
        let again = serde_json::to_string_pretty(&machine).unwrap() + "\n";
        assert_eq!(text, again, "{path:?} is not in Nevado's own form");
        seen += 1;
    }
    assert!(seen > 0, "no machine in {folder:?}");
}
