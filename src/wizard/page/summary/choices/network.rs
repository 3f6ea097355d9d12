//! The computer in the network.

use super::{Line, all, or_decided, told};
use crate::preset::{Choices, Network, Ssh, Wired};
use crate::wizard::page::Context;
use std::num::NonZeroU16;

pub(super) fn lines(
    ctx: Context<'_>,
    chosen: &Network,
    decided: Option<&Choices>,
) -> impl Iterator<Item = Line> {
    let Network {
        host_name,
        firewall,
        tcp_ports,
        udp_ports,
        carry_over,
        ssh,
        proxy,
        no_proxy,
        wired,
    } = chosen;
    let host = host_name.as_ref().or(decided.map(|all| &all.host_name));
    let host = host.map(ToString::to_string);
    let carried = (*carry_over == Some(true)).then(|| ctx.t("summary-carried"));
    let connections = carried
        .into_iter()
        .chain(wired.iter().map(move |wired| wired_words(ctx, wired)));
    let connections = connections.map(|words| ("summary-network", words));
    let ssh = match ssh.unwrap_or_default() {
        Ssh::Off => None,
        Ssh::Keys => Some(ctx.t("summary-ssh-keys")),
        Ssh::Passwords => Some(ctx.t("summary-ssh-passwords")),
    };
    let open = match firewall {
        Some(false) => Some(ctx.t("summary-no-firewall")),
        _ => ports(tcp_ports, udp_ports),
    };
    told([("summary-host", Some(or_decided(ctx, host)))])
        .chain(connections)
        .chain(told([
            ("proxy", proxy.as_ref().map(ToString::to_string)),
            ("summary-no-proxy", no_proxy.clone()),
            ("summary-ports", open),
            ("summary-ssh", ssh),
        ]))
}

/// An interface with a fixed address.
fn wired_words(ctx: Context<'_>, wired: &Wired) -> String {
    let Wired {
        interface,
        addresses,
        gateways,
        name_servers,
    } = wired;
    let addresses = all(addresses).unwrap_or_default();
    let labelled = |key: &str, values: Option<String>| {
        values.map(|values| format!("{}: {values}", ctx.t(key)))
    };
    let parts = [
        Some(format!("{interface} {addresses}")),
        labelled("wired-gateway", all(gateways)),
        labelled("wired-servers", all(name_servers)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    ctx.texts.list(&parts)
}

/// What others reach beside the services that are turned on.
fn ports(tcp: &[NonZeroU16], udp: &[NonZeroU16]) -> Option<String> {
    let tcp = tcp.iter().map(|port| format!("{port} TCP"));
    let udp = udp.iter().map(|port| format!("{port} UDP"));
    let ports: Vec<String> = tcp.chain(udp).collect();
    all(&ports)
}
