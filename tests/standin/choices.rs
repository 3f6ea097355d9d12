//! The pairs of choices leave out no key of a preset: each is among them, or has a reason.

use std::collections::BTreeSet;

use crate::systems::pairs::CHOICES;
use serde_json::Value;

/// Keys, with all that is below them, that reach no file of the configuration or are varied elsewhere.
const LEFT_OUT: [(&str, &str); 13] = [
    ("version", "always 1"),
    ("install", "holds for the installation alone"),
    ("root.password", "no secret is in the configuration"),
    ("users[].password", "no secret is in the configuration"),
    ("disk.choose", "which disk; `tests/plans.rs`"),
    (
        "disk.disks",
        "the manual layout makes them; `tests/manual_properties.rs`",
    ),
    (
        "disk.encrypt.passphrase",
        "no secret is in the configuration",
    ),
    (
        "disk.encrypt.recovery_key.file",
        "no secret is in the configuration",
    ),
    (
        "disk.gap_after",
        "where on the disk; `tests/layout_properties.rs`",
    ),
    ("disk.esp", "where on the disk; `tests/modes.rs`"),
    ("disk.home", "where on the disk; `tests/modes.rs`"),
    ("disk.partition", "where on the disk; `tests/modes.rs`"),
    ("disk.system", "where on the disk; `tests/modes.rs`"),
];

/// Every key of the schema below which there are no more.
fn keys(schema: &Value, form: &Value, path: &str, found: &mut BTreeSet<String>) {
    if let Some(name) = form.get("$ref").and_then(Value::as_str) {
        let form = schema.pointer(name.trim_start_matches('#')).unwrap();
        return keys(schema, form, path, found);
    }
    let list = |key: &str| form.get(key).and_then(Value::as_array);
    let forms: Vec<&Value> = ["anyOf", "oneOf"]
        .into_iter()
        .filter_map(list)
        .flatten()
        .collect();
    for form in &forms {
        keys(schema, form, path, found);
    }
    if let Some(items) = form.get("items") {
        return keys(schema, items, &format!("{path}[]"), found);
    }
    let properties = form.get("properties").and_then(Value::as_object);
    for (name, form) in properties.into_iter().flatten() {
        keys(schema, form, &below(path, name), found);
    }
    if properties.is_none() && forms.is_empty() {
        found.insert(path.to_owned());
    }
}

/// Every key that a line of a preset sets.
fn set(value: &toml::Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) => {
            for (name, value) in table {
                set(value, &below(path, name), found);
            }
        }
        toml::Value::Array(items) => {
            for item in items {
                set(item, &format!("{path}[]"), found);
            }
        }
        _ => {
            found.insert(path.to_owned());
        }
    }
}

fn below(path: &str, name: &str) -> String {
    match path.is_empty() {
        true => name.to_owned(),
        false => format!("{path}.{name}"),
    }
}

#[test]
fn every_key_of_a_preset_is_a_choice_or_has_a_reason() {
    let schema: Value = serde_json::from_str(&nevado::preset::schema()).unwrap();
    let (mut asked, mut paired) = (BTreeSet::new(), BTreeSet::new());
    keys(&schema, &schema, "", &mut asked);
    for line in CHOICES.iter().flat_map(|lines| lines.iter()) {
        let table: toml::Table = line.parse().unwrap();
        set(&toml::Value::Table(table), "", &mut paired);
    }
    assert!(
        asked.contains("users[].shell") && asked.contains("disk.swap"),
        "{asked:?}"
    );
    let is_left_out = |key: &str| {
        LEFT_OUT.iter().any(|(above, _)| {
            let rest = key.strip_prefix(above);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        })
    };
    let missing: Vec<&String> = asked
        .iter()
        .filter(|key| !paired.contains(*key) && !is_left_out(key))
        .collect();
    assert_eq!(missing, Vec::<&String>::new(), "in no pair");
    let strange: Vec<&String> = paired.difference(&asked).collect();
    assert_eq!(strange, Vec::<&String>::new(), "no such keys");
}
