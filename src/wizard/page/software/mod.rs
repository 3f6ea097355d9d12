//! Software: unfree programs and what this computer needs them for, programs for everyone, where more
//! come from, and, behind a button, the system as a whole.

mod system;

pub(crate) use system::kernel_name;

use super::{Context, Page, desktop, sheet};
use crate::machine::{HardwareSetting, Machine};
use crate::nixos::{Computer, comes_along};
use crate::preset::{Environment, Kernel, PackageName};
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::theme::space;
use crate::wizard::widget::{
    Kind, button, card, check, check_card, field, given, head, label, small,
};
use iced::Fill;
use iced::widget::{Row, column, container};
use system::Change;

#[derive(Clone, Debug)]
pub(crate) enum Message {
    Unfree(bool),
    /// Broadcom's own driver.
    Broadcom(bool),
    Flatpak(bool),
    Package(&'static str),
    Others(String),
    /// Shows what few people change, or hides it.
    More,
    System(Change),
}

/// Programs that many people want, in groups; all of them are in nixpkgs 26.05 under these names.
const OFFERED: [(&str, &[&str]); 3] = [
    ("packages-browser", &["firefox", "chromium"]),
    ("packages-office", &["libreoffice", "thunderbird"]),
    ("packages-more", &["gimp", "vlc", "git", "vim", "htop"]),
];

#[derive(Debug)]
pub(crate) struct State {
    /// Names of further packages as they were typed.
    others: String,
    /// Those of them that a box stands for, which was not ticked before.
    boxed: Vec<PackageName>,
    /// Whether the choices of the system as a whole are shown.
    more: bool,
    /// The series of kernels that a preset asks for; it can be chosen again.
    series: Option<Kernel>,
}

impl State {
    /// With what a preset says already.
    pub(crate) fn new(draft: &Draft) -> Self {
        let packages = draft.preset().software.packages.iter();
        let others = packages
            .map(PackageName::as_str)
            .filter(|name| !is_offered(name));
        Self {
            others: others.collect::<Vec<_>>().join(" "),
            boxed: Vec::new(),
            more: system::is_told(draft.preset()),
            series: draft
                .preset()
                .system
                .kernel
                .clone()
                .filter(system::is_series),
        }
    }

    pub(crate) fn update(&mut self, message: Message, draft: &mut Draft) {
        match message {
            Message::Unfree(allowed) => {
                draft.edit(|preset| preset.software.unfree = Some(allowed));
            }
            Message::Broadcom(wanted) => draft.edit(|preset| {
                preset.software.broadcom_sta = Some(wanted);
                // It is unfree.
                if wanted {
                    preset.software.unfree = Some(true);
                }
            }),
            Message::Flatpak(wanted) => {
                draft.edit(|preset| preset.software.flatpak = wanted.then_some(true));
            }
            Message::Package(name) => self.tick(name, draft),
            Message::Others(text) => self.name_others(text, draft),
            Message::More => self.more = !self.more,
            Message::System(change) => draft.edit(|preset| change.put(preset)),
        }
    }

    /// Ticks a box, or takes a program out, also where it was typed.
    fn tick(&mut self, name: &'static str, draft: &mut Draft) {
        self.boxed.retain(|package| package.as_str() != name);
        let is_ticked = has(draft, name);
        if is_ticked {
            let words = self.words().filter(|word| *word != name);
            let words: Vec<&str> = words.collect();
            if words.len() < self.words().count() {
                self.others = words.join(" ");
            }
        }
        draft.edit(|preset| {
            let packages = &mut preset.software.packages;
            packages.retain(|package| package.as_str() != name);
            if !is_ticked {
                packages.extend(name.parse());
            }
        });
    }

    /// Takes what was typed. A name that a box stands for ticks it as long as the name is there.
    fn name_others(&mut self, text: String, draft: &mut Draft) {
        self.others = text;
        let named: Vec<PackageName> = self.words().filter_map(|word| word.parse().ok()).collect();
        let boxed = named.iter().filter(|name| is_offered(name.as_str()));
        let before = std::mem::take(&mut self.boxed);
        let boxed = boxed.filter(|name| !has(draft, name.as_str()) || before.contains(name));
        self.boxed = boxed.cloned().collect();
        draft.edit(|preset| {
            let packages = &mut preset.software.packages;
            packages.retain(|package| is_offered(package.as_str()) && !before.contains(package));
            for name in named {
                if !packages.contains(&name) {
                    packages.push(name);
                }
            }
        });
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        let words = self.others.split([' ', ',', ';']);
        words.filter(|word| !word.is_empty())
    }

    /// What was typed first that is no name of a package.
    fn wrong(&self) -> Option<&str> {
        self.words()
            .find(|word| word.parse::<PackageName>().is_err())
    }

    /// Whether something that was typed is no name of a package.
    pub(crate) fn is_wrong(&self) -> bool {
        self.wrong().is_some()
    }

    pub(crate) fn view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let flatpak = ctx.draft.preset().software.flatpak == Some(true);
        let wrong = self.wrong();
        let wrong = wrong.map(|word| ctx.tv("packages-form-word", "word", word.to_owned()));
        let others = field(
            p,
            "others",
            ctx.t("packages-others"),
            &self.others,
            wrong,
            Message::Others,
        );
        let flatpak = check_card(
            p,
            flatpak,
            ctx.t("flatpak"),
            ctx.t("flatpak-note"),
            Message::Flatpak(!flatpak),
        );
        let words = ctx.t(match self.more {
            true => "software-less",
            false => "software-more",
        });
        let more = button(p, Kind::Plain, words, Some(Message::More));
        let content = column![
            unfree(ctx),
            programs(ctx),
            others,
            flatpak.id("flatpak"),
            more.id("software-more"),
        ]
        .push(self.more.then(|| system::view(ctx, self.series.as_ref())))
        .push(ctx.problems("software", &[]))
        .push(ctx.problems("configuration", &[]));
        sheet(ctx, Page::Software, content.spacing(space::L).width(Fill))
    }
}

/// Whether the computer has a card that only an unfree driver makes fast.
fn has_nvidia(machine: &Machine) -> bool {
    Computer::of(machine).nvidia().is_some()
}

fn has_broadcom(machine: &Machine) -> bool {
    let settings = &machine.hardware.settings;
    settings.contains(&HardwareSetting::BroadcomSta)
}

/// Whether unfree programs are allowed, with what this computer needs them for.
fn unfree<'a>(ctx: Context<'a>) -> Element<'a, Message> {
    let p = ctx.palette();
    let software = &ctx.draft.preset().software;
    let machine = ctx.draft.machine();
    let allowed = software.unfree == Some(true);
    let (words, note) = (ctx.t("unfree"), ctx.t("unfree-note"));
    let change = Message::Unfree(!allowed);
    if !has_nvidia(machine) && !has_broadcom(machine) {
        let all = check_card(p, allowed, words, note, change);
        return all.id("unfree").into();
    }
    let all = check(p, allowed, words, Some(note), change);
    let nvidia = has_nvidia(machine).then(|| {
        let words = small(ctx.t("unfree-nvidia"), p.text);
        container(words).padding([0.0, space::S])
    });
    let broadcom = has_broadcom(machine).then(|| {
        let wanted = software.broadcom_sta == Some(true);
        let (words, note) = (ctx.t("broadcom"), ctx.t("broadcom-note"));
        check(p, wanted, words, Some(note), Message::Broadcom(!wanted)).id("broadcom")
    });
    let content = column![all.id("unfree")].push(nvidia).push(broadcom);
    card(p, content.spacing(space::S)).padding(space::S).into()
}

/// The programs that are offered, in their groups.
fn programs<'a>(ctx: Context<'a>) -> Element<'a, Message> {
    let p = ctx.palette();
    // Inside of a card, in two columns where there is room.
    let inside = ctx.width - 2.0 * space::L;
    let half = ((inside - space::M) / 2.0)
        .max(system::NARROWEST)
        .min(inside);
    let packages = &ctx.draft.preset().software.packages;
    let environment = ctx.draft.preset().desktop.environment;
    let environment = environment.unwrap_or(Environment::None);
    let along = comes_along(environment);
    let desktop = || desktop::name_of(ctx, environment);
    let mut list = column![head(p, ctx.t("packages"))].spacing(space::S);
    for (group, names) in OFFERED {
        let each = names.iter().map(|name| {
            let ticked = packages.iter().any(|package| package.as_str() == *name);
            let (words, note) = (format!("package-{name}"), format!("package-{name}-note"));
            let tick = match along.contains(name) {
                true => given(
                    p,
                    ctx.t(&words),
                    ctx.tv("packages-along", "desktop", desktop()),
                ),
                false => {
                    let note = Some(ctx.t(&note));
                    check(p, ticked, ctx.t(&words), note, Message::Package(name))
                }
            };
            container(tick.id(words)).width(half).into()
        });
        let each = Row::with_children(each).spacing(space::M).wrap();
        list = list.push(label(p, ctx.t(group)));
        list = list.push(each.vertical_spacing(0.0));
    }
    card(p, list).into()
}

/// Whether the preset has a package.
fn has(draft: &Draft, name: &str) -> bool {
    let mut packages = draft.preset().software.packages.iter();
    packages.any(|package| package.as_str() == name)
}

fn is_offered(name: &str) -> bool {
    let mut groups = OFFERED.iter();
    groups.any(|(_, names)| names.contains(&name))
}
