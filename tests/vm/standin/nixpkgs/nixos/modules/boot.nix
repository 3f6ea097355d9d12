# STAND-IN: rules about boot loader and initrd. Only systemd-boot and GRUB for BIOS can be built
# here.
{ config, lib, ... }:
let
  inherit (config.boot) loader initrd;
  chosen = lib.filterAttrs (_: enabled: enabled) {
    grub = loader.grub.enable;
    limine = loader.limine.enable;
    refind = loader.refind.enable;
    systemd-boot = loader.systemd-boot.enable;
  };
  chosenNames = builtins.attrNames chosen;
  mountPoints = map (fs: fs.mountPoint) (builtins.attrValues config.fileSystems);
  esp = loader.efi.efiSysMountPoint;
  withKeyFile = lib.filterAttrs (
    _: container: container.keyFile != null || container.header != null
  ) initrd.luks.devices;
in
{
  boot.loader.grub.enable = lib.mkIf (
    loader.systemd-boot.enable || loader.limine.enable || loader.refind.enable
  ) (lib.mkDefault false);

  assertions = [
    {
      assertion = chosenNames != [ ];
      message = "STAND-IN: no boot loader is enabled, the system could not start.";
    }
    {
      assertion = builtins.length chosenNames < 2;
      message = "More than one boot loader is enabled: ${toString chosenNames}.";
    }
    {
      assertion =
        loader.grub.enable
        -> loader.grub.device != "" || loader.grub.devices != [ ] || loader.grub.mirroredBoots != [ ];
      message = "You must set the option ‘boot.loader.grub.devices’ or 'boot.loader.grub.mirroredBoots' to make the system bootable.";
    }
    {
      assertion = builtins.all (lib.hasPrefix "/dev/") (
        builtins.filter (device: device != "" && device != "nodev") (
          [ loader.grub.device ] ++ loader.grub.devices
        )
      );
      message = "STAND-IN: GRUB devices must be absolute paths below /dev.";
    }
    {
      assertion = loader.grub.efiInstallAsRemovable -> !loader.efi.canTouchEfiVariables;
      message = "If you wish to to use boot.loader.grub.efiInstallAsRemovable, then turn off boot.loader.efi.canTouchEfiVariables.";
    }
    {
      assertion = loader.systemd-boot.enable -> builtins.elem esp mountPoints;
      message = "STAND-IN: boot.loader.efi.efiSysMountPoint is ${esp}, but fileSystems has nothing there.";
    }
    {
      assertion =
        initrd.systemd.enable
        ->
          initrd.preLVMCommands + initrd.postDeviceCommands + initrd.postMountCommands + initrd.preDeviceCommands
          == "";
      message = "systemd stage 1 does not support the scripted initrd's commands (boot.initrd.*Commands).";
    }
    {
      assertion = withKeyFile == { };
      message = "STAND-IN: only a passphrase can open ${toString (builtins.attrNames withKeyFile)} here.";
    }
    {
      assertion =
        config.boot.resumeDevice == ""
        || builtins.elem config.boot.resumeDevice (map (swap: swap.device) config.swapDevices);
      message = "STAND-IN: boot.resumeDevice is ${config.boot.resumeDevice}, which is not among swapDevices.";
    }
  ];
}
