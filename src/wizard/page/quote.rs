//! What other parts of the program say, word for word. Their words are English: an English wizard says
//! them itself, another has a sentence of its own above them.

use super::{Context, sentence};
use crate::i18n::Language;
use crate::wizard::Element;
use crate::wizard::fonts::CODE;
use crate::wizard::theme::{size, space};
use crate::wizard::widget::{Tone, notice, panel};
use iced::Fill;
use iced::widget::{column, text};

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
        let words = panel(p.sunken, words).padding(space::M).width(Fill);
        let words = self.left_to_right(words);
        column![told, words].spacing(space::S).into()
    }
}
