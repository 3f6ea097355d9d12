//! The program's own fonts, and no others: scanning those of the system would cost most of the
//! start and of the memory.

use crate::location::Script;
use iced::Font;
use iced::advanced::graphics::text::{cosmic_text, font_system};
use iced::font::{Family, Weight};
use std::sync::{Arc, Once};

/// Text.
pub(crate) const TEXT: Font = Font::with_name("Inter");

/// Titles and what is chosen.
pub(crate) const STRONG: Font = Font {
    weight: Weight::Semibold,
    ..TEXT
};

/// Code and logs.
pub(crate) const CODE: Font = Font {
    family: Family::Name("JetBrains Mono"),
    ..Font::DEFAULT
};

const FILES: [&[u8]; 3] = [
    include_bytes!("../../assets/fonts/Inter-Regular.otf"),
    include_bytes!("../../assets/fonts/Inter-SemiBold.otf"),
    include_bytes!("../../assets/fonts/JetBrainsMono-Regular.ttf"),
];

/// The scripts that they have.
const SCRIPTS: [Script; 3] = [Script::Latin, Script::Greek, Script::Cyrillic];

/// Whether our fonts have every letter of a text.
pub(crate) fn can_draw(text: &str) -> bool {
    let known = |c: char| Script::of(c).is_none_or(|script| SCRIPTS.contains(&script));
    text.chars().all(known)
}

/// Puts our fonts in the place of the system's, for the whole process; once is enough.
pub(crate) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(replace);
}

fn replace() {
    let mut database = cosmic_text::fontdb::Database::new();
    for file in FILES {
        let source = cosmic_text::fontdb::Source::Binary(Arc::new(file));
        database.load_font_source(source);
    }
    database.set_sans_serif_family("Inter");
    database.set_monospace_family("JetBrains Mono");
    let fonts = cosmic_text::FontSystem::new_with_locale_and_db("en-US".to_owned(), database);
    // A poisoned lock holds a usable database: nothing here leaves it half written.
    let mut system = font_system()
        .write()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    *system.raw() = fonts;
}
