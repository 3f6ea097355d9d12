//! A Nix expression as a tree: the part of the language that a NixOS configuration needs.
//!
//! The tree holds no Nix text, so nothing that a person typed can break out of its place. What Nix
//! would refuse can't be built: a name is set once, a list holds values, a comment belongs to the
//! entry that follows it.

use super::attrs::Attrs;
use super::lexical::{Comment, FileBeside, NixError, Reference, Text};

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
    /// `{ nixpkgs, ... }: { … }`
    Function(Vec<Reference>, Box<Expr>),
    /// `package: lib.getName package == "broadcom-sta"`, for the options that ask about packages one
    /// by one.
    PackageNamed(Text),
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

    /// A function that is true for the packages of one name, whatever their version.
    ///
    /// # Errors
    /// [`NixError`] of the name.
    pub fn package_named(name: &str) -> Result<Self, NixError> {
        Text::new(name).map(Self::PackageNamed)
    }

    /// A function of a set with these attributes and others.
    ///
    /// # Errors
    /// [`NixError`] of an argument's name or of the body.
    pub fn function(arguments: &[&str], body: impl ToExpr) -> Result<Self, NixError> {
        let arguments = arguments.iter().map(|name| Reference::plain(name));
        let arguments: Result<_, _> = arguments.collect();
        Ok(Self::Function(arguments?, Box::new(body.to_expr()?)))
    }

    /// A value whose free names are taken from a set.
    ///
    /// # Errors
    /// [`NixError`] of the set's name or of the value.
    pub fn with(set: &str, body: impl ToExpr) -> Result<Self, NixError> {
        Ok(Self::With(Reference::new(set)?, Box::new(body.to_expr()?)))
    }
}

impl Expr {
    /// Visits every comment within it.
    pub(super) fn each_comment(&mut self, visit: &mut dyn FnMut(&mut Comment)) {
        match self {
            Self::Set(attrs) => attrs.each_comment(visit),
            Self::List(list) => list.items.iter_mut().for_each(|e| e.each_comment(visit)),
            Self::Apply(_, inner) | Self::With(_, inner) | Self::Function(_, inner) => {
                inner.each_comment(visit);
            }
            _ => {}
        }
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
