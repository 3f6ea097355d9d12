//! Users: who logs in, with which password, and what the computer is called.
//!
//! What is typed stays here as it is; the preset gets it once it has the right form. Passwords stay
//! in [`Secret`]s and never enter the preset.

use super::strength::{Measured, Meter};
use super::{Context, Page, sheet};
use crate::i18n::Language;
use crate::plan::ProblemId;
use crate::preset::{FullName, HostName, Password, User, UserName};
use crate::secret::Secret;
use crate::suggest::{host_names, login_names};
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, button, check, field, initials, password};
use iced::widget::{Row, Space, column, row};
use iced::{Fill, Task};

/// A page narrower than this has no room for a sign of the person, in logical pixels.
const ROOM_FOR_SIGN: f32 = 600.0;

#[derive(Clone, Debug)]
pub(crate) enum Message {
    FullName(String),
    Login(String),
    Host(String),
    Password(Secret),
    Repeat(Secret),
    Show,
    Administrator(bool),
    Measured(Measured),
}

/// How many other names are offered beside the one in a field.
const OTHERS: usize = 3;

#[derive(Debug)]
pub(crate) struct State {
    full_name: String,
    login: String,
    /// Whether the person wrote the login name, so that it no longer follows the full name.
    login_is_own: bool,
    host: String,
    host_is_own: bool,
    password: Secret,
    repeat: Secret,
    shown: bool,
    meter: Meter,
    administrator: bool,
    /// Suggestions that fit what is known, the likeliest first.
    logins: Vec<UserName>,
    hosts: Vec<HostName>,
}

/// What keeps the page from being complete, by the key of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    Login,
    Host,
    Password,
    Repeat,
}

impl Missing {
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Login => "users-missing-login",
            Self::Host => "users-missing-host",
            Self::Password => "users-missing-password",
            Self::Repeat => "users-missing-repeat",
        }
    }
}

impl State {
    /// With what a preset says already.
    pub(crate) fn new(draft: &Draft) -> Self {
        let preset = draft.preset();
        let user = preset.users.first();
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let host = preset.network.host_name.as_ref().map(HostName::as_str);
        let password = match user.map(|user| &user.password) {
            Some(Password::Plain(secret)) => secret.clone(),
            _ => Secret::new(""),
        };
        Self {
            full_name: text(
                user.and_then(|u| u.full_name.as_ref())
                    .map(FullName::as_str),
            ),
            login: text(user.map(|user| user.name.as_str())),
            login_is_own: user.is_some(),
            host: text(host),
            host_is_own: host.is_some(),
            repeat: password.clone(),
            password,
            shown: false,
            meter: Meter::default(),
            logins: Vec::new(),
            hosts: Vec::new(),
            administrator: user.is_none_or(|user| user.administrator),
        }
    }

    /// Suggests what follows from the machine and from what is there already.
    pub(crate) fn enter(&mut self, language: Language, draft: &mut Draft) -> Task<Message> {
        self.suggest(language, draft);
        let host = self.host.parse::<HostName>().ok();
        draft.edit(|preset| preset.network.host_name = host);
        self.measure()
    }

    pub(crate) fn update(
        &mut self,
        message: Message,
        language: Language,
        draft: &mut Draft,
    ) -> Task<Message> {
        match message {
            Message::FullName(name) => {
                self.full_name = name;
                // Fields that were emptied follow again, but not while they are written in.
                self.login_is_own &= !self.login.is_empty();
                self.host_is_own &= !self.host.is_empty();
            }
            Message::Login(login) => {
                self.login_is_own = true;
                self.login = login;
            }
            Message::Host(host) => {
                self.host_is_own = true;
                self.host = host;
            }
            Message::Password(password) => self.password = password,
            Message::Repeat(repeat) => {
                self.repeat = repeat;
                return Task::none();
            }
            Message::Show => {
                self.shown = !self.shown;
                return Task::none();
            }
            Message::Administrator(yes) => self.administrator = yes,
            Message::Measured(measured) => {
                return self.meter.measured(measured).map(Message::Measured);
            }
        }
        self.suggest(language, draft);
        self.put(draft);
        self.measure()
    }

    /// Finds names that fit; those that the person did not write follow them.
    fn suggest(&mut self, language: Language, draft: &Draft) {
        let others = draft.preset().users.iter().skip(1);
        let taken: Vec<UserName> = others.map(|user| user.name.clone()).collect();
        self.logins = login_names(&self.full_name, language.tag(), &taken);
        if !self.login_is_own {
            self.login = first(&self.logins);
        }
        let login = self.login.parse::<UserName>().ok();
        self.hosts = host_names(draft.machine(), login.as_ref());
        if !self.host_is_own {
            self.host = first(&self.hosts);
        }
    }

    /// Measures the password against what a guesser knows about the person.
    fn measure(&mut self) -> Task<Message> {
        let names = self.full_name.split_whitespace().map(str::to_owned);
        let known = names.chain([self.login.clone(), self.host.clone()]);
        let known = known.filter(|word| !word.is_empty()).collect();
        let task = self.meter.measure(&self.password, known);
        task.map(Message::Measured)
    }

    /// Puts what has the right form into the preset; never a password.
    fn put(&self, draft: &mut Draft) {
        let name = self.login.parse::<UserName>().ok();
        let host = self.host.parse::<HostName>().ok();
        draft.edit(|preset| {
            let mut users = std::mem::take(&mut preset.users).into_iter();
            let loaded = users.next();
            let user = name.map(|name| User {
                name,
                full_name: self.full_name.trim().parse().ok(),
                password: Password::Ask,
                administrator: self.administrator,
                shell: loaded.as_ref().and_then(|user| user.shell),
                groups: loaded
                    .as_ref()
                    .map(|user| user.groups.clone())
                    .unwrap_or_default(),
                ssh_keys: loaded
                    .as_ref()
                    .map(|user| user.ssh_keys.clone())
                    .unwrap_or_default(),
            });
            preset.users = user.into_iter().chain(users).collect();
            preset.network.host_name = host;
        });
    }

    /// The password as it was typed.
    pub(crate) const fn password(&self) -> &Secret {
        &self.password
    }

    /// Wipes the password: the engine has it now.
    pub(crate) fn forget(&mut self) {
        self.password = Secret::new("");
        self.repeat = Secret::new("");
        self.meter = Meter::default();
    }

    /// What is still missing.
    pub(crate) fn missing(&self) -> Option<Missing> {
        if self.login.parse::<UserName>().is_err() {
            Some(Missing::Login)
        } else if self.host.parse::<HostName>().is_err() {
            Some(Missing::Host)
        } else if self.password.expose().is_empty() {
            Some(Missing::Password)
        } else if self.password != self.repeat {
            Some(Missing::Repeat)
        } else {
            None
        }
    }

    pub(crate) fn view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let administrator = check(
            p,
            self.administrator,
            ctx.t("administrator"),
            Some(ctx.t("administrator-note")),
            Message::Administrator(!self.administrator),
        )
        .id("administrator");
        let host = row![self.host_field(ctx), Space::new().width(Fill)].spacing(space::L);
        // Said by the fields themselves while they are empty.
        let quiet = [ProblemId::NobodyCanLogIn];
        let content = column![self.names(ctx), self.passwords(ctx), administrator, host]
            .spacing(space::L)
            .push(ctx.problems("users", &quiet));
        let content = content.width(Fill);
        let content: Element<'a, Message> = if ctx.width < ROOM_FOR_SIGN {
            content.into()
        } else {
            let sign = initials(p, &self.full_name);
            row![sign, content].spacing(space::L).into()
        };
        sheet(ctx, Page::Users, content)
    }

    fn names<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let bad = !self.login.is_empty() && self.login.parse::<UserName>().is_err();
        let bad = bad.then(|| ctx.t("login-form"));
        let name = ctx.t("full-name");
        let full_name = field(
            p,
            "full-name",
            name,
            &self.full_name,
            None,
            Message::FullName,
        );
        let name = ctx.t("login");
        let login = field(p, "login", name, &self.login, bad, Message::Login);
        let others = self.logins.iter().map(UserName::as_str);
        let others = offers(ctx, others, &self.login, Message::Login);
        let login = column![login].push(others).spacing(space::XS).width(Fill);
        row![full_name, login].spacing(space::L).into()
    }

    fn host_field<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let bad = !self.host.is_empty() && self.host.parse::<HostName>().is_err();
        let bad = bad.then(|| ctx.t("host-form"));
        let (p, name) = (ctx.palette(), ctx.t("host"));
        let host = field(p, "host", name, &self.host, bad, Message::Host);
        let others = self.hosts.iter().map(HostName::as_str);
        let others = offers(ctx, others, &self.host, Message::Host);
        let host = column![host].push(others).spacing(space::XS);
        host.width(Fill).into()
    }

    fn passwords<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let first = password(
            p,
            ("password", ctx.t("password")),
            &self.password,
            self.shown,
            None,
            Message::Password,
            Message::Show,
        );
        let strength = self.meter.view(ctx);
        let differs = self.password != self.repeat && !self.repeat.expose().is_empty();
        let repeat = password(
            p,
            ("repeat", ctx.t("password-repeat")),
            &self.repeat,
            self.shown,
            differs.then(|| ctx.t("users-missing-repeat")),
            Message::Repeat,
            Message::Show,
        );
        let first = column![first].push(strength).spacing(space::S).width(Fill);
        row![first, repeat].spacing(space::L).into()
    }
}

fn first<T: ToString>(names: &[T]) -> String {
    names.first().map(T::to_string).unwrap_or_default()
}

/// Names to take in place of the one in the field; nothing if there are no others.
fn offers<'a>(
    ctx: Context<'a>,
    names: impl Iterator<Item = &'a str>,
    now: &'a str,
    take: fn(String) -> Message,
) -> Option<Element<'a, Message>> {
    let others = names.filter(|name| *name != now).take(OTHERS);
    let offer = |name: &str| {
        let on_press = Some(take(name.to_owned()));
        button(ctx.palette(), Kind::Quiet, name, on_press).into()
    };
    let buttons: Vec<Element<'a, Message>> = others.map(offer).collect();
    let row = |buttons| Row::with_children(buttons).spacing(space::XS).wrap();
    (!buttons.is_empty()).then(|| row(buttons).into())
}

impl State {
    /// How hard the password is to guess, as far as it is known.
    #[cfg(test)]
    pub(crate) fn score(&self) -> Option<crate::strength::Score> {
        self.meter.score()
    }

    /// Gives the password, as for a picture.
    pub(crate) fn fill_in(&mut self, password: Secret) {
        self.repeat = password.clone();
        self.password = password;
    }
}
