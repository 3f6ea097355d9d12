//! The map of the world: a click tells which time zones may be meant, the chosen one is marked. The wheel
//! looks closer, and what was looked at closer can be moved.

mod land;

use crate::location::Zone;
use crate::location::map::{Part, Projection};
use crate::wizard::Element;
use crate::wizard::theme::Palette;
use iced::widget::canvas::{self, Cache, Frame, Geometry};
use iced::widget::container;
use iced::{Color, Event, Length, Point, Rectangle, Renderer, Size, Theme, mouse};
use std::cell::Cell;

/// How many zones a click offers.
const OFFERED: usize = 4;

/// From this on, the towns of all zones are shown.
const TOWNS_FROM: f32 = 3.0;

/// A hand that moves less than this while it clicks does not move the map, in logical pixels.
const STILL: f32 = 4.0;

/// How much closer one notch of the wheel looks.
const NOTCH: f32 = 1.3;

/// How many pixels of a wheel that counts those are a notch.
const PIXELS: f32 = 60.0;

struct Map<F> {
    p: &'static Palette,
    chosen: Option<&'static Zone>,
    part: Part,
    on_event: F,
}

/// What happens to a map.
#[derive(Clone, Debug)]
pub(crate) enum MapEvent {
    /// A click, and the zones that it may mean, the likeliest first.
    Clicked(Vec<&'static Zone>),
    /// Another part is looked at.
    Moved(Part),
}

/// What was drawn, in which colour and of which part: others draw anew. And what the hand does.
#[derive(Default)]
struct Drawn {
    land: Cache,
    look: Cell<Option<(Color, Part)>>,
    hand: Option<Hand>,
}

/// A button that is held.
#[derive(Clone, Copy)]
struct Hand {
    /// Where it was pressed, and which part was shown then.
    from: Point,
    part: Part,
    /// Whether it moves the map.
    moves: bool,
}

/// A part of the map with a mark on `chosen`.
pub(crate) fn map<'a, M: 'a>(
    p: &'static Palette,
    chosen: Option<&'static Zone>,
    part: Part,
    on_event: impl Fn(MapEvent) -> M + 'a,
) -> Element<'a, M> {
    let map = Map {
        p,
        chosen,
        part,
        on_event,
    };
    let canvas = canvas::Canvas::new(map)
        .width(Length::Fill)
        .height(Length::Fill);
    container(canvas).clip(true).into()
}

impl<F> Map<F> {
    fn projection(&self, size: Size) -> Projection {
        Projection::of(size.width, size.height, self.part)
    }

    /// What the map tells of an event, if anything.
    fn told(
        &self,
        drawn: &mut Drawn,
        event: &mouse::Event,
        at: Point,
        size: Size,
    ) -> Option<MapEvent> {
        let projection = self.projection(size);
        match *event {
            mouse::Event::WheelScrolled { delta } => {
                let notches = match delta {
                    mouse::ScrollDelta::Lines { y, .. } => y,
                    mouse::ScrollDelta::Pixels { y, .. } => y / PIXELS,
                };
                let zoom = self.part.zoom * NOTCH.powf(notches);
                let room = (size.width, size.height);
                let part = projection.zoomed(room, (at.x, at.y), zoom);
                Some(MapEvent::Moved(part))
            }
            mouse::Event::ButtonPressed(mouse::Button::Left) => {
                drawn.hand = Some(Hand {
                    from: at,
                    part: self.part,
                    moves: false,
                });
                None
            }
            mouse::Event::CursorMoved { .. } => {
                let hand = drawn.hand.as_mut()?;
                hand.moves |= hand.part.zoom > 1.0 && hand.from.distance(at) > STILL;
                let held = *hand;
                held.moves.then(|| MapEvent::Moved(held.moved(at, size)))
            }
            mouse::Event::ButtonReleased(mouse::Button::Left) => {
                let hand = drawn.hand.take()?;
                let zones = projection.zones_at(at.x, at.y, OFFERED);
                let clicks = !hand.moves && !zones.is_empty();
                clicks.then_some(MapEvent::Clicked(zones))
            }
            _ => None,
        }
    }
}

impl Hand {
    /// The part that is shown once the hand is elsewhere.
    fn moved(self, at: Point, size: Size) -> Part {
        let before = Projection::of(size.width, size.height, self.part);
        let middle = (
            size.width / 2.0 - (at.x - self.from.x),
            size.height / 2.0 - (at.y - self.from.y),
        );
        before.part_around(middle, self.part.zoom)
    }
}

impl<M, F: Fn(MapEvent) -> M> canvas::Program<M> for Map<F> {
    type State = Drawn;

    fn update(
        &self,
        drawn: &mut Drawn,
        event: &Event,
        bounds: Rectangle,
        cursor: mouse::Cursor,
    ) -> Option<canvas::Action<M>> {
        let Event::Mouse(event) = event else {
            return None;
        };
        let Some(at) = cursor.position_in(bounds) else {
            // Whoever lets go elsewhere has not clicked here.
            drawn.hand = drawn
                .hand
                .filter(|_| !matches!(event, mouse::Event::ButtonReleased(_)));
            return None;
        };
        let told = self.told(drawn, event, at, bounds.size())?;
        Some(canvas::Action::publish((self.on_event)(told)).and_capture())
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
        let projection = self.projection(bounds.size());
        let look = Some((p.disk.free, self.part));
        if drawn.look.replace(look) != look {
            drawn.land.clear();
        }
        let land = drawn.land.draw(renderer, bounds.size(), |frame| {
            land::draw(frame, p, &projection);
            if self.part.zoom >= TOWNS_FROM {
                land::draw_towns(frame, p, &projection);
            }
        });
        let mut above = Frame::new(renderer, bounds.size());
        if let Some(zone) = self.chosen {
            land::draw_choice(&mut above, p, &projection, zone);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::zone;
    use crate::wizard::theme::Appearance;
    use iced::widget::canvas::Program;

    const BOUNDS: Rectangle = Rectangle {
        x: 30.0,
        y: 50.0,
        width: 420.0,
        height: 260.0,
    };

    fn showing(part: Part) -> Map<fn(MapEvent) -> MapEvent> {
        Map {
            p: Appearance::Light.palette(),
            chosen: None,
            part,
            on_event: |event| event,
        }
    }

    /// What the map tells when the mouse does this at that place of the window.
    fn told(
        map: &Map<fn(MapEvent) -> MapEvent>,
        drawn: &mut Drawn,
        event: mouse::Event,
        at: Point,
    ) -> Option<MapEvent> {
        let cursor = mouse::Cursor::Available(at);
        let action = map.update(drawn, &Event::Mouse(event), BOUNDS, cursor);
        action.and_then(|action| action.into_inner().0)
    }

    const PRESS: mouse::Event = mouse::Event::ButtonPressed(mouse::Button::Left);
    const RELEASE: mouse::Event = mouse::Event::ButtonReleased(mouse::Button::Left);

    fn click(map: &Map<fn(MapEvent) -> MapEvent>, at: Point) -> Option<Vec<&'static Zone>> {
        let mut drawn = Drawn::default();
        assert!(told(map, &mut drawn, PRESS, at).is_none());
        match told(map, &mut drawn, RELEASE, at) {
            Some(MapEvent::Clicked(zones)) => Some(zones),
            _ => None,
        }
    }

    #[test]
    fn a_click_on_a_town_gives_its_zone_first() {
        let map = showing(Part::WHOLE);
        let vienna = zone("Europe/Vienna").unwrap();
        let (x, y) = Projection::new(420.0, 260.0).position(vienna.place);
        let zones = click(&map, Point::new(30.0 + x, 50.0 + y)).unwrap();
        assert_eq!((zones[0].name, zones.len()), ("Europe/Vienna", OFFERED));
        assert!(
            click(&map, Point::new(10.0, 10.0)).is_none(),
            "outside of the map"
        );
        // Above its northern edge, inside of the canvas.
        assert!(click(&map, Point::new(100.0, 51.0)).is_none());
    }

    #[test]
    fn towns_that_share_a_pixel_are_told_apart_closer() {
        let vienna = zone("Europe/Vienna").unwrap();
        let (zoom, middle) = (8.0, vienna.place);
        let map = showing(Part { zoom, middle });
        for name in [
            "Europe/Vienna",
            "Europe/Bratislava",
            "Europe/Budapest",
            "Europe/Ljubljana",
        ] {
            let (x, y) = map
                .projection(BOUNDS.size())
                .position(zone(name).unwrap().place);
            let zones = click(&map, Point::new(30.0 + x, 50.0 + y)).unwrap();
            assert_eq!(zones[0].name, name);
        }
    }

    #[test]
    fn the_wheel_looks_closer_and_a_hand_that_moves_the_map_does_not_click() {
        let map = showing(Part::WHOLE);
        let at = Point::new(250.0, 150.0);
        let delta = mouse::ScrollDelta::Lines { x: 0.0, y: 4.0 };
        let wheel = mouse::Event::WheelScrolled { delta };
        let Some(MapEvent::Moved(part)) = told(&map, &mut Drawn::default(), wheel, at) else {
            panic!("the wheel does nothing");
        };
        assert!((2.5..3.0).contains(&part.zoom), "{part:?}");
        let (map, mut drawn) = (showing(part), Drawn::default());
        let there = Point::new(200.0, 150.0);
        let moved = mouse::Event::CursorMoved { position: there };
        assert!(told(&map, &mut drawn, PRESS, at).is_none());
        let Some(MapEvent::Moved(now)) = told(&map, &mut drawn, moved, there) else {
            panic!("the map stays");
        };
        // What lies in the east comes into view.
        assert!(
            now.middle.longitude > part.middle.longitude + 10.0,
            "{now:?}"
        );
        assert!(told(&map, &mut drawn, RELEASE, there).is_none());
    }
}
