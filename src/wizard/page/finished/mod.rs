//! Finished: what was done, with which warnings, and how to go on. Never says success by itself: it
//! shows the outcome that the engine computed, or that there is none and why.

mod installed;
mod stopped;

use super::install::{self, Situation};
use super::{Context, log};
use crate::engine::Outcome;
use crate::wizard::Element;
use crate::wizard::theme::{height, space};
use crate::wizard::widget::{Tone, lead, notice};
use iced::Fill;
use iced::widget::{Column, column, container};

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
    /// A line to write, for the clipboard.
    Copy(String),
    Log(log::Message),
}

/// What the program has to do after a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Leave(Leave),
    Back,
    Retry,
    Report,
    Copy(String),
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

/// Shows the log, or hides it.
const LOG: Message = Message::Log(log::Message::Toggle);

/// The id of the part that the log is in.
pub(crate) const LOG_PART: &str = "finished-log";

impl State {
    pub(crate) fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Restart => Action::Leave(Leave::Restart),
            Message::PowerOff => Action::Leave(Leave::PowerOff),
            Message::LookAround => Action::Leave(Leave::LookAround),
            Message::Back => Action::Back,
            Message::Retry => Action::Retry,
            Message::Report => Action::Report,
            Message::Copy(line) => Action::Copy(line),
            Message::Log(message) => Action::Log(message),
        }
    }

    pub(crate) fn view<'a>(
        &'a self,
        ctx: Context<'a>,
        install: &'a install::State,
    ) -> Element<'a, Message> {
        let content = match (&install.situation, &install.track.outcome) {
            (Situation::NotBegun(why), _) => stopped::not_begun(ctx, install, why),
            (Situation::Lost(why), _) => stopped::lost(ctx, install, why),
            (_, Some(Outcome::Done)) => installed::view(ctx, install, &[]),
            (_, Some(Outcome::DoneWithWarnings { warnings })) => {
                installed::view(ctx, install, warnings)
            }
            (_, Some(Outcome::Failed { step, error })) => {
                stopped::failed(ctx, install, *step, error)
            }
            (_, Some(Outcome::Cancelled { after })) => stopped::cancelled(ctx, install, *after),
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
                let copy = Some(ctx.t("saved-copy"));
                below.push(notice(p, Tone::Good, words, copy))
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
            container(log).height(height::LOG).id(LOG_PART)
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
