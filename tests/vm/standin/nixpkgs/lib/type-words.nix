# Reads the words that describe an option's type in the option table into a tree:
#
#   "null or (list of string)"  ->  { kind = "any-of"; of = [ <null> <list of string> ]; }
#
# STAND-IN: written for Nevado's tests, not taken from nixpkgs.
{ strings }:
let
  inherit (strings) hasPrefix removePrefix removeSuffix;

  leaves = import ./type-leaves.nix;

  # Splits at " or " where no parenthesis and no quotation mark is open.
  alternatives =
    words:
    let
      tokens = builtins.filter (token: token != "") (
        map (token: if builtins.isList token then builtins.head token else token) (
          builtins.split "( or |[()\"])" words
        )
      );
      start = {
        done = [ ];
        text = "";
        depth = 0;
        quoted = false;
      };
      step =
        state: token:
        if token == " or " && state.depth == 0 && !state.quoted then
          state
          // {
            done = state.done ++ [ state.text ];
            text = "";
          }
        else
          state
          // {
            text = state.text + token;
            quoted = if token == "\"" then !state.quoted else state.quoted;
            depth =
              if state.quoted then
                state.depth
              else if token == "(" then
                state.depth + 1
              else if token == ")" then
                state.depth - 1
              else
                state.depth;
          };
      end = builtins.foldl' step start tokens;
    in
    end.done ++ [ end.text ];

  quotedWords =
    words: map builtins.head (builtins.filter builtins.isList (builtins.split "\"([^\"]*)\"" words));

  after = prefix: words: parse (removePrefix prefix words);

  compound =
    words:
    if builtins.match "\\(.*\\)" words != null then
      parse (removeSuffix ")" (removePrefix "(" words))
    else if hasPrefix "list of " words then
      {
        kind = "list";
        of = after "list of " words;
      }
    else if hasPrefix "non-empty (list of " words then
      compound (removePrefix "non-empty " words) // { nonEmpty = true; }
    else if hasPrefix "attribute set of " words then
      {
        kind = "attrs-of";
        of = after "attribute set of " words;
      }
    else if hasPrefix "lazy attribute set of " words then
      {
        kind = "attrs-of";
        of = after "lazy attribute set of " words;
      }
    else if hasPrefix "open submodule of " words then
      {
        kind = "submodule";
        freeform = (after "open submodule of " words).of;
      }
    else if hasPrefix "one of " words || hasPrefix "value " words then
      {
        kind = "one-of";
        values = quotedWords words;
      }
    else if hasPrefix "string matching the pattern " words then
      {
        kind = "text";
        pattern = removePrefix "string matching the pattern " words;
      }
    else if hasPrefix "function that evaluates to " words then
      { kind = "function"; }
    else
      throw "STAND-IN: type words not understood: `${words}'";

  parse =
    words:
    let
      parts = alternatives (removeSuffix " convertible to it" words);
    in
    (
      if leaves ? ${words} then
        leaves.${words}
      else if builtins.length parts > 1 then
        {
          kind = "any-of";
          of = map parse parts;
        }
      else
        compound words
    )
    // {
      inherit words;
    };
in
{
  inherit parse;
}
