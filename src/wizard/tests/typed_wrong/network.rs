//! The Network page. Nothing of it is needed: a form that was opened closes the way on by not being used, and
//! what is wrong in it closes its button.

use super::{Driver, Page, Row, on, press, replace};
use crate::network::News;
use crate::wizard::Message;
use crate::wizard::page::network::Message as OnPage;
use crate::wizard::tests::PASSWORD;
use crate::wizard::tests::network::house;

fn page() -> Driver {
    let mut driver = on(Page::Network, "qemu-uefi", "version = 1");
    driver.send(Message::Network(OnPage::News(News::Is(house()))));
    driver
}

fn wifi() -> Driver {
    let mut driver = page();
    press(&mut driver, "wifi-0");
    driver
}

fn hidden() -> Driver {
    let mut driver = page();
    press(&mut driver, "wifi-hidden");
    replace(&mut driver, "wifi-password", PASSWORD);
    driver
}

/// The form for fixed addresses, filled in with these.
fn form([address, gateway, servers]: [&str; 3]) -> Driver {
    let mut driver = page();
    press(&mut driver, "wired-form");
    replace(&mut driver, "wired-address", address);
    replace(&mut driver, "wired-gateway", gateway);
    replace(&mut driver, "wired-servers", servers);
    driver
}

fn wired() -> Driver {
    form(["192.168.1.10/24", "192.168.1.1", "9.9.9.9"])
}

/// What is typed is used, so that the preset has it, too.
fn use_it(driver: &mut Driver) {
    press(driver, "wired-fix");
    driver.send(Message::Network(OnPage::News(News::Connected)));
}

/// IPv4 is off there.
fn without_ipv4() -> Driver {
    form(["2001:db8::10/64", "2001:db8::1", "2620:fe::fe"])
}

pub(super) fn rows() -> Vec<Row> {
    let (long, name) = ("x".repeat(64), "\u{fc}".repeat(17));
    let at = Row::new;
    vec![
        at(wifi, "wifi-password", "kurz", "wifi-password-form")
            .closes("wifi-join")
            .mended(PASSWORD),
        at(wifi, "wifi-password", &long, "wifi-password-long")
            .closes("wifi-join")
            .mended(PASSWORD),
        at(hidden, "wifi-password", "kurz", "wifi-password-form")
            .then(|driver| replace(driver, "hidden-name", "Keller"))
            .closes("wifi-join")
            .mended(PASSWORD),
        at(hidden, "hidden-name", &name, "wifi-hidden-name-form")
            .closes("wifi-join")
            .mended("Keller"),
        at(wired, "wired-address", "192.168.1.10", "wired-address-form")
            .closes("wired-fix")
            .mended("192.168.1.10/24"),
        at(
            wired,
            "wired-address",
            "192.168.1.10/33",
            "wired-address-form",
        )
        .closes("wired-fix")
        .mended("192.168.1.10/24"),
        at(wired, "wired-address", "", "wired-address-form")
            .closes("wired-fix")
            .mended("192.168.1.10/24"),
        at(wired, "wired-gateway", "router", "wired-ip-form")
            .closes("wired-fix")
            .mended("192.168.1.1"),
        at(wired, "wired-servers", "9.9.9", "wired-ip-form")
            .closes("wired-fix")
            .mended("9.9.9.9"),
        at(
            wired,
            "wired-gateway",
            "192.168.2.1",
            "problem-gateway-outside",
        )
        .mended("192.168.1.1"),
        at(
            wired,
            "wired-gateway",
            "10.0.0.1",
            "problem-gateway-outside",
        )
        .then(use_it)
        .mended("192.168.1.1"),
        at(
            wired,
            "wired-gateway",
            "192.168.1.1 192.168.1.2",
            "problem-wired-left-out",
        )
        .mended("192.168.1.1"),
        at(wired, "wired-servers", "", "problem-no-name-servers").mended("9.9.9.9"),
        at(
            without_ipv4,
            "wired-servers",
            "9.9.9.9",
            "problem-wired-left-out",
        )
        .mended("2620:fe::fe"),
        at(page, "proxy", "proxy.example", "proxy-form").told_in_the_bar(),
        at(
            page,
            "proxy",
            "http://ada:hunter2@proxy:3128",
            "problem-proxy-password",
        )
        .told_in_the_bar(),
    ]
}
