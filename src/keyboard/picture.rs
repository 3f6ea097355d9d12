//! What each key gives, for drawing a keyboard and for knowing what can be typed.
//!
//! Made beforehand by compiling every layout and variant with libxkbcommon
//! (`assets/sources/pictures.py`), so a recorded machine shows the same keys anywhere. Levels beyond
//! the fourth and other groups are left out.

use super::names::{Layout, layouts};
use crate::packed::packed;
use std::sync::LazyLock;

/// Fewer letters than this of a to z are no Latin layout.
const ENOUGH_LETTERS: usize = 18;

/// The layout where none is chosen, and beside those without Latin letters.
const USUAL: &str = "us";

/// The keys that type something, by XKB's names, in the order of the table.
const NAMES: [&str; KEYS] = [
    "TLDE", "AE01", "AE02", "AE03", "AE04", "AE05", "AE06", "AE07", "AE08", "AE09", "AE10", "AE11",
    "AE12", "AE13", "AD01", "AD02", "AD03", "AD04", "AD05", "AD06", "AD07", "AD08", "AD09", "AD10",
    "AD11", "AD12", "AC01", "AC02", "AC03", "AC04", "AC05", "AC06", "AC07", "AC08", "AC09", "AC10",
    "AC11", "BKSL", "LSGT", "AB01", "AB02", "AB03", "AB04", "AB05", "AB06", "AB07", "AB08", "AB09",
    "AB10", "AB11", "SPCE",
];
const KEYS: usize = 51;
const LEVELS: usize = 4;

/// A key that types something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(u8);

impl Key {
    /// The key with one of XKB's names, such as `AD01`, which is Q on a US keyboard.
    pub fn named(name: &str) -> Option<Self> {
        let index = NAMES.iter().position(|known| *known == name)?;
        u8::try_from(index).ok().map(Self)
    }

    /// XKB's name.
    pub fn name(self) -> &'static str {
        NAMES.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// Every key.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..KEYS).filter_map(|index| u8::try_from(index).ok().map(Self))
    }
}

/// What a key gives at one level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sign {
    /// Nothing that can be drawn.
    Nothing,
    /// A character.
    Character(char),
    /// An accent for the next letter, with the sign that shows it, or `◌` if it has none.
    Dead(char),
    /// Compose: the next keys together make one character.
    Compose,
}

/// Which keys are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// None.
    Plain,
    /// Shift.
    Shift,
    /// AltGr (the third level).
    AltGr,
    /// Shift and AltGr.
    ShiftAltGr,
}

impl Level {
    /// Every level, in the order of XKB.
    pub const ALL: [Self; LEVELS] = [Self::Plain, Self::Shift, Self::AltGr, Self::ShiftAltGr];
}

/// What the keys of a layout or variant give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture([[Sign; LEVELS]; KEYS]);

impl Picture {
    /// What a key gives at a level.
    pub fn sign(&self, key: Key, level: Level) -> Sign {
        let signs = self.0.get(usize::from(key.0));
        let sign = signs.and_then(|signs| signs.get(level as usize));
        sign.copied().unwrap_or(Sign::Nothing)
    }

    /// Whether one key, with Shift or AltGr or both if need be, gives this character.
    pub fn types(&self, character: char) -> bool {
        self.0.as_flattened().contains(&Sign::Character(character))
    }

    /// Whether Latin letters can be typed without AltGr, most of a to z at least.
    ///
    /// Languages that have no q or w leave them out of their layouts, so a few may be missing; a
    /// layout of another script has one at most, which a test holds.
    pub fn has_latin_letters(&self) -> bool {
        self.latin_letters() >= ENOUGH_LETTERS
    }

    /// How many of a to z the keys give by themselves.
    fn latin_letters(&self) -> usize {
        let plain = |signs: &[Sign; LEVELS]| signs.first().copied();
        let typed: Vec<Sign> = self.0.iter().filter_map(plain).collect();
        let is_typed = |letter: &char| typed.contains(&Sign::Character(*letter));
        ('a'..='z').filter(is_typed).count()
    }

    /// The characters of a text that no single key gives, each once, in order.
    ///
    /// Dead keys and Compose are left out of account: a prompt for a passphrase has neither.
    pub fn cannot_type(&self, text: &str) -> Vec<char> {
        let mut missing = Vec::new();
        for character in text.chars() {
            if !self.types(character) && !missing.contains(&character) {
                missing.push(character);
            }
        }
        missing
    }
}

/// What the keys give where the new system asks for a password: those of the layout, or of `us` where
/// it has no Latin letters, since `us` stands beside such a layout and comes first.
pub fn picture_in_use(layout: &str, variant: Option<&str>) -> Option<Picture> {
    let chosen = picture(layout, variant)?;
    match chosen.has_latin_letters() {
        true => Some(chosen),
        false => picture(USUAL, None),
    }
}

/// What the keys of a layout give, of its variant if there is one; none if either is unknown here.
pub fn picture(layout: &str, variant: Option<&str>) -> Option<Picture> {
    let line = LINES.of(layout, variant)?;
    let mut keys = [[Sign::Nothing; LEVELS]; KEYS];
    LINES.draw(line, &mut keys, MOST_LIKENESSES)?;
    Some(Picture(keys))
}

/// A line is like another one, which is like another: at most so many times.
const MOST_LIKENESSES: usize = 64;

struct Lines(Vec<&'static str>);

static LINES: LazyLock<Lines> =
    LazyLock::new(|| Lines(packed!("assets/keyboard/keys.txt").kept().lines().collect()));

impl Lines {
    /// The number of a layout's or variant's line: they stand in the order of the names.
    fn of(&self, layout: &str, variant: Option<&str>) -> Option<usize> {
        let mut line = 0;
        for known in layouts() {
            if known.name == layout {
                return Some(line + Self::variant(known, variant)?);
            }
            line += 1 + known.variants.len();
        }
        None
    }

    fn variant(layout: &Layout, variant: Option<&str>) -> Option<usize> {
        match variant {
            None | Some("") => Some(0),
            Some(name) => layout
                .variants
                .iter()
                .position(|v| v.name == name)
                .map(|n| n + 1),
        }
    }

    /// Draws what a line is like, then what it has of its own.
    fn draw(&self, line: usize, keys: &mut [[Sign; LEVELS]; KEYS], most: usize) -> Option<()> {
        let mut fields = self.0.get(line)?.split('\t');
        let like: usize = fields.next()?.parse().ok()?;
        if like != line {
            self.draw(like, keys, most.checked_sub(1)?)?;
        }
        for field in fields {
            let mut letters = field.chars();
            let key = u32::from(letters.next()?).checked_sub(u32::from('A'))?;
            let signs = keys.get_mut(usize::try_from(key).ok()?)?;
            *signs = std::array::from_fn(|_| letters.next().map_or(Sign::Nothing, sign));
        }
        Some(())
    }
}

/// The table's characters of private use stand for what is no character.
fn sign(character: char) -> Sign {
    match character {
        '\u{fffc}' => Sign::Nothing,
        '\u{e0ff}' => Sign::Compose,
        '\u{e000}'..='\u{e0fe}' => {
            let index = u32::from(character) - 0xe000;
            let sign = usize::try_from(index).ok().and_then(|i| DEAD.get(i));
            Sign::Dead(sign.copied().unwrap_or('◌'))
        }
        _ => Sign::Character(character),
    }
}

/// How dead keys are shown, in the order of the table's script.
const DEAD: [char; 33] = [
    '`', '´', '^', '~', '¯', '˘', '˙', '¨', '˚', '˝', 'ˇ', '¸', '˛', 'ͺ', '゛', '゜', '.', '̉', '̛',
    '/', '᾿', '῾', '̏', '˳', 'ˍ', '‸', '˷', '⏑', '⋯', '̑', ',', '¤', 'µ',
];

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(layout: &str, variant: Option<&str>, key: &str) -> [Sign; LEVELS] {
        let picture = picture(layout, variant).unwrap();
        Level::ALL.map(|level| picture.sign(Key::named(key).unwrap(), level))
    }

    #[test]
    fn keys_give_what_is_printed_on_them() {
        use Sign::{Character as C, Dead, Nothing};
        assert_eq!(
            signs("us", None, "AD01"),
            [C('q'), C('Q'), Nothing, Nothing]
        );
        assert_eq!(signs("de", None, "AD03")[2], C('€'));
        assert_eq!(signs("de", None, "AD06")[0], C('z'));
        assert_eq!(signs("de", None, "AE12")[0], Dead('´'));
        assert_eq!(signs("de", Some("nodeadkeys"), "AE12")[0], C('´'));
        assert_eq!(signs("fr", None, "AD01")[0], C('a'));
        assert_eq!(signs("ru", None, "AC01")[..2], [C('ф'), C('Ф')]);
        assert_eq!(signs("de", Some("neo"), "AD01")[0], C('x'));
        assert_eq!(signs("gr", None, "AC01")[0], C('α'));
        assert!(picture("xx", None).is_none() && picture("de", Some("xx")).is_none());
    }

    #[test]
    fn every_layout_and_variant_has_a_picture() {
        let mut drawn = 0;
        for layout in layouts() {
            let variants = layout.variants.iter().map(|variant| Some(variant.name));
            for variant in variants.chain([None]) {
                let picture = picture(layout.name, variant).unwrap();
                let letters = picture.latin_letters();
                assert!(letters <= 1 || letters >= ENOUGH_LETTERS, "{}", layout.name);
                let plain =
                    Key::all().filter(|key| picture.sign(*key, Level::Plain) != Sign::Nothing);
                let (layout, count) = (layout.name, plain.count());
                // Braille is written with six keys at a time.
                assert!(
                    count > 15 || layout == "brai",
                    "{layout} {variant:?}: {count} keys"
                );
                drawn += 1;
            }
        }
        assert_eq!(drawn, LINES.0.len());
    }

    #[test]
    fn what_no_key_gives_is_told_once() {
        let german = picture("de", Some("nodeadkeys")).unwrap();
        assert_eq!(german.cannot_type("Grüße, ñandú ñ"), ['ñ', 'ú']);
        let russian = picture("ru", None).unwrap();
        assert!(!russian.has_latin_letters() && german.has_latin_letters());
        assert_eq!(russian.cannot_type("ф1a"), ['a']);
    }
}
