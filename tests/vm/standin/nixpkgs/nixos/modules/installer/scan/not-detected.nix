# STAND-IN: what hardware-configuration.nix imports for a real machine.
{ lib, ... }:
{
  hardware.enableRedistributableFirmware = lib.mkDefault true;
}
