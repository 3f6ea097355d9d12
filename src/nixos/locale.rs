//! Language, formats, time zone and clock.

use super::System;
use super::tree::{Attrs, NixError};
use crate::preset::HardwareClock;

/// What follows the place where a person lives rather than the language they read (locale(7)).
const FORMATS: [&str; 9] = [
    "LC_ADDRESS",
    "LC_IDENTIFICATION",
    "LC_MEASUREMENT",
    "LC_MONETARY",
    "LC_NAME",
    "LC_NUMERIC",
    "LC_PAPER",
    "LC_TELEPHONE",
    "LC_TIME",
];

pub(super) fn section(system: &System<'_>) -> Result<Attrs, NixError> {
    let choices = system.choices;
    let mut section = Attrs::new();
    section.set_under(
        "Language and formats.",
        "i18n.defaultLocale",
        choices.language.as_str(),
    )?;
    if let Some(formats) = &choices.formats
        && *formats != choices.language
    {
        let mut settings = Attrs::new();
        for category in FORMATS {
            settings.set(category, formats.as_str())?;
        }
        section.set("i18n.extraLocaleSettings", settings)?;
    }
    if !choices.extra_locales.is_empty() {
        // This option alone wants the character set behind the name (glibc's `SUPPORTED`).
        let names = choices.extra_locales.iter();
        let names: Vec<String> = names.map(|name| format!("{name}/UTF-8")).collect();
        let comment = "Locales that programs can use beside these.";
        section.set_under(comment, "i18n.extraLocales", names)?;
    }
    if let Some(time_zone) = &choices.time_zone {
        section.set_under("Time zone.", "time.timeZone", time_zone.as_str())?;
    }
    let local = match choices.hardware_clock {
        Some(clock) => clock == HardwareClock::Local,
        None => system.windows_stays,
    };
    if local {
        section.set_under(
            "The computer's clock shows local time, as Windows has it.",
            "time.hardwareClockInLocalTime",
            true,
        )?;
    }
    Ok(section)
}
