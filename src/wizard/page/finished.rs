//! Finished: what was done, with which warnings, and how to go on. Never says success by itself: it
//! shows the outcome that the engine computed, or that there is none and why.

use super::install::{self, Situation};
use super::{Context, log, sentence};
use crate::engine::{ErrorReport, Outcome};
use crate::wizard::Element;
use crate::wizard::fonts::CODE;
use crate::wizard::theme::{Palette, height, size, space};
use crate::wizard::track::Track;
use crate::wizard::widget::{
    Kind, Tone, button, card, head, lead, notice, panel, small, strong, title,
};
use iced::Fill;
use iced::widget::{Column, Row, column, container, row, text};

#[derive(Clone, Debug)]
pub(crate) enum Message {
    Restart,
    PowerOff,
    LookAround,
    /// Back to the questions.
    Back,
    /// On with the step that did not end.
    Retry,
    Report,
    Log(log::Message),
}

/// What the program has to do after a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Leave(Leave),
    Back,
    Retry,
    Report,
    Log(log::Message),
}

/// How the wizard is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leave {
    Restart,
    PowerOff,
    /// Into the live session.
    LookAround,
}

#[derive(Debug, Default)]
pub(crate) struct State {
    /// What became of the report.
    pub(crate) report: Option<Result<String, String>>,
    /// Why the computer does not restart or go off.
    pub(crate) stays: Option<String>,
    /// Why the engine does not try again.
    pub(crate) no_retry: Option<String>,
}

/// What people do next, by the keys of their texts, with a command each.
const NEXT: [(&str, &str); 3] = [
    ("next-change", "sudo nano /etc/nixos/configuration.nix"),
    ("next-apply", "sudo nixos-rebuild switch"),
    ("next-back", "sudo nixos-rebuild switch --rollback"),
];

/// Shows the log, or hides it.
const LOG: Message = Message::Log(log::Message::Toggle);

/// How much of what a failed command said is shown before the log is opened.
const SHOWN_LINES: usize = 5;

impl State {
    pub(crate) fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Restart => Action::Leave(Leave::Restart),
            Message::PowerOff => Action::Leave(Leave::PowerOff),
            Message::LookAround => Action::Leave(Leave::LookAround),
            Message::Back => Action::Back,
            Message::Retry => Action::Retry,
            Message::Report => Action::Report,
            Message::Log(message) => Action::Log(message),
        }
    }

    pub(crate) fn view<'a>(
        &'a self,
        ctx: Context<'a>,
        install: &'a install::State,
    ) -> Element<'a, Message> {
        let track = &install.track;
        let content = match (&install.situation, &track.outcome) {
            (Situation::NotBegun(why), _) => not_begun(ctx, why),
            (Situation::Lost(why), _) => lost(ctx, why),
            (_, Some(Outcome::Done)) => installed(ctx, &[]),
            (_, Some(Outcome::DoneWithWarnings { warnings })) => installed(ctx, warnings),
            (_, Some(Outcome::Failed { step, error })) => failed(ctx, track, *step, error),
            (_, Some(Outcome::Cancelled { after })) => cancelled(ctx, *after),
            (_, None) => column![lead(ctx.palette(), ctx.t("install-begins"))],
        };
        let content = content.spacing(space::L).width(Fill);
        content.push(self.below(ctx, install)).into()
    }

    /// What became of what was asked for on this page, and the log.
    fn below<'a>(&'a self, ctx: Context<'a>, install: &'a install::State) -> Column<'a, Message> {
        let p = ctx.palette();
        let mut below = column![].spacing(space::L);
        below = match &self.report {
            Some(Ok(path)) => {
                let words = ctx.tv("report-saved", "path", path.clone());
                below.push(notice(p, Tone::Good, words, None))
            }
            Some(Err(why)) => {
                let words = ctx.t("report-not-saved");
                below.push(ctx.reason(Tone::Error, words, why))
            }
            None => below,
        };
        for (key, why) in [("stays-on", &self.stays), ("no-retry", &self.no_retry)] {
            let told = why.as_ref();
            below = below.push(told.map(|why| ctx.reason(Tone::Error, ctx.t(key), why)));
        }
        below.push(install.log.open.then(|| {
            let log = install.log.view(ctx, &install.track).map(Message::Log);
            container(log).height(height::LOG)
        }))
    }
}

/// The words of the banner; only the engine's outcome puts them there.
pub(crate) fn banner_words(ctx: Context<'_>, install: &install::State) -> Option<(String, String)> {
    let told = !matches!(
        install.situation,
        Situation::NotBegun(_) | Situation::Lost(_)
    );
    let track = &install.track;
    let outcome = track.outcome.as_ref().filter(|_| told)?;
    let done = matches!(outcome, Outcome::Done | Outcome::DoneWithWarnings { .. });
    done.then(|| {
        let took = ctx.tv("finished-lead", "time", install::clock(track.seconds));
        (ctx.t("finished-title"), took)
    })
}

fn installed<'a>(ctx: Context<'a>, warnings: &'a [String]) -> Column<'a, Message> {
    let p = ctx.palette();
    // The head of this page is the banner above it.
    let mut content = Column::new();
    for warning in warnings {
        let words = sentence(warning);
        content = content.push(ctx.quote(Tone::Warning, "finished-warning", &words));
    }
    let steps = NEXT.map(|(key, command)| next_step(ctx, p, key, command));
    let next = column![head(p, ctx.t("finished-next"))]
        .push(Column::with_children(steps).spacing(space::M))
        .spacing(space::M);
    let look = button(
        p,
        Kind::Plain,
        ctx.t("look-around"),
        Some(Message::LookAround),
    );
    let off = button(p, Kind::Plain, ctx.t("power-off"), Some(Message::PowerOff));
    content
        .push(
            row![
                button(p, Kind::Primary, ctx.t("restart"), Some(Message::Restart)).id("restart"),
                look.id("look-around"),
                off.id("power-off"),
                button(p, Kind::Quiet, ctx.t("log-toggle"), Some(LOG)).id("log"),
            ]
            .spacing(space::M)
            .wrap()
            .vertical_spacing(space::S),
        )
        .push(card(p, next))
        .push(small(ctx.t("finished-log"), p.muted))
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

/// The ways on from an end that is none: those of `keys`, the first of them first.
fn ways<'a>(ctx: Context<'a>, ways: &[Message]) -> Element<'a, Message> {
    let p = ctx.palette();
    let buttons = ways.iter().enumerate().map(|(index, way)| {
        let (id, key) = match way {
            Message::Retry => ("retry", "try-again"),
            Message::Report => ("report", "save-report"),
            Message::Log(_) => ("log", "log-toggle"),
            _ => ("back", "back-to-summary"),
        };
        let kind = if index == 0 {
            Kind::Primary
        } else {
            Kind::Plain
        };
        button(p, kind, ctx.t(key), Some(way.clone())).id(id).into()
    });
    Row::with_children(buttons)
        .spacing(space::M)
        .wrap()
        .vertical_spacing(space::S)
        .into()
}

/// The title and the sentence below it.
fn crown<'a>(ctx: Context<'a>, key: &str, told: String) -> Element<'a, Message> {
    let p = ctx.palette();
    let crown = column![title(p, ctx.t(key)), lead(p, told)];
    crown.spacing(space::S).into()
}

/// The end of what a program said; nothing if it said nothing.
fn last_lines(text: &str) -> Option<String> {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let first = lines.len().saturating_sub(SHOWN_LINES);
    let shown = lines.get(first..)?.join("\n");
    (!shown.is_empty()).then_some(shown)
}

fn failed<'a>(
    ctx: Context<'a>,
    track: &'a Track,
    step: Option<u32>,
    error: &'a ErrorReport,
) -> Column<'a, Message> {
    let p = ctx.palette();
    let told = match step.and_then(|step| track.step(step)) {
        Some(step) => ctx.tv("failed-lead-step", "step", install::name_of(ctx, step)),
        None if step.is_some() => ctx.t("failed-lead"),
        None => ctx.t("refused-lead"),
    };
    let mut content = column![
        crown(ctx, "failed-title", told),
        ctx.quote(Tone::Error, "failed-reason", &error.message),
    ];
    if let Some(command) = &error.command {
        let said = last_lines(&command.stderr).or_else(|| last_lines(&command.stdout));
        let line = format!("$ {}\n{}", command.arguments.join(" "), command.status);
        let line = [Some(line), said].into_iter().flatten();
        let line = text(line.collect::<Vec<_>>().join("\n\n"));
        let line = line.size(size::CODE).font(CODE).color(p.text);
        let line = line.wrapping(text::Wrapping::WordOrGlyph);
        let command = panel(p.sunken, line).padding(space::M).width(Fill);
        content = content.push(ctx.left_to_right(command));
    }
    let tries: &[Message] = match step {
        Some(_) => &[Message::Retry, Message::Back, Message::Report, LOG],
        None => &[Message::Back, Message::Report, LOG],
    };
    content = content.push(ways(ctx, tries));
    match step {
        Some(_) => content.push(small(ctx.t("failed-ways"), p.muted)),
        None => content,
    }
}

fn cancelled<'a>(ctx: Context<'a>, after: u32) -> Column<'a, Message> {
    let told = match after {
        0 => ctx.t("cancelled-lead-untouched"),
        after => ctx.tv("cancelled-lead", "step", after.to_string()),
    };
    column![
        crown(ctx, "cancelled-title", told),
        ways(ctx, &[Message::Retry, Message::Back, Message::Report, LOG]),
    ]
}

fn not_begun<'a>(ctx: Context<'a>, why: &str) -> Column<'a, Message> {
    column![
        crown(ctx, "not-begun-title", ctx.t("refused-lead")),
        ctx.quote(Tone::Error, "failed-reason", &sentence(why)),
        ways(ctx, &[Message::Back]),
    ]
}

fn lost<'a>(ctx: Context<'a>, why: &str) -> Column<'a, Message> {
    let p = ctx.palette();
    column![
        crown(ctx, "lost-title", ctx.t("lost-lead")),
        ctx.quote(Tone::Error, "failed-reason", &sentence(why)),
        small(ctx.t("lost-mend"), p.muted),
        ways(ctx, &[Message::Back, Message::Report, LOG]),
    ]
}
