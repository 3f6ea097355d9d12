//! What the tests have to say: one line per check, and a closing line with the counts.

use std::fmt::Display;
use std::time::Instant;

/// Counts checks and prints each as it is made.
pub(crate) struct Report {
    began: Instant,
    scenarios: Vec<Tally>,
}

/// The checks of one scenario.
pub(crate) struct Tally {
    /// Its name, which stands before the name of each check.
    pub(crate) name: &'static str,
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    /// When it began and, once it has, ended; since the beginning of the report.
    pub(crate) seconds: (f64, f64),
}

impl Report {
    /// Nothing checked yet.
    pub(crate) fn new() -> Self {
        Self {
            began: Instant::now(),
            scenarios: Vec::new(),
        }
    }

    /// From here on, checks belong to this scenario.
    pub(crate) fn begin(&mut self, name: &'static str) {
        let now = self.began.elapsed().as_secs_f64();
        self.scenarios.push(Tally {
            name,
            passed: 0,
            failed: 0,
            seconds: (now, now),
        });
    }

    /// The scenario has ended; gives its checks.
    pub(crate) fn end(&mut self) -> Option<&Tally> {
        let now = self.began.elapsed().as_secs_f64();
        let tally = self.scenarios.last_mut()?;
        tally.seconds.1 = now;
        Some(tally)
    }

    /// Says what is going on; no check.
    pub(crate) fn note(&self, text: impl Display) {
        println!("[{:6.1} s] {text}", self.began.elapsed().as_secs_f64());
    }

    /// Records a check; an error's text says what was expected and what was there.
    pub(crate) fn check<E: Display>(&mut self, name: impl Display, outcome: Result<(), E>) {
        let scenario = self.scenarios.last_mut().map_or("", |tally| {
            match &outcome {
                Ok(()) => tally.passed += 1,
                Err(_) => tally.failed += 1,
            }
            tally.name
        });
        match outcome {
            Ok(()) => self.note(format_args!("ok    {scenario}: {name}")),
            Err(error) => {
                self.note(format_args!("FAIL  {scenario}: {name}"));
                for line in format!("{error:#}").lines() {
                    println!("                 {line}");
                }
            }
        }
    }

    /// Records whether two values are the same.
    pub(crate) fn same<T: PartialEq + std::fmt::Debug>(
        &mut self,
        name: impl Display,
        found: T,
        expected: T,
    ) {
        let outcome = if found == expected {
            Ok(())
        } else {
            Err(format!("expected {expected:?}\nfound    {found:?}"))
        };
        self.check(name, outcome);
    }

    /// Records whether `text` contains `part`.
    pub(crate) fn contains(&mut self, name: impl Display, text: &str, part: &str) {
        let outcome = if text.contains(part) {
            Ok(())
        } else {
            let last: Vec<&str> = text.lines().rev().take(15).collect();
            let last: Vec<&str> = last.into_iter().rev().collect();
            Err(format!(
                "`{part}` is not in a text that ends with\n{}",
                last.join("\n")
            ))
        };
        self.check(name, outcome);
    }

    /// Prints the closing line; true if something was checked and nothing failed.
    pub(crate) fn close(&self) -> bool {
        let passed: u32 = self.scenarios.iter().map(|tally| tally.passed).sum();
        let failed: u32 = self.scenarios.iter().map(|tally| tally.failed).sum();
        println!("{passed} passed, {failed} failed");
        failed == 0 && self.scenarios.iter().all(|tally| tally.passed > 0)
    }
}
