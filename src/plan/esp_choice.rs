//! From which EFI system partition of a disk a new system beside others can start, where that is a choice.

use super::Survey;
use super::layout::{Common, Request};
use super::resolve::contents;
use crate::machine::Disk;
use crate::preset::{DiskPreset, Layout, PartitionMatch, Preset};
use crate::storage::ExistingEsp;
use uuid::Uuid;

/// Several EFI system partitions, each of which could be the one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EspChoice {
    /// The numbers of those with which the layout is possible, at least two.
    pub possible: Vec<u32>,
    /// The one that is used if none is named.
    pub usual: u32,
}

/// The choice for the layout of a preset on this disk; none where there is nothing to choose. Which one
/// the preset names, and how much room it asks for, does not matter.
pub fn esp_choice(survey: &Survey<'_>, disk: &Disk, preset: &Preset) -> Option<EspChoice> {
    match preset.disk.layout? {
        Layout::Alongside | Layout::Free | Layout::Replace | Layout::KeepHome => {}
        Layout::Erase | Layout::Manual => return None,
    }
    let usable = disk.partitions().iter();
    let usable = usable.filter(|p| ExistingEsp::of(p).is_ok());
    let usable: Vec<u32> = usable.map(|p| p.number).collect();
    if usable.len() < 2 {
        return None;
    }
    let contents = contents::contents(survey.machine(), preset).ok()?.on(disk);
    let common = Common::new(survey);
    let taken = |number: Option<u32>| {
        let esp = number.map(|number| PartitionMatch {
            number: Some(number),
            ..PartitionMatch::default()
        });
        let request = Request {
            disk,
            preset: &DiskPreset {
                esp,
                size: None,
                ..preset.disk.clone()
            },
            contents: &contents,
            common: &common,
        };
        let placed = request.place(Uuid::nil).ok()?;
        placed.esp.map(|esp| esp.partition.number)
    };
    let usual = taken(None)?;
    let possible = usable.into_iter();
    let possible: Vec<u32> = possible.filter(|n| taken(Some(*n)).is_some()).collect();
    (possible.len() > 1).then_some(EspChoice { possible, usual })
}
