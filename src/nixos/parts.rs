//! What belongs together in the configuration, in the order of `configuration.nix`: each a section of
//! it, or a file of its own.

use super::tree::{Attrs, NixError};
use super::{
    System, boot, desktop, devices, file_systems, input_method, kernel, keyboard, locale, network,
    software, upkeep, users,
};

/// A part of the configuration.
pub(super) struct Part {
    /// Its file, where it has one of its own.
    pub(super) file: &'static str,
    /// What the file says at its top.
    pub(super) about: &'static str,
    /// What it sets; it may be nothing.
    pub(super) body: Attrs,
}

/// Every part, in order.
pub(super) fn all(system: &System<'_>) -> Result<Vec<Part>, NixError> {
    let part = |file, about, sections: &[Attrs]| -> Result<Part, NixError> {
        let mut body = Attrs::new();
        for section in sections {
            body.append(section.clone())?;
        }
        Ok(Part { file, about, body })
    };
    Ok(vec![
        part(
            "boot.nix",
            "How the system starts: boot loader, kernel, swap.",
            &[
                boot::section(system)?,
                kernel::section(system)?,
                file_systems::swap(system)?,
            ],
        )?,
        part(
            "network.nix",
            "The network, and who may come in from there.",
            &[network::section(system)?],
        )?,
        part(
            "locale.nix",
            "Language, time zone and keyboard.",
            &[
                locale::section(system)?,
                keyboard::section(system)?,
                input_method::section(system)?,
            ],
        )?,
        part(
            "desktop.nix",
            "The desktop, and what belongs to it.",
            &[desktop::section(system)?],
        )?,
        part(
            "devices.nix",
            "Devices that want more than hardware-configuration.nix says of them.",
            &[devices::section(system)?],
        )?,
        part(
            "users.nix",
            "The people who log in.",
            &[users::section(system)?],
        )?,
        part("software.nix", "Programs.", &[software::section(system)?])?,
        part(
            "upkeep.nix",
            "What the system does by itself: upgrades, cleaning up, the settings of Nix.",
            &[upkeep::section(system)?],
        )?,
    ])
}
