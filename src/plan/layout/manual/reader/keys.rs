//! Which keys of a partition have a meaning for what is done with it.

use super::Reader;
use crate::plan::{Detail, Problem};
use crate::preset::ManualAction;
use crate::storage::KeptLuks;

impl Reader<'_> {
    /// Keys that mean nothing where this is done.
    pub(super) fn strange_keys(&self) -> Vec<Problem> {
        use ManualAction::{Create, Delete, Format, Keep, Resize};
        let wish = self.wish;
        let keys: [(&str, bool, &[ManualAction]); 12] = [
            (
                "partition",
                wish.partition.is_some(),
                &[Keep, Format, Delete, Resize],
            ),
            ("size", wish.size.is_some(), &[Create, Resize]),
            ("gap_after", wish.gap_after.is_some(), &[Create]),
            ("type", wish.kind.is_some(), &[Create, Format]),
            ("file_system", wish.file_system.is_some(), &[Create, Format]),
            ("label", wish.label.is_some(), &[Create, Format]),
            (
                "flags",
                wish.flags.is_some(),
                &[Create, Format, Keep, Resize],
            ),
            (
                "mount",
                wish.mount.is_some(),
                &[Create, Format, Keep, Resize],
            ),
            (
                "subvolumes",
                !wish.subvolumes.is_empty(),
                &[Create, Format, Keep],
            ),
            ("encrypt", wish.encrypt.is_some(), &[Create, Format]),
            ("unlock", wish.unlock.is_some(), &[Keep, Format]),
            ("hibernation", wish.hibernation.is_some(), &[Create, Format]),
        ];
        let action = wish.action();
        let strange =
            |(_, given, fits): &(&str, bool, &[ManualAction])| *given && !fits.contains(&action);
        let told = keys.into_iter().filter(strange).map(|(key, ..)| {
            let (word, done) = match action {
                Create => ("create", "is new"),
                Keep => ("keep", "stays as it is"),
                Format => ("format", "stays where it is"),
                Delete => ("delete", "goes"),
                Resize => ("resize", "gets another size"),
            };
            let mend = match key {
                "encrypt" if action == Keep && self.names_container() => {
                    "Write `unlock = true` to open the container that is there, or leave it out."
                }
                _ => "Leave it out, or say something else to `do`.",
            };
            self.field
                .unclear(
                    key,
                    "no_meaning",
                    format!("`{key}` has no meaning for a partition that {done}"),
                    mend,
                )
                .with("key", Detail::Word(key.into()))
                .with("done", Detail::Word(word.into()))
        });
        told.collect()
    }

    /// Whether the partition that is named holds a LUKS container.
    fn names_container(&self) -> bool {
        self.partition()
            .is_ok_and(|partition| KeptLuks::of(partition).is_ok())
    }
}
