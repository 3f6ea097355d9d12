//! Where the keys lie: the boards that are sold, as rectangles to draw.

use super::picture::Key;

/// A kind of keyboard, by its main block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Board {
    /// 104 keys: America, most of Asia. A wide Enter and a long left Shift.
    Ansi,
    /// 105 keys: Europe. A tall Enter and a key between left Shift and the letters.
    Iso,
    /// 106 keys: Japan. A short space bar, keys for changing scripts, ¥ and \ of their own.
    Jis,
    /// 107 keys: Brazil. As ISO with a key more beside the right Shift.
    Abnt,
}

/// What is on a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cap {
    /// What the layout says.
    Types(Key),
    /// A key that does the same on every layout.
    Named(Named),
}

/// A key that does the same on every layout; named by what is printed on a US keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are what is printed on the keys")]
pub enum Named {
    Backspace,
    Tab,
    CapsLock,
    Enter,
    LeftShift,
    RightShift,
    LeftControl,
    RightControl,
    LeftSuper,
    RightSuper,
    Alt,
    AltGr,
    Menu,
    /// 無変換
    NonConvert,
    /// 変換
    Convert,
    /// カタカナ ひらがな
    Kana,
}

/// A key of a board. The unit is the width of a letter's key; the origin is the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoardKey {
    /// What is on it.
    pub cap: Cap,
    /// Left edge.
    pub x: f32,
    /// Upper edge; a row is 1 high.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height: 1, or 2 for a tall Enter, whose lower half is [`ENTER_STEP`] narrower on the left.
    pub height: f32,
}

/// Width of every board.
pub const WIDTH: f32 = 15.0;
/// Height of every board.
pub const HEIGHT: f32 = 5.0;
/// How much further right the lower half of a tall Enter begins.
pub const ENTER_STEP: f32 = 0.25;

/// The first and last digits of the names of keys in a row, such as `AE01` to `AE12`.
struct Run(&'static str, u8, u8);

impl Board {
    /// Every board.
    pub const ALL: [Self; 4] = [Self::Ansi, Self::Iso, Self::Jis, Self::Abnt];

    /// The board that is sold where a layout is used.
    pub fn of(layout: &str) -> Self {
        match layout {
            "jp" => Self::Jis,
            "br" => Self::Abnt,
            "us" | "cn" | "tw" | "kr" | "th" | "vn" | "ph" | "my" | "id" | "au" | "nz" | "in"
            | "bd" | "np" | "lk" | "pk" | "af" | "kh" | "la" | "mm" | "mn" | "ru" | "ua" | "by"
            | "bg" | "kz" | "kg" | "uz" | "tj" | "am" | "ge" | "ir" | "il" | "pl" | "ro" | "nl" => {
                Self::Ansi
            }
            _ => Self::Iso,
        }
    }

    /// The keys of the main block, row by row from the upper left.
    pub fn keys(self) -> Vec<BoardKey> {
        use Named::{Backspace, CapsLock, LeftShift, RightShift, Tab};
        let mut rows = Rows(Vec::new());
        // The digits.
        rows.types(0.0, 0.0, "TLDE", 1.0);
        let end = rows.run(
            1.0,
            0.0,
            &Run("AE", 1, if self == Self::Jis { 13 } else { 12 }),
        );
        rows.named(end, 0.0, Backspace, WIDTH - end);
        // The first row of letters.
        rows.named(0.0, 1.0, Tab, 1.5);
        let end = rows.run(1.5, 1.0, &Run("AD", 1, 12));
        if self == Self::Ansi {
            rows.types(end, 1.0, "BKSL", WIDTH - end);
        } else {
            rows.0.push(BoardKey {
                cap: Cap::Named(Named::Enter),
                x: end,
                y: 1.0,
                width: WIDTH - end,
                height: 2.0,
            });
        }
        // The second.
        rows.named(0.0, 2.0, CapsLock, 1.75);
        let end = rows.run(1.75, 2.0, &Run("AC", 1, 11));
        if self == Self::Ansi {
            rows.named(end, 2.0, Named::Enter, WIDTH - end);
        } else {
            rows.types(end, 2.0, "BKSL", 1.0);
        }
        // The third.
        let has_lsgt = matches!(self, Self::Iso | Self::Abnt);
        let mut x = if has_lsgt { 1.25 } else { 2.25 };
        rows.named(0.0, 3.0, LeftShift, x);
        if has_lsgt {
            rows.types(x, 3.0, "LSGT", 1.0);
            x += 1.0;
        }
        let last = if matches!(self, Self::Jis | Self::Abnt) {
            11
        } else {
            10
        };
        let end = rows.run(x, 3.0, &Run("AB", 1, last));
        rows.named(end, 3.0, RightShift, WIDTH - end);
        rows.bottom(self);
        rows.0
    }
}

struct Rows(Vec<BoardKey>);

impl Rows {
    fn push(&mut self, x: f32, y: f32, cap: Cap, width: f32) {
        self.0.push(BoardKey {
            cap,
            x,
            y,
            width,
            height: 1.0,
        });
    }

    fn types(&mut self, x: f32, y: f32, name: &str, width: f32) {
        // Every name here is one of the table's, which a test holds.
        if let Some(key) = Key::named(name) {
            self.push(x, y, Cap::Types(key), width);
        }
    }

    fn named(&mut self, x: f32, y: f32, named: Named, width: f32) {
        self.push(x, y, Cap::Named(named), width);
    }

    /// Keys of width 1 side by side; returns where they end.
    fn run(&mut self, mut x: f32, y: f32, run: &Run) -> f32 {
        let Run(row, first, last) = run;
        for number in *first..=*last {
            self.types(x, y, &format!("{row}{number:02}"), 1.0);
            x += 1.0;
        }
        x
    }

    fn bottom(&mut self, board: Board) {
        use Named::{
            Alt, AltGr, Convert, Kana, LeftControl, LeftSuper, Menu, NonConvert, RightControl,
            RightSuper,
        };
        let jis = board == Board::Jis;
        let (left, space, right): (&[Named], f32, &[Named]) = if jis {
            (
                &[LeftControl, LeftSuper, Alt, NonConvert],
                3.75,
                &[Convert, Kana, AltGr, Menu, RightControl],
            )
        } else {
            (
                &[LeftControl, LeftSuper, Alt],
                6.25,
                &[AltGr, RightSuper, Menu, RightControl],
            )
        };
        let mut x = 0.0;
        for named in left {
            self.named(x, 4.0, *named, 1.25);
            x += 1.25;
        }
        self.types(x, 4.0, "SPCE", space);
        x += space;
        for named in right {
            self.named(x, 4.0, *named, 1.25);
            x += 1.25;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn keys_fill_every_row_and_none_covers_another() {
        for board in Board::ALL {
            let keys = board.keys();
            let mut area = 0.0;
            for (index, a) in keys.iter().enumerate() {
                assert!(
                    a.x >= 0.0 && a.x + a.width <= WIDTH && a.y + a.height <= HEIGHT,
                    "{board:?} {a:?}"
                );
                area += a.width * a.height;
                if a.height > 1.0 {
                    area -= ENTER_STEP;
                }
                for b in &keys[index + 1..] {
                    let step = |k: &BoardKey, y: f32| {
                        if k.height > 1.0 && y > k.y {
                            ENTER_STEP
                        } else {
                            0.0
                        }
                    };
                    let rows = a.y < b.y + b.height && b.y < a.y + a.height;
                    let columns =
                        a.x + step(a, b.y) < b.x + b.width && b.x + step(b, a.y) < a.x + a.width;
                    assert!(!(rows && columns), "{board:?}: {a:?} {b:?}");
                }
            }
            assert!((area - WIDTH * HEIGHT).abs() < 0.01, "{board:?}: {area}");
        }
    }

    #[test]
    fn every_board_has_its_own_keys_once() {
        let typing = |board: Board| {
            let keys = board.keys();
            let names: Vec<&str> = keys
                .iter()
                .filter_map(|key| match key.cap {
                    Cap::Types(key) => Some(key.name()),
                    Cap::Named(_) => None,
                })
                .collect();
            let set: BTreeSet<&str> = names.iter().copied().collect();
            assert_eq!(set.len(), names.len(), "{board:?}");
            set
        };
        // Letters, digits and signs of the main block, the space bar with them.
        assert_eq!(typing(Board::Ansi).len(), 48);
        let iso = typing(Board::Iso);
        assert!(iso.len() == 49 && iso.contains("LSGT") && iso.contains("BKSL"));
        let jis = typing(Board::Jis);
        assert!(jis.contains("AE13") && jis.contains("AB11") && !jis.contains("LSGT"));
        let abnt = typing(Board::Abnt);
        assert!(abnt.contains("AB11") && abnt.contains("LSGT"));
        assert_eq!(Board::of("de"), Board::Iso);
    }
}
