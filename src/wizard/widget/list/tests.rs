//! What is left of a list by its search field, and where the arrows go.

use super::*;

fn list() -> List {
    let row = |title: &str, note: &str| Row {
        title: title.to_owned(),
        note: note.to_owned(),
        words: String::new(),
    };
    List::new(
        "towns",
        vec![
            row("Vienna", "Austria"),
            row("Berlin", "Germany"),
            row("Bern", "Switzerland"),
        ],
    )
}

#[test]
fn words_narrow_the_list_and_arrows_stay_inside() {
    let mut list = list();
    let query = ListMessage::Query("ber".to_owned());
    assert_eq!(list.update::<()>(query, None).0, None);
    assert_eq!(list.left, [1, 2]);
    let choose = |list: &mut List, by, chosen| list.update::<()>(ListMessage::Move(by), chosen);
    assert_eq!(choose(&mut list, 1, None).0, Some(1));
    assert_eq!(choose(&mut list, 1, Some(1)).0, Some(2));
    assert_eq!(choose(&mut list, 1, Some(2)).0, Some(2));
    assert_eq!(choose(&mut list, -5, Some(2)).0, Some(1));
    // What the query hides is not the place to go on from.
    assert_eq!(choose(&mut list, 1, Some(0)).0, Some(1));
    let query = ListMessage::Query("ber switz".to_owned());
    assert_eq!(list.update::<()>(query, None).0, None);
    assert_eq!(list.left, [2]);
}

#[test]
fn letters_are_found_without_their_marks_and_with_others() {
    let row = |title: &str, words: &str| Row {
        title: title.to_owned(),
        note: String::new(),
        words: words.to_owned(),
    };
    let rows = vec![row("Zürich", "Europe/Zurich"), row("Åland", "")];
    let mut list = List::new("towns", rows);
    let mut found = |query: &str| {
        drop(list.update::<()>(ListMessage::Query(query.to_owned()), None));
        list.left.clone()
    };
    assert_eq!(found("zurich"), [0]);
    assert_eq!(found("ZÜRICH"), [0]);
    assert_eq!(found("europe/zurich"), [0]);
    assert_eq!(found("aland"), [1]);
    assert_eq!(found("("), [0, 1]);
    assert!(found("alund").is_empty());
}
