//! What was asked and, where the preset is silent, what is decided in its place.

use super::decision::{Decision, Ledger, Origin};
use super::{
    BootLoader, CacheKey, CacheUrl, Days, Encryption, Environment, FileSystemKind, Files, FullName,
    Generations, HardwareClock, HostName, InputMethod, Kernel, Keyboard, Layout, LocaleName,
    PackageName, Preset, ProxyUrl, Release, Shape, Ssh, Swap, TimeZone, Upgrades, User, UserName,
    Wired, XkbName,
};
use std::num::NonZeroU16;

/// Every setting of an installation, decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// The language of the system.
    pub language: LocaleName,
    /// The locale of dates, numbers and money; the language's own if left out.
    pub formats: Option<LocaleName>,
    /// None keeps UTC and lets people change it later.
    pub time_zone: Option<TimeZone>,
    /// Locales that programs can use beside these.
    pub extra_locales: Vec<LocaleName>,
    /// What the computer's own clock shows; if left out, it depends on whether a Windows stays.
    pub hardware_clock: Option<HardwareClock>,
    /// The kind of keyboard; NixOS' default if left out.
    pub keyboard_model: Option<XkbName>,
    /// How languages with more characters than keys are typed.
    pub input_methods: Vec<InputMethod>,
    /// The keyboard layout.
    pub layout: XkbName,
    /// Its variant.
    pub variant: Option<XkbName>,
    /// Options of XKB.
    pub xkb_options: Vec<XkbName>,
    /// The name in the network.
    pub host_name: HostName,
    /// What to do with the disk.
    pub disk_layout: Layout,
    /// The type of the root file system.
    pub file_system: FileSystemKind,
    /// Whether it is encrypted.
    pub encrypt: Encryption,
    /// Where memory goes when it runs short.
    pub swap: Swap,
    /// Who logs in.
    pub users: Vec<User>,
    /// The desktop.
    pub desktop: Environment,
    /// Who is logged in without being asked for a password.
    pub autologin: Option<UserName>,
    /// Whether unfree packages are allowed.
    pub unfree: bool,
    /// Packages for everyone.
    pub packages: Vec<PackageName>,
    /// Whether programs can be installed from Flathub.
    pub flatpak: bool,
    /// Whether Broadcom's own Wi-Fi driver is installed.
    pub broadcom_sta: bool,
    /// Whether connections from outside are refused; NixOS' default if left out, which is yes.
    pub firewall: Option<bool>,
    /// Ports that are open to TCP.
    pub tcp_ports: Vec<NonZeroU16>,
    /// Ports that are open to UDP.
    pub udp_ports: Vec<NonZeroU16>,
    /// Whether the live system's network connections are carried over.
    pub carry_over: bool,
    /// Whether people may log in over SSH.
    pub ssh: Ssh,
    /// The proxy.
    pub proxy: Option<ProxyUrl>,
    /// What is reached without the proxy.
    pub no_proxy: Option<String>,
    /// Wired interfaces with a fixed address.
    pub wired: Vec<Wired>,
    /// Which kernel.
    pub kernel: Kernel,
    /// Which boot loader; if left out, it depends on the firmware.
    pub boot_loader: Option<BootLoader>,
    /// How many generations the boot menu keeps.
    pub generations: Generations,
    /// Whether a picture is shown while the system starts.
    pub splash: bool,
    /// Whether printers can be used.
    pub printing: bool,
    /// Whether the system upgrades itself.
    pub upgrades: Upgrades,
    /// After how many days old generations are deleted; never if left out.
    pub delete_after_days: Option<Days>,
    /// Whether equal files in the store share their space.
    pub optimise_store: bool,
    /// Whether `nix` has its newer commands, and flakes.
    pub flakes: bool,
    /// Binary caches of the new system, besides NixOS' own.
    pub substituters: Vec<CacheUrl>,
    /// The keys that sign what they have.
    pub public_keys: Vec<CacheKey>,
    /// The release whose stateful defaults apply.
    pub state_version: Release,
    /// Where the system gets nixpkgs from.
    pub shape: Shape,
    /// One file, or one for each concern.
    pub files: Files,
}

/// The host name of a preset that gives none, whatever the computer.
pub const DEFAULT_HOST_NAME: &str = "nixos";

/// The defaults that have a fixed text.
struct Defaults {
    language: LocaleName,
    host_name: HostName,
}

impl Defaults {
    /// None only if the texts here lost their form, which a test rules out.
    fn new() -> Option<Self> {
        Some(Self {
            language: "en_US.UTF-8".parse().ok()?,
            host_name: DEFAULT_HOST_NAME.parse().ok()?,
        })
    }
}

impl Choices {
    /// Decides every setting of `preset`; `release` is the one on the medium.
    pub fn new(preset: &Preset, release: &Release) -> Option<(Self, Vec<Decision>)> {
        let defaults = Defaults::new()?;
        let mut ledger = Ledger::default();
        let locale = &preset.locale;
        let keyboard = &preset.keyboard;
        let software = &preset.software;
        let system = &preset.system;
        let configuration = &preset.configuration;
        let (layout, variant) = preset.layout_and_variant();
        let variant = variant.and_then(|variant| variant.parse().ok());
        let shape = configuration.shape.unwrap_or_default();
        let with_desktop =
            preset.desktop.environment.unwrap_or(Environment::None) != Environment::None;
        let choices = Self {
            language: ledger.take(
                "locale.language",
                locale.language.as_ref(),
                defaults.language,
            ),
            formats: ledger.take_or_none(
                "locale.formats",
                locale.formats.as_ref(),
                "as the language",
            ),
            time_zone: ledger.take_or_none("locale.time_zone", locale.time_zone.as_ref(), "UTC"),
            extra_locales: locale.extra.clone(),
            hardware_clock: ledger.take_or_none(
                "locale.hardware_clock",
                locale.hardware_clock.as_ref(),
                "UTC, or local time if a Windows stays",
            ),
            keyboard_model: keyboard.model.clone(),
            input_methods: input_methods(&mut ledger, preset, with_desktop),
            layout: ledger.take(
                "keyboard.layout",
                keyboard.layout.as_ref(),
                layout.parse().ok()?,
            ),
            variant: decided_variant(&mut ledger, keyboard, variant),
            xkb_options: keyboard.options.clone(),
            host_name: ledger.take(
                "network.host_name",
                preset.network.host_name.as_ref(),
                defaults.host_name,
            ),
            disk_layout: ledger.take("disk.layout", preset.disk.layout.as_ref(), Layout::Erase),
            file_system: ledger.take(
                "disk.file_system",
                preset.disk.file_system.as_ref(),
                preset.disk.root_file_system(),
            ),
            encrypt: ledger.take(
                "disk.encrypt",
                preset.disk.encrypt.as_ref(),
                Encryption::default(),
            ),
            swap: ledger.take(
                "disk.swap",
                preset.disk.swap.as_ref(),
                preset.disk.usual_swap(),
            ),
            users: preset.users.clone(),
            desktop: ledger.take(
                "desktop.environment",
                preset.desktop.environment.as_ref(),
                Environment::None,
            ),
            autologin: preset.desktop.autologin.clone(),
            unfree: ledger.take("software.unfree", software.unfree.as_ref(), false),
            broadcom_sta: ledger.switch("software.broadcom_sta", software.broadcom_sta, false),
            flatpak: ledger.switch("software.flatpak", software.flatpak, false),
            packages: software.packages.clone(),
            firewall: ledger.take_or_none(
                "network.firewall",
                preset.network.firewall.as_ref(),
                "true",
            ),
            tcp_ports: preset.network.tcp_ports.clone(),
            udp_ports: preset.network.udp_ports.clone(),
            // A preset is for many computers: what one live session knows is not its word.
            carry_over: ledger.switch("network.carry_over", preset.network.carry_over, false),
            ssh: ledger.take("network.ssh", preset.network.ssh.as_ref(), Ssh::Off),
            proxy: preset.network.proxy.clone(),
            no_proxy: preset.network.no_proxy.clone(),
            wired: preset.network.wired.clone(),
            kernel: ledger.take("system.kernel", system.kernel.as_ref(), Kernel::Default),
            boot_loader: system.boot_loader,
            generations: ledger.take(
                "system.generations",
                system.generations.as_ref(),
                Generations::default(),
            ),
            splash: ledger.switch("system.splash", system.splash, false),
            printing: ledger.take("system.printing", system.printing.as_ref(), with_desktop),
            upgrades: ledger.take("system.upgrades", system.upgrades.as_ref(), Upgrades::Off),
            delete_after_days: ledger.take_or_none(
                "system.delete_after_days",
                system.delete_after_days.as_ref(),
                "never",
            ),
            optimise_store: ledger.switch("system.optimise_store", system.optimise_store, false),
            flakes: ledger.switch("system.flakes", system.flakes, shape == Shape::Flake),
            substituters: system.substituters.clone(),
            public_keys: system.public_keys.clone(),
            state_version: ledger.take(
                "system.state_version",
                system.state_version.as_ref(),
                release.clone(),
            ),
            shape,
            files: configuration.files.unwrap_or_default(),
        };
        ledger.list("system.boot_loader", choices.boot_loader.as_slice());
        ledger.list("configuration.shape", configuration.shape.as_slice());
        ledger.list("configuration.files", configuration.files.as_slice());
        ledger.list("locale.extra", &choices.extra_locales);
        ledger.list("keyboard.model", choices.keyboard_model.as_slice());
        ledger.list("keyboard.options", &choices.xkb_options);
        ledger.list("network.proxy", choices.proxy.as_slice());
        ledger.list("network.no_proxy", choices.no_proxy.as_slice());
        ledger.list("network.wired", &choices.wired);
        ledger.list("network.tcp_ports", &choices.tcp_ports);
        ledger.list("network.udp_ports", &choices.udp_ports);
        ledger.list("system.substituters", &choices.substituters);
        ledger.list("system.public_keys", &choices.public_keys);
        ledger.list("software.packages", &choices.packages);
        ledger.list("desktop.autologin", choices.autologin.as_slice());
        let disk = &preset.disk;
        ledger.list("disk.partition", disk.partition.as_slice());
        ledger.list("disk.system", disk.system.as_slice());
        ledger.list("disk.gap_after", disk.gap_after.as_slice());
        ledger.list("disk.size", disk.size.as_slice());
        ledger.list("disk.esp", disk.esp.as_slice());
        ledger.list("disk.home", disk.home.as_slice());
        for (index, manual) in disk.disks.iter().enumerate() {
            ledger.note(&format!("disk.disks[{index}]"), manual, Origin::Asked);
        }
        let install = &preset.install;
        ledger.list("install.substituters", &install.substituters);
        ledger.list("install.public_keys", &install.public_keys);
        ledger.list("install.exclusive", install.exclusive.as_slice());
        ledger.list("install.proxy", install.proxy.as_slice());
        ledger.list("install.no_proxy", install.no_proxy.as_slice());
        for user in &choices.users {
            ledger.note("users", describe_user(user), Origin::Asked);
        }
        match &preset.root {
            Some(_) => ledger.note("root", "logs in with a password", Origin::Asked),
            None => ledger.note("root", "no password: can't log in", Origin::Default),
        }
        Some((choices, ledger.decisions()))
    }
}

/// As asked; else what the language needs, where there is a desktop to type it on.
fn input_methods(ledger: &mut Ledger, preset: &Preset, with_desktop: bool) -> Vec<InputMethod> {
    let field = "keyboard.input_methods";
    if let Some(asked) = &preset.keyboard.input_methods {
        ledger.list(field, asked);
        return asked.clone();
    }
    let language = preset.locale.language.as_ref().filter(|_| with_desktop);
    let needed = language.and_then(InputMethod::of_language);
    if let Some(method) = needed {
        ledger.note(field, method, Origin::Default);
    }
    needed.into_iter().collect()
}

/// The one that is asked for, or that goes with the usual layout of the language.
fn decided_variant(
    ledger: &mut Ledger,
    keyboard: &Keyboard,
    decided: Option<XkbName>,
) -> Option<XkbName> {
    let otherwise = decided.as_ref().map_or("none", XkbName::as_str);
    let asked = keyboard.variant.as_ref();
    let variant = ledger.take_or_none("keyboard.variant", asked, otherwise);
    variant.or(decided)
}

fn describe_user(user: &User) -> String {
    let full_name = user.full_name.as_ref().map(FullName::as_str);
    let named = full_name
        .map(|name| format!(" ({name})"))
        .unwrap_or_default();
    let role = if user.administrator {
        ", administrator"
    } else {
        ""
    };
    let mut words = format!("{}{named}{role}", user.name);
    if let Some(shell) = user.shell {
        words.push_str(&format!(", {shell}"));
    }
    for group in &user.groups {
        words.push_str(&format!(", group {group}"));
    }
    for key in &user.ssh_keys {
        words.push_str(&format!(", SSH key {key}"));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_and_what_was_decided_stay_apart() {
        let preset = crate::preset::read(
            "version = 1\n[network]\nhost_name = \"desk\"\n[software]\nunfree = true\n",
            "test",
        )
        .unwrap();
        let (choices, decisions) = Choices::new(&preset, &"26.05".parse().unwrap()).unwrap();
        let origin = |field: &str| decisions.iter().find(|d| d.field == field).unwrap().origin;
        assert_eq!(choices.host_name.as_str(), "desk");
        assert_eq!(origin("network.host_name"), Origin::Asked);
        assert_eq!(origin("locale.language"), Origin::Default);
        assert_eq!(origin("software.unfree"), Origin::Asked);
        assert_eq!(choices.state_version.as_str(), "26.05");
    }
}
