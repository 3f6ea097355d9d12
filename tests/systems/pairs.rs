//! Every choice of a preset with every other, two at a time: combinations in which each pair of
//! values of two different choices stands together at least once.

use super::Sample;
use nevado::machine::{Architecture, GraphicsCard, HardwareSetting, PciId};
use nevado::nixos::{BootLoader, Computer, Kernels};

/// A choice: lines of a preset, one of which is taken. An empty line leaves the choice out.
pub(crate) const CHOICES: [&[&str]; 17] = [
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
    &["", "disk.swap = 'none'", "disk.swap = 'zram'"],
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
        "software = { flatpak = true, packages = ['kdePackages.kate'] }",
    ],
    &["", "network.ssh = 'keys'", "network.ssh = 'passwords'"],
    &["", "network.firewall = false", "network.firewall = true"],
    &[
        "",
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
    &["", "system.generations = 3"],
    &["", "system.splash = true"],
    &["", "system.printing = false", "system.printing = true"],
    &[
        "",
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
        "configuration = { files = 'split' }",
        "configuration = { shape = 'flake' }",
        "configuration = { shape = 'flake', files = 'split' }",
    ],
];

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
        "x86_64 UEFI",
        "x86_64 removable",
        "x86_64 BIOS",
        "x86_64 GRUB",
        "x86_64 Limine",
        "aarch64",
    ],
];

/// One of the combinations.
pub(crate) struct Combination {
    /// The lines of the preset.
    pub(crate) preset: String,
    pub(crate) release: &'static str,
    pub(crate) computer: &'static str,
    pub(crate) graphics: &'static str,
}

impl Combination {
    /// In one line.
    pub(crate) fn words(&self) -> String {
        let lines: Vec<&str> = self.preset.lines().collect();
        format!(
            "{} | {} | {}",
            self.release,
            self.computer,
            lines.join("; ")
        )
    }

    /// The system of this combination.
    pub(crate) fn sample(&self) -> Sample {
        let mut sample = Sample::new(&self.preset);
        sample.release = self.release.parse().unwrap();
        sample.computer = computer(self.graphics);
        if sample.computer.laptop {
            sample
                .hardware
                .settings
                .insert(HardwareSetting::Fingerprint);
        }
        match self.computer {
            "aarch64" => sample.architecture = Architecture::Aarch64,
            "x86_64 BIOS" => {
                sample.boot_loader = BootLoader::Grub {
                    lists_others: true,
                    device: "/dev/disk/by-id/ata-HTS541010G9SA00_MP2ZM4".into(),
                };
                sample.file_systems.truncate(1);
            }
            "x86_64 GRUB" => {
                sample.windows_stays = true;
                sample.boot_loader = BootLoader::GrubEfi {
                    efi_variables: true,
                    kernels: Kernels::OnEsp,
                };
            }
            "x86_64 Limine" => {
                sample.boot_loader = BootLoader::Limine {
                    efi_variables: true,
                };
            }
            "x86_64 removable" => {
                sample.boot_loader = BootLoader::SystemdBoot {
                    efi_variables: false,
                    kernels: Kernels::OnEsp,
                };
            }
            _ => {}
        }
        sample
    }
}

/// A computer with these graphics units.
fn computer(graphics: &str) -> Computer {
    let cards: &[(&str, u16, u16)] = match graphics {
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
    Computer {
        graphics: cards.collect(),
        laptop: graphics.contains("laptop"),
        intel: graphics.contains("Intel"),
        physical: graphics != "QEMU",
        qemu: graphics == "QEMU",
        uefi: graphics != "old Intel",
    }
}

/// Combinations that hold every pair, the same each time.
pub(crate) fn combinations() -> Vec<Combination> {
    let choices: Vec<&[&'static str]> = CHOICES.iter().chain(&SURROUNDINGS).copied().collect();
    let sizes: Vec<usize> = choices.iter().map(|values| values.len()).collect();
    let rows = all_pairs(&sizes);
    rows.iter()
        .map(|row| {
            let mut values: Vec<&'static str> = choices
                .iter()
                .zip(row)
                .map(|(values, at)| values[*at])
                .collect();
            let computer = values.pop().unwrap();
            let release = values.pop().unwrap();
            let graphics = values.pop().unwrap();
            values.retain(|line| !line.is_empty());
            // Without a desktop these are refused before anything is written down.
            let console = values.contains(&"desktop.environment = 'none'");
            values.retain(|line| {
                !(console && (line.contains("flatpak") || line.contains("input_methods")))
            });
            Combination {
                preset: values.join("\n"),
                release,
                computer,
                graphics,
            }
        })
        .collect()
}

/// Rows of positions, one for each of `sizes`, such that every two positions of two columns stand
/// in some row together. Greedy: each row begins with a pair that is missing still, and takes in
/// every other column what brings most that are.
fn all_pairs(sizes: &[usize]) -> Vec<Vec<usize>> {
    let mut missing = std::collections::BTreeSet::new();
    for first in 0..sizes.len() {
        for second in first + 1..sizes.len() {
            for a in 0..sizes[first] {
                for b in 0..sizes[second] {
                    missing.insert(((first, a), (second, b)));
                }
            }
        }
    }
    let mut rows = Vec::new();
    while let Some(((first, a), (second, b))) = missing.iter().next().copied() {
        let mut row: Vec<Option<usize>> = vec![None; sizes.len()];
        row[first] = Some(a);
        row[second] = Some(b);
        for column in 0..sizes.len() {
            if row[column].is_some() {
                continue;
            }
            let gain = |value: &usize| {
                let here = (column, *value);
                let set = row.iter().enumerate();
                set.filter_map(|(other, at)| Some((other, (*at)?)))
                    .filter(|there| missing.contains(&(here.min(*there), here.max(*there))))
                    .count()
            };
            // Among equals another one each time, so that no value is left to the end.
            let turned = (0..sizes[column]).map(|at| (at + rows.len()) % sizes[column]);
            row[column] = turned.max_by_key(gain);
        }
        let row: Vec<usize> = row.into_iter().flatten().collect();
        for first in 0..row.len() {
            for second in first + 1..row.len() {
                missing.remove(&((first, row[first]), (second, row[second])));
            }
        }
        rows.push(row);
    }
    rows
}
