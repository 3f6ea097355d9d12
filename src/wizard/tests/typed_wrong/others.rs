//! The pages with a field or two: Welcome, Location, Keyboard, Software.

use super::{Driver, Page, Row, on, press};

/// With a language of the system's own, which is shown whatever is searched for.
fn welcome() -> Driver {
    let preset = "version = 1\n[locale]\nlanguage = \"fr_FR.UTF-8\"\n";
    on(Page::Welcome, "qemu-uefi", preset)
}

/// Where a preset can be named.
fn preset() -> Driver {
    let mut driver = welcome();
    press(&mut driver, "preset");
    driver
}

/// Waits until it is looked what is there.
fn look(driver: &mut Driver) {
    let told = driver.wizard.texts.get("preset-nothing-there");
    driver.until_shown(&told);
}

fn look_into(driver: &mut Driver) {
    let told = driver.wizard.texts.get("preset-folder");
    driver.until_shown(&told);
}

/// Reads what is no preset.
fn read(driver: &mut Driver) {
    driver.until_enabled("preset-read");
    press(driver, "preset-read");
    let told = driver.wizard.texts.get("preset-mistakes-mend");
    driver.until_shown(&told);
}

/// Names a file that is there.
fn name_a_file(driver: &mut Driver) {
    super::replace(driver, "preset-path", "Cargo.toml");
    driver.until_enabled("preset-read");
}

fn location() -> Driver {
    on(Page::Location, "qemu-uefi", "version = 1")
}

fn keyboard() -> Driver {
    on(Page::Keyboard, "qemu-uefi", "version = 1")
}

fn software() -> Driver {
    on(Page::Software, "qemu-uefi", "version = 1")
}

pub(super) fn rows() -> Vec<Row> {
    let at = Row::new;
    vec![
        at(welcome, "language-search", "zzzz", "nothing-found"),
        at(
            preset,
            "preset-path",
            "no-such.toml",
            "preset-nothing-there",
        )
        .then(look)
        .closes("preset-read")
        .mended_by(name_a_file),
        at(preset, "preset-path", "src", "preset-folder")
            .then(look_into)
            .closes("preset-read")
            .mended_by(name_a_file),
        // It can be mended in the file and read again.
        at(preset, "preset-path", "Cargo.toml", "preset-mistakes")
            .then(read)
            .mended("assets"),
        at(location, "zones", "zzzz", "zone-nothing"),
        at(location, "formats", "zzzz", "nothing-found"),
        at(keyboard, "layouts", "zzzz", "nothing-found"),
        at(software, "others", "neovim 7zip", "packages-form-word")
            .closes_the_way("packages-form")
            .mended("neovim"),
        at(software, "others", "let", "packages-form-word").closes_the_way("packages-form"),
    ]
}
