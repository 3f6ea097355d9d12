//! One person who logs in: names, password, rights and keys.

use super::keys::{self, Keys};
use super::pair::{self, Lack, Pair};
use super::view::with_offers;
use crate::i18n::Language;
use crate::preset::{FullName, GroupName, Shell, User, UserName};
use crate::suggest::login_names;
use crate::wizard::Element;
use crate::wizard::page::Context;
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, button, check, field};
use iced::Task;
use iced::widget::{column, row};

#[derive(Clone, Debug)]
pub(crate) enum Message {
    FullName(String),
    Login(String),
    Password(pair::Message),
    Administrator(bool),
    /// Shows what few people need, or hides it.
    More,
    Key(keys::Message),
}

#[derive(Debug)]
pub(super) struct Person {
    /// Stays the same while others come and go.
    pub(super) id: u64,
    pub(super) full_name: String,
    pub(super) login: String,
    /// Whether the person wrote the login name, so that it no longer follows the full name.
    login_is_own: bool,
    pub(super) password: Pair,
    administrator: bool,
    more: bool,
    pub(super) keys: Keys,
    /// What only a preset says.
    shell: Option<Shell>,
    groups: Vec<GroupName>,
    /// Login names that fit, the likeliest first.
    logins: Vec<UserName>,
}

/// What a person lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lacking {
    /// What is written as the full name can't be one.
    Name,
    Login(BadLogin),
    Password(Lack),
    /// A key is written, and not added.
    Key,
}

/// Why there is no login name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadLogin {
    /// Nothing is written.
    Missing,
    /// The system has an account or a group of this name.
    OfTheSystem,
    /// It has a letter that none can have, or too many.
    Form,
}

impl BadLogin {
    /// The key of its text.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Missing => "users-missing-login",
            Self::OfTheSystem => "login-of-system",
            Self::Form => "login-form",
        }
    }
}

impl Person {
    /// Somebody of whom nothing is known yet.
    pub(super) fn new(id: u64, administrator: bool) -> Self {
        Self {
            id,
            full_name: String::new(),
            login: String::new(),
            login_is_own: false,
            password: Pair::default(),
            administrator,
            more: false,
            keys: Keys::default(),
            shell: None,
            groups: Vec::new(),
            logins: Vec::new(),
        }
    }

    /// With what a preset says already.
    pub(super) fn of(id: u64, user: &User) -> Self {
        let full_name = user.full_name.as_ref().map(FullName::as_str);
        Self {
            full_name: full_name.unwrap_or_default().to_owned(),
            login: user.name.to_string(),
            login_is_own: true,
            password: Pair::of(&user.password),
            more: !user.ssh_keys.is_empty(),
            keys: Keys::of(&user.ssh_keys),
            shell: user.shell,
            groups: user.groups.clone(),
            ..Self::new(id, user.administrator)
        }
    }

    /// Takes a message; whether the password or what is known about the person has changed.
    pub(super) fn update(&mut self, message: Message) -> (bool, Task<Message>) {
        match message {
            Message::FullName(name) => {
                self.full_name = name;
                // A field that was emptied follows again, but not while it is written in.
                self.login_is_own &= !self.login.is_empty();
            }
            Message::Login(login) => {
                self.login_is_own = true;
                self.login = login;
            }
            Message::Password(message) => {
                let (changed, task) = self.password.update(message);
                return (changed, task.map(Message::Password));
            }
            Message::Administrator(yes) => self.administrator = yes,
            Message::More => {
                self.more = !self.more;
                // What nobody sees is not kept.
                if !self.more {
                    self.keys.discard();
                }
            }
            Message::Key(message) => self.keys.update(message),
        }
        (true, Task::none())
    }

    /// Finds login names that nobody else has; one that was not written follows them.
    pub(super) fn suggest(&mut self, language: Language, taken: &[UserName]) {
        self.logins = login_names(&self.full_name, language.tag(), taken);
        if !self.login_is_own {
            let first = self.logins.first();
            self.login = first.map(ToString::to_string).unwrap_or_default();
        }
    }

    /// The login name, where what is written is one.
    pub(super) fn name(&self) -> Option<UserName> {
        self.login.parse().ok()
    }

    /// Measures the password against what a guesser knows about the person and the computer.
    pub(super) fn measure(&mut self, host: &str) -> Task<Message> {
        let names = self.full_name.split_whitespace().map(str::to_owned);
        let known = names.chain([self.login.clone(), host.to_owned()]);
        let known = known.filter(|word| !word.is_empty()).collect();
        self.password.measure(known).map(Message::Password)
    }

    /// As the preset has it; never with a password that was typed.
    pub(super) fn user(&self) -> Option<User> {
        Some(User {
            name: self.name()?,
            full_name: self.full_name.trim().parse().ok(),
            password: self.password.in_preset(),
            administrator: self.administrator,
            shell: self.shell,
            groups: self.groups.clone(),
            ssh_keys: self.keys.keys.clone(),
        })
    }

    /// Whether nothing is said of them.
    pub(super) fn is_blank(&self) -> bool {
        let names = [&self.full_name, &self.login];
        names.iter().all(|name| name.trim().is_empty())
            && self.password.lack() == Some(Lack::Password)
            && self.keys.keys.is_empty()
            && !self.keys.is_unused()
    }

    /// Whether the full name holds what none can.
    fn has_wrong_name(&self) -> bool {
        let name = self.full_name.trim();
        !name.is_empty() && name.parse::<FullName>().is_err()
    }

    /// Whether what is missing is told beside the fields whose names end so.
    fn is_told(&self, end: &str) -> bool {
        !end.is_empty() && !self.is_blank()
    }

    /// Why what is written is no login name, where it is none.
    fn bad_login(&self) -> BadLogin {
        match self.login.as_str() {
            "" => BadLogin::Missing,
            login if UserName::is_of_the_system(login) => BadLogin::OfTheSystem,
            _ => BadLogin::Form,
        }
    }

    pub(super) fn lacking(&self) -> Option<Lacking> {
        match self.name() {
            _ if self.has_wrong_name() => Some(Lacking::Name),
            None => Some(Lacking::Login(self.bad_login())),
            Some(_) => {
                let unused = self.keys.is_unused().then_some(Lacking::Key);
                self.password.lack().map(Lacking::Password).or(unused)
            }
        }
    }

    /// Names, password and rights; `end` is what names on the page end with, `taken` whether somebody else
    /// has the same login name.
    pub(super) fn view<'a>(
        &'a self,
        ctx: Context<'a>,
        end: &str,
        taken: bool,
    ) -> Element<'a, Message> {
        let administrator = check(
            ctx.palette(),
            self.administrator,
            ctx.t("administrator"),
            Some(ctx.t("administrator-note")),
            Message::Administrator(!self.administrator),
        );
        // The bar at the bottom tells of the first; with several, it would not tell of whom.
        let lacking = self.is_told(end).then_some("users-missing-password");
        column![
            self.names(ctx, end, taken),
            self.password.view(ctx, end, lacking).map(Message::Password),
            administrator.id(format!("administrator{end}"))
        ]
        .spacing(space::L)
        .into()
    }

    /// The keys, behind a button: few people need them.
    pub(super) fn more<'a>(&'a self, ctx: Context<'a>, end: &str) -> Element<'a, Message> {
        let words = ctx.t(match self.more {
            true => "person-less",
            false => "person-more",
        });
        let toggle = button(ctx.palette(), Kind::Quiet, words, Some(Message::More));
        let keys = self
            .more
            .then(|| self.keys.view(ctx, end).map(Message::Key));
        column![toggle.id(format!("person-more{end}"))]
            .push(keys)
            .spacing(space::S)
            .into()
    }

    fn names<'a>(&'a self, ctx: Context<'a>, end: &str, taken: bool) -> Element<'a, Message> {
        let p = ctx.palette();
        let bad = self.name().is_none().then(|| self.bad_login());
        // The bar at the bottom tells of the first that nothing is written yet.
        let was_emptied = self.login_is_own && !self.is_blank();
        let told = was_emptied || self.is_told(end);
        let bad = bad.filter(|bad| *bad != BadLogin::Missing || told);
        let bad = bad.map(BadLogin::key);
        let bad = bad.or(taken.then_some("users-missing-same"));
        let bad = bad.map(|key| ctx.t(key));
        let wrong = self.has_wrong_name().then(|| ctx.t("full-name-form"));
        // Whoever sits there is spoken to.
        let key = match end {
            "" => "full-name",
            _ => "person-full-name",
        };
        let (id, name) = (format!("full-name{end}"), ctx.t(key));
        let full_name = field(p, id, name, &self.full_name, wrong, Message::FullName);
        let (id, name) = (format!("login{end}"), ctx.t("login"));
        let login = field(p, id, name, &self.login, bad, Message::Login);
        let names = self.logins.iter().map(UserName::as_str).collect();
        let login = with_offers(ctx, login, names, &self.login, Message::Login);
        row![full_name, login].spacing(space::L).into()
    }
}
