# What root types: the next start is the first generation's, as `systemctl reboot
# --boot-loader-entry=` tells the boot loader, and as choosing it in the menu would have it.

mount -t efivarfs efivarfs /sys/firmware/efi/efivars 2>/dev/null
. /run/current-system/stand-in/devices.sh
. /run/current-system/stand-in/boot-variable.sh
global=4a67b082-0a4c-41cf-b6c7-440b29bb8c4f # the Boot Loader Interface's
set_variable LoaderEntryOneShot "$(utf16 nixos-generation-1.conf)" || echo "ROOT failed: the choice"
