//! The thread that talks to NetworkManager: works off orders, and tells what has changed.
//!
//! Whatever NetworkManager signals, everything is read anew a moment later: one call, and no state of
//! our own that could differ from its.

use super::read::{self, ACTIVE, MANAGER, Objects};
use super::signals::{Input, subscribe};
use super::{Failure, Join, News, Order, profile};
use crate::preset::InterfaceName;
use std::collections::HashMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};
use zbus::{Connection, Message, OwnedObjectPath, Variant, block_on};

/// NetworkManager's name on the bus.
pub(super) const NAME: &str = "org.freedesktop.NetworkManager";

/// Where it tells of all its objects.
const OBJECTS: &str = "/org/freedesktop";
pub(super) const ROOT: &str = "/org/freedesktop/NetworkManager";
const SETTINGS: &str = "/org/freedesktop/NetworkManager/Settings";
const PROFILES: &str = "org.freedesktop.NetworkManager.Settings";
const PROFILE: &str = "org.freedesktop.NetworkManager.Settings.Connection";

/// Signals come in flocks: so long after the first everything is read.
const MOMENT: Duration = Duration::from_millis(150);

/// How long a scan takes, mostly.
const SCAN: Duration = Duration::from_secs(3);

/// NetworkManager gives up by itself: 25 s for a Wi-Fi, 45 s for an address.
const PATIENCE: Duration = Duration::from_secs(100);

/// How long a call may take.
pub(super) const CALL: Duration = Duration::from_secs(25);

/// Where NetworkManager is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bus {
    /// On this computer's system bus.
    System,
    /// On the bus at this D-Bus address, for tests.
    At(String),
}

/// The thread's other end; the thread ends with it.
#[derive(Debug)]
pub struct Manager {
    inputs: Sender<Input>,
}

impl Manager {
    /// Starts to tell what the network is like, beginning with how it is now. `tell` is called in a
    /// thread of its own, and says whether anybody still listens.
    pub fn start(bus: Bus, mut tell: impl FnMut(News) -> bool + Send + 'static) -> Self {
        let (inputs, to_do) = channel();
        let told = inputs.clone();
        thread::spawn(move || match subscribe(&bus, &told) {
            Ok(connection) => Worker::new(connection, tell).work(&to_do),
            Err(error) => {
                tell(News::Absent(error.to_string()));
            }
        });
        Self { inputs }
    }

    /// Asks for something; what comes of it is told.
    pub fn order(&self, order: Order) {
        // Without a bus there is nobody who could do it, and that was told.
        self.inputs.send(Input::Order(order)).ok();
    }
}

impl Drop for Manager {
    fn drop(&mut self) {
        self.inputs.send(Input::End).ok();
    }
}

/// A connection that is being made.
#[derive(Debug)]
struct Attempt {
    /// What it is for: a later one for the same takes its place.
    key: String,
    profile: String,
    device: String,
    active: String,
    /// Whether a password was given.
    secured: bool,
    until: Instant,
}

struct Worker<F> {
    connection: Connection,
    tell: F,
    /// What was told last.
    told: Option<News>,
    /// When everything is read the next time.
    due: Option<Instant>,
    attempt: Option<Attempt>,
    /// The profiles that were made here and work, by what they are for.
    made: HashMap<String, String>,
}

impl<F: FnMut(News) -> bool> Worker<F> {
    fn new(connection: Connection, tell: F) -> Self {
        Self {
            connection,
            tell,
            told: None,
            due: Some(Instant::now()),
            attempt: None,
            made: HashMap::new(),
        }
    }

    fn work(mut self, to_do: &Receiver<Input>) {
        loop {
            let input = match self.next_moment() {
                None => to_do.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(at) => to_do.recv_timeout(at.saturating_duration_since(Instant::now())),
            };
            let still_heard = match input {
                Ok(Input::Order(order)) => self.order(order),
                Ok(Input::Changed) => {
                    self.read_in(MOMENT);
                    true
                }
                Ok(Input::DeviceFailed { path, reason }) => {
                    self.read_in(MOMENT);
                    self.device_failed(&path, reason)
                }
                Err(RecvTimeoutError::Timeout) => self.read(),
                Ok(Input::End) | Err(RecvTimeoutError::Disconnected) => false,
            };
            if !still_heard {
                block_on(self.connection.close()).ok();
                return;
            }
        }
    }

    fn next_moment(&self) -> Option<Instant> {
        let until = self.attempt.as_ref().map(|attempt| attempt.until);
        self.due.into_iter().chain(until).min()
    }

    fn read_in(&mut self, moment: Duration) {
        let then = Instant::now() + moment;
        self.due = Some(self.due.map_or(then, |due| due.min(then)));
    }

    fn call<B>(&self, path: &str, interface: &str, method: &str, body: &B) -> zbus::Result<Message>
    where
        B: serde::Serialize + zbus::DynamicType,
    {
        let calling = self
            .connection
            .call_method(Some(NAME), path, Some(interface), method, body);
        block_on(calling)
    }

    fn objects(&self) -> zbus::Result<Objects> {
        let of = "org.freedesktop.DBus.ObjectManager";
        let reply = self.call(OBJECTS, of, "GetManagedObjects", &())?;
        reply.body().deserialize()
    }

    /// Reads everything, and tells it if it is not as it was told last.
    fn read(&mut self) -> bool {
        self.due = None;
        let objects = match self.objects() {
            Ok(objects) => objects,
            Err(error) => {
                self.attempt = None;
                return self.tell_once(News::Absent(error.to_string()));
            }
        };
        self.tell_once(News::Is(read::network(&objects))) && self.follow(&objects)
    }

    fn tell_once(&mut self, news: News) -> bool {
        if self.told.as_ref() == Some(&news) {
            return true;
        }
        self.told = Some(news.clone());
        (self.tell)(news)
    }

    fn order(&mut self, order: Order) -> bool {
        match order {
            Order::Scan => self.scan(),
            Order::Join(join) => {
                self.give_up();
                match self.join(&join) {
                    Ok(attempt) => self.begin(attempt),
                    Err(failure) => (self.tell)(News::Failed(failure)),
                }
            }
            Order::Fix(wired) => {
                let settings = profile::fixed(&wired, uuid());
                self.wire(&wired.interface, &settings)
            }
            Order::Automatic(interface) => {
                let settings = profile::automatic(&interface, uuid());
                self.wire(&interface, &settings)
            }
        }
    }

    /// Has every wireless device listen. What they hear is told; after a while in any case, for the
    /// person waits for an answer.
    fn scan(&mut self) -> bool {
        let objects = self.objects().unwrap_or_default();
        let nothing: HashMap<&str, Variant<'_>> = HashMap::new();
        for (path, _) in read::wireless_devices(&objects) {
            // One that has just listened refuses; its list is new enough.
            self.call(path.as_str(), read::WIRELESS, "RequestScan", &(&nothing,))
                .ok();
        }
        self.told = None;
        self.due = Some(Instant::now() + SCAN);
        true
    }

    fn join(&self, join: &Join) -> Result<Attempt, Failure> {
        let objects = self.objects().map_err(|error| refused(&error))?;
        let mut devices = read::wireless_devices(&objects);
        let (device, of) = devices.next().ok_or(Failure::NoDevice)?;
        let heard = read::access_point(&objects, of, &join.ssid, join.security);
        let point = match heard {
            Some(point) => point,
            None if join.hidden => "/".to_owned(),
            None => return Err(Failure::NotHeard),
        };
        let settings = profile::wireless(join, uuid());
        let key = format!("wireless {}", join.ssid);
        let mut attempt = self.connect(key, &settings, device.as_str(), &point)?;
        attempt.secured = join.security.has_password();
        Ok(attempt)
    }

    fn wire(&mut self, interface: &InterfaceName, settings: &profile::Settings) -> bool {
        self.give_up();
        let attempt = self
            .objects()
            .map_err(|error| refused(&error))
            .and_then(|objects| {
                let device = read::device_named(&objects, interface.as_str());
                let device = device.ok_or(Failure::NoDevice)?;
                let key = format!("wired {interface}");
                self.connect(key, settings, device.as_str(), "/")
            });
        match attempt {
            Ok(attempt) => self.begin(attempt),
            Err(failure) => (self.tell)(News::Failed(failure)),
        }
    }

    /// Adds a profile, and has a device use it.
    fn connect(
        &self,
        key: String,
        settings: &profile::Settings,
        device: &str,
        point: &str,
    ) -> Result<Attempt, Failure> {
        let path = |text: &str| {
            let path = zbus::ObjectPath::try_from(text.to_owned());
            path.map_err(|error| Failure::Other(error.to_string()))
        };
        let path_of = |reply: zbus::Result<Message>| {
            let reply = reply.map_err(|error| refused(&error))?;
            let path: zbus::Result<OwnedObjectPath> = reply.body().deserialize();
            path.map(|path| path.as_str().to_owned())
                .map_err(|error| Failure::Other(error.to_string()))
        };
        let added = self.call(SETTINGS, PROFILES, "AddConnection", &(settings,));
        let profile = path_of(added)?;
        let body = (path(&profile)?, path(device)?, path(point)?);
        let activated = path_of(self.call(ROOT, MANAGER, "ActivateConnection", &body));
        let active = activated.inspect_err(|_| self.remove(&profile))?;
        Ok(Attempt {
            key,
            profile,
            device: device.to_owned(),
            active,
            secured: false,
            until: Instant::now() + PATIENCE,
        })
    }

    fn begin(&mut self, attempt: Attempt) -> bool {
        self.attempt = Some(attempt);
        self.read_in(MOMENT);
        true
    }

    /// Whether the attempt has come to its end.
    fn follow(&mut self, objects: &Objects) -> bool {
        let Some(attempt) = &self.attempt else {
            return true;
        };
        let active = read::at(objects, &attempt.active);
        match active.and_then(|active| read::property::<u32>(active, ACTIVE, "State")) {
            // Activated.
            Some(2) => self.succeed(),
            Some(0 | 1) if Instant::now() >= attempt.until => self.fail(Failure::TooLong),
            Some(0 | 1) => true,
            // It is gone. Its reason comes before, if it has one.
            _ => {
                let text = "NetworkManager ended the connection".to_owned();
                self.fail(Failure::Other(text))
            }
        }
    }

    fn device_failed(&mut self, path: &str, reason: u32) -> bool {
        match &self.attempt {
            Some(attempt) if attempt.device == path => {
                let failure = read::failure(reason, attempt.secured);
                self.fail(failure)
            }
            _ => true,
        }
    }

    /// The profile stays, in the place of an older one for the same.
    fn succeed(&mut self) -> bool {
        let Some(attempt) = self.attempt.take() else {
            return true;
        };
        let older = self.made.insert(attempt.key, attempt.profile);
        if let Some(older) = older {
            self.remove(&older);
        }
        (self.tell)(News::Connected)
    }

    fn fail(&mut self, failure: Failure) -> bool {
        self.give_up();
        (self.tell)(News::Failed(failure))
    }

    /// A profile that did not work does not stay.
    fn give_up(&mut self) {
        if let Some(attempt) = self.attempt.take() {
            self.remove(&attempt.profile);
        }
    }

    fn remove(&self, profile: &str) {
        // It may have gone by itself.
        self.call(profile, PROFILE, "Delete", &()).ok();
    }
}

/// What an error of a call means.
fn refused(error: &zbus::Error) -> Failure {
    let text = error.to_string();
    let may_not = ["PermissionDenied", "AccessDenied", "NotAuthorized"];
    let name = match error {
        zbus::Error::MethodError(name, _, _) => name.as_str().to_owned(),
        _ => text.clone(),
    };
    match may_not.iter().any(|word| name.contains(word)) {
        true => Failure::NotAllowed,
        false => Failure::Other(text),
    }
}

/// A new identifier for a profile, RFC 9562, version 4.
fn uuid() -> String {
    let mut bytes = [0; 16];
    // Without randomness NetworkManager refuses the second profile, and says so.
    getrandom::fill(&mut bytes).ok();
    uuid::Builder::from_random_bytes(bytes)
        .into_uuid()
        .to_string()
}
