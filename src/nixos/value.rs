//! A Nix expression as a tree: the part of the language that a NixOS configuration needs.
//!
//! The tree holds no Nix text, so nothing that a person typed can break out of its place. What Nix
//! would refuse can't be built: a name is set once, a list holds values, a comment belongs to the
//! entry that follows it.

pub use super::lexical::{
    AttrPath, Comment, FileBeside, NixError, Reference, Text, ToAttrPath, is_identifier,
};

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// `"text"`
    String(Text),
    /// `5`. NixOS' numbers are small (seconds, percent, MiB), and Nix' smallest integer has no
    /// literal; 32 bits leave that case out.
    Int(i32),
    /// `true`
    Bool(bool),
    /// `null`
    Null,
    /// `./hardware-configuration.nix`
    File(FileBeside),
    /// `[ … ]`
    List(List),
    /// `{ … }`
    Set(Attrs),
    /// `pkgs.linuxPackages_latest`
    Reference(Reference),
    /// `lib.mkDefault true`
    Apply(Reference, Box<Expr>),
    /// `modulesPath + "/profiles/qemu-guest.nix"`
    Concat(Reference, Text),
    /// `with pkgs; [ git ]`
    With(Reference, Box<Expr>),
}

impl Expr {
    /// A variable or an attribute of one.
    ///
    /// # Errors
    /// [`NixError::NotAReference`].
    pub fn reference(dotted: &str) -> Result<Self, NixError> {
        Reference::new(dotted).map(Self::Reference)
    }

    /// A file beside the one that is written.
    ///
    /// # Errors
    /// [`NixError::NotAFileName`].
    pub fn file(name: &str) -> Result<Self, NixError> {
        FileBeside::new(name).map(Self::File)
    }

    /// A function applied to a value.
    ///
    /// # Errors
    /// [`NixError`] of the function's name or of the value.
    pub fn apply(function: &str, argument: impl ToExpr) -> Result<Self, NixError> {
        let argument = Box::new(argument.to_expr()?);
        Ok(Self::Apply(Reference::new(function)?, argument))
    }

    /// A variable that holds a folder, and a path below it that begins with `/`.
    ///
    /// # Errors
    /// [`NixError`] of the variable's name or of the path.
    pub fn concat(variable: &str, path: &str) -> Result<Self, NixError> {
        Ok(Self::Concat(Reference::new(variable)?, Text::new(path)?))
    }

    /// A value whose free names are taken from a set.
    ///
    /// # Errors
    /// [`NixError`] of the set's name or of the value.
    pub fn with(set: &str, body: impl ToExpr) -> Result<Self, NixError> {
        Ok(Self::With(Reference::new(set)?, Box::new(body.to_expr()?)))
    }
}

/// What can stand at the right of `=`.
pub trait ToExpr {
    /// The expression.
    ///
    /// # Errors
    /// [`NixError`] if Nix can't hold it.
    fn to_expr(self) -> Result<Expr, NixError>;
}

impl ToExpr for Expr {
    fn to_expr(self) -> Result<Expr, NixError> {
        Ok(self)
    }
}

impl ToExpr for bool {
    fn to_expr(self) -> Result<Expr, NixError> {
        Ok(Expr::Bool(self))
    }
}

impl ToExpr for i32 {
    fn to_expr(self) -> Result<Expr, NixError> {
        Ok(Expr::Int(self))
    }
}

/// A string; never code.
impl ToExpr for &str {
    fn to_expr(self) -> Result<Expr, NixError> {
        Text::new(self).map(Expr::String)
    }
}

/// A string; never code.
impl ToExpr for String {
    fn to_expr(self) -> Result<Expr, NixError> {
        Text::new(self).map(Expr::String)
    }
}

impl ToExpr for Attrs {
    fn to_expr(self) -> Result<Expr, NixError> {
        Ok(Expr::Set(self))
    }
}

impl ToExpr for List {
    fn to_expr(self) -> Result<Expr, NixError> {
        Ok(Expr::List(self))
    }
}

impl<T: ToExpr> ToExpr for Vec<T> {
    fn to_expr(self) -> Result<Expr, NixError> {
        List::new(self).map(Expr::List)
    }
}

/// A list, and how it is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    items: Vec<Expr>,
    one_a_line: bool,
}

impl List {
    /// On one line if it fits.
    ///
    /// # Errors
    /// [`NixError`] if Nix can't hold an item.
    pub fn new(items: impl IntoIterator<Item = impl ToExpr>) -> Result<Self, NixError> {
        let items: Result<_, _> = items.into_iter().map(ToExpr::to_expr).collect();
        Ok(Self {
            items: items?,
            one_a_line: false,
        })
    }

    /// The same list with a line for each item, for lists that people add to.
    #[must_use]
    pub fn one_a_line(mut self) -> Self {
        self.one_a_line = true;
        self
    }

    /// The items in order.
    pub fn items(&self) -> &[Expr] {
        &self.items
    }

    /// Whether each item wants a line of its own however short the list is.
    pub(super) fn wants_lines(&self) -> bool {
        self.one_a_line && !self.items.is_empty()
    }
}

/// What stands between an entry and the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lead {
    /// Nothing.
    Adjacent,
    /// A blank line.
    Apart,
    /// A blank line and a comment.
    Under(Comment),
}

/// `path = value;` in a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) lead: Lead,
    pub(super) path: AttrPath,
    pub(super) value: Expr,
}

/// An attribute set; its entries keep their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attrs(Vec<Entry>);

impl Attrs {
    /// An empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an entry directly below the one before.
    ///
    /// # Errors
    /// [`NixError`] if Nix can't hold name or value, or the name is set already.
    pub fn set(&mut self, path: impl ToAttrPath, value: impl ToExpr) -> Result<(), NixError> {
        self.add(Lead::Adjacent, path.to_attr_path()?, value.to_expr()?)
    }

    /// Adds an entry after a blank line.
    ///
    /// # Errors
    /// As [`Attrs::set`].
    pub fn set_apart(&mut self, path: impl ToAttrPath, value: impl ToExpr) -> Result<(), NixError> {
        self.add(Lead::Apart, path.to_attr_path()?, value.to_expr()?)
    }

    /// Adds an entry after a blank line and a comment.
    ///
    /// # Errors
    /// As [`Attrs::set`].
    pub fn set_under(
        &mut self,
        comment: &str,
        path: impl ToAttrPath,
        value: impl ToExpr,
    ) -> Result<(), NixError> {
        let lead = Lead::Under(Comment::new(comment));
        self.add(lead, path.to_attr_path()?, value.to_expr()?)
    }

    /// Adds the entries of another set, after a blank line.
    ///
    /// # Errors
    /// [`NixError::Repeated`] if both set the same name.
    pub fn append(&mut self, section: Self) -> Result<(), NixError> {
        let mut first = true;
        for entry in section.0 {
            let lead = match entry.lead {
                Lead::Adjacent if first => Lead::Apart,
                lead => lead,
            };
            first = false;
            self.add(lead, entry.path, entry.value)?;
        }
        Ok(())
    }

    fn add(&mut self, lead: Lead, path: AttrPath, value: Expr) -> Result<(), NixError> {
        if self.0.iter().any(|entry| entry.path.overlaps(&path)) {
            return Err(NixError::Repeated(path.to_string()));
        }
        self.0.push(Entry { lead, path, value });
        Ok(())
    }

    /// Paths and values in order.
    pub fn bindings(&self) -> impl Iterator<Item = (&AttrPath, &Expr)> {
        self.0.iter().map(|entry| (&entry.path, &entry.value))
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// Every value that is no set, with the names that lead to it from the outside in.
    pub fn leaves(&self) -> Vec<(Vec<&str>, &Expr)> {
        let mut leaves = Vec::new();
        for (path, value) in self.bindings() {
            let names: Vec<&str> = path.names().collect();
            match value {
                Expr::Set(inner) => {
                    for (below, leaf) in inner.leaves() {
                        leaves.push((names.iter().copied().chain(below).collect(), leaf));
                    }
                }
                leaf => leaves.push((names, leaf)),
            }
        }
        leaves
    }
}

/// A file of NixOS: `{ config, lib, ... }: { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    pub(super) header: Comment,
    pub(super) arguments: Vec<Reference>,
    pub(super) body: Attrs,
}

impl Module {
    /// A module whose function takes `arguments` and `...`.
    ///
    /// # Errors
    /// [`NixError::NotAReference`] if an argument is no plain name, [`NixError::Repeated`] if it is
    /// named twice.
    pub fn new(header: Comment, arguments: &[&str], body: Attrs) -> Result<Self, NixError> {
        let mut checked: Vec<Reference> = Vec::new();
        for name in arguments {
            let argument = Reference::new(name)?;
            if argument.variable() != *name {
                return Err(NixError::NotAReference((*name).to_owned()));
            }
            if checked.contains(&argument) {
                return Err(NixError::Repeated((*name).to_owned()));
            }
            checked.push(argument);
        }
        Ok(Self {
            header,
            arguments: checked,
            body,
        })
    }

    /// What the module defines.
    pub fn body(&self) -> &Attrs {
        &self.body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_set_once() {
        let mut attrs = Attrs::new();
        attrs.set("a.b", true).unwrap();
        attrs.set("a.c", true).unwrap();
        for path in ["a.b", "a", "a.b.c"] {
            assert_eq!(
                attrs.set(path, true),
                Err(NixError::Repeated(path.to_owned()))
            );
        }
        let mut other = Attrs::new();
        other.set("a.c", false).unwrap();
        assert!(attrs.append(other).is_err());
    }

    #[test]
    fn leaves_are_found_through_nested_sets() {
        let mut inner = Attrs::new();
        inner.set("description", "Maria").unwrap();
        let mut attrs = Attrs::new();
        attrs.set(("users.users", "m.s"), inner).unwrap();
        let leaves = attrs.leaves();
        assert_eq!(leaves.len(), 1);
        assert_eq!(leaves[0].0, ["users", "users", "m.s", "description"]);
    }

    #[test]
    fn arguments_of_a_module_are_plain_names() {
        let module = |arguments: &[&str]| Module::new(Comment::new("x"), arguments, Attrs::new());
        assert!(module(&["config", "lib"]).is_ok());
        assert!(module(&["config.a"]).is_err());
        assert!(module(&["or"]).is_err());
        assert!(module(&["lib", "lib"]).is_err());
    }
}
