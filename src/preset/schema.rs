//! The JSON schema of presets, so that editors complete and check keys. It is made from the types
//! themselves, by a test, and kept in a file: what makes it is a third of a megabyte of program.

use crate::packed::packed;

/// The schema as JSON text (draft 2020-12), with the documentation of every field.
pub fn schema() -> String {
    packed!("assets/preset.schema.json").text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::Preset;
    use crate::preset::fields::FIELDS;
    use schemars::transform::{RecursiveTransform, Transform};
    use schemars::{Schema, generate::SchemaSettings};
    use serde_json::Value;

    const FILE: &str = "assets/preset.schema.json";

    /// The schema, made from the types.
    fn made() -> String {
        let generator = SchemaSettings::draft2020_12().into_generator();
        let mut schema = generator.into_root_schema_for::<Preset>();
        RecursiveTransform(without_null).transform(&mut schema);
        schema.insert("title".to_owned(), "Nevado preset".into());
        format!("{:#}\n", schema.as_value())
    }

    /// TOML has no null: a key is there or left out.
    fn without_null(schema: &mut Schema) {
        schema.remove("default");
        let is_null =
            |value: &Value| value == "null" || value.get("type").is_some_and(|kind| kind == "null");
        if let Some(Value::Array(types)) = schema.get_mut("type") {
            types.retain(|kind| !is_null(kind));
            if let [only] = types.as_slice() {
                let only = only.clone();
                schema.insert("type".to_owned(), only);
            }
        }
        if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
            choices.retain(|choice| !is_null(choice));
            if let [Value::Object(only)] = choices.as_slice() {
                let only = only.clone();
                schema.remove("anyOf");
                for (key, value) in only {
                    schema.insert(key, value);
                }
            }
        }
    }

    #[test]
    fn the_schema_in_assets_is_that_of_the_types() {
        let made = made();
        if std::env::var_os("NEVADO_SCHEMA").is_some_and(|wish| wish == "renew") {
            std::fs::write(FILE, &made).unwrap();
            return;
        }
        let checked_in = std::fs::read_to_string(FILE).unwrap();
        assert!(
            checked_in == made && schema() == made,
            "{FILE} is old: `NEVADO_SCHEMA=renew cargo test --lib schema` writes it anew"
        );
    }

    #[test]
    fn every_key_can_be_suggested() {
        let schema: Value = serde_json::from_str(&schema()).unwrap();
        let resolve = |value: &Value| match value.get("$ref") {
            Some(Value::String(name)) => schema.pointer(name.trim_start_matches('#')).cloned(),
            _ => Some(value.clone()),
        };
        let sections = schema["properties"].as_object().unwrap();
        let mut keys = Vec::new();
        for (section, value) in sections {
            let value = value.get("items").unwrap_or(value);
            let Some(Value::Object(found)) = resolve(value).map(|v| v["properties"].clone()) else {
                continue;
            };
            keys.extend(found.keys().map(|key| (section.clone(), key.clone())));
        }
        assert!(keys.len() > 15, "{keys:?}");
        for (section, key) in &keys {
            assert!(
                FIELDS.contains(&(section.as_str(), key.as_str())),
                "{section}.{key} is not in the list of fields"
            );
        }
        for (section, key) in FIELDS.iter().filter(|(section, _)| !section.contains('.')) {
            let listed = (section.to_string(), key.to_string());
            assert!(keys.contains(&listed), "{section}.{key} does not exist");
        }
    }
}
