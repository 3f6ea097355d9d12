//! `Unlock`: opens an existing LUKS container read-only, looks what is in it, and closes it again.
//!
//! ```text
//! cryptsetup open --readonly ─▶ blkid ─▶ mount, read-only and without its journal ─▶ os-release
//!        └──────────── cryptsetup close ◀──────── umount ◀──────────┘
//! ```
//!
//! Whatever fails on the way, what was opened is closed; what a killed engine left open is closed first.

use super::measure::ToolsOf;
use super::system::{Place, System};
use crate::machine::{
    Content, FileSystem, Inside, Region, Unlocked, home_folders, installed, subvolumes, system_name,
};
use crate::process::{CancelToken, Command, CommandError, Ending, Output};
use crate::secret::Secret;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What libblkid calls a LUKS container.
const LUKS: &str = "crypto_LUKS";

/// The name of the opened container below `/dev/mapper`.
const NAME: &str = "nevado-inside";

/// The folder of the engine's state that it is mounted at.
pub(super) const FOLDER: &str = "inside";

/// A key made with much memory and many passes takes its time.
const LIMIT: Duration = Duration::from_mins(3);

/// cryptsetup(8): no key slot has this passphrase.
const NO_KEY: i32 = 2;

/// blkid(8): no signature was found.
const NOTHING_FOUND: i32 = 2;

/// How often something is tried that udev may hold for a moment.
const TRIES: usize = 3;

/// Where distributions have their root on btrfs: at the top, or in a subvolume of one of these names.
const ROOTS: [&str; 5] = ["", "@", "root", "@root", "@rootfs"];

/// os-release(5): the first that is there counts.
const OS_RELEASE: [&str; 2] = ["etc/os-release", "usr/lib/os-release"];

/// Looks into the container in `region`, behind the node `device`.
pub(super) fn unlock(
    system: &mut (impl System + ?Sized),
    region: Region<'_>,
    device: &Path,
    passphrase: &Secret,
    cancel: &CancelToken,
) -> Unlocked {
    match region.file_system() {
        Some(found) if found.kind == LUKS => {}
        _ => return impossible(format!("{} holds no LUKS container", device.display())),
    }
    let opener = Opener {
        folder: Path::new(super::STATE_FOLDER).join(FOLDER),
        system,
        cancel,
    };
    opener.unlock(region, device, passphrase)
}

fn impossible(why: String) -> Unlocked {
    Unlocked::Impossible { why }
}

/// Opens, looks and closes.
struct Opener<'a, S: System + ?Sized> {
    system: &'a mut S,
    /// Ends what takes its time; closing is never cut short.
    cancel: &'a CancelToken,
    /// Where the file system is mounted.
    folder: PathBuf,
}

impl<S: System + ?Sized> Opener<'_, S> {
    fn unlock(mut self, region: Region<'_>, device: &Path, passphrase: &Secret) -> Unlocked {
        let left = self.system.list(Path::new("/dev/mapper"));
        if left.is_ok_and(|names| names.iter().any(|name| name == NAME)) {
            // Not mounted is as good as unmounted.
            let unmount = Command::new("umount").arg(self.folder.as_os_str());
            self.run(&unmount).ok();
            if let Err(error) = self.close() {
                return impossible(error.to_string());
            }
        } else if region.is_in_use() {
            return impossible(format!("{} is open or in use already", device.display()));
        }
        match self.open(device, passphrase) {
            Ok(_) => {}
            Err(error) if error.ending == Ending::Code(NO_KEY) => return Unlocked::WrongPassphrase,
            Err(error) if error.ending == Ending::Cancelled => {
                // It may have been open already.
                self.run(&Command::new("cryptsetup").args(["close", NAME]))
                    .ok();
                return impossible(error.to_string());
            }
            Err(error) => return impossible(error.to_string()),
        }
        let found = self.look();
        match (found, self.close()) {
            (_, Err(error)) => impossible(format!(
                "the opened container stays open as {NAME}: {error}"
            )),
            (Err(why), Ok(_)) => impossible(why),
            (Ok(inside), Ok(_)) => Unlocked::Inside(inside),
        }
    }

    fn run(&mut self, command: &Command) -> Result<Output, CommandError> {
        self.system.run(command, None, &mut |_, _| {})
    }

    fn open(&mut self, device: &Path, passphrase: &Secret) -> Result<Output, CommandError> {
        let command = Command::new("cryptsetup")
            .args(["open", "--type", "luks", "--readonly", "--key-file", "-"])
            .arg(device)
            .arg(NAME)
            .input(passphrase.clone())
            .within(LIMIT);
        self.system.run(&command, Some(self.cancel), &mut |_, _| {})
    }

    fn close(&mut self) -> Result<Output, CommandError> {
        self.persistently(&Command::new("cryptsetup").args(["close", NAME]))
    }

    fn unmount(&mut self) -> Result<Output, CommandError> {
        let command = Command::new("umount").arg(self.folder.as_os_str());
        self.persistently(&command)
    }

    /// Runs a command again when it fails, after whoever looked at the device meanwhile has ended.
    fn persistently(&mut self, command: &Command) -> Result<Output, CommandError> {
        let mut result = self.run(command);
        for _ in 1..TRIES {
            if result.is_ok() {
                break;
            }
            self.settle();
            result = self.run(command);
        }
        result
    }

    /// Waits for udev, which may look at the device; without an answer the next command fails.
    fn settle(&mut self) {
        self.run(&Command::new("udevadm").args(["settle", "--timeout=10"]))
            .ok();
    }

    /// What is in the opened container.
    fn look(&mut self) -> Result<Inside, String> {
        self.settle();
        let device = Path::new("/dev/mapper").join(NAME);
        let command = Command::new("blkid").args(["--probe", "--output", "export"]);
        let printed = match self.run(&command.arg(&device)) {
            Ok(output) => output.stdout,
            Err(error) if error.ending == Ending::Code(NOTHING_FOUND) => String::new(),
            Err(error) => return Err(error.to_string()),
        };
        let Some(mut found) = FileSystem::from_blkid(&printed) else {
            let content = Content::Unknown("data without a known signature".to_owned());
            return Ok(Inside {
                content,
                system: None,
            });
        };
        let system = match mount_options(&found.kind) {
            Some(options) => self.system_on(&device, &found.kind, options)?,
            None => None,
        };
        let mut tools = ToolsOf(&mut *self.system, Some(self.cancel));
        let content = Content::Formatted(found.clone());
        found.home_folders = home_folders(opened(&content), &device, &mut tools);
        found.subvolumes = subvolumes(opened(&content), &device, &mut tools).map(Box::new);
        let content = Content::Formatted(found.clone());
        found.installed = installed(opened(&content), &device, &mut tools);
        Ok(Inside {
            content: Content::Formatted(found),
            system,
        })
    }

    /// What the system on a file system calls itself, and nothing where it can't be mounted.
    fn system_on(
        &mut self,
        device: &Path,
        kind: &str,
        options: &str,
    ) -> Result<Option<String>, String> {
        let failed = |error: std::io::Error| format!("{FOLDER} can't be made: {error}");
        let made = self
            .system
            .make_folder(Place::State, FOLDER.as_ref(), 0o700);
        made.map_err(failed)?;
        let options = format!("ro,nosuid,nodev,noexec{options}");
        let command = Command::new("mount")
            .args(["-t", kind, "-o", &options])
            .arg(device)
            .arg(self.folder.as_os_str());
        if self.run(&command).is_err() {
            // One that is damaged, or needs its journal: what it is, is known all the same.
            return Ok(None);
        }
        let system = self.named_system();
        self.unmount().map_err(|error| error.to_string())?;
        Ok(system)
    }

    fn named_system(&mut self) -> Option<String> {
        let files = ROOTS.iter().flat_map(|root| {
            let root = Path::new(root);
            OS_RELEASE.map(|file| root.join(file))
        });
        let mut named = files.filter_map(|file| {
            let content = self.system.read_file(Place::Inside, &file).ok()?;
            system_name(&String::from_utf8_lossy(&content))
        });
        if let Some(name) = named.next() {
            return Some(name);
        }
        // In a subvolume, NixOS' own os-release is a link that leads out of it.
        let mut roots = ROOTS.iter();
        let is_nixos = roots.any(|root| {
            let mark = Path::new(root).join("etc/NIXOS");
            self.system.exists(Place::Inside, &mark)
        });
        is_nixos.then(|| "NixOS".to_owned())
    }
}

/// What is in an opened container, for its own tools.
const fn opened(content: &Content) -> Region<'_> {
    Region {
        content,
        mounts: &[],
        holders: &[],
    }
}

/// How a file system is mounted so that not even its journal is replayed; none where nobody has a root.
fn mount_options(kind: &str) -> Option<&'static str> {
    match kind {
        "ext2" => Some(""),
        "ext3" | "ext4" => Some(",noload"),
        "xfs" | "f2fs" => Some(",norecovery"),
        "btrfs" => Some(",rescue=nologreplay"),
        _ => None,
    }
}
