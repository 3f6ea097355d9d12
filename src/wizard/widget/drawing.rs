//! Drawings in colours of their own, made for this program: mountains, disks, slides, appearances.

use super::text::breakable;
use super::vector::vectors;
use super::{Icon, icon};
use crate::wizard::Element;
use crate::wizard::fonts::STRONG;
use crate::wizard::theme::{Appearance, Palette, size as type_size, space};
use iced::gradient::Linear;
use iced::widget::text::{LineHeight, Wrapping};
use iced::widget::{Space, column, container, stack, text};
use iced::{Background, Color, Degrees, Fill, Point, Rectangle, Size, alignment::Vertical};

/// What a disk looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drive {
    Nvme,
    Ssd,
    Platters,
    Stick,
    Card,
    Virtual,
}

impl Drive {
    const fn file(self) -> &'static [u8] {
        match self {
            Self::Nvme => include_bytes!("../../../assets/drives/nvme.svg"),
            Self::Ssd => include_bytes!("../../../assets/drives/ssd.svg"),
            Self::Platters => include_bytes!("../../../assets/drives/hdd.svg"),
            Self::Stick => include_bytes!("../../../assets/drives/stick.svg"),
            Self::Card => include_bytes!("../../../assets/drives/card.svg"),
            Self::Virtual => include_bytes!("../../../assets/drives/virtual.svg"),
        }
    }
}

/// How wide and high a disk is drawn, in logical pixels.
const DRIVE: f32 = 56.0;

/// A disk; pale where it can't be taken.
pub(crate) fn drive<'a, M: 'a>(which: Drive, can_be_taken: bool) -> Element<'a, M> {
    vectors(which.file())
        .width(DRIVE)
        .height(DRIVE)
        .opacity(if can_be_taken { 1.0 } else { 0.45 })
        .into()
}

/// How wide and high a picture of an appearance is, in logical pixels.
const APPEARANCE: (f32, f32) = (112.0, 64.0);

/// The wizard in small, as it looks in an appearance.
pub(crate) fn appearance<'a, M: 'a>(which: Appearance) -> Element<'a, M> {
    let file: &[u8] = match which {
        Appearance::Light => include_bytes!("../../../assets/drawings/appearance-light.svg"),
        Appearance::Dark => include_bytes!("../../../assets/drawings/appearance-dark.svg"),
        Appearance::HighContrast => {
            include_bytes!("../../../assets/drawings/appearance-high-contrast.svg")
        }
    };
    vectors(file)
        .width(APPEARANCE.0)
        .height(APPEARANCE.1)
        .into()
}

/// The pictures that are shown during an installation, in the order of their texts.
pub(crate) const SLIDES: [&[u8]; 4] = [
    include_bytes!("../../../assets/drawings/slide-1.svg"),
    include_bytes!("../../../assets/drawings/slide-2.svg"),
    include_bytes!("../../../assets/drawings/slide-3.svg"),
    include_bytes!("../../../assets/drawings/slide-4.svg"),
];

/// A slide, as wide as there is room.
pub(crate) fn slide<'a, M: 'a>(index: usize) -> Element<'a, M> {
    let file = SLIDES
        .get(index % SLIDES.len())
        .copied()
        .unwrap_or_default();
    vectors(file).width(Fill).height(Fill).into()
}

/// The mountains below the list of pages, in a shade of what is behind them.
pub(crate) fn ridge<'a, M: 'a>(colour: Color) -> Element<'a, M> {
    let file = include_bytes!("../../../assets/drawings/rail.svg");
    vectors(file).colour(colour).into()
}

/// How wide and high the landscape behind the wizard is drawn.
const LANDSCAPE: Size = Size::new(1600.0, 900.0);

/// The mountains behind the wizard in a window larger than it, in shades of a colour.
pub(crate) fn landscape<'a, M: 'a>(colour: Color, size: Size) -> Element<'a, M> {
    let file = include_bytes!("../../../assets/drawings/backdrop.svg");
    let part = filling(LANDSCAPE, size, (0.5, 1.0));
    let drawn = vectors(file).colour(colour).part(part, false);
    drawn.height(size.height).into()
}

/// White on the night sky of the mountains, whatever the appearance is.
const ON_SKY: Color = Color::WHITE;

/// Less weight on the same sky.
const MUTED_ON_SKY: Color = Color::from_rgb8(0xf0, 0xf4, 0xff);

/// Between words and landscape, so that they can be read on snow, too.
const DUSK: Color = Color {
    a: 0.78,
    ..Color::from_rgb8(0x14, 0x20, 0x4a)
};

/// The widest that words on the sky become, in logical pixels, and to which part of the sky they
/// reach: most peaks stay free.
const WORDS_ON_SKY: f32 = 460.0;
const REACH: f32 = 0.7;

/// In which part of the width the dusk ends beyond the words.
const FADING: f32 = 0.2;

/// How wide and high the mountains are drawn.
const MOUNTAINS: Size = Size::new(1600.0, 240.0);

/// How much of what does not fit is cut off above; the rest below.
const CUT_ABOVE: f32 = 0.2;

/// The part of a drawing that fills a size, and which parts of what does not fit are cut off at the start and
/// above.
fn filling(drawing: Size, size: Size, (start, above): (f32, f32)) -> Rectangle {
    let scale = (size.width / drawing.width).max(size.height / drawing.height);
    let part = size * (1.0 / scale);
    let x = (drawing.width - part.width) * start;
    let y = (drawing.height - part.height) * above;
    Rectangle::new(Point::new(x, y), part)
}

/// The part of the mountains that fills a size. The peaks stand at the end, away from the words.
fn mountains(size: Size) -> Rectangle {
    filling(MOUNTAINS, size, (1.0, CUT_ABOVE))
}

/// The head of the first page: words on a night sky over snowy mountains, from a distance on.
pub(crate) fn banner<'a, M: 'a>(
    (title, lead): (String, String),
    size: Size,
    words_from: f32,
    mirrored: bool,
) -> Element<'a, M> {
    let drawn = include_bytes!("../../../assets/drawings/mountains.svg");
    let sky = vectors(drawn)
        .part(mountains(size), mirrored)
        .height(size.height);
    let widest = (size.width * REACH - words_from).min(WORDS_ON_SKY);
    let title = text(title)
        .size(type_size::TITLE)
        .font(STRONG)
        .line_height(LineHeight::Relative(1.2))
        .color(ON_SKY);
    let lead = text(breakable(lead))
        .size(type_size::BODY)
        .line_height(LineHeight::Relative(1.4))
        .wrapping(Wrapping::WordOrGlyph)
        .color(MUTED_ON_SKY);
    let words = column![title, container(lead).max_width(widest)].spacing(space::S);
    let words = container(words)
        .padding([0.0, words_from])
        .width(Fill)
        .height(size.height)
        .align_y(Vertical::Center);
    let end = ((words_from + widest) / size.width).clamp(0.0, 1.0 - FADING);
    stack![sky, dusk(end, mirrored), words].into()
}

/// Darkens the sky from where words begin to where they end, a part of the width.
fn dusk<'a, M: 'a>(end: f32, mirrored: bool) -> Element<'a, M> {
    let clear = Color { a: 0.0, ..DUSK };
    let stops = [
        (0.0, DUSK),
        (end, DUSK),
        (end + FADING, clear),
        (1.0, clear),
    ];
    let mut gradient = Linear::new(Degrees(90.0));
    for (at, colour) in stops {
        let at = if mirrored { 1.0 - at } else { at };
        gradient = gradient.add_stop(at, colour);
    }
    container(Space::new())
        .width(Fill)
        .height(Fill)
        .style(move |_| container::Style {
            background: Some(Background::Gradient(gradient.into())),
            ..container::Style::default()
        })
        .into()
}

/// How wide and high the round sign of a person is, in logical pixels.
const AVATAR: f32 = 64.0;

/// A round sign with the first letters of a name.
pub(crate) fn initials<'a, M: 'a>(p: &'static Palette, name: &str) -> Element<'a, M> {
    let words = name.split_whitespace();
    let letters = words.filter_map(|word| word.chars().next());
    let letters: String = letters.take(2).flat_map(char::to_uppercase).collect();
    let inside: Element<'a, M> = if letters.is_empty() {
        icon(Icon::Person, 32.0, p.accent)
    } else {
        text(letters)
            .size(type_size::TITLE * 0.8)
            .font(STRONG)
            .color(p.accent)
            .into()
    };
    let round = container(inside)
        .center(AVATAR)
        .style(move |_| container::Style {
            background: Some(p.accent_soft.into()),
            border: iced::border::rounded(AVATAR / 2.0).color(p.line).width(1.0),
            ..container::Style::default()
        });
    round.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wizard::theme::contrast;

    #[test]
    fn words_on_the_sky_can_be_read_everywhere() {
        let drawn = include_str!("../../../assets/drawings/mountains.svg");
        let colours = drawn.split("=\"#").skip(1);
        let colours = colours.filter_map(|rest| rest.split('"').next());
        let colours = colours.filter(|hex| hex.len() == 6);
        let colours = colours.map(|hex| u32::from_str_radix(hex, 16).unwrap());
        let colours = colours.map(|hex| {
            let [_, r, g, b] = hex.to_be_bytes();
            Color::from_rgb8(r, g, b)
        });
        let behind: Vec<Color> = colours.collect();
        assert!(behind.len() > 8, "{behind:?}");
        // Snow among them, without which this would be easy.
        assert!(behind.iter().any(|colour| colour.r > 0.9), "{behind:?}");
        let mixed = |below: f32, above: f32| below * (1.0 - DUSK.a) + above * DUSK.a;
        for colour in behind {
            let colour = Color {
                r: mixed(colour.r, DUSK.r),
                g: mixed(colour.g, DUSK.g),
                b: mixed(colour.b, DUSK.b),
                a: 1.0,
            };
            let ratio = contrast(MUTED_ON_SKY, colour);
            assert!(ratio >= 4.5, "{colour:?}: {ratio:.2}");
        }
    }

    #[test]
    fn the_mountains_fill_every_size_without_being_stretched() {
        for (width, height) in [
            (812.0, 104.0),
            (1068.0, 190.0),
            (2300.0, 190.0),
            (400.0, 300.0),
        ] {
            let part = mountains(Size::new(width, height));
            assert!(
                part.x >= -0.01
                    && part.y >= -0.01
                    && part.x + part.width <= 1600.01
                    && part.y + part.height <= 240.01,
                "{part:?}"
            );
            let form = part.width / part.height;
            assert!((form - width / height).abs() < 0.01, "{part:?}");
        }
    }
}
