# Type words of the option table that stand for themselves.
# `pattern` is a regular expression that the whole text must match.
# STAND-IN: written for Nevado's tests, not taken from nixpkgs.
let
  integer = least: most: {
    kind = "integer";
    inherit least most;
  };
  smallest = -9223372036854775807;
  largest = 9223372036854775807;
  text = pattern: {
    kind = "text";
    inherit pattern;
  };
in
{
  "null" = {
    kind = "null";
  };
  "boolean" = {
    kind = "boolean";
  };
  "floating point number" = {
    kind = "float";
  };

  "signed integer" = integer smallest largest;
  "positive integer, meaning >0" = integer 1 largest;
  "unsigned integer, meaning >=0" = integer 0 largest;
  "16 bit unsigned integer; between 0 and 65535 (both inclusive)" = integer 0 65535;

  "string" = text null;
  "session name" = text null;
  "non-empty string" = text ".+";
  # Real nixpkgs also refuses text of blanks only here.
  "string (with check: non-empty)" = text ".*[^ \t\r\n].*";
  "string (with check: non-empty without trailing slash)" = text ".*[^ \t\r\n/]|/";
  "string without spaces" = text "[^ \t]*";
  "string, not containing newlines or colons" = text "[^:\n]*";
  "(optionally newline-terminated) single-line string" = text "[^\n]*\n?";
  "string, with spaces inside double quotes" = text "([^ \t\"]|\"[^\"]*\")*";
  "strings concatenated with \"\\n\"" = {
    kind = "joined";
    separator = "\n";
  };
  "strings concatenated with \",\"" = {
    kind = "joined";
    separator = ",";
  };

  "absolute path" = {
    kind = "path";
  };
  "absolute path, not containing newlines or colons" = {
    kind = "path";
  };

  "package" = {
    kind = "package";
  };
  "NetworkManager plugin package" = {
    kind = "package";
  };
  "package with provided sessions" = {
    kind = "package";
  };

  "submodule" = {
    kind = "submodule";
  };
  "attribute set" = {
    kind = "attrs";
  };
  "raw value" = {
    kind = "raw";
  };
  "unspecified value" = {
    kind = "anything";
  };
  "anything" = {
    kind = "anything";
  };
  "JSON value" = {
    kind = "anything";
  };
  "nixpkgs overlay" = {
    kind = "function";
  };
  "Nix config atom (null, bool, int, float, str, path or package)" = {
    kind = "atom";
  };
}
