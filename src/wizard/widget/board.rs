//! A drawn keyboard: what each key gives, and which ones are held now.

use super::text::width_of;
use crate::i18n::direction::{LEFT_TO_RIGHT_MARK, is_right_to_left};
use crate::keyboard::{
    Board, BoardKey, Cap, ENTER_STEP, HEIGHT, Key, Level, Named, Picture, Sign, WIDTH,
};
use crate::wizard::fonts::{self, TEXT, can_draw};
use crate::wizard::theme::Palette;
use crate::wizard::{Element, widget::codes::key_of};
use iced::alignment::Vertical;
use iced::keyboard::key::Physical;
use iced::widget::canvas::{self, Frame, Geometry, Path, Stroke, Text};
use iced::widget::text::Alignment;
use iced::{
    Color, Event, Length, Pixels, Point, Rectangle, Renderer, Size, Theme, keyboard, mouse,
};

/// Between two keys, by the width of a letter's key.
const GAP: f32 = 0.08;

/// The corners of keys, by the width of a letter's key.
const ROUND: f32 = 0.14;

struct Drawing<N> {
    p: &'static Palette,
    board: Board,
    picture: Option<Picture>,
    name: N,
}

/// What is held.
#[derive(Default)]
struct Held {
    keys: Vec<Key>,
}

/// The keys of `board` as `picture` labels them, `name` those that type nothing; real keys that are held
/// are seen.
pub(crate) fn board<'a, M: 'a>(
    p: &'static Palette,
    board: Board,
    picture: Option<Picture>,
    name: impl Fn(Named) -> String + 'a,
) -> Element<'a, M> {
    let drawing = Drawing {
        p,
        board,
        picture,
        name,
    };
    canvas::Canvas::new(drawing)
        .width(Length::Fill)
        .height(Length::Fill)
        .into()
}

impl<M, N: Fn(Named) -> String> canvas::Program<M> for Drawing<N> {
    type State = Held;

    fn update(
        &self,
        held: &mut Held,
        event: &Event,
        _: Rectangle,
        _: mouse::Cursor,
    ) -> Option<canvas::Action<M>> {
        match event {
            Event::Keyboard(keyboard::Event::KeyPressed {
                physical_key: Physical::Code(code),
                ..
            }) => {
                let key = key_of(*code)?;
                if !held.keys.contains(&key) {
                    held.keys.push(key);
                }
                Some(canvas::Action::request_redraw())
            }
            Event::Keyboard(keyboard::Event::KeyReleased {
                physical_key: Physical::Code(code),
                ..
            }) => {
                let key = key_of(*code)?;
                held.keys.retain(|held| *held != key);
                Some(canvas::Action::request_redraw())
            }
            _ => None,
        }
    }

    fn draw(
        &self,
        held: &Held,
        renderer: &Renderer,
        _: &Theme,
        bounds: Rectangle,
        _: mouse::Cursor,
    ) -> Vec<Geometry> {
        let mut frame = Frame::new(renderer, bounds.size());
        let unit = (bounds.width / WIDTH).min(bounds.height / HEIGHT);
        let left = (bounds.width - unit * WIDTH) / 2.0;
        for key in self.board.keys() {
            let place = Place { left, unit, key };
            let pressed = matches!(key.cap, Cap::Types(key) if held.keys.contains(&key));
            place.draw_key(&mut frame, self.p, pressed);
            match key.cap {
                Cap::Named(named) => {
                    let (name, size) = fitting((self.name)(named), key.width * unit * 0.9);
                    place.write(&mut frame, name, (0.5, 0.5), size, self.p.muted);
                }
                Cap::Types(typed) => {
                    if let Some(picture) = &self.picture {
                        place.draw_signs(&mut frame, self.p, picture, typed);
                    }
                }
            }
        }
        vec![frame.into_geometry()]
    }
}

/// How large the names of keys are where there is room.
const NAME: f32 = 11.0;

/// Smaller than this they are only where they would leave their keys, which are this much wider than the
/// room for names.
const LEAST_NAME: f32 = 10.0;
const EDGES: f32 = 1.1;

/// A name as it fits on a key: several words in a line each, and smaller only where one does not fit.
fn fitting(name: String, width: f32) -> (String, f32) {
    let name = match width_of(&name, NAME, TEXT) <= width {
        true => name,
        false => name.replace(' ', "\n"),
    };
    let lines = name.lines().map(|line| width_of(line, NAME, TEXT));
    let longest = lines.fold(1.0, f32::max);
    let fits = NAME * (width / longest).min(1.0);
    (name, fits.max(LEAST_NAME.min(fits * EDGES)))
}

/// A key and where it lies in the frame.
struct Place {
    left: f32,
    unit: f32,
    key: BoardKey,
}

impl Place {
    fn draw_key(&self, frame: &mut Frame, p: &Palette, pressed: bool) {
        let gap = GAP * self.unit;
        let BoardKey {
            x,
            y,
            width,
            height,
            ..
        } = self.key;
        let from = Point::new(
            self.left + x * self.unit + gap / 2.0,
            y * self.unit + gap / 2.0,
        );
        let size = Size::new(width * self.unit - gap, height * self.unit - gap);
        let outline = if height > 1.0 {
            let steps = (ENTER_STEP * self.unit, self.unit - gap);
            tall_enter(from, size, steps, ROUND * self.unit)
        } else {
            Path::rounded_rectangle(from, size, (ROUND * self.unit).into())
        };
        let types = matches!(self.key.cap, Cap::Types(_));
        let fill = match (pressed, types) {
            (true, _) => p.changed,
            (false, true) => p.surface,
            (false, false) => p.sunken,
        };
        frame.fill(&outline, fill);
        let line = if pressed { p.accent } else { p.line };
        frame.stroke(&outline, Stroke::default().with_color(line).with_width(1.0));
    }

    /// What it gives: alone below, with Shift above, with AltGr at its end.
    fn draw_signs(&self, frame: &mut Frame, p: &Palette, picture: &Picture, key: Key) {
        let [plain, shift, alt_gr] =
            [Level::Plain, Level::Shift, Level::AltGr].map(|level| picture.sign(key, level));
        let size = self.unit * 0.4;
        let small = self.unit * 0.34;
        if let Some(letter) = capital(plain, shift) {
            self.write(frame, letter, (0.3, 0.32), size, p.text);
        } else {
            self.sign(frame, p, plain, (0.3, 0.7), size);
            self.sign(frame, p, shift, (0.3, 0.3), size);
        }
        if alt_gr != plain && alt_gr != shift {
            self.sign(frame, p, alt_gr, (0.74, 0.7), small);
        }
    }

    fn sign(&self, frame: &mut Frame, p: &Palette, sign: Sign, at: (f32, f32), size: f32) {
        match sign {
            Sign::Character(letter) if !letter.is_whitespace() && !letter.is_control() => {
                self.write(frame, letter.to_string(), at, size, p.text);
            }
            Sign::Dead(accent) => self.write(frame, accent.to_string(), at, size, p.accent),
            Sign::Character(_) | Sign::Compose | Sign::Nothing => {}
        }
    }

    /// Writes around a point of the key, given by parts of a letter's key, or of a named key's size.
    fn write(
        &self,
        frame: &mut Frame,
        content: String,
        (x, y): (f32, f32),
        size: f32,
        colour: Color,
    ) {
        if !can_draw(&content) {
            return;
        }
        let wide = match self.key.cap {
            Cap::Named(_) => self.key.width,
            Cap::Types(_) => 1.0,
        };
        // Text from right to left would begin at the end of a line that has no end.
        let content = if content.chars().any(is_right_to_left) {
            format!("{LEFT_TO_RIGHT_MARK}{content}")
        } else {
            content
        };
        frame.fill_text(Text {
            content,
            position: Point::new(
                self.left + (self.key.x + wide * x) * self.unit,
                (self.key.y + y) * self.unit,
            ),
            color: colour,
            size: Pixels(size),
            font: fonts::TEXT,
            align_x: Alignment::Center,
            align_y: Vertical::Center,
            ..Text::default()
        });
    }
}

/// The one letter that stands for both on a key.
fn capital(plain: Sign, shift: Sign) -> Option<String> {
    match (plain, shift) {
        (Sign::Character(plain), Sign::Character(shift)) => {
            let both = plain != shift && plain.to_uppercase().eq([shift]);
            both.then(|| shift.to_string())
        }
        _ => None,
    }
}

/// An Enter of two rows with round corners, whose lower half begins `step` further right; a row is `row`
/// high.
fn tall_enter(from: Point, size: Size, (step, row): (f32, f32), round: f32) -> Path {
    let (right, bottom) = (from.x + size.width, from.y + size.height);
    let corners = [
        (right, from.y),
        (right, bottom),
        (from.x + step, bottom),
        (from.x + step, from.y + row),
        (from.x, from.y + row),
        (from.x, from.y),
    ];
    let corners = corners.map(|(x, y)| Point::new(x, y));
    // The way begins in the middle of the upper edge, and ends there.
    let start = Point::new(from.x + size.width / 2.0, from.y);
    let next = corners.into_iter().skip(1).chain([start]);
    Path::new(|path| {
        path.move_to(start);
        for (corner, next) in corners.into_iter().zip(next) {
            path.arc_to(corner, next, round);
        }
        path.close();
    })
}
