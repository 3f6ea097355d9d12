//! Every place of a preset where a text can be typed, by the JSON schema, and the texts of a preset at
//! these places.

use serde_json::Value;
use std::collections::BTreeMap;

/// A place such as `users[].full_name`, with the pattern that the schema has for it.
pub(crate) type Leaves = BTreeMap<String, Option<String>>;

/// The places of a schema that take a text; words of a closed list (`const`) are none.
pub(crate) fn leaves(schema: &Value) -> Leaves {
    let mut leaves = Leaves::new();
    walk(schema, schema, String::new(), &mut leaves);
    leaves
}

fn walk(schema: &Value, form: &Value, path: String, leaves: &mut Leaves) {
    if let Some(name) = form.get("$ref").and_then(Value::as_str) {
        let form = schema.pointer(name.trim_start_matches('#')).unwrap();
        walk(schema, form, path, leaves);
        return;
    }
    for key in ["anyOf", "oneOf"] {
        let forms = form.get(key).and_then(Value::as_array);
        for form in forms.into_iter().flatten() {
            walk(schema, form, path.clone(), leaves);
        }
    }
    if let Some(items) = form.get("items") {
        walk(schema, items, format!("{path}[]"), leaves);
    }
    let properties = form.get("properties").and_then(Value::as_object);
    for (name, form) in properties.into_iter().flatten() {
        walk(schema, form, below(&path, name), leaves);
    }
    let is_text = form.get("type").and_then(Value::as_str) == Some("string");
    if is_text && form.get("const").is_none() && form.get("enum").is_none() {
        let pattern = form.get("pattern").and_then(Value::as_str);
        leaves.insert(path, pattern.map(str::to_owned));
    }
}

fn below(path: &str, name: &str) -> String {
    match path.is_empty() {
        true => name.to_owned(),
        false => format!("{path}.{name}"),
    }
}

/// The texts of a preset by their places, those of a list in its order.
pub(crate) fn texts(preset: &Value) -> BTreeMap<String, Vec<String>> {
    let mut texts = BTreeMap::new();
    collect(preset, String::new(), &mut texts);
    texts
}

fn collect(value: &Value, path: String, texts: &mut BTreeMap<String, Vec<String>>) {
    match value {
        Value::String(text) => texts.entry(path).or_default().push(text.clone()),
        Value::Array(items) => {
            for item in items {
                collect(item, format!("{path}[]"), texts);
            }
        }
        Value::Object(entries) => {
            for (name, value) in entries {
                collect(value, below(&path, name), texts);
            }
        }
        _ => {}
    }
}

#[test]
fn a_new_text_of_the_schema_is_found() {
    let schema = serde_json::json!({
        "$defs": {
            "Name": { "type": "string", "pattern": "^a+$" },
            "Choice": { "anyOf": [
                { "type": "string", "const": "ask" },
                { "type": "object", "properties": { "file": { "type": "string" } } }
            ]}
        },
        "properties": {
            "people": { "type": "array", "items": { "properties": {
                "name": { "$ref": "#/$defs/Name" },
                "secret": { "$ref": "#/$defs/Choice" },
                "on": { "type": "boolean" }
            }}}
        }
    });
    let expected = [
        ("people[].name".to_owned(), Some("^a+$".to_owned())),
        ("people[].secret.file".to_owned(), None),
    ];
    assert_eq!(leaves(&schema), Leaves::from(expected));
}
