//! Install: how far it is, what is being done, the log, and the way to stop it.

mod steps;
mod stop;

pub(crate) use steps::RUNNING;
pub(crate) use stop::GO_ON;

use super::{Context, Page, log, sheet};
use crate::engine::front::{Following, Scope};
use crate::engine::protocol::PlannedStep;
use crate::engine::{Event, EventKind};
use crate::plan::{Interruption, Plan};
use crate::wizard::Element;
use crate::wizard::step::{Doing, TrackedStep};
use crate::wizard::theme::{Palette, space};
use crate::wizard::track::Track;
use crate::wizard::widget::{
    Kind, button, card, head, muted, progress_bar, scrollable_with, slide, small, strong,
};
use iced::time::Instant;
use iced::widget::{Space, column, container, responsive, row};
use iced::{Center, Fill, Task};

#[derive(Clone, Debug)]
pub(crate) enum Message {
    Log(log::Message),
    ToggleTips,
    /// To stop, which is asked about first.
    Cancel,
    /// Not to stop.
    GoOn,
    Stop,
}

/// What the program has to do after a message.
pub(crate) enum Action {
    None,
    /// The focus goes there.
    Focus(&'static str),
    Cancel,
    /// What the log asks of the window.
    Log(Task<Message>),
}

/// A step that takes longer than this says for how long, in seconds.
const LONG: f64 = 5.0;

/// How long a slide is shown, in seconds.
const SLIDE: f64 = 7.0;

/// A slide lower than this has no room for its picture, in logical pixels.
const ROOM_FOR_SLIDE: f32 = 180.0;

/// Steps and tips in less height than this stand closer, in logical pixels.
const ROOM_FOR_SPACE: f32 = 290.0;

/// How many slides there are.
const SLIDES: usize = 4;

/// Where an installation stands, beside what its events tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Situation {
    /// The engine has not said yet that it does it.
    HandingOver,
    /// It did not take it, and why: nothing was changed.
    NotBegun(String),
    Running,
    /// The outcome is there.
    Ended,
    /// The engine is gone before there was an outcome.
    Lost(String),
}

/// Whether it is to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stopping {
    No,
    /// The person wants it.
    Asked,
    /// The engine will, at the end of this step, or at once.
    At(u32, Interruption),
}

#[derive(Debug)]
pub(crate) struct State {
    /// What was handed over; nothing for an installation that was found.
    pub(crate) plan: Option<Box<Plan>>,
    pub(crate) track: Track,
    pub(crate) situation: Situation,
    pub(crate) stopping: Stopping,
    /// Whether the person is asked about it.
    pub(crate) asking: bool,
    pub(crate) log: log::State,
    tips: bool,
    following: Following,
    /// When something was told last, by the clock that ticks.
    told: Option<Instant>,
    /// Seconds since then.
    silent: f64,
}

impl State {
    /// An installation of this plan that is being handed over.
    pub(crate) fn of_plan(plan: &Plan) -> Self {
        let following = Following::new(Scope::All, true, 0);
        Self {
            plan: Some(Box::new(plan.clone())),
            ..Self::new(Track::new(plan), Situation::HandingOver, following)
        }
    }

    /// One that the engine has already: whether it is going on, how many events there are, and the
    /// steps as far as they are known.
    pub(crate) fn found(running: bool, events: u64, steps: Vec<PlannedStep>) -> Self {
        let following = Following::new(Scope::All, running, events);
        Self::new(Track::of_steps(steps), Situation::Running, following)
    }

    fn new(track: Track, situation: Situation, following: Following) -> Self {
        Self {
            plan: None,
            track,
            situation,
            stopping: Stopping::No,
            asking: false,
            log: log::State::default(),
            tips: true,
            following,
            told: None,
            silent: 0.0,
        }
    }

    pub(crate) fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Log(message) => return Action::Log(self.log.update(message)),
            Message::ToggleTips => self.tips = !self.tips,
            Message::Cancel if self.can_stop() => {
                self.asking = true;
                return Action::Focus(GO_ON);
            }
            Message::GoOn => {
                self.asking = false;
                return Action::Focus("cancel");
            }
            Message::Stop if self.can_stop() => {
                (self.asking, self.stopping) = (false, Stopping::Asked);
                return Action::Cancel;
            }
            Message::Cancel | Message::Stop => {}
        }
        Action::None
    }

    /// Whether it is of use to stop it.
    fn can_stop(&self) -> bool {
        self.stopping == Stopping::No && self.situation == Situation::Running
    }

    /// Takes events in; a later attempt takes the outcome of an earlier one back.
    pub(crate) fn events(&mut self, events: Vec<Event>) {
        for event in events {
            if let EventKind::Started { .. } | EventKind::Resumed { .. } = event.kind {
                self.stopping = Stopping::No;
            }
            let (shown, end) = self.following.next(event);
            for event in &shown {
                self.track.event(event);
            }
            self.asking &= end.is_none();
            self.situation = match end {
                Some(_) => Situation::Ended,
                None => Situation::Running,
            };
        }
        (self.told, self.silent) = (None, 0.0);
    }

    /// Whether the engine works on it, as far as it is known.
    pub(crate) const fn is_going_on(&self) -> bool {
        matches!(self.situation, Situation::HandingOver | Situation::Running)
    }

    /// Lets the clock that is shown go on while nothing is told.
    pub(crate) fn tick(&mut self, now: Instant) {
        let told = *self.told.get_or_insert(now);
        self.silent = now.saturating_duration_since(told).as_secs_f64();
    }

    /// Seconds since the beginning.
    fn seconds(&self) -> f64 {
        self.track.seconds + self.silent
    }

    pub(crate) fn view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let track = &self.track;
        let current = track.current.and_then(|index| track.steps.get(index));
        let now = current.map_or_else(|| ctx.t("install-begins"), |step| short_name(ctx, step));
        let percent = format!("{:.0} %", (track.fraction() * 100.0).floor());
        let line = row![
            container(strong(p, now.clone())).width(Fill),
            strong(p, percent)
        ]
        .align_y(Center);
        let so_far = ctx.tv("install-so-far", "time", clock(self.seconds()));
        let below = row![
            container(small(self.details(ctx), p.muted)).width(Fill),
            small(so_far, p.muted)
        ];
        let progress = column![
            line,
            progress_bar(p, track.fraction()),
            below.spacing(space::M)
        ]
        .spacing(space::S);
        let mut content = column![card(p, progress)].spacing(space::M);
        content = content.push(self.stopping(ctx, now));
        content = content.push(if self.asking {
            self.question(ctx)
        } else if self.log.open {
            self.log.view(ctx, track).map(Message::Log)
        } else {
            self.steps_and_tips(ctx, p)
        });
        content = content.push(self.buttons(ctx, p));
        sheet(ctx, Page::Install, content.height(Fill))
    }

    fn buttons<'a>(&self, ctx: Context<'a>, p: &'static Palette) -> Element<'a, Message> {
        let words_of_tips = if self.tips { "tips-hide" } else { "tips-show" };
        // Where the log or the question is, there are no tips.
        let tips = (!self.log.open && !self.asking).then(|| {
            let words = ctx.t(words_of_tips);
            button(p, Kind::Quiet, words, Some(Message::ToggleTips)).id("tips")
        });
        let cancel = (self.can_stop() && !self.asking).then_some(Message::Cancel);
        let toggle = Message::Log(log::Message::Toggle);
        row![button(p, Kind::Plain, ctx.t(self.log.key()), Some(toggle)).id("log")]
            .push(tips)
            .push(Space::new().width(Fill))
            .push(button(p, Kind::Plain, ctx.t("install-cancel"), cancel).id("cancel"))
            .spacing(space::M)
            .into()
    }

    /// Phase, package, bytes, speed and time, as far as they are known.
    fn details(&self, ctx: Context<'_>) -> String {
        let mut parts = Vec::new();
        let phase = self.track.phase_key().map(|key| ctx.t(key));
        parts.extend(phase.or_else(|| self.doing(ctx)));
        if let Some(progress) = &self.track.progress {
            let package = progress.current.clone();
            parts.extend(package.map(|name| ctx.tv("install-package", "name", name)));
            if progress.total.0 > 0 {
                let bytes = [
                    ("done", ctx.texts.size(progress.done).into()),
                    ("total", ctx.texts.size(progress.total).into()),
                ];
                parts.push(ctx.texts.with("bytes-of", &bytes));
            }
            if let Some(speed) = progress.speed.filter(|speed| speed.0 > 0) {
                parts.push(ctx.tv("per-second", "speed", ctx.texts.size(speed)));
            }
        }
        if self.track.phase_key().is_some() && self.track.left().is_none() {
            parts.extend(self.long(ctx));
        }
        if let Some(left) = self.track.left() {
            let minutes = (left / 60.0).ceil().max(1.0) as usize;
            parts.push(ctx.texts.count("minutes-left", minutes));
        }
        ctx.texts.list(&parts)
    }

    /// What a step that takes long does just now, as far as it says so, and how long it has been at it.
    fn doing(&self, ctx: Context<'_>) -> Option<String> {
        let long = self.long(ctx);
        let doing = match self.track.doing() {
            Some(Doing::Channel) => Some(ctx.t("doing-channel")),
            Some(Doing::Loader) => Some(ctx.t("doing-loader")),
            // Programs that come and go are the log's.
            Some(Doing::Program(program)) if long.is_some() => {
                Some(ctx.tv("doing-program", "program", program.clone()))
            }
            Some(Doing::Program(_)) | None => None,
        };
        let parts: Vec<String> = doing.into_iter().chain(long).collect();
        (!parts.is_empty()).then(|| ctx.texts.list(&parts))
    }

    /// How long the step has been at it, where that is long.
    fn long(&self, ctx: Context<'_>) -> Option<String> {
        let current = self.track.steps.get(self.track.current?);
        let has_ended = current.is_some_and(|it| it.seconds.is_some());
        let in_step = self.track.in_step() + self.silent;
        (in_step >= LONG && !has_ended).then(|| ctx.tv("step-for", "time", clock(in_step)))
    }

    fn steps_and_tips<'a>(&'a self, ctx: Context<'a>, p: &'static Palette) -> Element<'a, Message> {
        let cards = responsive(move |size| {
            // In a low window everything stands closer, so that the last line is whole.
            let around = match size.height < ROOM_FOR_SPACE {
                true => space::S,
                false => space::L,
            };
            let stages = self.stages(ctx).spacing(around.min(space::M));
            // Room for the bar that scrolls, on whichever side it is.
            let stages = container(stages).padding([0.0, space::M]);
            let list = card(p, scrollable_with(p, stages));
            let list = list.padding([around, space::L]).height(Fill);
            let tip = self.tips.then(|| {
                let tip = card(p, self.tip(ctx, p));
                tip.padding([around, space::L]).height(Fill)
            });
            row![list].push(tip).spacing(space::M).into()
        });
        cards.into()
    }

    /// What is good to know, with a picture where there is room for it.
    fn tip<'a>(&self, ctx: Context<'a>, p: &'static Palette) -> Element<'a, Message> {
        let shown = (self.seconds() / SLIDE) as usize % SLIDES;
        let number = shown + 1;
        // The words are always seen; the picture takes what is left, if that is enough.
        let (head_text, text) = (
            ctx.t(&format!("slide-{number}")),
            ctx.t(&format!("slide-{number}-text")),
        );
        let tip = responsive(move |size| {
            let words = column![head(p, head_text.clone()), muted(p, text.clone())];
            let picture =
                (size.height >= ROOM_FOR_SLIDE).then(|| container(slide(shown)).height(Fill));
            let tip = column![].push(picture).push(words.spacing(space::XS));
            tip.spacing(space::M).into()
        });
        tip.into()
    }
}

/// What a step does, where its kind is known.
fn kind_of(ctx: Context<'_>, step: &TrackedStep) -> Option<String> {
    let kind = step.kind.as_ref()?;
    ctx.texts.find(&format!("step-{kind}"), None)
}

/// The same, or what the engine calls it.
fn short_name(ctx: Context<'_>, step: &TrackedStep) -> String {
    kind_of(ctx, step).unwrap_or_else(|| step.title.clone())
}

/// What a step does, and on what.
pub(crate) fn name_of(ctx: Context<'_>, step: &TrackedStep) -> String {
    let Some(name) = kind_of(ctx, step) else {
        return step.title.clone();
    };
    let subject = step.subject_to_read();
    if subject.is_empty() {
        return name;
    }
    let values = [("step", name.into()), ("subject", subject.into())];
    ctx.texts.with("step-on", &values)
}

/// Minutes and seconds, and hours where there are some.
pub(crate) fn clock(seconds: f64) -> String {
    let whole = seconds.max(0.0) as u64;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}
