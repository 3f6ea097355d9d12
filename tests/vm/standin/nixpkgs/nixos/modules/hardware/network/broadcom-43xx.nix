# STAND-IN: what hardware-configuration.nix imports for Broadcom's FullMAC cards. The real one
# adds their firmware, which the stand-in has none of.
{ }
