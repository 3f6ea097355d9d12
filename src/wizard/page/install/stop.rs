//! Stopping an installation: asked first, with what it waits for and how the disk is then.

use super::{Message, State, Stopping, name_of};
use crate::plan::Interruption;
use crate::wizard::Element;
use crate::wizard::aftermath::Aftermath;
use crate::wizard::page::Context;
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, Tone, body, button, card, head, label, notice, scrollable_with};
use iced::Fill;
use iced::widget::{column, row};

/// The id of the way back from the question, which has the focus.
pub(crate) const GO_ON: &str = "go-on";

impl State {
    /// The question, in place of what is done and to come.
    pub(super) fn question<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let current = self.track.current.and_then(|at| self.track.steps.get(at));
        let waits = match current {
            Some(step) if !step.stops_at_once() => ctx.tv("stop-after", "step", name_of(ctx, step)),
            _ => ctx.t("stop-now"),
        };
        let aftermath = Aftermath::of(self.plan.as_deref(), &self.track);
        let told = column![
            head(p, ctx.t("stop-title")),
            body(p, waits),
            label(p, ctx.t("aftermath")),
            body(p, ctx.t(aftermath.key())),
        ];
        let told = told.spacing(space::S).width(Fill);
        let go_on = button(p, Kind::Primary, ctx.t("stop-no"), Some(Message::GoOn));
        let stop = button(p, Kind::Plain, ctx.t("stop-yes"), Some(Message::Stop));
        let ways = row![go_on.id(GO_ON), stop.id("stop")].spacing(space::M);
        let ways = ways.wrap().vertical_spacing(space::S);
        let whole = column![told, ways].spacing(space::L);
        card(p, scrollable_with(p, whole)).height(Fill).into()
    }

    /// What a cancel waits for.
    pub(super) fn stopping<'a>(
        &self,
        ctx: Context<'a>,
        now: String,
    ) -> Option<Element<'a, Message>> {
        let words = match self.stopping {
            Stopping::No => return None,
            Stopping::Asked | Stopping::At(_, Interruption::FinishFirst) => {
                ctx.tv("install-stopping", "step", now)
            }
            Stopping::At(_, Interruption::Anytime) => ctx.t("install-stopping-now"),
            Stopping::At(_, Interruption::PointOfNoReturn) => {
                ctx.tv("install-stopping-late", "step", now)
            }
            Stopping::At(_, Interruption::Fragile) => {
                ctx.tv("install-stopping-fragile", "step", now)
            }
        };
        Some(notice(ctx.palette(), Tone::Warning, words, None))
    }
}
