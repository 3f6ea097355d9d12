//! The other devices, and fixed addresses for those with a cable. Those go into the preset, too: the
//! installed system has them, as `configuration.nix` says.

use super::links::{line, state_key};
use super::{Action, Attempt, Message, State};
use crate::network::{Link, Network, Order};
use crate::plan::{Problem, check_wired};
use crate::preset::{Address, InterfaceName, Wired};
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::page::Context;
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, button, card, field, head, muted, small};
use iced::widget::{Column, column, row};
use iced::{Center, Fill};
use std::net::IpAddr;

/// The keys of the form beside whose fields it is told what makes one doubt them.
pub(super) const BESIDE: [&str; 2] = ["gateways", "name_servers"];

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

    /// The place in the preset's list of what its form is open for.
    pub(super) fn place_in(&self, draft: &Draft) -> Option<usize> {
        let interface = self.interface.as_ref()?;
        let mut all = draft.preset().network.wired.iter();
        all.position(|wired| wired.interface == *interface)
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

    /// Whether what is typed says no address, while there is something that is of no use without one.
    fn lacks_address(&self) -> bool {
        let is_written = |text: &str| words(text).next().is_some();
        let others = is_written(&self.gateway) || is_written(&self.servers);
        others && !is_written(&self.address)
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
        let bad = form.addresses().is_none() || form.lacks_address();
        let doubts = form.wired().as_ref().map(check_wired);
        let doubts = doubts.unwrap_or_default();
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
        let [of_gateway, of_servers] = BESIDE.map(|key| doubt(ctx, &doubts, key));
        let gateway = column![gateway].push(of_gateway).spacing(space::XS);
        let servers = column![servers].push(of_servers).spacing(space::XS);
        let both = row![gateway, servers];
        column![
            address,
            both.spacing(space::L),
            small(ctx.t("wired-note"), p.muted),
            fix.id("wired-fix"),
        ]
        .spacing(space::S)
        .width(Fill)
        .into()
    }
}

/// What makes one doubt that what is written for a key is of use.
fn doubt<'a>(ctx: Context<'a>, doubts: &[Problem], key: &str) -> Option<Element<'a, Message>> {
    let p = ctx.palette();
    let doubts = doubts.iter().filter(|doubt| doubt.field == key);
    let told = doubts.map(|doubt| {
        let (sentence, mend) = ctx.words(doubt);
        column![small(sentence, p.warning), small(mend, p.muted)].into()
    });
    let told: Vec<Element<'a, Message>> = told.collect();
    let column = |told| Column::with_children(told).spacing(space::XS).into();
    (!told.is_empty()).then(|| column(told))
}
