//! What the header of a LUKS container tells without a passphrase: where it ends, and how its data are
//! encrypted.

use crate::units::Bytes;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What both versions begin with (LUKS2 On-Disk Format Specification 1.1.3, chapter 2; LUKS1 On-Disk
/// Format Specification 1.2.3, chapter 2).
const MAGIC: &[u8] = b"LUKS\xba\xbe";

/// What the initrd of NixOS has modules for by itself: the defaults of `boot.initrd.luks.cryptoModules`.
const CIPHERS: [&str; 4] = ["aes", "blowfish", "serpent", "twofish"];
const MODES: [&str; 3] = ["cbc", "lrw", "xts"];

/// In what the container is unlike those that the initrd of NixOS opens by itself; `header` is all of it.
pub(super) fn unlike_ours(header: &[u8]) -> Option<String> {
    let unknown = |spec: &str| {
        let mut parts = spec.split('-');
        let (cipher, mode) = (parts.next()?, parts.next().unwrap_or_default());
        let known = CIPHERS.contains(&cipher) && MODES.contains(&mode);
        (!known).then(|| format!("is encrypted by {spec}"))
    };
    match Extent::of(header)? {
        Extent::Luks1 { .. } => {
            let word = |at: usize| {
                let text = header.get(at..at + 32)?.split(|byte| *byte == 0).next()?;
                std::str::from_utf8(text).ok()
            };
            unknown(&format!("{}-{}", word(8)?, word(40)?))
        }
        Extent::Luks2 { .. } => {
            let layout = Layout::of(header)?;
            let proved = layout.segments.values().any(|s| s.integrity.is_some());
            match proved {
                true => Some("has integrity protection".to_owned()),
                false => layout
                    .segments
                    .values()
                    .find_map(|s| unknown(&s.encryption)),
            }
        }
    }
}

/// Where the header ends, as far as its first sector says it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// The data begin here.
    Luks1 { data: Bytes },
    /// The JSON area says it, which ends here.
    Luks2 { copy: Bytes },
}

impl Extent {
    pub(super) fn of(first: &[u8]) -> Option<Self> {
        let number = |at: usize, length: usize| {
            let bytes = first.get(at..at + length)?;
            Some(
                bytes
                    .iter()
                    .fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
            )
        };
        if !first.starts_with(MAGIC) {
            return None;
        }
        match number(6, 2)? {
            // `payload-offset`, in sectors.
            1 => Some(Self::Luks1 {
                data: Bytes(number(104, 4)? * 512),
            }),
            // `hdr_size`.
            2 => Some(Self::Luks2 {
                copy: Bytes(number(8, 8)?),
            }),
            _ => None,
        }
    }

    /// Where the encrypted data begin, after the JSON area of this copy of a LUKS2 header; nothing while
    /// the container needs more than its key to be opened.
    pub(super) fn data(copy: &[u8]) -> Option<Bytes> {
        let layout = Layout::of(copy)?;
        if !layout.config.requirements.mandatory.is_empty() {
            return None;
        }
        let mut offsets = layout.segments.into_values();
        let first = offsets.next()?;
        let offset = |segment: &Segment| segment.offset.parse().ok();
        let first: u64 = offset(&first)?;
        offsets
            .try_fold(first, |least, segment| Some(least.min(offset(&segment)?)))
            .map(Bytes)
    }
}

/// As far as it matters here (LUKS2 On-Disk Format Specification 1.1.3, chapter 3).
#[derive(Deserialize)]
struct Layout {
    segments: BTreeMap<String, Segment>,
    config: Config,
}

impl Layout {
    /// From the JSON area of a LUKS2 header.
    fn of(header: &[u8]) -> Option<Self> {
        let area = header.get(4096..)?;
        let mut parts = area.split(|byte| *byte == 0);
        serde_json::from_slice(parts.next()?).ok()
    }
}

#[derive(Deserialize)]
struct Segment {
    /// In bytes.
    offset: String,
    /// As `aes-xts-plain64`: a segment of the kind `crypt` has it.
    #[serde(default)]
    encryption: String,
    /// Present where what was written is also proved to be what is read.
    integrity: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Config {
    #[serde(default)]
    requirements: Requirements,
}

/// Such as an encryption that has not come to its end: opening would go on with it.
#[derive(Default, Deserialize)]
struct Requirements {
    #[serde(default)]
    mandatory: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::super::super::command::Command;
    use super::*;
    use crate::secret::Secret;
    use std::fs::File;

    /// By the real cryptsetup, in a file.
    #[test]
    fn the_header_ends_where_the_data_begin() {
        for (version, dump) in [("luks1", "Payload offset:"), ("luks2", "offset:")] {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("container");
            File::create(&file).unwrap().set_len(32 << 20).unwrap();
            let format = Command::new("cryptsetup")
                .args(["luksFormat", "--batch-mode", "--type", version])
                .args(["--pbkdf", "pbkdf2", "--pbkdf-force-iterations", "1000"])
                .args(["--key-file", "-"])
                .arg(&file)
                .input(Secret::new("sesame"));
            run(&format);
            let printed = run(&Command::new("cryptsetup").arg("luksDump").arg(&file));
            let mut lines = printed.lines().map(str::trim);
            let offset = lines.find_map(|line| line.strip_prefix(dump)).unwrap();
            let offset = offset.trim().trim_end_matches(" [bytes]");
            let offset: u64 = offset.parse().unwrap();
            let content = std::fs::read(&file).unwrap();
            assert_eq!(unlike_ours(&content), None, "{printed}");
            let found = match Extent::of(&content).unwrap() {
                Extent::Luks1 { data } => data.0 / 512,
                Extent::Luks2 { copy } => {
                    let copy = usize::try_from(copy.0).unwrap();
                    Extent::data(&content[..copy]).unwrap().0
                }
            };
            assert_eq!(found, offset, "{printed}");
        }
    }

    #[test]
    fn what_is_no_whole_header_is_none() {
        assert_eq!(Extent::of(b"LUKS"), None);
        assert_eq!(Extent::of(&[0; 4096]), None);
        let mut third = MAGIC.to_vec();
        third.extend([0, 3]);
        third.resize(4096, 0);
        assert_eq!(Extent::of(&third), None);
        let copy = |json: &str| {
            let mut copy = vec![0; 4096];
            copy.extend(json.as_bytes());
            copy.push(0);
            Extent::data(&copy)
        };
        let segments = r#""segments":{"0":{"offset":"8192"},"1":{"offset":"4096"}}"#;
        let whole = format!(r#"{{{segments},"config":{{}}}}"#);
        assert_eq!(copy(&whole), Some(Bytes(4096)));
        let half = r#""config":{"requirements":{"mandatory":["online-reencrypt-v2"]}}"#;
        assert_eq!(copy(&format!("{{{segments},{half}}}")), None);
        assert_eq!(copy("{"), None);
    }

    #[test]
    fn what_the_initrd_has_no_module_for_is_told() {
        let luks2 = |segment: &str| {
            let mut header = MAGIC.to_vec();
            header.extend([0, 2]);
            header.resize(4096, 0);
            let json =
                format!(r#"{{"segments":{{"0":{{"offset":"4096",{segment}}}}},"config":{{}}}}"#);
            header.extend(json.as_bytes());
            header.push(0);
            unlike_ours(&header)
        };
        assert_eq!(luks2(r#""encryption":"aes-xts-plain64""#), None);
        assert_eq!(luks2(r#""encryption":"serpent-cbc-essiv:sha256""#), None);
        let adiantum = luks2(r#""encryption":"xchacha12,aes-adiantum-plain64""#);
        assert_eq!(
            adiantum.unwrap(),
            "is encrypted by xchacha12,aes-adiantum-plain64"
        );
        let proved = r#""encryption":"aes-xts-plain64","integrity":{"type":"hmac(sha256)"}"#;
        assert_eq!(luks2(proved).unwrap(), "has integrity protection");
        let mut first = MAGIC.to_vec();
        first.extend([0, 1]);
        first.resize(592, 0);
        first[8..11].copy_from_slice(b"aes");
        first[40..51].copy_from_slice(b"xts-plain64");
        assert_eq!(unlike_ours(&first), None);
        first[8..13].copy_from_slice(b"cast5");
        assert_eq!(
            unlike_ours(&first).unwrap(),
            "is encrypted by cast5-xts-plain64"
        );
    }

    fn run(command: &Command) -> String {
        let output = crate::process::run(command, None, &mut |_, _| {});
        output.unwrap().stdout
    }
}
