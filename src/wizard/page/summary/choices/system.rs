//! The system as a whole, how its configuration is laid out, and where packages come from meanwhile.

use super::{Line, all, or_decided, switched, told};
use crate::preset::{Configuration, Files, Install, Kernel, Release, Shape, System, Upgrades};
use crate::wizard::page::{Context, software};

/// Which NixOS it is.
pub(super) fn release(ctx: Context<'_>, medium: Option<&Release>, chosen: &System) -> Line {
    let name = or_decided(ctx, medium.map(|release| format!("NixOS {release}")));
    // That of the release itself is what everyone gets.
    let asked = chosen.state_version.as_ref();
    let asked = asked.filter(|asked| Some(*asked) != medium);
    let words = match asked {
        Some(release) => ctx
            .texts
            .list(&[name, format!("system.stateVersion {release}")]),
        None => name,
    };
    ("summary-release", words)
}

pub(super) fn lines(ctx: Context<'_>, chosen: &System) -> impl Iterator<Item = Line> {
    let System {
        state_version: _,
        kernel,
        boot_loader,
        generations,
        splash,
        printing,
        upgrades,
        delete_after_days,
        optimise_store,
        flakes,
        substituters,
        public_keys,
    } = chosen;
    let kernel = kernel.as_ref().filter(|kernel| **kernel != Kernel::Default);
    let kernel = kernel.and_then(|kernel| software::kernel_name(ctx, kernel));
    let upgrades = match upgrades.unwrap_or_default() {
        Upgrades::Off => None,
        Upgrades::NextStart => Some(ctx.t("upgrades-next-start")),
        Upgrades::AtOnce => Some(ctx.t("upgrades-at-once")),
    };
    let days = delete_after_days.map(|days| ctx.texts.count("summary-days", days.get().into()));
    told([
        ("kernel", kernel),
        ("loader", boot_loader.map(|loader| loader.to_string())),
        (
            "summary-generations",
            generations.map(|kept| kept.to_string()),
        ),
        ("summary-delete", days),
        ("summary-optimise", switched(ctx, *optimise_store)),
        ("upgrades", upgrades),
        ("summary-splash", switched(ctx, *splash)),
        ("summary-printing", switched(ctx, *printing)),
        ("summary-flakes", switched(ctx, *flakes)),
        ("summary-caches", all(substituters)),
        ("summary-cache-keys", all(public_keys)),
    ])
}

pub(super) fn configuration(
    ctx: Context<'_>,
    chosen: &Configuration,
) -> impl Iterator<Item = Line> {
    let Configuration { shape, files } = chosen;
    let shape = shape.map(|shape| {
        ctx.t(match shape {
            Shape::Classic => "shape-classic",
            Shape::Flake => "shape-flake",
        })
    });
    let files = files.map(|files| {
        ctx.t(match files {
            Files::One => "layout-of-files-one",
            Files::Split => "layout-of-files-split",
        })
    });
    told([("shape", shape), ("layout-of-files", files)])
}

pub(super) fn install(ctx: Context<'_>, chosen: &Install) -> impl Iterator<Item = Line> {
    let Install {
        substituters,
        public_keys,
        exclusive,
        proxy,
        no_proxy,
    } = chosen;
    let only = (*exclusive == Some(true)).then(|| ctx.t("summary-exclusive"));
    let proxy = proxy.as_ref().map(ToString::to_string);
    told([
        ("summary-install-caches", all(substituters)),
        ("summary-install-keys", all(public_keys)),
        ("summary-install-caches", only),
        ("summary-install-proxy", proxy),
        ("summary-install-no-proxy", no_proxy.clone()),
    ])
}
