//! Every key of a preset by its section, to suggest the right one for a misspelt or misplaced one.

use crate::nearest::{distance, plain};

/// Section and key; a test holds the list against the JSON schema.
pub(super) const FIELDS: [(&str, &str); 85] = [
    ("locale", "language"),
    ("locale", "formats"),
    ("locale", "time_zone"),
    ("locale", "extra"),
    ("locale", "hardware_clock"),
    ("keyboard", "model"),
    ("keyboard", "input_methods"),
    ("keyboard", "layout"),
    ("keyboard", "variant"),
    ("keyboard", "options"),
    ("network", "host_name"),
    ("disk", "choose"),
    ("disk", "layout"),
    ("disk", "file_system"),
    ("disk", "encrypt"),
    ("disk", "swap"),
    ("disk", "partition"),
    ("disk", "system"),
    ("disk", "gap_after"),
    ("disk", "size"),
    ("disk", "esp"),
    ("disk", "home"),
    ("disk", "disks"),
    ("users", "name"),
    ("users", "full_name"),
    ("users", "password"),
    ("users", "administrator"),
    ("root", "password"),
    ("desktop", "environment"),
    ("desktop", "autologin"),
    ("software", "unfree"),
    ("software", "packages"),
    ("users", "shell"),
    ("users", "groups"),
    ("users", "ssh_keys"),
    ("network", "firewall"),
    ("network", "proxy"),
    ("network", "no_proxy"),
    ("network", "wired"),
    ("network", "ssh"),
    ("network", "tcp_ports"),
    ("network", "udp_ports"),
    ("network", "carry_over"),
    ("software", "flatpak"),
    ("software", "broadcom_sta"),
    ("system", "kernel"),
    ("system", "boot_loader"),
    ("system", "generations"),
    ("system", "splash"),
    ("system", "printing"),
    ("system", "upgrades"),
    ("system", "delete_after_days"),
    ("system", "optimise_store"),
    ("system", "flakes"),
    ("system", "substituters"),
    ("system", "public_keys"),
    ("system", "state_version"),
    ("configuration", "shape"),
    ("configuration", "files"),
    ("install", "substituters"),
    ("install", "public_keys"),
    ("install", "exclusive"),
    ("install", "proxy"),
    ("install", "no_proxy"),
    ("disk.encrypt", "passphrase"),
    ("disk.encrypt", "recovery_key"),
    ("disk.choose", "serial"),
    ("disk.choose", "by_id"),
    ("disk.choose", "path"),
    ("disk.disks", "choose"),
    ("disk.disks", "table"),
    ("disk.disks", "partitions"),
    ("disk.disks.partitions", "do"),
    ("disk.disks.partitions", "partition"),
    ("disk.disks.partitions", "size"),
    ("disk.disks.partitions", "gap_after"),
    ("disk.disks.partitions", "type"),
    ("disk.disks.partitions", "file_system"),
    ("disk.disks.partitions", "label"),
    ("disk.disks.partitions", "mount"),
    ("disk.disks.partitions", "subvolumes"),
    ("disk.disks.partitions", "encrypt"),
    ("disk.disks.partitions", "hibernation"),
    ("disk.disks.partitions", "unlock"),
    ("disk.disks.partitions.subvolumes", "name"),
];

/// What other programs and NixOS itself call a field or a value.
const OTHER_NAMES: [(&str, &str); 35] = [
    ("account", "users"),
    ("plymouth", "splash"),
    ("bootloader", "boot_loader"),
    ("loader", "boot_loader"),
    ("openssh", "ssh"),
    ("authorizedkeys", "ssh_keys"),
    ("extragroups", "groups"),
    ("autoupgrade", "upgrades"),
    ("admin", "administrator"),
    ("autologinuser", "autologin"),
    ("de", "environment"),
    ("device", "choose"),
    ("drive", "choose"),
    ("kde", "plasma6"),
    ("plasma", "plasma6"),
    ("console", "none"),
    ("keymap", "layout"),
    ("lang", "language"),
    ("login", "name"),
    ("keyboardlayout", "layout"),
    ("realname", "full_name"),
    ("gecos", "full_name"),
    ("sudo", "administrator"),
    ("tz", "time_zone"),
    ("allowunfree", "unfree"),
    ("username", "name"),
    ("zone", "time_zone"),
    ("initialpassword", "password"),
    ("description", "full_name"),
    ("caches", "substituters"),
    ("binarycaches", "substituters"),
    ("trustedpublickeys", "public_keys"),
    ("keys", "public_keys"),
    ("latest", "newest"),
    ("lts", "default"),
];

/// Whether a key is one of some section, or the version.
pub(super) fn is_known(key: &str) -> bool {
    key == "version" || FIELDS.iter().any(|(_, known)| *known == key)
}

/// Whether a word is a key, or a section, of presets.
#[cfg(feature = "wizard")]
pub(crate) fn is_key(word: &str) -> bool {
    is_known(word) || is_section(word)
}

/// Whether a key is one of a preset's top: a section or the version.
pub(super) fn is_section(key: &str) -> bool {
    key == "version" || FIELDS.iter().any(|(section, _)| *section == key)
}

/// The candidate that was most likely meant by `word`.
pub(super) fn nearest<'a>(
    word: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let word = plain(word);
    let other_name = OTHER_NAMES.iter().find(|(other, _)| *other == word);
    candidates
        .filter_map(|candidate| {
            if other_name.is_some_and(|(_, name)| *name == candidate) {
                return Some((0, candidate));
            }
            distance(&word, &plain(candidate)).map(|distance| (distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The field of another section that was most likely meant by `word`.
pub(super) fn nearest_field(word: &str) -> Option<(&'static str, &'static str)> {
    let right = nearest(word, FIELDS.iter().map(|(_, key)| *key))?;
    FIELDS.into_iter().find(|(_, key)| *key == right)
}
