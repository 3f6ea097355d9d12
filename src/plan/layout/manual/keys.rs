//! Keys that are asked for and would open nothing: a promise of what is not there.

use super::draft::DiskDraft;
use super::rules::Needs;
use super::wish::{Around, Holds, What};
use crate::plan::{Details, Problem, ProblemId, Severity};
use crate::storage::{ContainerKeys, KeySlots};

/// A passphrase that opens nothing, or a recovery key.
pub(super) fn unused(
    drafts: &[DiskDraft<'_>],
    needs: Needs,
    keys: Option<ContainerKeys>,
) -> Option<Problem> {
    let parts = || drafts.iter().flat_map(|draft| &draft.parts);
    let is_kept = |what: &What<'_>| matches!(what, What::Unlock { .. });
    let is_new = |what: &What<'_>| what.holds().map(Holds::around) == Some(Around::NewContainer);
    let stays = parts().any(|(_, what)| is_kept(what));
    let is_made = parts().any(|(_, what)| is_new(what));
    let recovery = keys.is_some_and(|keys| keys.slots == KeySlots::PassphraseAndRecoveryKey);
    match (is_made, stays) {
        (true, _) => None,
        (false, false) => needs.passphrase.then(without_container),
        (false, true) => recovery.then(without_new_container),
    }
}

fn without_container() -> Problem {
    Problem {
        id: ProblemId::EncryptionImpossible,
        severity: Severity::Error,
        field: "disk.encrypt".to_owned(),
        message: "a passphrase is asked for, and no partition is encrypted".to_owned(),
        mend:
            "Write `encrypt = true` for the partitions that are to be encrypted, or leave it out \
               here."
                .to_owned(),
        details: Details::why("no_partition"),
    }
}

/// A recovery key gets a place in new containers only: those that stay are not written to.
fn without_new_container() -> Problem {
    Problem {
        id: ProblemId::RecoveryKeyUnused,
        severity: Severity::Error,
        field: "disk.encrypt.recovery_key".to_owned(),
        message:
            "a recovery key is asked for, and it would open nothing: no container is new, and \
                  those that stay keep the keys that they have"
                .to_owned(),
        mend: "Leave it out; `cryptsetup luksAddKey` adds a key to a container that stays."
            .to_owned(),
        details: Details::NONE,
    }
}
