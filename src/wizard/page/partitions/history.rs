//! What was changed, one step after the other: back, forward, and where each step began.

/// How it was before each change that can be undone, and what was undone.
#[derive(Clone, Debug)]
pub(super) struct History<T, Field> {
    past: Vec<T>,
    future: Vec<T>,
    /// The field that the last change was written into.
    field: Option<Field>,
}

/// How many changes can be undone.
const DEPTH: usize = 200;

impl<T, Field: PartialEq> History<T, Field> {
    pub(super) const fn new() -> Self {
        Self {
            past: Vec::new(),
            future: Vec::new(),
            field: None,
        }
    }

    /// Notes how it was before a change. All letters that are written into one field are one change.
    pub(super) fn note(&mut self, before: T, field: Option<Field>) {
        self.future.clear();
        let goes_on = field.is_some() && self.field == field && !self.past.is_empty();
        if !goes_on {
            self.past.push(before);
        }
        if self.past.len() > DEPTH {
            self.past.remove(0);
        }
        self.field = field;
    }

    /// What is written from now on is another change.
    pub(super) fn pause(&mut self) {
        self.field = None;
    }

    /// How it was before the last change.
    pub(super) fn undo(&mut self, now: T) -> Option<T> {
        let before = self.past.pop()?;
        self.future.push(now);
        self.pause();
        Some(before)
    }

    /// How it was before the last undoing.
    pub(super) fn redo(&mut self, now: T) -> Option<T> {
        let after = self.future.pop()?;
        self.past.push(now);
        self.pause();
        Some(after)
    }

    pub(super) const fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub(super) const fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_and_forth_and_on_from_there() {
        let mut history: History<u8, char> = History::new();
        assert!(!history.can_undo() && !history.can_redo());
        history.note(0, None);
        history.note(1, None);
        assert_eq!(history.undo(2), Some(1));
        assert_eq!(history.redo(1), Some(2));
        assert_eq!(history.undo(2), Some(1));
        assert_eq!(history.undo(1), Some(0));
        assert_eq!(history.undo(0), None);
        history.note(0, None);
        assert!(!history.can_redo(), "another way was taken");
    }

    #[test]
    fn a_word_is_undone_as_a_whole() {
        let mut history: History<&str, char> = History::new();
        history.note("", Some('a'));
        history.note("/", Some('a'));
        history.note("/h", Some('a'));
        assert_eq!(history.undo("/ho"), Some(""));
        assert_eq!(history.redo(""), Some("/ho"));
        history.note("/ho", Some('a'));
        assert_eq!(history.undo("/hom"), Some("/ho"), "after undoing anew");
        history.note("/ho", Some('b'));
        history.pause();
        history.note("/x", Some('b'));
        assert_eq!(history.undo("/xy"), Some("/x"));
    }
}
