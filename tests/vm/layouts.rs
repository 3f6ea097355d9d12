//! Disk layouts, one row each: an install onto an empty disk beside one that was not chosen, a second
//! boot that looks at it with other people's tools, and the boot from the disk.

use crate::bench::Bench;
use crate::boot::boot;
use crate::inspect::inspect;
use crate::install::install_with;
use crate::report::Report;
use crate::workspace::Computer;
use anyhow::Result;

/// What is installed on what.
pub(crate) struct Layout {
    /// How its folders begin.
    name: &'static str,
    computer: Computer,
    /// What the preset has in `[disk]`.
    lines: &'static str,
}

/// Everything in one container that two keys open, in a computer that has to do with little memory.
pub(crate) const LUKS_BTRFS: Layout = Layout {
    name: "luks-btrfs",
    computer: Computer {
        memory: 1536,
        ..Computer::USUAL
    },
    lines: "file_system = \"btrfs\"\nswap = \"file\"\n\
            encrypt = { passphrase = { plain = \"staple horse 31415\" }, \
            recovery_key = { file = \"/run/recovery-key\" } }",
};

/// GRUB starts from an ext4 that is not encrypted. Root and swap are, and what the memory holds goes
/// there.
pub(crate) const LUKS_BIOS: Layout = Layout {
    name: "luks-bios",
    computer: Computer::BIOS,
    lines: "swap = \"hibernate\"\nencrypt = { passphrase = { plain = \"staple horse 31415\" } }",
};

/// The same through UEFI, where the kernel lies on the EFI system partition, with the root on btrfs.
pub(crate) const LUKS_HIBERNATE: Layout = Layout {
    name: "luks-hibernate",
    computer: Computer::USUAL,
    lines: "file_system = \"btrfs\"\nswap = \"hibernate\"\n\
            encrypt = { passphrase = { plain = \"staple horse 31415\" } }",
};

/// A disk that knows nothing smaller than 4096 bytes.
pub(crate) const SECTORS_4K_XFS: Layout = Layout {
    name: "4kn-xfs",
    computer: Computer {
        sectors: 4096,
        ..Computer::USUAL
    },
    lines: "file_system = \"xfs\"\nswap = \"partition\"",
};

/// For flash memory.
pub(crate) const F2FS: Layout = Layout {
    name: "f2fs",
    computer: Computer::USUAL,
    lines: "file_system = \"f2fs\"",
};

impl Layout {
    /// Installs, looks, boots.
    pub(crate) fn run(&self, bench: &mut Bench, report: &mut Report) -> Result<()> {
        let work = bench.work.with(self.name, self.computer);
        let installed = install_with(&work, self.lines, report)?;
        inspect(&work, "inspect", &installed, report)?;
        boot(&work, &installed, report)
    }
}
