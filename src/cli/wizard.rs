//! `nevado` without a command: the graphical wizard.

use super::inputs::{self, Stop};
use crate::engine::{STATE_FOLDER, Speed};
use crate::machine::Machine;
use crate::network::Bus;
use crate::plan::Seed;
use crate::preset::{self, DiskPreset, Layout, Preset};
use crate::process::forbid_core_files;
use crate::wizard::{self, Engine, Options, Picture, Watch, page_names};
use anyhow::{Context, anyhow};
use clap::Args;
use std::path::PathBuf;

const DEMO_MACHINE: &str = include_str!("../../assets/demo/machine.json");
const DEMO_PRESET: &str = include_str!("../../assets/demo/preset.toml");

#[derive(Debug, Args)]
pub(super) struct WizardArgs {
    /// Show the wizard for a recorded machine (from `nevado probe`); nothing is installed, a
    /// recorded installation is shown in its place
    #[arg(long, value_name = "FILE")]
    machine: Option<PathBuf>,
    /// Begin with the answers of a preset
    #[arg(long, value_name = "FILE")]
    preset: Option<PathBuf>,
    /// Show a recorded installation, on a made-up computer
    #[arg(long, conflicts_with = "machine")]
    demo: bool,
    /// Show what the stand-in for an engine that listens at this socket tells; for tests only
    #[arg(long, hide = true, value_name = "SOCKET", requires = "machine")]
    engine: Option<PathBuf>,
    /// Ask the stand-in for NetworkManager on the bus at this D-Bus address; for tests only
    #[arg(long, hide = true, value_name = "ADDRESS", requires = "engine")]
    bus: Option<String>,
    #[arg(long, value_name = "NAME", requires = "screenshot", help = page_help())]
    page: Option<String>,
    /// The PNG file that the page is drawn into
    #[arg(long, value_name = "FILE", requires = "page")]
    screenshot: Option<PathBuf>,
    /// Size of the picture
    #[arg(long, value_name = "WIDTHxHEIGHT", default_value = "1280x800", value_parser = size, requires = "page")]
    size: (u16, u16),
    /// Pixels of the picture for each logical one
    #[arg(long, default_value_t = 1.0, value_parser = scale, requires = "page")]
    scale: f32,
    /// light, dark or high-contrast
    #[arg(long, value_name = "NAME", default_value = "light", requires = "page")]
    appearance: String,
    /// Language of the picture, such as de; left out: that of the preset
    #[arg(long, value_name = "TAG", requires = "page")]
    language: Option<String>,
    /// Draw configuration.nix beside the page; those from keyboard to software have room for it
    #[arg(long, requires = "page")]
    files: bool,
    /// End once the first frame is drawn, for whoever measures that
    #[arg(long, hide = true)]
    end_after_first_frame: bool,
    /// Tell where everything is in the window whenever a line comes in; for tests only
    #[arg(long, hide = true, requires = "engine")]
    tell_places: bool,
}

/// Two numbers with an `x` between them.
fn size(text: &str) -> Result<(u16, u16), String> {
    let parts = text.split_once('x').map(|(w, h)| (w.parse(), h.parse()));
    match parts {
        Some((Ok(width), Ok(height)))
            if (320..=8192).contains(&width) && (240..=8192).contains(&height) =>
        {
            Ok((width, height))
        }
        Some((Ok(_), Ok(_))) => Err("it is 320x240 at least, and 8192x8192 at most".to_owned()),
        _ => Err("write it as 1280x800".to_owned()),
    }
}

/// A number that a picture can be drawn with.
fn scale(text: &str) -> Result<f32, String> {
    let number = text.parse().ok();
    let number = number.filter(|scale| (1.0..=4.0).contains(scale));
    number.ok_or_else(|| "it is a number from 1 to 4".to_owned())
}

/// What `--page` is for, with the names that it takes.
fn page_help() -> String {
    let names = page_names().join(", ");
    format!("Draw this page into a file instead of opening a window: {names}")
}

/// Shows the wizard, or draws one of its pages.
pub(super) fn run(args: &WizardArgs) -> Result<(), Stop> {
    let options = options(args)?;
    let failed = |error: wizard::WizardError| match error {
        wizard::WizardError::UnknownName(_) => {
            super::tell(format_args!("nevado: {error}"));
            Stop::Told(super::UNUSABLE)
        }
        wizard::WizardError::NothingInstalled(..) => {
            super::tell(format_args!("nevado: {error}"));
            Stop::Told(super::NOT_INSTALLABLE)
        }
        error => Stop::failed(error.into()),
    };
    match (&args.page, &args.screenshot) {
        (Some(page), Some(file)) => {
            let picture = Picture {
                page: page.clone(),
                size: args.size,
                scale: args.scale,
                appearance: args.appearance.clone(),
                language: args.language.clone(),
                files: args.files,
            };
            wizard::screenshot(options, &picture, file).map_err(failed)
        }
        _ => {
            forbid_core_files().map_err(|error| {
                Stop::failed(anyhow!("core files could not be forbidden: {error}"))
            })?;
            wizard::run(options).map_err(failed)
        }
    }
}

fn options(args: &WizardArgs) -> Result<Options, Stop> {
    // A picture without a machine is one of the made-up computer.
    let demo = args.demo || (args.page.is_some() && args.machine.is_none());
    let machine = match &args.machine {
        Some(file) => inputs::machine(file)?,
        None if demo => demo_machine()?,
        None => inputs::probe(None),
    };
    let preset = match &args.preset {
        Some(file) => Some(inputs::preset(file)?.preset),
        None if args.page.is_some() => Some(pictured_preset(demo)?),
        None if demo => Some(demo_preset()?),
        None => None,
    };
    let replayed = demo || args.machine.is_some();
    Ok(Options {
        machine,
        preset,
        seed: if args.page.is_some() {
            Seed::new([7; 32])
        } else {
            inputs::seed(None)?
        },
        engine: match &args.engine {
            Some(socket) if socket.starts_with(STATE_FOLDER) => {
                let why = "a recorded machine can't be installed on by this computer's engine";
                return Err(Stop::failed(anyhow!(why)));
            }
            Some(socket) => Engine::At(socket.clone()),
            None if replayed => Engine::Replay(Speed::RECORDED),
            None => Engine::Here,
        },
        bus: match &args.bus {
            Some(address) => Some(Bus::At(address.clone())),
            None => (!replayed).then_some(Bus::System),
        },
        replayed,
        begin_with_install: args.demo,
        watch: match args.tell_places {
            true => Watch::Places,
            false if args.end_after_first_frame => Watch::FirstFrame,
            false => Watch::Person,
        },
    })
}

fn demo_machine() -> anyhow::Result<Machine> {
    serde_json::from_str(DEMO_MACHINE).context("the made-up computer can't be read")
}

/// Answers for a picture: nothing of a made-up disk is erased in it, and what becomes of the disk of a
/// recorded computer is open.
fn pictured_preset(demo: bool) -> anyhow::Result<Preset> {
    let mut preset = demo_preset()?;
    match demo {
        true => preset.disk.layout = Some(Layout::Alongside),
        false => preset.disk = DiskPreset::default(),
    }
    Ok(preset)
}

fn demo_preset() -> anyhow::Result<Preset> {
    preset::read(DEMO_PRESET, "demo").map_err(|error| anyhow!("{error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_a_size_that_can_be_drawn() {
        assert_eq!(size("320x240"), Ok((320, 240)));
        for bad in ["1280x0", "1280x239", "0x800", "9000x800", "1280", "x"] {
            assert!(size(bad).is_err(), "{bad}");
        }
        assert_eq!(scale("1.5"), Ok(1.5));
        for bad in ["0", "0.5", "-1", "NaN", "inf", "5", "one"] {
            assert!(scale(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_picture_of_the_made_up_computer_erases_nothing() {
        let machine = demo_machine().unwrap();
        let preset = pictured_preset(true).unwrap();
        let plan = crate::plan::resolve(&machine, &preset, Seed::new([7; 32])).unwrap();
        assert_eq!(plan.losses().count(), 0);
        assert_eq!(pictured_preset(false).unwrap().disk, DiskPreset::default());
    }
}
