//! What the Users page looks like.

use super::person::Person;
use super::{Message, State, end_of};
use crate::plan::ProblemId;
use crate::preset::{HostName, Ssh};
use crate::wizard::Element;
use crate::wizard::page::{Context, Page, sheet};
use crate::wizard::theme::{TARGET, space};
use crate::wizard::widget::{Kind, Scope, button, card, check, field, head, initials, small};
use iced::keyboard::{Key, key::Named};
use iced::widget::{Row, Space, column, container, row};
use iced::{Center, Fill};

/// A page narrower than this has no room for a sign of the person, in logical pixels.
const ROOM_FOR_SIGN: f32 = 600.0;

/// How many other names are offered beside the one in a field.
const OTHERS: usize = 3;

impl State {
    pub(crate) fn view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let host = row![self.host_field(ctx), Space::new().width(Fill)].spacing(space::L);
        // Said by the fields themselves.
        let quiet = [ProblemId::NobodyCanLogIn, ProblemId::DuplicateUser];
        let mut content = column![self.person(ctx, &self.first, ""), host].spacing(space::L);
        for (place, person) in (1..).zip(&self.others) {
            content = content.push(self.other(ctx, person, &end_of(place)));
        }
        let add = button(p, Kind::Plain, ctx.t("person-add"), Some(Message::Add));
        content = content
            .push(add.id("add-person"))
            .push(self.has_keys().then(|| ssh(ctx)))
            .push(ctx.problems_where("network", |problem| problem.field == "network.ssh"))
            .push(self.root(ctx))
            .push(ctx.problems("users", &quiet));
        let content = content.width(Fill);
        let content: Element<'a, Message> = if ctx.width < ROOM_FOR_SIGN {
            content.into()
        } else {
            let sign = initials(p, &self.first.full_name);
            row![sign, content].spacing(space::L).into()
        };
        sheet(ctx, Page::Users, content)
    }

    /// The person's fields, and whether they are logged in by themselves.
    fn person<'a>(
        &'a self,
        ctx: Context<'a>,
        person: &'a Person,
        end: &str,
    ) -> Element<'a, Message> {
        let id = person.id;
        let view = person.view(ctx, end, self.is_taken(person));
        let ticked = self.autologin == Some(id);
        let by_itself = check(
            ctx.palette(),
            ticked,
            ctx.t("autologin"),
            Some(ctx.t("autologin-note")),
            Message::Autologin((!ticked).then_some(id)),
        );
        column![
            view.map(move |message| Message::Person(id, message)),
            by_itself.id(format!("autologin{end}")),
            person
                .more(ctx, end)
                .map(move |message| Message::Person(id, message))
        ]
        .spacing(space::S)
        .into()
    }

    /// Somebody else, who can be left out again.
    fn other<'a>(
        &'a self,
        ctx: Context<'a>,
        person: &'a Person,
        end: &str,
    ) -> Element<'a, Message> {
        let p = ctx.palette();
        let remove = Some(Message::Remove(person.id));
        let remove = button(p, Kind::Quiet, ctx.t("person-remove"), remove);
        let title = match person.full_name.trim() {
            "" => ctx.t("person-other"),
            name => name.to_owned(),
        };
        let title = row![
            container(head(p, title)).width(Fill),
            remove.id(format!("person-remove{end}"))
        ];
        // Of somebody who has just come nothing is wrong yet. Below the fields, so that the one that is
        // written in stays the same when this goes.
        let hint = person
            .is_blank()
            .then(|| small(ctx.t("person-blank"), p.muted));
        let content = column![title.align_y(Center), self.person(ctx, person, end)].push(hint);
        card(p, content.spacing(space::M)).into()
    }

    fn host_field<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let bad = match self.host.is_empty() {
            true => self.host_is_own.then_some("users-missing-host"),
            false => (self.host.parse::<HostName>().is_err()).then_some("host-form"),
        };
        let bad = bad.map(|key| ctx.t(key));
        let (p, name) = (ctx.palette(), ctx.t("host"));
        let host = field(p, "host", name, &self.host, bad, Message::Host);
        let names = self.hosts.iter().map(HostName::as_str).collect();
        with_offers(ctx, host, names, &self.host, Message::Host)
    }

    fn root<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let on = self.root.is_some();
        let check = check(
            ctx.palette(),
            on,
            ctx.t("root-password"),
            Some(ctx.t("root-password-note")),
            Message::Root(!on),
        );
        let pair = self.root.as_ref();
        let pair = pair.map(|pair| {
            pair.view(ctx, "-root", Some("users-missing-root"))
                .map(Message::RootPassword)
        });
        column![check.id("root")]
            .push(pair)
            .spacing(space::S)
            .into()
    }
}

/// Whether the keys may log in over the network.
fn ssh<'a>(ctx: Context<'a>) -> Element<'a, Message> {
    let on = matches!(
        ctx.draft.preset().network.ssh,
        Some(Ssh::Keys | Ssh::Passwords)
    );
    let check = check(
        ctx.palette(),
        on,
        ctx.t("ssh-server"),
        Some(ctx.t("ssh-server-note")),
        Message::Ssh(!on),
    );
    check.id("ssh-server").into()
}

/// A field with names to take in place of the one in it: a click takes one, and so do the arrow keys in the
/// field. The focus passes them by, so that from a name it is one step to the password.
pub(super) fn with_offers<'a, M: Clone + 'a>(
    ctx: Context<'a>,
    field: Element<'a, M>,
    names: Vec<&'a str>,
    now: &'a str,
    take: fn(String) -> M,
) -> Element<'a, M> {
    let p = ctx.palette();
    let others = names.iter().filter(|name| **name != now).take(OTHERS);
    let offer = |name: &&str| {
        let on_press = Some(take((*name).to_owned()));
        let offer = button(p, Kind::Quiet, *name, on_press);
        offer.passed_by().into()
    };
    let others: Vec<Element<'a, M>> = others.map(offer).collect();
    let offers = (!others.is_empty()).then(|| {
        let keys = container(small("↑ ↓", p.muted)).center_y(TARGET);
        let row = Row::new().push(keys).extend(others);
        row.spacing(space::M).wrap()
    });
    let content = column![field].push(offers).spacing(space::XS).width(Fill);
    Scope::keys(content)
        .on_key(move |key, _| {
            let step = match key {
                Key::Named(Named::ArrowDown) => 1,
                Key::Named(Named::ArrowUp) => -1,
                _ => return None,
            };
            next(&names, now, step).map(|name| take(name.to_owned()))
        })
        .into()
}

/// The name that is so many steps after the one in the field; round the end, and from any other to the first.
fn next<'a>(names: &[&'a str], now: &str, step: isize) -> Option<&'a str> {
    let count = isize::try_from(names.len())
        .ok()
        .filter(|count| *count > 0)?;
    let place = names.iter().position(|name| *name == now);
    let place = place.and_then(|place| isize::try_from(place).ok());
    let place = place.map_or(0, |place| (place + step).rem_euclid(count));
    names.get(usize::try_from(place).ok()?).copied()
}
