//! Disks that come and go, as udev tells it once it has looked at them.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::io;

/// How long nothing may be told before a change counts as over: a disk comes with its partitions.
const QUIET: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 400_000_000,
};

/// Calls `changed` each time when disks or partitions have come, gone or changed, until that says
/// that nobody wants to know any more. Does not come back before; meant for a thread of its own.
///
/// # Errors
/// udev can't be listened to.
pub fn watch_disks(mut changed: impl FnMut() -> bool) -> io::Result<()> {
    let monitor = udev::MonitorBuilder::new()?.match_subsystem("block")?;
    let monitor = monitor.listen()?;
    loop {
        wait(&monitor, None)?;
        while wait(&monitor, Some(&QUIET))? {}
        if !changed() {
            return Ok(());
        }
    }
}

/// Waits for something to be told, and takes note of it; says whether there was something in time.
fn wait(monitor: &udev::MonitorSocket, limit: Option<&Timespec>) -> io::Result<bool> {
    let mut told = [PollFd::new(monitor, PollFlags::IN)];
    let count = match poll(&mut told, limit) {
        Err(rustix::io::Errno::INTR) => return Ok(true),
        other => other?,
    };
    // What it is does not matter: everything is looked at again.
    monitor.iter().for_each(drop);
    Ok(count > 0)
}
