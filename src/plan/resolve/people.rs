//! Which numbers people get where home folders stay: files belong to numbers, not to names.

use crate::machine::HomeFolder;
use crate::preset::{User, UserName};
use std::collections::{BTreeMap, BTreeSet};

/// The numbers that people may have: NixOS begins with the first, and Nix' own users have theirs from
/// 30000 on (nixpkgs, `nixos/modules/misc/ids.nix`).
const NUMBERS: std::ops::Range<u16> = 1000..30_000;

/// The number of each person: that of the folder with their name, else one that owns no folder, so that
/// nobody gets what was another's. Nothing where the folders are not known, or where there are none.
pub(super) fn numbers(people: &[User], folders: Option<&[HomeFolder]>) -> BTreeMap<UserName, u16> {
    let folders = folders.unwrap_or_default();
    if folders.is_empty() {
        return BTreeMap::new();
    }
    let number = |folder: &HomeFolder| {
        let number = u16::try_from(folder.owner).ok();
        number.filter(|number| NUMBERS.contains(number))
    };
    let (mut taken, mut numbers) = (BTreeSet::new(), BTreeMap::new());
    for person in people {
        let own = folders.iter().find(|f| f.name == person.name.as_str());
        // Two folders of one owner: the first person has it.
        if let Some(number) = own.and_then(number).filter(|number| taken.insert(*number)) {
            numbers.insert(person.name.clone(), number);
        }
    }
    taken.extend(folders.iter().filter_map(number));
    for person in people {
        if !numbers.contains_key(&person.name)
            && let Some(free) = NUMBERS.into_iter().find(|number| taken.insert(*number))
        {
            numbers.insert(person.name.clone(), free);
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(folders: &[(&str, u32)]) -> Vec<(String, u16)> {
        let text = "version = 1\n[[users]]\nname = \"maria\"\n[[users]]\nname = \"kurt\"\n";
        let people = crate::preset::read(text, "test").unwrap().users;
        let folder = |(name, owner): &(&str, u32)| HomeFolder {
            name: (*name).to_owned(),
            owner: *owner,
        };
        let folders: Vec<HomeFolder> = folders.iter().map(folder).collect();
        let numbers = numbers(&people, Some(&folders)).into_iter();
        numbers
            .map(|(name, number)| (name.to_string(), number))
            .collect()
    }

    #[test]
    fn everybody_gets_their_own_folder_and_nobody_anothers() {
        let is =
            |kurt: u16, maria: u16| vec![("kurt".to_owned(), kurt), ("maria".to_owned(), maria)];
        assert_eq!(given(&[("kurt", 1000), ("maria", 1001)]), is(1000, 1001));
        assert_eq!(given(&[("anna", 1000), ("kurt", 1002)]), is(1002, 1001));
        assert_eq!(given(&[("anna", 1000)]), is(1002, 1001));
        // Nobody becomes root, or one of Nix' users.
        assert_eq!(given(&[("kurt", 0), ("maria", 30_001)]), is(1001, 1000));
        assert_eq!(given(&[("kurt", 1005), ("maria", 1005)]), is(1000, 1005));
        assert_eq!(given(&[]), []);
    }
}
