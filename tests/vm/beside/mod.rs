//! An install on a disk that others use, into its free space, in place of one partition, or beside one
//! that becomes smaller: a file system with files, an ESP with the boot loaders of other systems.
//! Afterwards every byte of the one is as before, every file of the other is there, the table has them
//! where they were, not a byte of a second disk has changed, and the new system starts.
//!
//! The disk is made on the host, and looked at from there: nothing of Nevado is in between.

mod disk;
mod homes;
mod neighbour;

use crate::bench::Bench;
use crate::boot::boot;
use crate::install::{Installed, left_as_before, random_seed, share};
use crate::not_chosen::NotChosen;
use crate::report::Report;
use crate::workspace::{Scenario, source};
use anyhow::{Context, Result, bail};
use disk::{ESP, FALLBACK, HOMES, LOADERS, NOISE, PLACE};
pub(crate) use disk::{copy_into, sum, tool};
use neighbour::FileSystem;
use nevado::plan::Plan;
use nevado::preset;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Where on the disk the new system goes.
pub(crate) struct Place {
    /// What its folders are called.
    name: &'static str,
    /// What the preset has in `[disk]`.
    lines: &'static str,
    fate: Fate,
}

/// What becomes of the large neighbour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// There is none: its place is free.
    Free,
    /// It goes, with what belongs to the system on it.
    Replaced(FileSystem),
    /// It is replaced, and the partition with home folders becomes `/home` as it is.
    ReplacedBesideHome,
    /// It becomes smaller, and all its files stay.
    Smaller(FileSystem),
}

/// Between the others.
pub(crate) const FREE: Place = Place {
    name: "beside",
    lines: "layout = \"free\"",
    fate: Fate::Free,
};

/// Where an old system is.
pub(crate) const REPLACE: Place = Place {
    name: "replace",
    lines: "layout = \"replace\"\npartition = { label = \"neighbour\" }",
    fate: Fate::Replaced(FileSystem::Ext4),
};

/// In place of a whole system, by its name.
pub(crate) const REPLACE_LINUX: Place = Place {
    name: "replace-linux",
    lines: "layout = \"replace\"\nsystem = \"debian\"",
    fate: Fate::Replaced(FileSystem::Ext4),
};

/// In place of a whole Linux in a subvolume of a btrfs, by its name.
pub(crate) const REPLACE_LINUX_IN_BTRFS: Place = Place {
    name: "replace-linux-btrfs",
    lines: REPLACE_LINUX.lines,
    fate: Fate::Replaced(FileSystem::Btrfs),
};

/// In place of a whole Windows, by its name: its drive, its reserved partition and its recovery tools.
pub(crate) const REPLACE_WINDOWS: Place = Place {
    name: "replace-windows",
    lines: "layout = \"replace\"\nsystem = \"windows\"",
    fate: Fate::Replaced(FileSystem::Ntfs),
};

/// Where an old system is, with its home folders.
pub(crate) const KEEP_HOME: Place = Place {
    name: "keep-home",
    lines: "layout = \"keep_home\"\npartition = { label = \"neighbour\" }\nhome = { number = 3 }",
    fate: Fate::ReplacedBesideHome,
};

/// Beside an NTFS, as Windows has it.
pub(crate) const ALONGSIDE_NTFS: Place = Place {
    name: "alongside-ntfs",
    lines: "layout = \"alongside\"\npartition = { number = 7 }\nsize = \"10 GiB\"",
    fate: Fate::Smaller(FileSystem::Ntfs),
};

/// Beside an ext4, as another Linux has it.
pub(crate) const ALONGSIDE_EXT4: Place = Place {
    name: "alongside-ext4",
    lines: ALONGSIDE_NTFS.lines,
    fate: Fate::Smaller(FileSystem::Ext4),
};

/// Beside a btrfs, as a third Linux has it.
pub(crate) const ALONGSIDE_BTRFS: Place = Place {
    name: "alongside-btrfs",
    lines: ALONGSIDE_NTFS.lines,
    fate: Fate::Smaller(FileSystem::Btrfs),
};

impl Place {
    /// What is in the large neighbour, if there is one.
    const fn neighbour(&self) -> Option<FileSystem> {
        match self.fate {
            Fate::Free => None,
            Fate::ReplacedBesideHome => Some(FileSystem::Ext4),
            Fate::Replaced(file_system) | Fate::Smaller(file_system) => Some(file_system),
        }
    }

    /// Whether a whole Windows is there, and goes.
    fn is_windows(&self) -> bool {
        self.fate == Fate::Replaced(FileSystem::Ntfs)
    }

    /// Whether a Linux in subvolumes is there, and goes: only a kernel can make those.
    fn is_in_subvolumes(&self) -> bool {
        self.fate == Fate::Replaced(FileSystem::Btrfs)
    }

    /// How many partitions go.
    fn replaced(&self) -> usize {
        match self.fate {
            Fate::Free | Fate::Smaller(_) => 0,
            Fate::Replaced(_) if self.is_windows() => disk::WINDOWS.len(),
            Fate::Replaced(_) | Fate::ReplacedBesideHome => 1,
        }
    }

    /// The partitions in which every byte must stay.
    const fn untouched(&self) -> &'static [(u32, u64, u64)] {
        match self.fate {
            Fate::ReplacedBesideHome => &[NOISE],
            Fate::Free | Fate::Replaced(_) | Fate::Smaller(_) => &[HOMES, NOISE],
        }
    }
}

/// Makes the disk, installs, compares, boots.
pub(crate) fn install_beside(place: &Place, bench: &mut Bench, report: &mut Report) -> Result<()> {
    let work = &bench.work.with(place.name, bench.work.computer());
    let scenario = work.scenario("install")?;
    let image = scenario.empty_disk()?;
    match place.is_windows() {
        true => disk::make_with_windows(&scenario, &image)?,
        false => disk::make(&scenario, &image, place.neighbour())?,
    }
    let untouched = place.untouched();
    let before = (
        disk::table_lines(&image)?,
        disk::sums(&image, untouched)?,
        homes::found(&scenario, &image)?,
    );

    let script = match place.is_in_subvolumes() {
        true => "into-subvolumes.sh",
        false => "install.sh",
    };
    let (_, share) = share(&scenario, script)?;
    let text = fs::read_to_string(source("preset.toml"))?;
    let text = text.replace("layout = \"erase\"", place.lines);
    share.write("preset.toml", &text)?;
    let preset = preset::read(&text, "preset.toml")?;
    let seed = random_seed()?;
    share.write("seed", &seed)?;
    let mut machine = work.live(&scenario, &image, &share)?;
    let not_chosen = NotChosen::new(&scenario)?;
    machine.others.push(not_chosen.drive());
    let run = machine.run()?;
    report.note(format_args!(
        "the install beside others took {:.0} s",
        run.seconds
    ));
    if share.status()? != "0" {
        bail!("nevado install failed:\n{}", run.last_lines(40));
    }
    left_as_before(&share, 1, report)?;
    not_chosen.is_unchanged(report)?;
    let plan: Plan = serde_json::from_str(&share.read("plan.json")?)?;
    report.same(
        "the plan loses what is replaced, and nothing else",
        plan.disk.losses.len(),
        place.replaced(),
    );
    if place.is_in_subvolumes() {
        let told: Vec<String> = plan.disk.losses.iter().map(ToString::to_string).collect();
        report.contains(
            "the plan names the home folders that go",
            &told.join("\n"),
            "Debian GNU/Linux 12 (bookworm): partition 7 “neighbour”",
        );
        report.contains(
            "and the subvolume that they are in",
            &told.join("\n"),
            "with the home folders in its subvolume home (anna)",
        );
    }
    report.same("one partition is new", plan.disk.table.partitions.len(), 1);
    neighbour_is_as_planned(place, &scenario, &image, &plan, report)?;
    table(place, &image, &plan, &before.0, report)?;
    report.same(
        "every byte of the other partitions is as before",
        disk::sums(&image, untouched)?,
        before.1,
    );
    loaders(&image, &plan, report);
    let installed = Installed {
        disk: image,
        others: Vec::new(),
        variables: machine.variables,
        plan,
        preset,
        seed,
        recovery_key: None,
    };
    boot(work, &installed, report)?;
    report.same(
        "after the boot, every file in the old home folders is there, with its owner",
        homes::found(&scenario, &installed.disk)?,
        before.2,
    );
    Ok(())
}

/// The new system is in the neighbour's place, or the neighbour has all its files and is sound.
fn neighbour_is_as_planned(
    place: &Place,
    scenario: &Scenario,
    image: &Path,
    plan: &Plan,
    report: &mut Report,
) -> Result<()> {
    let (_, start, length) = PLACE;
    match place.fate {
        Fate::Free => {}
        Fate::Replaced(_) | Fate::ReplacedBesideHome => {
            let new = plan.disk.table.partitions.first();
            let new = new.context("the plan has no new partition")?;
            let within = start <= new.start.0 && new.start.0 + new.length.0 <= start + length;
            report.same("it is where the replaced one was", within, true);
        }
        Fate::Smaller(file_system) => {
            let left = length_left(plan)?;
            report.same("the neighbour is smaller", left < length, true);
            let image = disk::partition_image(scenario, image, (start, left))?;
            report.check(
                "the neighbour is sound, and not larger than its partition",
                neighbour::is_sound(file_system, &image),
            );
            report.same(
                "every file of the neighbour is there, byte by byte",
                neighbour::sums(file_system, &image)?,
                neighbour::made_sums(scenario)?,
            );
        }
    }
    Ok(())
}

/// How many sectors the plan leaves to the neighbour.
fn length_left(plan: &Plan) -> Result<u64> {
    let mut kept = plan.disk.table.kept().iter();
    let neighbour = kept.find(|kept| kept.number == PLACE.0);
    let neighbour = neighbour.context("the plan does not keep the neighbour")?;
    Ok(neighbour.length.0)
}

/// The table is sound, and has the lines that it had before, but for the large neighbour's.
fn table(
    place: &Place,
    image: &Path,
    plan: &Plan,
    before: &[String],
    report: &mut Report,
) -> Result<()> {
    let verdict = tool(Command::new("sgdisk").arg("--verify").arg(image))?;
    report.contains(
        "`sgdisk --verify` finds no problem",
        &verdict,
        "No problems found",
    );
    let after = disk::table_lines(image)?;
    for line in before {
        let name = line.split(" : ").next().unwrap_or(line);
        let name = name.rsplit('/').next().unwrap_or(name);
        let is_neighbour = disk::is_neighbour(line);
        match place.fate {
            Fate::Replaced(_) | Fate::ReplacedBesideHome if is_neighbour => report.same(
                format_args!("{name}, which is replaced, is not in the table any more"),
                after.contains(line),
                false,
            ),
            Fate::Smaller(_) if is_neighbour => {
                let (old, new) = (PLACE.2.to_string(), length_left(plan)?.to_string());
                let line = line.replace(&old, &new);
                report.same(
                    format_args!("the table's line {name} has only another size, {new}"),
                    after.contains(&line),
                    true,
                );
            }
            _ => report.same(
                format_args!("the table's line {name} is as before"),
                after.contains(line),
                true,
            ),
        }
    }
    Ok(())
}

/// The other systems' loaders are on the ESP that was used; the one for firmware that knows of no entry made
/// way, and the plan said so.
fn loaders(image: &Path, plan: &Plan, report: &mut Report) {
    let at = format!("{}@@{ESP}", image.display());
    let read = |path: &str| {
        let path = format!("::{path}");
        tool(Command::new("mtype").args(["-i", &at]).arg(path))
    };
    for (path, content) in LOADERS {
        report.same(
            format_args!("{path} is still on the ESP"),
            read(path).unwrap_or_default(),
            content.to_owned(),
        );
    }
    let (path, old) = FALLBACK;
    let new = read(path).unwrap_or_default();
    report.same(
        format_args!("{path} was another system's, and is the new one's"),
        (new.contains(old), new.contains("systemd-boot")),
        (false, true),
    );
    let said: Vec<&str> = plan
        .warnings
        .iter()
        .map(|told| told.message.as_str())
        .collect();
    report.contains(
        "the plan said so",
        &said.join("\n"),
        "the fallback loader in EFI/BOOT",
    );
}
