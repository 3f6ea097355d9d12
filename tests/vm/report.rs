//! What the tests have to say: one line per check, and a closing line with the counts.

use std::fmt::Display;
use std::time::Instant;

/// Counts checks and prints each as it is made.
pub(crate) struct Report {
    began: Instant,
    /// Stands before the name of each check.
    group: &'static str,
    passed: u32,
    failed: u32,
}

impl Report {
    /// Nothing checked yet.
    pub(crate) fn new() -> Self {
        Self {
            began: Instant::now(),
            group: "",
            passed: 0,
            failed: 0,
        }
    }

    /// From here on, this stands before the name of each check.
    pub(crate) fn group(&mut self, group: &'static str) {
        self.group = group;
    }

    /// Says what is going on; no check.
    pub(crate) fn note(&self, text: impl Display) {
        println!("[{:6.1} s] {text}", self.began.elapsed().as_secs_f64());
    }

    /// Records a check; an error's text says what was expected and what was there.
    pub(crate) fn check<E: Display>(&mut self, name: impl Display, outcome: Result<(), E>) {
        match outcome {
            Ok(()) => {
                self.passed += 1;
                self.note(format_args!("ok    {}{name}", self.group));
            }
            Err(error) => {
                self.failed += 1;
                self.note(format_args!("FAIL  {}{name}", self.group));
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

    /// Prints the closing line; true if nothing failed.
    pub(crate) fn close(&self) -> bool {
        println!("{} passed, {} failed", self.passed, self.failed);
        self.failed == 0 && self.passed > 0
    }
}
