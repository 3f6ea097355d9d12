//! The time at a place, and dates, numbers and money, as the chosen formats write them.

use super::{Context, Message, chosen_formats, chosen_zone, town};
use crate::i18n::direction::date_and_time;
use crate::location::formats as formats_of;
use crate::location::{Formats, LocalTime, Zone, zones};
use crate::wizard::Element;
use crate::wizard::fonts::can_draw;
use crate::wizard::theme::space;
use crate::wizard::widget::{card, small, strong};
use iced::widget::{Column, column};

/// What the samples count, in hundredths.
const SAMPLE: u64 = 123_456_789;

/// The town and its time now, as the chosen formats write it.
pub(super) fn now_in(ctx: Context<'_>, zone: &Zone) -> String {
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
pub(super) fn sample_of<'a>(ctx: Context<'a>, formats: &Formats) -> Element<'a, Message> {
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
