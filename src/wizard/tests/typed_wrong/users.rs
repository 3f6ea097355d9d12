//! The Users page.

use super::{Driver, Page, Row, on, press, replace};
use crate::secret::Secret;
use crate::wizard::tests::PASSWORD;
use iced::keyboard::key::Named;

const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f ada@laptop";

/// Everyone has a password.
fn with_passwords(mut driver: Driver) -> Driver {
    driver.wizard.users.fill_in(&Secret::new(PASSWORD));
    driver
}

fn one() -> Driver {
    let mut driver = on(Page::Users, "qemu-uefi", "version = 1");
    driver.write("Ada");
    with_passwords(driver)
}

fn two() -> Driver {
    let mut driver = one();
    press(&mut driver, "add-person");
    driver.write("Bob");
    with_passwords(driver)
}

/// Both have login names of their own choice.
fn two_written() -> Driver {
    let mut driver = two();
    replace(&mut driver, "login-2", "bob");
    driver
}

fn with_root() -> Driver {
    let mut driver = one();
    press(&mut driver, "root");
    with_passwords(driver)
}

fn with_keys() -> Driver {
    let mut driver = one();
    press(&mut driver, "person-more");
    driver
}

fn with_a_key() -> Driver {
    let mut driver = with_keys();
    driver.tab_to("ssh-key");
    driver.write(KEY);
    driver.press(Named::Enter);
    driver
}

fn send(driver: &mut Driver) {
    driver.press(Named::Enter);
}

pub(super) fn rows() -> Vec<Row> {
    let long = "a".repeat(32);
    let host = "a".repeat(64);
    let at = Row::new;
    vec![
        at(one, "full-name", "Ada: Lovelace", "full-name-form")
            .told_in_the_bar()
            .mended("Ada"),
        at(two, "full-name-2", "Bob:", "full-name-form")
            .told_in_the_bar()
            .mended("Bob"),
        at(one, "login", "Ada!", "login-form")
            .told_in_the_bar()
            .mended("ada"),
        at(one, "login", &long, "login-form")
            .told_in_the_bar()
            .mended("ada"),
        at(one, "login", "root", "login-of-system")
            .told_in_the_bar()
            .mended("ada"),
        at(one, "login", "", "users-missing-login")
            .told_in_the_bar()
            .mended("ada"),
        at(two, "login-2", "1bob", "login-form")
            .told_in_the_bar()
            .mended("bob"),
        at(two, "login-2", "wheel", "login-of-system")
            .told_in_the_bar()
            .mended("bob"),
        at(two, "login-2", "", "users-missing-login")
            .told_in_the_bar()
            .mended("bob"),
        at(two, "login-2", "ada", "users-missing-same")
            .told_in_the_bar()
            .mended("bob"),
        // Whoever is written last is told, too.
        at(two_written, "login", "bob", "users-missing-same")
            .told_in_the_bar()
            .mended("ada"),
        at(one, "host", "my computer", "host-form")
            .closes_the_way("users-missing-host")
            .mended("alm"),
        at(one, "host", "alm-", "host-form")
            .closes_the_way("users-missing-host")
            .mended("alm"),
        at(one, "host", &host, "host-form")
            .closes_the_way("users-missing-host")
            .mended("alm"),
        at(one, "host", "", "users-missing-host")
            .told_in_the_bar()
            .mended("alm"),
        at(one, "repeat", "Kuckuck", "users-missing-repeat")
            .told_in_the_bar()
            .mended(PASSWORD),
        at(two, "repeat-2", "Kuckuck", "users-missing-repeat")
            .told_in_the_bar()
            .mended(PASSWORD),
        at(two, "password-2", "", "users-missing-password")
            .told_in_the_bar()
            .mended(PASSWORD),
        at(with_root, "repeat-root", "x", "users-missing-repeat")
            .told_in_the_bar()
            .mended(PASSWORD),
        at(with_root, "password-root", "", "users-missing-root")
            .told_in_the_bar()
            .mended(PASSWORD),
        at(with_keys, "ssh-key", "ssh-ed25519 AAAA", "ssh-key-damaged")
            .then(send)
            .closes_the_way("ssh-key-unused"),
        at(with_keys, "ssh-key", "hello", "ssh-key-form")
            .then(send)
            .closes_the_way("ssh-key-unused"),
        at(with_a_key, "ssh-key", KEY, "ssh-key-twice")
            .then(send)
            .closes_the_way("ssh-key-unused"),
        // It is not kept, so there is nothing to wait for.
        at(
            with_keys,
            "ssh-key",
            "-----BEGIN OPENSSH PRIVATE KEY",
            "ssh-key-private",
        )
        .mended("s"),
    ]
}
