//! Events as lines on a terminal, or as plain lines where there is none.

use crate::engine::{ErrorReport, Event, EventKind, Outcome, Progress};
use std::io::{IsTerminal, Write};

/// How wide the bar of the build is, in characters.
const BAR: usize = 24;

/// Shows events on standard output as they come.
pub(super) struct Display<W> {
    out: W,
    /// Whether a line can be drawn over.
    terminal: bool,
    steps: u32,
    /// Whether the last thing drawn was a bar that the next line replaces.
    bar: bool,
    /// The last tenth of the build that a plain line told.
    told: u32,
}

impl Display<std::io::Stdout> {
    /// On standard output.
    pub(super) fn stdout() -> Self {
        let out = std::io::stdout();
        let terminal = out.is_terminal();
        Self::new(out, terminal)
    }
}

impl<W: Write> Display<W> {
    fn new(out: W, terminal: bool) -> Self {
        Self {
            out,
            terminal,
            steps: 0,
            bar: false,
            told: 0,
        }
    }

    /// Shows one event.
    ///
    /// # Errors
    /// The output could not be written; the installation goes on all the same.
    pub(super) fn show(&mut self, event: &Event) -> std::io::Result<()> {
        match &event.kind {
            EventKind::Started { nonce, steps } => {
                self.steps = *steps;
                self.line(&format!("Installation {nonce}"))
            }
            EventKind::StepStarted { step, title } => {
                self.line(&format!("[{step:>2}/{}] {title}", self.steps))
            }
            EventKind::StepFinished { step, seconds } if *seconds >= 1.0 => {
                self.line(&format!("[{step:>2}/{}] took {seconds:.1} s", self.steps))
            }
            EventKind::StepFinished { .. } | EventKind::Log { .. } => Ok(()),
            EventKind::Progress(progress) => self.progress(progress),
            EventKind::Warning { text } => self.line(&format!("warning: {text}")),
            EventKind::StepFailed { step, .. } => {
                self.line(&format!("[{step:>2}/{}] FAILED", self.steps))
            }
            EventKind::Finished { outcome } => self.line(&describe(outcome)),
        }
    }

    fn line(&mut self, text: &str) -> std::io::Result<()> {
        if std::mem::take(&mut self.bar) {
            write!(self.out, "\r\x1b[K")?;
        }
        writeln!(self.out, "{text}")?;
        self.out.flush()
    }

    fn progress(&mut self, progress: &Progress) -> std::io::Result<()> {
        let percent = (progress.fraction * 100.0).floor();
        let amount = match progress.total.0 {
            0 => String::new(),
            _ => format!("  {} of {}", progress.done, progress.total),
        };
        let speed = match progress.speed {
            Some(speed) if speed.0 > 0 => format!("  {speed}/s"),
            _ => String::new(),
        };
        let current = progress.current.as_deref().unwrap_or_default();
        if self.terminal {
            let full = ((progress.fraction * BAR as f64) as usize).min(BAR);
            let bar = format!("{}{}", "█".repeat(full), "░".repeat(BAR - full));
            self.bar = true;
            write!(
                self.out,
                "\r\x1b[K  {bar} {percent:3.0} %{amount}{speed}  {current}"
            )?;
            return self.out.flush();
        }
        let tenth = (progress.fraction * 10.0) as u32;
        if tenth > self.told {
            self.told = tenth;
            self.line(&format!("        {percent:.0} %{amount}{speed}  {current}"))?;
        }
        Ok(())
    }
}

/// The end of an installation in words.
pub(super) fn describe(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Done => {
            "NixOS is installed, and what was written has been read back. Remove the medium and \
             restart the computer."
                .to_owned()
        }
        Outcome::DoneWithWarnings { warnings } => format!(
            "NixOS is installed, with warnings:\n  {}\nRemove the medium and restart the computer.",
            warnings.join("\n  ")
        ),
        Outcome::Failed {
            step: Some(step),
            error,
        } => {
            format!(
                "The installation failed at step {step}.\n{}",
                describe_error(error)
            )
        }
        Outcome::Failed { step: None, error } => {
            format!(
                "The installation was refused; nothing was changed.\n{}",
                describe_error(error)
            )
        }
        Outcome::Cancelled { after } => format!("The installation was stopped after step {after}."),
    }
}

fn describe_error(error: &ErrorReport) -> String {
    let mut text = error.message.clone();
    if let Some(command) = &error.command {
        text.push_str(&format!(
            "\n  {}: {}",
            command.arguments.join(" "),
            command.status
        ));
        for line in command.stdout.lines().chain(command.stderr.lines()) {
            text.push_str(&format!("\n  │ {line}"));
        }
    }
    text
}
