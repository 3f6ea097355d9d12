//! Devices that work, or work well, only with a driver that must be asked for.

use super::{Detail, Details, Problem, ProblemId, Severity};
use crate::machine::{HardwareSetting, Machine};
use crate::nixos::Computer;
use crate::preset::{Environment, Preset};

/// Everything that should be known about drivers before it is too late.
pub(super) fn check(machine: &Machine, preset: &Preset) -> Vec<Problem> {
    let problems = [nvidia(machine, preset), broadcom(machine, preset)];
    problems.into_iter().flatten().collect()
}

/// Without unfree software the card runs by nouveau, slowly.
fn nvidia(machine: &Machine, preset: &Preset) -> Option<Problem> {
    let desktop = preset.desktop.environment.unwrap_or(Environment::None);
    if desktop == Environment::None || preset.software.unfree == Some(true) {
        return None;
    }
    let computer = Computer::of(machine);
    let (card, _) = computer.nvidia()?;
    Some(Problem {
        id: ProblemId::NvidiaNeedsUnfree,
        severity: Severity::Warning,
        field: "software.unfree".to_owned(),
        message: format!(
            "the NVIDIA graphics card ({:04x}:{:04x}) will run with the free driver nouveau, which \
             is slow on many of them",
            card.id.vendor, card.id.device
        ),
        mend: "Write `unfree = true` to get NVIDIA's own driver.".to_owned(),
        details: Details::NONE.with(
            "card",
            Detail::code(format!("{:04x}:{:04x}", card.id.vendor, card.id.device)),
        ),
    })
}

fn broadcom(machine: &Machine, preset: &Preset) -> Option<Problem> {
    let there = machine
        .hardware
        .settings
        .contains(&HardwareSetting::BroadcomSta);
    let asked = preset.software.broadcom_sta == Some(true);
    let field = "software.broadcom_sta".to_owned();
    if asked && preset.software.unfree != Some(true) {
        return Some(Problem {
            id: ProblemId::UnfreeNeeded,
            severity: Severity::Error,
            field,
            message: "Broadcom's own Wi-Fi driver can't be installed without unfree software"
                .to_owned(),
            mend: "Write `unfree = true`, or leave the driver out.".to_owned(),
            details: Details::why("broadcom"),
        });
    }
    (there && preset.software.broadcom_sta.is_none()).then(|| Problem {
        id: ProblemId::BroadcomDriver,
        severity: Severity::Warning,
        field,
        message: "this computer's Broadcom Wi-Fi works badly or not at all with the free drivers"
            .to_owned(),
        mend: "Broadcom's own driver is unfree and has known security holes that nobody mends. \
               Write `broadcom_sta = true` and `unfree = true` to install it all the same, or \
               `broadcom_sta = false` to go without."
            .to_owned(),
        details: Details::NONE,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(machine: &str, add: Option<HardwareSetting>, preset: &str) -> Vec<ProblemId> {
        let mut machine: Machine = serde_json::from_str(machine).unwrap();
        machine.hardware.settings.extend(add);
        let preset = crate::preset::read(&format!("version = 1\n{preset}"), "test").unwrap();
        let found = check(&machine, &preset);
        found.into_iter().map(|problem| problem.id).collect()
    }

    #[test]
    fn nvidia_without_unfree_software_is_slow() {
        let laptop = include_str!("../../tests/machines/laptop-amd-nvidia.json");
        let gnome = "desktop.environment = 'gnome'";
        assert_eq!(
            problems(laptop, None, gnome),
            [ProblemId::NvidiaNeedsUnfree]
        );
        assert_eq!(problems(laptop, None, ""), []);
        let unfree = format!("{gnome}\nsoftware.unfree = true");
        assert_eq!(problems(laptop, None, &unfree), []);
        let other = include_str!("../../tests/machines/laptop-core-ultra.json");
        assert_eq!(problems(other, None, gnome), []);
    }

    #[test]
    fn broadcoms_driver_is_asked_about() {
        let laptop = include_str!("../../tests/machines/laptop-core-ultra.json");
        let card = Some(HardwareSetting::BroadcomSta);
        assert_eq!(problems(laptop, card, ""), [ProblemId::BroadcomDriver]);
        assert_eq!(problems(laptop, None, ""), []);
        assert_eq!(problems(laptop, card, "software.broadcom_sta = false"), []);
        let asked = "software.broadcom_sta = true";
        assert_eq!(problems(laptop, card, asked), [ProblemId::UnfreeNeeded]);
        let both = "software = { broadcom_sta = true, unfree = true }";
        assert_eq!(problems(laptop, card, both), []);
    }
}
