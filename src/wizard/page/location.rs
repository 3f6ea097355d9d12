//! Location: the time zone, by a map and a list, and how dates, numbers and money are written.

use super::{Context, Page, sheet};
use crate::location::formats as formats_of;
use crate::location::{Formats, LocalTime, Locale, Zone, country, locales, zones};
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::fonts::can_draw;
use crate::wizard::theme::space;
use crate::wizard::widget::{
    Kind, List, ListMessage, Row, button, card, label, map, small, strong,
};
use iced::widget::{Column, column, container, responsive, row};
use iced::{Center, Fill, FillPortion, Size, Task};

#[derive(Clone, Debug)]
pub(crate) enum Message {
    Zones(ListMessage),
    /// The zones that a click on the map may mean.
    Clicked(Vec<&'static Zone>),
    /// One of them.
    Take(&'static Zone),
    Formats(ListMessage),
}

#[derive(Debug)]
pub(crate) struct State {
    zones: List,
    formats: List,
    /// What the last click on the map may have meant.
    near: Vec<&'static Zone>,
}

/// A page lower than this has no room for the map, in logical pixels.
const ROOM_FOR_MAP: f32 = 290.0;

/// A page lower than this has no room for the samples.
const ROOM_FOR_SAMPLES: f32 = 260.0;

/// What the samples count, in hundredths.
const SAMPLE: u64 = 123_456_789;

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
    can_draw(&name).then_some(name)
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
            near: Vec::new(),
        }
    }

    pub(crate) fn update(&mut self, message: Message, draft: &mut Draft) -> Task<Message> {
        match message {
            Message::Zones(message) => {
                let (row, task) = self.zones.update(message, chosen_zone(draft));
                if let Some(zone) = row.and_then(|row| zones().get(row)) {
                    self.near.clear();
                    take(zone, draft);
                }
                task
            }
            Message::Clicked(near) => {
                if let Some(zone) = near.first() {
                    take(zone, draft);
                }
                self.near = near;
                self.zones.widen();
                self.zones.reveal(chosen_zone(draft))
            }
            Message::Take(zone) => {
                take(zone, draft);
                self.zones.reveal(chosen_zone(draft))
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
        let sides = responsive(move |size| self.sides(ctx, size));
        sheet(ctx, Page::Location, sides)
    }

    fn sides<'a>(&'a self, ctx: Context<'a>, size: Size) -> Element<'a, Message> {
        row![
            container(self.place(ctx, size)).width(FillPortion(3)),
            container(self.writing(ctx, size)).width(FillPortion(2)),
        ]
        .spacing(space::L)
        .height(Fill)
        .into()
    }

    /// The map, what time it is there, and the list.
    fn place<'a>(&'a self, ctx: Context<'a>, size: Size) -> Element<'a, Message> {
        let p = ctx.palette();
        let index = chosen_zone(ctx.draft);
        let zone = index.and_then(|index| zones().get(index));
        let now = zone.map(|zone| small(now_in(ctx, zone), p.muted));
        let head = column![label(p, ctx.t("zone"))].push(now);
        let drawn = (size.height >= ROOM_FOR_MAP).then(|| map(p, zone, Message::Clicked));
        let others = self.near.iter().filter(|near| Some(**near) != zone);
        let others = others.map(|near| {
            let take = Some(Message::Take(near));
            button(p, Kind::Quiet, near.town(), take).into()
        });
        let others: Vec<Element<'a, Message>> = others.collect();
        let others = (!others.is_empty()).then(|| {
            let buttons = iced::widget::Row::with_children(others);
            row![small(ctx.t("zone-or"), p.muted), buttons]
                .align_y(Center)
                .wrap()
        });
        let words = (ctx.t("zone-search"), ctx.t("nothing-found"));
        let list = self.zones.view(p, words, index).map(Message::Zones);
        Column::new()
            .push(head)
            .push(drawn)
            .push(others)
            .push(list)
            .spacing(space::S)
            .into()
    }

    /// The list of formats, and a sample of the chosen ones.
    fn writing<'a>(&'a self, ctx: Context<'a>, size: Size) -> Element<'a, Message> {
        let p = ctx.palette();
        let index = chosen_formats(ctx.draft);
        let words = (ctx.t("formats-search"), ctx.t("nothing-found"));
        let list = self.formats.view(p, words, index).map(Message::Formats);
        let locale = index.and_then(|index| locales().get(index));
        let formats = locale.and_then(|locale| formats_of(locale.name));
        let sample = formats.filter(|_| size.height >= ROOM_FOR_SAMPLES);
        let sample = sample.map(|formats| sample_of(ctx, formats));
        column![label(p, ctx.t("formats")), list]
            .push(sample)
            .spacing(space::S)
            .into()
    }
}

fn take(zone: &Zone, draft: &mut Draft) {
    draft.edit(|preset| preset.locale.time_zone = zone.name.parse().ok());
}

/// The town and its time now, as the chosen formats write it.
fn now_in(ctx: Context<'_>, zone: &Zone) -> String {
    let time = zone.local_time(ctx.now);
    let locale = chosen_formats(ctx.draft).and_then(|index| locales().get(index));
    let formats = locale.and_then(|locale| formats_of(locale.name));
    let written =
        formats.map(|formats| format!("{}  {}", formats.date(&time), formats.time(&time)));
    let written = written.filter(|text| can_draw(text));
    let written = written.unwrap_or_else(|| plain_time(&time));
    let minutes = time.offset / 60;
    let sign = if minutes < 0 { '−' } else { '+' };
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    format!(
        "{}  ·  {written}  ·  UTC{sign}{hours}:{rest:02}",
        zone.town()
    )
}

/// A date and time that everyone can read (ISO 8601).
fn plain_time(time: &LocalTime) -> String {
    format!(
        "{}-{:02}-{:02}  {:02}:{:02}:{:02}",
        time.year, time.month, time.day, time.hour, time.minute, time.second
    )
}

/// Date, time, number and money as a locale writes them.
fn sample_of<'a>(ctx: Context<'a>, formats: &Formats) -> Element<'a, Message> {
    let p = ctx.palette();
    let time = chosen_zone(ctx.draft)
        .and_then(|index| zones().get(index))
        .or_else(|| zones().first())
        .map(|zone| zone.local_time(ctx.now));
    let date = time.map(|time| format!("{}  {}", formats.date(&time), formats.time(&time)));
    let lines = [
        ("sample-date", date.unwrap_or_default()),
        ("sample-number", formats.number(SAMPLE)),
        ("sample-money", formats.money(SAMPLE)),
    ];
    let lines = lines.map(|(key, sample)| {
        // What the fonts lack would be boxes.
        let sample = if can_draw(&sample) {
            sample
        } else {
            ctx.t("sample-other-script")
        };
        column![small(ctx.t(key), p.muted), strong(p, sample)].into()
    });
    card(p, Column::with_children(lines).spacing(space::XS))
        .padding(space::M)
        .into()
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
