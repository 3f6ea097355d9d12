//! The questions of an installation: before a disk is written to, with words that follow the plan, and
//! after a failure.

use super::inputs::Stop;
use crate::plan::{Fate, Plan, PlannedDisk};
use anyhow::{Context, anyhow};
use std::io::{BufRead, IsTerminal, Write};

/// What will be done to which disk, in a few lines.
pub(super) fn summary(plan: &Plan) -> String {
    let nixpkgs = &plan.nixpkgs;
    let mut text = format!(
        "NixOS {}{} will be installed on\n",
        nixpkgs.release, nixpkgs.version_suffix
    );
    plan.disks().for_each(|disk| text.push_str(&of_disk(disk)));
    for warning in &plan.warnings {
        text.push_str(&format!("{warning}\n"));
    }
    text
}

/// What will be done to a disk.
fn of_disk(disk: &PlannedDisk) -> String {
    let mut text = format!("  {}\n", disk.identity.description());
    text.push_str(match disk.fate() {
        Fate::Blank => "The disk is blank.\n",
        Fate::AllGoes => "Everything on it will be lost:\n",
        Fate::SomeGoes => "This will be lost, and everything else on the disk stays:\n",
        Fate::SomeShrinks => "Nothing is erased, but this is made smaller:\n",
        Fate::SomeGrows => "Nothing is erased, but this is made larger:\n",
        Fate::AllStays => "Everything on the disk stays; free space is used.\n",
    });
    for loss in &disk.losses {
        text.push_str(&format!("  {loss}\n"));
    }
    let resized = [
        (Fate::SomeShrinks, "This is made smaller:\n", &disk.shrunk),
        (Fate::SomeGrows, "This is made larger:\n", &disk.grown),
    ];
    for (fate, title, resized) in resized {
        if disk.fate() != fate && !resized.is_empty() {
            text.push_str(title);
        }
        for resized in resized {
            text.push_str(&format!("  {resized}\n"));
        }
    }
    text
}

/// Asks for the names of the disks to be typed.
///
/// # Errors
/// Something else was typed, or there is nobody to ask.
pub(super) fn ask(plan: &Plan) -> Result<(), Stop> {
    let paths = plan
        .disks()
        .map(|disk| disk.identity.path.to_string_lossy());
    let names = paths.collect::<Vec<_>>();
    let (name, what) = match names.as_slice() {
        [one] => (one.to_string(), "the disk's name"),
        several => (several.join(" "), "the names of the disks"),
    };
    if !std::io::stdin().is_terminal() {
        return Err(Stop::failed(anyhow!(
            "there is no terminal to ask whether {name} may be written to; say --yes if it may, \
             and see `nevado plan` for what would be lost"
        )));
    }
    let answer = answer_to(&format!("To go on, type {what}, {name}: "))?;
    if answer
        .split_whitespace()
        .eq(names.iter().map(|name| &**name))
    {
        Ok(())
    } else {
        Err(Stop::Cancelled("nothing was changed".to_owned()))
    }
}

/// Whether somebody sits at this terminal, sees what is printed and can answer.
pub(super) fn somebody_is_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// Asks whether to try again from the step that failed; anything but a yes is a no.
///
/// # Errors
/// The terminal is gone.
pub(super) fn try_again(step: u32) -> anyhow::Result<bool> {
    let answer = answer_to(&format!("Try again from step {step}? [y/N] "))?;
    Ok(is_yes(&answer))
}

/// Prints a question, and reads the line that is typed.
fn answer_to(question: &str) -> anyhow::Result<String> {
    let mut err = std::io::stderr().lock();
    write!(err, "{question}")
        .and_then(|()| err.flush())
        .context("the question could not be printed")?;
    let mut answer = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut answer)
        .context("the answer could not be read")?;
    Ok(answer)
}

fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::is_yes;

    #[test]
    fn only_a_yes_is_a_yes() {
        assert!(["y\n", "Y\n", " yes \n"].into_iter().all(is_yes));
        assert!(
            !["", "\n", "n\n", "yy\n", "/dev/vda\n"]
                .into_iter()
                .any(is_yes)
        );
    }
}
