//! What is to be mended first, and the way to the page where it is.

use super::Message;
use crate::plan::{Problem, Severity};
use crate::preset::Layout;
use crate::wizard::Element;
use crate::wizard::page::{Context, Page};
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, Tone, button, notice};
use iced::widget::column;

/// An error of the draft, and the way to its page.
pub(super) fn problem<'a>(ctx: Context<'a>, problem: &Problem) -> Element<'a, Message> {
    let page = page_of(&problem.field, ctx.draft.preset().disk.layout);
    with_way(ctx, ctx.problem(problem), page)
}

/// Whether it is an error of what this page asks for.
pub(super) fn is_on(ctx: Context<'_>, problem: &Problem, page: Page) -> bool {
    let own = page_of(&problem.field, ctx.draft.preset().disk.layout);
    problem.severity == Severity::Error && own == Some(page)
}

/// What a page lacks, by the key of its text.
pub(super) fn lacking<'a>(
    ctx: Context<'a>,
    (page, key): (Page, &'static str),
) -> Element<'a, Message> {
    let told = notice(ctx.palette(), Tone::Error, ctx.t(key), None);
    with_way(ctx, told, Some(page))
}

fn with_way<'a>(
    ctx: Context<'a>,
    told: Element<'a, Message>,
    page: Option<Page>,
) -> Element<'a, Message> {
    let way = page.map(|page| {
        let name = ctx.t(&format!("{}-name", page.name()));
        let words = ctx.tv("summary-to-page", "page", name);
        let way = button(ctx.palette(), Kind::Plain, words, Some(Message::Go(page)));
        way.id(format!("to-{}", page.name()))
    });
    column![told].push(way).spacing(space::S).into()
}

/// The page that a field of the preset is on; no page asks for some.
fn page_of(field: &str, layout: Option<Layout>) -> Option<Page> {
    let mut parts = field.split(['.', '[']);
    let part = parts.next()?;
    Some(match (part, parts.next()) {
        ("locale", _) => Page::Location,
        ("keyboard", _) => Page::Keyboard,
        ("network", Some("host_name" | "ssh")) | ("desktop", Some("autologin")) => Page::Users,
        ("network", _) => Page::Network,
        ("disk", Some("disks")) if layout == Some(Layout::Manual) => Page::Partitions,
        ("disk", _) => Page::Disk,
        ("users" | "root", _) => Page::Users,
        ("desktop", _) => Page::Desktop,
        ("software", _) | ("system", Some("kernel" | "boot_loader" | "upgrades")) => Page::Software,
        ("configuration", _) => Page::Software,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_on_the_page_that_asks_for_it() {
        let page = |field| page_of(field, Some(Layout::Manual));
        assert_eq!(
            page("disk.disks[0].partitions[2].size"),
            Some(Page::Partitions)
        );
        assert_eq!(page("disk.encrypt"), Some(Page::Disk));
        assert_eq!(page_of("disk.disks", None), Some(Page::Disk));
        assert_eq!(page("users[1].ssh_keys"), Some(Page::Users));
        assert_eq!(page("desktop.autologin"), Some(Page::Users));
        assert_eq!(page("desktop.environment"), Some(Page::Desktop));
        assert_eq!(page("system.boot_loader"), Some(Page::Software));
        // Of the medium and the firmware nothing can be chosen.
        assert_eq!(page("system"), None);
        assert_eq!(page("install.substituters"), None);
    }
}
