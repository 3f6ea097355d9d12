//! Prints a [`Module`] in the layout of RFC 166, the standard format of Nix code.
//!
//! Two blanks per level; lists and sets of more than one item have a line for each; a function of
//! more than two arguments names one a line. `nixfmt`, which applies the same rules, is not part of
//! this program.

use super::attrs::{Attrs, Entry, Lead};
use super::lexical::{Comment, Reference};
use super::module::Module;
use super::value::{Expr, List};

/// Comments are wrapped at this many characters, as in nixpkgs.
const COMMENT_WIDTH: usize = 80;

/// Code is broken where it would be longer, indentation left out (RFC 166, "Line length"). Strings
/// go beyond it.
const CODE_WIDTH: usize = 100;

/// The text of a file, with a newline at its end.
pub fn print(module: &Module) -> String {
    let mut printer = Printer::default();
    printer.comment(&module.header);
    if let Some(arguments) = &module.arguments {
        printer.head(arguments);
        printer.line();
        printer.line();
    }
    printer.set(&module.body);
    printer.line();
    printer.text
}

/// The text so far, and how deep the next line is indented.
#[derive(Default)]
struct Printer {
    text: String,
    depth: usize,
}

impl Printer {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Ends the line.
    fn line(&mut self) {
        self.text.push('\n');
    }

    /// Begins a line.
    fn indent(&mut self) {
        self.text.extend(std::iter::repeat_n("  ", self.depth));
    }

    /// Whether `text`, and `more` characters behind it, still fit on the line that has begun.
    fn fits(&self, text: &str, more: usize) -> bool {
        let begun = self.text.rsplit('\n').next().unwrap_or_default();
        begun.trim_start().chars().count() + text.chars().count() + more <= CODE_WIDTH
    }

    fn comment(&mut self, comment: &Comment) {
        for line in comment.lines(COMMENT_WIDTH - 2 * self.depth - "# ".len()) {
            self.indent();
            self.push(format!("# {line}").trim_end());
            self.line();
        }
    }

    /// `{ lib, ... }:`
    fn head(&mut self, arguments: &[Reference]) {
        let names = arguments.iter().map(|argument| argument.as_str());
        let names: Vec<&str> = names.chain(["..."]).collect();
        let text = if arguments.len() > 2 {
            format!("{{\n  {}\n}}:", names.join(",\n  "))
        } else {
            format!("{{ {} }}:", names.join(", "))
        };
        self.push(&text);
    }

    /// The right side of `=`, on one line if it fits before the semicolon.
    fn value(&mut self, expr: &Expr) {
        match inline(expr) {
            Some(text) if self.fits(&text, ";".len()) => self.push(&text),
            Some(text) if is_call_of_one_line(expr) => self.below(&text),
            _ => self.broken(expr),
        }
    }

    /// A value on the line after `=`, one level deeper.
    fn below(&mut self, text: &str) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.line();
        self.depth += 1;
        self.indent();
        self.depth -= 1;
        self.push(text);
    }

    /// An expression over several lines where it can be broken.
    fn broken(&mut self, expr: &Expr) {
        match expr {
            Expr::Set(attrs) => self.set(attrs),
            Expr::List(list) => self.list(list),
            Expr::Function(arguments, body) => self.function(arguments, body),
            Expr::With(set, body) => {
                self.push(&format!("with {}; ", set.as_str()));
                self.broken(body);
            }
            Expr::Apply(function, argument) => {
                self.push(&format!("{} ", function.as_str()));
                self.atom(argument);
            }
            whole => self.push(&inline(whole).unwrap_or_default()),
        }
    }

    /// A function below the `=`, and its body below its head.
    fn function(&mut self, arguments: &[Reference], body: &Expr) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.depth += 1;
        self.line();
        self.indent();
        self.head(arguments);
        self.line();
        self.indent();
        self.broken(body);
        self.depth -= 1;
    }

    /// An expression where only one term may stand: in a list, or behind a function.
    fn atom(&mut self, expr: &Expr) {
        match inline_atom(expr) {
            Some(text) if self.fits(&text, 0) => self.push(&text),
            _ if needs_parentheses(expr) => {
                self.push("(");
                self.broken(expr);
                self.push(")");
            }
            _ => self.broken(expr),
        }
    }

    fn list(&mut self, list: &List) {
        self.push("[");
        self.depth += 1;
        for item in list.items() {
            self.line();
            self.indent();
            self.atom(item);
        }
        self.depth -= 1;
        self.close("]", list.items().is_empty());
    }

    fn set(&mut self, attrs: &Attrs) {
        self.push("{");
        self.depth += 1;
        for (index, entry) in attrs.entries().iter().enumerate() {
            self.line();
            self.entry(entry, index == 0);
        }
        self.depth -= 1;
        self.close("}", attrs.entries().is_empty());
    }

    fn close(&mut self, bracket: &str, empty: bool) {
        if empty {
            self.push(" ");
        } else {
            self.line();
            self.indent();
        }
        self.push(bracket);
    }

    /// A binding and what leads to it; a set never begins with a blank line.
    fn entry(&mut self, entry: &Entry, first: bool) {
        if entry.lead != Lead::Adjacent && !first {
            self.line();
        }
        if let Lead::Under(comment) = &entry.lead {
            self.comment(comment);
        }
        self.indent();
        self.push(&format!("{} = ", entry.path));
        self.value(&entry.value);
        self.push(";");
    }
}

/// The expression on one line, if it may stand on one.
fn inline(expr: &Expr) -> Option<String> {
    Some(match expr {
        Expr::String(text) => text.quoted(),
        Expr::Int(number) => number.to_string(),
        Expr::Bool(value) => value.to_string(),
        Expr::Null => "null".to_owned(),
        Expr::File(file) => format!("./{}", file.as_str()),
        Expr::Reference(reference) => reference.as_str().to_owned(),
        Expr::Concat(variable, path) => format!("{} + {}", variable.as_str(), path.quoted()),
        Expr::Apply(function, argument) => {
            format!("{} {}", function.as_str(), inline_atom(argument)?)
        }
        Expr::PackageNamed(name) => {
            format!("package: lib.getName package == {}", name.quoted())
        }
        Expr::With(set, body) => format!("with {}; {}", set.as_str(), inline(body)?),
        Expr::List(list) => match list.items() {
            [] => "[ ]".to_owned(),
            [only] if !list.wants_lines() => format!("[ {} ]", inline_atom(only)?),
            _ => return None,
        },
        Expr::Set(attrs) => match attrs.entries() {
            [] => "{ }".to_owned(),
            [Entry { lead, path, value }] if !matches!(lead, Lead::Under(_)) => {
                format!("{{ {path} = {}; }}", inline(value)?)
            }
            _ => return None,
        },
        Expr::Function(..) => return None,
    })
}

/// The expression as one term on one line.
fn inline_atom(expr: &Expr) -> Option<String> {
    let text = inline(expr)?;
    Some(if needs_parentheses(expr) {
        format!("({text})")
    } else {
        text
    })
}

/// Whether the expression is more than one term. A negative number is: `[ -1 ]` is no Nix.
fn needs_parentheses(expr: &Expr) -> bool {
    match expr {
        Expr::Int(number) => *number < 0,
        Expr::Apply(..)
        | Expr::Concat(..)
        | Expr::With(..)
        | Expr::PackageNamed(_)
        | Expr::Function(..) => true,
        Expr::String(_)
        | Expr::Bool(_)
        | Expr::Null
        | Expr::File(_)
        | Expr::List(_)
        | Expr::Set(_)
        | Expr::Reference(_) => false,
    }
}

/// Whether a long expression moves below the `=` rather than being broken within.
fn is_call_of_one_line(expr: &Expr) -> bool {
    match expr {
        Expr::Apply(_, argument) => !matches!(**argument, Expr::List(_) | Expr::Set(_)),
        Expr::Concat(..) | Expr::Reference(_) => true,
        _ => false,
    }
}

#[cfg(test)]
#[path = "print_tests.rs"]
mod tests;
