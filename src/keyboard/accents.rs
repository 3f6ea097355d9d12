//! What a dead key and the key after it give together.

/// The sign of a dead key, letters, and the same letters with its accent, in the same order.
///
/// Those of X's `Compose` file that people have on their keyboards; a space gives the sign alone.
const LETTERS: [(char, &str, &str); 9] = [
    ('`', " AEIOUNWYaeiounwy", "`ÀÈÌÒÙǸẀỲàèìòùǹẁỳ"),
    (
        '´',
        " AEIOUYCLNRSZaeiouyclnrsz",
        "'ÁÉÍÓÚÝĆĹŃŔŚŹáéíóúýćĺńŕśź",
    ),
    (
        '^',
        " AEIOUCGHJSWYaeioucghjswy",
        "^ÂÊÎÔÛĈĜĤĴŜŴŶâêîôûĉĝĥĵŝŵŷ",
    ),
    ('~', " ANOIUEYanoiuey", "~ÃÑÕĨŨẼỸãñõĩũẽỹ"),
    ('¨', " AEIOUYaeiouy", "\"ÄËÏÖÜŸäëïöüÿ"),
    ('˚', " AUau", "°ÅŮåů"),
    ('ˇ', " CDENRSTZcdenrstz", "ˇČĎĚŇŘŠŤŽčďěňřšťž"),
    ('¸', " CSTcst", "¸ÇŞŢçşţ"),
    ('˛', " AEIUaeiu", "˛ĄĘĮŲąęįų"),
];

/// The letter with the accent of a dead key before it, by the sign that
/// [`Sign::Dead`](super::Sign::Dead) has; none if the two give nothing.
pub fn with_accent(accent: char, letter: char) -> Option<char> {
    let (_, letters, accented) = LETTERS.iter().find(|(sign, ..)| *sign == accent)?;
    let place = letters.chars().position(|known| known == letter)?;
    accented.chars().nth(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_its_accent() {
        for (accent, letters, accented) in LETTERS {
            assert_eq!(
                letters.chars().count(),
                accented.chars().count(),
                "{accent}"
            );
        }
        assert_eq!(with_accent('´', 'e'), Some('é'));
        assert_eq!(with_accent('¨', 'u'), Some('ü'));
        assert_eq!(with_accent('ˇ', 'Z'), Some('Ž'));
        assert_eq!(with_accent('^', '1'), None);
    }
}
