//! What NetworkManager is told in order to join: its settings, `nm-settings-dbus(5)`.

use super::{Join, Security};
use crate::preset::{Address, InterfaceName, Wired};
use std::collections::HashMap;
use std::net::IpAddr;
use zbus::Variant;

/// The settings of a profile, by group and name.
pub(super) type Settings = HashMap<&'static str, HashMap<&'static str, Variant<'static>>>;

/// A profile for a wireless network, for whichever device hears it.
pub(super) fn wireless(join: &Join, uuid: String) -> Settings {
    let mut wireless = HashMap::from([
        ("ssid", Variant::from(join.ssid.bytes().to_vec())),
        ("mode", text("infrastructure")),
    ]);
    if join.hidden {
        wireless.insert("hidden", Variant::from(true));
    }
    let mut settings = Settings::from([
        (
            "connection",
            connection("802-11-wireless", join.ssid.to_string(), uuid),
        ),
        ("802-11-wireless", wireless),
        ("ipv4", HashMap::from([("method", text("auto"))])),
        ("ipv6", HashMap::from([("method", text("auto"))])),
    ]);
    let keys = match join.security {
        // NetworkManager takes WPA3 for it, too, where the network has both.
        Security::Wpa2 => Some("wpa-psk"),
        Security::Wpa3 => Some("sae"),
        Security::Owe => Some("owe"),
        Security::Open | Security::Wep | Security::Enterprise => None,
    };
    if let Some(keys) = keys {
        let mut security = HashMap::from([("key-mgmt", text(keys))]);
        if join.security.has_password() {
            let password = join.password.expose().to_owned();
            security.insert("psk", Variant::from(password));
        }
        settings.insert("802-11-wireless-security", security);
    }
    settings
}

/// A profile for a wired interface with fixed addresses.
pub(super) fn fixed(wired: &Wired, uuid: String) -> Settings {
    let (four, six): (Vec<_>, Vec<_>) = wired.addresses.iter().partition(|a| a.address.is_ipv4());
    let family = |is_ipv4: bool, addresses: &[&Address]| {
        let of = |ip: &&IpAddr| ip.is_ipv4() == is_ipv4;
        let gateway = wired.gateways.iter().find(of);
        let servers: Vec<String> = wired.name_servers.iter().filter(of).map(text_of).collect();
        // As the installed system has it: IPv6 addresses come from the router besides.
        let otherwise = if is_ipv4 { "disabled" } else { "auto" };
        ip(addresses, otherwise, gateway, servers)
    };
    wired_profile(
        &wired.interface,
        uuid,
        family(true, &four),
        family(false, &six),
    )
}

/// A profile for a wired interface that has its address from the network.
pub(super) fn automatic(interface: &InterfaceName, uuid: String) -> Settings {
    wired_profile(
        interface,
        uuid,
        ip(&[], "auto", None, Vec::new()),
        ip(&[], "auto", None, Vec::new()),
    )
}

fn wired_profile(
    interface: &InterfaceName,
    uuid: String,
    ipv4: HashMap<&'static str, Variant<'static>>,
    ipv6: HashMap<&'static str, Variant<'static>>,
) -> Settings {
    let mut head = connection("802-3-ethernet", interface.to_string(), uuid);
    head.insert("interface-name", Variant::from(interface.to_string()));
    Settings::from([("connection", head), ("ipv4", ipv4), ("ipv6", ipv6)])
}

/// One family's addresses: fixed where there are some, with the method `otherwise` if not. NetworkManager
/// takes a gateway beside an address alone, and name servers unless the method is `disabled`.
fn ip(
    addresses: &[&Address],
    otherwise: &'static str,
    gateway: Option<&IpAddr>,
    servers: Vec<String>,
) -> HashMap<&'static str, Variant<'static>> {
    let method = if addresses.is_empty() {
        otherwise
    } else {
        "manual"
    };
    let mut settings = HashMap::from([("method", text(method))]);
    if !addresses.is_empty() {
        let data = addresses.iter().map(|address| {
            HashMap::from([
                (
                    "address".to_owned(),
                    Variant::from(address.address.to_string()),
                ),
                (
                    "prefix".to_owned(),
                    Variant::from(u32::from(address.prefix)),
                ),
            ])
        });
        let data: Vec<HashMap<String, Variant<'static>>> = data.collect();
        settings.insert("address-data", Variant::from(data));
    }
    if let Some(gateway) = gateway.filter(|_| !addresses.is_empty()) {
        settings.insert("gateway", Variant::from(gateway.to_string()));
    }
    if !servers.is_empty() && method != "disabled" {
        settings.insert("dns-data", Variant::from(servers));
    }
    settings
}

fn connection(
    kind: &'static str,
    name: String,
    uuid: String,
) -> HashMap<&'static str, Variant<'static>> {
    HashMap::from([
        ("id", Variant::from(name)),
        ("uuid", Variant::from(uuid)),
        ("type", text(kind)),
    ])
}

fn text(text: &'static str) -> Variant<'static> {
    Variant::from(text)
}

fn text_of(ip: &IpAddr) -> String {
    ip.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Ssid;
    use crate::secret::Secret;

    fn join(security: Security, hidden: bool) -> Settings {
        let join = Join {
            ssid: Ssid::new("Alm").unwrap(),
            security,
            hidden,
            password: Secret::new("Kuckucksuhr-17"),
        };
        wireless(&join, "u".to_owned())
    }

    #[test]
    fn a_wireless_profile_says_how_the_network_is_secured() {
        let wpa2 = join(Security::Wpa2, false);
        let security = &wpa2["802-11-wireless-security"];
        assert_eq!(security["key-mgmt"], text("wpa-psk"));
        assert_eq!(security["psk"], text("Kuckucksuhr-17"));
        assert!(!wpa2["802-11-wireless"].contains_key("hidden"));
        let wpa3 = join(Security::Wpa3, true);
        assert_eq!(wpa3["802-11-wireless-security"]["key-mgmt"], text("sae"));
        assert_eq!(wpa3["802-11-wireless"]["hidden"], Variant::from(true));
        // Nothing to send a password to.
        let open = join(Security::Open, false);
        assert!(!open.contains_key("802-11-wireless-security"));
        assert!(!join(Security::Owe, false)["802-11-wireless-security"].contains_key("psk"));
    }

    #[test]
    fn fixed_addresses_are_told_for_their_family_only() {
        let wired = Wired {
            interface: "enp3s0".parse().unwrap(),
            addresses: vec!["192.168.1.10/24".to_owned().try_into().unwrap()],
            gateways: vec!["192.168.1.1".parse().unwrap()],
            name_servers: vec!["9.9.9.9".parse().unwrap(), "2620:fe::fe".parse().unwrap()],
        };
        let settings = fixed(&wired, "u".to_owned());
        assert_eq!(settings["ipv4"]["method"], text("manual"));
        assert_eq!(settings["ipv4"]["gateway"], text("192.168.1.1"));
        let servers = |family: &str| settings[family]["dns-data"].clone();
        assert_eq!(servers("ipv4"), Variant::from(vec!["9.9.9.9".to_owned()]));
        assert_eq!(settings["ipv6"]["method"], text("auto"));
        assert_eq!(
            servers("ipv6"),
            Variant::from(vec!["2620:fe::fe".to_owned()])
        );
        let automatic = automatic(&wired.interface, "u".to_owned());
        assert_eq!(automatic["ipv4"]["method"], text("auto"));
    }

    #[test]
    fn a_gateway_of_a_family_without_an_address_is_left_out() {
        let wired = Wired {
            interface: "enp3s0".parse().unwrap(),
            addresses: vec![Address::try_from("192.168.1.10/24".to_owned()).unwrap()],
            gateways: vec!["fe80::1".parse().unwrap()],
            name_servers: vec!["2620:fe::fe".parse().unwrap()],
        };
        let settings = fixed(&wired, "uuid".to_owned());
        let (four, six) = (&settings["ipv4"], &settings["ipv6"]);
        assert_eq!(four["method"], text("manual"));
        assert_eq!(six["method"], text("auto"));
        assert!(!six.contains_key("gateway"), "NetworkManager refuses that");
        assert!(six.contains_key("dns-data"));
        let wired = Wired {
            addresses: vec![Address::try_from("2001:db8::10/64".to_owned()).unwrap()],
            name_servers: vec!["9.9.9.9".parse().unwrap()],
            ..wired
        };
        let settings = fixed(&wired, "uuid".to_owned());
        assert_eq!(
            settings["ipv4"]["method"],
            text("disabled"),
            "as it is installed"
        );
        assert!(!settings["ipv4"].contains_key("dns-data"));
    }
}
