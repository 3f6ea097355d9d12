//! The people who log in. Passwords are set in the installed system, never written here: the Nix
//! store, where the configuration ends up, can be read by everyone.

use super::System;
use super::tree::{Attrs, Expr, List, NixError};
use crate::preset::{Shell, SshKey, User};
use std::collections::BTreeSet;

pub(super) fn section(system: &System<'_>) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    // A name that is given twice is a problem, told beside the preset.
    let mut names = BTreeSet::new();
    let people = system.choices.users.iter();
    let people = people.filter(|person| names.insert(&person.name));
    for (index, person) in people.enumerate() {
        let path = ("users.users", person.name.as_str());
        if index == 0 {
            section.set_under(
                "People. Passwords are not kept here: everyone changes their own with `passwd`. \
                 Members of the group wheel may use sudo.",
                path,
                account(person, system)?,
            )?;
        } else {
            section.set_apart(path, account(person, system)?)?;
        }
    }
    section.append(shells(&system.choices.users)?)?;
    Ok(section)
}

fn account(person: &User, system: &System<'_>) -> Result<Attrs, NixError> {
    let mut account = Attrs::new();
    account.set("isNormalUser", true)?;
    if let Some(number) = system.numbers.get(&person.name) {
        account.set("uid", i32::from(*number))?;
    }
    if let Some(full_name) = &person.full_name {
        account.set("description", full_name.as_str())?;
    }
    let mut groups = vec!["networkmanager"];
    if person.administrator {
        groups.push("wheel");
    }
    for group in person.groups.iter().map(|group| group.as_str()) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    account.set("extraGroups", groups)?;
    if let Some(shell) = person.shell {
        account.set("shell", Expr::reference(package(shell))?)?;
    }
    if !person.ssh_keys.is_empty() {
        let keys = List::new(person.ssh_keys.iter().map(SshKey::as_str))?;
        account.set("openssh.authorizedKeys.keys", keys.one_a_line())?;
    }
    Ok(account)
}

/// Bash as a package for people is `bashInteractive`: the plain one lacks line editing.
const fn package(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => "pkgs.bashInteractive",
        Shell::Zsh => "pkgs.zsh",
        Shell::Fish => "pkgs.fish",
        Shell::Nushell => "pkgs.nushell",
        Shell::Xonsh => "pkgs.xonsh",
    }
}

/// NixOS sets up each shell that people log in with, once it is told to; without that, their
/// programs would not be found. Bash is always set up; for Nushell there is nothing to turn on.
fn shells(people: &[User]) -> Result<Attrs, NixError> {
    let options: BTreeSet<&'static str> = people
        .iter()
        .filter_map(|person| match person.shell? {
            Shell::Bash | Shell::Nushell => None,
            Shell::Zsh => Some("programs.zsh.enable"),
            Shell::Fish => Some("programs.fish.enable"),
            Shell::Xonsh => Some("programs.xonsh.enable"),
        })
        .collect();
    let mut section = Attrs::new();
    for (index, option) in options.into_iter().enumerate() {
        match index {
            0 => section.set_under("The shells that people log in with.", option, true)?,
            _ => section.set(option, true)?,
        }
    }
    Ok(section)
}
