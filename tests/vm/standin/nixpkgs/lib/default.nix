# The part of nixpkgs' `lib` that an installed configuration uses.
# STAND-IN: written for Nevado's tests, not taken from nixpkgs.
let
  priorities = import ./priorities.nix;
  strings = import ./strings.nix;
  base = priorities // strings // {
    optional = condition: value: if condition then [ value ] else [ ];
    optionals = condition: list: if condition then list else [ ];
    optionalAttrs = condition: attrs: if condition then attrs else { };
    inherit (builtins)
      attrNames
      attrValues
      concatLists
      concatMap
      concatStringsSep
      elem
      filter
      foldl'
      head
      isAttrs
      isList
      isString
      length
      listToAttrs
      map
      mapAttrs
      tail
      ;
    mapAttrsToList = f: attrs: map (name: f name attrs.${name}) (builtins.attrNames attrs);
    filterAttrs =
      keep: attrs:
      builtins.listToAttrs (
        builtins.concatMap (
          name:
          if keep name attrs.${name} then
            [
              {
                inherit name;
                value = attrs.${name};
              }
            ]
          else
            [ ]
        ) (builtins.attrNames attrs)
      );
    unique = builtins.foldl' (seen: x: if builtins.elem x seen then seen else seen ++ [ x ]) [ ];
    last = list: builtins.elemAt list (builtins.length list - 1);
    trivial = {
      release = builtins.readFile ../.version;
    };
  };
  typeWords = import ./type-words.nix { inherit strings; };
in
base
// {
  inherit typeWords;
  types = import ./types.nix {
    inherit typeWords;
    lib = base;
  };
  modules = import ./modules.nix { lib = base; };
}
