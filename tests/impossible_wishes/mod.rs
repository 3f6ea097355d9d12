//! Wishes for recorded machines that can't be.

/// A machine, what `[disk]` says, and words of the reason.
pub(crate) const CASES: [(&str, &str, &str); 50] = [
    (
        "table-windows-gap",
        "layout = 'free'\nsize = '300 GiB'",
        "300 GiB are asked for",
    ),
    (
        "table-windows-gap",
        "layout = 'free'\nsize = '2 GiB'",
        "there is room for 2 GiB",
    ),
    (
        "table-windows-gap",
        "layout = 'free'\ngap_after = 1",
        "no free space behind partition 1",
    ),
    (
        "table-windows-gap",
        "layout = 'free'\ngap_after = 9",
        "has no partition 9",
    ),
    (
        "table-windows-gap",
        "layout = 'free'\ngap_after = 0",
        "before the first partition",
    ),
    (
        "table-windows-gap",
        "layout = 'free'\npartition = { number = 3 }",
        "has no meaning",
    ),
    (
        "table-windows-gap",
        "layout = 'erase'\nsize = '64 GiB'",
        "has no meaning",
    ),
    (
        "table-windows-gap",
        "layout = 'free'\nesp = { number = 3 }",
        "is no EFI system partition",
    ),
    (
        "table-linux-systems",
        "layout = 'replace'\nsystem = 'arch'",
        "no Linux of that name, but Ubuntu 24.04.1 LTS, Debian",
    ),
    (
        "table-linux-systems",
        "layout = 'replace'\nsystem = 'opensuse leap'",
        "/dev/nvme0n1p7 may be another partition after each start",
    ),
    (
        "table-linux-systems",
        "layout = 'replace'\nsystem = 'void'",
        "it may be a copy",
    ),
    (
        "table-linux-systems",
        "layout = 'replace'\nsystem = 'debian'\npartition = { number = 3 }",
        "both a system and a partition",
    ),
    (
        "table-dual-linux",
        "layout = 'replace'\nsystem = 'debian'",
        "no Linux is known on this disk",
    ),
    (
        "table-windows-measured",
        "layout = 'alongside'\nsize = '200 GiB'",
        "are possible there",
    ),
    (
        "table-windows-measured",
        "layout = 'alongside'\npartition = { number = 4 }",
        "it can give away",
    ),
    (
        "table-windows-measured",
        "layout = 'alongside'\npartition = { number = 2 }",
        "no file system in it",
    ),
    (
        "table-windows-hibernated",
        "layout = 'alongside'",
        "Windows is hibernated",
    ),
    (
        "table-linux-hibernated",
        "layout = 'alongside'\npartition = { number = 2 }",
        "a Linux is hibernated",
    ),
    // It has the EFI system partition and its own partitions mounted.
    (
        "table-linux-hibernated",
        "layout = 'free'",
        "a Linux is hibernated",
    ),
    (
        "table-linux-hibernated",
        "layout = 'keep_home'\npartition = { number = 3 }",
        "a Linux is hibernated",
    ),
    (
        "table-linux-hibernated",
        "layout = 'replace'\npartition = { number = 5 }",
        "a Linux is hibernated",
    ),
    (
        "table-linux-hibernated",
        "layout = 'manual'\n[[disk.disks]]\nchoose = 'only'\npartitions = [{ partition = { number = \
         3 }, do = 'format', mount = '/' }]",
        "partitions[1].partition: a Linux is hibernated",
    ),
    (
        "table-linux-hibernated",
        "layout = 'manual'\n[[disk.disks]]\nchoose = 'only'\npartitions = [{ partition = { number = \
         5 }, mount = '/home' }]",
        "partitions[1].mount: a Linux is hibernated",
    ),
    (
        "table-windows-gap",
        "layout = 'alongside'",
        "has not been measured",
    ),
    // Both would be emptied by the installation itself.
    (
        "table-dual-linux",
        "layout = 'manual'\n[[disk.disks]]\nchoose = 'only'\npartitions = [{ partition = { number = \
         5 }, mount = '/.nevado/x' }]",
        "files of its own at /.nevado",
    ),
    (
        "table-dual-linux",
        "layout = 'manual'\nswap = 'file'\n[[disk.disks]]\nchoose = 'only'\npartitions = [{ \
         partition = { number = 5 }, mount = '/swapfile' }]",
        "files of its own at /swapfile",
    ),
    (
        "table-cannot-shrink",
        "layout = 'alongside'\npartition = { label = 'fedora' }",
        "of the kind xfs can't",
    ),
    (
        "table-cannot-shrink",
        "layout = 'alongside'\npartition = { label = 'debian' }",
        "of the kind f2fs can't",
    ),
    (
        "table-cannot-shrink",
        "layout = 'alongside'\npartition = { label = 'home' }",
        "not shut down cleanly",
    ),
    (
        "table-bitlocker",
        "layout = 'alongside'\npartition = { number = 3 }",
        "BitLocker encrypts it",
    ),
    (
        "table-windows-gap",
        "layout = 'keep_home'\npartition = { number = 3 }",
        "no partition of this disk is for home folders",
    ),
    (
        "table-dual-linux",
        "layout = 'keep_home'\npartition = { label = 'home' }",
        "can't be kept as /home",
    ),
    (
        "table-dual-linux",
        "layout = 'keep_home'\npartition = { label = 'debian' }\nhome = { label = 'fedora' }",
        "holds btrfs",
    ),
    (
        "table-found-fedora",
        "layout = 'keep_home'\nfile_system = 'ext4'",
        "into the btrfs of the home folders, and so gets no other file system",
    ),
    (
        "table-found-fedora",
        "layout = 'keep_home'\nencrypt = { passphrase = 'ask' }",
        "which is not encrypted",
    ),
    (
        "table-found-fedora",
        "layout = 'keep_home'\nswap = 'hibernate'",
        "no partition is made for swap",
    ),
    (
        "table-found-fedora",
        "layout = 'keep_home'\npartition = { number = 4 }",
        "in the btrfs in partition 3: the system in it is replaced",
    ),
    (
        "table-found-fedora",
        "layout = 'keep_home'\nesp = { number = 2 }",
        "is no EFI system partition",
    ),
    (
        "table-found-fedora",
        "layout = 'keep_home'\nsize = '64 GiB'",
        "has no meaning",
    ),
    (
        "table-dual-linux",
        "layout = 'replace'\npartition = { label = 'debian' }\nhome = { label = 'home' }",
        "has no meaning",
    ),
    ("table-windows-gap", "layout = 'replace'", "is not said"),
    (
        "table-windows-gap",
        "layout = 'free'\nsystem = 'windows'",
        "has no meaning",
    ),
    (
        "table-windows-gap",
        "layout = 'replace'\nsystem = 'windows'\npartition = { number = 3 }",
        "both a system and a partition",
    ),
    (
        "table-dual-linux",
        "layout = 'replace'\nsystem = 'windows'",
        "no partition with a Windows",
    ),
    (
        "table-mbr-windows",
        "layout = 'replace'\nsystem = 'windows'",
        "this disk has no GPT",
    ),
    (
        "table-windows-gap",
        "layout = 'replace'\npartition = {}",
        "known by nothing",
    ),
    (
        "table-windows-gap",
        "layout = 'replace'\npartition = { number = 1 }",
        "other systems start from",
    ),
    (
        "table-handheld",
        "layout = 'replace'\npartition = { label = 'rootfs' }",
        "not the only one",
    ),
    (
        "table-full-esp",
        "layout = 'free'\nesp = { number = 1 }",
        "are free on the EFI system",
    ),
    (
        "table-unmeasured-esp",
        "layout = 'free'\nesp = { number = 1 }",
        "could not be found out",
    ),
];
