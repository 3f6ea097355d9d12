//! Whether the disk is encrypted, with which passphrase, and with which further key.
//!
//! The passphrase stays here in a [`Secret`]; the preset only learns that there is one to ask for.

use super::{recovery, unlock};
use crate::engine::RecoveryKey;
use crate::plan::{Problem, ProblemId};
use crate::preset::{Encryption, Keys, Passphrase};
use crate::secret::Secret;
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::page::strength::{Measured, Meter};
use crate::wizard::page::{Context, keyboard};
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, PasswordField, Scope, button, check, password, small, together};
use iced::keyboard::{Key, key::Named};
use iced::widget::{Column, column, container, row};
use iced::{Fill, Task};

#[derive(Clone, Debug)]
pub(crate) enum Message {
    On(bool),
    Passphrase(Secret),
    Repeat(Secret),
    Show,
    Measured(Measured),
    Recovery(recovery::Message),
    /// Tries the passphrase on the containers that stay; the wizard does that.
    Unlock,
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
    pub(super) unlock: unlock::State,
    /// Where keys came from and go to before encryption was turned off.
    before: Keys,
}

/// Where the passphrase comes from.
pub(super) fn asked(draft: &Draft) -> Option<&Passphrase> {
    match &draft.preset().disk.encrypt {
        Some(Encryption::On(keys)) => Some(&keys.passphrase),
        Some(Encryption::Off) | None => None,
    }
}

/// Whether a container stays, whose passphrase is the one for everything.
fn keeps_container(draft: &Draft) -> bool {
    !unlock::containers(draft).is_empty()
}

/// Whether nothing is encrypted but what was before, in containers that stay: none of them gets a
/// recovery key.
fn only_keeps(draft: &Draft) -> bool {
    let disks = &draft.preset().disk.disks;
    let mut parts = disks.iter().flat_map(|disk| &disk.partitions);
    keeps_container(draft) && !parts.any(|part| part.encrypt == Some(true))
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
            unlock: unlock::State::default(),
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
                    self.unlock.forget_attempts();
                }
                self.enter(draft)
            }
            Message::Passphrase(passphrase) => {
                self.passphrase = passphrase;
                self.unlock.forget_attempts();
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
            Message::Unlock => Task::none(),
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
        self.unlock.forget_attempts();
    }

    /// What is still missing, by the key of its text.
    pub(crate) fn missing(&self, draft: &Draft) -> Option<&'static str> {
        let keeps = keeps_container(draft);
        let missing = match asked(draft) {
            None => None,
            Some(Passphrase::File(_)) if keeps => self.unlock.missing(draft),
            Some(Passphrase::File(_)) => None,
            Some(_) if self.passphrase.expose().is_empty() => Some("disk-missing-passphrase"),
            // What opens a container need not be typed twice.
            Some(_) if keeps => self.unlock.missing(draft),
            Some(_) if self.passphrase != self.repeat => Some("disk-missing-repeat"),
            Some(_) => None,
        };
        let only_keeps = only_keeps(draft);
        missing.or_else(|| self.recovery.missing(draft).filter(|_| !only_keeps))
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
        let keeps = keeps_container(ctx.draft);
        let passphrase = match asked(ctx.draft)? {
            Passphrase::File(path) => {
                let path = path.display().to_string();
                let words = ctx.tv("encrypt-file", "path", path);
                small(words, ctx.palette().text)
            }
            Passphrase::Ask | Passphrase::Plain(_) if keeps => self.known_passphrase(ctx),
            Passphrase::Ask | Passphrase::Plain(_) => self.fields(ctx),
        };
        let unlock = keeps.then(|| self.unlock_view(ctx));
        let recovery =
            (!only_keeps(ctx.draft)).then(|| self.recovery.view(ctx).map(Message::Recovery));
        let all = column![passphrase].push(unlock).push(recovery);
        Some(all.spacing(space::M).into())
    }

    /// The field for a passphrase that opens what is there already.
    fn known_passphrase<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let field = password(
            p,
            PasswordField {
                id: "passphrase".into(),
                name: ctx.t("passphrase"),
                value: &self.passphrase,
                shown: self.shown,
                wrong: self.unlock.wrong(ctx),
                keys: ctx.keys(),
            },
            Message::Passphrase,
            Message::Show,
        );
        let field = Scope::keys(field).on_key(|key, modifiers| {
            let is_enter = *key == Key::Named(Named::Enter) && modifiers.is_empty();
            is_enter.then_some(Message::Unlock)
        });
        let note = small(ctx.t("unlock-note"), p.muted);
        Column::new()
            .push(self.console(ctx))
            .push(
                column![field]
                    .push(self.hard(ctx))
                    .push(note)
                    .spacing(space::XS),
            )
            .spacing(space::M)
            .into()
    }

    /// The attempt to open what stays encrypted, and how it went.
    fn unlock_view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let brought = matches!(asked(ctx.draft), Some(Passphrase::File(_)));
        let has_one = brought || !self.passphrase.expose().is_empty();
        let due = self.unlock.is_due(ctx.draft) && has_one;
        let press = due.then_some(Message::Unlock);
        let unlock = button(ctx.palette(), Kind::Plain, ctx.t("unlock"), press).id("unlock");
        column![self.unlock.view(ctx), unlock]
            .spacing(space::S)
            .into()
    }

    /// What the console's keys give elsewhere: said before the passphrase is typed, for the page of the
    /// keyboard was left before it mattered.
    fn console<'a>(&self, ctx: Context<'a>) -> Option<Element<'a, Message>> {
        let differs = |problem: &&Problem| problem.id == ProblemId::ConsoleKeymapDiffers;
        let console = ctx.draft.problems_of("keyboard").find(differs);
        console.map(|problem| ctx.problem(problem))
    }

    /// That the passphrase can't be typed at the start, for right below its field.
    fn hard<'a>(&self, ctx: Context<'a>) -> Option<Element<'a, Message>> {
        let p = ctx.palette();
        self.hard_to_type.then(|| {
            let words = small(ctx.t("passphrase-hard-to-type"), p.warning);
            let mend = small(ctx.t("passphrase-hard-to-type-mend"), p.muted);
            column![words, mend].spacing(space::XS).into()
        })
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
        let first = column![first].push(self.hard(ctx)).spacing(space::XS);
        let first = column![first].push(self.meter.view(ctx)).spacing(space::S);
        let first = container(together(first)).width(Fill);
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
        let fields = row![first, repeat].spacing(space::L);
        let alone = !recovery::is_asked(ctx.draft);
        let forgotten = alone.then(|| small(ctx.t("passphrase-forgotten"), p.muted));
        Column::new()
            .push(self.console(ctx))
            .push(fields)
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
