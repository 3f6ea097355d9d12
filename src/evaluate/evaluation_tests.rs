use super::*;
use crate::plan::TargetFile;
use crate::process::Command;

const FOLDER: &str = "/tmp/nevado-x7";

fn draft() -> Draft {
    let text = "{\n  time.timeZone = 1;\n  networking.hostNmae = \"a\";\n}\n";
    let file = TargetFile {
        path: "/etc/nixos/configuration.nix".parse().unwrap(),
        mode: 0o644,
        text: text.to_owned(),
    };
    Draft::new(vec![file], "/nix/store/x-nixos/nixos".into())
}

fn failed(ending: Ending, stderr: &str) -> Evaluation {
    let command = Command::new("nix-instantiate");
    let output = Output {
        stdout: String::new(),
        stderr: stderr.to_owned(),
    };
    let error = CommandError::new(&command, ending, output);
    Evaluation::of_error(error, Path::new(FOLDER), &draft())
}

fn refusal(stderr: &str) -> Refusal {
    match failed(Ending::Code(1), stderr) {
        Evaluation::Refused(refusal) => *refusal,
        other => panic!("{other:?}"),
    }
}

fn place(line: Option<usize>) -> Option<NixPlace> {
    let file = "/etc/nixos/configuration.nix".into();
    Some(NixPlace { file, line })
}

#[test]
fn an_unknown_option_is_named_with_its_line() {
    // The words of nixpkgs' lib/modules.nix, in the order of Nix 2.20 and newer.
    let found = refusal(
        "error:\n       … while calling the 'head' builtin\n\n         at /nix/store/x-nixos/nixos/lib/attrsets.nix:1571:11:\n\n\
         \x20        1570|         || pred here (elemAt values 1) (head values) then\n\n\
         \x20      (stack trace truncated; use '--show-trace' to show the full, detailed trace)\n\n\
         \x20      error: The option `networking.hostNmae' does not exist. Definition values:\n\
         \x20      - In `/tmp/nevado-x7/etc/nixos/configuration.nix': \"a\"\n",
    );
    assert_eq!(found.option.as_deref(), Some("networking.hostNmae"));
    assert_eq!(found.place, place(Some(3)));
    assert_eq!(
        found.message,
        "The option `networking.hostNmae' does not exist. Definition values:\n\
         - In `/etc/nixos/configuration.nix': \"a\""
    );
}

#[test]
fn a_syntax_error_has_its_line_from_nix() {
    // Nix 2.8 and older: where it came from follows the error.
    let found = refusal(
        "error: syntax error, unexpected '}'\n\n\
         \x20      at /tmp/nevado-x7/etc/nixos/configuration.nix:12:3:\n\n\
         \x20          11|   a =\n            12|   }\n              |   ^\n",
    );
    assert_eq!(found.place, place(Some(12)));
    assert_eq!(
        (found.message.as_str(), found.option),
        ("syntax error, unexpected '}'", None)
    );
}

#[test]
fn failed_assertions_are_told_whole() {
    let found = refusal(
        "error:\n       … while evaluating the attribute 'drvPath'\n\n       error:\n\
         \x20      Failed assertions:\n       - The ‘fileSystems’ option does not specify your root file system.\n\
         \x20      - Another one.\n",
    );
    assert_eq!(
        found.message,
        "Failed assertions:\n- The ‘fileSystems’ option does not specify your root file system.\n- Another one."
    );
    assert_eq!(found.place, None);
}

#[test]
fn what_was_not_evaluated_is_a_warning_and_never_a_pass() {
    let cases = [
        (failed(Ending::Signal(9), ""), "memory ran out"),
        (
            failed(Ending::TooLong(Duration::from_mins(15)), ""),
            "15 minutes",
        ),
        (
            failed(Ending::NotStarted("no file".to_owned()), ""),
            "no file",
        ),
        (failed(Ending::Cancelled, ""), "stopped"),
        (
            Evaluation::NotEvaluated(WhyNot::LittleMemory {
                available: Bytes::mib(512),
            }),
            "only 512 MiB of memory are available, and it takes about 1.3 GiB",
        ),
        (Evaluation::of_output(&Output::default()), "no derivation"),
    ];
    for (evaluation, words) in cases {
        let problem = evaluation.problem().unwrap();
        assert_eq!(problem.severity, Severity::Warning);
        assert!(problem.message.contains(words), "{}", problem.message);
    }
}

#[test]
fn a_refusal_is_an_error_that_says_where() {
    let refused = failed(
        Ending::Code(1),
        "error: A definition for option `time.timeZone' is not of type `null or string'.\n\
         - In `/tmp/nevado-x7/etc/nixos/configuration.nix': 1\n",
    );
    let problem = refused.problem().unwrap();
    assert_eq!(problem.severity, Severity::Error);
    let start =
        "Nix refuses the configuration (/etc/nixos/configuration.nix, line 2): A definition";
    assert!(problem.message.starts_with(start), "{}", problem.message);
}
