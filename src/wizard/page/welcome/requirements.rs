//! What an installation needs of this computer, or what makes it go well: looked at again and again
//! while the page is shown.

use crate::i18n::Texts;
use crate::machine::{Firmware, Machine};
use crate::plan::ProblemId;
use crate::preflight::{Conditions, before_any_plan};
use crate::units::Bytes;
use crate::wizard::Element;
use crate::wizard::page::{Context, known};
use crate::wizard::theme::{Palette, space};
use crate::wizard::widget::{Icon, Tone, card, head, icon, notice, small, strong};
use iced::widget::{Row, column, row};
use iced::{Center, Fill};

/// Less memory than this makes an evaluation fail.
const MEMORY_NEEDED: Bytes = Bytes::gib(2);

/// A laptop on battery below this charge may not last.
const CHARGE_WANTED: u8 = 40;

/// Something that an installation needs, or that makes it go well.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Check {
    /// The key of its texts.
    key: &'static str,
    tone: Tone,
    /// What was found.
    value: String,
}

/// Looks at what is known about the machine.
fn checks(machine: &Machine, conditions: Option<&Conditions>, texts: &Texts) -> Vec<Check> {
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

/// This computer, with what it lacks.
pub(super) fn computer<'a, M: 'a>(
    ctx: Context<'a>,
    p: &'static Palette,
    conditions: Option<&Conditions>,
) -> Element<'a, M> {
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
