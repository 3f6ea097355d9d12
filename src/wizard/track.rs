//! How far an installation is: a pure reducer over its events.

use super::step::{Doing, TrackedStep};
use crate::engine::protocol::PlannedStep;
use crate::engine::{ErrorReport, Event, EventKind, Outcome, Phase, Progress, since_1970};
use crate::plan::Plan;
use std::collections::VecDeque;

/// How many lines of the log are kept to be shown.
const KEPT_LINES: usize = 2000;

/// What a line of the log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    Plain,
    Warning,
    Error,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) kind: LineKind,
    pub(crate) text: String,
}

/// Seconds from one time to a later one, as events have them; none where the clock was set back.
fn seconds_between(from: &str, to: &str) -> Option<f64> {
    let between = since_1970(to)?.checked_sub(since_1970(from)?)?;
    Some(between.as_secs_f64())
}

/// An installation as far as it has come.
#[derive(Debug, Default)]
pub(crate) struct Track {
    pub(crate) steps: Vec<TrackedStep>,
    /// The step that runs, from 0.
    pub(crate) current: Option<usize>,
    fraction: f64,
    /// What the step does that runs, and which part of it is done with that.
    doing: Option<(Doing, f64)>,
    /// When the step began that runs, in seconds from the first event.
    since: f64,
    /// What Nix is doing, while it builds.
    pub(crate) progress: Option<Progress>,
    pub(crate) log: VecDeque<Line>,
    pub(crate) warnings: Vec<String>,
    pub(crate) outcome: Option<Outcome>,
    begin: Option<String>,
    /// Seconds from the first event to the last.
    pub(crate) seconds: f64,
}

impl Track {
    /// For a plan.
    pub(crate) fn new(plan: &Plan) -> Self {
        Self::of_steps(PlannedStep::all(plan))
    }

    /// For the steps of a plan.
    pub(crate) fn of_steps(steps: impl IntoIterator<Item = PlannedStep>) -> Self {
        let steps = steps.into_iter().map(TrackedStep::of);
        Self {
            steps: steps.collect(),
            ..Self::default()
        }
    }

    /// Of the whole, 0 to 1; never falls, and is 1 only when the system is installed.
    pub(crate) const fn fraction(&self) -> f64 {
        self.fraction
    }

    /// The step with this number in the plan, from 1, if its name is known.
    pub(crate) fn step(&self, number: u32) -> Option<&TrackedStep> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        self.steps.get(index).filter(|step| !step.title.is_empty())
    }

    /// Takes an event in.
    pub(crate) fn event(&mut self, event: &Event) {
        let begin = self.begin.get_or_insert_with(|| event.time.clone());
        self.seconds = seconds_between(begin, &event.time).unwrap_or(self.seconds);
        match &event.kind {
            EventKind::Started { steps, .. } | EventKind::Resumed { steps, .. } => {
                self.outcome = None;
                self.resize(*steps);
            }
            EventKind::StepStarted { step, title } => {
                let index = usize::try_from(*step).unwrap_or(1).saturating_sub(1);
                self.current = Some(index);
                (self.progress, self.doing, self.since) = (None, None, self.seconds);
                if let Some(step) = self.steps.get_mut(index) {
                    step.call(title);
                }
                self.line(LineKind::Plain, format!("— {title}"));
            }
            EventKind::StepFinished { step, seconds } => {
                let index = usize::try_from(*step).unwrap_or(1).saturating_sub(1);
                if let Some(step) = self.steps.get_mut(index) {
                    step.seconds = Some(*seconds);
                }
                (self.progress, self.doing) = (None, None);
            }
            EventKind::StepFailed { error, .. } => self.error(error),
            EventKind::Log { text, .. } => {
                self.doing = Doing::of(text).or_else(|| self.doing.take());
                self.line(LineKind::Plain, text.clone());
            }
            EventKind::Progress(progress) => self.progress = Some(progress.clone()),
            EventKind::Warning { text } => {
                self.warnings.push(text.clone());
                self.line(LineKind::Warning, text.clone());
            }
            EventKind::Finished { outcome } => {
                self.current = None;
                self.outcome = Some(outcome.clone());
            }
        }
        self.advance();
    }

    /// As many steps as the engine says; a recording may have others than the plan.
    fn resize(&mut self, steps: u32) {
        let steps = usize::try_from(steps).unwrap_or(usize::MAX).min(1000);
        if self.steps.len() != steps {
            self.steps = vec![TrackedStep::of(PlannedStep::default()); steps];
        }
    }

    fn error(&mut self, error: &ErrorReport) {
        self.line(LineKind::Error, error.message.clone());
        if let Some(command) = &error.command {
            let lines = command.stdout.lines().chain(command.stderr.lines());
            let lines: Vec<String> = lines.map(str::to_owned).collect();
            for line in lines {
                self.line(LineKind::Error, line);
            }
        }
    }

    fn line(&mut self, kind: LineKind, text: String) {
        if self.log.len() == KEPT_LINES {
            self.log.pop_front();
        }
        self.log.push_back(Line { kind, text });
    }

    fn advance(&mut self) {
        let total: f64 = self.steps.iter().map(|step| step.weight).sum();
        let ended: f64 = self
            .steps
            .iter()
            .filter(|step| step.seconds.is_some())
            .map(|step| step.weight)
            .sum();
        let running = self.current.and_then(|index| self.steps.get(index));
        let part = match (running, &self.progress) {
            (Some(step), Some(progress)) if step.seconds.is_none() => {
                step.weight * progress.fraction.clamp(0.0, 1.0)
            }
            (Some(step), None) if step.seconds.is_none() => {
                let done = self.doing.as_ref().map_or(0.0, |(_, done)| *done);
                step.weight * done
            }
            _ => 0.0,
        };
        let installed = self.outcome.as_ref().is_some_and(Outcome::is_installed);
        let now = if installed {
            1.0
        } else {
            (ended + part) / total.max(f64::MIN_POSITIVE) * 0.99
        };
        self.fraction = self.fraction.max(now.clamp(0.0, 1.0));
    }

    /// Seconds until all is done, from what was measured here; none while nobody can know: before the
    /// build, and in it while nothing is copied.
    pub(crate) fn left(&self) -> Option<f64> {
        Some(self.build_left()? + self.others_left()?)
    }

    /// What the build still takes at its present speed; nothing once it has ended.
    fn build_left(&self) -> Option<f64> {
        let place = self.steps.iter().position(TrackedStep::is_build)?;
        if self.steps.get(place)?.seconds.is_some() {
            return Some(0.0);
        }
        let progress = self
            .progress
            .as_ref()
            .filter(|_| self.current == Some(place))?;
        let speed = progress.speed.filter(|speed| speed.0 > 0)?;
        let rest = progress.total.0.checked_sub(progress.done.0)?;
        (rest > 0).then(|| rest as f64 / speed.0 as f64)
    }

    /// What the other steps still take, as long as those that have ended took for their weight.
    fn others_left(&self) -> Option<f64> {
        let others = || self.steps.iter().filter(|step| !step.is_build());
        let ended = others().filter_map(|step| Some((step.weight, step.seconds?)));
        let sum = |(weights, all): (f64, f64), (weight, seconds)| (weights + weight, all + seconds);
        let (weights, seconds) = ended.fold((0.0, 0.0), sum);
        let rest: f64 = others()
            .filter(|step| step.seconds.is_none())
            .map(|step| step.weight)
            .sum();
        (weights > 0.0).then(|| seconds / weights * rest)
    }

    /// What the step does that runs.
    pub(crate) fn doing(&self) -> Option<&Doing> {
        self.doing.as_ref().map(|(doing, _)| doing)
    }

    /// How long the step has run, by the last event, in seconds.
    pub(crate) fn in_step(&self) -> f64 {
        self.seconds - self.since
    }

    /// The phase of Nix as the key of its text.
    pub(crate) fn phase_key(&self) -> Option<&'static str> {
        self.progress.as_ref().map(|progress| match progress.phase {
            Phase::Evaluate => "phase-evaluate",
            Phase::Plan => "phase-plan",
            Phase::Realise => "phase-realise",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::replay::{INCLUDED, read_journal};
    use crate::units::Bytes;

    /// The steps of the recorded installation, whose plan is of an older format.
    fn recorded_steps() -> Vec<PlannedStep> {
        let plan = include_str!("../../tests/recordings/uefi-erase-ext4.plan.json");
        let plan: serde_json::Value = serde_json::from_str(plan).unwrap();
        let steps = plan["steps"].as_array().unwrap().iter();
        let step = |step: &serde_json::Value| PlannedStep {
            action: step["action"]["do"].as_str().unwrap().to_owned(),
            ..PlannedStep::default()
        };
        steps.map(step).collect()
    }

    #[test]
    fn the_bar_never_falls_and_is_full_only_at_the_end() {
        let mut track = Track::default();
        let (mut before, mut different) = (0.0, 0);
        for event in read_journal(INCLUDED).unwrap() {
            let event = event.event;
            track.event(&event);
            assert!(track.fraction() >= before, "{event:?}");
            different += u32::from(track.fraction() > before);
            before = track.fraction();
            let ended = matches!(event.kind, EventKind::Finished { .. });
            assert_eq!(track.fraction() >= 1.0, ended, "{event:?}");
        }
        assert!(different > 15, "{different}");
        assert_eq!(track.outcome, Some(Outcome::Done));
        assert_eq!(track.seconds.round(), 28.0);
    }

    #[test]
    fn what_is_left_is_told_once_it_can_be_known_and_is_near_the_truth() {
        let recorded = read_journal(INCLUDED).unwrap();
        let last = &recorded.last().unwrap().event.time;
        let mut track = Track::of_steps(recorded_steps());
        let mut told = 0;
        for event in recorded.iter().map(|timed| &timed.event) {
            track.event(event);
            let EventKind::StepStarted { step, .. } = event.kind else {
                continue;
            };
            let is_after_build = step > 13;
            assert_eq!(track.left().is_some(), is_after_build, "step {step}");
            if let Some(left) = track.left() {
                let real = seconds_between(&event.time, last).unwrap();
                assert!(
                    left < 3.0 * real + 2.0 && real < 3.0 * left + 2.0,
                    "{left} {real}"
                );
                told += 1;
            }
        }
        assert_eq!(told, 5);
    }

    #[test]
    fn a_build_that_copies_is_told_with_what_comes_behind_it() {
        let mut track = Track::of_steps(recorded_steps());
        let mut tell = |kind| {
            track.event(&Event::new(std::time::UNIX_EPOCH, kind));
            track.left()
        };
        for step in 1..=12 {
            assert_eq!(tell(EventKind::StepFinished { step, seconds: 2.0 }), None);
        }
        let title = "Build the system".to_owned();
        assert_eq!(tell(EventKind::StepStarted { step: 13, title }), None);
        let progress = |speed| {
            EventKind::Progress(Progress {
                phase: Phase::Realise,
                fraction: 0.5,
                done: Bytes(1000),
                total: Bytes(7000),
                speed,
                current: None,
            })
        };
        assert_eq!(tell(progress(None)), None);
        assert_eq!(tell(progress(Some(Bytes(0)))), None);
        // One minute of copying, and 16 of 37 weights that are no build: 24 s are behind 21 of them.
        let left = tell(progress(Some(Bytes(100)))).unwrap();
        assert!((left - (60.0 + 24.0 / 21.0 * 16.0)).abs() < 0.01, "{left}");
    }

    #[test]
    fn a_failure_leaves_the_bar_where_it_was_and_shows_its_command() {
        let error = ErrorReport {
            message: "mkfs failed".to_owned(),
            command: Some(crate::engine::FailedCommand {
                arguments: vec!["mkfs.ext4".to_owned()],
                status: "exit code 1".to_owned(),
                stdout: String::new(),
                stderr: "no space\nat all".to_owned(),
            }),
        };
        let mut track = Track::default();
        let tell = |track: &mut Track, kind| {
            track.event(&Event::new(std::time::UNIX_EPOCH, kind));
        };
        let error_of = |error: &ErrorReport| EventKind::StepFailed {
            step: 2,
            error: error.clone(),
        };
        tell(&mut track, error_of(&error));
        let outcome = Outcome::Failed {
            step: Some(2),
            error,
        };
        tell(&mut track, EventKind::Finished { outcome });
        assert!(track.fraction() < 1.0);
        let lines: Vec<&str> = track.log.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(lines, ["mkfs failed", "no space", "at all"]);
    }
}
