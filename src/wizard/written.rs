//! A file of the new system as it stands, with the lines that the last change touched.

use std::collections::BTreeSet;

/// A file of the new system as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct File {
    /// Its name in `/etc/nixos`.
    pub(crate) name: String,
    pub(crate) text: String,
    /// The lines, from 0, that the last change touched.
    pub(crate) changed: BTreeSet<usize>,
}

/// The lines of `text` that `old` has not, by a longest common subsequence; where lines only went, the one that
/// stands in their place. What was touched before stays marked when nothing differs.
pub(super) fn touched(old: &File, text: &str) -> BTreeSet<usize> {
    if old.text == text {
        return old.changed.clone();
    }
    let before: Vec<&str> = old.text.lines().collect();
    let after: Vec<&str> = text.lines().collect();
    let same_at = |a: &&str, b: &&str| a == b;
    let head = before
        .iter()
        .zip(&after)
        .take_while(|(a, b)| same_at(a, b))
        .count();
    let rest = before.len().min(after.len()) - head;
    let tail = before
        .iter()
        .rev()
        .zip(after.iter().rev())
        .take(rest)
        .take_while(|(a, b)| same_at(a, b))
        .count();
    let old_middle = before.get(head..before.len() - tail).unwrap_or_default();
    let new_middle = after.get(head..after.len() - tail).unwrap_or_default();
    let kept = common(old_middle, new_middle);
    let new = (0..new_middle.len()).filter(|line| !kept.contains(line));
    let new: BTreeSet<usize> = new.map(|line| head + line).collect();
    match (new.is_empty(), after.len().checked_sub(1)) {
        (true, Some(last)) => [head.min(last)].into(),
        _ => new,
    }
}

/// The lines of `new` that are in a longest common subsequence with `old`.
fn common(old: &[&str], new: &[&str]) -> BTreeSet<usize> {
    let width = new.len() + 1;
    let mut lengths = vec![0_u32; (old.len() + 1) * width];
    let at = |lengths: &[u32], i: usize, j: usize| lengths.get(i * width + j).copied().unwrap_or(0);
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let length = if a == b {
                at(&lengths, i + 1, j + 1) + 1
            } else {
                at(&lengths, i + 1, j).max(at(&lengths, i, j + 1))
            };
            if let Some(cell) = lengths.get_mut(i * width + j) {
                *cell = length;
            }
        }
    }
    let (mut i, mut j, mut kept) = (0, 0, BTreeSet::new());
    while let (Some(a), Some(b)) = (old.get(i), new.get(j)) {
        if a == b {
            kept.insert(j);
            i += 1;
            j += 1;
        } else if at(&lengths, i + 1, j) >= at(&lengths, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_differ_are_marked() {
        let old = File {
            text: "a\nb\nc\nd\n".to_owned(),
            ..File::default()
        };
        assert_eq!(touched(&old, "a\nb\nx\nd\n"), [2].into());
        assert_eq!(touched(&old, "a\nnew\nb\nc\nnew\nd\n"), [1, 4].into());
        assert_eq!(touched(&old, "a\nd\n"), [1].into());
        assert_eq!(touched(&old, "a\nb\n"), [1].into());
        assert_eq!(touched(&old, ""), BTreeSet::new());
        assert_eq!(touched(&File::default(), "a\n"), [0].into());
    }
}
