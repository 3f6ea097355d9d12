# STAND-IN: rules about file systems and swap.
{ config, lib, ... }:
let
  fileSystems = builtins.attrValues config.fileSystems;
  withoutDevice = builtins.filter (fs: fs.device == null && fs.label == null) fileSystems;
  withBoth = builtins.filter (fs: fs.device != null && fs.label != null) fileSystems;
  # Reading fsType is what fails when it is missing: it has no default.
  kinds = lib.unique (map (fs: fs.fsType) fileSystems);
  unknown = builtins.filter (kind: !builtins.elem kind (import ../file-system-names.nix)) kinds;
  where = list: toString (map (fs: fs.mountPoint) list);
  mapped = builtins.filter (device: device != null && lib.hasPrefix "/dev/mapper/" device) (
    map (fs: fs.device) fileSystems ++ map (swap: swap.device) config.swapDevices
  );
  opened = map (name: "/dev/mapper/${name}") (builtins.attrNames config.boot.initrd.luks.devices);
  unopened = builtins.filter (device: !builtins.elem device opened) (lib.unique mapped);
  randomlyEncrypted = builtins.filter (
    swap: swap.randomEncryption != false && (swap.randomEncryption.enable or true)
  ) config.swapDevices;
in
{
  assertions = [
    {
      assertion = config.fileSystems ? "/";
      message = "The ‘fileSystems’ option does not specify your root file system.";
    }
    {
      assertion = withoutDevice == [ ];
      message = "No device specified for mount point ‘${where withoutDevice}’.";
    }
    {
      assertion = withBoth == [ ];
      message = "Both device and label are set for ‘${where withBoth}’.";
    }
    {
      assertion = unknown == [ ];
      message = "STAND-IN: fileSystems has kinds that Linux does not know: ${toString unknown}.";
    }
    {
      assertion = unopened == [ ];
      message = "STAND-IN: nothing in boot.initrd.luks.devices opens ${toString unopened}.";
    }
    {
      assertion = builtins.elem "zfs" kinds -> config.networking.hostId != null;
      message = "ZFS requires networking.hostId to be set";
    }
    {
      assertion = builtins.all (
        swap: builtins.match "/dev/disk/by-(uuid|label)/.*" swap.device == null
      ) randomlyEncrypted;
      message = "You cannot use swap device by-uuid or by-label with randomEncryption: its identifier is lost at each boot.";
    }
  ];
}
