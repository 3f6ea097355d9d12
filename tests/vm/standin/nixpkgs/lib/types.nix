# Whether a value fits a type (as `type-words.nix` reads it). Containers look at their own
# shape only: what is inside is checked when it is merged.
# STAND-IN: written for Nevado's tests, not taken from nixpkgs.
{ lib, typeWords }:
let
  isPackage = value: builtins.isAttrs value && (value.type or null) == "derivation";
  isPathLike =
    value:
    builtins.isPath value
    || isPackage value
    || (builtins.isString value && builtins.substring 0 1 value == "/");
  isPlainSet = value: builtins.isAttrs value && !isPackage value;

  checks = {
    "null" = _: value: value == null;
    boolean = _: builtins.isBool;
    float = _: value: builtins.isFloat value || builtins.isInt value;
    integer =
      type: value: builtins.isInt value && value >= type.least && value <= type.most;
    text =
      type: value:
      builtins.isString value && (type.pattern == null || builtins.match type.pattern value != null);
    joined = _: builtins.isString;
    path = _: isPathLike;
    package = _: value: isPackage value || (isPathLike value && lib.hasPrefix "/nix/store/" "${value}");
    one-of = type: value: builtins.elem value type.values;
    function = _: builtins.isFunction;
    atom =
      _: value:
      value == null
      || builtins.isBool value
      || builtins.isInt value
      || builtins.isFloat value
      || builtins.isString value
      || builtins.isPath value
      || isPackage value;
    list = type: value: builtins.isList value && !((type.nonEmpty or false) && value == [ ]);
    attrs-of = _: isPlainSet;
    attrs = _: isPlainSet;
    submodule = _: isPlainSet;
    any-of = type: value: builtins.any (alternative: check alternative value) type.of;
    raw = _: _: true;
    anything = _: _: true;
  };

  check = type: value: checks.${type.kind} type value;
in
{
  inherit check isPlainSet;
  inherit (typeWords) parse;
}
