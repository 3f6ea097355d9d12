//! Whether the disk is encrypted, with which passphrase, and with which further key.
//!
//! The passphrase stays here in a [`Secret`]; the preset only learns that there is one to ask for.

use super::recovery;
use crate::engine::RecoveryKey;
use crate::plan::{Problem, ProblemId};
use crate::preset::{Encryption, Keys, Passphrase};
use crate::secret::Secret;
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::page::strength::{Measured, Meter};
use crate::wizard::page::{Context, keyboard};
use crate::wizard::theme::space;
use crate::wizard::widget::{PasswordField, Tone, check, notice, password, small};
use iced::widget::{Column, column, row};
use iced::{Fill, Task};

#[derive(Clone, Debug)]
pub(crate) enum Message {
    On(bool),
    Passphrase(Secret),
    Repeat(Secret),
    Show,
    Measured(Measured),
    Recovery(recovery::Message),
}

#[derive(Debug)]
pub(crate) struct State {
    passphrase: Secret,
    repeat: Secret,
    shown: bool,
    meter: Meter,
    /// Whether the keyboard lacks some of the passphrase's characters.
    hard_to_type: bool,
    recovery: recovery::State,
    /// Where keys came from and go to before encryption was turned off.
    before: Keys,
}

/// Where the passphrase comes from.
fn asked(draft: &Draft) -> Option<&Passphrase> {
    match &draft.preset().disk.encrypt {
        Some(Encryption::On(keys)) => Some(&keys.passphrase),
        Some(Encryption::Off) | None => None,
    }
}

/// Where the keys come from and go to; never the passphrase itself.
fn without_text(keys: &Keys) -> Keys {
    let mut keys = keys.clone();
    if let Passphrase::Plain(_) = keys.passphrase {
        keys.passphrase = Passphrase::Ask;
    }
    keys
}

impl State {
    /// With what a preset says already.
    pub(crate) fn new(draft: &Draft) -> Self {
        let passphrase = match asked(draft) {
            Some(Passphrase::Plain(passphrase)) => passphrase.clone(),
            _ => Secret::new(""),
        };
        Self {
            repeat: passphrase.clone(),
            passphrase,
            shown: false,
            meter: Meter::default(),
            hard_to_type: false,
            recovery: recovery::State::default(),
            before: Keys::default(),
        }
    }

    /// Looks at the passphrase again: the keyboard may be another one now.
    pub(crate) fn enter(&mut self, draft: &Draft) -> Task<Message> {
        self.recovery.follow(draft);
        self.hard_to_type = hard_to_type(draft, &self.passphrase);
        let task = self.meter.measure(&self.passphrase, Vec::new());
        task.map(Message::Measured)
    }

    pub(crate) fn update(&mut self, message: Message, draft: &mut Draft) -> Task<Message> {
        match message {
            Message::On(on) => {
                if let Some(Encryption::On(keys)) = &draft.preset().disk.encrypt {
                    self.before = without_text(keys);
                }
                let keys = self.before.clone();
                draft.edit(|preset| {
                    preset.disk.encrypt = Some(match on {
                        true => Encryption::On(keys),
                        false => Encryption::Off,
                    });
                });
                if !on {
                    // Wiped, not kept for later.
                    self.passphrase = Secret::new("");
                    self.repeat = Secret::new("");
                }
                self.enter(draft)
            }
            Message::Passphrase(passphrase) => {
                self.passphrase = passphrase;
                draft.edit(|preset| {
                    let encrypt = &mut preset.disk.encrypt;
                    match encrypt {
                        Some(Encryption::On(keys)) => keys.passphrase = Passphrase::Ask,
                        _ => *encrypt = Some(Encryption::On(Keys::default())),
                    }
                });
                self.enter(draft)
            }
            Message::Repeat(repeat) => {
                self.repeat = repeat;
                Task::none()
            }
            Message::Show => {
                self.shown = !self.shown;
                Task::none()
            }
            Message::Measured(measured) => self.meter.measured(measured).map(Message::Measured),
            Message::Recovery(message) => {
                let task = self.recovery.update(message, draft);
                task.map(Message::Recovery)
            }
        }
    }

    /// The passphrase as it was typed.
    pub(crate) const fn passphrase(&self) -> &Secret {
        &self.passphrase
    }

    /// The recovery key, once it is written down.
    pub(crate) fn recovery_key(&self) -> Option<&RecoveryKey> {
        self.recovery.key()
    }

    /// The recovery key as it is shown.
    #[cfg(test)]
    pub(crate) fn shown_key(&self) -> Option<&RecoveryKey> {
        self.recovery.shown()
    }

    /// Wipes the keys: the engine has them now.
    pub(crate) fn forget(&mut self) {
        self.passphrase = Secret::new("");
        self.repeat = Secret::new("");
        self.meter = Meter::default();
        self.recovery.forget();
    }

    /// What is still missing, by the key of its text.
    pub(crate) fn missing(&self, draft: &Draft) -> Option<&'static str> {
        let missing = match asked(draft) {
            None | Some(Passphrase::File(_)) => None,
            Some(_) if self.passphrase.expose().is_empty() => Some("disk-missing-passphrase"),
            Some(_) if self.passphrase != self.repeat => Some("disk-missing-repeat"),
            Some(_) => None,
        };
        missing.or_else(|| self.recovery.missing(draft))
    }

    pub(crate) fn view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let asked = asked(ctx.draft);
        let on = check(
            p,
            asked.is_some(),
            ctx.t("encrypt"),
            Some(ctx.t("encrypt-note")),
            Message::On(asked.is_none()),
        )
        .id("encrypt");
        let keys = self.keys_view(ctx);
        column![on].push(keys).spacing(space::M).into()
    }

    /// The fields for the keys alone, where there are any.
    pub(crate) fn keys_view<'a>(&'a self, ctx: Context<'a>) -> Option<Element<'a, Message>> {
        let passphrase = match asked(ctx.draft)? {
            Passphrase::File(path) => {
                let path = path.display().to_string();
                let words = ctx.tv("encrypt-file", "path", path);
                small(words, ctx.palette().text)
            }
            Passphrase::Ask | Passphrase::Plain(_) => self.fields(ctx),
        };
        let recovery = self.recovery.view(ctx).map(Message::Recovery);
        Some(column![passphrase, recovery].spacing(space::M).into())
    }

    fn fields<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let first = password(
            p,
            PasswordField {
                id: "passphrase".into(),
                name: ctx.t("passphrase"),
                value: &self.passphrase,
                shown: self.shown,
                wrong: None,
                keys: ctx.keys(),
            },
            Message::Passphrase,
            Message::Show,
        );
        let first = column![first].push(self.meter.view(ctx));
        let differs = self.passphrase != self.repeat && !self.repeat.expose().is_empty();
        let repeat = password(
            p,
            PasswordField {
                id: "passphrase-repeat".into(),
                name: ctx.t("passphrase-repeat"),
                value: &self.repeat,
                shown: self.shown,
                wrong: differs.then(|| ctx.t("disk-missing-repeat")),
                keys: ctx.keys(),
            },
            Message::Repeat,
            Message::Show,
        );
        let fields = row![first.spacing(space::S).width(Fill), repeat].spacing(space::L);
        let hard = self.hard_to_type.then(|| {
            let words = ctx.t("passphrase-hard-to-type");
            let mend = ctx.t("passphrase-hard-to-type-mend");
            notice(p, Tone::Warning, words, Some(mend))
        });
        let alone = !recovery::is_asked(ctx.draft);
        let forgotten = alone.then(|| small(ctx.t("passphrase-forgotten"), p.muted));
        // Said before the passphrase is typed: the page of the keyboard was left before it mattered.
        let differs = |problem: &&Problem| problem.id == ProblemId::ConsoleKeymapDiffers;
        let console = ctx.draft.problems_of("keyboard").find(differs);
        Column::new()
            .push(console.map(|problem| ctx.problem(problem)))
            .push(fields)
            .push(hard)
            .push(forgotten)
            .spacing(space::M)
            .into()
    }
}

/// Whether one key at a time can't give the passphrase: the prompt at the start knows no other way.
fn hard_to_type(draft: &Draft, passphrase: &Secret) -> bool {
    let keys = keyboard::in_use(draft);
    keys.is_some_and(|keys| !keys.cannot_type(passphrase.expose()).is_empty())
}
