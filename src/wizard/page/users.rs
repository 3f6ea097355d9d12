//! Users: who logs in, with which password, and what the computer is called.
//!
//! What is typed stays here as it is; the preset gets it once it has the right form. Passwords stay
//! in [`Secret`]s and never enter the preset.

use super::{Context, Page, sheet};
use crate::plan::ProblemId;
use crate::preset::{FullName, HostName, Password, User, UserName};
use crate::secret::Secret;
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::theme::space;
use crate::wizard::widget::{check, field, password};
use iced::Fill;
use iced::widget::{column, row};

#[derive(Clone, Debug)]
pub(crate) enum Message {
    FullName(String),
    Login(String),
    Host(String),
    Password(Secret),
    Repeat(Secret),
    Show,
    Administrator(bool),
}

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
    administrator: bool,
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
            administrator: user.is_none_or(|user| user.administrator),
        }
    }

    pub(crate) fn update(&mut self, message: Message, draft: &mut Draft) {
        match message {
            Message::FullName(name) => {
                self.full_name = name;
                if !self.login_is_own {
                    self.login = suggested_login(&self.full_name);
                }
            }
            Message::Login(login) => {
                self.login_is_own = !login.is_empty();
                self.login = login;
            }
            Message::Host(host) => {
                self.host_is_own = !host.is_empty();
                self.host = host;
            }
            Message::Password(password) => self.password = password,
            Message::Repeat(repeat) => self.repeat = repeat,
            Message::Show => self.shown = !self.shown,
            Message::Administrator(yes) => self.administrator = yes,
        }
        if !self.host_is_own {
            self.host = suggested_host(&self.login);
        }
        self.put(draft);
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
        let wrong = |text: &str, bad: Option<String>| bad.filter(|_| !text.is_empty());
        let bad_login = self
            .login
            .parse::<UserName>()
            .err()
            .map(|_| ctx.t("login-form"));
        let bad_host = self
            .host
            .parse::<HostName>()
            .err()
            .map(|_| ctx.t("host-form"));
        let differs = self.password != self.repeat && !self.repeat.expose().is_empty();
        let names = row![
            field(
                p,
                "full-name",
                ctx.t("full-name"),
                &self.full_name,
                None,
                Message::FullName
            ),
            field(
                p,
                "login",
                ctx.t("login"),
                &self.login,
                wrong(&self.login, bad_login),
                Message::Login
            ),
        ]
        .spacing(space::L);
        let passwords = row![
            password(
                p,
                ("password", ctx.t("password")),
                &self.password,
                self.shown,
                None,
                Message::Password,
                Message::Show
            ),
            password(
                p,
                ("repeat", ctx.t("password-repeat")),
                &self.repeat,
                self.shown,
                differs.then(|| ctx.t("users-missing-repeat")),
                Message::Repeat,
                Message::Show
            ),
        ]
        .spacing(space::L);
        let administrator = check(
            p,
            self.administrator,
            ctx.t("administrator"),
            Some(ctx.t("administrator-note")),
            Message::Administrator(!self.administrator),
        )
        .id("administrator");
        let host = row![
            field(
                p,
                "host",
                ctx.t("host"),
                &self.host,
                wrong(&self.host, bad_host),
                Message::Host
            ),
            iced::widget::Space::new().width(Fill),
        ]
        .spacing(space::L);
        // Said by the fields themselves while they are empty.
        let quiet = [ProblemId::NobodyCanLogIn];
        let content = column![names, passwords, administrator, host].spacing(space::L);
        sheet(
            ctx,
            Page::Users,
            content.push(ctx.problems("users", &quiet)),
        )
    }
}

/// A login name from the first of someone's names.
fn suggested_login(full_name: &str) -> String {
    let first = full_name.split_whitespace().next().unwrap_or_default();
    let login: String = first
        .to_lowercase()
        .chars()
        .flat_map(plain_letters)
        .filter(char::is_ascii_alphanumeric)
        .collect();
    login
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .to_owned()
}

/// A letter in ASCII, as its readers write it without its marks.
fn plain_letters(letter: char) -> std::vec::IntoIter<char> {
    let plain = match letter {
        'ä' => "ae",
        'ö' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        'à' | 'á' | 'â' | 'ã' | 'å' => "a",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ò' | 'ó' | 'ô' | 'õ' => "o",
        'ù' | 'ú' | 'û' => "u",
        'ç' => "c",
        'ñ' => "n",
        other => return vec![other].into_iter(),
    };
    plain.chars().collect::<Vec<_>>().into_iter()
}

/// A name for the computer from its owner's.
fn suggested_host(login: &str) -> String {
    if login.is_empty() {
        "nixos".to_owned()
    } else {
        format!("{login}-nixos")
    }
}

impl State {
    /// Gives the password, and a name where there is none, as for a picture.
    pub(crate) fn fill_in(&mut self, password: Secret) {
        self.repeat = password.clone();
        self.password = password;
    }
}
