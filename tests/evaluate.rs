//! Drafts through the real Nix of this computer, with a nixpkgs of a few lines that stands in for the
//! real one. As root, Nix runs as an ordinary user here too.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use nevado::evaluate::{Draft, Evaluation, WhyNot, evaluate_here, forecast_here};
use nevado::plan::{Plan, Seed, TargetFile, resolve};
use nevado::process::CancelToken;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tempfile::TempDir;

/// A system that needs one more derivation, and the configuration's text.
const SYSTEM: &str = r#"{ }: {
  system = derivation {
    name = "nixos-system-stand-in";
    system = "x86_64-linux";
    builder = "/bin/sh";
    etc = derivation { name = "etc"; system = "x86_64-linux"; builder = "/bin/sh"; };
    text = builtins.readFile <nixos-config>;
  };
}"#;

/// A nixpkgs that everyone may read, with this in `nixos/default.nix`.
fn nixpkgs(nixos: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    fs::create_dir(folder.path().join("nixos")).unwrap();
    fs::write(folder.path().join("nixos/default.nix"), nixos).unwrap();
    folder
}

fn draft(nixpkgs: &Path, text: &str) -> Draft {
    let file = TargetFile {
        path: "/etc/nixos/configuration.nix".parse().unwrap(),
        mode: 0o644,
        text: text.to_owned(),
    };
    Draft::new(vec![file], nixpkgs.to_owned())
}

fn evaluated(nixpkgs: &Path, text: &str) -> Evaluation {
    let evaluation = evaluate_here(&draft(nixpkgs, text), &CancelToken::default());
    if let Evaluation::NotEvaluated(WhyNot::LittleMemory { available }) = evaluation {
        panic!("this test needs more memory than {available}");
    }
    evaluation
}

#[test]
fn a_sound_draft_evaluates() {
    let nixpkgs = nixpkgs(SYSTEM);
    match evaluated(nixpkgs.path(), "{ }\n") {
        Evaluation::Evaluates { derivation } => {
            assert!(
                derivation.ends_with("-nixos-system-stand-in.drv"),
                "{derivation}"
            );
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_syntax_error_is_refused_with_its_line() {
    let nixpkgs = nixpkgs(SYSTEM);
    let Evaluation::Refused(refusal) = evaluated(nixpkgs.path(), "{\n  a = 1;\n  b = ;\n}\n")
    else {
        panic!("refused");
    };
    let place = refusal.place.as_ref().unwrap();
    assert_eq!(place.file, Path::new("/etc/nixos/configuration.nix"));
    assert_eq!(place.line, Some(3));
    assert!(refusal.message.contains("syntax error"), "{refusal}");
    assert!(!refusal.message.contains("nevado-"), "{refusal}");
}

#[test]
fn an_error_of_a_module_is_refused_with_its_option() {
    // As lib/modules.nix of the real one words it.
    let nixpkgs = nixpkgs(
        "{ }: { system.drvPath = throw \"The option `networking.hostNmae' does not exist. Definition \
         values:\\n- In `${toString <nixos-config>}': \\\"a\\\"\"; }",
    );
    let text = "{\n  networking.hostNmae = \"a\";\n}\n";
    let Evaluation::Refused(refusal) = evaluated(nixpkgs.path(), text) else {
        panic!("refused");
    };
    assert_eq!(refusal.option.as_deref(), Some("networking.hostNmae"));
    assert_eq!(refusal.place.as_ref().unwrap().line, Some(2));
}

#[test]
fn a_cancel_ends_it() {
    let nixpkgs = nixpkgs("{ }: { system.drvPath = let f = n: f (n + 1); in f 0; }");
    let token = CancelToken::default();
    token.cancel();
    let evaluation = evaluate_here(&draft(nixpkgs.path(), "{ }\n"), &token);
    assert_eq!(evaluation, Evaluation::NotEvaluated(WhyNot::Stopped));
}

#[test]
fn the_forecast_counts_what_is_built() {
    let nixpkgs = nixpkgs(SYSTEM);
    let mut plan = plan();
    plan.nixpkgs.path = nixpkgs.path().to_owned();
    let forecast = forecast_here(&plan, &CancelToken::default()).unwrap();
    assert_eq!((forecast.missing.builds, forecast.missing.paths), (2, 0));
    assert_eq!(forecast.problems(), []);
    plan.nixpkgs.path = "/nowhere".into();
    let missing = Evaluation::NotEvaluated(WhyNot::NoNixpkgs("/nowhere".into()));
    assert_eq!(forecast_here(&plan, &CancelToken::default()), Err(missing));
}

fn plan() -> Plan {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/machines");
    let machine = fs::read_to_string(folder.join("windows-laptop.json")).unwrap();
    let preset = "version = 1\n[[users]]\nname = \"ada\"\nadministrator = true\n";
    let preset = nevado::preset::read(preset, "test").unwrap();
    resolve(
        &serde_json::from_str(&machine).unwrap(),
        &preset,
        Seed::new([1; 32]),
    )
    .unwrap()
}
