//! For each place where a text can be typed: where it stands in the configuration, or why in none.

/// A text that reaches the configuration.
pub(crate) struct Field {
    /// Its place in the preset, as [`leaves`](super::leaves) names it.
    pub(crate) place: &'static str,
    /// A list of the texts there, as a Nix expression about the configuration `c`.
    pub(crate) answer: &'static str,
}

const fn field(place: &'static str, answer: &'static str) -> Field {
    Field { place, answer }
}

/// What every place comes to. `list` is a list with one value or, for null, none; `own` are the
/// packages that the desktop brings.
pub(crate) const WRITTEN: [Field; 28] = [
    field(
        "desktop.autologin",
        "list (c.services.displayManager.autoLogin.user or c.services.getty.autologinUser or
            c.services.greetd.settings.initial_session.user or null)",
    ),
    field(
        "disk.disks[].partitions[].mount",
        "names (mount: !subvolume mount)",
    ),
    field(
        "disk.disks[].partitions[].subvolumes[].mount",
        "names subvolume",
    ),
    field(
        "disk.disks[].partitions[].subvolumes[].name",
        "map (name: builtins.head (builtins.filter (option: option != null)
            (map subvolumeOf c.fileSystems.${name}.options))) (names subvolume)",
    ),
    field("keyboard.layout", "list c.services.xserver.xkb.layout"),
    field(
        "keyboard.model",
        "list (c.services.xserver.xkb.model or null)",
    ),
    field(
        "keyboard.options[]",
        "builtins.filter (word: builtins.isString word && word != \"\")
            (builtins.split \",\" (c.services.xserver.xkb.options or \"\"))",
    ),
    field(
        "keyboard.variant",
        "list (c.services.xserver.xkb.variant or null)",
    ),
    field(
        "locale.extra[]",
        "map (name: builtins.substring 0 (builtins.stringLength name - 6) name)
            (c.i18n.extraLocales or [ ])",
    ),
    field(
        "locale.formats",
        "list (c.i18n.extraLocaleSettings.LC_TIME or c.i18n.defaultLocale)",
    ),
    field("locale.language", "list c.i18n.defaultLocale"),
    field("locale.time_zone", "list (c.time.timeZone or null)"),
    field("network.host_name", "list c.networking.hostName"),
    field(
        "network.no_proxy",
        "list (c.networking.proxy.noProxy or null)",
    ),
    field("network.proxy", "list (c.networking.proxy.default or null)"),
    field(
        "network.wired[].addresses[]",
        "builtins.concatMap (profile: builtins.filter (address: address != null) [
            (profile.ipv4.address1 or null) (profile.ipv4.address2 or null)
            (profile.ipv6.address1 or null) (profile.ipv6.address2 or null)
        ]) profiles",
    ),
    field(
        "network.wired[].gateways[]",
        "builtins.concatMap (profile: list (profile.ipv4.gateway or null)
            ++ list (profile.ipv6.gateway or null)) profiles",
    ),
    field(
        "network.wired[].interface",
        "map (profile: profile.connection.interface-name) profiles",
    ),
    field(
        "network.wired[].name_servers[]",
        "builtins.concatMap (profile: apart (profile.ipv4.dns or \"\")
            ++ apart (profile.ipv6.dns or \"\")) profiles",
    ),
    field(
        "software.packages[]",
        "builtins.filter (name: !builtins.elem name own) (c.environment.systemPackages or [ ])",
    ),
    field("system.kernel", "list (c.boot.kernelPackages or null)"),
    field(
        "system.public_keys[]",
        "c.nix.settings.trusted-public-keys or [ ]",
    ),
    field("system.state_version", "list c.system.stateVersion"),
    field(
        "system.substituters[]",
        "c.nix.settings.substituters or [ ]",
    ),
    field(
        "users[].full_name",
        "builtins.concatMap (name: list (c.users.users.${name}.description or null)) people",
    ),
    field(
        "users[].groups[]",
        "builtins.concatMap (name: builtins.filter
            (group: group != \"networkmanager\") c.users.users.${name}.extraGroups) people",
    ),
    field("users[].name", "people"),
    field(
        "users[].ssh_keys[]",
        "builtins.concatMap
            (name: c.users.users.${name}.openssh.authorizedKeys.keys or [ ]) people",
    ),
];

/// The places whose text is in no configuration, and why.
pub(crate) const ELSEWHERE: [(&str, &str); 47] = [
    ("disk.choose.by_id", IDENTITY),
    ("disk.choose.model", IDENTITY),
    ("disk.choose.path", IDENTITY),
    ("disk.choose.serial", IDENTITY),
    ("disk.choose[].by_id", IDENTITY),
    ("disk.choose[].model", IDENTITY),
    ("disk.choose[].path", IDENTITY),
    ("disk.choose[].serial", IDENTITY),
    ("disk.choose.size.max", SIZE),
    ("disk.choose.size.min", SIZE),
    ("disk.choose[].size.max", SIZE),
    ("disk.choose[].size.min", SIZE),
    ("disk.size", SIZE),
    ("disk.disks[].partitions[].size", SIZE),
    (
        "disk.disks[].partitions[].label",
        "given to mkfs; mounts go by UUID",
    ),
    ("disk.disks[].partitions[].partition.guid", IDENTITY),
    ("disk.disks[].partitions[].partition.label", IDENTITY),
    ("disk.esp.guid", IDENTITY),
    ("disk.esp.label", IDENTITY),
    ("disk.home.guid", IDENTITY),
    ("disk.home.label", IDENTITY),
    ("disk.system", IDENTITY),
    ("disk.partition.guid", IDENTITY),
    ("disk.partition.label", IDENTITY),
    ("disk.encrypt.passphrase.plain", SECRET),
    ("disk.encrypt.passphrase.file", SECRET),
    ("disk.encrypt.recovery_key.file", SECRET),
    ("root.password.plain", SECRET),
    ("root.password.hash", SECRET),
    ("users[].password.plain", SECRET),
    ("users[].password.hash", SECRET),
    ("install.no_proxy", INSTALLATION),
    ("install.proxy", INSTALLATION),
    ("install.public_keys[]", INSTALLATION),
    ("install.substituters[]", INSTALLATION),
    ("disk.disks[].choose.by_id", IDENTITY),
    ("disk.disks[].choose.model", IDENTITY),
    ("disk.disks[].choose.path", IDENTITY),
    ("disk.disks[].choose.serial", IDENTITY),
    ("disk.disks[].choose[].by_id", IDENTITY),
    ("disk.disks[].choose[].model", IDENTITY),
    ("disk.disks[].choose[].path", IDENTITY),
    ("disk.disks[].choose[].serial", IDENTITY),
    ("disk.disks[].choose.size.max", SIZE),
    ("disk.disks[].choose.size.min", SIZE),
    ("disk.disks[].choose[].size.max", SIZE),
    ("disk.disks[].choose[].size.min", SIZE),
];

const IDENTITY: &str = "compared with what is there, never written";
const SIZE: &str = "a number with its unit; the table is made from it";
const SECRET: &str = "no secret is in the store; `tests/secrets.rs` looks for them everywhere";
const INSTALLATION: &str = "holds while it is installed: options of the commands, no configuration";
