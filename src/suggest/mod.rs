//! Names suggested from what is known already: a login name from a person's name, a host name from
//! the computer. All of them are valid; each function gives the best first and may give none.

mod host;
mod login;

pub use host::host_names;
pub use login::login_names;

/// A text in small ASCII letters and digits, in words; other signs end a word.
fn words(text: &str) -> Vec<String> {
    deunicode::deunicode(text)
        .to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '\'')
        .map(|word| word.replace('\'', ""))
        .filter(|word| !word.is_empty())
        .collect()
}
