//! What pages are made of.

mod around;
mod arrows;
mod bar;
mod board;
mod boundary;
mod button;
mod by_layout;
mod card;
mod code;
mod codes;
mod drawing;
mod field;
mod focus;
mod icon;
mod latin;
mod list;
mod map;
mod picture;
mod reveal;
mod scheme;
mod scope;
mod scroll;
mod signal;
mod tabs;
mod text;
mod vector;

pub(crate) use bar::{
    DiskParts, Segment, SegmentKind, disk_bar, disk_change, disk_strip, progress_bar, steps_bar,
};
pub(crate) use board::board;
pub(crate) use boundary::{Shared, boundary};
pub(crate) use button::{Kind, button, check, check_card, given, toggle};
pub(crate) use by_layout::by_layout;
pub(crate) use card::{Tone, card, choice, notice, panel, table_row, tile, well};
pub(crate) use code::{code, height_above, lines};
pub(crate) use drawing::{Drive, appearance, banner, drive, initials, landscape, ridge, slide};
pub(crate) use field::{PasswordField, field, field_alone, field_to_send, password, search};
pub(crate) use focus::Focus;
pub(crate) use icon::{Icon, icon};
pub(crate) use list::{List, ListMessage, Row};
pub(crate) use map::{MapEvent, map};
pub(crate) use reveal::{show, show_focus, together};
pub(crate) use scheme::scheme;
pub(crate) use scope::Scope;
pub(crate) use scroll::scrollable_with;
pub(crate) use signal::signal;
pub(crate) use tabs::{Tab, tabs};
pub(crate) use text::{
    body, head, label, lead, letters, muted, note_height, small, strong, strong_height, title,
};
pub(crate) use vector::vectors;
