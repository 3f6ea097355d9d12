# STAND-IN for nixpkgs, for Nevado's test medium only: `import <nixpkgs> { }` gives `pkgs`.
{ config ? { }, ... }:
import ./pkgs { lib = import ./lib; inherit config; }
