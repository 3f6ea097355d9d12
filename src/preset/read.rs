//! Presets from TOML and back, with positions in the messages.

use super::Preset;

/// A preset that could not be read; the text points at line and column.
#[derive(Debug, thiserror::Error)]
#[error("{source_name} is not a preset that Nevado can follow:\n{message}")]
pub struct ReadError {
    source_name: String,
    message: String,
}

/// Reads a preset; `source_name` is what messages call the text, usually its file's path.
///
/// # Errors
/// The text is not TOML, has an unknown key, lacks one that must be there, or a value has the wrong
/// form. The message quotes the line, except where it holds a password.
pub fn read(text: &str, source_name: &str) -> Result<Preset, ReadError> {
    toml::from_str(text).map_err(|error| ReadError {
        source_name: source_name.to_owned(),
        message: message(text, &error),
    })
}

/// Writes a preset as TOML; passwords come out as `"ask"`.
///
/// # Errors
/// Only if a value can't be held by TOML, which no preset that was read has.
pub fn write(preset: &Preset) -> Result<String, toml::ser::Error> {
    toml::to_string_pretty(preset)
}

/// The library's message quotes the line it complains about, which may hold a password.
fn message(text: &str, error: &toml::de::Error) -> String {
    let Some(span) = error.span() else {
        return error.message().to_owned();
    };
    let before = text.get(..span.start).unwrap_or(text);
    let line_number = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |line| line.chars().count())
        + 1;
    let line = text.lines().nth(line_number - 1).unwrap_or_default();
    if ["password", "plain", "hash"]
        .iter()
        .any(|word| line.contains(word))
    {
        return format!(
            "  line {line_number}, column {column}: the value for a password is not understood"
        );
    }
    format!(
        "  line {line_number}, column {column}: {}\n    {line}\n    {}^",
        error.message(),
        " ".repeat(column - 1)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_are_pointed_at() {
        let error = read("version = 1\n[network]\nhostname = \"x\"\n", "a.toml").unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("line 3, column 1") && text.contains("unknown field `hostname`"),
            "{text}"
        );
    }

    #[test]
    fn other_versions_are_refused() {
        let error = read("version = 2\n", "a.toml").unwrap_err().to_string();
        assert!(error.contains("preset version 2 is not known"), "{error}");
        assert!(
            read("", "a.toml")
                .unwrap_err()
                .to_string()
                .contains("missing field `version`")
        );
    }

    #[test]
    fn no_message_quotes_a_password() {
        for line in [
            "password = { hash = \"topsecret\" }",
            "password = { plain = \"topsecret\", x = 1 }",
            "password = \"topsecret\"",
            "password = topsecret",
        ] {
            let text = format!("version = 1\n[[users]]\nname = \"ada\"\n{line}\n");
            let error = read(&text, "a.toml").unwrap_err().to_string();
            assert!(!error.contains("topsecret"), "{error}");
            assert!(error.contains("line 4"), "{error}");
        }
    }

    #[test]
    fn a_preset_comes_back_without_its_passwords() {
        let text = "version = 1\n[disk]\nchoose = { size = { min = \"40 GiB\" } }\nswap = \"zram\"\n\
                    [[users]]\nname = \"ada\"\npassword = { plain = \"topsecret\" }\n";
        let preset = read(text, "a.toml").unwrap();
        let written = write(&preset).unwrap();
        assert!(
            !written.contains("topsecret") && written.contains("password = \"ask\""),
            "{written}"
        );
        let again = read(&written, "b.toml").unwrap();
        assert_eq!(again.disk, preset.disk);
        assert_eq!(write(&again).unwrap(), written);
    }
}
