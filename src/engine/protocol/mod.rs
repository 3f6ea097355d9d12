//! What a front end and the engine say to each other: lines of JSON over a local socket.
//!
//! A front end sends requests, the engine sends replies. Each line is one message with the version
//! of this protocol ([`VERSION`]) and is at most [`LONGEST`] bytes long. Requests are a closed set of
//! types; the commands that the engine runs come from the engine, never from a message.
//!
//! | request | line | reply |
//! |---|---|---|
//! | look at this computer | `{"version":1,"request":"probe"}` | `machine` |
//! | smallest size of a file system | `{"version":1,"request":{"measure":{"device":"/dev/sda2"}}}` | `measured` |
//! | open a LUKS container to look into it | `{"version":1,"request":{"unlock":{"device":"/dev/sda2","passphrase":"…"}}}` | `unlocked` |
//! | install | `{"version":1,"request":{"run":{"plan":{…},"secrets":[{"account":"root","password":{"plain":"…"}},{"account":{"user":"ada"},"password":{"hash":"$y$…"}}],"passphrase":"…","recovery_key":"…"}}}` | `accepted` |
//! | stop at the next safe point | `{"version":1,"request":"cancel"}` | `stopping` |
//! | try again after a failure or a cancel | `{"version":1,"request":"retry"}` | `accepted` |
//! | all events so far, then each as it comes | `{"version":1,"request":"follow"}` | `following`, then `event`s |
//!
//! | reply | line |
//! |---|---|
//! | the computer, as `nevado probe` prints it | `{"version":1,"reply":{"machine":{…}}}` |
//! | how small a file system can become, in bytes | `{"version":1,"reply":{"measured":{"possible":{"size":107374182400,"minimum":32212254720,"recommended":35433480192}}}}` |
//! | why it can't | `{"version":1,"reply":{"measured":{"impossible":{"reason":"hibernated"}}}}` |
//! | what is in a container, closed again | `{"version":1,"reply":{"unlocked":{"inside":{"content":{"formatted":{"kind":"ext4","label":"root","uuid":"…","size":null,"used":null}},"system":"NixOS 25.11 (Xantusia)"}}}}` |
//! | the passphrase opens nothing | `{"version":1,"reply":{"unlocked":"wrong_passphrase"}}` |
//! | why it can't be opened | `{"version":1,"reply":{"unlocked":{"impossible":{"why":"…"}}}}` |
//! | it is being done | `{"version":1,"reply":"accepted"}` |
//! | what follows, and whether a run is going on | `{"version":1,"reply":{"following":{"running":true,"events":12,"steps":[{"action":"wipe","title":"…","subject":"/dev/sda"}]}}}` |
//! | it will stop; the step that runs, and what a cancel means to it | `{"version":1,"reply":{"stopping":{"step":9,"interruption":"finish_first"}}}` |
//! | it is not done, and why | `{"version":1,"reply":{"refused":{"reason":"busy","message":"…"}}}` |
//! | something happened | `{"version":1,"reply":{"event":{"format":1,"time":"…","event":"step_finished","step":3,"seconds":0.2}}}` |
//!
//! Secrets travel beside the plan, never in it. A request can't be printed or serialised with its
//! secrets in it except by [`Request::to_line`], and what is wrong with a line is told by position
//! only, because a parser's own words quote what they could not read.

mod planned;
mod wire;

#[cfg(feature = "wizard")]
pub(crate) use planned::BETWEEN;
pub use planned::PlannedStep;

use super::event::Event;
use super::password::Secrets;
use crate::machine::{Machine, Shrink, Unlocked};
use crate::plan::{Interruption, Plan};
use crate::secret::Secret;
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, Read, Write};
use std::path::PathBuf;
use wire::{RequestMessage, WireRequest};
use zeroize::Zeroizing;

/// The version of this protocol. Both ends must have the same one.
pub const VERSION: u32 = 1;

/// The longest line, in bytes, its end included.
pub const LONGEST: usize = 16 << 20;

/// What a front end asks for.
#[derive(Clone, Debug)]
pub enum Request {
    /// Look at this computer, with the eyes of root.
    Probe,
    /// Find the smallest size of a file system, read-only; it may take minutes.
    Measure {
        /// The node of a partition, or of a disk without a table, as `Probe` tells it.
        device: PathBuf,
    },
    /// Open an existing LUKS container read-only, look into it, and close it again.
    Unlock {
        /// The node of a partition, or of a disk without a table, as `Probe` tells it.
        device: PathBuf,
        /// What opens it.
        passphrase: Secret,
    },
    /// Carry out a plan.
    Run {
        /// All of it.
        plan: Box<Plan>,
        /// Apart from it.
        secrets: Secrets,
    },
    /// Stop at the next safe point.
    Cancel,
    /// Go on after a failure or a cancel.
    Retry,
    /// Send all events so far, then each as it comes.
    Follow,
}

/// What the engine answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// This computer.
    Machine(Box<Machine>),
    /// How small the file system can become, or why it can't.
    Measured(Shrink),
    /// What is in the container, or why nobody knows; it is closed again.
    Unlocked(Unlocked),
    /// It is being done.
    Accepted,
    /// Events follow.
    Following {
        /// Whether an installation is going on.
        running: bool,
        /// How many events there are already.
        events: u64,
        /// The steps of its plan, in order; none without a plan.
        #[serde(default)]
        steps: Vec<PlannedStep>,
    },
    /// The installation will stop.
    Stopping {
        /// The step that is running; 0 before the first.
        step: u32,
        /// What cancelling means to it.
        interruption: Interruption,
    },
    /// It is not done.
    Refused {
        /// The kind of reason.
        reason: Refusal,
        /// A sentence for people.
        message: String,
    },
    /// Something happened.
    Event(Box<Event>),
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// No disk or partition of this computer has this node.
    NoSuchDevice,
    /// An installation is running.
    Busy,
    /// No installation is running.
    NothingToCancel,
    /// No installation has failed or was cancelled.
    NothingToRetry,
    /// This connection gets the events already.
    AlreadyFollowing,
    /// The plan breaks a rule.
    BadPlan,
    /// The line is no request, or is too long.
    NotUnderstood,
    /// The front end speaks another version.
    OtherVersion,
}

impl Refusal {
    /// A reply that refuses.
    pub fn because(self, message: impl Into<String>) -> Reply {
        Reply::Refused {
            reason: self,
            message: message.into(),
        }
    }
}

/// A line that is no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadMessage {
    /// Of another version.
    #[error("the message has version {0}, and this Nevado speaks version {VERSION}")]
    OtherVersion(u32),
    /// Something else.
    #[error("the line is no message of this protocol (column {column})")]
    NotUnderstood {
        /// Where reading stopped, in bytes from 1; 0 if nothing could be read.
        column: usize,
    },
}

impl BadMessage {
    fn at(error: &serde_json::Error) -> Self {
        let column = error.column();
        Self::NotUnderstood { column }
    }
}

/// No line could be read.
#[derive(Debug, thiserror::Error)]
pub enum BadLine {
    /// It goes on and on.
    #[error("a line is longer than {LONGEST} bytes")]
    TooLong,
    /// As the operating system has it.
    #[error("the connection broke: {0}")]
    Broken(#[from] io::Error),
}

/// Reads one line, without its end; nothing if the other end has closed. A line without an end is
/// one that was cut off, and counts as nothing.
///
/// # Errors
/// The line is too long, or the connection broke.
pub fn read_line(reader: &mut impl BufRead) -> Result<Option<Zeroizing<Vec<u8>>>, BadLine> {
    let mut line = Zeroizing::new(Vec::new());
    let limit = u64::try_from(LONGEST).unwrap_or(u64::MAX);
    reader.by_ref().take(limit).read_until(b'\n', &mut line)?;
    if line.last() == Some(&b'\n') {
        line.pop();
        Ok(Some(line))
    } else if line.len() >= LONGEST {
        Err(BadLine::TooLong)
    } else {
        Ok(None)
    }
}

#[derive(Deserialize)]
struct JustVersion {
    version: u32,
}

/// Refuses other versions before anything else is read.
fn check_version(line: &[u8]) -> Result<(), BadMessage> {
    match serde_json::from_slice::<JustVersion>(line) {
        Ok(JustVersion { version: VERSION }) => Ok(()),
        Ok(JustVersion { version }) => Err(BadMessage::OtherVersion(version)),
        Err(error) => Err(BadMessage::at(&error)),
    }
}

impl Request {
    /// The line on the wire, its end included. The only way a secret leaves a request.
    ///
    /// # Errors
    /// It can't be written as JSON (a path that is not UTF-8).
    pub fn to_line(&self) -> io::Result<Zeroizing<Vec<u8>>> {
        let message = RequestMessage {
            version: VERSION,
            request: WireRequest::of(self),
        };
        // Counted first: a buffer that grows would leave copies of the secrets behind.
        let mut length = Count(1);
        serde_json::to_writer(&mut length, &message)?;
        let mut line = Zeroizing::new(Vec::with_capacity(length.0));
        serde_json::to_writer(&mut *line, &message)?;
        line.push(b'\n');
        Ok(line)
    }

    /// Reads a line.
    ///
    /// # Errors
    /// It is no request, or one of another version.
    pub fn from_line(line: &[u8]) -> Result<Self, BadMessage> {
        check_version(line)?;
        serde_json::from_slice::<RequestMessage>(line)
            .map(|message| message.request.into_request())
            .map_err(|error| BadMessage::at(&error))
    }
}

impl Reply {
    /// The line on the wire, its end included.
    ///
    /// # Errors
    /// It can't be written as JSON (a path that is not UTF-8).
    pub fn to_line(&self) -> io::Result<Vec<u8>> {
        let message = ReplyMessage {
            version: VERSION,
            reply: self,
        };
        let mut line = serde_json::to_vec(&message)?;
        line.push(b'\n');
        Ok(line)
    }

    /// Reads a line.
    ///
    /// # Errors
    /// It is no reply, or one of another version.
    pub fn from_line(line: &[u8]) -> Result<Self, BadMessage> {
        check_version(line)?;
        serde_json::from_slice::<ReplyMessage<Self>>(line)
            .map(|message| message.reply)
            .map_err(|error| BadMessage::at(&error))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReplyMessage<R> {
    version: u32,
    reply: R,
}

/// Counts what is written to it.
struct Count(usize);

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
