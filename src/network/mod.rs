//! The live session's network, through NetworkManager: what there is, and joining it.
//!
//! ```text
//! Order ─▶ manager ─ calls ─▶ NetworkManager ─ signals ─▶ manager ─▶ News
//!            └ a thread of its own                          └ everything read anew, if it differs
//! ```
//!
//! | module | what it holds |
//! |---|---|
//! | `read` | what NetworkManager tells of its objects, as the types below; pure |
//! | `profile` | what it is told in order to join; pure |
//! | `manager` | the thread that talks over D-Bus |
//! | `signals` | what that thread hears from there |
//!
//! NetworkManager keeps what is joined as a profile of the live session, readable by root alone. A
//! password is sent over D-Bus and nowhere else; the copies of the message that carries it are not wiped,
//! for the D-Bus library has no way to do that.

mod manager;
mod profile;
mod read;
mod signals;

pub use manager::{Bus, Manager};

use crate::preset::{InterfaceName, Wired};
use crate::secret::Secret;
use std::fmt;

/// What the network is like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// The devices that can be connected, in the order of their names.
    pub devices: Vec<Device>,
    /// Whether Wi-Fi is switched on.
    pub wifi_on: bool,
    /// How far the connection reaches, as far as that was tried.
    pub reach: Reach,
}

impl Network {
    /// The devices that are connected.
    pub fn connected(&self) -> impl Iterator<Item = &Device> {
        let mut devices = self.devices.iter();
        std::iter::from_fn(move || devices.find(|device| device.state == DeviceState::Connected))
    }

    /// The first device that joins wireless networks.
    pub fn wireless(&self) -> Option<&Device> {
        let mut devices = self.devices.iter();
        devices.find(|device| matches!(device.link, Link::Wireless { .. }))
    }
}

/// How far a connection reaches, `NMConnectivityState`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Nobody has tried.
    #[default]
    Unknown,
    /// Nowhere.
    None,
    /// To a page that wants something first, as hotels have it.
    Portal,
    /// To the network next to it.
    Limited,
    /// To the internet.
    Full,
}

/// A device that can be connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The kernel's name, such as `wlp2s0`.
    pub interface: InterfaceName,
    /// What it is.
    pub link: Link,
    /// How far it is.
    pub state: DeviceState,
    /// The name of the profile that it uses.
    pub profile: Option<String>,
}

/// What connects a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// A cable.
    Wired {
        /// Whether one is plugged in.
        carrier: bool,
    },
    /// A wireless network.
    Wireless {
        /// What it hears, the strongest first; one for each name and security.
        heard: Vec<Wifi>,
    },
    /// A mobile network.
    Mobile,
}

/// How far a device is, of `NMDeviceState`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceState {
    /// NetworkManager leaves it alone.
    Unmanaged,
    /// It can't be used now: no cable, or switched off.
    Unavailable,
    /// It could be connected.
    Disconnected,
    /// It is being connected.
    Connecting,
    /// It is connected.
    Connected,
}

/// A wireless network that is heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wifi {
    /// Its name.
    pub ssid: Ssid,
    /// How it is secured.
    pub security: Security,
    /// How well it is heard, 0 to 100.
    pub strength: u8,
    /// Whether a device is connected to it.
    pub joined: bool,
}

/// The name of a wireless network: 1 to 32 bytes, mostly UTF-8, IEEE 802.11.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ssid(Vec<u8>);

impl Ssid {
    /// The longest name, in bytes.
    pub const LONGEST: usize = 32;

    /// Nothing if the name is empty, as that of a network that hides, or too long.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Option<Self> {
        let bytes = bytes.into();
        let hides = bytes.iter().all(|byte| *byte == 0);
        (!hides && bytes.len() <= Self::LONGEST).then_some(Self(bytes))
    }

    /// The bytes as they are sent through the air.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Ssid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A name comes from a stranger: nothing in it may move the text around it.
        let text = String::from_utf8_lossy(&self.0);
        let plain = text.chars().filter(|letter| !letter.is_control());
        f.write_str(&plain.collect::<String>())
    }
}

impl fmt::Debug for Ssid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ssid({:?})", self.to_string())
    }
}

/// How a wireless network is secured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Security {
    /// Not at all.
    Open,
    /// Encrypted without a password, Enhanced Open.
    Owe,
    /// WPA and WPA2 with a password; WPA3, too, where the network offers both.
    Wpa2,
    /// WPA3 with a password, and nothing older.
    Wpa3,
    /// WEP, which is broken and not joined.
    Wep,
    /// With an account for each person, 802.1X, which is not joined from here.
    Enterprise,
}

impl Security {
    /// The shortest password of WPA2, in bytes.
    pub const SHORTEST: usize = 8;

    /// Whether it takes a password.
    pub const fn has_password(self) -> bool {
        matches!(self, Self::Wpa2 | Self::Wpa3)
    }

    /// Whether it can be joined.
    pub const fn is_possible(self) -> bool {
        !matches!(self, Self::Wep | Self::Enterprise)
    }

    /// Whether a password has the form that it takes: for WPA2 8 to 63 bytes, or the key itself as 64
    /// digits; for WPA3 anything.
    pub fn takes(self, password: &Secret) -> bool {
        let text = password.expose();
        match self {
            Self::Open | Self::Owe => true,
            Self::Wpa2 => match text.len() {
                64 => text.bytes().all(|byte| byte.is_ascii_hexdigit()),
                length => (Self::SHORTEST..=63).contains(&length),
            },
            Self::Wpa3 => !text.is_empty(),
            Self::Wep | Self::Enterprise => false,
        }
    }
}

/// A wireless network to join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// Its name.
    pub ssid: Ssid,
    /// How it is secured.
    pub security: Security,
    /// Whether it does not tell its name.
    pub hidden: bool,
    /// Its password; empty where there is none.
    pub password: Secret,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// Listen for wireless networks.
    Scan,
    /// Join a wireless network.
    Join(Box<Join>),
    /// Give a wired interface these addresses, and keep them.
    Fix(Wired),
    /// Let a wired interface have its address from the network.
    Automatic(InterfaceName),
}

/// What there is to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// NetworkManager is not there, or can't be asked, and why.
    Absent(String),
    /// What the network is like now.
    Is(Network),
    /// What was asked for last is done.
    Connected,
    /// It could not be done.
    Failed(Failure),
}

/// Why a connection did not come about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The network does not take the password.
    WrongPassword,
    /// It was joined, and gave no address (DHCP).
    NoAddress,
    /// It is not heard.
    NotHeard,
    /// No cable is plugged in.
    NoCable,
    /// There is no device for it.
    NoDevice,
    /// This user may not do it.
    NotAllowed,
    /// The device's firmware is missing.
    NoFirmware,
    /// It took too long.
    TooLong,
    /// What NetworkManager said.
    Other(String),
}
