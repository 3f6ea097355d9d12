//! The page as it is seen: the disks, what becomes of the chosen one, and what follows from that.

use super::{
    Message, State, after, before, chosen_disk, contents, layouts, lead, offers, places, start,
};
use crate::machine::Disk;
use crate::plan::{Problem, ProblemId, Severity};
use crate::preset::Layout;
use crate::wizard::Element;
use crate::wizard::page::{Context, lost, sheet_with};
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, Tone, button, card, disk_change, notice, small};
use iced::Center;
use iced::widget::{column, container, row};

/// The id of the part with the choices that most people need not make.
pub(super) const MORE: &str = "disk-more-part";

impl State {
    pub(crate) fn view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let layout = ctx.draft.preset().disk.layout;
        let is_manual = layout == Some(Layout::Manual);
        // With the manual layout, each partition says whether it is.
        let has_disk = !self.cards.none_fits();
        let encrypts = has_disk && !is_manual;
        let encryption = encrypts.then(|| self.encryption.view(ctx).map(Message::Encryption));
        let mut follows = chosen_disk(ctx.draft).and_then(|disk| self.follows(ctx, disk));
        // What the place is warned of stands with the place.
        let follow = follows.is_some();
        let problems = self.problems(ctx, |problem| !(follow && is_of_place(problem)));
        let problems = problems.filter(|_| !is_manual);
        let offers = chosen_disk(ctx.draft).map(|disk| {
            let shows = (self.measuring, self.impossible);
            offers::view(ctx, &self.modes, disk, shows, follows.take())
        });
        let content = column![self.cards.view(ctx)]
            .push(self.no_disk(ctx))
            .push(offers)
            .push(encryption)
            .push(has_disk.then(|| self.more(ctx)))
            .push(problems)
            .spacing(space::L);
        sheet_with(ctx, ("disk-title", lead::of(ctx)), content)
    }

    /// What follows from what is chosen: the disk now and then, the choices that are left, and what is lost.
    fn follows<'a>(&'a self, ctx: Context<'a>, disk: &'a Disk) -> Option<Element<'a, Message>> {
        let p = ctx.palette();
        let planned = lead::planned(ctx);
        let places = places::view(ctx, &self.modes, disk, &self.share);
        let start = self.esps.as_ref();
        let start = start.map(|esps| start::view(ctx, esps, disk));
        let then = ctx.draft.outline().zip(planned);
        let then = then.map(|(plan, planned)| after(ctx, plan, planned, disk));
        if then.is_none() && places.is_none() {
            return None;
        }
        let open = || ctx.t("layout-choose");
        let change = disk_change(
            p,
            (ctx.t("disk-before"), &before(ctx, disk)),
            (ctx.t("disk-then"), then.as_ref().ok_or_else(open)),
        );
        let lost = planned.and_then(|planned| lost::in_short(ctx, (planned, disk)));
        let warned = self.problems(ctx, is_of_place);
        let content = column![change].push(places).push(start);
        let content = content.push(lost).push(warned);
        Some(card(p, content.spacing(space::L)).into())
    }

    /// The problems that are told at this place, and at no field.
    fn problems<'a>(
        &self,
        ctx: Context<'a>,
        is_here: impl Fn(&Problem) -> bool,
    ) -> Option<Element<'a, Message>> {
        // That a disk is to be chosen stands beside the way on.
        let quiet = [ProblemId::SeveralDisks, ProblemId::NoDisk];
        let beside = self.told_beside(ctx);
        ctx.problems_where("disk", |problem| {
            let is_error = problem.severity == Severity::Error;
            let is_beside = is_error && beside.contains(&problem.field.as_str());
            !is_beside && !quiet.contains(&problem.id) && is_here(problem)
        })
    }

    /// The fields that are shown, beside which their errors stand.
    fn told_beside(&self, ctx: Context<'_>) -> Vec<&'static str> {
        let share = layouts::share_of(&ctx.draft.preset().disk, &self.modes);
        let size = share.map(|_| "disk.size");
        let esp = self.esps.as_ref().map(|_| "disk.esp");
        size.into_iter().chain(esp).collect()
    }

    /// That there is no disk to choose, where that is known, and what helps then.
    fn no_disk<'a>(&self, ctx: Context<'a>) -> Option<Element<'a, Message>> {
        let found = ctx.draft.machine().disks.known()?;
        let key = match found.is_empty() {
            true => "disk-none-there",
            false => "disk-none-fits",
        };
        let help = ctx.t(&format!("{key}-mend"));
        let told = || notice(ctx.palette(), Tone::Warning, ctx.t(key), Some(help));
        self.cards.none_fits().then(told)
    }

    /// File system and swap, behind a button: most people need neither.
    fn more<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let words = if self.more { "disk-less" } else { "disk-more" };
        let toggle = button(p, Kind::Plain, ctx.t(words), Some(Message::More)).id("more");
        let now = small(contents::summary(ctx), p.muted);
        let line = row![toggle, now].spacing(space::M).align_y(Center);
        let all = column![line].push(self.more.then(|| contents::view(ctx)));
        container(all.spacing(space::L)).id(MORE).into()
    }
}

/// Whether it is about where on the disk, and not about what is made there.
fn is_of_place(problem: &Problem) -> bool {
    let made = ["disk.encrypt", "disk.file_system", "disk.swap"];
    !made.iter().any(|field| problem.field.starts_with(field))
}
