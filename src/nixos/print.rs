//! Prints a [`Module`] in the layout of RFC 166, the standard format of Nix code.
//!
//! Two blanks per level; a list stands on one line if it fits and has one item a line otherwise; a
//! set has one entry a line, unless it is a single short entry; a function of more than two
//! arguments names one a line. `nixfmt`, which applies the same rules, is not part of this program.

use super::value::{Attrs, Comment, Entry, Expr, Lead, List, Module};

/// Comments are wrapped and lists are broken at this many characters.
const WIDTH: usize = 80;

/// The text of a file, with a newline at its end.
pub fn print(module: &Module) -> String {
    let mut printer = Printer::default();
    printer.comment(&module.header);
    printer.head(module);
    printer.line();
    printer.line();
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
        begun.chars().count() + text.chars().count() + more <= WIDTH
    }

    fn comment(&mut self, comment: &Comment) {
        for line in comment.lines(WIDTH - 2 * self.depth - "# ".len()) {
            self.indent();
            self.push(format!("# {line}").trim_end());
            self.line();
        }
    }

    /// `{ lib, ... }:`
    fn head(&mut self, module: &Module) {
        let names = module.arguments.iter().map(|argument| argument.as_str());
        let names: Vec<&str> = names.chain(["..."]).collect();
        let text = if module.arguments.len() > 2 {
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
            _ => self.broken(expr),
        }
    }

    /// An expression over several lines where it can be broken.
    fn broken(&mut self, expr: &Expr) {
        match expr {
            Expr::Set(attrs) => self.set(attrs),
            Expr::List(list) => self.list(list),
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
        Expr::With(set, body) => format!("with {}; {}", set.as_str(), inline(body)?),
        Expr::List(list) if list.wants_lines() => return None,
        Expr::List(list) => {
            let items: Option<Vec<_>> = list.items().iter().map(inline_atom).collect();
            bracketed("[", &items?, "]")
        }
        Expr::Set(attrs) => match attrs.entries() {
            [] => "{ }".to_owned(),
            [Entry { lead, path, value }] if !matches!(lead, Lead::Under(_)) => {
                format!("{{ {path} = {}; }}", inline(value)?)
            }
            _ => return None,
        },
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
        Expr::Apply(..) | Expr::Concat(..) | Expr::With(..) => true,
        Expr::String(_)
        | Expr::Bool(_)
        | Expr::Null
        | Expr::File(_)
        | Expr::List(_)
        | Expr::Set(_)
        | Expr::Reference(_) => false,
    }
}

fn bracketed(open: &str, items: &[String], close: &str) -> String {
    let mut text = format!("{open} ");
    for item in items {
        text.push_str(item);
        text.push(' ');
    }
    text + close
}

#[cfg(test)]
mod tests {
    use super::super::value::{ToAttrPath, ToExpr};
    use super::*;

    /// The text of a module with one entry, without head and braces.
    fn printed(path: impl ToAttrPath, value: impl ToExpr) -> String {
        let mut body = Attrs::new();
        body.set(path, value).unwrap();
        body_of(body)
    }

    fn body_of(body: Attrs) -> String {
        let module = Module::new(Comment::new("x"), &[], body).unwrap();
        let text = print(&module);
        let inner = text.strip_prefix("# x\n{ ... }:\n\n{\n").unwrap();
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
    fn short_lists_stay_on_their_line() {
        let empty: Vec<Expr> = Vec::new();
        assert_eq!(printed("a", empty), "  a = [ ];");
        assert_eq!(printed("a", vec!["b", "c"]), "  a = [ \"b\" \"c\" ];");
        let terms = vec![
            Expr::Int(-1),
            Expr::apply("lib.mkDefault", true).unwrap(),
            Expr::concat("modulesPath", "/x.nix").unwrap(),
        ];
        assert_eq!(
            printed("a", terms),
            "  a = [ (-1) (lib.mkDefault true) (modulesPath + \"/x.nix\") ];"
        );
    }

    #[test]
    fn lists_break_when_the_line_is_full() {
        // `  a = [ "…" "b" ];` is 80 characters long with 63 in the first string.
        let fits = "x".repeat(63);
        assert_eq!(printed("a", vec![fits.as_str(), "b"]).chars().count(), 80);
        let long = "x".repeat(64);
        assert_eq!(
            printed("a", vec![long.as_str(), "b"]),
            format!("  a = [\n    \"{long}\"\n    \"b\"\n  ];")
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
