//! f2fs, which nothing makes smaller: whether its last checkpoint is that of an unmount.

use super::{Tools, damaged, failed, value};
use crate::machine::CannotShrink;
use crate::process::Command;
use std::path::Path;

/// What the tool calls a checkpoint after which nothing was written.
const UNMOUNTED: &str = "unmount";

/// What it says of one that is not sound (`f2fs_fs.h`: its flags).
const UNSOUND: [&str; 4] = ["error", "fsck", "quota_need_fsck", "resizefs"];

/// `fsck.f2fs --dry-run` writes nothing, and looks over what was not unmounted, too.
pub(super) fn is_clean(device: &Path, tools: &mut dyn Tools) -> Result<(), CannotShrink> {
    let check = Command::new("fsck.f2fs").arg("--dry-run").arg(device);
    let printed = tools.run(&check.without_limit());
    sound(&printed.map_err(|error| failed(&error))?.stdout)
}

fn sound(printed: &str) -> Result<(), CannotShrink> {
    let state = value(printed, "Info: checkpoint state =");
    let state = state.ok_or_else(|| damaged("fsck.f2fs does not say the state of it"))?;
    let has = |flag: &&str| state.split_whitespace().any(|word| word == *flag);
    if !has(&UNMOUNTED) {
        return Err(CannotShrink::Dirty);
    }
    match UNSOUND.iter().find(|flag| has(flag)) {
        Some(flag) => Err(damaged(format!(
            "its checkpoint says `{flag}`; check it with fsck.f2fs first"
        ))),
        None => Ok(()),
    }
}
