//! How far Nix is: a pure reducer over its structured log.
//!
//! The bar never falls and is never full before Nix has ended well. Evaluation takes its first
//! tenth; the rest goes by unpacked bytes (nine parts) and by builds (one part), since a system is
//! gigabytes of finished packages and a few hundred tiny builds.

use super::event::{Phase, Progress};
use super::nix_log::{Field, LogLine, NixEvent, activity, plain, result};
use crate::evaluate::Announcement;
use crate::units::Bytes;
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// The part of the bar that evaluation takes.
const EVALUATION: f64 = 0.1;

/// After this many files about two thirds of the evaluation are done.
const TYPICAL_FILES: f64 = 800.0;

/// The bar stops here until Nix has ended well.
const ALMOST: f64 = 0.99;

/// How many lines of a build are kept for the case that it fails.
const KEPT_LINES: usize = 50;

/// How many builds that have ended are remembered with their lines.
const KEPT_BUILDS: usize = 16;

/// How often the speed is measured.
const SAMPLE: Duration = Duration::from_secs(1);

/// An activity that runs now.
#[derive(Debug, Default)]
struct Activity {
    kind: u64,
    /// The package, or what it waits for.
    name: String,
    phase: String,
    done: u64,
    expected: u64,
    failed: u64,
    /// What it expects of other kinds.
    expects: BTreeMap<u64, u64>,
    lines: VecDeque<String>,
}

/// Something to tell a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Note {
    /// A message, or a line that no part of the protocol was in.
    Line(String),
    /// A message that begins with `error:`, or of that level.
    Error(String),
}

/// What has been heard from Nix so far.
#[derive(Debug, Default)]
pub(super) struct BuildProgress {
    phase: Phase,
    files: u64,
    planned_builds: u64,
    planned_bytes: u64,
    running: BTreeMap<u64, Activity>,
    /// Bytes of copies that have ended.
    copied: u64,
    total: u64,
    fraction: f64,
    current: Option<u64>,
    sampled: Option<(Duration, u64)>,
    speed: Option<f64>,
    /// Builds that have ended lately, with their last lines: an error may name one of them.
    ended: VecDeque<Activity>,
    errors: Vec<String>,
}

impl BuildProgress {
    /// Takes a line of Nix's standard error in; `at` is the time since the beginning.
    pub(super) fn line(&mut self, line: &str, at: Duration) -> Option<Note> {
        let note = match LogLine::parse(line) {
            LogLine::Text(text) if text.trim().is_empty() => None,
            LogLine::Text(text) => Some(Note::Line(plain(&text))),
            LogLine::Nix(event) => self.event(event),
        };
        self.measure(at);
        self.advance();
        note
    }

    fn event(&mut self, event: NixEvent) -> Option<Note> {
        match event {
            NixEvent::Msg { level, msg } => return self.message(level, &plain(&msg)),
            NixEvent::Start {
                id,
                kind,
                text,
                fields,
                ..
            } => self.start(id, kind, &text, &fields),
            NixEvent::Stop { id } => self.stop(id),
            NixEvent::Result { id, kind, fields } => self.result(id, kind, &fields),
            NixEvent::Unknown => {}
        }
        None
    }

    fn message(&mut self, level: u64, text: &str) -> Option<Note> {
        if text.starts_with("evaluating file '") {
            self.files = self.files.saturating_add(1);
            return None;
        }
        if let Some(announced) = Announcement::read(text) {
            self.phase = self.phase.max(Phase::Plan);
            match announced {
                Announcement::Builds(count) => {
                    self.planned_builds = self.planned_builds.max(count);
                }
                Announcement::Fetches { unpacked, .. } => {
                    self.planned_bytes = self.planned_bytes.max(unpacked.0);
                }
                Announcement::Unobtainable => {}
            }
        }
        if level == 0 {
            self.errors.push(text.to_owned());
            return Some(Note::Error(text.to_owned()));
        }
        (level <= 3 && !text.trim().is_empty()).then(|| Note::Line(text.to_owned()))
    }

    fn start(&mut self, id: u64, kind: u64, text: &str, fields: &[Field]) {
        let path = fields.first().map_or("", Field::text);
        let name = match kind {
            activity::COPY_PATH | activity::BUILD => package(path),
            _ => plain(text),
        };
        let begun = Activity {
            kind,
            name,
            ..Activity::default()
        };
        self.running.insert(id, begun);
        let shown = [
            activity::COPY_PATH,
            activity::FILE_TRANSFER,
            activity::BUILD,
            activity::BUILD_WAITING,
        ];
        if [activity::COPY_PATH, activity::BUILD].contains(&kind) {
            self.phase = Phase::Realise;
        }
        if shown.contains(&kind) {
            self.current = Some(id);
        }
    }

    fn stop(&mut self, id: u64) {
        match self.running.remove(&id) {
            Some(copy) if copy.kind == activity::COPY_PATH => {
                self.copied = self.copied.saturating_add(copy.done);
            }
            Some(build) if build.kind == activity::BUILD => {
                if self.ended.len() == KEPT_BUILDS {
                    self.ended.pop_front();
                }
                self.ended.push_back(build);
            }
            _ => {}
        }
    }

    fn result(&mut self, id: u64, kind: u64, fields: &[Field]) {
        let Some(told) = self.running.get_mut(&id) else {
            return;
        };
        let number = |i: usize| fields.get(i).map_or(0, Field::number);
        match kind {
            result::PROGRESS => {
                (told.done, told.expected, told.failed) = (number(0), number(1), number(3));
            }
            result::SET_EXPECTED => {
                told.expects.insert(number(0), number(1));
            }
            result::SET_PHASE => fields
                .first()
                .map_or("", Field::text)
                .clone_into(&mut told.phase),
            result::BUILD_LOG_LINE => {
                if told.lines.len() == KEPT_LINES {
                    told.lines.pop_front();
                }
                let line = fields.first().map_or("", Field::text);
                told.lines.push_back(plain(line));
                self.current = Some(id);
            }
            _ => {}
        }
    }

    /// Bytes that have arrived.
    fn done(&self) -> u64 {
        let copies = self
            .running
            .values()
            .filter(|a| a.kind == activity::COPY_PATH);
        copies.fold(self.copied, |sum, copy| sum.saturating_add(copy.done))
    }

    fn measure(&mut self, at: Duration) {
        let done = self.done();
        match self.sampled {
            None => self.sampled = Some((at, done)),
            Some((then, before)) if at >= then + SAMPLE => {
                let rate = done.saturating_sub(before) as f64 / (at - then).as_secs_f64();
                self.speed = Some(self.speed.map_or(rate, |old| 0.7 * old + 0.3 * rate));
                self.sampled = Some((at, done));
            }
            Some(_) => {}
        }
    }

    fn advance(&mut self) {
        let expected: u64 = self
            .running
            .values()
            .filter_map(|a| a.expects.get(&activity::COPY_PATH))
            .fold(0, |sum, amount| sum.saturating_add(*amount));
        self.total = self
            .total
            .max(expected)
            .max(self.planned_bytes)
            .max(self.done());
        let evaluated = 1.0 - (-(self.files as f64) / TYPICAL_FILES).exp();
        let now = match self.phase {
            Phase::Evaluate => EVALUATION * evaluated,
            Phase::Plan => EVALUATION,
            Phase::Realise => EVALUATION + (1.0 - EVALUATION) * self.realised(),
        };
        self.fraction = self.fraction.max(now.clamp(0.0, ALMOST));
    }

    fn realised(&self) -> f64 {
        let counter = self.running.values().find(|a| a.kind == activity::BUILDS);
        let (built, builds) = counter.map_or((0, 0), |c| (c.done, c.expected));
        let builds = builds.max(self.planned_builds);
        let part = |done: u64, total: u64| (done as f64 / total as f64).min(1.0);
        match (self.total, builds) {
            (0, 0) => 0.0,
            (0, builds) => part(built, builds),
            (total, 0) => part(self.done(), total),
            (total, builds) => 0.9 * part(self.done(), total) + 0.1 * part(built, builds),
        }
    }

    /// How far it is now.
    pub(super) fn now(&self) -> Progress {
        Progress {
            phase: self.phase,
            // Four digits are plenty, and read back as they were written.
            fraction: (self.fraction * 1e4).floor() / 1e4,
            done: Bytes(self.done()),
            total: Bytes(self.total),
            speed: self.speed.map(|speed| Bytes(speed as u64)),
            current: self.label(),
        }
    }

    /// How far it is when Nix has ended with exit code 0.
    pub(super) fn finished(&self) -> Progress {
        Progress {
            fraction: 1.0,
            current: None,
            ..self.now()
        }
    }

    fn label(&self) -> Option<String> {
        let activity = self.running.get(&self.current?)?;
        let phase = match activity.phase.as_str() {
            "" => String::new(),
            phase => format!(" ({phase})"),
        };
        (!activity.name.is_empty()).then(|| format!("{}{phase}", activity.name))
    }

    /// What to tell when Nix has failed: its errors, and the last lines of the builds they name.
    pub(super) fn failure(&self) -> String {
        let mut text = self.errors.join("\n");
        let builds = self.ended.iter().chain(self.running.values());
        for build in builds.filter(|build| build.kind == activity::BUILD) {
            let derivation = format!("-{}.drv'", build.name);
            if self.errors.iter().any(|error| error.contains(&derivation)) {
                text.push_str(&format!("\nthe last lines of {}:", build.name));
                for line in &build.lines {
                    text.push_str("\n  ");
                    text.push_str(line);
                }
            }
        }
        text
    }
}

/// The name of a package from its store path: no folder, no hash, no `.drv`.
fn package(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.strip_suffix(".drv").unwrap_or(name);
    match name.split_once('-') {
        Some((hash, name)) if hash.len() == 32 => name.to_owned(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
#[path = "progress_tests.rs"]
mod tests;
