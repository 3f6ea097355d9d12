//! What `--help` says below the options: examples and exit codes, the same in the man page.

/// Below the help of the whole program.
pub(super) const PROGRAM: &str = "\
Results go to standard output, everything else to standard error.

Exit codes:
  0  done
  1  failed
  2  unusable arguments
  3  the preset has mistakes, or can't be installed on this machine
  4  cancelled

Examples:
  nevado --machine machine.json
  nevado check preset.toml
  nevado plan preset.toml
  sudo nevado install preset.toml";

pub(super) const PROBE: &str = "\
Examples:
  sudo nevado probe > machine.json
  sudo nevado probe --measure > machine.json

Exit codes: 0 done, 1 failed, 2 unusable arguments.";

pub(super) const CHECK: &str = "\
Examples:
  nevado check preset.toml
  nevado check preset.toml --machine machine.json

Exit codes: 0 it can be installed, 1 failed, 2 unusable arguments, 3 it has mistakes or can't be
installed on this machine.";

pub(super) const PLAN: &str = "\
Examples:
  nevado plan preset.toml
  nevado plan preset.toml --machine machine.json

Exit codes: 0 done, 1 failed, 2 unusable arguments, 3 the preset has mistakes or can't be installed
on this machine.";

pub(super) const INSTALL: &str = "\
Examples:
  sudo nevado install preset.toml
  sudo nevado install preset.toml --machine machine.json --yes --json > events.jsonl

After a failure, on a terminal, you are asked whether to try again; later, or elsewhere,
`nevado retry` does it. If the terminal is lost, `nevado follow` shows how it goes on.

Exit codes: 0 installed, 1 failed, 2 unusable arguments, 3 the preset has mistakes or can't be
installed on this machine, 4 cancelled.";

pub(super) const SCHEMA: &str = "\
Example:
  nevado schema > preset.schema.json

Exit codes: 0 done, 1 failed, 2 unusable arguments.";

pub(super) const COMPLETIONS: &str = "\
Example:
  nevado completions bash | sudo tee /etc/bash_completion.d/nevado

Exit codes: 0 done, 1 failed, 2 unusable arguments.";

pub(super) const MAN: &str = "\
Example:
  nevado man > nevado.1

Exit codes: 0 done, 1 failed, 2 unusable arguments.";

pub(super) const FOLLOW: &str = "\
Examples:
  sudo nevado follow
  nevado follow --recorded journal.jsonl --speed 10

Exit codes: 0 installed, 1 failed, 2 unusable arguments, 4 cancelled.";

pub(super) const RETRY: &str = "\
Examples:
  sudo nevado retry
  sudo nevado retry --json > events.jsonl

Exit codes: 0 installed, 1 failed again or there is nothing to go on with, 2 unusable arguments,
4 cancelled.";

pub(super) const ENGINE: &str = "\
Example:
  sudo nevado engine

Exit codes: 0 it was no longer needed, 1 failed.";
