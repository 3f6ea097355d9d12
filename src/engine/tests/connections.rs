//! The live system's network connections in the target: there, for root alone, and told by name only.

use super::*;
use crate::plan::Step;

const PASSWORD: &str = "kaffee-und-kuchen-31415";

/// A computer whose live system knows some networks, and a plan that carries them over.
pub(super) fn with_connections(password: &str) -> Scripted {
    let mut system = windows_laptop();
    let live = [
        (
            "etc",
            "cafe",
            format!(
                "[connection]\nid=Café\npermissions=user:nixos:;\n\n[wifi-security]\npsk={password}\n"
            ),
        ),
        ("run", "cafe", "[connection]\nid=another\n".to_owned()),
        (
            "run",
            "guest",
            "[connection]\nid=guest\n[wifi-security]\npsk-flags=1\n".to_owned(),
        ),
        ("run", "lo", "[connection]\ntype=loopback\n".to_owned()),
    ];
    for (top, name, text) in live {
        let path = format!("/{top}/NetworkManager/system-connections/{name}.nmconnection");
        system.live.insert(path.into(), text.into_bytes());
    }
    let readme = "/etc/NetworkManager/system-connections/README";
    system.live.insert(readme.into(), b"psk=no".to_vec());
    let steps = &mut system.plan.steps;
    let record = steps
        .iter()
        .position(|step| step.action == Action::KeepRecord);
    let action = Action::CarryConnections;
    steps.insert(record.unwrap(), Step { number: 0, action });
    for (number, step) in (1..).zip(steps) {
        step.number = number;
    }
    system
}

fn carried(system: &Scripted, name: &str) -> Option<String> {
    let path = format!("etc/NetworkManager/system-connections/{name}");
    let content = system.files.get(&(Place::Target, path.into()))?;
    Some(String::from_utf8(content.clone()).unwrap())
}

#[test]
fn connections_are_carried_over_for_root_alone() {
    let mut system = with_connections(PASSWORD);
    let seen = run_on(&mut system, CancelToken::default());
    let Outcome::DoneWithWarnings { warnings } = &seen.outcome else {
        panic!("{:?}", seen.outcome)
    };
    assert!(
        warnings
            .iter()
            .any(|warning| warning.contains("guest.nmconnection")),
        "{warnings:?}"
    );
    let cafe = format!("[connection]\nid=Café\n\n[wifi-security]\npsk={PASSWORD}\n");
    assert_eq!(carried(&system, "cafe.nmconnection"), Some(cafe));
    assert!(carried(&system, "guest.nmconnection").is_some());
    for name in ["lo.nmconnection", "README"] {
        assert_eq!(carried(&system, name), None, "{name}");
    }
    let mode = |path: &str| system.modes.get(Path::new(path)).copied();
    let folder = "etc/NetworkManager/system-connections";
    assert_eq!(mode(&format!("{folder}/cafe.nmconnection")), Some(0o600));
    assert!(!seen.journal.contains(PASSWORD) && seen.journal.contains("cafe.nmconnection"));
}

#[test]
fn one_that_is_not_as_it_was_written_is_noticed() {
    let mut system = with_connections(PASSWORD);
    system.spoil = Some(|system| {
        system.put(
            "etc/NetworkManager/system-connections/cafe.nmconnection",
            b"psk=",
        );
    });
    let seen = run_on(&mut system, CancelToken::default());
    let Outcome::Failed { error, .. } = &seen.outcome else {
        panic!("{:?}", seen.outcome)
    };
    assert!(
        error.message.contains("cafe.nmconnection"),
        "{}",
        error.message
    );
}

#[test]
fn a_live_system_without_them_has_nothing_to_carry() {
    let mut system = with_connections(PASSWORD);
    system.live.clear();
    let seen = run_on(&mut system, CancelToken::default());
    assert_eq!(seen.outcome, Outcome::Done);
}
