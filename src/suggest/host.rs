//! Host names from what the maker calls a computer.

use super::words;
use crate::machine::{Fact, Machine, Product, Virtualization};
use crate::preset::{HostName, UserName};

/// What makers leave in the firmware where a name should be, or what is no name of a computer.
const NO_NAMES: [&str; 10] = [
    "system product name",
    "to be filled by o.e.m.",
    "default string",
    "not applicable",
    "not specified",
    "standard pc",
    "virtual machine",
    "virtual platform",
    "aptio crb",
    "o.e.m.",
];

/// Words of a maker's name that say nothing about the maker.
const COMPANY: [&str; 15] = [
    "inc",
    "ltd",
    "co",
    "corp",
    "corporation",
    "gmbh",
    "computer",
    "computers",
    "technology",
    "international",
    "software",
    "electronics",
    "limited",
    "the",
    "systems",
];

/// Longest host name that is suggested: longer ones make prompts long.
const LONGEST: usize = 20;

/// Host names for a computer, the likeliest first: by its model (`macbookpro11-5`), by its maker
/// (`framework-laptop`), by its first person (`maria-laptop`). Never empty: at last `nixos`.
pub fn host_names(machine: &Machine, login: Option<&UserName>) -> Vec<HostName> {
    let kind = kind(machine);
    let product = machine.product.known();
    let maker = product.and_then(maker);
    let candidates = [
        product.and_then(model),
        maker.map(|maker| format!("{maker}-{kind}")),
        login.map(|login| format!("{login}-{kind}").replace(['.', '_'], "-")),
        Some("nixos".to_owned()),
    ];
    let mut found: Vec<HostName> = Vec::new();
    for name in candidates.into_iter().flatten() {
        if name.len() <= LONGEST
            && let Ok(name) = HostName::try_from(name)
            && !found.contains(&name)
        {
            found.push(name);
        }
    }
    found
}

/// A word for the kind of computer.
fn kind(machine: &Machine) -> &'static str {
    let battery = machine
        .power
        .known()
        .is_some_and(|power| power.battery.is_some());
    let virtual_machine = !matches!(
        machine.virtualization,
        Fact::Known(Virtualization::None) | Fact::Unknown(_)
    );
    match (virtual_machine, battery) {
        (true, _) => "vm",
        (false, true) => "laptop",
        (false, false) => "pc",
    }
}

/// The model in at most three words, unless it is a number of the catalogue (`20XW004AGE`).
fn model(product: &Product) -> Option<String> {
    let name = product.name.to_lowercase();
    if NO_NAMES.iter().any(|no_name| name.contains(no_name)) {
        return None;
    }
    // What stands in brackets, or behind `_` once more, is the maker's own affair.
    let name = name.split(['(', '_']).next().unwrap_or_default();
    let words: Vec<String> = words(name).into_iter().take(3).collect();
    let is_word = |word: &String| {
        let letters = word.chars().take_while(char::is_ascii_alphabetic);
        letters.count() >= 3
    };
    let short = (1..=words.len())
        .rev()
        .map(|n| words.iter().take(n).cloned().collect::<Vec<_>>());
    let fitting = short
        .map(|words| words.join("-"))
        .find(|name| name.len() <= LONGEST);
    words.iter().any(is_word).then_some(fitting).flatten()
}

/// The maker in one word.
fn maker(product: &Product) -> Option<String> {
    let vendor = product.vendor.to_lowercase();
    if vendor.is_empty() || NO_NAMES.iter().any(|no_name| vendor.contains(no_name)) {
        return None;
    }
    words(&vendor)
        .into_iter()
        .find(|word| !COMPANY.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    fn machine(vendor: &str, name: &str) -> Machine {
        let text = include_str!("../../tests/machines/windows-laptop.json");
        let mut machine: Machine = serde_json::from_str(text).unwrap();
        machine.product = Fact::Known(Product {
            vendor: vendor.to_owned(),
            name: name.to_owned(),
        });
        machine
    }

    #[test]
    fn a_name_that_people_know_the_computer_by_comes_first() {
        let login: UserName = "maria.silva".parse().unwrap();
        for (vendor, name, expected) in [
            ("Apple Inc.", "MacBookPro11,5", "macbookpro11-5"),
            ("Dell Inc.", "XPS 13 9310", "xps-13-9310"),
            (
                "ASUSTeK COMPUTER INC.",
                "ROG Strix G513QY_G513QY",
                "rog-strix-g513qy",
            ),
            ("LENOVO", "20XW00A1GE", "lenovo-laptop"),
            ("Default string", "Default string", "maria-silva-laptop"),
        ] {
            let names = host_names(&machine(vendor, name), Some(&login));
            assert_eq!(names[0].as_str(), expected, "{vendor} {name}");
            assert_eq!(names.last().unwrap().as_str(), "nixos");
        }
    }

    #[test]
    fn every_recorded_machine_gets_a_short_name() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/machines");
        for file in fs::read_dir(folder).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            let machine: Machine = serde_json::from_str(&text).unwrap();
            let names = host_names(&machine, None);
            assert!(
                names.iter().all(|name| name.as_str().len() <= LONGEST),
                "{names:?}"
            );
            assert!(names[0].as_str().len() >= 2);
        }
    }
}
