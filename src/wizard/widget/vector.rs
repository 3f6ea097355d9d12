//! Draws our SVG files, line by line with the toolkit's canvas. The toolkit's own SVG widget looks at every
//! font of the system before the first one, which our drawings, all of them without text, need not wait
//! for; and it carries whole decoders of photographs along.

use super::picture::{Form, Ink, Picture};
use crate::wizard::Element;
use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Renderer as _, Widget, graphics::geometry::Renderer as _, mouse, renderer};
use iced::widget::canvas::gradient::{Gradient, Linear};
use iced::widget::canvas::{Cache, Fill, Frame, LineDash, Path, Stroke, Style, path};
use iced::{Color, Length, Point, Rectangle, Renderer, Size, Theme, Vector};
use std::cell::Cell;
use std::sync::Arc;
use usvg::tiny_skia_path::PathSegment;

/// Where the picture's units lie on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    scale: Vector,
    offset: Vector,
}

impl Place {
    fn point(self, x: f32, y: f32) -> Point {
        let Self { scale, offset } = self;
        Point::new(x.mul_add(scale.x, offset.x), y.mul_add(scale.y, offset.y))
    }

    fn path(self, segments: &[PathSegment]) -> Path {
        Path::new(|builder: &mut path::Builder| {
            for segment in segments {
                let at = |p: usvg::tiny_skia_path::Point| self.point(p.x, p.y);
                match *segment {
                    PathSegment::MoveTo(to) => builder.move_to(at(to)),
                    PathSegment::LineTo(to) => builder.line_to(at(to)),
                    PathSegment::QuadTo(a, to) => builder.quadratic_curve_to(at(a), at(to)),
                    PathSegment::CubicTo(a, b, to) => builder.bezier_curve_to(at(a), at(b), at(to)),
                    PathSegment::Close => builder.close(),
                }
            }
        })
    }
}

/// A picture of which all or a part is shown.
pub(crate) struct Vectors {
    picture: Arc<Picture>,
    look: Look,
    width: Length,
    height: Length,
}

/// What makes two drawings of a picture differ.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Look {
    /// In units of the picture.
    part: Rectangle,
    /// Whether left and right change places.
    mirrored: bool,
    /// In place of the picture's own colours; how strong each of them is stays.
    colour: Option<Color>,
    opacity: f32,
}

/// All of a file of the program, as wide as there is room, and as high as it is then.
pub(crate) fn vectors(file: &'static [u8]) -> Vectors {
    let picture = Picture::of(file);
    let look = Look {
        part: Rectangle::with_size(picture.size),
        mirrored: false,
        colour: None,
        opacity: 1.0,
    };
    Vectors {
        picture,
        look,
        width: Length::Fill,
        height: Length::Shrink,
    }
}

impl Vectors {
    pub(crate) fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    pub(crate) fn height(mut self, height: impl Into<Length>) -> Self {
        self.height = height.into();
        self
    }

    pub(crate) const fn colour(mut self, colour: Color) -> Self {
        self.look.colour = Some(colour);
        self
    }

    pub(crate) const fn opacity(mut self, opacity: f32) -> Self {
        self.look.opacity = opacity;
        self
    }

    /// Shows a part of the picture alone, in its own units.
    pub(crate) const fn part(mut self, part: Rectangle, mirrored: bool) -> Self {
        self.look.part = part;
        self.look.mirrored = mirrored;
        self
    }

    /// The largest place within `room` in which the part keeps its form, in the middle.
    fn place(&self, room: Size) -> Place {
        let part = self.look.part;
        let scale = (room.width / part.width).min(room.height / part.height);
        let left = (room.width - part.width * scale) / 2.0;
        let top = (room.height - part.height * scale) / 2.0;
        let y = top - part.y * scale;
        match self.look.mirrored {
            false => Place {
                scale: Vector::new(scale, scale),
                offset: Vector::new(left - part.x * scale, y),
            },
            true => Place {
                scale: Vector::new(-scale, scale),
                offset: Vector::new(room.width - left + part.x * scale, y),
            },
        }
    }

    fn paint(&self, frame: &mut Frame) {
        let place = self.place(frame.size());
        for shape in &self.picture.shapes {
            let path = place.path(&shape.segments);
            let style = self.style(&shape.ink, place);
            match &shape.form {
                Form::Filled(rule) => frame.fill(&path, Fill { style, rule: *rule }),
                Form::Line {
                    width,
                    cap,
                    join,
                    dashes,
                } => {
                    let dashes: Vec<f32> = dashes.iter().map(|d| d * place.scale.y).collect();
                    let stroke = Stroke {
                        style,
                        width: width * place.scale.y,
                        line_cap: *cap,
                        line_join: *join,
                        line_dash: LineDash {
                            segments: &dashes,
                            offset: 0,
                        },
                    };
                    frame.stroke(&path, stroke);
                }
            }
        }
    }

    fn style(&self, ink: &Ink, place: Place) -> Style {
        let seen = |own: Color| {
            let colour = self.look.colour.unwrap_or(own);
            let kept = if self.look.colour.is_some() {
                own.a
            } else {
                1.0
            };
            colour.scale_alpha(kept * self.look.opacity)
        };
        match ink {
            Ink::Flat(colour) => Style::Solid(seen(*colour)),
            Ink::Gradient { from, to, stops } => {
                let (from, to) = (place.point(from.x, from.y), place.point(to.x, to.y));
                let stops = stops
                    .iter()
                    .map(|(offset, colour)| (*offset, seen(*colour)));
                let empty = Linear::new(from, to);
                let full = stops.fold(empty, |g, (offset, colour)| g.add_stop(offset, colour));
                Style::Gradient(Gradient::Linear(full))
            }
        }
    }
}

/// What was drawn, until the look changes.
#[derive(Default)]
struct Drawn {
    cache: Cache<Renderer>,
    look: Cell<Option<(usize, Look)>>,
}

impl<M> Widget<M, Theme, Renderer> for Vectors {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Drawn>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Drawn::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(self.width, self.height)
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        let own = self.look.part.size();
        let room = limits.resolve(self.width, self.height, own);
        let scale = (room.width / own.width).min(room.height / own.height);
        let height = match self.height {
            Length::Shrink => room.height.min(own.height * scale),
            _ => room.height,
        };
        layout::Node::new(Size::new(room.width, height))
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _: &Theme,
        _: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
        _: &Rectangle,
    ) {
        let bounds = layout.bounds();
        if bounds.width < 1.0 || bounds.height < 1.0 {
            return;
        }
        let drawn = tree.state.downcast_ref::<Drawn>();
        let look = Some((Arc::as_ptr(&self.picture).addr(), self.look));
        if drawn.look.replace(look) != look {
            drawn.cache.clear();
        }
        let paint = |frame: &mut Frame| self.paint(frame);
        let geometry = drawn.cache.draw(renderer, bounds.size(), paint);
        renderer.with_translation(Vector::new(bounds.x, bounds.y), |renderer| {
            renderer.draw_geometry(geometry);
        });
    }
}

impl<'a, M: 'a> From<Vectors> for Element<'a, M> {
    fn from(vectors: Vectors) -> Self {
        Self::new(vectors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_form_in_the_middle_of_its_room() {
        let drawn = vectors(include_bytes!("../../../assets/icons/check.svg"));
        let place = drawn.place(Size::new(48.0, 24.0));
        assert_eq!(place.point(0.0, 0.0), Point::new(12.0, 0.0));
        assert_eq!(place.point(24.0, 24.0), Point::new(36.0, 24.0));
        let part = Rectangle::new(Point::new(12.0, 0.0), Size::new(12.0, 12.0));
        let place = drawn.part(part, true).place(Size::new(24.0, 24.0));
        assert_eq!(place.point(24.0, 12.0), Point::new(0.0, 24.0));
        assert_eq!(place.point(12.0, 0.0), Point::new(24.0, 0.0));
    }
}
