//! Software: unfree programs, and packages for everyone.

use super::{Context, Page, sheet};
use crate::preset::PackageName;
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::theme::space;
use crate::wizard::widget::{card, check, field, head};
use iced::Fill;
use iced::widget::{Row, column, container};

#[derive(Clone, Debug)]
pub(crate) enum Message {
    Unfree(bool),
    Package(&'static str),
    Others(String),
}

/// Programs that many people want; all of them are in nixpkgs 26.05 under these names.
const OFFERED: [(&str, &str); 8] = [
    ("firefox", "package-firefox"),
    ("thunderbird", "package-thunderbird"),
    ("libreoffice", "package-libreoffice"),
    ("gimp", "package-gimp"),
    ("vlc", "package-vlc"),
    ("git", "package-git"),
    ("vim", "package-vim"),
    ("htop", "package-htop"),
];

#[derive(Debug)]
pub(crate) struct State {
    /// Names of further packages as they were typed.
    others: String,
}

impl State {
    pub(crate) fn new(draft: &Draft) -> Self {
        let packages = draft.preset().software.packages.iter();
        let others = packages
            .map(PackageName::as_str)
            .filter(|name| !is_offered(name));
        Self {
            others: others.collect::<Vec<_>>().join(" "),
        }
    }

    pub(crate) fn update(&mut self, message: Message, draft: &mut Draft) {
        match message {
            Message::Unfree(allowed) => {
                draft.edit(|preset| preset.software.unfree = Some(allowed));
            }
            Message::Package(name) => draft.edit(|preset| {
                let packages = &mut preset.software.packages;
                let before = packages.len();
                packages.retain(|package| package.as_str() != name);
                if packages.len() == before {
                    packages.extend(name.parse());
                }
            }),
            Message::Others(text) => {
                self.others = text;
                let named = self.named();
                draft.edit(|preset| {
                    let packages = &mut preset.software.packages;
                    packages.retain(|package| is_offered(package.as_str()));
                    let new = named.flatten().filter(|name| !is_offered(name.as_str()));
                    packages.extend(new.collect::<Vec<_>>());
                });
            }
        }
    }

    /// What was typed, as names of packages where it has their form.
    fn named(&self) -> impl Iterator<Item = Option<PackageName>> {
        let words = self.others.split([' ', ',', ';']);
        words
            .filter(|word| !word.is_empty())
            .map(|word| word.parse().ok())
    }

    /// Whether something that was typed is no name of a package.
    pub(crate) fn is_wrong(&self) -> bool {
        self.named().any(|name| name.is_none())
    }

    pub(crate) fn view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let software = &ctx.draft.preset().software;
        let unfree = software.unfree == Some(true);
        // Inside of a card, in two columns where there is room.
        let inside = ctx.width - 2.0 * space::L;
        let half = ((inside - space::M) / 2.0).max(220.0).min(inside);
        let offered = OFFERED.map(|(name, key)| {
            let ticked = software.packages.iter().any(|p| p.as_str() == name);
            let words = ctx.t(key);
            let note = ctx.t(&format!("{key}-note"));
            container(check(p, ticked, words, Some(note), Message::Package(name)))
                .width(half)
                .into()
        });
        let wrong = self.is_wrong().then(|| ctx.t("packages-form"));
        let content = column![
            card(
                p,
                check(
                    p,
                    unfree,
                    ctx.t("unfree"),
                    Some(ctx.t("unfree-note")),
                    Message::Unfree(!unfree)
                )
                .id("unfree")
            )
            .padding(space::S),
            card(
                p,
                column![
                    head(p, ctx.t("packages")),
                    Row::with_children(offered)
                        .spacing(space::M)
                        .wrap()
                        .vertical_spacing(0.0)
                ]
                .spacing(space::S)
            ),
            field(
                p,
                "others",
                ctx.t("packages-others"),
                &self.others,
                wrong,
                Message::Others
            ),
        ]
        .spacing(space::L)
        .width(Fill);
        sheet(
            ctx,
            Page::Software,
            content.push(ctx.problems("software", &[])),
        )
    }
}

fn is_offered(name: &str) -> bool {
    OFFERED.iter().any(|(offered, _)| *offered == name)
}
