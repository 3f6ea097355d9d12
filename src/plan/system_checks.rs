//! Problems of what was asked for the system as a whole: desktop, logins, services.

use super::{Detail, Details, Problem, ProblemId, Severity};
use crate::keyboard;
use crate::nixos::types_latin;
use crate::preset::{Encryption, Environment, Preset, ProxyUrl, Release, Ssh};

/// Groups that every NixOS has (`nixos/modules/misc/ids.nix`, those that people are put into), and
/// NetworkManager's, which is always on here.
const GROUPS: [&str; 20] = [
    "adm",
    "audio",
    "cdrom",
    "dialout",
    "disk",
    "floppy",
    "input",
    "kmem",
    "kvm",
    "lp",
    "networkmanager",
    "render",
    "sgx",
    "systemd-journal",
    "tape",
    "tty",
    "users",
    "uucp",
    "video",
    "wheel",
];

/// Everything that is wrong, or worth knowing, about these choices together.
pub(super) fn check(preset: &Preset, release: Option<&Release>) -> Vec<Problem> {
    let problems = [
        desktop_too_new(preset, release),
        autologin(preset),
        flatpak(preset),
        ssh(preset),
        waits_for_passphrase(preset),
        input_methods(preset),
        ports(preset),
        console_keymap(preset),
    ];
    problems
        .into_iter()
        .flatten()
        .chain(groups(preset))
        .chain(cache_keys(preset))
        .chain(proxies(preset))
        .chain(without_proxy(preset))
        .collect()
}

/// A desktop whose options the release does not have.
fn desktop_too_new(preset: &Preset, release: Option<&Release>) -> Option<Problem> {
    let facts = preset.desktop.environment?.facts()?;
    let release = release.filter(|release| facts.since > **release)?;
    Some(Problem {
        id: ProblemId::DesktopTooNew,
        severity: Severity::Error,
        field: "desktop.environment".to_owned(),
        message: format!(
            "{} needs NixOS {}, and the medium carries {release}",
            facts.name, facts.since
        ),
        mend: "Choose another desktop, or use a newer medium.".to_owned(),
        details: Details::NONE
            .with("desktop", Detail::code(&facts.name))
            .with("since", Detail::code(&facts.since))
            .with("release", Detail::code(release)),
    })
}

fn autologin(preset: &Preset) -> Option<Problem> {
    let name = preset.desktop.autologin.as_ref()?;
    if preset.users.iter().any(|user| user.name == *name) {
        return None;
    }
    Some(Problem {
        id: ProblemId::AutologinUnknown,
        severity: Severity::Error,
        field: "desktop.autologin".to_owned(),
        message: format!("`{name}` is none of the users"),
        mend: "Write the login name of one of the users.".to_owned(),
        details: Details::NONE.with("name", Detail::name(name)),
    })
}

/// Its programs draw on a desktop and open files by its portals.
fn flatpak(preset: &Preset) -> Option<Problem> {
    let desktop = preset.desktop.environment.unwrap_or(Environment::None);
    if preset.software.flatpak != Some(true) || desktop != Environment::None {
        return None;
    }
    Some(Problem {
        id: ProblemId::FlatpakWithoutDesktop,
        severity: Severity::Error,
        field: "software.flatpak".to_owned(),
        message: "Flatpak's programs need a desktop, and none is chosen".to_owned(),
        mend: "Choose a desktop, or leave Flatpak out.".to_owned(),
        details: Details::NONE,
    })
}

fn input_methods(preset: &Preset) -> Option<Problem> {
    let desktop = preset.desktop.environment.unwrap_or(Environment::None);
    let asked = preset.keyboard.input_methods.as_ref()?;
    if asked.is_empty() || desktop != Environment::None {
        return None;
    }
    Some(Problem {
        id: ProblemId::InputMethodWithoutDesktop,
        severity: Severity::Error,
        field: "keyboard.input_methods".to_owned(),
        message: "an input method needs a desktop, and none is chosen".to_owned(),
        mend: "Choose a desktop, or leave it out.".to_owned(),
        details: Details::NONE,
    })
}

/// The configuration ends up in the store, which everyone on the computer can read; the plan and the
/// environment of programs are read by others than its owner too.
fn proxies(preset: &Preset) -> impl Iterator<Item = Problem> {
    let fields = [
        ("network.proxy", &preset.network.proxy),
        ("install.proxy", &preset.install.proxy),
    ];
    let with_password = fields
        .into_iter()
        .filter(|(_, url)| url.as_ref().is_some_and(ProxyUrl::has_credentials));
    with_password.map(|(field, _)| Problem {
        id: ProblemId::ProxyPassword,
        severity: Severity::Error,
        field: field.to_owned(),
        message: "the address of the proxy holds a name or a password, which everyone on the \
                  computer could read"
            .to_owned(),
        mend: "Leave out what stands before the `@`, and log in to the proxy another way."
            .to_owned(),
        details: Details::NONE,
    })
}

/// Names that are left out of a proxy mean nothing without one.
fn without_proxy(preset: &Preset) -> impl Iterator<Item = Problem> {
    let (network, install) = (&preset.network, &preset.install);
    let fields = [
        ("network.no_proxy", &network.no_proxy, &network.proxy),
        ("install.no_proxy", &install.no_proxy, &install.proxy),
    ];
    let alone = fields
        .into_iter()
        .filter(|(_, names, proxy)| names.is_some() && proxy.is_none());
    alone.map(|(field, _, _)| Problem {
        id: ProblemId::ProxyMissing,
        severity: Severity::Warning,
        field: field.to_owned(),
        message: "names are left out of the proxy, and there is no proxy: they mean nothing"
            .to_owned(),
        mend: "Add `proxy` beside it, or leave it out.".to_owned(),
        details: Details::NONE,
    })
}

/// Nix takes from a cache only what is signed with a key that it trusts.
fn cache_keys(preset: &Preset) -> impl Iterator<Item = Problem> {
    let (install, system) = (&preset.install, &preset.system);
    let lists = [
        (
            "install.public_keys",
            &install.substituters,
            &install.public_keys,
        ),
        (
            "system.public_keys",
            &system.substituters,
            &system.public_keys,
        ),
    ];
    let keyless = lists
        .into_iter()
        .filter(|(_, caches, keys)| !caches.is_empty() && keys.is_empty());
    keyless.map(|(field, _, _)| Problem {
        id: ProblemId::NoCacheKey,
        severity: Severity::Warning,
        field: field.to_owned(),
        message:
            "no public key is given for the caches: only what NixOS' own cache has signed will be \
                  taken from them"
                .to_owned(),
        mend: "Add the key of each cache that signs packages itself.".to_owned(),
        details: Details::NONE,
    })
}

/// Every port is open then, those that were not asked for among them.
fn ports(preset: &Preset) -> Option<Problem> {
    let network = &preset.network;
    let ports = network.tcp_ports.iter().chain(&network.udp_ports);
    let ports: Vec<String> = ports.map(ToString::to_string).collect();
    if network.firewall != Some(false) || ports.is_empty() {
        return None;
    }
    Some(Problem {
        id: ProblemId::PortsWithoutFirewall,
        severity: Severity::Warning,
        field: "network.firewall".to_owned(),
        message: format!(
            "the firewall is off, so opening ports ({}) changes nothing: every service can be \
             reached from outside",
            ports.join(", ")
        ),
        mend: "Leave `firewall` out to have these ports open and all others closed.".to_owned(),
        details: Details::NONE.with("ports", Detail::codes(&ports)),
    })
}

/// The console is where people log in without a desktop, and where a passphrase is typed.
fn console_keymap(preset: &Preset) -> Option<Problem> {
    let (layout, variant) = preset.layout_and_variant();
    let variant = variant.unwrap_or_default();
    // Beside a layout without Latin letters `us` comes first, and that comes over whole.
    if !types_latin(layout, variant) {
        return None;
    }
    let keys = keyboard::console_differs(layout, variant)?;
    let encrypted = matches!(preset.disk.encrypt, Some(Encryption::On(_)));
    let matters = encrypted || keys == "none" || keys.contains(|c: char| c.is_ascii_graphic());
    matters.then(|| Problem {
        id: ProblemId::ConsoleKeymapDiffers,
        severity: Severity::Warning,
        field: "keyboard.layout".to_owned(),
        message: format!(
            "in the text console, where passphrases are typed, this layout has something else in \
             place of: {keys}"
        ),
        mend: "Keep these characters out of passphrases and passwords, or choose another variant."
            .to_owned(),
        details: Details::why(if keys == "none" { "none" } else { "keys" })
            .with("keys", Detail::code(keys)),
    })
}

/// The initrd asks on the console, before there is a network.
fn waits_for_passphrase(preset: &Preset) -> Option<Problem> {
    let is_server = preset.network.ssh.is_some_and(|ssh| ssh != Ssh::Off)
        && preset.desktop.environment.unwrap_or(Environment::None) == Environment::None;
    let is_encrypted = matches!(preset.disk.encrypt, Some(Encryption::On(_)));
    (is_server && is_encrypted).then(|| Problem {
        id: ProblemId::WaitsForPassphrase,
        severity: Severity::Warning,
        field: "disk.encrypt".to_owned(),
        message:
            "at each start, this server waits at its own screen for the passphrase of the disk; \
                  it can't be reached over SSH until somebody has typed it there"
                .to_owned(),
        mend: "Leave `encrypt` out, or make sure that somebody can get to its screen and keyboard."
            .to_owned(),
        details: Details::NONE,
    })
}

fn ssh(preset: &Preset) -> Option<Problem> {
    let keys_only = preset.network.ssh == Some(Ssh::Keys);
    if !keys_only || preset.users.iter().any(|user| !user.ssh_keys.is_empty()) {
        return None;
    }
    Some(Problem {
        id: ProblemId::NoSshKey,
        severity: Severity::Warning,
        field: "network.ssh".to_owned(),
        message: "nobody could log in over SSH: only keys are taken, and no user has one"
            .to_owned(),
        mend: "Give a user `ssh_keys`, or write `ssh = \"passwords\"`.".to_owned(),
        details: Details::NONE,
    })
}

/// NixOS leaves out a group that nothing declares, without a word.
fn groups(preset: &Preset) -> impl Iterator<Item = Problem> {
    let asked = preset.users.iter().flat_map(|user| &user.groups);
    let unknown = asked.filter(|group| !GROUPS.contains(&group.as_str()));
    unknown.map(|group| Problem {
        id: ProblemId::UnknownGroup,
        severity: Severity::Warning,
        field: "users".to_owned(),
        message: format!("nothing that is chosen here declares the group `{group}`"),
        mend:
            "It has no effect until a program that declares it is turned on in configuration.nix."
                .to_owned(),
        details: Details::NONE.with("group", Detail::name(group)),
    })
}

#[cfg(test)]
#[path = "system_checks_tests.rs"]
mod tests;
