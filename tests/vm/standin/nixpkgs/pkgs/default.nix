# STAND-IN for the package set: real names, and behind each name a set that says only what it
# is. Nothing can be built from it, so evaluation is quick. A name that `names.json` does not
# have is missing, as a misspelt one is in nixpkgs.
{ lib, config }:
let
  names = builtins.fromJSON (builtins.readFile ./names.json);

  package = name: {
    type = "derivation";
    inherit name;
    pname = name;
    outPath = "/nix/store/00000000000000000000000000000000-stand-in-${name}";
  };
  unfree =
    name:
    if config.allowUnfree or false || builtins.elem name (config.allowUnfreePackages or [ ]) then
      package name
    else
      throw "Package ‘${name}’ has an unfree license (‘unfree’), refusing to evaluate.";

  named =
    make: list:
    builtins.listToAttrs (
      map (name: {
        inherit name;
        value = make name;
      }) list
    );
in
named package names.free
// named unfree names.unfree
// builtins.mapAttrs (
  set: list:
  named (name: package name // { inherit set; }) list
  // lib.optionalAttrs (lib.hasPrefix "linuxPackages" set) {
    nvidiaPackages = named package [
      "legacy_470"
      "legacy_580"
      "stable"
    ];
  }
) names.sets
// {
  inherit lib;
}
