//! A virtual machine: QEMU in software emulation, UEFI firmware or BIOS, virtio disks, a serial
//! console.

use crate::console::Console;
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// The firmware from Debian's package `ovmf`.
const FIRMWARE: &str = "/usr/share/OVMF/OVMF_CODE_4M.fd";
/// Its variables as they leave the factory.
pub(crate) const FRESH_VARIABLES: &str = "/usr/share/OVMF/OVMF_VARS_4M.fd";
/// The serial number of the disk, which gives it its name below `/dev/disk/by-id`.
pub(crate) const DISK_SERIAL: &str = "NEVADO-TEST-1";

/// How often a machine is switched on whose kernel crashes while it starts: kernels patch their own
/// code then, and the emulator, with a thread for each processor, sometimes runs half a patch.
const TRIES: u32 = 3;
/// In the kernel's seconds: long before the live system or the new one has touched a disk.
const START: f64 = 5.0;

/// What is typed at the console once a line with this text has come over it.
pub(crate) struct Answer {
    pub(crate) to: &'static str,
    pub(crate) text: String,
}

/// A disk beside the first one.
#[derive(Clone)]
pub(crate) struct Drive {
    /// Its image, raw.
    pub(crate) image: PathBuf,
    /// Its serial number.
    pub(crate) serial: &'static str,
}

/// A machine to be switched on.
pub(crate) struct Machine {
    /// Where its console and QEMU's own messages are kept.
    pub(crate) folder: PathBuf,
    /// The ISO in its drive; it boots from there if there is one.
    pub(crate) medium: Option<PathBuf>,
    /// The disk's image: raw, or a `.qcow2`.
    pub(crate) disk: PathBuf,
    /// Bytes in a sector of each disk: 512 or 4096.
    pub(crate) sectors: u32,
    /// More disks.
    pub(crate) others: Vec<Drive>,
    /// The UEFI firmware's variables, written to; without them it is a BIOS (SeaBIOS).
    pub(crate) variables: Option<PathBuf>,
    /// The folder that the medium mounts at `/share` and runs `run` from.
    pub(crate) share: Option<PathBuf>,
    /// Memory in MiB.
    pub(crate) memory: u32,
    /// What is typed at the console, one after the other.
    pub(crate) answers: Vec<Answer>,
    /// Whether it wishes for a hibernation, which an installed test system looks for.
    pub(crate) hibernates: bool,
    /// Whether somebody logs in to an installed test system, on its console.
    pub(crate) login: bool,
    /// A script of what root types then.
    pub(crate) root: Option<PathBuf>,
    /// It is switched off after this time.
    pub(crate) limit: Duration,
    /// Show the console on the terminal as well.
    pub(crate) echo: bool,
}

/// How a run went.
pub(crate) struct Run {
    /// What came over the serial line.
    pub(crate) console: Vec<String>,
    /// How long it took.
    pub(crate) seconds: f64,
    /// Whether it did not switch itself off: its power was cut.
    pub(crate) cut: bool,
}

/// Says when the power is to be cut, as soon as that is known from the lines on the console.
pub(crate) type PowerCut<'a> = dyn FnMut(&[String]) -> Option<Instant> + 'a;

impl Run {
    /// How the console ends.
    pub(crate) fn last_lines(&self, count: usize) -> String {
        let first = self.console.len().saturating_sub(count);
        self.console.get(first..).unwrap_or_default().join("\n")
    }

    /// Whether the kernel crashed while it started, by an exception in its own code.
    fn crashed_at_start(&self) -> bool {
        let crash = |line: &String| {
            let (stamp, rest) = line.strip_prefix('[')?.split_once(']')?;
            rest.contains("Kernel panic - not syncing: Fatal exception")
                .then(|| stamp.trim().parse::<f64>().ok())?
        };
        self.console
            .iter()
            .find_map(crash)
            .is_some_and(|at| at < START)
    }
}

impl Machine {
    /// Switches the machine on and waits until it switches itself off.
    ///
    /// Fails if it is still on after its time limit; its console is kept all the same.
    pub(crate) fn run(&self) -> Result<Run> {
        self.run_until(&mut |_| None)
    }

    /// The same, unless its power is cut before: QEMU is killed, and what it has not written by then
    /// is lost.
    pub(crate) fn run_until(&self, power_cut: &mut PowerCut) -> Result<Run> {
        for number in 1..TRIES {
            let run = self.run_once(power_cut)?;
            if !run.crashed_at_start() {
                return Ok(run);
            }
            let kept = self.folder.join(format!("crash-{number}.log"));
            fs::rename(self.folder.join("console.log"), &kept)?;
            println!(
                "the emulated kernel crashed while it started ({}): switched on again",
                kept.display()
            );
        }
        self.run_once(power_cut)
    }

    fn run_once(&self, power_cut: &mut PowerCut) -> Result<Run> {
        fs::create_dir_all(&self.folder)?;
        let console_path = self.folder.join("console.log");
        let messages_path = self.folder.join("qemu.log");
        let mut console = Console::new(&console_path, self.echo)?;
        let began = Instant::now();
        let mut child = self
            .command()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(&messages_path)?)
            .spawn()
            .context("starting qemu-system-x86_64 (package qemu-system-x86)")?;
        let serial = child.stdout.take().context("QEMU has no serial line")?;
        let mut keyboard = child.stdin.take().context("QEMU has no serial line")?;
        let mut answers = self.answers.iter().peekable();
        let mut running = Running(child);
        let arriving = receiver(serial);
        let limit = began + self.limit;
        let end = loop {
            let cut = power_cut(console.lines()).filter(|cut| *cut < limit);
            let wait = cut
                .unwrap_or(limit)
                .saturating_duration_since(Instant::now());
            match arriving.recv_timeout(wait) {
                Ok(bytes) => {
                    console.receive(&bytes)?;
                    while let Some(answer) = answers.next_if(|next| console.has_said(next.to)) {
                        writeln!(keyboard, "{}", answer.text)?;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break End::Off,
                Err(RecvTimeoutError::Timeout) if cut.is_some() => break End::Cut,
                Err(RecvTimeoutError::Timeout) => break End::StillOn,
            }
        };
        if end == End::Cut {
            running.0.kill().context("killing QEMU")?;
        }
        let seconds = began.elapsed().as_secs_f64();
        let console = console.finish()?;
        if end == End::StillOn {
            bail!(
                "the machine was still on after {} s; its console is in {}",
                self.limit.as_secs(),
                console_path.display()
            );
        }
        let status = running.0.wait().context("waiting for QEMU")?;
        if end == End::Off && !status.success() {
            let messages = fs::read_to_string(&messages_path)?;
            bail!("QEMU ended with {status}: {messages}");
        }
        Ok(Run {
            console,
            seconds,
            cut: end == End::Cut,
        })
    }

    /// QEMU's command line. `setpriv` sees to it that QEMU ends when this program is killed.
    fn command(&self) -> Command {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "qemu-system-x86_64"]);
        command.args(["-machine", "q35", "-accel", "tcg,thread=multi"]);
        command.args(["-cpu", "max,la57=off", "-smp", "2"]);
        command.args(["-m", &self.memory.to_string()]);
        command.args(["-nodefaults", "-no-reboot", "-display", "none"]);
        command.args(["-serial", "stdio"]);
        if let Some(variables) = &self.variables {
            command.arg("-drive").arg(format!(
                "if=pflash,unit=0,format=raw,readonly=on,file={FIRMWARE}"
            ));
            command.arg("-drive").arg(format!(
                "if=pflash,unit=1,format=raw,file={}",
                variables.display()
            ));
        }
        if self.hibernates {
            command.args(["-fw_cfg", "name=opt/nevado/hibernate,string=1"]);
        }
        if self.login {
            command.args(["-fw_cfg", "name=opt/nevado/login,string=1"]);
        }
        if let Some(script) = &self.root {
            let script = script.display();
            let wish = format!("name=opt/nevado/root,file={script}");
            command.args(["-fw_cfg", &wish]);
        }
        let others = self.others.iter();
        let others = others.map(|other| (&other.image, other.serial));
        for (number, (image, serial)) in std::iter::once((&self.disk, DISK_SERIAL))
            .chain(others)
            .enumerate()
        {
            let format = match image.extension() {
                Some(extension) if extension == "qcow2" => "qcow2",
                _ => "raw",
            };
            let image = image.display();
            command.arg("-drive").arg(format!(
                "if=none,id=disk{number},format={format},discard=unmap,file={image}"
            ));
            let sectors = self.sectors;
            let device = format!(
                "virtio-blk-pci,drive=disk{number},serial={serial},\
                 logical_block_size={sectors},physical_block_size={sectors}"
            );
            command.args(["-device", &device]);
        }
        if let Some(medium) = &self.medium {
            command.arg("-drive").arg(format!(
                "if=none,id=medium,media=cdrom,format=raw,readonly=on,file={}",
                medium.display()
            ));
            // First in any case; without a medium the firmware's own order of boot counts.
            command.args(["-device", "ide-cd,drive=medium,bus=ide.0,bootindex=1"]);
        }
        if let Some(share) = &self.share {
            command.arg("-virtfs").arg(format!(
                "local,path={},mount_tag=share,security_model=none",
                share.display()
            ));
        }
        command
    }
}

/// How a machine's run ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Off,
    Cut,
    StillOn,
}

/// A QEMU process that is killed when it goes out of scope.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Fails if it has ended already, which is what is wanted.
        if self.0.kill().is_ok() {
            self.0.wait().ok();
        }
    }
}

/// Reads the serial line in a thread, so that the time limit holds while nothing arrives.
fn receiver(mut serial: ChildStdout) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut buffer = vec![0; 4096];
        while let Ok(count @ 1..) = serial.read(&mut buffer) {
            let bytes = buffer.get(..count).unwrap_or_default().to_vec();
            if sender.send(bytes).is_err() {
                break;
            }
        }
    });
    receiver
}
