//! Measures what is told to it and writes the table. A harness of our own: five measurements need no
//! statistics but a median, and the well-kept crates bring plotting and some hundred seconds of
//! compiling along.

use std::fmt::Write;
use std::time::{Duration, Instant};

/// How long each thing is measured at most, and how often.
const TIME: Duration = Duration::from_secs(2);
const RUNS: usize = 2000;

/// Runs that are not counted: caches and branch predictors get to know the code.
const WARM_UP: usize = 3;

/// How long something took.
pub(crate) struct Measured {
    what: String,
    /// Each run, the fastest first.
    sorted: Vec<Duration>,
    /// What it must not be longer than.
    limit: Option<Duration>,
}

impl Measured {
    /// Runs something over and over.
    pub(crate) fn new(
        what: impl Into<String>,
        limit: Option<Duration>,
        mut run: impl FnMut(),
    ) -> Self {
        (0..WARM_UP).for_each(|_| run());
        let begin = Instant::now();
        let mut sorted = Vec::new();
        while sorted.len() < RUNS && begin.elapsed() < TIME {
            let start = Instant::now();
            run();
            sorted.push(start.elapsed());
        }
        sorted.sort();
        Self {
            what: what.into(),
            sorted,
            limit,
        }
    }

    fn quantile(&self, of_hundred: usize) -> Duration {
        let index = self.sorted.len() * of_hundred / 100;
        self.sorted.get(index).copied().unwrap_or_default()
    }

    /// Whether the median keeps the limit.
    pub(crate) fn is_fast_enough(&self) -> bool {
        self.limit.is_none_or(|limit| self.quantile(50) <= limit)
    }

    fn row(&self) -> String {
        let limit = self.limit.map_or_else(|| "–".to_owned(), shown);
        format!(
            "| {} | {} | {} | {} | {limit} | {} |",
            self.what,
            shown(self.quantile(50)),
            shown(self.quantile(0)),
            shown(self.quantile(95)),
            self.sorted.len()
        )
    }
}

/// The table, with a header.
pub(crate) fn table(measured: &[Measured]) -> String {
    let mut text = "| what | median | fastest | 95 of 100 within | limit | runs |\n\
                    |---|---|---|---|---|---|\n"
        .to_owned();
    for row in measured.iter().map(Measured::row) {
        writeln!(text, "{row}").unwrap_or_default();
    }
    text
}

fn shown(time: Duration) -> String {
    match time.as_nanos() {
        0..10_000 => format!("{} ns", time.as_nanos()),
        10_000..10_000_000 => format!("{:.1} µs", time.as_secs_f64() * 1e6),
        _ => format!("{:.1} ms", time.as_secs_f64() * 1e3),
    }
}
