//! Layouts with which the text console types otherwise than the desktop.
//!
//! NixOS makes the console's keymap from the desktop's layout, and a passphrase for the disk is
//! typed with it. `assets/keyboard/console.tsv` has the layouts where not every key comes over;
//! `assets/sources/console.py` made it, and a test makes it again.

use crate::location::rows;

const TEXT: &str = include_str!("../../assets/keyboard/console.tsv");

/// Characters, four at most, that the console types otherwise or not at all; `none` if it has no
/// map of this layout; nothing if every key types the same.
pub fn console_differs(layout: &str, variant: &str) -> Option<&'static str> {
    rows::<3>(TEXT)
        .find(|[row_layout, row_variant, _]| *row_layout == layout && *row_variant == variant)
        .map(|[_, _, keys]| keys)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyboard;

    #[test]
    fn every_row_is_a_layout() {
        let mut count = 0;
        for [layout, variant, keys] in rows::<3>(TEXT) {
            let known = keyboard::layout(layout).unwrap();
            assert!(
                variant.is_empty() || known.variant(variant).is_some(),
                "{layout} {variant}"
            );
            assert!(keys == "none" || keys.split(' ').all(|key| key.chars().count() == 1));
            count += 1;
        }
        assert!(count > 50, "{count} rows");
    }

    #[test]
    fn the_common_layouts_come_over() {
        for layout in [
            "us", "de", "fr", "gb", "es", "it", "br", "se", "pl", "cz", "jp",
        ] {
            assert_eq!(console_differs(layout, ""), None, "{layout}");
        }
        assert_eq!(console_differs("us", "dvorak"), None);
        assert_eq!(console_differs("de", "nodeadkeys"), Some("´"));
    }
}
