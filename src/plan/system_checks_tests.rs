use super::*;

fn problems(text: &str, release: &str) -> Vec<ProblemId> {
    let preset = crate::preset::read(&format!("version = 1\n{text}"), "test").unwrap();
    let release: Release = release.parse().unwrap();
    let found = check(&preset, Some(&release));
    found.into_iter().map(|problem| problem.id).collect()
}

#[test]
fn each_is_told() {
    for (text, release, expected) in [
        (
            "desktop.environment = 'budgie'",
            "25.11",
            vec![ProblemId::DesktopTooNew],
        ),
        ("desktop.environment = 'budgie'", "26.05", vec![]),
        (
            "desktop.autologin = 'ada'",
            "26.05",
            vec![ProblemId::AutologinUnknown],
        ),
        (
            "desktop.autologin = 'ada'\nusers = [{ name = 'ada' }]",
            "26.05",
            vec![],
        ),
        (
            "software.flatpak = true",
            "26.05",
            vec![ProblemId::FlatpakWithoutDesktop],
        ),
        (
            "software.flatpak = true\ndesktop.environment = 'i3'",
            "26.05",
            vec![],
        ),
        (
            "keyboard.input_methods = ['korean']",
            "26.05",
            vec![ProblemId::InputMethodWithoutDesktop],
        ),
        ("network.ssh = 'keys'", "26.05", vec![ProblemId::NoSshKey]),
        ("network.ssh = 'passwords'", "26.05", vec![]),
        // Nobody reaches a server that waits for a passphrase.
        (
            "network.ssh = 'passwords'\ndisk.encrypt = true",
            "26.05",
            vec![ProblemId::WaitsForPassphrase],
        ),
        (
            "network.ssh = 'passwords'\ndisk.encrypt = true\ndesktop.environment = 'i3'",
            "26.05",
            vec![],
        ),
        ("disk.encrypt = true", "26.05", vec![]),
        ("network.proxy = 'http://a.example:1'", "26.05", vec![]),
        (
            "network.proxy = 'http://b:c@a.example'",
            "26.05",
            vec![ProblemId::ProxyPassword],
        ),
        (
            "install.proxy = 'http://b:c@a.example'",
            "26.05",
            vec![ProblemId::ProxyPassword],
        ),
        (
            "network.no_proxy = '.lan'\ninstall.no_proxy = '.lan'",
            "26.05",
            vec![ProblemId::ProxyMissing, ProblemId::ProxyMissing],
        ),
        (
            "network = { proxy = 'http://a.example', no_proxy = '.lan' }",
            "26.05",
            vec![],
        ),
        (
            "install.substituters = ['http://a.example']",
            "26.05",
            vec![ProblemId::NoCacheKey],
        ),
        (
            "install = { substituters = ['http://a.example'], public_keys = \
             ['cache.example-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY='] }",
            "26.05",
            vec![],
        ),
        (
            "system.substituters = ['http://a.example']",
            "26.05",
            vec![ProblemId::NoCacheKey],
        ),
        (
            "system = { substituters = ['http://a.example'], public_keys = \
             ['cache.example-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY='] }",
            "26.05",
            vec![],
        ),
        (
            "network = { firewall = false, tcp_ports = [8080] }",
            "26.05",
            vec![ProblemId::PortsWithoutFirewall],
        ),
        (
            "network = { firewall = false, udp_ports = [53] }",
            "26.05",
            vec![ProblemId::PortsWithoutFirewall],
        ),
        ("network = { firewall = false }", "26.05", vec![]),
        ("network = { tcp_ports = [8080] }", "26.05", vec![]),
        (
            "keyboard = { layout = 'de', variant = 'nodeadkeys' }",
            "26.05",
            vec![],
        ),
        (
            "keyboard = { layout = 'de', variant = 'nodeadkeys' }\ndisk.encrypt = true",
            "26.05",
            vec![ProblemId::ConsoleKeymapDiffers],
        ),
        (
            "keyboard = { layout = 'de', variant = 'e1' }",
            "26.05",
            vec![ProblemId::ConsoleKeymapDiffers],
        ),
        (
            "keyboard = { layout = 'am', variant = 'eastern' }",
            "26.05",
            vec![],
        ),
        (
            "users = [{ name = 'a', groups = ['lp', 'docker'] }]",
            "26.05",
            vec![ProblemId::UnknownGroup],
        ),
    ] {
        assert_eq!(problems(text, release), expected, "{text}");
    }
}
/// What a plan says about a layout's console where the disk is encrypted, and whether it says that
/// `us` comes first.
fn console_told(layout: &str, variant: &str) -> (Option<Problem>, bool) {
    let machine = include_str!("../../tests/machines/empty-uefi.json");
    let machine = serde_json::from_str(machine).unwrap();
    let variant = match variant {
        "" => String::new(),
        variant => format!(", variant = '{variant}'"),
    };
    let text = format!(
        "version = 1\nkeyboard = {{ layout = '{layout}'{variant} }}\ndisk.encrypt = true\n\
         root.password = 'ask'"
    );
    let preset = crate::preset::read(&text, "test").unwrap();
    let plan = crate::plan::resolve(&machine, &preset, crate::plan::Seed::new([1; 32]));
    let plan = plan.unwrap();
    let added = |decision: &&crate::preset::Decision| {
        decision.field == "keyboard.layout" && decision.value.starts_with("us beside it")
    };
    let us_first = plan.decisions.iter().any(|decision| added(&decision));
    let mut warnings = plan.warnings.into_iter();
    let told = warnings.find(|problem| problem.id == ProblemId::ConsoleKeymapDiffers);
    (told, us_first)
}

/// A passphrase is typed with the console's keymap, so whoever is asked for one has to know.
#[test]
fn every_layout_whose_console_differs_is_told_and_no_other() {
    let (mut told_of, mut us_first_of, mut right) = (0, 0, 0);
    for layout in keyboard::layouts() {
        let variants = layout.variants.iter().map(|variant| variant.name);
        for variant in variants.chain([""]) {
            let name = format!("{} {variant}", layout.name);
            let (told, us_first) = console_told(layout.name, variant);
            match keyboard::console_differs(layout.name, variant) {
                // The passphrase is typed with `us`, which is said.
                _ if us_first => {
                    assert_eq!(told, None, "{name}");
                    us_first_of += 1;
                }
                Some(keys) => {
                    let problem = told.unwrap_or_else(|| panic!("{name} is not told"));
                    assert_eq!(problem.severity, Severity::Warning);
                    assert!(problem.message.ends_with(keys), "{name}: {problem}");
                    told_of += 1;
                }
                None => {
                    assert_eq!(told, None, "{name}");
                    right += 1;
                }
            }
        }
    }
    let counts = (told_of, us_first_of, right);
    assert!(
        told_of > 30 && us_first_of > 100 && right > 300,
        "{counts:?}"
    );
}
