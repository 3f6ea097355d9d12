//! Everything that was chosen, a line each: first what everybody chooses, then what is otherwise than
//! usual, where it is.

use super::Message;
use crate::preset::{Encryption, Keyboard, LocaleName, Preset, Shape, Ssh, Upgrades, User};
use crate::wizard::Element;
use crate::wizard::page::{self, Context, desktop, disk, known, software};
use crate::wizard::theme::space;
use crate::wizard::widget::{body, small};
use crate::{keyboard, location};
use iced::widget::{Column, container, row};
use iced::{Center, Fill};

/// How wide the names of the lines are, in logical pixels.
const NAMES: f32 = 180.0;

/// The key of a line's name, and what the line says.
type Line = (&'static str, String);

/// Each choice with its name.
pub(super) fn view<'a>(ctx: Context<'a>) -> Element<'a, Message> {
    let p = ctx.palette();
    let lines = usual(ctx).into_iter().chain(unusual(ctx));
    let lines = lines.map(|(key, value)| {
        let name = container(small(ctx.t(key), p.muted)).width(NAMES);
        let line = row![name, container(body(p, value)).width(Fill)];
        line.spacing(space::M).align_y(Center).into()
    });
    Column::with_children(lines).spacing(space::XS).into()
}

/// What everybody chooses, or leaves to NixOS.
fn usual(ctx: Context<'_>) -> Vec<Line> {
    let preset = ctx.draft.preset();
    let machine = ctx.draft.machine();
    let text = |value: Option<String>| value.unwrap_or_else(|| ctx.t("by-default"));
    let locale = &preset.locale;
    let language = locale.language.as_ref().map(locale_name);
    let zone = locale
        .time_zone
        .as_ref()
        .map(|zone| town(ctx, zone.as_str()));
    let host = preset.network.host_name.as_ref().map(ToString::to_string);
    let environment = preset.desktop.environment;
    let desktop = environment.map(|environment| desktop::name_of(ctx, environment));
    let release = machine.medium.nixpkgs.known();
    let release = release.map(|nixpkgs| format!("NixOS {}", nixpkgs.release));
    let unfree = match preset.software.unfree {
        Some(true) => "allowed",
        _ => "not-allowed",
    };
    vec![
        ("summary-release", text(release)),
        ("summary-language", text(language)),
        ("summary-zone", text(zone)),
        ("summary-keyboard", text(layout(ctx, &preset.keyboard))),
        ("summary-user", text(people(preset))),
        ("summary-host", text(host)),
        ("summary-storage", storage(ctx)),
        ("summary-desktop", text(desktop)),
        ("summary-packages", programs(ctx)),
        ("summary-unfree", ctx.t(unfree)),
        ("summary-memory", known(&machine.memory, ctx.t("unknown"))),
    ]
}

/// What is otherwise than it is when nobody asks for it.
fn unusual(ctx: Context<'_>) -> Vec<Line> {
    let preset = ctx.draft.preset();
    let (locale, network, system) = (&preset.locale, &preset.network, &preset.system);
    let formats = locale.formats.as_ref();
    let formats = formats.filter(|formats| locale.language.as_ref() != Some(*formats));
    let carried = (network.carry_over == Some(true)).then(|| ctx.t("summary-carried"));
    let wired = network.wired.iter().map(ToString::to_string);
    let connections: Vec<String> = carried.into_iter().chain(wired).collect();
    let connections = (!connections.is_empty()).then(|| ctx.texts.list(&connections));
    let ssh = match network.ssh.unwrap_or_default() {
        Ssh::Off => None,
        Ssh::Keys => Some(ctx.t("summary-ssh-keys")),
        Ssh::Passwords => Some(ctx.t("summary-ssh-passwords")),
    };
    let kernel = system.kernel.as_ref();
    let kernel = kernel.and_then(|kernel| software::kernel_name(ctx, kernel));
    let upgrades = match system.upgrades.unwrap_or_default() {
        Upgrades::Off => None,
        Upgrades::NextStart => Some(ctx.t("upgrades-next-start")),
        Upgrades::AtOnce => Some(ctx.t("upgrades-at-once")),
    };
    let flake = preset.configuration.shape == Some(Shape::Flake);
    let lines = [
        ("formats", formats.map(locale_name)),
        ("summary-network", connections),
        ("proxy", network.proxy.as_ref().map(ToString::to_string)),
        ("summary-ports", ports(ctx)),
        ("summary-ssh", ssh),
        ("autologin", by_itself(preset)),
        ("kernel", kernel),
        (
            "loader",
            system.boot_loader.map(|loader| loader.to_string()),
        ),
        ("upgrades", upgrades),
        ("shape", flake.then(|| ctx.t("shape-flake"))),
    ];
    let told = |(key, value): (&'static str, Option<String>)| Some((key, value?));
    lines.into_iter().filter_map(told).collect()
}

/// A locale as the pages call it, or as the preset does.
fn locale_name(name: &LocaleName) -> String {
    let known = location::locale(name.as_str()).map(page::location::locale_name);
    known.unwrap_or_else(|| name.to_string())
}

/// The town of a time zone.
fn town(ctx: Context<'_>, zone: &str) -> String {
    let known = location::zone(zone).map(|zone| zone.town_in(ctx.texts.language().tag()).text);
    known.unwrap_or_else(|| zone.to_owned())
}

/// The keyboard as its page calls it.
fn layout(ctx: Context<'_>, chosen: &Keyboard) -> Option<String> {
    let name = chosen.layout.as_ref()?;
    let language = ctx.texts.language().tag();
    let known = keyboard::layout(name.as_str()).and_then(|layout| match &chosen.variant {
        Some(variant) => Some(layout.variant(variant.as_str())?.name_in(language).text),
        None => Some(layout.name_in(language).text),
    });
    Some(known.unwrap_or_else(|| name.to_string()))
}

/// Everyone who logs in.
fn people(preset: &Preset) -> Option<String> {
    let root = preset.root.iter().map(|_| "root".to_owned());
    let people: Vec<String> = preset.users.iter().map(name_of).chain(root).collect();
    (!people.is_empty()).then(|| people.join(", "))
}

fn name_of(user: &User) -> String {
    match &user.full_name {
        Some(name) => format!("{name} ({})", user.name),
        None => user.name.to_string(),
    }
}

/// Who is logged in without a password.
fn by_itself(preset: &Preset) -> Option<String> {
    let name = preset.desktop.autologin.as_ref()?;
    let user = preset.users.iter().find(|user| user.name == *name);
    Some(user.map_or_else(|| name.to_string(), name_of))
}

fn storage(ctx: Context<'_>) -> String {
    let disk = &ctx.draft.preset().disk;
    match disk.encrypt {
        Some(Encryption::On(_)) => {
            let parts = [disk::summary(ctx), ctx.t("content-encrypted")];
            ctx.texts.list(&parts)
        }
        _ => disk::summary(ctx),
    }
}

fn programs(ctx: Context<'_>) -> String {
    let software = &ctx.draft.preset().software;
    let flatpak = (software.flatpak == Some(true)).then(|| "Flatpak".to_owned());
    let packages = software.packages.iter().map(ToString::to_string);
    let programs: Vec<String> = packages.chain(flatpak).collect();
    match programs.is_empty() {
        true => ctx.t("none"),
        false => programs.join(", "),
    }
}

/// What others reach beside the services that are turned on.
fn ports(ctx: Context<'_>) -> Option<String> {
    let network = &ctx.draft.preset().network;
    if network.firewall == Some(false) {
        return Some(ctx.t("summary-no-firewall"));
    }
    let tcp = network.tcp_ports.iter().map(|port| format!("{port} TCP"));
    let udp = network.udp_ports.iter().map(|port| format!("{port} UDP"));
    let ports: Vec<String> = tcp.chain(udp).collect();
    (!ports.is_empty()).then(|| ports.join(", "))
}
