//! The form of presets: what is written reads back the same, and the JSON schema in `assets/` is
//! that of the code and fits the presets of the tests.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use nevado::machine::Transport;
use nevado::preset::{
    self, DiskChoice, DiskMatch, Environment, Layout, Password, Preset, Root, Shell, Size,
    SizeRange, Swap, User,
};
use nevado::units::Bytes;
use proptest::prelude::*;
use serde_json::Value;
use std::fs;
use std::path::Path;

fn fitting<T: TryFrom<String> + std::fmt::Debug>(pattern: &'static str) -> BoxedStrategy<T> {
    pattern
        .prop_filter_map("the field refuses it", |text| T::try_from(text).ok())
        .boxed()
}

fn maybe<T: std::fmt::Debug + 'static>(
    strategy: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Option<T>> {
    proptest::option::of(strategy).boxed()
}

fn user() -> impl Strategy<Value = User> {
    (
        fitting("[a-z_][a-z0-9_.-]{0,12}"),
        maybe(fitting(r#"(["\\$'{}#=\[\] ]|''|"""|\PC){1,12}"#)),
        any::<bool>(),
        prop_oneof![
            Just(Password::Ask),
            fitting("[a-z]{1,8}").prop_map(|name: preset::UserName| Password::Plain(
                nevado::secret::Secret::new(name.as_str())
            )),
        ],
        maybe(prop::sample::select(Shell::ALL.to_vec())),
        prop::collection::vec(fitting("[a-zA-Z_][a-z0-9_.-]{0,12}"), 0..3),
    )
        .prop_map(
            |(name, full_name, administrator, password, shell, groups)| User {
                name,
                full_name,
                password,
                administrator,
                shell,
                groups,
                ssh_keys: Vec::new(),
            },
        )
}

fn system() -> impl Strategy<Value = preset::System> {
    let number = |least: i64, most: i64| least..=most;
    (
        maybe(fitting("(default|newest|zen|[1-9]\\.[1-9][0-9]?)")),
        maybe(number(2, 200).prop_map(|n| preset::Generations::try_from(n).unwrap())),
        maybe(any::<bool>()),
        maybe(Just(preset::Upgrades::NextStart)),
        maybe(number(1, 3650).prop_map(|n| preset::Days::try_from(n).unwrap())),
        maybe(Just(preset::BootLoader::SystemdBoot)),
        prop::collection::vec(fitting("https://[a-z]{1,9}(/[a-z]{1,5})?"), 0..3),
    )
        .prop_map(
            |(kernel, generations, switch, upgrades, delete_after_days, boot_loader, caches)| {
                preset::System {
                    boot_loader,
                    kernel,
                    generations,
                    splash: switch,
                    printing: switch,
                    optimise_store: switch,
                    flakes: switch,
                    upgrades,
                    delete_after_days,
                    state_version: None,
                    substituters: caches,
                    public_keys: Vec::new(),
                }
            },
        )
}

fn disk_choice() -> impl Strategy<Value = DiskChoice> {
    let size = || maybe(any::<u64>().prop_map(|bytes| Size(Bytes(bytes))));
    let range = maybe((size(), size()).prop_map(|(min, max)| SizeRange { min, max }));
    let found = (
        maybe("(/dev/[a-z0-9]{1,6})".prop_map(Into::into)),
        maybe("[a-z0-9-]{1,9}".prop_map(Into::into)),
        maybe("\\PC{0,9}"),
        maybe("\\PC{0,9}"),
        range,
        maybe(Just(Transport::Nvme)),
    );
    let found = found.prop_map(|(path, by_id, model, serial, size, transport)| DiskMatch {
        path,
        by_id,
        model,
        serial,
        size,
        transport,
    });
    prop_oneof![
        Just(DiskChoice::Only),
        found.clone().prop_map(DiskChoice::Match),
        prop::collection::vec(found, 1..4).prop_map(DiskChoice::FirstOf),
    ]
}

fn install() -> impl Strategy<Value = preset::Install> {
    let key = || fitting("[a-z.-]{1,12}:[A-Za-z0-9+/]{43}=");
    (
        prop::collection::vec(fitting("(https?://[a-z]{1,9}|file:///[a-z]{1,9})"), 0..3),
        prop::collection::vec(key(), 0..3),
        maybe(any::<bool>()),
        maybe(fitting("(http|socks5h)://[a-z]{1,9}(:[0-9]{1,4})?")),
        maybe("[a-z.,]{1,9}"),
    )
        .prop_map(
            |(substituters, public_keys, exclusive, proxy, no_proxy)| preset::Install {
                substituters,
                public_keys,
                exclusive,
                proxy,
                no_proxy,
            },
        )
}

fn presets() -> impl Strategy<Value = Preset> {
    let texts = (
        maybe(fitting("[a-z]{2}_[A-Z]{2}\\.UTF-8")),
        maybe(fitting("[A-Z][a-z_+-]{1,8}(/[A-Z][a-z0-9_+-]{1,8}){0,2}")),
        maybe(fitting("[a-z]{2}")),
        maybe(fitting("[a-zA-Z0-9][a-zA-Z0-9_-]{0,20}")),
        maybe(fitting("2[0-9]\\.(05|11)")),
    );
    let lists = (
        prop::collection::vec(fitting("[a-z]{1,6}:[a-zA-Z0-9_.()-]{1,10}"), 0..3),
        prop::collection::vec(fitting("[a-zA-Z_][a-zA-Z0-9_'-]{0,10}"), 0..5),
        prop::collection::vec(user(), 0..4),
    );
    let disk = (
        disk_choice(),
        maybe(proptest::sample::select(Layout::ALL.to_vec())),
        maybe(prop::sample::select(vec![Swap::None, Swap::Zram])),
    );
    let rest = (
        (
            maybe(prop::sample::select(Environment::ALL.to_vec())),
            maybe(fitting("[a-z_][a-z0-9_.-]{0,10}")),
        ),
        maybe(any::<bool>()),
        (
            (system(), install()),
            maybe(Just(preset::Ssh::Keys)),
            maybe(any::<bool>()),
        ),
        maybe(Just(Root {
            password: Password::Ask,
        })),
    );
    (texts, lists, disk, rest).prop_map(|(texts, lists, disk, rest)| {
        let mut preset = Preset::default();
        preset.locale.language = texts.0;
        preset.locale.time_zone = texts.1;
        preset.keyboard.layout = texts.2;
        preset.network.host_name = texts.3;
        preset.system.state_version = texts.4;
        (
            preset.keyboard.options,
            preset.software.packages,
            preset.users,
        ) = lists;
        (preset.disk.choose, preset.disk.layout, preset.disk.swap) = disk;
        let ((system, install), ssh, firewall) = rest.2;
        preset.install = install;
        preset.system = preset::System {
            state_version: preset.system.state_version.take(),
            ..system
        };
        (preset.network.ssh, preset.network.firewall) = (ssh, firewall);
        (
            (preset.desktop.environment, preset.desktop.autologin),
            preset.software.unfree,
            preset.root,
        ) = (rest.0, rest.1, rest.3);
        preset
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back_the_same(preset in presets()) {
        let written = preset::write(&preset).unwrap();
        let again = preset::read(&written, "written.toml")
            .map_err(|error| TestCaseError::fail(format!("{error}\n---\n{written}")))?;
        let mut expected = preset;
        // Passwords are not written, on purpose.
        for user in &mut expected.users {
            user.password = Password::Ask;
        }
        prop_assert_eq!(again, expected, "{}", written);
    }
}

#[test]
fn a_written_preset_is_readable() {
    let text = fs::read_to_string(root().join("tests/presets/gnome-german.toml")).unwrap();
    let mut preset = preset::read(&text, "gnome-german.toml").unwrap();
    preset.disk.choose = DiskChoice::Match(DiskMatch {
        serial: Some("S6B0NG0R123456".to_owned()),
        size: Some(SizeRange {
            min: Some(Size(Bytes::gib(100))),
            max: None,
        }),
        ..DiskMatch::default()
    });
    preset.root = Some(Root {
        password: Password::Ask,
    });
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(preset::write(&preset).unwrap());
    });
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A validator for the part of JSON schema that presets use, patterns apart.
fn validate(schema: &Value, value: &Value, root: &Value, at: &str) -> Result<(), String> {
    if let Some(Value::String(reference)) = schema.get("$ref") {
        let target = root.pointer(reference.trim_start_matches('#')).unwrap();
        validate(target, value, root, at)?;
    }
    for word in ["oneOf", "anyOf"] {
        let Some(Value::Array(choices)) = schema.get(word) else {
            continue;
        };
        if !choices
            .iter()
            .any(|choice| validate(choice, value, root, at).is_ok())
        {
            return Err(format!("{at}: {value} is none of {word}"));
        }
    }
    if schema.get("const").is_some_and(|only| only != value) {
        return Err(format!("{at}: {value} is not {}", schema["const"]));
    }
    if let Some(Value::Array(choices)) = schema.get("enum")
        && !choices.contains(value)
    {
        return Err(format!("{at}: {value} is none of {choices:?}"));
    }
    let kind = match value {
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::String(_) => "string",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::Null => "null",
    };
    if schema.get("type").is_some_and(|wanted| wanted != kind) {
        return Err(format!("{at}: {kind} is not {}", schema["type"]));
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        validate(&schema["items"], item, root, &format!("{at}[{index}]"))?;
    }
    let Some(object) = value.as_object().filter(|_| schema.get("type").is_some()) else {
        return Ok(());
    };
    for (key, item) in object {
        let Some(known) = schema["properties"].get(key) else {
            return Err(format!("{at}: unknown key {key}"));
        };
        validate(known, item, root, &format!("{at}.{key}"))?;
    }
    let required = schema.get("required").and_then(Value::as_array);
    match required
        .into_iter()
        .flatten()
        .find(|key| !object.contains_key(key.as_str().unwrap()))
    {
        Some(key) => Err(format!("{at}: {key} is missing")),
        None => Ok(()),
    }
}

#[test]
fn presets_fit_the_schema_and_bad_ones_do_not() {
    let schema: Value = serde_json::from_str(&preset::schema()).unwrap();
    let check = |text: &str| {
        let value: toml::Value = toml::from_str(text).unwrap();
        validate(
            &schema,
            &serde_json::to_value(value).unwrap(),
            &schema,
            "preset",
        )
    };
    let mut presets = 0;
    for entry in fs::read_dir(root().join("tests/presets")).unwrap() {
        let path = entry.unwrap().path();
        let fits = check(&fs::read_to_string(&path).unwrap());
        assert!(fits.is_ok(), "{}: {fits:?}", path.display());
        presets += 1;
    }
    assert!(presets >= 3);
    check("version = 1\n[disk]\nchoose = { size = { min = \"1 GiB\" } }\n").unwrap();
    check("version = 1\n[disk]\nchoose = \"only\"\n").unwrap();
    for bad in [
        "[network]\n",
        "version = 2\n",
        "version = 1\n[network]\nhostname = \"a\"\n",
        "version = 1\n[network]\nhost_name = 1\n",
        "version = 1\n[desktop]\nenvironment = \"windows\"\n",
        "version = 1\n[[users]]\nadministrator = true\n",
        "version = 1\n[[users]]\nname = \"a\"\npassword = \"b\"\n",
        "version = 1\n[disk]\nchoose = { seriel = \"S\" }\n",
    ] {
        assert!(check(bad).is_err(), "{bad}");
    }
}
