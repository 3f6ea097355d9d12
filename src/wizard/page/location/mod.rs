//! Location: the time zone, by a map and a list, and how dates, numbers and money are written.

mod rows;
mod sample;

pub(crate) use rows::locale_name;

use super::{Context, Page, keyboard, sheet};
use crate::i18n::Language;
use crate::location::formats as formats_of;
use crate::location::map::{CLOSEST, Part};
use crate::location::{Locale, Zone, likely_zones, locale, zones};
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::theme::{Palette, radius, size as type_size, space};
use crate::wizard::widget::{Kind, List, ListMessage, MapEvent, button, label, map, small};
use iced::alignment::Vertical;
use iced::widget::{Column, column, container, responsive, row, stack};
use iced::{Center, Fill, FillPortion, Size, Task};
use rows::{beginning_in, by_title, format_row, zone_row};
use sample::{now_in, sample_of};

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
    /// The country whose zones come first.
    country: &'static str,
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

/// How much of the page's height the map has.
const MAP: f32 = 0.5;

/// A page narrower than this has no room for three columns below the map.
const ROOM_FOR_THREE: f32 = 640.0;

/// Columns lower than this have no room for the samples: beside the lists, and below that of formats.
const ROOM_FOR_SAMPLES: f32 = 172.0;
const ROOM_FOR_SAMPLES_BELOW: f32 = 260.0;

/// How wide what stands on the map is while nothing else may have been meant.
const TOLD: f32 = 360.0;

/// How wide the ways to a larger and a smaller part of the map are, in logical pixels.
const CLOSER: f32 = 120.0;

impl State {
    pub(crate) fn new(language: Language) -> Self {
        Self::beginning_in("", language)
    }

    fn beginning_in(country: &'static str, language: Language) -> Self {
        let order = beginning_in(country, language);
        let towns = order.iter().map(|zone| zone_row(zone, language)).collect();
        let locales = by_title(language);
        let formats = locales.iter().map(|l| format_row(l, language)).collect();
        Self {
            language,
            country,
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
        self.suggest(draft);
        let country = chosen_zone(draft).map_or("", |zone| zone.country);
        if (self.language, self.country) != (language, country) {
            *self = Self {
                suggests: self.suggests,
                suggested: self.suggested,
                part: self.part,
                ..Self::beginning_in(country, language)
            };
        }
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

    /// The map over the lists of places and formats; where there is room, the samples beside them.
    fn sides<'a>(&'a self, ctx: Context<'a>, size: Size) -> Element<'a, Message> {
        let has_map = size.height >= ROOM_FOR_MAP;
        let high = if has_map {
            (size.height * MAP).floor()
        } else {
            0.0
        };
        let map = has_map.then(|| self.map(ctx, Size::new(size.width, high)));
        let room = size.height - high - if has_map { space::L } else { 0.0 };
        let are_three = size.width >= ROOM_FOR_THREE && room >= ROOM_FOR_SAMPLES;
        let samples = || {
            let formats = chosen_formats(ctx.draft).and_then(|locale| formats_of(locale.name));
            formats.map(|formats| sample_of(ctx, formats))
        };
        let beside = are_three.then(samples).flatten();
        let below = (!are_three && room >= ROOM_FOR_SAMPLES_BELOW).then(samples);
        let part = size.width * if are_three { 0.3 } else { 0.5 } - space::L;
        let columns =
            row![
                container(self.place(ctx, (!has_map).then_some(part))).width(FillPortion(3)),
                container(self.writing(ctx).push(below.flatten()))
                    .width(FillPortion(if are_three { 4 } else { 3 })),
            ]
            .push(beside.map(|samples| container(samples).width(FillPortion(3))));
        let columns = columns.spacing(space::L).height(Fill);
        Column::new()
            .push(map)
            .push(columns)
            .spacing(space::L)
            .into()
    }

    /// The map; on it, what time it is at the place, what else a click may have meant, and the ways closer.
    fn map<'a>(&'a self, ctx: Context<'a>, size: Size) -> Element<'a, Message> {
        let p = ctx.palette();
        let zone = chosen_zone(ctx.draft);
        let drawn = map(p, zone, self.part, |event| match event {
            MapEvent::Clicked(zones) => Message::Clicked(zones),
            MapEvent::Moved(part) => Message::Looked(part),
        });
        let room = size.width - CLOSER - 2.0 * space::S - 2.0 * space::M;
        let told = column![now(ctx, zone), self.others(ctx, zone, room)];
        // What may have been meant stands in a line; other words leave the land free.
        let widest = if self.near.is_empty() { TOLD } else { room };
        let told = container(told)
            .max_width(widest)
            .padding([space::XS, space::M]);
        let told = told.style(move |_| container::Style {
            background: Some(p.surface.into()),
            border: iced::border::rounded(radius::M),
            ..container::Style::default()
        });
        let above = row![container(told).width(Fill), self.closer(p, zone)];
        let above = above.spacing(space::S).align_y(Vertical::Bottom);
        let above = container(above).padding(space::S).align_bottom(Fill);
        let whole = stack![drawn, above].width(Fill).height(size.height);
        whole.into()
    }

    /// The list of towns; where there is no map, so wide and with what stands on it elsewhere.
    fn place<'a>(&'a self, ctx: Context<'a>, mapless: Option<f32>) -> Element<'a, Message> {
        let p = ctx.palette();
        let zone = chosen_zone(ctx.draft);
        let told = mapless.map(|width| column![now(ctx, zone), self.others(ctx, zone, width)]);
        let words = (ctx.t("zone-search"), ctx.t("zone-nothing"));
        let list = self.zones.view(p, words, self.row_of_zone(ctx.draft));
        column![label(p, ctx.t("zone"))]
            .push(told)
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
        let mut buttons = iced::widget::Row::new().spacing(space::M);
        let mut shown = 0;
        for near in others {
            let name = town(ctx, near);
            // A letter is at most this wide on average, whatever the script.
            room -= name.chars().count() as f32 * type_size::BODY * 0.7 + space::M;
            if room < 0.0 {
                break;
            }
            let way = button(p, Kind::Quiet, name, Some(Message::Take(near)));
            (buttons, shown) = (buttons.push(way), shown + 1);
        }
        match shown {
            0 if self.suggested => small(ctx.t("zone-suggested"), p.accent),
            0 => small(ctx.t("zone-click"), p.muted),
            _ => row![small(ctx.t("zone-or"), p.muted), buttons]
                .spacing(space::M)
                .align_y(Center)
                .into(),
        }
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

    /// The list of formats.
    fn writing<'a>(&'a self, ctx: Context<'a>) -> Column<'a, Message> {
        let p = ctx.palette();
        let index = self.row_of_formats(ctx.draft);
        let words = (ctx.t("formats-search"), ctx.t("nothing-found"));
        let list = self.formats.view(p, words, index).map(Message::Formats);
        column![label(p, ctx.t("formats")), list].spacing(space::S)
    }
}

/// What time it is at the place.
fn now<'a>(ctx: Context<'a>, zone: Option<&Zone>) -> Element<'a, Message> {
    let now = zone.map_or_else(|| ctx.t("zone-open"), |zone| now_in(ctx, zone));
    small(now, ctx.palette().text)
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
