//! Texts from disks, made safe to show: a label must not be able to redraw a terminal.

/// `text` with every character that draws nothing by itself (escapes, line ends, marks that turn the
/// direction of writing) replaced by U+FFFD.
pub(crate) fn visible(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .map(|c| {
            if c.is_control() || turns(c) {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_can_not_redraw_the_terminal() {
        assert_eq!(
            visible("Data\u{1b}[2J\n\u{202e}x"),
            "Data\u{fffd}[2J\u{fffd}\u{fffd}x"
        );
        assert_eq!(visible("Übung 日本"), "Übung 日本");
    }
}
