//! What a new partition can be for: where it is mounted then, and how large it usually is.

use crate::units::Bytes;

/// What a new partition is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The system: `/`.
    System,
    /// Home folders.
    Home,
    /// What UEFI firmware starts from, kernels included.
    Esp,
    /// Where GRUB lies for a BIOS.
    Loader,
    /// Kernels that GRUB reads.
    Kernels,
    Swap,
    /// Anything else.
    Data,
}

impl Purpose {
    pub(super) const ALL: [Self; 7] = [
        Self::Esp,
        Self::Loader,
        Self::Kernels,
        Self::System,
        Self::Home,
        Self::Swap,
        Self::Data,
    ];

    /// The end of its keys.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Home => "home",
            Self::Esp => "esp",
            Self::Loader => "loader",
            Self::Kernels => "kernels",
            Self::Swap => "swap",
            Self::Data => "data",
        }
    }

    /// Where it is mounted.
    pub(super) const fn place(self) -> Option<&'static str> {
        match self {
            Self::System => Some("/"),
            Self::Home => Some("/home"),
            Self::Esp | Self::Kernels => Some("/boot"),
            Self::Loader | Self::Swap | Self::Data => None,
        }
    }

    /// Its usual size; all there is if it has none.
    pub(super) fn size(self, memory: Option<Bytes>) -> Option<Bytes> {
        match self {
            Self::System | Self::Home | Self::Data => None,
            Self::Esp | Self::Kernels => Some(Bytes::gib(1)),
            Self::Loader => Some(Bytes::mib(1)),
            Self::Swap => Some(memory.map_or(SWAP, |memory| memory.clamp(Bytes::gib(1), SWAP))),
        }
    }
}

/// How large swap becomes unless the computer has less memory.
const SWAP: Bytes = Bytes::gib(8);
