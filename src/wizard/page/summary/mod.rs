//! Summary: everything that was chosen, everything that will be lost, the files as they will be
//! written, and the last question.

mod choices;
mod disks;
mod evaluation;
mod files;
mod mend;
mod question;

#[cfg(test)]
pub(crate) use choices::{Line, lines as choices};
pub(crate) use evaluation::Evaluation;

use super::{Context, Page, sheet_with};
use crate::nixos::CONFIGURATION_FILE;
use crate::plan::{Plan, Severity};
use crate::wizard::Element;
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, Tone, button, card, head};
use iced::Fill;
use iced::widget::{Column, column};

#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// The file of this name is looked at.
    Tab(String),
    Copy,
    Save,
    /// What is lost is told by number, too, or no longer.
    ByNumber,
    /// Look for the engine again.
    Connect,
    /// Look again whether anything stands in the way.
    LookAgain,
    /// To a page where something is to be mended.
    Go(Page),
    /// The question is answered: not now.
    Keep,
    /// The question is answered: go on.
    Erase,
}

/// What the program has to do after a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    None,
    /// The file of this name, onto the clipboard.
    CopyFile(String),
    SavePreset,
    /// The part of the page with this id is to be seen.
    Show(&'static str),
    Connect,
    Evaluate,
    Go(Page),
    Install,
}

#[derive(Debug)]
pub(crate) struct State {
    /// The name of the file that is looked at.
    pub(crate) file: String,
    /// Whether what is lost is told by number, too.
    pub(crate) by_number: bool,
    /// Whether the last question is being asked.
    pub(crate) confirming: bool,
    /// What became of saving the preset.
    pub(crate) saved: Option<Result<String, String>>,
    /// What Nix makes of it.
    pub(crate) evaluation: Evaluation,
    /// Why there is no engine, if there can be none.
    pub(crate) no_engine: Option<String>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            file: CONFIGURATION_FILE.to_owned(),
            by_number: false,
            confirming: false,
            saved: None,
            evaluation: Evaluation::default(),
            no_engine: None,
        }
    }
}

impl State {
    pub(crate) fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Tab(file) => self.file = file,
            Message::Copy => return Action::CopyFile(self.file.clone()),
            Message::Save => return Action::SavePreset,
            Message::ByNumber => {
                self.by_number = !self.by_number;
                return Action::Show(disks::BY_NUMBER);
            }
            Message::Connect => return Action::Connect,
            Message::LookAgain => return Action::Evaluate,
            Message::Go(page) => return Action::Go(page),
            Message::Keep => self.confirming = false,
            Message::Erase => return Action::Install,
        }
        Action::None
    }

    /// `lacking` is what pages are not complete without, by the keys of its texts.
    pub(crate) fn view<'a>(
        &'a self,
        ctx: Context<'a>,
        lacking: &[(Page, &'static str)],
    ) -> Element<'a, Message> {
        match ctx.draft.plan() {
            Some(plan) if self.confirming => question::view(ctx, plan),
            plan => self.overview(ctx, plan, lacking),
        }
    }

    fn overview<'a>(
        &'a self,
        ctx: Context<'a>,
        plan: Option<&'a Plan>,
        lacking: &[(Page, &'static str)],
    ) -> Element<'a, Message> {
        let p = ctx.palette();
        let ready = plan.is_some()
            && lacking.is_empty()
            && self.no_engine.is_none()
            && !self.evaluation.is_in_the_way();
        let mut content = Column::new().spacing(space::L).width(Fill);
        content = content.push(self.no_engine(ctx));
        let problems = ctx.draft.problems().iter();
        let (errors, warnings): (Vec<_>, Vec<_>) =
            problems.partition(|problem| problem.severity == Severity::Error);
        content = content.extend(errors.into_iter().map(|error| mend::problem(ctx, error)));
        // The draft may say it already, and more of it.
        let told = |page: Page| {
            ctx.draft
                .problems()
                .iter()
                .any(|p| mend::is_on(ctx, p, page))
        };
        let lacking = lacking.iter().filter(|(page, _)| !told(*page));
        content = content.extend(lacking.map(|lack| mend::lacking(ctx, *lack)));
        let is_in_the_way = self.evaluation.is_in_the_way();
        content = content.push(is_in_the_way.then(|| self.evaluation.view(ctx)).flatten());
        // A plan erases the disk where nothing is said; here somebody has to say so.
        let is_said = ctx.draft.preset().disk.layout.is_some();
        let plan_of_disks = plan.filter(|_| is_said);
        content =
            content.push(plan_of_disks.and_then(|plan| disks::view(ctx, plan, self.by_number)));
        content = content.extend(warnings.into_iter().map(|warning| ctx.problem(warning)));
        content = content.push(
            (!is_in_the_way)
                .then(|| self.evaluation.view(ctx))
                .flatten(),
        );
        let choices = column![head(p, ctx.t("summary-choices")), choices::view(ctx)];
        content = content.push(card(p, choices.spacing(space::M)));
        // Without a plan there are no files.
        let files = plan.map(|_| files::view(ctx, &self.file, self.saved.as_ref()));
        let (title, lead) = match ready {
            true => ("summary-title", "summary-lead"),
            false => ("summary-title-mend", "summary-lead-mend"),
        };
        sheet_with(ctx, (title, ctx.t(lead)), content.push(files))
    }

    /// Why there is no engine, and the way to look for it again.
    fn no_engine<'a>(&'a self, ctx: Context<'a>) -> Option<Element<'a, Message>> {
        let why = self.no_engine.as_ref()?;
        let told = ctx.reason(Tone::Error, ctx.t("engine-unreachable"), why);
        let again = button(
            ctx.palette(),
            Kind::Plain,
            ctx.t("try-again"),
            Some(Message::Connect),
        );
        Some(column![told, again.id("connect")].spacing(space::S).into())
    }
}
