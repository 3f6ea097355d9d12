# Problems of the resolver, by their identifiers. What they tell besides is in attributes: by the word for
# the reason where there can be several, with hyphens for its underscores, else by “told”. Where a detail is
# missing, the text itself is told, which is also the head of what is long: it is short. What ends with “-mend”
# says how to mend it, with an attribute for a reason where that needs another way.

cause-kept = { $cause ->
    [unread] its partition table could not be read
    [no_table] it has no partition table
    [no_signature] its MBR partition table has no signature, so that its partitions can't be told from others (“sfdisk --disk-id” gives it one)
    [two_extended] its MBR partition table has two extended partitions
    [outside] partition { $number } of its table reaches beyond the disk or into the table itself
    [overlap] partitions { $number } and { $other } of its table overlap
    [no_guid] partition { $number } of its table has no identifier of its own
    [hybrid] its boot record lists partitions beside those of its GPT (a hybrid MBR), and would list them wrongly afterwards
    [damaged] of the two copies of its partition table, the first is damaged (“fdisk” reads the second, and mends the first with “w”)
    [table_elsewhere] the entries of its partition table begin at sector { $sector }, and not right behind its header: what lies between may be firmware
    [too_many] its table has a partition { $number }, which is more than can be kept
   *[other] its partition table is not sound
}
cause-partition = { $cause ->
    [part_of_volume] it is a part of a volume that { $paths } is a part of as well ({ $kind })
    [may_span] it is a part of a volume that may span other partitions and disks ({ $kind })
    [on_several] it is a part of a volume that lies on several disks ({ $kind })
    [extended] it is the extended partition, which holds the logical ones
    [logical] it is a logical partition, and to take it out of the chain would give others new numbers
   *[other] something else lies in it or starts from it
}
cause-size = { $cause ->
    [hibernated] Windows is hibernated on it; start Windows, turn Fast Startup off, and shut it down fully
    [dirty] it was not shut down cleanly; start the system on it, and shut it down fully
    [bit_locker] BitLocker encrypts it; turn BitLocker off in Windows, and wait until it is decrypted
    [in_use] it is in use; unmount it first
    [several_disks] it lies on several disks together
    [other_kind] the size of a file system of the kind { $kind } can't be changed so
    [damaged] its size can't be found out
    [no_tool] { $program } is missing on this medium
    [logical] it is a logical partition, and the room that it would give away stays inside the extended one
    [blank] there is no file system in it
    [unknown] it is not known what is in it
    [not_measured] how small it can become has not been measured
    [full] it has no room to give away
    [too_little] it can give away { $available }, and this installation needs { $needed }
    [container] what is in a LUKS container is not made larger here
    [vfat] no program on this medium makes a vfat larger
    [not_looked_at] whether Windows was shut down fully has not been looked at
   *[other] its file system does not allow it
}

problem-apple-firmware = This Mac starts with what lies in a partition here: without it nothing starts any more, the recovery included.
    .told = Partition { $number } is what this Mac starts with: without it nothing starts any more, the recovery included, until a second Mac restores it.
problem-apple-firmware-mend = Let Apple's own partitions stay, and use free space or the partition of a system.
problem-autologin-unknown = Who is to be logged in without a password is none of the users.
    .told = { $name } is none of the users.
problem-autologin-unknown-mend = Choose one of the users.
problem-beyond-reach = The kernels would lie behind the first 2 TiB of the disk, where many a BIOS does not read.
problem-beyond-reach-mend = Use free space nearer to the beginning of the disk, or start in UEFI mode.
problem-bios-beside-uefi-windows = The medium was started in BIOS mode, and Windows starts in UEFI mode.
    .told = The medium was started in BIOS mode, and the Windows on { $disk } starts in UEFI mode.
problem-bios-beside-uefi-windows-mend = Start the medium again in UEFI mode.
problem-bios-sector-size = A BIOS would not start from sectors of this size.
    .told = { $disk } has sectors of { $sector } bytes, which a BIOS can hardly ever start from.
problem-bios-sector-size-mend = Start the medium in UEFI mode.
problem-bit-locker-stays = A Windows that stays is encrypted with BitLocker.
    .told = Partition { $number } is encrypted with BitLocker, and Windows may ask for its recovery key after the boot order has changed.
problem-bit-locker-stays-mend = Have its recovery key at hand: it may ask for it.
problem-boot-loader-impossible = This boot loader can't start the system here.
    .gpt-only = systemd-boot starts from GPT disks only, and this one has an MBR partition table.
    .kernels-on-esp = Limine keeps kernels on the EFI system partition, and the one that stays is too small for them.
    .uefi-only = systemd-boot starts from UEFI only, and this computer was started by a BIOS.
    .fat-only = Limine reads kernels from FAT only, and on a BIOS computer they lie on ext4.
problem-boot-loader-impossible-mend = Choose another boot loader.
problem-boot-too-small = There is no room for the kernels.
    .told = { $free } are free on { $path }, and kernels of a few generations take about { $needed }.
problem-boot-too-small-mend = Make room on the boot partition, or choose another one.
problem-broadcom-driver = The Wi-Fi card works badly, or not at all, without Broadcom's own driver.
problem-broadcom-driver-mend = That driver is unfree and has known security holes that nobody mends: it is installed only if you ask for it here.
problem-cache-silent = A cache that was asked for does not answer.
    .told = { $cache } does not answer.
problem-cache-silent-mend = Check its address and the proxy; without it, packages come from elsewhere, or are built here.
problem-cannot-grow = What is in this partition can't be made larger.
    .number = Partition { $number } can't be made larger: { cause-size }.
problem-cannot-grow-mend = Let it stay as it is, and make another partition in the free space.
problem-clock-wrong = The clock of this computer is wrong.
    .told = The clock says { $today }, and the medium was made on { $made } or later: secure connections (TLS) will fail, and files would be dated wrongly.
problem-clock-wrong-mend = Set it, or connect to the network.
problem-configuration-refused = Nix refuses the configuration.
problem-configuration-refused-mend = Change what it names, or report this.
problem-console-keymap-differs = On the console, where a passphrase is typed, some keys give other characters.
    .keys = In the text console, where passphrases are typed, this layout has something else in place of: { $keys }
problem-console-keymap-differs-mend = Use letters and digits that are the same on both.
problem-container-locked = What is in an encrypted partition is not known until it is unlocked.
    .locked = What is in the LUKS container in partition { $number } is not known until it is unlocked.
    .impossible = The LUKS container in partition { $number } can't be looked into.
problem-container-locked-mend = Unlock it with its passphrase, or let it stay as it is, locked.
problem-defect = This program has made a mistake.
problem-defect-mend = Please report it, with the log.
problem-desktop-too-new = The release on the medium does not have this desktop yet.
    .told = { $desktop } needs NixOS { $since }, and the medium carries { $release }.
problem-desktop-too-new-mend = Choose another desktop, or a newer medium.
problem-disk-content-unknown = What is on it is not known.
    .told = What is on { $disk } is not known.
    .unread = What is on { $disk } is not known: { $reason }.
problem-disk-content-unknown-mend = Make sure that you do not need it.
problem-disk-in-use = Something on it is in use, and will be released.
    .mounted = { $disk } is in use, and will be released: mounted at { $mounts }.
    .held = { $disk } is in use, and will be released: held by { $holders }.
    .both = { $disk } is in use, and will be released: mounted at { $mounts }, held by { $holders }.
    .untaken = { $disk } is in use: { $uses }.
problem-disk-in-use-mend = Close what you have open on it.
problem-disk-is-live-medium = It carries the live system that is running now.
    .told = { $disk } carries the live system that is running now.
problem-disk-is-live-medium-mend = Choose another disk.
problem-disk-partly-used = The end of this disk stays unused: its old partition table (MBR) does not reach that far.
    .told = Only the first { $reach } of this disk can be used, of { $size }: its partition table is an MBR, which reaches no further.
problem-disk-partly-used-mend = Erase the disk to use all of it: it gets a new table (GPT) then.
problem-disk-read-only = It refuses writes.
    .told = { $disk } refuses writes.
problem-disk-read-only-mend = Choose another disk.
problem-disk-removable = It can be unplugged.
    .told = { $disk } can be unplugged.
problem-disk-removable-mend = Leave it plugged in until the end.
problem-disk-too-small = It is too small.
    .needs = { $disk } is too small: this installation needs { $needed }.
    .swap = { $disk } is too small: this installation needs { $needed }, of which { $system } are for the system and { $swap } for swap.
    .holds = The disk holds { $size }, and this installation needs { $needed }.
problem-disk-too-small-mend = Choose a larger disk.
problem-disks-unknown = The disks could not be looked at.
problem-disks-unknown-mend = Run the installer on the live medium.
problem-duplicate-address = An address is given twice.
    .told = The address { $address } is given twice.
problem-duplicate-address-mend = Give each network interface an address of its own.
problem-duplicate-disks = Two disks or file systems can't be told apart.
    .table = { $disk } has the same identifiers in its partition table: one of the two is a copy.
    .esp = Another file system has the identifier { $uuid } of the EFI system partition too: one of the two is a copy.
    .home = Another file system has the identifier { $uuid } of partition { $number } too: one of the two is a copy.
    .file-system = Another file system has the identifier { $uuid } too: one of the two is a copy.
problem-duplicate-disks-mend = Take one of them out.
problem-duplicate-user = Two users have the same name.
    .told = The login name { $name } is given twice.
problem-duplicate-user-mend = Give one another name.
problem-encryption-impossible = This can't be encrypted in this way.
    .no-partition = A passphrase is asked for, and no partition is encrypted.
    .no-passphrase-to-unlock = There is no passphrase to unlock it with.
    .no-passphrase = There is no passphrase to encrypt it with.
    .starts = What the computer starts from can't be encrypted: nothing could open it yet.
    .hibernation = The whole memory, the key of the encrypted root included, would lie here in plain text while the computer hibernates.
problem-encryption-impossible-mend = Leave what the computer starts from unencrypted, and give one passphrase for all the rest.
problem-esp-formatted = An EFI system partition goes or is formatted: every system that starts from it, Windows included, will not start any more.
    .told = Partition { $number } is an EFI system partition: every system that starts from it, Windows included, will not start any more.
problem-esp-formatted-mend = Keep it and mount it, if another system is to stay.
problem-esp-shared = The EFI system partition is shared with what starts from it now.
    .nixos = The EFI system partition, number { $number }, is shared with what starts from it now: its files stay, but the boot loader's settings and the fallback loader in EFI/BOOT are replaced, and so are the boot menu and the kernels of a NixOS, should one start from it.
    .no-nixos = The EFI system partition, number { $number }, is shared with what starts from it now: its files stay, but the boot loader's settings and the fallback loader in EFI/BOOT are replaced.
problem-esp-shared-mend = Everything that starts from it goes on doing so, but for another NixOS, which would lose its boot menu: for that one, choose another EFI system partition, or another disk.
    .no-nixos = Everything that starts from it goes on doing so.
problem-esp-unusable = This EFI system partition can't be used.
    .bios = This computer was started by a BIOS, which starts from no EFI system partition.
    .kernels-of-others = The EFI system partition has no room for kernels, and partition { $number } is for those of another system: the boot loader would look there for the new ones, too.
    .other-type = Partition { $number } is no EFI system partition.
    .no-fat = The EFI system partition { $number } has no FAT file system with an identifier.
    .unmeasured = How much is free on the EFI system partition { $number } could not be found out.
    .full = Only { $free } are free on the EFI system partition { $number }.
    .no-kernels = Only { $free } are free on it, and kernels take { $needed }.
problem-esp-unusable-mend = Choose another one, or let a new one be made.
problem-firmware-unknown = The firmware could not be found out.
problem-firmware-unknown-mend = Run the installer on the live medium.
problem-firmware-unsupported = This firmware can't be installed for yet.
    .bits = The firmware is a 32-bit UEFI: it starts 32-bit boot loaders only, and this version installs 64-bit ones.
    .no-uefi = The computer was started by neither UEFI nor a BIOS, and this version installs for those two only.
problem-firmware-unsupported-mend = Start the medium in 64-bit UEFI or BIOS mode.
problem-flag-impossible = This partition can’t have this flag.
    .not-primary = Partition { $number } can't be active: a BIOS starts from a primary one.
    .hidden = The computer starts from this partition, and with “no_block_io” its firmware does not see what is in it.
    .two-active = One partition of a disk is active, and two are to be.
problem-flag-impossible-mend = Take the flag away here, or give it to another partition.
problem-flag-of-other-table = This partition table has no such flag.
    .of-mbr = { $flag } belongs to an MBR, and the table of { $path } is a GPT.
    .of-gpt = { $flag } belongs to a GPT, and the table of { $path } is an MBR.
problem-flag-of-other-table-mend = Leave it out: “active” belongs to an MBR, all others to a GPT.
problem-flake-not-pinned = The medium does not say which nixpkgs a flake would be locked to.
    .no-revision = The medium does not say which revision its nixpkgs is, so a flake can't be locked to it.
    .no-hash = The medium's Nix does not know the hash of its nixpkgs, so a flake can't be locked to it.
problem-flake-not-pinned-mend = Choose the classic form, or use a medium of NixOS itself.
problem-flakes-off = The system is to be a flake, and flakes are turned off.
problem-flakes-off-mend = Turn them on, or choose the classic form.
problem-flatpak-without-desktop = Flatpak needs a desktop.
problem-flatpak-without-desktop-mend = Choose a desktop, or leave Flatpak out.
problem-gateway-outside = A gateway is in no network of its interface, so it may not be reached.
    .told = The gateway { $gateway } is in no network of the interface { $interface }, so it may not be reached.
problem-gateway-outside-mend = Look at the address, and at the number behind its “/”.
problem-home-in-btrfs = The home folders are in a subvolume of btrfs, and the old system beside them can't be replaced by itself here.
    .unseen = Partition { $number } holds btrfs, and which subvolumes it has is not known.
    .other-kind = Partition { $number } holds { $kind }, and home folders can be kept on ext4, xfs and f2fs of their own, and in a btrfs.
    .no-identifier = The file system in partition { $number } has no identifier.
    .other-partition = The home folders are in the btrfs in partition { $number }: the system in it is replaced, and not that in another partition.
    .bios = The home folders are in a btrfs, and a BIOS starts the new system from a /boot of its own, for which this way makes no partition.
    .no-esp = The home folders are in a btrfs, and this disk has no EFI system partition with room for kernels.
    .no-name = In the btrfs in partition { $number }, no name for new subvolumes is free.
    .odd-name = The name of the subvolume { $subvolume } in partition { $number } can't be written here.
    .no-home = None of the subvolumes in partition { $number } is called “home” or “@home”.
    .several-homes = Several subvolumes in partition { $number } may have the home folders: { $subvolumes }.
    .top = In partition { $number }, the root of { $system } is the top of its btrfs, which can't go by itself.
    .several-systems = Several systems are in partition { $number }, and may share the home folders: { $systems }.
    .several-roots = Several subvolumes in partition { $number } may be the root of a system that has the home folders: { $subvolumes }.
    .lies-inside = The subvolume { $subvolume } in partition { $number } lies in one of the old system, and would go with it.
problem-home-in-btrfs-mend = Choose “Partition by partition”: there, a subvolume is kept as /home by its name, such as @home.
problem-home-in-luks = The home folders are in a LUKS container, and this way keeps only those that are not encrypted.
    .other-kind = The home folders are in a LUKS container ({ $kind }) in partition { $number }, and this way keeps only those that are not encrypted.
problem-home-in-luks-mend = Choose “Partition by partition”: there, the container is unlocked and kept, with /home in it, unless that is a btrfs.
problem-home-kept = The home folders stay as they are. Whoever gets the old login name finds the old files.
    .partition = Partition { $number } becomes /home as it is. Whoever gets the old login name finds the old files; whose they are goes by numbers: the first person has 1000, the next 1001.
    .partition-folders = Partition { $number } becomes /home as it is, with the folders of { $folders }{ $more ->
        [0] { "" }
       *[other] {" "}and { $more } more
    }. Whoever gets one of these login names gets the folder and the files, unless somebody before them has that number, or it is none for people (1000 to 29999).
    .subvolume = The subvolume { $subvolume } becomes /home as it is. Whoever gets the old login name finds the old files; whose they are goes by numbers: the first person has 1000, the next 1001.
    .subvolume-folders = The subvolume { $subvolume } becomes /home as it is, with the folders of { $folders }{ $more ->
        [0] { "" }
       *[other] {" "}and { $more } more
    }. Whoever gets one of these login names gets the folder and the files, unless somebody before them has that number, or it is none for people (1000 to 29999).
problem-home-kept-mend = Give people the login names that they had, in the order in which they had them.
problem-home-unusable = These home folders can't be kept by themselves.
    .other-kind = Partition { $number } holds { $kind }, and home folders can be kept on ext4, xfs and f2fs of their own, and in a btrfs.
    .no-identifier = The file system in partition { $number } has no identifier.
problem-home-unusable-mend = Choose “Partition by partition”, or another way.
problem-homes-go = Home folders go with this system.
    .told = { $system } goes with the home folders { $folders }.
problem-homes-go-mend = To keep them, choose “Replace the old system and keep the home folders”, or where that is not possible, “Partition by partition”.
problem-input-method-without-desktop = An input method needs a desktop.
problem-input-method-without-desktop-mend = Choose a desktop, or leave the input method out.
problem-key-of-other-layout = Something was given that belongs to another way of using the disk.
problem-key-of-other-layout-mend = Leave it out, or choose that way.
problem-layout-impossible = This way is not possible on this disk.
    .manual-alone = This way is not for one disk alone.
    .no-gap-before = There is no free space before the first partition.
    .no-gap-behind = There is no free space behind partition { $number }.
    .too-much = { $size } are asked for, and there is room for { $most }.
    .outside = { $size } are asked for, and from { $least } to { $most } are possible there.
    .home-replaced = Partition { $number } is to be replaced, and so can't be kept as /home.
    .nothing-kept = Nothing on { $disk } can be kept: { cause-kept }.
    .logical-start = Partition { $number } is a logical one, and firmware starts from one of the four primary ones.
    .not-smaller = Partition { $number } can't be made smaller: { cause-size }.
    .needs = Partition { $number } can't be made smaller: it would get { $size }, and needs { $least }.
    .stays = Partition { $number } can't go: { cause-partition }.
    .logical = Partition { $number } is a logical one: it stays where it is, formatted or larger if you like, or goes together with the extended partition and every logical one in it.
    .extended = Partition { $number } is the extended one: it stays as it is, or goes together with every logical one in it.
problem-layout-impossible-mend = Choose another disk or another way.
problem-linux-may-sleep = Whether a Linux on this computer is hibernated can’t be seen: its swap is out of sight.
    .file = Whether { $system } is hibernated can't be seen: its swap is the file { $swap } in a btrfs.
    .container = Whether { $system } is hibernated can't be seen: its swap is in the LUKS container in partition { $number } ({ $path }), which nobody has unlocked.
    .volume = Whether { $system } is hibernated can't be seen: its swap is { $swap }, which may be in a volume ({ $kind }) that is not open.
problem-linux-may-sleep-mend = If it may be, start it and shut it down fully before this installation begins.
problem-linux-not-listed = A Linux that stays will not be in the boot menu of the new system.
    .told = { $system }, in { $disk }, will not be in the boot menu of the new system.
problem-linux-not-listed-mend = To start it, open the firmware’s boot menu right after switching the computer on, often with F12, F11, F8 or Esc.
problem-linux-sleeps = A Linux on this computer sleeps, and remembers its file systems as they were.
    .memory = A Linux on this computer sleeps (its memory is in { $memory }), and remembers its file systems as they were.
problem-linux-sleeps-mend = Start it and shut it down fully, or choose another way.
problem-little-memory = There is little memory left.
    .told = Only { $available } of memory are available, and Nix takes about { $needed } at times.
problem-little-memory-mend = Close other programs.
problem-loader-replaced = The boot loader at the beginning of this disk is replaced by GRUB.
problem-loader-replaced-mend = Put the BIOS boot partition onto another disk to leave it alone.
problem-loader-stays = The boot loader of the replaced system stays, and the firmware may list it still.
    .told = The boot loader of { $system } stays on the EFI system partition, and the firmware may list it still: it no longer starts anything.
problem-loader-stays-mend = It no longer starts anything; remove its entry in the firmware's menu if it disturbs.
problem-made-larger = A partition is made larger.
    .resized = Partition { $number } is made larger, from { $from } to { $to }: its files stay, but a power cut meanwhile, or a fault of the disk, can cost all of them.
    .ntfs = Partition { $number } is made larger, from { $from } to { $to }: its files stay, but a power cut meanwhile, or a fault of the disk, can cost all of them. Windows looks it over at its next start, which is as it should be.
problem-made-larger-mend = Keep a copy of what matters on it elsewhere, and the computer on mains power.
problem-made-smaller = A partition is made smaller.
    .resized = Partition { $number } is made smaller, from { $from } to { $to }: its files are moved and stay, but a power cut meanwhile, or a fault of the disk, can cost all of them.
    .ntfs = Partition { $number } is made smaller, from { $from } to { $to }: its files are moved and stay, but a power cut meanwhile, or a fault of the disk, can cost all of them. Windows looks it over at its next start, which is as it should be.
problem-made-smaller-mend = Keep a copy of what matters on it elsewhere, and the computer on mains power.
problem-memory-unknown = How much memory there is could not be found out.
problem-memory-unknown-mend = Choose another kind of swap.
problem-mount-point-impossible = This can't be mounted there.
    .reserved = { $at } belongs to the running system.
    .scratch = The installation has files of its own at { $at }.
    .below-boot = The boot loader is at /boot, or at /efi with /boot beside it, not at { $at }.
    .vfat = vfat knows neither owners nor permissions, which { $at } needs.
    .subvolume = What the computer starts from is a partition of its own, not a subvolume at { $at }.
    .anew = What is mounted at { $at } has to be made anew.
    .esp = Partition { $number } is an EFI system partition: one that stays is mounted at /boot, or at /efi beside a /boot of its own, and not at { $at }.
    .new-esp = An EFI system partition is mounted at /boot, or at /efi beside a /boot of its own.
    .kernels = A partition for kernels is mounted at /boot.
    .no-file-system = There is no known file system in partition { $number }.
    .other-kind = Partition { $number } holds { $kind }, and what is mounted as it is has to be ext4, btrfs, xfs or f2fs.
    .homes-in-btrfs = Partition { $number } holds btrfs, and which of its subvolumes has home folders is not known.
    .no-identifier = The file system in partition { $number } has no identifier.
    .no-container = Partition { $number } holds { $kind }, and no LUKS container that could be unlocked.
    .no-uuid = The LUKS container in partition { $number } has no UUID.
problem-mount-point-impossible-mend = Choose another place, or another file system.
problem-mount-point-twice = Two things would be mounted at the same place.
    .told = Something else is mounted at { $at } already.
problem-mount-point-twice-mend = Give each a place of its own.
problem-nixos-install-missing = The medium has no nixos-install.
problem-nixos-install-missing-mend = Use a NixOS live medium.
problem-nixos-loses-menu = A NixOS that stays will not start any more.
    .told = { $system }, in { $disk }, starts from partition { $number } ({ $path }), which the new system shares: unless the two have different boot loaders, its entries in the boot menu and its kernels there are replaced, and it does not start any more. Its files stay.
problem-nixos-loses-menu-mend = Choose another EFI system partition or another disk, if that NixOS is to start again.
problem-nixpkgs-unknown = There is no nixpkgs to build from.
problem-nixpkgs-unknown-mend = Use a NixOS live medium.
problem-no-administrator = Nobody could become administrator.
problem-no-administrator-mend = Make a user an administrator.
problem-no-boot-place = The computer could not start from this.
    .no-esp = No EFI system partition is mounted, and without one the firmware has nothing to start from.
    .no-boot = Kernels are kept in /boot, which would not be where the firmware reads them.
    .type = The firmware starts from an EFI system partition, and the type of this one is { $kind }.
    .format = The firmware starts from vfat, and can't read { $kind }.
    .kernels-anew = A partition for kernels beside the EFI system partition has to be made anew.
    .kernels-of-others = The EFI system partition has no room for kernels, and partition { $number } is for those of another system: the boot loader would look there for the new ones, too.
    .two-for-kernels = The boot loader looks for kernels on one partition of this type, and there are two.
    .same-disk = systemd-boot finds kernels on the disk of the EFI system partition only.
    .kernels-vfat = The firmware reads kernels from vfat only.
    .gap = GRUB has to lie before the first partition, where there are { $size }, and it needs { $needed }.
    .plain-ext4 = GRUB reads kernels from a new, plain ext4.
    .root-unread = GRUB can't read kernels from a root that is encrypted or not ext4.
problem-no-boot-place-mend = Add a partition at /boot, or mount the EFI system partition that is there.
problem-no-cache-key = No public key is given for the caches: only what NixOS' own cache has signed is taken from them.
problem-no-cache-key-mend = Add the key of each cache that signs packages itself.
problem-no-channel = The medium carries no channel: the new system starts, but finds no nixpkgs to rebuild from.
    .told = The medium carries nixpkgs ({ $path }), but not as a channel: the new system starts, and finds no nixpkgs to be rebuilt from.
problem-no-channel-mend = Add a channel after the first start, or use a medium of NixOS itself.
problem-no-disk = No disk fits.
    .none = This computer has no disk that Linux can see.
    .unfit = No disk can be installed on. { $reasons }{ $more ->
        [0] { "" }
        [one] { " " }There is one more.
       *[other] { " " }There are { $more } more.
    }
    .unnamed = No disk is taken without being chosen. { $reasons }{ $more ->
        [0] { "" }
        [one] { " " }There is one more.
       *[other] { " " }There are { $more } more.
    }
    .other = No disk is as was asked for. There are: { $disks }.
    .first-of = None of { $count } descriptions fits exactly one disk, and { $several } of them fit several. There are: { $disks }.
    .manual = No disk is chosen.
problem-no-disk-mend = Connect another disk.
problem-no-free-space = There is no free space on this disk.
problem-no-free-space-mend = Make room first, or choose another way.
problem-no-home = No partition of this disk is for home folders, by its type or its name.
problem-no-home-mend = Choose another way.
problem-no-lasting-name = The disk has no lasting name.
    .told = { $disk } has no name that lasts: after a restart, it may be another disk's.
problem-no-lasting-name-mend = Do not add or remove disks afterwards.
problem-no-name-servers = A network interface with a fixed address has no name servers: names such as nixos.org may not be found.
    .told = The interface { $interface } has no name servers: unless another one has, names such as nixos.org are not found.
problem-no-name-servers-mend = Add name servers; in a home, the address of the router is mostly one.
problem-no-partition = There is no partition on this disk.
problem-no-partition-mend = Use its free space, or erase it.
problem-no-place-for-grub = There is no partition that GRUB could start from, and a BIOS starts this computer.
problem-no-place-for-grub-mend = Add a partition of 1 MiB of the type “BIOS boot”.
problem-no-room = There is not enough room.
    .too-small = There is room for { $available }, and this installation needs { $needed }.
    .no-slot = The partition table has no room for { $count } more partitions.
    .no-primary = An MBR partition table has room for 4 partitions beside logical ones, of which { $free } are free, and this installation needs { $count }.
problem-no-room-mend = Make room first, or choose another way.
problem-no-room-behind = There is too little free space right behind this partition.
    .partition-behind = There is no free space right behind partition { $number }: partition { $next } begins there.
    .end-behind = There is no free space right behind partition { $number }: the disk ends there.
    .partition-near = Partition { $number } can have { $most } at most: behind that, partition { $next } begins.
    .end-near = Partition { $number } can have { $most } at most: behind that, the disk ends.
problem-no-room-behind-mend = Ask for less, or make room right behind it: only its end moves.
problem-no-room-for-grub = There is no room for GRUB, which starts the system from a BIOS.
    .core = GRUB would go into the BIOS boot partition { $number }, which is too small for it.
    .gap = GRUB has to lie before the first partition, where there are { $size }, and it needs { $needed }.
problem-no-room-for-grub-mend = Erase the disk, or choose another one.
problem-no-room-for-updates = The system fits once, but not a second time beside it.
    .told = The system takes { $system } of the { $free } on { $path }: an update that replaces most of it would not fit beside it.
problem-no-room-for-updates-mend = Choose more room: each update needs it.
problem-no-root-file-system = Nothing is mounted at /, where the system goes.
problem-no-root-file-system-mend = Choose a partition for /.
problem-no-ssh-key = SSH takes keys only, and nobody has one.
problem-no-ssh-key-mend = Add a key, or allow passwords.
problem-nobody-can-log-in = Nobody could log in to the installed system.
problem-nobody-can-log-in-mend = Add a user.
problem-not-beside-homes = The new system goes into the btrfs of the home folders: it can't have another file system, encryption or a swap partition of its own there.
    .file-system = The new system goes into the btrfs of the home folders, and so gets no other file system.
    .encrypt = The new system goes into the btrfs of the home folders, which is not encrypted.
    .swap = The new system goes into the btrfs of the home folders, and no partition is made for swap.
problem-not-beside-homes-mend = Choose btrfs without encryption, and a swap file or compressed memory.
problem-not-evaluated = It is not known whether Nix accepts the configuration.
    .little-memory = Whether Nix accepts the configuration is not known: only { $available } of memory are available, and it takes about { $needed }.
    .too-long = Whether Nix accepts the configuration is not known: Nix did not come to an end in { $minutes } minutes.
    .killed = Whether Nix accepts the configuration is not known: Nix was ended, most often because memory ran out.
    .stopped = Whether Nix accepts the configuration is not known: it was stopped.
    .no-nix = Whether Nix accepts the configuration is not known: Nix could not be run.
    .no-nixpkgs = Whether Nix accepts the configuration is not known: there is no nixpkgs at { $path }.
problem-not-evaluated-mend = Go on, or free some memory and try again.
problem-not-measured = How small the partition can become has not been measured.
    .number = Partition { $number } can't be made smaller: { cause-size }.
problem-not-measured-mend = Start the installer on the live medium, or choose another way.
problem-not-smaller = No partition here can be made smaller.
    .number = Partition { $number } can't be made smaller: { cause-size }.
problem-not-smaller-mend = Choose another way, or another disk.
problem-nothing-kept = Nothing on this disk can be kept.
    .cause = Nothing on this disk can be kept: { cause-kept }.
problem-nothing-kept-mend = Erase the disk, or choose another one.
problem-nvidia-needs-unfree = The graphics card is slow without the maker's unfree driver.
    .told = The NVIDIA graphics card ({ $card }) will run with the free driver nouveau, which is slow on many of them.
problem-nvidia-needs-unfree-mend = Allow unfree software for it.
problem-offline = Nothing can be fetched from the network.
    .silent = Nothing that Nix fetches packages from answers: { $caches }.
problem-offline-mend = What is on the medium can be installed; connect for the rest.
problem-on-battery = The computer runs on its battery.
    .told = The computer runs on its battery, which is at { $percent } %.
problem-on-battery-mend = Connect the charger.
problem-other-mode = What is on this disk starts in BIOS mode, and NixOS will start in UEFI mode.
problem-other-mode-mend = Choose between them in the firmware's boot menu; or start the medium in BIOS mode.
problem-other-system-loses-parts = Another Linux uses what goes here: it may no longer start, or not with all of its files.
    .told = { $system }, in { $disk }, uses what goes: { $uses }. It may no longer start, or not with all of its files.
problem-other-system-loses-parts-mend = Keep what it needs, or choose another disk, if that system is to stay.
problem-other-system-stranded = A system on another disk seems to start from what goes here: it would not start any more.
    .own = { $system } on { $disk } seems to start from its partition { $number }, which goes: it would not start any more.
    .other = { $system } on { $disk } seems to start from { $starts }, which goes: it would not start any more.
problem-other-system-stranded-mend = Keep that partition, or choose another disk, if that system is to stay.
problem-partition-has-no-room = There is no room for a partition of this size.
    .no-gap-behind = There is no free space behind partition { $number }.
    .no-gap-before = There is no free space before the first partition.
    .no-free-space = There is no free space on this disk.
    .second-rest = Another partition gets the rest of the same free space already.
    .too-small = A partition has { $least } at least.
    .no-room = There is room for { $available } in that free space, and up to this one { $needed } are asked for.
    .no-slot = The partition table has no room for another partition.
    .no-primary = An MBR partition table has room for 4 partitions, an extended one included, and all four places are taken.
problem-partition-has-no-room-mend = Ask for less, or make room first.
problem-partition-has-to-stay = This partition has to stay: something else lies in it or starts from it.
    .esp = It is an EFI system partition, which the other systems start from.
    .cause = This partition has to stay: { cause-partition }.
problem-partition-has-to-stay-mend = Choose another partition.
problem-partition-not-found = The disk has no such partition, or several.
    .not-said = Which partition is meant is not said.
    .missing = The disk has no such partition: { $known_by }.
    .several = Several partitions of the disk are called so: { $known_by }.
problem-partition-not-found-mend = Choose one that is there.
problem-partition-too-large = This partition is larger than its file system can be.
    .told = A partition has { $size }, and { $kind } can be { $most } at most.
problem-partition-too-large-mend = Choose another file system, or a smaller size.
problem-partition-too-small = A partition is too small for what it is to hold.
    .size = This partition has { $size }, and needs { $needed } for what it is to hold.
    .in-partition = There is room for { $size } in partition { $number }, and the system needs { $needed }.
problem-partition-too-small-mend = Make it larger.
problem-partition-unclear = What is said of a partition contradicts itself, or is not enough.
    .no-identifier = The file system in partition { $number } has no identifier.
    .no-btrfs = Partition { $number } holds no btrfs, and nothing else has subvolumes.
    .whole-or-parts = Either the whole file system is mounted, or its subvolumes are.
    .subvolume-idle = Nothing is said of the subvolume { $subvolume } of a btrfs that stays.
    .subvolume-goes = The subvolume { $subvolume } goes, and so can't be mounted.
    .subvolume-twice = The subvolume { $subvolume } is named twice.
    .subvolume-of-new = The btrfs is new, and has no subvolume { $subvolume } that could stay or go.
    .core-on-mbr = A BIOS boot partition belongs to a GPT, and { $path } has an MBR, where GRUB lies before the first partition.
    .two-cores = GRUB starts from one BIOS boot partition, and there are two.
    .two-hibernate = A computer hibernates into one swap, and there are two.
    .unseen-subvolumes = Which subvolumes there are in a container is not known before it is unlocked.
    .no-mount = Where what is in the container is to be mounted is not said.
    .percent = A partition that is there gets a size of its own, or all that is free behind it.
    .same-size = Partition { $number } has { $size } already.
    .no-meaning = { $key ->
        [size] A size
        [gap_after] A free space
        [type] A type
        [file_system] A file system
        [label] A label
        [flags] Flags
        [mount] A mount point
        [subvolumes] Subvolumes
        [encrypt] Encryption
        [unlock] Unlocking
        [hibernation] Hibernation
       *[other] This
    } can't be given for a partition that { $done ->
        [create] is new
        [keep] stays as it is
        [format] stays where it is
        [delete] goes
       *[other] gets another size
    }.
    .no-size = How large the partition is to be is not said.
    .not-said = Which partition is meant is not said.
    .no-container = Partition { $number } holds { $kind }, and no LUKS container that could be unlocked.
    .no-uuid = The LUKS container in partition { $number } has no UUID.
    .stays-or-new = Either the container that is there stays, or a new one is made.
    .type-stays = The type of a partition that stays is not changed.
    .core-on-uefi = This computer was started by UEFI, which a BIOS boot partition is not for.
    .core-alone = A BIOS boot partition holds GRUB's image and nothing else.
    .swap-alone = Swap is no file system.
    .not-swap = Only into swap can a computer hibernate.
    .type-swap = Its type says swap, and it holds something else.
    .only-btrfs = Only btrfs has subvolumes.
    .no-purpose = What the partition is for is not said.
    .label-vfat = The label of this file system has at most 11 letters, digits, “-” and “_”.
    .label-ext4 = The label of this file system has at most 16 bytes.
    .label-xfs = The label of this file system has at most 12 bytes without a blank.
    .esp-vfat = Firmware reads nothing but vfat on an EFI system partition.
    .vfat = vfat knows neither owners nor permissions.
    .twice = Partition { $number } is named twice.
    .not-shorter = Partition { $number } has { $size }, which is not more than it is to become.
    .not-longer = Partition { $number } has { $size }, and would not become larger by a whole MiB.
problem-partition-unclear-mend = Look at the partition's settings again.
problem-passphrase-hard-to-type = The passphrase may be impossible to type at the start.
problem-passphrase-hard-to-type-mend = Take letters that the keyboard has.
problem-ports-without-firewall = The firewall is off, so opening ports changes nothing: every service can be reached from outside.
    .told = The firewall is off, so opening ports ({ $ports }) changes nothing: every service can be reached from outside.
problem-ports-without-firewall-mend = Leave the firewall on to have these ports open and all others closed.
problem-proxy-missing = Names are left out of the proxy, and there is no proxy.
problem-proxy-missing-mend = Enter the proxy, or leave the names out.
problem-proxy-password = The proxy's address holds a password that everyone could read.
problem-proxy-password-mend = Leave the password out.
problem-recovery-key-unused = A recovery key would open nothing here: no encryption is new, and one that stays keeps its keys.
problem-recovery-key-unused-mend = Do without the recovery key; later, “cryptsetup luksAddKey” adds one.
problem-release-unsupported = The release on the medium is not supported.
    .told = The medium carries NixOS { $release }, which is not supported.
problem-release-unsupported-mend = Use a newer or older medium.
problem-sector-size-unsupported = Partition tables for sectors of this size can't be written here.
    .told = { $disk } has sectors of { $sector } bytes, and partition tables are written for 512 and 4096 here.
problem-sector-size-unsupported-mend = Choose another disk.
problem-secure-boot = Secure Boot would refuse the installed system.
    .on = Secure Boot is on, and would refuse to start the installed system.
    .unknown = Whether Secure Boot is on could not be found out: if so, it would refuse the installed system.
problem-secure-boot-mend = Turn Secure Boot off in the firmware's settings.
problem-several-disks = Several disks fit.
    .fit = Several disks fit: { $disks }.
    .twice = { $path } is named twice.
problem-several-disks-mend = Choose one.
problem-several-homes = Several partitions of this disk are for home folders.
problem-several-homes-mend = Say which one is kept.
problem-start-code-replaced = The start code at the beginning of this disk is replaced.
problem-start-code-replaced-mend = Another system there starts from the new boot menu, if it is entered in it.
problem-state-version-too-new = The state version is newer than the release.
    .told = { $asked } is newer than NixOS { $release }, which is on the medium.
problem-state-version-too-new-mend = Leave it out.
problem-subvolume-holds-others = Other subvolumes lie in one that is to go.
    .told = The subvolume { $subvolume } goes, and what lies in it would go, too: { $inside }.
problem-subvolume-holds-others-mend = Delete those, too, or let it stay.
problem-subvolume-missing = There is no subvolume of this name.
    .none = There is no subvolume { $subvolume }, and no other one.
    .others = There is no subvolume { $subvolume }, but { $others }.
problem-subvolume-missing-mend = Name one that is there, or make a new one.
problem-subvolume-read-only = This subvolume is read-only, as snapshots are.
    .told = The subvolume { $subvolume } is read-only, as snapshots are: nobody could write there.
problem-subvolume-read-only-mend = Choose another one, or make a snapshot of it first that can be written to.
problem-subvolume-taken = There is a subvolume of this name already.
    .told = There is a subvolume { $subvolume } already.
    .twice = Two subvolumes are called { $subvolume }.
problem-subvolume-taken-mend = Give the new one another name.
problem-swap-file-on-f2fs = A swap file on F2FS is not safe.
problem-swap-file-on-f2fs-mend = Choose another kind of swap, or another file system.
problem-swap-unencrypted = The root is encrypted, and this swap is not: parts of what is in memory end up on the disk in plain text.
problem-swap-unencrypted-mend = Encrypt the swap, too.
problem-system-too-large = The system does not fit on its file system.
    .told = The system needs about { $needed } on { $path } ({ $system } of packages, { $build } to build), and { $free } are free there.
problem-system-too-large-mend = Choose a larger place, or fewer programs.
problem-system-unclear = Which partitions belong to this system alone can't be told.
    .no-gpt = Windows is known by the types of its partitions, and this disk has no GPT.
    .no-windows = There is no partition with a Windows on this disk.
    .windows-several = Which partitions belong to Windows alone is not clear: several may hold it or its data, or what one holds is not known.
    .windows-data = Whether there is a Windows on this disk, or only data of one, is not clear: its EFI system partition, its reserved one or its recovery tools are missing.
    .windows-recoveries = There are recovery tools of several systems on this disk.
    .fstab-unread = Its list of file systems (/etc/fstab) could not be read.
    .no-root-said = Its list of file systems (/etc/fstab) does not say where its root is.
    .copy = Its list of file systems (/etc/fstab) has another partition for its root: it may be a copy.
    .others-inside = Its file system holds others, too, and goes as a whole: { $systems }.
    .mounted-by = Its file system, which goes as a whole, is mounted by { $systems }, too.
    .several = More than one Linux of that name is on this disk.
    .no-linux = No Linux is known on this disk: only those are whose root is an ext4, btrfs or xfs that could be looked into.
    .others-only = This disk has no Linux of that name, but { $systems }.
    .where = Where its { $what } is, is not clear: { $cause ->
        [may_change] { $source } may be another partition after each start
        [several_called] several partitions are called { $source }
       *[other] no partition is called { $source }
    }.
    .other-disk = Its { $what } is on another disk ({ $path }).
    .may-change = { $source } may be another partition after each start.
    .several-called = Several partitions are called { $source }.
    .none-called = No partition is called { $source }.
    .unread-other = Whether its swap and its own file systems are its alone is not clear: partition { $number } ({ $path }) may hold another system that uses them, and could not be looked into.
    .stays = Its partition { $number } can't go: { cause-partition }.
problem-system-unclear-mend = Choose one partition, or say what becomes of each.
problem-target-in-use = Something is mounted where the new system is put together.
    .told = Something is mounted at { $path }, where the new system goes.
problem-target-in-use-mend = Unmount it.
problem-unfree-needed = Something needs unfree software, which is not allowed.
    .packages = { $packages } can't be installed without unfree software.
    .broadcom = Broadcom's own Wi-Fi driver can't be installed without unfree software.
problem-unfree-needed-mend = Allow software that is not free.
problem-unknown-group = Nothing declares one of the groups.
    .told = Nothing that is chosen here declares the group { $group }.
problem-unknown-group-mend = Look at how it is written.
problem-unknown-layout = There is no such keyboard layout.
    .near = There is no keyboard layout { $name }. Did you mean { $nearest }?
    .name = There is no keyboard layout { $name }.
problem-unknown-layout-mend = Choose one from the list.
problem-unknown-locale = NixOS does not know these formats.
    .near = NixOS can't build the locale { $name }. Did you mean { $nearest }?
    .name = NixOS can't build the locale { $name }.
problem-unknown-locale-mend = Choose others.
problem-unknown-time-zone = There is no such time zone.
    .near = There is no time zone { $name }. Did you mean { $nearest }?
    .name = There is no time zone { $name }.
problem-unknown-time-zone-mend = Choose one from the list.
problem-unknown-variant = The keyboard layout has no such variant.
    .near = The keyboard layout { $layout } has no variant { $name }. Did you mean { $nearest }?
    .name = The keyboard layout { $layout } has no variant { $name }.
problem-unknown-variant-mend = Choose one from the list.
problem-unknown-xkb-option = There is no such keyboard option.
    .near = There is no keyboard option { $name }. Did you mean { $nearest }?
    .name = There is no keyboard option { $name }.
problem-unknown-xkb-option-mend = Leave it out.
problem-unobtainable = Some packages can't be had here.
problem-unobtainable-mend = Connect to the network, or leave them out.
problem-variables-not-writable = The firmware's variables can't be written: NixOS gets no boot entry, and is started by the fallback path.
    .read-only = The firmware's variables can't be written (efivarfs is mounted read-only): NixOS gets no boot entry, and is started by the fallback path in EFI/BOOT.
    .missing = The firmware's variables can't be written (efivarfs is not there): NixOS gets no boot entry, and is started by the fallback path in EFI/BOOT.
problem-variables-not-writable-mend = Should something else be started, choose the disk in the firmware's boot menu.
problem-variant-without-layout = A variant is chosen without its layout.
problem-variant-without-layout-mend = Choose the layout.
problem-volume-may-span = Something here may be a part of a volume that other disks are a part of as well: then it is lost there, too.
    .others = { $disk } ({ $kind }) may be a part of the same volume as { $others }: then what that holds is lost, too.
    .unseen = { $disk } ({ $kind }) may be a part of the same volume as others that are not seen: then what those hold is lost, too.
problem-volume-may-span-mend = Make sure that nothing of it is still needed, or choose another disk.
problem-waits-for-passphrase = At each start, this server waits at its own screen for the passphrase of the disk. It can't be reached over SSH before.
problem-waits-for-passphrase-mend = Do not encrypt the disk, or make sure that somebody can get to its screen and keyboard.
problem-windows-may-sleep = Whether a Windows on this computer sleeps could not be seen yet. It is looked at before anything is written, and if it sleeps, the installation ends there.
    .told = Whether a Windows in { $path } sleeps could not be seen yet. It is looked at before anything is written, and if it sleeps, the installation ends there.
problem-windows-may-sleep-mend = To be sure, start Windows, and hold the Shift key while you choose “Shut down”.
problem-windows-sleeps = A Windows on this computer sleeps, as it mostly does after a shutdown with Fast Startup, and remembers its drives as they were.
    .path = The Windows in { $path } sleeps, as it mostly does after a shutdown with Fast Startup, and remembers its drives as they were.
problem-windows-sleeps-mend = Start Windows, and hold the Shift key while you choose “Shut down”; or choose another way.
problem-wired-left-out = A gateway or a name server is not used: its interface has another gateway already, or no address of that kind.
    .alone = The gateway { $address } has no fixed address of its kind beside it: the interface { $interface } does without it.
    .second = { $first } is the gateway already, and { $address } comes after it: the interface { $interface } does without it.
    .name-server = The name server { $address } can't be reached without an address of IPv4: the interface { $interface } does without it.
problem-wired-left-out-mend = Keep one gateway of each kind, with an address beside it.
problem-wired-unclear = A network interface is given twice, or without an address.
    .twice = The interface { $interface } is given twice.
    .no-address = The interface { $interface } has no address.
problem-wired-unclear-mend = Give each one once, with its address.
problem-wired-unknown = This computer does not have a wired interface that was given.
    .no-cable = The interface { $interface } takes no cable, and its fixed address is not used.
    .missing = This computer has no interface { $interface }, and its fixed address is not used.
problem-wired-unknown-mend = Look at its name, or leave it out if the settings are for another computer.
problem-wrong-passphrase = The passphrase does not open the encrypted partition. Nothing was changed.
    .number = The passphrase does not open the LUKS container in partition { $number }. Nothing was changed.
problem-wrong-passphrase-mend = Give the passphrase that opens it: it is the one for everything that is encrypted.

told-between = { ", " }
told-between-sentences = { " " }
told-disk = { $model } ({ $size }) at { $path }
told-disk-serial = { $model } ({ $size }, serial { $serial }) at { $path }
told-name = “{ $name }”
told-partition = partition { $number } of { $disk }
