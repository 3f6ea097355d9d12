//! The install: `nevado install` on the live medium, onto an empty disk.

use crate::inspect::passphrase;
use crate::not_chosen::NotChosen;
use crate::qemu::Drive;
use crate::report::Report;
use crate::workspace::{Firmware, Scenario, Share, Workspace, source};
use anyhow::{Context, Result, bail};
use nevado::plan::{Action, Device, NewFileSystem, Plan, TargetFile};
use nevado::preset::{Password, Preset};
use nevado::storage::{PartitionId, PartitionRole};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// An installed disk and what was to be on it.
pub(crate) struct Installed {
    /// The disk's image; of several, that of the first.
    pub(crate) disk: PathBuf,
    /// The other disks that were installed on.
    pub(crate) others: Vec<Drive>,
    /// The firmware's variables as the install left them; a BIOS has none.
    pub(crate) variables: Option<PathBuf>,
    /// What Nevado said that it would do.
    pub(crate) plan: Plan,
    /// What it was asked for.
    pub(crate) preset: Preset,
    /// What its identifiers were drawn from, as 64 hexadecimal digits.
    pub(crate) seed: String,
    /// The recovery key of the disk, if one was asked for.
    pub(crate) recovery_key: Option<String>,
}

/// What the preset says about swap.
const SWAP: &str = "swap = \"zram\"";

/// What the preset says about the disk, swap included.
const DISK: &str = "layout = \"erase\"\nswap = \"zram\"\nchoose = { serial = \"NEVADO-TEST-1\" }\n";

/// An install that is ordered.
pub(crate) struct Order<'a> {
    /// The guest's script, which may do something to the disk first.
    pub(crate) script: &'a str,
    /// What is in the preset besides.
    pub(crate) wish: Wish<'a>,
    /// More disks to install on, empty ones: their serial numbers and sizes in bytes.
    pub(crate) more: &'a [(&'static str, u64)],
}

/// What makes the preset another one.
#[derive(Clone, Copy)]
pub(crate) enum Wish<'a> {
    /// These lines in place of those about swap in `[disk]`.
    Swap(&'a str),
    /// This in `[disk]`, and nothing else.
    Whole(&'a str),
    /// The usual disk, and these sections at the end.
    AtTheEnd(&'a str),
}

/// Boots the medium through the firmware, installs, and checks what the installer left behind
/// outside the disk.
pub(crate) fn install(work: &Workspace, report: &mut Report) -> Result<Installed> {
    install_with(work, SWAP, report)
}

/// The same with these lines in the preset's `[disk]`, in place of those about swap.
pub(crate) fn install_with(
    work: &Workspace,
    lines: &str,
    report: &mut Report,
) -> Result<Installed> {
    install_by("install.sh", work, lines, report).map(|(installed, _)| installed)
}

/// The same with this wish.
pub(crate) fn install_wish(
    work: &Workspace,
    wish: Wish<'_>,
    report: &mut Report,
) -> Result<Installed> {
    let order = Order {
        script: "install.sh",
        wish,
        more: &[],
    };
    install_as_ordered(&order, work, report).map(|(installed, _)| installed)
}

/// The same by this script of the guest, which may do something to the disk first; with what it has
/// put out.
pub(crate) fn install_by(
    script: &str,
    work: &Workspace,
    lines: &str,
    report: &mut Report,
) -> Result<(Installed, Share)> {
    let order = Order {
        script,
        wish: Wish::Swap(lines),
        more: &[],
    };
    install_as_ordered(&order, work, report)
}

/// The same, as it is ordered.
pub(crate) fn install_as_ordered(
    order: &Order<'_>,
    work: &Workspace,
    report: &mut Report,
) -> Result<(Installed, Share)> {
    let scenario = work.scenario("install")?;
    let disk = scenario.empty_disk()?;
    let blank = |(serial, size): &(&'static str, u64)| {
        let image = scenario.blank_disk(&format!("{serial}.img"), *size)?;
        Ok(Drive { image, serial })
    };
    let more = order
        .more
        .iter()
        .map(blank)
        .collect::<Result<Vec<Drive>>>()?;
    let (_, share) = share(&scenario, order.script)?;
    let preset = put_preset(&share, order.wish)?;
    let seed = random_seed()?;
    report.note(format_args!("the plan's identifiers come from {seed}"));
    share.write("seed", &seed)?;
    let mut machine = work.live(&scenario, &disk, &share)?;
    let not_chosen = NotChosen::new(&scenario)?;
    machine.others.clone_from(&more);
    machine.others.push(not_chosen.drive());
    let run = machine.run()?;
    not_chosen.is_unchanged(report)?;
    report.note(format_args!("the install took {:.0} s", run.seconds));
    let status = share.status()?;
    report.same("`nevado install` ended with status 0", status.as_str(), "0");
    if status != "0" {
        bail!("there is no system to look at:\n{}", run.last_lines(40));
    }
    let plan: Plan = serde_json::from_str(&share.read("plan.json")?)
        .context("the plan that the installer left in /run/nevado")?;
    left_as_before(&share, 1, report)?;
    if work.firmware() == Firmware::Uefi {
        boot_entry(&plan, &share, report)?;
    }
    let recovery_key = share.read_if_there("keys/recovery-key")?;
    let mut words = passwords(&preset);
    words.extend(recovery_key.as_deref());
    report.check(
        "no password, key or hash on the console, in the plan, in the journal",
        no_secrets(&scenario, &share, words),
    );
    let installed = Installed {
        disk,
        others: more,
        variables: machine.variables,
        plan,
        preset,
        seed,
        recovery_key,
    };
    Ok((installed, share))
}

/// Puts the preset with this wish into the shared folder.
pub(crate) fn put_preset(share: &Share, wish: Wish<'_>) -> Result<Preset> {
    let text = fs::read_to_string(source("preset.toml"))?;
    let (old, new, end) = match wish {
        Wish::Swap(lines) => (SWAP, lines, ""),
        Wish::Whole(section) => (DISK, section, ""),
        Wish::AtTheEnd(sections) => (SWAP, SWAP, sections),
    };
    if !text.contains(old) {
        bail!("preset.toml does not have `{old}`");
    }
    let text = format!("{}\n{end}", text.replace(old, new));
    share.write("preset.toml", &text)?;
    Ok(nevado::preset::read(&text, "tests/vm/preset.toml")?)
}

/// Whether mounts, swap, loop devices and mappers were as before each time that the guest compared
/// them, which must have been so many times.
pub(crate) fn left_as_before(share: &Share, times: usize, report: &mut Report) -> Result<()> {
    let compared = share.read("state")?;
    let differences: Vec<&str> = compared
        .lines()
        .filter(|line| !line.ends_with(": as before"))
        .collect();
    report.same(
        format_args!("mounts, swap, loop devices and mappers are as before, {times} times"),
        (differences, compared.lines().count()),
        (Vec::new(), times),
    );
    Ok(())
}

/// 64 random hexadecimal digits.
pub(crate) fn random_seed() -> Result<String> {
    let mut bytes = [0; 32];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The ESP that stays, and is mounted where kernels are.
fn kept_esp(plan: &Plan) -> Option<PartitionId> {
    plan.steps.iter().find_map(|step| match &step.action {
        Action::Mount {
            device: Device::Partition(id),
            at,
            kind,
            ..
        } if kind == "vfat" && at.to_string() == "/boot" => Some(*id),
        _ => None,
    })
}

/// The entry in the firmware's variables.
fn boot_entry(plan: &Plan, share: &Share, report: &mut Report) -> Result<()> {
    let new = plan.disk.table.partitions.iter();
    let new = new.filter(|partition| partition.role == PartitionRole::Esp);
    let mut new = new.map(|partition| partition.id);
    let esp = new.next().or_else(|| kept_esp(plan));
    let esp = esp.context("the plan has no ESP")?;
    let variables = share.read("boot-variables")?;
    let entry = variables
        .lines()
        .find(|line| line.contains("Linux Boot Manager"));
    report.contains(
        "the firmware has a boot entry for the planned ESP",
        entry.unwrap_or(&variables),
        &format!("HD(1,GPT,{esp}"),
    );
    Ok(())
}

/// The shared folder with a script of the guest, installer and preset in it.
pub(crate) fn share(scenario: &Scenario, script: &str) -> Result<(Preset, Share)> {
    let share = scenario.share(script)?;
    let preset_path = source("preset.toml");
    let text = fs::read_to_string(&preset_path)?;
    let preset = nevado::preset::read(&text, "tests/vm/preset.toml")?;
    share.put(&preset_path, "preset.toml")?;
    share.put(Path::new(env!("CARGO_BIN_EXE_nevado")), "nevado")?;
    Ok((preset, share))
}

/// The passwords in the preset, the disk's passphrase among them.
pub(crate) fn passwords(preset: &Preset) -> Vec<&str> {
    let users = preset.users.iter().filter_map(|user| match &user.password {
        Password::Plain(secret) => Some(secret.expose()),
        Password::Ask | Password::Hash(_) => None,
    });
    users.chain(passphrase(preset)).collect()
}

/// Looks for passwords, and for anything like a hash, in all that the run has written.
fn no_secrets(scenario: &Scenario, share: &Share, mut words: Vec<&str>) -> Result<()> {
    let mut files = vec![scenario.path("console.log")];
    for entry in fs::read_dir(share.out())? {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    if files.len() < 4 {
        bail!("too few files to look at: {files:?}");
    }
    words.extend(["$y$", "$6$", "$2b$"]);
    for file in files {
        let bytes = fs::read(&file)?;
        let text = String::from_utf8_lossy(&bytes);
        for word in &words {
            if text.contains(word) {
                bail!("`{word}` is in {}", file.display());
            }
        }
    }
    Ok(())
}

/// The files that the plan writes into the target.
pub(crate) fn planned_files(plan: &Plan) -> Vec<&TargetFile> {
    plan.steps
        .iter()
        .filter_map(|step| match &step.action {
            Action::WriteFiles { files } => Some(files),
            _ => None,
        })
        .flatten()
        .collect()
}

/// The file systems that the plan makes, each with what it is in.
pub(crate) fn planned_file_systems(plan: &Plan) -> Vec<(&Device, &NewFileSystem)> {
    plan.steps
        .iter()
        .filter_map(|step| match &step.action {
            Action::MakeFileSystem {
                device,
                file_system,
            } => Some((device, file_system)),
            _ => None,
        })
        .collect()
}
