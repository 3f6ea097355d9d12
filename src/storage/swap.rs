//! How much swap a computer gets.

use crate::units::Bytes;

/// The size of swap that memory spills into: as much as there is memory, from 2 to 8 GiB; 4 GiB
/// where memory is not known.
pub fn swap_size(memory: Option<Bytes>) -> Bytes {
    let gib = memory.map_or(4, whole_gib);
    Bytes::gib(gib.clamp(2, 8))
}

/// The size of swap that the whole memory is written to, with room for what was swapped out before:
/// the square root of the memory in GiB besides, as Ubuntu's "SwapFaq" has it.
pub fn hibernation_size(memory: Bytes) -> Bytes {
    let gib = whole_gib(memory);
    let besides = gib.isqrt() + u64::from(gib.isqrt().pow(2) < gib);
    Bytes::gib(gib + besides)
}

/// In whole GiB, rounded up: the kernel keeps a part of the memory to itself.
const fn whole_gib(size: Bytes) -> u64 {
    size.0.div_ceil(Bytes::gib(1).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swap_follows_memory() {
        assert_eq!(swap_size(Some(Bytes::mib(900))), Bytes::gib(2));
        assert_eq!(swap_size(Some(Bytes::mib(3800))), Bytes::gib(4));
        assert_eq!(swap_size(Some(Bytes::gib(64))), Bytes::gib(8));
        assert_eq!(swap_size(None), Bytes::gib(4));
    }

    #[test]
    fn the_whole_memory_fits_and_something_besides() {
        assert_eq!(hibernation_size(Bytes::mib(1500)), Bytes::gib(4));
        assert_eq!(hibernation_size(Bytes::mib(15_800)), Bytes::gib(20));
        assert_eq!(hibernation_size(Bytes::gib(32)), Bytes::gib(38));
    }
}
