# STAND-IN for NixOS, for Nevado's test medium only. Called as the real one:
#
#   nix-build '<nixpkgs/nixos>' -A system -I nixos-config=/mnt/etc/nixos/configuration.nix
#
# `nixos-option-types.json` (the option table) and `parts/` (kernel, modules, busybox, boot
# loader) are put beside this file when the medium is made.
{
  configuration ? <nixos-config>,
  system ? builtins.currentSystem,
}:
let
  lib = import ../lib;

  evaluation = lib.modules.evaluate {
    table = lib.filterAttrs (
      _: option: builtins.compareVersions (option.since or "0") lib.trivial.release <= 0
    ) (builtins.fromJSON (builtins.readFile ./nixos-option-types.json));
    modules = [ configuration ] ++ import ./modules/list.nix;
    arguments = {
      inherit config lib pkgs;
      options = throw "STAND-IN: modules can't read `options' here.";
      modulesPath = toString ./modules;
    };
    inherit (import ./defaults.nix { inherit config lib pkgs; }) defaults submoduleDefaults;
  };

  pkgs = import ../pkgs {
    inherit lib;
    config = evaluation.value.nixpkgs.config;
  };

  config = evaluation.value // {
    system = evaluation.value.system // {
      build.toplevel = toplevel;
    };
  };

  toplevel = import ./system { inherit config lib; };

  failed = builtins.filter (assertion: !assertion.assertion) config.assertions;

  # What real NixOS does before it hands out the system: assertions fail, warnings are shown.
  checked =
    if failed != [ ] then
      throw "\nFailed assertions:\n${lib.concatMapStringsSep "\n" (a: "- ${a.message}") failed}"
    else
      builtins.foldl' (
        before: warning: builtins.trace "evaluation warning: ${warning}" before
      ) toplevel config.warnings;
in
{
  inherit config pkgs;
  system = builtins.seq evaluation.checked checked;
}
