//! Keeps the computer awake, and desktop programs from mounting what appears.

use super::super::cleanup::Opened;
use super::super::command::Command;
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::system::{NewFile, Place};
use super::device;
use std::path::Path;

/// Read before the rules of udisks, which come at 80.
const RULE: &str = "70-nevado.rules";

pub(super) fn run(context: &mut Context<'_>) -> Result<(), StepError> {
    stay_awake(context);
    no_automatic_mounts(context)
}

fn stay_awake(context: &mut Context<'_>) {
    // Only systemd puts a computer to sleep by itself; sd_booted(3) looks for the same folder.
    if context
        .system
        .list(Path::new("/run/systemd/system"))
        .is_err()
    {
        return context.note("systemd does not run here, nothing can put the computer to sleep");
    }
    if !context.system.has_program("systemd-inhibit") {
        return context.warn("systemd-inhibit is missing: the computer may fall asleep meanwhile");
    }
    let command = Command::new("systemd-inhibit")
        .args([
            "--what=shutdown:sleep:idle:handle-lid-switch",
            "--mode=block",
        ])
        .args([
            "--who=Nevado",
            "--why=NixOS is being installed",
            "sh",
            "-c",
            // Runs only once the lock is held, and says so.
            "echo held; exec sleep infinity",
        ]);
    match context.system.hold(&command) {
        Ok(held) => context.opened.push(Opened::Program(held)),
        Err(error) => context.warn(format!("the computer may fall asleep meanwhile: {error}")),
    }
}

fn no_automatic_mounts(context: &mut Context<'_>) -> Result<(), StepError> {
    let path = Path::new(RULE);
    let mut text = String::new();
    for disk in context.plan.disks() {
        let name = device::kernel_name(context, &disk.identity.path)?;
        text.push_str(&rule(&name));
    }
    let file = NewFile {
        place: Place::UdevRules,
        path,
        mode: 0o644,
        content: text.as_bytes(),
    };
    context.system.write_file(file).on("write", path)?;
    context.opened.push(Opened::UdevRule(path.to_owned()));
    context.run(&Command::new("udevadm").args(["control", "--reload"]))?;
    Ok(())
}

/// udisks leaves the disk and its partitions alone, and nothing mounts them by itself.
fn rule(disk: &str) -> String {
    // `sda1`, but `nvme0n1p1`: after a digit the number is set apart.
    let apart = if disk.ends_with(|c: char| c.is_ascii_digit()) {
        "p"
    } else {
        ""
    };
    format!(
        "SUBSYSTEM==\"block\", KERNEL==\"{disk}|{disk}{apart}[0-9]*\", \
         ENV{{UDISKS_IGNORE}}=\"1\", ENV{{UDISKS_AUTO}}=\"0\"\n"
    )
}

#[cfg(test)]
mod tests {
    use super::rule;

    #[test]
    fn the_rule_names_this_disk_only() {
        assert!(rule("sda").contains(r#"KERNEL=="sda|sda[0-9]*""#));
        assert!(rule("nvme0n1").contains(r#"KERNEL=="nvme0n1|nvme0n1p[0-9]*""#));
    }
}
