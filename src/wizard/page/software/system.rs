//! What few people change about the system as a whole: kernel, boot loader, upgrades, and how the
//! configuration is laid out.

use super::Message;
use crate::machine::Firmware;
use crate::preset::{BootLoader, Files, Kernel, Preset, Shape, Upgrades};
use crate::wizard::Element;
use crate::wizard::page::Context;
use crate::wizard::theme::space;
use crate::wizard::widget::{Scope, choice, label, small, strong};
use iced::Fill;
use iced::widget::{Row, column, container};

/// The narrowest that a choice becomes beside another one, in logical pixels.
pub(super) const NARROWEST: f32 = 220.0;

/// One of the choices here.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Kernel(Option<Kernel>),
    BootLoader(Option<BootLoader>),
    Upgrades(Option<Upgrades>),
    Shape(Option<Shape>),
    Files(Option<Files>),
}

impl Change {
    /// Puts it into the preset.
    pub(super) fn put(self, preset: &mut Preset) {
        match self {
            Self::Kernel(kernel) => preset.system.kernel = kernel,
            Self::BootLoader(loader) => preset.system.boot_loader = loader,
            Self::Upgrades(upgrades) => preset.system.upgrades = upgrades,
            Self::Shape(shape) => preset.configuration.shape = shape,
            Self::Files(files) => preset.configuration.files = files,
        }
    }
}

/// Whether a preset says something of all this.
pub(super) fn is_told(preset: &Preset) -> bool {
    let system = &preset.system;
    system.kernel.is_some()
        || system.boot_loader.is_some()
        || system.upgrades.is_some()
        || preset.configuration.shape.is_some()
        || preset.configuration.files.is_some()
}

/// One thing to choose: the end of its texts' keys, what it puts into the preset, whether it is chosen,
/// and the key of the reason where it is not possible.
struct Offer {
    key: &'static str,
    /// What it is called, where that is no text of ours.
    name: Option<String>,
    change: Change,
    chosen: bool,
    obstacle: Option<&'static str>,
}

fn offer(key: &'static str, change: Change, chosen: bool) -> Offer {
    Offer {
        key,
        name: None,
        change,
        chosen,
        obstacle: None,
    }
}

/// Whether it is a series with long support, which only a preset asks for.
pub(super) fn is_series(kernel: &Kernel) -> bool {
    matches!(kernel, Kernel::Series { .. })
}

fn series_name(series: &Kernel) -> String {
    format!("Linux {series}")
}

/// What a kernel is called; nothing for the one that NixOS takes by itself.
pub(crate) fn kernel_name(ctx: Context<'_>, kernel: &Kernel) -> Option<String> {
    match kernel {
        Kernel::Default => None,
        Kernel::Newest => Some(ctx.t("kernel-newest")),
        Kernel::Zen => Some(ctx.t("kernel-zen")),
        Kernel::Series { .. } => Some(series_name(kernel)),
    }
}

fn kernels(preset: &Preset, series: Option<&Kernel>) -> Vec<Offer> {
    let now = preset.system.kernel.clone().unwrap_or_default();
    let each = [
        ("default", None, Kernel::Default),
        ("newest", Some(Kernel::Newest), Kernel::Newest),
        ("zen", Some(Kernel::Zen), Kernel::Zen),
    ];
    let each = each.into_iter();
    let usual = each.map(|(key, wanted, kernel)| offer(key, Change::Kernel(wanted), now == kernel));
    let series = series.map(|series| Offer {
        name: Some(series_name(series)),
        ..offer(
            "series",
            Change::Kernel(Some(series.clone())),
            now == *series,
        )
    });
    usual.chain(series).collect()
}

fn boot_loaders(preset: &Preset, firmware: Option<&Firmware>) -> Vec<Offer> {
    let now = preset.system.boot_loader;
    // From a BIOS only GRUB starts.
    let bios = firmware == Some(&Firmware::Bios);
    let each = [
        ("auto", None),
        ("systemd-boot", Some(BootLoader::SystemdBoot)),
        ("grub", Some(BootLoader::Grub)),
        ("limine", Some(BootLoader::Limine)),
    ];
    each.into_iter()
        .map(|(key, loader)| Offer {
            obstacle: (bios && !matches!(loader, None | Some(BootLoader::Grub)))
                .then_some("loader-not-on-bios"),
            ..offer(key, Change::BootLoader(loader), now == loader)
        })
        .collect()
}

fn upgrades(preset: &Preset) -> Vec<Offer> {
    let now = preset.system.upgrades.unwrap_or_default();
    let each = [
        ("off", None, Upgrades::Off),
        ("next-start", Some(Upgrades::NextStart), Upgrades::NextStart),
        ("at-once", Some(Upgrades::AtOnce), Upgrades::AtOnce),
    ];
    each.into_iter()
        .map(|(key, wanted, when)| offer(key, Change::Upgrades(wanted), now == when))
        .collect()
}

fn shapes(preset: &Preset) -> Vec<Offer> {
    let now = preset.configuration.shape.unwrap_or_default();
    let is = |shape| now == shape;
    vec![
        offer("classic", Change::Shape(None), is(Shape::Classic)),
        offer("flake", Change::Shape(Some(Shape::Flake)), is(Shape::Flake)),
    ]
}

fn files(preset: &Preset) -> Vec<Offer> {
    let now = preset.configuration.files.unwrap_or_default();
    let is = |files| now == files;
    vec![
        offer("one", Change::Files(None), is(Files::One)),
        offer("split", Change::Files(Some(Files::Split)), is(Files::Split)),
    ]
}

/// All of them, a group each.
pub(super) fn view<'a>(ctx: Context<'a>, series: Option<&Kernel>) -> Element<'a, Message> {
    let preset = ctx.draft.preset();
    let firmware = ctx.draft.machine().firmware.known();
    column![
        group(ctx, "kernel", kernels(preset, series)),
        group(ctx, "loader", boot_loaders(preset, firmware)),
        group(ctx, "upgrades", upgrades(preset)),
        group(ctx, "shape", shapes(preset)),
        group(ctx, "layout-of-files", files(preset)),
    ]
    .spacing(space::L)
    .into()
}

fn group<'a>(ctx: Context<'a>, name: &'static str, offers: Vec<Offer>) -> Element<'a, Message> {
    let p = ctx.palette();
    let half = ((ctx.width - space::M) / 2.0).floor();
    let wide = if half < NARROWEST { ctx.width } else { half };
    let cards = offers.into_iter().map(|offer| {
        let key = format!("{name}-{}", offer.key);
        let note = match offer.obstacle {
            Some(reason) => small(ctx.t(reason), p.danger),
            None => small(ctx.t(&format!("{key}-note")), p.muted),
        };
        let name = offer.name.unwrap_or_else(|| ctx.t(&key));
        let words = column![strong(p, name), note];
        let press = offer.obstacle.is_none();
        let press = press.then_some(Message::System(offer.change));
        container(choice(p, offer.chosen, words, press).id(key))
            .width(wide)
            .into()
    });
    let cards = Row::with_children(cards).spacing(space::M).wrap();
    let cards = container(Scope::group(cards.vertical_spacing(space::M))).width(Fill);
    column![label(p, ctx.t(name)), cards]
        .spacing(space::S)
        .into()
}
