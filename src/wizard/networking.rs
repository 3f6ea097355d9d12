//! NetworkManager and the Network page: what the page asks for is ordered, and what is told goes to it.

use super::page::{Page, network, partitions};
use super::widget::show_focus;
use super::{Message, Wizard};
use crate::network::{Bus, Manager};
use iced::Task;
use iced::futures::channel::mpsc::unbounded;
use iced::widget::operation::focus;

impl Wizard {
    /// Begins to listen to NetworkManager.
    pub(super) fn listen_to_network(&mut self, bus: Bus) -> Task<Message> {
        let (told, news) = unbounded();
        let tell = move |news| told.unbounded_send(news).is_ok();
        self.manager = Some(Manager::start(bus, tell));
        self.network.await_news();
        Task::stream(news).map(|news| Message::Network(network::Message::News(news)))
    }

    pub(super) fn network_message(&mut self, message: network::Message) -> Task<Message> {
        let action = self.network.update(message, &mut self.draft);
        self.network_action(action)
    }

    pub(super) fn network_action(&mut self, action: network::Action) -> Task<Message> {
        match (action, &self.manager) {
            (network::Action::Order(order), Some(manager)) => manager.order(order),
            (network::Action::Focus(id), _) => return focus(id).chain(show_focus()),
            (network::Action::Order(_) | network::Action::None, _) => {}
        }
        Task::none()
    }

    /// Whether there is nothing to do on a page, here and now.
    pub(super) fn is_skipped(&self, page: Page) -> bool {
        match page {
            Page::Network => self.network.is_skipped(self.draft.machine()),
            Page::Partitions => !partitions::is_manual(&self.draft),
            _ => false,
        }
    }

    pub(super) fn page_after(&self) -> Option<Page> {
        let mut after = Page::ALL.into_iter().filter(|page| *page > self.page);
        after.find(|page| !self.is_skipped(*page))
    }

    pub(super) fn page_before(&self) -> Option<Page> {
        let before = Page::ALL.into_iter().rev();
        let mut before = before.filter(|page| *page < self.page);
        before.find(|page| !self.is_skipped(*page))
    }
}
