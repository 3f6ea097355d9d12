//! What other parts of the program say, word for word. Their words are English: an English wizard says
//! them itself, another has a sentence of its own above them.

use super::{Context, sentence};
use crate::i18n::Language;
use crate::preset::is_key;
use crate::wizard::Element;
use crate::wizard::fonts::CODE;
use crate::wizard::theme::{size, space};
use crate::wizard::widget::{Tone, notice, well};
use iced::Fill;
use iced::widget::{column, text};

/// The words of another part of the program with what it quotes in quotes; nothing where it names a key
/// of presets, which says nothing to who clicks.
pub(super) fn without_keys(words: &str) -> Option<String> {
    let mut told = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('`') {
        // Nix closes a quote with an apostrophe.
        let (quoted, behind) = after.split_once(['`', '\'']).unwrap_or((after, ""));
        let word = quoted.trim_start_matches('[').split([' ', '=', '.']).next();
        if word.is_some_and(is_key) {
            return None;
        }
        told.extend([before, "“", quoted, "”"]);
        rest = behind;
    }
    told.push_str(rest);
    Some(told)
}

impl<'a> Context<'a> {
    /// A reason below the sentence that it belongs to.
    pub(crate) fn reason<M: 'a>(self, tone: Tone, told: String, why: &str) -> Element<'a, M> {
        let p = self.palette();
        match self.texts.language() {
            Language::English => notice(p, tone, told, Some(sentence(why))),
            _ => self.above(notice(p, tone, told, None), why),
        }
    }

    /// Words that stand for themselves; `key` is that of the sentence above them elsewhere.
    pub(crate) fn quote<M: 'a>(self, tone: Tone, key: &str, words: &str) -> Element<'a, M> {
        let p = self.palette();
        match self.texts.language() {
            // As it is: it may begin with a program's name.
            Language::English => notice(p, tone, words, None),
            _ => self.above(notice(p, tone, self.t(key), None), words),
        }
    }

    fn above<M: 'a>(self, told: Element<'a, M>, words: &str) -> Element<'a, M> {
        let p = self.palette();
        let words = text(words.to_owned()).size(size::CODE).font(CODE);
        let words = words.wrapping(text::Wrapping::WordOrGlyph).color(p.text);
        let words = well(p, words).padding(space::M).width(Fill);
        let words = self.left_to_right(words);
        column![told, words].spacing(space::S).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_stands_in_quotes_and_keys_are_not_told() {
        let told = |words: &str| without_keys(words);
        let named = "there is no time zone `Europe/Berln`";
        let expected = "there is no time zone “Europe/Berln”";
        assert_eq!(told(named).as_deref(), Some(expected));
        let nix = "The option `networking.hostNmae' does not exist";
        let expected = "The option “networking.hostNmae” does not exist";
        assert_eq!(told(nix).as_deref(), Some(expected));
        assert_eq!(
            told("it can't be `a` or `b`").as_deref(),
            Some("it can't be “a” or “b”")
        );
        assert_eq!(told("nothing").as_deref(), Some("nothing"));
        for key in [
            "`gap_after` has no meaning here",
            "Write `unfree = true`",
            "Name it in `[[disk.disks]]`",
            "Choose another `disk.layout`",
            "`unlock` has no meaning",
        ] {
            assert_eq!(told(key), None, "{key}");
        }
    }
}
