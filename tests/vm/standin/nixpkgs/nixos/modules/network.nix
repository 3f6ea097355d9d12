# STAND-IN: what NetworkManager sets, as plain definitions, so that the opposite conflicts.
{ config, lib, ... }:
{
  networking = lib.mkIf config.networking.networkmanager.enable {
    useDHCP = false;
    wireless.enable = true;
  };
  users.groups = lib.mkIf config.networking.networkmanager.enable {
    networkmanager.gid = 57;
  };
}
