//! Everything that was chosen, a line each; then what is otherwise than usual, where it is. Each part
//! of the preset is taken apart whole, so that a new field is not forgotten here: it would not compile.

mod disk;
mod network;
mod people;
mod place;
mod system;

use super::Message;
use crate::preset::{Choices, Preset};
use crate::wizard::Element;
use crate::wizard::page::Context;
use crate::wizard::theme::space;
use crate::wizard::widget::{body, small};
use iced::widget::{Column, container, row};
use iced::{Center, Fill};

/// How wide the names of the lines are, in logical pixels.
const NAMES: f32 = 200.0;

/// The key of a line's name, and what the line says.
pub(crate) type Line = (&'static str, String);

/// A line, if there is something to say.
type Maybe = (&'static str, Option<String>);

/// Each choice with its name.
pub(super) fn view<'a>(ctx: Context<'a>) -> Element<'a, Message> {
    let p = ctx.palette();
    let mut before = "";
    let lines = lines(ctx).into_iter().map(|(key, value)| {
        // What has the name of the line above is more of the same.
        let is_more = std::mem::replace(&mut before, key) == key;
        let name = (!is_more).then(|| small(ctx.t(key), p.muted));
        let name = container(Column::new().push(name)).width(NAMES);
        let line = row![name, container(body(p, value)).width(Fill)];
        line.spacing(space::M).align_y(Center).into()
    });
    Column::with_children(lines).spacing(space::XS).into()
}

/// What is chosen, and what is decided where nothing is.
pub(crate) fn lines(ctx: Context<'_>) -> Vec<Line> {
    let Preset {
        version: _,
        locale,
        keyboard,
        network,
        disk,
        users,
        root,
        desktop,
        software,
        system,
        configuration,
        install,
    } = ctx.draft.preset();
    let machine = ctx.draft.machine();
    let nixpkgs = machine.medium.nixpkgs.known();
    let release = nixpkgs.and_then(|found| found.release.parse().ok());
    // What is decided for who says nothing depends on the medium, as far as that is known.
    let decided = release.as_ref();
    let decided = decided.and_then(|release| Choices::new(ctx.draft.preset(), release));
    let decided = decided.map(|(choices, _)| choices);
    let mut lines = Vec::new();
    lines.push(system::release(ctx, release.as_ref(), system));
    lines.extend(place::locale(ctx, locale, decided.as_ref()));
    lines.extend(place::keyboard(ctx, keyboard, decided.as_ref()));
    lines.extend(people::users(ctx, users, root.as_ref()));
    lines.extend(people::desktop(ctx, desktop, users));
    lines.extend(network::lines(ctx, network, decided.as_ref()));
    lines.extend(disk::lines(ctx, disk));
    lines.extend(people::software(ctx, software, desktop));
    lines.extend(system::lines(ctx, system));
    lines.extend(system::configuration(ctx, configuration));
    lines.extend(system::install(ctx, install));
    let memory = machine.memory.known();
    let memory = memory.map_or_else(|| ctx.t("unknown"), |memory| ctx.texts.size(*memory));
    lines.push(("summary-memory", memory));
    lines
}

/// The lines that have something to say.
fn told<const N: usize>(lines: [Maybe; N]) -> impl Iterator<Item = Line> {
    let told = |(key, value): Maybe| Some((key, value?));
    lines.into_iter().filter_map(told)
}

/// What was chosen, or else what is decided.
fn or_decided(ctx: Context<'_>, value: Option<String>) -> String {
    value.unwrap_or_else(|| ctx.t("by-default"))
}

/// A switch, where it was set.
fn switched(ctx: Context<'_>, value: Option<bool>) -> Option<String> {
    value.map(|on| ctx.t(if on { "yes" } else { "no" }))
}

/// Names with commas between them, if there are any.
fn all<T: ToString>(values: &[T]) -> Option<String> {
    let words: Vec<String> = values.iter().map(T::to_string).collect();
    (!words.is_empty()).then(|| words.join(", "))
}
