//! What Nix makes of the draft, and what the installation will fetch and take.

use super::Message;
use crate::evaluate::Forecast;
use crate::plan::Severity;
use crate::wizard::Element;
use crate::wizard::background::Verdict;
use crate::wizard::page::Context;
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, Tone, button, notice};
use iced::Fill;
use iced::widget::Column;

/// What Nix makes of the draft.
#[derive(Debug, Default)]
pub(crate) enum Evaluation {
    /// It was not asked.
    #[default]
    None,
    /// It was asked about this draft.
    Asked(u64),
    Known(Verdict),
}

impl Evaluation {
    /// Whether it is about this draft.
    pub(crate) fn is_of(&self, changes: u64) -> bool {
        match self {
            Self::None => false,
            Self::Asked(draft) => *draft == changes,
            Self::Known(verdict) => verdict.draft == changes,
        }
    }

    /// Whether it stands in the way.
    pub(crate) fn is_in_the_way(&self) -> bool {
        match self {
            Self::None | Self::Asked(_) => false,
            Self::Known(verdict) => {
                let mut problems = verdict.problems.iter();
                problems.any(|problem| problem.severity == Severity::Error)
            }
        }
    }

    pub(super) fn view<'a>(&'a self, ctx: Context<'a>) -> Option<Element<'a, Message>> {
        let p = ctx.palette();
        match self {
            Self::None => None,
            Self::Asked(_) => {
                let words = ctx.t("evaluation-asked");
                Some(notice(
                    p,
                    Tone::Info,
                    words,
                    Some(ctx.t("evaluation-meanwhile")),
                ))
            }
            Self::Known(verdict) => {
                let problems = verdict.problems.iter();
                let told = problems.map(|problem| ctx.problem(problem));
                let good = verdict.forecast.as_ref().map(|forecast| {
                    let words = ctx.t("evaluation-good");
                    notice(p, Tone::Good, words, Some(forecast_words(ctx, forecast)))
                });
                let words = ctx.t("try-again");
                let again = self.is_in_the_way().then(|| {
                    button(p, Kind::Plain, words, Some(Message::LookAgain)).id("look-again")
                });
                let all = Column::with_children(told).push(good).push(again);
                Some(all.spacing(space::S).width(Fill).into())
            }
        }
    }
}

/// What comes over the network, what it takes on the disk, and the room there.
fn forecast_words(ctx: Context<'_>, forecast: &Forecast) -> String {
    let missing = &forecast.missing;
    let size = ctx.tv("forecast-size", "size", ctx.texts.size(missing.unpacked));
    let download = match missing.download.0 {
        0 => ctx.t("forecast-no-download"),
        _ => ctx.tv(
            "forecast-download",
            "size",
            ctx.texts.size(missing.download),
        ),
    };
    let room = forecast.store_room();
    let room = room.map(|room| ctx.tv("forecast-room", "size", ctx.texts.size(room.free)));
    let parts: Vec<String> = [download, size].into_iter().chain(room).collect();
    ctx.texts.list(&parts)
}
