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
mod tests {
    use super::super::lexical::ToAttrPath;
    use super::super::value::ToExpr;
    use super::*;

    /// The text of a module with one entry, without head and braces.
    fn printed(path: impl ToAttrPath, value: impl ToExpr) -> String {
        let mut body = Attrs::new();
        body.set(path, value).unwrap();
        body_of(body)
    }

    fn body_of(body: Attrs) -> String {
        let arguments = ["lib", "pkgs", "modulesPath"];
        let module = Module::new(Comment::new("x"), &arguments, body).unwrap();
        let text = print(&module);
        let (_, inner) = text.split_once("\n\n{\n").unwrap();
        inner.strip_suffix("\n}\n").unwrap().to_owned()
    }

    #[test]
    fn plain_values_stand_behind_the_path() {
        let path = "boot.loader.timeout";
        assert_eq!(printed(path, 5), "  boot.loader.timeout = 5;");
        assert_eq!(printed(path, -5), "  boot.loader.timeout = -5;");
        assert_eq!(printed(path, Expr::Null), "  boot.loader.timeout = null;");
        assert_eq!(printed(path, true), "  boot.loader.timeout = true;");
        assert_eq!(printed(path, "a"), "  boot.loader.timeout = \"a\";");
        let file = Expr::file("a.nix").unwrap();
        assert_eq!(printed(path, file), "  boot.loader.timeout = ./a.nix;");
    }

    #[test]
    fn lists_of_at_most_one_item_stay_on_their_line() {
        let empty: Vec<Expr> = Vec::new();
        assert_eq!(printed("a", empty), "  a = [ ];");
        assert_eq!(printed("a", vec!["b"]), "  a = [ \"b\" ];");
        assert_eq!(
            printed("a", vec!["b", "c"]),
            "  a = [\n    \"b\"\n    \"c\"\n  ];"
        );
        // With 89 characters in the string the line is full: 100, indentation left out.
        let full = "x".repeat(89);
        assert_eq!(
            printed("a", vec![full.as_str()]),
            format!("  a = [ \"{full}\" ];")
        );
        let longer = "x".repeat(90);
        assert_eq!(
            printed("a", vec![longer.as_str()]),
            format!("  a = [\n    \"{longer}\"\n  ];")
        );
    }

    #[test]
    fn items_of_more_than_one_term_stand_in_parentheses() {
        let terms = vec![
            Expr::Int(-1),
            Expr::apply("lib.mkDefault", true).unwrap(),
            Expr::concat("modulesPath", "/x.nix").unwrap(),
        ];
        assert_eq!(
            printed("a", terms),
            "  a = [\n    (-1)\n    (lib.mkDefault true)\n    (modulesPath + \"/x.nix\")\n  ];"
        );
    }

    #[test]
    fn lists_for_people_have_a_line_for_each_item() {
        let names = vec![Expr::reference("git").unwrap()];
        let list = List::new(names).unwrap().one_a_line();
        let programs = Expr::with("pkgs", list).unwrap();
        assert_eq!(printed("a", programs), "  a = with pkgs; [\n    git\n  ];");
        let none: [Expr; 0] = [];
        let empty = List::new(none).unwrap().one_a_line();
        let programs = Expr::with("pkgs", empty).unwrap();
        assert_eq!(printed("a", programs), "  a = with pkgs; [ ];");
    }

    #[test]
    fn sets_have_a_line_for_each_entry() {
        let mut inner = Attrs::new();
        inner.set("device", "/dev/x").unwrap();
        assert_eq!(
            printed("swapDevices", vec![inner.clone()]),
            "  swapDevices = [ { device = \"/dev/x\"; } ];"
        );
        inner.set("fsType", "ext4").unwrap();
        assert_eq!(
            printed(("fileSystems", "/"), inner),
            "  fileSystems.\"/\" = {\n    device = \"/dev/x\";\n    fsType = \"ext4\";\n  };"
        );
        assert_eq!(printed("a", Attrs::new()), "  a = { };");
    }

    #[test]
    fn long_calls_move_below() {
        let name = "x".repeat(90);
        let call = Expr::apply(
            "lib.mkDefault",
            Expr::reference(&format!("lib.{name}")).unwrap(),
        );
        assert_eq!(
            printed("a", call.unwrap()),
            format!("  a =\n    lib.mkDefault lib.{name};")
        );
        let text = "x".repeat(120);
        assert_eq!(printed("a", text.as_str()), format!("  a = \"{text}\";"));
    }

    #[test]
    fn long_applications_break_inside_their_argument() {
        let mut inner = Attrs::new();
        inner.set("a", 1).unwrap();
        inner.set("b", 2).unwrap();
        assert_eq!(
            printed("x", Expr::apply("lib.mkForce", inner).unwrap()),
            "  x = lib.mkForce {\n    a = 1;\n    b = 2;\n  };"
        );
    }

    #[test]
    fn sections_are_set_apart_and_explained() {
        let mut body = Attrs::new();
        body.set_under("First.", "a", 1).unwrap();
        body.set("b", 2).unwrap();
        body.set_apart("c", 3).unwrap();
        let mut section = Attrs::new();
        section.set("d", 4).unwrap();
        section.set_under(&"word ".repeat(17), "e", 5).unwrap();
        body.append(section).unwrap();
        let wide = "word ".repeat(15);
        assert_eq!(
            body_of(body),
            format!(
                "  # First.\n  a = 1;\n  b = 2;\n\n  c = 3;\n\n  d = 4;\n\n  # {}\n  # word word\n  \
                 e = 5;",
                wide.trim_end()
            )
        );
    }

    #[test]
    fn more_than_two_arguments_stand_one_a_line() {
        let head = |arguments: &[&str]| {
            let module = Module::new(Comment::new("x"), arguments, Attrs::new()).unwrap();
            print(&module)
        };
        assert_eq!(head(&["lib", "pkgs"]), "# x\n{ lib, pkgs, ... }:\n\n{ }\n");
        assert_eq!(
            head(&["config", "lib", "pkgs"]),
            "# x\n{\n  config,\n  lib,\n  pkgs,\n  ...\n}:\n\n{ }\n"
        );
    }
}
