//! Secrets: an install with known passwords and hashes, and a search for them, in every form, in all
//! that it left: its output, journal, plan, log and receipt, the live system's files, what every
//! process showed meanwhile, the target's files, and the disk's image byte by byte.
//!
//! They belong into the target's shadow file and nowhere else.

#[path = "../leaks/mod.rs"]
mod leaks;

use crate::bench::Bench;
use crate::install::left_as_before;
use crate::report::Report;
use crate::workspace::Share;
use anyhow::{Context, Result, bail};
use leaks::Needles;
use rustix::fs::SeekFrom;
use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

/// With everything that one form or another writes in another way.
const PLAIN: &str = "Grüße \"7141\" $&/+ ${x} it's";
const ROOT: &str = "battery-staple-2718";
const HASH: &str = "$y$j9T$abcdefghijklmnop$xxI14acrF4kcY59GsyqJ1DqdhVdc9N0f1.omTKnq.61";

/// What the guest's script gives to a process of its own, so that the search has something to find.
const PLANTED: [(&str, &str); 2] = [
    ("planted argument", "planted-argument-92653"),
    ("planted variable", "planted-variable-31415"),
];

/// The unit that an ext4 of this size gives out, and the most that is read at once.
const BLOCK: u64 = 4096;
const CHUNK: u64 = 16 << 20;

/// Installs, and searches.
pub(crate) fn are_kept(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let work = &bench.work;
    let scenario = work.scenario("secrets")?;
    let disk = scenario.empty_disk()?;
    let share = scenario.share("secrets.sh")?;
    share.put(Path::new(env!("CARGO_BIN_EXE_nevado")), "nevado")?;
    share.write("preset.toml", &preset())?;
    let given = [("plain", PLAIN), ("root", ROOT), ("hash", HASH)];
    fs::write(
        share.folder().join("patterns"),
        Needles::new(given).patterns(),
    )?;
    let mut machine = scenario.machine(&disk, None)?;
    machine.medium = Some(work.medium());
    machine.share = Some(share.folder().to_owned());
    let run = machine.run()?;
    report.note(format_args!("install and search took {:.0} s", run.seconds));
    report.same(
        "the guest's script ran through",
        share.status()?.as_str(),
        "0",
    );
    left_as_before(&share, 1, report)?;

    let shadow = Shadow::read(&share)?;
    let hashes = shadow.hashes();
    report.same(
        "three accounts have a hash in the target's shadow file",
        hashes.len(),
        3,
    );
    let set = hashes
        .iter()
        .map(|hash| ("a hash that was set", hash.as_str()));
    let needles = Needles::new(given.into_iter().chain(set.clone()));
    report.check(
        "none in arguments or environment of any process",
        processes(&needles, &share),
    );
    let mut left = vec![scenario.path("console.log")];
    files_below(&share.out(), &mut left)?;
    report.check(
        "none in output, journal, plan, log and receipt",
        left_behind(&needles, &left),
    );
    report.same(
        "none in the live system's new files, its Nix store included",
        share.read("live")?.as_str(),
        "",
    );
    let in_target: Vec<String> = share.read("target")?.lines().map(str::to_owned).collect();
    let elsewhere: Vec<&String> = in_target
        .iter()
        .filter(|path| !path.starts_with("/mnt/etc/shadow"))
        .collect();
    report.same(
        "none in the target's files, its shadow file apart",
        elsewhere,
        Vec::new(),
    );
    report.same(
        "the search of the target finds its shadow file",
        in_target.is_empty(),
        false,
    );
    report.check(
        "none in the disk's image, its shadow file apart",
        image(&needles, &disk, &shadow),
    );
    Ok(())
}

fn preset() -> String {
    format!(
        "version = 1\n\n[network]\nhost_name = \"secrets\"\n\n[disk]\nlayout = \"erase\"\n\
         choose = {{ serial = \"NEVADO-TEST-1\" }}\n\n\
         [[users]]\nname = \"anna\"\npassword = {{ plain = '''{PLAIN}''' }}\n\n\
         [[users]]\nname = \"kurt\"\npassword = {{ hash = \"{HASH}\" }}\n\n\
         [root]\npassword = {{ plain = \"{ROOT}\" }}\n\n[desktop]\nenvironment = \"none\"\n"
    )
}

/// The target's shadow file and the copy that its programs keep.
struct Shadow(Vec<Vec<u8>>);

impl Shadow {
    fn read(share: &Share) -> Result<Self> {
        let mut files = Vec::new();
        files_below(&share.out().join("shadow"), &mut files)?;
        let contents: std::io::Result<Vec<_>> = files.iter().map(fs::read).collect();
        Ok(Self(contents?))
    }

    fn hashes(&self) -> Vec<String> {
        let lines = self
            .0
            .iter()
            .flat_map(|text| text.split(|byte| *byte == b'\n'));
        let fields = lines.filter_map(|line| line.split(|byte| *byte == b':').nth(1));
        let hashes = fields.filter(|field| field.starts_with(b"$"));
        let mut hashes: Vec<String> = hashes
            .map(|hash| String::from_utf8_lossy(hash).into_owned())
            .collect();
        hashes.sort();
        hashes.dedup();
        hashes
    }

    /// Whether a block of the disk is one of these files.
    fn is(&self, block: &[u8]) -> bool {
        let end = block
            .iter()
            .rposition(|byte| *byte != 0)
            .map_or(0, |last| last + 1);
        self.0
            .iter()
            .any(|file| Some(file.as_slice()) == block.get(..end))
    }
}

/// What processes showed while the install ran; the planted process must be among them.
fn processes(needles: &Needles, share: &Share) -> Result<()> {
    let seen = fs::read(share.out().join("processes"))?;
    for planted in PLANTED {
        if Needles::new([planted]).search(&seen).is_empty() {
            bail!(
                "the {} has not been seen, so the search sees too little",
                planted.0
            );
        }
    }
    for program in ["nix-build", "nixos-install"] {
        if !String::from_utf8_lossy(&seen).contains(program) {
            bail!("{program} has not been seen, so processes were looked at too seldom");
        }
    }
    none(needles, &seen, "the processes")
}

fn left_behind(needles: &Needles, files: &[PathBuf]) -> Result<()> {
    for name in [
        "journal.jsonl",
        "plan.json",
        "install.jsonl",
        "receipt.json",
        "said",
    ] {
        if !files.iter().any(|file| file.ends_with(name)) {
            bail!("{name} is not among what was searched");
        }
    }
    let mut searched = files
        .iter()
        .filter(|file| !file.components().any(|part| part.as_os_str() == "shadow"));
    searched.try_for_each(|file| {
        let content = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
        none(needles, &content, &file.display().to_string())
    })
}

fn none(needles: &Needles, content: &[u8], place: &str) -> Result<()> {
    match needles.search(content).first() {
        None => Ok(()),
        Some(leak) => bail!("in {place}: {leak}"),
    }
}

/// Reads all that was ever written to the disk.
fn image(needles: &Needles, disk: &Path, shadow: &Shadow) -> Result<()> {
    let file = File::open(disk)?;
    let overlap = u64::try_from(needles.longest())?;
    let (mut in_shadow, mut read) = (0, 0);
    for (start, end) in written(&file)? {
        let mut at = start;
        while at < end {
            let length = (end - at).min(CHUNK + overlap);
            let mut bytes = vec![0; usize::try_from(length)?];
            file.read_exact_at(&mut bytes, at)?;
            for leak in needles.search(&bytes) {
                let place = at + u64::try_from(leak.at)?;
                let mut block = [0; BLOCK as usize];
                file.read_exact_at(&mut block, place / BLOCK * BLOCK)?;
                if !leak.secret.contains("hash") || !shadow.is(&block) {
                    bail!("at byte {place} of the disk: {leak}");
                }
                in_shadow += 1;
            }
            read += length;
            at += CHUNK;
        }
    }
    if read < 50 << 20 || in_shadow < 3 {
        bail!("{read} bytes searched and {in_shadow} hashes found: that is too few");
    }
    Ok(())
}

/// The parts of a sparse file that were written, from and to in bytes.
fn written(file: &File) -> Result<Vec<(u64, u64)>> {
    let mut parts = Vec::new();
    let mut end = 0;
    loop {
        let start = match rustix::fs::seek(file, SeekFrom::Data(end)) {
            Ok(start) => start,
            // Nothing follows.
            Err(rustix::io::Errno::NXIO) => return Ok(parts),
            Err(error) => return Err(error.into()),
        };
        end = rustix::fs::seek(file, SeekFrom::Hole(start))?;
        parts.push((start, end));
    }
}

/// All files below a folder.
fn files_below(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            files_below(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}
