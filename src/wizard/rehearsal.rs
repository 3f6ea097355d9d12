//! The wizard without a window, for whoever measures it: what a window does after each message, one
//! step at a time.

use super::page::{Page, disk, log};
use super::theme::Appearance;
use super::{Message, Options, Wizard, WizardError, fonts};
use crate::preset::Swap;
use crate::secret::Secret;
use iced::advanced::renderer::{Headless, Style};
use iced::advanced::{clipboard, mouse};
use iced::theme::Base;
use iced::time::Instant;
use iced::{Event, Pixels, Renderer, Size, window};
use iced_runtime::user_interface::{Cache, UserInterface};

/// A wizard on one of its pages.
pub struct Rehearsal {
    wizard: Wizard,
    renderer: Renderer,
    size: Size,
    cache: Cache,
}

impl std::fmt::Debug for Rehearsal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rehearsal").finish_non_exhaustive()
    }
}

impl Rehearsal {
    /// The wizard on the page of a name, in a window of a size in logical pixels.
    ///
    /// # Errors
    /// There is no page of that name, nothing that it could show, or no renderer.
    pub fn new(options: &Options, page: &str, size: (u16, u16)) -> Result<Self, WizardError> {
        fonts::install();
        let page: Page = page.parse().map_err(WizardError::UnknownName)?;
        let mut wizard = Wizard::new(options);
        drop(wizard.go_to(page));
        wizard.has_come_to(page)?;
        wizard.users.fill_in(&Secret::new("a rehearsal's password"));
        let made = <Renderer as Headless>::new(fonts::TEXT, Pixels(16.0), None);
        let renderer = iced::futures::executor::block_on(made);
        let renderer =
            renderer.ok_or_else(|| WizardError::Picture("there is no renderer".to_owned()))?;
        Ok(Self {
            wizard,
            renderer,
            size: Size::new(f32::from(size.0), f32::from(size.1)),
            cache: Cache::default(),
        })
    }

    /// Makes the page's widgets and lays them out: what follows after every message.
    pub fn view(&mut self) {
        let cache = std::mem::take(&mut self.cache);
        let view = self.wizard.view();
        let interface = UserInterface::build(view, self.size, cache, &mut self.renderer);
        self.cache = interface.into_cache();
    }

    /// Draws it, layout included; gives the pixels, four bytes each.
    pub fn draw(&mut self) -> Vec<u8> {
        let cache = std::mem::take(&mut self.cache);
        let view = self.wizard.view();
        let mut interface = UserInterface::build(view, self.size, cache, &mut self.renderer);
        let redraw = Event::Window(window::Event::RedrawRequested(Instant::now()));
        let (cursor, mut messages) = (mouse::Cursor::Unavailable, Vec::new());
        let null = &mut clipboard::Null;
        let renderer = &mut self.renderer;
        drop(interface.update(&[redraw], cursor, renderer, null, &mut messages));
        let theme = Appearance::default().iced();
        let base = theme.base();
        let style = Style {
            text_color: base.text_color,
        };
        interface.draw(renderer, &theme, &style, cursor);
        self.cache = interface.into_cache();
        let size = Size::new(self.size.width as u32, self.size.height as u32);
        self.renderer.screenshot(size, 1.0, base.background_color)
    }

    /// Goes to another page of those that ask.
    ///
    /// # Errors
    /// There is no page of that name.
    pub fn enter(&mut self, page: &str) -> Result<(), WizardError> {
        let page: Page = page.parse().map_err(WizardError::UnknownName)?;
        drop(self.wizard.enter(page));
        Ok(())
    }

    /// Takes the disk at a place: the preset is changed and everything is decided anew.
    pub fn choose_disk(&mut self, index: usize) {
        let choose = disk::Message::Choose(index);
        drop(self.wizard.update(Message::Disk(choose)));
    }

    /// Opens the log of an installation, or closes it.
    pub fn toggle_log(&mut self) {
        drop(self.wizard.update(Message::Log(log::Message::Toggle)));
    }

    /// Chooses where memory goes when it runs short, which may change what disks can be taken.
    pub fn choose_swap(&mut self, swap: Swap) {
        let choose = disk::Message::Swap(swap);
        drop(self.wizard.update(Message::Disk(choose)));
    }
}
