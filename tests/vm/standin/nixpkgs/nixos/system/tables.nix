# The configuration as plain tables for the shell scripts: one row a line, columns parted by
# tabs, `-` for nothing.
# STAND-IN: written for Nevado's tests, not taken from nixpkgs.
{ config, lib }:
let
  orDash = value: if value == null || value == "" then "-" else toString value;
  row = columns: builtins.concatStringsSep "\t" (map orDash columns) + "\n";
  table = rows: builtins.concatStringsSep "" (map row rows);

  # NixOS mounts these in the initrd, whatever the configuration says.
  early = [
    "/"
    "/nix"
    "/nix/store"
    "/var"
    "/var/log"
    "/var/lib"
    "/var/lib/nixos"
    "/etc"
    "/usr"
  ];
  deviceOf = fs: if fs.device != null then fs.device else "/dev/disk/by-label/${fs.label}";

  # Options for systemd only; busybox's mount would pass them on to the kernel.
  forMount = builtins.filter (option: builtins.match "x-.*|defaults|nofail|_netdev" option == null);
in
{
  # mount point, device, type, options, stage that mounts it, may it be missing
  # (sorted by name, so a parent comes before what is below it)
  fileSystems = table (
    map (fs: [
      fs.mountPoint
      (deviceOf fs)
      fs.fsType
      (builtins.concatStringsSep "," (forMount fs.options))
      (if fs.neededForBoot || builtins.elem fs.mountPoint early then "1" else "2")
      (if builtins.elem "nofail" fs.options then "optional" else "required")
    ]) (builtins.sort (a: b: a.mountPoint < b.mountPoint) (
      builtins.filter (fs: fs.enable && !builtins.elem "noauto" fs.options) (builtins.attrValues config.fileSystems)
    ))
  );

  # name below /dev/mapper, device, whether TRIM reaches through
  containers = table (
    map (container: [
      container.name
      container.device
      (if container.allowDiscards then "discards" else null)
    ]) (builtins.attrValues config.boot.initrd.luks.devices)
  );

  # kind (disk or zram), device, size (MiB, or percent of memory), priority, compression
  swap = table (
    map (swap: [
      "disk"
      swap.device
      swap.size
      swap.priority
      null
    ]) config.swapDevices
    ++ lib.optional config.zramSwap.enable [
      "zram"
      "/dev/zram0"
      config.zramSwap.memoryPercent
      config.zramSwap.priority
      config.zramSwap.algorithm
    ]
  );

  # name, uid, group, home, home's mode, shell, full name, further groups, kind, first hash
  users = table (
    map (user: [
      user.name
      user.uid
      user.group
      user.home
      user.homeMode
      (if user.shell == null then "/run/current-system/sw/bin/sh" else user.shell)
      user.description
      (builtins.concatStringsSep "," user.extraGroups)
      (if user.isNormalUser then "normal" else "system")
      (if user.hashedPassword != null then user.hashedPassword else user.initialHashedPassword)
    ]) (builtins.filter (user: user.enable) (builtins.attrValues config.users.users))
  );

  # name, gid, members
  groups = table (
    map (group: [
      group.name
      group.gid
      (builtins.concatStringsSep "," group.members)
    ]) (builtins.attrValues config.users.groups)
  );

  loaderConf =
    let
      inherit (config.boot) loader;
    in
    builtins.concatStringsSep "" (
      lib.optional (loader.timeout != null) "timeout ${toString loader.timeout}\n"
      ++ lib.optional (!loader.systemd-boot.editor) "editor 0\n"
      ++ [ "console-mode ${loader.systemd-boot.consoleMode}\n" ]
    );
}
