//! Processor and memory, as `/proc` tells them.
//!
//! The same two files serve a running and a recorded system, so there is one way of reading; a test
//! holds the outcome on the running system against the `sysinfo` crate.

use super::roots::Roots;
use crate::machine::{Architecture, Processor};
use crate::units::Bytes;
use anyhow::{Context, Result, ensure};

/// The architecture of the running kernel; this program's own where the kernel does not say it
/// (`/proc/sys/kernel/arch` came with Linux 6.1).
pub(super) fn architecture(roots: &Roots) -> Architecture {
    let kernel = roots.text("/proc/sys/kernel/arch").unwrap_or_default();
    match kernel.as_str() {
        "x86_64" => Architecture::X86_64,
        "aarch64" => Architecture::Aarch64,
        _ if cfg!(target_arch = "aarch64") => Architecture::Aarch64,
        _ => Architecture::X86_64,
    }
}

/// The first processor of `/proc/cpuinfo`, and how many there are.
///
/// # Errors
/// When the file can't be read or lists no processor.
pub(super) fn processor(roots: &Roots) -> Result<Processor> {
    let text = roots.text("/proc/cpuinfo")?;
    let threads = text.lines().filter(|line| key(line) == "processor").count();
    ensure!(threads > 0, "/proc/cpuinfo lists no processor");
    let model = value(&text, "model name")
        .map(str::to_owned)
        .or_else(|| arm_core(&text))
        .unwrap_or_default();
    Ok(Processor {
        vendor: value(&text, "vendor_id").unwrap_or_default().to_owned(),
        model,
        threads: u32::try_from(threads)?,
    })
}

/// Processor flags; none where the architecture calls them otherwise.
///
/// # Errors
/// When `/proc/cpuinfo` can't be read.
pub(crate) fn flags(roots: &Roots) -> Result<Vec<String>> {
    let text = roots.text("/proc/cpuinfo")?;
    let flags = value(&text, "flags").unwrap_or_default();
    Ok(flags.split_whitespace().map(str::to_owned).collect())
}

/// Memory that the kernel can use, `MemTotal`.
///
/// # Errors
/// When `/proc/meminfo` can't be read or has no such line.
pub(super) fn memory(roots: &Roots) -> Result<Bytes> {
    let text = roots.text("/proc/meminfo")?;
    let kib: u64 = value(&text, "MemTotal")
        .and_then(|value| value.strip_suffix(" kB"))
        .context("/proc/meminfo has no MemTotal in kB")?
        .trim()
        .parse()
        .context("MemTotal in /proc/meminfo is no number")?;
    Ok(Bytes(kib.saturating_mul(1024)))
}

/// 64-bit ARM kernels give numbers only (Arm's Main ID register).
fn arm_core(text: &str) -> Option<String> {
    let implementer = value(text, "CPU implementer")?;
    let part = value(text, "CPU part")?;
    Some(format!("ARM core {part} of implementer {implementer}"))
}

/// What stands before the colon.
fn key(line: &str) -> &str {
    line.split(':').next().unwrap_or_default().trim()
}

/// What stands behind the colon of the first line with that key.
fn value<'a>(text: &'a str, wanted: &str) -> Option<&'a str> {
    text.lines()
        .find(|line| key(line) == wanted)
        .and_then(|line| Some(line.split_once(':')?.1.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_and_processors_are_those_that_sysinfo_finds() {
        let mut other = sysinfo::System::new().unwrap();
        other.refresh_memory();
        let roots = Roots::live();
        assert_eq!(memory(&roots).unwrap(), Bytes(other.total_memory()));
        other.refresh_cpu_list(sysinfo::CpuRefreshKind::nothing());
        let found = processor(&roots).unwrap();
        assert_eq!(found.threads as usize, other.cpus().len());
    }
}
