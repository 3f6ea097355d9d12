//! What is lost and what gets another size, by name, in the person's language: in short where a person
//! still chooses, in full before the last question.

use super::Context;
use crate::plan::{Fate, Held, Loss, NamedPartition, PlannedDisk, Resized};
use crate::units::Bytes;
use crate::wizard::Element;
use crate::wizard::theme::{mark, space};
use crate::wizard::widget::{Icon, Tone, body, icon, label, notice};
use iced::widget::{Column, column, row};
use iced::{Center, Color};

/// So many losses are named where a person still chooses, what stands for the others included.
const IN_SHORT: usize = 6;

/// What is lost on a disk, taken together.
pub(super) struct Gone {
    /// What the system is called that goes, where nothing else does.
    pub(super) system: Option<String>,
    /// The number of the partition, where what is on it is all that goes.
    pub(super) partition: Option<u32>,
    /// How much it is, where that is known.
    pub(super) size: Option<Bytes>,
}

impl Gone {
    pub(super) fn of(planned: &PlannedDisk) -> Self {
        let losses = &planned.losses;
        let mut systems = losses.iter().map(|loss| match loss {
            Loss::Partition { system, .. }
            | Loss::Inside { system, .. }
            | Loss::Subvolume { system, .. } => system.as_ref(),
            Loss::Unread { .. } | Loss::WholeDisk(_) | Loss::SameVolume { .. } => None,
        });
        let first = systems.next().flatten();
        let system = first.filter(|first| systems.all(|other| other == Some(first)));
        let partition = match losses.as_slice() {
            [Loss::Partition { what, .. } | Loss::Inside { what, .. }] => Some(what.number),
            _ => None,
        };
        let sizes = losses.iter().map(|loss| match loss {
            Loss::Partition { size, .. } | Loss::Inside { size, .. } => Some(*size),
            Loss::Unread { .. } | Loss::WholeDisk(_) => Some(planned.identity.size),
            // Something of it is on another disk.
            Loss::SameVolume { .. } => Some(Bytes(0)),
            Loss::Subvolume { .. } => None,
        });
        let add = |sum: Bytes, size: Option<Bytes>| Some(Bytes(sum.0.saturating_add(size?.0)));
        Self {
            system: system.cloned(),
            partition,
            size: sizes.into_iter().try_fold(Bytes(0), add),
        }
    }
}

/// What is lost, as soon as something is; of very many, the first.
pub(super) fn in_short<'a, M: 'a>(
    ctx: Context<'a>,
    planned: &PlannedDisk,
) -> Option<Element<'a, M>> {
    let p = ctx.palette();
    let all = planned.losses.len();
    let named = if all > IN_SHORT { IN_SHORT - 1 } else { all };
    let more = (all > named).then(|| ctx.tv("content-more", "count", (all - named).to_string()));
    let first = planned.losses.iter().take(named);
    let words = first.map(|loss| loss_words(ctx, loss)).chain(more);
    let lost = lines(ctx, Icon::Error, p.danger, words);
    let content = || column![label(p, ctx.t("losses")), lost].spacing(space::S);
    (all > 0).then(|| content().into())
}

/// Each thing that goes, or why nothing does; then what becomes smaller or larger.
pub(super) fn view<'a, M: 'a>(ctx: Context<'a>, planned: &PlannedDisk) -> Element<'a, M> {
    let p = ctx.palette();
    let lost = planned.losses.iter().map(|loss| loss_words(ctx, loss));
    let lost = lines(ctx, Icon::Error, p.danger, lost);
    let (smaller, larger) = (&planned.shrunk, &planned.grown);
    let content = match planned.fate() {
        Fate::AllGoes | Fate::SomeGoes => column![label(p, ctx.t("losses")), lost]
            .push(headed(ctx, "losses-smaller", smaller))
            .push(headed(ctx, "losses-larger", larger)),
        Fate::AllStays => column![notice(p, Tone::Good, ctx.t("losses-none-beside"), None)],
        Fate::SomeShrinks => column![
            notice(p, Tone::Warning, ctx.t("losses-none-smaller"), None),
            resized(ctx, smaller)
        ]
        .push(headed(ctx, "losses-larger", larger)),
        Fate::SomeGrows => column![
            notice(p, Tone::Warning, ctx.t("losses-none-larger"), None),
            resized(ctx, larger)
        ],
        Fate::Blank => column![notice(p, Tone::Good, ctx.t("losses-none"), None)],
    };
    content.spacing(space::S).into()
}

/// What gets another size below a heading, if anything does.
fn headed<'a, M: 'a>(ctx: Context<'a>, key: &str, all: &[Resized]) -> Option<Element<'a, M>> {
    let heading = label(ctx.palette(), ctx.t(key));
    let content = || column![heading, resized(ctx, all)].spacing(space::S);
    (!all.is_empty()).then(|| content().into())
}

fn resized<'a, M: 'a>(ctx: Context<'a>, all: &[Resized]) -> Element<'a, M> {
    let words = all.iter().map(|resized| resized_words(ctx, resized));
    lines(ctx, Icon::Warning, ctx.palette().warning, words)
}

/// A line for each thing, behind an icon.
fn lines<'a, M: 'a>(
    ctx: Context<'a>,
    which: Icon,
    colour: Color,
    texts: impl Iterator<Item = String>,
) -> Element<'a, M> {
    let lines = texts.map(|text| {
        let line = row![icon(which, mark::S, colour), body(ctx.palette(), text)];
        line.spacing(space::S).align_y(Center).into()
    });
    Column::with_children(lines).spacing(space::XS).into()
}

/// A loss in words.
fn loss_words(ctx: Context<'_>, loss: &Loss) -> String {
    match loss {
        Loss::Unread { .. } => ctx.t("losses-unread"),
        Loss::WholeDisk(holds) => ctx.tv("losses-whole", "holds", held(ctx, holds)),
        Loss::Partition {
            what,
            size,
            system,
            homes,
        } => {
            let values = [
                ("partition", partition(ctx, what)),
                ("size", size.to_string()),
                ("holds", held(ctx, &what.holds)),
            ];
            let words = match system {
                None => with(ctx, "losses-partition", values),
                Some(system) => {
                    let [partition, size, holds] = values;
                    let system = ("system", system.clone());
                    with(ctx, "losses-of-system", [system, partition, size, holds])
                }
            };
            homes.iter().fold(words, |loss, homes| {
                let values = [
                    ("loss", loss),
                    ("subvolume", homes.subvolume.clone()),
                    ("folders", ctx.texts.list(&homes.folders)),
                ];
                with(ctx, "losses-with-homes", values)
            })
        }
        Loss::Inside {
            what,
            size,
            holds,
            system,
        } => {
            let holds = holds.as_ref().map(|holds| held(ctx, holds));
            let inside = system.iter().cloned().chain(holds);
            let inside = inside.collect::<Vec<_>>().join(" · ");
            let (key, holds) = match inside.is_empty() {
                true => ("losses-inside-unknown", None),
                false => ("losses-inside", Some(("holds", inside))),
            };
            let values = [
                ("partition", partition(ctx, what)),
                ("size", size.to_string()),
            ];
            with(ctx, key, values.into_iter().chain(holds))
        }
        Loss::Subvolume { what, path, system } => {
            let values = [
                ("path", path.clone()),
                ("partition", partition(ctx, what)),
                ("holds", held(ctx, &what.holds)),
            ];
            let words = with(ctx, "losses-subvolume", values);
            let named = |system: &String| {
                let values = [("system", system.clone()), ("loss", words.clone())];
                with(ctx, "losses-part-of-system", values)
            };
            system.as_ref().map_or_else(|| words.clone(), named)
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

/// In words, what gets another size.
fn resized_words(ctx: Context<'_>, resized: &Resized) -> String {
    let values = [
        ("partition", partition(ctx, &resized.what)),
        ("holds", held(ctx, &resized.what.holds)),
        ("from", resized.from.to_string()),
        ("to", resized.to.to_string()),
    ];
    with(ctx, "losses-resized", values)
}

/// A partition by its number, and its name if it has one.
fn partition(ctx: Context<'_>, what: &NamedPartition) -> String {
    let number = ("number", what.number.to_string());
    match &what.name {
        None => with(ctx, "losses-number", [number]),
        Some(name) => with(ctx, "losses-number-name", [number, ("name", name.clone())]),
    }
}

/// What is in it.
fn held(ctx: Context<'_>, holds: &Held) -> String {
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

fn with<'v>(
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
    use crate::plan::{Seed, outline};
    use crate::preset::Preset;
    use crate::wizard::draft::Draft;
    use crate::wizard::tests::driver::recorded;
    use crate::wizard::theme::Appearance;

    #[test]
    fn what_is_in_a_container_is_lost_and_the_container_stays() {
        let preset = include_str!("../../../tests/presets/manual-unlock-root.toml");
        let preset = crate::preset::read(preset, "unlock").unwrap();
        let machine = recorded("table-luks-home");
        let plan = outline(&machine, &preset, Seed::new([3; 32])).unwrap();
        let lost: Vec<&Loss> = plan.losses().collect();
        let [loss] = lost[..] else {
            panic!("one thing is lost: {lost:?}");
        };
        let english = "partition 3 “cryptroot”, 60 GiB: what is in its LUKS container (Fedora Linux 43 \
                       (Workstation Edition), btrfs labelled “fedora”); the container stays";
        assert_eq!(loss.to_string(), english);
        let draft = Draft::new(machine, Preset::default(), Seed::new([3; 32]));
        let texts = Texts::new(Language::German);
        let ctx = Context {
            texts: &texts,
            appearance: Appearance::Light,
            draft: &draft,
            width: 800.0,
            now: 0,
        };
        let words = |loss| loss_words(ctx, loss);
        let german = "Partition 3 „cryptroot“, 60 GiB: was in ihrem LUKS-Container ist (Fedora Linux 43 \
                      (Workstation Edition) · btrfs „fedora“); der Container bleibt";
        assert_eq!(words(loss), german);
        let Loss::Inside { what, size, .. } = loss.clone() else {
            panic!("it is in a container: {loss:?}");
        };
        let unseen = Loss::Inside {
            what,
            size,
            holds: None,
            system: None,
        };
        let german = "was auch immer in ihrem LUKS-Container ist; der Container bleibt";
        assert!(words(&unseen).ends_with(german), "{}", words(&unseen));
        assert!(
            unseen
                .to_string()
                .ends_with("(whatever it is); the container stays")
        );
    }
}
