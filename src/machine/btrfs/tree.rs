//! The trees of a btrfs, read block by block from its device: nobody mounts it, nothing is written.
//!
//! As "On-disk Format" of btrfs' documentation lays them out. A tree is found by the logical address of its
//! root; chunks say where a logical address lies on the device. What is damaged, or lies on another device,
//! is not found: never a panic, and never more than so many blocks.

use super::super::shrink::Tools;
use crate::units::Bytes;
use std::ops::RangeInclusive;
use std::path::Path;

/// Where the superblock is, and how long.
const SUPERBLOCK: (u64, u64) = (0x1_0000, 0x1000);
const MAGIC: &[u8] = b"_BHRfS_M";
/// Before the items of a block.
const HEADER: usize = 0x65;
/// A tree has no more levels (`BTRFS_MAX_LEVEL`).
const MOST_LEVELS: u8 = 8;
/// No look at a file system takes more blocks.
const MOST_BLOCKS: u32 = 50_000;
/// Stripes of which each holds a part only: RAID 0, 10, 5 and 6.
const IN_PARTS: u64 = 1 << 3 | 1 << 6 | 1 << 7 | 1 << 8;
const CHUNK_ITEM: u8 = 228;

/// What an item is found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) object: u64,
    pub(super) kind: u8,
    pub(super) offset: u64,
}

impl Key {
    /// Every item of this kind that belongs to `object`.
    pub(super) fn all(object: u64, kind: u8) -> RangeInclusive<Self> {
        let key = |offset| Self {
            object,
            kind,
            offset,
        };
        key(0)..=key(u64::MAX)
    }

    /// A key, as it lies in a block.
    pub(super) fn read(block: &[u8], at: usize) -> Option<Self> {
        Some(Self {
            object: little_64(block, at)?,
            kind: *block.get(at.checked_add(8)?)?,
            offset: little_64(block, at.checked_add(9)?)?,
        })
    }
}

/// Where a tree begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Root {
    /// The logical address of its uppermost block.
    pub(super) at: u64,
    /// How many levels are below that.
    pub(super) level: u8,
}

/// An item with its key.
pub(super) type Item = (Key, Vec<u8>);

/// A btrfs on a device.
pub(super) struct Trees<'a> {
    device: &'a Path,
    tools: &'a mut dyn Tools,
    block_size: u64,
    chunks: Vec<Chunk>,
    /// The tree that knows all others.
    pub(super) root: Root,
    /// How many more blocks may be read.
    blocks_left: u32,
}

/// A range of logical addresses, and where it begins on this device.
#[derive(Clone, Copy, Debug)]
struct Chunk {
    start: u64,
    length: u64,
    on_device: u64,
}

impl<'a> Trees<'a> {
    /// Reads the superblock and the chunks.
    pub(super) fn open(device: &'a Path, tools: &'a mut dyn Tools) -> Option<Self> {
        let (at, length) = SUPERBLOCK;
        let superblock = tools.read(device, Bytes(at), Bytes(length)).ok()?;
        if superblock.get(0x40..0x48)? != MAGIC {
            return None;
        }
        let block_size = u64::from(little_32(&superblock, 0x94)?);
        if !block_size.is_power_of_two() || !(0x1000..=0x1_0000).contains(&block_size) {
            return None;
        }
        let own = little_64(&superblock, 0xC9)?;
        let root_of = |at, level: usize| {
            Some(Root {
                at: little_64(&superblock, at)?,
                level: *superblock.get(level)?,
            })
        };
        let mut trees = Self {
            device,
            tools,
            block_size,
            chunks: system_chunks(&superblock, own)?,
            root: root_of(0x50, 0xC6)?,
            blocks_left: MOST_BLOCKS,
        };
        let of_chunks = root_of(0x58, 0xC7)?;
        let all = trees.items(of_chunks, Key::all(FIRST_CHUNK_TREE, CHUNK_ITEM))?;
        let chunks = all.iter().filter_map(|(key, item)| chunk(key, item, own));
        trees.chunks = chunks.collect();
        Some(trees)
    }

    /// The items of a tree whose keys are in this range, in their order.
    pub(super) fn items(&mut self, root: Root, keys: RangeInclusive<Key>) -> Option<Vec<Item>> {
        let mut found = Vec::new();
        self.walk(root, &keys, &mut found)?;
        Some(found)
    }

    /// The one item with this key.
    pub(super) fn item(&mut self, root: Root, key: Key) -> Option<Vec<u8>> {
        self.items(root, key..=key)?.pop().map(|(_, item)| item)
    }

    fn walk(
        &mut self,
        root: Root,
        keys: &RangeInclusive<Key>,
        found: &mut Vec<Item>,
    ) -> Option<()> {
        let block = self.block(root)?;
        let count = usize::try_from(little_32(&block, 0x60)?).ok()?;
        let place = |index: usize, size: usize| index.checked_mul(size)?.checked_add(HEADER);
        if root.level == 0 {
            for index in 0..count {
                let at = place(index, 25)?;
                let key = Key::read(&block, at)?;
                if keys.contains(&key) {
                    let from = usize::try_from(little_32(&block, at + 17)?).ok()?;
                    let length = usize::try_from(little_32(&block, at + 21)?).ok()?;
                    let from = from.checked_add(HEADER)?;
                    let item = block.get(from..from.checked_add(length)?)?;
                    found.push((key, item.to_vec()));
                }
            }
            return Some(());
        }
        for index in 0..count {
            let at = place(index, 33)?;
            let first = Key::read(&block, at)?;
            let next = match index + 1 < count {
                true => Some(Key::read(&block, place(index + 1, 33)?)?),
                false => None,
            };
            if first <= *keys.end() && next.is_none_or(|next| next > *keys.start()) {
                let below = Root {
                    at: little_64(&block, at + 17)?,
                    level: root.level - 1,
                };
                self.walk(below, keys, found)?;
            }
        }
        Some(())
    }

    /// A block of a tree, if it is the one that is looked for.
    fn block(&mut self, root: Root) -> Option<Vec<u8>> {
        self.blocks_left = self.blocks_left.checked_sub(1)?;
        let at = self.on_device(root.at)?;
        let block = self.tools.read(self.device, at, Bytes(self.block_size));
        let block = block.ok()?;
        let is_it = little_64(&block, 0x30)? == root.at && *block.get(0x64)? == root.level;
        (is_it && root.level < MOST_LEVELS).then_some(block)
    }

    /// Where a block with this logical address lies on the device.
    fn on_device(&self, logical: u64) -> Option<Bytes> {
        let mut chunks = self.chunks.iter();
        chunks.find_map(|chunk| {
            let into = logical.checked_sub(chunk.start)?;
            let fits = into.checked_add(self.block_size)? <= chunk.length;
            fits.then_some(Bytes(chunk.on_device.checked_add(into)?))
        })
    }
}

/// The object that all chunks belong to (`BTRFS_FIRST_CHUNK_TREE_OBJECTID`).
const FIRST_CHUNK_TREE: u64 = 256;

/// The chunks that hold the tree of chunks, from the superblock.
fn system_chunks(superblock: &[u8], own: u64) -> Option<Vec<Chunk>> {
    let length = usize::try_from(little_32(superblock, 0xA0)?).ok()?;
    let all = superblock.get(0x32B..0x32B_usize.checked_add(length.min(0x800))?)?;
    let mut chunks = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let key = Key::read(all, at)?;
        let item = all.get(at + 17..)?;
        let stripes = usize::from(little_16(item, 44)?);
        let size = 48 + stripes * 32;
        chunks.extend(chunk(&key, item.get(..size)?, own));
        at += 17 + size;
    }
    Some(chunks)
}

/// A chunk of which this device has a whole copy; its own number in the file system is `own`.
fn chunk(key: &Key, item: &[u8], own: u64) -> Option<Chunk> {
    if little_64(item, 24)? & IN_PARTS != 0 {
        return None;
    }
    let stripes = usize::from(little_16(item, 44)?);
    let mut copies = (0..stripes).map(|index| 48 + index * 32);
    let copy = copies.find(|at| little_64(item, *at) == Some(own))?;
    Some(Chunk {
        start: key.offset,
        length: little_64(item, 0)?,
        on_device: little_64(item, copy + 8)?,
    })
}

pub(super) fn little_16(block: &[u8], at: usize) -> Option<u16> {
    bytes(block, at).map(u16::from_le_bytes)
}

pub(super) fn little_32(block: &[u8], at: usize) -> Option<u32> {
    bytes(block, at).map(u32::from_le_bytes)
}

pub(super) fn little_64(block: &[u8], at: usize) -> Option<u64> {
    bytes(block, at).map(u64::from_le_bytes)
}

fn bytes<const N: usize>(block: &[u8], at: usize) -> Option<[u8; N]> {
    block.get(at..at.checked_add(N)?)?.try_into().ok()
}
