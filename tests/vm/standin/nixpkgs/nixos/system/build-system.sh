# STAND-IN: puts the system together. Scripts are templates: @tools@, @system@ and the like
# become paths of the store.
script() {
    sed -e "s|@tools@|$tools|g" -e "s|@system@|$out|g" -e "s|@etc@|$etc|g" \
        -e "s|@systemdBoot@|$systemdBoot|g" -e "s|@esp@|$esp|g" -e "s|@version@|$version|g" \
        -e "s|@grub@|$grub|g" -e "s|@grubDevices@|$grubDevices|g" \
        -e "s|@grubTimeout@|$grubTimeout|g" \
        -e "s|@touchEfiVariables@|$touchEfiVariables|g" -e "s|@busybox@|$tools/bin/busybox|g" \
        -e "s|@grubEfi@|$grubEfi|g" -e "s|@grubRemovable@|$grubRemovable|g" \
        -e "s|@login@|$login|g" "$1" > "$2"
    chmod 755 "$2"
}
mkdir -p "$out/bin" "$out/sw/bin" "$out/stand-in"
ln -s "$kernel" "$out/kernel"
ln -s "$initrd/initrd" "$out/initrd"
ln -s "$etc" "$out/etc"
printf '%s' "$kernelParams" > "$out/kernel-params"
printf '%s' "$version" > "$out/nixos-version"
printf '%s' "$platform" > "$out/system"
printf '%s' "$loaderConf" > "$out/stand-in/loader.conf"
cp "$usersProgram" "$out/stand-in/users.awk"
cp "$devices" "$out/stand-in/devices.sh"
cp "$bootVariable" "$out/stand-in/boot-variable.sh"
script "$report" "$out/stand-in/report.sh"
script "$loginProgram" "$out/stand-in/login.sh"
script "$init" "$out/init"
script "$activate" "$out/activate"
script "$switch" "$out/bin/switch-to-configuration"
"$tools/bin/busybox" --install -s "$out/sw/bin"
rm -f "$out/sw/bin/passwd" # can't be used without a terminal, and would hide a mistake
script "$chpasswd" "$out/sw/bin/chpasswd"
ln -s "$out/bin/switch-to-configuration" "$out/sw/bin/switch-to-configuration"
# Where real NixOS looks for the shell; nixos-enter starts it.
printf '#!%s\nexec %s "$@"\n' "$tools/bin/sh" "$tools/bin/sh" > "$out/sw/bin/bash"
chmod 755 "$out/sw/bin/bash"
if [ -n "$nix" ]; then
    # There are no other computers to build on, and Nix, started by its loader, could not call itself to
    # ask; it ignores this option in nix.conf.
    for name in nix nix-build nix-env nix-store; do
        cat > "$out/sw/bin/$name" <<END
#!$tools/bin/sh
exec $nix/lib/ld-linux-x86-64.so.2 --argv0 $name --library-path $nix/lib $nix/nix --option build-hook "" "\$@"
END
        chmod 755 "$out/sw/bin/$name"
    done
    script "$rebuild" "$out/sw/bin/nixos-rebuild"
fi
