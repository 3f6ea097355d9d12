//! How hard a password is to guess, and why.
//!
//! By the crate `zxcvbn`: lists of words, names and common passwords, keyboard patterns, dates. The
//! lists are English; words of other languages are taken for stronger than they are.

use crate::secret::Secret;
use zxcvbn::feedback::{Suggestion, Warning};

/// What was found out about a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strength {
    /// How hard it is to guess.
    pub score: Score,
    /// What makes it easy; none for a good one.
    pub weakness: Option<Weakness>,
    /// What would make it harder; empty for a good one.
    pub advice: Vec<Advice>,
}

/// How hard a password is to guess, by the number of guesses that it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Score {
    /// A thousand at most.
    VeryWeak,
    /// A million at most.
    Weak,
    /// A hundred million at most: too few for a disk that is stolen.
    Fair,
    /// Ten thousand million at most.
    Good,
    /// More.
    Strong,
}

impl Score {
    /// Every one, the weakest first.
    pub const ALL: [Self; 5] = [
        Self::VeryWeak,
        Self::Weak,
        Self::Fair,
        Self::Good,
        Self::Strong,
    ];

    /// The end of its key in the translations, such as `very-weak`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::VeryWeak => "very-weak",
            Self::Weak => "weak",
            Self::Fair => "fair",
            Self::Good => "good",
            Self::Strong => "strong",
        }
    }
}

/// Measures a password. `known` is what a guesser knows anyway, such as the person's names and the
/// host name: a password made of them is weak.
///
/// Run it off the thread that draws: the first call sorts the lists and takes about a tenth of a
/// second in a debug build, the next ones a few milliseconds (`cargo test --lib strength -- --nocapture`
/// prints both). At most the first hundred characters are looked at; `zxcvbn` copies parts of the
/// password while it works and does not erase them.
pub fn strength(password: &Secret, known: &[&str]) -> Strength {
    let entropy = zxcvbn::zxcvbn(password.expose(), known);
    let feedback = entropy.feedback();
    Strength {
        score: match entropy.score() {
            zxcvbn::Score::Zero => Score::VeryWeak,
            zxcvbn::Score::One => Score::Weak,
            zxcvbn::Score::Two => Score::Fair,
            zxcvbn::Score::Three => Score::Good,
            // `Four`; the enum may grow.
            _ => Score::Strong,
        },
        weakness: feedback.and_then(|f| f.warning()).map(Weakness::from),
        advice: feedback.map_or_else(Vec::new, |f| {
            f.suggestions().iter().copied().map(Advice::from).collect()
        }),
    }
}

/// What makes a password easy to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weakness {
    /// A row of keys, as `qwertz`.
    StraightRow,
    /// A short pattern on the keyboard.
    KeyPattern,
    /// The same sign again and again, as `aaa`.
    RepeatedSign,
    /// The same signs again and again, as `abcabc`.
    RepeatedSigns,
    /// One of the ten most common passwords.
    MostCommon,
    /// One of the hundred most common passwords.
    VeryCommon,
    /// A common password.
    Common,
    /// Much like a common password.
    LikeACommon,
    /// A sequence, as `abc` or `6543`.
    Sequence,
    /// A recent year.
    Year,
    /// A word by itself.
    OneWord,
    /// A date.
    Date,
    /// A name by itself.
    OneName,
    /// A common name.
    CommonName,
}

impl Weakness {
    /// Every one.
    pub const ALL: [Self; 14] = [
        Self::StraightRow,
        Self::KeyPattern,
        Self::RepeatedSign,
        Self::RepeatedSigns,
        Self::MostCommon,
        Self::VeryCommon,
        Self::Common,
        Self::LikeACommon,
        Self::Sequence,
        Self::Year,
        Self::OneWord,
        Self::Date,
        Self::OneName,
        Self::CommonName,
    ];

    /// The end of its key in the translations, such as `one-word`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::StraightRow => "straight-row",
            Self::KeyPattern => "key-pattern",
            Self::RepeatedSign => "repeated-sign",
            Self::RepeatedSigns => "repeated-signs",
            Self::MostCommon => "most-common",
            Self::VeryCommon => "very-common",
            Self::Common => "common",
            Self::LikeACommon => "like-a-common",
            Self::Sequence => "sequence",
            Self::Year => "year",
            Self::OneWord => "one-word",
            Self::Date => "date",
            Self::OneName => "one-name",
            Self::CommonName => "common-name",
        }
    }
}

impl From<Warning> for Weakness {
    fn from(told: Warning) -> Self {
        use Warning as Told;
        match told {
            Told::StraightRowsOfKeysAreEasyToGuess => Self::StraightRow,
            Told::ShortKeyboardPatternsAreEasyToGuess => Self::KeyPattern,
            Told::RepeatsLikeAaaAreEasyToGuess => Self::RepeatedSign,
            Told::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => Self::RepeatedSigns,
            Told::ThisIsATop10Password => Self::MostCommon,
            Told::ThisIsATop100Password => Self::VeryCommon,
            Told::ThisIsACommonPassword => Self::Common,
            Told::ThisIsSimilarToACommonlyUsedPassword => Self::LikeACommon,
            Told::SequencesLikeAbcAreEasyToGuess => Self::Sequence,
            Told::RecentYearsAreEasyToGuess => Self::Year,
            Told::AWordByItselfIsEasyToGuess => Self::OneWord,
            Told::DatesAreOftenEasyToGuess => Self::Date,
            Told::NamesAndSurnamesByThemselvesAreEasyToGuess => Self::OneName,
            Told::CommonNamesAndSurnamesAreEasyToGuess => Self::CommonName,
        }
    }
}

/// What would make a password harder to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Advice {
    /// Use a few words that do not make a phrase.
    FewWords,
    /// Signs, digits and capitals are not needed.
    NoNeedForSigns,
    /// Add a word or two, unusual ones best.
    AnotherWord,
    /// A capital at the beginning helps little.
    Capitals,
    /// Only capitals help little.
    AllCapitals,
    /// A word read backwards helps little.
    Reversed,
    /// `@` for `a` helps little.
    Substitutions,
    /// A pattern on the keyboard must be longer, with more turns.
    LongerPattern,
    /// Repeat no words and signs.
    NoRepeats,
    /// Use no sequences.
    NoSequences,
    /// Use no recent years.
    NoYears,
    /// Use no years that have to do with you.
    NoOwnYears,
    /// Use no dates that have to do with you.
    NoOwnDates,
}

impl Advice {
    /// Every one.
    pub const ALL: [Self; 13] = [
        Self::FewWords,
        Self::NoNeedForSigns,
        Self::AnotherWord,
        Self::Capitals,
        Self::AllCapitals,
        Self::Reversed,
        Self::Substitutions,
        Self::LongerPattern,
        Self::NoRepeats,
        Self::NoSequences,
        Self::NoYears,
        Self::NoOwnYears,
        Self::NoOwnDates,
    ];

    /// The end of its key in the translations, such as `another-word`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::FewWords => "few-words",
            Self::NoNeedForSigns => "no-need-for-signs",
            Self::AnotherWord => "another-word",
            Self::Capitals => "capitals",
            Self::AllCapitals => "all-capitals",
            Self::Reversed => "reversed",
            Self::Substitutions => "substitutions",
            Self::LongerPattern => "longer-pattern",
            Self::NoRepeats => "no-repeats",
            Self::NoSequences => "no-sequences",
            Self::NoYears => "no-years",
            Self::NoOwnYears => "no-own-years",
            Self::NoOwnDates => "no-own-dates",
        }
    }
}

impl From<Suggestion> for Advice {
    fn from(told: Suggestion) -> Self {
        use Suggestion as Told;
        match told {
            Told::UseAFewWordsAvoidCommonPhrases => Self::FewWords,
            Told::NoNeedForSymbolsDigitsOrUppercaseLetters => Self::NoNeedForSigns,
            Told::AddAnotherWordOrTwo => Self::AnotherWord,
            Told::CapitalizationDoesntHelpVeryMuch => Self::Capitals,
            Told::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase => Self::AllCapitals,
            Told::ReversedWordsArentMuchHarderToGuess => Self::Reversed,
            Told::PredictableSubstitutionsDontHelpVeryMuch => Self::Substitutions,
            Told::UseALongerKeyboardPatternWithMoreTurns => Self::LongerPattern,
            Told::AvoidRepeatedWordsAndCharacters => Self::NoRepeats,
            Told::AvoidSequences => Self::NoSequences,
            Told::AvoidRecentYears => Self::NoYears,
            Told::AvoidYearsThatAreAssociatedWithYou => Self::NoOwnYears,
            Told::AvoidDatesAndYearsThatAreAssociatedWithYou => Self::NoOwnDates,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::time::Instant;

    fn of(password: &str) -> Strength {
        strength(&Secret::new(password), &["Maria", "Silva", "alm"])
    }

    #[test]
    fn passwords_are_told_apart_with_reasons() {
        let start = Instant::now();
        let common = of("password");
        let first = start.elapsed();
        assert_eq!(
            (common.score, common.weakness),
            (Score::VeryWeak, Some(Weakness::MostCommon))
        );
        assert_eq!(of("").score, Score::VeryWeak);
        assert_eq!(of("qwertyuiop").score, Score::VeryWeak);
        assert!(
            of("mariasilva").score <= Score::Weak,
            "names are known to a guesser"
        );
        let start = Instant::now();
        let strong = of("vulkan tinte ofen birke 7");
        println!(
            "first call {first:?}, a long password then {:?}",
            start.elapsed()
        );
        assert_eq!((strong.score, strong.weakness), (Score::Strong, None));
        assert!(strong.advice.is_empty());
        assert!(!of("aaaaaaa").advice.is_empty());
        assert!(of(&"x1!".repeat(2000)).score <= Score::Strong);
    }

    #[test]
    fn every_reason_has_a_key_of_its_own() {
        let weaknesses: BTreeSet<&str> = Weakness::ALL.into_iter().map(Weakness::key).collect();
        let advice: BTreeSet<&str> = Advice::ALL.into_iter().map(Advice::key).collect();
        assert_eq!(
            (weaknesses.len(), advice.len()),
            (Weakness::ALL.len(), Advice::ALL.len())
        );
        assert!(Score::ALL.is_sorted());
    }
}
