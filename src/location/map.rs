//! A map of the world: its projection, the part that is shown, and which time zones lie under a click.

use super::outlines::country_at;
use super::{Coordinates, Zone, zones};

/// Miller's cylindrical projection, fitted into a rectangle: straight time zones, and a north that
/// is not as swollen as Mercator's.
///
/// The map shows [`SOUTH`] to [`NORTH`]; it keeps its shape and is centred. Positions are in the
/// units of the rectangle, from its upper left corner, x to the right and y down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    /// Units per radian.
    scale: f32,
    /// Where 0° E lies.
    middle: f32,
    /// Where [`NORTH`] lies.
    top: f32,
}

/// Countries that a map of the world shows as a point, smaller than 3000 square kilometres, and have large
/// neighbours.
const SMALL: [&str; 12] = [
    "AD", "AX", "GG", "GI", "IM", "JE", "LI", "LU", "MC", "MT", "SM", "VA",
];

/// So many times farther than it is, their towns count.
const FAINTNESS: f32 = 4.0;

/// The southern edge of the map, in degrees: Antarctica is left out.
pub const SOUTH: f32 = -58.0;
/// The northern edge of the map, in degrees.
pub const NORTH: f32 = 84.0;
/// Width of the map by its height.
pub const ASPECT: f32 = 1.9965;
/// How near a click must be to a zone's own town to mean it whatever the country, by the width of
/// the map.
const REACH: f32 = 0.003;

/// Miller's ordinate: a latitude in degrees to radians up from the equator.
fn up(latitude: f32) -> f32 {
    let angle = std::f32::consts::FRAC_PI_4 + 0.4 * latitude.to_radians();
    1.25 * angle.tan().ln()
}

/// Which part of the world a map shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// How much larger everything is than on the map of the whole world: 1 to [`CLOSEST`].
    pub zoom: f32,
    /// What lies in the middle, as far as nothing beyond the map's edges is shown.
    pub middle: Coordinates,
}

/// The closest that a map is looked at: farther in, the outlines are corners.
pub const CLOSEST: f32 = 8.0;

impl Part {
    /// The whole world.
    pub const WHOLE: Self = Self {
        zoom: 1.0,
        middle: Coordinates {
            latitude: 0.0,
            longitude: 0.0,
        },
    };
}

impl Projection {
    /// The map as large as it fits into `width` × `height`.
    pub fn new(width: f32, height: f32) -> Self {
        Self::of(width, height, Part::WHOLE)
    }

    /// A part of the map that fills as much of `width` × `height` as there is map.
    pub fn of(width: f32, height: f32, part: Part) -> Self {
        use std::f32::consts::{PI, TAU};
        let radians_high = up(NORTH) - up(SOUTH);
        let whole = (width / TAU).min(height / radians_high);
        let scale = whole * part.zoom.clamp(1.0, CLOSEST);
        let middle = width / 2.0 - scale * part.middle.longitude.to_radians();
        let top = height / 2.0 - scale * (up(NORTH) - up(part.middle.latitude));
        let (half, high) = (scale * PI, scale * radians_high);
        Self {
            scale,
            middle: match 2.0 * half > width {
                true => middle.clamp(width - half, half),
                false => width / 2.0,
            },
            top: match high > height {
                true => top.clamp(height - high, 0.0),
                false => (height - high) / 2.0,
            },
        }
    }

    /// Where a place lies; places south of [`SOUTH`] lie below the map.
    pub fn position(&self, place: Coordinates) -> (f32, f32) {
        (
            self.middle + self.scale * place.longitude.to_radians(),
            self.top + self.scale * (up(NORTH) - up(place.latitude)),
        )
    }

    /// The place at a position; none outside the map.
    pub fn place(&self, x: f32, y: f32) -> Option<Coordinates> {
        let longitude = ((x - self.middle) / self.scale).to_degrees();
        let latitude = self.latitude(y);
        let inside = longitude.abs() <= 180.0 && (SOUTH..=NORTH).contains(&latitude);
        inside.then_some(Coordinates {
            latitude,
            longitude,
        })
    }

    /// The part of the map in `width` × `height` that shows the same place at a position when everything is
    /// `zoom` times as large as on the map of the whole world.
    pub fn zoomed(&self, (width, height): (f32, f32), (x, y): (f32, f32), zoom: f32) -> Part {
        let zoom = zoom.clamp(1.0, CLOSEST);
        let closer = Self::of(
            width,
            height,
            Part {
                zoom,
                ..Part::WHOLE
            },
        )
        .scale
            / self.scale;
        // The place in the middle then, as far from the position as it is now, in the new measure.
        self.part_around(
            (
                x + (width / 2.0 - x) / closer,
                y + (height / 2.0 - y) / closer,
            ),
            zoom,
        )
    }

    /// The part with the place at a position in its middle.
    pub fn part_around(&self, (x, y): (f32, f32), zoom: f32) -> Part {
        let longitude = ((x - self.middle) / self.scale).to_degrees();
        let middle = Coordinates {
            latitude: self.latitude(y).clamp(SOUTH, NORTH),
            longitude: longitude.clamp(-180.0, 180.0),
        };
        Part { zoom, middle }
    }

    /// The latitude at a height, beyond the map's edges, too.
    fn latitude(&self, y: f32) -> f32 {
        let ordinate = up(NORTH) - (y - self.top) / self.scale;
        let angle = (ordinate / 1.25).exp().atan() - std::f32::consts::FRAC_PI_4;
        (2.5 * angle).to_degrees()
    }

    /// The zones that a click at a position may mean, the most likely first, at most `most`.
    ///
    /// A zone whose town is right there comes first; then those of the country that was clicked,
    /// then the others, each by their distance on the map (over its edge, too). Towns are all that
    /// is known, not where zones end: inside a large country the second may be the right one, so
    /// offer several. The smallest countries have to be met more closely, so that their neighbours can
    /// be. Empty outside the map.
    pub fn zones_at(&self, x: f32, y: f32, most: usize) -> Vec<&'static Zone> {
        let Some(place) = self.place(x, y) else {
            return Vec::new();
        };
        let country = country_at(place);
        let reach = REACH * self.scale * std::f32::consts::TAU;
        let mut found: Vec<(bool, bool, f32, &Zone)> = zones()
            .iter()
            .filter(|zone| zone.place.latitude >= SOUTH)
            .map(|zone| {
                let apart = self.distance((x, y), self.position(zone.place));
                let distance = match SMALL.contains(&zone.country) {
                    true => apart * FAINTNESS,
                    false => apart,
                };
                let elsewhere = Some(zone.country) != country;
                (distance > reach, elsewhere, distance, zone)
            })
            .collect();
        found.sort_by(|a, b| {
            let near = a.0.cmp(&b.0);
            // Of several towns within reach the nearest wins, whatever its country.
            let land = if a.0 { a.1.cmp(&b.1) } else { near };
            near.then(land).then(a.2.total_cmp(&b.2))
        });
        found
            .into_iter()
            .take(most)
            .map(|(.., zone)| zone)
            .collect()
    }

    /// Between two positions, over the map's left and right edge if that is shorter.
    fn distance(&self, a: (f32, f32), b: (f32, f32)) -> f32 {
        let across = (a.0 - b.0).abs();
        let around = self.scale * std::f32::consts::TAU - across;
        across.min(around).hypot(a.1 - b.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::zone;
    use proptest::prelude::*;

    const fn at(latitude: f32, longitude: f32) -> Coordinates {
        Coordinates {
            latitude,
            longitude,
        }
    }

    #[test]
    fn a_click_means_the_zone_that_people_expect() {
        let map = Projection::new(1000.0, 1000.0 / ASPECT);
        let clicked = |place: Coordinates| {
            let (x, y) = map.position(place);
            map.zones_at(x, y, 3)[0].name
        };
        assert_eq!(clicked(at(47.3, 13.5)), "Europe/Vienna");
        assert_eq!(clicked(at(49.5, 3.3)), "Europe/Paris");
        assert_eq!(clicked(at(37.8, -122.4)), "America/Los_Angeles");
        assert_eq!(clicked(at(62.0, 15.0)), "Europe/Stockholm");
        // Towns of countries too small to be drawn.
        for name in [
            "Asia/Singapore",
            "Europe/Malta",
            "Europe/Vatican",
            "Pacific/Fiji",
        ] {
            assert_eq!(clicked(zone(name).unwrap().place), name);
        }
        assert!(map.zones_at(-1.0, 10.0, 3).is_empty());
    }

    #[test]
    fn every_zone_on_the_map_can_be_clicked() {
        let map = Projection::new(1280.0, 700.0);
        for zone in zones().iter().filter(|zone| zone.place.latitude >= SOUTH) {
            let (x, y) = map.position(zone.place);
            let found = map.zones_at(x, y, 1);
            // Towns that share a pixel can't be told apart by a click.
            let same = map.distance((x, y), map.position(found[0].place)) < 0.5;
            assert!(same, "{} gives {}", zone.name, found[0].name);
        }
    }

    proptest! {
        #[test]
        fn what_is_under_the_hand_stays_there_when_one_looks_closer(
            x in 150.0f32..350.0, y in 80.0f32..170.0, zoom in 1.5f32..CLOSEST,
        ) {
            let size = (500.0, 250.0);
            let whole = Projection::new(size.0, size.1);
            let place = whole.place(x, y).unwrap();
            let part = whole.zoomed(size, (x, y), zoom);
            let (now_x, now_y) = Projection::of(size.0, size.1, part).position(place);
            prop_assert!((now_x - x).abs() < 0.5 && (now_y - y).abs() < 0.5, "{now_x} {now_y}");
        }

        #[test]
        fn no_part_shows_what_is_beyond_the_map(
            latitude in SOUTH..NORTH, longitude in -180.0f32..180.0, zoom in 1.0f32..CLOSEST,
        ) {
            let (width, height) = (500.0, 500.0 / ASPECT - 0.1);
            let part = Part { zoom, middle: at(latitude, longitude) };
            let map = Projection::of(width, height, part);
            for (x, y) in [(1.0, 1.0), (width - 1.0, 1.0), (1.0, height - 1.0), (width - 1.0, height - 1.0)] {
                prop_assert!(map.place(x, y).is_some(), "{x} {y} {map:?}");
            }
        }

        #[test]
        fn positions_and_places_are_each_other_s_inverse(
            latitude in SOUTH..NORTH, longitude in -180.0f32..180.0,
            width in 200.0f32..4000.0, height in 100.0f32..3000.0,
        ) {
            let map = Projection::new(width, height);
            let (x, y) = map.position(at(latitude, longitude));
            prop_assert!((-1.0..=width + 1.0).contains(&x) && (-1.0..=height + 1.0).contains(&y));
            if let Some(place) = map.place(x, y) {
                prop_assert!((place.latitude - latitude).abs() < 0.05);
                prop_assert!((place.longitude - longitude).abs() < 0.05);
            }
        }
    }
}
