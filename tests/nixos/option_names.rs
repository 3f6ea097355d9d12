//! Every option that is written exists in the target release, under its current name, with a value
//! of its type.

use super::every_choice::every_setting;
use super::option_table::{OptionTable, module_with};
use super::systems::pairs::combinations;
use nevado::nixos::modules;
use nevado::nixos::tree::{Attrs, Expr, List, Text};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn every_definition_is_an_option_of_the_release() {
    let table = OptionTable::read();
    let mut checked = 0;
    for combination in combinations() {
        for settings in [Vec::new(), every_setting().into()] {
            let mut sample = combination.sample();
            sample.hardware.settings.extend(settings);
            sample.hardware.initrd_modules = ["dm-snapshot".to_owned()].into();
            sample.hardware.module_packages = ["broadcom_sta".to_owned()].into();
            let modules = modules(&sample.system()).unwrap();
            for (_, module) in modules {
                let (definitions, complaints) = table.check(&module, combination.release);
                assert_eq!(complaints, Vec::<String>::new(), "{}", combination.words());
                checked += definitions;
            }
        }
    }
    assert!(checked > 3000, "only {checked} definitions were looked at");
}

/// Every comment that any combination has.
#[test]
fn every_comment_is_there_in_german() {
    let german = include_str!("../../i18n/de/configuration.toml");
    let german: BTreeMap<String, String> = toml::from_str(german).unwrap();
    let mut missing = BTreeSet::new();
    for combination in combinations() {
        for (_, mut module) in modules(&combination.sample().system()).unwrap() {
            module.each_comment(&mut |comment| {
                comment.each_prose(&mut |text| {
                    if !german.contains_key(text) {
                        missing.insert(text.clone());
                    }
                });
            });
        }
    }
    assert_eq!(missing, BTreeSet::new());
    assert!(german.values().all(|text| !text.is_empty()));
}

#[test]
fn the_check_takes_what_is_right() {
    assert!(complaints(|body| body.set("services.printing.enable", true).unwrap()).is_empty());
    assert!(complaints(|body| body.set("zramSwap.algorithm", "lz4").unwrap()).is_empty());
}

/// What the check says about one definition for NixOS 26.05.
fn complaints(set: impl FnOnce(&mut Attrs)) -> Vec<String> {
    OptionTable::read().check(&module_with(set), "26.05").1
}

#[test]
fn the_check_catches_wrong_names() {
    let wrong: [(&'static str, &str); 4] = [
        ("services.printing.enabled", "no such option"),
        ("users.users.ada.extraGroup", "no such option"),
        (
            "services.xserver.desktopManager.gnome.enable",
            "a retired name",
        ),
        (
            "boot.loader.systemd-boot.bootCounting.enable",
            "new in 26.11, not in 26.05",
        ),
    ];
    for (path, complaint) in wrong {
        assert_eq!(
            complaints(|body| body.set(path, true).unwrap()),
            [format!("{path}: {complaint}")]
        );
    }
}

#[test]
fn the_check_catches_wrong_types() {
    let wrong_values = |path: &'static str, values: Vec<Expr>| {
        for value in values {
            let found = complaints(|body| body.set(path, value.clone()).unwrap());
            assert!(
                found.len() == 1 && found[0].contains(" is no "),
                "{path} = {value:?}: {found:?}"
            );
        }
    };
    let text = |text: &str| Expr::String(Text::new(text).unwrap());
    let call = |value: Expr| Expr::apply("lib.mkDefault", value).unwrap();
    let list = |items: Vec<Expr>| Expr::List(List::new(items).unwrap());
    let reference = |name: &str| Expr::reference(name).unwrap();
    wrong_values(
        "services.printing.enable",
        vec![
            text("yes"),
            Expr::Int(1),
            call(text("true")),
            reference("config.boot.loader.timeout"),
        ],
    );
    wrong_values(
        "networking.hostName",
        vec![text("a.b"), text("-a"), Expr::Bool(true)],
    );
    wrong_values(
        "boot.kernelModules",
        vec![text("kvm"), list(vec![Expr::Int(1)])],
    );
    wrong_values(
        "fileSystems.x.options",
        vec![list(vec![]), list(vec![text("")])],
    );
    wrong_values("fileSystems.x.device", vec![text(""), Expr::Bool(true)]);
    wrong_values("time.timeZone", vec![text("Europe/St Gallen")]);
    wrong_values("users.users.ada.description", vec![text("a:b")]);
    wrong_values("i18n.extraLocaleSettings.LC_TIME", vec![Expr::Bool(true)]);
    wrong_values("environment.systemPackages", vec![list(vec![text("git")])]);
    wrong_values("zramSwap.memoryPercent", vec![Expr::Int(0)]);
    wrong_values(
        "networking.firewall.allowedTCPPorts",
        vec![list(vec![Expr::Int(65_536)]), list(vec![text("80")])],
    );
    let swap = |name: &'static str, value: Expr| {
        let mut item = Attrs::new();
        item.set(name, value).unwrap();
        list(vec![Expr::Set(item)])
    };
    wrong_values(
        "swapDevices",
        vec![
            text("/dev/vda"),
            list(vec![text("/dev/vda")]),
            swap("device", text("")),
            swap("size", text("4096")),
        ],
    );
}
