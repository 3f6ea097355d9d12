//! Who uses the system, and what they find there.

use super::{Line, Maybe, all, or_decided, switched, told};
use crate::nixos::comes_along;
use crate::preset::{Desktop, Environment, PackageName, Root, Software, User, UserName};
use crate::wizard::page::{Context, desktop as desktop_page};

/// A line for each person.
pub(super) fn users(ctx: Context<'_>, users: &[User], root: Option<&Root>) -> Vec<Line> {
    let people = users.iter().map(|user| person(ctx, user));
    let root = root.map(|Root { password: _ }| "root".to_owned());
    let mut lines: Vec<Line> = people
        .chain(root)
        .map(|words| ("summary-user", words))
        .collect();
    if lines.is_empty() {
        lines.push(("summary-user", ctx.t("none")));
    }
    lines
}

/// A person, and what is special about them.
fn person(ctx: Context<'_>, user: &User) -> String {
    let User {
        name: _,
        full_name: _,
        password: _,
        administrator,
        shell,
        groups,
        ssh_keys,
    } = user;
    let keys = all(ssh_keys).map(|keys| ctx.tv("summary-keys", "keys", keys));
    let parts = [
        Some(name_of(user)),
        administrator.then(|| ctx.t("administrator")),
        shell.map(|shell| shell.to_string()),
        all(groups).map(|groups| ctx.tv("summary-groups", "groups", groups)),
        keys,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    ctx.texts.list(&parts)
}

fn name_of(user: &User) -> String {
    match &user.full_name {
        Some(name) => format!("{name} ({})", user.name),
        None => user.name.to_string(),
    }
}

pub(super) fn desktop(
    ctx: Context<'_>,
    chosen: &Desktop,
    users: &[User],
) -> impl Iterator<Item = Line> {
    let Desktop {
        environment,
        autologin,
    } = chosen;
    let name = environment.map(|environment| desktop_page::name_of(ctx, environment));
    // Who is logged in without a password.
    let by_itself = |name: &UserName| {
        let user = users.iter().find(|user| user.name == *name);
        user.map_or_else(|| name.to_string(), name_of)
    };
    told([
        ("summary-desktop", Some(or_decided(ctx, name))),
        ("autologin", autologin.as_ref().map(by_itself)),
    ])
}

/// What a desktop brings along, in words.
fn along(ctx: Context<'_>, desktop: Environment) -> Option<String> {
    let named = comes_along(desktop).into_iter().map(|name| match name {
        // The one that has a name of its own here.
        "firefox" => ctx.t("package-firefox"),
        other => other.to_owned(),
    });
    let programs = named.collect::<Vec<_>>().join(", ");
    let desktop = desktop_page::name_of(ctx, desktop);
    let values = [
        ("desktop", desktop.into()),
        ("programs", programs.clone().into()),
    ];
    (!programs.is_empty()).then(|| ctx.texts.with("summary-along", &values))
}

pub(super) fn software(
    ctx: Context<'_>,
    chosen: &Software,
    desktop: &Desktop,
) -> impl Iterator<Item = Line> {
    let Software {
        unfree,
        flatpak,
        broadcom_sta,
        packages,
    } = chosen;
    let flatpak = (*flatpak == Some(true)).then(|| "Flatpak".to_owned());
    let desktop = desktop.environment.unwrap_or(Environment::None);
    let brought = comes_along(desktop);
    let asked = packages.iter().map(PackageName::as_str);
    let asked = asked.filter(|name| !brought.contains(name));
    let programs = asked.map(str::to_owned).chain(flatpak);
    let programs = programs.collect::<Vec<_>>().join(", ");
    let programs = [
        Some(programs).filter(|all| !all.is_empty()),
        along(ctx, desktop),
    ];
    let programs: Vec<String> = programs.into_iter().flatten().collect();
    let programs = (!programs.is_empty()).then(|| ctx.texts.list(&programs));
    let unfree = match unfree {
        Some(true) => "allowed",
        _ => "not-allowed",
    };
    let lines: [Maybe; 3] = [
        (
            "summary-packages",
            Some(programs.unwrap_or_else(|| ctx.t("none"))),
        ),
        ("summary-unfree", Some(ctx.t(unfree))),
        ("broadcom", switched(ctx, *broadcom_sta)),
    ];
    told(lines)
}
