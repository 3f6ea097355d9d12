//! The recovery key of the disk: made here, shown once, and believed to be on paper when its last
//! letters are typed.
//!
//! The key stays here until the engine has it; the preset only learns that there is to be one.

use crate::engine::RecoveryKey;
use crate::preset::{Encryption, RecoveryKeyFor};
use crate::secret::Secret;
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::page::Context;
use crate::wizard::theme::space;
use crate::wizard::widget::{
    Kind, Tone, button, card, check, field, letters, notice, small, strong, well,
};
use iced::widget::{column, container};
use iced::{Fill, Task, widget::operation::focus};

/// How many letters of it are typed back: its last group.
const ASKED: usize = 4;

#[derive(Clone, Debug)]
pub(crate) enum Message {
    On(bool),
    /// The last letters as they were typed.
    Typed(Secret),
    /// The paper is lost, or the key was seen by somebody.
    Another,
}

#[derive(Debug, Default)]
pub(crate) struct State {
    /// There is one while the preset asks for it to be shown.
    key: Option<RecoveryKey>,
    typed: Secret,
    /// Whether its last letters were typed; from then on it is not shown.
    written_down: bool,
}

/// Who gets the key.
fn asked(draft: &Draft) -> &RecoveryKeyFor {
    match &draft.preset().disk.encrypt {
        Some(Encryption::On(keys)) => &keys.recovery_key,
        Some(Encryption::Off) | None => &RecoveryKeyFor::Nobody,
    }
}

/// Whether there will be one, whoever gets it.
pub(super) fn is_asked(draft: &Draft) -> bool {
    !asked(draft).is_nobody()
}

impl State {
    /// Makes the key where there is to be one, and wipes it where there is not.
    pub(super) fn follow(&mut self, draft: &Draft) {
        match asked(draft) {
            RecoveryKeyFor::Shown if self.key.is_some() => {}
            // Without randomness there is none, and the page says so.
            RecoveryKeyFor::Shown => {
                *self = Self {
                    key: RecoveryKey::generate().ok(),
                    ..Self::default()
                };
            }
            RecoveryKeyFor::Nobody | RecoveryKeyFor::File(_) => *self = Self::default(),
        }
    }

    pub(super) fn update(&mut self, message: Message, draft: &mut Draft) -> Task<Message> {
        let first = match message {
            Message::On(on) => {
                draft.edit(|preset| {
                    if let Some(Encryption::On(keys)) = &mut preset.disk.encrypt {
                        keys.recovery_key = match on {
                            true => RecoveryKeyFor::Shown,
                            false => RecoveryKeyFor::Nobody,
                        };
                    }
                });
                on.then_some("recovery-end")
            }
            Message::Typed(typed) => {
                let key = self.key.as_ref();
                self.written_down = key.is_some_and(|key| key.ends_with(typed.expose()));
                self.typed = typed;
                self.written_down.then_some("next")
            }
            Message::Another => {
                self.forget();
                Some("recovery-end")
            }
        };
        self.follow(draft);
        first.map_or_else(Task::none, focus)
    }

    /// The key, once it is written down.
    pub(crate) fn key(&self) -> Option<&RecoveryKey> {
        self.key.as_ref().filter(|_| self.written_down)
    }

    /// The key as it is shown.
    #[cfg(test)]
    pub(crate) fn shown(&self) -> Option<&RecoveryKey> {
        self.key.as_ref()
    }

    /// Wipes it.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// What is still missing, by the key of its text.
    pub(super) fn missing(&self, draft: &Draft) -> Option<&'static str> {
        let is_missing = *asked(draft) == RecoveryKeyFor::Shown && !self.written_down;
        is_missing.then_some("disk-missing-recovery")
    }

    pub(super) fn view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let on = is_asked(ctx.draft);
        let words = ctx.t("recovery");
        let note = ctx.t("recovery-note");
        let switch = check(p, on, words, Some(note), Message::On(!on)).id("recovery-key");
        let more = match (asked(ctx.draft), &self.key) {
            (RecoveryKeyFor::Nobody, _) => None,
            (RecoveryKeyFor::File(path), _) => {
                let path = path.display().to_string();
                Some(small(ctx.tv("recovery-file", "path", path), p.text))
            }
            (RecoveryKeyFor::Shown, None) => {
                Some(notice(p, Tone::Error, ctx.t("recovery-none"), None))
            }
            (RecoveryKeyFor::Shown, Some(_)) if self.written_down => {
                let told = ctx.t("recovery-kept");
                let told = notice(p, Tone::Good, told, Some(ctx.t("recovery-kept-note")));
                let words = ctx.t("recovery-another");
                let another = button(p, Kind::Quiet, words, Some(Message::Another));
                Some(column![told, another.id("recovery-another")].into())
            }
            (RecoveryKeyFor::Shown, Some(key)) => Some(self.paper(ctx, key)),
        };
        column![switch].push(more).spacing(space::S).into()
    }

    /// The key, and the question for its last letters.
    fn paper<'a>(&'a self, ctx: Context<'a>, key: &RecoveryKey) -> Element<'a, Message> {
        let p = ctx.palette();
        let key = container(letters(p, key.secret().expose())).padding([space::M, space::L]);
        let key = well(p, ctx.left_to_right(key)).width(Fill);
        let typed = self.typed.expose();
        let wrong = typed.trim().chars().count() >= ASKED;
        let end = field(
            p,
            "recovery-end",
            ctx.t("recovery-end"),
            typed,
            wrong.then(|| ctx.t("recovery-end-wrong")),
            |typed| Message::Typed(Secret::new(typed)),
        );
        let content = column![
            strong(p, ctx.t("recovery-write")),
            small(ctx.t("recovery-write-note"), p.text),
            key,
            end
        ];
        card(p, content.spacing(space::M)).into()
    }
}
