//! Every choice with every other, two at a time, evaluated by a real Nix: each definition is an
//! option of the release with a value of its type, nothing conflicts, and what was asked is what
//! comes out.

use crate::StandIn;
use crate::systems::pairs::{Combination, combinations};
use serde_json::{Value as Json, json};
use std::fs;

/// How many go into one call of Nix.
const BATCH: usize = 16;

/// What a system comes to, in the words of its preset.
const QUESTION: &str = "c: {
    kernel = c.boot.kernelPackages.kernel.set;
    firewall = c.networking.firewall.enable;
    ssh = c.services.openssh.enable;
    printing = c.services.printing.enable;
    splash = c.boot.plymouth.enable;
    local_time = c.time.hardwareClockInLocalTime;
    nvidia = builtins.elem \"nvidia\" c.services.xserver.videoDrivers;
    broadcom = builtins.elem \"wl\" c.boot.kernelModules;
    input = c.i18n.inputMethod.type;
    locales = c.i18n.extraLocales;
    shells = builtins.listToAttrs (map (u: { inherit (u) name; value = u.shell.pname or null; })
        (builtins.filter (u: u.isNormalUser) (builtins.attrValues c.users.users)));
}";

#[test]
fn every_pair_of_choices_is_a_system() {
    let all = combinations();
    assert!(all.len() >= 80, "only {} combinations", all.len());
    for release in ["26.05", "26.11"] {
        let stand_in = StandIn::new();
        stand_in.write("nixpkgs/.version", release);
        let of_release: Vec<&Combination> =
            all.iter().filter(|one| one.release == release).collect();
        for batch in of_release.chunks(BATCH) {
            check(&stand_in, batch);
        }
    }
}

/// Evaluates a batch; if it fails, each by itself, so that the message says which.
fn check(stand_in: &StandIn, batch: &[&Combination]) {
    for (number, combination) in batch.iter().enumerate() {
        let sample = combination.sample();
        let folder = stand_in.folder.path().join(format!("c{number}"));
        fs::create_dir_all(&folder).unwrap();
        for file in nevado::nixos::files(&sample.system()).unwrap() {
            fs::write(folder.join(file.name), file.text).unwrap();
        }
    }
    let ask = |numbers: &str| {
        let expression = format!(
            "let question = {QUESTION};
                 system = n: import <nixpkgs/nixos> {{
                     configuration = ./. + \"/c${{toString n}}/configuration.nix\"; }};
             in map (n: let s = system n; in builtins.seq s.system.drvPath (question s.config))
                [ {numbers} ]"
        );
        stand_in.nix("", &["-E", &expression])
    };
    let numbers: Vec<String> = (0..batch.len()).map(|number| number.to_string()).collect();
    let output = ask(&numbers.join(" "));
    if !output.status.success() {
        for (number, combination) in batch.iter().enumerate() {
            let alone = ask(&number.to_string());
            assert!(
                alone.status.success(),
                "{}\n{}",
                combination.words(),
                String::from_utf8_lossy(&alone.stderr)
            );
        }
    }
    let answers: Vec<Json> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answers.len(), batch.len());
    for (combination, answer) in batch.iter().zip(answers) {
        assert_eq!(answer, asked(combination), "{}", combination.words());
    }
}

/// What the preset's lines ask for, read apart from the program's own reader.
fn asked(combination: &Combination) -> Json {
    let preset = &combination.preset;
    let table: toml::Table = preset.parse().unwrap();
    let text = |section: &str, key: &str| table.get(section).and_then(|s| s.get(key));
    let kernel = match text("system", "kernel").and_then(toml::Value::as_str) {
        Some("newest") => "linuxPackages_latest",
        Some("zen") => "linuxPackages_zen",
        Some("6.12") => "linuxPackages_6_12",
        _ => "linuxPackages",
    };
    let desktop = text("desktop", "environment").and_then(toml::Value::as_str) != Some("none");
    let switch = |section: &str, key: &str| text(section, key).and_then(toml::Value::as_bool);
    let users = table["users"].as_array().unwrap().iter();
    let shells: serde_json::Map<String, Json> = users
        .map(|user| {
            let shell = user.get("shell").and_then(toml::Value::as_str);
            let package = shell.map(|shell| shell.replace("bash", "bashInteractive"));
            (user["name"].as_str().unwrap().to_owned(), json!(package))
        })
        .collect();
    let input = preset.contains("input_methods")
        || (desktop && preset.contains("ja_JP") && !preset.contains("input_methods"));
    let input = input.then(|| match text("desktop", "environment") {
        Some(toml::Value::String(name)) if name == "gnome" => "ibus",
        _ => "fcitx5",
    });
    let extra = text("locale", "extra").and_then(toml::Value::as_array);
    let extra: Vec<String> = extra
        .into_iter()
        .flatten()
        .map(|name| format!("{}/UTF-8", name.as_str().unwrap()))
        .collect();
    json!({
        "nvidia": desktop
            && combination.graphics.contains("NVIDIA")
            && switch("software", "unfree") == Some(true),
        "broadcom": switch("software", "broadcom_sta").unwrap_or(false),
        // Beside a Windows, unless the preset says otherwise.
        "local_time": preset.contains("'local'")
            || (combination.sample().windows_stays && !preset.contains("hardware_clock")),
        "input": input,
        "locales": extra,
        "kernel": kernel,
        "firewall": switch("network", "firewall").unwrap_or(true),
        "ssh": text("network", "ssh").is_some(),
        "printing": switch("system", "printing").unwrap_or(desktop),
        "splash": switch("system", "splash").unwrap_or(false),
        "shells": shells,
    })
}
