//! Problems of wired interfaces with a fixed address: what can't be, and what would leave the new system
//! without the network.

use super::{Problem, ProblemId, Severity};
use crate::machine::{LinkKind, Machine};
use crate::preset::{Address, Preset, Wired};
use std::collections::BTreeSet;
use std::net::IpAddr;

/// Everything about `network.wired`.
pub(super) fn check(machine: &Machine, preset: &Preset) -> Vec<Problem> {
    let all = &preset.network.wired;
    let (mut interfaces, mut addresses) = (BTreeSet::new(), BTreeSet::new());
    let mut problems = Vec::new();
    for wired in all {
        if !interfaces.insert(&wired.interface) {
            problems.push(given_twice(wired));
        }
        if wired.addresses.is_empty() {
            problems.push(without_address(wired));
        }
        let again = wired
            .addresses
            .iter()
            .filter(|a| !addresses.insert(a.address));
        problems.extend(again.map(duplicate));
        problems.extend(gateways(wired));
        problems.extend(name_servers(wired));
        problems.extend(unknown(machine, wired));
    }
    problems
}

fn problem(id: ProblemId, severity: Severity, message: String, mend: &str) -> Problem {
    Problem {
        id,
        severity,
        field: "network.wired".to_owned(),
        message,
        mend: mend.to_owned(),
    }
}

fn given_twice(wired: &Wired) -> Problem {
    problem(
        ProblemId::WiredUnclear,
        Severity::Error,
        format!("the interface `{}` is given twice", wired.interface),
        "Write all its addresses into one entry.",
    )
}

fn without_address(wired: &Wired) -> Problem {
    problem(
        ProblemId::WiredUnclear,
        Severity::Error,
        format!("the interface `{}` has no address", wired.interface),
        "Add one, or leave the entry out: then DHCP is used.",
    )
}

fn duplicate(address: &Address) -> Problem {
    problem(
        ProblemId::DuplicateAddress,
        Severity::Warning,
        format!("the address {} is given twice", address.address),
        "Give each interface an address of its own.",
    )
}

/// A gateway is reached directly, so it has to be in a network of the interface; each interface has a
/// link-local one of IPv6 besides (RFC 4291).
fn gateways(wired: &Wired) -> impl Iterator<Item = Problem> {
    let reached = |gateway: &IpAddr| {
        let link_local = matches!(gateway, IpAddr::V6(address) if address.is_unicast_link_local());
        link_local || wired.addresses.iter().any(|own| contains(own, gateway))
    };
    let outside = wired
        .gateways
        .iter()
        .filter(move |gateway| !reached(gateway));
    outside.map(|gateway| {
        problem(
            ProblemId::GatewayOutside,
            Severity::Warning,
            format!(
                "the gateway {gateway} is in no network of the interface `{}`, so it may not be reached",
                wired.interface
            ),
            "Look at the address, and at the number behind its `/`: it says how many bits are the \
             network's.",
        )
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

/// Without a way out there is nothing to look names up for.
fn name_servers(wired: &Wired) -> Option<Problem> {
    let silent = wired.name_servers.is_empty() && !wired.gateways.is_empty();
    silent.then(|| {
        problem(
            ProblemId::NoNameServers,
            Severity::Warning,
            format!(
                "the interface `{}` has no name servers: unless another one has, names such as \
                 nixos.org are not found",
                wired.interface
            ),
            "Add `name_servers`; in a home, the address of the router is mostly one.",
        )
    })
}

/// An interface that this computer does not have, or that takes no cable. The preset may be for
/// another one, so it is no error.
fn unknown(machine: &Machine, wired: &Wired) -> Option<Problem> {
    let links = machine.network.known()?;
    let name = wired.interface.as_str();
    let found = links.iter().find(|link| link.name == name);
    let message = match found.map(|link| link.kind) {
        Some(LinkKind::Wired) => return None,
        Some(_) => {
            format!("the interface `{name}` takes no cable, and its fixed address is not used")
        }
        None => {
            format!("this computer has no interface `{name}`, and its fixed address is not used")
        }
    };
    let wired = links.iter().filter(|link| link.kind == LinkKind::Wired);
    let names: Vec<&str> = wired.map(|link| link.name.as_str()).collect();
    let mend = match names.is_empty() {
        true => "No interface here takes a cable: leave the entry out.".to_owned(),
        false => format!("Those that take a cable here: {}.", names.join(", ")),
    };
    Some(problem(
        ProblemId::WiredUnknown,
        Severity::Warning,
        message,
        &mend,
    ))
}

#[cfg(test)]
#[path = "wired_checks_tests.rs"]
mod tests;
