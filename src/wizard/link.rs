//! The engine as the wizard sees it: orders go to a thread that talks, and what is told comes back as
//! a stream. Nothing here is waited for by the thread that draws.
//!
//! ```text
//! update ─ Order ─▶ clerk ─ requests ─▶ engine ─ replies ─▶ reader ─▶ gatherer ─ News ─▶ update
//!                     └ finds it, starts it                             └ events of a moment at once
//! ```

use crate::engine::front::{self, NoEngine};
use crate::engine::protocol::{PlannedStep, Refusal, Reply, Request};
use crate::engine::{
    Client, Event, Recording, RecoveryKey, Replay, Requests, Secrets, Server, Speed,
};
use crate::machine::probe::{Roots, probe, watch_disks};
use crate::machine::{Machine, Shrink};
use crate::plan::{Interruption, Plan};
use crate::preset::{Keys, Passphrase, RecoveryKeyFor};
use iced::futures::Stream;
use iced::futures::channel::mpsc::{UnboundedSender, unbounded};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
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
            Self::Run(_) | Self::Retry => true,
            Self::Probe | Self::Measure { .. } | Self::Cancel => false,
        }
    }
}

/// A plan and its secrets on their way to the engine; wiped once they are sent.
#[derive(Debug)]
pub(super) struct Handover {
    pub(super) plan: Plan,
    pub(super) secrets: Secrets,
    /// Where the keys of the disk come from and go to, if the disk is encrypted. A recovery key that a
    /// page has shown is among the secrets.
    pub(super) keys: Option<Keys>,
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
        let clerk = Clerk {
            engine,
            machine: machine.clone(),
            news,
            connection: None,
        };
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

/// A connection that is being read.
struct Connection {
    requests: Requests,
    ended: Arc<AtomicBool>,
}

/// Works off the orders, one after the other.
struct Clerk {
    engine: Engine,
    machine: Machine,
    news: Sender<News>,
    connection: Option<Connection>,
}

impl Clerk {
    fn work(mut self, orders: &Receiver<Order>) {
        for order in orders {
            if let Err(news) = self.carry_out(order) {
                // The window may be gone; then the orders end, too.
                self.news.send(news).ok();
            }
        }
        // The window is gone: its reader waits for nothing more.
        if let Some(connection) = &self.connection {
            connection.requests.close();
        }
    }

    /// Does it, or gives what there is to tell instead.
    fn carry_out(&mut self, order: Order) -> Result<(), News> {
        let start = order.starts_engine();
        let without = matches!(order, Order::Probe) && matches!(self.engine, Engine::Here);
        let request = match order {
            Order::Connect { .. } => None,
            Order::Probe => Some(Request::Probe),
            Order::Measure { round, devices } => {
                self.measure(round, devices);
                return Ok(());
            }
            Order::Cancel => Some(Request::Cancel),
            Order::Retry => Some(Request::Retry),
            Order::Run(handover) => Some(handover.request()?),
        };
        let requests = match self.requests(start) {
            Err(_) if without => {
                return Err(News::Machine {
                    machine: Box::new(probe(&Roots::live())),
                    by_engine: false,
                });
            }
            other => other?,
        };
        let Some(request) = request else {
            return Ok(());
        };
        // A connection that broke is told by its reader.
        requests.send(&request).ok();
        Ok(())
    }

    /// The sending half of a connection that is followed.
    fn requests(&mut self, start: bool) -> Result<&mut Requests, News> {
        let is_over = |connection: &Connection| connection.ended.load(Ordering::SeqCst);
        if self.connection.as_ref().is_none_or(is_over) {
            self.connection = None;
            let client = self.client(start)?.ok_or(News::Absent)?;
            let connected = self.follow(client);
            let connected = connected.map_err(|error| News::Gone(error.to_string()))?;
            self.connection = Some(connected);
        }
        let connection = self.connection.as_mut();
        connection.map(|it| &mut it.requests).ok_or(News::Absent)
    }

    fn client(&self, start: bool) -> Result<Option<Client>, News> {
        let unreachable = |error: &dyn std::fmt::Display| News::Unreachable(error.to_string());
        let found =
            |found: Result<Option<Client>, NoEngine>| found.map_err(|error| unreachable(&error));
        match &self.engine {
            Engine::Here => match found(front::find(&front::socket()))? {
                None if start => front::start().map(Some).map_err(|e| unreachable(&e)),
                client => Ok(client),
            },
            Engine::At(socket) => match found(front::find(socket))? {
                None if start => {
                    let text = format!("no engine listens at {}", socket.display());
                    Err(News::Unreachable(text))
                }
                client => Ok(client),
            },
            Engine::Replay(speed) => {
                let recording = Recording::included().map_err(|e| unreachable(&e))?;
                let machine = self.machine.clone();
                let replay = Replay::new(recording, *speed);
                let client = Server::in_process(replay, move || machine.clone());
                client.map(Some).map_err(|e| unreachable(&e))
            }
        }
    }

    /// Measures over a connection of its own: it may take minutes, and a connection answers one
    /// request after the other.
    fn measure(&self, round: u64, devices: Vec<PathBuf>) {
        let client = match self.engine {
            Engine::Here | Engine::At(_) => self.client(false).ok().flatten(),
            Engine::Replay(_) => None,
        };
        let news = self.news.clone();
        thread::spawn(move || measure(client, round, devices, &news));
    }

    /// Asks for all events, and reads what is told in a thread of its own.
    fn follow(&self, mut client: Client) -> std::io::Result<Connection> {
        client.requests().send(&Request::Follow)?;
        let connection = Connection {
            requests: client.requests().try_clone()?,
            ended: Arc::default(),
        };
        let (news, ended) = (self.news.clone(), Arc::clone(&connection.ended));
        thread::spawn(move || read(client, &news, &ended));
        Ok(connection)
    }
}

impl Handover {
    fn request(self) -> Result<Request, News> {
        let Self {
            plan,
            mut secrets,
            keys,
        } = self;
        let Some(keys) = keys else {
            let plan = Box::new(plan);
            return Ok(Request::Run { plan, secrets });
        };
        let passphrase = match keys.passphrase {
            Passphrase::File(path) => Some(front::passphrase_from_file(&path)),
            Passphrase::Plain(secret) => Some(front::usable_passphrase(secret)),
            // The wizard has asked: what was typed stands with the other secrets.
            Passphrase::Ask => secrets.passphrase.take().map(front::usable_passphrase),
        };
        secrets.passphrase = passphrase
            .transpose()
            .map_err(|error| News::NotHandedOver(error.to_string()))?;
        if let RecoveryKeyFor::File(path) = keys.recovery_key {
            let key = recovery_key_in(&path);
            secrets.recovery_key = Some(key.map_err(News::NotHandedOver)?);
        }
        let plan = Box::new(plan);
        Ok(Request::Run { plan, secrets })
    }
}

/// Makes a recovery key and writes it to a file; or says why it can't.
fn recovery_key_in(path: &Path) -> Result<RecoveryKey, String> {
    let key = RecoveryKey::generate().map_err(|error| error.to_string())?;
    front::write_recovery_key(path, &key).map_err(|error| error.to_string())?;
    Ok(key)
}

/// Has one file system after the other measured.
fn measure(mut client: Option<Client>, round: u64, devices: Vec<PathBuf>, news: &Sender<News>) {
    for device in devices {
        let request = Request::Measure {
            device: device.clone(),
        };
        let reply = client.as_mut().map(|client| client.ask(&request));
        let found = match reply {
            Some(Ok(Reply::Measured(found))) => Some(found),
            // Refused, or the engine is gone.
            _ => None,
        };
        let told = News::Measured {
            round,
            device,
            found,
        };
        if news.send(told).is_err() {
            return;
        }
    }
}

/// Reads replies until the connection ends.
fn read(mut client: Client, news: &Sender<News>, ended: &AtomicBool) {
    loop {
        let told = match client.next_reply() {
            Ok(reply) => news_of(reply),
            Err(error) => {
                ended.store(true, Ordering::SeqCst);
                news.send(News::Gone(error.to_string())).ok();
                return;
            }
        };
        if let Some(told) = told
            && news.send(told).is_err()
        {
            return;
        }
    }
}

/// What a reply tells; nothing if it answers what the wizard does not ask.
fn news_of(reply: Reply) -> Option<News> {
    Some(match reply {
        Reply::Machine(machine) => News::Machine {
            machine,
            by_engine: true,
        },
        Reply::Accepted => News::Accepted,
        Reply::Following {
            running,
            events,
            steps,
        } => News::Connected {
            running,
            events,
            steps,
        },
        Reply::Stopping { step, interruption } => News::Stopping { step, interruption },
        Reply::Refused { reason, message } => News::Refused { reason, message },
        Reply::Event(event) => News::Events(vec![*event]),
        Reply::Measured(_) | Reply::Unlocked(_) => return None,
    })
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
