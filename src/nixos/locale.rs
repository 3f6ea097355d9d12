//! Language, formats and time zone.

use super::System;
use super::tree::{Attrs, NixError};

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
    if let Some(time_zone) = &choices.time_zone {
        section.set_under("Time zone.", "time.timeZone", time_zone.as_str())?;
    }
    Ok(section)
}
