//! What is lost in words, partition by partition: by number and name, with all that is known of it.

use crate::machine::Disk;
use crate::plan::{Held, Loss, LostHomes, NamedPartition};
use crate::wizard::page::{Context, disk as disk_page};

/// A loss on a disk in words.
pub(super) fn loss_words(ctx: Context<'_>, disk: &Disk, loss: &Loss) -> String {
    match loss {
        Loss::Unread { .. } => ctx.t("losses-unread"),
        Loss::WholeDisk {
            holds,
            systems,
            homes,
        } => {
            let holds = contents(ctx, systems, Some(holds));
            with_homes(ctx, ctx.tv("losses-whole", "holds", holds), homes)
        }
        Loss::Partition {
            what,
            size,
            system,
            homes,
        } => {
            let purpose = purpose(ctx, disk, what.number);
            // What its type says needs no word that nothing is in it.
            let holds = Some(&what.holds);
            let holds = holds.filter(|held| purpose.is_none() || **held != Held::Nothing);
            let holds = Some(contents(ctx, &what.systems, holds)).filter(|held| !held.is_empty());
            let holds = purpose.into_iter().chain(holds);
            let values = [
                ("partition", partition(ctx, what)),
                ("size", ctx.texts.size(*size)),
                ("holds", holds.collect::<Vec<_>>().join(" · ")),
            ];
            let words = match system {
                None => with(ctx, "losses-partition", values),
                Some(system) => {
                    let [partition, size, holds] = values;
                    let system = ("system", system.clone());
                    with(ctx, "losses-of-system", [system, partition, size, holds])
                }
            };
            with_homes(ctx, words, homes)
        }
        Loss::Inside {
            what,
            size,
            holds,
            system,
            homes,
        } => {
            let inside = contents(ctx, system.as_slice(), holds.as_ref());
            let inside = with_homes(ctx, inside, homes);
            let (key, holds) = match inside.is_empty() {
                true => ("losses-inside-unknown", None),
                false => ("losses-inside", Some(("holds", inside))),
            };
            let values = [
                ("partition", partition(ctx, what)),
                ("size", ctx.texts.size(*size)),
            ];
            with(ctx, key, values.into_iter().chain(holds))
        }
        Loss::Subvolume {
            what,
            path,
            system,
            homes,
        } => {
            let values = [
                ("path", path.clone()),
                ("partition", partition(ctx, what)),
                ("holds", contents(ctx, &what.systems, Some(&what.holds))),
            ];
            let loss = with_homes(ctx, with(ctx, "losses-subvolume", values), homes);
            let loss = ctx.tv("losses-rest-stays", "loss", loss);
            match system {
                None => loss,
                Some(system) => {
                    let values = [("system", system.clone()), ("loss", loss)];
                    with(ctx, "losses-part-of-system", values)
                }
            }
        }
        Loss::SameVolume { path, model, holds } => {
            let path = path.display();
            let place = match model {
                Some(model) => format!("{path} · {model}"),
                None => path.to_string(),
            };
            let values = [("place", place), ("holds", held(ctx, holds))];
            with(ctx, "losses-same-volume", values)
        }
    }
}

/// What a partition of a disk is for, as the bars call it, where its type says it.
fn purpose(ctx: Context<'_>, disk: &Disk, number: u32) -> Option<String> {
    let mut partitions = disk.partitions().iter();
    let (key, _) = disk_page::by_type(partitions.find(|own| own.number == number)?)?;
    Some(ctx.t(key))
}

/// The systems in something, and what they are in.
fn contents(ctx: Context<'_>, systems: &[String], holds: Option<&Held>) -> String {
    let holds = holds.map(|holds| held(ctx, holds));
    let all = systems.iter().cloned().chain(holds);
    all.collect::<Vec<_>>().join(" · ")
}

/// A loss in words, with the folders of people that go with it.
fn with_homes(ctx: Context<'_>, loss: String, homes: &[LostHomes]) -> String {
    homes.iter().fold(loss, |loss, homes| {
        let folders = ctx.texts.list(&homes.folders);
        match homes.subvolume.clone() {
            None => with_folders(ctx, loss, (folders, homes.folders.len())),
            Some(subvolume) => {
                let values = [("loss", loss), ("folders", folders)];
                let values = values.into_iter().chain([("subvolume", subvolume)]);
                with(ctx, "losses-with-homes", values)
            }
        }
    })
}

/// A loss in words, with folders by their names, and how many they are.
pub(super) fn with_folders(
    ctx: Context<'_>,
    loss: String,
    (folders, count): (String, usize),
) -> String {
    let values = [("loss", loss.into()), ("folders", folders.into())];
    ctx.texts.count_with("losses-with-folders", count, &values)
}

/// A partition by its number, and its name if it has one.
pub(super) fn partition(ctx: Context<'_>, what: &NamedPartition) -> String {
    let number = ("number", what.number.to_string());
    match &what.name {
        None => with(ctx, "losses-number", [number]),
        Some(name) => with(ctx, "losses-number-name", [number, ("name", name.clone())]),
    }
}

/// What is in it.
pub(super) fn held(ctx: Context<'_>, holds: &Held) -> String {
    match holds {
        Held::Nothing => ctx.t("losses-held-nothing"),
        Held::Unknown { .. } => ctx.t("losses-held-unknown"),
        Held::Loader => ctx.t("losses-held-loader"),
        Held::Extended => ctx.t("losses-held-extended"),
        Held::FileSystem { kind, label } => match label {
            None => kind.clone(),
            Some(label) => {
                let values = [("kind", kind.clone()), ("label", label.clone())];
                with(ctx, "losses-held-labelled", values)
            }
        },
    }
}

pub(super) fn with<'v>(
    ctx: Context<'_>,
    key: &str,
    values: impl IntoIterator<Item = (&'v str, String)>,
) -> String {
    let values = values.into_iter().map(|(name, value)| (name, value.into()));
    ctx.texts.with(key, &values.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, Texts};
    use crate::plan::{Seed, Survey, outline};
    use crate::preset::Preset;
    use crate::wizard::draft::Draft;
    use crate::wizard::tests::driver::recorded;
    use crate::wizard::theme::Appearance;

    /// A loss on the first disk of a recorded computer, in German.
    fn german(machine: &str, loss: &Loss) -> String {
        let draft = Draft::new(recorded(machine), Preset::default(), Seed::new([3; 32]));
        let mut disks = draft.machine().disks.known().into_iter().flatten();
        let disk = disks.find(|disk| !disk.live_medium).unwrap();
        let texts = Texts::new(Language::German);
        let ctx = Context {
            texts: &texts,
            appearance: Appearance::Light,
            draft: &draft,
            width: 800.0,
            now: 0,
        };
        loss_words(ctx, disk, loss)
    }

    #[test]
    fn systems_and_folders_that_go_are_named_before_what_stays() {
        let preset = include_str!("../../../../tests/presets/manual-unlock-root.toml");
        let preset = crate::preset::read(preset, "unlock").unwrap();
        let plan = outline(
            &Survey::of(&recorded("table-luks-home")),
            &preset,
            Seed::new([3; 32]),
        )
        .unwrap();
        let on = "table-luks-home";
        let Some(Loss::Inside { what, size, .. }) = plan.losses().next().cloned() else {
            panic!("what is in a container is lost");
        };
        let homes = vec![LostHomes {
            subvolume: None,
            folders: vec!["anna".to_owned(), "bo".to_owned()],
        }];
        let system = Some("Fedora Linux 43".to_owned());
        let inside = Loss::Inside {
            what: what.clone(),
            size,
            holds: None,
            system: system.clone(),
            homes: homes.clone(),
        };
        let said = "(Fedora Linux 43, mit den Ordnern anna  ·  bo); der Container bleibt";
        assert!(
            german(on, &inside).ends_with(said),
            "{}",
            german(on, &inside)
        );
        let subvolume = Loss::Subvolume {
            what,
            path: "root".to_owned(),
            system,
            homes,
        };
        let said = "Fedora Linux 43: Subvolume root in Partition 3 „cryptroot“ (crypto_LUKS), mit den \
                    Ordnern anna  ·  bo; alles andere darin bleibt";
        assert_eq!(german(on, &subvolume), said);
        let Loss::Subvolume { what, .. } = subvolume else {
            panic!("it is one");
        };
        let one = Loss::Subvolume {
            what,
            path: "root".to_owned(),
            system: None,
            homes: vec![LostHomes {
                subvolume: None,
                folders: vec!["anna".to_owned()],
            }],
        };
        let said = german(on, &one);
        assert!(said.contains(", mit dem Ordner anna;"), "{said}");
        assert!(one.to_string().contains("with the folder anna"), "{one}");
    }

    #[test]
    fn what_windows_made_for_itself_is_lost_under_the_name_that_the_bars_have() {
        let mut preset = Preset::default();
        preset.disk.layout = Some(crate::preset::Layout::Erase);
        let on = "laptop-intel-windows";
        let plan = outline(&Survey::of(&recorded(on)), &preset, Seed::new([3; 32])).unwrap();
        let words = plan.losses().map(|loss| german(on, loss));
        let words: Vec<String> = words.collect();
        assert!(words[0].contains("EFI-System · vfat"), "{words:?}");
        assert!(words[1].ends_with("Microsoft reserviert"), "{words:?}");
        assert!(
            words[3].contains("Windows-Wiederherstellung · ntfs"),
            "{words:?}"
        );
    }

    #[test]
    fn what_is_in_a_container_is_lost_and_the_container_stays() {
        let preset = include_str!("../../../../tests/presets/manual-unlock-root.toml");
        let preset = crate::preset::read(preset, "unlock").unwrap();
        let machine = recorded("table-luks-home");
        let plan = outline(&Survey::of(&machine), &preset, Seed::new([3; 32])).unwrap();
        let lost: Vec<&Loss> = plan.losses().collect();
        let [loss] = lost[..] else {
            panic!("one thing is lost: {lost:?}");
        };
        let english = "partition 3 “cryptroot”, 60 GiB: what is in its LUKS container (Fedora Linux 43 \
                       (Workstation Edition), btrfs labelled “fedora”); the container stays";
        assert_eq!(loss.to_string(), english);
        let words = |loss| german("table-luks-home", loss);
        let said = "Partition 3 „cryptroot“, 60 GiB: was in ihrem LUKS-Container ist (Fedora Linux 43 \
                      (Workstation Edition) · btrfs „fedora“); der Container bleibt";
        assert_eq!(words(loss), said);
        let Loss::Inside { what, size, .. } = loss.clone() else {
            panic!("it is in a container: {loss:?}");
        };
        let unseen = Loss::Inside {
            what,
            size,
            holds: None,
            system: None,
            homes: Vec::new(),
        };
        let said = "was auch immer in ihrem LUKS-Container ist; der Container bleibt";
        assert!(words(&unseen).ends_with(said), "{}", words(&unseen));
        assert!(
            unseen
                .to_string()
                .ends_with("(whatever it is); the container stays")
        );
    }
}
