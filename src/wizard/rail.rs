//! The list of pages at the side: where the person is, what is done, and the way to what was seen.

use super::page::Page;
use super::page::install::Situation;
use super::theme::{Palette, TARGET, radius, size, space};
use super::widget::{Focus, Icon, icon, panel, ridge, scrollable_with, small};
use super::{Element, Message, RAIL_HERE, Wizard, fonts};
use crate::engine::Outcome;
use iced::widget::{Column, Space, button as native, column, container, row, stack, text, tooltip};
use iced::{Background, Center, Color, Fill, border};

impl Wizard {
    pub(super) fn rail<'a>(
        &'a self,
        p: &'static Palette,
        narrow: bool,
        width: f32,
        drawn: bool,
    ) -> Element<'a, Message> {
        // Partitions is a page of one layout only.
        let pages = Page::ALL.into_iter();
        let pages = pages.filter(|page| *page != Page::Partitions || !self.is_skipped(*page));
        let mark = icon(Icon::Flake, 30.0, p.accent);
        let brand: Element<'a, Message> = if narrow {
            let place = pages.clone().filter(|page| *page <= self.page).count();
            let place = small(format!("{place}/{}", pages.clone().count()), p.muted);
            let brand = column![mark, place].spacing(space::XS).align_x(Center);
            container(brand).center_x(Fill).into()
        } else {
            let name = text("Nevado")
                .size(size::HEAD)
                .font(fonts::STRONG)
                .color(p.text);
            row![mark, name].spacing(space::S).align_y(Center).into()
        };
        let sides = if narrow { 0.0 } else { space::M };
        let brand = container(brand).padding([space::S, sides]);
        let entries = pages.map(|page| self.rail_entry(p, page, narrow));
        let list = Column::with_children(entries).spacing(2.0);
        let content = column![brand, scrollable_with(p, list)].spacing(space::M);
        let content = container(content).padding([space::L, space::S]);
        let content: Element<'a, Message> = if drawn {
            let ridge = container(ridge(p.accent)).align_bottom(Fill);
            stack![ridge, content].into()
        } else {
            content.into()
        };
        panel(p.rail, content).width(width).height(Fill).into()
    }

    fn rail_entry<'a>(
        &'a self,
        p: &'static Palette,
        page: Page,
        narrow: bool,
    ) -> Element<'a, Message> {
        let here = page == self.page;
        let is_open = self.page.is_question() && self.missing_on(page).is_some();
        // Of an installation that was stopped or failed, nothing says that it is done.
        let fell_short = page >= Page::Install && self.fell_short().is_some();
        let done = page < self.farthest.max(self.page) && !here && !is_open && !fell_short;
        let open = self.page.is_question() && page.is_question();
        let can_go = open && page <= self.farthest && !here;
        let colour = if here { p.accent } else { p.muted };
        let mark: Element<'a, Message> = if done {
            icon(Icon::Check, 16.0, p.success)
        } else if fell_short || is_open && page < self.farthest && !here {
            // It was done, or seemed to be.
            icon(Icon::Warning, 16.0, p.warning)
        } else {
            let dot = if here { p.accent } else { p.edge };
            container(Space::new().width(8).height(8))
                .style(move |_| container::Style {
                    background: here.then_some(Background::Color(dot)),
                    border: border::rounded(4).color(dot).width(1.5),
                    ..container::Style::default()
                })
                .into()
        };
        let mark = container(mark).center_x(20.0);
        let content: Element<'a, Message> = if narrow {
            container(mark).center_x(Fill).into()
        } else {
            let mut name =
                text(self.name_of(page))
                    .size(size::BODY)
                    .color(if here { p.text } else { colour });
            if here {
                name = name.font(fonts::STRONG);
            }
            row![mark, name].spacing(space::S).align_y(Center).into()
        };
        let go = can_go.then_some(Message::Go(page));
        let entry = native(container(content).center_y(Fill))
            .height(TARGET)
            .width(Fill)
            .padding([0.0, space::S])
            .on_press_maybe(go.clone())
            .style(move |_, status| {
                let hovered = matches!(status, native::Status::Hovered | native::Status::Pressed);
                let background = match (here, hovered) {
                    (true, _) => p.accent_soft,
                    (false, true) => p.hover,
                    (false, false) => Color::TRANSPARENT,
                };
                native::Style {
                    background: Some(Background::Color(background)),
                    text_color: p.text,
                    border: border::rounded(radius::M),
                    ..native::Style::default()
                }
            });
        let entry = Focus::new(entry, go, p.accent, radius::M);
        let entry: Element<'a, Message> = match narrow {
            true => self.with_name(p, page, entry),
            false => entry.into(),
        };
        let entry = container(entry);
        match here {
            true => entry.id(RAIL_HERE).into(),
            false => entry.into(),
        }
    }

    /// A mark of the narrow list, with the page's name beside it while the mouse is over it.
    fn with_name<'a>(
        &'a self,
        p: &'static Palette,
        page: Page,
        entry: impl Into<Element<'a, Message>>,
    ) -> Element<'a, Message> {
        let beside = match self.texts.language().is_right_to_left() {
            true => tooltip::Position::Left,
            false => tooltip::Position::Right,
        };
        let name = panel(p.surface, small(self.name_of(page), p.text)).padding(space::S);
        tooltip(entry, name, beside).into()
    }

    /// What a page is called.
    pub(super) fn name_of(&self, page: Page) -> String {
        let key = match (page, self.fell_short()) {
            (Page::Finished, Some(key)) => key.to_owned(),
            (page, _) => format!("{}-name", page.name()),
        };
        self.texts.get(&key)
    }

    /// The key of what the end is called, where that is not an installed system.
    fn fell_short(&self) -> Option<&'static str> {
        let install = self.install.as_ref();
        let install = install.filter(|_| self.page == Page::Finished)?;
        match (&install.situation, &install.track.outcome) {
            (Situation::NotBegun(_) | Situation::Lost(_), _) => Some("failed-name"),
            (_, Some(Outcome::Done | Outcome::DoneWithWarnings { .. }) | None) => None,
            (_, Some(Outcome::Cancelled { .. })) => Some("cancelled-name"),
            (_, Some(Outcome::Failed { .. })) => Some("failed-name"),
        }
    }
}
