# STAND-IN: the static part of /etc, and the tables that activation reads.
mkdir -p "$out/stand-in"
cd "$out"
echo "$hostName" > hostname
echo "LANG=$defaultLocale" > locale.conf
echo "KEYMAP=$keyMap" > vconsole.conf
if [ -n "$timeZone" ]; then
    ln -s "/etc/zoneinfo/$timeZone" localtime
fi
cat > os-release <<END
NAME=NixOS
ID=nixos
VERSION_ID="${version%%.2*}"
PRETTY_NAME="NixOS $version (Nevado's stand-in)"
END
mkdir nix
# There are no build users here, and no network to fetch anything from.
cat > nix/nix.conf <<END
experimental-features = $nixFeatures
build-users-group =
sandbox = false
substituters =
END
if [ -n "$flakeSource" ]; then
    cat > nix/registry.json <<END
{"flakes":[{"from":{"id":"nixpkgs","type":"indirect"},"to":{"path":"$flakeSource","type":"path"}}],"version":2}
END
fi
printf '%s' "$fileSystems" > stand-in/file-systems
printf '%s' "$swap" > stand-in/swap
printf '%s' "$users" > stand-in/users
printf '%s' "$groups" > stand-in/groups
printf '%s\n' "$packages" > stand-in/packages
{
    echo "# Made from the configuration; a change here is lost."
    awk -F '\t' '{ print $2, $1, $3, ($4 == "-" ? "defaults" : $4), 0, ($1 == "/" ? 1 : 2) }' stand-in/file-systems
    awk -F '\t' '$1 == "disk" { print $2, "none swap defaults 0 0" }' stand-in/swap
} > fstab
