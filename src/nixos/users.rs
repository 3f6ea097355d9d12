//! The people who log in. Passwords are set in the installed system, never written here: the Nix
//! store, where the configuration ends up, can be read by everyone.

use super::System;
use super::tree::{Attrs, NixError};
use crate::preset::User;

pub(super) fn section(system: &System<'_>) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    for (index, person) in system.choices.users.iter().enumerate() {
        let path = ("users.users", person.name.as_str());
        if index == 0 {
            section.set_under(
                "People. Passwords are not kept here: everyone changes their own with `passwd`. \
                 Members of the group wheel may use sudo.",
                path,
                account(person)?,
            )?;
        } else {
            section.set_apart(path, account(person)?)?;
        }
    }
    Ok(section)
}

fn account(person: &User) -> Result<Attrs, NixError> {
    let mut account = Attrs::new();
    account.set("isNormalUser", true)?;
    if let Some(full_name) = &person.full_name {
        account.set("description", full_name.as_str())?;
    }
    let mut groups = vec!["networkmanager"];
    if person.administrator {
        groups.push("wheel");
    }
    account.set("extraGroups", groups)?;
    Ok(account)
}
