//! Our SVG files, read: forms and inks in the order in which they are drawn.

use iced::widget::canvas::{LineCap, LineJoin, fill};
use iced::{Color, Point, Size, Vector};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use usvg::tiny_skia_path::{PathSegment, Transform};

/// A drawing: its size in units of its own, and what is drawn, from the back to the front.
#[derive(Debug)]
pub(crate) struct Picture {
    pub(crate) size: Size,
    pub(super) shapes: Vec<Shape>,
}

/// One form of it.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) segments: Vec<PathSegment>,
    pub(super) ink: Ink,
    /// Filled by this rule, or drawn as a line.
    pub(super) form: Form,
}

#[derive(Debug)]
pub(super) enum Ink {
    Flat(Color),
    Gradient {
        from: Point,
        to: Point,
        stops: Vec<(f32, Color)>,
    },
}

#[derive(Debug)]
pub(super) enum Form {
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
