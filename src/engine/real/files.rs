//! Files below a folder, and never outside of it: `openat2` refuses every way out.

use rustix::fs::{AtFlags, Mode, OFlags, ResolveFlags, mkdirat, openat2, renameat, unlinkat};
use rustix::io::Errno;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::fs::PermissionsExt;
use std::path::{Component, Path, PathBuf};

/// For writing: straight down, no links at all.
const STRAIGHT: ResolveFlags = ResolveFlags::BENEATH.union(ResolveFlags::NO_SYMLINKS);

/// For removing: into no other file system, whoever mounted it there.
const SAME_MOUNT: ResolveFlags = STRAIGHT.union(ResolveFlags::NO_XDEV);

/// For reading: links lead where they would if the folder were `/`.
const AS_ROOT: ResolveFlags = ResolveFlags::IN_ROOT;

/// The largest file that is read, in bytes: what a folder holds that others wrote must not fill memory.
const LARGEST: u64 = 256 << 20;

/// A folder that everything here stays in.
#[derive(Debug)]
pub(super) struct Root(OwnedFd);

fn invalid(path: &Path) -> io::Error {
    let text = format!("`{}` does not go straight down", path.display());
    io::Error::new(io::ErrorKind::InvalidInput, text)
}

/// A path relative to the root: leading slashes gone, nothing but names.
fn relative(path: &Path) -> io::Result<PathBuf> {
    let below = path.strip_prefix("/").unwrap_or(path);
    let straight = below
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    straight
        .then(|| below.to_owned())
        .ok_or_else(|| invalid(path))
}

/// Folder and name of a path; the folder is empty for one right below the root.
fn split(path: &Path) -> io::Result<(&Path, &Path)> {
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => Ok((folder, Path::new(name))),
        _ => Err(invalid(path)),
    }
}

impl Root {
    /// Opens the folder.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self(rustix::fs::open(path, flags, Mode::empty())?))
    }

    fn at(&self, path: &Path, flags: OFlags, mode: u32, way: ResolveFlags) -> io::Result<OwnedFd> {
        let path = if path.as_os_str().is_empty() {
            Path::new(".")
        } else {
            path
        };
        let flags = flags | OFlags::CLOEXEC;
        Ok(openat2(
            &self.0,
            path,
            flags,
            Mode::from_raw_mode(mode),
            way,
        )?)
    }

    fn folder(&self, path: &Path) -> io::Result<OwnedFd> {
        self.at(path, OFlags::RDONLY | OFlags::DIRECTORY, 0, STRAIGHT)
    }

    /// Makes a folder and those above it; the last one gets `mode`, the others 0755.
    pub(super) fn make_folder(&self, path: &Path, mode: u32) -> io::Result<()> {
        let path = relative(path)?;
        let mut above = PathBuf::new();
        for part in path.components() {
            let folder = self.folder(&above)?;
            let name = Path::new(part.as_os_str());
            above.push(name);
            let bits = if above == path { mode } else { 0o755 };
            match mkdirat(&folder, name, Mode::from_raw_mode(bits)) {
                Ok(()) => {
                    // The process' umask may have taken bits away.
                    let made = File::from(self.folder(&above)?);
                    made.set_permissions(std::fs::Permissions::from_mode(bits))?;
                    File::from(folder).sync_all()?;
                }
                Err(Errno::EXIST) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.folder(&path).map(drop)
    }

    /// Writes a file beside its place and moves it there, so that it is never half there.
    pub(super) fn write(&self, path: &Path, mode: u32, content: &[u8]) -> io::Result<()> {
        let path = relative(path)?;
        let (folder, name) = split(&path)?;
        self.make_folder(folder, 0o755)?;
        let mut fresh = std::ffi::OsString::from(".nevado-");
        fresh.push(name);
        let fresh = PathBuf::from(fresh);
        let folder = self.folder(folder)?;
        match unlinkat(&folder, &fresh, AtFlags::empty()) {
            Ok(()) | Err(Errno::NOENT) => {}
            Err(error) => return Err(error.into()),
        }
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        let bits = Mode::from_raw_mode(0o600);
        let mut file = File::from(openat2(&folder, &fresh, flags, bits, STRAIGHT)?);
        file.write_all(content)?;
        file.set_permissions(std::fs::Permissions::from_mode(mode))?;
        file.sync_all()?;
        renameat(&folder, &fresh, &folder, name)?;
        File::from(folder).sync_all()
    }

    /// Adds to the end of a file, made with mode 0600 if it is missing.
    pub(super) fn append(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::APPEND;
        let file = self.at(&relative(path)?, flags, 0o600, STRAIGHT)?;
        File::from(file).write_all(content)
    }

    /// Reads a file.
    pub(super) fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        // Without NONBLOCK a pipe put in a file's place would stop the run.
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY;
        let file = File::from(self.at(path, flags, 0, AS_ROOT)?);
        let mut content = Vec::new();
        file.take(LARGEST + 1).read_to_end(&mut content)?;
        match u64::try_from(content.len()) {
            Ok(length) if length <= LARGEST => Ok(content),
            _ => Err(io::Error::other(format!(
                "it is larger than {LARGEST} bytes"
            ))),
        }
    }

    /// Where a link points to, as it is written in it.
    pub(super) fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        let flags = OFlags::PATH | OFlags::NOFOLLOW;
        let link = self.at(path, flags, 0, AS_ROOT)?;
        let target = rustix::fs::readlinkat(&link, "", Vec::new())?;
        Ok(PathBuf::from(std::ffi::OsString::from(
            target.to_string_lossy().into_owned(),
        )))
    }

    /// The names in a folder, sorted.
    pub(super) fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        let folder = self.at(path, OFlags::RDONLY | OFlags::DIRECTORY, 0, AS_ROOT)?;
        super::names_in(&through(&folder))
    }

    /// Whether something is there.
    pub(super) fn exists(&self, path: &Path) -> bool {
        self.at(path, OFlags::PATH, 0, AS_ROOT).is_ok()
    }

    /// Removes a file, or a folder with all that is in it; a file system that is mounted there stays.
    pub(super) fn remove(&self, path: &Path) -> io::Result<()> {
        let path = relative(path)?;
        let (folder, name) = split(&path)?;
        remove_whole(&self.folder(folder)?, name)
    }

    /// Removes a file.
    pub(super) fn remove_file(&self, path: &Path) -> io::Result<()> {
        let path = relative(path)?;
        let (folder, name) = split(&path)?;
        Ok(unlinkat(self.folder(folder)?, name, AtFlags::empty())?)
    }
}

/// Opens a folder in a folder, if it is in the same file system.
fn inner(folder: &OwnedFd, name: &Path) -> io::Result<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    Ok(openat2(folder, name, flags, Mode::empty(), SAME_MOUNT)?)
}

/// Removes what is in a folder under this name, with all that is in it.
fn remove_whole(folder: &OwnedFd, name: &Path) -> io::Result<()> {
    match unlinkat(folder, name, AtFlags::empty()) {
        Err(Errno::ISDIR) => {}
        other => return Ok(other?),
    }
    let this = inner(folder, name)?;
    for entry in std::fs::read_dir(through(&this))? {
        remove_whole(&this, Path::new(&entry?.file_name()))?;
    }
    Ok(unlinkat(folder, name, AtFlags::REMOVEDIR)?)
}

/// A path that leads to an open folder, for functions that want one.
fn through(folder: &OwnedFd) -> PathBuf {
    PathBuf::from(format!("/proc/self/fd/{}", folder.as_raw_fd()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn files_get_their_folders_and_modes() {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::open(folder.path()).unwrap();
        let path = Path::new("/etc/nixos/configuration.nix");
        root.write(path, 0o644, b"one").unwrap();
        root.write(path, 0o600, b"two").unwrap();
        let file = folder.path().join("etc/nixos/configuration.nix");
        assert_eq!(std::fs::read(&file).unwrap(), b"two");
        assert_eq!(
            (mode(&file), mode(&folder.path().join("etc"))),
            (0o600, 0o755)
        );
        assert_eq!(
            root.list(Path::new("/etc/nixos")).unwrap(),
            ["configuration.nix"]
        );
        root.append(Path::new("log"), b"a").unwrap();
        root.append(Path::new("log"), b"b").unwrap();
        assert_eq!(root.read(Path::new("log")).unwrap(), b"ab");
        root.remove(Path::new("/etc")).unwrap();
        root.remove(Path::new("/log")).unwrap();
        assert!(!root.exists(path) && root.list(Path::new("/")).unwrap().is_empty());
    }

    #[test]
    fn what_is_removed_ends_where_another_file_system_begins() {
        let whole = Root::open(Path::new("/")).unwrap();
        let whole = whole.folder(Path::new("")).unwrap();
        let error = inner(&whole, Path::new("proc")).unwrap_err();
        assert_eq!(error.raw_os_error(), Some(Errno::XDEV.raw_os_error()));
        let folder = tempfile::tempdir().unwrap();
        let root = Root::open(folder.path()).unwrap();
        root.write(Path::new("a/b/c"), 0o644, b"x").unwrap();
        symlink("/proc", folder.path().join("a/b/link")).unwrap();
        assert!(root.remove_file(Path::new("a")).is_err());
        root.remove_file(Path::new("a/b/c")).unwrap();
        assert!(root.exists(Path::new("a/b")));
        root.remove(Path::new("a")).unwrap();
        assert!(root.list(Path::new("")).unwrap().is_empty());
    }

    #[test]
    fn nothing_is_written_outside() {
        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        let root = Root::open(folder.path()).unwrap();
        symlink(outside.path(), folder.path().join("out")).unwrap();
        symlink(outside.path().join("file"), folder.path().join("link")).unwrap();
        assert!(root.write(Path::new("out/file"), 0o644, b"x").is_err());
        assert!(root.append(Path::new("link"), b"x").is_err());
        assert!(root.write(Path::new("../file"), 0o644, b"x").is_err());
        assert!(root.make_folder(Path::new("out/folder"), 0o755).is_err());
        assert!(root.remove(Path::new("out/file")).is_err());
        root.write(Path::new("link"), 0o644, b"replaced").unwrap();
        assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
    }

    #[test]
    fn links_are_read_as_if_the_folder_were_the_root() {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::open(folder.path()).unwrap();
        root.write(Path::new("store/system/init"), 0o755, b"init")
            .unwrap();
        symlink("/store/system", folder.path().join("profile")).unwrap();
        assert_eq!(root.read(Path::new("/profile/init")).unwrap(), b"init");
        assert!(root.exists(Path::new("/profile/init")));
        let link = root.read_link(Path::new("/profile")).unwrap();
        assert_eq!(link, Path::new("/store/system"));
        symlink("/../../../../etc/hostname", folder.path().join("up")).unwrap();
        assert!(root.read(Path::new("/up")).is_err());
    }
}
