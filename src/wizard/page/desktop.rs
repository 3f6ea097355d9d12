//! Desktop: what people see after they log in.

use super::{Context, Page, sheet};
use crate::preset::{Environment, Preset};
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::theme::space;
use crate::wizard::widget::{Scope, choice, small, strong, vectors};
use iced::widget::{Row, column, container, row};
use iced::{Center, Fill};

#[derive(Clone, Copy, Debug)]
pub(crate) enum Message {
    Choose(Environment),
}

/// The one that most people are well served by.
const SUGGESTED: Environment = Environment::Gnome;

/// Takes the suggestion while nothing is chosen.
pub(crate) fn enter(draft: &mut Draft) {
    draft.edit(|preset| {
        preset.desktop.environment.get_or_insert(SUGGESTED);
    });
}

/// What a preset does not ask for is not suggested either.
pub(crate) fn suggest_nothing(preset: &mut Preset) {
    preset.desktop.environment.get_or_insert(Environment::None);
}

pub(crate) fn update(message: Message, draft: &mut Draft) {
    let Message::Choose(environment) = message;
    draft.edit(|preset| preset.desktop.environment = Some(environment));
}

/// A picture of it, drawn for this program.
const fn picture(environment: Environment) -> &'static [u8] {
    match environment {
        Environment::Gnome => include_bytes!("../../../assets/desktops/gnome.svg"),
        Environment::Plasma6 => include_bytes!("../../../assets/desktops/plasma6.svg"),
        Environment::Cosmic => include_bytes!("../../../assets/desktops/cosmic.svg"),
        Environment::Xfce => include_bytes!("../../../assets/desktops/xfce.svg"),
        Environment::Cinnamon => include_bytes!("../../../assets/desktops/cinnamon.svg"),
        Environment::Mate => include_bytes!("../../../assets/desktops/mate.svg"),
        Environment::Lxqt => include_bytes!("../../../assets/desktops/lxqt.svg"),
        Environment::Budgie => include_bytes!("../../../assets/desktops/budgie.svg"),
        Environment::Pantheon => include_bytes!("../../../assets/desktops/pantheon.svg"),
        Environment::Enlightenment => include_bytes!("../../../assets/desktops/enlightenment.svg"),
        Environment::Hyprland => include_bytes!("../../../assets/desktops/hyprland.svg"),
        Environment::Sway => include_bytes!("../../../assets/desktops/sway.svg"),
        Environment::Niri => include_bytes!("../../../assets/desktops/niri.svg"),
        Environment::I3 => include_bytes!("../../../assets/desktops/i3.svg"),
        Environment::None => include_bytes!("../../../assets/desktops/none.svg"),
    }
}

/// What people call it.
pub(crate) fn name_of(ctx: Context<'_>, environment: Environment) -> String {
    match environment {
        Environment::None => ctx.t("desktop-no-desktop"),
        _ => environment.to_string(),
    }
}

/// The name in presets, which keys of texts have too.
fn id_of(environment: Environment) -> String {
    let id = serde_json::to_value(environment).unwrap_or_default();
    id.as_str().unwrap_or_default().to_owned()
}

pub(crate) fn view(ctx: Context<'_>) -> Element<'_, Message> {
    let half = ((ctx.width - space::M) / 2.0).floor();
    let wide = if half < 320.0 { ctx.width } else { half };
    let cards =
        Environment::ALL.map(|environment| container(card_of(ctx, environment)).width(wide).into());
    let cards = Row::with_children(cards)
        .spacing(space::M)
        .wrap()
        .vertical_spacing(space::M);
    let content = column![Scope::group(cards)].spacing(space::L);
    let content = content.push(ctx.problems("desktop", &[]));
    sheet(ctx, Page::Desktop, content)
}

fn card_of<'a>(ctx: Context<'a>, environment: Environment) -> Element<'a, Message> {
    let p = ctx.palette();
    let id = id_of(environment);
    let name = name_of(ctx, environment);
    let drawn = vectors(picture(environment)).width(104).height(65);
    let words = column![
        strong(p, name),
        small(ctx.t(&format!("desktop-{id}")), p.muted),
    ]
    .width(Fill);
    let content = row![drawn, words].spacing(space::M).align_y(Center);
    let chosen = ctx.draft.preset().desktop.environment == Some(environment);
    choice(p, chosen, content, Some(Message::Choose(environment)))
        .id(format!("desktop-{id}"))
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, Texts};

    #[test]
    fn the_english_sentences_are_those_of_the_table() {
        let texts = Texts::new(Language::English);
        for environment in Environment::ALL {
            let key = format!("desktop-{}", id_of(environment));
            assert_eq!(texts.get(&key), environment.facts().unwrap().about);
        }
    }
}
