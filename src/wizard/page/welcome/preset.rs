//! Answers that are there already: a preset is named or picked, read, and either taken or told what is
//! wrong with it, as `nevado check` tells it.

use crate::preset::Preset;
use crate::wizard::Element;
use crate::wizard::load::{Mistaken, Refused, Seen};
use crate::wizard::page::{Context, sentence};
use crate::wizard::theme::space;
use crate::wizard::widget::{
    Kind, Scope, Tone, button, card, field_to_send, label, lines, notice, small, together,
};
use iced::widget::{Column, Row, column, container, row};
use iced::{Bottom, Center, Fill};

/// The id of all of it, and of what came of reading.
const CARD: &str = "preset-card";
const TOLD: &str = "preset-told";

#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// Shows the field, or hides it.
    Toggle,
    /// Presets that lie near.
    Near(Vec<String>),
    Path(String),
    /// What is at a path.
    Seen(String, Seen),
    /// One of those that lie near.
    Pick(String),
    Load,
    Read(String, Result<Box<Preset>, Refused>),
    ToSummary,
}

/// What is left to do.
#[derive(Debug)]
pub(crate) enum Action {
    None,
    /// Scrolls to a part.
    Show(&'static str),
    /// Looks what lies near, with the focus in the field; the part with it is to be seen.
    LookNear(&'static str),
    See(String),
    Read(String),
    Take(Box<Preset>),
    ToSummary,
}

#[derive(Debug, Default)]
pub(super) struct State {
    open: bool,
    near: Vec<String>,
    path: String,
    seen: Option<Seen>,
    end: Option<End>,
}

/// What came of reading a preset.
#[derive(Debug)]
enum End {
    Awaited,
    Taken(String),
    Refused(String, Refused),
}

impl State {
    pub(super) fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Toggle => {
                self.open = !self.open;
                match self.open {
                    true => Action::LookNear(CARD),
                    false => Action::None,
                }
            }
            Message::Near(near) => {
                self.near = near;
                Action::Show(CARD)
            }
            Message::Path(path) => {
                self.path = path;
                self.seen = None;
                // It was about what was written before.
                if let Some(End::Refused(..)) = self.end {
                    self.end = None;
                }
                match self.path.trim().is_empty() {
                    true => Action::None,
                    false => Action::See(self.path.clone()),
                }
            }
            Message::Seen(path, seen) => {
                // About what was written since, it says nothing.
                if path == self.path {
                    self.seen = Some(seen);
                }
                Action::None
            }
            Message::Pick(path) => {
                (self.path, self.seen) = (path, Some(Seen::File));
                self.read()
            }
            Message::Load => self.read(),
            Message::Read(path, Ok(preset)) => {
                self.end = Some(End::Taken(path));
                self.open = false;
                Action::Take(preset)
            }
            Message::Read(path, Err(refused)) => {
                self.end = Some(End::Refused(path, refused));
                Action::Show(TOLD)
            }
            Message::ToSummary => Action::ToSummary,
        }
    }

    fn read(&mut self) -> Action {
        if self.path.trim().is_empty() || matches!(self.end, Some(End::Awaited)) {
            return Action::None;
        }
        self.end = Some(End::Awaited);
        Action::Read(self.path.clone())
    }

    pub(super) fn view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let words = ctx.t(match self.open {
            true => "preset-hide",
            false => "preset-load",
        });
        let toggle = button(p, Kind::Plain, words, Some(Message::Toggle)).id("preset");
        let note = small(ctx.t("preset-note"), p.muted);
        let head = row![toggle, container(note).width(Fill)];
        let head = head.spacing(space::M).align_y(Center);
        let told = self.told(ctx).map(|told| container(told).id(TOLD).into());
        let (inside, below) = match self.open {
            true => (Some(self.choice(ctx, told)), None),
            false => (None, told),
        };
        let content = column![head].push(inside).push(below);
        container(card(p, content.spacing(space::M)))
            .id(CARD)
            .into()
    }

    /// The field, what came of reading what it names, and what lies near.
    fn choice<'a>(
        &'a self,
        ctx: Context<'a>,
        told: Option<Element<'a, Message>>,
    ) -> Element<'a, Message> {
        let p = ctx.palette();
        let wrong = match self.seen {
            Some(Seen::Nothing) => Some(ctx.t("preset-nothing-there")),
            Some(Seen::Folder) => Some(ctx.t("preset-folder")),
            Some(Seen::File) | None => None,
        };
        let loads = self.seen == Some(Seen::File);
        let name = ("preset-path", ctx.t("preset-path"));
        let is_wrong = wrong.is_some();
        let field = field_to_send(p, name, &self.path, is_wrong, Message::Path, Message::Load);
        let load = button(
            p,
            Kind::Primary,
            ctx.t("preset-read"),
            loads.then_some(Message::Load),
        );
        let line = row![field, load.id("preset-read")];
        let near = self.near.iter().map(|path| {
            let pick = Some(Message::Pick(path.clone()));
            button(p, Kind::Quiet, path.as_str(), pick).into()
        });
        let near: Vec<Element<'a, Message>> = near.collect();
        let near = (!near.is_empty()).then(|| {
            let found = Scope::group(Row::with_children(near).spacing(space::L).wrap());
            column![label(p, ctx.t("preset-near")), found].spacing(space::XS)
        });
        let choice = column![line.spacing(space::M).align_y(Bottom)]
            .push(wrong.map(|wrong| small(wrong, p.danger)))
            .push(told)
            .push(near);
        together(choice.spacing(space::S))
    }

    fn told<'a>(&'a self, ctx: Context<'a>) -> Option<Element<'a, Message>> {
        let p = ctx.palette();
        match self.end.as_ref()? {
            End::Awaited => None,
            End::Taken(path) => {
                let told = ctx.tv("preset-taken", "path", path.clone());
                let told = notice(p, Tone::Good, told, Some(ctx.t("preset-taken-next")));
                let go = button(
                    p,
                    Kind::Plain,
                    ctx.t("preset-summary"),
                    Some(Message::ToSummary),
                );
                Some(
                    column![told, go.id("preset-summary")]
                        .spacing(space::S)
                        .into(),
                )
            }
            End::Refused(path, Refused::Unreadable(why)) => {
                let told = ctx.tv("preset-unreadable", "path", path.clone());
                Some(notice(p, Tone::Error, told, Some(sentence(why))))
            }
            End::Refused(path, Refused::TooLarge) => {
                let told = ctx.tv("preset-too-large", "path", path.clone());
                Some(notice(p, Tone::Error, told, None))
            }
            End::Refused(path, Refused::Mistakes(mistakes)) => {
                let told = ctx.tv("preset-mistakes", "path", path.clone());
                let told = notice(p, Tone::Error, told, Some(ctx.t("preset-mistakes-mend")));
                let each = mistakes.iter().map(|mistake| mistaken(ctx, mistake));
                let each = Column::with_children(each).spacing(space::M);
                Some(
                    column![told, ctx.left_to_right(each)]
                        .spacing(space::M)
                        .into(),
                )
            }
        }
    }
}

/// A mistake, the line that it is in, and how to mend it; English, as on the command line.
fn mistaken<'a>(ctx: Context<'a>, mistake: &'a Mistaken) -> Element<'a, Message> {
    let p = ctx.palette();
    let line = (!mistake.line.is_empty()).then(|| lines(p, &mistake.line));
    let mend = (!mistake.mend.is_empty()).then(|| small(mistake.mend.as_str(), p.text));
    column![small(mistake.what.as_str(), p.danger)]
        .push(line)
        .push(mend)
        .spacing(space::XS)
        .width(Fill)
        .into()
}
