# In the live medium: the wizard in a real window, pressed and clicked from its first page to its last by
# xdotool, with the real engine. Waits are for the window's title, which names the page; the preset is
# German, and so are the titles.

. /share/guest/state.sh
out=/share/out
display=/opt/display

mkdir -p $display
mount -o loop,ro /share/display.squashfs $display
echo $display/lib/x86_64-linux-gnu >/etc/ld.so.conf.d/display.conf
ldconfig
ln -s $display/bin/xkbcomp /usr/bin/xkbcomp
ln -s $display/share/X11 /usr/share/X11
export DISPLAY=:0
$display/bin/Xvfb :0 -screen 0 1100x720x24 -nolisten tcp -noreset -extension GLX -fbdir /run >/dev/null 2>&1 &
server=$!
remember_state

title() {
    $display/bin/xdotool search --name NixOS getwindowname 2>/dev/null
}

# until PAGE SECONDS: waits until the window shows that page, and keeps what is seen.
until_page() {
    patience=$2
    while :; do
        case $(title) in
            "$1 "*) break ;;
        esac
        patience=$((patience - 1))
        if [ $patience -le 0 ] || ! kill -0 "$wizard"; then
            echo "wizard.sh: $1 does not come; the window shows “$(title)”"
            cp /run/Xvfb_screen0 $out/last.xwd
            cp -r /run/nevado/. $out/
            exit 1
        fi
        sleep 1
    done
    echo "$1" | tee -a $out/pages
    # The title is there before the page is drawn.
    sleep 3
    cp /run/Xvfb_screen0 "$out/$1.xwd"
}

press() {
    $display/bin/xdotool key "$@"
}

# The button that leads on stands in the corner of the window.
click_next() {
    $display/bin/xdotool mousemove 1030 684 click 1
}

/share/nevado --preset /share/preset.toml >$out/wizard-messages 2>&1 &
wizard=$!
until_page Willkommen 300
$display/bin/xdotool search --sync --name NixOS windowfocus
for page in Ort Tastatur Netzwerk Datenträger Benutzer Desktop Programme Überblick; do
    click_next
    until_page $page 120
done
# Not before Nix has evaluated the configuration: until then the key does nothing.
patience=60
while case $(title) in "Letzte Frage "*) false ;; esac && [ $patience -gt 0 ]; do
    press ctrl+Return
    sleep 5
    patience=$((patience - 1))
done
until_page "Letzte Frage" 5
# The way back has the focus; the way on is one further.
press Tab
press Return
until_page Installation 120
until_page Fertig 600
kill $wizard
wait $wizard
# What the wizard started holds the console open.
kill $server
wait $server
compare_state "the installation"
# Not its socket: what is shared with the host takes no special files.
find /run/nevado -type f -exec cp {} $out/ \;
efibootmgr >$out/boot-variables
sync
