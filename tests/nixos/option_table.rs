//! The table of NixOS' options, and a check of a module's definitions against it.
//!
//! The table (`tests/nixos-option-types.json`) gives each option's type in the words that NixOS'
//! documentation has for it; the words are read here. Words that are not understood fail the check.
//! Options that come from elsewhere than the documentation say so by `source`.

use nevado::nixos::tree::{Attrs, Expr, Module};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The options of NixOS.
pub(crate) struct OptionTable(BTreeMap<String, NixosOption>);

/// One option.
#[derive(Clone, Deserialize)]
struct NixosOption {
    #[serde(rename = "type")]
    type_: String,
    status: Status,
    /// The first release that has it, where it is known.
    since: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Current,
    Retired,
}

impl OptionTable {
    /// Reads the table.
    pub(crate) fn read() -> Self {
        let text = include_str!("../nixos-option-types.json");
        let table: BTreeMap<String, NixosOption> = serde_json::from_str(text).unwrap();
        Self(table)
    }

    /// What NixOS of `release` would have against `module`, one sentence each, and how many
    /// definitions were looked at.
    pub(crate) fn check(&self, module: &Module, release: &str) -> (usize, Vec<String>) {
        let mut checked = 0;
        let mut complaints = Vec::new();
        for (path, value) in module.body().leaves() {
            checked += 1;
            if let Err(complaint) = self.check_definition(&path, value, release) {
                complaints.push(format!("{}: {complaint}", path.join(".")));
            }
        }
        (checked, complaints)
    }

    fn check_definition(&self, path: &[&str], value: &Expr, release: &str) -> Result<(), String> {
        if path == ["imports"] {
            return fits_list(value, |item| {
                matches!(item, Expr::File(_) | Expr::Concat(..))
            })
            .then_some(())
            .ok_or_else(|| format!("{value:?} is no list of modules"));
        }
        let (option, type_) = self.find(path).ok_or("no such option")?;
        if option.status == Status::Retired {
            return Err("a retired name".to_owned());
        }
        if let Some(since) = &option.since
            && since.as_str() > release
        {
            return Err(format!("new in {since}, not in {release}"));
        }
        if type_ == "list of (submodule)" {
            return self.check_items(path, value, release);
        }
        if self.fits(type_, value)? {
            Ok(())
        } else {
            Err(format!("{value:?} is no {type_}"))
        }
    }

    /// A list of sets, whose options stand in the table with `*` for the position.
    fn check_items(&self, path: &[&str], value: &Expr, release: &str) -> Result<(), String> {
        let Expr::List(items) = value else {
            return Err(format!("{value:?} is no list of sets"));
        };
        for item in items.items() {
            let Expr::Set(item) = item else {
                return Err(format!("{item:?} is no set"));
            };
            for (name, value) in item.leaves() {
                let path = [path, &["*"], &name].concat();
                self.check_definition(&path, value, release)?;
            }
        }
        Ok(())
    }

    /// The option that `path` belongs to and the type that its value must have: an option by that
    /// name, or a member of one that holds attributes.
    fn find<'a>(&'a self, path: &[&str]) -> Option<(&'a NixosOption, &'a str)> {
        if let Some(option) = self.named(path) {
            return Some((option, &option.type_));
        }
        let (_, above) = path.split_last()?;
        let (option, type_) = self.find(above)?;
        let member = member_type(type_)?;
        Some((option, member))
    }

    fn named(&self, path: &[&str]) -> Option<&NixosOption> {
        let fits = |key: &str| {
            let mut parts = key.split('.');
            path.iter().all(|name| {
                parts
                    .next()
                    .is_some_and(|part| part == "<name>" || part == *name)
            }) && parts.next().is_none()
        };
        // Names beside `<name>` first: they are more exact.
        self.0.get(&path.join(".")).or_else(|| {
            self.0
                .iter()
                .find(|(key, _)| fits(key))
                .map(|(_, option)| option)
        })
    }

    /// Whether a value has a type, given in words.
    fn fits(&self, type_: &str, value: &Expr) -> Result<bool, String> {
        // `lib.mkDefault x` and `lib.mkForce x` have the type of x.
        if let Expr::Apply(function, argument) = value {
            return match function.as_str() {
                "lib.mkDefault" | "lib.mkForce" => self.fits(type_, argument),
                other => Err(format!("what {other} gives is not known")),
            };
        }
        if let Expr::With(_, body) = value {
            return self.fits(type_, body);
        }
        if let Expr::Reference(reference) = value
            && split_alternatives(type_).len() == 1
        {
            return self.reference_fits(reference.as_str(), inner(type_));
        }
        if let Some(fits) = exact_type_fits(type_, value) {
            return Ok(fits);
        }
        let alternatives = split_alternatives(type_);
        if alternatives.len() > 1 {
            let fitting = alternatives.into_iter().map(|one| self.fits(one, value));
            return Ok(fitting.collect::<Result<Vec<_>, _>>()?.contains(&true));
        }
        let type_ = inner(type_.strip_suffix(" convertible to it").unwrap_or(type_));
        if let Some(item) = type_.strip_prefix("list of ") {
            let Expr::List(list) = value else {
                return Ok(false);
            };
            let fitting = list.items().iter().map(|one| self.fits(inner(item), one));
            return Ok(!fitting.collect::<Result<Vec<_>, _>>()?.contains(&false));
        }
        if let Some(list) = type_.strip_prefix("non-empty ") {
            let filled = matches!(value, Expr::List(list) if !list.items().is_empty());
            return Ok(filled && self.fits(inner(list), value)?);
        }
        pattern_fits(type_, value)
    }

    /// A reference has the type of the option it names; a name that stands for itself, as in
    /// `with pkgs; [ git ]`, and what is below a package set is a package.
    fn reference_fits(&self, reference: &str, type_: &str) -> Result<bool, String> {
        if type_ == "package" {
            let package_set = reference.starts_with("config.boot.kernelPackages.");
            return Ok(package_set || !reference.starts_with("config."));
        }
        if type_ == "raw value" || type_ == "null" {
            return Ok(type_ == "raw value");
        }
        if type_.starts_with("absolute path") && reference.starts_with("pkgs.") {
            return Ok(true);
        }
        let path = reference
            .strip_prefix("config.")
            .ok_or(format!("{reference} as {type_}"))?;
        let path: Vec<&str> = path.split('.').collect();
        let (option, other) = self
            .find(&path)
            .ok_or(format!("no such option {reference}"))?;
        Ok(option.status == Status::Current && other == type_)
    }
}

/// The type of an attribute in a value of `type_`, if that type holds attributes.
fn member_type(type_: &str) -> Option<&str> {
    let mut type_ = inner(type_);
    for prefix in ["open submodule of ", "lazy "] {
        type_ = type_.strip_prefix(prefix).unwrap_or(type_);
    }
    type_.strip_prefix("attribute set of ").map(inner)
}

/// `a or b or c` taken apart, except within parentheses and quotes; `one of "a", "b"` stays whole.
fn split_alternatives(type_: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (index, character) in type_.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            // "newlines or colons" is no choice between types.
            ' ' if depth == 0
                && type_[index..].starts_with(" or ")
                && !type_[index..].starts_with(" or colons") =>
            {
                parts.push(inner(&type_[start..index]));
                start = index + " or ".len();
            }
            _ => {}
        }
    }
    parts.push(inner(&type_[start..]));
    parts
}

/// The words within parentheses that enclose all of them.
fn inner(type_: &str) -> &str {
    let Some(words) = type_
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    else {
        return type_;
    };
    // In `(a) or (b)` the first and the last are not a pair.
    let mut depth = 0;
    let pair = words.chars().all(|character| {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth >= 0
    });
    if pair { words } else { type_ }
}

fn fits_list(value: &Expr, item_fits: impl Fn(&Expr) -> bool) -> bool {
    matches!(value, Expr::List(list) if list.items().iter().all(item_fits))
}

/// A type whose words are known as a whole; none if they are not.
fn exact_type_fits(type_: &str, value: &Expr) -> Option<bool> {
    let text = match value {
        Expr::String(text) => Some(text.as_str()),
        _ => None,
    };
    let is = |rule: fn(&str) -> bool| text.is_some_and(rule);
    Some(match type_ {
        "boolean" => matches!(value, Expr::Bool(_)),
        "null" => matches!(value, Expr::Null),
        // None is written.
        "floating point number" => false,
        "string" | "strings concatenated with \"\\n\"" | "strings concatenated with \",\"" => {
            text.is_some()
        }
        "string (with check: non-empty)" | "non-empty string" => is(|text| !text.is_empty()),
        "string without spaces" => is(|text| !text.contains(' ')),
        "absolute path, not containing newlines or colons" | "absolute path" => {
            is(|text| text.starts_with('/'))
        }
        "string, not containing newlines or colons" => is(|text| !text.contains(['\n', ':'])),
        "(optionally newline-terminated) single-line string" => is(|text| !text.contains('\n')),
        "string, with spaces inside double quotes" => is(|text| !text.contains(' ')),
        "signed integer" => matches!(value, Expr::Int(_)),
        "positive integer, meaning >0" => matches!(value, Expr::Int(1..)),
        "16 bit unsigned integer; between 0 and 65535 (both inclusive)" => {
            matches!(value, Expr::Int(0..=65535))
        }
        "attribute set" | "attribute set of boolean" => matches!(value, Expr::Set(_)),
        "raw value" | "unspecified value" => true,
        "JSON value" => !matches!(value, Expr::File(_)),
        "session name" => text.is_some(),
        // A package is a reference, which was looked at before.
        "package" => false,
        _ => return None,
    })
}

/// A type that begins with known words, or has a known pattern.
fn pattern_fits(type_: &str, value: &Expr) -> Result<bool, String> {
    let text = match value {
        Expr::String(text) => Some(text.as_str()),
        _ => None,
    };
    if type_.starts_with("one of ") || type_.starts_with("value \"") {
        return Ok(is_one_of(type_, text));
    }
    if type_ == "string matching the pattern ^$|^[[:alnum:]]([[:alnum:]_-]{0,61}[[:alnum:]])?$" {
        return Ok(text.is_some_and(is_host_name));
    }
    if type_.starts_with("string matching the pattern ([[:print:]]+:[0-9]{1,3}(@") {
        return Ok(text.is_some_and(is_bus_id));
    }
    Err(format!("the type {type_:?} is not understood by this test"))
}

/// `one of "a", "b"`
fn is_one_of(type_: &str, text: Option<&str>) -> bool {
    let mut choices = type_.split('"').skip(1).step_by(2);
    text.is_some_and(|text| choices.any(|choice| choice == text))
}

/// The pattern of `hardware.nvidia.prime.nvidiaBusId` and its like: `PCI:1@0:0:0`, or nothing.
fn is_bus_id(text: &str) -> bool {
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    let parts: Vec<&str> = text.split(':').collect();
    match parts.as_slice() {
        [""] => true,
        [bus, number, device, function] => {
            let (number, domain) = number.split_once('@').unwrap_or((number, "0"));
            !bus.is_empty()
                && digits(number, 3)
                && digits(domain, 10)
                && digits(device, 2)
                && digits(function, 1)
        }
        _ => false,
    }
}

/// The pattern of `networking.hostName`.
fn is_host_name(text: &str) -> bool {
    let edge = |c: char| c.is_ascii_alphanumeric();
    text.len() <= 63
        && text.chars().all(|c| edge(c) || "_-".contains(c))
        && (text.is_empty() || text.starts_with(edge) && text.ends_with(edge))
}

/// A module with one definition.
pub(crate) fn module_with(set: impl FnOnce(&mut Attrs)) -> Module {
    let mut body = Attrs::new();
    set(&mut body);
    let header = nevado::nixos::tree::Comment::new("A test.");
    Module::new(header, &["config", "lib", "pkgs"], body).unwrap()
}
