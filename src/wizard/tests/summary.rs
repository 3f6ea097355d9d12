//! The Summary page: what is lost by name in every language, what is to be mended, and what was chosen
//! besides the usual.

use super::driver::{Driver, recorded};
use crate::i18n::{Language, Texts};
use crate::preset::{DiskChoice, Environment, FoundSystem, Layout, Preset};
use crate::wizard::Message;
use crate::wizard::page::{Page, disk};
use iced::Size;
use iced::keyboard::key::Named;

fn demo() -> Preset {
    let demo = include_str!("../../../assets/demo/preset.toml");
    let mut preset = crate::preset::read(demo, "demo").unwrap();
    preset.disk.choose = DiskChoice::Only;
    preset
}

/// On the Summary page, with everything answered.
fn on_summary(machine: &str, language: Language, preset: Preset) -> Driver {
    let mut driver = Driver::of(recorded(machine), preset, Size::new(1024.0, 3000.0), None);
    driver.wizard.texts = Texts::new(language);
    let task = driver.wizard.go_to(Page::Summary);
    driver.operate(task);
    driver
}

/// Every text without the marks of direction in it, and without the blanks that they stand at.
pub(super) fn plain_texts(driver: &mut Driver) -> Vec<String> {
    const MARKS: [char; 3] = ['\u{200e}', '\u{200f}', '\u{200a}'];
    let texts = driver.texts().into_iter();
    texts.map(|(text, _)| text.replace(MARKS, "")).collect()
}

#[test]
fn what_is_lost_is_named_in_every_language() {
    let lines = [
        (
            Language::English,
            "Windows, with all programs and files on it  ·  237 GiB",
            "Partition 3 “Basic data partition”, 237 GiB: Windows · ntfs “Windows”",
            "Windows (partition 3) is made smaller: from 237 GiB to ",
        ),
        (
            Language::German,
            "Windows mit allen Programmen und Dateien darauf  ·  237 GiB",
            "Partition 3 „Basic data partition“, 237 GiB: Windows · ntfs „Windows“",
            "Windows (Partition 3) wird verkleinert: von 237 GiB auf ",
        ),
        (
            Language::Arabic,
            "Windows بكل ما عليه من برامج وملفات  ·  237 GiB",
            "القسم 3 «Basic data partition» وحجمه 237 GiB: Windows · ntfs «Windows»",
            "يُصغَّر Windows (القسم 3) من 237 GiB إلى ",
        ),
        (
            Language::Japanese,
            "Windows とその中のプログラムとファイルすべて  ·  237 GiB",
            "パーティション 3「Basic data partition」、237 GiB: Windows · ntfs「Windows」",
            "Windows (パーティション 3) は 237 GiB から ",
        ),
    ];
    for (language, lost, by_number, smaller) in lines {
        let mut driver = on_summary("table-windows-measured", language, demo());
        let texts = plain_texts(&mut driver);
        assert!(texts.iter().any(|text| text == lost), "{texts:?}");
        assert!(!texts.iter().any(|text| text == by_number), "{texts:?}");
        driver.tab_to("by-number");
        driver.press(Named::Space);
        let texts = plain_texts(&mut driver);
        assert!(texts.iter().any(|text| text == by_number), "{texts:?}");
        driver.send(Message::Go(Page::Disk));
        driver.send(Message::Disk(disk::Message::Layout(Layout::Alongside)));
        driver.send(Message::Go(Page::Summary));
        let texts = plain_texts(&mut driver);
        let found = texts.iter().any(|text| text.starts_with(smaller));
        assert!(found, "{texts:?}");
    }
}

/// The list by number stays as it was left, and all of it is there, whatever the last question is answered.
#[test]
fn what_is_lost_by_number_stays_unfolded() {
    let size = Size::new(1024.0, 600.0);
    let mut driver = Driver::of(recorded("table-linux-systems"), demo(), size, None);
    let task = driver.wizard.go_to(Page::Summary);
    driver.operate(task);
    driver.tab_to("by-number");
    driver.press(Named::Space);
    assert_eq!(driver.focus(), Some("by-number".into()));
    let by_number = |driver: &mut Driver| {
        let texts = plain_texts(driver);
        (1..=9)
            .filter(|number| {
                let head = format!("Partition {number} “");
                texts.iter().any(|text| text.starts_with(&head))
            })
            .count()
    };
    assert_eq!(by_number(&mut driver), 9);
    driver.send(Message::Go(Page::Disk));
    driver.send(Message::Go(Page::Summary));
    assert_eq!(by_number(&mut driver), 9);
    driver.tab_to("by-number");
    driver.press(Named::Space);
    assert_eq!(by_number(&mut driver), 0);
}

/// That something is made smaller is told with the disk, and what that can cost by the warning alone.
#[test]
fn a_power_cut_is_warned_of_in_one_place() {
    let mut preset = demo();
    preset.disk.layout = Some(Layout::Alongside);
    let mut driver = on_summary("table-windows-measured", Language::English, preset);
    let texts = plain_texts(&mut driver);
    let bars = texts.iter().position(|text| text == "Now").unwrap();
    let (told, below) = texts.split_at(bars);
    let has = |texts: &[String], words: &str| texts.iter().any(|text| text.contains(words));
    assert!(told.contains(&"Nothing is erased.".to_owned()), "{told:?}");
    assert!(has(told, "is made smaller: from"), "{told:?}");
    assert!(
        !has(told, "power cut") && has(below, "power cut"),
        "{texts:?}"
    );
    assert!(!driver.shows("Partition by partition"));
}

/// Beside home folders in a btrfs, where that is the only one: nothing is left to choose.
#[test]
fn the_file_system_is_the_one_of_the_plan() {
    let mut preset = demo();
    preset.disk.choose = crate::preset::Preset::default().disk.choose;
    preset.disk.layout = Some(Layout::KeepHome);
    let mut driver = on_summary("table-found-fedora", Language::English, preset);
    assert!(driver.wizard.draft.outline().is_some());
    assert!(driver.shows("btrfs  ·  Compressed memory"));
    assert!(!driver.shows("ext4  ·  Compressed memory"));
    assert_eq!(driver.wizard.disk.missing(&driver.wizard.draft), None);
}

/// A name is told apart from the Arabic words around it, so that its own ends stay at it.
#[test]
fn a_system_that_is_replaced_is_named_once() {
    let mut preset = demo();
    preset.disk.layout = Some(Layout::Replace);
    preset.disk.system = Some(FoundSystem::Windows);
    let mut driver = on_summary("windows-laptop", Language::English, preset);
    let texts = plain_texts(&mut driver);
    assert!(
        texts.iter().any(|text| text == "Replace Windows"),
        "{texts:?}"
    );
}

#[test]
fn names_stand_apart_among_arabic_words() {
    let mut driver = on_summary("table-windows-measured", Language::Arabic, demo());
    driver.tab_to("by-number");
    driver.press(Named::Space);
    // Blanks at which lines may break stand in it, too, with a mark each.
    let texts = driver.texts().into_iter();
    let mut texts = texts.map(|(text, _)| text.replace("\u{200e}\u{200a}", ""));
    let name = "القسم \u{200f}\u{200e}3\u{200e}\u{200f} «\u{200f}\u{200e}Basic data partition\u{200e}\u{200f}»";
    assert!(texts.any(|text| text.starts_with(name)));
    let mut driver = on_summary("table-windows-measured", Language::German, demo());
    assert!(!driver.shows("\u{200e}"));
}

#[test]
fn what_is_to_be_mended_comes_first_and_leads_to_its_page() {
    let mut preset = demo();
    preset.desktop.environment = Some(Environment::None);
    preset.software.flatpak = Some(true);
    let mut driver = on_summary("table-windows-measured", Language::English, preset);
    assert!(driver.wizard.draft.plan().is_none());
    assert!(driver.shows("Something needs to be fixed first"));
    assert!(!driver.shows("Ready when you are"));
    assert!(!driver.shows("Files of the new system"), "there are none");
    driver.tab_to("to-software");
    driver.press(Named::Enter);
    assert_eq!(driver.wizard.page, Page::Software);
}

/// A preset that names a disk and no layout means all of that disk, and nobody has chosen that.
#[test]
fn a_preset_is_not_saved_before_it_is_chosen_what_becomes_of_the_disk() {
    let mut preset = demo();
    preset.disk = crate::preset::DiskPreset::default();
    let mut driver = on_summary("laptop-intel-windows", Language::English, preset);
    driver.send(Message::Disk(disk::Message::Choose(0)));
    let chosen = &driver.wizard.draft.preset().disk;
    assert!(chosen.choose != DiskChoice::Only && chosen.layout.is_none());
    assert!(driver.shows("It can be saved once it is chosen what becomes of the disk."));
    driver.click("Save as preset");
    assert!(!driver.sent.iter().any(|sent| sent.contains("Save")));
    driver.send(Message::Disk(disk::Message::Layout(Layout::Erase)));
    assert!(!driver.shows("It can be saved once"));
    driver.click("Save as preset");
    assert!(driver.sent.iter().any(|sent| sent.contains("Save")));
}

/// A page that is not complete is told, too, and led to.
#[test]
fn what_a_page_lacks_leads_there() {
    let mut driver = on_summary("table-windows-measured", Language::English, demo());
    assert!(driver.shows("Ready when you are"));
    driver.wizard.users.forget();
    assert!(driver.wizard.draft.plan().is_some());
    assert!(driver.shows("Something needs to be fixed first"));
    driver.tab_to("to-users");
    driver.press(Named::Enter);
    assert_eq!(driver.wizard.page, Page::Users);
}

#[test]
fn what_is_otherwise_than_usual_is_told() {
    let unusual = [
        "Formats",
        "Access by SSH",
        "Log in automatically",
        "Kernel",
        "Boot loader",
        "Upgrades",
        "Open ports",
    ];
    let mut driver = on_summary("table-windows-measured", Language::English, demo());
    let texts = plain_texts(&mut driver);
    for name in unusual {
        assert!(!texts.iter().any(|text| text == name), "{name}");
    }
    let more = "version = 1\n[locale]\nlanguage = \"de_DE.UTF-8\"\nformats = \"de_AT.UTF-8\"\n\
        [network]\nssh = \"passwords\"\ntcp_ports = [8080]\nudp_ports = [53]\n\
        [[network.wired]]\ninterface = \"enp3s0\"\naddresses = [\"192.168.1.10/24\"]\n\
        gateways = [\"192.168.1.1\"]\nname_servers = [\"192.168.1.1\"]\n\
        [[users]]\nname = \"ada\"\nfull_name = \"Ada Lovelace\"\nadministrator = true\n\
        [desktop]\nenvironment = \"none\"\n\
        [system]\nkernel = \"6.12\"\nboot_loader = \"grub\"\nupgrades = \"next_start\"\n\
        [configuration]\nshape = \"flake\"\n";
    let mut preset = crate::preset::read(more, "more").unwrap();
    preset.desktop.autologin = "ada".parse().ok();
    let mut driver = on_summary("table-windows-measured", Language::German, preset);
    let texts = plain_texts(&mut driver);
    for (name, value) in [
        ("Formate", "Deutsch (Österreich)"),
        ("Sprache", "Deutsch (Deutschland)"),
        (
            "Netzwerk",
            "enp3s0 192.168.1.10/24  ·  Router: 192.168.1.1  ·  Nameserver: 192.168.1.1",
        ),
        ("Benutzer", "Ada Lovelace (ada)  ·  Verwalter"),
        ("Offene Ports", "8080 TCP, 53 UDP"),
        ("Zugang über SSH", "mit einem Schlüssel oder einem Passwort"),
        ("Automatisch anmelden", "Ada Lovelace (ada)"),
        ("Kernel", "Linux 6.12"),
        ("Bootloader", "GRUB"),
        ("Updates", "Jede Nacht, für den nächsten Start"),
        ("Woher NixOS kommt", "Flake"),
        ("Desktop", "Kein Desktop"),
    ] {
        let told = texts.windows(2).any(|two| two == [name, value]);
        assert!(told, "{name}: {texts:?}");
    }
}

#[test]
fn a_container_that_stays_is_shown_with_what_is_made_in_it() {
    let preset = include_str!("../../../tests/presets/manual-unlock-root.toml");
    let preset = crate::preset::read(preset, "unlock").unwrap();
    let mut driver = on_summary("table-luks-home", Language::English, preset);
    let texts = plain_texts(&mut driver);
    let told = texts
        .windows(2)
        .any(|two| two == ["NixOS", "60 GiB  ·  btrfs  ·  encrypted"]);
    assert!(told, "{texts:?}");
}

/// A picture of the last page is drawn without a person, who would have chosen.
#[test]
fn what_nobody_chose_is_missing_and_not_erased() {
    let text = "version = 1\n[[users]]\nname = \"ada\"\nadministrator = true\n";
    let preset = crate::preset::read(text, "ada").unwrap();
    let mut driver = on_summary("laptop-intel-windows", Language::English, preset.clone());
    assert_eq!(driver.wizard.draft.preset().disk.layout, None);
    assert!(driver.wizard.why_not_next().is_some());
    assert!(driver.shows("Choose what becomes of the disk."));
    assert!(
        !driver.shows("with all programs and files"),
        "nothing is lost so far"
    );
    let mut asked = preset;
    asked.disk.layout = Some(Layout::Erase);
    let mut driver = on_summary("laptop-intel-windows", Language::English, asked);
    assert!(driver.shows("Windows, with all programs and files"));
}

/// Nobody has to scroll for what is lost, however much there is to be warned of.
#[test]
fn what_is_lost_is_seen_first_in_the_smallest_window() {
    let mut preset = demo();
    preset.users[0].administrator = false;
    let size = Size::new(1024.0, 600.0);
    let mut driver = Driver::of(recorded("laptop-intel-windows"), preset, size, None);
    let task = driver.wizard.go_to(Page::Summary);
    driver.operate(task);
    let told = driver.wizard.draft.outline().unwrap().losses().count();
    let warnings = driver.wizard.draft.problems().len();
    assert!(told == 4 && warnings > 0, "{told} {warnings}");
    let texts = driver.texts();
    let lost = ["Windows, with all programs", "and its small partitions: "];
    for lost in lost {
        let found = texts.iter().find(|(text, _)| text.starts_with(lost));
        let (_, bounds) = found.unwrap();
        assert!(bounds.y + bounds.height < 535.0, "{lost}: {bounds:?}");
    }
}

#[test]
fn a_btrfs_that_gets_the_new_system_in_subvolumes_is_called_nixos_afterwards() {
    let preset = include_str!("../../../tests/presets/manual-new-subvolumes.toml");
    let preset = crate::preset::read(preset, "subvolumes").unwrap();
    let mut driver = on_summary("table-dual-linux", Language::English, preset);
    let texts = plain_texts(&mut driver);
    let told = texts.iter().any(|text| text.starts_with("NixOS in "));
    assert!(told, "{texts:?}");
}

#[test]
fn each_disk_is_named_before_what_becomes_of_its_partitions() {
    let preset = include_str!("../../../tests/presets/manual-two-disks.toml");
    let preset = crate::preset::read(preset, "two").unwrap();
    let mut driver = on_summary("two-equal-disks", Language::English, preset);
    let texts = plain_texts(&mut driver);
    let names = ["Disk", "Partitions"];
    let named: Vec<&String> = texts
        .iter()
        .filter(|t| names.contains(&t.as_str()))
        .collect();
    // The first is that of the page, in the list beside it.
    assert_eq!(
        named[named.len() - 4..],
        ["Disk", "Partitions", "Disk", "Partitions"]
    );
}

#[test]
fn programs_that_a_desktop_brings_are_told() {
    let mut preset = demo();
    preset.software.packages = vec!["firefox".parse().unwrap(), "git".parse().unwrap()];
    let mut driver = on_summary("qemu-uefi", Language::English, preset.clone());
    assert!(driver.shows("git  ·  GNOME brings its own, and Firefox"));
    preset.software.packages.clear();
    let mut driver = on_summary("qemu-uefi", Language::German, preset.clone());
    assert!(driver.shows("GNOME bringt eigene mit, dazu Firefox"));
    preset.desktop.environment = Some(Environment::None);
    let mut driver = on_summary("qemu-uefi", Language::English, preset);
    assert!(!driver.shows("brings its own"));
}
