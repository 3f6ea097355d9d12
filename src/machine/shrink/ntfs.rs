//! NTFS: `ntfsresize` knows the smallest size and a volume that is to be checked; what it does not
//! look at, hibernation and an unclean journal, is read from where `ntfsinfo` finds it.
//!
//! The rules are those of NTFS-3G, which refuses to write to such volumes: `ntfs_volume_check_hiberfile`
//! and `ntfs_is_logfile_clean`. Its own `ntfs-3g.probe` asks the same, but opens the device for writing.

use super::{Tools, damaged, failed, number, sizes};
use crate::machine::{CannotShrink, Measured};
use crate::process::{Command, CommandError};
use crate::units::Bytes;
use std::path::Path;

/// The file that Windows keeps its memory in, in the root folder; as ntfsinfo(8) is asked for it.
const SLEEPING_MEMORY: [&str; 2] = ["--file", "/hiberfil.sys"];

/// The journal: the number of its record, `$LogFile`, in the master file table.
const JOURNAL: [&str; 2] = ["--inode", "2"];

/// As much as is read of either: a page.
const PAGE: Bytes = Bytes(4096);

pub(super) fn measure(device: &Path, tools: &mut dyn Tools) -> Result<Measured, CannotShrink> {
    let command = Command::new("ntfsresize").args(["--info", "--no-action"]);
    let told = tools.run(&command.arg(device));
    let told = told.map_err(|error| match refused(&error) {
        // That it sleeps is the weightier reason.
        CannotShrink::Dirty if is_asleep(device, tools) == Ok(true) => CannotShrink::Hibernated,
        why => why,
    });
    let told = told?.stdout;
    let cluster = number(&told, "Cluster size       :")?;
    if holds_memory(&first_bytes(device, &SLEEPING_MEMORY, cluster, 1, tools)?) {
        return Err(CannotShrink::Hibernated);
    }
    if !is_clean(&first_bytes(device, &JOURNAL, cluster, 2, tools)?) {
        return Err(CannotShrink::Dirty);
    }
    let size = number(&told, "Current volume size:")?;
    let minimum = number(&told, "You might resize at")?;
    sizes(Bytes(size), Bytes(minimum))
}

/// Whether Windows sleeps in it; for that alone nothing else is asked, so that it takes no time, and it may be
/// mounted.
pub(super) fn is_asleep(device: &Path, tools: &mut dyn Tools) -> Result<bool, CannotShrink> {
    let boot = tools.read(device, Bytes(0), Bytes(512));
    let boot = boot.map_err(|error| damaged(format!("it can't be read: {error}")))?;
    let cluster = cluster_size(&boot).ok_or_else(|| damaged("it is no NTFS"))?;
    let which = ["--force", SLEEPING_MEMORY[0], SLEEPING_MEMORY[1]];
    let head = first_bytes(device, &which, cluster, 1, tools)?;
    Ok(holds_memory(&head))
}

/// How large a cluster is, in bytes, from a boot sector: the sectors of one, or, where the byte is negative as a
/// signed one, the exponent of their number (`NTFS_BOOT_SECTOR` in NTFS-3G's layout.h).
fn cluster_size(boot: &[u8]) -> Option<u64> {
    (boot.get(3..11)? == b"NTFS    ").then_some(())?;
    let sector = u64::from(u16::from_le_bytes(*boot.get(11..)?.first_chunk()?));
    let sectors = *boot.get(13)?;
    let sectors = match sectors {
        0..=128 => u64::from(sectors),
        exponent => 1_u64.checked_shl(u32::from(exponent.wrapping_neg()))?,
    };
    let cluster = sector.checked_mul(sectors)?;
    (cluster > 0).then_some(cluster)
}

/// What `ntfsresize` means by a failure.
fn refused(error: &CommandError) -> CannotShrink {
    let said =
        |words: &str| error.output.stdout.contains(words) || error.output.stderr.contains(words);
    if said("scheduled for check") {
        CannotShrink::Dirty
    } else if said("hibernated") {
        CannotShrink::Hibernated
    } else if said("is mounted") || said("Device or resource busy") {
        CannotShrink::InUse
    } else if said("NTFS is inconsistent") {
        damaged("NTFS is inconsistent; let Windows check it with `chkdsk /f`, and restart it twice")
    } else {
        failed(error)
    }
}

/// The first bytes of a file's content; none if the file is missing or too small to have a cluster.
fn first_bytes(
    device: &Path,
    which: &[&str],
    cluster: u64,
    pages: u64,
    tools: &mut dyn Tools,
) -> Result<Vec<u8>, CannotShrink> {
    let command = Command::new("ntfsinfo").arg("--verbose").args(which);
    let told = tools.run(&command.arg(device));
    let told = told.map_err(|error| failed(&error))?;
    let Some(first) = first_cluster(&told.stdout) else {
        return Ok(Vec::new());
    };
    let at = first.checked_mul(cluster);
    let at = at.ok_or_else(|| damaged("ntfsinfo names a place beyond every disk"))?;
    let length = Bytes(PAGE.0 * pages);
    let bytes = tools.read(device, Bytes(at), length);
    bytes.map_err(|error| damaged(format!("it can't be read: {error}")))
}

/// Where the content of a file begins, in clusters, from what `ntfsinfo --verbose` prints.
fn first_cluster(told: &str) -> Option<u64> {
    let (_, data) = told.split_once("Dumping attribute $DATA (0x80)")?;
    let (_, runs) = data.split_once("Runlist:")?;
    // The first line is the heading; then: position in the file, on the disk, length.
    let mut run = runs.lines().nth(1)?.split_whitespace();
    let cluster = run.nth(1)?.strip_prefix("0x")?;
    u64::from_str_radix(cluster, 16).ok()
}

/// Whether Windows' memory lies in its file, to be read at the next start.
fn holds_memory(head: &[u8]) -> bool {
    head.get(..4)
        .is_some_and(|magic| magic.eq_ignore_ascii_case(b"hibr"))
}

/// Whether the journal was closed, or emptied. Its first two pages describe it ("restart pages"), the
/// newer one has the larger sequence number; none at all can't be judged, and is not clean.
fn is_clean(pages: &[u8]) -> bool {
    let is_emptied = !pages.is_empty() && pages.iter().all(|&byte| byte == 0xff);
    let restarts = pages.chunks(4096).filter_map(Restart::of);
    let newest = restarts.max_by_key(|restart| restart.sequence);
    is_emptied || newest.is_some_and(|restart| restart.is_closed)
}

/// A restart page, as far as it tells whether the journal is closed.
struct Restart {
    sequence: u64,
    is_closed: bool,
}

impl Restart {
    fn of(page: &[u8]) -> Option<Self> {
        const NO_CLIENT: u16 = 0xffff;
        const VOLUME_IS_CLEAN: u16 = 0x0002;
        let word = |at: usize| -> Option<u16> {
            let bytes = page.get(at..at.checked_add(2)?)?;
            Some(u16::from_le_bytes(bytes.try_into().ok()?))
        };
        // `CHKD` is what Windows' own check leaves behind.
        [b"RSTR", b"CHKD"]
            .contains(&page.first_chunk()?)
            .then_some(())?;
        let area = usize::from(word(24)?);
        let sequence = page.get(area..area.checked_add(8)?)?;
        let is_closed = word(area + 12)? == NO_CLIENT || word(area + 14)? & VOLUME_IS_CLEAN != 0;
        Some(Self {
            sequence: u64::from_le_bytes(sequence.try_into().ok()?),
            is_closed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two restart pages, each with its sequence number, client in use and flags.
    fn journal(pages: [(u64, u16, u16); 2]) -> Vec<u8> {
        let page = |(sequence, client, flags): (u64, u16, u16)| {
            let mut page = vec![0_u8; 4096];
            page[..4].copy_from_slice(b"RSTR");
            page[24..26].copy_from_slice(&48_u16.to_le_bytes());
            page[48..56].copy_from_slice(&sequence.to_le_bytes());
            page[60..62].copy_from_slice(&client.to_le_bytes());
            page[62..64].copy_from_slice(&flags.to_le_bytes());
            page
        };
        pages.into_iter().flat_map(page).collect()
    }

    #[test]
    fn the_newer_page_says_whether_the_journal_is_closed() {
        assert!(is_clean(&journal([(5, 0, 2), (4, 0, 0)])));
        assert!(!is_clean(&journal([(5, 0, 2), (6, 0, 0)])));
        assert!(is_clean(&journal([(5, 0, 0), (6, 0xffff, 0)])));
    }

    #[test]
    fn a_boot_sector_tells_the_size_of_a_cluster() {
        let boot = |sectors: u8| {
            let mut boot = vec![0_u8; 512];
            boot[3..11].copy_from_slice(b"NTFS    ");
            boot[11..13].copy_from_slice(&512_u16.to_le_bytes());
            boot[13] = sectors;
            boot
        };
        assert_eq!(cluster_size(&boot(8)), Some(4096));
        assert_eq!(cluster_size(&boot(128)), Some(65_536));
        // 2 to the power of 12.
        assert_eq!(cluster_size(&boot(0xf4)), Some(2 << 20));
        for broken in [0, 129] {
            assert_eq!(cluster_size(&boot(broken)), None, "{broken}");
        }
        assert_eq!(cluster_size(&[0; 512]), None);
        assert_eq!(cluster_size(&boot(8)[..12]), None);
    }

    #[test]
    fn an_emptied_journal_is_clean_and_an_unreadable_one_is_not() {
        assert!(is_clean(&[0xff; 8192]));
        for unreadable in [Vec::new(), vec![0; 8192], b"RSTR".to_vec()] {
            assert!(!is_clean(&unreadable), "{unreadable:?}");
        }
    }
}
