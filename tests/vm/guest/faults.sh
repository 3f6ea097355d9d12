# In the live medium: what the stand-ins must refuse, and a disk spoilt for the next boot.
#
# /share/configurations/sound/ has the files that were installed, the folders beside it have them
# with one fault each. Output and exit status of each try go to /share/out.

out=/share/out

for folder in /share/configurations/*; do
    name=$(basename $folder)
    nix-instantiate --eval '<nixpkgs/nixos>' -A system.drvPath \
        -I nixos-config=$folder/configuration.nix >$out/$name 2>&1
    echo $? >$out/$name.status
done

mount /dev/vda2 /mnt && mount /dev/vda1 /mnt/boot || exit
nixos-install --root /mnt --no-root-passwd --no-such-flag >$out/unknown-flag 2>&1
echo $? >$out/unknown-flag.status

# A root file system that isn't there evaluates and builds, and must not boot.
set -e
cp /share/configurations/wrong-uuid/* /mnt/etc/nixos/
nixos-install --root /mnt --no-root-passwd >$out/install-wrong-uuid 2>&1
umount -R /mnt
