//! The end of an installation that is none: failed, stopped, not begun, lost. How the disk is, what was
//! done, and the ways on.

use super::{LOG, Message};
use crate::engine::{Cause, ErrorReport};
use crate::wizard::Element;
use crate::wizard::aftermath::Aftermath;
use crate::wizard::fonts::CODE;
use crate::wizard::page::{Context, install, sentence};
use crate::wizard::theme::{size, space};
use crate::wizard::widget::{Kind, Tone, button, card, lead, notice, small, title, well};
use iced::Fill;
use iced::widget::{Column, Row, column, text};

/// How much of what a failed command said is shown before the log is opened.
const SHOWN_LINES: usize = 5;

/// The ways on, the first of them first; `again` is the key of the words for another attempt.
fn ways<'a>(
    ctx: Context<'a>,
    install: &install::State,
    again: &'static str,
    ways: &[Message],
) -> Element<'a, Message> {
    let p = ctx.palette();
    let buttons = ways.iter().enumerate().map(|(index, way)| {
        let (id, key) = match way {
            Message::Retry => ("retry", again),
            Message::Report => ("report", "save-report"),
            Message::Log(_) => ("log", install.log.key()),
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

/// How the disk is now.
fn aftermath<'a>(ctx: Context<'a>, install: &install::State) -> Element<'a, Message> {
    let after = Aftermath::of(install.plan.as_deref(), &install.track);
    let tone = match after {
        Aftermath::Untouched => Tone::Good,
        Aftermath::MadeRoom | Aftermath::Beside => Tone::Info,
        Aftermath::BesideStarts | Aftermath::Erased | Aftermath::Lost => Tone::Warning,
    };
    notice(ctx.palette(), tone, ctx.t(after.key()), None)
}

/// What was done, and what was not.
fn stages<'a>(ctx: Context<'a>, install: &'a install::State) -> Element<'a, Message> {
    card(ctx.palette(), install.stages(ctx)).into()
}

/// The key of what a cause means; with `-mend`, of what helps.
const fn cause_key(cause: Cause) -> &'static str {
    match cause {
        Cause::DiskFull => "cause-disk-full",
        Cause::DiskFaulty => "cause-disk-faulty",
        Cause::MediumFaulty => "cause-medium",
        Cause::Memory => "cause-memory",
        Cause::Clock => "cause-clock",
        Cause::Network => "cause-network",
    }
}

pub(super) fn failed<'a>(
    ctx: Context<'a>,
    install: &'a install::State,
    step: Option<u32>,
    error: &'a ErrorReport,
) -> Column<'a, Message> {
    let p = ctx.palette();
    let told = match step.and_then(|step| install.track.step(step)) {
        Some(step) => ctx.tv("failed-lead-step", "step", install::name_of(ctx, step)),
        None if step.is_some() => ctx.t("failed-lead"),
        None => ctx.t("refused-lead"),
    };
    let cause = Cause::of(error).map(|cause| {
        let key = cause_key(cause);
        let mend = ctx.t(&format!("{key}-mend"));
        notice(p, Tone::Error, ctx.t(key), Some(mend))
    });
    // What explains it stands out; the exact words are for who wants them.
    let tone = cause.as_ref().map_or(Tone::Error, |_| Tone::Info);
    let mut content = column![crown(ctx, "failed-title", told)]
        .push(cause)
        .push(ctx.quote(tone, "failed-reason", &error.message));
    if let Some(command) = &error.command {
        let said = last_lines(&command.stderr).or_else(|| last_lines(&command.stdout));
        let line = format!("$ {}\n{}", command.arguments.join(" "), command.status);
        let line = [Some(line), said].into_iter().flatten();
        let line = text(line.collect::<Vec<_>>().join("\n\n"));
        let line = line.size(size::CODE).font(CODE).color(p.text);
        let line = line.wrapping(text::Wrapping::WordOrGlyph);
        let command = well(p, line).padding(space::M).width(Fill);
        content = content.push(ctx.left_to_right(command));
    }
    let again = [Message::Retry, Message::Back, Message::Report, LOG];
    let tries = match step {
        Some(_) => ways(ctx, install, "try-again", &again),
        None => ways(
            ctx,
            install,
            "try-again",
            &[Message::Back, Message::Report, LOG],
        ),
    };
    content = content.push(tries);
    match step {
        Some(_) => content
            .push(small(ctx.t("failed-ways"), p.muted))
            .push(aftermath(ctx, install))
            .push(stages(ctx, install)),
        None => content,
    }
}

pub(super) fn cancelled<'a>(
    ctx: Context<'a>,
    install: &'a install::State,
    after: u32,
) -> Column<'a, Message> {
    let told = match install.track.step(after) {
        _ if after == 0 => ctx.t("cancelled-lead-untouched"),
        Some(step) => ctx.tv("cancelled-lead-step", "step", install::name_of(ctx, step)),
        None => ctx.tv("cancelled-lead", "step", after.to_string()),
    };
    let again = [Message::Retry, Message::Back, Message::Report, LOG];
    column![
        crown(ctx, "cancelled-title", told),
        aftermath(ctx, install),
        ways(ctx, install, "install-go-on", &again),
        small(ctx.t("cancelled-ways"), ctx.palette().muted),
        stages(ctx, install),
    ]
}

pub(super) fn not_begun<'a>(
    ctx: Context<'a>,
    install: &install::State,
    why: &str,
) -> Column<'a, Message> {
    column![
        crown(ctx, "not-begun-title", ctx.t("refused-lead")),
        ctx.quote(Tone::Error, "failed-reason", &sentence(why)),
        ways(ctx, install, "try-again", &[Message::Back]),
    ]
}

pub(super) fn lost<'a>(
    ctx: Context<'a>,
    install: &install::State,
    why: &str,
) -> Column<'a, Message> {
    let p = ctx.palette();
    column![
        crown(ctx, "lost-title", ctx.t("lost-lead")),
        ctx.quote(Tone::Error, "failed-reason", &sentence(why)),
        small(ctx.t("lost-mend"), p.muted),
        ways(
            ctx,
            install,
            "try-again",
            &[Message::Back, Message::Report, LOG]
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, Texts};

    #[test]
    fn every_cause_and_its_cure_are_told_in_every_language() {
        for texts in Language::ALL.map(Texts::new) {
            for key in Cause::ALL.map(cause_key) {
                for key in [key.to_owned(), format!("{key}-mend")] {
                    assert_ne!(texts.get(&key), key);
                }
            }
        }
    }
}
