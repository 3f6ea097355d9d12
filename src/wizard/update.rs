//! What follows from each message: the way through the pages, and the installation at its end.

use super::page::disk::encryption;
use super::page::install::Situation;
use super::page::{Page, desktop, disk, install, log, partitions, summary, users, welcome};
use super::{Message, RAIL_HERE, SCROLL, Wizard, load, places, save, seconds_now, widget};
use crate::engine::Outcome;
use crate::i18n::{Language, Texts};
use iced::Task;
use iced::widget::operation::{focus, scroll_to};
use iced::widget::scrollable::AbsoluteOffset;

impl Wizard {
    pub(super) fn update(&mut self, message: Message) -> Task<Message> {
        let before = self.draft.changes();
        let task = self.react(message);
        if self.draft.changes() == before {
            return task;
        }
        // What was asked about is not what would be done: a disk came or went meanwhile.
        self.summary.confirming = false;
        Task::batch([task, self.beside.follow(&self.draft)])
    }

    fn react(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Next => self.next(),
            Message::Back => self.back(),
            Message::Go(page) if page <= self.farthest => self.enter(page),
            Message::Go(_) => Task::none(),
            Message::ToggleFiles => {
                self.beside.is_open = !self.beside.is_open;
                self.beside.follow(&self.draft)
            }
            Message::File(name) => self.beside.show(name, &self.draft),
            Message::Log(message) => self.install_message(install::Message::Log(message)),
            Message::FirstFrame => iced::exit(),
            Message::WhereIsWhat => places::tell(),
            Message::Tick(now) => {
                self.now = seconds_now();
                if let Some(install) = &mut self.install {
                    install.tick(now);
                }
                self.look_again()
            }
            Message::Saved(saved) => {
                self.summary.saved = Some(saved);
                Task::none()
            }
            Message::Reported(saved) => {
                self.finished.report = Some(saved);
                Task::none()
            }
            Message::Left(left) => {
                self.finished.stays = left.err();
                Task::none()
            }
            Message::Engine(news) => self.news(news),
            Message::DisksChanged => self.disks_changed(),
            Message::Evaluated(verdict) => {
                // One about a draft that was changed since is of no use.
                if verdict.draft == self.draft.changes() {
                    self.summary.evaluation = summary::Evaluation::Known(verdict);
                }
                Task::none()
            }
            Message::Looked(conditions) => {
                self.looking = false;
                self.conditions = conditions;
                Task::none()
            }
            Message::Welcome(message) => self.welcome_message(message),
            Message::Location(message) => {
                let task = self.location.update(message, &mut self.draft);
                task.map(Message::Location)
            }
            Message::Keyboard(message) => {
                let task = self.keyboard.update(message, &mut self.draft);
                task.map(Message::Keyboard)
            }
            Message::Network(message) => self.network_message(message),
            Message::Disk(message) => {
                let task = self.disk.update(message, &mut self.draft);
                self.let_desktop_give_way();
                self.partitions.follow(&mut self.draft);
                self.measure();
                task.map(Message::Disk)
            }
            Message::Partitions(partitions::Message::Passphrase(encryption::Message::Unlock)) => {
                self.unlock();
                Task::none()
            }
            Message::Partitions(partitions::Message::Passphrase(message)) => {
                let message = disk::Message::Encryption(message);
                let task = self.disk.update(message, &mut self.draft);
                task.map(Message::Disk)
            }
            Message::Partitions(message) => {
                let task = self.partitions.update(message, &mut self.draft);
                self.let_desktop_give_way();
                self.measure();
                task.map(Message::Partitions)
            }
            Message::Users(message) => {
                let language = self.texts.language();
                let task = self.users.update(message, language, &mut self.draft);
                task.map(Message::Users)
            }
            Message::Desktop(message) => {
                desktop::update(message, &mut self.draft);
                self.disk.follow(&mut self.draft);
                Task::none()
            }
            Message::Software(message) => {
                self.software.update(message, &mut self.draft);
                self.disk.follow(&mut self.draft);
                Task::none()
            }
            Message::Summary(message) => self.summary_message(message),
            Message::Install(message) => self.install_message(message),
            Message::Finished(message) => self.finished_message(message),
        }
    }

    fn welcome_message(&mut self, message: welcome::Message) -> Task<Message> {
        match message {
            welcome::Message::Language(language) => {
                self.texts = Texts::new(language);
                self.draft.edit(|preset| welcome::apply(language, preset));
            }
            welcome::Message::System(language) => {
                if let Some(spoken) = Language::of(&language.code) {
                    self.texts = Texts::new(spoken);
                }
                self.draft.edit(|preset| welcome::take(language, preset));
            }
            welcome::Message::Search(query) => self.welcome.search(query),
            welcome::Message::Appearance(appearance) => self.appearance = appearance,
            welcome::Message::Scale(scale) => self.scale = scale,
            welcome::Message::Preset(message) => return self.preset_message(message),
        }
        Task::none()
    }

    /// Reading happens off the thread that draws.
    fn preset_message(&mut self, message: welcome::PresetMessage) -> Task<Message> {
        use welcome::PresetMessage as Told;
        let told = |told| Message::Welcome(welcome::Message::Preset(told));
        match self.welcome.preset(message) {
            welcome::Action::None => Task::none(),
            welcome::Action::Show(part) => widget::show(part),
            welcome::Action::LookNear(card) => Task::batch([
                focus("preset-path").chain(widget::show(card)),
                Task::perform(async { load::near() }, move |near| told(Told::Near(near))),
            ]),
            welcome::Action::See(path) => {
                let seen = async move { (load::see(&path), path) };
                Task::perform(seen, move |(seen, path)| told(Told::Seen(path, seen)))
            }
            welcome::Action::Read(path) => {
                let read = async move { (load::preset(&path).map(Box::new), path) };
                Task::perform(read, move |(read, path)| told(Told::Read(path, read)))
            }
            welcome::Action::Take(preset) => {
                let seen = focus("preset-summary").chain(widget::show_focus());
                Task::batch([self.take_preset(*preset), seen])
            }
            welcome::Action::ToSummary => self.enter(Page::Summary),
        }
    }

    fn next(&mut self) -> Task<Message> {
        if self.why_not_next().is_some() {
            return Task::none();
        }
        if self.page == Page::Summary {
            self.summary.confirming = true;
            // The way back has the focus, not the way on.
            return Task::batch([focus("keep"), to_top()]);
        }
        match self.page_after() {
            Some(page) if page.is_question() => self.enter(page),
            _ => Task::none(),
        }
    }

    /// A desktop that nobody has chosen or seen is in nobody's way.
    fn let_desktop_give_way(&mut self) {
        if self.expectation.gives_way(&mut self.draft) {
            self.disk.follow(&mut self.draft);
            self.disk.look(&self.draft);
        }
    }

    fn back(&mut self) -> Task<Message> {
        if self.install.as_ref().is_some_and(|install| install.asking) {
            return self.install_message(install::Message::GoOn);
        }
        if self.page == Page::Summary && self.summary.confirming {
            self.summary.confirming = false;
            return focus("next");
        }
        if self
            .install
            .as_ref()
            .is_some_and(|install| install.log.open)
        {
            let closed = self.install_message(install::Message::Log(log::Message::Toggle));
            return closed.chain(focus("log").chain(widget::show_focus()));
        }
        match self.page_before() {
            Some(page) if self.page.is_question() => self.enter(page),
            _ => Task::none(),
        }
    }

    /// Shows a page, with the focus where its work starts.
    pub(super) fn enter(&mut self, page: Page) -> Task<Message> {
        self.page = page;
        self.now = seconds_now();
        if page.is_question() {
            self.farthest = self.farthest.max(page);
        }
        self.summary.confirming = false;
        let (first, task) = match page {
            Page::Welcome => (
                format!("language-{}", self.texts.language().tag()),
                Task::none(),
            ),
            Page::Location => {
                let task = self.location.enter(self.texts.language(), &mut self.draft);
                ("zones".to_owned(), task.map(Message::Location))
            }
            Page::Keyboard => {
                let task = self.keyboard.enter(self.texts.language(), &self.draft);
                ("layouts".to_owned(), task.map(Message::Keyboard))
            }
            Page::Disk => {
                self.expectation.expect(&mut self.draft);
                let task = self.disk.enter(&mut self.draft);
                self.measure();
                (self.disk.first(&self.draft), task.map(Message::Disk))
            }
            Page::Partitions => {
                self.expectation.expect(&mut self.draft);
                self.disk.look(&self.draft);
                let task = self.partitions.enter(&mut self.draft);
                self.measure();
                self.unlock_by_itself();
                let first = match self.disk.is_locked(&self.draft) {
                    true => "passphrase".to_owned(),
                    false => self.partitions.first(),
                };
                (first, task.map(Message::Partitions))
            }
            Page::Users => {
                let language = self.texts.language();
                let task = self.users.enter(language, &mut self.draft);
                ("full-name".to_owned(), task.map(Message::Users))
            }
            Page::Desktop => {
                self.expectation.end();
                desktop::suggest(&mut self.draft);
                self.disk.follow(&mut self.draft);
                (desktop::first(&self.draft), Task::none())
            }
            Page::Software => ("unfree".to_owned(), Task::none()),
            Page::Network => {
                let action = self.network.enter();
                (self.network.first(), self.network_action(action))
            }
            Page::Summary => {
                self.need_engine();
                self.unlock_by_itself();
                ("next".to_owned(), Task::none())
            }
            Page::Install => ("log".to_owned(), Task::none()),
            Page::Finished => (self.way_on().to_owned(), Task::none()),
        };
        if (Page::Desktop..=Page::Summary).contains(&page) {
            self.evaluate();
        }
        let first = focus(first).chain(widget::show_focus());
        let shown = to_top().chain(first).chain(widget::show(RAIL_HERE));
        Task::batch([task, self.look_again(), shown])
    }

    /// What has the focus at the end.
    fn way_on(&self) -> &'static str {
        let install = self.install.as_ref();
        let outcome = install.and_then(|install| install.track.outcome.as_ref());
        match (install.map(|install| &install.situation), outcome) {
            (Some(Situation::NotBegun(_) | Situation::Lost(_)), _) => "back",
            (_, Some(Outcome::Failed { step: None, .. })) => "back",
            (_, Some(Outcome::Failed { .. } | Outcome::Cancelled { .. })) => "retry",
            _ => "restart",
        }
    }

    /// Why the person can't go on, as the key of a text.
    pub(super) fn why_not_next(&self) -> Option<&'static str> {
        match self.page {
            Page::Summary if self.draft.plan().is_none() => Some("summary-problems"),
            Page::Summary if self.summary.evaluation.is_in_the_way() => Some("summary-problems"),
            Page::Summary => {
                let missing = self.lacking().first().map(|(_, key)| *key);
                missing.or_else(|| self.not_ready())
            }
            page => self.missing_on(page),
        }
    }

    /// What keeps pages from being complete, as the keys of texts.
    pub(super) fn lacking(&self) -> Vec<(Page, &'static str)> {
        let pages = Page::ALL.into_iter();
        let lacking = pages.filter_map(|page| Some((page, self.missing_on(page)?)));
        lacking.collect()
    }

    /// What keeps a page from being complete, as the key of a text.
    pub(super) fn missing_on(&self, page: Page) -> Option<&'static str> {
        match page {
            Page::Welcome => welcome::missing(&self.draft),
            Page::Network => self.network.missing(&self.draft),
            Page::Disk => self.disk.missing(&self.draft),
            Page::Partitions => self.partitions_missing(),
            Page::Users => self.users.missing().map(users::Missing::key),
            Page::Software if self.software.is_wrong() => Some("packages-form"),
            _ => None,
        }
    }

    fn partitions_missing(&self) -> Option<&'static str> {
        let missing = self.partitions.missing(&self.draft);
        let is_manual = partitions::is_manual(&self.draft);
        let key = || self.disk.missing_key(&self.draft);
        missing.or_else(|| key().filter(|_| is_manual))
    }

    fn summary_message(&mut self, message: summary::Message) -> Task<Message> {
        match self.summary.update(message) {
            summary::Action::None if self.summary.confirming => Task::none(),
            summary::Action::None => focus("next"),
            summary::Action::CopyFile(name) => match self.draft.file(&name) {
                Some(file) => iced::clipboard::write(file.text.clone()),
                None => Task::none(),
            },
            summary::Action::SavePreset => {
                let preset = self.draft.preset().clone();
                Task::perform(async move { save::preset(&preset) }, Message::Saved)
            }
            summary::Action::Connect => {
                self.need_engine();
                Task::none()
            }
            summary::Action::Show(part) => widget::show(part),
            summary::Action::Go(page) => self.enter(page),
            summary::Action::Evaluate => {
                self.evaluate_again();
                Task::none()
            }
            summary::Action::Install if self.why_not_next().is_some() => {
                self.summary.confirming = false;
                focus("next")
            }
            summary::Action::Install => self.begin_install(),
        }
    }
}

fn to_top() -> Task<Message> {
    scroll_to(SCROLL, AbsoluteOffset::<f32>::default())
}
