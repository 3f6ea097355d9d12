//! Presets and hardware that between them make every choice at least once.

use nevado::machine::HardwareSetting;
use nevado::preset::Environment;

/// Every desktop with every kind of keyboard, locale, swap and licence.
pub(crate) fn presets() -> Vec<String> {
    let mut presets = Vec::new();
    for desktop in Environment::ALL {
        let desktop = serde_json::to_value(desktop).unwrap();
        let desktop = desktop.as_str().unwrap();
        for (keyboard, locale) in [
            ("layout = 'us'", "language = 'en_US.UTF-8'"),
            (
                "layout = 'de', variant = 'neo'",
                "language = 'de_AT.UTF-8', time_zone = 'Europe/Vienna'",
            ),
            (
                "layout = 'ru', options = ['caps:escape']",
                "formats = 'ru_RU.UTF-8'",
            ),
        ] {
            for (swap, unfree, autologin) in [
                ("none", "true", ""),
                ("zram", "false", ", autologin = 'ada.l'"),
            ] {
                presets.push(format!(
                    "locale = {{ {locale} }}
                    keyboard = {{ {keyboard} }}
                    network = {{ host_name = 'atlas-1' }}
                    disk = {{ swap = '{swap}' }}
                    desktop = {{ environment = '{desktop}'{autologin} }}
                    software = {{ unfree = {unfree}, packages = ['git', 'kdePackages.kate'] }}
                    [[users]]
                    name = 'ada.l'
                    full_name = 'Ada Lovelace'
                    administrator = true
                    [[users]]
                    name = 'else'
                    "
                ));
            }
        }
    }
    presets
}

/// Every option that hardware can ask for, though no machine has them all.
pub(crate) fn every_setting() -> [HardwareSetting; 10] {
    use HardwareSetting as Setting;
    [
        Setting::IntelMicrocode,
        Setting::AmdMicrocode,
        Setting::IntelNpu,
        Setting::Intel2200BgFirmware,
        Setting::Intel3945AbgFirmware,
        Setting::VirtualBoxGuest,
        Setting::VmwareGuest,
        Setting::HypervGuest,
        Setting::ParallelsGuest,
        Setting::NspawnContainer,
    ]
}
