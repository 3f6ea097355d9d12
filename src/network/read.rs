//! What NetworkManager tells of its objects, read as the types of this module. Names and numbers are
//! those of its D-Bus interface (`nm-dbus-interface.h`, 1.54).

use super::{Device, DeviceState, Failure, Link, Network, Reach, Security, Ssid, Wifi};
use std::collections::HashMap;
use zbus::{OwnedObjectPath, OwnedVariant, Variant};

/// The properties of an object, by interface and name.
pub(super) type Properties = HashMap<String, HashMap<String, OwnedVariant>>;

/// Everything that NetworkManager has.
pub(super) type Objects = HashMap<OwnedObjectPath, Properties>;

pub(super) const MANAGER: &str = "org.freedesktop.NetworkManager";
pub(super) const ACTIVE: &str = "org.freedesktop.NetworkManager.Connection.Active";
pub(super) const DEVICE: &str = "org.freedesktop.NetworkManager.Device";
pub(super) const WIRED: &str = "org.freedesktop.NetworkManager.Device.Wired";
pub(super) const WIRELESS: &str = "org.freedesktop.NetworkManager.Device.Wireless";
const ACCESS_POINT: &str = "org.freedesktop.NetworkManager.AccessPoint";

/// The path of the object that stands for all.
const ROOT: &str = "/org/freedesktop/NetworkManager";

/// A property, if it is there and has this type.
pub(super) fn property<'a, T>(of: &'a Properties, interface: &str, name: &str) -> Option<T>
where
    T: TryFrom<&'a Variant<'static>>,
{
    let variant: &'a Variant<'static> = of.get(interface)?.get(name)?;
    T::try_from(variant).ok()
}

fn bytes(of: &Properties, interface: &str, name: &str) -> Option<Vec<u8>> {
    let variant = of.get(interface)?.get(name)?.try_clone().ok()?;
    Vec::try_from(variant).ok()
}

pub(super) fn path(of: &Properties, interface: &str, name: &str) -> Option<String> {
    let variant = of.get(interface)?.get(name)?.try_clone().ok()?;
    let path = OwnedObjectPath::try_from(variant).ok()?;
    Some(path.as_str().to_owned())
}

/// The paths in a property that is a list of them.
pub(super) fn paths(of: &Properties, interface: &str, name: &str) -> Vec<String> {
    let variant = of.get(interface).and_then(|of| of.get(name));
    let variant = variant.and_then(|variant| variant.try_clone().ok());
    let found = variant.and_then(|variant| Vec::<OwnedObjectPath>::try_from(variant).ok());
    let found = found.unwrap_or_default().into_iter();
    found.map(|path| path.as_str().to_owned()).collect()
}

/// The object at a path.
pub(super) fn at<'a>(objects: &'a Objects, path: &str) -> Option<&'a Properties> {
    let path = OwnedObjectPath::try_from(path).ok()?;
    objects.get(&path)
}

/// The network as these objects are.
pub(super) fn network(objects: &Objects) -> Network {
    let root = at(objects, ROOT);
    let reach = root.and_then(|root| property::<u32>(root, MANAGER, "Connectivity"));
    let wifi_on = root.and_then(|root| property(root, MANAGER, "WirelessEnabled"));
    let mut devices: Vec<Device> = objects
        .values()
        .filter_map(|of| device(objects, of))
        .collect();
    devices.sort_by(|a, b| a.interface.as_str().cmp(b.interface.as_str()));
    Network {
        devices,
        wifi_on: wifi_on.unwrap_or(true),
        reach: match reach {
            Some(1) => Reach::None,
            Some(2) => Reach::Portal,
            Some(3) => Reach::Limited,
            Some(4) => Reach::Full,
            _ => Reach::Unknown,
        },
    }
}

/// The device that an object is, if it is one that can be connected.
fn device(objects: &Objects, of: &Properties) -> Option<Device> {
    let interface: String = property(of, DEVICE, "Interface")?;
    let state = state(property(of, DEVICE, "State")?);
    let active = path(of, DEVICE, "ActiveConnection").and_then(|path| at(objects, &path));
    let link = match property::<u32>(of, DEVICE, "DeviceType")? {
        1 => Link::Wired {
            carrier: property(of, WIRED, "Carrier").unwrap_or(false),
        },
        2 => Link::Wireless {
            heard: heard(
                objects,
                of,
                active.filter(|_| state == DeviceState::Connected),
            ),
        },
        8 => Link::Mobile,
        // Bridges, tunnels, the loopback.
        _ => return None,
    };
    Some(Device {
        interface: interface.parse().ok()?,
        link,
        state,
        profile: active.and_then(|active| property(active, ACTIVE, "Id")),
    })
}

/// The devices that join wireless networks, in the order of their paths.
pub(super) fn wireless_devices(
    objects: &Objects,
) -> impl Iterator<Item = (&OwnedObjectPath, &Properties)> {
    let mut found: Vec<_> = objects
        .iter()
        .filter(|(_, of)| property::<u32>(of, DEVICE, "DeviceType") == Some(2))
        .collect();
    found.sort_by(|(a, _), (b, _)| a.as_str().cmp(b.as_str()));
    found.into_iter()
}

/// The device that the kernel knows by this name.
pub(super) fn device_named<'a>(objects: &'a Objects, name: &str) -> Option<&'a OwnedObjectPath> {
    let is_it =
        |of: &Properties| property::<String>(of, DEVICE, "Interface").as_deref() == Some(name);
    objects
        .iter()
        .find(|(_, of)| is_it(of))
        .map(|(path, _)| path)
}

/// The strongest access point of a network that a device hears.
pub(super) fn access_point(
    objects: &Objects,
    device: &Properties,
    ssid: &Ssid,
    secured: Security,
) -> Option<String> {
    let points = paths(device, WIRELESS, "AccessPoints").into_iter();
    let heard = points.filter_map(|path| {
        let wifi = wifi(at(objects, &path)?)?;
        let is_it = wifi.ssid == *ssid && wifi.security == secured;
        is_it.then_some((wifi.strength, path))
    });
    heard.max().map(|(_, path)| path)
}

const fn state(number: u32) -> DeviceState {
    match number {
        100 => DeviceState::Connected,
        40..100 => DeviceState::Connecting,
        // On its way down, or failed a moment ago.
        30 | 110.. => DeviceState::Disconnected,
        20 => DeviceState::Unavailable,
        _ => DeviceState::Unmanaged,
    }
}

/// What a device hears, the strongest first.
fn heard(objects: &Objects, of: &Properties, active: Option<&Properties>) -> Vec<Wifi> {
    let joined = active.and_then(|active| path(active, ACTIVE, "SpecificObject"));
    let joined = joined.and_then(|path| wifi(at(objects, &path)?));
    let points = paths(of, WIRELESS, "AccessPoints");
    let mut all: Vec<Wifi> = points
        .iter()
        .filter_map(|path| wifi(at(objects, path)?))
        .collect();
    all.sort_by(|a, b| b.strength.cmp(&a.strength).then(a.ssid.cmp(&b.ssid)));
    let mut one_each: Vec<Wifi> = Vec::new();
    for mut wifi in all {
        let is_same = |other: &Wifi| other.ssid == wifi.ssid && other.security == wifi.security;
        if !one_each.iter().any(is_same) {
            wifi.joined = joined.as_ref().is_some_and(is_same);
            one_each.push(wifi);
        }
    }
    one_each
}

/// The network of an access point; nothing if it hides its name.
fn wifi(of: &Properties) -> Option<Wifi> {
    let flag = |name| property::<u32>(of, ACCESS_POINT, name).unwrap_or(0);
    Some(Wifi {
        ssid: Ssid::new(bytes(of, ACCESS_POINT, "Ssid")?)?,
        security: security(flag("Flags"), flag("WpaFlags") | flag("RsnFlags")),
        strength: property::<u8>(of, ACCESS_POINT, "Strength")?.min(100),
        joined: false,
    })
}

/// What `NM80211ApFlags` and `NM80211ApSecurityFlags` say.
const fn security(flags: u32, keys: u32) -> Security {
    const PRIVACY: u32 = 0x1;
    const PSK: u32 = 0x100;
    const ENTERPRISE: u32 = 0x200 | 0x2000;
    const SAE: u32 = 0x400;
    const OWE: u32 = 0x800;
    if keys & PSK != 0 {
        Security::Wpa2
    } else if keys & SAE != 0 {
        Security::Wpa3
    } else if keys & ENTERPRISE != 0 {
        Security::Enterprise
    } else if keys & OWE != 0 {
        Security::Owe
    } else if flags & PRIVACY != 0 {
        Security::Wep
    } else {
        Security::Open
    }
}

/// What an `NMDeviceStateReason` means; `secured` where a password was given.
pub(super) fn failure(reason: u32, secured: bool) -> Failure {
    match reason {
        // No secrets: those that were given did not do. The supplicant went away, failed or waited in vain.
        7..=11 if secured => Failure::WrongPassword,
        5 | 6 | 15..=17 => Failure::NoAddress,
        35 => Failure::NoFirmware,
        40 => Failure::NoCable,
        53 => Failure::NotHeard,
        other => Failure::Other(format!("NetworkManager gave up, for its reason {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(of: &[(&str, Variant<'static>)]) -> HashMap<String, OwnedVariant> {
        let owned = |variant: &Variant<'static>| variant.try_to_owned().unwrap();
        of.iter()
            .map(|(name, value)| ((*name).to_owned(), owned(value)))
            .collect()
    }

    fn point(ssid: &[u8], strength: u8, keys: u32) -> Properties {
        let of = values(&[
            ("Ssid", Variant::from(ssid.to_vec())),
            ("Strength", Variant::from(strength)),
            ("Flags", Variant::from(u32::from(keys != 0))),
            ("WpaFlags", Variant::from(0_u32)),
            ("RsnFlags", Variant::from(keys)),
        ]);
        [(ACCESS_POINT.to_owned(), of)].into()
    }

    fn with_points(points: &[Properties]) -> Network {
        let mut objects = Objects::new();
        let path = |n: usize| OwnedObjectPath::try_from(format!("/ap/{n}")).unwrap();
        for (n, point) in points.iter().enumerate() {
            let copied = point.iter().map(|(interface, of)| {
                let of = of.iter().map(|(k, v)| (k.clone(), v.try_clone().unwrap()));
                (interface.clone(), of.collect())
            });
            objects.insert(path(n), copied.collect());
        }
        let all: Vec<_> = (0..points.len()).map(path).collect();
        let all: Vec<zbus::ObjectPath<'static>> = all.into_iter().map(Into::into).collect();
        let device = values(&[
            ("Interface", Variant::from("wlan0".to_owned())),
            ("DeviceType", Variant::from(2_u32)),
            ("State", Variant::from(30_u32)),
        ]);
        let wireless = values(&[("AccessPoints", Variant::from(all))]);
        let of = [(DEVICE.to_owned(), device), (WIRELESS.to_owned(), wireless)];
        objects.insert(OwnedObjectPath::try_from("/device").unwrap(), of.into());
        network(&objects)
    }

    #[test]
    fn a_name_that_many_send_is_shown_once_and_the_strongest_first() {
        let network = with_points(&[
            point(b"Alm", 40, 0x100),
            point(b"Alm", 80, 0x100),
            point(b"Gast", 60, 0),
            point(b"", 90, 0x100),
            point(&[0; 8], 90, 0x100),
        ]);
        let Some(Link::Wireless { heard }) = network.wireless().map(|device| &device.link) else {
            panic!("there is a wireless device");
        };
        let shown: Vec<(String, u8)> = heard
            .iter()
            .map(|wifi| (wifi.ssid.to_string(), wifi.strength))
            .collect();
        assert_eq!(shown, [("Alm".to_owned(), 80), ("Gast".to_owned(), 60)]);
    }

    #[test]
    fn how_a_network_is_secured() {
        for (flags, keys, expected) in [
            (0, 0, Security::Open),
            (1, 0, Security::Wep),
            (1, 0x100, Security::Wpa2),
            (1, 0x100 | 0x400, Security::Wpa2),
            (1, 0x400, Security::Wpa3),
            (1, 0x200, Security::Enterprise),
            (0, 0x800, Security::Owe),
        ] {
            assert_eq!(security(flags, keys), expected, "{flags:x} {keys:x}");
        }
    }

    #[test]
    fn reasons_are_told_as_what_they_mean() {
        assert_eq!(failure(7, true), Failure::WrongPassword);
        assert!(matches!(failure(7, false), Failure::Other(_)));
        assert_eq!(failure(17, true), Failure::NoAddress);
        assert_eq!(failure(53, true), Failure::NotHeard);
    }
}
