#!@tools@/bin/sh
# STAND-IN for nixos-rebuild: `build`, `boot`, `switch`, the last two also with `--rollback`. The
# build and the profile are real Nix's, of the configuration in /etc/nixos: a flake if there is one.
# There is no service manager here, so `switch` activates and starts nothing.
set -eu
export PATH=/run/current-system/sw/bin
profile=/nix/var/nix/profiles/system

action=
rollback=
for word; do
    case $word in
    build | boot | switch) action=$word ;;
    --rollback) rollback=1 ;;
    *) action= && break ;;
    esac
done
if [ -z "$action" ] || { [ "$action" = build ] && [ -n "$rollback" ]; }; then
    echo "nixos-rebuild (stand-in): build, boot, switch, or --rollback boot, and nothing else" >&2
    exit 1
fi

if [ -n "$rollback" ]; then
    nix-env -p "$profile" --rollback
    system=$(readlink -f "$profile")
elif [ -e /etc/nixos/flake.nix ]; then
    flake="path:/etc/nixos#nixosConfigurations.\"$(hostname)\""
    system=$(nix --extra-experimental-features "nix-command flakes" build --no-update-lock-file \
        --no-link --print-out-paths "$flake.config.system.build.toplevel")
else
    system=$(nix-build '<nixpkgs/nixos>' -A system --no-out-link)
fi
echo "$system"
[ "$action" != build ] || exit 0
[ -n "$rollback" ] || nix-env -p "$profile" --set "$system"
if [ "$action" = switch ]; then
    "$system/activate"
fi
"$system/bin/switch-to-configuration" boot
