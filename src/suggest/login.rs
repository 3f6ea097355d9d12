//! Login names from full names in any script.

use super::words;
use crate::preset::UserName;

/// Longest login name that is suggested: longer ones are hard to type.
const LONGEST: usize = 24;

/// Login names for a person, the likeliest first, none of them in `taken`.
///
/// Letters of other scripts are transliterated; `language` (ISO 639-1, such as `de`) is that of the
/// wizard and tells what umlauts become. Chinese characters become pinyin, also in Japanese names,
/// whose readings nobody can know from the characters.
pub fn login_names(full_name: &str, language: &str, taken: &[UserName]) -> Vec<UserName> {
    let one_word = full_name.split_whitespace().count() == 1;
    let words = names(&in_language(full_name, language));
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return Vec::new();
    };
    // 王小明 is written as one word: none of its syllables is a given name by itself.
    let whole = words.concat();
    let initial: String = first.chars().take(1).collect();
    let candidates = if one_word {
        vec![whole.clone(), first.clone()]
    } else {
        vec![
            first.clone(),
            format!("{first}.{last}"),
            format!("{initial}{last}"),
            last.clone(),
            whole.clone(),
        ]
    };
    // When all are taken, numbers tell namesakes apart.
    let numbered = (2..100).map(|number| format!("{whole}{number}"));
    let fits = |name: &String| name.len() <= LONGEST;
    let mut found: Vec<UserName> = Vec::new();
    for name in candidates
        .into_iter()
        .filter(fits)
        .chain(numbered.filter(fits))
    {
        if let Ok(name) = UserName::try_from(name)
            && !taken.contains(&name)
            && !found.contains(&name)
        {
            found.push(name);
        }
        if found.len() == 4 {
            break;
        }
    }
    found
}

/// The words of a name, without titles before it and what can't begin a login name.
fn names(full_name: &str) -> Vec<String> {
    let untitled: Vec<&str> = full_name
        .split_whitespace()
        .filter(|word| !is_title(word))
        .collect();
    let name = if untitled.is_empty() {
        full_name.to_owned()
    } else {
        untitled.join(" ")
    };
    let trimmed = words(&name).into_iter();
    trimmed
        .map(|word| {
            word.trim_start_matches(|c: char| c.is_ascii_digit())
                .to_owned()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// `Dr.` and `Prof.`, but not the initial `J.`.
fn is_title(word: &str) -> bool {
    word.ends_with('.') && (3..=5).contains(&word.chars().count())
}

/// What a language itself writes where its letters can't be had.
fn in_language(text: &str, language: &str) -> String {
    let pairs: &[(&str, &str)] = match language {
        "de" => &[
            ("ä", "ae"),
            ("ö", "oe"),
            ("ü", "ue"),
            ("Ä", "Ae"),
            ("Ö", "Oe"),
            ("Ü", "Ue"),
        ],
        "da" | "nb" | "nn" => &[("å", "aa"), ("Å", "Aa"), ("ø", "oe"), ("Ø", "Oe")],
        "uk" => &[("г", "h"), ("Г", "H"), ("и", "y"), ("И", "Y")],
        _ => &[],
    };
    pairs
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn first(full_name: &str, language: &str) -> String {
        let names = login_names(full_name, language, &[]);
        names.first().map(ToString::to_string).unwrap_or_default()
    }

    #[test]
    fn names_in_any_script_become_login_names() {
        for (full_name, language, login) in [
            ("Maria Silva", "pt", "maria"),
            ("Jürgen Groß", "de", "juergen"),
            ("Zoë Łukasiewicz", "pl", "zoe"),
            ("Søren Ågård", "da", "soeren"),
            ("Dr. Ada Lovelace", "en", "ada"),
            ("Ирина Петрова", "ru", "irina"),
            ("Γιώργος Παπαδόπουλος", "el", "giorgos"),
            ("王小明", "zh", "wangxiaoming"),
            ("김민수", "ko", "gimminsu"),
            ("さくら", "ja", "sakura"),
            ("O'Neill", "en", "oneill"),
        ] {
            assert_eq!(first(full_name, language), login, "{full_name}");
        }
        for full_name in ["محمد علي", "דוד כהן", "अमित कुमार", "สมชาย ใจดี", "გიორგი"]
        {
            assert!(!first(full_name, "en").is_empty(), "{full_name}");
        }
        assert_eq!(first("", "en"), "");
        assert_eq!(first("!?", "en"), "");
    }

    #[test]
    fn taken_names_and_those_of_the_system_are_not_suggested() {
        let maria: UserName = "maria".parse().unwrap();
        let names = login_names("Maria Silva", "pt", std::slice::from_ref(&maria));
        assert!(
            !names.contains(&maria) && names[0].as_str() == "maria.silva",
            "{names:?}"
        );
        assert_ne!(first("Root", "en"), "root");
        assert!(!first("Root", "en").is_empty());
    }

    proptest! {
        #[test]
        fn any_text_gives_different_names_or_none(full_name in "\\PC{0,40}", language in "(de|en|ja|uk)") {
            let names = login_names(&full_name, &language, &[]);
            for (index, name) in names.iter().enumerate() {
                prop_assert!(name.as_str().len() <= LONGEST);
                prop_assert!(!names[..index].contains(name));
            }
        }
    }
}
