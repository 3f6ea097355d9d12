# STAND-IN: busybox with a link for each of its programs, at a path scripts can start with.
# The builder itself is busybox, so it is the only program there is.
"$builder" mkdir -p "$out/bin"
"$builder" cat "$builder" > "$out/bin/busybox"
"$builder" chmod 755 "$out/bin/busybox"
"$out/bin/busybox" --install -s "$out/bin"
