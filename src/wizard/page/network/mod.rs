//! Network: what this computer is connected to, and joining something. Nothing of it is needed, so the
//! way on is always open.
//!
//! `links` says what there is; `wireless`, `wired` and `carry` are the cards; what NetworkManager tells comes as messages, and what it is
//! asked for leaves as an [`Action`].

mod carry;
mod links;
mod wired;
mod wireless;

use super::{Context, Page, sheet};
use crate::machine::Machine;
use crate::network::{Device, Failure, Network, News, Order, Security, Ssid};
use crate::preset::{InterfaceName, ProxyUrl};
use crate::secret::Secret;
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::theme::space;
use crate::wizard::widget::{Tone, card, field, notice, small};
use iced::widget::column;
use links::{is_up, recorded};

#[derive(Clone, Debug)]
pub(crate) enum Message {
    News(News),
    Scan,
    /// Shows every network that is heard.
    All,
    Pick(Pick),
    HiddenName(String),
    HiddenSecurity(Security),
    Password(Secret),
    Show,
    Join,
    /// Opens or closes the form for fixed addresses of an interface.
    Form(InterfaceName),
    Address(String),
    Gateway(String),
    Servers(String),
    Fix,
    Automatic(InterfaceName),
    /// It may hold a password, by mistake.
    Proxy(Secret),
    /// Whether the new system gets the connections of this one.
    Carry(bool),
}

/// What is asked of the wizard.
#[derive(Debug, PartialEq)]
pub(crate) enum Action {
    None,
    Order(Order),
    /// The work goes on there.
    Focus(&'static str),
}

/// A wireless network that is to be joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pick {
    Heard(Ssid, Security),
    /// One that does not tell its name.
    Hidden,
}

/// What is known of the live session's network.
#[derive(Debug, Default)]
enum Standing {
    /// Nobody asks: the computer is a recorded one.
    #[default]
    Recorded,
    /// NetworkManager was not heard yet.
    Awaited,
    Absent,
    Is(Network),
}

/// What is being done.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Attempt {
    Wifi(String),
    Wired(InterfaceName),
}

#[derive(Debug, Default)]
pub(crate) struct State {
    standing: Standing,
    /// Whether it was shown; then it is not skipped any more.
    seen: bool,
    scanning: bool,
    /// Whether every network is listed, and not the strongest alone.
    all: bool,
    pick: Option<Pick>,
    hidden_name: String,
    hidden_security: Option<Security>,
    password: Secret,
    shown: bool,
    attempt: Option<Attempt>,
    /// What the last attempt came to, where it failed.
    failure: Option<(Attempt, Failure)>,
    fixed: wired::Form,
    proxy: Secret,
}

impl State {
    /// With what a preset says already.
    pub(crate) fn new(draft: &Draft) -> Self {
        let proxy = draft.preset().network.proxy.clone();
        Self {
            proxy: Secret::new(proxy.as_ref().map_or("", ProxyUrl::as_str)),
            ..Self::default()
        }
    }

    /// Takes over what another preset says.
    pub(crate) fn take_preset(&mut self, draft: &mut Draft) {
        self.proxy = Self::new(draft).proxy;
        self.fixed = wired::Form::default();
        if self.network().is_some() {
            carry::usually(draft);
        }
    }

    /// NetworkManager will tell.
    pub(crate) fn await_news(&mut self) {
        self.standing = Standing::Awaited;
    }

    /// Shows it; what has to be asked for that.
    pub(crate) fn enter(&mut self) -> Action {
        self.seen = true;
        self.scan()
    }

    /// What has the focus on it.
    pub(crate) fn first(&self) -> String {
        match self.network().and_then(Network::wireless) {
            Some(_) if self.connected().is_none() => "wifi-0".to_owned(),
            _ => "next".to_owned(),
        }
    }

    /// Whether there is nothing to do on it.
    pub(crate) fn is_skipped(&self, machine: &Machine) -> bool {
        let is_connected = match &self.standing {
            Standing::Is(network) => network.connected().next().is_some(),
            Standing::Recorded | Standing::Awaited | Standing::Absent => is_up(machine),
        };
        is_connected && !self.seen
    }

    const fn network(&self) -> Option<&Network> {
        match &self.standing {
            Standing::Is(network) => Some(network),
            Standing::Recorded | Standing::Awaited | Standing::Absent => None,
        }
    }

    fn connected(&self) -> Option<&Device> {
        self.network()
            .and_then(|network| network.connected().next())
    }

    pub(crate) fn update(&mut self, message: Message, draft: &mut Draft) -> Action {
        match message {
            Message::News(news) => self.news(news, draft),
            Message::Carry(on) => carry::put(on, draft),
            Message::Scan => return self.scan(),
            Message::All => self.all = true,
            Message::Pick(pick) => return self.take(pick),
            Message::HiddenName(name) => self.hidden_name = name,
            Message::HiddenSecurity(security) => self.hidden_security = Some(security),
            Message::Password(password) => self.password = password,
            Message::Show => self.shown = !self.shown,
            Message::Join => return self.join(),
            Message::Form(interface) => {
                let open = self.fixed.toggle(interface, draft);
                return open.map_or(Action::None, Action::Focus);
            }
            Message::Address(text) => self.fixed.address = text,
            Message::Gateway(text) => self.fixed.gateway = text,
            Message::Servers(text) => self.fixed.servers = text,
            Message::Fix => return self.fix(draft),
            Message::Automatic(interface) => return self.automatic(interface, draft),
            Message::Proxy(text) => self.set_proxy(text, draft),
        }
        Action::None
    }

    fn news(&mut self, news: News, draft: &mut Draft) {
        match news {
            News::Absent(_) => {
                self.standing = Standing::Absent;
                self.attempt = None;
            }
            News::Is(network) => {
                self.standing = Standing::Is(network);
                carry::usually(draft);
                self.scanning = false;
            }
            News::Connected => {
                if let Some(Attempt::Wifi(_)) = self.attempt.take() {
                    self.forget();
                    self.pick = None;
                }
            }
            News::Failed(failure) => {
                self.failure = self.attempt.take().map(|attempt| (attempt, failure));
            }
        }
    }

    /// Wipes the password.
    pub(crate) fn forget(&mut self) {
        self.password = Secret::default();
        self.shown = false;
    }

    fn scan(&mut self) -> Action {
        if self.network().and_then(Network::wireless).is_none() {
            return Action::None;
        }
        self.scanning = true;
        Action::Order(Order::Scan)
    }

    fn begin(&mut self, attempt: Attempt, order: Order) -> Action {
        self.attempt = Some(attempt);
        self.failure = None;
        Action::Order(order)
    }

    /// The installation and the installed system have the same proxy.
    fn set_proxy(&mut self, text: Secret, draft: &mut Draft) {
        self.proxy = text;
        let proxy = self.proxy().and_then(Result::ok);
        draft.edit(|preset| {
            preset.network.proxy = proxy.clone();
            preset.install.proxy = proxy;
        });
    }

    /// The proxy that was typed, or what is wrong with it, by the key of its text. One with a password
    /// is none: everyone could read that in the configuration.
    fn proxy(&self) -> Option<Result<ProxyUrl, &'static str>> {
        let text = Some(self.proxy.expose().trim()).filter(|text| !text.is_empty())?;
        Some(match ProxyUrl::try_from(text.to_owned()) {
            Ok(proxy) if proxy.has_credentials() => Err("problem-proxy-password"),
            Ok(proxy) => Ok(proxy),
            Err(_) => Err("proxy-form"),
        })
    }

    /// What keeps the page from being complete, by the key of its text.
    pub(crate) fn missing(&self, draft: &Draft) -> Option<&'static str> {
        match self.proxy() {
            Some(Err(wrong)) => Some(wrong),
            Some(Ok(_)) | None if self.fixed.is_unused(draft) => Some("wired-unused"),
            Some(Ok(_)) | None => None,
        }
    }

    pub(crate) fn view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let content = column![self.summary(ctx)]
            .push(self.cards(ctx))
            .push(carry::view(ctx))
            .push(self.proxy_view(ctx))
            .push(self.problems(ctx))
            .spacing(space::L);
        sheet(ctx, Page::Network, content)
    }

    /// What is wrong with no field that is shown.
    fn problems<'a>(&self, ctx: Context<'a>) -> Option<Element<'a, Message>> {
        let form = self.fixed.place_in(ctx.draft);
        let in_form = wired::BESIDE.map(|key| {
            let field = |index| format!("network.wired[{index}].{key}");
            form.map(field)
        });
        ctx.problems_where("network", |problem| {
            let is_beside = in_form
                .iter()
                .flatten()
                .any(|field| *field == problem.field);
            // Who may log in is asked where the people are.
            let is_elsewhere = problem.field == "network.ssh";
            problem.field != "network.proxy" && !is_beside && !is_elsewhere
        })
    }

    fn cards<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let Some(network) = self.network() else {
            return recorded(ctx);
        };
        let wireless = network.wireless();
        let wireless = wireless.map(|device| self.wireless(ctx, network, device));
        column![]
            .push(wireless)
            .push(self.wired(ctx, network))
            .spacing(space::L)
            .into()
    }

    fn proxy_view<'a>(&self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let wrong = self.proxy().and_then(Result::err).map(|key| ctx.t(key));
        let proxy = field(
            p,
            "proxy",
            ctx.t("proxy"),
            self.proxy.expose(),
            wrong,
            |text| Message::Proxy(Secret::new(text)),
        );
        let note = small(ctx.t("proxy-note"), p.muted);
        card(p, column![proxy, note].spacing(space::S)).into()
    }

    /// What came of the last attempt, if it was one of these.
    fn outcome<'a>(
        &self,
        ctx: Context<'a>,
        is_shown: impl Fn(&Attempt) -> bool,
    ) -> Option<Element<'a, Message>> {
        let (attempt, failure) = self.failure.as_ref()?;
        if !is_shown(attempt) {
            return None;
        }
        let key = match failure {
            Failure::WrongPassword => "network-fail-password",
            Failure::NoAddress => "network-fail-address",
            Failure::NotHeard => "network-fail-not-heard",
            Failure::NoCable => "network-fail-cable",
            Failure::NoDevice => "network-fail-device",
            Failure::NotAllowed => "network-fail-not-allowed",
            Failure::NoFirmware => "network-fail-firmware",
            Failure::TooLong => "network-fail-too-long",
            Failure::Other(_) => "network-fail-other",
        };
        let mend = match failure {
            Failure::Other(text) => text.clone(),
            _ => ctx.t(&format!("{key}-mend")),
        };
        Some(notice(ctx.palette(), Tone::Error, ctx.t(key), Some(mend)))
    }
}
