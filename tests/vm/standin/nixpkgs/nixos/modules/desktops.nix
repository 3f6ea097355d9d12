# STAND-IN: what desktops switch on, and rules about display managers, sound and graphics.
{ config, lib, pkgs, ... }:
let
  inherit (config.services) desktopManager displayManager xserver;
  on = condition: lib.mkIf condition (lib.mkDefault true);
  bringsNetwork = desktopManager.gnome.enable || desktopManager.cosmic.enable;

  displayManagers = builtins.attrNames (
    lib.filterAttrs (_: enabled: enabled) {
      cosmic-greeter = displayManager.cosmic-greeter.enable;
      gdm = displayManager.gdm.enable;
      greetd = config.services.greetd.enable;
      lemurs = displayManager.lemurs.enable;
      lightdm = xserver.displayManager.lightdm.enable;
      ly = displayManager.ly.enable;
      plasma-login-manager = displayManager.plasma-login-manager.enable;
      sddm = displayManager.sddm.enable;
    }
  );
  graphical = displayManagers != [ ] || xserver.enable;

  # The first session of each; some desktops have more in NixOS.
  sessions = builtins.attrNames (
    lib.filterAttrs (_: enabled: enabled) {
      budgie-desktop = desktopManager.budgie.enable;
      cinnamon = xserver.desktopManager.cinnamon.enable;
      cosmic = desktopManager.cosmic.enable;
      enlightenment = xserver.desktopManager.enlightenment.enable;
      gnome = desktopManager.gnome.enable;
      hyprland = config.programs.hyprland.enable;
      lxqt = xserver.desktopManager.lxqt.enable;
      mate = xserver.desktopManager.mate.enable;
      niri = config.programs.niri.enable;
      "none+i3" = xserver.windowManager.i3.enable;
      pantheon-wayland = desktopManager.pantheon.enable;
      plasma = desktopManager.plasma6.enable;
      sway = config.programs.sway.enable;
      xfce = xserver.desktopManager.xfce.enable;
    }
  );
in
{
  networking.networkmanager.enable = on bringsNetwork;
  hardware.bluetooth.enable = on bringsNetwork;
  services.displayManager.sddm.wayland.enable = on desktopManager.plasma6.enable;
  services.pipewire.enable = on graphical;
  hardware.graphics.enable = on graphical;
  # Xfce, MATE, Enlightenment and i3 bring no portal.
  xdg.portal = lib.mkIf (bringsNetwork || desktopManager.plasma6.enable
    || xserver.desktopManager.cinnamon.enable || xserver.desktopManager.lxqt.enable
    || desktopManager.budgie.enable || desktopManager.pantheon.enable
    || config.programs.hyprland.enable || config.programs.sway.enable
    || config.programs.niri.enable) {
    enable = lib.mkDefault true;
    extraPortals = [ pkgs.xdg-desktop-portal-gtk ];
  };
  services.power-profiles-daemon.enable = on (bringsNetwork || desktopManager.plasma6.enable);

  assertions = [
    {
      assertion = config.services.flatpak.enable -> config.xdg.portal.enable;
      message = "To use Flatpak you must enable XDG Desktop Portals with xdg.portal.enable.";
    }
    {
      assertion = config.xdg.portal.enable -> config.xdg.portal.extraPortals != [ ];
      message = "Setting xdg.portal.enable to true requires a portal implementation in xdg.portal.extraPortals.";
    }
    {
      # Real NixOS lets this pass, and both then fight for the screen.
      assertion = builtins.length displayManagers < 2;
      message = "STAND-IN: more than one display manager is enabled: ${toString displayManagers}.";
    }
    {
      assertion =
        displayManager.defaultSession != null -> builtins.elem displayManager.defaultSession sessions;
      message = "Default graphical session, '${toString displayManager.defaultSession}', not found. Valid names for 'services.displayManager.defaultSession' are: ${toString sessions}";
    }
    {
      # Real NixOS lets this pass, and nothing shows a login.
      assertion = sessions != [ ] -> displayManagers != [ ];
      message = "STAND-IN: there is a desktop (${toString sessions}), and no display manager.";
    }
    {
      assertion = displayManager.sddm.enable -> xserver.enable || displayManager.sddm.wayland.enable;
      message = "SDDM requires either services.xserver.enable or services.displayManager.sddm.wayland.enable to be true";
    }
    {
      assertion = xserver.displayManager.lightdm.enable -> xserver.enable;
      message = "LightDM requires services.xserver.enable to be true";
    }
    {
      assertion = !(config.services.pulseaudio.enable && config.services.pipewire.enable);
      message = "PipeWire and PulseAudio can't both be the sound server: set one of `services.pipewire.enable' and `services.pulseaudio.enable' to false.";
    }
    {
      assertion = !(config.services.tlp.enable && config.services.power-profiles-daemon.enable);
      message = "You have set services.power-profiles-daemon.enable = true; which conflicts with services.tlp.enable = true;";
    }
    {
      assertion =
        builtins.elem "nvidia" xserver.videoDrivers -> config.hardware.nvidia.open != null;
      message = "You must configure `hardware.nvidia.open` on NVIDIA driver versions >= 560.";
    }
    {
      assertion = config.hardware.enableAllFirmware -> config.nixpkgs.config.allowUnfree;
      message = "the list of hardware.enableAllFirmware contains non-redistributable licensed firmware files.";
    }
  ];
}
