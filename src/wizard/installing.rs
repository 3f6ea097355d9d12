//! The wizard and the engine: what the wizard asks of it, and what follows from what it tells.

use super::background::{self, Evaluator, Question};
use super::link::{Engine, Link, News, Order, disk_changes};
use super::page::finished::{self, Leave};
use super::page::install::{self, Situation, Stopping};
use super::page::summary::Evaluation;
use super::page::{Page, log, partitions};
use super::widget::show;
use super::{AGAIN, Message, Wizard, leave, report, save, secrets};
use crate::engine::protocol::{PlannedStep, Refusal};
use crate::machine::Machine;
use crate::plan::Seed;
use iced::Task;
use iced::time::{Duration, Instant};
use iced::widget::operation::focus;

/// How long an engine has to last for the next to be looked for when it is lost.
const BETWEEN_RECONNECTS: Duration = Duration::from_secs(10);

/// What is known about the engine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is being looked for, or there is none yet.
    #[default]
    Awaited,
    Connected,
    /// It can't be reached or started, and why.
    Unreachable(String),
}

impl Wizard {
    /// Looks for the engine, and starts it where that is to be expected.
    pub(super) fn connect(&mut self) -> Task<Message> {
        let machine = self.draft.machine();
        let (link, news) = Link::open(self.engine.clone(), machine);
        let start = self.may_start_engine();
        link.order(Order::Connect { start });
        self.link = Some(link);
        let news = Task::stream(news).map(Message::Engine);
        match &self.engine {
            Engine::Here => {
                let (evaluator, verdicts) = Evaluator::start();
                self.evaluator = Some(evaluator);
                let verdicts = Task::stream(verdicts).map(Message::Evaluated);
                let changes = Task::stream(disk_changes()).map(|()| Message::DisksChanged);
                Task::batch([news, changes, verdicts])
            }
            // Their disks are not this computer's.
            Engine::At(_) | Engine::Replay(_) => news,
        }
    }

    /// Whether an engine may be started before anyone asks for it: for root, and on a live medium, whose
    /// polkit rule lets its user do it.
    fn may_start_engine(&self) -> bool {
        let mut disks = self.draft.machine().disks.known().into_iter().flatten();
        let is_live = disks.any(|disk| disk.live_medium);
        self.replayed || is_live || rustix::process::geteuid().is_root()
    }

    /// Looks for an engine again after the last was lost. One that is lost again at once is not run
    /// after: the Summary says why, and has a button for it.
    fn reconnect(&mut self, why: String) {
        let now = Instant::now();
        let is_again = |last: Instant| now.duration_since(last) < BETWEEN_RECONNECTS;
        if self.reconnected.is_some_and(is_again) {
            self.standing = Standing::Unreachable(why.clone());
            self.summary.no_engine = Some(why);
            return;
        }
        self.reconnected = Some(now);
        let start = self.page == Page::Summary || self.may_start_engine();
        self.order(Order::Connect { start });
    }

    pub(super) fn order(&self, order: Order) {
        if let Some(link) = &self.link {
            link.order(order);
        }
    }

    /// Starts the engine if it is not there: nothing can be installed without.
    pub(super) fn need_engine(&mut self) {
        if self.standing != Standing::Connected {
            self.standing = Standing::Awaited;
            self.summary.no_engine = None;
            self.order(Order::Connect { start: true });
        }
    }

    /// Why the engine can't install what was chosen, as the key of a text.
    pub(super) fn not_ready(&self) -> Option<&'static str> {
        // A picture has no engine.
        self.link.as_ref()?;
        match &self.standing {
            Standing::Unreachable(_) => Some("summary-no-engine"),
            Standing::Connected if self.probed => None,
            Standing::Awaited | Standing::Connected => Some("summary-engine-awaited"),
        }
    }

    /// Hands the plan over.
    pub(super) fn begin_install(&mut self) -> Task<Message> {
        let Some(plan) = self.draft.plan() else {
            return Task::none();
        };
        let (typed, preset) = (self.users.typed(), self.draft.preset());
        let handover = secrets::hand_over(plan, preset, &typed, &self.disk);
        self.install = Some(install::State::of_plan(plan));
        self.finished = finished::State::default();
        if let Some(evaluator) = &self.evaluator {
            evaluator.stop();
        }
        self.order(Order::Run(Box::new(handover)));
        self.enter(Page::Install)
    }

    pub(super) fn install_message(&mut self, message: install::Message) -> Task<Message> {
        let toggles = matches!(message, install::Message::Log(log::Message::Toggle));
        match self.install.as_mut().map(|install| install.update(message)) {
            Some(install::Action::Cancel) => self.order(Order::Cancel),
            Some(install::Action::Focus(id)) => return focus(id),
            // At the end it stands below all the rest; during the installation it is seen anyway.
            Some(install::Action::Log(_)) if toggles => return show(finished::LOG_PART),
            Some(install::Action::Log(task)) => return task.map(Message::Install),
            Some(install::Action::None) | None => {}
        }
        Task::none()
    }

    pub(super) fn finished_message(&mut self, message: finished::Message) -> Task<Message> {
        match self.finished.update(message) {
            finished::Action::Copy(line) => iced::clipboard::write(line),
            finished::Action::Log(message) => self.install_message(install::Message::Log(message)),
            // With a recording nothing was installed: all that is left is to end.
            finished::Action::Leave(_) if self.replayed => iced::exit(),
            finished::Action::Leave(Leave::LookAround) => iced::exit(),
            finished::Action::Leave(how) => {
                self.finished.stays = None;
                Task::perform(async move { leave::leave(how) }, Message::Left)
            }
            finished::Action::Back => self.back_to_questions(),
            finished::Action::Retry => {
                self.finished.no_retry = None;
                self.order(Order::Retry);
                Task::none()
            }
            finished::Action::Report => match &self.install {
                Some(install) => {
                    let text = report::report(install, self.draft.machine());
                    Task::perform(async move { save::report(&text) }, Message::Reported)
                }
                None => Task::none(),
            },
        }
    }

    /// From an installation that did not come to its end: the disk has changed, and identifiers that
    /// were written are not used again.
    fn back_to_questions(&mut self) -> Task<Message> {
        self.install = None;
        let mut bytes = [0; 32];
        if getrandom::fill(&mut bytes).is_ok() {
            self.draft.draw_from(Seed::new(bytes));
        }
        self.probed = false;
        self.need_engine();
        self.order(Order::Probe);
        let page = match self.farthest >= Page::Summary {
            true => Page::Summary,
            false => Page::Welcome,
        };
        self.enter(page)
    }

    /// What follows from something that the engine told.
    pub(super) fn news(&mut self, news: News) -> Task<Message> {
        match news {
            News::Connected {
                running,
                events,
                steps,
            } => {
                self.standing = Standing::Connected;
                self.summary.no_engine = None;
                self.found(running, events, steps)
            }
            // Nobody asked for one to be started.
            News::Absent => Task::none(),
            News::Unreachable(why) => {
                self.standing = Standing::Unreachable(why.clone());
                self.summary.no_engine = Some(why.clone());
                self.end_with(Situation::NotBegun(why))
            }
            News::NotHandedOver(why) => self.end_with(Situation::NotBegun(why)),
            News::Machine { machine, by_engine } => self.learn(*machine, by_engine),
            News::Measured {
                round,
                device,
                found,
            } => {
                self.measured(round, &device, found);
                Task::none()
            }
            News::Unlocked {
                round,
                device,
                found,
            } => {
                self.unlocked(round, &device, &found);
                Task::none()
            }
            News::Accepted => self.accepted(),
            News::Refused { reason, message } => self.refused(reason, message),
            News::Stopping { step, interruption } => {
                if let Some(install) = &mut self.install {
                    install.stopping = Stopping::At(step, interruption);
                }
                Task::none()
            }
            News::Events(events) => {
                let install = self
                    .install
                    .get_or_insert_with(|| install::State::found(true, 0, Vec::new()));
                let before = install.track.current;
                install.events(events);
                let runs = install.track.current.filter(|now| before != Some(*now));
                let shown = runs.map_or_else(Task::none, |_| show(install::RUNNING));
                Task::batch([self.follow(), shown])
            }
            News::Gone(why) => {
                self.standing = Standing::Awaited;
                self.probed = false;
                if self.install.is_none() {
                    self.reconnect(why);
                    return Task::none();
                }
                self.end_with(Situation::Lost(why))
            }
        }
    }

    /// An engine is there: with an installation, which is shown, or ready for one.
    fn found(&mut self, running: bool, events: u64, steps: Vec<PlannedStep>) -> Task<Message> {
        // What was lost sight of is told again from its beginning.
        let is_lost = |install: &install::State| matches!(install.situation, Situation::Lost(_));
        let is_known = self
            .install
            .as_ref()
            .is_some_and(|install| !is_lost(install));
        if running || events > 0 {
            if !is_known {
                self.install = Some(install::State::found(running, events, steps));
            }
            return Task::none();
        }
        if !is_known {
            self.order(Order::Probe);
        }
        Task::none()
    }

    /// Shows the page on which the installation is.
    fn follow(&mut self) -> Task<Message> {
        let Some(install) = &self.install else {
            return Task::none();
        };
        let page = match install.is_going_on() {
            true => Page::Install,
            false => Page::Finished,
        };
        if page == self.page {
            return Task::none();
        }
        self.enter(page)
    }

    /// The installation has come to an end that is no outcome.
    fn end_with(&mut self, situation: Situation) -> Task<Message> {
        match &mut self.install {
            Some(install) if install.is_going_on() => install.situation = situation,
            _ => return Task::none(),
        }
        self.follow()
    }

    /// A plan was taken, or another attempt granted. From now on the engine has the secrets, and the
    /// pages forget theirs.
    fn accepted(&mut self) -> Task<Message> {
        self.users.forget();
        self.disk.forget();
        self.network.forget();
        // Events tell of another attempt, and may have come before this answer.
        match &mut self.install {
            Some(install) if install.situation == Situation::HandingOver => {
                install.situation = Situation::Running;
                self.follow()
            }
            _ => Task::none(),
        }
    }

    fn refused(&mut self, reason: Refusal, message: String) -> Task<Message> {
        if reason == Refusal::NothingToRetry {
            self.finished.no_retry = Some(message);
            return Task::none();
        }
        match &self.install {
            Some(install) if install.situation == Situation::HandingOver => {
                self.end_with(Situation::NotBegun(message))
            }
            // A cancel that came too late, or a probe while an installation runs.
            _ => Task::none(),
        }
    }

    /// Asks again about the same draft: what stood in its way may be mended.
    pub(super) fn evaluate_again(&mut self) {
        self.summary.evaluation = Evaluation::None;
        self.evaluate();
    }

    /// Asks Nix and this computer about the draft, unless they were asked already.
    pub(super) fn evaluate(&mut self) {
        let (Some(evaluator), Some(plan)) = (&self.evaluator, self.draft.plan()) else {
            return;
        };
        let changes = self.draft.changes();
        if !self.summary.evaluation.is_of(changes) {
            self.summary.evaluation = Evaluation::Asked(changes);
            evaluator.submit(Question {
                draft: changes,
                machine: self.draft.machine().clone(),
                plan: plan.clone(),
            });
        }
    }

    /// Looks at this computer again while its state is shown: a charger or a cable may have been
    /// plugged in.
    pub(super) fn look_again(&mut self) -> Task<Message> {
        let is_due = self.now >= self.looked + AGAIN;
        if self.page != Page::Welcome || self.evaluator.is_none() || self.looking || !is_due {
            return Task::none();
        }
        (self.looking, self.looked) = (true, self.now);
        self.order(Order::Probe);
        let install = self.draft.preset().install.clone();
        Task::perform(background::conditions(install), Message::Looked)
    }

    /// Disks have come or gone. While an installation works on one, that is its own doing.
    pub(super) fn disks_changed(&mut self) -> Task<Message> {
        if self.install.is_none() {
            self.order(Order::Probe);
        }
        Task::none()
    }

    /// Takes in what this computer is; what was answered stays.
    fn learn(&mut self, mut machine: Machine, by_engine: bool) -> Task<Message> {
        self.probed = by_engine;
        self.measuring.keep(&mut machine);
        self.disk.keep_unlocked(&mut machine);
        self.draft.learn(machine);
        if self.page == Page::Summary {
            self.evaluate();
        }
        if self.farthest < Page::Disk {
            return Task::none();
        }
        let task = self.disk.enter(&mut self.draft).map(Message::Disk);
        if partitions::is_manual(&self.draft) {
            drop(self.partitions.enter(&mut self.draft));
        }
        self.measure();
        self.unlock_by_itself();
        task
    }
}
