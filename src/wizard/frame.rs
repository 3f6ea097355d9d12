//! What is around a page: the list of pages, the files, and the way on and back.

use super::page::{Context, Page, desktop, finished, log, partitions};
use super::theme::{Palette, space};
use super::widget::{Kind, Scope, banner, button, muted, panel, scrollable_with, small};
use super::{Element, Message, SCROLL, SECOND, Wizard, stage};
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{Space, column, container, responsive, row};
use iced::{Center, Fill, Size};

/// How wide the list of pages is.
const RAIL: f32 = 212.0;

/// How wide it is when there is room for its marks only.
const NARROW_RAIL: f32 = 64.0;

/// A window narrower than this shows marks only.
const NARROW: f32 = 940.0;

/// The widest that the files beside a page become.
const FILES_WIDTH: f32 = 560.0;

/// A page narrower than this has no room for a sentence between its buttons.
const ROOM_FOR_REASON: f32 = 700.0;

/// A window lower than this has no room for drawings that are only nice to have.
const ROOM_FOR_RIDGE: f32 = 680.0;

/// How high the head of the first page is at most, which part of the window it takes, and how high it is
/// in a low one.
const BANNER: f32 = 190.0;
const BANNER_PART: f32 = 0.2;
const LOW_BANNER: f32 = 116.0;

/// How high it is where its words take more lines.
const TALL_BANNER: f32 = 156.0;

/// A window lower than this has no room for pages that fill it: they are so high and scroll.
const ROOM_TO_FILL: f32 = 500.0;
const LOW_PAGE: f32 = 560.0;

/// The widest that a page becomes.
const WIDEST: f32 = 900.0;

impl Wizard {
    pub(crate) fn view(&self) -> Element<'_, Message> {
        let running = self.install.is_some() && self.page == Page::Install;
        let log = self.install.as_ref().filter(|_| !self.page.is_question());
        let log = log.map(|install| install.log.open);
        let tick =
            (running || matches!(self.page, Page::Welcome | Page::Location)).then_some(SECOND);
        let page = self.page;
        Scope::root(responsive(|size| self.whole(size)))
            .mirrored(self.texts.language().is_right_to_left())
            .on_key(move |key, modifiers| {
                let own = (page == Page::Partitions).then(|| partitions::shortcut(key, modifiers));
                let own = own.flatten().map(Message::Partitions);
                own.or_else(|| shortcut(key, modifiers, log))
            })
            .every(tick, Message::Tick)
            .into()
    }

    fn whole(&self, window: Size) -> Element<'_, Message> {
        let p = self.appearance.palette();
        let size = stage::in_window(window);
        stage::staged(p, window, size, self.wizard_of(p, size))
    }

    fn wizard_of(&self, p: &'static Palette, size: Size) -> Element<'_, Message> {
        let narrow = size.width < NARROW || self.panel_is_open() && size.width < 1150.0;
        let rail_width = if narrow { NARROW_RAIL } else { RAIL };
        let mut width = size.width - rail_width;
        let drawn = size.height >= ROOM_FOR_RIDGE && !narrow;
        let mut whole = row![self.rail(p, narrow, rail_width, drawn)];
        // Where there is no room for both, the files stand in the page's place.
        let covers = self.panel_is_open() && size.width < NARROW;
        let files = (self.panel_is_open() && !covers).then(|| {
            let panel = FILES_WIDTH.min(size.width * 0.42);
            width -= panel;
            self.beside.view(self.context(panel))
        });
        whole = whole.push(self.middle(p, Size::new(width, size.height), covers));
        panel(p.window, whole.push(files)).into()
    }

    fn panel_is_open(&self) -> bool {
        self.beside.is_open && self.page.has_files()
    }

    fn context(&self, width: f32) -> Context<'_> {
        Context {
            texts: &self.texts,
            appearance: self.appearance,
            draft: &self.draft,
            width,
            now: self.now,
        }
    }

    fn middle<'a>(
        &'a self,
        p: &'static Palette,
        size: Size,
        covered: bool,
    ) -> Element<'a, Message> {
        let width = size.width;
        let room = (width - 2.0 * space::XL).min(WIDEST);
        let ctx = self.context(room);
        let page = container(self.page_view(ctx)).max_width(WIDEST);
        let fills = matches!(self.page, Page::Location | Page::Keyboard | Page::Install);
        let page = container(page).center_x(Fill);
        let body: Element<'a, Message> = if covered {
            let files = self.beside.view(self.context(width));
            container(files).height(Fill).into()
        } else if fills && size.height < ROOM_TO_FILL {
            let padded = page.padding([space::XL, space::XL]).height(LOW_PAGE);
            scrollable_with(p, padded)
                .id(SCROLL)
                .width(Fill)
                .height(Fill)
                .into()
        } else if fills {
            page.padding([space::XL, space::XL]).height(Fill).into()
        } else {
            let padded = page.padding([space::XL, space::XL]);
            let words = self.banner_words(ctx);
            let banner = words.map(|words| self.banner(words, size, room));
            let whole = column![].push(banner).push(padded);
            scrollable_with(p, whole)
                .id(SCROLL)
                .width(Fill)
                .height(Fill)
                .into()
        };
        let mut middle = column![];
        if self.replayed && self.page >= Page::Summary {
            let words = small(self.texts.get("replay"), p.text);
            let banner = panel(p.accent_soft, container(words).center_x(Fill));
            middle = middle.push(banner.padding(space::XS).width(Fill));
        }
        middle = middle.push(body);
        let asking = self.page == Page::Summary && self.summary.confirming;
        if self.page.is_question() && !asking {
            middle = middle.push(self.footer(p, width));
        }
        middle.width(width).height(Fill).into()
    }

    /// What the first page and the last begin with.
    fn banner_words(&self, ctx: Context<'_>) -> Option<(String, String)> {
        match (self.page, &self.install) {
            (Page::Welcome, _) => Some((ctx.t("welcome-title"), ctx.t("welcome-lead"))),
            (Page::Finished, Some(install)) => finished::banner_words(ctx, install),
            _ => None,
        }
    }

    fn banner<'a>(
        &'a self,
        words: (String, String),
        size: Size,
        room: f32,
    ) -> Element<'a, Message> {
        let height = if size.width < ROOM_FOR_REASON {
            TALL_BANNER
        } else if size.height < ROOM_FOR_RIDGE {
            LOW_BANNER
        } else {
            (size.height * BANNER_PART).min(BANNER)
        };
        let from = (size.width - room) / 2.0;
        let mirrored = self.texts.language().is_right_to_left();
        banner(words, Size::new(size.width, height), from, mirrored)
    }

    fn page_view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        match self.page {
            Page::Welcome => {
                let conditions = self.conditions.as_ref();
                let view = self.welcome.view(ctx, conditions, self.scale);
                view.map(Message::Welcome)
            }
            Page::Location => self.location.view(ctx).map(Message::Location),
            Page::Keyboard => self.keyboard.view(ctx).map(Message::Keyboard),
            Page::Network => self.network.view(ctx).map(Message::Network),
            Page::Disk => self.disk.view(ctx).map(Message::Disk),
            Page::Partitions => {
                let is_manual = partitions::is_manual(&self.draft);
                let keys = self.disk.keys_view(ctx).filter(|_| is_manual);
                self.partitions.view(ctx, keys).map(Message::Partitions)
            }
            Page::Users => self.users.view(ctx).map(Message::Users),
            Page::Desktop => desktop::view(ctx).map(Message::Desktop),
            Page::Software => self.software.view(ctx).map(Message::Software),
            Page::Summary => {
                let view = self.summary.view(ctx, &self.lacking());
                view.map(Message::Summary)
            }
            Page::Install => match &self.install {
                Some(install) => install.view(ctx).map(Message::Install),
                None => Space::new().into(),
            },
            Page::Finished => match &self.install {
                Some(install) => self.finished.view(ctx, install).map(Message::Finished),
                None => Space::new().into(),
            },
        }
    }

    fn footer<'a>(&'a self, p: &'static Palette, width: f32) -> Element<'a, Message> {
        let t = |key: &str| self.texts.get(key);
        let why_not = self.why_not_next();
        let on = why_not.is_none().then_some(Message::Next);
        let on_words = if self.page == Page::Summary {
            t("install")
        } else {
            t("next")
        };
        let back = self.page_before().map(|_| Message::Back);
        let reason = why_not.map(|key| {
            let what = (key == partitions::INCOMPLETE)
                .then(|| self.partitions.error_of_no_row(self.context(width)));
            match what.flatten() {
                Some(what) => small(what, p.text),
                None => muted(p, t(key)),
            }
        });
        // Where there is no room beside the buttons, it stands above them.
        let (above, beside) = if width < ROOM_FOR_REASON {
            (reason, None)
        } else {
            (None, reason)
        };
        let beside = beside.unwrap_or_else(|| Space::new().into());
        let mut line = row![].spacing(space::M).align_y(Center);
        if back.is_some() {
            line = line.push(button(p, Kind::Plain, t("back"), back).id("back"));
        }
        if self.page.has_files() {
            let words = if self.beside.is_open {
                t("files-hide")
            } else {
                t("files-show")
            };
            let files = button(p, Kind::Quiet, words, Some(Message::ToggleFiles));
            line = line.push(files.id("files"));
        }
        line = line
            .push(container(beside).align_right(Fill))
            .push(button(p, Kind::Primary, on_words, on).id("next"));
        let rule = panel(p.line, Space::new().width(Fill).height(1)).width(Fill);
        let above = above.map(|above| container(above).align_right(Fill));
        let lines = column![].push(above).push(line).spacing(space::S);
        // The ways on and back stand where the page's own content begins and ends.
        let lines = container(lines).max_width(WIDEST);
        let lines = container(lines).center_x(Fill);
        column![rule, lines.padding([space::M, space::XL])].into()
    }
}

/// Keys that count everywhere; `log` is whether it is open where there is one.
fn shortcut(key: &Key, modifiers: Modifiers, log: Option<bool>) -> Option<Message> {
    match key {
        Key::Named(Named::Escape) => Some(Message::Back),
        Key::Named(Named::Enter) if modifiers.control() => Some(Message::Next),
        Key::Named(Named::F2) => Some(Message::ToggleFiles),
        Key::Character(letter) if modifiers.control() && letter.as_str() == "l" => {
            log.map(|_| Message::Log(log::Message::Toggle))
        }
        Key::Named(named) if log == Some(true) => {
            let way = match named {
                Named::PageUp => log::Way::Up,
                Named::PageDown => log::Way::Down,
                Named::Home => log::Way::Begin,
                Named::End => log::Way::End,
                _ => return None,
            };
            Some(Message::Log(log::Message::Scroll(way)))
        }
        _ => None,
    }
}
