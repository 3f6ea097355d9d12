//! What programs that the engine runs may know of its environment, and where they are found.

use std::ffi::OsString;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

/// What a program may know of this one's environment. Anything else could change what Nix builds
/// (`NIXOS_CONFIG`, `NIX_CONFIG`, `NIXPKGS_ALLOW_UNFREE`) or where tools look for their files.
const KEPT_VARIABLES: [&str; 14] = [
    "HOME",
    "LOCALE_ARCHIVE",
    "NIX_SSL_CERT_FILE",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "CURL_CA_BUNDLE",
    "http_proxy",
    "https_proxy",
    "ftp_proxy",
    "all_proxy",
    "no_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
];

/// Where programs are on a NixOS medium and elsewhere, whatever `PATH` says.
const PROGRAM_FOLDERS: &str = "/run/wrappers/bin:/run/current-system/sw/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// The folders that programs are looked for in: those of `PATH`, then the usual ones.
fn program_path() -> OsString {
    let mut path = std::env::var_os("PATH").unwrap_or_default();
    if !path.is_empty() {
        path.push(":");
    }
    path.push(PROGRAM_FOLDERS);
    path
}

/// The environment of every program that the engine runs.
pub(crate) fn kept() -> impl Iterator<Item = (&'static str, OsString)> {
    let kept = KEPT_VARIABLES
        .iter()
        .filter_map(|name| Some((*name, std::env::var_os(name)?)));
    kept.chain([("PATH", program_path()), ("LC_ALL", OsString::from("C"))])
}

/// The program of that name that would be run.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = program_path();
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| {
            std::fs::metadata(file).is_ok_and(|found| found.is_file() && found.mode() & 0o111 != 0)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_changes_a_build_is_handed_on() {
        let names: Vec<&str> = kept().map(|(name, _)| name).collect();
        assert!(names.contains(&"PATH") && names.contains(&"LC_ALL"));
        assert!(
            !names
                .iter()
                .any(|name| name.starts_with("NIX") && *name != "NIX_SSL_CERT_FILE")
        );
        assert!(find_program("sh").is_some() && find_program("no-such-program-here").is_none());
    }
}
