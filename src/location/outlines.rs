//! The outlines of the world, to draw, and which country a place belongs to.
//!
//! They are Natural Earth's countries at 1:110 million (public domain), rounded to a
//! twentieth of a degree; `assets/sources/world.py` made the table and tells its form. Small
//! countries such as Malta are not drawn; their zones can be clicked all the same.

use super::Coordinates;
use crate::packed::packed;
use std::sync::LazyLock;

/// The outlines of the world.
pub struct World {
    /// Lines that countries share, or coasts; open, to be stroked.
    pub lines: Vec<Vec<Coordinates>>,
    /// Countries, to be filled.
    pub countries: Vec<Outline>,
}

/// A country's land.
pub struct Outline {
    /// Its code (ISO 3166-1); none for land that has no code of its own.
    pub code: Option<String>,
    /// Closed rings, islands and holes alike: fill by the even-odd rule.
    pub rings: Vec<Vec<Coordinates>>,
}

/// How the table counts degrees.
const PER_DEGREE: f32 = 20.0;

/// The outlines, decoded once.
pub fn world() -> &'static World {
    static WORLD: LazyLock<World> = LazyLock::new(|| {
        let file = packed!("assets/location/world.bin").bytes();
        let mut reader = Reader(&file);
        // None would mean that the table was cut short, which a test rules out.
        reader.world().unwrap_or(World {
            lines: Vec::new(),
            countries: Vec::new(),
        })
    });
    &WORLD
}

/// The rest of the table.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// LEB128, at most five bytes.
    fn number(&mut self) -> Option<u32> {
        let mut value = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            value |= u32::from(byte & 127) << shift;
            if byte < 128 {
                return Some(value);
            }
        }
        None
    }

    /// Zigzag: 0, -1, 1, -2 …
    fn signed(&mut self) -> Option<i32> {
        let number = self.number()?;
        let half = i32::try_from(number >> 1).ok()?;
        Some(if number & 1 == 0 { half } else { -half - 1 })
    }

    fn many<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()?;
        (0..count).map(|_| read(self)).collect()
    }

    fn line(&mut self) -> Option<Vec<Coordinates>> {
        let (mut longitude, mut latitude) = (0, 0);
        let count = self.number()?;
        (0..count)
            .map(|_| {
                longitude += self.signed()?;
                latitude += self.signed()?;
                Some(Coordinates {
                    latitude: f32::from(i16::try_from(latitude).ok()?) / PER_DEGREE,
                    longitude: f32::from(i16::try_from(longitude).ok()?) / PER_DEGREE,
                })
            })
            .collect()
    }

    fn world(&mut self) -> Option<World> {
        let lines = self.many(Self::line)?;
        let country = |reader: &mut Self| {
            let letters = [reader.byte()?, reader.byte()?];
            let code = (letters != *b"--").then(|| letters.map(char::from).iter().collect());
            let rings = reader.many(|reader| {
                let references = reader.many(Self::signed)?;
                ring(&references, &lines)
            })?;
            Some(Outline { code, rings })
        };
        let countries = self.many(country)?;
        Some(World { lines, countries })
    }
}

/// Lines joined end to end; each begins where the one before ended.
fn ring(references: &[i32], lines: &[Vec<Coordinates>]) -> Option<Vec<Coordinates>> {
    let mut points: Vec<Coordinates> = Vec::new();
    for &reference in references {
        points.pop();
        if reference >= 0 {
            points.extend(lines.get(usize::try_from(reference).ok()?)?);
        } else {
            points.extend(lines.get(usize::try_from(!reference).ok()?)?.iter().rev());
        }
    }
    Some(points)
}

/// The code of the country whose land is at a place; none at sea.
pub fn country_at(place: Coordinates) -> Option<&'static str> {
    let holds = |outline: &&Outline| {
        let crossings = outline.rings.iter().map(|ring| crossings(ring, place));
        crossings.sum::<usize>() % 2 == 1
    };
    world().countries.iter().find(holds)?.code.as_deref()
}

/// How many edges of a ring a line from a place to the east crosses.
fn crossings(ring: &[Coordinates], place: Coordinates) -> usize {
    let edges = ring.iter().zip(ring.iter().skip(1));
    edges
        .filter(|(a, b)| {
            let spans = (a.latitude > place.latitude) != (b.latitude > place.latitude);
            let along = (place.latitude - a.latitude) / (b.latitude - a.latitude);
            spans && place.longitude < a.longitude + along * (b.longitude - a.longitude)
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::country;

    const fn at(latitude: f32, longitude: f32) -> Coordinates {
        Coordinates {
            latitude,
            longitude,
        }
    }

    #[test]
    fn the_outlines_are_whole() {
        let world = world();
        assert_eq!(world.countries.len(), 177);
        let without_code = world.countries.iter().filter(|c| c.code.is_none()).count();
        assert_eq!(
            without_code, 3,
            "Northern Cyprus, Somaliland and Kosovo have none"
        );
        for outline in &world.countries {
            if let Some(code) = &outline.code {
                assert!(country(code).is_some(), "{code}");
            }
            for ring in &outline.rings {
                assert!(
                    ring.len() > 3 && ring.first() == ring.last(),
                    "{:?}",
                    outline.code
                );
            }
        }
        let points: usize = world.lines.iter().map(Vec::len).sum();
        assert!(points > 5000, "{points}");
    }

    #[test]
    fn land_is_known_from_sea() {
        for (place, code) in [
            (at(48.2, 14.0), Some("AT")),
            (at(39.0, -98.0), Some("US")),
            (at(64.0, -150.0), Some("US")),
            (at(-25.0, 133.0), Some("AU")),
            (at(-29.5, 28.3), Some("LS")),
            (at(0.0, -30.0), None),
        ] {
            assert_eq!(country_at(place), code, "{place:?}");
        }
    }
}
