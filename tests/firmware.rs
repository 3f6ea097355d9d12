//! What a plan knows of firmware: each fact as a problem with its reason, or as a line of the
//! configuration.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use nevado::machine::{Content, Disk, Fact, Firmware, Installed, Machine, Table, Variables};
use nevado::plan::{Action, Plan, Problem, ProblemId, Seed, Severity, resolve};
use nevado::preset::{DiskChoice, DiskMatch, Layout, Preset, Shape};
use nevado::storage::PartitionRole;
use nevado::units::SectorSize;
use std::path::{Path, PathBuf};

fn recorded(name: &str) -> Machine {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/machines");
    let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A recorded machine, started in BIOS mode.
fn in_bios_mode(name: &str) -> Machine {
    let mut machine = recorded(name);
    machine.firmware = Fact::Known(Firmware::Bios);
    machine
}

fn first_disk(machine: &mut Machine) -> &mut Disk {
    match &mut machine.disks {
        Fact::Known(disks) => &mut disks[0],
        Fact::Unknown(reason) => panic!("{reason}"),
    }
}

fn preset() -> Preset {
    let text = include_str!("presets/smallest.toml");
    nevado::preset::read(text, "smallest.toml").unwrap()
}

fn plan(machine: &Machine) -> Plan {
    resolve(machine, &preset(), Seed::new([7; 32])).unwrap()
}

/// The one error that keeps the machine from being installed on.
fn error(machine: &Machine) -> Problem {
    let problems = resolve(machine, &preset(), Seed::new([7; 32])).unwrap_err();
    let mut errors = problems.0;
    errors.retain(|problem| problem.severity == Severity::Error);
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors.remove(0)
}

fn configuration(plan: &Plan) -> String {
    let files = plan.steps.iter().find_map(|step| match &step.action {
        Action::WriteFiles { files } => Some(files),
        _ => None,
    });
    let mut files = files.unwrap().iter();
    let file = files.find(|file| file.path.as_path().ends_with("configuration.nix"));
    file.unwrap().text.clone()
}

#[test]
fn a_bios_gets_grub_by_the_name_that_lasts() {
    let plan = plan(&recorded("empty-bios"));
    assert_eq!(plan.disk.table.partitions[0].role, PartitionRole::BiosBoot);
    let text = configuration(&plan);
    let line = "boot.loader.grub.device = \"/dev/disk/by-id/ata-QEMU_HARDDISK_QM00001\";";
    assert!(text.contains(line), "{text}");
    for needless in ["systemd-boot", "boot.loader.efi", "grub.enable"] {
        assert!(!text.contains(needless), "{text}");
    }
    assert!(plan.warnings.is_empty(), "{:?}", plan.warnings);
}

#[test]
fn without_a_name_by_id_it_is_the_one_by_path() {
    let mut machine = recorded("empty-bios");
    let disk = first_disk(&mut machine);
    disk.by_id.clear();
    disk.by_path = vec![PathBuf::from("/dev/disk/by-path/pci-0000:00:1f.2-ata-1")];
    let plan = plan(&machine);
    let text = configuration(&plan);
    assert!(
        text.contains("grub.device = \"/dev/disk/by-path/pci-0000:00:1f.2-ata-1\";"),
        "{text}"
    );
    assert!(plan.warnings.is_empty(), "{:?}", plan.warnings);
}

#[test]
fn a_disk_without_any_lasting_name_is_a_warning() {
    let mut machine = recorded("empty-bios");
    let disk = first_disk(&mut machine);
    disk.by_id.clear();
    disk.by_path.clear();
    let plan = plan(&machine);
    assert!(configuration(&plan).contains("grub.device = \"/dev/sda\";"));
    let ids: Vec<ProblemId> = plan.warnings.iter().map(|warning| warning.id).collect();
    assert_eq!(ids, [ProblemId::NoLastingName]);
}

#[test]
fn a_bios_does_not_start_from_sectors_of_4096_bytes() {
    let machine = in_bios_mode("empty-4kn");
    let disks = machine.disks.known().unwrap();
    assert_eq!(disks[0].sectors.logical, SectorSize::B4096);
    let problem = error(&machine);
    assert!(
        problem.message.contains("4096 bytes, which a BIOS"),
        "{problem}"
    );
    let mut asked = preset();
    asked.disk.choose = DiskChoice::Match(DiskMatch {
        path: Some(disks[0].path.clone()),
        ..DiskMatch::default()
    });
    let problems = resolve(&machine, &asked, Seed::new([7; 32])).unwrap_err();
    let ids: Vec<ProblemId> = problems.0.iter().map(|problem| problem.id).collect();
    assert_eq!(ids, [ProblemId::BiosSectorSize]);
    // By UEFI the same disk is fine.
    plan(&recorded("empty-4kn"));
}

#[test]
fn sectors_that_no_table_is_written_for_are_refused_before_anything_is_planned() {
    let mut machine = recorded("empty-uefi");
    let Fact::Known(disks) = &mut machine.disks else {
        panic!("known disks")
    };
    disks[0].sectors.logical = SectorSize::try_from(2048).unwrap();
    let path = Some(disks[0].path.clone());
    let mut asked = preset();
    asked.disk.choose = DiskChoice::Match(DiskMatch {
        path,
        ..DiskMatch::default()
    });
    let problems = resolve(&machine, &asked, Seed::new([7; 32])).unwrap_err();
    let ids: Vec<ProblemId> = problems.0.iter().map(|problem| problem.id).collect();
    assert_eq!(ids, [ProblemId::SectorSizeUnsupported]);
    assert!(
        problems.0[0].message.contains("sectors of 2048 bytes"),
        "{problems}"
    );
}

#[test]
fn a_windows_that_starts_by_uefi_forbids_bios_mode() {
    let machine = in_bios_mode("windows-laptop");
    let problem = error(&machine);
    assert_eq!(problem.id, ProblemId::BiosBesideUefiWindows);
    assert!(
        problem.message.contains("started in BIOS mode"),
        "{problem}"
    );
    assert!(problem.mend.contains("UEFI"), "{problem}");
    let uefi = recorded("windows-laptop");
    let other = resolve(&uefi, &preset(), Seed::new([7; 32]));
    let told = |problem: &Problem| problem.id == ProblemId::BiosBesideUefiWindows;
    assert!(!other.is_err_and(|problems| problems.0.iter().any(told)));
}

#[test]
fn a_32_bit_uefi_is_refused_with_the_reason() {
    let problem = error(&recorded("tablet-uefi32"));
    assert_eq!(problem.id, ProblemId::FirmwareUnsupported);
    assert!(problem.message.contains("32-bit UEFI"), "{problem}");
    assert!(problem.message.contains("32-bit boot loaders"), "{problem}");
}

#[test]
fn secure_boot_is_refused_with_the_reason() {
    let problems = resolve(&recorded("hyperv"), &preset(), Seed::new([7; 32])).unwrap_err();
    let ids: Vec<ProblemId> = problems.0.iter().map(|problem| problem.id).collect();
    assert!(ids.contains(&ProblemId::SecureBoot), "{problems}");
}

#[test]
fn a_removable_target_gets_no_entry_in_the_firmware() {
    let mut machine = recorded("empty-uefi");
    assert!(configuration(&plan(&machine)).contains("canTouchEfiVariables = true;"));
    first_disk(&mut machine).removable = true;
    assert_eq!(
        error(&machine).id,
        ProblemId::NoDisk,
        "only when it is named"
    );
    let mut named = preset();
    named.disk.choose = DiskChoice::Match(DiskMatch {
        path: Some("/dev/vda".into()),
        ..DiskMatch::default()
    });
    let plan = resolve(&machine, &named, Seed::new([7; 32])).unwrap();
    assert!(!configuration(&plan).contains("canTouchEfiVariables"));
}

#[test]
fn variables_that_can_not_be_written_leave_the_fallback_path_and_a_warning() {
    for (variables, word) in [
        (Variables::ReadOnly, "mounted read-only"),
        (Variables::Missing, "not there"),
    ] {
        let mut machine = recorded("empty-uefi");
        let Fact::Known(Firmware::Uefi {
            variables: found, ..
        }) = &mut machine.firmware
        else {
            panic!("this machine has UEFI")
        };
        *found = variables;
        let plan = plan(&machine);
        assert!(!configuration(&plan).contains("canTouchEfiVariables"));
        let mut warnings = plan.warnings.iter();
        let told = warnings.find(|p| p.id == ProblemId::VariablesNotWritable);
        let message = &told.unwrap().message;
        assert!(
            message.contains(word) && message.contains("EFI/BOOT"),
            "{message}"
        );
        // What a recording says of it is read again.
        let json = serde_json::to_string(&machine).unwrap();
        assert_eq!(serde_json::from_str::<Machine>(&json).unwrap(), machine);
    }
}

#[test]
fn a_medium_without_a_channel_is_a_warning_unless_a_flake_is_made() {
    let mut machine = recorded("empty-uefi");
    let Fact::Known(nixpkgs) = &mut machine.medium.nixpkgs else {
        panic!("this medium has nixpkgs")
    };
    nixpkgs.channel = None;
    let warned = |problems: &[Problem]| problems.iter().any(|p| p.id == ProblemId::NoChannel);
    let plan = plan(&machine);
    assert!(warned(&plan.warnings), "{:?}", plan.warnings);
    let mut flake = preset();
    flake.configuration.shape = Some(Shape::Flake);
    let told = match resolve(&machine, &flake, Seed::new([7; 32])) {
        Ok(plan) => plan.warnings,
        Err(problems) => problems.0,
    };
    assert!(!warned(&told), "{told:?}");
}

/// The computer with a Windows, after its NTFS were looked into.
fn looked_into(installed: Option<Installed>) -> Machine {
    let mut machine = recorded("table-windows-gap");
    let Fact::Known(disks) = &mut machine.disks else {
        panic!("{:?}", machine.disks)
    };
    let Fact::Known(Table::Partitioned { partitions, .. }) = &mut disks[0].table else {
        panic!("{:?}", disks[0].table)
    };
    for partition in partitions {
        if let Content::Formatted(fs) = &mut partition.content
            && fs.kind == "ntfs"
        {
            fs.installed = installed.clone();
        }
    }
    machine
}

#[test]
fn the_clock_is_local_only_beside_what_may_be_a_windows() {
    let mut preset = preset();
    preset.disk.layout = Some(Layout::Free);
    let text = |installed| {
        let plan = resolve(&looked_into(installed), &preset, Seed::new([7; 32])).unwrap();
        nevado::plan::PlanText(&plan).to_string()
    };
    let local = "time.hardwareClockInLocalTime = true";
    assert!(text(None).contains(local));
    assert!(text(Some(Installed::Windows)).contains(local));
    assert!(!text(Some(Installed::Nothing)).contains(local));
}

#[test]
fn what_an_mbr_does_not_reach_is_told() {
    let machine = recorded("table-mbr-large");
    let told = |layout| {
        let mut preset = preset();
        preset.disk.layout = Some(layout);
        let problems = match resolve(&machine, &preset, Seed::new([7; 32])) {
            Ok(plan) => plan.warnings,
            Err(problems) => problems.0,
        };
        let mut problems = problems.into_iter();
        problems.find(|p| p.id == ProblemId::DiskPartlyUsed)
    };
    let message = told(Layout::Free).unwrap().message;
    assert!(message.contains("2 TiB"), "{message}");
    assert_eq!(told(Layout::Erase), None);
}
