# The modules that are part of every system, beside the configuration itself.
[
  ./boot.nix
  ./desktops.nix
  ./file-systems.nix
  ./network.nix
  ./platform.nix
  ./users.nix
]
