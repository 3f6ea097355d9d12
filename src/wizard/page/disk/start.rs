//! From which EFI system partition the new system starts, where several could be the one.

use super::Message;
use super::places::name_of;
use crate::machine::{Content, Disk, Partition};
use crate::plan::{EspChoice, esp_choice};
use crate::preset::{DiskPreset, PartitionMatch};
use crate::units::Bytes;
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::page::Context;
use crate::wizard::theme::space;
use crate::wizard::widget::{Scope, choice, label, small, strong};
use iced::widget::{Column, column};

/// What can be chosen on the chosen disk.
pub(super) fn of(draft: &Draft) -> Option<EspChoice> {
    let disk = super::chosen_disk(draft)?;
    esp_choice(draft.survey(), disk, draft.preset())
}

/// Puts one into the preset. The one that is used anyway is not named: that is not for every computer.
pub(super) fn put(number: u32, choice: Option<&EspChoice>, preset: &mut DiskPreset) {
    let is_usual = choice.is_some_and(|choice| choice.usual == number);
    preset.esp = (!is_usual).then(|| PartitionMatch {
        number: Some(number),
        ..PartitionMatch::default()
    });
}

pub(super) fn view<'a>(ctx: Context<'a>, esps: &EspChoice, disk: &Disk) -> Element<'a, Message> {
    let p = ctx.palette();
    let wanted = &ctx.draft.preset().disk.esp;
    let partition = |number: &u32| {
        let mut all = disk.partitions().iter();
        all.find(|partition| partition.number == *number)
    };
    let cards = esps.possible.iter().filter_map(partition).map(|esp| {
        let chosen = match wanted {
            Some(wanted) => wanted.fits(esp),
            None => esps.usual == esp.number,
        };
        let words = column![
            strong(p, name_of(ctx, disk, esp.number)),
            small(room_of(ctx, disk, esp), p.muted)
        ];
        let card = choice(p, chosen, words, Some(Message::Esp(esp.number)));
        card.id(format!("esp-{}", esp.number)).into()
    });
    let cards = Scope::group(Column::with_children(cards).spacing(space::S));
    column![label(p, ctx.t("layout-esp")), cards]
        .push(ctx.error_at("disk.esp").map(|wrong| small(wrong, p.danger)))
        .spacing(space::S)
        .into()
}

/// How large it is, and how much of that is free.
fn room_of(ctx: Context<'_>, disk: &Disk, esp: &Partition) -> String {
    let size = ctx.texts.size(esp.length.bytes(disk.sectors.logical));
    let free = match &esp.content {
        Content::Formatted(fs) => fs.size.zip(fs.used),
        Content::Blank | Content::Unknown(_) => None,
    };
    let Some((all, used)) = free else {
        return size;
    };
    let free = ctx.texts.size(Bytes(all.0.saturating_sub(used.0)));
    let values = [("size", size.into()), ("free", free.into())];
    ctx.texts.with("layout-esp-room", &values)
}
