//! The hardware scan on recorded machines: a snapshot of each, and every rule shown by one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod tree;

use nevado::machine::HardwareSetting as Setting;
use nevado::machine::{HardwareScan, probe};

#[test]
fn every_recorded_machine_is_scanned_as_expected() {
    for name in tree::names() {
        let scan = tree::machine(&name).hardware;
        let text = serde_json::to_string_pretty(&scan).unwrap();
        insta::assert_snapshot!(name.as_str(), text);
    }
}

/// What a rule adds to a scan.
enum Adds {
    Available(&'static str),
    Initrd(&'static str),
    Module(&'static str),
    Import(&'static str),
    Setting(Setting),
}
use Adds::{Available, Import, Initrd, Module};

/// One rule: what it looks at, a machine that has it, the line of the recording that it hangs on
/// and what to put there instead, and what it then no longer adds.
struct Rule(&'static str, &'static str, &'static str, &'static str, Adds);

const QEMU: &str = "profiles/qemu-guest.nix";
const BROADCOM: &str = "hardware/network/broadcom-43xx.nix";
const NOT_DETECTED: &str = "installer/scan/not-detected.nix";

/// All rules of `nixos-generate-config` (2026) outside file systems, in its order, and ours.
const RULES: [Rule; 33] = [
    Rule(
        "processor flag vmx",
        "laptop-intel-windows",
        " vmx ",
        " ",
        Module("kvm-intel"),
    ),
    Rule(
        "processor flag svm",
        "laptop-amd-nvidia",
        " svm ",
        " ",
        Module("kvm-amd"),
    ),
    Rule(
        "flag is a word",
        "laptop-amd-nvidia",
        " svm ",
        " xsvm ",
        Module("kvm-amd"),
    ),
    Rule(
        "PCI storage",
        "laptop-intel-windows",
        "class: 0x010802",
        "class: 0x020000",
        Available("nvme"),
    ),
    Rule(
        "PCI storage, IDE",
        "bios-old-laptop",
        "class: 0x01018a",
        "class: 0x020000",
        Available("ata_piix"),
    ),
    Rule(
        "PCI FireWire",
        "desktop-amd-sata",
        "class: 0x0c0010",
        "class: 0x020000",
        Available("firewire_ohci"),
    ),
    Rule(
        "PCI USB",
        "laptop-amd-nvidia",
        "class: 0x0c0330",
        "class: 0x020000",
        Available("xhci_pci"),
    ),
    Rule(
        "PCI needs a driver",
        "laptop-intel-windows",
        "driver/module -> /sys/module/nvme",
        "other: 1",
        Available("nvme"),
    ),
    Rule(
        "Broadcom FullMAC",
        "macbook-broadcom",
        "device: 0x43ba",
        "device: 0x43a0",
        Import(BROADCOM),
    ),
    Rule(
        "Broadcom is the vendor",
        "macbook-broadcom",
        "vendor: 0x14e4",
        "vendor: 0x14e5",
        Import(BROADCOM),
    ),
    Rule(
        "virtio SCSI without driver",
        "qemu-uefi",
        "device: 0x1048",
        "device: 0x1042",
        Available("virtio_scsi"),
    ),
    Rule(
        "Intel 2200BG",
        "pc-intel-2200bg",
        "device: 0x4220",
        "device: 0x4219",
        Adds::Setting(Setting::Intel2200BgFirmware),
    ),
    Rule(
        "Intel 3945ABG",
        "bios-old-laptop",
        "device: 0x4227",
        "device: 0x4219",
        Adds::Setting(Setting::Intel3945AbgFirmware),
    ),
    Rule(
        "Intel NPU",
        "laptop-core-ultra",
        "device: 0x7d1d",
        "device: 0x7d1e",
        Adds::Setting(Setting::IntelNpu),
    ),
    Rule(
        "USB disk",
        "laptop-intel-windows",
        "bInterfaceClass: 08",
        "bInterfaceClass: 09",
        Available("usb_storage"),
    ),
    Rule(
        "USB keyboard",
        "macbook-broadcom",
        "bInterfaceProtocol: 01",
        "bInterfaceProtocol: 02",
        Available("usbhid"),
    ),
    Rule(
        "USB input device",
        "laptop-amd-nvidia",
        "bInterfaceClass: 03",
        "bInterfaceClass: 09",
        Available("usbhid"),
    ),
    Rule(
        "block device",
        "bios-old-laptop",
        "device/driver/module -> /sys/module/sd_mod",
        "other: 1",
        Available("sd_mod"),
    ),
    Rule(
        "block device, virtio",
        "qemu-uefi",
        "device/driver/module -> /sys/module/virtio_blk",
        "other: 1",
        Available("virtio_blk"),
    ),
    Rule(
        "block device, optical",
        "vmware",
        "device/driver/module -> /sys/module/sr_mod",
        "other: 1",
        Available("sr_mod"),
    ),
    Rule(
        "card host",
        "tablet-uefi32",
        "device/driver/module -> /sys/module/sdhci_acpi",
        "other: 1",
        Available("sdhci_acpi"),
    ),
    Rule(
        "bcache",
        "desktop-amd-sata",
        "bcache0: present",
        "bcachefs-ctl: present",
        Available("bcache"),
    ),
    Rule(
        "logical volume",
        "desktop-amd-sata",
        "dm/uuid: LVM-",
        "dm/uuid: CRYPT-",
        Initrd("dm-snapshot"),
    ),
    Rule(
        "VirtualBox",
        "virtualbox-bios",
        "systemd-detect-virt: oracle",
        "systemd-detect-virt: xen",
        Adds::Setting(Setting::VirtualBoxGuest),
    ),
    Rule(
        "Parallels",
        "parallels",
        "systemd-detect-virt: parallels",
        "systemd-detect-virt: xen",
        Adds::Setting(Setting::ParallelsGuest),
    ),
    Rule(
        "QEMU or KVM",
        "qemu-uefi",
        "sys_vendor: QEMU",
        "sys_vendor: Xen",
        Import(QEMU),
    ),
    Rule(
        "Hyper-V",
        "hyperv",
        "systemd-detect-virt: microsoft",
        "systemd-detect-virt: xen",
        Adds::Setting(Setting::HypervGuest),
    ),
    Rule(
        "container of systemd-nspawn",
        "nspawn",
        "container: systemd-nspawn",
        "container: lxc",
        Adds::Setting(Setting::NspawnContainer),
    ),
    Rule(
        "no virtual machine",
        "macbook-broadcom",
        "systemd-detect-virt: none",
        "systemd-detect-virt: xen",
        Import(NOT_DETECTED),
    ),
    Rule(
        "Intel microcode",
        "macbook-broadcom",
        "GenuineIntel",
        "CentaurHauls",
        Adds::Setting(Setting::IntelMicrocode),
    ),
    Rule(
        "AMD microcode",
        "laptop-amd-nvidia",
        "AuthenticAMD",
        "HygonGenuine",
        Adds::Setting(Setting::AmdMicrocode),
    ),
    Rule(
        "ours: VMware",
        "vmware",
        "systemd-detect-virt: vmware",
        "systemd-detect-virt: xen",
        Adds::Setting(Setting::VmwareGuest),
    ),
    Rule(
        "ours: what the medium's tool finds",
        "laptop-intel-windows",
        "\"vmd\"",
        "",
        Available("vmd"),
    ),
];

fn has(scan: &HardwareScan, what: &Adds) -> bool {
    match what {
        Available(module) => scan.initrd_available_modules.contains(*module),
        Initrd(module) => scan.initrd_modules.contains(*module),
        Module(module) => scan.kernel_modules.contains(*module),
        Import(path) => scan.imports.contains(*path),
        Adds::Setting(setting) => scan.settings.contains(setting),
    }
}

/// Each rule adds something where its mark is, and no longer when the mark is changed.
#[test]
fn every_rule_is_kept() {
    for Rule(rule, name, mark, other, adds) in &RULES {
        let text = std::fs::read_to_string(tree::folder().join(format!("{name}.tree"))).unwrap();
        assert!(text.contains(mark), "{rule}: {name} has no {mark:?}");
        // What the medium's tool printed would add it again.
        let ours = text.replace("nixos-generate-config:", "not-asked:");
        let ours = if rule.starts_with("ours") {
            &text
        } else {
            &ours
        };
        let before = scan(ours);
        assert!(has(&before, adds), "{rule}: {name} does not show it");
        let after = scan(&ours.replace(mark, other));
        assert!(
            !has(&after, adds),
            "{rule}: {name} shows it without {mark:?}"
        );
    }
}

fn scan(text: &str) -> HardwareScan {
    let folder = tree::unpack(text);
    probe::probe(&probe::Roots::recorded(folder.path())).hardware
}

/// The identifiers that the rules name, one by one, on a machine with nothing else.
#[test]
fn every_identifier_is_known() {
    let broadcom = [
        "43a3", "43df", "43ec", "43d3", "43d9", "43e9", "43ba", "43bb", "43bc", "aa52", "43ca",
        "43cb", "43cc", "43c3", "43c4", "43c5",
    ];
    let imports = broadcom.map(|id| ("14e4", id, Import(BROADCOM)));
    let scsi = ["1004", "1048"].map(|id| ("1af4", id, Available("virtio_scsi")));
    let npu = ["7d1d", "ad1d", "643e", "b03e", "fd3e", "d71d"];
    let npu = npu.map(|id| ("8086", id, Adds::Setting(Setting::IntelNpu)));
    let old = ["1043", "104f", "4220", "4221", "4223", "4224"];
    let old = old.map(|id| ("8086", id, Adds::Setting(Setting::Intel2200BgFirmware)));
    let less_old = ["4229", "4230", "4222", "4227"];
    let less_old = less_old.map(|id| ("8086", id, Adds::Setting(Setting::Intel3945AbgFirmware)));
    let own_driver = ["4315", "4331", "43b1", "43a0"];
    let own_driver = own_driver.map(|id| ("14e4", id, Adds::Setting(Setting::BroadcomSta)));
    let all = imports
        .into_iter()
        .chain(own_driver)
        .chain(scsi)
        .chain(npu)
        .chain(old)
        .chain(less_old);
    for (vendor, device, adds) in all {
        let card = format!(
            "[sys/bus/pci/devices/0000:00:05.0]\nclass: 0x028000\nvendor: 0x{vendor}\ndevice: 0x{device}\n"
        );
        assert!(has(&scan(&card), &adds), "{vendor}:{device}");
    }
}

/// By the maker of the device, and only where the interface has no class of its own: the same makers
/// build touchpads.
#[test]
fn a_fingerprint_reader_is_known_by_its_maker() {
    let reader = |vendor: &str, class: &str| {
        let text = format!(
            "[sys/bus/usb/devices/1-7]\nidVendor: {vendor}\n\
             [sys/bus/usb/devices/1-7:1.0]\nbInterfaceClass: {class}\n"
        );
        has(&scan(&text), &Adds::Setting(Setting::Fingerprint))
    };
    for vendor in [
        "06cb", "138a", "27c6", "1c7a", "2808", "10a5", "08ff", "147e",
    ] {
        assert!(reader(vendor, "ff"), "{vendor}");
        assert!(!reader(vendor, "03"), "{vendor}");
    }
    assert!(!reader("046d", "ff"));
}

/// The kinds of computers that the scan must know, the recording of each and what is its own.
const KINDS: [(&str, &str, Adds); 10] = [
    (
        "laptop, Intel",
        "laptop-intel-windows",
        Adds::Setting(Setting::IntelMicrocode),
    ),
    (
        "laptop, AMD and NVIDIA",
        "laptop-amd-nvidia",
        Adds::Setting(Setting::AmdMicrocode),
    ),
    (
        "desktop, AMD",
        "desktop-amd-sata",
        Adds::Setting(Setting::AmdMicrocode),
    ),
    ("Apple", "macbook-broadcom", Import(BROADCOM)),
    ("aarch64 board", "board-aarch64", Available("sdhci_iproc")),
    ("QEMU", "qemu-uefi", Import(QEMU)),
    (
        "VirtualBox",
        "virtualbox-bios",
        Adds::Setting(Setting::VirtualBoxGuest),
    ),
    ("VMware", "vmware", Adds::Setting(Setting::VmwareGuest)),
    ("Hyper-V", "hyperv", Adds::Setting(Setting::HypervGuest)),
    (
        "Parallels",
        "parallels",
        Adds::Setting(Setting::ParallelsGuest),
    ),
];

/// Each kind has a recording whose scan stands in a snapshot, and shows what is its own.
#[test]
fn every_kind_of_computer_is_recorded() {
    let snapshots = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    for (kind, name, adds) in &KINDS {
        let scan = tree::machine(name).hardware;
        assert!(has(&scan, adds), "{kind}: {name} does not show it");
        let snapshot = snapshots.join(format!("hardware_scan__{name}.snap"));
        assert!(snapshot.is_file(), "{kind}: no snapshot of {name}");
    }
}
