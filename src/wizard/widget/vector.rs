//! Draws our SVG files, line by line with the toolkit's canvas. The toolkit's own SVG widget looks at every
//! font of the system before the first one, which our drawings, all of them without text, need not wait
//! for; and it carries whole decoders of photographs along.

use crate::wizard::Element;
use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Renderer as _, Widget, graphics::geometry::Renderer as _, mouse, renderer};
use iced::widget::canvas::gradient::{Gradient, Linear};
use iced::widget::canvas::{Cache, Fill, Frame, LineCap, LineDash, LineJoin, Path, Stroke, Style};
use iced::widget::canvas::{fill, path};
use iced::{Color, Length, Point, Rectangle, Renderer, Size, Theme, Vector};
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use usvg::tiny_skia_path::{PathSegment, Transform};

/// A drawing: its size in units of its own, and what is drawn, from the back to the front.
#[derive(Debug)]
pub(crate) struct Picture {
    pub(crate) size: Size,
    shapes: Vec<Shape>,
}

#[derive(Debug)]
struct Shape {
    segments: Vec<PathSegment>,
    ink: Ink,
    /// Filled by this rule, or drawn as a line.
    form: Form,
}

#[derive(Debug)]
enum Ink {
    Flat(Color),
    Gradient {
        from: Point,
        to: Point,
        stops: Vec<(f32, Color)>,
    },
}

#[derive(Debug)]
enum Form {
    Filled(fill::Rule),
    Line {
        width: f32,
        cap: LineCap,
        join: LineJoin,
        dashes: Vec<f32>,
    },
}

impl Picture {
    /// The picture in a file of the program; read once. Empty where it can't be read, which a test rules out.
    pub(crate) fn of(file: &'static [u8]) -> Arc<Self> {
        static READ: LazyLock<Mutex<HashMap<usize, Arc<Picture>>>> = LazyLock::new(Mutex::default);
        let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        let key = file.as_ptr().addr();
        let picture = read
            .entry(key)
            .or_insert_with(|| Arc::new(Self::read(file)));
        Arc::clone(picture)
    }

    fn read(file: &[u8]) -> Self {
        let Ok(tree) = usvg::Tree::from_data(file, &usvg::Options::default()) else {
            return Self {
                size: Size::UNIT,
                shapes: Vec::new(),
            };
        };
        let mut shapes = Vec::new();
        collect(tree.root(), 1.0, &mut shapes);
        Self {
            size: Size::new(tree.size().width(), tree.size().height()),
            shapes,
        }
    }
}

/// What a group holds. An opacity of the group is that of each shape in it: ours don't overlap there.
fn collect(group: &usvg::Group, opacity: f32, shapes: &mut Vec<Shape>) {
    let opacity = opacity * group.opacity().get();
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) => collect(inner, opacity, shapes),
            usvg::Node::Path(path) if path.is_visible() => of_path(path, opacity, shapes),
            usvg::Node::Path(_) | usvg::Node::Image(_) | usvg::Node::Text(_) => {}
        }
    }
}

fn of_path(path: &usvg::Path, opacity: f32, shapes: &mut Vec<Shape>) {
    let transform = path.abs_transform();
    let Some(data) = path.data().clone().transform(transform) else {
        return;
    };
    let mut push = |paint, own: usvg::Opacity, form| {
        if let Some(ink) = ink(paint, transform, opacity * own.get()) {
            let segments = data.segments().collect();
            shapes.push(Shape {
                segments,
                ink,
                form,
            });
        }
    };
    if let Some(filled) = path.fill() {
        let rule = match filled.rule() {
            usvg::FillRule::NonZero => fill::Rule::NonZero,
            usvg::FillRule::EvenOdd => fill::Rule::EvenOdd,
        };
        push(filled.paint(), filled.opacity(), Form::Filled(rule));
    }
    if let Some(line) = path.stroke() {
        let (scale, _) = transform.get_scale();
        let form = Form::Line {
            width: line.width().get() * scale,
            cap: match line.linecap() {
                usvg::LineCap::Butt => LineCap::Butt,
                usvg::LineCap::Round => LineCap::Round,
                usvg::LineCap::Square => LineCap::Square,
            },
            join: match line.linejoin() {
                usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => LineJoin::Miter,
                usvg::LineJoin::Round => LineJoin::Round,
                usvg::LineJoin::Bevel => LineJoin::Bevel,
            },
            dashes: line.dasharray().unwrap_or_default().to_vec(),
        };
        push(line.paint(), line.opacity(), form);
    }
}

fn ink(paint: &usvg::Paint, transform: Transform, opacity: f32) -> Option<Ink> {
    let colour = |c: usvg::Color, alpha: f32| Color {
        a: alpha * opacity,
        ..Color::from_rgb8(c.red, c.green, c.blue)
    };
    match paint {
        usvg::Paint::Color(flat) => Some(Ink::Flat(colour(*flat, 1.0))),
        usvg::Paint::LinearGradient(gradient) => {
            let (from, to) = ends(gradient, transform.pre_concat(gradient.transform()));
            let stops = gradient.stops().iter();
            Some(Ink::Gradient {
                from,
                to,
                stops: stops
                    .map(|s| (s.offset().get(), colour(s.color(), s.opacity().get())))
                    .collect(),
            })
        }
        usvg::Paint::RadialGradient(_) | usvg::Paint::Pattern(_) => None,
    }
}

/// Between which points a gradient runs. Where its box is stretched, its bands lean with it, and are no
/// longer at right angles to the line between its own two points: the point is sought that is.
fn ends(gradient: &usvg::LinearGradient, transform: Transform) -> (Point, Point) {
    let mut start = usvg::tiny_skia_path::Point::from_xy(gradient.x1(), gradient.y1());
    let (x, y) = (gradient.x2() - start.x, gradient.y2() - start.y);
    transform.map_point(&mut start);
    let from = Point::new(start.x, start.y);
    let Transform { sx, kx, ky, sy, .. } = transform;
    let area = sx * sy - kx * ky;
    let steep = Vector::new(sy * x - ky * y, sx * y - kx * x) * (1.0 / (area * (x * x + y * y)));
    let square = steep.x * steep.x + steep.y * steep.y;
    let to = from + steep * (1.0 / square);
    match to.x.is_finite() && to.y.is_finite() {
        true => (from, to),
        false => (from, from),
    }
}

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
    use std::fs;
    use std::path::Path as FilePath;

    #[test]
    fn every_drawing_of_ours_is_read_whole() {
        let assets = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("assets");
        let mut count = 0;
        for folder in ["icons", "drives", "desktops", "drawings"] {
            for file in assets.join(folder).read_dir().unwrap() {
                let path = file.unwrap().path();
                let text = fs::read_to_string(&path).unwrap();
                let picture = Picture::read(text.as_bytes());
                assert!(picture.size.width > 1.0, "{path:?}");
                // Everything in it is one of these, and each is drawn at least once.
                let marks = ["<rect", "<path", "<circle", "<ellipse"];
                let marks: usize = marks.iter().map(|mark| text.matches(mark).count()).sum();
                assert!(picture.shapes.len() >= marks, "{path:?}");
                for other in [
                    "<text",
                    "<image",
                    "<radialGradient",
                    "<pattern",
                    "<mask",
                    "<clip",
                ] {
                    assert!(!text.contains(other), "{path:?} {other}");
                }
                count += 1;
            }
        }
        assert!(count > 30, "{count}");
    }

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

    #[test]
    fn a_gradient_leans_with_its_box() {
        let drawn = br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><defs>
            <linearGradient id="a" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#000"/>
            <stop offset="1" stop-color="#fff"/></linearGradient></defs>
            <rect width="40" height="20" fill="url(#a)"/></svg>"##;
        let picture = Picture::read(drawn);
        let Ink::Gradient { from, to, .. } = &picture.shapes[0].ink else {
            panic!("{picture:?}");
        };
        // Half of it is at both other corners: x / 40 + y / 20 is 1 there.
        let along = |x: f32, y: f32| {
            let (dx, dy) = (to.x - from.x, to.y - from.y);
            ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy)
        };
        for (x, y, told) in [
            (0.0, 0.0, 0.0),
            (40.0, 0.0, 0.5),
            (0.0, 20.0, 0.5),
            (40.0, 20.0, 1.0),
        ] {
            assert!((along(x, y) - told).abs() < 0.001, "{x} {y}");
        }
    }

    #[test]
    fn what_is_no_drawing_is_empty() {
        assert!(Picture::read(b"<svg").shapes.is_empty());
    }
}
