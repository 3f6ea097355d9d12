//! One connection: a thread that reads requests and answers, and one that sends events.

use super::super::protocol::{self, BadLine, BadMessage, Refusal, Reply, Request};
use super::{Shared, Work};
use std::io::{self, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// The sending half of a connection; its clones write whole lines in turn.
type Answers = Arc<Mutex<UnixStream>>;

fn send(answers: &Answers, line: &[u8]) -> io::Result<()> {
    let mut stream = answers.lock().unwrap_or_else(PoisonError::into_inner);
    stream.write_all(line)
}

pub(super) struct Connection {
    requests: BufReader<UnixStream>,
    answers: Answers,
    shared: Arc<Shared>,
    following: bool,
    closed: Arc<AtomicBool>,
}

impl Connection {
    pub(super) fn new(stream: UnixStream, shared: Arc<Shared>) -> io::Result<Self> {
        let answers = Arc::new(Mutex::new(stream.try_clone()?));
        Ok(Self {
            requests: BufReader::new(stream),
            answers,
            shared,
            following: false,
            closed: Arc::default(),
        })
    }

    /// Answers until the other end closes.
    pub(super) fn serve(&mut self) -> io::Result<()> {
        let result = self.serve_lines();
        // Under the lock that followers wait with, so that none misses it.
        let state = self.shared.lock();
        self.closed.store(true, Ordering::SeqCst);
        drop(state);
        self.shared.changed.notify_all();
        result
    }

    fn serve_lines(&mut self) -> io::Result<()> {
        loop {
            let line = match protocol::read_line(&mut self.requests) {
                Ok(Some(line)) => line,
                Ok(None) => return Ok(()),
                Err(BadLine::Broken(error)) => return Err(error),
                Err(error @ BadLine::TooLong) => {
                    // What follows is the rest of that line.
                    return self.answer(&Refusal::NotUnderstood.because(error.to_string()));
                }
            };
            match Request::from_line(&line) {
                Ok(Request::Follow) => self.follow()?,
                Ok(request) => {
                    let reply = self.shared.reply(request);
                    self.answer(&reply)?;
                }
                Err(error @ BadMessage::OtherVersion(_)) => {
                    self.answer(&Refusal::OtherVersion.because(error.to_string()))?;
                }
                Err(error @ BadMessage::NotUnderstood { .. }) => {
                    self.answer(&Refusal::NotUnderstood.because(error.to_string()))?;
                }
            }
        }
    }

    fn answer(&self, reply: &Reply) -> io::Result<()> {
        send(&self.answers, &reply.to_line()?)
    }

    fn follow(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.following, true) {
            let refusal = Refusal::AlreadyFollowing;
            return self.answer(&refusal.because("this connection gets the events already"));
        }
        let (reply, generation) = {
            let state = self.shared.lock();
            let reply = Reply::Following {
                running: state.running,
                events: u64::try_from(state.events.len()).unwrap_or(u64::MAX),
                steps: state.steps.clone(),
            };
            (reply, state.generation)
        };
        self.answer(&reply)?;
        let follower = Follower {
            answers: Arc::clone(&self.answers),
            shared: Arc::clone(&self.shared),
            closed: Arc::clone(&self.closed),
            generation,
            next: 0,
        };
        thread::spawn(move || follower.run());
        Ok(())
    }
}

/// Sends events by position: those that are there, then each as it comes.
struct Follower {
    answers: Answers,
    shared: Arc<Shared>,
    closed: Arc<AtomicBool>,
    generation: u64,
    next: usize,
}

impl Follower {
    fn run(mut self) {
        while let Some(line) = self.wait() {
            if send(&self.answers, &line).is_err() {
                return;
            }
            self.next += 1;
            let mut state = self.shared.lock();
            let all = self.generation == state.generation && self.next == state.events.len();
            if all && !state.running {
                state.delivered = true;
                // Its client may be gone already, and the server wait for nothing else.
                self.shared.work.send(Work::Changed).ok();
            }
        }
    }

    /// The next event; nothing when the connection has ended.
    fn wait(&mut self) -> Option<Arc<[u8]>> {
        let mut state = self.shared.lock();
        loop {
            if self.closed.load(Ordering::SeqCst) {
                return None;
            }
            if self.generation != state.generation {
                self.generation = state.generation;
                self.next = 0;
            }
            if let Some(line) = state.events.get(self.next) {
                return Some(Arc::clone(line));
            }
            let waited = self.shared.changed.wait(state);
            state = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }
}
