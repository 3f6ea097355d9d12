//! Every choice with every other, two at a time, evaluated by a real Nix: each definition is an
//! option of the release with a value of its type, nothing conflicts, and what was asked is what
//! comes out.

use crate::StandIn;
use crate::computers::machine;
use crate::golden::{mounts_of, written};
use crate::systems::pairs::{CHOICES, Combination, REFUSED, SURROUNDINGS, combinations};
use nevado::machine::Machine;
use nevado::plan::{Action, Device, Plan, Problems, Seed, Severity, resolve};
use nevado::preset::{DiskChoice, DiskMatch, read};
use serde_json::{Value as Json, json};
use std::fs;

/// How many go into one call of Nix.
const BATCH: usize = 16;

/// What a system comes to, in the words of its preset.
const QUESTION: &str = "c: let
    # The stand-in has no defaults for these.
    list = value: let tried = builtins.tryEval value; in if tried.success then tried.value else [ ];
in {
    kernel = c.boot.kernelPackages.kernel.set;
    host = c.networking.hostName;
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
    mounts = builtins.mapAttrs (_: fs: [ fs.device fs.fsType
        (builtins.filter (option: option != \"defaults\") fs.options) ]) c.fileSystems;
    containers = map (one: one.device) (builtins.attrValues c.boot.initrd.luks.devices);
    swap_files = map (swap: swap.device) (builtins.filter (swap: swap.size != null) c.swapDevices);
    swap_partitions = map (swap: swap.device)
        (builtins.filter (swap: swap.size == null) c.swapDevices);
    resume = c.boot.resumeDevice;
    zram = c.zramSwap.enable;
    systemd_boot = c.boot.loader.systemd-boot.enable;
    grub = c.boot.loader.grub.device;
    limine = c.boot.loader.limine.enable;
    variables = c.boot.loader.efi.canTouchEfiVariables;
    tcp = list c.networking.firewall.allowedTCPPorts;
    udp = list c.networking.firewall.allowedUDPPorts;
    caches = list c.nix.settings.substituters;
    cache_keys = list c.nix.settings.trusted-public-keys;
    state_version = c.system.stateVersion;
}";

/// A combination with the plan that it gives.
struct Planned {
    combination: Combination,
    machine: Machine,
    plan: Plan,
}

fn resolved(combination: &Combination) -> Result<(Machine, Plan), Problems> {
    let machine = machine(combination);
    let text = format!("version = 1\n{}", combination.preset);
    let mut preset = read(&text, "combination").unwrap();
    // A disk that moves has to be named.
    let choose = DiskChoice::Match(DiskMatch {
        path: machine.disks.known().map(|disks| disks[0].path.clone()),
        ..DiskMatch::default()
    });
    match preset.disk.disks.first_mut() {
        Some(disk) => disk.choose = choose,
        None => preset.disk.choose = choose,
    }
    let plan = resolve(&machine, &preset, Seed::new([0x5e; 32]))?;
    Ok((machine, plan))
}

#[test]
fn every_pair_of_choices_is_a_system() {
    let planned = |combination: Combination| match resolved(&combination) {
        Ok((machine, plan)) => Planned {
            combination,
            machine,
            plan,
        },
        Err(problems) => panic!("{}\n{problems}", combination.words()),
    };
    let all: Vec<Planned> = combinations().into_iter().map(planned).collect();
    assert!(all.len() >= 80, "only {} combinations", all.len());
    for release in ["26.05", "26.11"] {
        let stand_in = StandIn::new();
        stand_in.write("nixpkgs/.version", release);
        let of_release = all.iter().filter(|one| one.combination.release == release);
        for batch in of_release.collect::<Vec<_>>().chunks(BATCH) {
            check(&stand_in, batch);
        }
    }
}

#[test]
fn what_is_left_out_of_the_pairs_is_refused() {
    for (first, second) in REFUSED {
        let combination = two(first, second);
        let Err(Problems(problems)) = resolved(&combination) else {
            panic!("{first} and {second} go together");
        };
        let errors = problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error);
        assert_eq!(errors.count(), 1, "{}", Problems(problems.clone()));
    }
}

/// Two lines of [`CHOICES`] and [`SURROUNDINGS`] by themselves, the other choices left out.
fn two(first: &str, second: &str) -> Combination {
    let choices = CHOICES.iter().chain(&SURROUNDINGS);
    let lines = choices.map(|values| {
        let named = |line: &&&str| line.contains(first) || line.contains(second);
        values.iter().find(named).unwrap_or(&values[0])
    });
    Combination::new(lines.copied().collect())
}

/// Evaluates a batch; if it fails, each by itself, so that the message says which.
fn check(stand_in: &StandIn, batch: &[&Planned]) {
    for (number, one) in batch.iter().enumerate() {
        let folder = stand_in.folder.path().join(format!("c{number}"));
        fs::create_dir_all(&folder).unwrap();
        for file in written(&one.plan) {
            let name = file.path.as_path().file_name().unwrap();
            fs::write(folder.join(name), &file.text).unwrap();
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
        for (number, one) in batch.iter().enumerate() {
            let alone = ask(&number.to_string());
            assert!(
                alone.status.success(),
                "{}\n{}",
                one.combination.words(),
                String::from_utf8_lossy(&alone.stderr)
            );
        }
    }
    let answers: Vec<Json> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answers.len(), batch.len());
    for (one, answer) in batch.iter().zip(answers) {
        let (mut asked, words) = (asked(&one.combination), one.combination.words());
        asked.extend(stored(&one.combination, &one.plan));
        asked.insert("mounts".to_owned(), mounts_of(&one.plan, &one.machine));
        assert_eq!(answer, Json::Object(asked), "{words}");
    }
}

type Answers = serde_json::Map<String, Json>;

/// The answers as a set of their names.
fn answers(values: Json) -> Answers {
    match values {
        Json::Object(values) => values,
        other => panic!("{other} has no names"),
    }
}

/// What the preset's lines ask for, read apart from the program's own reader.
fn asked(combination: &Combination) -> Answers {
    let preset = &combination.preset;
    let table: toml::Table = preset.parse().unwrap();
    let value = |section: &str, key: &str| table.get(section).and_then(|s| s.get(key));
    let text = |section: &str, key: &str| value(section, key).and_then(toml::Value::as_str);
    let switch = |section: &str, key: &str| value(section, key).and_then(toml::Value::as_bool);
    let list = |section: &str, key: &str| match value(section, key) {
        Some(list) => serde_json::to_value(list).unwrap(),
        None => json!([]),
    };
    let kernel = match text("system", "kernel") {
        Some("newest") => "linuxPackages_latest",
        Some("zen") => "linuxPackages_zen",
        Some("6.12") => "linuxPackages_6_12",
        _ => "linuxPackages",
    };
    let desktop = text("desktop", "environment") != Some("none");
    let users = table["users"].as_array().unwrap().iter();
    let shells: Answers = users
        .map(|user| {
            let shell = user.get("shell").and_then(toml::Value::as_str);
            let package = shell.map(|shell| shell.replace("bash", "bashInteractive"));
            (user["name"].as_str().unwrap().to_owned(), json!(package))
        })
        .collect();
    let input = preset.contains("input_methods") || (desktop && preset.contains("ja_JP"));
    let input = input.then(|| match text("desktop", "environment") {
        Some("gnome") => "ibus",
        _ => "fcitx5",
    });
    let extra = value("locale", "extra").and_then(toml::Value::as_array);
    let extra: Vec<String> = extra
        .into_iter()
        .flatten()
        .map(|name| format!("{}/UTF-8", name.as_str().unwrap()))
        .collect();
    answers(json!({
        "nvidia": desktop
            && combination.graphics.contains("NVIDIA")
            && switch("software", "unfree") == Some(true),
        "broadcom": switch("software", "broadcom_sta").unwrap_or(false),
        // Beside a Windows, unless the preset says otherwise.
        "local_time": text("locale", "hardware_clock") == Some("local")
            || (combination.layout.is_beside_windows() && !preset.contains("hardware_clock")),
        "input": input,
        "locales": extra,
        "kernel": kernel,
        "host": text("network", "host_name").unwrap_or("nixos"),
        "firewall": switch("network", "firewall").unwrap_or(true),
        "ssh": text("network", "ssh").is_some_and(|how| how != "off"),
        "printing": switch("system", "printing").unwrap_or(desktop),
        "splash": switch("system", "splash").unwrap_or(false),
        "shells": shells,
        "tcp": list("network", "tcp_ports"),
        "udp": list("network", "udp_ports"),
        "caches": list("system", "substituters"),
        "cache_keys": list("system", "public_keys"),
        "state_version": text("system", "state_version").unwrap_or(combination.release),
    }))
}

/// What the plan's steps make of the disk, and what starts from it.
fn stored(combination: &Combination, plan: &Plan) -> Answers {
    let (mut containers, mut swap_files, mut swap_partitions) = (vec![], vec![], vec![]);
    for step in &plan.steps {
        match &step.action {
            Action::OpenEncrypted { luks, .. } => {
                containers.push(format!("/dev/disk/by-uuid/{}", luks.uuid));
            }
            Action::MakeSwapFile { at, .. } => swap_files.push(at.to_string()),
            Action::MakeSwap { device, uuid } => swap_partitions.push(match device {
                Device::Partition(_) => format!("/dev/disk/by-uuid/{uuid}"),
                Device::Mapped { name, .. } => format!("/dev/mapper/{name}"),
            }),
            _ => {}
        }
    }
    containers.sort();
    let swap = combination
        .preset
        .lines()
        .find_map(|line| line.strip_prefix("disk.swap = "));
    let resume = match swap {
        Some("'hibernate'") => swap_partitions[0].clone(),
        _ => String::new(),
    };
    let is_asked = |loader: &str| {
        combination
            .preset
            .contains(&format!("boot_loader = '{loader}'"))
    };
    let (grub, limine) = (
        combination.is_bios() || is_asked("grub"),
        is_asked("limine"),
    );
    let start = &plan.disk.identity.by_id;
    answers(json!({
        "containers": containers,
        "swap_files": swap_files,
        "swap_partitions": swap_partitions,
        "resume": resume,
        "zram": matches!(swap, None | Some("'zram'")),
        "systemd_boot": !grub && !limine,
        "grub": match (grub, combination.is_bios()) {
            (true, true) => json!(start),
            (true, false) => json!("nodev"),
            (false, _) => json!(""),
        },
        "limine": limine,
        "variables": !combination.is_bios() && !combination.computer.contains(','),
    }))
}
