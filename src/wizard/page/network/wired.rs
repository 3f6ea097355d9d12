//! The other devices, and fixed addresses for those with a cable. Those go into the preset, too: the
//! installed system has them, as `configuration.nix` says.

use super::links::{line, state_key};
use super::{Action, Attempt, Message, State};
use crate::network::{Link, Network, Order};
use crate::preset::{Address, InterfaceName, Wired};
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::page::Context;
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, button, card, field, head, muted, small};
use iced::widget::{Column, column, row};
use iced::{Center, Fill};
use std::net::IpAddr;

/// What is typed of fixed addresses.
#[derive(Debug, Default)]
pub(super) struct Form {
    /// The interface whose form is open.
    pub(super) interface: Option<InterfaceName>,
    pub(super) address: String,
    pub(super) gateway: String,
    pub(super) servers: String,
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',', ';']).filter(|word| !word.is_empty())
}

/// Every word as something, if each is one.
fn each<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    words(text).map(read).collect()
}

fn ips(text: &str) -> Option<Vec<IpAddr>> {
    each(text, |word| word.parse().ok())
}

fn joined<T: ToString>(all: &[T]) -> String {
    let all: Vec<String> = all.iter().map(T::to_string).collect();
    all.join(" ")
}

impl Form {
    /// Opens it for an interface with what the preset says of that, or closes it. Gives the field where
    /// one begins to write.
    pub(super) fn toggle(
        &mut self,
        interface: InterfaceName,
        draft: &Draft,
    ) -> Option<&'static str> {
        if self.interface.as_ref() == Some(&interface) {
            self.interface = None;
            return None;
        }
        *self = Self::known(interface, draft);
        Some("wired-address")
    }

    /// With what the preset says of an interface.
    fn known(interface: InterfaceName, draft: &Draft) -> Self {
        let wired = &draft.preset().network.wired;
        let known = wired.iter().find(|wired| wired.interface == interface);
        Self {
            address: known.map(|it| joined(&it.addresses)).unwrap_or_default(),
            gateway: known.map(|it| joined(&it.gateways)).unwrap_or_default(),
            servers: known.map(|it| joined(&it.name_servers)).unwrap_or_default(),
            interface: Some(interface),
        }
    }

    /// Whether something is typed that the preset does not say.
    pub(super) fn is_unused(&self, draft: &Draft) -> bool {
        let Some(interface) = self.interface.clone() else {
            return false;
        };
        let known = Self::known(interface, draft);
        let texts = |form: &Self| {
            let all = [&form.address, &form.gateway, &form.servers];
            all.map(|text| words(text).collect::<Vec<_>>().join(" "))
        };
        texts(self) != texts(&known)
    }

    fn addresses(&self) -> Option<Vec<Address>> {
        each(&self.address, |word| {
            Address::try_from(word.to_owned()).ok()
        })
    }

    /// What it says, if that is complete.
    fn wired(&self) -> Option<Wired> {
        let addresses = self.addresses().filter(|all| !all.is_empty())?;
        Some(Wired {
            interface: self.interface.clone()?,
            addresses,
            gateways: ips(&self.gateway)?,
            name_servers: ips(&self.servers)?,
        })
    }
}

impl State {
    pub(super) fn fix(&mut self, draft: &mut Draft) -> Action {
        let Some(wired) = self.fixed.wired().filter(|_| self.attempt.is_none()) else {
            return Action::None;
        };
        let fixed = wired.clone();
        draft.edit(|preset| {
            let all = &mut preset.network.wired;
            all.retain(|other| other.interface != fixed.interface);
            all.push(fixed);
        });
        let attempt = Attempt::Wired(wired.interface.clone());
        self.begin(attempt, Order::Fix(wired))
    }

    pub(super) fn automatic(&mut self, interface: InterfaceName, draft: &mut Draft) -> Action {
        draft.edit(|preset| {
            let all = &mut preset.network.wired;
            all.retain(|other| other.interface != interface);
        });
        self.fixed = Form::default();
        let attempt = Attempt::Wired(interface.clone());
        self.begin(attempt, Order::Automatic(interface))
    }

    /// The devices that are not wireless; nothing if there are none.
    pub(super) fn wired<'a>(
        &'a self,
        ctx: Context<'a>,
        network: &'a Network,
    ) -> Option<Element<'a, Message>> {
        let p = ctx.palette();
        let mut list = Column::new().spacing(space::M);
        let mut any = false;
        for device in &network.devices {
            let kind = match device.link {
                Link::Wired { .. } => "link-wired",
                Link::Mobile => "link-mobile",
                Link::Wireless { .. } => continue,
            };
            any = true;
            let state = state_key(device);
            let colour = if state == "link-up" {
                p.success
            } else {
                p.muted
            };
            list = list.push(line(ctx, kind, device.interface.as_str(), state, colour));
            if let Link::Wired { .. } = device.link {
                list = list.push(self.addresses(ctx, &device.interface));
            }
        }
        let title = head(p, ctx.t("network-links"));
        any.then(|| card(p, column![title, list].spacing(space::M)).into())
    }

    /// Fixed addresses of one interface: the form, or the way to it.
    fn addresses<'a>(
        &'a self,
        ctx: Context<'a>,
        interface: &'a InterfaceName,
    ) -> Element<'a, Message> {
        let p = ctx.palette();
        let wired = &ctx.draft.preset().network.wired;
        let fixed = wired.iter().find(|wired| wired.interface == *interface);
        let open = self.fixed.interface.as_ref() == Some(interface);
        let toggle = button(
            p,
            Kind::Quiet,
            ctx.t("wired-fixed"),
            Some(Message::Form(interface.clone())),
        )
        .id("wired-form");
        let automatic = fixed.map(|_| {
            let message = self.attempt.is_none();
            let message = message.then(|| Message::Automatic(interface.clone()));
            button(p, Kind::Quiet, ctx.t("wired-automatic"), message)
        });
        let now = fixed.map(|wired| small(joined(&wired.addresses), p.text));
        let is_this =
            |attempt: &Attempt| matches!(attempt, Attempt::Wired(name) if name == interface);
        let connecting = self.attempt.as_ref().is_some_and(is_this);
        let connecting = connecting.then(|| muted(p, ctx.t("link-connecting")));
        let line = row![toggle]
            .push(automatic)
            .push(now)
            .push(connecting)
            .spacing(space::M)
            .align_y(Center);
        column![line]
            .push(open.then(|| self.form_of_wired(ctx)))
            .push(self.outcome(ctx, is_this))
            .spacing(space::S)
            .into()
    }

    fn form_of_wired<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let form = &self.fixed;
        let bad = form.addresses().is_none();
        let address = field(
            p,
            "wired-address",
            ctx.t("wired-address"),
            &form.address,
            bad.then(|| ctx.t("wired-address-form")),
            Message::Address,
        );
        let ip = |text: &str| ips(text).is_none().then(|| ctx.t("wired-ip-form"));
        let gateway = field(
            p,
            "wired-gateway",
            ctx.t("wired-gateway"),
            &form.gateway,
            ip(&form.gateway),
            Message::Gateway,
        );
        let servers = field(
            p,
            "wired-servers",
            ctx.t("wired-servers"),
            &form.servers,
            ip(&form.servers),
            Message::Servers,
        );
        let can = self.attempt.is_none() && form.wired().is_some();
        let fix = button(
            p,
            Kind::Primary,
            ctx.t("wired-fix"),
            can.then_some(Message::Fix),
        );
        column![
            address,
            row![gateway, servers].spacing(space::L),
            small(ctx.t("wired-note"), p.muted),
            fix.id("wired-fix"),
        ]
        .spacing(space::S)
        .width(Fill)
        .into()
    }
}
