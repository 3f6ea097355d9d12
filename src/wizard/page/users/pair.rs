//! A password that is typed twice, or that the preset holds already as a hash.

use crate::preset::Password;
use crate::secret::Secret;
use crate::wizard::Element;
use crate::wizard::page::Context;
use crate::wizard::page::strength::{Measured, Meter};
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, PasswordField, button, password, small, together};
use iced::widget::{column, container, row};
use iced::{Center, Fill, Task};

#[derive(Clone, Debug)]
pub(crate) enum Message {
    Password(Secret),
    Repeat(Secret),
    Show,
    /// Another one in place of that in the preset.
    Anew,
    Measured(Measured),
}

#[derive(Debug, Default)]
pub(super) struct Pair {
    password: Secret,
    repeat: Secret,
    shown: bool,
    meter: Meter,
    /// A hash from the preset, which is taken as it is.
    given: Option<Password>,
}

/// What a pair lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    Password,
    Repeat,
}

impl Pair {
    /// With what a preset says already.
    pub(super) fn of(password: &Password) -> Self {
        let (typed, given) = match password {
            Password::Plain(secret) => (secret.clone(), None),
            Password::Hash(_) => (Secret::default(), Some(password.clone())),
            Password::Ask => (Secret::default(), None),
        };
        Self {
            repeat: typed.clone(),
            password: typed,
            given,
            ..Self::default()
        }
    }

    /// Takes a message; whether the password is another one now, and is to be measured.
    pub(super) fn update(&mut self, message: Message) -> (bool, Task<Message>) {
        match message {
            Message::Password(password) => {
                self.password = password;
                return (true, Task::none());
            }
            Message::Repeat(repeat) => self.repeat = repeat,
            Message::Show => self.shown = !self.shown,
            Message::Anew => {
                self.given = None;
                return (true, Task::none());
            }
            Message::Measured(measured) => {
                let task = self.meter.measured(measured).map(Message::Measured);
                return (false, task);
            }
        }
        (false, Task::none())
    }

    /// Measures it against what a guesser knows about the person.
    pub(super) fn measure(&mut self, known: Vec<String>) -> Task<Message> {
        let task = self.meter.measure(&self.password, known);
        task.map(Message::Measured)
    }

    /// What the preset says of it: never what was typed.
    pub(super) fn in_preset(&self) -> Password {
        self.given.clone().unwrap_or_default()
    }

    /// What was typed, where that is the password.
    pub(super) fn typed(&self) -> Option<&Secret> {
        self.given.is_none().then_some(&self.password)
    }

    pub(super) fn lack(&self) -> Option<Lack> {
        if self.given.is_some() {
            None
        } else if self.password.expose().is_empty() {
            Some(Lack::Password)
        } else if self.password != self.repeat {
            Some(Lack::Repeat)
        } else {
            None
        }
    }

    /// Wipes what was typed: the engine has it now.
    pub(super) fn forget(&mut self) {
        self.password = Secret::default();
        self.repeat = Secret::default();
        self.meter = Meter::default();
    }

    /// Gives the password, as for a picture.
    pub(super) fn fill_in(&mut self, password: Secret) {
        self.repeat = password.clone();
        self.password = password;
    }

    /// How hard the password is to guess, as far as it is known.
    #[cfg(test)]
    pub(super) fn score(&self) -> Option<crate::strength::Score> {
        self.meter.score()
    }

    /// Both fields side by side; `end` is what their names on the page end with, `lacking` is what is
    /// wrong while there is no password.
    pub(super) fn view<'a>(
        &'a self,
        ctx: Context<'a>,
        end: &str,
        lacking: Option<&'static str>,
    ) -> Element<'a, Message> {
        let p = ctx.palette();
        if self.given.is_some() {
            let anew = button(p, Kind::Quiet, ctx.t("password-anew"), Some(Message::Anew));
            let words = small(ctx.t("password-given"), p.muted);
            let line = row![words, anew.id(format!("password-anew{end}"))];
            return line.spacing(space::M).align_y(Center).into();
        }
        let is_missing = self.lack() == Some(Lack::Password);
        let lacking = lacking.filter(|_| is_missing).map(|key| ctx.t(key));
        let first = password(
            p,
            PasswordField {
                id: format!("password{end}").into(),
                name: ctx.t("password"),
                value: &self.password,
                shown: self.shown,
                wrong: lacking,
                keys: ctx.keys(),
            },
            Message::Password,
            Message::Show,
        );
        let differs = self.password != self.repeat && !self.repeat.expose().is_empty();
        let repeat = password(
            p,
            PasswordField {
                id: format!("repeat{end}").into(),
                name: ctx.t("password-repeat"),
                value: &self.repeat,
                shown: self.shown,
                wrong: differs.then(|| ctx.t("users-missing-repeat")),
                keys: ctx.keys(),
            },
            Message::Repeat,
            Message::Show,
        );
        let first = column![first].push(self.meter.view(ctx)).spacing(space::S);
        let first = container(together(first)).width(Fill);
        row![first, repeat].spacing(space::L).into()
    }
}
