//! Public keys of SSH that a person may log in with from outside.

use crate::preset::{BadKey, SshKey};
use crate::secret::Secret;
use crate::wizard::Element;
use crate::wizard::page::Context;
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, button, field_to_send, label, small};
use iced::widget::{column, container, row};
use iced::{Bottom, Center, Fill};

#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// What is being written: a private key may be pasted by mistake.
    Write(Secret),
    Add,
    /// Takes the key at a place away.
    Remove(usize),
}

#[derive(Debug, Default)]
pub(super) struct Keys {
    pub(super) keys: Vec<SshKey>,
    written: Secret,
    wrong: Option<Wrong>,
}

/// Why what was written is no key to add, by the key of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    Bad(BadKey),
    Twice,
}

impl Wrong {
    const fn key(self) -> &'static str {
        match self {
            Self::Bad(BadKey::Private) => "ssh-key-private",
            Self::Bad(BadKey::Form) => "ssh-key-form",
            Self::Bad(BadKey::Damaged) => "ssh-key-damaged",
            Self::Twice => "ssh-key-twice",
        }
    }
}

impl Keys {
    pub(super) fn of(keys: &[SshKey]) -> Self {
        Self {
            keys: keys.to_vec(),
            ..Self::default()
        }
    }

    pub(super) fn update(&mut self, message: Message) {
        match message {
            Message::Write(text) => {
                // One that is pasted by mistake is not kept.
                let is_private = text.expose().contains("PRIVATE KEY");
                self.wrong = is_private.then_some(Wrong::Bad(BadKey::Private));
                self.written = match is_private {
                    true => Secret::default(),
                    false => text,
                };
            }
            Message::Add if self.written.expose().trim().is_empty() => {}
            Message::Add => match SshKey::try_from(self.written.expose().to_owned()) {
                Ok(key) if self.keys.contains(&key) => self.wrong = Some(Wrong::Twice),
                Ok(key) => {
                    self.keys.push(key);
                    self.written = Secret::default();
                    self.wrong = None;
                }
                Err(bad) => self.wrong = Some(Wrong::Bad(bad)),
            },
            Message::Remove(index) => {
                if index < self.keys.len() {
                    self.keys.remove(index);
                }
            }
        }
    }

    /// Whether something is written that is no key of the person's yet.
    pub(super) fn is_unused(&self) -> bool {
        !self.written.expose().trim().is_empty()
    }

    /// Leaves out what is written and was not added.
    pub(super) fn discard(&mut self) {
        self.written = Secret::default();
        self.wrong = None;
    }

    /// The keys, and a field for another one; `end` is what names on the page end with.
    pub(super) fn view<'a>(&'a self, ctx: Context<'a>, end: &str) -> Element<'a, Message> {
        let p = ctx.palette();
        let mut list = column![label(p, ctx.t("ssh-keys"))].spacing(space::XS);
        for (index, key) in self.keys.iter().enumerate() {
            let remove = Some(Message::Remove(index));
            let remove = button(p, Kind::Quiet, ctx.t("ssh-key-remove"), remove);
            let words = small(short(key), p.text);
            let line = row![
                container(ctx.left_to_right(words)).width(Fill),
                remove.id(format!("ssh-key-remove-{index}{end}"))
            ];
            list = list.push(line.spacing(space::M).align_y(Center));
        }
        let name = (format!("ssh-key{end}"), ctx.t("ssh-key-paste"));
        let write = |text| Message::Write(Secret::new(text));
        let (written, is_wrong) = (self.written.expose(), self.wrong.is_some());
        let field = field_to_send(p, name, written, is_wrong, write, Message::Add);
        let add = self.is_unused().then_some(Message::Add);
        let add = button(p, Kind::Plain, ctx.t("ssh-key-add"), add);
        let line = row![field, add.id(format!("ssh-key-add{end}"))];
        let wrong = self.wrong.map(|wrong| small(ctx.t(wrong.key()), p.danger));
        list.push(line.spacing(space::M).align_y(Bottom))
            .push(wrong)
            .into()
    }
}

/// Kind, the end of the key, and its comment: what tells two keys apart.
fn short(key: &SshKey) -> String {
    let mut words = key.as_str().splitn(3, ' ');
    let kind = words.next().unwrap_or_default();
    let body = words.next().unwrap_or_default();
    let from = body.len().saturating_sub(8);
    let end = body.get(from..).unwrap_or(body);
    let comment = words.next().unwrap_or_default();
    format!("{kind} …{end} {comment}").trim_end().to_owned()
}
