//! What must be quoted or escaped, and what not.

use super::*;

fn quoted(text: &str) -> String {
    Text::new(text).unwrap().quoted()
}

#[test]
fn identifiers_are_what_the_lexer_takes() {
    for word in ["a", "_", "x86_64-linux", "it's", "A1", "true", "origin"] {
        assert!(is_identifier(word), "{word}");
    }
    for word in ["", "1a", "-a", "'a", "a.b", "ä", "a b", "or", "with", "rec"] {
        assert!(!is_identifier(word), "{word}");
    }
}

#[test]
fn strings_escape_what_nix_would_read_otherwise() {
    assert_eq!(quoted(r#"a"b\c"#), r#""a\"b\\c""#);
    assert_eq!(quoted("${x} $x $$ $${"), r#""\${x} $x $$ $\${""#);
    assert_eq!(quoted("a\nb\rc\td"), r#""a\nb\rc\td""#);
    assert_eq!(quoted("Zoë's ''x''"), "\"Zoë's ''x''\"");
}

#[test]
fn nul_is_refused() {
    assert!(matches!(Text::new("a\0b"), Err(NixError::Nul(_))));
    assert!(("users.users", "a\0").to_attr_path().is_err());
}

#[test]
fn names_are_quoted_only_when_they_must_be() {
    let path = |name| ("users.users", name).to_attr_path().unwrap().to_string();
    assert_eq!(path("maria"), "users.users.maria");
    assert_eq!(path("maria.silva"), r#"users.users."maria.silva""#);
    assert_eq!(path("else"), r#"users.users."else""#);
    assert_eq!(path("${x}"), r#"users.users."\${x}""#);
    assert_eq!(path(""), r#"users.users."""#);
}

#[test]
fn references_are_identifiers_with_dots() {
    assert!(Reference::new("kdePackages.kate").is_ok());
    for wrong in [
        "", ".", "a.", "a..b", "or", "a.if", "7zz", "a b", "a;b", "${x}",
    ] {
        assert!(Reference::new(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn only_plain_file_names_become_paths() {
    assert!(FileBeside::new("hardware-configuration.nix").is_ok());
    for wrong in ["", "..", ".x", "a/b", "a b", "a;", "~"] {
        assert!(FileBeside::new(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn comments_wrap_and_never_end_early() {
    let comment = Comment::new("one two\nthree\r\u{1b}[31m four")
        .and("five")
        .command("a  b")
        .command("c");
    assert_eq!(
        comment.lines(9),
        [
            "one two",
            "three",
            "[31m four",
            "",
            "five",
            "",
            "  a b",
            "  c"
        ]
    );
}
