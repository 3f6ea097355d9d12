//! A step of an installation as it is shown: what it is, how far it is, and which others it belongs to.

use crate::engine::protocol::{BETWEEN, PlannedStep};

/// A step of the plan.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TrackedStep {
    /// What it does, in the engine's words.
    pub(crate) title: String,
    /// The tag of its action with hyphens, which keys of texts have; none where nobody knows it.
    pub(crate) kind: Option<String>,
    /// On what, in words of no language.
    pub(crate) subject: String,
    /// How long it takes compared with the others.
    pub(super) weight: f64,
    /// How long it took, once it has ended, in seconds.
    pub(crate) seconds: Option<f64>,
}

/// How long a step takes compared with the others, by the tag of its action.
fn weight(action: &str) -> f64 {
    match action {
        "build" => 60.0,
        "install_system" => 12.0,
        "evaluate" => 6.0,
        "make_file_system" => 3.0,
        _ => 1.0,
    }
}

impl TrackedStep {
    pub(super) fn of(step: PlannedStep) -> Self {
        Self {
            weight: weight(&step.action),
            kind: (!step.action.is_empty()).then(|| step.action.replace('_', "-")),
            title: step.title,
            subject: step.subject,
            seconds: None,
        }
    }

    /// Takes over what it is called, and with a name of another kind what it is.
    pub(super) fn call(&mut self, title: &str) {
        if self.title == title {
            return;
        }
        let called = Self::of(PlannedStep::titled(title));
        if called.kind.is_some() && self.kind != called.kind {
            (self.kind, self.subject) = (called.kind, called.subject);
        }
        title.clone_into(&mut self.title);
    }

    /// On what, without what nobody reads: the names of mapped devices, which identifiers are a part of.
    pub(crate) fn subject_to_read(&self) -> String {
        let parts = self.subject.split(BETWEEN);
        let parts = parts.filter(|part| !part.starts_with("/dev/mapper/"));
        parts.collect::<Vec<_>>().join(BETWEEN)
    }

    /// Whether it is the one that takes as long as the network does.
    pub(super) fn is_build(&self) -> bool {
        self.kind.as_deref() == Some("build")
    }

    /// The stage that it belongs to, where it is known.
    pub(crate) fn stage(&self) -> Option<Stage> {
        self.kind.as_deref().map(Stage::of)
    }

    /// Whether it can be stopped at once, as [`Interruption::Anytime`](crate::plan::Interruption) says;
    /// of one that nobody knows, it is not said.
    pub(crate) fn stops_at_once(&self) -> bool {
        let kinds =
            "evaluate check-identity try-container find-sleepers save-table inhibit build verify";
        let kind = self.kind.as_deref();
        kind.is_some_and(|kind| kinds.split(' ').any(|known| known == kind))
    }

    /// Whether the disk is another one once it has begun.
    pub(super) fn change(&self) -> Change {
        match self.kind.as_deref() {
            Some("wipe" | "wipe-inside" | "write-table") => Change::Erases,
            Some("shrink") => Change::MakesRoom,
            Some("install-system") => Change::Starts,
            _ => Change::None,
        }
    }
}

/// What a step changes that somebody who stops wants to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    None,
    /// A file system that stays becomes smaller.
    MakesRoom,
    /// What is to be lost is lost.
    Erases,
    /// The firmware starts the new system.
    Starts,
}

/// What belongs together among the steps, in the order of an installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Looking, before anything is changed.
    Prepare,
    /// The disk, until it is mounted.
    Disk,
    /// The system on it.
    System,
    Finish,
}

impl Stage {
    pub(crate) const ALL: [Self; 4] = [Self::Prepare, Self::Disk, Self::System, Self::Finish];

    /// Of an action, by its tag with hyphens.
    fn of(kind: &str) -> Self {
        match kind {
            "evaluate" | "check-identity" | "try-container" | "find-sleepers" | "save-table"
            | "inhibit" | "try-mount" | "find-subvolumes" | "look-over" => Self::Prepare,
            "write-files" | "build" | "install-system" => Self::System,
            "set-passwords" | "carry-connections" | "keep-record" | "unmount" | "verify" => {
                Self::Finish
            }
            _ => Self::Disk,
        }
    }

    /// The key of its name.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Prepare => "stage-prepare",
            Self::Disk => "stage-disk",
            Self::System => "stage-system",
            Self::Finish => "stage-finish",
        }
    }
}

/// What a step does just now, as far as its log tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Doing {
    /// A program runs.
    Program(String),
    /// `nixos-install` copies the channel.
    Channel,
    /// `nixos-install` installs the boot loader.
    Loader,
}

impl Doing {
    /// What a line of the log tells, and which part of its step is done with that.
    pub(super) fn of(line: &str) -> Option<(Self, f64)> {
        // As `nixos-install` of NixOS 26.05 writes them.
        match line {
            "copying channel..." => return Some((Self::Channel, 0.1)),
            "installing the boot loader..." => return Some((Self::Loader, 0.7)),
            _ => {}
        }
        let program = line.strip_prefix("$ ")?.split_whitespace().next()?;
        let program = program.rsplit('/').next()?;
        Some((Self::Program(program.to_owned()), 0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Interruption;
    use crate::preset::Layout;
    use crate::wizard::tests::driver::plan_of;

    #[test]
    fn what_stops_at_once_is_what_the_plan_says() {
        for (machine, layout) in [
            ("qemu-uefi", Layout::Erase),
            ("table-windows-measured", Layout::Alongside),
        ] {
            let plan = plan_of(machine, layout);
            for step in &plan.steps {
                let at_once = step.action.interruption() == Interruption::Anytime;
                let tracked = TrackedStep::of(PlannedStep::of(&step.action));
                assert_eq!(tracked.stops_at_once(), at_once, "{tracked:?}");
            }
        }
    }

    #[test]
    fn identifiers_are_not_read_out() {
        let step = |subject: &str| TrackedStep {
            subject: subject.to_owned(),
            ..TrackedStep::of(PlannedStep::titled("Mount"))
        };
        let mapped = "/dev/mapper/luks-e353e0d3-7339-4024-925b-27b7f68934b4";
        let read = step(&format!("ext4 · / · {mapped}")).subject_to_read();
        assert_eq!(read, "ext4 · /");
        assert_eq!(step(mapped).subject_to_read(), "");
        assert_eq!(step("/ · /dev/vda2").subject_to_read(), "/ · /dev/vda2");
    }

    #[test]
    fn the_log_tells_what_a_step_does() {
        let doing = |line| Doing::of(line).map(|(doing, _)| doing);
        let program = |name: &str| Some(Doing::Program(name.to_owned()));
        assert_eq!(doing("$ mkfs.ext4 -F /dev/vda2"), program("mkfs.ext4"));
        assert_eq!(doing("$ /run/wrappers/bin/umount /mnt"), program("umount"));
        assert_eq!(doing("copying channel..."), Some(Doing::Channel));
        assert_eq!(doing("a line"), None);
    }
}
