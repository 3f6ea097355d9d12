//! Keyboards: the layouts, variants and options of XKB.
//!
//! Pure tables for the wizard's lists and for the resolver's checks, made from xkeyboard-config
//! (`assets/sources/README.md` says how). [`layouts`] is for lists; [`layout`] finds one by name.

mod names;

pub use names::{
    Layout, Offer, OptionGroup, Variant, XkbOption, layout, layouts, option, option_groups,
};
