//! Location: the time zone, by a map and a list, and how dates, numbers and money are written.

use super::{Context, Page, keyboard, sheet};
use crate::i18n::Language;
use crate::i18n::direction::date_and_time;
use crate::location::formats as formats_of;
use crate::location::map::{CLOSEST, Part};
use crate::location::{
    Formats, LocalTime, Locale, Name, Zone, cities_in, country, country_name, likely_zones, locale,
    locales, zones,
};
use crate::wizard::Element;
use crate::wizard::collation::sort_key;
use crate::wizard::draft::Draft;
use crate::wizard::fonts::can_draw;
use crate::wizard::theme::{Palette, size as type_size, space};
use crate::wizard::widget::{
    Kind, List, ListMessage, MapEvent, Row, button, card, label, map, small, strong,
};
use iced::widget::{Column, column, container, responsive, row};
use iced::{Center, Fill, FillPortion, Size, Task};

#[derive(Clone, Debug)]
pub(crate) enum Message {
    Zones(ListMessage),
    /// The zones that a click on the map may mean.
    Clicked(Vec<&'static Zone>),
    /// Another part of the map is looked at.
    Looked(Part),
    /// One of them.
    Take(&'static Zone),
    Formats(ListMessage),
}

#[derive(Debug)]
pub(crate) struct State {
    /// The language of the lists.
    language: Language,
    /// The zones as their list has them.
    order: Vec<&'static Zone>,
    zones: List,
    /// The locales as the list of formats has them.
    locales: Vec<&'static Locale>,
    formats: List,
    /// What the last click on the map may have meant.
    near: Vec<&'static Zone>,
    /// What the map shows.
    part: Part,
    /// Whether a zone is suggested while nobody has chosen one.
    suggests: bool,
    /// Whether the zone is the suggested one.
    suggested: bool,
}

/// A page lower than this has no room for the map, in logical pixels.
const ROOM_FOR_MAP: f32 = 290.0;

/// A page lower than this has no room for the samples.
const ROOM_FOR_SAMPLES: f32 = 260.0;

/// How wide the ways to a larger and a smaller part of the map are, in logical pixels.
const CLOSER: f32 = 120.0;

/// How much of the page's width the place has.
const PLACE: f32 = 0.6;

/// What the samples count, in hundredths.
const SAMPLE: u64 = 123_456_789;

/// Every zone, by the name that its town has in a language.
fn by_town(language: Language) -> Vec<&'static Zone> {
    let mut order: Vec<&Zone> = zones().iter().collect();
    order.sort_by_cached_key(|zone| sort_key(language, &zone.town_in(language.tag())));
    order
}

/// Every locale, by what the list calls it.
fn by_title(language: Language) -> Vec<&'static Locale> {
    let mut order: Vec<&Locale> = locales().iter().collect();
    order
        .sort_by_cached_key(|locale| sort_key(language, &Name::from(locale_name(locale).as_str())));
    order
}

/// Found by the names of town and country in the language and in English, and by other large cities.
fn zone_row(zone: &Zone, language: Language) -> Row {
    let town = zone.town_in(language.tag());
    let country = country(zone.country);
    let english = country.map_or("", |country| country.name);
    Row {
        title: town.text,
        note: country
            .map_or("", |country| country.name_in(language.tag()))
            .to_owned(),
        words: [
            &town.reading,
            zone.name,
            zone.comment,
            english,
            cities_in(zone.name),
        ]
        .join(" "),
    }
}

/// A locale as the lists of the wizard call it, such as `Deutsch (Österreich)`.
pub(crate) fn locale_name(locale: &Locale) -> String {
    own_name(locale).unwrap_or_else(|| english_name(locale))
}

fn format_row(locale: &Locale, language: Language) -> Row {
    let country = country_name(locale.country, language.tag()).unwrap_or_default();
    Row {
        title: locale_name(locale),
        note: locale.name.split('.').next().unwrap_or_default().to_owned(),
        words: [&english_name(locale), country].join(" "),
    }
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
    pub(crate) fn new(language: Language) -> Self {
        let order = by_town(language);
        let towns = order.iter().map(|zone| zone_row(zone, language)).collect();
        let locales = by_title(language);
        let formats = locales.iter().map(|l| format_row(l, language)).collect();
        Self {
            language,
            order,
            zones: List::new("zones", towns),
            locales,
            formats: List::new("formats", formats),
            near: Vec::new(),
            part: Part::WHOLE,
            suggests: true,
            suggested: false,
        }
    }

    /// What a preset does not ask for is not suggested either.
    pub(crate) fn suggest_nothing(&mut self) {
        self.suggests = false;
    }

    /// Takes the zone where most people live who read the language as it is spoken in its country, while
    /// nobody has chosen one.
    fn suggest(&mut self, draft: &mut Draft) {
        let preset = &draft.preset().locale;
        let is_open = self.suggested || preset.time_zone.is_none();
        if !self.suggests || !is_open {
            return;
        }
        let language = preset.language.as_ref();
        let spoken = language.and_then(|language| locale(language.as_str()));
        let country = spoken.map_or("", |locale| locale.country);
        if let Some(zone) = likely_zones(country).first() {
            take(zone, draft);
            self.suggested = true;
        }
    }

    pub(crate) fn update(&mut self, message: Message, draft: &mut Draft) -> Task<Message> {
        match message {
            Message::Zones(message) => {
                let (row, task) = self.zones.update(message, self.row_of_zone(draft));
                if let Some(zone) = row.and_then(|row| self.order.get(row)) {
                    self.near.clear();
                    self.suggested = false;
                    self.part.middle = zone.place;
                    take(zone, draft);
                }
                task
            }
            Message::Looked(part) => {
                self.part = part;
                Task::none()
            }
            Message::Clicked(near) => {
                if let Some(zone) = near.first() {
                    take(zone, draft);
                }
                (self.near, self.suggested) = (near, false);
                self.zones.widen();
                self.zones.reveal(self.row_of_zone(draft))
            }
            Message::Take(zone) => {
                take(zone, draft);
                self.suggested = false;
                self.zones.reveal(self.row_of_zone(draft))
            }
            Message::Formats(message) => {
                let (row, task) = self.formats.update(message, self.row_of_formats(draft));
                if let Some(locale) = row.and_then(|row| self.locales.get(row)) {
                    draft.edit(|preset| set_formats(preset, locale.name));
                }
                task
            }
        }
    }

    /// Shows what is chosen, in the language that was chosen.
    pub(crate) fn enter(&mut self, language: Language, draft: &mut Draft) -> Task<Message> {
        if self.language != language {
            *self = Self {
                suggests: self.suggests,
                suggested: self.suggested,
                ..Self::new(language)
            };
        }
        self.suggest(draft);
        Task::batch([
            self.zones.reveal(self.row_of_zone(draft)),
            self.formats.reveal(self.row_of_formats(draft)),
        ])
    }

    fn row_of_zone(&self, draft: &Draft) -> Option<usize> {
        let chosen = chosen_zone(draft)?;
        self.order.iter().position(|zone| *zone == chosen)
    }

    fn row_of_formats(&self, draft: &Draft) -> Option<usize> {
        let chosen = chosen_formats(draft)?;
        let mut all = self.locales.iter();
        all.position(|locale| locale.name == chosen.name)
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
        let zone = chosen_zone(ctx.draft);
        let now = zone.map_or_else(|| ctx.t("zone-open"), |zone| now_in(ctx, zone));
        let head = column![label(p, ctx.t("zone")), small(now, p.muted)];
        let has_map = size.height >= ROOM_FOR_MAP;
        let drawn = has_map.then(|| {
            map(p, zone, self.part, |event| match event {
                MapEvent::Clicked(zones) => Message::Clicked(zones),
                MapEvent::Moved(part) => Message::Looked(part),
            })
        });
        let closer = has_map.then(|| self.closer(p, zone));
        let room = size.width * PLACE - if has_map { CLOSER } else { 0.0 };
        let others = row![self.others(ctx, zone, room)].push(closer);
        let words = (ctx.t("zone-search"), ctx.t("zone-nothing"));
        let list = self.zones.view(p, words, self.row_of_zone(ctx.draft));
        Column::new()
            .push(head)
            .push(drawn)
            .push(others.spacing(space::S).align_y(Center))
            .push(list.map(Message::Zones))
            .spacing(space::S)
            .into()
    }

    /// What the last click may have meant, too, as far as there is room; in as much room before it, what
    /// to do.
    fn others<'a>(
        &self,
        ctx: Context<'a>,
        chosen: Option<&Zone>,
        width: f32,
    ) -> Element<'a, Message> {
        let p = ctx.palette();
        let mut room = width - 2.0 * type_size::BODY * 2.0;
        let others = self.near.iter().filter(|near| Some(**near) != chosen);
        let mut buttons = iced::widget::Row::new();
        let mut shown = 0;
        for near in others {
            let name = town(ctx, near);
            // A letter is at most this wide on average, whatever the script.
            room -= name.chars().count() as f32 * type_size::BODY * 0.7 + 2.0 * space::L;
            if room < 0.0 {
                break;
            }
            let way = button(p, Kind::Quiet, name, Some(Message::Take(near)));
            (buttons, shown) = (buttons.push(way), shown + 1);
        }
        let line: Element<'a, Message> = match shown {
            0 if self.suggested => small(ctx.t("zone-suggested"), p.accent),
            0 => small(ctx.t("zone-click"), p.muted),
            _ => row![small(ctx.t("zone-or"), p.muted), buttons]
                .align_y(Center)
                .into(),
        };
        container(line).width(Fill).into()
    }

    /// The ways to a part of the map that is larger or smaller.
    fn closer<'a>(&self, p: &'static Palette, zone: Option<&Zone>) -> Element<'a, Message> {
        let Part { zoom, middle } = self.part;
        // What is looked at closer first is where the person is.
        let place = zone.map(|zone| zone.place).filter(|_| zoom <= 1.0);
        let at = |zoom: f32| Part {
            zoom: zoom.clamp(1.0, CLOSEST),
            middle: place.unwrap_or(middle),
        };
        let farther = (zoom > 1.0).then(|| Message::Looked(at(zoom / 2.0)));
        let closer = (zoom < CLOSEST).then(|| Message::Looked(at(zoom * 2.0)));
        row![
            button(p, Kind::Plain, "\u{2212}", farther).id("map-farther"),
            button(p, Kind::Plain, "+", closer).id("map-closer"),
        ]
        .spacing(space::XS)
        .into()
    }

    /// The list of formats, and a sample of the chosen ones.
    fn writing<'a>(&'a self, ctx: Context<'a>, size: Size) -> Element<'a, Message> {
        let p = ctx.palette();
        let index = self.row_of_formats(ctx.draft);
        let words = (ctx.t("formats-search"), ctx.t("nothing-found"));
        let list = self.formats.view(p, words, index).map(Message::Formats);
        let locale = chosen_formats(ctx.draft);
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
    draft.edit(|preset| {
        keyboard::follow(preset, |preset| {
            preset.locale.time_zone = zone.name.parse().ok();
        });
    });
}

fn town(ctx: Context<'_>, zone: &Zone) -> String {
    zone.town_in(ctx.texts.language().tag()).text
}

/// The town and its time now, as the chosen formats write it.
fn now_in(ctx: Context<'_>, zone: &Zone) -> String {
    let time = zone.local_time(ctx.now);
    let locale = chosen_formats(ctx.draft);
    let formats = locale.and_then(|locale| formats_of(locale.name));
    let written = formats.map(|formats| written(formats, &time));
    let written = written.filter(|text| can_draw(text));
    let written = written.unwrap_or_else(|| plain_time(&time));
    let minutes = time.offset / 60;
    let sign = if minutes < 0 { '−' } else { '+' };
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    let from_utc = format!("UTC{sign}{hours}:{rest:02}");
    ctx.texts.list(&[town(ctx, zone), written, from_utc])
}

/// A date and a time as a locale writes them.
fn written(formats: &Formats, time: &LocalTime) -> String {
    date_and_time(&formats.date(time), &formats.time(time))
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
        .or_else(|| zones().first())
        .map(|zone| zone.local_time(ctx.now));
    let date = time.map(|time| written(formats, &time));
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

fn chosen_zone(draft: &Draft) -> Option<&'static Zone> {
    let zone = draft.preset().locale.time_zone.as_ref()?;
    zones().iter().find(|known| known.name == zone.as_str())
}

fn chosen_formats(draft: &Draft) -> Option<&'static Locale> {
    let own = &draft.preset().locale;
    locale(own.formats.as_ref().or(own.language.as_ref())?.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_are_in_the_order_of_their_names_in_the_language() {
        let towns = |language: Language| -> Vec<String> {
            let order = by_town(language).into_iter();
            let names = order.map(|zone| zone.town_in(language.tag()).text);
            names.collect()
        };
        let german = towns(Language::German);
        assert!(german.ends_with(&["Zagreb", "Zürich"].map(str::to_owned)));
        assert_eq!(german.len(), zones().len());
        // What has no name in the language comes last.
        let japanese = towns(Language::Japanese);
        assert_eq!(japanese.first().map(String::as_str), Some("アイウン"));
        assert_eq!(japanese.last().map(String::as_str), Some("Yakutat"));
        assert_eq!(towns(Language::Arabic).last(), japanese.last());
    }

    #[test]
    fn formats_are_in_the_order_of_what_the_list_calls_them() {
        let order = by_title(Language::English);
        assert_eq!(order.len(), locales().len());
        let place = |name: &str| order.iter().position(|locale| locale.name == name).unwrap();
        // Magyar, Polski, Suomi: not as their codes are, hu, pl, fi.
        let (hungarian, polish, finnish) = ("hu_HU.UTF-8", "pl_PL.UTF-8", "fi_FI.UTF-8");
        assert!(place(hungarian) < place(polish) && place(polish) < place(finnish));
    }
}
