//! Everything that a preset can ask for is on the Summary: each field of the schema is changed, and the
//! lines of the choices change with it.

use super::driver::recorded;
use crate::i18n::{Language, Texts};
use crate::plan::Seed;
use crate::preset::Preset;
use crate::wizard::draft::Draft;
use crate::wizard::page::{Context, summary};
use crate::wizard::theme::Appearance;
use serde_json::Value;
use std::collections::BTreeSet;

/// A computer, and what is asked for before the change.
type Base = (&'static str, &'static str);

const USUAL: Base = (
    "laptop-intel-windows",
    r#"
version = 1
[network]
host_name = "atlas"
[[network.wired]]
interface = "enp3s0"
addresses = ["192.168.1.10/24"]
gateways = ["192.168.1.1"]
name_servers = ["192.168.1.1"]
[disk]
layout = "erase"
[[users]]
name = "ada"
full_name = "Ada Lovelace"
[keyboard]
layout = "de"
"#,
);

const MANUAL: Base = (
    "two-equal-disks",
    include_str!("../../../tests/presets/manual-two-disks.toml"),
);

/// A field, how it is changed, and from what.
const CHANGES: [(&str, &str, Base); 74] = [
    ("locale.language", r#""de_DE.UTF-8""#, USUAL),
    ("locale.formats", r#""de_AT.UTF-8""#, USUAL),
    ("locale.extra[0]", r#""fr_FR.UTF-8""#, USUAL),
    ("locale.time_zone", r#""Europe/Berlin""#, USUAL),
    ("locale.hardware_clock", r#""local""#, USUAL),
    ("keyboard.model", r#""pc105""#, USUAL),
    ("keyboard.layout", r#""us""#, USUAL),
    ("keyboard.variant", r#""neo""#, USUAL),
    ("keyboard.options[0]", r#""caps:swapescape""#, USUAL),
    ("keyboard.input_methods[0]", r#""japanese""#, USUAL),
    ("network.host_name", r#""other""#, USUAL),
    ("network.firewall", "false", USUAL),
    ("network.tcp_ports[0]", "8080", USUAL),
    ("network.udp_ports[0]", "53", USUAL),
    ("network.carry_over", "true", USUAL),
    ("network.ssh", r#""passwords""#, USUAL),
    ("network.proxy", r#""http://proxy.example:3128""#, USUAL),
    ("network.no_proxy", r#""localhost""#, USUAL),
    ("network.wired[0].interface", r#""eno1""#, USUAL),
    ("network.wired[0].addresses[0]", r#""10.0.0.2/8""#, USUAL),
    ("network.wired[0].gateways[0]", r#""192.168.1.2""#, USUAL),
    ("network.wired[0].name_servers[0]", r#""9.9.9.9""#, USUAL),
    ("disk.layout", r#""alongside""#, USUAL),
    ("disk.file_system", r#""btrfs""#, USUAL),
    ("disk.swap", r#""none""#, USUAL),
    ("disk.encrypt", "true", USUAL),
    ("disk.encrypt.recovery_key", "true", USUAL),
    ("disk.encrypt.recovery_key.file", r#""/run/key""#, USUAL),
    ("disk.partition.number", "3", USUAL),
    ("disk.partition.guid", r#""a""#, USUAL),
    ("disk.partition.label", r#""a""#, USUAL),
    ("disk.system", r#""windows""#, USUAL),
    ("disk.gap_after", "0", USUAL),
    ("disk.size", r#""40 GiB""#, USUAL),
    ("disk.esp.number", "1", USUAL),
    ("disk.esp.guid", r#""a""#, USUAL),
    ("disk.esp.label", r#""a""#, USUAL),
    ("disk.home.number", "4", USUAL),
    ("disk.home.guid", r#""a""#, USUAL),
    ("disk.home.label", r#""a""#, USUAL),
    ("disk.disks[0].table", r#""keep""#, MANUAL),
    ("disk.disks[1].partitions[1].do", r#""delete""#, MANUAL),
    ("disk.disks[1].partitions[1].partition.number", "2", MANUAL),
    (
        "disk.disks[1].partitions[1].partition.guid",
        r#""a""#,
        MANUAL,
    ),
    (
        "disk.disks[1].partitions[1].partition.label",
        r#""a""#,
        MANUAL,
    ),
    ("disk.disks[1].partitions[1].size", r#""30 %""#, MANUAL),
    ("disk.disks[1].partitions[1].gap_after", "4", MANUAL),
    ("disk.disks[1].partitions[1].type", r#""linux""#, MANUAL),
    (
        "disk.disks[1].partitions[1].file_system",
        r#""ext4""#,
        MANUAL,
    ),
    ("disk.disks[1].partitions[1].label", r#""films""#, MANUAL),
    (
        "disk.disks[1].partitions[1].flags[0]",
        r#""no_auto""#,
        MANUAL,
    ),
    ("disk.disks[1].partitions[1].mount", r#""/srv""#, MANUAL),
    ("disk.disks[1].partitions[1].encrypt", "true", MANUAL),
    ("disk.disks[1].partitions[1].unlock", "true", MANUAL),
    ("disk.disks[1].partitions[0].hibernation", "false", MANUAL),
    (
        "disk.disks[0].partitions[1].subvolumes[2].name",
        r#""@o""#,
        MANUAL,
    ),
    (
        "disk.disks[0].partitions[1].subvolumes[2].mount",
        r#""/o""#,
        MANUAL,
    ),
    (
        "disk.disks[0].partitions[1].subvolumes[2].do",
        r#""create""#,
        MANUAL,
    ),
    ("users[0].name", r#""eva""#, USUAL),
    ("users[0].full_name", r#""Eva""#, USUAL),
    ("users[0].administrator", "true", USUAL),
    ("users[0].shell", r#""fish""#, USUAL),
    ("users[0].groups[0]", r#""dialout""#, USUAL),
    ("users[0].ssh_keys[0]", KEY, USUAL),
    ("desktop.environment", r#""gnome""#, USUAL),
    ("desktop.autologin", r#""ada""#, USUAL),
    ("software.unfree", "true", USUAL),
    ("software.flatpak", "true", USUAL),
    ("software.broadcom_sta", "true", USUAL),
    ("software.packages[0]", r#""git""#, USUAL),
    ("configuration.shape", r#""flake""#, USUAL),
    ("configuration.files", r#""split""#, USUAL),
    ("root.password", r#""ask""#, USUAL),
    ("install.exclusive", "true", USUAL),
];

const KEY: &str = r#""ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHGN3DMxa8R7oRNd4DJpmDCkLxWxRCdDqLUhkzY3fFmL ada@home""#;

/// More of them, all from the usual.
const SETTINGS: [(&str, &str); 15] = [
    ("system.state_version", r#""25.11""#),
    ("system.kernel", r#""newest""#),
    ("system.boot_loader", r#""grub""#),
    ("system.generations", "5"),
    ("system.splash", "true"),
    ("system.printing", "true"),
    ("system.upgrades", r#""at_once""#),
    ("system.delete_after_days", "30"),
    ("system.optimise_store", "true"),
    ("system.flakes", "true"),
    ("system.substituters[0]", r#""http://cache.example:5000""#),
    ("system.public_keys[0]", CACHE_KEY),
    ("install.substituters[0]", r#""http://cache.example:5000""#),
    ("install.public_keys[0]", CACHE_KEY),
    ("install.proxy", r#""http://proxy.example:3128""#),
];

const CACHE_KEY: &str = r#""cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=""#;

/// What the lines do not tell, and why.
const EXCEPTIONS: [(&str, &str); 5] = [
    ("version", "there is one"),
    (
        "disk.choose",
        "the disk has a card of its own, whatever it was chosen by",
    ),
    (
        "disk.disks[].choose",
        "the disk has a card of its own, whatever it was chosen by",
    ),
    (
        "disk.encrypt.passphrase",
        "it is a secret, and where it comes from is asked before",
    ),
    (
        "users[].password",
        "it is a secret, and asked for on its page",
    ),
];

/// Where the value of root's password comes from is as secret as that of the others.
const ROOT: [&str; 2] = ["root.password.plain", "root.password.hash"];

/// The schema behind a reference.
fn resolved<'a>(schema: &'a Value, part: &'a Value) -> &'a Value {
    match part.get("$ref") {
        Some(Value::String(name)) => resolved(
            schema,
            schema.pointer(name.trim_start_matches('#')).unwrap(),
        ),
        _ => part,
    }
}

/// Every field that holds a value, such as `users[].name`.
fn fields(schema: &Value, path: &str, part: &Value, found: &mut BTreeSet<String>) {
    let part = resolved(schema, part);
    let mut is_value = true;
    for (key, below) in part["properties"].as_object().into_iter().flatten() {
        is_value = false;
        let path = match path {
            "" => key.clone(),
            path => format!("{path}.{key}"),
        };
        fields(schema, &path, below, found);
    }
    if let Some(each) = part.get("items") {
        is_value = false;
        fields(schema, &format!("{path}[]"), each, found);
    }
    for alternative in ["anyOf", "oneOf", "allOf"] {
        for below in part[alternative].as_array().into_iter().flatten() {
            is_value = false;
            fields(schema, path, below, found);
        }
    }
    if is_value {
        found.insert(path.to_owned());
    }
}

/// `users[0].name` without the numbers.
fn plain(path: &str) -> String {
    path.split(|c: char| c.is_ascii_digit()).collect()
}

/// Sets a field; what is above it is made where it is not there.
fn set(table: &mut toml::Value, path: &str, value: toml::Value) {
    let mut at = table;
    for step in path.split('.') {
        let (key, index) = match step.split_once('[') {
            Some((key, index)) => (key, index.trim_end_matches(']').parse::<usize>().ok()),
            None => (step, None),
        };
        if !at.is_table() {
            *at = toml::Value::Table(toml::Table::new());
        }
        let table = at.as_table_mut().unwrap();
        let empty = || toml::Value::Table(toml::Table::new());
        at = table.entry(key).or_insert_with(|| match index {
            Some(_) => toml::Value::Array(Vec::new()),
            None => empty(),
        });
        if let Some(index) = index {
            let all = at.as_array_mut().unwrap();
            if all.len() <= index {
                all.resize(index + 1, empty());
            }
            at = &mut all[index];
        }
    }
    *at = value;
}

fn preset_of(table: &toml::Value) -> Preset {
    let text = toml::to_string(table).unwrap();
    crate::preset::read(&text, "changed").unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn lines(machine: &str, table: &toml::Value) -> Vec<summary::Line> {
    let texts = Texts::new(Language::English);
    let draft = Draft::new(recorded(machine), preset_of(table), Seed::new([3; 32]));
    let ctx = Context {
        texts: &texts,
        appearance: Appearance::default(),
        draft: &draft,
        width: 800.0,
        now: 0,
    };
    summary::choices(ctx)
}

fn changes() -> impl Iterator<Item = (&'static str, &'static str, Base)> {
    let more = [("install.no_proxy", r#""localhost""#)];
    let settings = SETTINGS.into_iter().chain(more);
    CHANGES
        .into_iter()
        .chain(settings.map(|(path, value)| (path, value, USUAL)))
}

#[test]
fn a_change_of_any_field_changes_what_the_summary_says() {
    for (path, value, (machine, base)) in changes() {
        let base: toml::Value = toml::from_str(base).unwrap();
        let mut changed = base.clone();
        let value: toml::Table = toml::from_str(&format!("value = {value}")).unwrap();
        set(&mut changed, path, value["value"].clone());
        assert_ne!(preset_of(&base), preset_of(&changed), "{path}");
        let lines_now = lines(machine, &changed);
        assert_ne!(lines(machine, &base), lines_now, "{path}");
        for texts in Language::ALL.map(Texts::new) {
            let nameless = lines_now.iter().find(|(key, _)| texts.get(key) == *key);
            assert_eq!(nameless, None, "{path}: a line without a name");
        }
    }
}

#[test]
fn no_field_is_forgotten() {
    let schema: Value = serde_json::from_str(&crate::preset::schema()).unwrap();
    let mut all = BTreeSet::new();
    fields(&schema, "", &schema, &mut all);
    assert!(all.len() > 100, "{all:?}");
    let changed: BTreeSet<String> = changes().map(|(path, ..)| plain(path)).collect();
    for field in &all {
        let excepted = EXCEPTIONS.iter().any(|(part, _)| field.starts_with(part));
        let is_known = changed.contains(field) || excepted || ROOT.contains(&field.as_str());
        assert!(is_known, "{field} is neither on the Summary nor excepted");
    }
    for field in &changed {
        assert!(all.contains(field), "{field} is no field");
    }
    for (part, reason) in EXCEPTIONS {
        assert!(
            all.iter().any(|field| field.starts_with(part)),
            "{part}: {reason}"
        );
    }
}

#[test]
fn what_is_decided_is_told_where_nothing_is_chosen() {
    let base = toml::from_str("version = 1").unwrap();
    let lines = lines("laptop-intel-windows", &base);
    for (key, value) in [
        ("summary-language", "English (United States)"),
        ("summary-zone", "UTC, as no place is chosen"),
        ("summary-keyboard", "English (US)"),
        ("summary-host", "nixos"),
    ] {
        assert!(lines.contains(&(key, value.to_owned())), "{key}: {lines:?}");
    }
}
