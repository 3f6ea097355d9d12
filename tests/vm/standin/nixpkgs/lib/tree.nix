# The option table as a tree, so that a definition can be followed down to its option:
#
#   { option = null or { type, status }; path = "users.users"; children = { "<name>" = …; }; }
#
# `<name>` stands for every name in a set, `*` for every element of a list.
# STAND-IN: written for Nevado's tests, not taken from nixpkgs.
{ lib }:
let
  node =
    path: entries:
    let
      own = builtins.filter (entry: entry.rest == [ ]) entries;
      below = builtins.filter (entry: entry.rest != [ ]) entries;
    in
    {
      inherit path;
      option = if own == [ ] then null else (builtins.head own).option;
      children = builtins.mapAttrs (
        name: entries:
        node (if path == "" then name else "${path}.${name}") (
          map (entry: entry // { rest = builtins.tail entry.rest; }) entries
        )
      ) (builtins.groupBy (entry: builtins.head entry.rest) below);
    };
in
{
  # From the table: { "users.mutableUsers" = { type = "boolean"; status = "current"; }; … }
  fromTable =
    table:
    node "" (
      map (path: {
        rest = lib.splitString "." path;
        option = table.${path};
      }) (builtins.attrNames table)
    );
}
