//! The wireless networks that are heard, and joining one of them or one that hides.

use super::{Action, Attempt, Message, Pick, State};
use crate::network::{Device, Join, Link, Network, Order, Security, Ssid, Wifi};
use crate::wizard::Element;
use crate::wizard::page::Context;
use crate::wizard::theme::space;
use crate::wizard::widget::{
    Icon, Kind, PasswordField, Scope, body, button, card, choice, field, head, icon, muted,
    password, signal, small, tile,
};
use iced::keyboard::{Key, key::Named};
use iced::widget::{Column, Space, column, container, row};
use iced::{Center, Fill};

/// How many networks are listed at first.
const STRONGEST: usize = 6;

impl Security {
    /// The key of its text.
    const fn key(self) -> &'static str {
        match self {
            Self::Open => "wifi-open",
            Self::Owe => "wifi-owe",
            Self::Wpa2 => "wifi-wpa2",
            Self::Wpa3 => "wifi-wpa3",
            Self::Wep => "wifi-wep",
            Self::Enterprise => "wifi-enterprise",
        }
    }
}

impl State {
    /// Another network: what was typed for the one before is not for this one.
    pub(super) fn take(&mut self, pick: Pick) -> Action {
        let first = match &pick {
            Pick::Hidden => "hidden-name",
            Pick::Heard(_, security) if security.has_password() => "wifi-password",
            Pick::Heard(..) => "wifi-join",
        };
        if self.pick.as_ref() != Some(&pick) {
            self.forget();
            self.failure = None;
            self.pick = Some(pick);
        }
        Action::Focus(first)
    }

    /// What the form would join, if it is complete.
    fn wanted(&self) -> Option<Join> {
        let (ssid, security, hidden) = match self.pick.as_ref()? {
            Pick::Heard(ssid, security) => (ssid.clone(), *security, false),
            Pick::Hidden => {
                let name = Ssid::new(self.hidden_name.as_str())?;
                (name, self.security_of_hidden(), true)
            }
        };
        security.takes(&self.password).then(|| Join {
            ssid,
            security,
            hidden,
            password: self.password.clone(),
        })
    }

    const fn security_of_hidden(&self) -> Security {
        match self.hidden_security {
            Some(security) => security,
            None => Security::Wpa2,
        }
    }

    pub(super) fn join(&mut self) -> Action {
        match self.wanted() {
            Some(join) if self.attempt.is_none() => {
                let attempt = Attempt::Wifi(join.ssid.to_string());
                self.begin(attempt, Order::Join(Box::new(join)))
            }
            _ => Action::None,
        }
    }

    pub(super) fn wireless<'a>(
        &'a self,
        ctx: Context<'a>,
        network: &'a Network,
        device: &'a Device,
    ) -> Element<'a, Message> {
        let p = ctx.palette();
        let Link::Wireless { heard } = &device.link else {
            return Space::new().into();
        };
        let searching = if self.scanning {
            ctx.t("wifi-scanning")
        } else {
            ctx.t("wifi-scan")
        };
        let scan = (!self.scanning && network.wifi_on).then_some(Message::Scan);
        let scan = button(p, Kind::Quiet, searching, scan).id("scan");
        let title = row![
            head(p, ctx.t("link-wireless")),
            Space::new().width(Fill),
            scan
        ]
        .align_y(Center);
        let mut content = column![title].spacing(space::S);
        if !network.wifi_on {
            content = content.push(muted(p, ctx.t("wifi-off")));
            return card(p, content).into();
        }
        if heard.is_empty() {
            content = content.push(muted(p, ctx.t("wifi-none")));
        }
        let few = if self.all { usize::MAX } else { STRONGEST };
        // The form stands right below what it is for, and its keys are its own.
        let mut group = Column::new().spacing(space::S);
        for (index, wifi) in heard.iter().enumerate().take(few) {
            group = group.push(self.row(ctx, index, wifi));
            let pick = Pick::Heard(wifi.ssid.clone(), wifi.security);
            if self.pick.as_ref() == Some(&pick) {
                let above = std::mem::replace(&mut group, Column::new().spacing(space::S));
                content = content.push(Scope::group(above));
                content = content.push(self.form(ctx, wifi.security));
            }
        }
        content = content.push(Scope::group(group));
        if heard.len() > few {
            let words = ctx.texts.count("wifi-all", heard.len());
            let all = button(p, Kind::Quiet, words, Some(Message::All));
            content = content.push(all.id("wifi-all"));
        }
        content = content.push(self.hidden(ctx));
        card(p, content).into()
    }

    fn row<'a>(&'a self, ctx: Context<'a>, index: usize, wifi: &'a Wifi) -> Element<'a, Message> {
        let p = ctx.palette();
        let (note, colour) = match wifi.joined {
            true => (ctx.t("link-up"), p.success),
            false => (ctx.t(wifi.security.key()), p.muted),
        };
        let words = column![body(p, wifi.ssid.to_string()), small(note, colour)].width(Fill);
        let joined = wifi.joined.then(|| icon(Icon::Check, 20.0, p.success));
        let content = row![signal(p, wifi.strength), words]
            .push(joined)
            .spacing(space::M)
            .align_y(Center);
        let pick = Pick::Heard(wifi.ssid.clone(), wifi.security);
        let chosen = self.pick.as_ref() == Some(&pick);
        let may = wifi.security.is_possible() && !wifi.joined && self.attempt.is_none();
        choice(p, chosen, content, may.then_some(Message::Pick(pick)))
            .id(format!("wifi-{index}"))
            .into()
    }

    fn hidden<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        if self.pick != Some(Pick::Hidden) {
            let open = self.attempt.is_none();
            let open = open.then_some(Message::Pick(Pick::Hidden));
            return button(p, Kind::Quiet, ctx.t("wifi-hidden"), open)
                .id("wifi-hidden")
                .into();
        }
        let too_long = self.hidden_name.len() > Ssid::LONGEST;
        let name = field(
            p,
            "hidden-name",
            ctx.t("wifi-hidden-name"),
            &self.hidden_name,
            too_long.then(|| ctx.t("wifi-hidden-name-form")),
            Message::HiddenName,
        );
        let now = self.security_of_hidden();
        let kinds = [Security::Wpa2, Security::Wpa3, Security::Open].map(|kind| {
            let words = ctx.t(kind.key());
            let nothing = Space::new().into();
            tile(
                p,
                kind == now,
                nothing,
                words,
                Message::HiddenSecurity(kind),
            )
            .into()
        });
        let kinds = iced::widget::Row::with_children(kinds).spacing(space::S);
        let kinds = Scope::group(kinds.wrap());
        column![name, kinds, self.form(ctx, now)]
            .spacing(space::S)
            .into()
    }

    /// The password and the way to join, or how far that is.
    fn form<'a>(&'a self, ctx: Context<'a>, security: Security) -> Element<'a, Message> {
        let p = ctx.palette();
        let mut form = Column::new().spacing(space::S);
        if security.has_password() {
            let length = self.password.expose().len();
            let wrong = match length < Security::SHORTEST {
                _ if length == 0 || security.takes(&self.password) => None,
                true => Some("wifi-password-form"),
                false => Some("wifi-password-long"),
            };
            form = form.push(password(
                p,
                PasswordField {
                    id: "wifi-password".into(),
                    name: ctx.t("wifi-password"),
                    value: &self.password,
                    shown: self.shown,
                    wrong: wrong.map(|key| ctx.t(key)),
                    keys: ctx.keys(),
                },
                Message::Password,
                Message::Show,
            ));
        } else if security == Security::Open {
            form = form.push(small(ctx.t("wifi-open-note"), p.warning));
        }
        let outcome = self.outcome(ctx, |attempt| matches!(attempt, Attempt::Wifi(_)));
        let can = self.attempt.is_none() && self.wanted().is_some();
        let join = button(
            p,
            Kind::Primary,
            ctx.t("wifi-join"),
            can.then_some(Message::Join),
        );
        let joining = match &self.attempt {
            Some(Attempt::Wifi(name)) => Some(ctx.tv("wifi-joining", "name", name)),
            _ => None,
        };
        let joining = joining.map(|words| muted(p, words));
        let line = row![join.id("wifi-join")].push(joining);
        let form = form
            .push(outcome)
            .push(line.spacing(space::M).align_y(Center));
        // As if the field itself had been sent off.
        Scope::keys(container(form).padding([space::S, space::L]))
            .on_key(move |key, modifiers| match key {
                Key::Named(Named::Enter) if can && modifiers.is_empty() => Some(Message::Join),
                _ => None,
            })
            .into()
    }
}
