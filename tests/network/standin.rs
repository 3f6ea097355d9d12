//! python3-dbusmock's NetworkManager on a bus of its own.

use nevado::network::{Bus, Failure, Manager, Network, News};
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use zbus::{Connection, OwnedVariant, Variant, block_on};

const NAME: &str = "org.freedesktop.NetworkManager";
pub(crate) const ROOT: &str = "/org/freedesktop/NetworkManager";
pub(crate) const SETTINGS: &str = "/org/freedesktop/NetworkManager/Settings";
const MOCK: &str = "org.freedesktop.DBus.Mock";

/// Debian's, which has Debian's modules.
const PYTHON: &str = "/usr/bin/python3";

/// How long something may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// `NM80211ApSecurityFlags`.
pub(crate) const OPEN: u32 = 0;
pub(crate) const PSK: u32 = 0x100;
pub(crate) const ENTERPRISE: u32 = 0x200;

/// A profile's settings, as they were sent.
pub(crate) type Settings = HashMap<String, HashMap<String, OwnedVariant>>;

/// A process that ends with its owner.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

pub(crate) struct StandIn {
    connection: Connection,
    manager: Option<Process>,
    _bus: Process,
    /// Where its bus is.
    pub(crate) address: String,
}

/// Whether what is needed is there; in CI it has to be.
pub(crate) fn is_possible() -> bool {
    let has = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        let run = command.args(arguments).stderr(Stdio::null()).output();
        run.is_ok_and(|run| run.status.success())
    };
    let there = has("dbus-daemon", &["--version"])
        && has(PYTHON, &["-c", "import dbusmock, gi.repository"]);
    assert!(
        there || std::env::var_os("CI").is_none(),
        "dbus-daemon or python3-dbusmock is missing"
    );
    if !there {
        eprintln!("not tested: tests/install-dependencies.sh has what is missing");
    }
    there
}

impl StandIn {
    /// A computer with one wired and one wireless device that are not connected, and four networks.
    pub(crate) fn start() -> Self {
        let mut bus = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .args(["--address", "unix:tmpdir=/tmp"])
            .stdout(Stdio::piped())
            // As an ordinary user it says that it may not have more files open.
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        let out = bus.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        let builder = zbus::connection::Builder::address(address.as_str());
        let connection = block_on(builder.build()).unwrap();
        let mut stand_in = Self {
            connection,
            manager: None,
            _bus: Process(bus),
            address,
        };
        stand_in.start_manager();
        stand_in
    }

    pub(crate) fn start_manager(&mut self) {
        let manager = Command::new(PYTHON)
            .args(["-m", "dbusmock", "--system", "--template", "networkmanager"])
            .env("DBUS_SYSTEM_BUS_ADDRESS", &self.address)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        self.manager = Some(Process(manager));
        let begin = Instant::now();
        while self.try_call(ROOT, NAME, "state", &()).is_err() {
            assert!(begin.elapsed() < PATIENCE, "the stand-in does not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        let code = include_str!("activate.py");
        let method = (NAME, "ActivateConnection", "ooo", "o", code);
        self.call(ROOT, MOCK, "AddMethod", &method);
        self.call(ROOT, MOCK, "AddEthernetDevice", &("eth", "enp3s0", 30));
        self.call(ROOT, MOCK, "AddWiFiDevice", &("wlan", "wlp2s0", 30));
        self.hears("one", "Alm", 78, PSK);
        self.hears("two", "Gasthof", 40, OPEN);
        self.hears("three", "Without addresses", 30, PSK);
        self.hears("four", "Amt", 20, ENTERPRISE);
    }

    pub(crate) fn stop_manager(&mut self) {
        self.manager = None;
    }

    pub(crate) fn hears(&self, point: &str, name: &str, strength: u8, security: u32) {
        let device = "/org/freedesktop/NetworkManager/Devices/wlan";
        let hardware = "00:23:f8:7e:12:bb";
        let (mode, frequency, rate) = (2_u32, 2_412_u32, 54_000_u32);
        self.call(
            ROOT,
            MOCK,
            "AddAccessPoint",
            &(
                device, point, name, hardware, mode, frequency, rate, strength, security,
            ),
        );
    }

    fn try_call<B>(
        &self,
        path: &str,
        interface: &str,
        method: &str,
        body: &B,
    ) -> zbus::Result<zbus::Message>
    where
        B: serde::Serialize + zbus::DynamicType,
    {
        let connection = &self.connection;
        block_on(connection.call_method(Some(NAME), path, Some(interface), method, body))
    }

    fn call<B>(&self, path: &str, interface: &str, method: &str, body: &B) -> zbus::Message
    where
        B: serde::Serialize + zbus::DynamicType,
    {
        self.try_call(path, interface, method, body).unwrap()
    }

    /// How often a method of the wireless device was called.
    pub(crate) fn scans(&self) -> usize {
        let device = "/org/freedesktop/NetworkManager/Devices/wlan";
        let reply = self.call(device, MOCK, "GetMethodCalls", &"RequestScan");
        let calls: Vec<(u64, Vec<OwnedVariant>)> = reply.body().deserialize().unwrap();
        calls.len()
    }

    /// What was asked of `ActivateConnection`: the object it is about.
    pub(crate) fn activated_with(&self) -> Vec<String> {
        let reply = self.call(ROOT, MOCK, "GetMethodCalls", &"ActivateConnection");
        let calls: Vec<(u64, Vec<OwnedVariant>)> = reply.body().deserialize().unwrap();
        let last = |(_, arguments): (u64, Vec<OwnedVariant>)| {
            let path = arguments.into_iter().next_back().unwrap();
            zbus::OwnedObjectPath::try_from(path)
                .unwrap()
                .as_str()
                .to_owned()
        };
        calls.into_iter().map(last).collect()
    }

    /// Every profile that there is.
    pub(crate) fn profiles(&self) -> Vec<Settings> {
        let interface = "org.freedesktop.NetworkManager.Settings";
        let reply = self.call(SETTINGS, interface, "ListConnections", &());
        let paths: Vec<zbus::OwnedObjectPath> = reply.body().deserialize().unwrap();
        let of = "org.freedesktop.NetworkManager.Settings.Connection";
        paths
            .iter()
            .map(|path| {
                let reply = self.call(path.as_str(), of, "GetSettings", &());
                reply.body().deserialize().unwrap()
            })
            .collect()
    }

    /// The manager of the program, and what it tells.
    pub(crate) fn manager(&self) -> (Manager, Told) {
        manager_at(&self.address)
    }
}

pub(crate) fn manager_at(address: &str) -> (Manager, Told) {
    let (send, news) = channel();
    let manager = Manager::start(Bus::At(address.to_owned()), move |told| {
        send.send(told).is_ok()
    });
    (manager, Told(news))
}

/// What the manager tells.
pub(crate) struct Told(Receiver<News>);

impl Told {
    fn until<T>(&self, what: &str, wanted: impl Fn(News) -> Option<T>) -> T {
        let begin = Instant::now();
        loop {
            let left = PATIENCE.saturating_sub(begin.elapsed());
            let Ok(news) = self.0.recv_timeout(left) else {
                panic!("{what} is not told");
            };
            if let Some(found) = wanted(news) {
                return found;
            }
        }
    }

    /// The network as soon as it is like that.
    pub(crate) fn network(&self, what: &str, wanted: impl Fn(&Network) -> bool) -> Network {
        self.until(what, |news| match news {
            News::Is(network) => wanted(&network).then_some(network),
            _ => None,
        })
    }

    pub(crate) fn outcome(&self) -> Result<(), Failure> {
        self.until("an outcome", |news| match news {
            News::Connected => Some(Ok(())),
            News::Failed(failure) => Some(Err(failure)),
            _ => None,
        })
    }

    pub(crate) fn absent(&self) -> String {
        self.until("its absence", |news| match news {
            News::Absent(why) => Some(why),
            _ => None,
        })
    }
}

/// A text in a profile.
pub(crate) fn text(settings: &Settings, group: &str, name: &str) -> String {
    let value: &Variant<'_> = &settings[group][name];
    String::try_from(value).unwrap()
}
