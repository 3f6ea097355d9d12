//! How strong a password is: measured beside the thread that draws, told below its field.
//!
//! One measurement runs at a time; of what is typed meanwhile only the newest is measured next.

use super::Context;
use crate::secret::Secret;
use crate::strength::{Score, Strength, strength};
use crate::wizard::Element;
use crate::wizard::theme::space;
use crate::wizard::widget::{Tone, small, steps_bar, strong};
use iced::widget::{column, row};
use iced::{Center, Fill, Shrink, Task};

/// What is known about the password that was typed last.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    /// The number of the newest question.
    newest: u64,
    /// Whether an answer is awaited.
    busy: bool,
    /// What is asked once that answer is there.
    waiting: Option<Question>,
    shown: Option<Strength>,
}

/// A password to measure; its copy is wiped when it has been.
#[derive(Debug)]
struct Question {
    number: u64,
    password: Secret,
    /// What a guesser knows anyway.
    known: Vec<String>,
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    number: u64,
    strength: Strength,
}

impl Question {
    fn ask(self) -> Task<Measured> {
        let answer = async move {
            let known: Vec<&str> = self.known.iter().map(String::as_str).collect();
            Measured {
                number: self.number,
                strength: strength(&self.password, &known),
            }
        };
        Task::perform(answer, |measured| measured)
    }
}

impl Meter {
    /// Measures what was typed, or what is `known` about the person anew.
    pub(crate) fn measure(&mut self, password: &Secret, known: Vec<String>) -> Task<Measured> {
        self.newest += 1;
        if password.expose().is_empty() {
            self.shown = None;
            self.waiting = None;
            return Task::none();
        }
        let question = Question {
            number: self.newest,
            password: password.clone(),
            known,
        };
        if self.busy {
            self.waiting = Some(question);
            return Task::none();
        }
        self.busy = true;
        question.ask()
    }

    /// Takes an answer; one that is out of date is not shown.
    pub(crate) fn measured(&mut self, measured: Measured) -> Task<Measured> {
        if measured.number == self.newest {
            self.shown = Some(measured.strength);
        }
        let next = self.waiting.take();
        self.busy = next.is_some();
        next.map_or_else(Task::none, Question::ask)
    }

    /// How hard the password is to guess, as far as it is known.
    #[cfg(test)]
    pub(crate) fn score(&self) -> Option<Score> {
        self.shown.as_ref().map(|shown| shown.score)
    }

    /// The strength in steps and in a word, what is weak about it, and what would help.
    pub(crate) fn view<'a, M: 'a>(&self, ctx: Context<'a>) -> Option<Element<'a, M>> {
        let p = ctx.palette();
        let Strength {
            score,
            weakness,
            advice,
        } = self.shown.as_ref()?;
        let tone = match score {
            Score::VeryWeak | Score::Weak => Tone::Error,
            Score::Fair => Tone::Warning,
            Score::Good | Score::Strong => Tone::Good,
        };
        let steps = Score::ALL.len();
        let reached = Score::ALL.iter().filter(|step| *step <= score).count();
        let word = strong(p, ctx.t(&format!("strength-{}", score.key())));
        let bar = row![
            steps_bar(p, tone, reached, steps),
            iced::widget::container(word).width(Shrink)
        ]
        .spacing(space::M)
        .align_y(Center);
        let why = weakness.map(|weakness| small(ctx.t(&weakness_key(weakness.key())), p.text));
        let help = advice.first();
        let help = help.map(|advice| small(ctx.t(&advice_key(advice.key())), p.muted));
        let told = column![bar].push(why).push(help).spacing(space::XS);
        Some(told.width(Fill).into())
    }
}

fn weakness_key(key: &str) -> String {
    format!("weakness-{key}")
}

fn advice_key(key: &str) -> String {
    format!("advice-{key}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, Texts};
    use crate::strength::{Advice, Weakness};

    fn answer(number: u64, password: &str) -> Measured {
        Measured {
            number,
            strength: strength(&Secret::new(password), &[]),
        }
    }

    #[test]
    fn the_newest_wins_and_one_runs_at_a_time() {
        let mut meter = Meter::default();
        drop(meter.measure(&Secret::new("a"), Vec::new()));
        drop(meter.measure(&Secret::new("ab"), Vec::new()));
        drop(meter.measure(&Secret::new("vulkan tinte ofen"), Vec::new()));
        let waiting = meter.waiting.as_ref().unwrap();
        assert_eq!((waiting.number, meter.busy), (3, true));
        drop(meter.measured(answer(1, "a")));
        assert_eq!(meter.score(), None, "the answer is out of date");
        assert!(meter.busy && meter.waiting.is_none());
        drop(meter.measured(answer(3, "vulkan tinte ofen")));
        assert!(meter.score() > Some(Score::Weak) && !meter.busy);
        // What was taken back is not told any more.
        drop(meter.measure(&Secret::new("b"), Vec::new()));
        drop(meter.measure(&Secret::new(""), Vec::new()));
        drop(meter.measured(answer(4, "b")));
        assert!(meter.score().is_none() && !meter.busy);
    }

    #[test]
    fn every_strength_reason_and_advice_has_its_text() {
        let keys = Score::ALL.map(|score| format!("strength-{}", score.key()));
        let reasons = Weakness::ALL.map(|weakness| weakness_key(weakness.key()));
        let advice = Advice::ALL.map(|advice| advice_key(advice.key()));
        for language in Language::ALL {
            let texts = Texts::new(language);
            for key in keys.iter().chain(&reasons).chain(&advice) {
                assert!(texts.find(key, None).is_some(), "{language:?}: {key}");
            }
        }
    }

    #[test]
    fn a_question_does_not_show_its_password() {
        let mut meter = Meter {
            busy: true,
            ..Meter::default()
        };
        drop(meter.measure(&Secret::new("Kuckucksuhr"), Vec::new()));
        assert!(!format!("{meter:?}").contains("Kuckuck"));
    }
}
