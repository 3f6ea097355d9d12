//! What becomes of other systems that start from the same disks, and of kernels behind what a BIOS reads.

use super::{BootPlace, Mounted};
use crate::plan::layout::bios;
use crate::plan::layout::manual::draft::{DiskDraft, is_esp};
use crate::plan::layout::manual::wish::What;
use crate::plan::{Details, Problem, ProblemId, Severity};
use crate::storage::{MBR_END, Start, TableId};

/// What becomes of partitions that other systems start from.
/// `kernels` is what is mounted at `/boot`, or at `/` without one.
pub(in crate::plan::layout::manual) fn warnings(
    drafts: &[DiskDraft<'_>],
    start: Start,
    place: BootPlace,
    kernels: Option<Mounted<'_, '_>>,
) -> Vec<Problem> {
    let mut told = Vec::new();
    for draft in drafts {
        for (field, what) in &draft.parts {
            let (What::Format { partition, .. } | What::Delete { partition }) = what else {
                continue;
            };
            if is_esp(partition) {
                told.push(Problem {
                    severity: Severity::Warning,
                    ..field.error(
                        ProblemId::EspFormatted,
                        "do",
                        format!(
                            "partition {} is an EFI system partition: every system that starts from \
                             it, Windows included, will not start any more",
                            partition.number
                        ),
                        "Keep it and mount it, if another system is to stay.",
                        )
                        .with("number", partition.number)
                });
            }
        }
    }
    told.extend(kernels.and_then(|kernels| beyond_reach(drafts, start, kernels)));
    told.extend(
        drafts
            .get(place.disk)
            .and_then(|draft| others_start(draft, start, place)),
    );
    told
}

/// A BIOS may not read where the kernels end.
fn beyond_reach(
    drafts: &[DiskDraft<'_>],
    start: Start,
    kernels: Mounted<'_, '_>,
) -> Option<Problem> {
    let draft = drafts.get(kernels.field.disk)?;
    let part = draft
        .parts
        .iter()
        .position(|(field, _)| *field == kernels.field)?;
    let made = draft.edited.made.iter().find(|made| made.edit == part)?;
    let end = made.region.start.0.saturating_add(made.region.length.0);
    let is_far = start == Start::BiosBoot && end > MBR_END;
    is_far.then(|| bios::kernels_beyond_reach(&kernels.field.key("size")))
}

/// What becomes of systems that start from the same disk now.
fn others_start(draft: &DiskDraft<'_>, start: Start, place: BootPlace) -> Option<Problem> {
    let stays = &draft.edited.stays;
    let field = format!("disk.disks[{}].table", place.disk);
    match (start, stays.id) {
        _ if stays.partitions.is_empty() => None,
        (Start::BiosBoot, TableId::Mbr(_)) => Some(bios::start_code_replaced(&field)),
        (Start::BiosBoot, TableId::Gpt(_)) => Some(Problem {
            id: ProblemId::LoaderReplaced,
            severity: Severity::Warning,
            field,
            message:
                "the boot loader at the beginning of this disk is replaced by GRUB: a system that \
                      stays there starts from GRUB's menu, if it is entered there"
                    .to_owned(),
            mend: "Put the BIOS boot partition onto another disk to leave it alone.".to_owned(),
            details: Details::NONE,
        }),
        (Start::Esp, _) if bios::starts_by_bios(stays.id, &stays.partitions) => {
            Some(bios::starts_otherwise(&field))
        }
        (Start::Esp, _) => None,
    }
}
