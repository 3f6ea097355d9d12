//! Who uses the system, and what they find there.

use super::{Line, Maybe, all, or_decided, switched, told};
use crate::preset::{Desktop, Root, Software, User, UserName};
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

pub(super) fn software(ctx: Context<'_>, chosen: &Software) -> impl Iterator<Item = Line> {
    let Software {
        unfree,
        flatpak,
        broadcom_sta,
        packages,
    } = chosen;
    let flatpak = (*flatpak == Some(true)).then(|| "Flatpak".to_owned());
    let programs = packages.iter().map(ToString::to_string).chain(flatpak);
    let programs: Vec<String> = programs.collect();
    let unfree = match unfree {
        Some(true) => "allowed",
        _ => "not-allowed",
    };
    let lines: [Maybe; 3] = [
        (
            "summary-packages",
            Some(all(&programs).unwrap_or_else(|| ctx.t("none"))),
        ),
        ("summary-unfree", Some(ctx.t(unfree))),
        ("broadcom", switched(ctx, *broadcom_sta)),
    ];
    told(lines)
}
