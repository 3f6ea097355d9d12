# Properties of a definition: how strong it is, whether it counts, where it goes in a list.
# STAND-IN: written for Nevado's tests, not taken from nixpkgs.
let
  isProperty = kind: value: builtins.isAttrs value && (value._type or null) == kind;

  # Lower numbers win. A definition without a property has 100, a default of an option 1500.
  mkOverride = priority: content: {
    _type = "override";
    inherit priority content;
  };
  mkOrder = priority: content: {
    _type = "order";
    inherit priority content;
  };

  # One definition as a list of plain ones: mkMerge gives several, mkIf false none.
  discharge =
    definition:
    let
      inherit (definition) value;
      again = changes: discharge (definition // changes);
    in
    if isProperty "merge" value then
      builtins.concatMap (content: again { value = content; }) value.contents
    else if isProperty "if" value then
      if value.condition then again { value = value.content; } else [ ]
    else if isProperty "override" value then
      again {
        value = value.content;
        inherit (value) priority;
      }
    else if isProperty "order" value then
      again {
        value = value.content;
        order = value.priority;
      }
    else
      [ definition ];

  # A definition of a set, with its properties moved down to the set's attributes.
  pushDown =
    definition:
    let
      inherit (definition) value;
      wrap =
        property:
        map (inner: inner // { value = builtins.mapAttrs (_: property) inner.value; }) (
          pushDown (definition // { value = value.content; })
        );
    in
    if isProperty "merge" value then
      builtins.concatMap (content: pushDown (definition // { value = content; })) value.contents
    else if isProperty "if" value then
      wrap (content: value // { inherit content; })
    else if isProperty "override" value then
      wrap (content: value // { inherit content; })
    else
      [ definition ];
in
{
  inherit
    mkOverride
    mkOrder
    discharge
    pushDown
    ;
  mkDefault = mkOverride 1000;
  mkForce = mkOverride 50;
  mkVMOverride = mkOverride 10;
  mkOptionDefault = mkOverride 1500;
  mkBefore = mkOrder 500;
  mkAfter = mkOrder 1500;
  mkIf = condition: content: {
    _type = "if";
    inherit condition content;
  };
  mkMerge = contents: {
    _type = "merge";
    inherit contents;
  };

  # The definitions that count: those of the strongest priority, in their order.
  strongest =
    definitions:
    let
      all = builtins.concatMap discharge definitions;
      priorityOf = definition: definition.priority or 100;
      best = builtins.foldl' (
        least: definition: if priorityOf definition < least then priorityOf definition else least
      ) 9999 all;
    in
    builtins.sort (a: b: (a.order or 1000) < (b.order or 1000)) (
      builtins.filter (definition: priorityOf definition == best) all
    );
}
