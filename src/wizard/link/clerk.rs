//! Who works off the orders: finds the engine or starts it, asks it, and has what it tells read.

use super::handover::WrittenKey;
use super::{Engine, News, Order};
use crate::engine::front::{self, NoEngine};
use crate::engine::protocol::{Reply, Request};
use crate::engine::{Client, Recording, Replay, Requests, Server};
use crate::machine::probe::{Roots, probe};
use crate::machine::{Machine, Unlocked};
use crate::preset::Passphrase;
use crate::secret::Secret;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender};
use std::thread;

/// A connection that is being read.
struct Connection {
    requests: Requests,
    ended: Arc<AtomicBool>,
}

/// Works off the orders, one after the other.
pub(super) struct Clerk {
    engine: Engine,
    machine: Machine,
    news: Sender<News>,
    connection: Option<Connection>,
    /// The recovery key of the last attempt, if it went into a file.
    written: Option<WrittenKey>,
}

impl Clerk {
    /// For an engine that is looked for at the first order.
    pub(super) const fn new(engine: Engine, machine: Machine, news: Sender<News>) -> Self {
        Self {
            engine,
            machine,
            news,
            connection: None,
            written: None,
        }
    }

    pub(super) fn work(mut self, orders: &Receiver<Order>) {
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
            Order::Unlock {
                round,
                devices,
                passphrase,
            } => return self.unlock(round, devices, passphrase),
            Order::Cancel => Some(Request::Cancel),
            Order::Retry => Some(Request::Retry),
            Order::Run(handover) => {
                // A recovery key is written to its file only where an engine is there to take it.
                self.requests(start)?;
                Some(handover.request(&mut self.written)?)
            }
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

    /// Tries a passphrase over a connection of its own, as measuring does; each container gets an answer,
    /// whatever stands in the way.
    fn unlock(
        &mut self,
        round: u64,
        devices: Vec<PathBuf>,
        passphrase: Passphrase,
    ) -> Result<(), News> {
        let connected = self.requests(true).map(drop);
        let client = connected.and_then(|()| self.client(false));
        let (client, absent) = match client {
            Ok(client) => (client, None),
            Err(news) => (None, Some(news)),
        };
        let news = self.news.clone();
        thread::spawn(move || unlock(client, round, devices, passphrase, &news));
        absent.map_or(Ok(()), Err)
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

/// Tries a passphrase on one container after the other.
fn unlock(
    mut client: Option<Client>,
    round: u64,
    devices: Vec<PathBuf>,
    passphrase: Passphrase,
    news: &Sender<News>,
) {
    let usable = match passphrase {
        Passphrase::File(path) => front::passphrase_from_file(&path),
        Passphrase::Plain(secret) => front::usable_passphrase(secret),
        Passphrase::Ask => front::usable_passphrase(Secret::new("")),
    };
    for device in devices {
        let found = match (&usable, client.as_mut()) {
            (Err(error), _) => Err(error.to_string()),
            (Ok(_), None) => Err("the engine can't be reached".to_owned()),
            (Ok(passphrase), Some(client)) => {
                let request = Request::Unlock {
                    device: device.clone(),
                    passphrase: passphrase.clone(),
                };
                match client.ask(&request) {
                    Ok(Reply::Unlocked(found)) => Ok(found),
                    Ok(Reply::Refused { message, .. }) => Err(message),
                    Ok(_) => Err("the engine gave another answer than that".to_owned()),
                    Err(error) => Err(error.to_string()),
                }
            }
        };
        let told = News::Unlocked {
            round,
            device,
            found: Box::new(found.unwrap_or_else(|why| Unlocked::Impossible { why })),
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

#[cfg(test)]
mod tests {
    use super::super::handover::Handover;
    use super::*;
    use crate::engine::Secrets;
    use crate::plan::{Seed, resolve};
    use crate::preset::{Keys, Passphrase, RecoveryKeyFor};
    use crate::secret::Secret;
    use crate::wizard::tests::driver::recorded;

    #[test]
    fn a_recovery_key_is_written_where_an_engine_takes_it_and_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let machine = recorded("qemu-uefi");
        let text = "version = 1\n[root]\npassword = \"ask\"\n";
        let preset = crate::preset::read(text, "root").unwrap();
        let handover = || Handover {
            plan: resolve(&machine, &preset, Seed::new([3; 32])).unwrap(),
            secrets: Secrets::default(),
            keys: Some(Keys {
                passphrase: Passphrase::Plain(Secret::new("Kuckucksuhr-17")),
                recovery_key: RecoveryKeyFor::File(path.clone()),
            }),
        };
        let (news, _told) = std::sync::mpsc::channel();
        let nowhere = Engine::At(folder.path().join("socket"));
        let mut clerk = Clerk::new(nowhere, machine.clone(), news);
        let told = clerk.carry_out(Order::Run(Box::new(handover())));
        assert!(matches!(told, Err(News::Unreachable(_))), "{told:?}");
        assert!(!path.exists());

        // An attempt after one that was refused has the key that lies there.
        let mut written = None;
        let mut key = || match handover().request(&mut written) {
            Ok(Request::Run { secrets, .. }) => secrets.recovery_key.unwrap(),
            other => panic!("{other:?}"),
        };
        let (first, second) = (key(), key());
        assert_eq!(first, second);
        let file = std::fs::read_to_string(&path).unwrap();
        assert_eq!(file, first.secret().expose());
    }
}
