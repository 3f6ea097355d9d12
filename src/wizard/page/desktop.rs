//! Desktop: what people see after they log in.

use super::{Context, Page, sheet};
use crate::preset::{Environment, Preset, Weight};
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::theme::space;
use crate::wizard::widget::{
    Scope, choice, head, note_height, small, strong, strong_height, vectors,
};
use iced::widget::{Column, Row, column, container, row};
use iced::{Fill, Size};

#[derive(Clone, Copy, Debug)]
pub(crate) enum Message {
    Choose(Environment),
}

/// How large the pictures are.
const PICTURE: Size = Size::new(136.0, 85.0);

/// How large they are in a card that has little room for words beside them, and which one that is: less of
/// a picture for fewer lines.
const SMALL_PICTURE: Size = Size::new(104.0, 65.0);
const NARROW_CARD: f32 = 400.0;

/// A card narrower than this has no room for picture and words, in logical pixels.
const ROOM_FOR_CARD: f32 = 320.0;

/// What stands beside picture and words in a card: its padding, the mark, and the spaces between.
const AROUND_WORDS: f32 = 2.0 * space::L + 20.0 + 2.0 * space::M;

/// The one that most people are well served by.
const SUGGESTED: Environment = Environment::Gnome;

/// The part of the preset that a desktop has to find its room in.
const DISK: &str = "disk";

/// What is suggested where there is no room for that, the larger one first.
const SMALLER: [Environment; 2] = [Environment::Xfce, Environment::None];

/// Takes the suggestion while nothing is chosen, or a smaller one where it does not fit.
pub(crate) fn suggest(draft: &mut Draft) {
    if draft.preset().desktop.environment.is_some() {
        return;
    }
    let before = draft.errors_of(DISK);
    for environment in [SUGGESTED].into_iter().chain(SMALLER) {
        draft.edit(|preset| preset.desktop.environment = Some(environment));
        if draft.errors_of(DISK) <= before {
            return;
        }
    }
}

/// Whether the suggestion is counted with before its page is there: how much room NixOS needs hangs on it, and
/// the Disk page asks about that first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Expectation {
    /// It is not counted with yet; each visit of the Disk page tries.
    #[default]
    Open,
    /// It is counted with.
    Counted,
    /// Its page was seen, or it was in the way of what somebody chose, and was taken back.
    Over,
}

impl Expectation {
    /// Counts with it, unless any disk that can be chosen could not be then, or none can be chosen at all.
    pub(crate) fn expect(&mut self, draft: &mut Draft) {
        if *self != Self::Open || draft.preset().desktop.environment.is_some() {
            return;
        }
        let takeable = |draft: &Draft| {
            let obstacles = draft.obstacles().iter();
            obstacles.filter(|obstacle| obstacle.is_none()).count()
        };
        let before = takeable(draft);
        draft.edit(|preset| preset.desktop.environment = Some(SUGGESTED));
        if before > 0 && takeable(draft) == before {
            *self = Self::Counted;
        } else {
            draft.edit(|preset| preset.desktop.environment = None);
        }
    }

    /// Takes it back where it is in the way of what was chosen for the disk; whether it was.
    pub(crate) fn gives_way(&mut self, draft: &mut Draft) -> bool {
        let errors = draft.errors_of(DISK);
        if *self != Self::Counted || errors == 0 {
            return false;
        }
        let is_in_the_way =
            draft.errors_if(DISK, |preset| preset.desktop.environment = None) < errors;
        if is_in_the_way {
            draft.edit(|preset| preset.desktop.environment = None);
            *self = Self::Over;
        }
        is_in_the_way
    }

    /// The page is there, and asks.
    pub(crate) const fn end(&mut self) {
        *self = Self::Over;
    }
}

/// The id of what has the focus at first.
pub(crate) fn first(draft: &Draft) -> String {
    let chosen = draft.preset().desktop.environment;
    format!("desktop-{}", id_of(chosen.unwrap_or(SUGGESTED)))
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
const fn drawing(environment: Environment) -> &'static [u8] {
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

/// Windows beside each other, for the keyboard: a group of its own.
const TILING: [Environment; 4] = [
    Environment::Hyprland,
    Environment::Sway,
    Environment::Niri,
    Environment::I3,
];

/// What stands together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Usual,
    Tiling,
    Without,
}

impl Group {
    fn of(environment: Environment) -> Self {
        match environment {
            Environment::None => Self::Without,
            it if TILING.contains(&it) => Self::Tiling,
            _ => Self::Usual,
        }
    }
}

pub(crate) fn view(ctx: Context<'_>) -> Element<'_, Message> {
    let p = ctx.palette();
    let grid = Grid::of(ctx);
    let group = |group: Group| {
        let environments = Environment::ALL.into_iter();
        let environments = environments.filter(|it| Group::of(*it) == group);
        cards(ctx, grid, &environments.collect::<Vec<_>>())
    };
    let groups = column![
        group(Group::Usual),
        head(p, ctx.t("desktop-tiling")),
        group(Group::Tiling),
        head(p, ctx.t("desktop-without")),
        group(Group::Without),
    ]
    .spacing(space::M);
    let content = column![Scope::group(groups)].spacing(space::L);
    let content = content.push(ctx.problems("desktop", &[]));
    sheet(ctx, Page::Desktop, content)
}

/// How the cards stand: two in a row where there is room.
#[derive(Clone, Copy)]
struct Grid {
    beside: usize,
    wide: f32,
    picture: Size,
}

impl Grid {
    fn of(ctx: Context<'_>) -> Self {
        let half = ((ctx.width - space::M) / 2.0).floor();
        let (wide, beside) = match half < ROOM_FOR_CARD {
            true => (ctx.width, 1),
            false => (half, 2),
        };
        let picture = match wide < NARROW_CARD {
            true => SMALL_PICTURE,
            false => PICTURE,
        };
        Self {
            beside,
            wide,
            picture,
        }
    }

    /// How high the highest of some cards is inside. To measure what is written on all cards takes most of
    /// a view: each is measured once.
    fn high(self, ctx: Context<'_>, environments: &[Environment]) -> f32 {
        let room = self.wide - self.picture.width - AROUND_WORDS;
        let all = environments.iter().map(|it| words_height(ctx, *it, room));
        all.fold(self.picture.height, f32::max)
    }
}

/// The cards of a group, all as high as its highest.
fn cards<'a>(ctx: Context<'a>, grid: Grid, environments: &[Environment]) -> Element<'a, Message> {
    let high = grid.high(ctx, environments);
    let rows = environments.chunks(grid.beside).map(|few| {
        let cards = few.iter().map(|it| {
            let card = card_of(ctx, *it, grid.picture, high);
            container(card).width(grid.wide).into()
        });
        Row::with_children(cards).spacing(space::M).into()
    });
    Column::with_children(rows).spacing(space::M).into()
}

/// How high the words of a card are in this much room.
fn words_height(ctx: Context<'_>, environment: Environment, room: f32) -> f32 {
    let about = ctx.t(&format!("desktop-{}", id_of(environment)));
    let name = strong_height(&name_of(ctx, environment), room);
    let notes = [Some(about), weight(ctx, environment)];
    let notes = notes.iter().flatten().map(|note| note_height(note, room));
    (name + notes.sum::<f32>()).ceil() + 2.0 * space::XS
}

fn card_of<'a>(
    ctx: Context<'a>,
    environment: Environment,
    picture: Size,
    high: f32,
) -> Element<'a, Message> {
    let p = ctx.palette();
    let id = id_of(environment);
    let name = name_of(ctx, environment);
    let drawn = vectors(drawing(environment));
    let drawn = drawn.width(picture.width).height(picture.height);
    let words = column![
        strong(p, name),
        small(ctx.t(&format!("desktop-{id}")), p.muted),
    ]
    .push(weight(ctx, environment).map(|words| small(words, p.muted)))
    .spacing(space::XS)
    .width(Fill);
    let content = row![drawn, words].spacing(space::M);
    let content = container(content).height(high);
    let chosen = ctx.draft.preset().desktop.environment == Some(environment);
    choice(p, chosen, content, Some(Message::Choose(environment)))
        .id(format!("desktop-{id}"))
        .into()
}

/// What it takes of disk and memory, beside the others.
fn weight(ctx: Context<'_>, environment: Environment) -> Option<String> {
    let key = match environment.facts()?.weight {
        Weight::Console => "desktop-weight-console",
        Weight::Light => "desktop-weight-light",
        Weight::Medium => "desktop-weight-medium",
        Weight::Heavy => "desktop-weight-heavy",
    };
    Some(ctx.t(key))
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
