//! Finished: what was done, with which warnings, and how to go on. Never says success by itself: it
//! shows the outcome that the engine computed.

use super::{Context, install};
use crate::engine::{ErrorReport, Outcome};
use crate::wizard::Element;
use crate::wizard::fonts::CODE;
use crate::wizard::theme::{Palette, size, space};
use crate::wizard::track::Track;
use crate::wizard::widget::{
    Icon, Kind, Tone, body, button, card, head, icon, lead, notice, panel, small, strong, title,
};
use iced::widget::{Column, column, container, row, text};
use iced::{Center, Fill};

#[derive(Clone, Copy, Debug)]
pub(crate) enum Message {
    Restart,
    PowerOff,
    LookAround,
    Back,
}

/// What people do next, by the keys of their texts, with a command each.
const NEXT: [(&str, &str); 3] = [
    ("next-change", "sudo nano /etc/nixos/configuration.nix"),
    ("next-apply", "sudo nixos-rebuild switch"),
    ("next-back", "sudo nixos-rebuild switch --rollback"),
];

pub(crate) fn view<'a>(ctx: Context<'a>, track: &'a Track) -> Element<'a, Message> {
    let p = ctx.palette();
    match &track.outcome {
        Some(Outcome::Done) => installed(ctx, track, &[]),
        Some(Outcome::DoneWithWarnings { warnings }) => installed(ctx, track, warnings),
        Some(Outcome::Failed { step, error }) => failed(ctx, track, step.is_some(), error),
        Some(Outcome::Cancelled { after }) => column![
            title(p, ctx.t("cancelled-title")),
            lead(p, ctx.tv("cancelled-lead", "step", after.to_string())),
            button(
                p,
                Kind::Primary,
                ctx.t("back-to-summary"),
                Some(Message::Back)
            )
            .id("back"),
        ]
        .spacing(space::L)
        .width(Fill)
        .into(),
        None => lead(p, ctx.t("install-begins")),
    }
}

fn installed<'a>(ctx: Context<'a>, track: &Track, warnings: &'a [String]) -> Element<'a, Message> {
    let p = ctx.palette();
    let took = ctx.tv("finished-lead", "time", install::clock(track.seconds));
    let crown = row![
        icon(Icon::Flake, 56.0, p.accent),
        column![title(p, ctx.t("finished-title")), lead(p, took)].spacing(space::XS)
    ]
    .spacing(space::L)
    .align_y(Center);
    let mut content = column![crown].spacing(space::L).width(Fill);
    for warning in warnings {
        content = content.push(notice(p, Tone::Warning, warning.clone(), None));
    }
    let steps = NEXT.map(|(key, command)| next_step(ctx, p, key, command));
    let next = column![head(p, ctx.t("finished-next"))]
        .push(Column::with_children(steps).spacing(space::M))
        .spacing(space::M);
    content
        .push(card(p, next))
        .push(small(ctx.t("finished-log"), p.muted))
        .push(
            row![
                button(p, Kind::Primary, ctx.t("restart"), Some(Message::Restart)).id("restart"),
                button(
                    p,
                    Kind::Plain,
                    ctx.t("look-around"),
                    Some(Message::LookAround)
                ),
                button(p, Kind::Plain, ctx.t("power-off"), Some(Message::PowerOff)),
            ]
            .spacing(space::M),
        )
        .into()
}

fn next_step<'a>(
    ctx: Context<'a>,
    p: &'static Palette,
    key: &str,
    command: &'static str,
) -> Element<'a, Message> {
    let command = panel(
        p.sunken,
        text(command).size(size::SMALL).font(CODE).color(p.text),
    )
    .padding([space::S, space::M]);
    column![strong(p, ctx.t(key)), command]
        .spacing(space::XS)
        .into()
}

fn failed<'a>(
    ctx: Context<'a>,
    track: &'a Track,
    began: bool,
    error: &'a ErrorReport,
) -> Element<'a, Message> {
    let p = ctx.palette();
    let told = if began { "failed-lead" } else { "refused-lead" };
    let mut content = column![
        title(p, ctx.t("failed-title")),
        lead(p, ctx.t(told)),
        notice(p, Tone::Error, error.message.clone(), None),
    ]
    .spacing(space::L)
    .width(Fill);
    if let Some(command) = &error.command {
        let line = format!("{}: {}", command.arguments.join(" "), command.status);
        content = content.push(body(p, line));
    }
    content
        .push(container(ctx.left_to_right(install::log(p, track))).height(220))
        .push(
            button(
                p,
                Kind::Primary,
                ctx.t("back-to-summary"),
                Some(Message::Back),
            )
            .id("back"),
        )
        .into()
}
