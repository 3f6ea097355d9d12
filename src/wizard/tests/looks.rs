//! Nothing is cut off: every page, in every language, at every size that is promised.

use super::driver::Driver;
use crate::i18n::Language;
use crate::wizard::page::Page;
use crate::wizard::{Message, page::welcome};
use iced::Size;

const SIZES: [Size; 3] = [
    Size::new(1024.0, 600.0),
    Size::new(1280.0, 800.0),
    // 1024 × 600 at 125 %.
    Size::new(819.0, 480.0),
];

#[test]
fn no_text_leaves_the_window_at_its_sides() {
    for size in SIZES {
        for language in Language::ALL {
            for page in Page::ALL {
                let mut driver = Driver::with_size("laptop-intel-windows", size);
                let message = Message::Welcome(welcome::Message::Language(language));
                drop(driver.wizard.update(message));
                drop(driver.wizard.go_to(Page::Users));
                driver.tab_to("full-name");
                driver.write("Ada Lovelace");
                drop(driver.wizard.go_to(page));
                let texts = driver.texts();
                assert!(texts.len() > 10, "{page:?}");
                for (text, bounds) in texts {
                    let right = bounds.x + bounds.width;
                    assert!(
                        bounds.x >= 0.0 && right <= size.width + 0.5,
                        "{page:?} {language:?} {size:?}: “{text}” is at {bounds:?}"
                    );
                }
            }
        }
    }
}
