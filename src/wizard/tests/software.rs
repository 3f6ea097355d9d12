//! The Software page: each choice ends in the preset, and comes back from it.

use super::driver::{Driver, recorded};
use crate::machine::{HardwareSetting, Machine};
use crate::preset::{BootLoader, Environment, Files, Kernel, Preset, Shape, Upgrades};
use crate::wizard::page::Page;
use iced::Size;
use iced::keyboard::key::Named;

fn on_software(machine: Machine, preset: Preset) -> Driver {
    let mut driver = Driver::of(machine, preset, Size::new(1024.0, 600.0), None);
    let task = driver.wizard.go_to(Page::Software);
    driver.operate(task);
    driver
}

fn press(driver: &mut Driver, id: &'static str) {
    driver.tab_to(id);
    driver.press(Named::Space);
}

fn packages(driver: &Driver) -> Vec<String> {
    let packages = driver.wizard.draft.preset().software.packages.iter();
    packages.map(|name| name.as_str().to_owned()).collect()
}

#[test]
fn programs_of_every_group_and_further_ones_go_together() {
    let mut driver = on_software(recorded("qemu-uefi"), Preset::default());
    for id in ["package-chromium", "package-libreoffice", "package-git"] {
        press(&mut driver, id);
    }
    driver.tab_to("others");
    driver.write("hello, kdePackages.kate firefox");
    let wanted = [
        "chromium",
        "libreoffice",
        "git",
        "hello",
        "kdePackages.kate",
        "firefox",
    ];
    assert_eq!(packages(&driver), wanted);
    assert_eq!(driver.wizard.why_not_next(), None);
    press(&mut driver, "package-git");
    assert!(!packages(&driver).contains(&"git".to_owned()));
    // A box and its name are one: without the name it is not ticked, and without the tick not named.
    driver.tab_to("others");
    driver.press(Named::Backspace);
    assert!(!packages(&driver).contains(&"firefox".to_owned()));
    driver.write("x chromium");
    let twice = packages(&driver)
        .into_iter()
        .filter(|name| name == "chromium");
    assert_eq!(twice.count(), 1);
    press(&mut driver, "package-chromium");
    assert_eq!(
        packages(&driver),
        ["libreoffice", "hello", "kdePackages.kate", "firefox"]
    );
    driver.tab_to("others");
    driver.write(" -x");
    assert!(driver.shows("“-x” is no name of a package"));
    assert_eq!(driver.wizard.why_not_next(), Some("packages-form"));
}

#[test]
fn kernel_loader_upgrades_shape_and_files_are_chosen_and_stay() {
    let mut driver = on_software(recorded("qemu-uefi"), Preset::default());
    assert!(!driver.shows("Limine"), "few people need it");
    press(&mut driver, "software-more");
    for id in [
        "kernel-zen",
        "loader-limine",
        "upgrades-next-start",
        "layout-of-files-split",
    ] {
        press(&mut driver, id);
    }
    let preset = driver.wizard.draft.preset().clone();
    assert_eq!(preset.system.kernel, Some(Kernel::Zen));
    assert_eq!(preset.system.boot_loader, Some(BootLoader::Limine));
    assert_eq!(preset.system.upgrades, Some(Upgrades::NextStart));
    assert_eq!(preset.configuration.files, Some(Files::Split));
    let names: Vec<&str> = driver
        .wizard
        .draft
        .files()
        .iter()
        .map(|f| f.name.as_str())
        .collect();
    assert!(names.len() > 3, "{names:?}");

    // Who begins with that preset sees it.
    let mut driver = on_software(recorded("qemu-uefi"), preset);
    assert!(driver.shows("Limine"));
    for id in [
        "kernel-default",
        "loader-auto",
        "upgrades-off",
        "layout-of-files-one",
    ] {
        press(&mut driver, id);
    }
    let preset = driver.wizard.draft.preset();
    assert_eq!(
        (&preset.system.kernel, preset.system.boot_loader),
        (&None, None)
    );
    assert_eq!(
        (preset.system.upgrades, preset.configuration.files),
        (None, None)
    );
}

#[test]
fn a_flake_is_chosen_and_what_stands_against_it_is_told_here() {
    let mut driver = on_software(recorded("qemu-uefi"), Preset::default());
    press(&mut driver, "software-more");
    press(&mut driver, "shape-flake");
    assert_eq!(
        driver.wizard.draft.preset().configuration.shape,
        Some(Shape::Flake)
    );
    let problem = driver.wizard.draft.problems_of("configuration").next();
    let message = problem.unwrap().message.clone();
    assert!(message.contains("can't be locked"), "{message}");
    let start: String = message.chars().skip(1).take(20).collect();
    assert!(driver.shows(&start), "{message}: {:?}", driver.texts());
    // It is nobody's defect, and the disk has nothing to do with it.
    let mut all = driver.wizard.draft.problems().iter();
    assert!(!all.any(|problem| problem.id == crate::plan::ProblemId::Defect));
    assert_eq!(driver.wizard.disk.missing(&driver.wizard.draft), None);
    assert!(driver.wizard.draft.configuration().is_some());
}

#[test]
fn from_a_bios_only_grub_can_be_chosen() {
    let mut driver = on_software(recorded("empty-bios"), Preset::default());
    press(&mut driver, "software-more");
    assert!(driver.shows("It does not start from a BIOS."));
    press(&mut driver, "loader-grub");
    let loader = driver.wizard.draft.preset().system.boot_loader;
    assert_eq!(loader, Some(BootLoader::Grub));
}

#[test]
fn what_this_computer_needs_unfree_software_for_is_said() {
    let mut driver = on_software(recorded("qemu-uefi"), Preset::default());
    assert!(!driver.shows("NVIDIA") && !driver.shows("Broadcom"));
    let mut driver = on_software(recorded("laptop-amd-nvidia"), Preset::default());
    assert!(driver.shows("This computer has an NVIDIA card"));
    assert!(driver.shows("slow"), "a warning while it is not allowed");
    press(&mut driver, "unfree");
    assert_eq!(driver.wizard.draft.preset().software.unfree, Some(true));

    let mut machine = recorded("laptop-core-ultra");
    machine
        .hardware
        .settings
        .insert(HardwareSetting::BroadcomSta);
    let mut driver = on_software(machine, Preset::default());
    press(&mut driver, "broadcom");
    let software = driver.wizard.draft.preset().software.clone();
    assert_eq!(
        (software.broadcom_sta, software.unfree),
        (Some(true), Some(true))
    );
}

#[test]
fn flatpak_is_chosen_and_needs_a_desktop() {
    let mut driver = on_software(recorded("qemu-uefi"), Preset::default());
    press(&mut driver, "flatpak");
    assert_eq!(driver.wizard.draft.preset().software.flatpak, Some(true));
    let none = |preset: &mut Preset| {
        preset.desktop.environment = Some(crate::preset::Environment::None);
    };
    driver.wizard.draft.edit(none);
    assert!(driver.shows("Flatpak's programs need a desktop"));
    press(&mut driver, "flatpak");
    assert_eq!(driver.wizard.draft.preset().software.flatpak, None);
}

#[test]
fn a_series_of_kernels_from_a_preset_has_a_card_of_its_own() {
    let text = "version = 1\n[system]\nkernel = \"6.12\"\n";
    let preset = crate::preset::read(text, "test").unwrap();
    let size = iced::Size::new(1024.0, 1600.0);
    let mut driver = Driver::of(recorded("qemu-uefi"), preset, size, None);
    let task = driver.wizard.go_to(Page::Software);
    driver.operate(task);
    let kernel = |driver: &Driver| driver.wizard.draft.preset().system.kernel.clone();
    let series = kernel(&driver);
    assert!(driver.shows("Linux 6.12"));
    let picture = driver.picture();
    driver.tab_to("kernel-newest");
    driver.press(Named::Space);
    assert_eq!(kernel(&driver), Some(Kernel::Newest));
    assert_ne!(driver.picture(), picture, "another one is marked");
    // It can be chosen again.
    driver.tab_to("kernel-series");
    driver.press(Named::Space);
    assert_eq!(kernel(&driver), series);
    let file = driver.wizard.draft.configuration().unwrap();
    assert!(file.text.contains("linuxPackages_6_12"), "{}", file.text);
    let mut other = Driver::new("qemu-uefi");
    let task = other.wizard.go_to(Page::Software);
    other.operate(task);
    other.tab_to("software-more");
    other.press(Named::Space);
    assert!(!other.shows("Linux 6.12"), "nobody asked for it");
}

#[test]
fn what_comes_with_the_desktop_is_ticked_and_said_so() {
    let mut preset = Preset::default();
    preset.desktop.environment = Some(Environment::Gnome);
    let mut driver = on_software(recorded("qemu-uefi"), preset.clone());
    assert!(driver.shows("Comes with GNOME"));
    driver.click("Firefox");
    assert!(packages(&driver).is_empty(), "it can't be taken out");
    preset.desktop.environment = Some(Environment::None);
    let mut driver = on_software(recorded("qemu-uefi"), preset);
    assert!(!driver.shows("Comes with"));
    driver.click("Firefox");
    assert_eq!(packages(&driver), ["firefox"]);
}
