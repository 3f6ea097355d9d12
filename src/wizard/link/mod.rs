//! The engine as the wizard sees it: orders go to a thread that talks, and what is told comes back as
//! a stream. Nothing here is waited for by the thread that draws.
//!
//! ```text
//! update ─ Order ─▶ clerk ─ requests ─▶ engine ─ replies ─▶ reader ─▶ gatherer ─ News ─▶ update
//!                     └ finds it, starts it                             └ events of a moment at once
//! ```

mod clerk;
mod handover;

pub(super) use handover::Handover;

use crate::engine::protocol::{PlannedStep, Refusal};
use crate::engine::{Event, Speed};
use crate::machine::probe::watch_disks;
use crate::machine::{Machine, Shrink, Unlocked};
use crate::plan::Interruption;
use crate::preset::Passphrase;
use clerk::Clerk;
use iced::futures::Stream;
use iced::futures::channel::mpsc::{UnboundedSender, unbounded};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long events are gathered before they are told together: a window is not drawn oftener.
const MOMENT: Duration = Duration::from_millis(50);

/// Which engine the wizard talks to.
#[derive(Clone, Debug)]
pub enum Engine {
    /// That of this computer; it is started when it is needed and there is none.
    Here,
    /// One that listens at this socket.
    At(PathBuf),
    /// A stand-in within this process that replays a recorded installation.
    Replay(Speed),
}

/// What the engine is asked for.
#[derive(Debug)]
pub(super) enum Order {
    /// Follow the engine that is there; with `start`, start one if there is none.
    Connect { start: bool },
    /// Look at this computer: as root through the engine, or without it as far as that goes.
    Probe,
    /// Find out how small the file systems behind these nodes can become.
    Measure {
        /// Comes back with each answer.
        round: u64,
        devices: Vec<PathBuf>,
    },
    /// Try the passphrase of the LUKS containers behind these nodes, and look what is in them.
    Unlock {
        /// Comes back with each answer.
        round: u64,
        devices: Vec<PathBuf>,
        /// It, or the file that it is in.
        passphrase: Passphrase,
    },
    /// Carry out a plan.
    Run(Box<Handover>),
    /// Stop at the next safe point.
    Cancel,
    /// Go on after a failure or a cancel.
    Retry,
}

impl Order {
    /// Whether it is worth an engine of its own. Where there is none, there is nothing to cancel.
    const fn starts_engine(&self) -> bool {
        match self {
            Self::Connect { start } => *start,
            Self::Run(_) | Self::Retry | Self::Unlock { .. } => true,
            Self::Probe | Self::Measure { .. } | Self::Cancel => false,
        }
    }
}

/// What there is to tell.
#[derive(Clone, Debug)]
pub(crate) enum News {
    /// The engine is there, and tells all events of its installation, if it has one.
    Connected {
        running: bool,
        events: u64,
        steps: Vec<PlannedStep>,
    },
    /// There is none, and none was asked to be started.
    Absent,
    /// There is none, and why.
    Unreachable(String),
    /// What was to be handed over was not.
    NotHandedOver(String),
    /// What this computer is, and whether the engine has looked, as root.
    Machine {
        machine: Box<Machine>,
        by_engine: bool,
    },
    /// How small a file system can become, or why it can't; nothing if that was not found out.
    Measured {
        round: u64,
        device: PathBuf,
        found: Option<Shrink>,
    },
    /// How trying the passphrase of a container ended.
    Unlocked {
        round: u64,
        device: PathBuf,
        found: Box<Unlocked>,
    },
    /// It does what it was asked for last.
    Accepted,
    /// It does not.
    Refused { reason: Refusal, message: String },
    /// It stops when that step allows it.
    Stopping {
        step: u32,
        interruption: Interruption,
    },
    /// What happened, in order.
    Events(Vec<Event>),
    /// It has ended, or the connection broke.
    Gone(String),
}

/// The wizard's end.
#[derive(Debug)]
pub(super) struct Link {
    orders: Sender<Order>,
}

impl Link {
    /// A link to an engine, which is looked for at the first order. `machine` is what a stand-in
    /// takes this computer to be.
    pub(super) fn open(
        engine: Engine,
        machine: &Machine,
    ) -> (Self, impl Stream<Item = News> + Send + use<>) {
        let (orders, to_do) = channel();
        let (news, gathered) = channel();
        let (told, stream) = unbounded();
        thread::spawn(move || gather(&gathered, &told));
        let clerk = Clerk::new(engine, machine.clone(), news);
        thread::spawn(move || clerk.work(&to_do));
        (Self { orders }, stream)
    }

    /// Asks for something; the answer comes with the news.
    pub(super) fn order(&self, order: Order) {
        // The clerk ends after the link only.
        self.orders.send(order).ok();
    }
}

/// Tells each time when disks have come, gone or changed.
pub(super) fn disk_changes() -> impl Stream<Item = ()> + Send {
    let (told, stream) = unbounded();
    // Without udev nothing comes by itself; what is there was found without it.
    thread::spawn(move || watch_disks(|| told.unbounded_send(()).is_ok()).ok());
    stream
}

/// Hands on what is told; events that come within a moment, as lines of a log do by the hundred, are
/// handed on together.
fn gather(told: &Receiver<News>, on: &UnboundedSender<News>) {
    while let Ok(news) = told.recv() {
        let News::Events(mut events) = news else {
            if on.unbounded_send(news).is_err() {
                return;
            }
            continue;
        };
        let end = Instant::now() + MOMENT;
        let after = loop {
            match told.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(News::Events(more)) => events.extend(more),
                Ok(other) => break Some(other),
                Err(_) => break None,
            }
        };
        for news in [Some(News::Events(events)), after].into_iter().flatten() {
            if on.unbounded_send(news).is_err() {
                return;
            }
        }
    }
}
