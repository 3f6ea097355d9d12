//! Nix text as a tree, and its printer.

mod attrs;
mod lexical;
mod module;
mod print;
mod value;

pub use attrs::Attrs;
pub use lexical::{
    AttrPath, Comment, FileBeside, NixError, Reference, Text, ToAttrPath, is_identifier,
};
pub use module::Module;
pub use print::print;
pub use value::{Expr, List, ToExpr};
