//! The map of the world: a click tells which time zones may be meant, the chosen one is marked.

use crate::location::map::{Projection, SOUTH, World, world};
use crate::location::{Coordinates, Zone};
use crate::wizard::Element;
use crate::wizard::theme::{Palette, radius};
use iced::widget::canvas::{self, Cache, Fill, Frame, Geometry, Path, Stroke, fill};
use iced::{Color, Event, Length, Point, Rectangle, Renderer, Size, Theme, mouse};
use std::cell::Cell;

/// How many zones a click offers.
const OFFERED: usize = 4;

/// Half the width of the mark of the chosen zone, in logical pixels.
const MARK: f32 = 5.0;

/// From the middle of the map to its edge, in degrees.
const HALF_TURN: f32 = 180.0;

struct Map<F> {
    p: &'static Palette,
    chosen: Option<&'static Zone>,
    on_click: F,
}

/// What was drawn, and in which colour: another palette draws anew.
#[derive(Default)]
struct Drawn {
    land: Cache,
    colour: Cell<Option<Color>>,
}

/// A map with a mark on `chosen`; a click gives the zones that may be meant, the likeliest first.
pub(crate) fn map<'a, M: 'a>(
    p: &'static Palette,
    chosen: Option<&'static Zone>,
    on_click: impl Fn(Vec<&'static Zone>) -> M + 'a,
) -> Element<'a, M> {
    let map = Map {
        p,
        chosen,
        on_click,
    };
    canvas::Canvas::new(map)
        .width(Length::Fill)
        .height(Length::Fill)
        .into()
}

impl<M, F: Fn(Vec<&'static Zone>) -> M> canvas::Program<M> for Map<F> {
    type State = Drawn;

    fn update(
        &self,
        _: &mut Drawn,
        event: &Event,
        bounds: Rectangle,
        cursor: mouse::Cursor,
    ) -> Option<canvas::Action<M>> {
        let Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) = event else {
            return None;
        };
        let at = cursor.position_in(bounds)?;
        let projection = Projection::new(bounds.width, bounds.height);
        let zones = projection.zones_at(at.x, at.y, OFFERED);
        let message = (!zones.is_empty()).then(|| (self.on_click)(zones));
        Some(canvas::Action::publish(message?).and_capture())
    }

    fn draw(
        &self,
        drawn: &Drawn,
        renderer: &Renderer,
        _: &Theme,
        bounds: Rectangle,
        _: mouse::Cursor,
    ) -> Vec<Geometry> {
        let p = self.p;
        let projection = Projection::new(bounds.width, bounds.height);
        if drawn.colour.replace(Some(p.disk.free)) != Some(p.disk.free) {
            drawn.land.clear();
        }
        let land = drawn.land.draw(renderer, bounds.size(), |frame| {
            draw_land(frame, p, &projection, world());
        });
        let mut above = Frame::new(renderer, bounds.size());
        if let Some(zone) = self.chosen {
            draw_choice(&mut above, p, &projection, zone);
        }
        vec![land, above.into_geometry()]
    }

    fn mouse_interaction(
        &self,
        _: &Drawn,
        bounds: Rectangle,
        cursor: mouse::Cursor,
    ) -> mouse::Interaction {
        if cursor.is_over(bounds) {
            mouse::Interaction::Crosshair
        } else {
            mouse::Interaction::default()
        }
    }
}

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

fn draw_land(frame: &mut Frame, p: &Palette, projection: &Projection, world: &World) {
    let sea = Path::rounded_rectangle(Point::ORIGIN, frame.size(), radius::M.into());
    frame.fill(&sea, p.sunken);
    frame.with_clip(area(frame, projection), |frame| {
        let outlines = world.countries.iter().flat_map(|country| &country.rings);
        for ring in outlines.flat_map(|outline| rings(outline, projection)) {
            frame.fill(&ring, filled(p.disk.free));
        }
        let borders = Stroke::default().with_color(p.sunken).with_width(0.6);
        for border in world.lines.iter().filter_map(|l| line(l, projection)) {
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

/// The country of the chosen zone, and its town.
fn draw_choice(frame: &mut Frame, p: &Palette, projection: &Projection, zone: &Zone) {
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
    frame.fill(&Path::circle(town, MARK + 2.0), p.surface);
    frame.fill(&Path::circle(town, MARK), p.accent);
    // A line to either edge finds the mark on a large map.
    let size = frame.size();
    let thin = Stroke::default().with_color(tint).with_width(1.0);
    let across = Path::line(Point::new(0.0, y), Point::new(size.width, y));
    let down = Path::line(Point::new(x, 0.0), Point::new(x, size.height));
    for cross in [across, down] {
        frame.stroke(&cross, thin);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::zone;
    use crate::wizard::theme::Appearance;
    use iced::widget::canvas::Program;

    #[test]
    fn a_click_on_a_town_gives_its_zone_first() {
        let map = Map {
            p: Appearance::Light.palette(),
            chosen: None,
            on_click: |zones: Vec<&'static Zone>| zones,
        };
        let bounds = Rectangle::new(Point::new(30.0, 50.0), Size::new(420.0, 260.0));
        let vienna = zone("Europe/Vienna").unwrap();
        let (x, y) = Projection::new(420.0, 260.0).position(vienna.place);
        let press = Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left));
        let click = |x: f32, y: f32| {
            let at = mouse::Cursor::Available(Point::new(x, y));
            let action = map.update(&mut Drawn::default(), &press, bounds, at);
            action.and_then(|action| action.into_inner().0)
        };
        let zones = click(30.0 + x, 50.0 + y).unwrap();
        assert_eq!((zones[0].name, zones.len()), ("Europe/Vienna", OFFERED));
        assert!(click(10.0, 10.0).is_none(), "outside of the map");
        // Above its northern edge, inside of the canvas.
        assert!(click(100.0, 51.0).is_none());
    }
}
