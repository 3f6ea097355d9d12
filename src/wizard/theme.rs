//! What everything looks like: colours, spaces and sizes of type, in one place.
//!
//! Pages name what a thing is (a card, a warning, muted text), never a colour or a number.

use iced::Color;

/// Spaces, in logical pixels: multiples of four.
pub(crate) mod space {
    /// Between a label and what it belongs to.
    pub(crate) const XS: f32 = 4.0;
    /// Between things of one group.
    pub(crate) const S: f32 = 8.0;
    /// Between related groups, and inside of controls.
    pub(crate) const M: f32 = 12.0;
    /// Inside of cards.
    pub(crate) const L: f32 = 20.0;
    /// Around pages.
    pub(crate) const XL: f32 = 32.0;
}

/// Sizes of type, in logical pixels.
pub(crate) mod size {
    /// Notes and labels of bars.
    pub(crate) const SMALL: f32 = 13.0;
    /// Everything that is read.
    pub(crate) const BODY: f32 = 15.0;
    /// Heads of groups.
    pub(crate) const HEAD: f32 = 17.0;
    /// Titles of pages.
    pub(crate) const TITLE: f32 = 30.0;
    /// Code.
    pub(crate) const CODE: f32 = 12.5;
    /// Marks beside words.
    pub(crate) const MARK: f32 = 16.0;
}

/// The least height of anything that can be pressed.
pub(crate) const TARGET: f32 = 40.0;

/// Sizes of marks beside text, in logical pixels.
pub(crate) mod mark {
    /// In lists.
    pub(crate) const S: f32 = 18.0;
    /// Of sentences.
    pub(crate) const M: f32 = 20.0;
    /// Beside two lines.
    pub(crate) const L: f32 = 22.0;
}

/// Widths, in logical pixels.
pub(crate) mod width {
    /// Of the names before a list of values.
    pub(crate) const NAMES: f32 = 180.0;
    /// A field for a number.
    pub(crate) const NUMBER: f32 = 240.0;
    /// The narrowest that a choice with a sentence becomes beside another one.
    pub(crate) const CHOICE: f32 = 240.0;
    /// The same of one with a few words.
    pub(crate) const SHORT_CHOICE: f32 = 200.0;
}

/// Heights of parts that scroll by themselves, in logical pixels.
pub(crate) mod height {
    /// A log below other things.
    pub(crate) const LOG: f32 = 340.0;
    /// The most that errors take above a log.
    pub(crate) const ERRORS: f32 = 84.0;
}

/// How round corners are.
pub(crate) mod radius {
    /// Of marks and chips.
    pub(crate) const S: f32 = 6.0;
    /// Of controls.
    pub(crate) const M: f32 = 10.0;
    /// Of cards.
    pub(crate) const L: f32 = 14.0;
}

/// Which palette.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Appearance {
    #[default]
    Light,
    Dark,
    HighContrast,
}

impl Appearance {
    pub(crate) const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::HighContrast];

    /// Its name on the command line and in texts.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::HighContrast => "high-contrast",
        }
    }

    pub(crate) const fn palette(self) -> &'static Palette {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
            Self::HighContrast => &HIGH_CONTRAST,
        }
    }
}

/// Colours by what they are for.
#[derive(Debug)]
pub(crate) struct Palette {
    /// Behind everything.
    pub(crate) window: Color,
    /// Around the wizard, where the window is larger than it.
    pub(crate) backdrop: Color,
    /// The mountains there.
    pub(crate) landscape: Color,
    /// Behind the list of pages.
    pub(crate) rail: Color,
    /// Cards, fields, panels.
    pub(crate) surface: Color,
    /// A surface under the pointer.
    pub(crate) hover: Color,
    /// Behind code and logs, and the empty part of bars.
    pub(crate) sunken: Color,
    /// Text.
    pub(crate) text: Color,
    /// Text of less weight.
    pub(crate) muted: Color,
    /// Lines around cards.
    pub(crate) line: Color,
    /// Lines around buttons that can't be pressed.
    pub(crate) line_off: Color,
    /// Lines around fields and boxes that can be filled in.
    pub(crate) edge: Color,
    /// What is chosen, and the main button.
    pub(crate) accent: Color,
    /// The main button under the pointer.
    pub(crate) accent_hover: Color,
    /// Text on the accent.
    pub(crate) on_accent: Color,
    /// Behind what is chosen.
    pub(crate) accent_soft: Color,
    /// Text and marks of errors, and the button that erases.
    pub(crate) danger: Color,
    /// The same while the mouse is over it.
    pub(crate) danger_hover: Color,
    /// Behind errors.
    pub(crate) danger_soft: Color,
    /// Text on danger.
    pub(crate) on_danger: Color,
    /// Text and marks of warnings.
    pub(crate) warning: Color,
    /// Behind warnings.
    pub(crate) warning_soft: Color,
    /// Text and marks of what is well.
    pub(crate) success: Color,
    /// Behind lines of code that the last change touched.
    pub(crate) changed: Color,
    /// Code: strings, words of the language, comments, names.
    pub(crate) code_string: Color,
    pub(crate) code_word: Color,
    pub(crate) code_comment: Color,
    pub(crate) code_name: Color,
    /// Parts of a disk.
    pub(crate) disk: DiskColours,
}

/// Colours of the parts of a disk.
#[derive(Debug)]
pub(crate) struct DiskColours {
    pub(crate) boot: Color,
    pub(crate) nixos: Color,
    pub(crate) windows: Color,
    pub(crate) linux: Color,
    pub(crate) other: Color,
    pub(crate) free: Color,
}

const fn rgb(hex: u32) -> Color {
    Color::from_rgb8((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

static LIGHT: Palette = Palette {
    window: rgb(0xf7f8fb),
    backdrop: rgb(0xd5dfef),
    landscape: rgb(0x4f76c4),
    rail: rgb(0xedf0f7),
    surface: rgb(0xffffff),
    hover: rgb(0xf1f4fa),
    sunken: rgb(0xf1f3f8),
    text: rgb(0x1a2233),
    muted: rgb(0x55607a),
    line: rgb(0xdde2ec),
    line_off: rgb(0xdde2ec),
    edge: rgb(0x848fa6),
    accent: rgb(0x3a62b5),
    accent_hover: rgb(0x2f539d),
    on_accent: rgb(0xffffff),
    accent_soft: rgb(0xe6edfa),
    danger: rgb(0xb3261e),
    danger_hover: rgb(0x8f1c16),
    danger_soft: rgb(0xfdecea),
    on_danger: rgb(0xffffff),
    warning: rgb(0x855100),
    warning_soft: rgb(0xfff3dc),
    success: rgb(0x1d6f42),
    changed: rgb(0xddeafe),
    code_string: rgb(0x1d6f42),
    code_word: rgb(0x7a3ea8),
    code_comment: rgb(0x5d6880),
    code_name: rgb(0x23509e),
    disk: DiskColours {
        boot: rgb(0x8a6fc9),
        nixos: rgb(0x4a74c9),
        windows: rgb(0x2b9bb5),
        linux: rgb(0xd08a2e),
        other: rgb(0x8e97a8),
        free: rgb(0xd5dbe6),
    },
};

static DARK: Palette = Palette {
    window: rgb(0x141821),
    backdrop: rgb(0x0a0d14),
    landscape: rgb(0x54709f),
    rail: rgb(0x10131b),
    surface: rgb(0x1d2330),
    hover: rgb(0x262e3e),
    sunken: rgb(0x10141c),
    text: rgb(0xe9edf5),
    muted: rgb(0xa6b0c3),
    line: rgb(0x303949),
    line_off: rgb(0x303949),
    edge: rgb(0x75819a),
    accent: rgb(0x8ab0f5),
    accent_hover: rgb(0xa6c3f8),
    on_accent: rgb(0x0e1a33),
    accent_soft: rgb(0x22314f),
    danger: rgb(0xff9d94),
    danger_hover: rgb(0xffb9b3),
    danger_soft: rgb(0x3d2022),
    on_danger: rgb(0x38090a),
    warning: rgb(0xf2c06b),
    warning_soft: rgb(0x362b17),
    success: rgb(0x7fd0a0),
    changed: rgb(0x23375c),
    code_string: rgb(0x8fd3a8),
    code_word: rgb(0xcfa6f2),
    code_comment: rgb(0x9ba6bb),
    code_name: rgb(0x9bbcf7),
    disk: DiskColours {
        boot: rgb(0x9f86db),
        nixos: rgb(0x6c96e8),
        windows: rgb(0x49b3cc),
        linux: rgb(0xdb9d4b),
        other: rgb(0x8089a0),
        free: rgb(0x343d4e),
    },
};

static HIGH_CONTRAST: Palette = Palette {
    window: rgb(0x000000),
    backdrop: rgb(0x000000),
    landscape: rgb(0x505050),
    rail: rgb(0x000000),
    surface: rgb(0x0a0a0a),
    hover: rgb(0x202020),
    sunken: rgb(0x000000),
    text: rgb(0xffffff),
    muted: rgb(0xe6e6e6),
    line: rgb(0xffffff),
    line_off: rgb(0x595959),
    edge: rgb(0xffffff),
    accent: rgb(0xffe14d),
    accent_hover: rgb(0xfff0a0),
    on_accent: rgb(0x000000),
    accent_soft: rgb(0x33300a),
    danger: rgb(0xffa8a0),
    danger_hover: rgb(0xffc9c4),
    danger_soft: rgb(0x300000),
    on_danger: rgb(0x000000),
    warning: rgb(0xffd080),
    warning_soft: rgb(0x2b2000),
    success: rgb(0x8cffb0),
    changed: rgb(0x3a3600),
    code_string: rgb(0xa8ffc0),
    code_word: rgb(0xffc8ff),
    code_comment: rgb(0xe0e0e0),
    code_name: rgb(0xa8d8ff),
    disk: DiskColours {
        boot: rgb(0xd0a8ff),
        nixos: rgb(0xffe14d),
        windows: rgb(0x6fe0ff),
        linux: rgb(0xffb050),
        other: rgb(0xc0c0c0),
        free: rgb(0x404040),
    },
};

impl Appearance {
    /// The theme that iced itself draws with: window background and plain text.
    pub(crate) fn iced(self) -> iced::Theme {
        let palette = self.palette();
        iced::Theme::custom(
            self.name(),
            iced::theme::Palette {
                background: palette.window,
                text: palette.text,
                primary: palette.accent,
                success: palette.success,
                warning: palette.warning,
                danger: palette.danger,
            },
        )
    }
}

/// Relative luminance, WCAG 2.2.
#[cfg(test)]
fn luminance(colour: Color) -> f32 {
    let channel = |c: f32| {
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(colour.r) + 0.7152 * channel(colour.g) + 0.0722 * channel(colour.b)
}

/// How much two colours differ, 1 to 21, WCAG 2.2.
#[cfg(test)]
pub(crate) fn contrast(a: Color, b: Color) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_can_be_read_in_every_palette() {
        for appearance in Appearance::ALL {
            let p = appearance.palette();
            let mut pairs = vec![
                ("on accent", p.on_accent, p.accent),
                ("on accent hover", p.on_accent, p.accent_hover),
                ("on danger", p.on_danger, p.danger),
                ("on danger hover", p.on_danger, p.danger_hover),
                ("danger", p.danger, p.danger_soft),
                ("danger", p.danger, p.surface),
                ("danger", p.danger, p.window),
                ("warning", p.warning, p.warning_soft),
                ("warning", p.warning, p.surface),
                ("warning", p.warning, p.window),
                ("text on warning", p.text, p.warning_soft),
                ("text on danger", p.text, p.danger_soft),
                ("success", p.success, p.surface),
                ("success", p.success, p.window),
                ("accent", p.accent, p.surface),
                ("accent", p.accent, p.window),
                ("accent", p.accent, p.rail),
                ("accent", p.accent, p.accent_soft),
            ];
            let surfaces = [
                p.window,
                p.rail,
                p.surface,
                p.hover,
                p.sunken,
                p.accent_soft,
            ];
            for behind in surfaces {
                pairs.push(("text", p.text, behind));
                pairs.push(("muted", p.muted, behind));
            }
            for code in [p.code_string, p.code_word, p.code_comment, p.code_name] {
                pairs.push(("code", code, p.sunken));
                pairs.push(("code on changed", code, p.changed));
            }
            for (name, text, behind) in pairs {
                let ratio = contrast(text, behind);
                assert!(ratio >= 4.5, "{}: {name}: {ratio:.2}", appearance.name());
            }
            // Lines of controls, WCAG 2.2, 1.4.11.
            for behind in [p.window, p.surface] {
                let ratio = contrast(p.edge, behind);
                assert!(ratio >= 3.0, "{}: edge: {ratio:.2}", appearance.name());
            }
        }
    }
}
