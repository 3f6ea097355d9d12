//! Tests of what a region is said to hold, with files in place of devices.

use super::*;
use crate::machine::probe::udev::Record;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::ExitStatus;

/// What is in a node of the running system that udev's record has no signature of.
fn looked_at(node: &Path) -> Content {
    let block = Block {
        name: "sdx".to_owned(),
        sysfs: PathBuf::from("/sys/nowhere"),
        record: Some(Record::default()),
        node: node.to_owned(),
    };
    content(&Roots::live(), &block, &[])
}

/// Bytes that look like those of an encrypted disk, by a linear congruence.
fn random(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn only_a_region_without_data_is_blank() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.as_file().set_len(8 << 20).unwrap();
    assert_eq!(looked_at(file.path()), Content::Blank);
    file.write_all(&random(8 << 20)).unwrap();
    let data = Content::Unknown("data without a known signature".to_owned());
    assert_eq!(looked_at(file.path()), data);
}

#[test]
fn a_node_that_cannot_be_opened_is_not_blank() {
    let Content::Unknown(reason) = looked_at(Path::new("/nowhere/sdx")) else {
        panic!("it was looked at");
    };
    assert!(reason.starts_with("/dev/sdx can't be opened: "), "{reason}");
}

#[test]
fn only_blkids_own_code_means_that_it_found_nothing() {
    let ended = |status: i32, stdout: &str| {
        signature(&Output {
            status: ExitStatus::from_raw(status),
            stdout: stdout.into(),
            stderr: Vec::new(),
        })
    };
    assert!(matches!(ended(NOTHING << 8, ""), Ok(None)));
    let both = ended(AMBIVALENT << 8, "");
    assert!(matches!(both, Ok(Some(Content::Unknown(_)))), "{both:?}");
    let swap = ended(0, "DEVNAME=/dev/sdx\nTYPE=swap\n");
    assert!(matches!(swap, Ok(Some(Content::Formatted(_)))), "{swap:?}");
    // A wrong use, a crash, a kill by a signal, and nothing printed.
    for status in [4 << 8, 1 << 8, 9, 0] {
        assert!(ended(status, "").is_err(), "{status}");
    }
}
