//! Leaves the log and a receipt in the target; the receipt says that the outcome is pending.

use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::system::{NewFile, Place};
use super::save_table::{chain_copy, copies};
use crate::machine::Nixpkgs;
use crate::plan::{Action, DiskIdentity, Nonce, Plan, PlannedDisk, TableIdentity};
use crate::preset::Decision;
use crate::storage::NewTable;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// The log in the target.
const LOG: &str = "/var/log/nevado/install.jsonl";

/// The receipt in the target.
const RECEIPT: &str = "/var/log/nevado/receipt.json";

/// The version of the receipt's form.
const FORMAT: u32 = 2;

/// What was installed, for whoever looks at the target later. It holds no secret.
#[derive(Serialize)]
struct Receipt<'a> {
    format: u32,
    state: State,
    nonce: Nonce,
    nevado: &'static str,
    nixpkgs: &'a Nixpkgs,
    system: Option<&'a Path>,
    disks: Vec<ReceiptDisk<'a>>,
    decisions: &'a [Decision],
    warnings: &'a [String],
    files: Vec<PathBuf>,
}

/// A disk that was written to.
#[derive(Serialize)]
struct ReceiptDisk<'a> {
    disk: &'a DiskIdentity,
    table: &'a NewTable,
}

/// Whether what was written has been read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    Pending,
    Done,
}

pub(super) fn run(context: &mut Context<'_>) -> Result<(), StepError> {
    write(context, State::Pending)?;
    let plan = context.plan;
    plan.disks().try_for_each(|disk| keep_table(context, disk))
}

/// Leaves the copies of a disk's old table beside the log.
fn keep_table(context: &mut Context<'_>, disk: &PlannedDisk) -> Result<(), StepError> {
    // Without a table the copy could be the header of an encrypted disk, which erasing has to destroy.
    if !matches!(disk.identity.table, TableIdentity::Partitioned { .. }) {
        return Ok(());
    }
    let chain = chain_copy(context.plan, disk);
    for name in copies(context.plan, disk).into_iter().chain([chain]) {
        let copy = Path::new(&name);
        if context.system.exists(Place::State, copy) {
            let content = context
                .system
                .read_file(Place::State, copy)
                .on("read", copy)?;
            put(context, &Path::new("/var/log/nevado").join(copy), &content)?;
        }
    }
    Ok(())
}

impl<'a> ReceiptDisk<'a> {
    const fn of(disk: &'a PlannedDisk) -> Self {
        Self {
            disk: &disk.identity,
            table: &disk.table,
        }
    }
}

/// Writes log and receipt as they are now.
pub(super) fn write(context: &mut Context<'_>, state: State) -> Result<(), StepError> {
    let receipt = Receipt {
        format: FORMAT,
        state,
        nonce: context.plan.nonce,
        nevado: env!("CARGO_PKG_VERSION"),
        nixpkgs: &context.plan.nixpkgs,
        system: context.built.as_deref(),
        disks: context.plan.disks().map(ReceiptDisk::of).collect(),
        decisions: &context.plan.decisions,
        warnings: &context.warnings,
        files: files(context.plan),
    };
    let receipt = serde_json::to_vec_pretty(&receipt)
        .map_err(std::io::Error::from)
        .on("write", Path::new(RECEIPT))?;
    let log = context
        .sink
        .journal
        .so_far()
        .on("read the journal for", Path::new(LOG))?;
    put(context, Path::new(LOG), &log)?;
    put(context, Path::new(RECEIPT), &receipt)
}

fn put(context: &mut Context<'_>, path: &Path, content: &[u8]) -> Result<(), StepError> {
    let file = NewFile {
        place: Place::Target,
        path,
        mode: 0o600,
        content,
    };
    context.system.write_file(file).on("write", path)
}

fn files(plan: &Plan) -> Vec<PathBuf> {
    let written = plan.steps.iter().filter_map(|step| match &step.action {
        Action::WriteFiles { files } => Some(files),
        _ => None,
    });
    written
        .flatten()
        .map(|file| file.path.as_path().to_owned())
        .collect()
}
