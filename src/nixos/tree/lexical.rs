//! The words of Nix text: strings, names, references, file paths and comments, each a type that
//! only holds what Nix can read back.
//!
//! Rules: the lexer of Nix (`src/libexpr/lexer.l`) and the manual's pages "String literal" and
//! "Identifiers".

use std::fmt;

/// Text that was to become Nix and can't.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NixError {
    /// Nix strings end at U+0000.
    #[error("the text {0:?} contains the character U+0000, which Nix can't hold; remove it")]
    Nul(String),
    /// A reference is made of identifiers with dots between them.
    #[error(
        "{0:?} is not a name that Nix code can refer to; write letters, digits, _, - and ', \
         beginning with a letter or _, with dots between the parts (example: kdePackages.kate)"
    )]
    NotAReference(String),
    /// Only files beside the one that names them are referred to.
    #[error("{0:?} is not a plain file name; write letters, digits, dots, _ and - only")]
    NotAFileName(String),
    /// The file would not evaluate.
    #[error("{0} is used in a file that does not take it as an argument; add it to the arguments")]
    Unbound(String),
    /// Nix refuses a second definition of one attribute in one set.
    #[error("{0} was to be set twice, or both as a whole and in part; set it once")]
    Repeated(String),
}

/// Words that the lexer takes for itself; as attribute names they stand in quotes.
const KEYWORDS: [&str; 10] = [
    "assert", "else", "if", "in", "inherit", "let", "or", "rec", "then", "with",
];

/// Whether `word` can stand as a name without quotes: `[A-Za-z_][A-Za-z0-9_'-]*` and no keyword.
pub fn is_identifier(word: &str) -> bool {
    let mut bytes = word.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"_'-".contains(&byte))
        && !KEYWORDS.contains(&word)
}

/// The content of a string or the name of an attribute: any text without U+0000.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Text(String);

impl Text {
    /// Takes any text.
    ///
    /// # Errors
    /// [`NixError::Nul`] if it contains U+0000.
    pub fn new(text: impl Into<String>) -> Result<Self, NixError> {
        let text = text.into();
        if text.contains('\0') {
            return Err(NixError::Nul(text));
        }
        Ok(Self(text))
    }

    /// The text itself, without quotes or escapes.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text as a string literal on one line: `"`, `\`, `${`, newline, carriage return and tab
    /// are escaped, everything else stands as it is (Nix knows no other escapes).
    pub fn quoted(&self) -> String {
        let mut out = String::with_capacity(self.0.len() + 2);
        out.push('"');
        let mut rest = self.0.chars().peekable();
        while let Some(character) = rest.next() {
            match character {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '$' if rest.peek() == Some(&'{') => out.push_str("\\$"),
                other => out.push(other),
            }
        }
        out.push('"');
        out
    }
}

/// The path of an attribute, such as `users.users."maria.silva"`; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttrPath(Vec<Text>);

impl AttrPath {
    /// The names one after the other, without quotes.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Text::as_str)
    }

    /// This path with another one behind it.
    pub(super) fn join(mut self, below: Self) -> Self {
        self.0.extend(below.0);
        self
    }

    /// Whether one of the two paths begins with the other (or they are equal).
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a == b)
    }
}

impl fmt::Display for AttrPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, name) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(".")?;
            }
            if is_identifier(name.as_str()) {
                f.write_str(name.as_str())?;
            } else {
                f.write_str(&name.quoted())?;
            }
        }
        Ok(())
    }
}

/// What can name an option: an option's path as literal text, or such a path and one name more
/// that comes from outside.
pub trait ToAttrPath {
    /// The path.
    ///
    /// # Errors
    /// [`NixError`] if a part can't be a name.
    fn to_attr_path(self) -> Result<AttrPath, NixError>;
}

/// `"boot.loader.timeout"`: split at the dots. Only literals, as a name that a person chose may
/// contain dots.
impl ToAttrPath for &'static str {
    fn to_attr_path(self) -> Result<AttrPath, NixError> {
        let names: Result<_, _> = self.split('.').map(Text::new).collect();
        names.map(AttrPath)
    }
}

/// An option's path that was read from a table: a reference is made of plain names.
impl ToAttrPath for &Reference {
    fn to_attr_path(self) -> Result<AttrPath, NixError> {
        let names: Result<_, _> = self.0.split('.').map(Text::new).collect();
        names.map(AttrPath)
    }
}

/// `("users.users", name)`: the second part is one name, dots included.
impl ToAttrPath for (&'static str, &str) {
    fn to_attr_path(self) -> Result<AttrPath, NixError> {
        let mut path = self.0.to_attr_path()?;
        path.0.push(Text::new(self.1)?);
        Ok(path)
    }
}

/// One name from outside, dots included.
impl ToAttrPath for Text {
    fn to_attr_path(self) -> Result<AttrPath, NixError> {
        Ok(AttrPath(vec![self]))
    }
}

/// A variable and attributes of it, as in `config.hardware.cpu` or `kdePackages.kate`: identifiers
/// with dots between them, never a keyword.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference(String);

impl Reference {
    /// Reads a reference.
    ///
    /// # Errors
    /// [`NixError::NotAReference`] if a part is no identifier or a keyword.
    pub fn new(dotted: &str) -> Result<Self, NixError> {
        if dotted.split('.').all(is_identifier) {
            Ok(Self(dotted.to_owned()))
        } else {
            Err(NixError::NotAReference(dotted.to_owned()))
        }
    }

    /// Reads the name of an argument, which is a variable alone.
    ///
    /// # Errors
    /// [`NixError::NotAReference`].
    pub fn plain(name: &str) -> Result<Self, NixError> {
        match name.contains('.') {
            true => Err(NixError::NotAReference(name.to_owned())),
            false => Self::new(name),
        }
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The variable, without the attributes that follow it.
    pub fn variable(&self) -> &str {
        self.0.split('.').next().unwrap_or_default()
    }

    /// The same attribute, taken from `set`: `git` within `pkgs` is `pkgs.git`.
    pub fn within(&self, set: &Self) -> Self {
        Self(format!("{}.{}", set.0, self.0))
    }
}

/// A file beside the one that names it, written `./name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileBeside(String);

impl FileBeside {
    /// Takes a file name.
    ///
    /// # Errors
    /// [`NixError::NotAFileName`] if it holds anything but letters, digits, `.`, `_` and `-`, or
    /// begins with a dot.
    pub fn new(name: &str) -> Result<Self, NixError> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        if name.is_empty() || name.starts_with('.') || !name.bytes().all(plain) {
            return Err(NixError::NotAFileName(name.to_owned()));
        }
        Ok(Self(name.to_owned()))
    }

    /// The name, without `./`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What stands behind `#`: paragraphs that are wrapped, and commands that are not.
///
/// Control characters and line ends can't get in, so a comment never ends early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment(Vec<Paragraph>);

/// A part of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Paragraph {
    Prose(String),
    Command(String),
}

impl Comment {
    /// A comment of one paragraph.
    pub fn new(prose: &str) -> Self {
        Self(vec![Paragraph::Prose(one_line(prose))])
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn and(mut self, prose: &str) -> Self {
        self.0.push(Paragraph::Prose(one_line(prose)));
        self
    }

    /// Adds an indented line that is never wrapped.
    #[must_use]
    pub fn command(mut self, line: &str) -> Self {
        self.0.push(Paragraph::Command(one_line(line)));
        self
    }

    /// Visits every paragraph of prose.
    pub fn each_prose(&mut self, visit: &mut dyn FnMut(&mut String)) {
        for paragraph in &mut self.0 {
            if let Paragraph::Prose(text) = paragraph {
                visit(text);
            }
        }
    }

    /// The lines without `#`, at most `width` characters each where words allow it; an empty one
    /// between paragraphs.
    pub(super) fn lines(&self, width: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let mut after_command = false;
        for paragraph in &self.0 {
            let (is_command, text) = match paragraph {
                Paragraph::Prose(text) => (false, wrap(text, width)),
                Paragraph::Command(line) => (true, vec![format!("  {line}")]),
            };
            // Commands stand one below the other, everything else apart.
            let adjoins = is_command && after_command;
            if !lines.is_empty() && !adjoins {
                lines.push(String::new());
            }
            lines.extend(text);
            after_command = is_command;
        }
        lines
    }
}

/// Words with one blank between them, without control characters.
fn one_line(text: &str) -> String {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.chars().filter(|c| !c.is_control()).collect())
        .collect();
    words.join(" ")
}

/// Fills lines of at most `width` characters; a longer word gets a line of its own.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
#[path = "lexical_tests.rs"]
mod tests;
