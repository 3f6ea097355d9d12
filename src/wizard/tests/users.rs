//! The Users page: names that are suggested, and what is said of a password.

use super::PASSWORD;
use super::driver::{Driver, recorded};
use crate::i18n::Language;
use crate::plan::{Action, Plan, Seed, resolve};
use crate::preset::Preset;
use crate::strength::Score;
use crate::wizard::page::{Page, welcome};
use crate::wizard::{Message, page};
use iced::advanced::widget::Id;
use iced::keyboard::key::{Code, Named};

pub(super) fn on_users(machine: &str) -> Driver {
    let mut driver = Driver::new(machine);
    let task = driver.wizard.go_to(Page::Users);
    driver.operate(task);
    driver
}

#[test]
fn names_are_suggested_from_the_person_and_from_the_computer() {
    let mut driver = on_users("laptop-intel-windows");
    let preset = driver.wizard.draft.preset().clone();
    let machine = driver.wizard.draft.machine();
    let likeliest = crate::suggest::host_names(machine, None).into_iter().next();
    assert!(preset.network.host_name.is_some());
    assert_eq!(preset.network.host_name, likeliest);
    driver.write("Jürgen Groß");
    let logins = |driver: &Driver| driver.wizard.draft.preset().users[0].name.to_string();
    assert_eq!(logins(&driver), "jurgen");
    let german = Message::Welcome(welcome::Message::Language(Language::German));
    driver.send(german);
    driver.write(" ");
    assert_eq!(logins(&driver), "juergen", "as Germans write it");
    // Another of the names is a click away, and stays when the full name goes on.
    driver.click("jgross");
    assert_eq!(logins(&driver), "jgross");
    let longer = page::users::PersonMessage::FullName("Jürgen Groß Meier".to_owned());
    let longer = page::users::Message::Person(0, longer);
    driver.send(Message::Users(longer));
    assert_eq!(logins(&driver), "jgross");
}

#[test]
fn from_the_login_name_it_is_one_step_to_the_password_and_arrows_take_what_is_suggested() {
    let mut driver = on_users("qemu-uefi");
    driver.write("Jürgen Groß");
    let login = |driver: &Driver| driver.wizard.draft.preset().users[0].name.to_string();
    let first = login(&driver);
    driver.press(Named::Tab);
    assert_eq!(driver.focus(), Some(Id::new("login")));
    driver.press(Named::ArrowDown);
    let second = login(&driver);
    assert!(first != second && driver.shows(&first), "{first} {second}");
    driver.press(Named::ArrowUp);
    assert_eq!(login(&driver), first);
    driver.press(Named::Tab);
    assert_eq!(driver.focus(), Some(Id::new("password")));
}

#[test]
fn a_name_that_the_system_uses_is_told_as_that() {
    let mut driver = on_users("qemu-uefi");
    driver.tab_to("login");
    driver.write("root");
    assert!(driver.shows("The system itself uses this name."));
    assert!(!driver.shows("A login name is missing."));
    assert_eq!(driver.wizard.why_not_next(), Some("login-of-system"));
    driver.write("Ä");
    assert_eq!(driver.wizard.why_not_next(), Some("login-form"));
}

#[test]
fn a_name_that_was_written_stays_and_an_emptied_field_follows_again() {
    let mut driver = on_users("qemu-uefi");
    driver.write("Ada Lovelace");
    driver.tab_to("login");
    driver.write("x");
    let login = |driver: &Driver| driver.wizard.draft.preset().users[0].name.to_string();
    assert_eq!(login(&driver), "adax");
    for _ in 0.."adax".len() {
        driver.press(Named::Backspace);
    }
    assert!(driver.shows("A login name is missing."));
    driver.tab_to("full-name");
    driver.write("n");
    assert!(login(&driver).starts_with("ada"));
}

#[test]
fn a_weak_password_is_told_with_its_reason_and_does_not_stop_anyone() {
    let mut driver = on_users("qemu-uefi");
    driver.write("Ada");
    driver.tab_to("password");
    driver.write("password");
    assert!(driver.shows("Very weak") && driver.shows("ten most common passwords"));
    driver.tab_to("repeat");
    driver.write("password");
    assert_eq!(driver.wizard.why_not_next(), None);
    driver.tab_to("password");
    for _ in 0.."password".len() {
        driver.press(Named::Backspace);
    }
    assert!(!driver.shows("Very weak"), "an empty field is not judged");
    driver.write("vulkan tinte ofen birke 7");
    assert!(driver.shows("Strong") && !driver.shows("common passwords"));
}

#[test]
fn a_password_of_ones_own_names_is_weak() {
    let mut driver = on_users("qemu-uefi");
    driver.tab_to("password");
    driver.write("zebulonquist");
    let before = driver.wizard.users.score();
    driver.tab_to("full-name");
    driver.write("Zebulon Quist");
    let after = driver.wizard.users.score();
    assert!(after < before, "{before:?} {after:?}");
    assert!(after <= Some(Score::Weak));
}

#[test]
fn answers_about_a_password_do_not_hold_it() {
    let mut driver = on_users("qemu-uefi");
    driver.tab_to("password");
    driver.write(PASSWORD);
    assert!(driver.sent.iter().any(|sent| sent.contains("Measured")));
    assert!(driver.sent.iter().all(|sent| !sent.contains("Kuckuck")));
    assert!(!format!("{:?}", driver.wizard.users).contains("Kuckuck"));
}

pub(super) fn press(driver: &mut Driver, id: &'static str) {
    driver.tab_to(id);
    driver.press(Named::Space);
}

#[test]
fn one_person_at_most_is_logged_in_by_themselves_and_goes_with_their_name() {
    let mut driver = on_users("qemu-uefi");
    driver.write("Ada");
    press(&mut driver, "add-person");
    driver.write("Bob");
    let by_itself = |driver: &Driver| {
        let name = driver.wizard.draft.preset().desktop.autologin.clone();
        name.map(|name| name.to_string())
    };
    press(&mut driver, "autologin");
    assert_eq!(by_itself(&driver).as_deref(), Some("ada"));
    press(&mut driver, "autologin-2");
    assert_eq!(by_itself(&driver).as_deref(), Some("bob"));
    driver.tab_to("login-2");
    driver.write("by");
    assert_eq!(by_itself(&driver).as_deref(), Some("bobby"));
    press(&mut driver, "person-remove-2");
    assert_eq!(by_itself(&driver), None);
}

#[test]
fn the_second_person_is_no_administrator_unless_ticked() {
    let mut driver = on_users("qemu-uefi");
    driver.write("Ada");
    press(&mut driver, "add-person");
    driver.write("Bob");
    let rights = |driver: &Driver| {
        let users = driver.wizard.draft.preset().users.iter();
        users.map(|user| user.administrator).collect::<Vec<_>>()
    };
    assert_eq!(rights(&driver), [true, false]);
    press(&mut driver, "administrator-2");
    assert_eq!(rights(&driver), [true, true]);
}

#[test]
fn a_password_is_what_the_keys_give_with_the_chosen_layout() {
    let mut driver = on_users("qemu-uefi");
    let german = |preset: &mut crate::preset::Preset| preset.keyboard.layout = "de".parse().ok();
    driver.wizard.draft.edit(german);
    driver.tab_to("password");
    driver.press_code(Code::KeyY, "y");
    driver.press_code(Code::Minus, "-");
    assert_eq!(driver.wizard.users.password(), "zß");
    // Names are shown while they are written, and asked for by no key.
    driver.tab_to("login");
    driver.press_code(Code::KeyY, "y");
    assert_eq!(driver.wizard.draft.preset().users[0].name.as_str(), "y");
}

#[test]
fn a_full_name_that_can_not_be_one_is_told() {
    let mut driver = on_users("qemu-uefi");
    driver.write("Ada: Lovelace");
    assert!(driver.shows("A name can't hold a colon."));
    let missing = driver.wizard.users.missing().unwrap();
    assert_eq!(missing.key(), "full-name-form");
}

/// It gives none, and without a window there is nobody to suggest one to.
#[test]
fn a_preset_without_a_host_name_gets_the_same_with_and_without_the_wizard() {
    let text = "version = 1\n[disk]\nlayout = \"erase\"\n[[users]]\nname = \"ada\"\n\
                administrator = true\n";
    let preset = crate::preset::read(text, "ada").unwrap();
    let size = iced::Size::new(1024.0, 2000.0);
    let machine = recorded("laptop-intel-windows");
    let host = |plan: &Plan| {
        let mut lines = Vec::new();
        for step in &plan.steps {
            if let Action::WriteFiles { files } = &step.action {
                let all = files.iter().flat_map(|file| file.text.lines());
                lines.extend(all.filter(|line| line.contains("networking.hostName")));
            }
        }
        lines.join(" ").trim().to_owned()
    };
    let plan = resolve(&machine, &preset, Seed::new([3; 32])).unwrap();
    let without = host(&plan);
    assert_eq!(without, "networking.hostName = \"nixos\";");
    let given = Driver::of(machine.clone(), preset.clone(), size, None);
    let mut taken = Driver::of(machine, Preset::default(), size, None);
    let task = taken.wizard.take_preset(preset);
    taken.operate(task);
    for mut driver in [given, taken] {
        let task = driver.wizard.go_to(Page::Users);
        driver.operate(task);
        let plan = driver.wizard.draft.outline().unwrap();
        assert_eq!(host(plan), without);
        // It can be changed for one of the computer's with a click.
        driver.click("lenovo-laptop");
        assert_ne!(host(driver.wizard.draft.outline().unwrap()), without);
    }
}
