//! A program to run, and how it ended.

use super::user::User;
use crate::secret::Secret;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fmt;
use std::time::Duration;

/// How long a command may take unless it says otherwise: far more than any of them needs, so that
/// a hung device ends the installation instead of stopping it for ever.
const USUAL_LIMIT: Duration = Duration::from_mins(10);

/// For what goes over a whole file system: on a large and slow disk the usual limit may be short.
pub(crate) const LONG: Duration = Duration::from_hours(2);

/// How much of each output a failed command's error keeps, in bytes, from the end.
const KEPT_OUTPUT: usize = 64 * 1024;

/// A program to run, without a shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The program, looked up in `PATH`.
    pub program: String,
    /// Its arguments; never a secret.
    pub arguments: Vec<OsString>,
    /// Variables that are set for it beside `LC_ALL=C`.
    pub environment: Vec<(String, OsString)>,
    /// What it reads on standard input; nothing if left out.
    pub input: Option<Secret>,
    /// Who runs it; `None` for the user of this process.
    pub user: Option<User>,
    /// When to end it; `None` for a build, which may take hours.
    pub limit: Option<Duration>,
}

impl Command {
    /// Runs `program` without arguments, in ten minutes at most.
    pub fn new(program: &str) -> Self {
        Self {
            program: program.to_owned(),
            arguments: Vec::new(),
            environment: Vec::new(),
            input: None,
            user: None,
            limit: Some(USUAL_LIMIT),
        }
    }

    /// Adds an argument.
    pub fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Adds arguments.
    pub fn args<A: Into<OsString>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.arguments.extend(arguments.into_iter().map(Into::into));
        self
    }

    /// Sets a variable.
    pub fn env(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.environment.push((name.to_owned(), value.into()));
        self
    }

    /// Gives it a secret to read.
    pub fn input(mut self, secret: Secret) -> Self {
        self.input = Some(secret);
        self
    }

    /// Lets another user run it; only root can.
    pub fn as_user(mut self, user: Option<User>) -> Self {
        self.user = user;
        self
    }

    /// Lets it take this long.
    pub(crate) fn within(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Lets it take as long as it needs.
    pub fn without_limit(mut self) -> Self {
        self.limit = None;
        self
    }

    /// The program and its arguments, as texts.
    pub fn words(&self) -> Vec<String> {
        std::iter::once(self.program.clone())
            .chain(
                self.arguments
                    .iter()
                    .map(|a| a.to_string_lossy().into_owned()),
            )
            .collect()
    }
}

/// As a person would type it into a shell.
impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shell_line(&self.words()))
    }
}

fn shell_line(words: &[String]) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,+@%".contains(c);
    let quoted: Vec<String> = words
        .iter()
        .map(|word| match word {
            w if !w.is_empty() && w.chars().all(plain) => w.clone(),
            w => format!("'{}'", w.replace('\'', r"'\''")),
        })
        .collect();
    quoted.join(" ")
}

/// Which of a program's outputs a line came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// What a program that ended well printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// On standard output.
    pub stdout: String,
    /// On standard error.
    pub stderr: String,
}

/// How a program failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It could not be started.
    NotStarted(String),
    /// It returned this exit code.
    Code(i32),
    /// A signal with this number ended it.
    Signal(i32),
    /// It was ended because it took longer than this.
    TooLong(Duration),
    /// It was ended because the installation was cancelled.
    Cancelled,
    /// It ran, but what it printed or how it ended could not be read.
    Lost(String),
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStarted(why) => write!(f, "could not be started: {why}"),
            Self::Code(code) => write!(f, "failed with exit code {code}"),
            Self::Signal(number) => write!(f, "was ended by signal {number}"),
            Self::TooLong(limit) => write!(f, "was ended after {} seconds", limit.as_secs()),
            Self::Cancelled => write!(f, "was ended because the installation was cancelled"),
            Self::Lost(why) => write!(f, "could not be followed: {why}"),
        }
    }
}

/// A program that failed, with its arguments, its status and both outputs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` {ending}{}", shell_line(.words), last_words(.output))]
pub struct CommandError {
    /// The program and its arguments.
    pub words: Vec<String>,
    /// How it ended.
    pub ending: Ending,
    /// What it printed.
    pub output: Output,
}

impl CommandError {
    /// `command` ended like this.
    pub fn new(command: &Command, ending: Ending, output: Output) -> Self {
        let words = command.words();
        Self {
            words,
            ending,
            output,
        }
    }

    /// For an event.
    pub fn report(&self) -> FailedCommand {
        FailedCommand {
            arguments: self.words.clone(),
            status: self.ending.to_string(),
            stdout: tail(&self.output.stdout, KEPT_OUTPUT).to_owned(),
            stderr: tail(&self.output.stderr, KEPT_OUTPUT).to_owned(),
        }
    }
}

/// A command that failed, for events and reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedCommand {
    /// The program and its arguments.
    pub arguments: Vec<String>,
    /// How it ended, in words.
    pub status: String,
    /// The end of what it printed on standard output.
    pub stdout: String,
    /// The end of what it printed on standard error.
    pub stderr: String,
}

/// The last line on standard error, which most often says why.
fn last_words(output: &Output) -> String {
    let line = output
        .stderr
        .lines()
        .map(str::trim)
        .rfind(|l| !l.is_empty());
    line.map(|l| format!(": {l}")).unwrap_or_default()
}

/// The last `length` bytes of a text, or a few less, so that no character is cut.
pub(super) fn tail(text: &str, length: usize) -> &str {
    let start = text.len().saturating_sub(length);
    let start = (start..=text.len()).find(|&i| text.is_char_boundary(i));
    start.and_then(|i| text.get(i..)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_reads_as_typed_into_a_shell() {
        let command = Command::new("mkfs.vfat").args(["-n", "it's", "", "a-b"]);
        assert_eq!(command.to_string(), r"mkfs.vfat -n 'it'\''s' '' a-b");
    }

    #[test]
    fn the_error_says_why_and_the_input_is_not_in_it() {
        let command = Command::new("chpasswd")
            .arg("-e")
            .input(Secret::new("ada:hunter2"));
        let output = Output {
            stdout: String::new(),
            stderr: "first\nuser 'ada' does not exist\n\n".to_owned(),
        };
        let error = CommandError::new(&command, Ending::Code(1), output);
        assert_eq!(
            error.to_string(),
            "`chpasswd -e` failed with exit code 1: user 'ada' does not exist"
        );
        assert!(!format!("{command:?}{error:?}").contains("hunter2"));
    }

    #[test]
    fn a_tail_never_cuts_a_character() {
        assert_eq!(tail("añb", 2), "b");
        assert_eq!(tail("añb", 3), "ñb");
        assert_eq!(tail("ab", 9), "ab");
        assert_eq!(tail("ab", 0), "");
    }
}
