//! Whether the disk is encrypted, and with which passphrase.
//!
//! The passphrase stays here in a [`Secret`]; the preset only learns that there is one to ask for.

use crate::keyboard::picture;
use crate::preset::{Encryption, Keys, Passphrase, RecoveryKeyFor, XkbName};
use crate::secret::Secret;
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::page::Context;
use crate::wizard::page::strength::{Measured, Meter};
use crate::wizard::theme::space;
use crate::wizard::widget::{Tone, check, notice, password, small};
use iced::widget::{Column, column, row};
use iced::{Fill, Task};

/// The layout of the console where none is chosen.
const USUAL_LAYOUT: &str = "us";

#[derive(Clone, Debug)]
pub(crate) enum Message {
    On(bool),
    Passphrase(Secret),
    Repeat(Secret),
    Show,
    Measured(Measured),
}

#[derive(Debug)]
pub(crate) struct State {
    passphrase: Secret,
    repeat: Secret,
    shown: bool,
    meter: Meter,
    /// Whether the keyboard lacks some of the passphrase's characters.
    hard_to_type: bool,
}

/// Where the passphrase comes from.
fn asked(draft: &Draft) -> Option<&Passphrase> {
    match &draft.preset().disk.encrypt {
        Some(Encryption::On(keys)) => Some(&keys.passphrase),
        Some(Encryption::Off) | None => None,
    }
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
        }
    }

    /// Looks at the passphrase again: the keyboard may be another one now.
    pub(crate) fn enter(&mut self, draft: &Draft) -> Task<Message> {
        self.hard_to_type = hard_to_type(draft, &self.passphrase);
        let task = self.meter.measure(&self.passphrase, Vec::new());
        task.map(Message::Measured)
    }

    pub(crate) fn update(&mut self, message: Message, draft: &mut Draft) -> Task<Message> {
        let recovery_key = match &draft.preset().disk.encrypt {
            Some(Encryption::On(keys)) => keys.recovery_key.clone(),
            Some(Encryption::Off) | None => RecoveryKeyFor::Nobody,
        };
        let ask = |on| match on {
            true => Encryption::On(Keys {
                passphrase: Passphrase::Ask,
                recovery_key,
            }),
            false => Encryption::Off,
        };
        match message {
            Message::On(on) => {
                draft.edit(|preset| preset.disk.encrypt = Some(ask(on)));
                if !on {
                    // Wiped, not kept for later.
                    self.passphrase = Secret::new("");
                    self.repeat = Secret::new("");
                }
                self.enter(draft)
            }
            Message::Passphrase(passphrase) => {
                self.passphrase = passphrase;
                draft.edit(|preset| preset.disk.encrypt = Some(ask(true)));
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
        }
    }

    /// The passphrase as it was typed.
    pub(crate) const fn passphrase(&self) -> &Secret {
        &self.passphrase
    }

    /// Wipes the passphrase: the engine has it now.
    pub(crate) fn forget(&mut self) {
        self.passphrase = Secret::new("");
        self.repeat = Secret::new("");
        self.meter = Meter::default();
    }

    /// What is still missing, by the key of its text.
    pub(crate) fn missing(&self, draft: &Draft) -> Option<&'static str> {
        match asked(draft) {
            None | Some(Passphrase::File(_)) => None,
            Some(_) if self.passphrase.expose().is_empty() => Some("disk-missing-passphrase"),
            Some(_) if self.passphrase != self.repeat => Some("disk-missing-repeat"),
            Some(_) => None,
        }
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
        let more = match asked {
            None => None,
            Some(Passphrase::File(path)) => {
                let path = path.display().to_string();
                Some(small(ctx.tv("encrypt-file", "path", path), p.text))
            }
            Some(_) => Some(self.fields(ctx)),
        };
        column![on].push(more).spacing(space::M).into()
    }

    /// The fields alone, where there is a passphrase.
    pub(crate) fn passphrase_view<'a>(&'a self, ctx: Context<'a>) -> Option<Element<'a, Message>> {
        match asked(ctx.draft)? {
            Passphrase::File(path) => {
                let path = path.display().to_string();
                let words = ctx.tv("encrypt-file", "path", path);
                Some(small(words, ctx.palette().text))
            }
            Passphrase::Ask | Passphrase::Plain(_) => Some(self.fields(ctx)),
        }
    }

    fn fields<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let first = password(
            p,
            ("passphrase", ctx.t("passphrase")),
            &self.passphrase,
            self.shown,
            None,
            Message::Passphrase,
            Message::Show,
        );
        let first = column![first].push(self.meter.view(ctx));
        let differs = self.passphrase != self.repeat && !self.repeat.expose().is_empty();
        let repeat = password(
            p,
            ("passphrase-repeat", ctx.t("passphrase-repeat")),
            &self.repeat,
            self.shown,
            differs.then(|| ctx.t("disk-missing-repeat")),
            Message::Repeat,
            Message::Show,
        );
        let fields = row![first.spacing(space::S).width(Fill), repeat].spacing(space::L);
        let hard = self.hard_to_type.then(|| {
            let words = ctx.t("passphrase-hard-to-type");
            let mend = ctx.t("passphrase-hard-to-type-mend");
            notice(p, Tone::Warning, words, Some(mend))
        });
        let forgotten = small(ctx.t("passphrase-forgotten"), p.muted);
        Column::new()
            .push(fields)
            .push(hard)
            .push(forgotten)
            .spacing(space::M)
            .into()
    }
}

/// Whether one key at a time can't give the passphrase: the prompt at the start knows no other way.
fn hard_to_type(draft: &Draft, passphrase: &Secret) -> bool {
    let keyboard = &draft.preset().keyboard;
    let layout = keyboard
        .layout
        .as_ref()
        .map_or(USUAL_LAYOUT, XkbName::as_str);
    let variant = keyboard.variant.as_ref().map(XkbName::as_str);
    let keys = picture(layout, variant);
    keys.is_some_and(|keys| !keys.cannot_type(passphrase.expose()).is_empty())
}
