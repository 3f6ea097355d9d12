//! What is done and what is to come: the steps in few stages, each with a tick that stays.

use super::{State, clock, kind_of, name_of};
use crate::wizard::Element;
use crate::wizard::page::Context;
use crate::wizard::step::{Stage, TrackedStep};
use crate::wizard::theme::{Palette, size, space};
use crate::wizard::widget::{Icon, body, icon, muted, small, strong};
use iced::widget::{Column, Space, column, container, row};
use iced::{Center, Fill};

/// The id of the step that runs.
pub(crate) const RUNNING: &str = "step-running";

/// How far a stage has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    ToCome,
    Begun,
    Done,
}

impl State {
    /// The stages; that which is begun with its steps. At an end that is none, everything that was begun
    /// is.
    pub(crate) fn stages<'a, M: 'a>(&'a self, ctx: Context<'a>) -> Column<'a, M> {
        let stages = Stage::ALL.map(|stage| self.stage(ctx, stage));
        Column::with_children(stages).spacing(space::M).width(Fill)
    }

    fn stage<'a, M: 'a>(&'a self, ctx: Context<'a>, stage: Stage) -> Element<'a, M> {
        let p = ctx.palette();
        let steps = self.track.steps.iter().enumerate();
        let steps: Vec<(usize, &TrackedStep)> = steps
            .filter(|(_, step)| step.stage() == Some(stage))
            .collect();
        let standing = self.standing(&steps);
        let name = ctx.t(stage.key());
        let words = match standing {
            Standing::Begun => strong(p, name),
            Standing::Done => body(p, name),
            Standing::ToCome => muted(p, name),
        };
        let took: f64 = steps.iter().filter_map(|(_, step)| step.seconds).sum();
        let took = (standing == Standing::Done).then(|| small(clock(took), p.muted));
        let head = row![mark(p, standing), container(words).width(Fill)]
            .push(took)
            .spacing(space::S)
            .align_y(Center);
        let below: Element<'a, M> = match standing {
            Standing::Done => return head.into(),
            Standing::ToCome => small(summed_up(ctx, &steps), p.muted),
            Standing::Begun => {
                let rows = steps.into_iter();
                let rows = rows.map(|(at, step)| self.step(ctx, at, step));
                Column::with_children(rows).spacing(space::XS).into()
            }
        };
        // Below the words of the stage, on whichever side that is.
        let inset = Space::new().width(size::MARK + space::S);
        column![head, row![inset, below]].spacing(space::XS).into()
    }

    fn standing(&self, steps: &[(usize, &TrackedStep)]) -> Standing {
        let is_running = |at: usize| self.track.current == Some(at);
        let has_begun =
            |(at, step): &(usize, &TrackedStep)| step.seconds.is_some() || is_running(*at);
        let has_ended = |(_, step): &(usize, &TrackedStep)| step.seconds.is_some();
        if steps.is_empty() || !steps.iter().any(has_begun) {
            Standing::ToCome
        } else if steps.iter().all(has_ended) {
            Standing::Done
        } else {
            Standing::Begun
        }
    }

    fn step<'a, M: 'a>(&self, ctx: Context<'a>, at: usize, step: &TrackedStep) -> Element<'a, M> {
        let p = ctx.palette();
        let standing = match step.seconds {
            Some(_) => Standing::Done,
            None if self.track.current == Some(at) => Standing::Begun,
            None => Standing::ToCome,
        };
        let colour = match standing {
            Standing::ToCome => p.muted,
            Standing::Begun | Standing::Done => p.text,
        };
        let words = container(small(name_of(ctx, step), colour)).width(Fill);
        let line = row![mark(p, standing), words].spacing(space::S);
        let line = container(line.align_y(Center));
        match standing {
            Standing::Begun => line.id(RUNNING).into(),
            Standing::Done | Standing::ToCome => line.into(),
        }
    }
}

/// What is to come, each kind of step once.
fn summed_up(ctx: Context<'_>, steps: &[(usize, &TrackedStep)]) -> String {
    let mut names: Vec<String> = Vec::new();
    for name in steps.iter().filter_map(|(_, step)| kind_of(ctx, step)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    ctx.texts.list(&names)
}

fn mark<'a, M: 'a>(p: &'static Palette, standing: Standing) -> Element<'a, M> {
    match standing {
        Standing::Done => icon(Icon::Check, size::MARK, p.success),
        Standing::Begun => icon(Icon::Running, size::MARK, p.accent),
        Standing::ToCome => Space::new().width(size::MARK).into(),
    }
}
