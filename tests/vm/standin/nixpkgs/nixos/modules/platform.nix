# STAND-IN: rules about the platform and the release.
{ config, lib, ... }:
let
  platform = config.nixpkgs.hostPlatform;
  name = if builtins.isAttrs platform then platform.system or "" else platform;
in
{
  nix.settings.trusted-users = [ "root" ];
  nixpkgs.hostPlatform = lib.mkOverride 1500 "";

  assertions = [
    {
      assertion = name != "";
      message = "Neither `nixpkgs.hostPlatform' nor the legacy option `nixpkgs.system' has been set.";
    }
    {
      assertion = builtins.elem name [
        ""
        "x86_64-linux"
        "aarch64-linux"
      ];
      message = "`nixpkgs.hostPlatform' is `${name}', which is no platform of NixOS.";
    }
    {
      assertion = builtins.match "[0-9]{2}\\.[0-9]{2}" config.system.stateVersion != null;
      message = "${config.system.stateVersion} is an invalid value for 'system.stateVersion'; it must be in the format \"YY.MM\".";
    }
  ];
}
