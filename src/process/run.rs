//! Runs one command: a process group of its own, both outputs line by line, a limit, a cancel.
//!
//! Nothing is polled: readers, the wait for the end and the cancel all send to one channel.

use super::cancel::CancelToken;
use super::command::{Command, CommandError, Ending, Output, Stream};
use super::environment;
use rustix::process::{Pid, Signal, kill_process_group};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long a process group may take to end after SIGTERM, before SIGKILL.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long to read on after the program's end: something that it left behind may hold its outputs.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// The longest line that is handed on in one piece, in bytes.
const LONGEST_LINE: u64 = 1 << 20;

/// How much of an output is kept, in bytes from its end.
const KEPT: usize = 4 << 20;

enum Happening {
    Line(Stream, String),
    Closed,
    Ended(io::Result<ExitStatus>),
    Cancelled,
}

/// The same program as the standard library has it.
fn prepared(command: &Command) -> std::process::Command {
    let program = environment::find_program(&command.program)
        .unwrap_or_else(|| command.program.clone().into());
    let mut prepared = std::process::Command::new(program);
    prepared
        .args(&command.arguments)
        .env_clear()
        .envs(environment::kept())
        .envs(
            command
                .environment
                .iter()
                .map(|(name, value)| (name, value)),
        )
        .process_group(0);
    if let Some(user) = command.user {
        // The standard library takes root's other groups away too.
        prepared.uid(user.uid).gid(user.gid);
    }
    prepared
}

fn not_started(command: &Command, error: &io::Error) -> CommandError {
    let ending = Ending::NotStarted(error.to_string());
    CommandError::new(command, ending, Output::default())
}

/// Runs `command` to its end and hands on each line as it comes; a cancel ends it.
///
/// # Errors
/// It could not be started, or did not end with exit code 0.
pub fn run(
    command: &Command,
    cancel: Option<&CancelToken>,
    on_line: &mut dyn FnMut(Stream, &str),
) -> Result<Output, CommandError> {
    let input = if command.input.is_some() {
        Stdio::piped()
    } else {
        Stdio::null()
    };
    let mut child = prepared(command)
        .stdin(input)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    let group = group_of(&child);
    let (sender, receiver) = channel();
    if let Some(out) = child.stdout.take() {
        read_lines(out, Stream::Out, sender.clone());
    }
    if let Some(err) = child.stderr.take() {
        read_lines(err, Stream::Err, sender.clone());
    }
    if let (Some(mut pipe), Some(secret)) = (child.stdin.take(), command.input.clone()) {
        // A program that ends without reading says why by its status.
        thread::spawn(move || drop(pipe.write_all(secret.expose().as_bytes())));
    }
    if let Some(token) = cancel {
        let sender = sender.clone();
        token.when_cancelled(move || drop(sender.send(Happening::Cancelled)));
    }
    thread::spawn(move || drop(sender.send(Happening::Ended(child.wait()))));
    follow(command, group, PATIENCE, &receiver, on_line)
}

fn group_of(child: &Child) -> Option<Pid> {
    i32::try_from(child.id()).ok().and_then(Pid::from_raw)
}

fn signal(group: Option<Pid>, signal: Signal) {
    if let Some(group) = group {
        // An error means that nobody is left, which is what was wanted.
        kill_process_group(group, signal).ok();
    }
}

fn read_lines(pipe: impl Read + Send + 'static, stream: Stream, sender: Sender<Happening>) {
    thread::spawn(move || {
        let mut reader = BufReader::new(pipe);
        let mut line = Vec::new();
        loop {
            line.clear();
            match reader
                .by_ref()
                .take(LONGEST_LINE)
                .read_until(b'\n', &mut line)
            {
                Ok(0) | Err(_) => break,
                Ok(_) => {
                    let text = String::from_utf8_lossy(&line);
                    let text = text.trim_end_matches(['\n', '\r']).to_owned();
                    if sender.send(Happening::Line(stream, text)).is_err() {
                        break;
                    }
                }
            }
        }
        drop(sender.send(Happening::Closed));
    });
}

/// Collects what happens until the program has ended and both outputs are closed. What SIGKILL does not
/// end within `patience` hangs in the kernel, on a dying disk mostly, and is given up.
fn follow(
    command: &Command,
    group: Option<Pid>,
    patience: Duration,
    receiver: &Receiver<Happening>,
    on_line: &mut dyn FnMut(Stream, &str),
) -> Result<Output, CommandError> {
    let mut output = Output::default();
    let mut open = 2;
    let mut status: Option<io::Result<ExitStatus>> = None;
    let mut stopped: Option<Ending> = None;
    let mut killed = false;
    let mut deadline = command.limit.map(|limit| Instant::now() + limit);
    while open > 0 || status.is_none() {
        match next(receiver, deadline) {
            Ok(Happening::Line(stream, line)) => {
                keep(&mut output, stream, &line);
                on_line(stream, &line);
            }
            Ok(Happening::Closed) => open -= 1,
            Ok(Happening::Ended(result)) => {
                status = Some(result);
                deadline = Some(Instant::now() + LAST_WORDS);
            }
            Ok(Happening::Cancelled) if status.is_none() && stopped.is_none() => {
                stopped = Some(Ending::Cancelled);
                signal(group, Signal::TERM);
                deadline = Some(Instant::now() + patience);
            }
            Ok(Happening::Cancelled) => {}
            Err(RecvTimeoutError::Timeout) if status.is_some() => break,
            Err(RecvTimeoutError::Timeout) if stopped.is_none() => {
                stopped = Some(Ending::TooLong(command.limit.unwrap_or_default()));
                signal(group, Signal::TERM);
                deadline = Some(Instant::now() + patience);
            }
            Err(RecvTimeoutError::Timeout) if killed => break,
            Err(RecvTimeoutError::Timeout) => {
                signal(group, Signal::KILL);
                killed = true;
                deadline = Some(Instant::now() + patience);
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    let ending = stopped.or_else(|| ending(status));
    match ending {
        None => Ok(output),
        Some(ending) => Err(CommandError::new(command, ending, output)),
    }
}

fn next(
    receiver: &Receiver<Happening>,
    deadline: Option<Instant>,
) -> Result<Happening, RecvTimeoutError> {
    match deadline {
        None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
        Some(deadline) => receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())),
    }
}

/// How it ended, if not well.
fn ending(status: Option<io::Result<ExitStatus>>) -> Option<Ending> {
    match status {
        Some(Ok(status)) if status.success() => None,
        Some(Ok(status)) => Some(match (status.code(), status.signal()) {
            (Some(code), _) => Ending::Code(code),
            (None, Some(number)) => Ending::Signal(number),
            (None, None) => Ending::Lost(status.to_string()),
        }),
        Some(Err(error)) => Some(Ending::Lost(error.to_string())),
        None => Some(Ending::Lost("its end was not reported".to_owned())),
    }
}

fn keep(output: &mut Output, stream: Stream, line: &str) {
    let text = match stream {
        Stream::Out => &mut output.stdout,
        Stream::Err => &mut output.stderr,
    };
    text.push_str(line);
    text.push('\n');
    if text.len() > 2 * KEPT {
        *text = super::command::tail(text, KEPT).to_owned();
    }
}

/// A program that goes on until it is let go.
#[derive(Debug)]
pub(crate) struct Running(Child);

/// Starts `command` and leaves it running, once it has printed a line on standard output.
pub(crate) fn start(command: &Command) -> Result<Running, CommandError> {
    let mut child = prepared(command)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    let (sender, receiver) = channel();
    if let Some(out) = child.stdout.take() {
        read_lines(out, Stream::Out, sender.clone());
    }
    if let Some(err) = child.stderr.take() {
        read_lines(err, Stream::Err, sender);
    }
    let mut output = Output::default();
    let deadline = Some(Instant::now() + PATIENCE);
    let silent = loop {
        match next(&receiver, deadline) {
            // The readers end with the receiver: nothing that it prints from now on is read.
            Ok(Happening::Line(Stream::Out, _)) => return Ok(Running(child)),
            Ok(Happening::Line(stream, line)) => keep(&mut output, stream, &line),
            Ok(_) => {}
            Err(RecvTimeoutError::Disconnected) => break None,
            Err(RecvTimeoutError::Timeout) => break Some(Ending::TooLong(PATIENCE)),
        }
    };
    let status = Running(child).stop();
    let nothing = || Ending::Lost("it ended without saying that it holds".to_owned());
    let ending = silent.or_else(|| ending(Some(status)));
    Err(CommandError::new(
        command,
        ending.unwrap_or_else(nothing),
        output,
    ))
}

impl Running {
    /// Ends the whole process group and waits for the end.
    pub(crate) fn stop(self) -> io::Result<ExitStatus> {
        let Self(mut child) = self;
        let group = group_of(&child);
        signal(group, Signal::TERM);
        let (sender, receiver) = channel();
        thread::spawn(move || drop(sender.send(child.wait())));
        match receiver.recv_timeout(PATIENCE) {
            Ok(result) => result,
            Err(_) => {
                signal(group, Signal::KILL);
                receiver.recv_timeout(PATIENCE).map_err(io::Error::other)?
            }
        }
    }
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
