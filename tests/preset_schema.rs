//! What the JSON schema of presets accepts and refuses is what Nevado accepts and refuses: its
//! patterns against the rules of the types, with texts made from the patterns and spoilt ones.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use nevado::preset::{
    self, Address, CacheKey, CacheUrl, FullName, GroupName, HostName, InterfaceName, Kernel,
};
use nevado::preset::{LocaleName, PackageName, ProxyUrl, Release, Size, SshKey, TimeZone};
use nevado::preset::{MountPath, PartSize, SubvolumePath, UserName, VolumeLabel, XkbName};
use proptest::prelude::*;
use proptest::string::string_regex;
use proptest::test_runner::{Config, TestRunner};
use regex::Regex;
use serde_json::Value;
use std::cell::Cell;
use std::collections::BTreeMap;

/// A type with a pattern: whether it takes a text, and what it refuses beyond the pattern.
struct Rule {
    accepts: fn(&str) -> bool,
    beyond: fn(&str) -> bool,
    /// How many of the texts made here have to be taken.
    at_least: u32,
}

/// Of 2,000 texts made from a pattern that says all there is to say.
const MANY: u32 = 200;

fn takes<T: TryFrom<String>>(text: &str) -> bool {
    T::try_from(text.to_owned()).is_ok()
}

fn is_keyword(word: &str) -> bool {
    "assert else if in inherit let or rec then with"
        .split(' ')
        .any(|known| known == word)
}

fn rules() -> BTreeMap<&'static str, Rule> {
    let plain = |accepts| Rule {
        accepts,
        beyond: |_| false,
        at_least: MANY,
    };
    // The pattern is an aid while typing; whether the value is sound, only Nevado can tell.
    let aid = |accepts| Rule {
        accepts,
        beyond: |_| true,
        at_least: 0,
    };
    BTreeMap::from([
        ("Address", aid(takes::<Address>)),
        ("CacheKey", aid(takes::<CacheKey>)),
        ("CacheUrl", aid(takes::<CacheUrl>)),
        ("ProxyUrl", aid(takes::<ProxyUrl>)),
        ("SshKey", aid(takes::<SshKey>)),
        ("GroupName", plain(takes::<GroupName>)),
        (
            "InterfaceName",
            Rule {
                accepts: takes::<InterfaceName>,
                beyond: |text| matches!(text, "." | ".."),
                at_least: MANY,
            },
        ),
        (
            "Kernel",
            Rule {
                accepts: takes::<Kernel>,
                // Each of the two numbers has eight bits.
                beyond: |text| text.split('.').any(|part| part.parse::<u8>().is_err()),
                at_least: MANY,
            },
        ),
        ("FullName", plain(takes::<FullName>)),
        ("HostName", plain(takes::<HostName>)),
        ("LocaleName", plain(takes::<LocaleName>)),
        ("Release", plain(takes::<Release>)),
        ("TimeZone", plain(takes::<TimeZone>)),
        ("XkbName", plain(takes::<XkbName>)),
        (
            "UserName",
            Rule {
                accepts: takes::<UserName>,
                // Accounts and groups of the system's own; short words may be one by chance.
                beyond: |text| text.len() < 20,
                at_least: MANY,
            },
        ),
        (
            "PackageName",
            Rule {
                accepts: takes::<PackageName>,
                beyond: |text| text.split('.').any(is_keyword),
                at_least: MANY,
            },
        ),
        (
            "MountPath",
            Rule {
                accepts: takes::<MountPath>,
                beyond: |text| text.len() > 255,
                at_least: MANY,
            },
        ),
        (
            "SubvolumePath",
            Rule {
                accepts: takes::<SubvolumePath>,
                beyond: |text| text.len() > 255,
                at_least: MANY,
            },
        ),
        (
            "VolumeLabel",
            Rule {
                accepts: takes::<VolumeLabel>,
                // Tables count in UTF-16.
                beyond: |text| text.encode_utf16().count() > 36,
                at_least: MANY,
            },
        ),
        (
            "PartSize",
            Rule {
                accepts: takes::<PartSize>,
                beyond: |text| too_large(text) || no_percent(text),
                at_least: MANY,
            },
        ),
        (
            "Size",
            Rule {
                accepts: takes::<Size>,
                // More than a number of 64 bits can count.
                beyond: too_large,
                at_least: MANY,
            },
        ),
    ])
}

/// Whether a number is more than 64 bits can count, whatever its unit.
fn too_large(text: &str) -> bool {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    digits.parse::<u64>().is_ok_and(|n| n > 1 << 23) || digits.len() > 8
}

/// Whether a text is a number of percent that no part can have.
fn no_percent(text: &str) -> bool {
    let number = text.strip_suffix('%').map(str::trim_end);
    number.is_some_and(|number| !number.parse().is_ok_and(|n: u8| (1..=100).contains(&n)))
}

/// The patterns of the schema's own types.
fn patterns() -> BTreeMap<String, String> {
    let schema: Value = serde_json::from_str(&preset::schema()).unwrap();
    let types = schema.pointer("/$defs").and_then(Value::as_object).unwrap();
    let pattern = |(name, form): (&String, &Value)| {
        let pattern = form.get("pattern")?.as_str()?;
        Some((name.clone(), pattern.to_owned()))
    };
    types.iter().filter_map(pattern).collect()
}

/// A text that fits a pattern, as it is or with one character changed, left out or put in.
fn texts(pattern: &str) -> impl Strategy<Value = String> + use<> {
    let inner = pattern.trim_start_matches('^').trim_end_matches('$');
    let fitting = string_regex(inner).unwrap();
    let odd = prop::sample::select(
        " \t\n.-_/@:,+%$'\"\\A0zäЖ\u{0}\u{7f}\u{85}"
            .chars()
            .collect::<Vec<_>>(),
    );
    (fitting, any::<prop::sample::Index>(), odd, 0..4u8).prop_map(|(text, index, odd, how)| {
        let mut characters: Vec<char> = text.chars().collect();
        let at = index.index(characters.len() + 1);
        match how {
            0 => {}
            1 if at < characters.len() => drop(characters.remove(at)),
            2 if at < characters.len() => {
                characters.splice(at..=at, [odd]);
            }
            _ => characters.insert(at, odd),
        }
        characters.into_iter().collect()
    })
}

#[test]
fn the_schema_takes_what_the_types_take() {
    let (patterns, rules) = (patterns(), rules());
    assert!(
        patterns
            .keys()
            .map(String::as_str)
            .eq(rules.keys().copied()),
        "{patterns:?}"
    );
    for (name, pattern) in patterns {
        let (regex, rule) = (Regex::new(&pattern).unwrap(), &rules[name.as_str()]);
        let (taken, refused) = (Cell::new(0), Cell::new(0));
        let mut runner = TestRunner::new(Config::with_cases(2000));
        let result = runner.run(&texts(&pattern), |text| {
            let (schema, own) = (regex.is_match(&text), (rule.accepts)(&text));
            prop_assert!(
                schema == own || schema && (rule.beyond)(&text),
                "{name} {text:?}: the schema says {schema}, Nevado says {own}"
            );
            let count = if own { &taken } else { &refused };
            count.set(count.get() + 1);
            Ok(())
        });
        if let Err(error) = result {
            panic!("{error}");
        }
        let (taken, refused) = (taken.get(), refused.get());
        assert!(
            taken >= rule.at_least && refused > 20,
            "{name}: {taken} taken, {refused} refused"
        );
    }
}

/// A size may be shorter than what its pattern lets through, by nothing but the number's range.
#[test]
fn sizes_end_where_numbers_of_64_bits_end() {
    assert!(takes::<Size>("18446744073709551615 bytes") && takes::<Size>("16777215 TiB"));
    assert!(!takes::<Size>("18446744073709551616 bytes") && !takes::<Size>("16777216 TiB"));
}
