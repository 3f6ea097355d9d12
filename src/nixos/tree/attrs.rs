//! Attribute sets: entries in order, each name set once, comments that belong to what follows them.

use super::lexical::{AttrPath, Comment, NixError, ToAttrPath};
use super::value::{Expr, ToExpr};

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

    /// A set with a single entry becomes a longer path: `a = { b = 1; };` is written `a.b = 1;`. Its
    /// comment comes along, unless the set has one of its own.
    fn add(&mut self, lead: Lead, path: AttrPath, value: Expr) -> Result<(), NixError> {
        let value = match value {
            Expr::Set(Self(entries)) => match <[Entry; 1]>::try_from(entries) {
                Ok([only]) if !matches!(only.lead, Lead::Under(_)) => {
                    return self.add(lead, path.join(only.path), only.value);
                }
                Ok([only]) if !matches!(lead, Lead::Under(_)) => {
                    return self.add(only.lead, path.join(only.path), only.value);
                }
                Ok(explained) => Expr::Set(Self(explained.into())),
                Err(entries) => Expr::Set(Self(entries)),
            },
            other => other,
        };
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

    /// Visits every comment, of sets within it too.
    pub(super) fn each_comment(&mut self, visit: &mut dyn FnMut(&mut Comment)) {
        for entry in &mut self.0 {
            if let Lead::Under(comment) = &mut entry.lead {
                visit(comment);
            }
            entry.value.each_comment(visit);
        }
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
    fn a_set_with_one_entry_becomes_a_path() {
        let mut inner = Attrs::new();
        inner.set("b.c", 1).unwrap();
        let mut attrs = Attrs::new();
        attrs.set("a", inner).unwrap();
        let (path, value) = attrs.bindings().next().unwrap();
        assert_eq!((path.to_string().as_str(), value), ("a.b.c", &Expr::Int(1)));
        let mut explained = Attrs::new();
        explained.set_under("Why.", "e", 1).unwrap();
        let mut outer = Attrs::new();
        outer.set("d", explained.clone()).unwrap();
        let lead = |attrs: &Attrs| attrs.entries()[0].lead.clone();
        assert_eq!(lead(&outer), Lead::Under(Comment::new("Why.")));
        let mut twice = Attrs::new();
        twice.set_under("What.", "d", explained).unwrap();
        assert_eq!(lead(&twice), Lead::Under(Comment::new("What.")));
        assert!(attrs.set("a.b", true).is_err());
    }
}
