//! Welcome: the language, how the wizard looks, and whether this computer has what is needed.

use super::{Context, known};
use crate::i18n::{Language, Texts};
use crate::machine::{Firmware, Machine};
use crate::plan::ProblemId;
use crate::preflight::{Conditions, before_any_plan};
use crate::preset::Preset;
use crate::units::Bytes;
use crate::wizard::Element;
use crate::wizard::theme::{Appearance, Palette, space};
use crate::wizard::widget::{
    Icon, Kind, Scope, Tone, appearance, button, card, choice, head, icon, label, notice, small,
    strong, tile,
};
use iced::widget::{Row, column, container, row};
use iced::{Center, Fill};

/// Less memory than this makes an evaluation fail.
const MEMORY_NEEDED: Bytes = Bytes::gib(2);

/// A laptop on battery below this charge may not last.
const CHARGE_WANTED: u8 = 40;

/// The narrowest that a language's card becomes beside all others, in logical pixels.
const LANGUAGE: f32 = 160.0;

/// How much larger everything can be drawn.
pub(crate) const SCALES: [f32; 3] = [1.0, 1.25, 1.5];

#[derive(Clone, Debug)]
pub(crate) enum Message {
    Language(Language),
    Appearance(Appearance),
    Scale(f32),
}

/// What this page changes in the preset: the language of the new system, unless one was chosen that
/// the wizard itself does not speak.
pub(crate) fn apply(language: Language, preset: &mut Preset) {
    let spoken = preset
        .locale
        .language
        .as_ref()
        .is_none_or(|locale| Language::of(locale.as_str()).is_some());
    let (locale, layout) = match language {
        Language::English => ("en_US.UTF-8", "us"),
        Language::German => ("de_DE.UTF-8", "de"),
        Language::Japanese => ("ja_JP.UTF-8", "jp"),
        Language::Arabic => ("ar_EG.UTF-8", "ara"),
    };
    if spoken {
        preset.locale.language = locale.parse().ok();
        preset.keyboard.layout = layout.parse().ok();
        preset.keyboard.variant = None;
    }
}

/// Something that an installation needs, or that makes it go well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Check {
    /// The key of its texts.
    pub(crate) key: &'static str,
    pub(crate) tone: Tone,
    /// What was found.
    pub(crate) value: String,
}

/// Looks at what is known about the machine.
pub(crate) fn checks(
    machine: &Machine,
    conditions: Option<&Conditions>,
    texts: &Texts,
) -> Vec<Check> {
    let unknown = || texts.get("unknown");
    let tone = |well: Option<bool>, otherwise| match well {
        Some(true) => Tone::Good,
        Some(false) => otherwise,
        None => Tone::Warning,
    };
    let memory = machine.memory.known();
    let disks = machine.disks.known();
    let usable = disks.map(|disks| disks.iter().filter(|disk| !disk.live_medium).count());
    let firmware = match machine.firmware.known() {
        Some(Firmware::Uefi { .. }) => "UEFI".to_owned(),
        Some(Firmware::Bios) => "BIOS".to_owned(),
        Some(Firmware::DeviceTree) => texts.get("firmware-device-tree"),
        None => unknown(),
    };
    let known_firmware = machine.firmware.known();
    let power = machine.power.known();
    let charge = power.and_then(|power| power.battery.filter(|_| !power.mains));
    let power_value = match (power, charge) {
        (Some(_), Some(battery)) => texts.with(
            "power-battery",
            &[("percent", battery.percent.to_string().into())],
        ),
        (Some(_), None) => texts.get("power-mains"),
        (None, _) => unknown(),
    };
    let mut checks = vec![
        Check {
            key: "check-memory",
            tone: tone(memory.map(|m| *m >= MEMORY_NEEDED), Tone::Warning),
            value: known(&machine.memory, unknown()),
        },
        Check {
            key: "check-disk",
            tone: tone(usable.map(|count| count > 0), Tone::Error),
            value: usable.map_or_else(unknown, |count| texts.count("disk-count", count)),
        },
        Check {
            key: "check-firmware",
            tone: tone(
                known_firmware.map(|f| !matches!(f, Firmware::DeviceTree)),
                Tone::Error,
            ),
            value: firmware,
        },
        Check {
            key: "check-power",
            tone: tone(
                power.map(|_| charge.is_none_or(|b| b.percent >= CHARGE_WANTED)),
                Tone::Warning,
            ),
            value: power_value,
        },
    ];
    checks.extend(
        conditions
            .into_iter()
            .flat_map(|it| now(it, machine, texts)),
    );
    checks
}

/// What depends on the moment: the clock and the network.
fn now(conditions: &Conditions, machine: &Machine, texts: &Texts) -> [Check; 2] {
    let problems = before_any_plan(conditions, machine);
    let is_told = |id| problems.iter().any(|problem| problem.id == id);
    let (clock, network) = (is_told(ProblemId::ClockWrong), is_told(ProblemId::Offline));
    [
        Check {
            key: "check-clock",
            tone: if clock { Tone::Error } else { Tone::Good },
            value: conditions.today.clone(),
        },
        Check {
            key: "check-network",
            tone: if network { Tone::Warning } else { Tone::Good },
            value: texts.get(if network {
                "network-none"
            } else {
                "network-there"
            }),
        },
    ]
}

pub(crate) fn view<'a>(
    ctx: Context<'a>,
    conditions: Option<&Conditions>,
    scale: f32,
) -> Element<'a, Message> {
    let p = ctx.palette();
    let all = Language::ALL.len() as f32;
    let in_one_row = ((ctx.width - (all - 1.0) * space::M) / all).floor();
    let wide = if in_one_row < LANGUAGE {
        ((ctx.width - space::M) / 2.0).floor()
    } else {
        in_one_row
    };
    let languages = Row::with_children(Language::ALL.map(|language| {
        let own = match language {
            Language::English => ("English", "United States"),
            Language::German => ("Deutsch", "Deutschland"),
            Language::Japanese => ("日本語", "日本"),
            Language::Arabic => ("العربية", "مصر"),
        };
        let words = column![strong(p, own.0), small(own.1, p.muted)];
        let chosen = ctx.texts.language() == language;
        let choice = choice(p, chosen, words, Some(Message::Language(language)));
        container(choice.id(format!("language-{}", language.tag())))
            .width(wide)
            .into()
    }))
    .spacing(space::M)
    .wrap()
    .vertical_spacing(space::M);
    // The head of this page is the banner above it.
    column![
        Scope::group(languages),
        looks(ctx, p, scale),
        computer(ctx, p, conditions),
    ]
    .spacing(space::L)
    .width(Fill)
    .into()
}

fn looks<'a>(ctx: Context<'a>, p: &'static Palette, scale: f32) -> Element<'a, Message> {
    let appearances = Row::with_children(Appearance::ALL.map(|which| {
        let words = ctx.t(&format!("appearance-{}", which.name()));
        let chosen = which == ctx.appearance;
        let message = Message::Appearance(which);
        tile(p, chosen, appearance(which), words, message)
            .id(format!("appearance-{}", which.name()))
            .into()
    }))
    .spacing(space::S);
    let scales = Row::with_children(SCALES.map(|each| {
        let kind = if (each - scale).abs() < 0.01 {
            Kind::Primary
        } else {
            Kind::Plain
        };
        let words = format!("{:.0} %", each * 100.0);
        button(p, kind, words, Some(Message::Scale(each))).into()
    }))
    .spacing(space::S);
    let line = row![
        column![label(p, ctx.t("appearance")), Scope::group(appearances)].spacing(space::XS),
        column![label(p, ctx.t("text-size")), Scope::group(scales)].spacing(space::S),
    ]
    .spacing(space::XL);
    line.wrap().vertical_spacing(space::M).into()
}

fn computer<'a>(
    ctx: Context<'a>,
    p: &'static Palette,
    conditions: Option<&Conditions>,
) -> Element<'a, Message> {
    let product = ctx.draft.machine().product.known();
    let name = product.map(|product| format!("{} {}", product.vendor, product.name));
    let mut title = row![head(p, ctx.t("this-computer"))].spacing(space::M);
    if let Some(name) = name.filter(|name| !name.trim().is_empty()) {
        title = title.push(small(name, p.muted));
    }
    let mut list = column![title.align_y(Center).wrap()].spacing(space::M);
    let checks = checks(ctx.draft.machine(), conditions, ctx.texts);
    let mut facts = Row::new().spacing(space::XL);
    for check in &checks {
        let (mark, colour) = match check.tone {
            Tone::Good | Tone::Info => (Icon::Check, p.success),
            Tone::Warning => (Icon::Warning, p.warning),
            Tone::Error => (Icon::Error, p.danger),
        };
        let words = column![
            small(ctx.t(check.key), p.muted),
            strong(p, check.value.clone())
        ];
        let fact = row![icon(mark, 22.0, colour), words];
        facts = facts.push(fact.spacing(space::S).align_y(Center));
    }
    list = list.push(facts.wrap().vertical_spacing(space::M));
    for check in &checks {
        if matches!(check.tone, Tone::Warning | Tone::Error) {
            // What has to be mended is told apart from what would be better.
            let weight = match check.tone {
                Tone::Error => ctx.t("check-needed"),
                _ => ctx.t("check-better"),
            };
            let why = format!("{weight} {}", ctx.t(&format!("{}-why", check.key)));
            let mend = ctx.t(&format!("{}-mend", check.key));
            list = list.push(notice(p, check.tone, why, Some(mend)));
        }
    }
    card(p, list.width(Fill)).into()
}
