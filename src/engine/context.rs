//! What every step has at hand: the plan, the system, and the stream of events.

use super::cleanup::Opened;
use super::error::StepError;
use super::event::{Event, EventKind};
use super::journal::Journal;
use super::nix_log::plain;
use super::password::Secrets;
use super::steps::KeptHeader;
use super::system::System;
use crate::plan::Plan;
use crate::process::{CancelToken, Command, CommandError, Output, Stream};
use crate::secret::Secret;
use std::path::PathBuf;
use std::time::SystemTime;

/// Where events go: the journal, and whoever follows the run.
pub(crate) struct Sink<'a> {
    pub(crate) journal: Journal,
    pub(crate) on_event: &'a mut dyn FnMut(&Event),
    /// What went wrong with the journal first; told once.
    broken: Option<String>,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(journal: Journal, on_event: &'a mut dyn FnMut(&Event)) -> Self {
        Self {
            journal,
            on_event,
            broken: None,
        }
    }

    pub(crate) fn emit(&mut self, now: SystemTime, kind: EventKind) {
        let event = Event::new(now, kind);
        if let Err(error) = self.journal.record(&event) {
            self.broken.get_or_insert(error.to_string());
        }
        (self.on_event)(&event);
    }
}

/// What every step has at hand.
pub(crate) struct Context<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) secrets: &'a Secrets,
    pub(crate) system: &'a mut dyn System,
    pub(crate) sink: Sink<'a>,
    /// Set while a step runs that may be stopped anywhere.
    pub(crate) cancel: Option<CancelToken>,
    /// What has to be closed again, in the order in which it was opened.
    pub(crate) opened: Vec<Opened>,
    /// What should be known in the end.
    pub(crate) warnings: Vec<String>,
    /// The store path of the system, once it is built.
    pub(crate) built: Option<PathBuf>,
    /// The hashes that have been set, to compare them with what is read back.
    pub(crate) hashes: Vec<(String, Secret)>,
    /// The network connections that have been carried over, for the same; by the files' names.
    pub(crate) connections: Vec<(String, Secret)>,
    /// The headers of containers that stay, for the same.
    pub(crate) headers: Vec<KeptHeader>,
}

impl Context<'_> {
    pub(crate) fn emit(&mut self, kind: EventKind) {
        self.sink.emit(self.system.now(), kind);
    }

    /// A note of the engine itself.
    pub(crate) fn note(&mut self, text: impl Into<String>) {
        self.emit(EventKind::Log {
            source: "nevado".to_owned(),
            text: text.into(),
        });
    }

    /// Something that should be known in the end, too.
    pub(crate) fn warn(&mut self, text: impl Into<String>) {
        let text = text.into();
        // A retry may come upon the same again.
        if !self.warnings.contains(&text) {
            self.warnings.push(text.clone());
        }
        self.emit(EventKind::Warning { text });
    }

    /// What went wrong with the journal, once.
    pub(crate) fn broken_journal(&mut self) -> Option<String> {
        self.sink.broken.take()
    }

    /// Runs a command; what it prints becomes part of the log.
    pub(crate) fn run(&mut self, command: &Command) -> Result<Output, StepError> {
        let source = command.program.clone();
        self.follow(command, &mut |_, line| {
            let text = plain(line);
            (!text.trim().is_empty()).then(|| EventKind::Log {
                source: source.clone(),
                text,
            })
        })
    }

    /// Runs a command whose standard output is read by the engine only.
    pub(crate) fn ask(&mut self, command: &Command) -> Result<Output, StepError> {
        let source = command.program.clone();
        self.follow(command, &mut |stream, line| {
            let text = plain(line);
            (stream == Stream::Err && !text.trim().is_empty()).then(|| EventKind::Log {
                source: source.clone(),
                text,
            })
        })
    }

    /// Runs a command; `reduce` makes events of the lines that it prints.
    pub(crate) fn follow(
        &mut self,
        command: &Command,
        reduce: &mut dyn FnMut(Stream, &str) -> Option<EventKind>,
    ) -> Result<Output, StepError> {
        self.note(format!("$ {command}"));
        let hidden = hidden_words(command);
        let Self {
            system,
            sink,
            cancel,
            ..
        } = self;
        let begin = (system.now(), std::time::Instant::now());
        let result = system.run(command, cancel.as_ref(), &mut |stream, line| {
            if let Some(event) = reduce(stream, &hide(&hidden, line)) {
                sink.emit(begin.0 + begin.1.elapsed(), event);
            }
        });
        result.map_err(|error| StepError::Command(without(&hidden, error)))
    }
}

/// The parts of a secret input that must not be seen: whole lines, and what follows a colon.
fn hidden_words(command: &Command) -> Vec<Secret> {
    let input = command.input.as_ref().map_or("", Secret::expose);
    let lines = input.lines().filter(|line| !line.is_empty());
    lines
        .flat_map(|line| [Some(line), line.split_once(':').map(|(_, secret)| secret)])
        .flatten()
        .filter(|word| !word.is_empty())
        .map(Secret::new)
        .collect()
}

/// Secrets of fewer bytes may be words of what programs say: to put something in their place alone would
/// tell them.
const SHORT: usize = 8;

/// The text without the secrets: a program may repeat what it could not read.
fn hide(hidden: &[Secret], text: &str) -> String {
    let mut lines = text.split('\n').map(|line| line_without(hidden, line));
    let first = lines.next().unwrap_or_default();
    lines.fold(first, |text, line| text + "\n" + &line)
}

/// A line without the secrets, or nothing of it where a short one is in it.
fn line_without(hidden: &[Secret], line: &str) -> String {
    let is_short = |secret: &&Secret| secret.expose().len() < SHORT;
    let mut short = hidden.iter().filter(is_short);
    match short.find(|secret| line.contains(secret.expose())) {
        Some(secret) => secret.to_string(),
        None => hidden.iter().fold(line.to_owned(), |line, secret| {
            line.replace(secret.expose(), &secret.to_string())
        }),
    }
}

fn without(hidden: &[Secret], error: CommandError) -> CommandError {
    CommandError {
        output: Output {
            stdout: hide(hidden, &error.output.stdout),
            stderr: hide(hidden, &error.output.stderr),
        },
        ..error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_as_a_secret_is_not_repeated() {
        let command = Command::new("chpasswd").input(Secret::new("ada:$y$abc\nroot:$y$def\n"));
        let hidden = hidden_words(&command);
        let text = hide(&hidden, "bad line `ada:$y$abc`\nbad hash, of somebody");
        assert_eq!(text, "<secret>\nbad hash, of somebody");
        let hidden = [Secret::new("correct horse")];
        let text = hide(&hidden, "bad `correct horse`, correct horse\n");
        assert_eq!(text, "bad `<secret>`, <secret>\n");
    }

    #[test]
    fn hiding_a_short_secret_does_not_tell_it() {
        let hidden = [Secret::new("key")];
        let text = hide(
            &hidden,
            "Device x\nNo key available with this passphrase.\n",
        );
        assert_eq!(text, "Device x\n<secret>\n");
    }
}
