//! `OPTIONS.md` names every option that is written, and none that isn't.

use super::every_choice::every_setting;
use super::systems::Sample;
use super::systems::pairs::combinations;
use nevado::nixos::{BootLoader, Kernels, modules};
use std::collections::BTreeSet;

const DOCUMENT: &str = include_str!("OPTIONS.md");

#[test]
fn every_option_that_is_written_stands_in_the_table_and_no_other() {
    let (undocumented, unwritten) = differences(&documented(DOCUMENT), &written());
    assert_eq!(undocumented, BTreeSet::new(), "not in OPTIONS.md");
    assert_eq!(unwritten, BTreeSet::new(), "in OPTIONS.md, never written");
}

#[test]
fn a_row_taken_away_and_a_row_too_many_are_found() {
    let row = "| `services.thermald.enable` |";
    assert!(DOCUMENT.contains(row));
    let fewer: Vec<&str> = DOCUMENT.lines().filter(|l| !l.contains(row)).collect();
    let (undocumented, _) = differences(&documented(&fewer.join("\n")), &written());
    assert_eq!(
        undocumented,
        [path("services.thermald.enable")].into_iter().collect()
    );
    let more = format!("{DOCUMENT}\n| `services.never.enable`, `.package` | | | |");
    let (_, unwritten) = differences(&documented(&more), &written());
    assert_eq!(
        unwritten,
        [
            path("services.never.enable"),
            path("services.never.package")
        ]
        .into_iter()
        .collect()
    );
}

/// What the incumbent writes (Calamares with NixOS' extensions, `modules/nixos/main.py`, 2026): each is
/// in the table, written here as well or with the reason why not.
const INCUMBENT: [&str; 46] = [
    "boot.initrd.luks.devices",
    "boot.initrd.secrets",
    "boot.kernelPackages",
    "boot.loader.efi.canTouchEfiVariables",
    "boot.loader.grub.device",
    "boot.loader.grub.enableCryptodisk",
    "boot.loader.grub.useOSProber",
    "boot.loader.systemd-boot.enable",
    "console.keyMap",
    "environment.systemPackages",
    "grub.enable",
    "grub.fsIdentifier",
    "hardware-configuration.nix",
    "i18n.defaultLocale",
    "i18n.extraLocaleSettings",
    "keyFile",
    "networking.hostName",
    "networking.networkmanager.enable",
    "nixpkgs.config.allowUnfree",
    "programs.firefox.enable",
    "programs.nm-applet.enable",
    "security.rtkit.enable",
    "services.desktopManager.budgie.enable",
    "services.desktopManager.gnome.enable",
    "services.desktopManager.pantheon.enable",
    "services.desktopManager.plasma6.enable",
    "services.displayManager.autoLogin",
    "services.displayManager.gdm.enable",
    "services.getty.autologinUser",
    "services.pipewire",
    "services.printing.enable",
    "services.pulseaudio.enable",
    "services.xserver.desktopManager.cinnamon.enable",
    "services.xserver.desktopManager.enlightenment.enable",
    "services.xserver.desktopManager.lxqt.enable",
    "services.xserver.desktopManager.mate.enable",
    "services.xserver.desktopManager.xfce.enable",
    "services.xserver.displayManager.lightdm.enable",
    "services.xserver.enable",
    "services.xserver.xkb.layout",
    "swapDevices",
    "system.stateVersion",
    "systemd.services.\"getty@tty1\"",
    "time.timeZone",
    "users.users.NAME.isNormalUser",
    "users.users.NAME.packages",
];

#[test]
fn everything_that_the_incumbent_writes_stands_in_the_table() {
    let named = |option: &&str| {
        let quoted = [
            format!("`{option}"),
            format!("`.{option}"),
            format!(".{option}`"),
        ];
        quoted.iter().any(|words| DOCUMENT.contains(words.as_str()))
    };
    let missing: Vec<&str> = INCUMBENT.into_iter().filter(|one| !named(one)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// An option's path, name by name.
type Path = Vec<String>;

fn path(words: &str) -> Path {
    words.split('.').map(str::to_owned).collect()
}

/// The definitions that no row names, and the rows that no definition has.
fn differences(
    rows: &BTreeSet<Path>,
    written: &BTreeSet<Path>,
) -> (BTreeSet<Path>, BTreeSet<Path>) {
    let undocumented = written
        .iter()
        .filter(|option| !rows.iter().any(|row| covers(row, option)));
    let unwritten = rows
        .iter()
        .filter(|row| !written.iter().any(|option| covers(row, option)));
    (
        undocumented.cloned().collect(),
        unwritten.cloned().collect(),
    )
}

/// Whether a row means this option: by its path, or by that of a set which it is in. A name in
/// capitals stands for any, `LC_*` for any that begins so.
fn covers(row: &[String], option: &[String]) -> bool {
    row.len() <= option.len()
        && row.iter().zip(option).all(|(row, name)| {
            let any = row.len() > 1 && row.bytes().all(|byte| byte.is_ascii_uppercase());
            any || row == name || row.strip_suffix('*').is_some_and(|s| name.starts_with(s))
        })
}

/// The options in the first column, below the section on files: `.b` after `x.a` is `x.b`.
fn documented(document: &str) -> BTreeSet<Path> {
    let (_, tables) = document.split_once("## Start and kernel").unwrap();
    let mut paths = BTreeSet::new();
    for row in tables.lines().filter_map(|line| line.strip_prefix("| ")) {
        let cell = row.split(" | ").next().unwrap();
        let mut last = Path::new();
        for span in cell.split('`').skip(1).step_by(2) {
            let words = span.split(' ').next().unwrap().replace('"', "");
            if words.contains('/') || words.ends_with(".nix") {
                continue;
            }
            if let Some(sibling) = words.strip_prefix('.') {
                last.pop();
                last.extend(path(sibling));
            } else {
                last = path(&words);
            }
            let is_option = last.len() > 1 || words == "swapDevices";
            assert!(is_option, "{words} in {cell} is no option");
            paths.insert(last.clone());
        }
    }
    paths
}

/// Every definition of every combination, with and without all hardware, and of [`others`].
fn written() -> BTreeSet<Path> {
    let mut samples = others();
    for combination in combinations() {
        for settings in [Vec::new(), every_setting().into()] {
            let mut sample = combination.sample();
            sample.hardware.settings.extend(settings);
            sample.hardware.initrd_modules = ["dm-snapshot".to_owned()].into();
            sample.hardware.module_packages = ["broadcom_sta".to_owned()].into();
            samples.push(sample);
        }
    }
    let mut paths = BTreeSet::new();
    for sample in &samples {
        for (_, module) in modules(&sample.system()).unwrap() {
            for (option, _) in module.body().leaves() {
                if option != ["imports"] {
                    paths.insert(option.iter().map(|&name| name.to_owned()).collect());
                }
            }
        }
    }
    paths
}

/// What no combination has: GRUB on a UEFI disk that moves.
fn others() -> Vec<Sample> {
    let mut moves = Sample::new("");
    moves.boot_loader = BootLoader::GrubEfi {
        efi_variables: false,
        kernels: Kernels::OnEsp,
        lists_others: false,
    };
    vec![moves]
}
