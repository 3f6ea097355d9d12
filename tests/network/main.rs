//! Joining networks, against python3-dbusmock's NetworkManager on a bus of its own. It stands in for
//! NetworkManager: what it is told is what NetworkManager would be told, and how that fails is scripted
//! after NetworkManager's own states and reasons (`activate.py`). No radio is involved.
#![cfg(feature = "wizard")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod standin;

use nevado::network::{DeviceState, Failure, Join, Link, Network, Order, Security, Ssid, Wifi};
use nevado::preset::Wired;
use nevado::secret::Secret;
use standin::{StandIn, is_possible, manager_at, text};

const PASSWORD: &str = "Kuckucksuhr-17";

fn heard(network: &Network) -> &[Wifi] {
    match network.wireless().map(|device| &device.link) {
        Some(Link::Wireless { heard }) => heard,
        _ => &[],
    }
}

fn join(name: &str, security: Security, password: &str) -> Order {
    Order::Join(Box::new(Join {
        ssid: Ssid::new(name).unwrap(),
        security,
        hidden: false,
        password: Secret::new(password),
    }))
}

#[test]
fn what_is_heard_is_listed_and_a_scan_finds_more() {
    if !is_possible() {
        return;
    }
    let stand_in = StandIn::start();
    let (manager, told) = stand_in.manager();
    let network = told.network("four networks", |network| heard(network).len() == 4);
    let listed: Vec<(String, Security, u8)> = heard(&network)
        .iter()
        .map(|wifi| (wifi.ssid.to_string(), wifi.security, wifi.strength))
        .collect();
    let expected = [
        ("Alm", Security::Wpa2, 78),
        ("Gasthof", Security::Open, 40),
        ("Without addresses", Security::Wpa2, 30),
        ("Amt", Security::Enterprise, 20),
    ];
    let expected = expected.map(|(name, security, n)| (name.to_owned(), security, n));
    assert_eq!(listed, expected);
    let wired = network.devices.first().unwrap();
    assert_eq!(wired.interface.as_str(), "enp3s0");
    assert_eq!(wired.link, Link::Wired { carrier: false });
    assert_eq!(network.connected().count(), 0);

    manager.order(Order::Scan);
    told.network("an answer", |_| true);
    assert_eq!(stand_in.scans(), 1);
    stand_in.hears("five", "Hütte", 90, standin::PSK);
    let network = told.network("a fifth", |network| heard(network).len() == 5);
    assert_eq!(heard(&network)[0].ssid.to_string(), "Hütte");
}

#[test]
fn the_right_password_joins_and_stays_in_a_profile() {
    if !is_possible() {
        return;
    }
    let stand_in = StandIn::start();
    let (manager, told) = stand_in.manager();
    told.network("the list", |network| !heard(network).is_empty());
    manager.order(join("Alm", Security::Wpa2, PASSWORD));
    let network = told.network("joined", |network| network.connected().count() == 1);
    assert!(heard(&network)[0].joined && !heard(&network)[1].joined);
    let device = network.wireless().unwrap();
    assert_eq!(device.state, DeviceState::Connected);
    assert_eq!(device.profile.as_deref(), Some("Alm"));
    assert_eq!(told.outcome(), Ok(()));
    let profiles = stand_in.profiles();
    assert_eq!(profiles.len(), 1);
    let security = "802-11-wireless-security";
    assert_eq!(text(&profiles[0], security, "key-mgmt"), "wpa-psk");
    assert_eq!(text(&profiles[0], security, "psk"), PASSWORD);
    // Joining again leaves one profile.
    manager.order(join("Alm", Security::Wpa2, PASSWORD));
    assert_eq!(told.outcome(), Ok(()));
    assert_eq!(stand_in.profiles().len(), 1);
}

#[test]
fn what_goes_wrong_is_told_and_leaves_no_profile() {
    if !is_possible() {
        return;
    }
    let stand_in = StandIn::start();
    let (manager, told) = stand_in.manager();
    told.network("the list", |network| !heard(network).is_empty());
    for (order, expected) in [
        (
            join("Alm", Security::Wpa2, "Kuckucksuhr-18"),
            Failure::WrongPassword,
        ),
        (
            join("Without addresses", Security::Wpa2, PASSWORD),
            Failure::NoAddress,
        ),
        (
            join("Nirgends", Security::Wpa2, PASSWORD),
            Failure::NotHeard,
        ),
        // It is heard, and secured otherwise: a trap, or a change.
        (join("Alm", Security::Open, ""), Failure::NotHeard),
    ] {
        assert!(!format!("{order:?}").contains("Kuckuck"));
        manager.order(order);
        assert_eq!(told.outcome(), Err(expected));
        assert_eq!(stand_in.profiles().len(), 0);
    }
    manager.order(join("Gasthof", Security::Open, ""));
    assert_eq!(told.outcome(), Ok(()), "it goes on after a failure");
}

#[test]
fn a_hidden_network_is_named_to_network_manager() {
    if !is_possible() {
        return;
    }
    let stand_in = StandIn::start();
    let (manager, told) = stand_in.manager();
    let hidden = |name: &str| {
        Order::Join(Box::new(Join {
            ssid: Ssid::new(name).unwrap(),
            security: Security::Wpa3,
            hidden: true,
            password: Secret::new(PASSWORD),
        }))
    };
    manager.order(hidden("Away"));
    assert_eq!(told.outcome(), Err(Failure::NotHeard));
    manager.order(hidden("Keller"));
    assert_eq!(told.outcome(), Ok(()));
    let profiles = stand_in.profiles();
    assert_eq!(text(&profiles[0], "connection", "id"), "Keller");
    assert_eq!(
        profiles[0]["802-11-wireless"]["hidden"],
        zbus::Variant::from(true).try_to_owned().unwrap()
    );
    assert_eq!(
        text(&profiles[0], "802-11-wireless-security", "key-mgmt"),
        "sae"
    );
    // No access point is named: none tells its name.
    assert_eq!(stand_in.activated_with(), ["/", "/"]);
}

#[test]
fn a_fixed_address_is_given_and_taken_back() {
    if !is_possible() {
        return;
    }
    let stand_in = StandIn::start();
    let (manager, told) = stand_in.manager();
    let wired = Wired {
        interface: "enp3s0".parse().unwrap(),
        addresses: vec!["192.168.1.10/24".to_owned().try_into().unwrap()],
        gateways: vec!["192.168.1.1".parse().unwrap()],
        name_servers: vec!["9.9.9.9".parse().unwrap()],
    };
    manager.order(Order::Fix(wired.clone()));
    assert_eq!(told.outcome(), Ok(()));
    let profiles = stand_in.profiles();
    assert_eq!(text(&profiles[0], "ipv4", "method"), "manual");
    assert_eq!(text(&profiles[0], "ipv4", "gateway"), "192.168.1.1");
    assert_eq!(text(&profiles[0], "connection", "interface-name"), "enp3s0");
    manager.order(Order::Automatic(wired.interface));
    assert_eq!(told.outcome(), Ok(()));
    let profiles = stand_in.profiles();
    assert_eq!(profiles.len(), 1);
    assert_eq!(text(&profiles[0], "ipv4", "method"), "auto");
    let unknown = Order::Automatic("enp9s9".parse().unwrap());
    manager.order(unknown);
    assert_eq!(told.outcome(), Err(Failure::NoDevice));
}

#[test]
fn network_manager_comes_and_goes() {
    if !is_possible() {
        return;
    }
    let mut stand_in = StandIn::start();
    let (_manager, told) = stand_in.manager();
    told.network("the list", |network| !heard(network).is_empty());
    stand_in.stop_manager();
    told.absent();
    stand_in.start_manager();
    told.network("the list again", |network| heard(network).len() == 4);
    // No bus at all.
    let (_manager, told) = manager_at("unix:path=/nowhere/at/all");
    told.absent();
}
