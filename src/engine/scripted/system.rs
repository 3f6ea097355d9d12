//! What the engine asks of a system, answered from memory.

use super::{Scripted, not_found, put_at};
use crate::engine::command::{CancelToken, Command, CommandError, Ending, Output, Stream};
use crate::engine::system::{Held, NewFile, Piece, Place, System};
use crate::engine::table_image::END;
use crate::machine::{Content, Disk, Fact, Table};
use crate::units::Bytes;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// What the stand-in for Nix logs: a recording of the real one.
const NIX_LOG: &str = include_str!("../../../tests/nix_logs/nix-2.26-copy-and-build.log");

impl System for Scripted {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH
    }

    fn has_program(&mut self, name: &str) -> bool {
        !self.missing.contains(name)
    }

    fn run(
        &mut self,
        command: &Command,
        cancel: Option<&CancelToken>,
        on_line: &mut dyn FnMut(Stream, &str),
    ) -> Result<Output, CommandError> {
        if let Err(error) = self.ask(command.to_string()) {
            return Err(self.fails(command, &error.to_string()));
        }
        if cancel.is_some_and(CancelToken::is_cancelled) {
            return Err(CommandError::new(
                command,
                Ending::Cancelled,
                Output::default(),
            ));
        }
        if command.program == "nix-build" {
            NIX_LOG.lines().for_each(|line| on_line(Stream::Err, line));
        }
        let line = command.to_string();
        if let Some((_, prints)) = self.failures.iter().find(|(at, _)| line.starts_with(at)) {
            let mut error = self.fails(command, "");
            error.output.stdout = (*prints).to_owned();
            return Err(error);
        }
        let acted = match command.program.as_str() {
            "cryptsetup" => self
                .open_old(command)
                .or_else(|| self.open_staying(command)),
            _ => None,
        };
        match acted.unwrap_or_else(|| self.act(command).map_err(|why| (1, why))) {
            Ok(stdout) => {
                stdout.lines().for_each(|line| on_line(Stream::Out, line));
                let stderr = String::new();
                Ok(Output { stdout, stderr })
            }
            Err((code, why)) => {
                let mut error = self.fails(command, &why);
                error.ending = Ending::Code(code);
                Err(error)
            }
        }
    }

    fn hold(&mut self, command: &Command) -> Result<Held, CommandError> {
        if let Err(error) = self.ask(format!("hold {command}")) {
            return Err(self.fails(command, &error.to_string()));
        }
        self.held.insert(1);
        Ok(Held(1))
    }

    fn claim(&mut self, disk: &Path) -> io::Result<Held> {
        self.ask(format!("claim {}", disk.display()))?;
        if self.mounts.iter().any(|(at, _)| !at.starts_with("/mnt")) || !self.mappers.is_empty() {
            return Err(io::Error::from(io::ErrorKind::ResourceBusy));
        }
        self.held.insert(2);
        Ok(Held(2))
    }

    fn let_go(&mut self, held: Held) -> io::Result<()> {
        if held == Held(2) {
            self.held.remove(&held.0);
            return Ok(());
        }
        self.ask("let go")?;
        self.held.remove(&held.0);
        Ok(())
    }

    fn probe_disk(&mut self, path: &Path) -> Fact<Disk> {
        match self.ask(format!("probe {}", path.display())) {
            Ok(()) => Fact::Known(self.disk.clone()),
            Err(error) => Fact::Unknown(error.to_string()),
        }
    }

    fn read_device(&mut self, device: &Path, at: Bytes, length: Bytes) -> io::Result<Vec<u8>> {
        self.ask(format!("read {} at {}", device.display(), at.0))?;
        if let Some(container) = self.staying.get(device) {
            let whole = usize::try_from(length.0).unwrap();
            let content = container.header.get(..whole).filter(|_| at.0 == 0);
            return content.map(<[u8]>::to_vec).ok_or_else(not_found);
        }
        if let Some(found) = self.memory(device, at, length) {
            return Ok(found);
        }
        if at == Bytes(0)
            && let Some(head) = self.superblock(device, length)
        {
            return Ok(head);
        }
        if self.sizes.contains_key(device) {
            // What is emptied is a closed journal (NTFS).
            return Ok(vec![0xff; usize::try_from(length.0).unwrap()]);
        }
        if device.starts_with("/dev/mapper") {
            // Of what is in a container, only the files are modelled.
            return Err(not_found());
        }
        let sector = self.disk.sectors.logical.bytes();
        if device == self.disk.path && length.0 == sector {
            let record = self.chain.get(&(at.0 / sector));
            return record.cloned().ok_or_else(not_found);
        }
        assert_eq!(length, END);
        Ok(match at {
            Bytes(0) => self.head.clone(),
            END => self.second.clone(),
            _ => self.tail.clone(),
        })
    }

    fn write_device(&mut self, device: &Path, pieces: &[Piece]) -> io::Result<()> {
        self.ask(format!("write {}", device.display()))?;
        let last = self.disk.size.0 - END.0;
        for piece in pieces {
            let length = piece.content.len() as u64;
            let after = piece.at.0 + length;
            let sector = self.disk.sectors.logical.bytes();
            if let Some(record) = self.chain.get_mut(&(piece.at.0 / sector))
                && length == sector
            {
                record.clone_from(&piece.content);
            } else if after <= END.0 {
                put_at(&mut self.head, piece.at.0, &piece.content);
            } else if piece.at.0 >= last {
                put_at(&mut self.tail, piece.at.0 - last, &piece.content);
            } else if !self.is_in_new_partition(piece.at, Bytes(after)) {
                self.violations
                    .push(format!("wrote {} of the disk", piece.at.0));
            }
            if piece.at.0 == 0 {
                let content = Content::Blank;
                self.disk.table = Fact::Known(Table::Whole { content });
            }
        }
        Ok(())
    }

    fn read(&mut self, path: &Path) -> io::Result<Vec<u8>> {
        if let Some(content) = self.live.get(path) {
            return Ok(content.clone());
        }
        let text = self.kernel_file(path).ok_or_else(not_found)?;
        Ok(text.into_bytes())
    }

    fn list(&mut self, folder: &Path) -> io::Result<Vec<String>> {
        if folder == Path::new("/dev/mapper") {
            return Ok(self.open.clone());
        }
        let live = self
            .live
            .keys()
            .filter(|path| path.parent() == Some(folder));
        let names = live.filter_map(|path| path.file_name());
        let names: Vec<String> = names
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        if !names.is_empty() {
            return Ok(names);
        }
        let disk = self.disk_name();
        match folder.strip_prefix("/sys/class/block") {
            Ok(below) if below == Path::new(&disk) => {
                let partitions = self.kernel.iter().map(|p| p.0.clone());
                Ok(["queue".to_owned(), "dev".to_owned()]
                    .into_iter()
                    .chain(partitions)
                    .collect())
            }
            Ok(below) if below.ends_with("holders") => {
                let first = self.kernel.first().map(|p| p.0.clone()).unwrap_or_default();
                Ok(if below.starts_with(&first) {
                    self.mappers.clone()
                } else {
                    Vec::new()
                })
            }
            Ok(_) => Err(not_found()),
            Err(_) => Ok(Vec::new()),
        }
    }

    fn resolve(&mut self, path: &Path) -> io::Result<PathBuf> {
        if let Ok(name) = path.strip_prefix("/dev/mapper") {
            let mut open = self.open.iter();
            let number = open.position(|open| Path::new(open) == name);
            let number = number.ok_or_else(not_found)? + 7;
            return Ok(PathBuf::from(format!("/dev/dm-{number}")));
        }
        let Ok(id) = path.strip_prefix("/dev/disk/by-partuuid") else {
            return Ok(path.to_owned());
        };
        let id = id.to_str().and_then(|id| id.parse().ok());
        let number = id.and_then(|id| self.plan.disk.table.number_of(id));
        let number = number.ok_or_else(not_found)?;
        let found = self.kernel.iter().find(|p| p.1 == u64::from(number));
        Ok(Path::new("/dev").join(&found.ok_or_else(not_found)?.0))
    }

    fn prepare_target_root(&mut self) -> io::Result<()> {
        self.ask("prepare the target root")
    }

    fn make_folder(&mut self, place: Place, path: &Path, mode: u32) -> io::Result<()> {
        self.ask(format!("folder {place:?} {} {mode:o}", path.display()))?;
        self.check_write(place, path);
        Ok(())
    }

    fn write_file(&mut self, file: NewFile<'_>) -> io::Result<()> {
        self.ask(format!(
            "file {:?} {} {:o}",
            file.place,
            file.path.display(),
            file.mode
        ))?;
        self.check_write(file.place, file.path);
        let key = Self::key(file.place, file.path);
        self.modes.insert(key.1.clone(), file.mode);
        self.files.insert(key, file.content.to_vec());
        Ok(())
    }

    fn append_file(&mut self, place: Place, path: &Path, content: &[u8]) -> io::Result<()> {
        let key = Self::key(place, path);
        self.files
            .entry(key)
            .or_default()
            .extend_from_slice(content);
        Ok(())
    }

    fn read_file(&mut self, place: Place, path: &Path) -> io::Result<Vec<u8>> {
        let key = Self::key(place, &self.followed(path));
        self.can_read(&key)?;
        self.files.get(&key).cloned().ok_or_else(not_found)
    }

    fn read_link(&mut self, _: Place, path: &Path) -> io::Result<PathBuf> {
        let path = Path::new("/").join(path);
        self.links.get(&path).cloned().ok_or_else(not_found)
    }

    fn list_folder(&mut self, place: Place, path: &Path) -> io::Result<Vec<String>> {
        let key = Self::key(place, path);
        self.can_read(&key)?;
        let folder = key.1;
        let below = |key: &(Place, PathBuf)| {
            let inside = key.0 == place && key.1.parent() == Some(&folder);
            inside.then(|| key.1.file_name().unwrap().to_string_lossy().into_owned())
        };
        Ok(self.files.keys().filter_map(below).collect())
    }

    fn exists(&mut self, place: Place, path: &Path) -> bool {
        if place == Place::Target && self.is_subvolume(path) {
            return true;
        }
        let (place, path) = Self::key(place, &self.followed(path));
        self.files
            .keys()
            .any(|key| key.0 == place && key.1.starts_with(&path))
    }

    fn remove(&mut self, place: Place, path: &Path) -> io::Result<()> {
        self.ask(format!("remove {place:?} {}", path.display()))?;
        let (_, path) = Self::key(place, path);
        self.files
            .retain(|key, _| key.0 != place || !key.1.starts_with(&path));
        self.links
            .retain(|link, _| !link.starts_with(Path::new("/").join(&path)));
        Ok(())
    }

    fn remove_file(&mut self, place: Place, path: &Path) -> io::Result<()> {
        self.ask(format!("remove file {place:?} {}", path.display()))?;
        let key = Self::key(place, path);
        let file = self.files.remove(&key);
        file.map(drop).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn sync(&mut self) {}
}
