//! A page as a picture, without a display: for the documentation, and to look at what was made.

use super::link::News;
use super::page::{Page, disk, partitions};
use super::theme::Appearance;
use super::{Message, Options, Wizard, WizardError, fonts, page};
use crate::engine::replay::{Recording, Timed};
use crate::i18n::{Language, Texts};
use crate::plan::Severity;
use crate::preset::Layout;
use crate::secret::Secret;
use iced::advanced::renderer::{Headless, Style};
use iced::advanced::widget::operation::{Operation, Outcome};
use iced::advanced::{clipboard, mouse};
use iced::theme::Base;
use iced::time::{Duration, Instant};
use iced::{Event, Pixels, Renderer, Size, Task, window};
use iced_runtime::task::into_stream;
use iced_runtime::user_interface::{Cache, UserInterface};
use std::path::Path;

/// The moment of the recording that a picture of the Install page shows.
const SHOWN: Duration = Duration::from_secs(14);

/// What to draw.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The name of the page, such as `welcome`.
    pub page: String,
    /// Width and height in logical pixels.
    pub size: (u16, u16),
    /// Pixels of the picture for each logical one.
    pub scale: f32,
    /// `light`, `dark` or `high-contrast`.
    pub appearance: String,
    /// The language's tag, such as `de`; none: that of the preset.
    pub language: Option<String>,
    /// Whether `configuration.nix` is shown beside the page.
    pub files: bool,
}

/// Draws a page of the wizard into a PNG file.
///
/// # Errors
/// There is no such page, no panel of files beside it, no plan that could be installed for a page that
/// comes after that, or the file can't be written.
pub fn screenshot(options: Options, picture: &Picture, file: &Path) -> Result<(), WizardError> {
    fonts::install();
    let (mut wizard, page) = prepared(options, picture)?;
    let (operations, messages) = outcome(wizard.go_to(page));
    for message in messages {
        drop(wizard.update(message));
    }
    wizard.has_come_to(page)?;
    let size = Size::new(f32::from(picture.size.0), f32::from(picture.size.1));
    let pixels = draw(&wizard, operations, size, picture.scale)?;
    let failed = |error: &dyn std::fmt::Display| WizardError::Picture(error.to_string());
    let out = std::fs::File::create(file).map_err(|error| failed(&error))?;
    let physical = physical(size, picture.scale);
    let mut encoder = png::Encoder::new(
        std::io::BufWriter::new(out),
        physical.width,
        physical.height,
    );
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(|error| failed(&error))?;
    writer
        .write_image_data(&pixels)
        .map_err(|error| failed(&error))
}

/// The wizard on the page, with the answers of the pages before it given.
fn prepared(options: Options, picture: &Picture) -> Result<(Wizard, Page), WizardError> {
    let page: Page = picture.page.parse().map_err(WizardError::UnknownName)?;
    if picture.files && !page.has_files() {
        return Err(WizardError::NoFiles(page.name()));
    }
    let unknown = |what: &str, name: &str| WizardError::UnknownName(format!("{what}: {name}"));
    let language = picture.language.as_ref().map(|tag| {
        let unspoken = || unknown("the wizard does not speak this language", tag);
        Language::of(tag).ok_or_else(unspoken)
    });
    let language = language.transpose()?;
    let appearance = Appearance::ALL
        .into_iter()
        .find(|known| known.name() == picture.appearance)
        .ok_or_else(|| unknown("there is no appearance of this name", &picture.appearance))?;
    let mut wizard = Wizard::new(&options);
    // The preset's, unless another was asked for.
    if let Some(language) = language {
        wizard.texts = Texts::new(language);
        let draft = &mut wizard.draft;
        draft.edit(|preset| page::welcome::apply(language, preset));
    }
    wizard.appearance = appearance;
    wizard.beside.is_open = picture.files;
    Ok((wizard, page))
}

impl Wizard {
    /// Goes through the pages up to one, as if a person had; gives what is left to do on it.
    pub(super) fn go_to(&mut self, page: Page) -> Task<Message> {
        let mut task = Task::none();
        for before in Page::ALL.into_iter().filter(|before| *before <= page) {
            if self.is_skipped(before) && before != page {
                continue;
            }
            if before == Page::Partitions && !partitions::is_manual(&self.draft) {
                self.choose_partitions();
            }
            task = match before {
                Page::Install => self.begin_install(),
                Page::Finished => self.tell_until(Duration::MAX),
                _ => self.enter(before),
            };
            // The Summary says that it is not chosen; nothing is installed without it.
            if before == Page::Disk && page > Page::Summary {
                self.choose_layout();
            }
            if before == Page::Users && page > Page::Users {
                self.users.fill_in(&Secret::new("a picture's password"));
            }
        }
        if page == Page::Install {
            drop(self.tell_until(SHOWN));
        }
        task
    }

    /// Whether there is something to be seen on the page.
    ///
    /// # Errors
    /// It comes after the installation, and there is none.
    pub(super) fn has_come_to(&self, page: Page) -> Result<(), WizardError> {
        let planned = self.install.as_ref().and_then(|it| it.plan.as_ref());
        if page <= Page::Summary || planned.is_some() {
            return Ok(());
        }
        let problems = self.draft.problems().iter();
        let errors = problems.filter(|problem| problem.severity == Severity::Error);
        let errors: Vec<&str> = errors.map(|problem| problem.message.as_str()).collect();
        Err(WizardError::NothingInstalled(
            page.name(),
            errors.join("; "),
        ))
    }

    /// Chooses a disk, and what becomes of it, where that is open: what loses least.
    fn choose_layout(&mut self) {
        if disk::chosen_disk(&self.draft).is_none() {
            let obstacles = self.draft.obstacles();
            if let Some(first) = obstacles.iter().position(Option::is_none) {
                drop(self.update(Message::Disk(disk::Message::Choose(first))));
            }
        }
        let ways = [Layout::Alongside, Layout::Free, Layout::Erase];
        let is_open = self.draft.preset().disk.layout.is_none();
        for (index, layout) in ways.into_iter().filter(|_| is_open).enumerate() {
            if index == 0 || self.draft.outline().is_none() {
                drop(self.update(Message::Disk(disk::Message::Layout(layout))));
            }
        }
    }

    /// Chooses the manual layout, and begins as what is asked for would have it: a disk of which nothing
    /// is said yet keeps what is on it.
    fn choose_partitions(&mut self) {
        let asked = self.draft.preset().disk.layout;
        let manual = disk::Message::Layout(Layout::Manual);
        drop(self.update(Message::Disk(manual)));
        drop(self.enter(Page::Partitions));
        let begins = match asked {
            Some(layout) => [layout].to_vec(),
            None => [Layout::Free, Layout::Alongside].to_vec(),
        };
        for layout in begins {
            let begin = partitions::Message::Begin(layout);
            drop(self.update(Message::Partitions(begin)));
        }
    }

    /// Tells what a replay of the plan tells up to a moment of it.
    fn tell_until(&mut self, end: Duration) -> Task<Message> {
        let install = self.install.as_ref();
        let plan = install.and_then(|install| install.plan.as_deref());
        // The recording can be read, as the tests show.
        let recording = Recording::included().ok();
        let recorded = recording.zip(plan).map(|(all, plan)| all.told_of(plan));
        let recorded = recorded.unwrap_or_default();
        let mut at = Duration::ZERO;
        let told = recorded.into_iter().take_while(|Timed { pause, .. }| {
            at = at.saturating_add(*pause);
            at <= end
        });
        let events = told.map(|timed| timed.event).collect();
        self.news(News::Events(events))
    }
}

fn physical(size: Size, scale: f32) -> Size<u32> {
    Size::new(
        (size.width * scale).round() as u32,
        (size.height * scale).round() as u32,
    )
}

/// The pixels of the wizard, four bytes each, after the focus has moved and it has scrolled.
pub(super) fn draw(
    wizard: &Wizard,
    operations: Vec<Box<dyn Operation>>,
    size: Size,
    scale: f32,
) -> Result<Vec<u8>, WizardError> {
    let made = <Renderer as Headless>::new(fonts::TEXT, Pixels(16.0), None);
    let renderer = iced::futures::executor::block_on(made);
    let mut renderer =
        renderer.ok_or_else(|| WizardError::Picture("there is no renderer".to_owned()))?;
    let theme = wizard.appearance.iced();
    let base = theme.base();
    let mut messages = Vec::new();
    let mut interface = UserInterface::build(wizard.view(), size, Cache::default(), &mut renderer);
    for mut operation in operations {
        loop {
            interface.operate(&renderer, operation.as_mut());
            match operation.finish() {
                Outcome::Chain(next) => operation = next,
                Outcome::None | Outcome::Some(()) => break,
            }
        }
    }
    let redraw = Event::Window(window::Event::RedrawRequested(Instant::now()));
    let cursor = mouse::Cursor::Unavailable;
    let null = &mut clipboard::Null;
    drop(interface.update(&[redraw], cursor, &mut renderer, null, &mut messages));
    let style = Style {
        text_color: base.text_color,
    };
    interface.draw(&mut renderer, &theme, &style, cursor);
    Ok(renderer.screenshot(physical(size, scale), scale, base.background_color))
}

/// What a task does to widgets, and what it tells; all else in it is left out.
pub(super) fn outcome(task: Task<Message>) -> (Vec<Box<dyn Operation>>, Vec<Message>) {
    let (mut operations, mut messages) = (Vec::new(), Vec::new());
    if let Some(actions) = into_stream(task) {
        for action in iced::futures::executor::block_on_stream(actions) {
            match action {
                iced_runtime::Action::Widget(operation) => operations.push(operation),
                iced_runtime::Action::Output(message) => messages.push(message),
                _ => {}
            }
        }
    }
    (operations, messages)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wizard::tests::driver::{options_of, recorded};

    #[test]
    fn a_picture_speaks_the_preset_s_language_unless_told_otherwise() {
        let told = |asked: Option<&str>| {
            let text = "version = 1\n[locale]\nlanguage = \"de_AT.UTF-8\"\n";
            let mut options = options_of(recorded("qemu-uefi"));
            options.preset = crate::preset::read(text, "test").ok();
            let picture = Picture {
                page: "welcome".to_owned(),
                size: (800, 600),
                scale: 1.0,
                appearance: "light".to_owned(),
                language: asked.map(str::to_owned),
                files: false,
            };
            let (wizard, _) = prepared(options, &picture).unwrap();
            wizard.texts.language()
        };
        assert_eq!(told(None), Language::German);
        assert_eq!(told(Some("ja")), Language::Japanese);
    }

    /// Of any computer, also where a person would have chosen a disk first.
    #[test]
    fn install_and_finished_are_drawn_in_the_middle_of_things() {
        let demo = include_str!("../../assets/demo/preset.toml");
        for machine in [
            "two-equal-disks",
            "laptop-intel-windows",
            "table-windows-measured",
        ] {
            let mut options = options_of(recorded(machine));
            let mut preset = crate::preset::read(demo, "demo").unwrap();
            preset.disk = crate::preset::DiskPreset::default();
            options.preset = Some(preset);
            let mut wizard = Wizard::new(&options);
            drop(wizard.go_to(Page::Install));
            let install = wizard.install.as_ref().unwrap();
            assert!(install.track.doing().is_some(), "{machine}");
            drop(wizard.go_to(Page::Finished));
            assert_eq!(wizard.page, Page::Finished, "{machine}");
        }
    }

    #[test]
    fn what_can_not_be_installed_has_no_picture_of_the_end() {
        let file = std::env::temp_dir().join(format!("nevado-{}.png", std::process::id()));
        for page in ["install", "finished"] {
            let options = options_of(recorded("hyperv"));
            let picture = Picture {
                page: page.to_owned(),
                size: (1024, 600),
                scale: 1.0,
                appearance: "light".to_owned(),
                language: None,
                files: false,
            };
            let error = screenshot(options, &picture, &file)
                .unwrap_err()
                .to_string();
            assert!(error.contains("Secure Boot is on"), "{error}");
            assert!(!file.exists());
        }
    }

    #[test]
    fn partitions_of_which_nothing_is_said_stay_in_a_picture() {
        let drawn = |machine: &str| {
            let mut wizard = Wizard::new(&options_of(recorded(machine)));
            drop(wizard.go_to(Page::Partitions));
            let disk = wizard.draft.preset().disk.disks.first().cloned().unwrap();
            assert_eq!(disk.table, crate::preset::ManualTable::Keep, "{machine}");
            disk.partitions.len()
        };
        assert_eq!(drawn("laptop-intel-windows"), 0);
        assert!(drawn("table-windows-measured") > 0);
    }
}
