//! What this computer is connected to: in one sentence, and interface by interface.

use super::{Context, Message, Standing, State};
use crate::machine::{LinkKind, Machine};
use crate::network::{Device, DeviceState, Link, Reach};
use crate::wizard::Element;
use crate::wizard::theme::space;
use crate::wizard::widget::{Tone, body, card, head, notice, small};
use iced::widget::{Column, Space, column, row};
use iced::{Center, Fill};

impl State {
    /// How it stands, in one sentence.
    pub(super) fn summary<'a>(&self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let told = |tone, key: &str| {
            let mend = ctx.texts.find(&format!("{key}-mend"), None);
            notice(p, tone, ctx.t(key), mend)
        };
        let device = self.connected();
        let reach = self.network().map(|network| network.reach);
        match (device, reach, &self.standing) {
            (Some(_), Some(Reach::Portal), _) => told(Tone::Warning, "network-portal"),
            (Some(_), Some(Reach::Limited | Reach::None), _) => {
                told(Tone::Warning, "network-limited")
            }
            (Some(device), ..) => {
                let name = device.profile.clone();
                let name = name.unwrap_or_else(|| device.interface.to_string());
                let sentence = match device.link {
                    Link::Wired { .. } => ctx.t("network-by-cable"),
                    Link::Wireless { .. } | Link::Mobile => ctx.tv("network-by-wifi", "name", name),
                };
                notice(
                    p,
                    Tone::Good,
                    sentence,
                    Some(ctx.t("network-connected-mend")),
                )
            }
            (None, _, Standing::Is(_)) => told(Tone::Info, "network-offline"),
            (None, ..) if is_up(ctx.draft.machine()) => told(Tone::Good, "network-connected"),
            (None, _, Standing::Absent) => told(Tone::Warning, "network-absent"),
            (None, ..) => told(Tone::Info, "network-offline"),
        }
    }
}

/// What the probe says of the interfaces, where NetworkManager says nothing.
pub(super) fn recorded(ctx: Context<'_>) -> Element<'_, Message> {
    let p = ctx.palette();
    let links = ctx.draft.machine().network.known().into_iter().flatten();
    let is_connected = is_up(ctx.draft.machine());
    let links = links.map(|link| {
        let kind = match link.kind {
            LinkKind::Wired => "link-wired",
            LinkKind::Wireless => "link-wireless",
            LinkKind::Mobile => "link-mobile",
        };
        let (state, colour) = match link.up {
            true => ("link-up", p.success),
            // Beside one that is up it is no matter.
            false if is_connected => ("link-down", p.muted),
            false => ("link-down", p.warning),
        };
        line(ctx, kind, &link.name, state, colour)
    });
    let list = Column::with_children(links).spacing(space::M);
    let title = head(p, ctx.t("network-links"));
    card(p, column![title, list].spacing(space::M)).into()
}

/// An interface and how it stands.
pub(super) fn line<'a>(
    ctx: Context<'a>,
    kind: &str,
    name: &str,
    state: &str,
    colour: iced::Color,
) -> Element<'a, Message> {
    row![
        body(ctx.palette(), ctx.t(kind)),
        small(name.to_owned(), ctx.palette().muted),
        Space::new().width(Fill),
        small(ctx.t(state), colour),
    ]
    .spacing(space::M)
    .align_y(Center)
    .into()
}

/// Whether the probe found an interface that is connected.
pub(super) fn is_up(machine: &Machine) -> bool {
    let links = machine.network.known();
    links.is_some_and(|links| links.iter().any(|link| link.up))
}

/// How a device stands, as the key of a text.
pub(super) const fn state_key(device: &Device) -> &'static str {
    match (device.state, &device.link) {
        (DeviceState::Connected, _) => "link-up",
        (DeviceState::Connecting, _) => "link-connecting",
        (DeviceState::Unavailable, Link::Wired { carrier: false }) => "link-no-cable",
        _ => "link-down",
    }
}
