//! The graphical wizard: the preset made page by page, with the real plan beside it.
//!
//! ```text
//! page ─ Message ─▶ Draft::edit(preset) ─▶ resolve ─▶ problems beside fields · bars · files
//!                                             └▶ Summary ─ plan, secrets ─▶ link ─▶ engine
//!                     Install, Finished ◀─ Track ◀─ events ◀─────────────────┘
//! ```
//!
//! | module | what it holds |
//! |---|---|
//! | `page` | the pages, a file each with its own state and messages |
//! | `draft` | the preset as it is being made, and what follows from it |
//! | `widget` | what pages are made of |
//! | `collation` | how names are ordered and found |
//! | `theme`, `fonts` | what everything looks like |
//! | `frame` | what is around a page: the list of pages, the way on |
//! | `beside` | the files of the new system beside a page |
//! | `update` | what follows from each message |
//! | `display` | whether there is a display, before the toolkit asks |
//! | `link` | the thread that talks to the engine, and what comes from it |
//! | `networking` | the live session's network for its page |
//! | `installing` | what is asked of the engine, and what follows from what it tells |
//! | `measuring` | how small the file systems of the chosen disk can become |
//! | `unlocking` | the passphrase of encrypted partitions that stay, tried |
//! | `background` | what Nix makes of the draft, and what the computer is like, meanwhile |
//! | `track`, `step`, `report` | how far an installation is, and what happened as a text |
//! | `aftermath` | what one that does not come to its end leaves of the disk |
//! | `secrets` | the passwords on their way to the engine |
//! | `load` | a preset that a person names, read |
//! | `save`, `leave` | preset and report as files; restart and power off |
//! | `screenshot` | a page as a picture, without a display |
//! | `rehearsal` | the wizard without a window, to measure it |
//! | `places` | where everything is in the window, for tests that click |
//!
//! # Passwords
//!
//! What is typed lies in [`Secret`](crate::secret::Secret)s, which are wiped: those of the pages as
//! soon as the engine has accepted the plan, the copies that travel once they are sent; so does the
//! recovery key that the Disk page shows. Not wiped are the copies that the toolkit makes of the letters
//! within a text or a text field, at each event and while the page is shown, what it drew, the keys that
//! the window system sends, and what was pasted. Nothing is copied out of a field that shows dots, and
//! `--tell-places` tells of no field what is in it.
//!
//! Nothing here writes to a disk. `update` and `view` never wait.

mod aftermath;
mod background;
mod begin;
mod beside;
mod collation;
mod display;
mod draft;
mod fonts;
mod frame;
mod installing;
mod leave;
mod link;
mod load;
mod measuring;
mod networking;
mod page;
mod places;
mod rail;
mod rehearsal;
mod report;
mod save;
mod screenshot;
mod secrets;
mod stage;
mod step;
#[cfg(test)]
mod tests;
mod theme;
mod track;
mod unlocking;
mod update;
mod widget;
mod written;

pub use link::Engine;
pub use page::page_names;
pub use rehearsal::Rehearsal;
pub use screenshot::{Picture, screenshot};

use crate::i18n::Texts;
use crate::machine::Machine;
use crate::network::{Bus, Manager};
use crate::plan::Seed;
use crate::preflight::Conditions;
use crate::preset::Preset;
use background::{Evaluator, Verdict};
use beside::Beside;
use draft::Draft;
use iced::time::{Duration, Instant};
use iced::{Size, Subscription, Task, window};
use installing::Standing;
use link::{Link, News};
use measuring::Measuring;
use page::{
    Page, desktop, disk, finished, install, keyboard, location, log, network, partitions, software,
    summary, users, welcome,
};
use std::time::SystemTime;
use theme::Appearance;

type Element<'a, Message> = iced::Element<'a, Message, iced::Theme, iced::Renderer>;

/// The smallest window that shows everything, in logical pixels.
const SMALLEST: Size = Size::new(800.0, 520.0);

/// The window at its beginning, in logical pixels.
const USUAL: Size = Size::new(1100.0, 720.0);

/// How often a clock that is shown is looked at.
const SECOND: Duration = Duration::from_secs(1);

/// How often the computer is looked at again while it is shown.
const AGAIN: i64 = 15;

/// The id of what scrolls a page.
const SCROLL: &str = "page";

/// The id of the current page's name in the list of pages.
const RAIL_HERE: &str = "rail-here";

/// What the wizard works on.
#[derive(Debug)]
pub struct Options {
    /// The machine that is installed on.
    pub machine: Machine,
    /// Answers that are there already. A preset gives what it gives without the wizard: what it does
    /// not ask for is not suggested either.
    pub preset: Option<Preset>,
    /// What identifiers are drawn from.
    pub seed: Seed,
    /// What carries installations out.
    pub engine: Engine,
    /// Where NetworkManager is asked; nowhere for a recorded computer, whose networks are not here.
    pub bus: Option<Bus>,
    /// Whether nothing is installed: the engine replays a recording, and leaving ends the program.
    pub replayed: bool,
    /// Whether to begin with the recorded installation.
    pub begin_with_install: bool,
    /// Who watches the window.
    pub watch: Watch,
}

/// Who watches the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Watch {
    /// The person who uses it.
    #[default]
    Person,
    /// Whoever measures when the first frame is drawn: it ends then.
    FirstFrame,
    /// A test, which is told where everything is when it asks.
    Places,
}

/// The wizard could not be started, or ended with an error.
#[derive(Debug, thiserror::Error)]
pub enum WizardError {
    /// The recorded installation can't be told.
    #[error("the recorded installation can't be told: {0}")]
    Recording(#[from] crate::engine::replay::BadRecording),
    /// There is no page of that name, language or appearance.
    #[error("{0}")]
    UnknownName(String),
    /// There is no display.
    #[error(
        "there is no display here (neither WAYLAND_DISPLAY nor DISPLAY is set): start it in a desktop, \
         or {0}"
    )]
    NoDisplay(Instead),
    /// The display that the environment names does not answer.
    #[error(
        "the display `{name}`, which {variable} names, can't be reached ({error}): start it in a \
         desktop, or {instead}"
    )]
    SilentDisplay {
        /// The variable.
        variable: &'static str,
        /// What it says.
        name: String,
        /// Why it can't be reached.
        error: std::io::Error,
        /// What can be done without one.
        instead: Instead,
    },
    /// The panel with the files is asked for beside a page that has none.
    #[error(
        "no files are shown beside the page `{0}`: the panel opens from `keyboard` to `software`, and \
         `summary` has them on the page itself; leave `--files` out"
    )]
    NoFiles(&'static str),
    /// A page comes after the installation, and nothing can be installed: the name of the page, and why.
    #[error(
        "the page {0} comes after the installation, and this can't be installed: {1}; give a preset or a \
         machine that can be"
    )]
    NothingInstalled(&'static str, String),
    /// The window broke.
    #[error("no window can be shown: {0}")]
    Window(#[from] iced::Error),
    /// The picture could not be drawn or written.
    #[error("the picture could not be made: {0}")]
    Picture(String),
}

/// What can be done without a display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// Installing.
    Install,
    /// Looking at pages: with a recording, nothing is installed.
    Picture,
}

impl std::fmt::Display for Instead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Install => "install from a preset, with `nevado install`",
            Self::Picture => "draw a page into a file, with `--page NAME --screenshot FILE`",
        })
    }
}

/// Shows the wizard in a window until it is closed.
///
/// # Errors
/// There is no display.
pub fn run(options: Options) -> Result<(), WizardError> {
    display::ask(match options.replayed {
        true => Instead::Picture,
        false => Instead::Install,
    })?;
    fonts::install();
    // Boot is a function that may be called again, so what it gives is made anew from parts.
    let watch = options.watch;
    let boot = move || {
        let mut wizard = Wizard::new(&options);
        let connected = wizard.connect();
        let network = options.bus.clone();
        let network = network.map_or_else(Task::none, |bus| wizard.listen_to_network(bus));
        let entered = if options.begin_with_install {
            wizard.begin_install()
        } else {
            wizard.enter(Page::Welcome)
        };
        let heard = match watch {
            Watch::Places => places::listen(),
            Watch::Person | Watch::FirstFrame => Task::none(),
        };
        let tasks = [fit_window(), connected, network, entered, heard];
        (wizard, Task::batch(tasks))
    };
    iced::application(boot, Wizard::update, Wizard::view)
        .title(Wizard::title)
        .theme(|wizard: &Wizard| wizard.appearance.iced())
        .scale_factor(|wizard: &Wizard| wizard.scale)
        .subscription(move |_| match watch {
            Watch::FirstFrame => window::frames().map(|_| Message::FirstFrame),
            Watch::Person | Watch::Places => Subscription::none(),
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

/// Makes the window as small as a small display: where nothing manages windows, nobody else does it.
fn fit_window() -> Task<Message> {
    window::latest().and_then(|id| {
        window::monitor_size(id).and_then(move |display| {
            if display.width >= USUAL.width && display.height >= USUAL.height {
                return Task::none();
            }
            let width = display.width.clamp(SMALLEST.width, USUAL.width);
            let height = display.height.clamp(SMALLEST.height, USUAL.height);
            let fitted = window::resize(id, Size::new(width, height));
            fitted.chain(window::maximize(id, true))
        })
    })
}

/// The whole state.
#[derive(Debug)]
pub(crate) struct Wizard {
    texts: Texts,
    appearance: Appearance,
    scale: f32,
    page: Page,
    /// The farthest question that was seen.
    farthest: Page,
    draft: Draft,
    /// The files beside the page.
    beside: Beside,
    welcome: welcome::State,
    location: location::State,
    keyboard: keyboard::State,
    network: network::State,
    /// There is none for a recorded computer.
    manager: Option<Manager>,
    disk: disk::State,
    partitions: partitions::State,
    users: users::State,
    expectation: desktop::Expectation,
    software: software::State,
    summary: summary::State,
    /// The installation, once there is one.
    install: Option<install::State>,
    finished: finished::State,
    engine: Engine,
    /// There is none in a picture.
    link: Option<Link>,
    standing: Standing,
    /// When an engine was last looked for because the one before was lost.
    reconnected: Option<Instant>,
    /// Whether the machine is as root sees it.
    probed: bool,
    measuring: Measuring,
    replayed: bool,
    /// There is none where nothing is installed.
    evaluator: Option<Evaluator>,
    /// What this computer is like, once it has been looked at.
    conditions: Option<Conditions>,
    /// Whether it is being looked at, and when that began last, as `now` has it.
    looking: bool,
    looked: i64,
    /// The time of day when it was last looked at, in seconds since the first of January 1970, UTC.
    now: i64,
}

#[derive(Clone, Debug)]
pub(crate) enum Message {
    Next,
    Back,
    Go(Page),
    ToggleFiles,
    /// The file of this name is looked at beside the page.
    File(String),
    Log(log::Message),
    Tick(Instant),
    /// The first frame is drawn, and that was all that was asked for.
    FirstFrame,
    /// A test asks where everything is.
    WhereIsWhat,
    Saved(Result<String, String>),
    Reported(Result<String, String>),
    /// Why the computer stays on, if it does.
    Left(Result<(), String>),
    Engine(News),
    DisksChanged,
    Evaluated(Verdict),
    Looked(Option<Conditions>),
    Welcome(welcome::Message),
    Location(location::Message),
    Keyboard(keyboard::Message),
    Network(network::Message),
    Disk(disk::Message),
    Partitions(partitions::Message),
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
    /// The window's title, which names the page for whoever sees no more than that.
    fn title(&self) -> String {
        let asking = self.page == Page::Summary && self.summary.confirming;
        let page = match asking {
            true => self.texts.get("summary-question-name"),
            false => self.name_of(self.page),
        };
        self.texts
            .with("window-title-page", &[("page", page.into())])
    }
}
