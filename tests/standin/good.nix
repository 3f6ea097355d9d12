{ config, lib, pkgs, modulesPath, ... }:
{
  imports = [
    (modulesPath + "/installer/scan/not-detected.nix")
    (modulesPath + "/profiles/qemu-guest.nix")
  ];
  boot.loader.systemd-boot.enable = true;
  boot.loader.efi.canTouchEfiVariables = true;
  boot.initrd.availableKernelModules = [ "ahci" "xhci_pci" ];
  boot.kernelModules = [ "kvm-intel" ];
  boot.extraModulePackages = [ config.boot.kernelPackages.broadcom_sta ];
  boot.kernelParams = [ "quiet" ];
  fileSystems."/" = {
    device = "/dev/disk/by-uuid/0f7e6a52-2c1b-4d0e-9a43-6f1d2b8c7e90";
    fsType = "ext4";
  };
  fileSystems."/boot" = {
    device = "/dev/disk/by-uuid/5A3C-91F7";
    fsType = "vfat";
    options = [ "fmask=0077" "dmask=0077" ];
  };
  swapDevices = [ ];
  zramSwap.enable = true;
  networking.hostName = "cedar";
  time.timeZone = "Europe/Berlin";
  i18n.defaultLocale = "de_DE.UTF-8";
  i18n.extraLocaleSettings.LC_TIME = "en_GB.UTF-8";
  services.xserver.xkb = { layout = "de"; variant = "nodeadkeys"; };
  console.useXkbConfig = true;
  services.desktopManager.gnome.enable = true;
  services.displayManager.gdm.enable = true;
  services.openssh.settings.PermitRootLogin = "no";
  users.users."maria.silva" = {
    isNormalUser = true;
    description = "Maria Silva";
    extraGroups = [ "wheel" "networkmanager" ];
    packages = with pkgs; [ kdePackages.kate ];
  };
  environment.systemPackages = with pkgs; [ git vim ];
  nix.settings.experimental-features = [ "nix-command" "flakes" ];
  hardware.cpu.intel.updateMicrocode = lib.mkDefault config.hardware.enableRedistributableFirmware;
  nixpkgs.hostPlatform = lib.mkDefault "x86_64-linux";
  system.stateVersion = "26.05";
}
