//! Nothing is cut off: every page, in every language, at every size that is promised.

use super::driver::Driver;
use crate::i18n::Language;
use crate::wizard::page::Page;
use crate::wizard::theme::TARGET;
use crate::wizard::{Message, page::welcome};
use iced::Size;

/// In logical pixels.
const SIZES: [Size; 6] = [
    Size::new(1024.0, 600.0),
    Size::new(1280.0, 800.0),
    // 2560 × 1440, two pixels for each, and one.
    Size::new(1280.0, 720.0),
    Size::new(2560.0, 1440.0),
    // 1024 × 600 with text at 125 % and at 150 %.
    Size::new(819.0, 480.0),
    Size::new(682.0, 400.0),
];

/// How far a text may be from its place, in logical pixels: what rounding does.
const ROUNDING: f32 = 0.5;

/// What is wrong with a page at a size, in a language.
fn faults(driver: &mut Driver, size: Size) -> Vec<String> {
    let mut faults = Vec::new();
    let texts = driver.texts();
    assert!(texts.len() > 10, "{texts:?}");
    for (text, bounds) in texts {
        let right = bounds.x + bounds.width;
        if bounds.x < 0.0 || right > size.width + ROUNDING {
            faults.push(format!("“{text}” leaves the window: {bounds:?}"));
        }
    }
    for short in driver.texts_with_too_little_room(ROUNDING) {
        faults.push(short);
    }
    for (id, bounds) in driver.targets() {
        if bounds.height < TARGET - ROUNDING {
            faults.push(format!("{id:?} is too low: {bounds:?}"));
        }
    }
    faults
}

#[test]
fn no_text_is_cut_and_no_control_is_small_at_any_promised_size() {
    let mut all = Vec::new();
    for size in SIZES {
        for language in Language::ALL {
            let mut driver = Driver::with_size("laptop-intel-windows", size);
            let message = Message::Welcome(welcome::Message::Language(language));
            drop(driver.wizard.update(message));
            drop(driver.wizard.go_to(Page::Users));
            driver.tab_to("full-name");
            driver.write("Ada Lovelace");
            for page in Page::ALL {
                drop(driver.wizard.go_to(page));
                let (width, height) = (size.width, size.height);
                let faults = faults(&mut driver, size).into_iter();
                let place = format!("{page:?} {language:?} {width}×{height}");
                all.extend(faults.map(|fault| format!("{place}: {fault}")));
            }
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}
