//! The graphical wizard: the preset made page by page, with the real plan beside it.
//!
//! ```text
//! page ─ Message ─▶ Draft::edit(preset) ─▶ resolve ─▶ problems beside fields · bars · files
//!                                             └▶ Summary ─▶ events ─▶ Install ─▶ Finished
//! ```
//!
//! | module | what it holds |
//! |---|---|
//! | `page` | the pages, a file each with its own state and messages |
//! | `draft` | the preset as it is being made, and what follows from it |
//! | `widget` | what pages are made of |
//! | `theme`, `fonts` | what everything looks like |
//! | `frame` | what is around a page: the list of pages, the way on, the files |
//! | `replay`, `track` | a recorded installation, and how far an installation is |
//! | `update` | what follows from each message |
//! | `screenshot` | a page as a picture, without a display |
//! | `rehearsal` | the wizard without a window, to measure it |
//!
//! Nothing here writes to a disk. `update` and `view` never wait.

mod draft;
mod fonts;
mod frame;
mod page;
mod rehearsal;
mod replay;
mod save;
mod screenshot;
#[cfg(test)]
mod tests;
mod theme;
mod track;
mod update;
mod widget;

pub use rehearsal::Rehearsal;
pub use screenshot::{Picture, screenshot};

use crate::i18n::{Language, Texts};
use crate::machine::Machine;
use crate::plan::Seed;
use crate::preset::Preset;
use draft::Draft;
use iced::time::{Duration, Instant};
use iced::{Size, Subscription, window};
use page::{
    Page, desktop, disk, finished, install, keyboard, location, network, software, summary, users,
    welcome,
};
use replay::Replay;
use std::time::SystemTime;
use theme::Appearance;

type Element<'a, Message> = iced::Element<'a, Message, iced::Theme, iced::Renderer>;

/// The smallest window that shows everything, in logical pixels.
const SMALLEST: Size = Size::new(800.0, 520.0);

/// The window at its beginning, in logical pixels.
const USUAL: Size = Size::new(1100.0, 720.0);

/// How often the replay is looked at.
const TICK: Duration = Duration::from_millis(100);

/// How often a clock that is shown is looked at.
const SECOND: Duration = Duration::from_secs(1);

/// The id of what scrolls a page.
const SCROLL: &str = "page";

/// The id of what scrolls the files.
const FILES: &str = "files-text";

/// What the wizard works on.
#[derive(Debug)]
pub struct Options {
    /// The machine that is installed on.
    pub machine: Machine,
    /// Answers that are there already.
    pub preset: Preset,
    /// What identifiers are drawn from.
    pub seed: Seed,
    /// A recorded installation to show in place of a real one: a journal, an event a line.
    pub recording: Option<String>,
    /// Whether to begin with the recorded installation.
    pub begin_with_install: bool,
    /// Whether to end once the first frame is drawn, for whoever measures that.
    pub end_after_first_frame: bool,
}

/// The wizard could not be started, or ended with an error.
#[derive(Debug, thiserror::Error)]
pub enum WizardError {
    /// The recording can't be told.
    #[error("{0}")]
    Recording(String),
    /// There is no page of that name, language or appearance.
    #[error("{0}")]
    UnknownName(String),
    /// There is no display, or the window broke.
    #[error("no window can be shown: {0}")]
    Window(#[from] iced::Error),
    /// The picture could not be drawn or written.
    #[error("the picture could not be made: {0}")]
    Picture(String),
}

/// Shows the wizard in a window until it is closed.
///
/// # Errors
/// There is no display, or the recording can't be told.
pub fn run(options: Options) -> Result<(), WizardError> {
    fonts::install();
    // Boot is a function that may be called again, so what it gives is made anew from parts.
    let recording = options.recording.clone();
    recording
        .as_deref()
        .map(Replay::read)
        .transpose()
        .map_err(bad_recording)?;
    let end_after_first_frame = options.end_after_first_frame;
    let boot = move || {
        let mut wizard = Wizard::new(
            options.machine.clone(),
            options.preset.clone(),
            options.seed,
            recording
                .as_deref()
                .and_then(|text| Replay::read(text).ok()),
        );
        let task = if options.begin_with_install {
            wizard.begin_install()
        } else {
            wizard.enter(Page::Welcome)
        };
        (wizard, task)
    };
    iced::application(boot, Wizard::update, Wizard::view)
        .title(|wizard: &Wizard| wizard.texts.get("window-title"))
        .theme(|wizard: &Wizard| wizard.appearance.iced())
        .scale_factor(|wizard: &Wizard| wizard.scale)
        .subscription(move |_| match end_after_first_frame {
            true => window::frames().map(|_| Message::FirstFrame),
            false => Subscription::none(),
        })
        .default_font(fonts::TEXT)
        .window(window::Settings {
            size: USUAL,
            min_size: Some(SMALLEST),
            platform_specific: window::settings::PlatformSpecific {
                application_id: "nevado".to_owned(),
                ..window::settings::PlatformSpecific::default()
            },
            ..window::Settings::default()
        })
        .run()?;
    Ok(())
}

fn bad_recording(error: replay::BadRecording) -> WizardError {
    WizardError::Recording(error.to_string())
}

/// The whole state.
pub(crate) struct Wizard {
    texts: Texts,
    appearance: Appearance,
    scale: f32,
    page: Page,
    /// The farthest page that was seen.
    farthest: Page,
    draft: Draft,
    /// Whether `configuration.nix` is shown beside the page.
    files_open: bool,
    location: location::State,
    keyboard: keyboard::State,
    disk: disk::State,
    users: users::State,
    software: software::State,
    summary: summary::State,
    install: Option<install::State>,
    replay: Option<Replay>,
    /// When the replay began.
    began: Option<Instant>,
    /// The time of day when it was last looked at, in seconds since the first of January 1970, UTC.
    now: i64,
}

#[derive(Clone, Debug)]
pub(crate) enum Message {
    Next,
    Back,
    Go(Page),
    ToggleFiles,
    ToggleLog,
    Tick(Instant),
    /// The first frame is drawn, and that was all that was asked for.
    FirstFrame,
    Saved(Result<String, String>),
    Welcome(welcome::Message),
    Location(location::Message),
    Keyboard(keyboard::Message),
    Network(network::Message),
    Disk(disk::Message),
    Users(users::Message),
    Desktop(desktop::Message),
    Software(software::Message),
    Summary(summary::Message),
    Install(install::Message),
    Finished(finished::Message),
}

/// Seconds since the first of January 1970 in UTC, by this computer's clock.
fn seconds_now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or_default()
    })
}

impl Wizard {
    fn new(machine: Machine, preset: Preset, seed: Seed, replay: Option<Replay>) -> Self {
        let asked = preset.locale.language.as_ref();
        let language = asked.and_then(|locale| Language::of(locale.as_str()));
        let language = language.unwrap_or_default();
        let mut draft = Draft::new(machine, preset, seed);
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
            files_open: false,
            location: location::State::new(),
            keyboard: keyboard::State::new(),
            disk: disk::State::new(&draft),
            users: users::State::new(&draft),
            software: software::State::new(&draft),
            summary: summary::State::default(),
            install: None,
            replay,
            began: None,
            now: seconds_now(),
            draft,
        }
    }
}
