//! Problems of wired interfaces with a fixed address: what can't be, and what would leave the new system
//! without the network.

use super::reason::Reason;
use super::{Detail, Details, Problem, ProblemId, Severity};
use crate::machine::{LinkKind, Machine};
use crate::preset::{Address, Preset, Wired};
use std::collections::BTreeSet;
use std::net::IpAddr;

/// Everything about `network.wired`.
pub(super) fn check(machine: &Machine, preset: &Preset) -> Vec<Problem> {
    let all = &preset.network.wired;
    let (mut interfaces, mut addresses) = (BTreeSet::new(), BTreeSet::new());
    let mut problems = Vec::new();
    for (index, wired) in all.iter().enumerate() {
        let mut own = Vec::new();
        if !interfaces.insert(&wired.interface) {
            own.push(given_twice(wired));
        }
        if wired.addresses.is_empty() {
            own.push(without_address(wired));
        }
        let again = wired
            .addresses
            .iter()
            .filter(|a| !addresses.insert(a.address));
        own.extend(again.map(duplicate));
        own.extend(check_one(wired));
        own.extend(unknown(machine, wired));
        problems.extend(own.into_iter().map(|problem| Problem {
            field: format!("network.wired[{index}].{}", problem.field),
            ..problem
        }));
    }
    problems
}

/// What one interface's addresses alone tell, each with the key that it belongs to in place of a field.
pub(crate) fn check_one(wired: &Wired) -> Vec<Problem> {
    let mut problems: Vec<Problem> = gateways(wired).collect();
    problems.extend(left_out(wired));
    problems.extend(name_servers(wired));
    problems
}

fn problem(id: ProblemId, severity: Severity, key: &str, message: String, mend: &str) -> Problem {
    Problem {
        id,
        severity,
        field: key.to_owned(),
        message,
        mend: mend.to_owned(),
        details: Details::NONE,
    }
}

fn given_twice(wired: &Wired) -> Problem {
    problem(
        ProblemId::WiredUnclear,
        Severity::Error,
        "interface",
        format!("the interface `{}` is given twice", wired.interface),
        "Write all its addresses into one entry.",
    )
    .because("twice")
    .with("interface", Detail::name(&wired.interface))
}

fn without_address(wired: &Wired) -> Problem {
    problem(
        ProblemId::WiredUnclear,
        Severity::Error,
        "addresses",
        format!("the interface `{}` has no address", wired.interface),
        "Add one, or leave the entry out: then DHCP is used.",
    )
    .because("no_address")
    .with("interface", Detail::name(&wired.interface))
}

fn duplicate(address: &Address) -> Problem {
    problem(
        ProblemId::DuplicateAddress,
        Severity::Warning,
        "addresses",
        format!("the address {} is given twice", address.address),
        "Give each interface an address of its own.",
    )
    .with("address", Detail::code(address.address))
}

/// A gateway is reached directly, so it has to be in a network of the interface; each interface has a
/// link-local one of IPv6 besides (RFC 4291).
fn gateways(wired: &Wired) -> impl Iterator<Item = Problem> {
    let reached = |gateway: &IpAddr| {
        is_link_local(gateway) || wired.addresses.iter().any(|own| contains(own, gateway))
    };
    let outside = wired
        .gateways
        .iter()
        .filter(move |gateway| !reached(gateway));
    outside.map(|gateway| {
        problem(
            ProblemId::GatewayOutside,
            Severity::Warning,
            "gateways",
            format!(
                "the gateway {gateway} is in no network of the interface `{}`, so it may not be reached",
                wired.interface
            ),
            "Look at the address, and at the number behind its `/`: it says how many bits are the \
             network's.",
        )
        .with("gateway", Detail::code(gateway))
        .with("interface", Detail::name(&wired.interface))
    })
}

/// Whether an address is in the network of this one.
fn contains(own: &Address, other: &IpAddr) -> bool {
    let bits = u32::from(own.prefix);
    match (own.address, other) {
        (IpAddr::V4(own), IpAddr::V4(other)) => {
            let differ = own.to_bits() ^ other.to_bits();
            differ.leading_zeros() >= bits
        }
        (IpAddr::V6(own), IpAddr::V6(other)) => {
            let differ = own.to_bits() ^ other.to_bits();
            differ.leading_zeros() >= bits
        }
        _ => false,
    }
}

/// What the profile of NetworkManager has no place for: it holds one gateway of each kind, and none
/// where the interface has no fixed address of that kind (nm-settings-nmcli(5), `ipv4.gateway`).
fn left_out(wired: &Wired) -> Vec<Problem> {
    let mut told = Vec::new();
    let mut leave = |key: &str, why: Reason, address: &IpAddr, mend: &str| {
        let interface = &wired.interface;
        let message = format!("{why}: the interface `{interface}` does without it");
        let problem = problem(
            ProblemId::WiredLeftOut,
            Severity::Warning,
            key,
            message,
            mend,
        );
        let problem = problem.telling(why.details);
        let problem = problem.with("address", Detail::code(address));
        told.push(problem.with("interface", Detail::name(interface)));
    };
    for (kind, is) in KINDS {
        let has_address = wired.addresses.iter().any(|own| is(&own.address));
        let mut gateways = wired.gateways.iter().filter(|gateway| is(gateway));
        let first = gateways.next().filter(|_| has_address);
        // A gateway without any address of its kind is told as one outside, unless it is link-local.
        let silent = wired.gateways.iter().filter(|gateway| is(gateway));
        let silent = silent.filter(|gateway| !has_address && is_link_local(gateway));
        for gateway in silent {
            leave(
                "gateways",
                Reason::new(
                    "alone",
                    format!("the gateway {gateway} has no fixed address of {kind} beside it"),
                ),
                gateway,
                "Add an address, or leave the gateway out: routers announce themselves.",
            );
        }
        if let Some(first) = first {
            for gateway in gateways {
                leave(
                    "gateways",
                    Reason::new(
                        "second",
                        format!("{first} is the gateway already, and {gateway} comes after it"),
                    )
                    .with("first", Detail::code(first)),
                    gateway,
                    "Keep the one that leads to the internet; further routes can be added in \
                     configuration.nix.",
                );
            }
        }
    }
    // IPv4 is off there; IPv6 is not, because routers announce it.
    if !wired.addresses.iter().any(|own| own.address.is_ipv4()) {
        for server in wired.name_servers.iter().filter(|server| server.is_ipv4()) {
            leave(
                "name_servers",
                Reason::new(
                    "name_server",
                    format!("the name server {server} can't be reached without an address of IPv4"),
                ),
                server,
                "Add an address of IPv4, or the address of the name server in IPv6.",
            );
        }
    }
    told
}

/// The name of a kind of address, and whether one is of it.
type Kind = (&'static str, fn(&IpAddr) -> bool);

/// The two kinds, in the order of a profile.
const KINDS: [Kind; 2] = [("IPv4", IpAddr::is_ipv4), ("IPv6", IpAddr::is_ipv6)];

fn is_link_local(address: &IpAddr) -> bool {
    matches!(address, IpAddr::V6(address) if address.is_unicast_link_local())
}

/// Without a way out there is nothing to look names up for.
fn name_servers(wired: &Wired) -> Option<Problem> {
    let silent = wired.name_servers.is_empty() && !wired.gateways.is_empty();
    silent.then(|| {
        problem(
            ProblemId::NoNameServers,
            Severity::Warning,
            "name_servers",
            format!(
                "the interface `{}` has no name servers: unless another one has, names such as \
                 nixos.org are not found",
                wired.interface
            ),
            "Add `name_servers`; in a home, the address of the router is mostly one.",
        )
        .with("interface", Detail::name(&wired.interface))
    })
}

/// An interface that this computer does not have, or that takes no cable. The preset may be for
/// another one, so it is no error.
fn unknown(machine: &Machine, wired: &Wired) -> Option<Problem> {
    let links = machine.network.known()?;
    let name = wired.interface.as_str();
    let found = links.iter().find(|link| link.name == name);
    let (why, message) = match found.map(|link| link.kind) {
        Some(LinkKind::Wired) => return None,
        Some(_) => (
            "no_cable",
            format!("the interface `{name}` takes no cable, and its fixed address is not used"),
        ),
        None => (
            "missing",
            format!("this computer has no interface `{name}`, and its fixed address is not used"),
        ),
    };
    let wired = links.iter().filter(|link| link.kind == LinkKind::Wired);
    let names: Vec<&str> = wired.map(|link| link.name.as_str()).collect();
    let mend = match names.is_empty() {
        true => "No interface here takes a cable: leave the entry out.".to_owned(),
        false => format!("Those that take a cable here: {}.", names.join(", ")),
    };
    let severity = Severity::Warning;
    Some(
        problem(
            ProblemId::WiredUnknown,
            severity,
            "interface",
            message,
            &mend,
        )
        .because(why)
        .with("interface", Detail::name(name)),
    )
}

#[cfg(test)]
#[path = "wired_checks_tests.rs"]
mod tests;
