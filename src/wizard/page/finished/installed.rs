//! NixOS is installed: what was done, with which warnings, and how to go on, with the very lines.

use super::{LOG, Message};
use crate::preset::{Preset, User};
use crate::wizard::Element;
use crate::wizard::fonts::CODE;
use crate::wizard::page::{Context, desktop, install, sentence};
use crate::wizard::theme::{size, space, width};
use crate::wizard::widget::{Kind, Tone, body, button, card, head, notice, small, strong, well};
use iced::widget::{Column, column, container, row, text};
use iced::{Center, Fill};

/// What people do next, by the keys of their texts, with what they write or look for each.
fn lines_to_write(ctx: Context<'_>) -> Vec<(&'static str, String)> {
    // As the configuration has it, whatever its shape is.
    let files = ctx.draft.files().iter();
    let lines = files.flat_map(|file| file.text.lines().map(move |line| (&file.name, line.trim())));
    let list = lines
        .into_iter()
        .find(|(_, line)| line.starts_with(PACKAGES));
    let file = list.map_or("configuration.nix", |(name, _)| name.as_str());
    let add = list.map(|(_, line)| (ADD, line.to_owned()));
    let change = ("next-change", format!("sudo nano /etc/nixos/{file}"));
    let apply = ("next-apply", "sudo nixos-rebuild switch".to_owned());
    let back = (
        "next-back",
        "sudo nixos-rebuild switch --rollback".to_owned(),
    );
    [Some(change), add, Some(apply), Some(back)]
        .into_iter()
        .flatten()
        .collect()
}

/// The key of how a program is added.
const ADD: &str = "next-add";

/// What the list of programs begins with.
const PACKAGES: &str = "environment.systemPackages";

pub(super) fn view<'a>(
    ctx: Context<'a>,
    install: &'a install::State,
    warnings: &'a [String],
) -> Column<'a, Message> {
    let p = ctx.palette();
    // The head of this page is the banner above it.
    let mut content = Column::new().push(ways(ctx, install));
    content = content.push(notice(p, Tone::Info, ctx.t("take-out"), None));
    for warning in warnings {
        let words = sentence(warning);
        content = content.push(ctx.quote(Tone::Warning, "finished-warning", &words));
    }
    content
        .push(done(ctx, install))
        .push(next(ctx))
        .push(small(ctx.t("finished-log"), p.muted))
}

fn ways<'a>(ctx: Context<'a>, install: &install::State) -> Element<'a, Message> {
    let p = ctx.palette();
    let way = |kind, key: &'static str, message| button(p, kind, ctx.t(key), Some(message)).id(key);
    row![
        way(Kind::Primary, "restart", Message::Restart),
        way(Kind::Plain, "look-around", Message::LookAround),
        way(Kind::Plain, "power-off", Message::PowerOff),
        button(p, Kind::Quiet, ctx.t(install.log.key()), Some(LOG)).id("log"),
    ]
    .spacing(space::M)
    .wrap()
    .vertical_spacing(space::S)
    .into()
}

/// What was done, a line each. Of an installation that was found, only how long it took is known.
fn done<'a>(ctx: Context<'a>, install: &'a install::State) -> Element<'a, Message> {
    let p = ctx.palette();
    let lines = facts(ctx, install).into_iter().map(|(key, value)| {
        let name = container(small(ctx.t(key), p.muted)).width(width::NAMES);
        let value = container(body(p, value)).width(Fill);
        row![name, value].spacing(space::M).align_y(Center).into()
    });
    let lines = Column::with_children(lines).spacing(space::S);
    let whole = column![head(p, ctx.t("finished-done")), lines];
    card(p, whole.spacing(space::M)).into()
}

fn facts(ctx: Context<'_>, install: &install::State) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if let Some(plan) = &install.plan {
        for disk in plan.disks() {
            let identity = &disk.identity;
            let (size, path) = (
                ctx.texts.size(identity.size),
                identity.path.display().to_string(),
            );
            let parts = [identity.model.clone(), Some(size), Some(path)];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            facts.push(("disk-name", parts.join("  ·  ")));
        }
        let release = format!("NixOS {}", plan.nixpkgs.release);
        let preset = ctx.draft.preset();
        let environment = preset.desktop.environment;
        let environment = environment.map(|environment| desktop::name_of(ctx, environment));
        let parts: Vec<String> = [Some(release), environment].into_iter().flatten().collect();
        facts.push(("summary-release", parts.join("  ·  ")));
        let host = preset.network.host_name.as_ref();
        facts.extend(host.map(|host| ("summary-host", host.to_string())));
        facts.extend(people(preset).map(|people| ("summary-user", people)));
    }
    facts
}

fn people(preset: &Preset) -> Option<String> {
    let name = |user: &User| match &user.full_name {
        Some(name) => format!("{name} ({})", user.name),
        None => user.name.to_string(),
    };
    let people: Vec<String> = preset.users.iter().map(name).collect();
    (!people.is_empty()).then(|| people.join(", "))
}

/// How to go on.
fn next<'a>(ctx: Context<'a>) -> Element<'a, Message> {
    let p = ctx.palette();
    let steps = lines_to_write(ctx).into_iter().map(|(key, line)| {
        let copy = Message::Copy(line.clone());
        let written = text(line).size(size::SMALL).font(CODE).color(p.text);
        let written = written.wrapping(text::Wrapping::WordOrGlyph);
        let written = well(p, written).padding([space::S, space::M]).width(Fill);
        // Half of an expression breaks whatever it is put into.
        let copied =
            (key != ADD).then(|| button(p, Kind::Quiet, ctx.t("copy"), Some(copy)).id(key));
        let line = row![ctx.left_to_right(written)].push(copied);
        let line = line.spacing(space::M).align_y(Center);
        column![strong(p, ctx.t(key)), line]
            .spacing(space::XS)
            .into()
    });
    let steps = Column::with_children(steps).spacing(space::M);
    let whole = column![head(p, ctx.t("finished-next")), steps];
    let whole = whole.push(small(ctx.t("next-menu"), p.muted));
    card(p, whole.spacing(space::M)).into()
}
