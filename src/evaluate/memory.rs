//! Whether there is memory enough to evaluate a whole system.

use crate::units::Bytes;

/// What evaluating a system with a desktop takes, as NixOS users report it; not measured here. Below
/// it the kernel might end the live session's programs instead of Nix.
pub const NEEDED: Bytes = Bytes::mib(1280);

/// What programs can still get: free memory, caches that can be dropped, and free swap (proc(5),
/// `/proc/meminfo`); nothing if the kernel does not say.
pub fn available(meminfo: &str) -> Option<Bytes> {
    let field = |name: &str| {
        let line = meminfo.lines().find_map(|line| line.strip_prefix(name))?;
        let number = line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?;
        number.checked_mul(1024)
    };
    let memory = field("MemAvailable:")?;
    let swap = field("SwapFree:").unwrap_or_default();
    Some(Bytes(memory.saturating_add(swap)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_kernel_says_is_read() {
        let text = "MemTotal:        2014220 kB\nMemFree:          178004 kB\n\
                    MemAvailable:    1048576 kB\nSwapTotal:       1048572 kB\nSwapFree:        524288 kB\n";
        assert_eq!(available(text), Some(Bytes::mib(1536)));
        assert_eq!(available("MemAvailable: 4096 kB\n"), Some(Bytes::mib(4)));
        assert_eq!(available("MemTotal: 4096 kB\n"), None);
        assert_eq!(available("MemAvailable: many\n"), None);
    }
}
