//! What will be done, in full: every sector, every UUID, every file's text, in order.
//!
//! [`resolve`] turns a [`Machine`](crate::machine::Machine) and a
//! [`Preset`](crate::preset::Preset) into a [`Plan`], or into the [`Problem`]s that stand between
//! the two. It is pure: no I/O, and the same inputs and seed always give the same plan. A dry run is
//! the plan printed; the plan that was printed is the plan that is run.

mod apple;
mod checks;
mod detail;
mod disk_choice;
mod disk_identity;
mod driver_checks;
mod esp_choice;
mod fate;
mod firmware_checks;
mod found_systems;
mod gone;
mod layout;
mod left_behind;
mod losses;
mod lost_homes;
mod medium_checks;
mod modes;
mod names;
mod planned_disk;
mod present;
mod problem;
mod reason;
mod resized;
mod resolve;
mod spanning;
mod step;
mod survey;
mod system_checks;
mod table_text;
mod takeable;
mod text;
mod unlocking;
mod visible;
mod wired_checks;

pub use detail::{Cause, Detail, Details, NamedDisk};
#[cfg(feature = "wizard")]
pub(crate) use disk_choice::disk_meant;
pub use disk_identity::{Difference, DiskIdentity, TableIdentity, UsedPartition};
pub use esp_choice::{EspChoice, esp_choice};
pub use fate::Fate;
pub use layout::manual::{EditedDisk, Row, RowKind, edited_disk, growable, mountable, smallest};
#[cfg(feature = "wizard")]
pub(crate) use layout::{Service, Serving, serving};
pub(crate) use layout::{linux_sleeps, windows_sleeps};
pub use losses::{Held, Loss, NamedPartition};
pub use lost_homes::LostHomes;
pub use modes::{Mode, Spot, SpotPlace, modes, systems, systems_in};
pub use planned_disk::PlannedDisk;
pub use problem::{Problem, ProblemId, Severity};
pub use resized::Resized;
pub use resolve::{Problems, Unresolved, chosen_disk, chosen_disks};
pub use resolve::{outline, resolve, resolve_or_outline};
pub use step::{Account, Action, Interruption, LoaderFound, Step, TargetFile};
pub use survey::Survey;
pub use takeable::obstacles;
pub use text::PlanText;
pub use unlocking::{KeptContainer, kept_containers};
#[cfg(feature = "wizard")]
pub(crate) use visible::visible;
#[cfg(feature = "wizard")]
pub(crate) use wired_checks::check_one as check_wired;

pub use crate::identifiers::{Nonce, Seed};
pub use crate::storage::{Device, NewFileSystem, TargetPath};

use crate::machine::{Architecture, Nixpkgs};
use crate::preset::{Decision, Install};
use serde::{Deserialize, Serialize};

/// The version of the JSON form of a plan.
pub const FORMAT: u32 = 4;

/// Where the target's root file system is mounted during the install; never below `/tmp`, because
/// Nix refuses a build folder with a parent that everyone may write to.
pub const TARGET_ROOT: &str = "/mnt";

/// An installation, decided down to the last byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// [`FORMAT`] when it was written.
    pub format: u32,
    /// Tells this installation from every other one; ends up in the receipt.
    pub nonce: Nonce,
    /// What the target runs on.
    pub architecture: Architecture,
    /// What the target is built from.
    pub nixpkgs: Nixpkgs,
    /// Where packages come from while it is installed.
    #[serde(default, skip_serializing_if = "Install::is_empty")]
    pub install: Install,
    /// The disk that is written to; if several are, the one that the preset names first.
    pub disk: PlannedDisk,
    /// The other disks that are written to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<PlannedDisk>,
    /// What was asked for and what was decided in its place.
    pub decisions: Vec<Decision>,
    /// What a person should know before it is run.
    pub warnings: Vec<Problem>,
    /// What is done, in this order.
    pub steps: Vec<Step>,
}
