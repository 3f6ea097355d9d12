//! Bytes of block devices.

use super::super::system::Piece;
use crate::units::Bytes;
use rustix::fs::{FlockOperation, Mode, OFlags, flock};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::FileTypeExt;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long udev may hold a disk that is to be written.
const PATIENCE: Duration = Duration::from_secs(60);

/// Reads part of a device.
pub(super) fn read(device: &Path, at: Bytes, length: Bytes) -> io::Result<Vec<u8>> {
    let mut file = File::open(device)?;
    file.seek(SeekFrom::Start(at.0))?;
    let length = usize::try_from(length.0).map_err(io::Error::other)?;
    let mut content = vec![0; length];
    file.read_exact(&mut content)?;
    Ok(content)
}

/// Opens a whole disk for this process alone; the kernel refuses while it or a partition of it is
/// mounted, swapped to, or part of a mapper or array.
pub(super) fn claim(disk: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::EXCL | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(disk, flags, Mode::empty())?);
    is_block_device(&file).map(|()| file)
}

fn is_block_device(file: &File) -> io::Result<()> {
    match file.metadata()?.file_type().is_block_device() {
        true => Ok(()),
        false => Err(io::Error::other("it is not a block device")),
    }
}

/// Writes pieces in this order and flushes them.
///
/// The lock is the one that udev respects: as long as it is held, udev does not look at the disk
/// (systemd's block device locking). It goes with the file, and closing makes udev look again.
pub(super) fn write(device: &Path, pieces: &[Piece]) -> io::Result<()> {
    let mut file = File::options().read(true).write(true).open(device)?;
    is_block_device(&file)?;
    lock(&file)?;
    write_pieces(&mut file, pieces)
}

fn write_pieces(file: &mut File, pieces: &[Piece]) -> io::Result<()> {
    for piece in pieces {
        file.seek(SeekFrom::Start(piece.at.0))?;
        file.write_all(&piece.content)?;
        // In order on the device too: the backup table is there before the primary one.
        file.sync_all()?;
    }
    Ok(())
}

/// Waits for the lock in a thread of its own, so that the wait has an end.
fn lock(file: &File) -> io::Result<()> {
    let begin = Instant::now();
    let (sender, receiver) = std::sync::mpsc::channel();
    let same = file.try_clone()?;
    std::thread::spawn(move || sender.send(flock(&same, FlockOperation::LockExclusive)));
    match receiver.recv_timeout(PATIENCE) {
        Ok(result) => Ok(result?),
        Err(_) => Err(io::Error::other(format!(
            "another program has held it for {} seconds",
            begin.elapsed().as_secs()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_land_where_they_belong() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(64).unwrap();
        let piece = |at, content: &[u8]| Piece {
            at: Bytes(at),
            content: content.to_vec(),
        };
        write_pieces(file.as_file_mut(), &[piece(60, b"tail"), piece(1, b"head")]).unwrap();
        assert_eq!(read(file.path(), Bytes(0), Bytes(6)).unwrap(), b"\0head\0");
        assert_eq!(read(file.path(), Bytes(60), Bytes(4)).unwrap(), b"tail");
        assert!(read(file.path(), Bytes(60), Bytes(5)).is_err());
    }

    #[test]
    fn only_block_devices_are_written() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(write(file.path(), &[]).is_err());
        assert!(claim(file.path()).is_err());
    }

    #[test]
    fn a_lock_that_is_free_is_taken() {
        let file = tempfile::NamedTempFile::new().unwrap();
        lock(file.as_file()).unwrap();
        let other = File::open(file.path()).unwrap();
        assert!(flock(&other, FlockOperation::NonBlockingLockExclusive).is_err());
    }
}
