//! A partition table in words: a row for each partition, in columns that are as wide as what stands in them.

use super::visible::visible;
use crate::preset::PartitionFlag;
use crate::storage::{NewTable, PartitionType, TableBase, TableId};
use crate::units::Sectors;
use std::collections::BTreeSet;
use std::fmt;

/// The names of partitions have a column of at least so many letters.
const NAMES: usize = 18;

/// And of at most so many, which is what a GPT has room for; what is longer is cut.
const LONGEST_NAME: usize = 36;

/// Sizes have a column of at least so many letters.
const SIZES: usize = 10;

/// A partition in words.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    start: Sectors,
    last: Sectors,
    number: String,
    name: String,
    size: String,
    fate: String,
    id: String,
}

/// The table, its partitions in the order in which they lie on the disk.
pub(super) fn table(f: &mut fmt::Formatter<'_>, table: &NewTable) -> fmt::Result {
    let what = match table.base {
        TableBase::New => "New table",
        TableBase::Kept { .. } => "Table",
    };
    let kind = match table.id {
        TableId::Gpt(_) => "GPT",
        TableId::Mbr(_) => "MBR",
    };
    writeln!(
        f,
        "{what}: {kind} {}, {} sectors of {} bytes",
        table.id,
        table.length,
        table.sector_size.bytes()
    )?;
    let rows = rows(table);
    let widest = |of: fn(&Row) -> &str| rows.iter().map(|row| letters(of(row))).max();
    let numbers = widest(|row| &row.number).unwrap_or_default();
    let names = widest(|row| &row.name).unwrap_or_default().max(NAMES);
    let sizes = widest(|row| &row.size).unwrap_or_default().max(SIZES);
    for row in &rows {
        let Row {
            start,
            last,
            number,
            name,
            size,
            fate,
            id,
        } = row;
        write!(f, "  {number:>numbers$}  {name:<names$} {size:>sizes$}")?;
        match fate.is_empty() {
            true => writeln!(f)?,
            false => writeln!(f, "  {fate}")?,
        }
        // Where it lies and what it is known by, on a line of its own: few ask for it.
        writeln!(f, "  {:numbers$}  sectors {start}–{last}  {id}", "")?;
    }
    writeln!(f)
}

/// Its partitions, new and kept.
fn rows(table: &NewTable) -> Vec<Row> {
    let size = |length: Sectors| length.bytes(table.sector_size).to_string();
    let new = table.partitions.iter().map(|p| {
        let fate = (!table.base.is_new()).then(|| "new".to_owned());
        let flags = flags(Some(&p.flags).filter(|flags| !flags.is_empty()));
        Row {
            start: p.start,
            last: p.last(),
            number: p.number.to_string(),
            name: p.role.to_string(),
            size: size(p.length),
            fate: listed(fate.into_iter().chain(flags)),
            id: p.id.to_string(),
        }
    });
    let kept = table.kept().iter().map(|p| {
        let now = p.length_now.map(|now| format!("{} now", size(now)));
        let fate = std::iter::once("kept".to_owned()).chain(now);
        let name = match (&p.name, p.kind) {
            (None, PartitionType::Mbr(_)) => format!("type {}", p.kind),
            (None, _) => String::new(),
            (Some(name), _) => visible(name.as_str()),
        };
        Row {
            start: p.start,
            last: p.last(),
            number: p.number.to_string(),
            name: cut(&name),
            size: size(p.length),
            fate: listed(fate.chain(flags(p.flags.as_ref()))),
            id: p.id.to_string(),
        }
    });
    let mut all: Vec<Row> = new.chain(kept).collect();
    all.sort_unstable();
    all
}

fn letters(text: &str) -> usize {
    text.chars().count()
}

/// A name that fits its column, with a mark where it goes on.
fn cut(name: &str) -> String {
    if letters(name) <= LONGEST_NAME {
        return name.to_owned();
    }
    let kept = name.chars().take(LONGEST_NAME - 1);
    kept.chain(['…']).collect()
}

fn listed(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

/// The flags that a partition gets by name.
fn flags(named: Option<&BTreeSet<PartitionFlag>>) -> Option<String> {
    let names: Vec<String> = named?.iter().map(ToString::to_string).collect();
    Some(match names.is_empty() {
        true => "no flags".to_owned(),
        false => format!("flags {}", names.join(" ")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Machine;
    use crate::plan::{Seed, Survey, outline};
    use crate::preset::{Layout, Preset};

    struct Shown(NewTable);

    impl fmt::Display for Shown {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            table(f, &self.0)
        }
    }

    /// The rows of a machine whose free space is taken, without what stands on lines of its own.
    fn rows_of(machine: &str) -> Vec<String> {
        let machine: Machine = serde_json::from_str(machine).unwrap();
        let mut preset = Preset::default();
        preset.disk.layout = Some(Layout::Free);
        let plan = outline(&Survey::of(&machine), &preset, Seed::new([3; 32])).unwrap();
        let text = Shown(plan.disk.table).to_string();
        let rows = text.lines().skip(1).step_by(2);
        rows.filter(|row| !row.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Where what becomes of each partition stands, in letters.
    fn fates(rows: &[String]) -> BTreeSet<usize> {
        let fate = |row: &String| {
            let at = row.rfind("  kept").or_else(|| row.rfind("  new"));
            letters(&row[..at.unwrap()])
        };
        rows.iter().map(fate).collect()
    }

    #[test]
    fn columns_are_as_wide_as_what_is_in_them() {
        let rows = rows_of(include_str!("../../tests/machines/table-windows-gap.json"));
        assert!(
            rows.iter()
                .any(|row| row.contains("Microsoft reserved partition"))
        );
        assert_eq!(fates(&rows).len(), 1, "{rows:#?}");
        let rows = rows_of(include_str!("../../tests/machines/table-odd-sectors.json"));
        assert!(
            rows.iter().any(|row| row.starts_with("  128  ")),
            "{rows:#?}"
        );
        assert!(
            rows.iter().any(|row| row.starts_with("    1  ")),
            "{rows:#?}"
        );
        assert_eq!(fates(&rows).len(), 1, "{rows:#?}");
    }

    #[test]
    fn a_name_that_is_too_long_is_cut() {
        let long = "ä".repeat(LONGEST_NAME + 1);
        assert_eq!(cut(&long), format!("{}…", "ä".repeat(LONGEST_NAME - 1)));
        assert_eq!(cut(&long[2..]), long[2..]);
    }
}
