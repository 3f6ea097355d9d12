//! Whether the new system gets the connections of this session. Where NetworkManager is, it usually does:
//! whoever has just joined a network does not want to do it again.

use super::Message;
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::page::Context;
use crate::wizard::widget::check_card;

/// Has them carried over unless somebody has decided.
pub(super) fn usually(draft: &mut Draft) {
    draft.edit(|preset| {
        preset.network.carry_over.get_or_insert(true);
    });
}

pub(super) fn put(on: bool, draft: &mut Draft) {
    draft.edit(|preset| preset.network.carry_over = Some(on));
}

/// The switch; none where nobody is asked, as on a recorded computer.
pub(super) fn view(ctx: Context<'_>) -> Option<Element<'_, Message>> {
    let on = ctx.draft.preset().network.carry_over?;
    let (words, note) = (ctx.t("carry-over"), ctx.t("carry-over-note"));
    let switch = check_card(ctx.palette(), on, words, note, Message::Carry(!on));
    Some(switch.id("carry-over").into())
}
