//! Nevado installs NixOS: a graphical wizard on a live medium, and unattended from a preset file.
//!
//! Five nouns carry the program; everything is one of them, or turns one into another.
//!
//! ```text
//! Machine ──┐
//!           ├─ resolve ─▶ Plan (or Problems) ──▶ engine ──▶ Events ──▶ wizard · terminal · log · receipt
//! Preset ───┘   pure, no I/O                    root, the only side effects
//! ```
//!
//! | module | what it holds |
//! |---|---|
//! | [`units`], [`secret`] | sizes, positions and passwords as types of their own |
//! | [`identifiers`] | every UUID of an installation, from one seed |
//! | [`machine`] | what this computer is: types, probing, hardware scan |
//! | [`preset`] | what the person asked for: TOML in and out, with positions for messages |
//! | [`location`], [`keyboard`] | time zones, countries, locales, languages; layouts and options of XKB |
//! | [`suggest`], [`strength`] | login and host names suggested; how hard a password is to guess |
//! | [`storage`] | disk layouts, pure |
//! | [`nixos`] | Nix text: a value tree, its printer, one small file per concern |
//! | [`process`] | running programs: arguments, limits, cancel, how they ended |
//! | [`plan`] | what will be done, in full; the resolver and the problems |
//! | [`evaluate`] | a draft configuration through the medium's Nix, and the forecast of the build |
//! | [`engine`] | the privileged half: runs a plan |
//! | [`preflight`] | the clock, the network, memory and power, before an installation begins |
//! | `wizard`, `i18n` | the graphical wizard and its texts; behind the feature `wizard` |
//! | `network` | the live session's network, for the wizard; behind the same feature |
//! | [`cli`] | the command line |
//!
//! A newcomer opens [`plan`] first.

pub mod cli;
pub mod engine;
pub mod evaluate;
#[cfg(feature = "wizard")]
mod i18n;
pub mod identifiers;
pub mod keyboard;
pub mod location;
pub mod machine;
mod nearest;
#[cfg(feature = "wizard")]
pub mod network;
pub mod nixos;
mod packed;
pub mod plan;
pub mod preflight;
pub mod preset;
pub mod process;
pub mod secret;
pub mod storage;
pub mod strength;
pub mod suggest;
pub mod units;
#[cfg(feature = "wizard")]
pub mod wizard;
