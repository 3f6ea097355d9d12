//! Firmware interface, Secure Boot, TPM, and the maker's name for the computer.

use super::roots::Roots;
use super::sysfs;
use crate::machine::{Architecture, Fact, Firmware, Product, UefiBits, Variables};
use anyhow::{Context, Result, bail, ensure};

/// Where the kernel shows the variables.
const VARIABLES: &str = "/sys/firmware/efi/efivars";

/// The `SecureBoot` variable of the UEFI specification, section 3.3, as efivarfs names it.
const SECURE_BOOT: &str =
    "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";

/// What makers leave in DMI instead of a name.
const PLACEHOLDERS: [&str; 8] = [
    "to be filled by o.e.m.",
    "system manufacturer",
    "system product name",
    "default string",
    "o.e.m.",
    "not applicable",
    "none",
    "undefined",
];

/// The interface that the running system was started through.
///
/// # Errors
/// When the kernel does not show its firmware, as in a container.
pub(super) fn firmware(roots: &Roots, architecture: Architecture) -> Result<Firmware> {
    if roots.at("/sys/firmware/efi").exists() {
        let bits = match roots.text("/sys/firmware/efi/fw_platform_size")?.as_str() {
            "64" => UefiBits::B64,
            "32" => UefiBits::B32,
            other => bail!("/sys/firmware/efi/fw_platform_size says {other:?}, not 32 or 64"),
        };
        let secure_boot = Fact::from_result(secure_boot(roots));
        return Ok(Firmware::Uefi {
            bits,
            secure_boot,
            variables: variables(roots),
        });
    }
    let shown = sysfs::entries(&roots.at("/sys/firmware"))?;
    ensure!(
        !shown.is_empty(),
        "/sys/firmware is empty, as in a container"
    );
    Ok(match architecture {
        Architecture::X86_64 => Firmware::Bios,
        Architecture::Aarch64 => Firmware::DeviceTree,
    })
}

/// Whether the variables can be written: the kernel shows them as files of efivarfs, which some media
/// and containers mount read-only or not at all.
fn variables(roots: &Roots) -> Variables {
    let shown = sysfs::entries(&roots.at(VARIABLES)).unwrap_or_default();
    if shown.is_empty() {
        return Variables::Missing;
    }
    let mounts = roots.text("/proc/self/mountinfo").unwrap_or_default();
    match mounts.lines().rev().find_map(is_read_only) {
        Some(true) => Variables::ReadOnly,
        Some(false) | None => Variables::Writable,
    }
}

/// Whether a line of mountinfo, if it is that of the variables, says read-only: for this mount (its
/// sixth field) or for the file system (the last one; proc_pid_mountinfo(5)).
fn is_read_only(line: &str) -> Option<bool> {
    let fields: Vec<&str> = line.split(' ').collect();
    if fields.get(4) != Some(&VARIABLES) {
        return None;
    }
    let options = [fields.get(5), fields.last()].into_iter().flatten();
    Some(
        options
            .copied()
            .flat_map(|all| all.split(','))
            .any(|option| option == "ro"),
    )
}

/// Whether Secure Boot is enforced. A firmware without the variable does not know it.
fn secure_boot(roots: &Roots) -> Result<bool> {
    let variables = sysfs::entries(&roots.at(VARIABLES))?;
    ensure!(!variables.is_empty(), "the EFI variables are not mounted");
    let file = roots.at(SECURE_BOOT);
    if !file.exists() {
        return Ok(false);
    }
    let bytes = std::fs::read(&file).with_context(|| format!("cannot read {SECURE_BOOT}"))?;
    // Four bytes of attributes stand before the value.
    match bytes.get(4) {
        Some(value) => Ok(*value == 1),
        None => bail!("{SECURE_BOOT} is {} bytes long, not 5", bytes.len()),
    }
}

/// Whether a TPM of version 2 is there: one that the kernel drives, or one that ACPI lists.
///
/// # Errors
/// When neither TPM devices nor ACPI tables are shown.
pub(super) fn tpm2(roots: &Roots) -> Result<bool> {
    let class = roots.at("/sys/class/tpm");
    let tables = roots.at("/sys/firmware/acpi/tables");
    ensure!(
        class.exists() || tables.exists(),
        "neither /sys/class/tpm nor ACPI tables exist"
    );
    let driven = sysfs::entries(&class)?
        .iter()
        .any(|tpm| sysfs::number(tpm, "tpm_version_major") == Some(2));
    Ok(driven || tables.join("TPM2").exists())
}

/// What the maker calls the computer.
///
/// # Errors
/// When there is neither DMI nor a device tree.
pub(super) fn product(roots: &Roots) -> Result<Product> {
    let dmi = roots.at("/sys/class/dmi/id");
    if dmi.exists() {
        let first = |names: [&str; 2]| {
            names
                .iter()
                .filter_map(|name| sysfs::attribute(&dmi, name))
                .find(|text| !PLACEHOLDERS.contains(&text.to_lowercase().as_str()))
                .unwrap_or_default()
        };
        return Ok(Product {
            vendor: first(["sys_vendor", "board_vendor"]),
            name: first(["product_name", "board_name"]),
        });
    }
    let tree = roots.at("/sys/firmware/devicetree/base");
    let name = sysfs::attribute(&tree, "model").context("neither DMI nor a device tree exists")?;
    let compatible = sysfs::attribute(&tree, "compatible").unwrap_or_default();
    let vendor = compatible.split(',').next().unwrap_or_default().to_owned();
    Ok(Product { vendor, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with one variable in it, and this line in mountinfo.
    fn found(line: &str) -> Variables {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path.trim_start_matches('/'));
        std::fs::create_dir_all(at(VARIABLES)).unwrap();
        std::fs::write(at(SECURE_BOOT), [6, 0, 0, 0, 0]).unwrap();
        std::fs::create_dir_all(at("/proc/self")).unwrap();
        std::fs::write(at("/proc/self/mountinfo"), line).unwrap();
        variables(&Roots::recorded(folder.path()))
    }

    #[test]
    fn variables_are_read_only_by_their_mount_or_their_file_system() {
        let line = |mount: &str, all: &str| {
            format!("30 22 0:27 / {VARIABLES} {mount},nosuid shared:9 - efivarfs efivarfs {all}\n")
        };
        assert_eq!(found(&line("rw", "rw")), Variables::Writable);
        assert_eq!(found(&line("ro", "rw")), Variables::ReadOnly);
        assert_eq!(found(&line("rw", "ro")), Variables::ReadOnly);
        let later = line("ro", "ro") + &line("rw", "rw");
        assert_eq!(
            found(&later),
            Variables::Writable,
            "the later mount hides the earlier"
        );
        assert_eq!(
            found("21 1 0:20 / / ro - tmpfs tmpfs ro\n"),
            Variables::Writable
        );
    }

    #[test]
    fn an_empty_folder_is_one_that_nothing_is_mounted_at() {
        let folder = tempfile::tempdir().unwrap();
        let roots = Roots::recorded(folder.path());
        assert_eq!(variables(&roots), Variables::Missing);
    }
}
