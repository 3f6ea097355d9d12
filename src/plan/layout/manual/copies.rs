//! What is mounted as it is must not be there twice: the system would find it by its identifier, and might
//! find the copy.

use super::Manual;
use super::draft::DiskDraft;
use super::wish::What;
use crate::machine::Partition;
use crate::plan::layout::esp::twin_of_content;
use crate::plan::{Detail, Problem, ProblemId};

impl Manual<'_> {
    /// An error at each partition whose content is in another one, too.
    pub(super) fn copies(self, drafts: &[DiskDraft<'_>]) -> Vec<Problem> {
        let parts = drafts.iter().flat_map(|draft| &draft.parts);
        let copied = parts.filter_map(|(field, what)| {
            let uuid = twin_of_content(self.machine(), mounted_as_it_is(what)?)?;
            let problem = field.error(
                ProblemId::DuplicateDisks,
                "partition",
                format!(
                    "another file system has the identifier {uuid} too: one of the two is a copy"
                ),
                "Detach the disk with the copy.",
            );
            Some(
                problem
                    .because("file_system")
                    .with("uuid", Detail::code(uuid)),
            )
        });
        copied.collect()
    }
}

/// The partition whose content is mounted, now or later, and stays what it is.
const fn mounted_as_it_is<'a>(what: &What<'a>) -> Option<&'a Partition> {
    match *what {
        What::Keep {
            partition,
            mount: Some(_),
        }
        | What::Shrink {
            partition,
            mount: Some(_),
            ..
        }
        // Some have to be mounted for it.
        | What::Grow { partition, .. }
        | What::Subvolumes { partition, .. }
        | What::Unlock { partition, .. } => Some(partition),
        What::Keep { mount: None, .. }
        | What::Shrink { mount: None, .. }
        | What::Create { .. }
        | What::Format { .. }
        | What::Delete { .. } => None,
    }
}
