//! One small file for each kind of step.

mod build;
mod carry_connections;
mod check_identity;
mod delete_subvolumes;
mod device;
mod encrypt;
mod evaluate;
mod find_sleepers;
mod find_subvolumes;
mod grow;
mod grub;
mod inhibit;
mod install_system;
mod keep_record;
mod kept_container;
mod limine;
mod luks_header;
mod make_file_system;
mod make_subvolumes;
mod make_swap;
mod mount;
mod programs;
mod release;
mod save_table;
mod set_passwords;
mod shrink;
mod systemd_boot;
mod try_mount;
mod unmount;
mod verify;
mod wipe;
mod write_files;
mod write_table;

use super::context::Context;
use super::error::StepError;
use super::installation::DiskState;
use crate::plan::Action;

pub(crate) use check_identity::run as check_identity;
pub(crate) use device::planned;
pub(crate) use kept_container::KeptHeader;
pub(crate) use wipe::run as wipe;

/// Runs one step.
pub(crate) fn run(context: &mut Context<'_>, action: &Action) -> Result<(), StepError> {
    match action {
        Action::Evaluate { files } => evaluate::run(context, files),
        Action::CheckIdentity { disk } => {
            let planned = device::planned(context, &disk.path)?;
            check_identity::run(context, planned, DiskState::Old)
        }
        Action::SaveTable { disk } => save_table::run(context, disk),
        Action::Inhibit => inhibit::run(context),
        Action::Release { disk } => release::run(context, disk),
        Action::Shrink(smaller) => shrink::run(context, smaller),
        Action::TryMount {
            partition,
            container,
            kind,
        } => try_mount::run(context, *partition, container.as_ref(), kind),
        Action::FindSleepers { windows, linux } => find_sleepers::run(context, windows, linux),
        Action::FindSubvolumes(named) => find_subvolumes::run(context, named),
        Action::DeleteSubvolumes {
            partition,
            subvolumes,
        } => delete_subvolumes::run(context, *partition, subvolumes),
        Action::LookOver(larger) => grow::look_over(context, larger),
        Action::Grow(larger) => grow::run(context, larger),
        Action::Wipe { disk } => {
            let planned = device::planned(context, disk)?;
            wipe::run(context, planned, DiskState::Old)
        }
        Action::WriteTable { disk, table } => write_table::run(context, disk, table),
        Action::Encrypt { partition, luks } => encrypt::make(context, *partition, luks),
        Action::OpenEncrypted { partition, luks } => {
            encrypt::open(context, *partition, luks, encrypt::Access::ReadWrite)
        }
        Action::TryContainer { partition, luks } => {
            kept_container::try_passphrase(context, *partition, luks)
        }
        Action::OpenKept { partition, luks } => {
            kept_container::open(context, *partition, luks, encrypt::Access::ReadWrite)
        }
        Action::WipeInside { device } => wipe::inside(context, device),
        Action::MakeSubvolumes { device, subvolumes } => {
            make_subvolumes::run(context, device, subvolumes)
        }
        Action::MakeSwap { device, uuid } => make_swap::run(context, device, *uuid),
        Action::MakeSwapFile {
            at,
            size,
            file_system,
        } => make_swap::file(context, at, *size, *file_system),
        Action::MakeFileSystem {
            device,
            file_system,
        } => make_file_system::run(context, device, file_system),
        Action::Mount {
            device,
            at,
            kind,
            options,
        } => mount::run(context, device, at, kind, options),
        Action::WriteFiles { files } => write_files::run(context, files),
        Action::Build { flake } => build::run(context, flake.as_ref()),
        Action::InstallSystem { channel, .. } => install_system::run(context, channel.as_deref()),
        Action::SetPasswords { accounts } => set_passwords::run(context, accounts),
        Action::CarryConnections => carry_connections::run(context),
        Action::KeepRecord => keep_record::run(context),
        Action::Unmount => unmount::run(context),
        Action::Verify => verify::run(context),
    }
}

/// What a step does, in words.
pub fn title(action: &Action) -> String {
    match action {
        Action::Evaluate { .. } => "Evaluate the configuration".to_owned(),
        Action::CheckIdentity { .. } => "Look at the disk again".to_owned(),
        Action::SaveTable { .. } => "Keep a copy of the old partition table".to_owned(),
        Action::Inhibit => "Keep the computer awake".to_owned(),
        Action::Release { disk } => format!("Release {}", disk.display()),
        Action::Shrink(smaller) => format!("Make a file system smaller ({})", smaller.file_system),
        Action::TryMount { .. } => "Try to mount what stays".to_owned(),
        Action::FindSleepers { .. } => "Look whether another system is hibernated".to_owned(),
        Action::FindSubvolumes(_) => "Look for subvolumes that stay".to_owned(),
        Action::DeleteSubvolumes { .. } => "Delete subvolumes".to_owned(),
        Action::LookOver(larger) => format!("Check a file system ({})", larger.file_system),
        Action::Grow(larger) => format!("Make a file system larger ({})", larger.file_system),
        Action::Wipe { disk } => format!("Clear what is replaced on {}", disk.display()),
        Action::WriteTable { disk, .. } => format!("Partition {}", disk.display()),
        Action::MakeFileSystem { file_system, .. } => {
            format!("Make a file system ({})", file_system.name())
        }
        Action::Encrypt { .. } => "Encrypt".to_owned(),
        Action::OpenEncrypted { .. } => "Open what is encrypted".to_owned(),
        Action::TryContainer { .. } => "Try the passphrase on what stays encrypted".to_owned(),
        Action::OpenKept { .. } => "Open what stays encrypted".to_owned(),
        Action::WipeInside { .. } => "Remove what is in what stays encrypted".to_owned(),
        Action::MakeSubvolumes { .. } => "Make subvolumes".to_owned(),
        Action::MakeSwap { .. } => "Make swap".to_owned(),
        Action::MakeSwapFile { .. } => "Make a swap file".to_owned(),
        Action::Mount { at, .. } => format!("Mount {at}"),
        Action::WriteFiles { .. } => "Write the configuration".to_owned(),
        Action::Build { .. } => "Build the system".to_owned(),
        Action::InstallSystem { .. } => "Install the system and its boot loader".to_owned(),
        Action::SetPasswords { .. } => "Set passwords".to_owned(),
        Action::CarryConnections => "Carry over network connections".to_owned(),
        Action::KeepRecord => "Leave log and receipt".to_owned(),
        Action::Unmount => "Unmount".to_owned(),
        Action::Verify => "Read everything back".to_owned(),
    }
}
