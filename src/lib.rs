//! Nevado installs NixOS: a graphical wizard on a live medium, and unattended from a preset file.
