//! Power cuts: QEMU is killed at ten random moments spread over an installation, and each time the
//! installation is made once more, on what that left on the disk. It must come to its end, and the
//! inspection must find what the plan says; a second disk full of known content stays as it is.
//!
//! The moments are random, but no phase is left out: each odd cut falls into another fifth of an
//! unbroken installation's time, each even one into one of the steps from the wiping of the disk on,
//! however short it is, among another fifth of these. Half of the cuts meet a disk that was blank
//! before, the others one with an installed system. The seed is printed; with it in the variable
//! `NEVADO_POWER_CUT_SEED` the moments are the same, as far as the computer's speed allows.
//!
//! What a kill takes away: all that the guest has in memory, its page cache included, and what the
//! disk has not been told to flush, as far as it went to new places. For the disk is a qcow2 overlay,
//! a new one for each cut, and QEMU keeps in memory where its clusters of 64 KiB are, until the guest
//! flushes: clusters that are new since the last flush are lost, like a disk's volatile cache.
//!
//! What it does not take away: what was written, flushed or not, to a cluster that the last flush had
//! made safe already. No write is torn, and none is lost that came before one that is kept.

use crate::attempts::{self, Attempt};
use crate::bench::Bench;
use crate::boot::boot;
use crate::checksum::checksum;
use crate::inspect;
use crate::install::{self, Installed, random_seed};
use crate::qemu::{Drive, Machine, Run};
use crate::report::Report;
use crate::workspace::{self, DISK_SIZE, Scenario, Share};
use anyhow::{Context, Result, bail};
use nevado::engine::{EventKind, Outcome};
use nevado::plan::{Action, Plan};
use nevado::preset::Preset;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// How often the power is cut.
const CUTS: u32 = 10;
/// How many parts the installation's time, and its steps, are divided into.
const PARTS: u32 = CUTS / 2;
/// How many different steps the power is cut in, at least: two moments may fall into one step, and the
/// next step may have begun when QEMU ends.
const SPREAD: usize = 4;
/// The size of the second disk in bytes.
const SECOND_DISK: u64 = 64 << 20;
/// What the front end says at the end: the power is cut then at the latest.
const INSTALLED: &str = "NixOS is installed";

/// Runs the scenario on disks of its own.
pub(crate) fn at_ten_moments(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let mut chance = Chance::new()?;
    report.note(format_args!("the moments come from {:016x}", chance.0));
    let scenario = bench.work.scenario("power-cut")?;
    let second_disk = scenario.blank_disk("second.img", SECOND_DISK)?;
    fill(&second_disk, &mut Chance(SECOND_DISK))?;
    let sum = checksum(&second_disk)?;
    let mut computer = Computer::new(bench, scenario, &second_disk)?;

    report.note("an unbroken installation, to know how long each step takes");
    let mut whole = computer.install_whole("unbroken", report)?;
    let mut steps_cut = BTreeSet::new();
    for number in 1..=CUTS {
        computer.new_disk(number)?;
        let moment = Moment::choose(number, &whole, &mut chance)?;
        steps_cut.insert(computer.cut(number, moment, report)?);
        report.check(
            format_args!("cut {number}: the disk's image is sound, so the computer is to blame"),
            sound(&computer.machine.disk),
        );
        whole = computer.install_whole(&format!("again-{number}"), report)?;
        report.same(
            format_args!("cut {number}: not a byte of the second disk was written"),
            checksum(&second_disk)?,
            sum.clone(),
        );
        if number == CUTS || number == PARTS {
            boot(&bench.work, &whole.installed, report)?;
        }
    }
    report.note(format_args!("the power was cut in the steps {steps_cut:?}"));
    report.same(
        format_args!("the cuts were spread over {SPREAD} steps at least"),
        steps_cut.len() >= SPREAD,
        true,
    );
    Ok(())
}

/// The computer whose power is cut, with all that it keeps meanwhile: its disks, and the firmware's
/// variables.
struct Computer {
    scenario: Scenario,
    share: Share,
    preset: Preset,
    machine: Machine,
}

/// An installation that came to its end.
struct Whole {
    installed: Installed,
    /// Each step's number, and how many seconds it took.
    steps: Vec<(u32, f64)>,
}

impl Computer {
    fn new(bench: &Bench, scenario: Scenario, second_disk: &Path) -> Result<Self> {
        let (preset, share) = install::share(&scenario, "power-cut.sh")?;
        share.write("secrets", &install::passwords(&preset).join("\n"))?;
        let disk = scenario.path("disk-0.qcow2");
        create(&disk, None)?;
        let mut machine = bench.work.live(&scenario, &disk, &share)?;
        machine.others = vec![Drive {
            image: second_disk.to_owned(),
            serial: "NEVADO-TEST-2",
        }];
        Ok(Self {
            scenario,
            share,
            preset,
            machine,
        })
    }

    /// The disk for this cut: a new one, or what is on the last one, and no longer written to there.
    fn new_disk(&mut self, number: u32) -> Result<()> {
        let disk = self.scenario.path(&format!("disk-{number}.qcow2"));
        let blank = number.is_multiple_of(2);
        create(&disk, (!blank).then_some(self.machine.disk.as_path()))?;
        self.machine.disk = disk;
        Ok(())
    }

    /// Switches it on for an installation; what it leaves goes to a folder of this name.
    fn begin(&mut self, name: &str) -> Result<()> {
        self.machine.folder = self.scenario.path(name);
        fs::create_dir_all(&self.machine.folder)?;
        let (out, status) = (self.share.out(), self.share.folder().join("status"));
        fs::remove_dir_all(&out)?;
        fs::create_dir(&out)?;
        if status.exists() {
            fs::remove_file(status)?;
        }
        self.share.write("seed", &random_seed()?)
    }

    /// An installation that must come to its end, and its inspection.
    fn install_whole(&mut self, name: &str, report: &mut Report) -> Result<Whole> {
        self.begin(name)?;
        let run = self.machine.run()?;
        let took = run.seconds;
        report.note(format_args!("{name}: with its inspection {took:.0} s"));
        if self.share.status()? != "0" {
            bail!("installing or inspecting failed:\n{}", run.last_lines(40));
        }
        let attempts = attempts::read(&self.share)?;
        let outcomes: Vec<_> = attempts.iter().map(Attempt::outcome).collect();
        report.same(
            format_args!("{name}: it is done, at the first attempt"),
            outcomes,
            vec![Some(&Outcome::Done)],
        );
        install::left_as_before(&self.share, 1, report)?;
        let plan: Plan = serde_json::from_str(&self.share.read("plan.json")?)?;
        let installed = Installed {
            disk: self.machine.disk.clone(),
            others: Vec::new(),
            variables: self.machine.variables.clone(),
            plan,
            preset: self.preset.clone(),
            seed: fs::read_to_string(self.share.folder().join("seed"))?,
            recovery_key: None,
        };
        inspect::compare(workspace::Computer::USUAL, &installed, &self.share, report)?;
        let events = attempts.iter().flat_map(|attempt| &attempt.events);
        let steps = events.filter_map(|event| match event {
            EventKind::StepFinished { step, seconds } => Some((*step, *seconds)),
            _ => None,
        });
        let steps = steps.collect();
        Ok(Whole { installed, steps })
    }

    /// An installation whose power is cut; gives the step that was running.
    fn cut(&mut self, number: u32, moment: Moment, report: &mut Report) -> Result<u32> {
        self.begin(&format!("cut-{number}"))?;
        let run = self.machine.run_until(&mut moment.watch())?;
        let Some((step, line)) = last_step(&run) else {
            bail!("no step had begun:\n{}", run.last_lines(20));
        };
        report.note(format_args!(
            "cut {number}: {:.2} s after step {} began was the wish, in `{line}` it was",
            moment.delay.as_secs_f64(),
            moment.step
        ));
        let end = (run.cut, step >= moment.step, self.share.status().is_err());
        report.same(
            format_args!("cut {number}: the power was cut while it ran, not before the moment"),
            end,
            (true, true, true),
        );
        Ok(step)
    }
}

/// A moment of an installation: so long after this step began, but not after the next one has.
#[derive(Clone, Copy)]
struct Moment {
    step: u32,
    delay: Duration,
}

impl Moment {
    /// The moment of the cut with this number.
    fn choose(number: u32, whole: &Whole, chance: &mut Chance) -> Result<Self> {
        let part = (number - 1) / 2;
        if number.is_multiple_of(2) {
            Self::in_step(part, whole, chance)
        } else {
            let share = (f64::from(part) + chance.below_one()) / f64::from(PARTS);
            Self::in_time(share, whole)
        }
    }

    /// At this share of the whole time.
    fn in_time(share: f64, whole: &Whole) -> Result<Self> {
        let total: f64 = whole.steps.iter().map(|(_, seconds)| seconds).sum();
        let mut left = total * share;
        for (step, seconds) in &whole.steps {
            if left < *seconds {
                return Ok(Self::new(*step, left));
            }
            left -= seconds;
        }
        bail!("there are no steps");
    }

    /// Somewhere in one of the steps of this part of those from the wiping of the disk on.
    fn in_step(part: u32, whole: &Whole, chance: &mut Chance) -> Result<Self> {
        let plan = whole.installed.plan.steps.iter();
        let mut writing = plan.skip_while(|step| !matches!(step.action, Action::Wipe { .. }));
        let first = writing.next().context("the plan wipes nothing")?.number;
        let steps = whole.steps.iter().filter(|(step, _)| *step >= first);
        let steps: Vec<_> = steps.collect();
        let (part, parts) = (part as usize, PARTS as usize);
        let from = steps.len() * part / parts;
        let count = steps.len() * (part + 1) / parts - from;
        let within = (count as f64 * chance.below_one()) as usize;
        let (step, seconds) = steps
            .get(from + within)
            .context("there are no such steps")?;
        Ok(Self::new(*step, seconds * chance.below_one()))
    }

    fn new(step: u32, delay: f64) -> Self {
        let delay = Duration::from_secs_f64(delay);
        Self { step, delay }
    }

    /// Says when it has come, from what the front end prints.
    fn watch(self) -> impl FnMut(&[String]) -> Option<Instant> {
        let (mut seen, mut when) = (0, None);
        move |lines| {
            for line in lines.get(seen..).unwrap_or_default() {
                let now = Instant::now();
                match step_begun(line) {
                    Some(step) if step == self.step && when.is_none() => {
                        when = Some(now + self.delay);
                    }
                    Some(step) if step > self.step => when = Some(now),
                    None if line.starts_with(INSTALLED) => when = Some(now),
                    _ => {}
                }
            }
            seen = lines.len();
            when
        }
    }
}

/// The number in a line such as `[ 5/18] Release /dev/vda`.
fn step_begun(line: &str) -> Option<u32> {
    let (step, _) = line.strip_prefix('[')?.split_once('/')?;
    step.trim().parse().ok()
}

/// The last step that began, and what the console said of it.
fn last_step(run: &Run) -> Option<(u32, &str)> {
    let said = |line| step_begun(line).map(|step| (step, line));
    run.console.iter().rev().map(String::as_str).find_map(said)
}

/// A new disk, blank or with what is on another one.
fn create(disk: &Path, backing: Option<&Path>) -> Result<()> {
    let mut command = Command::new("qemu-img");
    command.args(["create", "-q", "-f", "qcow2"]);
    if let Some(backing) = backing {
        command.args(["-F", "qcow2", "-b"]).arg(backing);
    }
    let status = command.arg(disk).arg(DISK_SIZE.to_string()).status();
    if !status.context("starting qemu-img")?.success() {
        bail!("qemu-img could not create {}", disk.display());
    }
    Ok(())
}

/// Whether a killed QEMU left an image in which at most room is wasted (qemu-img(1): status 3).
fn sound(disk: &PathBuf) -> Result<()> {
    let output = Command::new("qemu-img")
        .args(["check", "-q", "-f", "qcow2"])
        .arg(disk)
        .output()
        .context("starting qemu-img")?;
    match output.status.code() {
        Some(0 | 3) => Ok(()),
        _ => bail!("{}", String::from_utf8_lossy(&output.stderr)),
    }
}

/// Fills a disk with what can be made again.
fn fill(disk: &Path, content: &mut Chance) -> Result<()> {
    let mut file = File::options().write(true).open(disk)?;
    for _ in 0..SECOND_DISK >> 20 {
        let mebibyte: Vec<u8> = (0..1 << 17)
            .flat_map(|_| content.draw().to_le_bytes())
            .collect();
        file.write_all(&mebibyte)?;
    }
    Ok(())
}

/// Numbers that look random, from a seed (SplitMix64).
struct Chance(u64);

impl Chance {
    /// From the environment's seed, or from a new one.
    fn new() -> Result<Self> {
        let digits = match std::env::var("NEVADO_POWER_CUT_SEED") {
            Ok(given) => given,
            Err(_) => random_seed()?,
        };
        let digits = digits.get(..16).context("a seed has 16 digits")?;
        Ok(Self(u64::from_str_radix(digits, 16)?))
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 on, and below 1.
    fn below_one(&mut self) -> f64 {
        (self.draw() >> 11) as f64 / (1_u64 << 53) as f64
    }
}
