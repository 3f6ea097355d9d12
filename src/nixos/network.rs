//! Host name, NetworkManager, fixed addresses, proxy, firewall, SSH.

use super::System;
use super::tree::{Attrs, NixError};
use crate::preset::{Address, Choices, Ssh, Wired};
use std::collections::BTreeSet;
use std::net::IpAddr;

pub(super) fn section(system: &System<'_>) -> Result<Attrs, NixError> {
    let choices = system.choices;
    let mut section = Attrs::new();
    section.set_under(
        "Name in the network; NetworkManager looks after cable and Wi-Fi.",
        "networking.hostName",
        choices.host_name.as_str(),
    )?;
    // Only some desktops turn it on by themselves.
    section.set("networking.networkmanager.enable", true)?;
    // An interface that is given twice is a problem, told beside the preset.
    let mut interfaces = BTreeSet::new();
    let all = choices.wired.iter();
    let all = all.filter(|wired| interfaces.insert(&wired.interface));
    for (index, wired) in all.enumerate() {
        let path = "networking.networkmanager.ensureProfiles.profiles";
        let path = (path, wired.interface.as_str());
        match index {
            0 => section.set_under("Fixed addresses.", path, profile(wired)?)?,
            _ => section.set_apart(path, profile(wired)?)?,
        }
    }
    section.append(proxy(choices)?)?;
    if let Some(on) = choices.firewall {
        let comment = match on {
            true => "Connections from outside are refused, those to services below apart.",
            false => "No firewall: every service can be reached from outside.",
        };
        section.set_under(comment, "networking.firewall.enable", on)?;
    }
    section.append(ports(choices)?)?;
    if choices.ssh != Ssh::Off {
        section.append(ssh(choices.ssh)?)?;
    }
    Ok(section)
}

/// How a kind of address is left out.
const OFF: &str = "disabled";

/// A profile of NetworkManager, in the words of its files (nm-settings-keyfile(5)).
fn profile(wired: &Wired) -> Result<Attrs, NixError> {
    let mut profile = Attrs::new();
    let mut connection = Attrs::new();
    connection.set("id", wired.interface.as_str())?;
    connection.set("type", "ethernet")?;
    connection.set("interface-name", wired.interface.as_str())?;
    profile.set("connection", connection)?;
    profile.set("ipv4", family(wired, IpAddr::is_ipv4, OFF)?)?;
    // Without a fixed one, addresses come from the router's announcements.
    profile.set("ipv6", family(wired, IpAddr::is_ipv6, "auto")?)?;
    Ok(profile)
}

/// The part of a profile about one kind of address; `otherwise` is how it is done without any.
fn family(wired: &Wired, is: fn(&IpAddr) -> bool, otherwise: &str) -> Result<Attrs, NixError> {
    let mut family = Attrs::new();
    let addresses: Vec<&Address> = wired.addresses.iter().filter(|a| is(&a.address)).collect();
    let list = |values: &[IpAddr]| {
        let own = values.iter().filter(|value| is(value));
        own.map(IpAddr::to_string).collect::<Vec<_>>()
    };
    let fixed = !addresses.is_empty();
    family.set("method", if fixed { "manual" } else { otherwise })?;
    for (number, address) in (1..).zip(addresses) {
        let name = format!("address{number}");
        family.set(super::tree::Text::new(name)?, address.to_string())?;
    }
    if let Some(gateway) = list(&wired.gateways).first().filter(|_| fixed) {
        family.set("gateway", gateway.as_str())?;
    }
    let servers = list(&wired.name_servers);
    if !servers.is_empty() && (fixed || otherwise != OFF) {
        family.set("dns", servers.join(";"))?;
    }
    Ok(family)
}

/// The proxy of programs and of Nix' own downloads.
fn proxy(choices: &Choices) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    if let Some(url) = &choices.proxy {
        section.set_under(
            "The way to the web.",
            "networking.proxy.default",
            // Everyone can read the configuration.
            String::from(url.clone()),
        )?;
        if let Some(without) = &choices.no_proxy {
            section.set("networking.proxy.noProxy", without.as_str())?;
        }
    }
    Ok(section)
}

/// Ports that are open for more than the services written here.
fn ports(choices: &Choices) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    let lists = [
        ("networking.firewall.allowedTCPPorts", &choices.tcp_ports),
        ("networking.firewall.allowedUDPPorts", &choices.udp_ports),
    ];
    let asked = lists.into_iter().filter(|(_, ports)| !ports.is_empty());
    for (number, (option, ports)) in asked.enumerate() {
        let ports: Vec<i32> = ports.iter().map(|port| i32::from(port.get())).collect();
        match number {
            0 => section.set_under("Ports that are open to others.", option, ports)?,
            _ => section.set(option, ports)?,
        }
    }
    Ok(section)
}

/// The SSH server; it opens its port in the firewall by itself.
fn ssh(how: Ssh) -> Result<Attrs, NixError> {
    let mut server = Attrs::new();
    server.set("enable", true)?;
    let mut settings = Attrs::new();
    settings.set("PermitRootLogin", "no")?;
    if how == Ssh::Keys {
        settings.set("PasswordAuthentication", false)?;
        settings.set("KbdInteractiveAuthentication", false)?;
    }
    server.set("settings", settings)?;
    let comment = match how {
        Ssh::Keys => "People may log in over SSH with one of their keys; root may not.",
        _ => "People may log in over SSH with a key or their password; root may not.",
    };
    let mut section = Attrs::new();
    section.set_under(comment, "services.openssh", server)?;
    Ok(section)
}
