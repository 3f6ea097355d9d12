//! How long something takes, whatever else the computer does meanwhile.

use std::fs;
use std::time::{Duration, Instant};

/// How long the kernel had this thread on a processor for each of several runs. It counts in ticks of
/// some milliseconds, so all runs are measured together.
pub(crate) fn mean(rounds: u32, mut run: impl FnMut(usize)) -> Duration {
    // "Time spent on the cpu", in nanoseconds (Documentation/scheduler/sched-stats.rst).
    let spent = || {
        let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        told.split(' ')
            .next()?
            .parse()
            .ok()
            .map(Duration::from_nanos)
    };
    let (start, before) = (Instant::now(), spent());
    for round in 0..rounds {
        run(round as usize);
    }
    let took = match before.zip(spent()) {
        Some((before, after)) => after.saturating_sub(before),
        None => start.elapsed(),
    };
    took / rounds
}
