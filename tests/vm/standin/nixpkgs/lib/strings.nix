# Text: taking apart, and showing option names and values in messages.
# STAND-IN: written for Nevado's tests, not taken from nixpkgs.
rec {
  hasPrefix = prefix: text: builtins.substring 0 (builtins.stringLength prefix) text == prefix;
  hasSuffix =
    suffix: text:
    let
      rest = builtins.stringLength text - builtins.stringLength suffix;
    in
    rest >= 0 && builtins.substring rest (-1) text == suffix;
  removePrefix =
    prefix: text:
    if hasPrefix prefix text then
      builtins.substring (builtins.stringLength prefix) (-1) text
    else
      text;
  removeSuffix =
    suffix: text:
    if hasSuffix suffix text then
      builtins.substring 0 (builtins.stringLength text - builtins.stringLength suffix) text
    else
      text;
  splitString =
    separator: text: builtins.filter builtins.isString (builtins.split (escapeRegex separator) text);
  escapeRegex = builtins.replaceStrings [ "\\" "." "(" ")" "[" "]" "*" "+" "?" "|" "^" "$" "{" "}" ] [
    "\\\\"
    "\\."
    "\\("
    "\\)"
    "\\["
    "\\]"
    "\\*"
    "\\+"
    "\\?"
    "\\|"
    "\\^"
    "\\$"
    "\\{"
    "\\}"
  ];
  optionalString = condition: text: if condition then text else "";
  concatMapStringsSep =
    separator: f: list:
    builtins.concatStringsSep separator (map f list);
  escapeShellArg =
    text: "'" + builtins.replaceStrings [ "'" ] [ "'\\''" ] (toString text) + "'";

  # `fileSystems."/".device`: a part that is no plain name is quoted.
  showOption =
    path:
    builtins.concatStringsSep "." (
      map (
        part: if builtins.match "[a-zA-Z_][a-zA-Z0-9_'-]*" part != null then part else builtins.toJSON part
      ) path
    );

  # A value for a message; long ones are cut, functions and packages only named.
  showValue =
    value:
    if builtins.isFunction value then
      "<function>"
    else if builtins.isPath value then
      toString value
    else if builtins.isAttrs value then
      if (value.type or null) == "derivation" then
        "<derivation ${value.name or "?"}>"
      else
        "{ "
        + builtins.concatStringsSep " " (
          map (name: "${name} = ${showValue value.${name}};") (builtins.attrNames value)
        )
        + " }"
    else if builtins.isList value then
      "[ " + builtins.concatStringsSep " " (map showValue value) + " ]"
    else
      builtins.toJSON value;

  showDefinitions =
    definitions:
    builtins.concatStringsSep "" (
      map (d: "\n- In `${d.file}': ${builtins.substring 0 200 (showValue d.value)}") definitions
    );
}
