//! Welcome: the language, how the wizard looks, whether this computer has what is needed, and answers
//! that are there already.

mod languages;
mod preset;
mod requirements;

pub(crate) use preset::{Action, Message as PresetMessage};
pub(crate) use requirements::missing;

use super::Context;
use crate::i18n::Language;
use crate::location::Language as OfSystem;
use crate::preflight::Conditions;
use crate::preset::Preset;
use crate::wizard::Element;
use crate::wizard::theme::{Appearance, Palette, space};
use crate::wizard::widget::{Scope, appearance, label, tile, toggle};
use iced::Fill;
use iced::widget::{Row, column, row};

/// How much larger everything can be drawn.
pub(crate) const SCALES: [f32; 3] = [1.0, 1.25, 1.5];

#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// The wizard's, and the new system's unless that is one which the wizard does not speak.
    Language(Language),
    /// The new system's, and the wizard's if it speaks it.
    System(&'static OfSystem),
    /// A language is searched for.
    Search(String),
    Appearance(Appearance),
    Scale(f32),
    Preset(PresetMessage),
}

#[derive(Debug, Default)]
pub(crate) struct State {
    /// What is searched for, and what that finds.
    query: String,
    found: Vec<&'static OfSystem>,
    preset: preset::State,
}

/// What this page changes in the preset: the language of the new system, unless that is one which
/// the wizard itself does not speak. Where it is this language already, its country stays.
pub(crate) fn apply(language: Language, preset: &mut Preset) {
    if let Some(now) = &preset.locale.language
        && Language::of(now.as_str()).is_none_or(|now| now == language)
    {
        return;
    }
    languages::put(locale_of(language), preset);
}

/// Where most people live who read what the wizard speaks.
const fn locale_of(language: Language) -> &'static str {
    match language {
        Language::English => "en_US.UTF-8",
        Language::German => "de_DE.UTF-8",
        Language::Japanese => "ja_JP.UTF-8",
        Language::Arabic => "ar_EG.UTF-8",
    }
}

/// Puts a language of the new system into the preset, with its keyboard.
pub(crate) fn take(language: &'static OfSystem, preset: &mut Preset) {
    languages::take(language, preset);
}

impl State {
    pub(crate) fn search(&mut self, query: String) {
        self.found = languages::find(&query);
        self.query = query;
    }

    /// Takes what is about a preset; gives what is left to do.
    pub(crate) fn preset(&mut self, message: PresetMessage) -> Action {
        self.preset.update(message)
    }

    pub(crate) fn view<'a>(
        &'a self,
        ctx: Context<'a>,
        conditions: Option<&Conditions>,
        scale: f32,
    ) -> Element<'a, Message> {
        let p = ctx.palette();
        // The head of this page is the banner above it.
        column![
            languages::view(ctx, &self.query, &self.found),
            looks(ctx, p, scale),
            requirements::computer(ctx, p, conditions),
            self.preset.view(ctx).map(Message::Preset),
        ]
        .spacing(space::L)
        .width(Fill)
        .into()
    }
}

fn looks<'a>(ctx: Context<'a>, p: &'static Palette, scale: f32) -> Element<'a, Message> {
    let appearances = Row::with_children(Appearance::ALL.map(|which| {
        let words = ctx.t(&format!("appearance-{}", which.name()));
        let chosen = which == ctx.appearance;
        let message = Message::Appearance(which);
        tile(p, chosen, appearance(which), words, message)
            .id(format!("appearance-{}", which.name()))
            .into()
    }))
    .spacing(space::S);
    let scales = Row::with_children(SCALES.map(|each| {
        let chosen = (each - scale).abs() < 0.01;
        let words = format!("{:.0} %", each * 100.0);
        toggle(p, chosen, words, Message::Scale(each))
            .id(format!("scale-{:.0}", each * 100.0))
            .into()
    }))
    .spacing(space::S);
    let line = row![
        column![label(p, ctx.t("appearance")), Scope::group(appearances)].spacing(space::XS),
        column![label(p, ctx.t("text-size")), Scope::group(scales)].spacing(space::S),
    ]
    .spacing(space::XL);
    line.wrap().vertical_spacing(space::M).into()
}
