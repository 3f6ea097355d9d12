//! A file of NixOS as a whole.

use super::attrs::Attrs;
use super::lexical::{Comment, NixError, Reference};
use super::value::Expr;

/// A file of NixOS: `{ config, lib, ... }: { … }`, or a set alone. Every variable in it is an
/// argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    pub(super) header: Comment,
    pub(super) arguments: Option<Vec<Reference>>,
    pub(super) body: Attrs,
}

impl Module {
    /// A module whose function takes `arguments` and `...`.
    ///
    /// # Errors
    /// [`NixError::NotAReference`] if an argument is no plain name, [`NixError::Repeated`] if it is
    /// named twice, [`NixError::Unbound`] if the body uses a variable that is no argument.
    pub fn new(header: Comment, arguments: &[&str], body: Attrs) -> Result<Self, NixError> {
        let mut checked: Vec<Reference> = Vec::new();
        for name in arguments {
            let argument = Reference::plain(name)?;
            if checked.contains(&argument) {
                return Err(NixError::Repeated((*name).to_owned()));
            }
            checked.push(argument);
        }
        for (_, value) in body.bindings() {
            value.check_variables(arguments)?;
        }
        Ok(Self {
            header,
            arguments: Some(checked),
            body,
        })
    }

    /// A file that is a set and no function, as `flake.nix` is.
    ///
    /// # Errors
    /// [`NixError::Unbound`] if the body uses a variable that no function in it binds.
    pub fn set(header: Comment, body: Attrs) -> Result<Self, NixError> {
        for (_, value) in body.bindings() {
            value.check_variables(&[])?;
        }
        Ok(Self {
            header,
            arguments: None,
            body,
        })
    }

    /// Visits every comment, that at its top first.
    pub fn each_comment(&mut self, visit: &mut dyn FnMut(&mut Comment)) {
        visit(&mut self.header);
        self.body.each_comment(visit);
    }

    /// What the module defines.
    pub fn body(&self) -> &Attrs {
        &self.body
    }
}

impl Expr {
    /// Looks for a variable that is not among `bound`; within `with`, any name may stand.
    fn check_variables(&self, bound: &[&str]) -> Result<(), NixError> {
        let check = |reference: &Reference| {
            if bound.contains(&reference.variable()) {
                Ok(())
            } else {
                Err(NixError::Unbound(reference.as_str().to_owned()))
            }
        };
        match self {
            Self::String(_) | Self::Int(_) | Self::Bool(_) | Self::Null | Self::File(_) => Ok(()),
            Self::List(list) => list
                .items()
                .iter()
                .try_for_each(|item| item.check_variables(bound)),
            Self::Set(attrs) => attrs
                .bindings()
                .try_for_each(|(_, value)| value.check_variables(bound)),
            Self::Reference(reference) | Self::Concat(reference, _) | Self::With(reference, _) => {
                check(reference)
            }
            Self::PackageNamed(_) if bound.contains(&"lib") => Ok(()),
            Self::PackageNamed(_) => Err(NixError::Unbound("lib".to_owned())),
            Self::Function(arguments, body) => {
                let own = arguments.iter().map(Reference::as_str);
                let bound: Vec<&str> = own.chain(bound.iter().copied()).collect();
                body.check_variables(&bound)
            }
            Self::Apply(function, argument) => {
                check(function)?;
                argument.check_variables(bound)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_of_a_module_are_plain_names() {
        let module = |arguments: &[&str]| Module::new(Comment::new("x"), arguments, Attrs::new());
        assert!(module(&["config", "lib"]).is_ok());
        assert!(module(&["config.a"]).is_err());
        assert!(module(&["or"]).is_err());
        assert!(module(&["lib", "lib"]).is_err());
    }

    #[test]
    fn every_variable_is_an_argument() {
        let module = |value: Expr| {
            let mut body = Attrs::new();
            body.set("a.b", vec![value]).unwrap();
            Module::new(Comment::new("x"), &["lib", "pkgs"], body)
        };
        let git = || Expr::reference("git").unwrap();
        assert!(module(Expr::with("pkgs", vec![git()]).unwrap()).is_ok());
        assert!(module(Expr::apply("lib.mkDefault", true).unwrap()).is_ok());
        let unbound = |value: Expr| matches!(module(value), Err(NixError::Unbound(_)));
        assert!(unbound(git()));
        assert!(unbound(Expr::concat("modulesPath", "/x").unwrap()));
        assert!(unbound(Expr::apply("lib.mkDefault", git()).unwrap()));
        assert!(unbound(Expr::with("packages", true).unwrap()));
        let call = || Expr::apply("x.f", true).unwrap();
        assert!(module(Expr::function(&["x"], call()).unwrap()).is_ok());
        assert!(unbound(Expr::function(&["y"], call()).unwrap()));
        assert!(Expr::function(&["x.f"], true).is_err());
    }
}
