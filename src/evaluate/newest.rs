//! The newest draft wins: when another one comes, the older child is killed and its result dropped.

use crate::process::CancelToken;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

/// Works on the newest input in a thread of its own, one at a time: an older piece of work is stopped
/// and has ended before the next one begins, so that two never need memory at once.
#[derive(Debug)]
pub struct Newest<I> {
    shared: Arc<Shared<I>>,
    worker: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared<I> {
    desk: Mutex<Desk<I>>,
    changed: Condvar,
}

#[derive(Debug)]
struct Desk<I> {
    /// What comes next.
    waiting: Option<I>,
    /// Stops what is being worked on.
    current: CancelToken,
    closed: bool,
}

impl<I> Shared<I> {
    fn lock(&self) -> MutexGuard<'_, Desk<I>> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the next input; nothing when there will be none.
    fn next(&self) -> Option<(I, CancelToken)> {
        let mut desk = self.lock();
        loop {
            if desk.closed {
                return None;
            }
            if let Some(input) = desk.waiting.take() {
                desk.current = CancelToken::default();
                return Some((input, desk.current.clone()));
            }
            desk = self
                .changed
                .wait(desk)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl<I: Send + 'static> Newest<I> {
    /// `work` must end soon after its token is cancelled; `on_result` gets what it made of the newest
    /// input, never what it made of an older one.
    pub fn new<O>(
        mut work: impl FnMut(I, &CancelToken) -> O + Send + 'static,
        mut on_result: impl FnMut(O) + Send + 'static,
    ) -> Self {
        let shared = Arc::new(Shared {
            desk: Mutex::new(Desk {
                waiting: None,
                current: CancelToken::default(),
                closed: false,
            }),
            changed: Condvar::new(),
        });
        let theirs = Arc::clone(&shared);
        let worker = thread::spawn(move || {
            while let Some((input, token)) = theirs.next() {
                let result = work(input, &token);
                // Under the lock, so that nothing newer can come in between.
                let desk = theirs.lock();
                if !token.is_cancelled() {
                    on_result(result);
                }
                drop(desk);
            }
        });
        Self {
            shared,
            worker: Some(worker),
        }
    }

    /// Works on this, and on nothing older.
    pub fn submit(&self, input: I) {
        let mut desk = self.shared.lock();
        desk.waiting = Some(input);
        self.cancel(desk);
    }

    /// Works on nothing more, until the next input comes.
    pub fn stop(&self) {
        let mut desk = self.shared.lock();
        desk.waiting = None;
        self.cancel(desk);
    }

    fn cancel(&self, desk: MutexGuard<'_, Desk<I>>) {
        let token = desk.current.clone();
        // Cancelled under the lock: after this no result of an older input is handed on.
        token.cancel();
        drop(desk);
        self.shared.changed.notify_all();
    }
}

impl<I> Drop for Newest<I> {
    /// Stops what is going on and waits for its end, so that no child is left behind.
    fn drop(&mut self) {
        let mut desk = self.shared.lock();
        desk.closed = true;
        let token = desk.current.clone();
        drop(desk);
        token.cancel();
        self.shared.changed.notify_all();
        if let Some(worker) = self.worker.take() {
            // A panic of the worker has been told already.
            worker.join().ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::{self, Command};
    use std::path::Path;
    use std::sync::mpsc::channel;
    use std::time::{Duration, Instant};

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn only_the_newest_is_handed_on() {
        let (begun, beginnings) = channel();
        let (send, results) = channel();
        let newest = Newest::new(
            move |input: u32, token: &CancelToken| {
                begun.send(input).unwrap();
                if input < 4 {
                    // Works until it is stopped.
                    let (wake, woken) = channel();
                    token.when_cancelled(move || wake.send(()).unwrap());
                    woken.recv_timeout(LONG).unwrap();
                }
                input * 10
            },
            move |result| send.send(result).unwrap(),
        );
        newest.submit(1);
        assert_eq!(beginnings.recv_timeout(LONG), Ok(1));
        for input in 2..=4 {
            newest.submit(input);
        }
        assert_eq!(results.recv_timeout(LONG), Ok(40));
        drop(newest);
        assert!(results.recv().is_err(), "there was one result");
    }

    #[test]
    fn the_older_child_is_killed_with_its_own_children() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = Command::new("mkfifo").arg(&pipe);
        process::run(&made, None, &mut |_, _| {}).unwrap();
        let (begun, beginnings) = channel();
        let (send, results) = channel();
        let newest = Newest::new(
            move |script: String, token: &CancelToken| {
                let command = Command::new("sh").args(["-c", &script]);
                process::run(&command, Some(token), &mut |_, line| {
                    begun.send(line.to_owned()).unwrap();
                })
            },
            move |result| send.send(result).unwrap(),
        );
        newest.submit("sleep 100 & echo $!; wait".to_owned());
        let grandchild = beginnings.recv_timeout(LONG).unwrap();
        newest.submit("echo the newest".to_owned());
        let result = results.recv_timeout(LONG).unwrap().unwrap();
        assert_eq!(result.stdout, "the newest\n");
        assert!(is_gone(&grandchild));
        newest.submit(format!("echo $$; cat {}", pipe.display()));
        let stopped = beginnings.iter().find(|line| line != "the newest").unwrap();
        newest.stop();
        assert!(is_gone(&stopped));
        newest.submit(format!("echo $$; cat {}", pipe.display()));
        let mut begun = beginnings.iter();
        let child = begun.find(|line| line != "the newest").unwrap();
        drop(newest);
        assert!(is_gone(&child), "nothing is left behind");
        assert!(
            results
                .iter()
                .all(|r| r.is_ok_and(|o| !o.stdout.is_empty()))
        );
    }

    /// It closes its outputs a moment before it is gone.
    fn is_gone(id: &str) -> bool {
        let begin = Instant::now();
        while begin.elapsed() < LONG {
            let stat = std::fs::read_to_string(Path::new("/proc").join(id).join("stat"));
            if stat.map_or(true, |stat| stat.contains(") Z ")) {
                return true;
            }
            thread::yield_now();
        }
        false
    }
}
