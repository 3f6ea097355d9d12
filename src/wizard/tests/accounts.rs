//! The Users page: everyone who can log in, with which password and which keys.

use super::driver::{Driver, recorded};
use super::users::{on_users, press};
use crate::engine::NewPassword;
use crate::plan::Account;
use crate::preset::{Password, Ssh};
use crate::wizard::page::Page;
use crate::wizard::secrets::hand_over;
use iced::keyboard::key::Named;

const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f ada@laptop";

/// Types a password twice, into the fields whose names end so.
fn type_password(driver: &mut Driver, fields: [&'static str; 2], password: &str) {
    for field in fields {
        driver.tab_to(field);
        driver.write(password);
    }
}

fn logins(driver: &Driver) -> Vec<String> {
    let users = driver.wizard.draft.preset().users.iter();
    users.map(|user| user.name.to_string()).collect()
}

/// What the engine would get for each account.
fn handed_over(driver: &Driver) -> Vec<(Account, String)> {
    let wizard = &driver.wizard;
    let plan = wizard.draft.plan().expect("a plan");
    let (preset, typed) = (wizard.draft.preset(), wizard.users.typed());
    let handover = hand_over(plan, preset, &typed, &wizard.disk);
    let accounts = handover.secrets.accounts.into_iter();
    let shown = accounts.map(|(account, password)| match password {
        NewPassword::Plain(plain) => (account, plain.expose().to_owned()),
        NewPassword::Hash(hash) => (account, hash.secret().expose().to_owned()),
    });
    shown.collect()
}

fn user(name: &str) -> Account {
    Account::User(name.parse().unwrap())
}

#[test]
fn more_people_and_root_get_their_passwords_and_they_stay_secret() {
    let mut driver = on_users("qemu-uefi");
    driver.write("Ada Lovelace");
    type_password(&mut driver, ["password", "repeat"], "first Kuckuck 1");
    press(&mut driver, "add-person");
    assert_eq!(driver.focus(), Some("full-name-2".into()));
    driver.write("Ada Byron");
    // The likeliest name is taken.
    assert_eq!(logins(&driver), ["ada", "ada.byron"]);
    assert_eq!(driver.wizard.why_not_next(), Some("users-missing-password"));
    type_password(&mut driver, ["password-2", "repeat-2"], "second Kuckuck 2");
    assert_eq!(driver.wizard.why_not_next(), None);
    press(&mut driver, "root");
    assert_eq!(driver.wizard.why_not_next(), Some("users-missing-root"));
    type_password(
        &mut driver,
        ["password-root", "repeat-root"],
        "third Kuckuck 3",
    );
    assert_eq!(driver.wizard.why_not_next(), None);

    let told = handed_over(&driver);
    let wanted = [
        (Account::Root, "third Kuckuck 3".to_owned()),
        (user("ada"), "first Kuckuck 1".to_owned()),
        (user("ada.byron"), "second Kuckuck 2".to_owned()),
    ];
    assert_eq!(told.len(), wanted.len());
    assert!(
        wanted.iter().all(|account| told.contains(account)),
        "{told:?}"
    );
    let preset = crate::preset::write(driver.wizard.draft.preset()).unwrap();
    let state = format!("{:?} {:?}", driver.wizard.users, driver.wizard.draft);
    let shown: Vec<String> = driver.texts().into_iter().map(|(text, _)| text).collect();
    for place in driver.sent.iter().chain(&shown).chain([&preset, &state]) {
        assert!(!place.contains("Kuckuck"), "{place}");
    }
    driver.wizard.users.forget();
    assert!(
        driver
            .wizard
            .users
            .typed()
            .iter()
            .all(|(_, typed)| typed.expose().is_empty())
    );

    press(&mut driver, "person-remove-2");
    assert_eq!(logins(&driver), ["ada"]);
    press(&mut driver, "root");
    assert_eq!(driver.wizard.draft.preset().root, None);
}

#[test]
fn two_people_can_not_have_one_login_name() {
    let mut driver = on_users("qemu-uefi");
    driver.write("Ada");
    press(&mut driver, "add-person");
    driver.write("Bob");
    driver.tab_to("login-2");
    for _ in 0.."bob".len() {
        driver.press(Named::Backspace);
    }
    driver.write("ada");
    assert_eq!(driver.wizard.why_not_next(), Some("users-missing-same"));
    assert!(driver.shows("Two people have the same login name."));
}

#[test]
fn what_a_preset_leaves_open_is_asked_and_a_hash_is_taken_as_it_is() {
    let hash = "$y$j9T$abcdefghijklmnop$xxI14acrF4kcY59GsyqJ1DqdhVdc9N0f1.omTKnq.61";
    let text = format!(
        "version = 1\n[[users]]\nname = \"ada\"\nadministrator = true\nshell = \"fish\"\n\
         password = {{ hash = \"{hash}\" }}\n[[users]]\nname = \"bob\"\ngroups = [\"dialout\"]\n\
         [root]\npassword = \"ask\"\n[desktop]\nenvironment = \"none\"\nautologin = \"bob\"\n"
    );
    let preset = crate::preset::read(&text, "test").unwrap();
    let size = iced::Size::new(1024.0, 600.0);
    let mut driver = Driver::of(recorded("qemu-uefi"), preset.clone(), size, None);
    let task = driver.wizard.go_to(Page::Users);
    driver.operate(task);
    assert!(driver.shows("holds this password as a hash") && !driver.shows(hash));
    assert_eq!(driver.wizard.why_not_next(), Some("users-missing-password"));
    type_password(&mut driver, ["password-2", "repeat-2"], "bob 123");
    assert_eq!(driver.wizard.why_not_next(), Some("users-missing-root"));
    type_password(&mut driver, ["password-root", "repeat-root"], "root 123");
    assert_eq!(driver.wizard.why_not_next(), None);
    // What the page does not ask for is still as the preset had it.
    let now = driver.wizard.draft.preset();
    assert_eq!((&now.users, &now.root), (&preset.users, &preset.root));
    assert_eq!(now.desktop.autologin, preset.desktop.autologin);
    let told = handed_over(&driver);
    for account in [
        (user("ada"), hash.to_owned()),
        (user("bob"), "bob 123".to_owned()),
        (Account::Root, "root 123".to_owned()),
    ] {
        assert!(told.contains(&account), "{told:?}");
    }
    // Another one in place of the hash.
    press(&mut driver, "password-anew");
    assert_eq!(driver.wizard.why_not_next(), Some("users-missing-password"));
    type_password(&mut driver, ["password", "repeat"], "ada 123");
    assert!(handed_over(&driver).contains(&(user("ada"), "ada 123".to_owned())));
    assert_eq!(
        driver.wizard.draft.preset().users[0].password,
        Password::Ask
    );
}

#[test]
fn keys_are_added_with_their_mistakes_told_and_open_the_server() {
    let mut driver = on_users("qemu-uefi");
    driver.write("Ada");
    press(&mut driver, "person-more");
    driver.tab_to("ssh-key");
    driver.write("ssh-ed25519 AAAA");
    driver.press(Named::Enter);
    assert!(driver.shows("A part of this key is missing"));
    for _ in 0.."ssh-ed25519 AAAA".len() {
        driver.press(Named::Backspace);
    }
    driver.write("hello");
    press(&mut driver, "ssh-key-add");
    assert!(driver.shows("This is no public key"));
    driver.tab_to("ssh-key");
    for _ in 0.."hello".len() {
        driver.press(Named::Backspace);
    }
    driver.write(KEY);
    driver.press(Named::Enter);
    let preset = driver.wizard.draft.preset();
    assert_eq!(preset.users[0].ssh_keys[0].as_str(), KEY);
    assert_eq!(
        preset.network.ssh,
        Some(Ssh::Keys),
        "a key alone opens nothing"
    );
    assert!(driver.shows("ada@laptop"));
    driver.tab_to("ssh-key");
    driver.write(KEY);
    driver.press(Named::Enter);
    assert!(driver.shows("This key is there already."));
    press(&mut driver, "ssh-server");
    assert_eq!(driver.wizard.draft.preset().network.ssh, None);
    press(&mut driver, "ssh-key-remove-0");
    assert!(driver.wizard.draft.preset().users[0].ssh_keys.is_empty());
}

#[test]
fn a_private_key_that_is_pasted_by_mistake_is_not_kept() {
    let mut driver = on_users("qemu-uefi");
    press(&mut driver, "person-more");
    driver.tab_to("ssh-key");
    driver.write("-----BEGIN OPENSSH PRIVATE KEY");
    assert!(driver.shows("This is a private key."));
    assert!(!format!("{:?}", driver.wizard.users).contains("OPENSSH"));
    assert!(driver.sent.iter().all(|sent| !sent.contains("PRIVATE")));
    assert!(!driver.shows("OPENSSH"));
}

#[test]
fn a_server_that_the_preset_turns_off_stays_off_and_one_with_passwords_keeps_them() {
    let user = format!("[[users]]\nname = \"ada\"\nssh_keys = [\"{KEY}\"]\n");
    let with = |ssh: &str| {
        let text = format!("version = 1\n[network]\nssh = \"{ssh}\"\n{user}");
        let preset = crate::preset::read(&text, "ada").unwrap();
        let size = iced::Size::new(1024.0, 600.0);
        let mut driver = Driver::of(recorded("qemu-uefi"), preset, size, None);
        let task = driver.wizard.go_to(Page::Users);
        driver.operate(task);
        driver
    };
    let ssh = |driver: &Driver| driver.wizard.draft.preset().network.ssh;
    let mut driver = with("off");
    assert_eq!(ssh(&driver), Some(Ssh::Off));
    // The box is not ticked: one press turns the server on.
    press(&mut driver, "ssh-server");
    assert_eq!(ssh(&driver), Some(Ssh::Keys));
    let mut driver = with("passwords");
    press(&mut driver, "ssh-server");
    assert_eq!(ssh(&driver), None);
    press(&mut driver, "ssh-server");
    assert_eq!(ssh(&driver), Some(Ssh::Passwords));
}

#[test]
fn the_summary_names_everyone_who_can_log_in() {
    let mut driver = Driver::on(Page::Summary);
    driver.wizard.draft.edit(|preset| {
        let mut second = preset.users[0].clone();
        second.name = "bob".parse().unwrap();
        second.full_name = "Bob Dylan".parse().ok();
        preset.users.push(second);
        preset.root = Some(crate::preset::Root {
            password: Password::Ask,
        });
    });
    for person in ["Maria Silva (maria)", "Bob Dylan (bob)", "root"] {
        assert!(driver.shows(person), "{person}: {:?}", driver.texts());
    }
}

#[test]
fn what_further_people_lack_is_told_beside_their_fields() {
    let mut driver = on_users("qemu-uefi");
    driver.write("Ada Lovelace");
    type_password(&mut driver, ["password", "repeat"], "first Kuckuck 1");
    press(&mut driver, "add-person");
    let told = |driver: &mut Driver, words: &str| {
        let texts = driver.texts();
        texts.into_iter().filter(|(text, _)| text == words).count()
    };
    // Of somebody who has just come nothing is wrong; the bar at the bottom says what stops the way.
    assert!(driver.shows("Give a name, or leave this person out."));
    assert_eq!(told(&mut driver, "A login name is missing."), 1);
    driver.write("Grace Hopper");
    assert!(!driver.shows("Give a name, or leave"));
    assert_eq!(
        told(&mut driver, "A password is missing."),
        2,
        "there, and in the bar"
    );
    driver.tab_to("login-2");
    for _ in 0.."grace".len() {
        driver.press(Named::Backspace);
    }
    assert_eq!(told(&mut driver, "A login name is missing."), 2);
    driver.write("grace");
    type_password(&mut driver, ["password-2", "repeat-2"], "second Kuckuck 2");
    assert_eq!(told(&mut driver, "A password is missing."), 0);
    assert_eq!(driver.wizard.why_not_next(), None);
    press(&mut driver, "root");
    assert_eq!(told(&mut driver, "A password for root is missing."), 2);
}
