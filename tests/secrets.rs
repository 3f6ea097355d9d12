//! Nothing that the program prints or writes holds a password or a hash of the preset: every command
//! that takes a preset is run, also with presets that have mistakes, and all it says is searched.
//!
//! What an installation writes is searched in `src/engine/tests/secrets.rs`, with a system in memory,
//! and in `tests/vm/secrets.rs`, with a real one.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod leaks;

use leaks::Needles;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// With everything that one form or another writes in another way.
const PLAIN: &str = "Grüße \"7141\" $&/+ ${x} it's";
const ROOT: &str = "battery-staple-2718";
const HASH: &str = "$y$j9T$abcdefghijklmnop$xxI14acrF4kcY59GsyqJ1DqdhVdc9N0f1.omTKnq.61";

fn needles() -> Needles {
    Needles::new([("plain", PLAIN), ("root", ROOT), ("hash", HASH)])
}

#[test]
fn a_secret_is_found_in_each_of_its_forms() {
    // Made by other programs: python3's base64, json, urllib and binascii.
    let planted = [
        ("as it is", "x Grüße \"7141\" $&/+ ${x} it's y"),
        (
            "hex",
            "4772c3bcc39f65202237313431222024262f2b20247b787d2069742773",
        ),
        (
            "hex",
            "4772C3BCC39F65202237313431222024262F2B20247B787D2069742773",
        ),
        ("base64", "R3LDvMOfZSAiNzE0MSIgJCYvKyAke3h9IGl0J3M="),
        ("base64", "eEdyw7zDn2UgIjcxNDEiICQmLysgJHt4fSBpdCdzeQ=="),
        ("base64", "eHlHcsO8w59lICI3MTQxIiAkJi8rICR7eH0gaXQnc3k="),
        (
            "URL",
            "Gr%C3%BC%C3%9Fe%20%227141%22%20%24%26%2F%2B%20%24%7Bx%7D%20it%27s",
        ),
        (
            "URL",
            "gr=Gr%c3%bc%c3%9fe%20%227141%22%20%24%26%2f%2b%20%24%7bx%7d%20it%27s",
        ),
        (
            "form",
            "p=Gr%C3%BC%C3%9Fe+%227141%22+%24%26%2F%2B+%24%7Bx%7D+it%27s&q",
        ),
        ("JSON", r#"{"a":"Grüße \"7141\" $&/+ ${x} it's"}"#),
        ("JSON", r#"{"a":"Gr\u00fc\u00dfe \"7141\" $&/+ ${x} it's"}"#),
        (
            "JSON in JSON",
            r#""{\"a\":\"Grüße \\\"7141\\\" $&/+ ${x} it's\"}""#,
        ),
        ("Nix", r#"password = "Grüße \"7141\" $&/+ \${x} it's";"#),
        ("shell", r#"sh -c 'Grüße "7141" $&/+ ${x} it'\''s'"#),
    ];
    for (form, text) in planted {
        let found = needles().search(text.as_bytes());
        assert!(
            found
                .iter()
                .any(|leak| leak.form == form && leak.secret == "plain"),
            "{form}: {text}"
        );
    }
    let wide: Vec<u8> = ROOT.bytes().flat_map(|b| [b, 0]).collect();
    assert_eq!(needles().search(&wide)[0].form, "UTF-16");
    let hash = format!("anna:{HASH}:20000::::::");
    let found = needles().search(hash.as_bytes());
    assert_eq!(
        (found.len(), found[0].at, found[0].form),
        (1, 5, "as it is")
    );
    assert_eq!(needles().search(b"battery-staple-2717, Gruss"), []);
}

/// Presets with these secrets: one that is in order, and some with a mistake near a secret.
fn presets() -> Vec<String> {
    let good = format!(
        "version = 1\n[network]\nhost_name = \"secrets\"\n\
         [[users]]\nname = \"anna\"\npassword = {{ plain = '''{PLAIN}''' }}\n\
         [[users]]\nname = \"kurt\"\npassword = {{ hash = \"{HASH}\" }}\n\
         [root]\npassword = {{ plain = \"{ROOT}\" }}\n"
    );
    let spoilt = [
        ("plain =", "plane ="),
        ("hash =", "plain = 3, hash ="),
        ("}", "]"),
        ("password =", "password"),
        ("version = 1", "version = 2"),
        ("name = \"kurt\"", "name = \"root\""),
        ("host_name = \"secrets\"", "host_name = \"no host\""),
        ("[root]\npassword = {", "[root]\npasswort = {"),
        ("$y$j9T$", "$z$j9T$"),
        ("'''", "\""),
    ];
    let mut presets: Vec<String> = spoilt.map(|(from, to)| good.replace(from, to)).into();
    presets.push(good);
    presets
}

#[test]
fn no_command_shows_a_secret_of_its_preset() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("preset.toml");
    let machine = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/machines/empty-uefi.json");
    // The scheme's name spoilt leaves the rest of the hash, which is as secret.
    let rest = &HASH[3..];
    let needles = Needles::new([("plain", PLAIN), ("root", ROOT), ("hash", rest)]);
    let mut codes = Vec::new();
    for preset in presets() {
        fs::write(&file, &preset).unwrap();
        for arguments in [
            &["check"][..],
            &["check", "--json"],
            &["plan"],
            &["plan", "--json"],
        ] {
            let output = Command::new(env!("CARGO_BIN_EXE_nevado"))
                .args(arguments)
                .arg(&file)
                .arg("--machine")
                .arg(&machine)
                .stdin(Stdio::null())
                .output()
                .unwrap();
            for said in [&output.stdout, &output.stderr] {
                let found = needles.search(said);
                assert_eq!(found, [], "{arguments:?} with:\n{preset}");
            }
            codes.push(output.status.code().unwrap());
        }
    }
    // All but the last preset are refused; so it was not the same message over and over.
    let (refused, done) = codes.split_at(codes.len() - 4);
    assert!(refused.iter().all(|code| *code == 3), "{codes:?}");
    assert_eq!(done, [0, 0, 0, 0]);
}
