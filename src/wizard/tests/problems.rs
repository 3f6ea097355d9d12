//! Problems as the wizard tells them: in words for who clicks, never in those of a preset or a shell.

use super::driver::recorded;
use crate::i18n::{Language, Texts};
use crate::plan::{Problem, Seed};
use crate::preset::is_key;
use crate::wizard::draft::Draft;
use crate::wizard::page::Context;
use crate::wizard::theme::Appearance;
use std::path::Path;

fn stems(folder: &str) -> Vec<String> {
    let files = Path::new(folder).read_dir().unwrap();
    let stem = |file: std::io::Result<std::fs::DirEntry>| {
        let path = file.unwrap().path();
        path.file_stem().unwrap().to_string_lossy().into_owned()
    };
    let mut stems: Vec<String> = files.map(stem).collect();
    stems.sort();
    stems
}

/// What of a text only who writes presets understands.
fn of_presets(text: &str) -> Option<String> {
    let is_part = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
    let mut words = text.split(is_part).filter(|word| word.contains('_'));
    let key = words.find(|word| is_key(word)).map(ToOwned::to_owned);
    let sign = ["`", " = ", "[["].iter().find(|sign| text.contains(**sign));
    key.or_else(|| sign.map(ToString::to_string))
}

fn told(texts: &Texts, draft: &Draft, problem: &Problem) -> [String; 2] {
    let ctx = Context {
        texts,
        appearance: Appearance::default(),
        draft,
        width: 800.0,
        now: 0,
    };
    let (sentence, mend) = ctx.words(problem);
    [sentence, mend]
}

#[test]
fn no_problem_of_any_computer_speaks_of_presets() {
    let all = Language::ALL.map(Texts::new);
    let presets: Vec<_> = stems("tests/presets")
        .iter()
        .map(|name| std::fs::read_to_string(format!("tests/presets/{name}.toml")).unwrap())
        .map(|text| crate::preset::read(&text, "preset").unwrap())
        .collect();
    let mut kinds = std::collections::HashSet::new();
    let mut written = 0;
    for (at, name) in stems("tests/machines").iter().enumerate() {
        // Every fourth pair, in turn, so that each computer and each preset comes up often.
        let some = presets.iter().enumerate();
        for (_, preset) in some.filter(|(index, _)| (index + at) % 4 == 0) {
            let draft = Draft::new(recorded(name), preset.clone(), Seed::new([3; 32]));
            let obstacles = draft.obstacles().iter().flatten();
            for problem in draft.problems().iter().chain(obstacles) {
                kinds.insert(problem.id);
                written += usize::from(of_presets(&problem.mend).is_some());
                for texts in &all {
                    for text in told(texts, &draft, problem) {
                        assert_eq!(of_presets(&text), None, "{name}: {text}");
                        assert!(!text.is_empty() && !text.starts_with("problem-"), "{text}");
                    }
                }
            }
        }
    }
    assert!(kinds.len() > 30, "{}", kinds.len());
    assert!(written > 100, "the command line speaks of presets");
}

#[test]
fn no_text_about_a_problem_speaks_of_presets() {
    for language in Language::ALL {
        let source = Texts::source(language);
        let lines = source.lines().filter(|line| line.starts_with("problem-"));
        let mut count = 0;
        for line in lines {
            let (key, text) = line.split_once(" = ").unwrap();
            assert_eq!(of_presets(text), None, "{language:?} {key}: {text}");
            count += 1;
        }
        assert!(count > 200, "{language:?}: {count}");
    }
}

#[test]
fn words_of_presets_are_known_as_such() {
    for text in [
        "Write `administrator = true` for one of them",
        "leave gap_after out",
        "unfree = true",
        "Name it in [[disk.disks]]",
    ] {
        assert!(of_presets(text).is_some(), "{text}");
    }
    assert_eq!(of_presets("There is no network: go on without it"), None);
}
