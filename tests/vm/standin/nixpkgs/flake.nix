# STAND-IN for nixpkgs' flake, for Nevado's test medium only: `lib.nixosSystem` as the real one has
# it, as far as a configuration written by Nevado calls it.
{
  description = "A stand-in for nixpkgs";

  outputs =
    { self }:
    {
      lib = import ./lib // {
        nixosSystem =
          { modules }:
          let
            evaluated = import ./nixos {
              configuration = {
                # The real one, too, keeps its own source in the system, so that it is there offline.
                imports = modules ++ [ { nixpkgs.flake.source = toString self; } ];
              };
            };
          in
          {
            inherit (evaluated) pkgs;
            config = evaluated.config // {
              system = evaluated.config.system // {
                build.toplevel = evaluated.system;
              };
            };
          };
      };
    };
}
