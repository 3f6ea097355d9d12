//! The pages, in their order. Each is a module with its own state and messages; `strength` is what
//! those with passwords share, `lost` how they name what goes, `quote` how they repeat what other parts
//! of the program say.

pub(crate) mod desktop;
pub(crate) mod disk;
pub(crate) mod finished;
pub(crate) mod install;
pub(crate) mod keyboard;
pub(crate) mod location;
pub(crate) mod log;
mod lost;
pub(crate) mod network;
pub(crate) mod partitions;
mod quote;
pub(crate) mod software;
pub(crate) mod strength;
pub(crate) mod summary;
pub(crate) mod users;
pub(crate) mod welcome;

use super::Element;
use super::draft::Draft;
use super::theme::{Appearance, Palette, space};
use super::widget::{Scope, Tone, lead, notice, title};
use crate::i18n::{Language, Texts, key_of};
use crate::keyboard::Picture;

use crate::plan::{Problem, ProblemId, Severity};
use iced::Fill;
use iced::widget::{Column, column};
use quote::without_keys;

/// A page of the wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Page {
    Welcome,
    Location,
    Keyboard,
    Network,
    Disk,
    Partitions,
    Users,
    Desktop,
    Software,
    Summary,
    Install,
    Finished,
}

impl Page {
    pub(crate) const ALL: [Self; 12] = [
        Self::Welcome,
        Self::Location,
        Self::Keyboard,
        Self::Network,
        Self::Disk,
        Self::Partitions,
        Self::Users,
        Self::Desktop,
        Self::Software,
        Self::Summary,
        Self::Install,
        Self::Finished,
    ];

    /// Its name on the command line and in the keys of texts.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::Location => "location",
            Self::Keyboard => "keyboard",
            Self::Network => "network",
            Self::Disk => "disk",
            Self::Partitions => "partitions",
            Self::Users => "users",
            Self::Desktop => "desktop",
            Self::Software => "software",
            Self::Summary => "summary",
            Self::Install => "install",
            Self::Finished => "finished",
        }
    }

    /// Whether the panel with `configuration.nix` can be opened beside it.
    pub(crate) fn has_files(self) -> bool {
        (Self::Keyboard..Self::Summary).contains(&self)
    }

    /// Whether the person is still choosing.
    pub(crate) fn is_question(self) -> bool {
        self <= Self::Summary
    }
}

/// The names of all pages, in their order.
pub fn page_names() -> [&'static str; 12] {
    Page::ALL.map(Page::name)
}

impl std::str::FromStr for Page {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|page| page.name() == name);
        found.ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("there is no page of that name; the pages are {names}")
        })
    }
}

/// What a page may look at while it is drawn.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) texts: &'a Texts,
    pub(crate) appearance: Appearance,
    pub(crate) draft: &'a Draft,
    /// How wide the page is, in logical pixels.
    pub(crate) width: f32,
    /// Seconds since the first of January 1970 in UTC.
    pub(crate) now: i64,
}

impl<'a> Context<'a> {
    pub(crate) fn palette(self) -> &'static Palette {
        self.appearance.palette()
    }

    /// A text.
    pub(crate) fn t(self, key: &str) -> String {
        self.texts.get(key)
    }

    /// A text with one value in it.
    pub(crate) fn tv(self, key: &str, name: &str, value: impl Into<String>) -> String {
        self.texts.with(key, &[(name, value.into().into())])
    }

    /// What the keys give where the new system asks for a password.
    pub(crate) fn keys(self) -> Option<Picture> {
        keyboard::in_use(self.draft)
    }

    /// Whether everything is drawn as in a mirror.
    pub(crate) const fn is_mirrored(self) -> bool {
        self.texts.language().is_right_to_left()
    }

    /// Code and logs are read from left to right in every language.
    pub(crate) fn left_to_right<M: 'a>(self, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
        let content = Scope::plain(content);
        content.mirrored(self.is_mirrored()).into()
    }

    /// The problems of a part of the preset as notices, those of `quiet` left out.
    pub(crate) fn problems<M: 'a>(self, part: &str, quiet: &[ProblemId]) -> Option<Element<'a, M>> {
        self.problems_where(part, |problem| !quiet.contains(&problem.id))
    }

    /// Those that are to be told at this place.
    pub(crate) fn problems_where<M: 'a>(
        self,
        part: &str,
        is_told: impl Fn(&Problem) -> bool,
    ) -> Option<Element<'a, M>> {
        let told = self.draft.problems_of(part);
        let told = told.filter(|problem| is_told(problem));
        let notices: Vec<Element<'a, M>> = told.map(|problem| self.problem(problem)).collect();
        (!notices.is_empty()).then(|| {
            let column = Column::with_children(notices);
            column.spacing(space::S).width(Fill).into()
        })
    }

    /// What is wrong with a field, as the resolver has it.
    pub(crate) fn error_at(self, field: &str) -> Option<String> {
        let mut problems = self.draft.problems().iter();
        let wrong = problems.find(|p| p.severity == Severity::Error && p.field == field);
        wrong.map(|problem| self.words(problem).0)
    }

    /// A problem, in the person's language where there is a text for it.
    pub(crate) fn problem<M: 'a>(self, problem: &Problem) -> Element<'a, M> {
        let tone = match problem.severity {
            Severity::Error => Tone::Error,
            Severity::Warning => Tone::Warning,
        };
        let (told, mend) = self.words(problem);
        // What is long stands below what it comes to, where that is said in short.
        let is_long = |text: &str| text.chars().count() > LONGEST_HEAD;
        let short = self.short(problem);
        let (head, help) = match is_long(&told) && !is_long(&short) {
            true => (short, format!("{told} {mend}")),
            false => (told, mend),
        };
        notice(self.palette(), tone, head, Some(help))
    }

    /// What a problem comes to, without its details.
    fn short(self, problem: &Problem) -> String {
        self.t(&key_of(problem.id))
    }

    /// What a problem is, and how to mend it by clicks: the resolver's own words are for who writes
    /// presets.
    pub(crate) fn words(self, problem: &Problem) -> (String, String) {
        let key = key_of(problem.id);
        // The resolver's sentence is English, and more precise.
        let is_english = self.texts.language() == Language::English;
        let own = is_english.then(|| without_keys(&problem.message)).flatten();
        let told = own.map(|own| sentence(&own));
        let of_reason = |key: &str| {
            let unnamed = self.t("disk-unnamed");
            self.texts.told(key, &problem.details, &unnamed)
        };
        let told = told.unwrap_or_else(|| of_reason(&key));
        (told, of_reason(&format!("{key}-mend")))
    }
}

/// A longer sentence is no head of a notice, in letters.
const LONGEST_HEAD: usize = 110;

/// With a capital at its head, unless that is a name such as openSUSE, and a full stop at its end.
pub(crate) fn sentence(text: &str) -> String {
    let word = text.split(|c: char| !c.is_alphanumeric()).next();
    let is_name = word.is_some_and(|word| word.chars().skip(1).any(char::is_uppercase));
    let mut letters = text.chars();
    let mut told: String = match letters.next() {
        Some(first) if !is_name => first.to_uppercase().chain(letters).collect(),
        _ => text.to_owned(),
    };
    let ends = |last: char| last.is_alphanumeric() || "”)%".contains(last);
    if !told.contains('\n') && told.chars().next_back().is_some_and(ends) {
        told.push('.');
    }
    told
}

/// A page's title, the sentence below it, and what is on it.
pub(crate) fn sheet<'a, M: 'a>(
    ctx: Context<'a>,
    page: Page,
    content: impl Into<Element<'a, M>>,
) -> Element<'a, M> {
    let (title, lead) = (
        format!("{}-title", page.name()),
        format!("{}-lead", page.name()),
    );
    sheet_with(ctx, (&title, ctx.t(&lead)), content)
}

/// The same with a title by the key of its text, and a sentence.
fn sheet_with<'a, M: 'a>(
    ctx: Context<'a>,
    (title_key, sentence): (&str, String),
    content: impl Into<Element<'a, M>>,
) -> Element<'a, M> {
    let p = ctx.palette();
    let head = column![title(p, ctx.t(title_key)), lead(p, sentence)];
    let head = head.spacing(space::S);
    column![head, content.into()]
        .spacing(space::L)
        .width(Fill)
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_and_ends_as_one() {
        let told = "/dev/sda is made smaller";
        assert_eq!(sentence(told), "/dev/sda is made smaller.");
        assert_eq!(sentence("it is “full”"), "It is “full”.");
        assert_eq!(sentence("openSUSE sleeps."), "openSUSE sleeps.");
        assert_eq!(sentence(""), "");
    }

    #[test]
    fn every_problem_has_its_text_in_every_language() {
        // serde names every identifier when it is given one that there is not.
        let told = serde_json::from_str::<ProblemId>("\"?\"").unwrap_err();
        let told = told.to_string();
        let ids: Vec<&str> = told.split('`').skip(3).step_by(2).collect();
        assert!(ids.len() > 60, "{ids:?}");
        for language in Language::ALL {
            let own = Texts::source(language);
            for id in &ids {
                let key = format!("problem-{}", id.replace('_', "-"));
                for key in [key.clone(), format!("{key}-mend")] {
                    let line = format!("\n{key} =");
                    assert!(own.contains(&line), "{language:?}: {key}");
                }
            }
        }
    }
}
