# Follows definitions down the option tree and merges them by type.
#
# Everything here returns `{ value; checked; }`: `value` is lazy, as configurations that read
# `config` need it; forcing `checked` forces every definition, so that a mistake in an option
# that nothing reads is found too (real NixOS reads nearly all of them).
#
# STAND-IN: written for Nevado's tests, not taken from nixpkgs.
{ lib, types, submoduleDefaults }:
let
  inherit (lib) showOption showDefinitions;

  definitionsText =
    definitions:
    lib.optionalString (definitions != [ ]) " Definition values:${showDefinitions definitions}";

  allChecked = builtins.foldl' (before: result: builtins.seq before result.checked) null;
  result = value: {
    inherit value;
    checked = builtins.deepSeq value null;
  };

  # Sets of definitions by attribute name: { name = [ definition … ]; }
  byName =
    loc: definitions:
    builtins.zipAttrsWith (_: list: list) (
      map (
        definition:
        if types.isPlainSet definition.value then
          builtins.mapAttrs (_: value: definition // { inherit value; }) definition.value
        else
          throw "A definition for option `${showOption loc}' is not of type `attribute set'.${definitionsText [ definition ]}"
      ) (builtins.concatMap lib.pushDown definitions)
    );

  noSuchOption =
    loc: definitions:
    throw "The option `${showOption loc}' does not exist.${definitionsText (builtins.concatMap lib.pushDown definitions)}";

  # A place in the tree: an option, or a set of further places.
  place =
    {
      node,
      loc,
      definitions,
      default,
    }:
    if node.option == null then
      set { inherit node loc definitions; defaults = if default == null then { } else default.value; }
    else if definitions != [ ] && node.option.status == "retired" then
      {
        value = throw (retired loc definitions);
        checked = throw (retired loc definitions);
      }
    else
      option {
        type = types.parse node.option.type;
        inherit node loc definitions default;
      };

  retired =
    loc: definitions:
    "The option `${showOption loc}' is retired: NixOS has renamed or removed it.${definitionsText definitions}";

  # A set whose names the tree knows; `freeform` is the type of others, if any are allowed.
  set =
    {
      node,
      loc,
      definitions,
      defaults,
      freeform ? null,
    }:
    let
      given = byName loc definitions;
      known = builtins.mapAttrs (
        name: child:
        place {
          node = child;
          loc = loc ++ [ name ];
          definitions = given.${name} or [ ];
          default = if defaults ? ${name} then { value = defaults.${name}; } else null;
        }
      ) node.children;
      unknown = builtins.removeAttrs given (builtins.attrNames node.children);
      free = builtins.mapAttrs (
        name: definitions:
        if freeform == null then
          let
            error = noSuchOption (loc ++ [ name ]) definitions;
          in
          {
            value = error;
            checked = error;
          }
        else
          option {
            type = freeform;
            node = nowhere;
            loc = loc ++ [ name ];
            inherit definitions;
            default = null;
          }
      ) unknown;
    in
    {
      value = builtins.mapAttrs (_: r: r.value) (known // free);
      checked = allChecked (
        builtins.attrValues free ++ map (name: known.${name}) (
          builtins.filter (name: known ? ${name}) (builtins.attrNames given)
        )
      );
    };

  # A place the option table says nothing about.
  nowhere = {
    path = null;
    option = null;
    children = { };
  };

  # One option, or one element of an option: the strongest definitions, checked and merged.
  option =
    {
      type,
      node,
      loc,
      definitions,
      default,
    }:
    let
      strongest = lib.strongest definitions;
      wrong = builtins.filter (definition: !types.check type definition.value) strongest;
      error = "A definition for option `${showOption loc}' is not of type `${type.words}'.${definitionsText wrong}";
      merged = merges.${type.kind} {
        inherit type node loc;
        definitions = strongest;
      };
    in
    if definitions == [ ] then
      {
        value =
          if default == null then
            throw "The option `${showOption loc}' was accessed but has no value defined. Try setting the option."
          else
            default.value;
        checked = null;
      }
    else if strongest == [ ] then
      option {
        inherit type node loc default;
        definitions = [ ];
      }
    else if wrong != [ ] then
      {
        value = throw error;
        checked = throw error;
      }
    else
      merged;

  # All definitions say the same, or it is a conflict.
  equal =
    { loc, definitions, ... }:
    let
      first = (builtins.head definitions).value;
    in
    result (
      if builtins.all (definition: definition.value == first) definitions then
        first
      else
        throw "The option `${showOption loc}' has conflicting definition values:${showDefinitions definitions}\nUse `lib.mkForce value` or `lib.mkDefault value` to change the priority on any of these definitions."
    );

  single =
    { loc, definitions, ... }:
    result (
      if builtins.length definitions == 1 then
        (builtins.head definitions).value
      else
        throw "The option `${showOption loc}' is defined multiple times while it's expected to be unique.${definitionsText definitions}"
    );

  elementNode = name: node: node.children.${name} or (nowhere // { inherit (node) path; });

  merges = {
    "null" = equal;
    boolean = equal;
    float = equal;
    integer = equal;
    text = equal;
    path = equal;
    one-of = equal;
    function = single;
    raw = single;
    package = single;
    atom = equal;

    joined =
      { type, definitions, ... }:
      result (lib.concatMapStringsSep type.separator (definition: definition.value) definitions);

    list =
      { type, node, loc, definitions }:
      let
        elements = builtins.concatMap (
          definition: map (value: builtins.removeAttrs definition [ "order" "priority" ] // { inherit value; }) definition.value
        ) definitions;
        merged = builtins.filter (element: element != null) (
          map (
            element:
            if lib.strongest [ element ] == [ ] then
              null
            else
              option {
                type = type.of;
                node = elementNode "*" node;
                loc = loc ++ [ "*" ];
                definitions = [ element ];
                default = null;
              }
          ) elements
        );
      in
      {
        value = map (r: r.value) merged;
        checked = allChecked merged;
      };

    attrs-of =
      { type, node, loc, definitions }:
      let
        present = lib.filterAttrs (_: list: lib.strongest list != [ ]) (byName loc definitions);
        merged = builtins.mapAttrs (
          name: definitions:
          option {
            type = type.of;
            node = elementNode "<name>" node;
            loc = loc ++ [ name ];
            inherit definitions;
            default = null;
          }
        ) present;
      in
      {
        value = builtins.mapAttrs (_: r: r.value) merged;
        checked = allChecked (builtins.attrValues merged);
      };

    attrs =
      { definitions, ... }:
      result (builtins.foldl' (merged: definition: merged // definition.value) { } definitions);

    # Sets and lists grow together, anything else must be equal.
    anything =
      { loc, definitions, ... }@arguments:
      let
        values = map (definition: definition.value) definitions;
      in
      if builtins.all builtins.isList values then
        result (builtins.concatLists values)
      else if builtins.length values > 1 && builtins.all types.isPlainSet values then
        merges.attrs arguments
      else if builtins.length values == 1 then
        result (builtins.head values)
      else
        equal arguments;

    # A submodule that the table has no options for takes anything.
    submodule =
      { type, node, loc, definitions }:
      let
        self = set {
          inherit node loc definitions;
          freeform =
            if type ? freeform then
              type.freeform
            else if node.children == { } then
              types.parse "unspecified value"
            else
              null;
          defaults = (submoduleDefaults.${toString node.path} or (_: { })) {
            name = lib.last loc;
            config = self.value;
          };
        };
      in
      self;

    any-of =
      { type, loc, definitions, ... }@arguments:
      let
        fitting = builtins.filter (
          alternative: builtins.all (definition: types.check alternative definition.value) definitions
        ) type.of;
      in
      if fitting == [ ] then
        equal arguments # of different kinds, so certainly not equal
      else
        option (
          arguments
          // {
            type = builtins.head fitting;
            default = null;
          }
        );
  };
in
{
  inherit place;
}
