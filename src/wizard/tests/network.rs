//! The Network page: what NetworkManager tells is shown, what is chosen is ordered, and nothing of it
//! is needed to go on.

use super::driver::Driver;
use crate::network::{
    Bus, Device, DeviceState, Failure, Link, Network, News, Order, Reach, Security, Ssid, Wifi,
};
use crate::plan;
use crate::secret::Secret;
use crate::wizard::page::Page;
use crate::wizard::page::network::{Action, Message as OnPage};
use crate::wizard::{Message, Wizard};
use iced::keyboard::key::Named;
use iced::keyboard::{Key, Modifiers};

const PASSWORD: &str = "Kuckucksuhr-17";

fn wifi(name: &str, security: Security, strength: u8) -> Wifi {
    Wifi {
        ssid: Ssid::new(name).unwrap(),
        security,
        strength,
        joined: false,
    }
}

/// What NetworkManager might say in a house among others.
pub(super) fn house() -> Network {
    let device = |name: &str, link, state| Device {
        interface: name.parse().unwrap(),
        link,
        state,
        profile: None,
    };
    let heard = vec![
        wifi("Almhütte", Security::Wpa2, 88),
        wifi("Nachbarn", Security::Wpa3, 61),
        wifi("Gasthof", Security::Open, 42),
        wifi("Amt", Security::Enterprise, 12),
    ];
    let cable = Link::Wired { carrier: false };
    Network {
        devices: vec![
            device("enp3s0", cable, DeviceState::Unavailable),
            device(
                "wlp2s0",
                Link::Wireless { heard },
                DeviceState::Disconnected,
            ),
        ],
        wifi_on: true,
        reach: Reach::None,
    }
}

/// The same, with the first network joined.
fn joined() -> Network {
    let mut network = house();
    network.reach = Reach::Full;
    for device in &mut network.devices {
        if let Link::Wireless { heard } = &mut device.link {
            heard[0].joined = true;
            device.state = DeviceState::Connected;
            device.profile = Some("Almhütte".to_owned());
        }
    }
    network
}

fn tell(driver: &mut Driver, news: News) {
    driver.send(Message::Network(OnPage::News(news)));
}

/// On the page, with NetworkManager as it was told.
fn on_page(network: Network) -> Driver {
    let mut driver = Driver::on(Page::Keyboard);
    tell(&mut driver, News::Is(network));
    let task = driver.wizard.go_to(Page::Network);
    driver.operate(task);
    driver
}

/// What a message makes the page ask for.
fn asked(wizard: &mut Wizard, message: OnPage) -> Action {
    wizard.network.update(message, &mut wizard.draft)
}

#[test]
fn a_network_is_joined_with_the_keyboard() {
    let mut driver = on_page(house());
    assert!(driver.shows("not connected") && driver.shows("Nachbarn"));
    assert_eq!(driver.focus(), Some("wifi-0".into()));
    driver.press(Named::Space);
    assert_eq!(driver.focus(), Some("wifi-password".into()));
    driver.write("kurz");
    assert!(driver.shows("At least 8 characters."));
    // Enter does nothing yet.
    driver.press(Named::Enter);
    assert!(!driver.shows("Joining"));
    for _ in 0..4 {
        driver.press(Named::Backspace);
    }
    driver.write(PASSWORD);
    driver.press(Named::Enter);
    assert!(driver.shows("Joining “Almhütte”"));
    tell(&mut driver, News::Failed(Failure::WrongPassword));
    assert!(driver.shows("did not take the password"));
    driver.tab_to("wifi-join");
    driver.press(Named::Space);
    assert!(!driver.shows("did not take the password"));
    tell(&mut driver, News::Is(joined()));
    tell(&mut driver, News::Connected);
    assert!(driver.shows("connected to “Almhütte”"));
    let state = format!("{:?}", driver.wizard.network);
    let sent = driver.sent.iter();
    assert!(sent.chain([&state]).all(|text| !text.contains("Kuckuck")));
    // What was typed is gone: another network begins with an empty field.
    let pick = super::super::page::network::Pick::Heard;
    let other = pick(Ssid::new("Nachbarn").unwrap(), Security::Wpa3);
    asked(&mut driver.wizard, OnPage::Pick(other));
    assert_eq!(asked(&mut driver.wizard, OnPage::Join), Action::None);
    // The way back leads to the page, though there is nothing to do on it by now.
    driver.press_with(Key::Named(Named::Enter), Modifiers::CTRL);
    assert_eq!(driver.wizard.page, Page::Disk);
    driver.press(Named::Escape);
    assert_eq!(driver.wizard.page, Page::Network);
}

#[test]
fn an_open_network_is_joined_with_the_mouse_and_a_closed_one_is_not() {
    let mut driver = on_page(house());
    driver.click("Amt");
    assert!(!driver.shows("Password of the network"));
    driver.click("Gasthof");
    assert!(driver.shows("Whoever is near"));
    assert_eq!(driver.focus(), Some("wifi-join".into()));
    driver.click("Join");
    assert!(driver.shows("Joining “Gasthof”"));
    tell(&mut driver, News::Failed(Failure::NoAddress));
    assert!(driver.shows("gave no address"));
}

#[test]
fn a_hidden_network_is_named_by_the_person() {
    let mut driver = on_page(house());
    driver.tab_to("wifi-hidden");
    driver.press(Named::Enter);
    assert_eq!(driver.focus(), Some("hidden-name".into()));
    driver.write("Keller");
    driver.tab_to("wifi-password");
    driver.write(PASSWORD);
    let security = OnPage::HiddenSecurity(Security::Wpa3);
    asked(&mut driver.wizard, security);
    let Action::Order(Order::Join(join)) = asked(&mut driver.wizard, OnPage::Join) else {
        panic!("it is complete");
    };
    assert_eq!((join.hidden, join.security), (true, Security::Wpa3));
    assert_eq!(join.ssid.to_string(), "Keller");
    assert_eq!(join.password.expose(), PASSWORD);
    // One attempt at a time.
    assert_eq!(asked(&mut driver.wizard, OnPage::Join), Action::None);
}

#[test]
fn a_fixed_address_goes_into_the_preset_too() {
    let mut driver = on_page(house());
    driver.tab_to("wired-form");
    driver.press(Named::Space);
    assert_eq!(driver.focus(), Some("wired-address".into()));
    driver.write("192.168.1.10");
    assert!(driver.shows("It looks like 192.168.1.10/24"));
    driver.write("/24");
    driver.tab_to("wired-gateway");
    driver.write("192.168.1.1");
    driver.tab_to("wired-servers");
    driver.write("9.9.9.9 2620:fe::fe");
    driver.tab_to("wired-fix");
    driver.press(Named::Enter);
    let wired = driver.wizard.draft.preset().network.wired.clone();
    assert_eq!(wired.len(), 1);
    assert_eq!(wired[0].interface.as_str(), "enp3s0");
    assert_eq!(wired[0].name_servers.len(), 2);
    let file = driver.wizard.draft.configuration().unwrap();
    assert!(file.text.contains("192.168.1.10"), "{}", file.text);
    // The name server of the other family, too: that one has its addresses from the router.
    assert!(
        file.text.contains("dns = \"2620:fe::fe\";"),
        "{}",
        file.text
    );
    tell(&mut driver, News::Connected);
    let enp3s0 = "enp3s0".parse().unwrap();
    let action = asked(&mut driver.wizard, OnPage::Automatic(enp3s0));
    assert!(matches!(action, Action::Order(Order::Automatic(_))));
    assert!(driver.wizard.draft.preset().network.wired.is_empty());
}

#[test]
fn a_proxy_is_the_installation_s_and_the_installed_system_s() {
    let mut driver = on_page(house());
    driver.tab_to("proxy");
    driver.write("proxy.example");
    assert!(driver.shows("It looks like http://proxy.example:3128"));
    driver.press_with(Key::Named(Named::Enter), Modifiers::CTRL);
    assert_eq!(driver.wizard.page, Page::Network);
    for _ in 0.."proxy.example".len() {
        driver.press(Named::Backspace);
    }
    driver.write("http://proxy.example:3128");
    let preset = driver.wizard.draft.preset();
    let (system, install) = (&preset.network.proxy, &preset.install.proxy);
    assert!(system.is_some() && system == install);
}

#[test]
fn who_is_connected_does_not_see_the_page_unless_it_is_asked_for() {
    let mut driver = Driver::on(Page::Keyboard);
    tell(&mut driver, News::Is(joined()));
    driver.press_with(Key::Named(Named::Enter), Modifiers::CTRL);
    assert_eq!(driver.wizard.page, Page::Disk);
    // The list of pages has it.
    driver.click("Network");
    assert_eq!(driver.wizard.page, Page::Network);
    assert!(driver.shows("connected to “Almhütte”"));

    let mut driver = Driver::on(Page::Keyboard);
    tell(&mut driver, News::Is(house()));
    driver.press_with(Key::Named(Named::Enter), Modifiers::CTRL);
    assert_eq!(driver.wizard.page, Page::Network);
}

#[test]
fn without_network_manager_it_says_what_works() {
    let mut driver = Driver::new("qemu-uefi");
    let bus = Bus::At("unix:path=/nowhere/at/all".to_owned());
    let task = driver.wizard.listen_to_network(bus);
    driver.operate(task);
    let task = driver.wizard.go_to(Page::Network);
    driver.operate(task);
    let absent = |wizard: &Wizard| format!("{:?}", wizard.network).contains("Absent");
    driver.until("its absence", absent);
    // The probe knows that this computer has a cable.
    assert!(driver.shows("connected"));
    let mut offline = driver.wizard.draft.machine().clone();
    offline.network = crate::machine::Fact::Known(Vec::new());
    driver.wizard.draft.learn(offline);
    assert!(driver.shows("NetworkManager does not answer"));
    assert!(driver.shows("what is on the medium can be installed"));
    next_is_open(&mut driver);
}

fn next_is_open(driver: &mut Driver) {
    assert_eq!(driver.wizard.why_not_next(), None);
}

#[test]
fn what_stands_on_the_page_agrees_with_the_computer() {
    // The recorded computer of the pictures has a wireless connection.
    let mut driver = Driver::on(Page::Network);
    assert!(driver.shows("This computer is connected."));
    assert!(!driver.shows("not connected"));
}

#[test]
fn every_failure_and_state_has_its_text() {
    for failure in [
        Failure::WrongPassword,
        Failure::NoAddress,
        Failure::NotHeard,
        Failure::NoCable,
        Failure::NoDevice,
        Failure::NotAllowed,
        Failure::NoFirmware,
        Failure::TooLong,
        Failure::Other("so".to_owned()),
    ] {
        let mut driver = on_page(house());
        driver.click("Gasthof");
        driver.press(Named::Space);
        tell(&mut driver, News::Failed(failure.clone()));
        let raw = |text: &str| text.starts_with("network-fail");
        let texts = driver.texts();
        assert!(!texts.iter().any(|(text, _)| raw(text)), "{failure:?}");
    }
    for reach in [Reach::Portal, Reach::Limited, Reach::Unknown] {
        let mut network = joined();
        network.reach = reach;
        let mut driver = on_page(network);
        let texts = driver.texts();
        assert!(!texts.iter().any(|(text, _)| text.starts_with("network-")));
    }
}

#[test]
fn a_proxy_with_a_password_is_none_and_is_shown_by_nothing() {
    let mut driver = on_page(house());
    driver.tab_to("proxy");
    driver.write("http://ada:hunter2@proxy:3128");
    assert!(driver.shows("holds a password that everyone could read"));
    let missing = Some("problem-proxy-password");
    assert_eq!(driver.wizard.why_not_next(), missing);
    let draft = &driver.wizard.draft;
    let preset = crate::preset::write(draft.preset()).unwrap();
    let files: Vec<String> = draft.files().iter().map(|file| file.text.clone()).collect();
    let state = format!("{:?} {:?}", driver.wizard.network, draft);
    let places = driver.sent.iter().chain(&files);
    for place in places.chain([&preset, &state]) {
        assert!(!place.contains("hunter2"), "{place}");
    }
}

#[test]
fn a_mistake_on_any_page_closes_the_way_to_the_installation() {
    let mut driver = Driver::on(Page::Summary);
    let open = driver.wizard.why_not_next();
    assert_ne!(open, Some("proxy-form"));
    let told = OnPage::Proxy(Secret::new("proxy.example:3128"));
    driver.send(Message::Network(told));
    assert_eq!(driver.wizard.why_not_next(), Some("proxy-form"));
    driver.send(Message::Network(OnPage::Proxy(Secret::new(""))));
    assert_eq!(driver.wizard.why_not_next(), open);
    let told = crate::wizard::page::software::Message::Others("neovim 7zip".to_owned());
    driver.send(Message::Software(told));
    assert_eq!(driver.wizard.why_not_next(), Some("packages-form"));
}

#[test]
fn an_address_that_was_typed_is_used_or_the_form_is_closed() {
    let mut driver = on_page(house());
    driver.tab_to("wired-form");
    driver.press(Named::Space);
    next_is_open(&mut driver);
    driver.write("192.168.1.10/24");
    assert_eq!(driver.wizard.why_not_next(), Some("wired-unused"));
    assert!(driver.shows("The address in the form is not used yet"));
    driver.tab_to("wired-fix");
    driver.press(Named::Enter);
    next_is_open(&mut driver);
    driver.tab_to("wired-gateway");
    driver.write("192.168.1.1");
    assert_eq!(driver.wizard.why_not_next(), Some("wired-unused"));
    let closed = OnPage::Form("enp3s0".parse().unwrap());
    driver.send(Message::Network(closed));
    next_is_open(&mut driver);
}

#[test]
fn connections_are_taken_along_unless_somebody_says_no() {
    let carried = |driver: &Driver| driver.wizard.draft.preset().network.carry_over;
    let mut recorded = Driver::on(Page::Network);
    assert_eq!(carried(&recorded), None, "there is nothing to carry");
    assert!(!recorded.shows("Take these connections along"));

    let mut driver = on_page(house());
    assert_eq!(carried(&driver), Some(true));
    let carries = |driver: &Driver| {
        let steps = &driver.wizard.draft.outline().unwrap().steps;
        let mut steps = steps.iter();
        steps.any(|step| step.action == plan::Action::CarryConnections)
    };
    assert!(carries(&driver));
    driver.tab_to("carry-over");
    driver.press(Named::Space);
    assert_eq!(carried(&driver), Some(false));
    assert!(!carries(&driver));
    // What NetworkManager tells later does not decide anew.
    tell(&mut driver, News::Is(joined()));
    assert_eq!(carried(&driver), Some(false));
    let saved = crate::preset::write(driver.wizard.draft.preset()).unwrap();
    assert!(saved.contains("carry_over = false"), "{saved}");
    driver.tab_to("carry-over");
    driver.press(Named::Space);
    assert!(carries(&driver));
    let task = driver.wizard.go_to(Page::Summary);
    driver.operate(task);
    assert!(driver.shows("The connections of this session are taken along"));
}
