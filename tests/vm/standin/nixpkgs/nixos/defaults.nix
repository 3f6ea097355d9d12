# Values of options that no module sets, as NixOS has them: those that the stand-in itself
# reads, and those that generated configurations refer to. All others have none here.
# STAND-IN: written for Nevado's tests, not taken from nixpkgs.
{ config, lib, pkgs }:
{
  defaults = {
    assertions = [ ];
    warnings = [ ];

    boot = {
      extraModulePackages = [ ];
      kernelModules = [ ];
      kernelPackages = pkgs.linuxPackages;
      kernelParams = [ ];
      plymouth.enable = false;
      resumeDevice = "";
      initrd = {
        availableKernelModules = [ ];
        kernelModules = [ ];
        luks.devices = { };
        secrets = { };
        systemd.enable = true;
        preLVMCommands = "";
        postDeviceCommands = "";
        postMountCommands = "";
        preDeviceCommands = "";
      };
      loader = {
        timeout = 5;
        efi.canTouchEfiVariables = false;
        efi.efiSysMountPoint = "/boot";
        grub.enable = true;
        grub.device = "";
        grub.devices = [ ];
        grub.mirroredBoots = [ ];
        grub.efiSupport = false;
        grub.efiInstallAsRemovable = false;
        limine.enable = false;
        refind.enable = false;
        systemd-boot.enable = false;
        systemd-boot.editor = true;
        systemd-boot.configurationLimit = null;
        systemd-boot.consoleMode = "keep";
      };
      supportedFilesystems = [ ];
    };
    console.keyMap = "us";
    console.useXkbConfig = false;
    environment.systemPackages = [ ];
    fileSystems = { };
    hardware = {
      bluetooth.enable = false;
      enableAllFirmware = false;
      enableRedistributableFirmware = false;
      graphics.enable = false;
      nvidia.open = null;
    };
    i18n.defaultLocale = "en_US.UTF-8";
    i18n.extraLocales = [ ];
    i18n.inputMethod.type = null;
    networking = {
      hostId = null;
      hostName = "nixos";
      firewall.enable = true;
      networkmanager.enable = false;
      useDHCP = true;
      wireless.enable = false;
    };
    nix.settings = { };
    nixpkgs.config = { };
    nixpkgs.flake.source = null;
    programs = {
      fish.enable = false;
      hyprland.enable = false;
      niri.enable = false;
      sway.enable = false;
      xonsh.enable = false;
      zsh.enable = false;
    };
    security.rtkit.enable = false;
    services = {
      desktopManager = {
        gnome.enable = false;
        plasma6.enable = false;
        cosmic.enable = false;
        budgie.enable = false;
        pantheon.enable = false;
      };
      displayManager = {
        autoLogin.user = null;
        cosmic-greeter.enable = false;
        defaultSession = null;
        gdm.enable = false;
        lemurs.enable = false;
        ly.enable = false;
        plasma-login-manager.enable = false;
        sddm.enable = false;
        sddm.wayland.enable = false;
      };
      flatpak.enable = false;
      getty.autologinUser = null;
      greetd.enable = false;
      greetd.settings = { };
      openssh.enable = false;
      pipewire.enable = false;
      power-profiles-daemon.enable = false;
      printing.enable = false;
      pulseaudio.enable = false;
      tlp.enable = false;
      xserver = {
        enable = false;
        desktopManager.cinnamon.enable = false;
        desktopManager.enlightenment.enable = false;
        desktopManager.lxqt.enable = false;
        desktopManager.mate.enable = false;
        desktopManager.xfce.enable = false;
        displayManager.lightdm.enable = false;
        windowManager.i3.enable = false;
        videoDrivers = [
          "modesetting"
          "fbdev"
        ];
        xkb.layout = "us";
        xkb.variant = "";
        xkb.options = "terminate:ctrl_alt_bksp";
        xkb.model = "pc104";
      };
    };
    swapDevices = [ ];
    time.hardwareClockInLocalTime = false;
    time.timeZone = null;
    xdg.portal.enable = false;
    xdg.portal.extraPortals = [ ];
    users.groups = { };
    users.mutableUsers = true;
    users.users = { };
    zramSwap = {
      enable = false;
      algorithm = "zstd";
      memoryPercent = 50;
      priority = 5;
    };
  };

  submoduleDefaults = {
    "boot.initrd.luks.devices.<name>" =
      { name, ... }:
      {
        inherit name;
        allowDiscards = false;
        header = null;
        keyFile = null;
      };
    "fileSystems.<name>" =
      { name, ... }:
      {
        enable = true;
        device = null;
        label = null;
        mountPoint = name;
        neededForBoot = false;
        noCheck = false;
        options = [ "defaults" ];
      };
    "swapDevices.*" = _: {
      size = null;
      priority = null;
      label = null;
      options = [ "defaults" ];
      randomEncryption = false;
    };
    "nix.settings" = _: { experimental-features = [ ]; };
    "nixpkgs.config" = _: { allowUnfree = false; };
    "users.groups.<name>" =
      { name, ... }:
      {
        inherit name;
        gid = null;
        members = [ ];
      };
    "users.users.<name>" =
      { name, config }:
      {
        inherit name;
        enable = true;
        description = "";
        extraGroups = [ ];
        group = if config.isNormalUser then "users" else "";
        hashedPassword = null;
        hashedPasswordFile = null;
        home = if config.isNormalUser then "/home/${name}" else "/var/empty";
        homeMode = "700";
        initialHashedPassword = null;
        initialPassword = null;
        isNormalUser = false;
        isSystemUser = false;
        openssh.authorizedKeys.keys = [ ];
        packages = [ ];
        password = null;
        shell = null;
        uid = null;
      };
  };
}
