//! Where Nix fetches from during an installation: the caches, keys and proxy of the preset.

use crate::preset::Install;
use crate::process::Command;

/// The variables that curl, and with it Nix and what it builds, take a proxy from.
const PROXY_VARIABLES: [&str; 3] = ["http_proxy", "https_proxy", "all_proxy"];

/// Lets a program of Nix fetch from where a preset says. Comes before other arguments that add caches:
/// `substituters` begins the list anew.
pub(crate) fn with_sources(command: Command, install: &Install) -> Command {
    let words = |texts: Vec<&str>| texts.join(" ");
    let caches = words(install.substituters.iter().map(|c| c.as_str()).collect());
    let keys = words(install.public_keys.iter().map(|key| key.as_str()).collect());
    let mut command = match install.exclusive {
        Some(true) => command.args(["--option", "substituters", &caches]),
        _ if caches.is_empty() => command,
        _ => command.args(["--option", "extra-substituters", &caches]),
    };
    if !keys.is_empty() {
        command = command.args(["--option", "extra-trusted-public-keys", &keys]);
    }
    if let Some(proxy) = &install.proxy {
        for name in PROXY_VARIABLES {
            command = command.env(name, proxy.as_str());
        }
    }
    match &install.no_proxy {
        Some(names) => command.env("no_proxy", names),
        None => command,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn install(text: &str) -> Install {
        let preset = format!("version = 1\n[install]\n{text}");
        crate::preset::read(&preset, "test").unwrap().install
    }

    fn line(text: &str) -> String {
        with_sources(Command::new("nix-build"), &install(text)).to_string()
    }

    #[test]
    fn nothing_asked_changes_nothing() {
        assert_eq!(line(""), "nix-build");
        assert_eq!(line("exclusive = false"), "nix-build");
    }

    #[test]
    fn caches_are_added_or_take_the_place_of_the_others() {
        let two = "substituters = ['http://a.example', 'file:///b']";
        assert_eq!(
            line(two),
            "nix-build --option extra-substituters 'http://a.example file:///b'"
        );
        assert_eq!(
            line(&format!("{two}\nexclusive = true")),
            "nix-build --option substituters 'http://a.example file:///b'"
        );
        assert_eq!(
            line("exclusive = true"),
            "nix-build --option substituters ''"
        );
    }

    #[test]
    fn a_proxy_goes_into_the_environment_and_not_into_the_arguments() {
        let text = "proxy = 'http://proxy.example:3128'\nno_proxy = '.lan'";
        let command = with_sources(Command::new("nix-build"), &install(text));
        assert_eq!(command.to_string(), "nix-build");
        let set: Vec<String> = command
            .environment
            .iter()
            .map(|(name, value)| format!("{name}={}", value.to_string_lossy()))
            .collect();
        assert_eq!(
            set,
            [
                "http_proxy=http://proxy.example:3128",
                "https_proxy=http://proxy.example:3128",
                "all_proxy=http://proxy.example:3128",
                "no_proxy=.lan"
            ]
        );
    }
}
