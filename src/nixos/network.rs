//! Host name and NetworkManager.

use super::System;
use super::tree::{Attrs, NixError};

pub(super) fn section(system: &System<'_>) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    section.set_under(
        "Name in the network; NetworkManager looks after cable and Wi-Fi.",
        "networking.hostName",
        system.choices.host_name.as_str(),
    )?;
    // Only some desktops turn it on by themselves.
    section.set("networking.networkmanager.enable", true)?;
    Ok(section)
}
