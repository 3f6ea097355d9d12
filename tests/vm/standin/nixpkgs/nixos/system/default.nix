# STAND-IN for the system that NixOS builds: the medium's kernel, an initrd, an init and a boot
# loader script, all on busybox. Laid out as a real system closure, as far as an installer
# looks at it: init, kernel, initrd, kernel-params, activate, sw, etc, nixos-version,
# bin/switch-to-configuration.
{ config, lib }:
let
  platform =
    let
      given = config.nixpkgs.hostPlatform;
    in
    if builtins.isAttrs given then given.system else given;
  version = builtins.readFile ../../.version + builtins.readFile ../../.version-suffix;

  busybox = builtins.path {
    name = "stand-in-busybox";
    path = ../parts;
    filter = path: _: baseNameOf path == "busybox";
  };
  part =
    name:
    builtins.path {
      name = "stand-in-${name}";
      path = ../parts + "/${name}";
    };

  # A derivation whose builder is a script run by busybox: no compiler, no network, no stdenv.
  run =
    name: script: environment:
    derivation (
      {
        inherit name;
        system = platform;
        builder = "${busybox}/busybox";
        args = [
          "sh"
          "-eu"
          script
        ];
        PATH = if environment ? tools then "${environment.tools}/bin" else "";
      }
      // environment
    );

  tools = run "stand-in-tools" ./build-tools.sh { };
  tables = import ./tables.nix { inherit config lib; };

  initrd = run "initrd-linux-stand-in" ./build-initrd.sh {
    inherit tools;
    modules = part "modules";
    stage1 = ./stage-1.sh;
    devices = ./devices.sh;
    fileSystems = tables.fileSystems;
    containers = tables.containers;
    cryptsetup = if tables.containers == "" then "" else part "cryptsetup";
    inherit (config.boot) resumeDevice;
  };

  etc = run "etc" ./build-etc.sh {
    inherit tools version;
    inherit (config.networking) hostName;
    inherit (config.i18n) defaultLocale;
    inherit (config.console) keyMap;
    timeZone = toString config.time.timeZone;
    # As in NixOS, a flake's nixpkgs is named in the registry, and so stays in the store.
    flakeSource = toString config.nixpkgs.flake.source;
    users = tables.users;
    groups = tables.groups;
    fileSystems = tables.fileSystems;
    swap = tables.swap;
    packages = lib.concatMapStringsSep "\n" packageName config.environment.systemPackages;
    nixFeatures = toString config.nix.settings.experimental-features;
  };

  loader = config.boot.loader;
  packageName = package: "${package.name or package}";
in
run "nixos-system-${config.networking.hostName}-${version}" ./build-system.sh {
  inherit
    etc
    initrd
    platform
    tools
    version
    ;
  kernel = part "vmlinuz";
  # The test reads the serial line; a real system shows its messages there only when asked to. An
  # emulated timer may be late on a busy machine, which the kernel must not take for a broken one.
  kernelParams = toString (
    config.boot.kernelParams
    ++ [
      "console=tty0"
      "console=ttyS0,115200"
      "no_timer_check"
    ]
  );
  init = ./stage-2.sh;
  activate = ./activate.sh;
  devices = ./devices.sh;
  bootVariable = ./boot-variable.sh;
  usersProgram = ./users.awk;
  report = ./report.sh;
  chpasswd = ./chpasswd.sh;
  # Large, so only where the configuration asks for it by name; a real system always has it.
  nix = if builtins.elem "nix" (map packageName config.environment.systemPackages) then part "nix" else "";
  rebuild = ./nixos-rebuild.sh;
  login = part "login";
  loginProgram = ./login.sh;
  switch =
    if loader.systemd-boot.enable then
      ./switch-to-configuration.sh
    else if loader.grub.enable then
      ./switch-to-configuration-grub.sh
    else
      ./switch-to-configuration-none.sh;
  systemdBoot = part "systemd-bootx64.efi";
  grub = if loader.grub.enable then part "grub" else "";
  grubEfi = if loader.grub.enable && loader.grub.efiSupport then part "grub-efi" else "";
  grubRemovable = if loader.grub.efiInstallAsRemovable then "1" else "";
  grubDevices = toString (
    lib.optional (loader.grub.device != "") loader.grub.device ++ loader.grub.devices
  );
  grubTimeout = toString (if loader.timeout == null then -1 else loader.timeout);
  esp = loader.efi.efiSysMountPoint;
  loaderConf = tables.loaderConf;
  touchEfiVariables = if loader.efi.canTouchEfiVariables then "1" else "0";
}
