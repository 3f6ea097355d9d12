//! The name that was most likely meant by a misspelt one.

/// The candidate nearest to `word`; none if all are far from it.
///
/// Case, `_` and `-` don't count; at most a third of the letters may be wrong.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let word = plain(word);
    let closeness = |candidate: &'a str| Some((distance(&word, &plain(candidate))?, candidate));
    candidates
        .filter_map(closeness)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How far two [`plain`] words are from each other; none when they are not alike.
pub(crate) fn distance(word: &str, candidate: &str) -> Option<usize> {
    let longer = word.chars().count().max(candidate.chars().count());
    // The difference in length is the least that the distance can be, and quickly known.
    if word.chars().count().abs_diff(candidate.chars().count()) * 3 > longer {
        return None;
    }
    let distance = strsim::damerau_levenshtein(word, candidate);
    // Short words leave little room for mistakes.
    (distance * 3 <= longer).then_some(distance)
}

/// Without what people write differently: case, `_` and `-`.
pub(crate) fn plain(word: &str) -> String {
    word.chars()
        .filter(|c| !matches!(c, '_' | '-'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_of_the_letters_may_be_wrong() {
        let names = ["nodeadkeys", "neo", "dvorak"];
        let meant = |word: &str| nearest(word, names.into_iter());
        assert_eq!(meant("no_dead_keys"), Some("nodeadkeys"));
        assert_eq!(meant("NEO"), Some("neo"));
        assert_eq!(meant("dvorka"), Some("dvorak"));
        assert_eq!(meant("colemak"), None);
    }
}
