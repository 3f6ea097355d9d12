//! How the live session is left.

use super::page::finished::Leave;
use crate::process::{self, Command};

/// Restarts the computer or turns it off, through systemd-logind(8), which asks polkit and closes the
/// session in order; nothing for who wants to look around.
///
/// Called off the thread that draws.
///
/// # Errors
/// Why the computer stays on.
pub(super) fn leave(how: Leave) -> Result<(), String> {
    let verb = match how {
        Leave::Restart => "reboot",
        Leave::PowerOff => "poweroff",
        Leave::LookAround => return Ok(()),
    };
    let command = Command::new("systemctl").arg(verb);
    let ran = process::run(&command, None, &mut |_, _| {});
    ran.map(drop).map_err(|error| error.to_string())
}
