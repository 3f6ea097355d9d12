//! The passwords in the target's shadow(5), tried out with the C library's crypt(3).

use crate::install::Installed;
use crate::report::Report;
use crate::workspace::Share;
use anyhow::{Context, Result, bail};
use nevado::plan::{Account, Action};
use nevado::preset::{Password, Preset};
use std::io::Write;
use std::process::{Command, Stdio};

/// A password that nobody was given.
const WRONG: &str = "not-the-password-3141";

/// Each account that the plan sets a password for has it, and nobody else has any.
pub(super) fn accounts(installed: &Installed, share: &Share, report: &mut Report) -> Result<()> {
    let shadow = share.read("shadow")?;
    let planned = planned(installed);
    for account in &planned {
        report.check(
            format_args!(
                "inspection: the hash of {} is of the password given, and of no other",
                account.name()
            ),
            hash_of(&shadow, account.name())
                .and_then(|hash| opens(hash, password_of(&installed.preset, account)?)),
        );
    }
    let others: Vec<&str> = shadow
        .lines()
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| !planned.iter().any(|account| account.name() == *name))
        .filter(|(_, rest)| !rest.starts_with(['!', '*']))
        .map(|(name, _)| name)
        .collect();
    report.same(
        "inspection: every other account is locked, root among them",
        (others, hash_of(&shadow, "root").is_ok()),
        (Vec::new(), true),
    );
    Ok(())
}

/// The accounts that the plan sets passwords for.
fn planned(installed: &Installed) -> Vec<&Account> {
    let steps = installed.plan.steps.iter();
    steps
        .filter_map(|step| match &step.action {
            Action::SetPasswords { accounts } => Some(accounts),
            _ => None,
        })
        .flatten()
        .collect()
}

/// The second field of an account's line.
fn hash_of<'a>(shadow: &'a str, name: &str) -> Result<&'a str> {
    let mut lines = shadow.lines().map(|line| line.split(':'));
    lines
        .find_map(|mut fields| (fields.next() == Some(name)).then(|| fields.next()))
        .flatten()
        .with_context(|| format!("{name} is not in /etc/shadow"))
}

/// What the preset gives an account as its password.
fn password_of<'a>(preset: &'a Preset, account: &Account) -> Result<&'a str> {
    let password = match account {
        Account::Root => preset.root.as_ref().map(|root| &root.password),
        Account::User(name) => {
            let user = preset.users.iter().find(|user| user.name == *name);
            user.map(|user| &user.password)
        }
    };
    match password {
        Some(Password::Plain(secret)) => Ok(secret.expose()),
        other => bail!("the preset gives no password to try out, but {other:?}"),
    }
}

/// Whether a yescrypt hash is that of this password, and not that of another.
fn opens(hash: &str, password: &str) -> Result<()> {
    if !hash.starts_with("$y$") {
        bail!("it is no yescrypt hash");
    }
    if crypt(password, hash)? != hash {
        bail!("it is not the hash of the password given");
    }
    if crypt(WRONG, hash)? == hash {
        bail!("it takes another password as well");
    }
    Ok(())
}

/// crypt(3), which perl hands on.
fn crypt(password: &str, setting: &str) -> Result<String> {
    let mut perl = Command::new("perl")
        .args(["-e", "chomp(my ($p, $s) = <STDIN>); print crypt($p, $s)"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("starting perl")?;
    let mut input = perl.stdin.take().context("perl has no standard input")?;
    writeln!(input, "{password}\n{setting}")?;
    drop(input);
    let output = perl.wait_with_output()?;
    if !output.status.success() {
        bail!("perl ended with {}", output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}
