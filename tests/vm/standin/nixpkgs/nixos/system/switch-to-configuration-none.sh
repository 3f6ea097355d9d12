#!@tools@/bin/sh
# STAND-IN for a boot loader that the stand-in can't install: the system evaluates, and stops here.
echo "STAND-IN: only systemd-boot, and GRUB for BIOS, can be installed here." >&2
exit 1
