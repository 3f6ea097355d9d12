//! What is found out in the background, as it is shown: Nix's verdict, and what the computer is like.

use super::driver::Driver;
use super::to_the_summary;
use crate::evaluate::{Forecast, Missing};
use crate::machine::Fact;
use crate::plan::{Details, Problem, ProblemId, Severity};
use crate::preflight::{Conditions, Substituter};
use crate::units::Bytes;
use crate::wizard::Message;
use crate::wizard::background::Verdict;

fn verdict(driver: &Driver, problems: Vec<Problem>) -> Verdict {
    let missing = Missing {
        paths: 812,
        download: Bytes::gib(1),
        unpacked: Bytes::gib(4),
        ..Missing::default()
    };
    let plan = driver.wizard.draft.plan().unwrap();
    Verdict {
        draft: driver.wizard.draft.changes(),
        forecast: problems.is_empty().then(|| Forecast::new(plan, missing)),
        problems,
    }
}

fn refusal() -> Problem {
    Problem {
        id: ProblemId::ConfigurationRefused,
        severity: Severity::Error,
        field: "system".to_owned(),
        message: "Nix refuses the configuration: no such option `boot.lodaer`".to_owned(),
        mend: "Change it.".to_owned(),
        details: Details::NONE,
    }
}

#[test]
fn what_has_to_be_fetched_stands_on_the_summary() {
    let mut driver = Driver::new("qemu-uefi");
    to_the_summary(&mut driver);
    driver.send(Message::Evaluated(verdict(&driver, Vec::new())));
    assert!(driver.shows("Nix accepts the configuration."));
    assert!(driver.shows("1 GiB to download  ·  4 GiB on the disk"));
    driver.until("the engine", |wizard| wizard.why_not_next().is_none());
}

#[test]
fn a_configuration_that_nix_refuses_is_not_installed_and_says_why() {
    let mut driver = Driver::new("qemu-uefi");
    to_the_summary(&mut driver);
    driver.until("the engine", |wizard| wizard.why_not_next().is_none());
    let refused = verdict(&driver, vec![refusal()]);
    driver.send(Message::Evaluated(refused.clone()));
    assert!(driver.shows("no such option “boot.lodaer”"));
    assert_eq!(driver.wizard.why_not_next(), Some("summary-problems"));
    driver.send(Message::Evaluated(verdict(&driver, Vec::new())));
    assert_eq!(driver.wizard.why_not_next(), None);
    // One about an older draft does not count.
    driver
        .wizard
        .draft
        .edit(|preset| preset.software.unfree = None);
    driver.send(Message::Evaluated(refused));
    assert_eq!(driver.wizard.why_not_next(), None);
}

#[test]
fn what_stood_in_the_way_can_be_looked_at_again() {
    let mut driver = Driver::new("qemu-uefi");
    to_the_summary(&mut driver);
    driver.until("the engine", |wizard| wizard.why_not_next().is_none());
    assert!(!driver.shows("Try again"));
    driver.send(Message::Evaluated(verdict(&driver, vec![refusal()])));
    driver.click("Try again");
    // Here nobody answers; meanwhile nothing is known to be in the way.
    assert!(!driver.shows("no such option `boot.lodaer`"));
    assert_eq!(driver.wizard.why_not_next(), None);
}

#[test]
fn what_is_required_is_told_apart_from_what_is_recommended() {
    let mut driver = Driver::new("qemu-uefi");
    let conditions = |today: &str, failure: Option<&str>| Conditions {
        today: today.to_owned(),
        substituters: Fact::Known(vec![Substituter {
            url: "https://cache.example.org".to_owned(),
            failure: failure.map(str::to_owned),
        }]),
        memory: Some(Bytes::gib(3)),
        mounted: Vec::new(),
    };
    let well = conditions("2026-11-22", None);
    driver.send(Message::Looked(Some(well)));
    assert!(driver.shows("2026-11-22") && driver.shows("connected"));
    assert!(!driver.shows("Required:") && !driver.shows("Recommended:"));
    let badly = conditions("1970-01-01", Some("Could not resolve host"));
    driver.send(Message::Looked(Some(badly)));
    assert!(driver.shows("Required: The clock is wrong"));
    assert!(driver.shows("Recommended: Nothing that NixOS is fetched from answers."));
}
