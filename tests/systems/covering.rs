//! Few combinations that hold every pair of values of two different choices.

use std::collections::BTreeSet;

/// A value of a choice: which choice, which of its values.
type Place = (usize, usize);

/// Rows of positions, one for each of `sizes`, such that every two positions of two columns that
/// `together` allows stand in some row together, and no two that it refuses. Greedy: each row begins
/// with a pair that is missing still, and takes in every other column what brings most that are.
/// Every column needs a value that goes with all others.
pub(crate) fn all_pairs(
    sizes: &[usize],
    together: impl Fn(Place, Place) -> bool,
) -> Vec<Vec<usize>> {
    let mut missing = allowed_pairs(sizes, &together);
    let mut rows = Vec::new();
    while let Some((first, second)) = missing.first().copied() {
        let mut row: Vec<Option<usize>> = vec![None; sizes.len()];
        row[first.0] = Some(first.1);
        row[second.0] = Some(second.1);
        for column in 0..sizes.len() {
            if row[column].is_some() {
                continue;
            }
            let set: Vec<Place> = row
                .iter()
                .enumerate()
                .filter_map(|(other, at)| Some((other, (*at)?)))
                .collect();
            let gain = |value: &usize| {
                let here = (column, *value);
                let new = set
                    .iter()
                    .filter(|there| missing.contains(&(here.min(**there), here.max(**there))));
                new.count()
            };
            // Among equals another one each time, so that no value is left to the end.
            let turned = (0..sizes[column]).map(|at| (at + rows.len()) % sizes[column]);
            let fitting = turned.filter(|at| set.iter().all(|set| together(*set, (column, *at))));
            row[column] = Some(fitting.max_by_key(gain).unwrap());
        }
        let row: Vec<usize> = row.into_iter().flatten().collect();
        for first in 0..row.len() {
            for second in first + 1..row.len() {
                missing.remove(&((first, row[first]), (second, row[second])));
            }
        }
        rows.push(row);
    }
    rows
}

/// Every pair that may stand together, the smaller column first.
fn allowed_pairs(
    sizes: &[usize],
    together: impl Fn(Place, Place) -> bool,
) -> BTreeSet<(Place, Place)> {
    let mut pairs = BTreeSet::new();
    for first in 0..sizes.len() {
        for second in first + 1..sizes.len() {
            for a in (0..sizes[first]).map(|at| (first, at)) {
                for b in (0..sizes[second]).map(|at| (second, at)) {
                    if together(a, b) {
                        pairs.insert((a, b));
                    }
                }
            }
        }
    }
    pairs
}
