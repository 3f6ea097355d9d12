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
