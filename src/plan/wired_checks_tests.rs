use super::*;

fn laptop() -> Machine {
    let recorded = include_str!("../../tests/machines/laptop-amd-nvidia.json");
    serde_json::from_str(recorded).unwrap()
}

/// The problems of entries like this one, where `enp0s31f6` and the like is the laptop's.
fn told(entries: &str) -> Vec<ProblemId> {
    let machine = laptop();
    let links = machine.network.known().unwrap();
    let of = |kind| links.iter().find(|link| link.kind == kind).unwrap();
    let text = format!("version = 1\n{entries}")
        .replace("CABLE", &of(LinkKind::Wired).name)
        .replace("WIFI", &of(LinkKind::Wireless).name);
    let preset = crate::preset::read(&text, "test").unwrap();
    check(&machine, &preset)
        .into_iter()
        .map(|problem| problem.id)
        .collect()
}

const GOOD: &str = "[[network.wired]]\ninterface = \"CABLE\"\naddresses = [\"192.168.1.10/24\", \
                    \"2001:db8::10/64\"]\ngateways = [\"192.168.1.1\", \"2001:db8::1\"]\n\
                    name_servers = [\"192.168.1.1\"]\n";

#[test]
fn an_address_that_works_is_no_problem() {
    assert_eq!(told(GOOD), []);
    assert_eq!(told(&GOOD.replace("2001:db8::1\"", "fe80::1\"")), []);
    // A network of its own, without a way out.
    let alone = "[[network.wired]]\ninterface = \"CABLE\"\naddresses = [\"10.0.0.1/8\"]\n";
    assert_eq!(told(alone), []);
}

#[test]
fn what_would_leave_it_without_the_network_is_told() {
    let cases = [
        (
            "\"192.168.1.1\",",
            "\"192.168.2.1\",",
            ProblemId::GatewayOutside,
        ),
        (
            "\"192.168.1.10/24\"",
            "\"192.168.1.10/30\"",
            ProblemId::GatewayOutside,
        ),
        ("2001:db8::1\"", "2001:db9::1\"", ProblemId::GatewayOutside),
        (
            "name_servers = [\"192.168.1.1\"]\n",
            "",
            ProblemId::NoNameServers,
        ),
        (
            "2001:db8::10/64\"",
            "2001:db8::10/64\", \"192.168.1.10/16\"",
            ProblemId::DuplicateAddress,
        ),
        ("CABLE", "enp99s0", ProblemId::WiredUnknown),
        ("CABLE", "WIFI", ProblemId::WiredUnknown),
    ];
    for (from, to, id) in cases {
        let spoilt = GOOD.replacen(from, to, 1);
        assert_ne!(spoilt, GOOD, "{from}");
        assert_eq!(told(&spoilt), [id], "{spoilt}");
    }
    let twice = format!("{GOOD}{}", GOOD.replace("10/", "11/"));
    assert_eq!(told(&twice), [ProblemId::WiredUnclear]);
    let none = "[[network.wired]]\ninterface = \"CABLE\"\naddresses = []\n";
    assert_eq!(told(none), [ProblemId::WiredUnclear]);
}

#[test]
fn what_a_profile_has_no_place_for_is_named() {
    let machine = laptop();
    let links = machine.network.known().unwrap();
    let cable = links.iter().find(|link| link.kind == LinkKind::Wired);
    let messages = |from: &str, to: &str| -> Vec<String> {
        let spoilt = GOOD.replacen(from, to, 1);
        assert_ne!(spoilt, GOOD, "{from}");
        let text = format!("version = 1\n{spoilt}").replace("CABLE", &cable.unwrap().name);
        let told = check(&machine, &crate::preset::read(&text, "test").unwrap());
        let left_out = told
            .into_iter()
            .filter(|problem| problem.id == ProblemId::WiredLeftOut);
        left_out.map(|problem| problem.message).collect()
    };
    let second = messages("\"192.168.1.1\", ", "\"192.168.1.1\", \"192.168.1.254\", ");
    assert_eq!(second.len(), 1, "{second:?}");
    assert!(
        second[0].contains("192.168.1.254 comes after"),
        "{second:?}"
    );
    let both = messages(
        "\"2001:db8::1\"]",
        "\"2001:db8::1\", \"fe80::1\", \"2001:db8::2\"]",
    );
    assert_eq!(both.len(), 2, "{both:?}");
    let no_v6 = messages(
        "\"2001:db8::10/64\"]\ngateways = [\"192.168.1.1\", \"2001:db8::1\"]",
        "]\ngateways = [\"192.168.1.1\", \"fe80::1\"]",
    );
    assert_eq!(no_v6.len(), 1, "{no_v6:?}");
    assert!(
        no_v6[0].contains("fe80::1 has no fixed address of IPv6"),
        "{no_v6:?}"
    );
    let no_v4 = messages("\"192.168.1.10/24\", ", "");
    assert_eq!(no_v4.len(), 1, "{no_v4:?}");
    assert!(no_v4[0].contains("name server 192.168.1.1"), "{no_v4:?}");
}

#[test]
fn where_nothing_is_known_of_interfaces_nothing_is_said() {
    let mut machine = laptop();
    machine.network = crate::machine::Fact::Unknown("no sysfs".to_owned());
    let preset = crate::preset::read(&format!("version = 1\n{GOOD}"), "test").unwrap();
    assert_eq!(check(&machine, &preset), []);
}

#[test]
fn each_is_told_at_the_key_that_it_is_about() {
    let machine = laptop();
    let links = machine.network.known().unwrap();
    let cable = links.iter().find(|link| link.kind == LinkKind::Wired);
    let second = "[[network.wired]]\ninterface = \"enp99s0\"\naddresses = [\"10.0.0.1/8\"]\n\
                  gateways = [\"11.0.0.1\"]\n";
    let text = format!("version = 1\n{GOOD}{second}").replace("CABLE", &cable.unwrap().name);
    let told = check(&machine, &crate::preset::read(&text, "test").unwrap());
    let told = told.into_iter().map(|told| (told.id, told.field));
    let at = |key: &str| format!("network.wired[1].{key}");
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            (ProblemId::GatewayOutside, at("gateways")),
            (ProblemId::NoNameServers, at("name_servers")),
            (ProblemId::WiredUnknown, at("interface")),
        ]
    );
}
