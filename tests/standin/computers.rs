//! The computer that a combination is installed on: made up, with disks of recorded ones.

use std::fs;
use std::path::Path;

use nevado::machine::{
    Architecture, Battery, Fact, Firmware, HardwareSetting, Machine, Power, Processor, UefiBits,
    Variables, Virtualization,
};

use crate::systems::pairs::{Combination, Layout};

/// A recorded computer.
fn recorded(name: &str) -> Machine {
    let machines = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/machines");
    let text = fs::read_to_string(machines.join(format!("{name}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The whole computer, and what its medium carries.
pub(crate) fn machine(combination: &Combination) -> Machine {
    let mut machine = recorded("empty-uefi");
    machine.disks = recorded(disks(combination)).disks;
    if let Fact::Known(disks) = &mut machine.disks {
        let disk = &mut disks[0];
        disk.size.0 = disk.size.0.max(1 << 38);
        disk.removable = combination.computer == "UEFI, disk that moves";
    }
    machine.firmware = Fact::Known(firmware(combination));
    if combination.computer == "aarch64" {
        machine.architecture = Architecture::Aarch64;
    }
    if let Fact::Known(nixpkgs) = &mut machine.medium.nixpkgs {
        combination.release.clone_into(&mut nixpkgs.release);
    }
    equip(&mut machine, combination);
    machine
}

fn firmware(combination: &Combination) -> Firmware {
    match combination.computer {
        "BIOS" => Firmware::Bios,
        computer => Firmware::Uefi {
            bits: UefiBits::B64,
            secure_boot: Fact::Known(false),
            variables: match computer {
                "UEFI, no variables" => Variables::Missing,
                _ => Variables::Writable,
            },
        },
    }
}

/// Processor, graphics and battery.
fn equip(machine: &mut Machine, combination: &Combination) {
    let graphics = combination.graphics;
    machine.graphics = Fact::Known(combination.graphics_cards());
    let vendor = match graphics.contains("Intel") {
        true => "GenuineIntel",
        false => "AuthenticAMD",
    };
    machine.processor = Fact::Known(Processor {
        vendor: vendor.to_owned(),
        model: "a processor".to_owned(),
        threads: 4,
    });
    machine.virtualization = Fact::Known(match graphics {
        "QEMU" => Virtualization::Kvm,
        _ => Virtualization::None,
    });
    let laptop = graphics.contains("laptop");
    machine.power = Fact::Known(Power {
        mains: true,
        battery: laptop.then_some(Battery { percent: 80 }),
    });
    if laptop {
        let settings = &mut machine.hardware.settings;
        settings.insert(HardwareSetting::Fingerprint);
    }
}

/// The recorded computer whose disks the layout finds.
fn disks(combination: &Combination) -> &'static str {
    match (combination.layout, combination.is_bios()) {
        (Layout::Erase | Layout::Manual, false) => "empty-uefi",
        (Layout::Erase | Layout::Manual, true) => "empty-bios",
        (Layout::FreeBesideSmallEsp, false) => "table-windows-gap",
        (Layout::FreeBesideLargeEsp, false) => "table-windows-large-esp",
        (Layout::FreeBesideSmallEsp | Layout::FreeBesideLargeEsp, true) => "table-mbr-large",
        (Layout::Alongside, _) => "table-linux-measured",
        (Layout::KeepHome, true) => "table-mbr-home",
        (Layout::Replace | Layout::KeepHome, _) => "table-dual-linux",
    }
}
