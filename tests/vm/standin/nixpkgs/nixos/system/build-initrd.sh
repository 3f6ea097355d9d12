# STAND-IN: the initrd, a gzipped cpio archive of busybox, the modules and one script.
work=$TMPDIR/initrd
mkdir -p "$work/bin" "$work/modules"
cp "$tools/bin/busybox" "$work/bin/busybox"
cp "$modules"/* "$work/modules/"
cp "$devices" "$work/devices.sh"
cp "$stage1" "$work/init"
chmod 755 "$work/init"
printf '%s' "$fileSystems" > "$work/file-systems"
printf '%s' "$containers" > "$work/containers"
printf '%s' "$resumeDevice" > "$work/resume-device"
if [ -n "$cryptsetup" ]; then
    cp -r "$cryptsetup" "$work/cryptsetup"
fi
mkdir -p "$out"
cd "$work"
# The same each time that it is built: no times, no numbers of this file system.
find . -exec touch -d @1 {} +
find . | sort | cpio -o -H newc --renumber-inodes --ignore-devno | gzip -1 > "$out/initrd"
