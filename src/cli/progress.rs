//! Events as people or programs read them: a list of steps with one line that is drawn anew on a
//! terminal, plain lines elsewhere, JSON lines on request.

use crate::engine::{Cause, ErrorReport, Event, EventKind, Outcome, Phase, Progress};
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// How wide the bar is, in characters.
const BAR: usize = 20;

/// The width of a terminal that does not say how wide it is.
const USUAL_WIDTH: usize = 80;

/// How often the line is drawn anew at most.
const REDRAW: Duration = Duration::from_millis(100);

/// How events are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// A line can be drawn over.
    Terminal,
    Plain,
    Json,
}

/// Shows events on standard output as they come.
pub(super) struct Display<W> {
    out: W,
    form: Form,
    /// How many columns there are; asked again for each line, since windows change.
    width: fn() -> usize,
    steps: u32,
    /// The step that runs now: number and title.
    running: Option<(u32, String)>,
    /// When the running step's line was last drawn.
    drawn: Option<Instant>,
    /// The last tenth of the build that a plain line told.
    told: u32,
}

impl Display<std::io::Stdout> {
    /// On standard output.
    pub(super) fn stdout(json: bool) -> Self {
        let out = std::io::stdout();
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let form = match (json, out.is_terminal() && !dumb) {
            (true, _) => Form::Json,
            (false, true) => Form::Terminal,
            (false, false) => Form::Plain,
        };
        Self::new(out, form, terminal_width)
    }
}

fn terminal_width() -> usize {
    match rustix::termios::tcgetwinsize(std::io::stdout()) {
        Ok(size) if size.ws_col > 0 => usize::from(size.ws_col),
        _ => USUAL_WIDTH,
    }
}

impl<W: Write> Display<W> {
    fn new(out: W, form: Form, width: fn() -> usize) -> Self {
        Self {
            out,
            form,
            width,
            steps: 0,
            running: None,
            drawn: None,
            told: 0,
        }
    }

    /// Shows one event.
    ///
    /// # Errors
    /// The output could not be written; the installation goes on all the same.
    pub(super) fn show(&mut self, event: &Event) -> std::io::Result<()> {
        if self.form == Form::Json {
            serde_json::to_writer(&mut self.out, event)?;
            self.out.write_all(b"\n")?;
            return self.out.flush();
        }
        match &event.kind {
            EventKind::Started { nonce, steps } => {
                self.steps = *steps;
                self.line(&format!("Installation {nonce}"))
            }
            EventKind::Resumed { step, steps } => {
                self.steps = *steps;
                self.line(&format!("Trying again, from step {step}"))
            }
            EventKind::StepStarted { step, title } => self.begin(*step, title),
            EventKind::StepFinished { seconds, .. } => self.end(*seconds),
            EventKind::StepFailed { .. } => self.close("FAILED"),
            EventKind::Progress(progress) => self.progress(progress),
            EventKind::Warning { text } => self.line(&format!("warning: {text}")),
            EventKind::Log { .. } => Ok(()),
            EventKind::Finished { outcome } => {
                self.close("stopped")?;
                self.line(&format!("\n{}", describe(outcome)))
            }
        }
    }

    /// Tells something beside the events, on standard error; the line that is drawn anew makes way.
    pub(super) fn aside(&mut self, text: &str) -> std::io::Result<()> {
        self.make_way()?;
        self.out.flush()?;
        writeln!(std::io::stderr(), "nevado: {text}")
    }

    fn begin(&mut self, step: u32, title: &str) -> std::io::Result<()> {
        let head = self.head(step, title);
        self.running = Some((step, title.to_owned()));
        self.told = 0;
        match self.form {
            Form::Terminal => self.draw(&format!("{head} …")),
            _ => self.line(&head),
        }
    }

    fn head(&self, step: u32, title: &str) -> String {
        format!("[{step:>2}/{}] {title}", self.steps)
    }

    /// The running step ended well.
    fn end(&mut self, seconds: f64) -> std::io::Result<()> {
        let took = if seconds >= 1.0 {
            took(seconds)
        } else {
            String::new()
        };
        match (self.form, self.running.take()) {
            (Form::Terminal, Some((step, title))) => {
                let line = format!("{}  {took}", self.head(step, &title));
                self.draw(line.trim_end())?;
                self.drawn = None;
                writeln!(self.out)
            }
            (_, Some((step, _))) if !took.is_empty() => {
                self.line(&self.head(step, &format!("took {took}")))
            }
            _ => Ok(()),
        }
    }

    /// The running step, if there is one, ended in another way.
    fn close(&mut self, word: &str) -> std::io::Result<()> {
        match self.running.take() {
            None => Ok(()),
            Some((step, title)) => {
                let line = format!("{}: {word}", self.head(step, &title));
                self.line(&line)
            }
        }
    }

    /// A whole line; the line of the running step makes way and comes back with the next progress.
    fn line(&mut self, text: &str) -> std::io::Result<()> {
        self.make_way()?;
        writeln!(self.out, "{text}")?;
        self.out.flush()
    }

    /// Removes the running step's line, if it is drawn.
    fn make_way(&mut self) -> std::io::Result<()> {
        match self.drawn.take() {
            Some(_) => write!(self.out, "\r\x1b[K"),
            None => Ok(()),
        }
    }

    /// The running step's line, over what was drawn before.
    fn draw(&mut self, text: &str) -> std::io::Result<()> {
        self.drawn = Some(Instant::now());
        write!(self.out, "\r\x1b[K{}", clipped(text, (self.width)()))?;
        self.out.flush()
    }

    fn progress(&mut self, progress: &Progress) -> std::io::Result<()> {
        let Some((step, title)) = self.running.clone() else {
            return Ok(());
        };
        let head = self.head(step, &title);
        if self.form == Form::Terminal {
            if self.drawn.is_some_and(|drawn| drawn.elapsed() < REDRAW) {
                return Ok(());
            }
            let line = format!("{head}  {}  {}", bar(progress.fraction), details(progress));
            return self.draw(line.trim_end());
        }
        let tenth = (progress.fraction * 10.0) as u32;
        if tenth > self.told {
            self.told = tenth;
            self.line(&format!("{head}: {}", details(progress)))?;
        }
        Ok(())
    }
}

fn bar(fraction: f64) -> String {
    let full = ((fraction * BAR as f64) as usize).min(BAR);
    format!("{}{}", "█".repeat(full), "░".repeat(BAR - full))
}

/// Percent, bytes, speed, time left and package, as far as they are known.
fn details(progress: &Progress) -> String {
    let mut parts = vec![format!("{:.0} %", (progress.fraction * 100.0).floor())];
    if progress.phase == Phase::Evaluate {
        parts.push("reading the configuration".to_owned());
    }
    if progress.total.0 > 0 {
        parts.push(format!("{} of {}", progress.done, progress.total));
    }
    if let Some(speed) = progress.speed.filter(|speed| speed.0 > 0) {
        parts.push(format!("{speed}/s"));
    }
    parts.extend(time_left(progress));
    parts.extend(progress.current.clone());
    parts.join(", ")
}

/// How long the rest takes at the speed of now; rounded up, so that it does not flicker.
fn time_left(progress: &Progress) -> Option<String> {
    let speed = progress.speed.filter(|speed| speed.0 > 0)?.0;
    let rest = progress.total.0.checked_sub(progress.done.0)?;
    let seconds = rest.div_ceil(speed);
    match seconds {
        0 => None,
        1..=59 => Some(format!("{} s left", seconds.div_ceil(10) * 10)),
        60..=5399 => Some(format!("{} min left", seconds.div_ceil(60))),
        5400..=359_999 => Some(format!("{} h left", seconds.div_ceil(3600))),
        _ => None,
    }
}

/// A duration as people say it: `4.2 s`, `3 min 12 s`.
fn took(seconds: f64) -> String {
    if seconds < 60.0 {
        return format!("{seconds:.1} s");
    }
    let whole = seconds.round() as u64;
    format!("{} min {} s", whole / 60, whole % 60)
}

/// At most one column less than there are: a full line would wrap and could not be drawn over.
fn clipped(text: &str, width: usize) -> String {
    let room = width.saturating_sub(1).max(1);
    if text.chars().count() <= room {
        return text.to_owned();
    }
    let kept: String = text.chars().take(room - 1).collect();
    format!("{kept}…")
}

/// The end of an installation in words.
fn describe(outcome: &Outcome) -> String {
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
                "The installation failed at step {step}.\n{}\n\
                 When that is mended, `nevado retry` goes on from this step.",
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
    let cause = Cause::of(error).map(|cause| format!("{}\n", cause.told().join(" ")));
    let mut text = cause.unwrap_or_default() + &error.message;
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

#[cfg(test)]
#[path = "progress_tests.rs"]
mod tests;
