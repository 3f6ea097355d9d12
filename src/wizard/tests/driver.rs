//! A person at the wizard, without a display: keys and clicks (`hands`) go in as events, and what the program
//! asks of its widgets (focus, scrolling) is done as a window would. What is seen then is for `eyes`.

use super::seen::find_short_texts;
use crate::engine::Speed;
use crate::machine::Machine;
use crate::plan::{Plan, Seed, resolve};
use crate::preset::{DiskChoice, Layout, Preset};
use crate::wizard::{Engine, Message, Options, SCROLL, Watch, Wizard, fonts, page::Page};
use iced::advanced::layout;
use iced::advanced::renderer::{Headless, Style};
use iced::advanced::widget::Tree;
use iced::advanced::widget::operation::{Operation, Outcome};
use iced::advanced::{clipboard, mouse};
use iced::futures::StreamExt;
use iced::theme::Base;
use iced::time::Instant;
use iced::{Event, Pixels, Point, Renderer, Size, Task, window};
use iced_runtime::Action;
use iced_runtime::clipboard::Action as Copying;
use iced_runtime::futures::BoxStream;
use iced_runtime::task::into_stream;
use iced_runtime::user_interface::{Cache, UserInterface};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Poll, Wake};

pub(super) struct Driver {
    pub(super) wizard: Wizard,
    cache: Cache,
    renderer: Renderer,
    size: Size,
    /// What goes on beside the thread that draws.
    streams: Vec<BoxStream<Action<Message>>>,
    /// Everything that was sent, as `Debug` shows it.
    pub(super) sent: Vec<String>,
    /// Everything that was put onto the clipboard, by a field or by the wizard.
    pub(super) copied: Vec<String>,
}

/// A clipboard that nothing else uses.
struct Clipboard<'a>(&'a mut Vec<String>);

impl clipboard::Clipboard for Clipboard<'_> {
    fn read(&self, _: clipboard::Kind) -> Option<String> {
        None
    }

    fn write(&mut self, _: clipboard::Kind, contents: String) {
        self.0.push(contents);
    }
}

/// Whether something that is polled wants to be polled again.
#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// A recorded computer, by the name of its file.
pub(in crate::wizard) fn recorded(machine: &str) -> Machine {
    let text = std::fs::read_to_string(format!("tests/machines/{machine}.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// What the demonstration's answers make of a recorded computer, with another layout.
pub(in crate::wizard) fn plan_of(machine: &str, layout: Layout) -> Plan {
    let preset = include_str!("../../../assets/demo/preset.toml");
    let mut preset = crate::preset::read(preset, "demo").unwrap();
    preset.disk.choose = DiskChoice::Only;
    preset.disk.layout = Some(layout);
    let planned = resolve(&recorded(machine), &preset, Seed::new([3; 32]));
    planned.unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// What a wizard of this computer is started with.
pub(in crate::wizard) fn options_of(machine: Machine) -> Options {
    Options {
        machine,
        preset: None,
        seed: Seed::new([3; 32]),
        engine: Engine::Replay(Speed::AT_ONCE),
        bus: None,
        replayed: true,
        begin_with_install: false,
        watch: Watch::default(),
    }
}

impl Driver {
    pub(super) fn new(machine: &str) -> Self {
        Self::with_size(machine, Size::new(1024.0, 600.0))
    }

    pub(super) fn with_size(machine: &str, size: Size) -> Self {
        Self::with_engine(machine, size, Engine::Replay(Speed::AT_ONCE))
    }

    /// On a page, with the answers of the demonstration given.
    pub(super) fn on(page: Page) -> Self {
        Self::on_at(page, Size::new(1024.0, 600.0))
    }

    /// The same in a window of this size, in logical pixels.
    pub(super) fn on_at(page: Page, size: Size) -> Self {
        let preset = include_str!("../../../assets/demo/preset.toml");
        let preset = crate::preset::read(preset, "demo").unwrap();
        let mut driver = Self::with("laptop-intel-windows", preset, size, None);
        let task = driver.wizard.go_to(page);
        driver.operate(task);
        assert_eq!(driver.wizard.page, page);
        driver
    }

    /// At a wizard that talks to this engine.
    pub(super) fn with_engine(machine: &str, size: Size, engine: Engine) -> Self {
        Self::with(machine, Preset::default(), size, Some(engine))
    }

    fn with(machine: &str, preset: Preset, size: Size, engine: Option<Engine>) -> Self {
        Self::of(recorded(machine), preset, size, engine)
    }

    /// At the wizard of any computer; without an engine it is one for pictures.
    pub(super) fn of(machine: Machine, preset: Preset, size: Size, engine: Option<Engine>) -> Self {
        fonts::install();
        let mut options = options_of(machine);
        options.preset = (preset != Preset::default()).then_some(preset);
        if let Some(engine) = &engine {
            options.engine = engine.clone();
        }
        let mut wizard = Wizard::new(&options);
        let connected = match engine {
            Some(_) => wizard.connect(),
            None => Task::none(),
        };
        let entered = wizard.enter(Page::Welcome);
        let made = <Renderer as Headless>::new(fonts::TEXT, Pixels(16.0), None);
        let mut driver = Self {
            wizard,
            cache: Cache::default(),
            renderer: iced::futures::executor::block_on(made).unwrap(),
            size,
            streams: Vec::new(),
            sent: Vec::new(),
            copied: Vec::new(),
        };
        driver.operate(Task::batch([connected, entered]));
        driver
    }

    /// How large the window is, in logical pixels.
    pub(super) const fn size(&self) -> Size {
        self.size
    }

    /// As if somebody had made the window larger or smaller.
    pub(super) fn resize(&mut self, size: Size) {
        self.size = size;
        self.events(&[], mouse::Cursor::Unavailable);
    }

    /// Does what a task asks for, as far as it has come; what takes longer goes on beside.
    pub(super) fn operate(&mut self, task: Task<Message>) {
        self.streams.extend(into_stream(task));
        self.go_on();
    }

    /// Takes in what has been told meanwhile, until there is nothing more for now.
    pub(super) fn go_on(&mut self) {
        let woken = Arc::new(Woken::default());
        let waker = Arc::clone(&woken).into();
        let mut context = std::task::Context::from_waker(&waker);
        loop {
            woken.0.store(false, Ordering::SeqCst);
            let mut streams = std::mem::take(&mut self.streams);
            let mut actions = Vec::new();
            streams.retain_mut(|stream| {
                loop {
                    match stream.poll_next_unpin(&mut context) {
                        Poll::Ready(Some(action)) => actions.push(action),
                        Poll::Ready(None) => return false,
                        Poll::Pending => return true,
                    }
                }
            });
            self.streams.extend(streams);
            if actions.is_empty() && !woken.0.load(Ordering::SeqCst) {
                return;
            }
            for action in actions {
                match action {
                    Action::Widget(operation) => self.run(operation),
                    Action::Output(message) => self.send(message),
                    Action::Clipboard(Copying::Write { contents, .. }) => {
                        self.copied.push(contents);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Scrolls the page to its end.
    pub(super) fn scroll_to_end(&mut self) {
        let end = iced::widget::scrollable::RelativeOffset::END;
        let task = iced::widget::operation::snap_to(SCROLL, end);
        self.operate(task);
    }

    fn run(&mut self, mut operation: Box<dyn Operation>) {
        let cache = std::mem::take(&mut self.cache);
        let view = self.wizard.view();
        let mut interface = UserInterface::build(view, self.size, cache, &mut self.renderer);
        loop {
            interface.operate(&self.renderer, operation.as_mut());
            match operation.finish() {
                Outcome::Chain(next) => operation = next,
                Outcome::None | Outcome::Some(()) => break,
            }
        }
        self.cache = interface.into_cache();
    }

    /// As if a widget had sent it.
    pub(super) fn send(&mut self, message: Message) {
        self.sent.push(format!("{message:?}"));
        let task = self.wizard.update(message);
        self.operate(task);
    }

    pub(super) fn events(&mut self, events: &[Event], cursor: mouse::Cursor) {
        let cache = std::mem::take(&mut self.cache);
        let view = self.wizard.view();
        let mut interface = UserInterface::build(view, self.size, cache, &mut self.renderer);
        let mut messages = Vec::new();
        let board = &mut Clipboard(&mut self.copied);
        let _state = interface.update(events, cursor, &mut self.renderer, board, &mut messages);
        self.cache = interface.into_cache();
        for message in messages {
            self.send(message);
        }
        self.redraw();
    }

    /// What follows from drawing anew, as a window does after each event; the clock stands still.
    pub(super) fn redraw(&mut self) {
        let cache = std::mem::take(&mut self.cache);
        let view = self.wizard.view();
        let mut interface = UserInterface::build(view, self.size, cache, &mut self.renderer);
        let redraw = Event::Window(window::Event::RedrawRequested(Instant::now()));
        let (cursor, mut messages) = (mouse::Cursor::Unavailable, Vec::new());
        let null = &mut clipboard::Null;
        drop(interface.update(&[redraw], cursor, &mut self.renderer, null, &mut messages));
        self.cache = interface.into_cache();
        for message in messages {
            if !matches!(message, Message::Tick(_)) {
                self.send(message);
            }
        }
    }

    /// Asks the widgets something that changes nothing.
    pub(super) fn look<O: Operation>(&mut self, operation: &mut O) {
        let cache = std::mem::take(&mut self.cache);
        let view = self.wizard.view();
        let mut interface = UserInterface::build(view, self.size, cache, &mut self.renderer);
        interface.operate(&self.renderer, operation);
        self.cache = interface.into_cache();
    }

    /// What is seen, four bytes for each pixel.
    pub(super) fn picture(&mut self) -> Vec<u8> {
        let theme = self.wizard.appearance.iced();
        let base = theme.base();
        let cache = std::mem::take(&mut self.cache);
        let view = self.wizard.view();
        let mut interface = UserInterface::build(view, self.size, cache, &mut self.renderer);
        let redraw = Event::Window(window::Event::RedrawRequested(Instant::now()));
        let (cursor, mut messages) = (mouse::Cursor::Unavailable, Vec::new());
        let null = &mut clipboard::Null;
        drop(interface.update(&[redraw], cursor, &mut self.renderer, null, &mut messages));
        let style = Style {
            text_color: base.text_color,
        };
        interface.draw(&mut self.renderer, &theme, &style, cursor);
        self.cache = interface.into_cache();
        let size = Size::new(self.size.width as u32, self.size.height as u32);
        self.renderer.screenshot(size, 1.0, base.background_color)
    }

    /// Turns the mouse's wheel over the middle of the page.
    pub(super) fn scroll_by(&mut self, y: f32) {
        let place = Point::new(self.size.width * 0.6, self.size.height * 0.5);
        let delta = mouse::ScrollDelta::Pixels { x: 0.0, y: -y };
        let wheel = Event::Mouse(mouse::Event::WheelScrolled { delta });
        self.events(&[wheel], mouse::Cursor::Available(place));
    }

    /// The texts that need more room than they were given, and how much.
    pub(super) fn texts_with_too_little_room(&mut self, rounding: f32) -> Vec<String> {
        let mut view = self.wizard.view();
        let mut tree = Tree::new(&view);
        let limits = layout::Limits::new(Size::ZERO, self.size);
        let whole = view.as_widget_mut();
        let _ = whole.layout(&mut tree, &self.renderer, &limits);
        let mut short = Vec::new();
        find_short_texts(&tree, rounding, &mut short);
        short
    }
}
