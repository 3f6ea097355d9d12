//! Icons, drawn for this program: 24 by 24, lines of two, coloured where they are used.

use super::vector::vectors;
use crate::wizard::Element;
use iced::Color;

/// Which icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Check,
    Warning,
    Error,
    Info,
    Running,
    Code,
    Eye,
    EyeOff,
    Search,
    Person,
    Flake,
}

impl Icon {
    const fn file(self) -> &'static [u8] {
        match self {
            Self::Check => include_bytes!("../../../assets/icons/check.svg"),
            Self::Warning => include_bytes!("../../../assets/icons/warning.svg"),
            Self::Error => include_bytes!("../../../assets/icons/error.svg"),
            Self::Info => include_bytes!("../../../assets/icons/info.svg"),
            Self::Running => include_bytes!("../../../assets/icons/running.svg"),
            Self::Code => include_bytes!("../../../assets/icons/code.svg"),
            Self::Eye => include_bytes!("../../../assets/icons/eye.svg"),
            Self::EyeOff => include_bytes!("../../../assets/icons/eye-off.svg"),
            Self::Person => include_bytes!("../../../assets/icons/person.svg"),
            Self::Search => include_bytes!("../../../assets/icons/search.svg"),
            Self::Flake => include_bytes!("../../../assets/icons/flake.svg"),
        }
    }
}

/// An icon of a size, in one colour.
pub(crate) fn icon<'a, M: 'a>(which: Icon, size: f32, colour: Color) -> Element<'a, M> {
    vectors(which.file())
        .width(size)
        .height(size)
        .colour(colour)
        .into()
}
