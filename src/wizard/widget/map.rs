//! The map of the world: a click tells which time zones may be meant, the chosen one is marked.

use crate::location::map::{Projection, SOUTH, World, world};
use crate::location::{Coordinates, Zone};
use crate::wizard::Element;
use crate::wizard::theme::{Palette, radius};
use iced::widget::canvas::{self, Cache, Fill, Frame, Geometry, Path, Stroke, fill};
use iced::{Color, Event, Length, Point, Rectangle, Renderer, Theme, mouse};
use std::cell::Cell;

/// How many zones a click offers.
const OFFERED: usize = 4;

/// Half the width of the mark of the chosen zone, in logical pixels.
const MARK: f32 = 5.0;

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

/// A line or ring on the map; none where all of it lies below the map's edge.
fn path(points: &[Coordinates], projection: &Projection) -> Option<Path> {
    if points.iter().all(|place| place.latitude < SOUTH) {
        return None;
    }
    Some(Path::new(|path| {
        for (index, place) in points.iter().enumerate() {
            let (x, y) = projection.position(*place);
            let point = Point::new(x, y);
            if index == 0 {
                path.move_to(point);
            } else {
                path.line_to(point);
            }
        }
    }))
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
    let rings = world.countries.iter().flat_map(|country| &country.rings);
    for ring in rings.filter_map(|ring| path(ring, projection)) {
        frame.fill(&ring, filled(p.disk.free));
    }
    let borders = Stroke::default().with_color(p.sunken).with_width(0.6);
    for line in world.lines.iter().filter_map(|line| path(line, projection)) {
        frame.stroke(&line, borders);
    }
}

/// The country of the chosen zone, and its town.
fn draw_choice(frame: &mut Frame, p: &Palette, projection: &Projection, zone: &Zone) {
    let countries = &world().countries;
    let its = countries
        .iter()
        .filter(|country| country.code.as_deref() == Some(zone.country));
    let tint = Color { a: 0.4, ..p.accent };
    for ring in its.flat_map(|country| &country.rings) {
        if let Some(ring) = path(ring, projection) {
            frame.fill(&ring, filled(tint));
        }
    }
    let (x, y) = projection.position(zone.place);
    let town = Point::new(x, y);
    frame.fill(&Path::circle(town, MARK + 2.0), p.surface);
    frame.fill(&Path::circle(town, MARK), p.accent);
    // A line to either edge finds the mark on a large map.
    let size = frame.size();
    let line = Stroke::default().with_color(tint).with_width(1.0);
    let across = Path::line(Point::new(0.0, y), Point::new(size.width, y));
    let down = Path::line(Point::new(x, 0.0), Point::new(x, size.height));
    for cross in [across, down] {
        frame.stroke(&cross, line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::zone;
    use crate::wizard::theme::Appearance;
    use iced::Size;
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
