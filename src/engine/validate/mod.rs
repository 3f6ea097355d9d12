//! The engine takes no plan on trust: its steps must fit its disk, its table and each other.

mod order;
mod own;
mod subvolumes;

use order::Done;
use own::{is_own, is_whole};

use super::logical_chain::is_logical;
use super::password::{Secrets, unusable};
use super::{table_image, table_rules};
use crate::plan::{Action, FORMAT, Plan, PlannedDisk, TableIdentity, UsedPartition};
use crate::preset::ProxyUrl;
use crate::storage::{KeptPartition, KeySlots, NewLuks, NewPartition};
use std::collections::BTreeSet;

/// Why a plan is not run.
#[derive(Debug, thiserror::Error)]
pub(super) enum BadPlan {
    /// It was written by another version.
    #[error("this plan has format {0}, and this Nevado runs format {FORMAT}")]
    Format(u32),
    /// Its steps are not numbered from 1.
    #[error("step {0} of the plan has another number")]
    Numbering(usize),
    /// A step is for another disk than the plan.
    #[error("step {0} is for a disk, partition, table or file that it must not touch")]
    Foreign(u32),
    /// Something must come first.
    #[error("step {step} comes before {first}")]
    Order {
        /// The step that is too early.
        step: u32,
        /// What has to come before it.
        first: &'static str,
    },
    /// The last step must read everything back.
    #[error("the plan does not end with reading everything back")]
    Unverified,
    /// The plan evaluates other files than it writes.
    #[error("the files that are evaluated are not the files that are written")]
    OtherFiles,
    /// The table breaks a rule.
    #[error(transparent)]
    Table(#[from] table_image::TableError),
    /// A secret that would end up in the environment of programs and in the plan's copy.
    #[error("the address of the proxy holds a name or a password")]
    ProxyPassword,
    /// The password of an account was not handed over.
    #[error("there is no password for {0}")]
    NoPassword(String),
    /// The passphrase of the disk was not handed over.
    #[error("there is no passphrase for the encrypted disk")]
    NoPassphrase,
    /// Nobody could open the disk with it.
    #[error("the passphrase of the encrypted disk can't be used: {0}")]
    BadPassphrase(&'static str),
    /// The recovery key of the disk was not handed over.
    #[error("there is no recovery key for the encrypted disk")]
    NoRecoveryKey,
}

/// Looks the whole plan through before anything is done.
///
/// # Errors
/// The first rule that it breaks.
pub(crate) fn validate(plan: &Plan, secrets: &Secrets) -> Result<(), BadPlan> {
    if plan.format != FORMAT {
        return Err(BadPlan::Format(plan.format));
    }
    if plan
        .install
        .proxy
        .as_ref()
        .is_some_and(ProxyUrl::has_credentials)
    {
        return Err(BadPlan::ProxyPassword);
    }
    check_disks(plan)?;
    let mut done = Done::of(plan);
    for (i, step) in plan.steps.iter().enumerate() {
        if usize::try_from(step.number) != Ok(i + 1) {
            return Err(BadPlan::Numbering(i + 1));
        }
        if !is_own(plan, &step.action) {
            return Err(BadPlan::Foreign(step.number));
        }
        done.step(step.number, &step.action)?;
        if let Action::Encrypt { luks, .. } = &step.action {
            has_keys(luks, secrets)?;
        }
        if let Action::TryContainer { .. } = &step.action
            && secrets.passphrase.is_none()
        {
            return Err(BadPlan::NoPassphrase);
        }
        if let Action::SetPasswords { accounts } = &step.action
            && let Some(account) = accounts.iter().find(|account| !secrets.has(account))
        {
            return Err(BadPlan::NoPassword(account.name().to_owned()));
        }
    }
    match plan.steps.last().map(|step| &step.action) {
        Some(Action::Verify) => Ok(()),
        _ => Err(BadPlan::Unverified),
    }
}

/// Everything that is to open a container is there.
fn has_keys(luks: &NewLuks, secrets: &Secrets) -> Result<(), BadPlan> {
    let passphrase = secrets.passphrase.as_ref();
    if let Some(why) = unusable(passphrase.ok_or(BadPlan::NoPassphrase)?) {
        return Err(BadPlan::BadPassphrase(why));
    }
    match luks.key_slots {
        KeySlots::PassphraseAndRecoveryKey if secrets.recovery_key.is_none() => {
            Err(BadPlan::NoRecoveryKey)
        }
        KeySlots::PassphraseAndRecoveryKey | KeySlots::Passphrase => Ok(()),
    }
}

/// Each disk's table keeps the rules, and nothing can be taken for something on another disk: neither
/// a disk by its device node nor a partition by its identity.
fn check_disks(plan: &Plan) -> Result<(), BadPlan> {
    let mut seen = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for disk in plan.disks() {
        let table = &disk.table;
        table_rules::check(table)?;
        keeps_what_is_there(plan, disk)?;
        let is_too_long = table.length.bytes(table.sector_size) > disk.identity.size;
        if is_too_long || table.sector_size != disk.identity.sector_size {
            return Err(BadPlan::Foreign(0));
        }
        let new = table.partitions.iter().map(|p| p.id);
        let mut own = new.chain(table.kept().iter().map(|p| p.id));
        if !seen.insert(&disk.identity.path) || !own.all(|id| ids.insert(id)) {
            return Err(BadPlan::Foreign(0));
        }
    }
    Ok(())
}

/// A table that is kept is the one of the disk, and every partition that stays is one of it: what was
/// confirmed and is compared again before the first write.
fn keeps_what_is_there(plan: &Plan, disk: &PlannedDisk) -> Result<(), BadPlan> {
    if disk.table.base.is_new() {
        return Ok(());
    }
    let TableIdentity::Partitioned { kind, partitions } = &disk.identity.table else {
        return Err(BadPlan::Foreign(0));
    };
    let own = *kind == disk.table.id.kind();
    let whole = disk.table.kept().iter().all(|p| is_whole(plan, p));
    let is_there = |kept: &KeptPartition| {
        let is_it = |p: &UsedPartition| {
            (p.number, p.start, p.length) == (kept.number, kept.start, kept.old_length())
                && p.guid.as_ref().is_some_and(|id| id.parse() == Ok(kept.id))
                && p.type_id.parse() == Ok(kept.kind)
        };
        partitions.iter().any(is_it)
    };
    // In a chain, what is new takes the place of what was there.
    let is_in_place = |made: &NewPartition| {
        let is_it = |p: &UsedPartition| {
            (p.number, p.start, p.length) == (made.number, made.start, made.length)
        };
        !is_logical(made) || partitions.iter().any(is_it)
    };
    let placed = disk.table.partitions.iter().all(is_in_place);
    match own && whole && placed && disk.table.kept().iter().all(is_there) {
        true => Ok(()),
        false => Err(BadPlan::Foreign(0)),
    }
}
