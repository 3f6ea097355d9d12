//! Every choice of a preset with every other, two at a time: combinations in which each pair of
//! values of two different choices stands together at least once, those apart that are refused.

use super::covering::all_pairs;
use nevado::machine::{GraphicsCard, PciId};

/// A choice: lines of a preset, one of which is taken. An empty line leaves the choice out.
pub(crate) const CHOICES: [&[&str]; 27] = [
    &[
        "desktop.environment = 'none'",
        "desktop.environment = 'gnome'",
        "desktop.environment = 'plasma6'",
        "desktop.environment = 'cosmic'",
        "desktop.environment = 'xfce'",
        "desktop.environment = 'cinnamon'",
        "desktop.environment = 'mate'",
        "desktop.environment = 'lxqt'",
        "desktop.environment = 'budgie'",
        "desktop.environment = 'pantheon'",
        "desktop.environment = 'enlightenment'",
        "desktop.environment = 'hyprland'",
        "desktop.environment = 'sway'",
        "desktop.environment = 'niri'",
        "desktop.environment = 'i3'",
    ],
    &["", "desktop.autologin = 'ada.l'"],
    &[
        "keyboard = { layout = 'us' }",
        "keyboard = { layout = 'de', variant = 'neo', model = 'pc105' }",
        "keyboard = { layout = 'ru', options = ['caps:escape'] }",
        "keyboard = { layout = 'cn', input_methods = ['pinyin', 'zhuyin'] }",
        "keyboard = { layout = 'fr', input_methods = ['vietnamese'] }",
        "keyboard = { layout = 'jp', input_methods = ['japanese', 'korean'] }",
    ],
    &[
        "locale = { language = 'en_US.UTF-8' }",
        "locale = { language = 'de_AT.UTF-8', time_zone = 'Europe/Vienna', extra = ['hi_IN'] }",
        "locale = { language = 'en_GB.UTF-8', formats = 'ru_RU.UTF-8', hardware_clock = 'local' }",
        "locale = { language = 'ja_JP.UTF-8', hardware_clock = 'utc' }",
    ],
    &[
        "",
        "disk.swap = 'none'",
        "disk.swap = 'zram'",
        "disk.swap = 'file'",
        "disk.swap = 'partition'",
        "disk.swap = 'hibernate'",
    ],
    &[
        "",
        "disk.file_system = 'ext4'",
        "disk.file_system = 'btrfs'",
        "disk.file_system = 'xfs'",
        "disk.file_system = 'f2fs'",
    ],
    &[
        "",
        "disk.encrypt = false",
        "disk.encrypt = true",
        "disk.encrypt = { recovery_key = true }",
    ],
    // On the disks that [`Combination::layout`] names.
    &[
        "",
        "disk.layout = 'erase'",
        "disk.layout = 'free'",
        FREE,
        "disk.layout = 'alongside'\ndisk.partition = { label = 'fedora' }",
        "disk.layout = 'replace'\ndisk.partition = { label = 'debian' }",
        "disk.layout = 'keep_home'\ndisk.partition = { label = 'debian' }",
        MANUAL,
    ],
    &[
        "",
        "system.boot_loader = 'systemd-boot'",
        "system.boot_loader = 'grub'",
        "system.boot_loader = 'limine'",
    ],
    &[
        "users = [{ name = 'ada.l', full_name = 'Ada Lovelace', administrator = true }]",
        "users = [{ name = 'ada.l', shell = 'zsh' }, { name = 'else', shell = 'fish' }]",
        "users = [{ name = 'ada.l', shell = 'nushell', groups = ['dialout', 'wheel'] }]",
        "users = [{ name = 'ada.l', shell = 'xonsh', ssh_keys = ['ssh-ed25519 \
         AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA a@b'] }, \
         { name = 'bob', shell = 'bash' }]",
    ],
    &[
        "",
        "software = { unfree = true, packages = ['git', 'vscode'] }",
        "software = { unfree = true, broadcom_sta = true }",
        "software.flatpak = true\nsoftware.packages = ['kdePackages.kate']",
    ],
    &[
        "",
        "network.ssh = 'off'",
        "network.ssh = 'keys'",
        "network.ssh = 'passwords'",
    ],
    &["", "network.firewall = false", "network.firewall = true"],
    &[
        "",
        "system.kernel = 'default'",
        "system.kernel = 'newest'",
        "system.kernel = 'zen'",
        "system.kernel = '6.12'",
    ],
    &[
        "",
        "network.proxy = 'http://proxy.example:3128'\nnetwork.no_proxy = 'localhost,.example'",
        "network.wired = [{ interface = 'enp3s0', addresses = ['192.168.1.10/24'], gateways = \
         ['192.168.1.1'], name_servers = ['9.9.9.9', '149.112.112.112'] }, { interface = 'eno1', \
         addresses = ['2001:db8::2/64'] }]",
    ],
    &["", "network.host_name = 'atlas'"],
    &["", "network.tcp_ports = [8080, 443]"],
    &["", "network.udp_ports = [5353]"],
    &[
        "",
        "network.carry_over = false",
        "network.carry_over = true",
    ],
    &[
        "",
        "system.substituters = ['https://cache.example']",
        "system.substituters = ['https://a.example/x', 'file:///srv/cache']\n\
         system.public_keys = ['a.example-1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=']",
    ],
    &["", "system.state_version = '25.11'"],
    &["", "system.generations = 3"],
    &["", "system.splash = false", "system.splash = true"],
    &["", "system.printing = false", "system.printing = true"],
    &[
        "",
        "system.upgrades = 'off'",
        "system.upgrades = 'next_start'",
        "system.upgrades = 'at_once'",
    ],
    &[
        "",
        "system.flakes = true",
        "system.optimise_store = true\nsystem.delete_after_days = 30",
        "system.flakes = true\nsystem.optimise_store = true",
    ],
    &[
        "",
        "configuration = { shape = 'classic', files = 'split' }",
        "configuration = { shape = 'flake', files = 'one' }",
        "configuration = { shape = 'flake', files = 'split' }",
    ],
];

/// A gap beside a Windows whose ESP is too small for kernels.
const FREE: &str = "disk.layout = 'free'\ndisk.size = '60 GiB'";

/// Two partitions of the person's own and what the firmware starts from, which depends on the computer.
const MANUAL: &str = "disk.layout = 'manual'";

/// What is no choice of a preset, and matters all the same.
pub(crate) const SURROUNDINGS: [&[&str]; 3] = [
    &[
        "no graphics",
        "Intel laptop",
        "old Intel",
        "AMD laptop with NVIDIA",
        "Intel laptop with old NVIDIA",
        "desktop with two NVIDIA",
        "QEMU",
    ],
    &["26.05", "26.11"],
    &[
        "UEFI",
        "UEFI, disk that moves",
        "UEFI, no variables",
        "BIOS",
        "aarch64",
    ],
];

/// What can't be together, by a part of each of the two lines; a test holds that all are refused
/// before anything is written down.
pub(crate) const REFUSED: [(&str, &str); 8] = [
    ("environment = 'none'", "flatpak"),
    ("environment = 'none'", "input_methods"),
    ("file_system = 'f2fs'", "swap = 'file'"),
    ("systemd-boot", "BIOS"),
    ("limine", "BIOS"),
    ("limine", FREE),
    (MANUAL, "swap = 'partition'"),
    (MANUAL, "swap = 'hibernate'"),
];

/// One of the combinations.
pub(crate) struct Combination {
    /// The lines of the preset.
    pub(crate) preset: String,
    /// What is on the disk now, and what becomes of it.
    pub(crate) layout: Layout,
    pub(crate) release: &'static str,
    pub(crate) computer: &'static str,
    pub(crate) graphics: &'static str,
}

/// The layouts, with what they find on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    Erase,
    /// Beside a Windows, whose ESP has no room for kernels on UEFI.
    FreeBesideSmallEsp,
    /// Beside a Windows.
    FreeBesideLargeEsp,
    Alongside,
    Replace,
    KeepHome,
    Manual,
}

impl Layout {
    /// What a line of [`CHOICES`] asks for.
    fn of(line: &str) -> Self {
        match line {
            FREE => Self::FreeBesideSmallEsp,
            MANUAL => Self::Manual,
            line if line.contains("'free'") => Self::FreeBesideLargeEsp,
            line if line.contains("'alongside'") => Self::Alongside,
            line if line.contains("'replace'") => Self::Replace,
            line if line.contains("'keep_home'") => Self::KeepHome,
            _ => Self::Erase,
        }
    }

    pub(crate) fn is_beside_windows(self) -> bool {
        matches!(self, Self::FreeBesideSmallEsp | Self::FreeBesideLargeEsp)
    }
}

impl Combination {
    /// In one line.
    pub(crate) fn words(&self) -> String {
        let lines: Vec<&str> = self.preset.lines().collect();
        format!(
            "{} | {} | {} | {}",
            self.release,
            self.computer,
            self.graphics,
            lines.join("; ")
        )
    }

    pub(crate) fn is_bios(&self) -> bool {
        self.computer == "BIOS"
    }

    pub(crate) fn is_encrypted(&self) -> bool {
        self.preset.contains("encrypt = true") || self.preset.contains("recovery_key")
    }

    /// From a line of each choice and each of the [`SURROUNDINGS`].
    pub(crate) fn new(mut values: Vec<&'static str>) -> Self {
        let computer = values.pop().unwrap();
        let release = values.pop().unwrap();
        let graphics = values.pop().unwrap();
        let mut layouts = values.iter().filter(|line| line.starts_with("disk.layout"));
        let layout = layouts
            .next()
            .map_or(Layout::Erase, |line| Layout::of(line));
        values.retain(|line| !line.is_empty());
        let mut combination = Self {
            preset: values.join("\n"),
            layout,
            release,
            computer,
            graphics,
        };
        if layout == Layout::Manual {
            let disks = combination.manual_disks();
            combination.preset += &disks;
        }
        combination
    }

    /// Graphics units as `lspci` shows them.
    pub(crate) fn graphics_cards(&self) -> Vec<GraphicsCard> {
        let cards: &[(&str, u16, u16)] = match self.graphics {
            "Intel laptop" => &[("0000:00:02.0", 0x8086, 0x9a49)],
            "old Intel" => &[("0000:00:02.0", 0x8086, 0x0166)],
            "AMD laptop with NVIDIA" => &[
                ("0000:01:00.0", 0x10de, 0x249c),
                ("0000:06:00.0", 0x1002, 0x1638),
            ],
            "Intel laptop with old NVIDIA" => &[
                ("0000:00:02.0", 0x8086, 0x5917),
                ("0000:01:00.0", 0x10de, 0x1b80),
            ],
            "desktop with two NVIDIA" => &[
                ("0000:01:00.0", 0x10de, 0x2b85),
                ("0000:02:00.0", 0x10de, 0x2184),
            ],
            _ => &[],
        };
        let cards = cards.iter().map(|&(address, vendor, device)| GraphicsCard {
            address: address.to_owned(),
            id: PciId { vendor, device },
            driver: None,
        });
        cards.collect()
    }

    /// The partitions of the manual layout.
    fn manual_disks(&self) -> String {
        let encrypt = match self.is_encrypted() {
            true => ", encrypt = true",
            false => "",
        };
        let start = match self.is_bios() {
            true => {
                "{ size = '1 MiB', type = 'bios_boot' }, \
                 { size = '1 GiB', file_system = 'ext4', mount = '/boot' }"
            }
            false => "{ size = '2 GiB', type = 'esp', mount = '/boot' }",
        };
        format!(
            "\ndisk.disks = [{{ table = 'new', partitions = [{start}, \
             {{ size = '60 GiB', mount = '/'{encrypt} }}, {{ size = 'rest', file_system = 'xfs', \
             label = 'media', mount = '/srv/media'{encrypt} }}] }}]"
        )
    }
}

/// Combinations that hold every pair, the same each time.
pub(crate) fn combinations() -> Vec<Combination> {
    let choices: Vec<&[&'static str]> = CHOICES.iter().chain(&SURROUNDINGS).copied().collect();
    let sizes: Vec<usize> = choices.iter().map(|values| values.len()).collect();
    let line = |(choice, value): (usize, usize)| choices[choice][value];
    let rows = all_pairs(&sizes, |a, b| !is_refused(line(a), line(b)));
    let lines = rows
        .iter()
        .map(|row| row.iter().copied().enumerate().map(line).collect());
    lines.map(Combination::new).collect()
}

fn is_refused(one: &str, other: &str) -> bool {
    let fit = |a: &str, b: &str| one.contains(a) && other.contains(b);
    REFUSED.iter().any(|(a, b)| fit(a, b) || fit(b, a))
}
