//! Keyboards: the layouts, variants and options of XKB.
//!
//! Pure tables for the wizard's lists and for the resolver's checks, made from xkeyboard-config
//! (`assets/sources/README.md` says how).
//!
//! - [`layouts`] is for lists; [`layout`] finds one by name.
//! - [`Layout::name_in`] and [`Variant::name_in`] give names in the languages of the wizard.
//! - [`guess`] tells what people of a locale have.
//! - [`Board::of`] and [`Board::keys`] are where the keys lie, [`picture`] is what they give.

mod accents;
mod board;
mod console;
mod guess;
mod names;
mod picture;
mod translation;

pub use accents::with_accent;
pub use board::{Board, BoardKey, Cap, ENTER_STEP, HEIGHT, Named, WIDTH};
pub use console::console_differs;
pub use guess::{Guess, guess};
pub use names::{
    Layout, Offer, OptionGroup, Variant, XkbOption, layout, layouts, option, option_groups,
};
pub use picture::{Key, Level, Picture, Sign, picture, picture_in_use};
