//! How the wizard begins, and begins anew with the answers of a preset.

use super::beside::Beside;
use super::draft::Draft;
use super::installing::Standing;
use super::measuring::Measuring;
use super::page::{
    Page, desktop, disk, finished, keyboard, location, network, partitions, software, summary,
    users, welcome,
};
use super::theme::Appearance;
use super::{Message, Options, Wizard, seconds_now};
use crate::i18n::{Language, Texts};
use crate::preset::Preset;
use iced::Task;

/// The language of a preset's system, where the wizard speaks it.
fn spoken(preset: &Preset) -> Option<Language> {
    let locale = preset.locale.language.as_ref()?;
    Language::of(locale.as_str())
}

/// The state of Location; with a preset, it suggests nothing.
fn location_of(language: Language, has_preset: bool) -> location::State {
    let mut state = location::State::new(language);
    if has_preset {
        state.suggest_nothing();
    }
    state
}

impl Wizard {
    /// With the answers of a preset, or with what each page suggests.
    pub(super) fn new(options: &Options) -> Self {
        let machine = options.machine.clone();
        let mut preset = options.preset.clone().unwrap_or_default();
        if options.preset.is_some() {
            desktop::suggest_nothing(&mut preset);
        }
        let language = spoken(&preset).unwrap_or_default();
        let mut draft = Draft::new(machine, preset, options.seed);
        draft.edit(|preset| {
            if preset.locale.language.is_none() {
                welcome::apply(language, preset);
            }
        });
        Self {
            texts: Texts::new(language),
            appearance: Appearance::default(),
            scale: 1.0,
            page: Page::Welcome,
            farthest: Page::Welcome,
            beside: Beside::default(),
            welcome: welcome::State::default(),
            location: location_of(language, options.preset.is_some()),
            keyboard: keyboard::State::new(language),
            network: network::State::new(&draft),
            manager: None,
            disk: disk::State::new(&draft),
            partitions: partitions::State::new(&draft),
            users: users::State::new(&draft, options.preset.is_some()),
            expectation: desktop::Expectation::default(),
            software: software::State::new(&draft),
            summary: summary::State::default(),
            install: None,
            finished: finished::State::default(),
            engine: options.engine.clone(),
            link: None,
            standing: Standing::default(),
            reconnected: None,
            probed: false,
            measuring: Measuring::default(),
            replayed: options.replayed,
            evaluator: None,
            conditions: None,
            looking: false,
            looked: 0,
            now: seconds_now(),
            draft,
        }
    }

    /// Begins anew with the answers of a preset; what was typed before, passwords included, is gone.
    pub(super) fn take_preset(&mut self, preset: Preset) -> Task<Message> {
        let language = spoken(&preset);
        let is_silent = preset.locale.language.is_none();
        if let Some(language) = language {
            self.texts = Texts::new(language);
        }
        let language = self.texts.language();
        self.draft.replace(preset);
        if is_silent {
            self.draft.edit(|preset| welcome::apply(language, preset));
        }
        self.draft.edit(desktop::suggest_nothing);
        self.location = location_of(language, true);
        self.keyboard = keyboard::State::new(language);
        self.network.take_preset(&mut self.draft);
        self.disk.take_preset(&self.draft);
        self.partitions = partitions::State::new(&self.draft);
        self.users = users::State::new(&self.draft, true);
        self.software = software::State::new(&self.draft);
        self.summary = summary::State::default();
        let visited = self.visit_all();
        self.unlock_by_itself();
        visited
    }

    /// Has every page that asks put into the preset what it finds by itself, as if each had been seen,
    /// so that the way to the Summary is open.
    fn visit_all(&mut self) -> Task<Message> {
        self.farthest = Page::Summary;
        let language = self.texts.language();
        self.expectation = desktop::Expectation::default();
        let disk = self.disk.enter(&mut self.draft).map(Message::Disk);
        desktop::suggest(&mut self.draft);
        self.disk.follow(&mut self.draft);
        let users = self.users.enter(language, &mut self.draft);
        Task::batch([disk, users.map(Message::Users)])
    }
}
