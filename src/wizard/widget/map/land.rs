//! What a map shows: land and borders, the towns of zones, and the chosen one.

use crate::location::map::{Projection, SOUTH};
use crate::location::outlines::world;
use crate::location::{Coordinates, Zone, zones};
use crate::wizard::theme::{Palette, radius};
use iced::widget::canvas::{self, Fill, Frame, Path, Stroke, fill};
use iced::{Color, Point, Rectangle, Size};

/// From the middle of the map to its edge, in degrees.
const HALF_TURN: f32 = 180.0;

/// Half the width of the mark of the chosen zone, in logical pixels.
const MARK: f32 = 5.0;

/// The same of the soft ring around it, which is found on a large map.
const RING: f32 = 15.0;

/// Half the width of a town that is not chosen, in logical pixels.
const TOWN: f32 = 2.0;

/// A line on the map, in pieces where it goes over the map's edge; none where all of it lies below.
fn line(points: &[Coordinates], projection: &Projection) -> Option<Path> {
    if points.iter().all(|place| place.latitude < SOUTH) {
        return None;
    }
    Some(Path::new(|path| {
        let mut last: Option<Coordinates> = None;
        for place in points {
            let (x, y) = projection.position(*place);
            let near = last.is_some_and(|last| !is_over_the_edge(last, *place));
            if near {
                path.line_to(Point::new(x, y));
            } else {
                path.move_to(Point::new(x, y));
            }
            last = Some(*place);
        }
    }))
}

/// Whether the short way from one place to the next leads over the map's edge.
fn is_over_the_edge(a: Coordinates, b: Coordinates) -> bool {
    (a.longitude - b.longitude).abs() > HALF_TURN
}

/// A ring to fill; where it goes over the map's edge it goes on beside the map, and once more for
/// the part that belongs to the other side.
fn rings(points: &[Coordinates], projection: &Projection) -> Vec<Path> {
    if points.iter().all(|place| place.latitude < SOUTH) {
        return Vec::new();
    }
    let mut turned = 0.0;
    let mut last: Option<Coordinates> = None;
    let mut unrolled = Vec::with_capacity(points.len());
    for place in points {
        if let Some(last) = last.filter(|last| is_over_the_edge(*last, *place)) {
            turned += (last.longitude - place.longitude).signum() * 2.0 * HALF_TURN;
        }
        last = Some(*place);
        unrolled.push(Coordinates {
            longitude: place.longitude + turned,
            ..*place
        });
    }
    let beyond = |edge: f32| {
        unrolled
            .iter()
            .any(|place| place.longitude * edge > HALF_TURN)
    };
    let mut shifts = vec![0.0];
    if beyond(1.0) {
        shifts.push(-2.0 * HALF_TURN);
    }
    if beyond(-1.0) {
        shifts.push(2.0 * HALF_TURN);
    }
    let shifted = |shift: f32| {
        Path::new(|path| {
            for (index, place) in unrolled.iter().enumerate() {
                let (x, y) = projection.position(Coordinates {
                    longitude: place.longitude + shift,
                    ..*place
                });
                if index == 0 {
                    path.move_to(Point::new(x, y));
                } else {
                    path.line_to(Point::new(x, y));
                }
            }
            path.close();
        })
    };
    shifts.into_iter().map(shifted).collect()
}

/// The part of the frame that the map fills.
fn area(frame: &Frame, projection: &Projection) -> Rectangle {
    let at = |longitude: f32| {
        let place = Coordinates {
            latitude: 0.0,
            longitude,
        };
        projection.position(place).0
    };
    let (left, right) = (at(-HALF_TURN).max(0.0), at(HALF_TURN).min(frame.width()));
    Rectangle::new(
        Point::new(left, 0.0),
        Size::new(right - left, frame.height()),
    )
}

/// Countries are filled with their holes.
fn filled(colour: Color) -> Fill {
    Fill {
        style: canvas::Style::Solid(colour),
        rule: fill::Rule::EvenOdd,
    }
}

/// Land, sea and borders.
pub(super) fn draw(frame: &mut Frame, p: &Palette, projection: &Projection) {
    let sea = Path::rounded_rectangle(Point::ORIGIN, frame.size(), radius::M.into());
    frame.fill(&sea, p.sunken);
    frame.with_clip(area(frame, projection), |frame| {
        let outlines = world().countries.iter().flat_map(|country| &country.rings);
        for ring in outlines.flat_map(|outline| rings(outline, projection)) {
            frame.fill(&ring, filled(p.disk.free));
        }
        let borders = Stroke::default().with_color(p.sunken).with_width(0.6);
        for border in world().lines.iter().filter_map(|l| line(l, projection)) {
            frame.stroke(&border, borders);
        }
    });
    // The renderer does not clip at the left: sea covers what lies beyond the map's edges.
    let map = area(frame, projection);
    let (end, width, height) = (map.x + map.width, frame.width(), frame.height());
    for (x, width) in [(0.0, map.x), (end, width - end)] {
        if width > 0.0 {
            let strip = Size::new(width, height);
            frame.fill_rectangle(Point::new(x, 0.0), strip, p.sunken);
        }
    }
}

/// The towns that zones are called after.
pub(super) fn draw_towns(frame: &mut Frame, p: &Palette, projection: &Projection) {
    let shown = Rectangle::with_size(frame.size());
    let towns = zones().iter().map(|zone| projection.position(zone.place));
    let towns = towns.map(|(x, y)| Point::new(x, y));
    for town in towns.filter(|town| shown.contains(*town)) {
        frame.fill(&Path::circle(town, TOWN), p.muted);
    }
}

/// The country of the chosen zone, and its town.
pub(super) fn draw_choice(frame: &mut Frame, p: &Palette, projection: &Projection, zone: &Zone) {
    let countries = &world().countries;
    let its = countries
        .iter()
        .filter(|country| country.code.as_deref() == Some(zone.country));
    let tint = Color { a: 0.4, ..p.accent };
    frame.with_clip(area(frame, projection), |frame| {
        let outlines = its.flat_map(|country| &country.rings);
        for ring in outlines.flat_map(|outline| rings(outline, projection)) {
            frame.fill(&ring, filled(tint));
        }
    });
    let (x, y) = projection.position(zone.place);
    let town = Point::new(x, y);
    let soft = Color {
        a: 0.25,
        ..p.accent
    };
    frame.fill(&Path::circle(town, RING), soft);
    frame.fill(&Path::circle(town, MARK + 2.0), p.surface);
    frame.fill(&Path::circle(town, MARK), p.accent);
}
