//! Summary: everything that was chosen, everything that will be lost, the files as they will be
//! written, and the last question.

use super::{Context, Page, disk, known, sheet};
use crate::evaluate::Forecast;
use crate::machine::Disk;
use crate::plan::{Fate, Plan, PlannedDisk, Severity};
use crate::preset::Encryption;
use crate::wizard::Element;
use crate::wizard::background::Verdict;
use crate::wizard::theme::{Palette, space};
use crate::wizard::widget::{
    Icon, Kind, Scope, Tone, body, button, card, code, disk_bar, drive, head, icon, label, notice,
    panel, small, strong, title,
};
use iced::widget::{Column, Row, column, container, row};
use iced::{Center, Fill};

#[derive(Clone, Debug)]
pub(crate) enum Message {
    Tab(usize),
    Copy,
    Save,
    /// Look for the engine again.
    Connect,
    /// Look again whether anything stands in the way.
    LookAgain,
    /// The question is answered: not now.
    Keep,
    /// The question is answered: go on.
    Erase,
}

/// What the program has to do after a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    None,
    CopyFile(usize),
    SavePreset,
    Connect,
    Evaluate,
    Install,
}

/// What Nix makes of the draft.
#[derive(Debug, Default)]
pub(crate) enum Evaluation {
    /// It was not asked.
    #[default]
    None,
    /// It was asked about this draft.
    Asked(u64),
    Known(Verdict),
}

impl Evaluation {
    /// Whether it is about this draft.
    pub(crate) fn is_of(&self, changes: u64) -> bool {
        match self {
            Self::None => false,
            Self::Asked(draft) => *draft == changes,
            Self::Known(verdict) => verdict.draft == changes,
        }
    }

    /// Whether it stands in the way.
    pub(crate) fn is_in_the_way(&self) -> bool {
        match self {
            Self::None | Self::Asked(_) => false,
            Self::Known(verdict) => {
                let mut problems = verdict.problems.iter();
                problems.any(|problem| problem.severity == Severity::Error)
            }
        }
    }

    fn view<'a>(&'a self, ctx: Context<'a>) -> Option<Element<'a, Message>> {
        let p = ctx.palette();
        match self {
            Self::None => None,
            Self::Asked(_) => {
                let words = ctx.t("evaluation-asked");
                Some(notice(
                    p,
                    Tone::Info,
                    words,
                    Some(ctx.t("evaluation-meanwhile")),
                ))
            }
            Self::Known(verdict) => {
                let problems = verdict.problems.iter();
                let told = problems.map(|problem| ctx.problem(problem));
                let good = verdict.forecast.as_ref().map(|forecast| {
                    let words = ctx.t("evaluation-good");
                    notice(p, Tone::Good, words, Some(forecast_words(ctx, forecast)))
                });
                let words = ctx.t("try-again");
                let again = self.is_in_the_way().then(|| {
                    button(p, Kind::Plain, words, Some(Message::LookAgain)).id("look-again")
                });
                let all = Column::with_children(told).push(good).push(again);
                Some(all.spacing(space::S).width(Fill).into())
            }
        }
    }
}

/// What comes over the network, what it takes on the disk, and the room there.
fn forecast_words(ctx: Context<'_>, forecast: &Forecast) -> String {
    let missing = &forecast.missing;
    let size = ctx.tv("forecast-size", "size", missing.unpacked.to_string());
    let download = match missing.download.0 {
        0 => ctx.t("forecast-no-download"),
        _ => ctx.tv("forecast-download", "size", missing.download.to_string()),
    };
    let room = forecast.store_room();
    let room = room.map(|room| ctx.tv("forecast-room", "size", room.free.to_string()));
    [Some(download), Some(size), room]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("  ·  ")
}

#[derive(Debug, Default)]
pub(crate) struct State {
    tab: usize,
    /// Whether the last question is being asked.
    pub(crate) confirming: bool,
    /// What became of saving the preset.
    pub(crate) saved: Option<Result<String, String>>,
    /// What Nix makes of it.
    pub(crate) evaluation: Evaluation,
    /// Why there is no engine, if there can be none.
    pub(crate) no_engine: Option<String>,
}

impl State {
    pub(crate) fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Tab(tab) => self.tab = tab,
            Message::Copy => return Action::CopyFile(self.tab),
            Message::Save => return Action::SavePreset,
            Message::Connect => return Action::Connect,
            Message::LookAgain => return Action::Evaluate,
            Message::Keep => self.confirming = false,
            Message::Erase => return Action::Install,
        }
        Action::None
    }

    pub(crate) fn view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        match ctx.draft.plan() {
            Some(plan) if self.confirming => question(ctx, plan),
            plan => self.overview(ctx, plan),
        }
    }

    fn overview<'a>(&'a self, ctx: Context<'a>, plan: Option<&'a Plan>) -> Element<'a, Message> {
        let p = ctx.palette();
        let mut content = Column::new().spacing(space::L).width(Fill);
        if let Some(why) = &self.no_engine {
            let told = notice(
                p,
                Tone::Error,
                ctx.t("engine-unreachable"),
                Some(super::sentence(why)),
            );
            let again = button(p, Kind::Plain, ctx.t("try-again"), Some(Message::Connect));
            content = content.push(column![told, again.id("connect")].spacing(space::S));
        }
        for problem in ctx.draft.problems() {
            content = content.push(ctx.problem(problem));
        }
        content = content.push(self.evaluation.view(ctx));
        if let Some(plan) = plan {
            for (planned, disk) in disks_of(ctx, plan) {
                content = content.push(disk_card(ctx, plan, planned, disk));
            }
        }
        content = content.push(card(
            p,
            column![head(p, ctx.t("summary-choices")), choices(ctx)].spacing(space::M),
        ));
        content = content.push(self.files(ctx, p));
        sheet(ctx, Page::Summary, content)
    }

    fn files<'a>(&'a self, ctx: Context<'a>, p: &'static Palette) -> Element<'a, Message> {
        let files = ctx.draft.files();
        let tabs = files.iter().enumerate().map(|(index, file)| {
            let kind = if index == self.tab {
                Kind::Primary
            } else {
                Kind::Plain
            };
            button(p, kind, file.name.clone(), Some(Message::Tab(index))).into()
        });
        let tabs = Scope::group(Row::with_children(tabs).spacing(space::S));
        let buttons = row![
            button(p, Kind::Quiet, ctx.t("copy"), Some(Message::Copy)),
            button(p, Kind::Quiet, ctx.t("save-preset"), Some(Message::Save)).id("save-preset"),
        ];
        let mut content = column![
            head(p, ctx.t("summary-files")),
            row![tabs, buttons]
                .spacing(space::M)
                .wrap()
                .vertical_spacing(space::S)
        ]
        .spacing(space::M);
        match &self.saved {
            Some(Ok(path)) => {
                let words = ctx.tv("preset-saved", "path", path.clone());
                content = content.push(notice(p, Tone::Good, words, None));
            }
            Some(Err(reason)) => {
                let words = ctx.t("preset-not-saved");
                content = content.push(notice(p, Tone::Error, words, Some(reason.clone())));
            }
            None => {}
        }
        if let Some(file) = files.get(self.tab) {
            let text = code(p, &file.text, &std::collections::BTreeSet::new());
            let text = ctx.left_to_right(text);
            let framed = panel(p.sunken, text).padding([space::M, 0.0]).width(Fill);
            content = content.push(framed);
        }
        card(p, content).into()
    }
}

/// The disks of the plan, beside how the machine has them.
fn disks_of<'a, 'p>(ctx: Context<'a>, plan: &'p Plan) -> Vec<(&'p PlannedDisk, &'a Disk)> {
    let disks = ctx.draft.machine().disks.known().map(Vec::as_slice);
    let disks = disks.unwrap_or_default();
    let found = |planned: &'p PlannedDisk| {
        let mut disks = disks.iter();
        Some((
            planned,
            disks.find(|disk| disk.path == planned.identity.path)?,
        ))
    };
    plan.disks().filter_map(found).collect()
}

fn bars<'a>(
    ctx: Context<'a>,
    plan: &Plan,
    planned: &PlannedDisk,
    disk: &Disk,
) -> Element<'a, Message> {
    let p = ctx.palette();
    column![
        label(p, ctx.t("disk-before")),
        disk_bar(p, &disk::before(ctx, disk)),
        label(p, ctx.t("disk-after")),
        disk_bar(p, &disk::after(ctx, plan, planned, disk)),
    ]
    .spacing(space::S)
    .into()
}

fn losses<'a>(ctx: Context<'a>, planned: &PlannedDisk) -> Element<'a, Message> {
    let p = ctx.palette();
    let smaller = planned.shrunk.iter().map(|shrunk| {
        let (from, to) = (shrunk.from, shrunk.to);
        let line = format!("{}: {from} → {to}", super::sentence(&shrunk.what));
        small(line, p.text)
    });
    let smaller = Column::with_children(smaller);
    if planned.losses.is_empty() {
        let (tone, words) = match planned.fate() {
            Fate::AllStays => (Tone::Good, "losses-none-beside"),
            Fate::SomeShrinks => (Tone::Warning, "losses-none-smaller"),
            Fate::Blank | Fate::AllGoes | Fate::SomeGoes => (Tone::Good, "losses-none"),
        };
        return column![notice(p, tone, ctx.t(words), None), smaller]
            .spacing(space::S)
            .into();
    }
    let lines = planned.losses.iter().map(|loss| {
        row![
            icon(Icon::Error, 18.0, p.danger),
            body(p, super::sentence(loss))
        ]
        .spacing(space::S)
        .align_y(Center)
        .into()
    });
    let list = Column::with_children(lines).spacing(space::XS);
    column![label(p, ctx.t("losses")), list]
        .spacing(space::S)
        .into()
}

fn disk_card<'a>(
    ctx: Context<'a>,
    plan: &Plan,
    planned: &PlannedDisk,
    disk: &Disk,
) -> Element<'a, Message> {
    let p = ctx.palette();
    let name = row![
        drive(disk::drive_of(disk), true),
        column![
            head(p, disk::name_of(ctx, disk)),
            small(disk::details_of(ctx, disk), p.muted)
        ]
    ]
    .spacing(space::M)
    .align_y(Center);
    let content = column![name, bars(ctx, plan, planned, disk), losses(ctx, planned)];
    card(p, content.spacing(space::L)).into()
}

/// Each choice with its name.
fn choices<'a>(ctx: Context<'a>) -> Element<'a, Message> {
    let p = ctx.palette();
    let preset = ctx.draft.preset();
    let machine = ctx.draft.machine();
    let text = |value: Option<String>| value.unwrap_or_else(|| ctx.t("by-default"));
    let locale = &preset.locale;
    let keyboard = &preset.keyboard;
    let layout = keyboard
        .layout
        .as_ref()
        .map(|layout| match &keyboard.variant {
            Some(variant) => format!("{layout} ({variant})"),
            None => layout.to_string(),
        });
    let users = preset.users.iter().map(|user| match &user.full_name {
        Some(name) => format!("{name} ({})", user.name),
        None => user.name.to_string(),
    });
    let root = preset.root.iter().map(|_| "root".to_owned());
    let users: Vec<String> = users.chain(root).collect();
    let users = (!users.is_empty()).then(|| users.join(", "));
    let packages: Vec<String> = preset
        .software
        .packages
        .iter()
        .map(ToString::to_string)
        .collect();
    let desktop = preset
        .desktop
        .environment
        .map(|desktop| desktop.to_string());
    let nixpkgs = &machine.medium.nixpkgs;
    let release = nixpkgs.known().map(|n| format!("NixOS {}", n.release));
    let zone = locale.time_zone.as_ref().map(ToString::to_string);
    let unfree = match preset.software.unfree {
        Some(true) => ctx.t("allowed"),
        _ => ctx.t("not-allowed"),
    };
    let encrypted = matches!(preset.disk.encrypt, Some(Encryption::On(_)));
    let storage = match encrypted {
        true => format!("{}  ·  {}", disk::summary(ctx), ctx.t("content-encrypted")),
        false => disk::summary(ctx),
    };
    let carried = (preset.network.carry_over == Some(true))
        .then(|| ("summary-network", ctx.t("summary-carried")));
    let rows = [
        ("summary-release", text(release)),
        (
            "summary-language",
            text(locale.language.as_ref().map(ToString::to_string)),
        ),
        ("summary-zone", text(zone)),
        ("summary-keyboard", text(layout)),
        ("summary-user", text(users)),
        (
            "summary-host",
            text(preset.network.host_name.as_ref().map(ToString::to_string)),
        ),
        ("summary-storage", storage),
        ("summary-desktop", text(desktop)),
        (
            "summary-packages",
            if packages.is_empty() {
                ctx.t("none")
            } else {
                packages.join(", ")
            },
        ),
        ("summary-unfree", unfree),
        ("summary-memory", known(&machine.memory, ctx.t("unknown"))),
    ];
    let rows = rows.into_iter().chain(carried).map(|(key, value)| {
        row![
            container(small(ctx.t(key), p.muted)).width(180),
            container(body(p, value)).width(Fill)
        ]
        .spacing(space::M)
        .align_y(Center)
        .into()
    });
    Column::with_children(rows).spacing(space::XS).into()
}

/// The last question; its wording follows the plan.
fn question<'a>(ctx: Context<'a>, plan: &'a Plan) -> Element<'a, Message> {
    let p = ctx.palette();
    let disks = disks_of(ctx, plan);
    let names: Vec<String> = disks
        .iter()
        .map(|(_, disk)| disk::name_of(ctx, disk))
        .collect();
    let name = names.join(", ");
    let is_one = disks.len() == 1;
    let asked = match plan.fate() {
        Fate::Blank => "confirm-blank",
        Fate::AllGoes => "confirm-erase",
        Fate::SomeGoes => "confirm-replace",
        Fate::SomeShrinks => "confirm-smaller",
        Fate::AllStays => "confirm-beside",
    };
    let (title_key, lead) = match is_one {
        true => (asked, format!("{asked}-lead")),
        false => ("confirm-several", "confirm-several-lead".to_owned()),
    };
    let buttons = row![
        button(p, Kind::Plain, ctx.t("confirm-keep"), Some(Message::Keep)).id("keep"),
        button(
            p,
            Kind::Danger,
            ctx.t(&format!("{asked}-go")),
            Some(Message::Erase)
        )
        .id("erase"),
    ]
    .spacing(space::M);
    let cards = disks.into_iter().map(|(planned, disk)| {
        let which = row![
            drive(disk::drive_of(disk), true),
            column![
                strong(p, disk::name_of(ctx, disk)),
                small(disk::details_of(ctx, disk), p.muted)
            ]
        ]
        .spacing(space::M)
        .align_y(Center);
        let content = column![which, losses(ctx, planned)];
        card(p, content.spacing(space::L)).into()
    });
    column![
        title(p, ctx.tv(title_key, "disk", name)),
        body(p, ctx.t(&lead)),
        Column::with_children(cards).spacing(space::M),
        buttons,
    ]
    .spacing(space::L)
    .width(Fill)
    .into()
}
