//! The folders and files that the tests work with, all below cargo's target folder.

use crate::qemu::{FRESH_VARIABLES, Machine};
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The size of the virtual disk in bytes; sparse, so it costs what is written.
pub(crate) const DISK_SIZE: u64 = 20 << 30;

/// The firmware of the virtual machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Firmware {
    /// OVMF.
    Uefi,
    /// SeaBIOS.
    Bios,
}

/// What a virtual machine is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Computer {
    pub(crate) firmware: Firmware,
    /// In MiB.
    pub(crate) memory: u32,
    /// Bytes in a sector of its disks: 512 or 4096.
    pub(crate) sectors: u32,
}

impl Computer {
    /// The one that most scenarios use.
    pub(crate) const USUAL: Self = Self {
        firmware: Firmware::Uefi,
        memory: 2048,
        sectors: 512,
    };
    /// The same with a BIOS.
    pub(crate) const BIOS: Self = Self {
        firmware: Firmware::Bios,
        ..Self::USUAL
    };
}

/// `target/vm`.
pub(crate) struct Workspace {
    root: PathBuf,
    computer: Computer,
    /// Before the names of its scenarios' folders.
    prefix: String,
    echo: bool,
}

impl Workspace {
    /// Below cargo's target folder; `echo` shows the consoles on the terminal.
    pub(crate) fn new(echo: bool) -> Result<Self> {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .parent()
            .context("cargo's target folder has no path")?;
        let root = target.join("vm");
        fs::create_dir_all(&root)?;
        Ok(Self {
            root,
            computer: Computer::USUAL,
            prefix: String::new(),
            echo,
        })
    }

    /// The same with machines like this one, and with folders of its own, named after `name`.
    pub(crate) fn with(&self, name: &str, computer: Computer) -> Self {
        Self {
            root: self.root.clone(),
            computer,
            prefix: format!("{name}-"),
            echo: self.echo,
        }
    }

    /// What its machines have.
    pub(crate) const fn firmware(&self) -> Firmware {
        self.computer.firmware
    }

    /// What its machines are made of.
    pub(crate) const fn computer(&self) -> Computer {
        self.computer
    }

    /// Makes the live medium, unless it is there and up to date.
    pub(crate) fn make_medium(&self) -> Result<()> {
        let script = source("medium/medium.sh");
        let status = Command::new(&script)
            .arg(self.root.join("medium"))
            .status()
            .with_context(|| format!("running {}", script.display()))?;
        if !status.success() {
            bail!("{} ended with {status}", script.display());
        }
        Ok(())
    }

    /// The live medium.
    pub(crate) fn medium(&self) -> PathBuf {
        self.root.join("medium/medium.iso")
    }

    /// Where the file system with an X server is made.
    pub(crate) fn display(&self) -> PathBuf {
        self.root.join("display")
    }

    /// A scenario's machine with the live medium in its drive, this disk, and a shared folder.
    pub(crate) fn live(&self, scenario: &Scenario, disk: &Path, share: &Share) -> Result<Machine> {
        let mut machine = scenario.machine(disk, None)?;
        machine.medium = Some(self.medium());
        machine.share = Some(share.folder().to_owned());
        Ok(machine)
    }

    /// The folder of a scenario, emptied.
    pub(crate) fn scenario(&self, name: &str) -> Result<Scenario> {
        let folder = self.root.join(format!("{}{name}", self.prefix));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(Scenario {
            folder,
            computer: self.computer,
            echo: self.echo,
        })
    }
}

/// A scenario's folder: its console, its disk, its firmware variables, what it shares.
pub(crate) struct Scenario {
    folder: PathBuf,
    computer: Computer,
    echo: bool,
}

impl Scenario {
    /// A machine with this disk and these firmware variables; a firmware fresh from the factory if
    /// there are none. A BIOS has none.
    pub(crate) fn machine(&self, disk: &Path, variables: Option<&Path>) -> Result<Machine> {
        let variables = match self.computer.firmware {
            Firmware::Bios => None,
            Firmware::Uefi => {
                let original = variables.unwrap_or(Path::new(FRESH_VARIABLES));
                let variables = self.path("variables.fd");
                fs::copy(original, &variables)
                    .with_context(|| format!("copying {} (package ovmf)", original.display()))?;
                Some(variables)
            }
        };
        Ok(Machine {
            folder: self.folder.clone(),
            medium: None,
            disk: disk.to_owned(),
            sectors: self.computer.sectors,
            others: Vec::new(),
            variables,
            share: None,
            memory: self.computer.memory,
            answers: Vec::new(),
            hibernates: false,
            login: false,
            root: None,
            limit: Duration::from_secs(900),
            echo: self.echo,
        })
    }

    /// A file of this scenario.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A new disk without a single byte on it.
    pub(crate) fn empty_disk(&self) -> Result<PathBuf> {
        self.blank_disk("disk.img", DISK_SIZE)
    }

    /// A new disk of this size in bytes, without a single byte on it.
    pub(crate) fn blank_disk(&self, name: &str, size: u64) -> Result<PathBuf> {
        let path = self.path(name);
        File::create(&path)?.set_len(size)?;
        Ok(path)
    }

    /// A copy of a disk, to do harm to.
    pub(crate) fn copy_of_disk(&self, disk: &Path) -> Result<PathBuf> {
        self.copy_as(disk, "disk.img")
    }

    /// A copy of a disk under a name of its own.
    pub(crate) fn copy_as(&self, disk: &Path, name: &str) -> Result<PathBuf> {
        let path = self.path(name);
        let status = Command::new("cp")
            .args(["--sparse=always", "--reflink=auto"])
            .args([disk, &path])
            .status()?;
        if !status.success() {
            bail!("copying {} ended with {status}", disk.display());
        }
        Ok(path)
    }

    /// The shared folder with the guest's script in it, and what scripts are made from.
    pub(crate) fn share(&self, script: &str) -> Result<Share> {
        let folder = self.path("share");
        for inner in ["out", "guest"] {
            fs::create_dir_all(folder.join(inner))?;
        }
        for entry in fs::read_dir(source("guest"))? {
            let entry = entry?;
            fs::copy(entry.path(), folder.join("guest").join(entry.file_name()))?;
        }
        fs::copy(source("guest").join(script), folder.join("run"))
            .with_context(|| format!("copying guest/{script}"))?;
        Ok(Share { folder })
    }
}

/// The folder that host and guest share: `run` goes in, `status` and `out/` come out.
pub(crate) struct Share {
    folder: PathBuf,
}

impl Share {
    /// Where it is on the host.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Puts a copy of a file in.
    pub(crate) fn put(&self, file: &Path, name: &str) -> Result<()> {
        fs::copy(file, self.folder.join(name))
            .with_context(|| format!("copying {}", file.display()))?;
        Ok(())
    }

    /// Writes a file.
    pub(crate) fn write(&self, name: &str, text: &str) -> Result<()> {
        let path = self.folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, text).with_context(|| format!("writing {}", path.display()))
    }

    /// The exit status of the guest's script.
    pub(crate) fn status(&self) -> Result<String> {
        let text = fs::read_to_string(self.folder.join("status"))
            .context("the guest's script has not ended")?;
        Ok(text.trim().to_owned())
    }

    /// Where the guest has put what it has to show.
    pub(crate) fn out(&self) -> PathBuf {
        self.folder.join("out")
    }

    /// A file that the guest has put out.
    pub(crate) fn read(&self, name: &str) -> Result<String> {
        let path = self.out().join(name);
        fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
    }

    /// The same, if the guest has put it out.
    pub(crate) fn read_if_there(&self, name: &str) -> Result<Option<String>> {
        match self.out().join(name).exists() {
            true => self.read(name).map(Some),
            false => Ok(None),
        }
    }
}

/// A file or folder of these tests' sources.
pub(crate) fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/vm")
        .join(name)
}
