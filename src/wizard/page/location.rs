//! Location: the time zone, and how dates, numbers and money are written.

use super::{Context, Page, sheet};
use crate::location::{Locale, Script, Zone, country, locales, zones};
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::theme::space;
use crate::wizard::widget::{List, ListMessage, Row, label};
use iced::widget::{column, row};
use iced::{Fill, Task};

/// The scripts that the wizard's fonts have.
const DRAWN: [Script; 3] = [Script::Latin, Script::Greek, Script::Cyrillic];

#[derive(Clone, Debug)]
pub(crate) enum Message {
    Zones(ListMessage),
    Formats(ListMessage),
}

#[derive(Debug)]
pub(crate) struct State {
    zones: List,
    formats: List,
}

fn zone_rows() -> Vec<Row> {
    let row = |zone: &Zone| Row {
        title: zone.town(),
        note: country(zone.country).map_or("", |c| c.name).to_owned(),
        words: format!("{} {}", zone.name, zone.comment).to_lowercase(),
    };
    zones().iter().map(row).collect()
}

fn format_rows() -> Vec<Row> {
    let row = |locale: &Locale| {
        let own = own_name(locale);
        Row {
            title: own.unwrap_or_else(|| english_name(locale)),
            note: locale.name.split('.').next().unwrap_or_default().to_owned(),
            words: english_name(locale).to_lowercase(),
        }
    };
    locales().iter().map(row).collect()
}

fn english_name(locale: &Locale) -> String {
    joined(locale.english_language, locale.english_country)
}

/// Language and country by their own names, in the scripts that the wizard's fonts have.
fn own_name(locale: &Locale) -> Option<String> {
    let name = joined(locale.own_language, locale.own_country);
    let drawn = |c: char| Script::of(c).is_none_or(|s| DRAWN.contains(&s));
    name.chars().all(drawn).then_some(name)
}

fn joined(language: &str, country: &str) -> String {
    if country.is_empty() {
        language.to_owned()
    } else {
        format!("{language} ({country})")
    }
}

impl State {
    pub(crate) fn new() -> Self {
        Self {
            zones: List::new("zones", zone_rows()),
            formats: List::new("formats", format_rows()),
        }
    }

    pub(crate) fn update(&mut self, message: Message, draft: &mut Draft) -> Task<Message> {
        match message {
            Message::Zones(message) => {
                let (row, task) = self.zones.update(message, chosen_zone(draft));
                if let Some(zone) = row.and_then(|row| zones().get(row)) {
                    draft.edit(|preset| preset.locale.time_zone = zone.name.parse().ok());
                }
                task
            }
            Message::Formats(message) => {
                let (row, task) = self.formats.update(message, chosen_formats(draft));
                if let Some(locale) = row.and_then(|row| locales().get(row)) {
                    draft.edit(|preset| set_formats(preset, locale.name));
                }
                task
            }
        }
    }

    /// Shows what is chosen.
    pub(crate) fn enter(&mut self, draft: &Draft) -> Task<Message> {
        Task::batch([
            self.zones.reveal(chosen_zone(draft)),
            self.formats.reveal(chosen_formats(draft)),
        ])
    }

    pub(crate) fn view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let nothing = || ctx.t("nothing-found");
        let zones = self
            .zones
            .view(p, (ctx.t("zone-search"), nothing()), chosen_zone(ctx.draft));
        let formats = self.formats.view(
            p,
            (ctx.t("formats-search"), nothing()),
            chosen_formats(ctx.draft),
        );
        let lists = row![
            column![label(p, ctx.t("zone")), zones.map(Message::Zones)]
                .spacing(space::S)
                .width(Fill),
            column![label(p, ctx.t("formats")), formats.map(Message::Formats)]
                .spacing(space::S)
                .width(Fill),
        ]
        .spacing(space::L)
        .height(Fill);
        sheet(ctx, Page::Location, lists)
    }
}

/// Formats are written down only where they differ from the language's.
fn set_formats(preset: &mut crate::preset::Preset, locale: &str) {
    let same = preset.locale.language.as_ref().map(|l| l.as_str()) == Some(locale);
    preset.locale.formats = (!same).then(|| locale.parse().ok()).flatten();
}

fn chosen_zone(draft: &Draft) -> Option<usize> {
    let zone = draft.preset().locale.time_zone.as_ref()?;
    zones().iter().position(|known| known.name == zone.as_str())
}

fn chosen_formats(draft: &Draft) -> Option<usize> {
    let locale = &draft.preset().locale;
    let formats = locale.formats.as_ref().or(locale.language.as_ref())?;
    locales()
        .iter()
        .position(|known| known.name == formats.as_str())
}
