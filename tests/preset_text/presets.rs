//! Presets with a random text at every place that reaches the configuration.

use super::leaves::Leaves;
use nevado::preset::{
    CacheKey, CacheUrl, FullName, GroupName, HostName, InterfaceName, MountPath, PackageName,
    ProxyUrl, Release, SshKey, SubvolumePath, UserName, XkbName,
};
use nevado::{keyboard, location};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::string::string_regex;
use serde_json::{Map, Value, json};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A preset as it is typed.
#[derive(Clone, Debug)]
pub(crate) struct Typed(pub(crate) Value);

/// The places with fewer texts to choose from.
pub(crate) const FEW: [(&str, usize); 3] = [
    // At most the medium's release.
    ("system.state_version", 8),
    ("keyboard.layout", 5),
    ("keyboard.variant", 10),
];

/// Everything that Nix gives a meaning to, words and letters of other scripts.
const HOSTILE: &str = r#"(["\\$'{}#/*;=.\n\t ]|\$\{|''|[a-z]|\PC){1,12}"#;

/// Presets as they can be typed.
pub(crate) fn typed(leaves: &Leaves) -> BoxedStrategy<Typed> {
    let sections = (
        locale(),
        keyboard(leaves),
        network(leaves),
        disk(leaves),
        people(leaves),
        software(leaves),
        system(leaves),
    );
    let rest = (select(DESKTOPS.to_vec()), any::<bool>());
    (sections, rest)
        .prop_map(
            |((locale, keyboard, network, disk, users, software, system), rest)| {
                let (desktop, autologin) = rest;
                let mut desktop = json!({ "environment": desktop });
                if autologin {
                    desktop["autologin"] = users[0]["name"].clone();
                }
                Typed(json!({
                    "version": 1,
                    "locale": locale,
                    "keyboard": keyboard,
                    "network": network,
                    "disk": disk,
                    "users": users,
                    "desktop": desktop,
                    "software": software,
                    "system": system,
                }))
            },
        )
        .boxed()
}

/// One of each way in which a desktop logs people in.
const DESKTOPS: [&str; 5] = ["none", "gnome", "xfce", "sway", "plasma6"];

/// Texts that fit the schema's pattern for a place, and that the place takes.
fn fitting<T: TryFrom<String>>(leaves: &Leaves, place: &str) -> BoxedStrategy<String> {
    let pattern = leaves[place].as_deref().unwrap();
    let inner = pattern.trim_start_matches('^').trim_end_matches('$');
    taken::<T>(string_regex(inner).unwrap().boxed())
}

/// Those texts that a type takes.
fn taken<T: TryFrom<String>>(texts: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let takes = |text: &String| T::try_from(text.clone()).is_ok();
    texts.prop_filter("refused", takes).boxed()
}

/// A table with the keys that have a value.
fn table<const N: usize>(entries: [(&str, Option<Value>); N]) -> Value {
    let given = entries
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(given.collect::<Map<_, _>>())
}

fn some<T: Into<Value>>(value: T) -> Option<Value> {
    Some(value.into())
}

fn locale() -> impl Strategy<Value = Value> {
    // A name that is not one of these is refused before anything is written.
    let locales: Vec<&str> = location::locales()
        .iter()
        .map(|locale| locale.name)
        .collect();
    let zones: Vec<&str> = location::zone_names().collect();
    let extra = prop::collection::btree_set(select(locales.clone()), 0..3);
    (
        select(locales.clone()),
        select(locales),
        extra,
        of(select(zones)),
    )
        .prop_map(|(language, formats, extra, zone)| {
            let extra: Vec<&str> = extra.into_iter().collect();
            table([
                ("language", some(language)),
                ("formats", some(formats)),
                ("extra", some(extra)),
                ("time_zone", zone.map(Value::from)),
            ])
        })
}

/// Layouts and variants with Latin letters only: others get a Latin one beside them, which is
/// another test's matter.
fn latin_keyboards() -> Vec<(&'static str, Option<&'static str>)> {
    let of = |name| {
        let variants = &keyboard::layout(name).unwrap().variants;
        let latin = variants.iter().filter(move |variant| {
            let picture = keyboard::picture(name, Some(variant.name));
            picture.unwrap().has_latin_letters()
        });
        latin
            .map(move |variant| (name, Some(variant.name)))
            .chain([(name, None)])
    };
    ["us", "de", "fr", "pl", "es"]
        .into_iter()
        .flat_map(of)
        .collect()
}

fn keyboard(leaves: &Leaves) -> impl Strategy<Value = Value> + use<> {
    let options = keyboard::option_groups()
        .iter()
        .flat_map(|group| &group.options);
    let options: Vec<&str> = options.map(|option| option.name).collect();
    let options = prop::collection::btree_set(select(options), 0..3);
    let model = of(fitting::<XkbName>(leaves, "keyboard.model"));
    (select(latin_keyboards()), options, model).prop_map(|((layout, variant), options, model)| {
        let options: Vec<&str> = options.into_iter().collect();
        table([
            ("layout", some(layout)),
            ("variant", variant.map(Value::from)),
            ("options", some(options)),
            ("model", model.map(Value::from)),
        ])
    })
}

fn network(leaves: &Leaves) -> impl Strategy<Value = Value> + use<> {
    let proxy = fitting::<ProxyUrl>(leaves, "network.proxy")
        .prop_filter("a password", |url| !url.contains('@'));
    // Its pattern leaves U+0000 out, which no file of Nix holds.
    let no_proxy = of(prop_oneof![HOSTILE, any::<String>()]);
    let no_proxy = no_proxy.prop_filter("no text of Nix", |text| {
        !text.as_ref().is_some_and(|text| text.contains('\0'))
    });
    let wired = prop::collection::vec(wired(leaves), 0..3);
    let host = fitting::<HostName>(leaves, "network.host_name");
    (host, of((proxy, no_proxy)), wired).prop_map(|(host, proxy, wired)| {
        let (proxy, no_proxy) = proxy.unzip();
        table([
            ("host_name", some(host)),
            ("proxy", proxy.map(Value::from)),
            ("no_proxy", no_proxy.flatten().map(Value::from)),
            ("wired", some(wired)),
        ])
    })
}

fn wired(leaves: &Leaves) -> impl Strategy<Value = Value> + use<> {
    let v4 = || any::<Ipv4Addr>().prop_map(IpAddr::V4);
    let v6 = || any::<Ipv6Addr>().prop_map(IpAddr::V6);
    let addresses = |address: BoxedStrategy<IpAddr>, most: u8| {
        let one = (address, 1..=most).prop_map(|(address, bits)| format!("{address}/{bits}"));
        prop::collection::btree_set(one, 1..3)
    };
    let gateways = (of(v4()), of(v6()));
    let servers = prop::collection::btree_set(prop_oneof![v4(), v6()], 0..4);
    let interface = fitting::<InterfaceName>(leaves, "network.wired[].interface");
    let addresses = (addresses(v4().boxed(), 32), addresses(v6().boxed(), 128));
    (interface, addresses, gateways, servers).prop_map(
        |(interface, addresses, gateways, servers)| {
            let addresses: Vec<String> = addresses.0.into_iter().chain(addresses.1).collect();
            let gateways = [gateways.0, gateways.1].into_iter().flatten();
            let texts = |addresses: Vec<IpAddr>| -> Vec<String> {
                addresses.iter().map(IpAddr::to_string).collect()
            };
            json!({
                "interface": interface,
                "addresses": addresses,
                "gateways": texts(gateways.collect()),
                "name_servers": texts(servers.into_iter().collect()),
            })
        },
    )
}

/// A root with subvolumes, and a file system beside it.
fn disk(leaves: &Leaves) -> impl Strategy<Value = Value> + use<> {
    let mount = || {
        let mount = fitting::<MountPath>(leaves, "disk.disks[].partitions[].mount");
        mount.prop_filter("the root is there", |mount| mount != "/")
    };
    let subvolume = fitting::<SubvolumePath>(leaves, "disk.disks[].partitions[].subvolumes[].name");
    (mount(), mount(), prop::collection::vec(subvolume, 2)).prop_map(|(one, other, names)| {
        json!({
            "layout": "manual",
            "disks": [{ "table": "new", "partitions": [
                { "size": "1 GiB", "type": "esp", "mount": "/boot" },
                { "size": "60 GiB", "file_system": "btrfs", "subvolumes": [
                    { "name": names[0], "mount": "/" },
                    { "name": names[1], "mount": one },
                ] },
                { "size": "rest", "file_system": "ext4", "mount": other },
            ] }],
        })
    })
}

/// A public key of no computer: 32 zero bytes.
const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn people(leaves: &Leaves) -> impl Strategy<Value = Vec<Value>> + use<> {
    let name = prop_oneof![
        fitting::<UserName>(leaves, "users[].name"),
        "(else|if|let|rec|with|inherit|assert|or|then|in|true|null)",
    ];
    let full_name = prop_oneof![
        fitting::<FullName>(leaves, "users[].full_name"),
        taken::<FullName>(HOSTILE.boxed()),
    ];
    let group = fitting::<GroupName>(leaves, "users[].groups[]");
    let group = group.prop_filter("every person's", |name| name != "networkmanager");
    let groups = prop::collection::btree_set(group, 0..3);
    // The comment of a key is free text; space around it is left out.
    let key = HOSTILE.prop_map(|comment| format!("{KEY} {comment}").trim().to_owned());
    let key = taken::<SshKey>(key.boxed());
    let keys = prop::collection::vec(key, 0..3);
    let person = (name, of(full_name), groups, keys).prop_map(|(name, full_name, groups, keys)| {
        let groups: Vec<String> = groups.into_iter().collect();
        table([
            ("name", some(name)),
            ("full_name", full_name.map(Value::from)),
            ("groups", some(groups)),
            ("ssh_keys", some(keys)),
        ])
    });
    prop::collection::vec(person, 1..3)
}

fn software(leaves: &Leaves) -> impl Strategy<Value = Value> + use<> {
    let name = prop_oneof![
        fitting::<PackageName>(leaves, "software.packages[]"),
        "(config|lib|pkgs|true|null|builtins|import|map|options)",
    ];
    let packages = prop::collection::vec(name, 0..5);
    packages.prop_map(|packages| json!({ "unfree": true, "packages": packages }))
}

fn system(leaves: &Leaves) -> impl Strategy<Value = Value> + use<> {
    let key = fitting::<CacheKey>(leaves, "system.public_keys[]");
    let caches = prop::collection::vec(fitting::<CacheUrl>(leaves, "system.substituters[]"), 0..3);
    let keys = prop::collection::vec(key, 0..3);
    let release = fitting::<Release>(leaves, "system.state_version");
    let release = release.prop_filter("not newer than the medium", |text| text.as_str() <= "26.05");
    let series = (3..20_u8, any::<u8>()).prop_map(|(major, minor)| format!("{major}.{minor}"));
    let flakes = (any::<bool>(), any::<bool>());
    (caches, keys, release, of(series), flakes).prop_map(
        |(caches, keys, release, kernel, flakes)| {
            table([
                ("substituters", some(caches)),
                ("public_keys", some(keys)),
                ("state_version", some(release)),
                ("kernel", kernel.map(Value::from)),
                ("flakes", some(flakes.0)),
                ("optimise_store", some(flakes.1)),
            ])
        },
    )
}
