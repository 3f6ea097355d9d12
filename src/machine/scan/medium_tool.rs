//! What the medium's own `nixos-generate-config` finds beyond our scan.
//!
//! Its output is a Nix module of a fixed layout; statements are told apart by brackets, quotes and
//! semicolons, so that a new line break or a new option does no harm. What can't be carried over
//! is said, never dropped.

use crate::machine::probe::Roots;
use crate::machine::{HardwareScan, HardwareSetting};
use std::collections::BTreeSet;

const TOOL: &str = "nixos-generate-config";
const MICROCODE: &str = "lib.mkDefault config.hardware.enableRedistributableFirmware";

/// Options that the tool sets to true, and what we call them.
const SWITCHES: [(&str, HardwareSetting); 9] = [
    (
        "networking.enableIntel2200BGFirmware",
        HardwareSetting::Intel2200BgFirmware,
    ),
    (
        "networking.enableIntel3945ABGFirmware",
        HardwareSetting::Intel3945AbgFirmware,
    ),
    ("hardware.cpu.intel.npu.enable", HardwareSetting::IntelNpu),
    (
        "virtualisation.virtualbox.guest.enable",
        HardwareSetting::VirtualBoxGuest,
    ),
    (
        "virtualisation.vmware.guest.enable",
        HardwareSetting::VmwareGuest,
    ),
    (
        "virtualisation.hypervGuest.enable",
        HardwareSetting::HypervGuest,
    ),
    ("hardware.parallels.enable", HardwareSetting::ParallelsGuest),
    ("boot.isNspawnContainer", HardwareSetting::NspawnContainer),
    // The same until 2025.
    ("boot.isContainer", HardwareSetting::NspawnContainer),
];

/// Broadcom's own Wi-Fi driver, by the names of its package and its module. It is unfree and has known
/// holes, so nobody gets it unasked, though the tool added it until 2026.
const BROADCOM_STA: [&str; 2] = ["broadcom_sta", "wl"];

/// Runs the tool if the medium has it, and adds what it found and our scan did not.
pub(super) fn add(roots: &Roots, scan: &mut HardwareScan) {
    let recorded = roots.at(format!("commands/{TOOL}"));
    let there = if roots.is_live() {
        roots.program(TOOL).is_some()
    } else {
        recorded.exists()
    };
    if !there {
        return;
    }
    match roots.printed(TOOL, &["--show-hardware-config", "--no-filesystems"]) {
        Ok(text) => merge(&text, scan),
        Err(error) => scan.unknown.push(format!("{error:#}")),
    }
}

/// Adds what the tool's text has beyond `scan`.
fn merge(text: &str, scan: &mut HardwareScan) {
    let mut carried = false;
    for statement in statements(text) {
        let Some((name, value)) = statement.split_once('=') else {
            continue;
        };
        carried = true;
        merge_option(name.trim(), value.trim(), scan);
    }
    if !carried {
        scan.unknown
            .push(format!("{TOOL} printed nothing that can be read"));
    }
}

/// Adds one option of the tool's text.
fn merge_option(name: &str, value: &str, scan: &mut HardwareScan) {
    if words(value).any(|word| BROADCOM_STA.contains(&bare(word))) {
        scan.settings.insert(HardwareSetting::BroadcomSta);
    }
    let set = match name {
        "imports" => {
            return add_words(
                name,
                imports(value),
                &mut scan.imports,
                &mut scan.added_from_medium,
            );
        }
        "boot.initrd.availableKernelModules" => &mut scan.initrd_available_modules,
        "boot.initrd.kernelModules" => &mut scan.initrd_modules,
        "boot.kernelModules" => &mut scan.kernel_modules,
        "boot.extraModulePackages" => {
            let packages = words(value).filter(|word| word.starts_with(PACKAGES));
            let packages = packages.map(bare).filter(is_unasked).collect();
            let added = &mut scan.added_from_medium;
            return add_words(name, packages, &mut scan.module_packages, added);
        }
        _ => return merge_setting(name, value, scan),
    };
    let modules = words(value).map(bare).filter(is_unasked).collect();
    add_words(name, modules, set, &mut scan.added_from_medium);
}

/// Where the tool's module packages are.
const PACKAGES: &str = "config.boot.kernelPackages.";

/// The name in a word of a list: of a package, or of a module in quotes.
fn bare(word: &str) -> &str {
    let word = word.strip_prefix(PACKAGES).unwrap_or(word);
    word.trim_matches('"')
}

/// Whether a package or module may be there without having been asked for.
fn is_unasked(name: &&str) -> bool {
    !BROADCOM_STA.contains(name)
}

/// Adds one option outside the lists.
fn merge_setting(name: &str, value: &str, scan: &mut HardwareScan) {
    let known = match (name, value) {
        ("hardware.cpu.intel.updateMicrocode", MICROCODE) => Some(HardwareSetting::IntelMicrocode),
        ("hardware.cpu.amd.updateMicrocode", MICROCODE) => Some(HardwareSetting::AmdMicrocode),
        (_, "true") => SWITCHES
            .iter()
            .find(|(option, _)| *option == name)
            .map(|(_, setting)| *setting),
        _ => None,
    };
    if let Some(setting) = known {
        if scan.settings.insert(setting) {
            scan.added_from_medium.push(format!("{name} = {value};"));
        }
    } else if !is_ours(name) {
        let line = format!("{TOOL} sets {name} = {value}; which is not carried over");
        scan.unknown.push(line);
    }
}

/// Options of the tool's text that are written elsewhere: the platform by the plan, the unfree
/// permission along with Parallels.
fn is_ours(name: &str) -> bool {
    name == "nixpkgs.hostPlatform" || name.starts_with("nixpkgs.config.allowUnfree")
}

/// Adds words to a set, with a line for each that was not there.
fn add_words(option: &str, words: Vec<&str>, set: &mut BTreeSet<String>, added: &mut Vec<String>) {
    for word in words {
        if set.insert(word.to_owned()) {
            added.push(format!("{option}: {word}"));
        }
    }
}

/// The paths in `[ (modulesPath + "/installer/scan/not-detected.nix") ]`.
fn imports(value: &str) -> Vec<&str> {
    let strings = value.split('"').skip(1).step_by(2);
    strings.map(|path| path.trim_start_matches('/')).collect()
}

/// The words of a list.
fn words(value: &str) -> impl Iterator<Item = &str> {
    value
        .trim_start_matches('[')
        .trim_end_matches(']')
        .split_whitespace()
}

/// The statements of a module's body, comments left out, white space made single.
fn statements(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|l| !l.trim_start().starts_with('#'));
    let code = lines.collect::<Vec<_>>().join(" ");
    // The body follows the arguments' colon; no colon, no module.
    let Some((_, body)) = code.split_once("}:") else {
        return Vec::new();
    };
    let body = body.trim().trim_start_matches('{').trim_end_matches('}');
    let (mut depth, mut quoted) = (0_i32, false);
    let mut found = vec![String::new()];
    for letter in body.chars() {
        match letter {
            '"' => quoted = !quoted,
            '[' | '(' | '{' if !quoted => depth += 1,
            ']' | ')' | '}' if !quoted => depth -= 1,
            ';' if !quoted && depth == 0 => {
                found.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = found.last_mut() {
            last.push(letter);
        }
    }
    let single = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    found.iter().map(single).filter(|s| !s.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = r#"
# Do not modify this file; it = "generated"
{ config, lib, pkgs, modulesPath, ... }:

{
  imports =
    [ (modulesPath + "/installer/scan/not-detected.nix")
      (modulesPath + "/hardware/new-card.nix")
    ];

  boot.initrd.availableKernelModules = [ "nvme" "vmd" ];
  boot.initrd.kernelModules = [ ];
  boot.kernelModules = [ "kvm-intel" "wl" ];
  boot.extraModulePackages = [ config.boot.kernelPackages.broadcom_sta config.boot.kernelPackages.tp_smapi ];

  nixpkgs.hostPlatform = lib.mkDefault "x86_64-linux";
  hardware.cpu.intel.updateMicrocode = lib.mkDefault config.hardware.enableRedistributableFirmware;
  hardware.cpu.intel.npu.enable = true;
  hardware.brandNew.enable = true;
}
"#;

    #[test]
    fn only_what_is_new_is_added_and_named() {
        let mut scan = HardwareScan::default();
        scan.initrd_available_modules.insert("nvme".to_owned());
        scan.settings.insert(HardwareSetting::IntelMicrocode);
        merge(PRINTED, &mut scan);
        assert_eq!(
            scan.added_from_medium,
            [
                "imports: installer/scan/not-detected.nix",
                "imports: hardware/new-card.nix",
                "boot.initrd.availableKernelModules: vmd",
                "boot.kernelModules: kvm-intel",
                "boot.extraModulePackages: tp_smapi",
                "hardware.cpu.intel.npu.enable = true;",
            ]
        );
        // Asked about instead.
        assert!(scan.settings.contains(&HardwareSetting::BroadcomSta));
        assert!(!scan.module_packages.contains("broadcom_sta"));
        assert!(!scan.kernel_modules.contains("wl"));
        assert!(scan.settings.contains(&HardwareSetting::IntelNpu));
        let line = "nixos-generate-config sets hardware.brandNew.enable = true; \
                    which is not carried over";
        assert_eq!(scan.unknown, [line]);
    }

    proptest::proptest! {
        #[test]
        fn any_output_is_read_or_said(text in "\\{ \\.\\.\\. \\}: \\{([a-z.]{1,6}|[ =;\"\\[\\](){}#\n]){0,60}|.{0,80}") {
            let mut scan = HardwareScan::default();
            merge(&text, &mut scan);
        }
    }

    #[test]
    fn nothing_readable_is_said() {
        let mut scan = HardwareScan::default();
        merge("error: no such option", &mut scan);
        assert_eq!(scan.unknown.len(), 1);
    }
}
