//! The last question: it names what goes and how much of it, or says that nothing does.

use super::{Message, disks};
use crate::machine::Disk;
use crate::plan::{Fate, Plan, PlannedDisk, systems};
use crate::preset::Layout;
use crate::units::Bytes;
use crate::wizard::Element;
use crate::wizard::page::lost::{self, Gone};
use crate::wizard::page::{Context, disk};
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, body, button, card, title};
use iced::Fill;
use iced::widget::{Column, column, container, row};

/// The end of the keys of the question's words, where one disk is written to.
fn asked(ctx: Context<'_>, planned: &PlannedDisk, gone: &Gone) -> &'static str {
    let keeps_home = ctx.draft.preset().disk.layout == Some(Layout::KeepHome);
    match planned.fate() {
        Fate::SomeGoes if keeps_home => "keep-home",
        Fate::SomeGoes if gone.system.is_some() => "system",
        Fate::SomeGoes if gone.partition.is_some() => "partition",
        fate => asked_of_all(fate),
    }
}

/// The same where only the worst of all disks is known.
const fn asked_of_all(fate: Fate) -> &'static str {
    match fate {
        Fate::Blank => "blank",
        Fate::AllGoes => "erase",
        Fate::SomeGoes => "replace",
        Fate::SomeShrinks => "smaller",
        Fate::SomeGrows => "larger",
        Fate::AllStays => "beside",
    }
}

/// What is asked, and what it means, in words.
fn words(ctx: Context<'_>, planned: &PlannedDisk, found: &Disk) -> [String; 2] {
    let gone = Gone::of(planned);
    let asked = asked(ctx, planned, &gone);
    // Of a disk that is erased, the systems are named as they are found on it.
    let found_systems = systems(found);
    let system = gone.system.unwrap_or_else(|| found_systems.join(", "));
    let lead = match (asked, gone.size) {
        ("erase", _) if !system.is_empty() => "confirm-erase-system-lead".to_owned(),
        (_, None) => "confirm-named-lead".to_owned(),
        _ => format!("confirm-{asked}-lead"),
    };
    let values = [
        ("disk", disk::name_of(ctx, found).into()),
        ("system", system.into()),
        ("size", ctx.texts.size(gone.size.unwrap_or(Bytes(0))).into()),
        (
            "number",
            gone.partition.unwrap_or_default().to_string().into(),
        ),
    ];
    let title = ctx.texts.with(&format!("confirm-{asked}"), &values);
    [title, ctx.texts.with(&lead, &values)]
}

/// The last question; its wording follows the plan.
pub(super) fn view<'a>(ctx: Context<'a>, plan: &'a Plan) -> Element<'a, Message> {
    let p = ctx.palette();
    let disks = disks::of(ctx, plan);
    let [asked, lead] = match disks.as_slice() {
        [(planned, disk)] => words(ctx, planned, disk),
        several => {
            let names = several.iter().map(|(_, disk)| disk::name_of(ctx, disk));
            let names = names.collect::<Vec<_>>().join(", ");
            let title = ctx.tv("confirm-several", "disk", names);
            [title, ctx.t("confirm-several-lead")]
        }
    };
    let go = format!("confirm-{}-go", asked_of_all(plan.fate()));
    let buttons = row![
        button(p, Kind::Plain, ctx.t("confirm-keep"), Some(Message::Keep)).id("keep"),
        button(p, Kind::Danger, ctx.t(&go), Some(Message::Erase)).id("erase"),
    ]
    .spacing(space::M);
    let cards = disks.into_iter().map(|(planned, disk)| {
        let content = column![disks::which(ctx, disk), lost::asked(ctx, (planned, disk))];
        card(p, content.spacing(space::L)).into()
    });
    column![
        title(p, asked),
        body(p, lead),
        Column::with_children(cards).spacing(space::M),
        // On the side of the ways on of every page.
        container(buttons).align_right(Fill),
    ]
    .spacing(space::L)
    .width(Fill)
    .into()
}
