//! Texts with a form of their own: checked once, while they are read.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// A text that does not have the form of what it was given for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no {what}: {rule}")]
pub struct BadName {
    pub(super) text: String,
    pub(super) what: &'static str,
    pub(super) rule: &'static str,
}

/// Defines a text type that only holds what its rule lets through; the pattern says as much of the
/// rule as a regular expression of JSON schema can.
macro_rules! checked_text {
    ($(#[$doc:meta])* $name:ident, $what:literal, $rule:literal, $pattern:literal, $check:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadName;

            fn try_from(text: String) -> Result<Self, BadName> {
                let check: fn(&str) -> bool = $check;
                if check(&text) {
                    Ok(Self(text))
                } else {
                    Err(BadName { text, what: $what, rule: $rule })
                }
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern })
            }
        }

        impl std::str::FromStr for $name {
            type Err = BadName;

            fn from_str(text: &str) -> Result<Self, BadName> {
                Self::try_from(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

pub(super) use checked_text;

checked_text!(
    /// A locale of glibc in UTF-8, such as `de_DE.UTF-8`, `hi_IN`, `sr_RS@latin` or `C.UTF-8`.
    ///
    /// Many have no `.UTF-8` in their name: NixOS takes them as glibc's list of supported locales
    /// has them, and the resolver holds the name against that list.
    LocaleName,
    "locale",
    "it looks like `de_DE.UTF-8`",
    r"^(C|[a-z]{2,3})(_[A-Z0-9]{2,3})?(\.UTF-8)?(@[A-Za-z0-9]+)?$",
    |text| {
        let (name, modifier) = text.split_once('@').map_or((text, None), |(a, b)| (a, Some(b)));
        let place = name.strip_suffix(".UTF-8").unwrap_or(name);
        let (language, country) = place.split_once('_').map_or((place, None), |(a, b)| (a, Some(b)));
        let lower = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_lowercase());
        let language_fits = language == "C" || (lower(language) && (2..=3).contains(&language.len()));
        let country_fits = country.is_none_or(|c| {
            (2..=3).contains(&c.len()) && c.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        });
        let modifier_fits = modifier
            .is_none_or(|m| !m.is_empty() && m.chars().all(|c| c.is_ascii_alphanumeric()));
        language_fits && country_fits && modifier_fits
    }
);

checked_text!(
    /// A time zone of the tz database, such as `America/Argentina/Salta` or `UTC`.
    TimeZone,
    "time zone",
    "it looks like `Europe/Berlin`",
    r"^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z][A-Za-z0-9_+-]*)*$",
    |text| {
        text.split('/').all(|part| {
            part.starts_with(|c: char| c.is_ascii_alphabetic())
                && part.chars().all(|c| c.is_ascii_alphanumeric() || "_+-".contains(c))
        })
    }
);

checked_text!(
    /// A layout, variant or option of XKB, such as `de`, `nodeadkeys` or `grp:alt_shift_toggle`.
    XkbName,
    "keyboard layout, variant or option",
    "one name of XKB, without blanks or commas, such as `de` or `caps:escape`",
    r"^[A-Za-z0-9_:().-]+$",
    |text| {
        !text.is_empty()
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-:().".contains(c))
    }
);

checked_text!(
    /// A host name: the type of `networking.hostName`.
    HostName,
    "host name",
    "1 to 63 of the letters a to z, digits, `-` and `_`, with a letter or digit at both ends",
    r"^[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$",
    |text| {
        let inside = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let end = |c: char| c.is_ascii_alphanumeric();
        (1..=63).contains(&text.len())
            && text.chars().all(inside)
            && text.starts_with(end)
            && text.ends_with(end)
    }
);

checked_text!(
    /// A login name that NixOS, shadow and systemd all accept.
    UserName,
    "login name",
    "1 to 31 of the small letters a to z, digits, `-`, `_` and `.`, beginning with a letter or `_`, \
     and not a name that the system uses itself",
    r"^[a-z_][a-z0-9_.-]{0,30}$",
    |text| {
        let inside = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
        (1..=31).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
            && text.chars().all(inside)
            && !SYSTEM_NAMES.contains(&text)
    }
);

checked_text!(
    /// A network interface, by the kernel's rule for names (`dev_valid_name` in net/core/dev.c).
    InterfaceName,
    "network interface",
    "1 to 15 characters without blanks, `/` and `:`, such as `enp3s0`",
    r"^[!-.0-9;-~]{1,15}$",
    |text| {
        (1..=15).contains(&text.len())
            && text.chars().all(|c| c.is_ascii_graphic() && !"/:".contains(c))
            && text != "."
            && text != ".."
    }
);

checked_text!(
    /// A group, by the rule that NixOS has for names of groups.
    GroupName,
    "group",
    "1 to 31 of the letters a to z, digits, `-`, `_` and `.`, beginning with a letter or `_`",
    r"^[A-Za-z_][A-Za-z0-9_.-]{0,30}$",
    |text| {
        let inside = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        (1..=31).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && text.chars().all(inside)
    }
);

impl UserName {
    /// Whether a text would be a login name, if the system did not use it itself.
    #[must_use]
    pub fn is_of_the_system(text: &str) -> bool {
        SYSTEM_NAMES.contains(&text)
    }
}

/// Accounts and groups that NixOS defines: a person can't have one of these names.
const SYSTEM_NAMES: [&str; 42] = [
    "root",
    "nobody",
    "nogroup",
    "wheel",
    "users",
    "audio",
    "video",
    "disk",
    "kmem",
    "tty",
    "lp",
    "uucp",
    "cdrom",
    "tape",
    "dialout",
    "utmp",
    "adm",
    "input",
    "kvm",
    "render",
    "sgx",
    "shadow",
    "messagebus",
    "polkituser",
    "nscd",
    "sshd",
    "systemd-network",
    "systemd-resolve",
    "systemd-timesync",
    "systemd-oom",
    "systemd-coredump",
    "systemd-journal",
    "nixbld",
    "rtkit",
    "avahi",
    "geoclue",
    "gdm",
    "sddm",
    "lightdm",
    "greeter",
    "cosmic-greeter",
    "plasmalogin",
];

checked_text!(
    /// A person's name in full, in any script (the GECOS field of passwd(5)).
    FullName,
    "full name",
    "it must not hold a colon or a control character such as a new line",
    r"^[^:\u0000-\u001f\u007f-\u009f]+$",
    |text| !text.is_empty() && !text.contains(':') && !text.chars().any(char::is_control)
);

checked_text!(
    /// A package by its name in nixpkgs, such as `git` or `kdePackages.kate`.
    PackageName,
    "package",
    "a name from nixpkgs, such as `git` or `kdePackages.kate`",
    r"^[A-Za-z_][A-Za-z0-9_'-]*(\.[A-Za-z_][A-Za-z0-9_'-]*)*$",
    |text| {
        text.split('.').all(|part| {
            part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && part.chars().all(|c| c.is_ascii_alphanumeric() || "_-'".contains(c))
                && !NIX_KEYWORDS.contains(&part)
        })
    }
);

/// Words of the Nix language that no attribute can be called without quotes.
const NIX_KEYWORDS: [&str; 10] = [
    "assert", "else", "if", "in", "inherit", "let", "or", "rec", "then", "with",
];

checked_text!(
    /// A release of NixOS, such as `26.05`; ordered by age.
    Release,
    "release of NixOS",
    "it looks like `26.05`",
    r"^[0-9]{2}\.(05|11)$",
    |text| {
        let two_digits = |s: &str| s.len() == 2 && s.chars().all(|c| c.is_ascii_digit());
        text.split_once('.')
            .is_some_and(|(year, month)| two_digits(year) && (month == "05" || month == "11"))
    }
);

#[cfg(test)]
mod tests {
    use super::*;

    fn fits<T: TryFrom<String>>(text: &str) -> bool {
        T::try_from(text.to_owned()).is_ok()
    }

    #[test]
    fn locales() {
        for good in [
            "de_DE.UTF-8",
            "C.UTF-8",
            "ca_ES@valencia",
            "ca_ES.UTF-8@valencia",
            "es_419.UTF-8",
            "hi_IN",
            "eo",
        ] {
            assert!(fits::<LocaleName>(good), "{good}");
        }
        for bad in [
            "",
            "d",
            "de_DE.utf8",
            "de_DE.ISO-8859-1",
            "de_DE.UTF-8@",
            "D_DE.UTF-8",
            "de_de.UTF-8",
        ] {
            assert!(!fits::<LocaleName>(bad), "{bad}");
        }
    }

    #[test]
    fn time_zones() {
        for good in [
            "UTC",
            "Europe/Berlin",
            "America/Argentina/Salta",
            "Etc/GMT+3",
        ] {
            assert!(fits::<TimeZone>(good), "{good}");
        }
        for bad in [
            "",
            "/",
            "Europe/",
            "../etc/passwd",
            "Europe/St Gallen",
            "Europe//Berlin",
        ] {
            assert!(!fits::<TimeZone>(bad), "{bad}");
        }
    }

    #[test]
    fn host_and_login_names() {
        assert!(fits::<HostName>("a") && fits::<HostName>("Desk-01") && fits::<HostName>("a_b"));
        for bad in ["", "-a", "a-", "a.b", "ä", &"a".repeat(64)] {
            assert!(!fits::<HostName>(bad), "{bad}");
        }
        assert!(fits::<UserName>("else") && fits::<UserName>("maria.silva"));
        assert!(!fits::<UserName>("greeter") && !fits::<UserName>("plasmalogin"));
        for bad in ["", "root", "Ada", "1a", "a b", "ada:", &"a".repeat(32)] {
            assert!(!fits::<UserName>(bad), "{bad}");
        }
    }

    #[test]
    fn full_names_may_hold_what_nix_must_escape() {
        for good in ["Ада", "Q\"${x}\\''", "else"] {
            assert!(fits::<FullName>(good), "{good}");
        }
        assert!(!fits::<FullName>("a:b") && !fits::<FullName>("a\nb") && !fits::<FullName>(""));
    }

    #[test]
    fn packages_are_attribute_paths() {
        assert!(fits::<PackageName>("git") && fits::<PackageName>("kdePackages.kate"));
        for bad in [
            "", ".", "a..b", "a b", "${x}", "with", "then", "a.if", "7zip",
        ] {
            assert!(!fits::<PackageName>(bad), "{bad}");
        }
    }

    #[test]
    fn releases_order_by_age() {
        assert!(
            !fits::<Release>("26.5") && !fits::<Release>("26.06") && !fits::<Release>("unstable")
        );
        let release = |text: &str| text.parse::<Release>().unwrap();
        assert!(release("25.11") < release("26.05") && release("26.05") < release("26.11"));
    }
}
