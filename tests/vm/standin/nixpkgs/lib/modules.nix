# A small module system: collects modules and their imports, then merges their definitions.
# Modules define options; declaring new ones is not part of this stand-in.
# STAND-IN: written for Nevado's tests, not taken from nixpkgs.
{ lib }:
let
  # A module as given: a path, a function, or a set. Gives { key; file; content; }.
  load =
    arguments: parent: module:
    let
      isFile = builtins.isPath module || builtins.isString module;
      file = if isFile then toString module else parent;
      body = if isFile then import (fileOf module) else module;
      content = if builtins.isFunction body then call body else body;
      call =
        function:
        let
          wanted = builtins.functionArgs function;
          missing = builtins.filter (name: !wanted.${name} && !(arguments ? ${name})) (
            builtins.attrNames wanted
          );
        in
        if missing != [ ] then
          throw "The module `${file}' asks for the argument `${builtins.head missing}', which does not exist."
        else
          function arguments;
    in
    if !(isFile || builtins.isFunction module || builtins.isAttrs module) then
      throw "Module `${parent}' imports something that is no module."
    else if !builtins.isAttrs content then
      throw "Module `${file}' is not an attribute set."
    else
      {
        file = content._file or file;
        inherit content isFile;
      };

  fileOf = path: if builtins.pathExists (toString path + "/default.nix") then path + "/default.nix" else path;

  # Depth first, each file once, imports before the module itself as the order of lists needs it.
  collect =
    arguments: modules:
    let
      visit =
        parent: state: module:
        let
          loaded = load arguments parent module;
        in
        if loaded.isFile && builtins.elem loaded.file state.seen then
          state
        else
          let
            entered = state // {
              seen = state.seen ++ [ loaded.file ];
            };
            inner = builtins.foldl' (visit loaded.file) entered (loaded.content.imports or [ ]);
          in
          inner // { modules = inner.modules ++ [ loaded ]; };
    in
    (builtins.foldl' (visit "<stand-in>") {
      seen = [ ];
      modules = [ ];
    } modules).modules;

  reserved = [
    "_class"
    "_file"
    "key"
    "imports"
    "disabledModules"
  ];

  definitionOf =
    { file, content, ... }:
    let
      rest = builtins.removeAttrs content (reserved ++ [ "config" "options" ]);
    in
    {
      inherit file;
      value =
        if content ? options then
          throw "STAND-IN: module `${file}' declares options; the stand-in can't do that."
        else if !(content ? config) then
          rest
        else if rest != { } then
          throw "Module `${file}' has an unsupported attribute `${builtins.head (builtins.attrNames rest)}'. This is caused by introducing a top-level `config' or `options' attribute."
        else
          content.config;
    };
in
{
  # table: the option table; defaults: nested set; submoduleDefaults: by path in the table.
  evaluate =
    {
      table,
      modules,
      defaults,
      submoduleDefaults,
      arguments,
    }:
    let
      types = import ./types.nix {
        inherit lib;
        typeWords = import ./type-words.nix { strings = lib; };
      };
      inherit (import ./merge.nix { inherit lib types submoduleDefaults; }) place;
      tree = (import ./tree.nix { inherit lib; }).fromTable table;
    in
    place {
      node = tree // {
        option = null;
      };
      loc = [ ];
      definitions = map definitionOf (collect arguments modules);
      default.value = defaults;
    };
}
