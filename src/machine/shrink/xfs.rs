//! xfs, which nothing makes smaller: whether its log has been written out.

use super::{Tools, failed};
use crate::machine::CannotShrink;
use crate::process::Command;
use std::path::Path;

/// How `xfs_repair -n` begins to say that there is something in the log (xfs_repair(8), "Dirty logs").
const LEFT_IN_LOG: &str = "The filesystem has valuable metadata changes in a log";

/// `xfs_repair -n` writes nothing, and ends with 1 where there is anything to say.
pub(super) fn is_clean(device: &Path, tools: &mut dyn Tools) -> Result<(), CannotShrink> {
    let check = Command::new("xfs_repair").arg("-n").arg(device);
    let Err(error) = tools.run(&check.without_limit()) else {
        return Ok(());
    };
    let said = [&error.output.stdout, &error.output.stderr];
    match said.iter().any(|said| said.contains(LEFT_IN_LOG)) {
        true => Err(CannotShrink::Dirty),
        false => Err(failed(&error)),
    }
}
