//! What must pass, and how definitions come together.

use std::fs;

use crate::systems::Sample;
use crate::{GOOD, StandIn, changed};

#[test]
fn a_good_configuration_gives_a_system() {
    let system = StandIn::new().system(GOOD);
    assert!(
        system.starts_with("\"/nix/store/") && system.contains("-nixos-system-cedar-26.05"),
        "{system}"
    );
}

#[test]
fn the_system_depends_on_what_is_configured() {
    let stand_in = StandIn::new();
    let first = stand_in.system(GOOD);
    assert_eq!(first, stand_in.system(GOOD));
    let other_disk = changed("0f7e6a52", "0f7e6a53");
    assert_ne!(first, stand_in.system(&other_disk));
}

#[test]
fn definitions_are_merged_by_their_type() {
    let stand_in = StandIn::new();
    stand_in.write(
        "other.nix",
        "{ lib, ... }: {
            boot.kernelParams = lib.mkAfter [ \"last\" ];
            networking.firewall.extraCommands = \"one\";
            services.xserver.xkb.options = \"a:b\";
            users.users.\"maria.silva\".extraGroups = [ \"audio\" ];
            networking.hostName = lib.mkDefault \"weaker\";
            time.timeZone = lib.mkForce \"Asia/Tokyo\";
        }",
    );
    let configuration = stand_in
        .with(
            "networking.firewall.extraCommands = lib.mkMerge [ \"two\" (lib.mkIf false \"three\") ];
             services.xserver.xkb.options = \"c:d\";",
        )
        .replace("imports = [", "imports = [ ./other.nix ./other.nix");
    let value = |expression: &str| stand_in.value(&configuration, expression);
    assert_eq!(value("config.boot.kernelParams"), r#"["quiet","last"]"#);
    assert_eq!(
        value("config.networking.firewall.extraCommands"),
        r#""one\ntwo""#
    );
    assert_eq!(value("config.services.xserver.xkb.options"), r#""a:b,c:d""#);
    assert_eq!(
        value("config.users.users.\"maria.silva\".extraGroups"),
        r#"["audio","wheel","networkmanager"]"#
    );
    assert_eq!(value("config.networking.hostName"), r#""cedar""#);
    assert_eq!(value("config.time.timeZone"), r#""Asia/Tokyo""#);
    assert_eq!(value("config.networking.networkmanager.enable"), "true");
    assert_eq!(value("config.hardware.cpu.intel.updateMicrocode"), "true");
    stand_in.system(&configuration);
}

#[test]
fn what_is_encrypted_changes_the_initrd() {
    let stand_in = StandIn::new();
    let encrypted = |discards: &str| {
        let container = format!(
            "boot.initrd.luks.devices.root = {{ device = \"/dev/vda2\"; allowDiscards = {discards}; }};
             swapDevices = [ {{ device = \"/dev/mapper/root\"; }} ];
             boot.resumeDevice = \"/dev/mapper/root\";"
        );
        stand_in.system(&stand_in.with(&container).replace("swapDevices = [ ];", ""))
    };
    assert_eq!(encrypted("true"), encrypted("true"));
    assert_ne!(encrypted("true"), encrypted("false"));
    assert_ne!(encrypted("true"), stand_in.system(GOOD));
}

#[test]
fn unfree_packages_when_they_are_allowed() {
    let stand_in = StandIn::new();
    let configuration = stand_in
        .with("nixpkgs.config.allowUnfree = true;")
        .replace("[ git vim ]", "[ vscode ]");
    stand_in.system(&configuration);
}

#[test]
fn what_nevado_writes() {
    let stand_in = StandIn::new();
    for preset in [
        "",
        "network = { host_name = 'atlas' }
         desktop = { environment = 'gnome' }
         software = { unfree = true, packages = ['git', 'kdePackages.kate', 'vscode'] }
         [[users]]
         name = 'ada.l'
         full_name = 'Ada \"Countess\" ${Lovelace}'
         administrator = true",
        "keyboard = { layout = 'gr', variant = 'polytonic' }
         disk = { swap = 'none' }
         desktop = { environment = 'plasma6' }
         [[users]]
         name = 'eleni'
         full_name = 'Ελένη'
         administrator = true",
    ] {
        let sample = Sample::new(preset);
        let configuration = sample.text("configuration.nix");
        let hardware = sample.text("hardware-configuration.nix");
        stand_in.write("hardware-configuration.nix", &hardware);
        stand_in.system(&configuration);
    }
}

#[test]
fn every_type_of_the_option_table_is_understood() {
    let stand_in = StandIn::new();
    let table = fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/nixos-option-types.json"
    ))
    .unwrap();
    let table: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&table).unwrap();
    let understood = stand_in.ask(
        GOOD,
        &[
            "-E",
            "let
               table = builtins.fromJSON (builtins.readFile <nixpkgs/nixos/nixos-option-types.json>);
               parse = path: (import <nixpkgs/lib>).typeWords.parse table.${path}.type;
             in builtins.length (map (path: builtins.deepSeq (parse path) path) (builtins.attrNames table))",
        ],
    );
    assert_eq!(understood, table.len().to_string());
}

/// A default for a name that NixOS does not have would never be used, and hide a mistake.
#[test]
fn every_default_belongs_to_an_option() {
    let strays = StandIn::new().ask(
        GOOD,
        &[
            "-E",
            "let
               lib = import <nixpkgs/lib>;
               table = builtins.fromJSON (builtins.readFile <nixpkgs/nixos/nixos-option-types.json>);
               tree = (import <nixpkgs/lib/tree.nix> { inherit lib; }).fromTable table;
               inherit (import <nixpkgs/nixos/defaults.nix> { config = { }; inherit lib; pkgs.linuxPackages = { }; }) defaults;
               strays = path: node: set: builtins.concatMap (name:
                 let child = node.children.${name}; in
                 if !(node.children ? ${name}) then [ \"${path}${name}\" ]
                 else if child.option != null then [ ]
                 else strays \"${path}${name}.\" child set.${name}) (builtins.attrNames set);
             in strays \"\" tree defaults",
        ],
    );
    assert_eq!(strays, "[]");
}
