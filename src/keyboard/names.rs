//! What the registry of xkeyboard-config lists, with its descriptions in English.

use crate::location::rows;
use crate::packed::packed;
use std::sync::LazyLock;

/// A layout, such as `de`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// As `services.xserver.xkb.layout` takes it.
    pub name: &'static str,
    /// In English, such as `German`.
    pub description: &'static str,
    /// Its languages, three small letters each (ISO 639-3), the main one first.
    pub languages: Vec<&'static str>,
    /// Its countries, two capital letters each (ISO 3166-1).
    pub countries: Vec<&'static str>,
    /// Whether it should be offered to everyone.
    pub offer: Offer,
    /// Its variants, by name.
    pub variants: Vec<Variant>,
}

impl Layout {
    /// The variant with a name.
    pub fn variant(&self, name: &str) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.name == name)
    }
}

/// A variant of a layout, such as `neo`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// As `services.xserver.xkb.variant` takes it.
    pub name: &'static str,
    /// In English, with the layout: `German (Neo 2)`.
    pub description: &'static str,
    /// Its languages where they differ from the layout's; else empty.
    pub languages: Vec<&'static str>,
    /// Whether it should be offered to everyone.
    pub offer: Offer,
}

/// Who looks for a layout or variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Everyone.
    Common,
    /// Few: xkeyboard-config keeps it in its list of extras. Found by searching.
    Rare,
}

/// Options of one purpose, such as the position of the Compose key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionGroup {
    /// Such as `compose`; mostly what its options begin with.
    pub name: &'static str,
    /// In English, such as `Position of Compose key`.
    pub description: &'static str,
    /// Whether more than one of them can be on.
    pub several: bool,
    /// Its options, in xkeyboard-config's order.
    pub options: Vec<XkbOption>,
}

/// An option, such as `caps:escape`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct XkbOption {
    /// As `services.xserver.xkb.options` takes it.
    pub name: &'static str,
    /// In English, such as `Make Caps Lock an additional Esc`.
    pub description: &'static str,
}

#[derive(Default)]
struct Table {
    layouts: Vec<Layout>,
    groups: Vec<OptionGroup>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    let text = packed!("assets/keyboard/names.tsv").kept();
    for [kind, name, description, more, countries] in rows(text) {
        let offer = match kind.ends_with('+') {
            true => Offer::Rare,
            false => Offer::Common,
        };
        match kind.trim_end_matches('+') {
            "layout" => table.layouts.push(Layout {
                name,
                description,
                languages: list(more),
                countries: list(countries),
                offer,
                variants: Vec::new(),
            }),
            "variant" => {
                if let Some(layout) = table.layouts.last_mut() {
                    layout.variants.push(Variant {
                        name,
                        description,
                        languages: list(more),
                        offer,
                    });
                }
            }
            "group" => table.groups.push(OptionGroup {
                name,
                description,
                several: more == "many",
                options: Vec::new(),
            }),
            _ => {
                if let Some(group) = table.groups.last_mut() {
                    group.options.push(XkbOption { name, description });
                }
            }
        }
    }
    table
});

fn list(field: &'static str) -> Vec<&'static str> {
    field.split(',').filter(|item| !item.is_empty()).collect()
}

/// Every layout, by name.
pub fn layouts() -> &'static [Layout] {
    &TABLE.layouts
}

/// The layout with a name.
pub fn layout(name: &str) -> Option<&'static Layout> {
    let layouts = layouts();
    let index = layouts.binary_search_by(|l| l.name.cmp(name)).ok()?;
    layouts.get(index)
}

/// Every option, in groups.
pub fn option_groups() -> &'static [OptionGroup] {
    &TABLE.groups
}

/// The option with a name.
pub fn option(name: &str) -> Option<&'static XkbOption> {
    option_groups()
        .iter()
        .flat_map(|group| &group.options)
        .find(|option| option.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::XkbName;

    #[test]
    fn layouts_variants_and_options_are_found() {
        let german = layout("de").unwrap();
        assert_eq!(german.description, "German");
        assert_eq!(
            (&german.languages[..], &german.countries[..]),
            (&["deu"][..], &["DE"][..])
        );
        assert!(german.variant("nodeadkeys").is_some() && german.variant("neo").is_some());
        assert!(german.variant("dvorka").is_none() && layout("xx").is_none());
        assert_eq!(
            layout("us").unwrap().variant("3l").unwrap().offer,
            Offer::Rare
        );
        assert_eq!(
            option("caps:escape").unwrap().description,
            "Make Caps Lock an additional Esc"
        );
        assert!(option("caps:eskape").is_none());
    }

    #[test]
    fn the_table_is_whole_and_in_order() {
        assert!(layouts().is_sorted_by(|a, b| a.name < b.name));
        assert!(layouts().len() > 95 && option_groups().len() > 20);
        let variants = layouts().iter().flat_map(|layout| &layout.variants);
        let described = variants.map(|v| (v.name, v.description));
        let layouts = layouts().iter().map(|l| (l.name, l.description));
        let options = option_groups().iter().flat_map(|group| &group.options);
        let all: Vec<_> = described
            .chain(layouts)
            .chain(options.map(|o| (o.name, o.description)))
            .collect();
        assert!(all.len() > 900, "{}", all.len());
        for (name, description) in all {
            assert!(XkbName::try_from(name.to_owned()).is_ok(), "{name}");
            assert!(!description.is_empty(), "{name}");
        }
    }
}
