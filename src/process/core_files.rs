//! No core file of a program that holds passwords.

use rustix::process::{Resource, Rlimit, setrlimit};
use std::io;

/// No crash of this program, or of one that it starts, may leave passwords behind in a core file
/// (setrlimit(2), RLIMIT_CORE).
///
/// # Errors
/// The kernel refuses.
pub(crate) fn forbid_core_files() -> io::Result<()> {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    Ok(setrlimit(Resource::Core, none)?)
}
