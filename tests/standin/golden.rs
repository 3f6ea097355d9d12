//! Every golden plan's configuration is a system, and says what the plan does.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use nevado::machine::{Content, Machine};
use nevado::plan::{Action, Device, Plan, Seed, TargetFile, resolve};
use nevado::preset::{Preset, read};
use serde_json::{Value as Json, json};

use crate::StandIn;

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut files: Vec<PathBuf> = fs::read_dir(tests.join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    files
}

/// The files of `/etc/nixos` as the plan writes them.
pub(crate) fn written(plan: &Plan) -> impl Iterator<Item = &TargetFile> {
    let steps = plan.steps.iter().filter_map(|step| match &step.action {
        Action::WriteFiles { files } => Some(files),
        _ => None,
    });
    steps.flatten()
}

/// The text of one of them.
fn text_of<'a>(plan: &'a Plan, name: &str) -> &'a str {
    let written: Vec<&TargetFile> = written(plan)
        .filter(|file| file.path.as_path().ends_with(name))
        .collect();
    assert_eq!(written.len(), 1, "{name} is written once");
    &written.first().unwrap().text
}

/// The identifiers of the file systems that the machine has already, which a plan may keep.
fn identifiers_now(machine: &Machine) -> BTreeMap<Device, String> {
    let disks = machine.disks.known().into_iter().flatten();
    let partitions = disks.flat_map(|disk| disk.partitions());
    let identified = partitions.filter_map(|partition| match &partition.content {
        Content::Formatted(found) => {
            let id = partition.guid.as_ref()?.parse().ok()?;
            Some((Device::Partition(id), found.uuid.clone()?))
        }
        _ => None,
    });
    identified.collect()
}

/// What is mounted at the end, as the plan's own steps have it: path to device, type, options.
pub(crate) fn mounts_of(plan: &Plan, machine: &Machine) -> Json {
    let mut identifiers = identifiers_now(machine);
    let mut mounts = serde_json::Map::new();
    for step in &plan.steps {
        match &step.action {
            Action::MakeFileSystem {
                device,
                file_system,
            } => {
                identifiers.insert(device.clone(), file_system.identifier());
            }
            Action::Mount {
                device,
                at,
                kind,
                options,
            } => {
                let device = match device {
                    Device::Partition(_) => format!("/dev/disk/by-uuid/{}", identifiers[device]),
                    Device::Mapped { name, .. } => format!("/dev/mapper/{name}"),
                };
                mounts.insert(
                    at.as_path().to_string_lossy().into_owned(),
                    json!([device, kind, options]),
                );
            }
            _ => {}
        }
    }
    Json::Object(mounts)
}

/// What `config` says about the same.
const CONFIGURED: &str = "{
    mounts = builtins.mapAttrs (_: fs: [ fs.device fs.fsType
        (builtins.filter (option: option != \"defaults\") fs.options) ]) config.fileSystems;
    host = config.networking.hostName;
    users = builtins.listToAttrs (map (user: { inherit (user) name; value = [
        user.description (builtins.elem \"wheel\" user.extraGroups) ]; })
        (builtins.filter (user: user.isNormalUser) (builtins.attrValues config.users.users)));
}";

fn check(stand_in: &StandIn, machine: &Machine, preset: &Preset, plan: &Plan) {
    for file in written(plan) {
        let name = file.path.as_path().file_name().unwrap();
        stand_in.write(&name.to_string_lossy(), &file.text);
    }
    let configuration = text_of(plan, "configuration.nix");
    stand_in.system(configuration);

    let configured: Json =
        serde_json::from_str(&stand_in.value(configuration, CONFIGURED)).unwrap();
    assert_eq!(configured["mounts"], mounts_of(plan, machine));
    if let Some(host) = &preset.network.host_name {
        assert_eq!(configured["host"], host.as_str());
    }
    let people: serde_json::Map<String, Json> = preset
        .users
        .iter()
        .map(|user| {
            let full_name = user.full_name.as_ref().map_or("", |name| name.as_str());
            let facts = json!([full_name, user.administrator]);
            (user.name.as_str().to_owned(), facts)
        })
        .collect();
    assert_eq!(configured["users"], Json::Object(people));
}

#[test]
fn every_machine_with_every_preset() {
    let stand_in = StandIn::new();
    let mut plans = 0;
    for machine_file in files("machines", "json") {
        let machine: Machine =
            serde_json::from_str(&fs::read_to_string(&machine_file).unwrap()).unwrap();
        for preset in files("presets", "toml") {
            let text = fs::read_to_string(&preset).unwrap();
            // As in the golden plans, a preset may name its machines.
            let names = text
                .lines()
                .next()
                .unwrap_or_default()
                .strip_prefix("# machines: ");
            let own = machine_file.file_stem().unwrap().to_string_lossy();
            if names.is_some_and(|names| !names.split(' ').any(|name| name == own)) {
                continue;
            }
            let preset = read(&text, &preset.to_string_lossy()).unwrap();
            if let Ok(plan) = resolve(&machine, &preset, Seed::new([0x5e; 32])) {
                check(&stand_in, &machine, &preset, &plan);
                plans += 1;
            }
        }
    }
    assert!(plans >= 6, "only {plans} plans");
}
