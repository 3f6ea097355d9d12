//! Whatever text is put into a configuration, a real Nix parses the printed file and gives that
//! very text back.
//!
//! Needs `nix-instantiate` (Debian: `nix-bin`) and fails without it. Nothing is built: the store is
//! a dummy.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{Write, stderr};
use std::path::Path;
use std::process::Command;

use nevado::nixos::tree::{Attrs, Comment, Expr, Module, Text, print};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use serde_json::{Value as Json, json};

/// Cases per property; each puts up to 200 texts through one call of Nix.
const CASES: u32 = 100;

/// Evaluates a file and returns the value as JSON, or what Nix complains about.
fn evaluate(file: &Path) -> Result<Json, String> {
    let output = Command::new("nix-instantiate")
        .args(["--store", "dummy://", "--eval", "--strict", "--json"])
        .arg(file)
        .output()
        .expect("nix-instantiate can't be started; install Debian's nix-bin");
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(serde_json::from_slice(&output.stdout).expect("Nix answers in JSON"))
}

/// Evaluates `question`, an expression in which `module` is what `text` defines.
fn ask(text: &str, question: &str) -> Result<Json, String> {
    let folder = tempfile::tempdir().unwrap();
    let module = "import ./printed.nix { empty = \"\"; id = x: x; set = { }; }";
    fs::write(folder.path().join("printed.nix"), text).unwrap();
    let file = folder.path().join("question.nix");
    fs::write(&file, format!("let module = {module}; in {question}")).unwrap();
    evaluate(&file)
}

/// A runner whose seed and number of cases are on the terminal even when the test passes.
fn runner(name: &str) -> TestRunner {
    let mut config = ProptestConfig {
        cases: CASES,
        failure_persistence: None,
        max_shrink_iters: 400,
        ..ProptestConfig::default()
    };
    let seed = match config.rng_seed {
        RngSeed::Fixed(seed) => seed,
        RngSeed::Random => RandomState::new().build_hasher().finish(),
    };
    config.rng_seed = RngSeed::Fixed(seed);
    let line = format!("{name}: {CASES} cases, seed {seed} (again: PROPTEST_RNG_SEED={seed})\n");
    stderr().write_all(line.as_bytes()).unwrap();
    TestRunner::new(config)
}

/// Texts made to hurt: what means something to Nix, to shells or to terminals, between any other
/// characters that a string can hold.
fn text() -> impl Strategy<Value = String> {
    let hostile = vec![
        "\"",
        "\\",
        "${",
        "$",
        "$$",
        "''",
        "'",
        "}",
        "{",
        "\n",
        "\r",
        "\r\n",
        "\t",
        " ",
        "#",
        "/*",
        "*/",
        ";",
        ".",
        "=",
        "`",
        "\\n",
        "${set}",
        "''${",
        "\u{1}",
        "\u{1b}[2J",
        "\u{7f}",
        "\u{85}",
        "\u{2028}",
        "\u{202e}",
        "\u{feff}",
        "or",
        "with",
        "else",
        "rec",
        "__functor",
        "outPath",
        "type",
        "ä",
        "日本",
        "👩‍👧",
        "a",
        "B",
        "7",
        "-",
        "_",
    ];
    let any_character =
        any::<char>().prop_filter("no string holds U+0000", |character| *character != '\0');
    let piece = prop_oneof![
        3 => proptest::sample::select(hostile).prop_map(str::to_owned),
        1 => any_character.prop_map(String::from),
        1 => "[ -~]{0,12}",
    ];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// A module that holds every text in every place where text can stand.
fn everywhere(texts: &BTreeMap<String, String>) -> Module {
    let mut body = Attrs::new();
    let mut own = Attrs::new();
    for (name, value) in texts {
        let mut user = Attrs::new();
        user.set_under(value, "description", value.as_str())
            .unwrap();
        user.set("enable", true).unwrap();
        body.set_apart(("users.users", name.as_str()), user)
            .unwrap();
        own.set(Text::new(name).unwrap(), value.as_str()).unwrap();
    }
    body.set("own", own).unwrap();
    let values: Vec<&str> = texts.values().map(String::as_str).collect();
    let sums = values
        .iter()
        .map(|value| Expr::concat("empty", value).unwrap());
    body.set("sums", sums.collect::<Vec<_>>()).unwrap();
    let calls = values
        .iter()
        .map(|value| Expr::apply("id", *value).unwrap());
    body.set("calls", calls.collect::<Vec<_>>()).unwrap();
    body.set("with", Expr::with("set", values).unwrap())
        .unwrap();

    let header = texts.values().fold(Comment::new(""), |header, value| {
        header.and(value).command(value)
    });
    Module::new(header, &["empty", "id", "set"], body).unwrap()
}

#[test]
fn every_text_comes_back_from_nix_as_it_was() {
    // Lists of pairs: JSON made from a set with attributes like `outPath` is not the set.
    let question = "
      let pairs = set: map (name: [ name set.${name} ]) (builtins.attrNames set); in {
        users = pairs (builtins.mapAttrs (name: user: user.description) module.users.users);
        own = pairs module.own;
        inherit (module) sums calls;
        with_ = module.\"with\";
      }";
    let run = |texts: BTreeMap<String, String>| {
        let text = print(&everywhere(&texts));
        let answer = ask(&text, question).map_err(TestCaseError::fail)?;
        let pairs = json!(texts.iter().collect::<Vec<_>>());
        let values = json!(texts.values().collect::<Vec<_>>());
        prop_assert_eq!(&answer["users"], &pairs);
        prop_assert_eq!(&answer["own"], &pairs);
        for place in ["sums", "calls", "with_"] {
            prop_assert_eq!(&answer[place], &values);
        }
        Ok(())
    };
    let texts = btree_map(text(), text(), 1..100);
    let outcome = runner("text in every place").run(&texts, run);
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn numbers_and_constants_come_back() {
    let numbers = vec![i32::MIN, -1, 0, 1, i32::MAX];
    let mut body = Attrs::new();
    body.set("numbers", numbers.clone()).unwrap();
    body.set("last", i32::MIN).unwrap();
    body.set(
        "constants",
        vec![Expr::Bool(true), Expr::Bool(false), Expr::Null],
    )
    .unwrap();
    let module = Module::new(Comment::new("Numbers."), &[], body).unwrap();
    assert_eq!(
        ask(&print(&module), "module"),
        Ok(json!({ "numbers": numbers, "last": i32::MIN, "constants": [true, false, null] }))
    );
}

#[test]
fn the_check_can_fail() {
    let refused = ask("{ ... }: { a = \"${b}\"; }", "module");
    assert!(refused.is_err_and(|complaint| complaint.contains("undefined variable")));
    let other = ask("{ ... }: { a = \"\r\"; }", "module.a").unwrap();
    assert_ne!(
        other,
        json!("\r"),
        "a bare carriage return is changed by Nix"
    );
}
