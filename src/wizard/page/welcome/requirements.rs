//! What an installation needs of this computer, or what makes it go well: looked at again and again
//! while the page is shown.

use crate::i18n::Texts;
use crate::machine::{Firmware, Machine};
use crate::plan::{Problem, ProblemId, Severity};
use crate::preflight::{Conditions, before_any_plan};
use crate::units::Bytes;
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::page::{Context, disk};
use crate::wizard::theme::{Palette, mark, space};
use crate::wizard::widget::{Icon, Tone, card, head, icon, notice, small, strong};
use iced::widget::{Row, column, row};
use iced::{Center, Fill};

/// Less memory than this makes an evaluation fail: 2 GiB, of which firmware and kernel keep some.
const MEMORY_NEEDED: Bytes = Bytes::mib(1792);

/// A laptop on battery below this charge may not last.
const CHARGE_WANTED: u8 = 40;

/// Something that an installation needs, or that makes it go well.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Check {
    /// The key of its name.
    key: &'static str,
    told: Told,
    tone: Tone,
    /// What was found.
    value: String,
}

/// What is told where it is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Told {
    /// What the keys of its reason and its cure begin with.
    Keys(&'static str),
    /// What the resolver says of it, whatever the preset is.
    Problems(Vec<Problem>),
}

/// What the resolver says of the firmware.
const OF_FIRMWARE: [ProblemId; 5] = [
    ProblemId::BiosBesideUefiWindows,
    ProblemId::FirmwareUnknown,
    ProblemId::FirmwareUnsupported,
    ProblemId::SecureBoot,
    ProblemId::VariablesNotWritable,
];

impl Check {
    /// What is wrong, how much that matters, and what can be done.
    fn words(&self, ctx: Context<'_>) -> Vec<(Tone, String, String)> {
        match &self.told {
            Told::Keys(key) => {
                let [why, mend] = ["why", "mend"].map(|end| ctx.t(&format!("{key}-{end}")));
                let reasons = if *key == UNFIT {
                    reasons(ctx)
                } else {
                    Vec::new()
                };
                let mend: Vec<String> = reasons.into_iter().chain([mend]).collect();
                vec![(self.tone, why, mend.join("\n"))]
            }
            Told::Problems(problems) => {
                let words = problems.iter().map(|problem| {
                    let tone = match problem.severity {
                        Severity::Error => Tone::Error,
                        Severity::Warning => Tone::Warning,
                    };
                    let (why, mend) = ctx.words(problem);
                    (tone, why, mend)
                });
                words.collect()
            }
        }
    }
}

/// The disks of the computer, besides the medium's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Disks {
    all: usize,
    /// How many of them could be installed on.
    usable: usize,
}

impl Disks {
    /// Where they are known.
    fn of(draft: &Draft) -> Option<Self> {
        let disks = draft.machine().disks.known()?;
        let obstacles = draft.obstacles();
        let others = disks.iter().zip(obstacles);
        let others = others.filter(|(disk, _)| !disk.live_medium);
        Some(Self {
            all: others.clone().count(),
            usable: others.filter(|(_, why)| why.is_none()).count(),
        })
    }

    /// What the keys of its texts begin with.
    const fn told(self) -> &'static str {
        match self.all {
            0 => "check-disk",
            _ => UNFIT,
        }
    }
}

/// What the keys of its texts begin with where there are disks, and none can be installed on.
const UNFIT: &str = "check-disk-unfit";

/// Of how many disks it is said why.
const FEW: usize = 3;

/// Why nothing can be installed on the first disks.
fn reasons(ctx: Context<'_>) -> Vec<String> {
    let disks = ctx.draft.machine().disks.known().into_iter().flatten();
    let reasons = disks.zip(ctx.draft.obstacles());
    let reasons = reasons.filter(|(disk, _)| !disk.live_medium);
    let told = reasons.filter_map(|(disk, reason)| {
        let reason = disk::why_not(ctx, reason.as_ref()?);
        let values = [
            ("disk", disk::name_of(ctx, disk).into()),
            ("reason", reason.into()),
        ];
        Some(ctx.texts.with("check-disk-reason", &values))
    });
    told.take(FEW).collect()
}

/// What nothing can be installed without, as the key of a text.
pub(crate) fn missing(draft: &Draft) -> Option<&'static str> {
    match Disks::of(draft)? {
        Disks { usable: 1.., .. } => None,
        Disks { all: 0, .. } => Some("check-disk-why"),
        Disks { .. } => Some("check-disk-unfit-why"),
    }
}

/// Looks at what is known about the machine.
fn checks(draft: &Draft, conditions: Option<&Conditions>, texts: &Texts) -> Vec<Check> {
    let machine = draft.machine();
    let unknown = || texts.get("unknown");
    let tone = |well: Option<bool>, otherwise| match well {
        Some(true) => Tone::Good,
        Some(false) => otherwise,
        None => Tone::Warning,
    };
    let memory = machine.memory.known();
    let disks = Disks::of(draft);
    let firmware = match machine.firmware.known() {
        Some(Firmware::Uefi { .. }) => "UEFI".to_owned(),
        Some(Firmware::Bios) => "BIOS".to_owned(),
        Some(Firmware::DeviceTree) => texts.get("firmware-device-tree"),
        None => unknown(),
    };
    let of_firmware = draft.problems().iter();
    let of_firmware = of_firmware.filter(|problem| OF_FIRMWARE.contains(&problem.id));
    let of_firmware: Vec<Problem> = of_firmware.cloned().collect();
    let is_error = |problem: &Problem| problem.severity == Severity::Error;
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
            told: Told::Keys("check-memory"),
            tone: tone(memory.map(|m| *m >= MEMORY_NEEDED), Tone::Warning),
            value: memory.map_or_else(unknown, |memory| texts.size(*memory)),
        },
        Check {
            key: "check-disk",
            told: Told::Keys(disks.map_or("check-disk-unknown", Disks::told)),
            tone: tone(disks.map(|disks| disks.usable > 0), Tone::Error),
            value: disks.map_or_else(unknown, |disks| texts.count("disk-count", disks.all)),
        },
        Check {
            key: "check-firmware",
            tone: match of_firmware.iter().any(is_error) {
                true => Tone::Error,
                false if of_firmware.is_empty() => Tone::Good,
                false => Tone::Warning,
            },
            told: Told::Problems(of_firmware),
            value: firmware,
        },
        Check {
            key: "check-power",
            told: Told::Keys("check-power"),
            // Where nothing is known, there may be no battery at all.
            tone: power.map_or(Tone::Info, |_| {
                let lasts = charge.is_none_or(|b| b.percent >= CHARGE_WANTED);
                tone(Some(lasts), Tone::Warning)
            }),
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
            told: Told::Keys("check-clock"),
            tone: if clock { Tone::Error } else { Tone::Good },
            value: conditions.today.clone(),
        },
        Check {
            key: "check-network",
            told: Told::Keys("check-network"),
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
    let checks = checks(ctx.draft, conditions, ctx.texts);
    let mut facts = Row::new().spacing(space::XL);
    for check in &checks {
        let (which, colour) = match check.tone {
            Tone::Good => (Icon::Check, p.success),
            Tone::Info => (Icon::Info, p.muted),
            Tone::Warning => (Icon::Warning, p.warning),
            Tone::Error => (Icon::Error, p.danger),
        };
        let words = column![
            small(ctx.t(check.key), p.muted),
            strong(p, check.value.clone())
        ];
        let fact = row![icon(which, mark::L, colour), words];
        facts = facts.push(fact.spacing(space::S).align_y(Center));
    }
    list = list.push(facts.wrap().vertical_spacing(space::M));
    let lacking = checks.iter();
    let lacking = lacking.filter(|check| matches!(check.tone, Tone::Warning | Tone::Error));
    for (tone, why, mend) in lacking.flat_map(|check| check.words(ctx)) {
        // What has to be mended is told apart from what would be better.
        let weight = match tone {
            Tone::Error => ctx.t("check-needed"),
            _ => ctx.t("check-better"),
        };
        list = list.push(notice(p, tone, format!("{weight} {why}"), Some(mend)));
    }
    card(p, list.width(Fill)).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;
    use crate::machine::Fact;
    use crate::plan::Seed;
    use crate::preset::Preset;
    use crate::wizard::tests::driver::recorded;

    fn draft(machine: Machine) -> Draft {
        Draft::new(machine, Preset::default(), Seed::new([3; 32]))
    }

    fn check_of(machine: Machine, key: &str) -> Check {
        let texts = Texts::new(Language::English);
        let checks = checks(&draft(machine), None, &texts);
        checks.into_iter().find(|check| check.key == key).unwrap()
    }

    #[test]
    fn what_is_not_known_of_power_is_no_warning_about_a_battery() {
        let mut machine = recorded("qemu-uefi");
        machine.power = Fact::Unknown("there is none".to_owned());
        assert_eq!(check_of(machine, "check-power").tone, Tone::Info);
    }

    #[test]
    fn two_gib_of_which_the_kernel_keeps_some_are_enough() {
        for (mib, tone) in [(1990, Tone::Good), (1536, Tone::Warning)] {
            let mut machine = recorded("qemu-uefi");
            machine.memory = Fact::Known(Bytes::mib(mib));
            assert_eq!(check_of(machine, "check-memory").tone, tone, "{mib} MiB");
        }
    }

    #[test]
    fn without_a_disk_nothing_can_be_installed() {
        let mut machine = recorded("qemu-uefi");
        assert_eq!(missing(&draft(machine.clone())), None);
        machine.disks = Fact::Known(Vec::new());
        assert_eq!(missing(&draft(machine.clone())), Some("check-disk-why"));
        // What could not be looked at may be there.
        machine.disks = Fact::Unknown("not root".to_owned());
        assert_eq!(missing(&draft(machine)), None);
    }

    #[test]
    fn a_disk_that_nothing_can_be_installed_on_is_none() {
        for name in ["tiny-disk", "read-only-disk"] {
            assert_eq!(
                missing(&draft(recorded(name))),
                Some("check-disk-unfit-why"),
                "{name}"
            );
            let check = check_of(recorded(name), "check-disk");
            assert_eq!(
                (check.tone, check.told),
                (Tone::Error, Told::Keys("check-disk-unfit")),
                "{name}"
            );
        }
    }

    /// What would come up on the Summary, after all questions, is told here.
    #[test]
    fn firmware_that_nothing_starts_from_is_no_good_news() {
        let expected = [
            ("qemu-uefi", Tone::Good, None),
            ("hyperv", Tone::Error, Some(ProblemId::SecureBoot)),
            (
                "tablet-uefi32",
                Tone::Error,
                Some(ProblemId::FirmwareUnsupported),
            ),
            ("nspawn", Tone::Error, Some(ProblemId::FirmwareUnknown)),
        ];
        for (name, tone, problem) in expected {
            let check = check_of(recorded(name), "check-firmware");
            let Told::Problems(told) = check.told else {
                panic!("{name}: the resolver tells it")
            };
            let told = told.first().map(|problem| problem.id);
            assert_eq!((check.tone, told), (tone, problem), "{name}");
        }
    }
}
