//! The home folders that stay when the system around them is installed anew.

use super::{Request, impossible, impossible_for};
use crate::machine::{Content, HomeFolder, Partition};
use crate::plan::visible::visible;
use crate::plan::{Detail, Details, Problem, ProblemId, Severity};
use crate::preset::Layout;
use crate::storage::ExistingHome;

const FIELD: &str = "disk.home";

/// How many folders are told by name, beside the first.
const SHOWN: usize = 9;

impl<'a> Request<'a> {
    /// The partition that becomes `/home`, where the layout keeps one; `gone` are those that go.
    pub(super) fn home(&self, gone: &[&Partition]) -> Result<Option<ExistingHome<'a>>, Problem> {
        if self.layout() != Layout::KeepHome {
            return Ok(None);
        }
        let partition = match &self.preset.home {
            Some(wanted) => self.find(FIELD, wanted)?,
            None => self.only_home()?,
        };
        if gone.iter().any(|gone| gone.number == partition.number) {
            return Err(Problem {
                field: FIELD.to_owned(),
                ..impossible(
                    &format!(
                        "partition {} is to be replaced, and so can't be kept as /home",
                        partition.number
                    ),
                    "Replace the partition of the old system, and keep that of its home folders.",
                )
                .because("home_replaced")
                .with("number", partition.number)
            });
        }
        let home = ExistingHome::of(partition).map_err(|why| {
            let (id, mend) = other_way(partition);
            Problem {
                id,
                field: FIELD.to_owned(),
                ..impossible_for(&why.into(), mend)
            }
        })?;
        match self.is_elsewhere(home.uuid, home.partition) {
            false => Ok(Some(home)),
            true => Err(Problem {
                id: ProblemId::DuplicateDisks,
                field: FIELD.to_owned(),
                ..impossible(
                    &format!(
                        "another file system has the identifier {} of partition {} too: one of \
                         the two is a copy",
                        home.uuid, partition.number
                    ),
                    "Detach the disk with the copy.",
                )
                .because("home")
                .with("uuid", Detail::code(home.uuid))
                .with("number", partition.number)
            }),
        }
    }

    /// The only partition that is for home folders by its type or its name.
    fn only_home(&self) -> Result<&'a Partition, Problem> {
        let partitions = self.disk.partitions().iter();
        let mut meant = partitions.filter(|p| ExistingHome::is_meant(p));
        match (meant.next(), meant.next()) {
            (Some(only), None) => Ok(only),
            (None, _) => Err(Problem {
                id: ProblemId::NoHome,
                ..impossible(
                    "no partition of this disk is for home folders, by its type or its name",
                    match self.disk.partitions().iter().any(is_luks) {
                        true => UNSEEN,
                        false => "If there is one all the same, name it: `home = { number = … }`.",
                    },
                )
            }),
            (Some(_), Some(_)) => Err(Problem {
                id: ProblemId::SeveralHomes,
                field: FIELD.to_owned(),
                ..impossible(
                    "several partitions of this disk are for home folders",
                    "Name the one that is kept: `home = { number = … }`.",
                )
            }),
        }
    }
}

/// What can be done where they may be in a container: a Fedora that is encrypted has them in a btrfs there.
const UNSEEN: &str = "If there is one all the same, name it: `home = { number = … }`. Out of a LUKS container, \
                      `layout = \"manual\"` keeps those that have a file system of their own (`unlock = true`), \
                      and not those in a subvolume of a btrfs: copy them to another disk first.";

fn is_luks(partition: &Partition) -> bool {
    matches!(&partition.content, Content::Formatted(fs) if fs.kind == "crypto_LUKS")
}

/// What can be done about home folders that this layout can't keep.
fn other_way(partition: &Partition) -> (ProblemId, &'static str) {
    let kind = match &partition.content {
        Content::Formatted(fs) => fs.kind.as_str(),
        Content::Blank | Content::Unknown(_) => "",
    };
    match kind {
        "crypto_LUKS" => (
            ProblemId::HomeInLuks,
            "Choose `layout = \"manual\"`: there, `unlock = true` for this partition keeps what is in the \
             container, with `mount = \"/home\"`. Those in a subvolume of a btrfs in it can't be kept: copy them to \
             another disk first.",
        ),
        "btrfs" => (
            ProblemId::HomeInBtrfs,
            "Choose `layout = \"manual\"`: there, `subvolumes = [{ name = \"@home\", mount = \"/home\" }]` \
             for this partition keeps a subvolume of it.",
        ),
        _ => (
            ProblemId::HomeUnusable,
            "Name another partition, or choose another layout.",
        ),
    }
}

/// Files belong to numbers, and the first user of an installation gets the same one nearly everywhere.
pub(super) fn owners(home: &ExistingHome<'_>) -> Problem {
    let number = home.partition.number;
    let details = |why| Details::why(why).with("number", number);
    let what = format!("partition {number}");
    match home.folders {
        Some([first, rest @ ..]) => known_owners(&what, first, rest, details("partition_folders")),
        _ => unknown_owners(&what, details("partition")),
    }
}

/// The same of a subvolume of the btrfs in a partition.
pub(super) fn owners_in_subvolume(partition: &Partition, name: &str) -> Problem {
    let what = format!("the subvolume {name}");
    let details = |why| Details::why(why).with("subvolume", Detail::name(name));
    let known = match &partition.content {
        Content::Formatted(fs) => fs.folders_in(Some(name)),
        Content::Blank | Content::Unknown(_) => None,
    };
    match known {
        Some([first, rest @ ..]) => known_owners(&what, first, rest, details("subvolume_folders")),
        _ => unknown_owners(&what, details("subvolume")),
    }
}

/// Where the owners are not known.
fn unknown_owners(what: &str, details: Details) -> Problem {
    Problem {
        id: ProblemId::HomeKept,
        severity: Severity::Warning,
        field: FIELD.to_owned(),
        message: format!(
            "{what} becomes /home as it is. Whoever gets the old login name finds the old files; whose \
             they are goes by numbers, and here, as in most systems, the first person has 1000, the \
             next 1001"
        ),
        mend: "Give people their old login names, in the order in which the old system had them."
            .to_owned(),
        details,
    }
}

/// Where the owners are known, people get the numbers that belong to their names.
fn known_owners(what: &str, first: &HomeFolder, rest: &[HomeFolder], details: Details) -> Problem {
    let told = |folder: &HomeFolder| format!("{} ({})", visible(&folder.name), folder.owner);
    let shown = rest.iter().take(SHOWN).map(told);
    let mut folders: Vec<String> = std::iter::once(told(first)).chain(shown).collect();
    let details = details
        .with("folders", Detail::codes(&folders))
        .with("more", rest.len().saturating_sub(SHOWN));
    if rest.len() > SHOWN {
        folders.push(format!("{} more", rest.len() - SHOWN));
    }
    Problem {
        id: ProblemId::HomeKept,
        severity: Severity::Warning,
        field: FIELD.to_owned(),
        message: format!(
            "{what} becomes /home as it is, with the folders of {}. Whoever gets one of these login \
             names gets its number, and with it the folder and the files, unless somebody before them \
             in the list of users has that number, or it is none for people (1000 to 29999)",
            folders.join(", ")
        ),
        mend: "Give people their old login names.".to_owned(),
        details,
    }
}
