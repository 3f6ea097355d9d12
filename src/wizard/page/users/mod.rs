//! Users: who logs in, with which password, and what the computer is called.
//!
//! What is typed stays here as it is; the preset gets it once it has the right form. Passwords stay
//! in [`Secret`]s and never enter the preset.

mod keys;
mod pair;
mod person;
mod view;

pub(crate) use pair::Message as PairMessage;
pub(crate) use person::Message as PersonMessage;

use crate::i18n::Language;
use crate::plan::Account;
use crate::preset::{DEFAULT_HOST_NAME, HostName, Root, Ssh};
use crate::secret::Secret;
use crate::suggest::host_names;
use crate::wizard::draft::Draft;
use iced::Task;
use iced::widget::operation::focus;
use pair::{Lack, Pair};
use person::{BadLogin, Lacking, Person};

#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// About one of the people, by their number.
    Person(u64, PersonMessage),
    Add,
    Remove(u64),
    /// Who is logged in when the computer starts.
    Autologin(Option<u64>),
    Host(String),
    /// Whether keys may log in over the network.
    Ssh(bool),
    /// Whether root has a password of its own.
    Root(bool),
    RootPassword(PairMessage),
}

#[derive(Debug)]
pub(crate) struct State {
    /// The first is the one who sits there; there is always one.
    first: Person,
    others: Vec<Person>,
    /// The number of the next who is added.
    next: u64,
    autologin: Option<u64>,
    root: Option<Pair>,
    /// How a server that is ticked lets people in.
    server: Ssh,
    host: String,
    host_is_own: bool,
    /// Suggestions that fit what is known, the likeliest first.
    hosts: Vec<HostName>,
}

/// What keeps the page from being complete, by the key of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    Name,
    Login(BadLogin),
    Same,
    Host,
    Password,
    Repeat,
    Key,
    Root,
}

impl Missing {
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Name => "full-name-form",
            Self::Login(bad) => bad.key(),
            Self::Same => "users-missing-same",
            Self::Host => "users-missing-host",
            Self::Password => "users-missing-password",
            Self::Repeat => "users-missing-repeat",
            Self::Key => "ssh-key-unused",
            Self::Root => "users-missing-root",
        }
    }
}

impl State {
    /// With what a preset says already. One that was given as a whole means the usual host name where it
    /// says none, as it does without a window; nobody's is suggested by the computer.
    pub(crate) fn new(draft: &Draft, is_given: bool) -> Self {
        let preset = draft.preset();
        let mut people = (0..).zip(&preset.users).map(|(id, u)| Person::of(id, u));
        let first = people.next().unwrap_or_else(|| Person::new(0, true));
        let others: Vec<Person> = people.collect();
        let mut all = std::iter::once(&first).chain(&others);
        let by_itself = preset.desktop.autologin.as_ref();
        let autologin = by_itself.and_then(|name| all.find(|p| p.name().as_ref() == Some(name)));
        let host = preset.network.host_name.as_ref().map(HostName::as_str);
        let host = host.or(is_given.then_some(DEFAULT_HOST_NAME));
        Self {
            next: others.len() as u64 + 1,
            autologin: autologin.map(|person| person.id),
            first,
            others,
            root: preset.root.as_ref().map(|root| Pair::of(&root.password)),
            server: match preset.network.ssh {
                Some(Ssh::Passwords) => Ssh::Passwords,
                Some(Ssh::Keys | Ssh::Off) | None => Ssh::Keys,
            },
            host: host.unwrap_or_default().to_owned(),
            host_is_own: host.is_some(),
            hosts: Vec::new(),
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
        let mut task = Task::none();
        match message {
            Message::Person(id, message) => {
                let had_keys = self.has_keys();
                let Some(person) = self.people_mut().find(|person| person.id == id) else {
                    return Task::none();
                };
                let is_name = matches!(message, PersonMessage::FullName(_));
                let (changed, more) = person.update(message);
                let more = more.map(move |message| Message::Person(id, message));
                if !changed {
                    return more;
                }
                task = more;
                // A field that was emptied follows again, but not while it is written in.
                self.host_is_own &= !(is_name && self.host.is_empty());
                if self.has_keys() != had_keys {
                    // A key alone opens nothing, and a server without one lets nobody in. What a preset
                    // says otherwise stays.
                    let server = self.has_keys().then_some(Ssh::Keys);
                    draft.edit(|preset| {
                        if !matches!(preset.network.ssh, Some(Ssh::Passwords | Ssh::Off)) {
                            preset.network.ssh = server;
                        }
                    });
                }
            }
            Message::Add => {
                self.others.push(Person::new(self.next, false));
                self.next += 1;
                task = focus(format!("full-name{}", end_of(self.others.len())));
            }
            Message::Remove(id) => {
                self.others.retain(|person| person.id != id);
                self.autologin = self.autologin.filter(|by_itself| *by_itself != id);
                task = focus("add-person");
            }
            Message::Autologin(who) => self.autologin = who,
            Message::Host(host) => {
                self.host_is_own = true;
                self.host = host;
            }
            Message::Ssh(on) => {
                draft.edit(|preset| preset.network.ssh = on.then_some(self.server));
                return Task::none();
            }
            Message::Root(on) => self.root = on.then(Pair::default),
            Message::RootPassword(message) => {
                let Some(root) = &mut self.root else {
                    return Task::none();
                };
                let (changed, more) = root.update(message);
                if !changed {
                    return more.map(Message::RootPassword);
                }
            }
        }
        self.suggest(language, draft);
        self.put(draft);
        Task::batch([task, self.measure()])
    }

    fn people(&self) -> impl Iterator<Item = &Person> {
        std::iter::once(&self.first).chain(&self.others)
    }

    fn people_mut(&mut self) -> impl Iterator<Item = &mut Person> {
        std::iter::once(&mut self.first).chain(&mut self.others)
    }

    fn has_keys(&self) -> bool {
        self.people().any(|person| !person.keys.keys.is_empty())
    }

    /// Finds names that fit; those that nobody wrote follow them.
    fn suggest(&mut self, language: Language, draft: &Draft) {
        // Whoever comes later gives way.
        let mut taken = Vec::new();
        for person in self.people_mut() {
            person.suggest(language, &taken);
            taken.extend(person.name());
        }
        self.hosts = host_names(draft.machine(), self.first.name().as_ref());
        if !self.host_is_own {
            let first = self.hosts.first();
            self.host = first.map(ToString::to_string).unwrap_or_default();
        }
    }

    fn measure(&mut self) -> Task<Message> {
        let host = self.host.clone();
        let mut tasks = Vec::new();
        for person in self.people_mut() {
            let id = person.id;
            let task = person.measure(&host);
            tasks.push(task.map(move |message| Message::Person(id, message)));
        }
        if let Some(root) = &mut self.root {
            let known = vec!["root".to_owned(), host];
            tasks.push(root.measure(known).map(Message::RootPassword));
        }
        Task::batch(tasks)
    }

    /// Puts what has the right form into the preset; never a password.
    fn put(&self, draft: &mut Draft) {
        let host = self.host.parse::<HostName>().ok();
        let by_itself = self.people().find(|p| Some(p.id) == self.autologin);
        draft.edit(|preset| {
            preset.users = self.people().filter_map(Person::user).collect();
            preset.network.host_name = host;
            preset.desktop.autologin = by_itself.and_then(Person::name);
            preset.root = self.root.as_ref().map(|password| Root {
                password: password.in_preset(),
            });
        });
    }

    /// The passwords as they were typed, and whose they are.
    pub(crate) fn typed(&self) -> Vec<(Account, &Secret)> {
        let people = self.people().filter_map(|person| {
            let account = Account::User(person.name()?);
            Some((account, person.password.typed()?))
        });
        let root = self.root.iter().filter_map(Pair::typed);
        people
            .chain(root.map(|typed| (Account::Root, typed)))
            .collect()
    }

    /// Wipes the passwords: the engine has them now.
    pub(crate) fn forget(&mut self) {
        for person in self.people_mut() {
            person.password.forget();
        }
        if let Some(root) = &mut self.root {
            root.forget();
        }
    }

    /// Whether somebody else has this person's login name.
    fn is_taken(&self, person: &Person) -> bool {
        let name = person.name();
        let mut others = self.people().filter(|other| other.id != person.id);
        name.is_some() && others.any(|other| other.name() == name)
    }

    /// What is still missing.
    pub(crate) fn missing(&self) -> Option<Missing> {
        // Root may be the only one who logs in.
        let nobody = self.root.is_some() && self.others.is_empty() && self.first.is_blank();
        let mut people = self.people().filter(|_| !nobody);
        let lacking = people.find_map(Person::lacking);
        let is_twice = self.people().any(|person| self.is_taken(person));
        match lacking {
            Some(Lacking::Name) => Some(Missing::Name),
            Some(Lacking::Login(bad)) => Some(Missing::Login(bad)),
            _ if is_twice => Some(Missing::Same),
            _ if self.host.parse::<HostName>().is_err() => Some(Missing::Host),
            Some(Lacking::Password(Lack::Password)) => Some(Missing::Password),
            Some(Lacking::Password(Lack::Repeat)) => Some(Missing::Repeat),
            Some(Lacking::Key) => Some(Missing::Key),
            None => match self.root.as_ref()?.lack()? {
                Lack::Password => Some(Missing::Root),
                Lack::Repeat => Some(Missing::Repeat),
            },
        }
    }
}

/// What the names of somebody's fields end with; the first has plain ones.
fn end_of(place: usize) -> String {
    format!("-{}", place + 1)
}

impl State {
    /// How hard the first password is to guess, as far as it is known.
    #[cfg(test)]
    pub(crate) fn score(&self) -> Option<crate::strength::Score> {
        self.first.password.score()
    }

    /// The first password as it was typed.
    #[cfg(test)]
    pub(crate) fn password(&self) -> &str {
        self.first.password.typed().map_or("", Secret::expose)
    }

    /// Gives every password that is missing, as for a picture.
    pub(crate) fn fill_in(&mut self, password: &Secret) {
        let root = self.root.as_mut();
        let people = std::iter::once(&mut self.first).chain(&mut self.others);
        let pairs = people.map(|person| &mut person.password).chain(root);
        for pair in pairs {
            pair.fill_in(password.clone());
        }
    }
}
