//! Whatever a person types in any text field of a preset, a real Nix parses the configuration that
//! comes of it and gives that very text back.
//!
//! Needs `nix-instantiate` (Debian: `nix-bin`) and fails without it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use nevado::machine::Machine;
use nevado::plan::{Action, Seed, resolve};
use nevado::preset::{self, Environment, Preset, ProxyUrl, Shell, SshKey, User};
use nevado::{keyboard, location};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use serde_json::{Value, json};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::{Debug, Write as _};
use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::process::Command;

/// Calls of Nix; each has [`BATCH`] presets.
const CASES: u32 = 12;
const BATCH: usize = 100;

/// What the module evaluates to with stand-ins for its arguments, reduced to the fields typed in.
const QUESTION: &str = r#"
  f: packages:
  let
    module = import f {
      config.hardware.enableRedistributableFirmware = false;
      lib.mkDefault = x: x;
      pkgs = packages;
    };
  in
  {
    ssh_keys = builtins.mapAttrs (_: user: user.openssh.authorizedKeys.keys or [ ]) module.users.users;
    full_names = builtins.mapAttrs (_: user: user.description or null) module.users.users;
    host_name = module.networking.hostName;
    language = module.i18n.defaultLocale;
    formats = module.i18n.extraLocaleSettings.LC_TIME or null;
    time_zone = module.time.timeZone or null;
    layout = module.services.xserver.xkb.layout;
    variant = module.services.xserver.xkb.variant or null;
    options = module.services.xserver.xkb.options or null;
    packages = module.environment.systemPackages or [ ];
    no_proxy = module.networking.proxy.noProxy or null;
    state_version = module.system.stateVersion;
  }
"#;

/// Texts that fit a field, from any characters at all where the field takes them.
fn fitting<T: TryFrom<String> + std::fmt::Debug>(pattern: &'static str) -> BoxedStrategy<T> {
    pattern
        .prop_filter_map("the field refuses it", |text| T::try_from(text).ok())
        .boxed()
}

fn user() -> impl Strategy<Value = User> {
    let hostile = r#"(["\\$'{}#/*;=. ]|\$\{|''|[a-z]|\PC){1,12}"#;
    let names = prop_oneof![
        fitting("[a-z_][a-z0-9_.-]{0,12}"),
        fitting("(else|if|let|rec|with|inherit|assert|or|then|in|true|null)"),
    ];
    let full_name = proptest::option::of(fitting(hostile));
    // The comment of a key is free text.
    let key = hostile.prop_filter_map("no key", |comment| {
        SshKey::try_from(format!("{KEY} {comment}")).ok()
    });
    let keys = prop::collection::vec(key, 0..3);
    let account = (names, full_name, keys, any::<bool>());
    account.prop_map(|(name, full_name, ssh_keys, administrator)| User {
        name,
        full_name,
        administrator,
        password: preset::Password::Ask,
        shell: Some(Shell::Zsh),
        groups: Vec::new(),
        ssh_keys,
    })
}

/// A public key of no computer: 32 zero bytes.
const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// One of the names that exist, as the type that holds it.
fn one_of<T>(names: Vec<&'static str>) -> impl Strategy<Value = T>
where
    T: TryFrom<String> + Debug,
    T::Error: Debug,
{
    prop::sample::select(names).prop_map(|name| T::try_from(name.to_owned()).unwrap())
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

fn presets() -> impl Strategy<Value = Preset> {
    let locales: Vec<&str> = location::locales().iter().map(|l| l.name).collect();
    let locale = (
        one_of(locales.clone()),
        proptest::option::of(one_of(locales)),
        proptest::option::of(one_of(location::zone_names().collect())),
    );
    let options = keyboard::option_groups().iter().flat_map(|g| &g.options);
    let keyboard = (
        prop::sample::select(latin_keyboards()),
        prop::collection::vec(one_of(options.map(|option| option.name).collect()), 0..3),
    );
    let packages = prop::collection::vec(
        prop_oneof![
            fitting("[a-zA-Z_][a-zA-Z0-9_'-]{0,10}(\\.[a-zA-Z_][a-zA-Z0-9_'-]{0,10})?"),
            fitting("(config|lib|pkgs|true|null|builtins|import|map|options)"),
        ],
        0..5,
    );
    let host = fitting("[a-zA-Z0-9]([a-zA-Z0-9_-]{0,20}[a-zA-Z0-9])?");
    let users = prop::collection::vec(user(), 1..4);
    let desktop = prop::sample::select(Environment::ALL.to_vec());
    (locale, keyboard, packages, host, users, desktop).prop_map(
        |(locale, keyboard, packages, host, mut users, desktop)| {
            users.sort_by(|a, b| a.name.cmp(&b.name));
            users.dedup_by(|a, b| a.name == b.name);
            let mut preset = Preset {
                users,
                ..Preset::default()
            };
            preset.locale.language = Some(locale.0);
            preset.locale.formats = locale.1;
            preset.locale.time_zone = locale.2;
            preset.keyboard.layout = keyboard.0.0.parse().ok();
            preset.keyboard.variant = keyboard.0.1.and_then(|variant| variant.parse().ok());
            preset.keyboard.options = keyboard.1;
            preset.software.unfree = Some(true);
            preset.software.packages = packages;
            preset.network.host_name = Some(host);
            // Free text as well: any will do, so it is the first person's name.
            let text = preset.users.first().and_then(|user| user.full_name.clone());
            preset.network.no_proxy = text.map(String::from);
            preset.network.proxy = ProxyUrl::try_from("http://proxy:1".to_owned()).ok();
            preset.desktop.environment = Some(desktop);
            preset
        },
    )
}

/// `configuration.nix` of the plan, or none if machine and preset don't go together.
fn configuration(machine: &Machine, preset: &Preset) -> Option<String> {
    let plan = resolve(machine, preset, Seed::new([3; 32])).ok()?;
    plan.steps.into_iter().find_map(|step| match step.action {
        Action::WriteFiles { files } => files.into_iter().next().map(|file| file.text),
        _ => None,
    })
}

/// What the desktop brings along and what was asked for, in order.
fn packages(preset: &Preset) -> impl Iterator<Item = &str> {
    let facts = preset.desktop.environment.and_then(Environment::facts);
    let of_desktop = facts.into_iter().flat_map(|facts| &facts.packages);
    of_desktop
        .chain(&preset.software.packages)
        .map(|package| package.as_str())
}

/// A set in which every package that was asked for is its own name, as Nix text.
fn package_set(preset: &Preset) -> String {
    let mut tree: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
    for path in packages(preset) {
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        tree.entry(first).or_default().insert(rest, path.to_owned());
    }
    let mut text = String::from("{ ");
    for (first, leaves) in tree {
        if let Some(whole) = leaves.get("") {
            write!(text, "\"{first}\" = \"{whole}\"; ").unwrap();
            continue;
        }
        for (rest, path) in leaves {
            write!(text, "\"{first}\".\"{rest}\" = \"{path}\"; ").unwrap();
        }
    }
    text + "}"
}

/// What Nix must answer.
fn typed(preset: &Preset) -> Value {
    let text = |value: Option<String>| value.map_or(Value::Null, Value::String);
    let name = |user: &User| {
        (
            user.name.to_string(),
            text(user.full_name.clone().map(String::from)),
        )
    };
    let keys = |user: &User| (user.name.to_string(), user.ssh_keys.clone());
    let formats = preset
        .locale
        .formats
        .clone()
        .filter(|f| Some(f) != preset.locale.language.as_ref());
    let options: Vec<&str> = preset.keyboard.options.iter().map(|o| o.as_str()).collect();
    let mut written: Vec<&str> = Vec::new();
    for package in packages(preset) {
        if !written.contains(&package) {
            written.push(package);
        }
    }
    json!({
        "ssh_keys": preset.users.iter().map(keys).collect::<BTreeMap<_, _>>(),
        "full_names": preset.users.iter().map(name).collect::<BTreeMap<_, _>>(),
        "host_name": preset.network.host_name,
        "language": preset.locale.language,
        "formats": formats,
        "time_zone": preset.locale.time_zone,
        "layout": preset.keyboard.layout,
        "variant": preset.keyboard.variant,
        "options": if options.is_empty() { Value::Null } else { json!(options.join(",")) },
        "packages": written,
        "no_proxy": preset.network.no_proxy,
        "state_version": "26.05",
    })
}

/// Packages that are a set and a leaf at once can't be in one package set.
fn packages_fit_together(preset: &Preset) -> bool {
    let names: Vec<&str> = packages(preset).collect();
    !names
        .iter()
        .any(|a| names.iter().any(|b| b.starts_with(&format!("{a}."))))
}

#[test]
fn what_is_typed_comes_back_from_nix() {
    let machine: Machine =
        serde_json::from_str(include_str!("machines/windows-laptop.json")).unwrap();
    let mut config = ProptestConfig {
        cases: CASES,
        failure_persistence: None,
        ..Default::default()
    };
    let seed = match config.rng_seed {
        RngSeed::Fixed(seed) => seed,
        RngSeed::Random => RandomState::new().build_hasher().finish(),
    };
    config.rng_seed = RngSeed::Fixed(seed);
    println!("{CASES} cases of {BATCH} presets, seed {seed} (again: PROPTEST_RNG_SEED={seed})");
    let asked = Cell::new(0);
    TestRunner::new(config)
        .run(&prop::collection::vec(presets(), BATCH), |presets| {
            let folder = tempfile::tempdir().unwrap();
            let mut question = format!("let ask = {QUESTION}; in [\n");
            let mut expected = Vec::new();
            for (index, preset) in presets.iter().enumerate() {
                if !packages_fit_together(preset) {
                    continue;
                }
                let Some(text) = configuration(&machine, preset) else {
                    continue;
                };
                let name = format!("{index}.nix");
                fs::write(folder.path().join(&name), text).unwrap();
                writeln!(question, "  (ask ./{name} {})", package_set(preset)).unwrap();
                expected.push(typed(preset));
            }
            let file = folder.path().join("question.nix");
            fs::write(&file, question + "]").unwrap();
            let output = Command::new("nix-instantiate")
                .args(["--store", "dummy://", "--eval", "--strict", "--json"])
                .arg(&file)
                .output()
                .map_err(|error| TestCaseError::fail(format!("nix-instantiate: {error}")))?;
            let complaint = String::from_utf8_lossy(&output.stderr);
            prop_assert!(output.status.success(), "{}", complaint);
            let answers: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
            for (answer, expected) in answers.iter().zip(&expected) {
                prop_assert_eq!(answer, expected);
            }
            prop_assert_eq!(answers.len(), expected.len());
            asked.set(asked.get() + expected.len());
            Ok(())
        })
        .unwrap();
    println!("{} configurations", asked.get());
    assert!(
        asked.get() > BATCH * CASES as usize / 2,
        "too few presets could be written down"
    );
}
