//! Measuring with tools that print what the real ones printed (`tests/shrink/README.md`).

use super::*;
use crate::machine::Content;
use std::collections::BTreeMap;

macro_rules! recorded {
    ($name:literal) => {
        include_str!(concat!("../../../tests/shrink/", $name))
    };
}

/// Tools with an answer for each command, by how it begins, and a device with bytes at some places.
#[derive(Default)]
struct Recorded {
    answers: Vec<(&'static str, Result<String, String>)>,
    device: BTreeMap<u64, Vec<u8>>,
}

impl Recorded {
    fn with(mut self, command: &'static str, prints: &str) -> Self {
        self.answers.insert(0, (command, Ok(prints.to_owned())));
        self
    }

    fn failing(mut self, command: &'static str, prints: &str) -> Self {
        self.answers.insert(0, (command, Err(prints.to_owned())));
        self
    }

    fn ext4() -> Self {
        Self::default()
            .with("dumpe2fs", recorded!("dumpe2fs"))
            .with("resize2fs", recorded!("resize2fs"))
    }

    fn ntfs() -> Self {
        let mut tools = Self::default()
            .with("ntfsresize", recorded!("ntfsresize"))
            // A file that is not there: nothing on standard output, exit code 0.
            .with("ntfsinfo --verbose --file", "")
            .with("ntfsinfo --verbose --inode", recorded!("ntfsinfo-journal"));
        tools.device.insert(0x8000 * 4096, vec![0xff; 8192]);
        tools
    }

    fn btrfs() -> Self {
        Self::default()
            .with(
                "btrfs inspect-internal dump-super",
                recorded!("btrfs-dump-super"),
            )
            .with(
                "btrfs inspect-internal dump-tree",
                recorded!("btrfs-dump-tree"),
            )
    }
}

impl Tools for Recorded {
    fn run(&mut self, command: &Command) -> Result<Output, CommandError> {
        let line = command.to_string();
        assert!(line.ends_with(" /dev/sda3"), "{line}");
        let mut answers = self.answers.iter();
        let output = |stdout: &str| Output {
            stdout: stdout.to_owned(),
            stderr: String::new(),
        };
        match answers.find(|(start, _)| line.starts_with(start)) {
            Some((_, Ok(prints))) => Ok(output(prints)),
            Some((_, Err(prints))) => {
                Err(CommandError::new(command, Ending::Code(1), output(prints)))
            }
            None => {
                let ending = Ending::NotStarted("not found".to_owned());
                Err(CommandError::new(command, ending, Output::default()))
            }
        }
    }

    fn read(&mut self, _: &Path, at: Bytes, length: Bytes) -> io::Result<Vec<u8>> {
        let found = self.device.get(&at.0).cloned().unwrap_or_default();
        let length = usize::try_from(length.0).unwrap();
        found
            .get(..length)
            .map(<[u8]>::to_vec)
            .ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

fn measured(kind: &str, mut tools: Recorded) -> Shrink {
    let content = formatted(kind);
    let region = Region {
        content: &content,
        mounts: &[],
        holders: &[],
    };
    measure(region, Path::new("/dev/sda3"), &mut tools)
}

fn formatted(kind: &str) -> Content {
    Content::Formatted(FileSystem::of_kind(kind))
}

fn impossible(kind: &str, tools: Recorded) -> CannotShrink {
    match measured(kind, tools) {
        Shrink::Impossible(why) => why,
        Shrink::Possible(found) => panic!("{found:?}"),
    }
}

fn possible(size: u64, minimum: u64) -> Shrink {
    Shrink::Possible(Measured::new(Bytes(size), Bytes(minimum)))
}

#[test]
fn the_tools_are_believed() {
    let ext = possible(262_144 * 1024, 27_049 * 1024);
    for kind in ["ext2", "ext3", "ext4"] {
        assert_eq!(measured(kind, Recorded::ext4()), ext);
    }
    let ntfs = possible(268_431_872, 1_810_432);
    assert_eq!(measured("ntfs", Recorded::ntfs()), ntfs);
    // 1 MiB in front, and 8 × 8 and 2 × 32 MiB side by side, behind a hole of 4 MiB.
    let btrfs = possible(512 << 20, 133 << 20);
    assert_eq!(measured("btrfs", Recorded::btrfs()), btrfs);
}

#[test]
fn what_is_not_shut_down_stays() {
    let journal = recorded!("dumpe2fs").replace("filetype", "filetype needs_recovery");
    let tools = || Recorded::ext4();
    assert_eq!(
        impossible("ext4", tools().with("dumpe2fs", &journal)),
        CannotShrink::Dirty
    );
    let unclean = recorded!("dumpe2fs").replace(" clean\n", " not clean\n");
    assert_eq!(
        impossible("ext4", tools().with("dumpe2fs", &unclean)),
        CannotShrink::Dirty
    );
    let scheduled = "ntfsresize v2022.10.3 (libntfs-3g)\nERROR: Volume is scheduled for check.\n";
    let ntfs = Recorded::ntfs().failing("ntfsresize", scheduled);
    assert_eq!(impossible("ntfs", ntfs), CannotShrink::Dirty);
    let mut open = Recorded::ntfs();
    open.device.insert(0x8000 * 4096, vec![0; 8192]);
    assert_eq!(impossible("ntfs", open), CannotShrink::Dirty);
    let log = recorded!("btrfs-dump-super").replace("log_root\t\t0", "log_root\t\t30720000");
    let btrfs = Recorded::btrfs().with("btrfs inspect-internal dump-super", &log);
    assert_eq!(impossible("btrfs", btrfs), CannotShrink::Dirty);
}

#[test]
fn a_windows_that_sleeps_is_left_alone() {
    let asleep = |magic: &[u8]| {
        let mut tools =
            Recorded::ntfs().with("ntfsinfo --verbose --file", recorded!("ntfsinfo-hiberfil"));
        let mut page = vec![0; 4096];
        page[..4].copy_from_slice(magic);
        tools.device.insert(0x206a * 4096, page);
        tools
    };
    for magic in [b"hibr", b"HIBR"] {
        assert_eq!(impossible("ntfs", asleep(magic)), CannotShrink::Hibernated);
    }
    assert!(measured("ntfs", asleep(b"wake")).possible().is_some());
    assert!(measured("ntfs", asleep(&[0; 4])).possible().is_some());
    let looked = |tools: Recorded| {
        let prints = recorded!("ntfsinfo-hiberfil");
        let mut tools = tools.with("ntfsinfo --verbose --force --file", prints);
        tools.device.insert(0, ntfs_boot_sector(8));
        tools
    };
    let alone = |magic: &[u8]| {
        let device = Path::new("/dev/sda3");
        ntfs_is_asleep(device, &mut looked(asleep(magic)))
    };
    assert_eq!(alone(b"hibr"), Ok(true));
    assert_eq!(alone(b"wake"), Ok(false));
    let scheduled = "ERROR: Volume is scheduled for check.\n";
    let dirty = |magic: &[u8]| looked(asleep(magic)).failing("ntfsresize", scheduled);
    assert_eq!(impossible("ntfs", dirty(b"hibr")), CannotShrink::Hibernated);
    assert_eq!(impossible("ntfs", dirty(b"wake")), CannotShrink::Dirty);
}

/// The beginning of an NTFS with sectors of 512 bytes, and so many of them in a cluster.
fn ntfs_boot_sector(sectors: u8) -> Vec<u8> {
    let mut boot = vec![0; 512];
    boot[3..11].copy_from_slice(b"NTFS    ");
    boot[11..13].copy_from_slice(&512_u16.to_le_bytes());
    boot[13] = sectors;
    boot
}

#[test]
fn other_reasons_are_told_apart() {
    assert_eq!(
        impossible("BitLocker", Recorded::default()),
        CannotShrink::BitLocker
    );
    for kind in ["xfs", "f2fs", "vfat", "crypto_LUKS", "swap"] {
        let kind = kind.to_owned();
        assert_eq!(
            impossible(&kind, Recorded::default()),
            CannotShrink::Unsupported { kind }
        );
    }
    for (kind, program) in [
        ("ext4", "dumpe2fs"),
        ("ntfs", "ntfsresize"),
        ("btrfs", "btrfs"),
    ] {
        let program = program.to_owned();
        assert_eq!(
            impossible(kind, Recorded::default()),
            CannotShrink::NoTool { program }
        );
    }
    let several = recorded!("btrfs-dump-super").replace("num_devices\t\t1", "num_devices\t\t2");
    let btrfs = Recorded::btrfs().with("btrfs inspect-internal dump-super", &several);
    assert_eq!(impossible("btrfs", btrfs), CannotShrink::SeveralDisks);
}

#[test]
fn what_is_in_use_is_not_asked_about() {
    let content = formatted("ext4");
    let region = Region {
        content: &content,
        mounts: &["/home".into()],
        holders: &[],
    };
    let mut tools = Recorded::ext4();
    let found = measure(region, Path::new("/dev/sda3"), &mut tools);
    assert_eq!(found, Shrink::Impossible(CannotShrink::InUse));
}

/// A parser must not take half an output for an answer, wherever it ends.
#[test]
fn an_output_that_is_cut_off_is_no_answer() {
    let whole = recorded!("dumpe2fs");
    let needed = whole.find("Block size:").unwrap();
    for end in (0..needed).step_by(7) {
        let tools = Recorded::ext4().with("dumpe2fs", &whole[..end]);
        let found = measured("ext4", tools);
        assert!(found.possible().is_none(), "{end}: {found:?}");
    }
    for nonsense in ["", "Estimated minimum size of the filesystem: many"] {
        let found = impossible("ext4", Recorded::ext4().with("resize2fs", nonsense));
        assert!(matches!(found, CannotShrink::Damaged { .. }), "{found:?}");
    }
    let too_much = "Estimated minimum size of the filesystem: 262145";
    let found = impossible("ext4", Recorded::ext4().with("resize2fs", too_much));
    assert!(matches!(found, CannotShrink::Damaged { .. }), "{found:?}");
}

proptest::proptest! {
    /// Whatever a tool prints, whole lines of the real one among it, is a size that makes sense or a
    /// reason.
    #[test]
    fn any_output_gives_sizes_or_a_reason(
        picked in proptest::collection::vec(proptest::prelude::any::<proptest::sample::Index>(), 0..60),
        noise in "(?s).{0,40}",
        number in 0..u64::MAX,
    ) {
        let recordings = [
            recorded!("dumpe2fs"), recorded!("resize2fs"), recorded!("ntfsresize"),
            recorded!("ntfsinfo-journal"), recorded!("btrfs-dump-super"), recorded!("btrfs-dump-tree"),
        ];
        let lines: Vec<&str> = recordings.iter().flat_map(|text| text.lines()).collect();
        let text: Vec<String> = picked.iter().map(|at| {
            let line = at.get(&lines);
            line.replace("8388608", &number.to_string()).replace("0x8000", &noise)
        }).collect();
        let text = text.join("\n");
        for (kind, commands) in [
            ("ext4", &["dumpe2fs", "resize2fs"][..]),
            ("ntfs", &["ntfsresize", "ntfsinfo --verbose --inode"]),
            ("btrfs", &["btrfs inspect-internal dump-super", "btrfs inspect-internal dump-tree"]),
        ] {
            for command in commands {
                let tools = match kind {
                    "ext4" => Recorded::ext4(),
                    "ntfs" => Recorded::ntfs(),
                    _ => Recorded::btrfs(),
                };
                if let Shrink::Possible(found) = measured(kind, tools.with(command, &text)) {
                    proptest::prop_assert!(found.minimum <= found.size);
                }
            }
        }
    }
}
