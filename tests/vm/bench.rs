//! What the scenarios share: the workspace, and one unbroken installation that others are held
//! against.

use crate::inspect::inspect;
use crate::install::{Installed, install};
use crate::report::Report;
use crate::workspace::Workspace;
use anyhow::Result;
use std::rc::Rc;

/// Handed to each scenario.
pub(crate) struct Bench {
    /// With machines that have UEFI.
    pub(crate) work: Workspace,
    reference: Option<Rc<Reference>>,
}

/// An installation through UEFI that nothing interrupted, inspected.
pub(crate) struct Reference {
    pub(crate) installed: Installed,
    /// All that is in the target.
    pub(crate) manifest: String,
}

impl Bench {
    pub(crate) const fn new(work: Workspace) -> Self {
        Self {
            work,
            reference: None,
        }
    }

    /// The unbroken installation; it is made when it is asked for the first time.
    pub(crate) fn reference(&mut self, report: &mut Report) -> Result<Rc<Reference>> {
        if let Some(reference) = &self.reference {
            return Ok(Rc::clone(reference));
        }
        let installed = install(&self.work, report)?;
        let manifest = inspect(&self.work, "inspect", &installed, report)?;
        let reference = Rc::new(Reference {
            installed,
            manifest,
        });
        self.reference = Some(Rc::clone(&reference));
        Ok(reference)
    }
}
