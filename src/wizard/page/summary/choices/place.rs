//! Language, place and keyboard.

use super::{Line, all, or_decided, told};
use crate::preset::{Choices, HardwareClock, InputMethod, Keyboard, Locale, LocaleName, XkbName};
use crate::wizard::page::{self, Context, keyboard as keyboard_page};
use crate::{keyboard, location};

pub(super) fn locale(
    ctx: Context<'_>,
    chosen: &Locale,
    decided: Option<&Choices>,
) -> impl Iterator<Item = Line> {
    let Locale {
        language,
        formats,
        extra,
        time_zone,
        hardware_clock,
    } = chosen;
    let spoken = language.as_ref().or(decided.map(|all| &all.language));
    let others = formats.as_ref().filter(|formats| spoken != Some(*formats));
    let names: Vec<String> = extra.iter().map(locale_name).collect();
    let zone = time_zone.as_ref().map(|zone| town(ctx, zone.as_str()));
    let clock = hardware_clock.map(|clock| {
        ctx.t(match clock {
            HardwareClock::Utc => "summary-clock-utc",
            HardwareClock::Local => "summary-clock-local",
        })
    });
    let lines = [
        (
            "summary-language",
            Some(or_decided(ctx, spoken.map(locale_name))),
        ),
        ("formats", others.map(locale_name)),
        ("summary-locales", all(&names)),
        (
            "summary-zone",
            Some(zone.unwrap_or_else(|| ctx.t("zone-none"))),
        ),
        ("summary-clock", clock),
    ];
    told(lines)
}

/// A locale as the pages call it, or as the preset does.
fn locale_name(name: &LocaleName) -> String {
    let known = location::locale(name.as_str()).map(page::location::locale_name);
    known.unwrap_or_else(|| name.to_string())
}

/// The town of a time zone.
fn town(ctx: Context<'_>, zone: &str) -> String {
    let known = location::zone(zone).map(|zone| zone.town_in(ctx.texts.language().tag()).text);
    known.unwrap_or_else(|| zone.to_owned())
}

pub(super) fn keyboard(
    ctx: Context<'_>,
    chosen: &Keyboard,
    decided: Option<&Choices>,
) -> impl Iterator<Item = Line> {
    let Keyboard {
        model,
        layout,
        variant,
        options,
        input_methods,
    } = chosen;
    let decided_keys = decided.map(|all| (&all.layout, all.variant.as_ref()));
    let asked = layout.as_ref().map(|layout| (layout, variant.as_ref()));
    let keys = asked.or(decided_keys);
    let layout = keys.map(|(layout, variant)| layout_name(ctx, layout, variant));
    let options: Vec<String> = options
        .iter()
        .map(|option| keyboard_page::option_name(ctx, option.as_str()))
        .collect();
    let methods = match (input_methods, decided) {
        (Some(asked), _) => asked.as_slice(),
        (None, Some(decided)) => decided.input_methods.as_slice(),
        (None, None) => &[],
    };
    let methods: Vec<&str> = methods.iter().map(|method| method_name(*method)).collect();
    let methods = match (input_methods, methods.as_slice()) {
        (Some(_), []) => Some(ctx.t("none")),
        (_, methods) => all(methods),
    };
    let lines = [
        ("summary-keyboard", Some(or_decided(ctx, layout))),
        (
            "summary-keyboard-model",
            model.as_ref().map(ToString::to_string),
        ),
        (
            "summary-options",
            (!options.is_empty()).then(|| options.join(" · ")),
        ),
        ("summary-input", methods),
    ];
    told(lines)
}

/// The keyboard as its page calls it.
fn layout_name(ctx: Context<'_>, layout: &XkbName, variant: Option<&XkbName>) -> String {
    let language = ctx.texts.language().tag();
    let known = keyboard::layout(layout.as_str()).and_then(|layout| match variant {
        Some(variant) => Some(layout.variant(variant.as_str())?.name_in(language).text),
        None => Some(layout.name_in(language).text),
    });
    known.unwrap_or_else(|| layout.to_string())
}

/// An input method by its own name.
const fn method_name(method: InputMethod) -> &'static str {
    match method {
        InputMethod::Pinyin => "Pinyin",
        InputMethod::Zhuyin => "Zhuyin",
        InputMethod::Japanese => "Mozc",
        InputMethod::Korean => "Hangul",
        InputMethod::Vietnamese => "Unikey",
    }
}
