# Probleme, mit ihren Kennungen. Was sie außerdem erzählen, steht in Attributen: mit dem Wort für den Grund, wo es
# mehrere geben kann, sonst mit „told“. Fehlt eine Einzelheit, wird der Text selbst gesagt.

cause-kept = { $cause ->
    [unread] Seine Partitionstabelle ließ sich nicht lesen
    [no_table] Er hat keine Partitionstabelle
    [no_signature] Seine MBR-Partitionstabelle hat keine Signatur, und so sind seine Partitionen von anderen nicht zu unterscheiden („sfdisk --disk-id“ gibt ihr eine)
    [two_extended] Seine MBR-Partitionstabelle hat zwei erweiterte Partitionen
    [outside] Partition { $number } seiner Tabelle reicht über den Datenträger hinaus oder in die Tabelle selbst
    [overlap] Die Partitionen { $number } und { $other } seiner Tabelle überschneiden sich
    [no_guid] Partition { $number } seiner Tabelle hat keine eigene Kennung
    [hybrid] Sein Startsektor nennt Partitionen neben denen der GPT (ein hybrider MBR), und danach wären sie falsch
    [damaged] Von den zwei Fassungen seiner Partitionstabelle ist die erste beschädigt („fdisk“ liest die zweite und repariert die erste mit „w“)
    [table_elsewhere] Die Einträge seiner Partitionstabelle beginnen bei Sektor { $sector } und nicht direkt hinter ihrem Kopf: Was dazwischen liegt, kann Firmware sein
    [too_many] Seine Tabelle hat eine Partition { $number }, und das sind mehr, als sich behalten lassen
   *[other] Seine Partitionstabelle ist nicht in Ordnung
}
cause-partition = { $cause ->
    [part_of_volume] Sie ist Teil eines Verbunds, zu dem auch { $paths } gehört ({ $kind })
    [may_span] Sie ist Teil eines Verbunds, zu dem andere Partitionen und Datenträger gehören können ({ $kind })
    [on_several] Sie ist Teil eines Verbunds auf mehreren Datenträgern ({ $kind })
    [extended] Sie ist die erweiterte Partition, in der die logischen liegen
    [logical] Sie ist eine logische Partition, und fiele sie aus der Kette weg, bekämen andere neue Nummern
   *[other] Anderes liegt darin oder startet davon
}
cause-size = { $cause ->
    [hibernated] Windows ist darauf im Ruhezustand; starten Sie Windows, schalten Sie den Schnellstart aus, und fahren Sie es ganz herunter
    [dirty] Sie wurde nicht sauber geschlossen; starten Sie das System darauf, und fahren Sie es ganz herunter
    [bit_locker] BitLocker verschlüsselt sie; schalten Sie BitLocker in Windows aus, und warten Sie, bis sie entschlüsselt ist
    [in_use] Sie ist in Gebrauch; hängen Sie sie zuerst aus
    [several_disks] Ihr Dateisystem liegt auf mehreren Datenträgern zugleich
    [other_kind] Ein Dateisystem der Art { $kind } lässt das nicht zu
    [damaged] Ihre Größe ließ sich nicht feststellen
    [no_tool] Auf diesem Medium fehlt { $program }
    [logical] Sie ist eine logische Partition, und was sie abgäbe, bliebe in der erweiterten
    [blank] Es ist kein Dateisystem darin
    [unknown] Was darin ist, ist nicht bekannt
    [not_measured] Wie klein sie werden kann, ist nicht gemessen
    [full] Sie hat keinen Platz abzugeben
    [too_little] Sie kann { $available } abgeben, und diese Installation braucht { $needed }
    [container] Was in einem LUKS-Container ist, wird hier nicht vergrößert
    [vfat] Kein Programm auf diesem Medium vergrößert ein vfat
    [not_looked_at] Ob Windows ganz heruntergefahren wurde, ist nicht nachgesehen
   *[other] Ihr Dateisystem lässt das nicht zu
}

problem-apple-firmware = Mit einer Partition hier startet dieser Mac: Ohne sie startet nichts mehr, auch nicht die Wiederherstellung.
    .told = Mit Partition { $number } startet dieser Mac: Ohne sie startet nichts mehr, auch nicht die Wiederherstellung, bis ein zweiter Mac sie zurückbringt.
problem-apple-firmware-mend = Lassen Sie Apples eigene Partitionen bestehen, und nehmen Sie freien Platz oder die Partition eines Systems.
problem-autologin-unknown = Wer ohne Passwort angemeldet werden soll, ist keiner der Benutzer.
    .told = { $name } ist keiner der Benutzer.
problem-autologin-unknown-mend = Wählen Sie einen der Benutzer.
problem-beyond-reach = Die Kernel lägen hinter den ersten 2 TiB des Datenträgers, wo manches BIOS nicht liest.
problem-beyond-reach-mend = Nehmen Sie freien Platz weiter vorn auf dem Datenträger, oder starten Sie im UEFI-Modus.
problem-bios-beside-uefi-windows = Das Medium wurde im BIOS-Modus gestartet, Windows startet im UEFI-Modus.
    .told = Das Medium wurde im BIOS-Modus gestartet, und das Windows auf { $disk } startet im UEFI-Modus.
problem-bios-beside-uefi-windows-mend = Starten Sie das Medium erneut im UEFI-Modus.
problem-bios-sector-size = Ein BIOS startet nicht von Sektoren dieser Größe.
    .told = { $disk } hat Sektoren von { $sector } Byte, von denen ein BIOS so gut wie nie startet.
problem-bios-sector-size-mend = Starten Sie das Medium im UEFI-Modus.
problem-bit-locker-stays = Ein Windows, das bleibt, ist mit BitLocker verschlüsselt.
    .told = Partition { $number } ist mit BitLocker verschlüsselt, und Windows fragt vielleicht nach dem Wiederherstellungsschlüssel, wenn sich die Startreihenfolge geändert hat.
problem-bit-locker-stays-mend = Halten Sie seinen Wiederherstellungsschlüssel bereit: Es fragt vielleicht danach.
problem-boot-loader-impossible = Dieser Bootloader kann das System hier nicht starten.
    .gpt-only = systemd-boot startet nur von Datenträgern mit GPT, und dieser hat eine MBR-Partitionstabelle.
    .kernels-on-esp = Limine hat Kernel auf der EFI-Systempartition, und die, die bleibt, ist dafür zu klein.
    .uefi-only = systemd-boot startet nur von UEFI, und diesen Computer hat ein BIOS gestartet.
    .fat-only = Limine liest Kernel nur von FAT, und auf einem Computer mit BIOS liegen sie auf ext4.
problem-boot-loader-impossible-mend = Wählen Sie einen anderen Bootloader.
problem-boot-too-small = Für die Kernel ist kein Platz.
    .told = Auf { $path } sind { $free } frei, und die Kernel einiger Generationen brauchen etwa { $needed }.
problem-boot-too-small-mend = Schaffen Sie Platz auf der Startpartition, oder wählen Sie eine andere.
problem-broadcom-driver = Die WLAN-Karte funktioniert ohne Broadcoms eigenen Treiber schlecht oder gar nicht.
problem-broadcom-driver-mend = Dieser Treiber ist unfrei und hat bekannte Sicherheitslücken, die niemand schließt: Er wird nur installiert, wenn Sie ihn hier verlangen.
problem-cache-silent = Ein gewünschter Zwischenspeicher antwortet nicht.
    .told = { $cache } antwortet nicht.
problem-cache-silent-mend = Prüfen Sie seine Adresse und den Proxy; ohne ihn kommen die Pakete von anderswo oder werden hier gebaut.
problem-cannot-grow = Was in dieser Partition ist, kann nicht vergrößert werden.
    .number = Partition { $number } lässt sich nicht vergrößern: { cause-size }.
problem-cannot-grow-mend = Lassen Sie sie, wie sie ist, und legen Sie im freien Platz eine weitere Partition an.
problem-clock-wrong = Die Uhr dieses Computers geht falsch.
    .told = Die Uhr zeigt { $today }, und das Medium wurde am { $made } oder später gemacht: Sichere Verbindungen (TLS) schlagen fehl, und Dateien bekämen ein falsches Datum.
problem-clock-wrong-mend = Stellen Sie sie, oder verbinden Sie sich mit dem Netz.
problem-configuration-refused = Nix lehnt die Konfiguration ab.
problem-configuration-refused-mend = Ändern Sie, was es nennt, oder melden Sie das.
problem-console-keymap-differs = Auf der Konsole, wo eine Passphrase getippt wird, geben manche Tasten andere Zeichen.
    .keys = Auf der Textkonsole, wo Passphrasen getippt werden, hat diese Belegung etwas anderes anstelle von: { $keys }
problem-console-keymap-differs-mend = Nehmen Sie Buchstaben und Ziffern, die überall gleich sind.
problem-container-locked = Was in einer verschlüsselten Partition ist, ist nicht bekannt, solange sie nicht entsperrt ist.
    .locked = Was im LUKS-Container in Partition { $number } ist, ist nicht bekannt, solange er nicht entsperrt ist.
    .impossible = In den LUKS-Container in Partition { $number } lässt sich nicht hineinsehen.
problem-container-locked-mend = Entsperren Sie sie mit ihrer Passphrase, oder lassen Sie sie verschlossen, wie sie ist.
problem-defect = Dieses Programm hat einen Fehler gemacht.
problem-defect-mend = Bitte melden Sie ihn, mit dem Protokoll.
problem-desktop-too-new = Die Version auf dem Medium hat diesen Desktop noch nicht.
    .told = { $desktop } braucht NixOS { $since }, und das Medium enthält { $release }.
problem-desktop-too-new-mend = Wählen Sie einen anderen Desktop oder ein neueres Medium.
problem-disk-content-unknown = Was darauf ist, ist nicht bekannt.
    .told = Was auf { $disk } ist, ist nicht bekannt.
    .unread = Was auf { $disk } ist, ist nicht bekannt: { $reason }.
problem-disk-content-unknown-mend = Vergewissern Sie sich, dass Sie es nicht brauchen.
problem-disk-in-use = Etwas darauf ist in Gebrauch und wird freigegeben.
    .mounted = { $disk } ist in Gebrauch und wird freigegeben: eingehängt unter { $mounts }.
    .held = { $disk } ist in Gebrauch und wird freigegeben: gehalten von { $holders }.
    .both = { $disk } ist in Gebrauch und wird freigegeben: eingehängt unter { $mounts }, gehalten von { $holders }.
    .untaken = { $disk } ist in Gebrauch: { $uses }.
problem-disk-in-use-mend = Schließen Sie, was Sie darauf geöffnet haben.
problem-disk-is-live-medium = Von ihm läuft das Live-System.
    .told = Von { $disk } läuft das Live-System.
problem-disk-is-live-medium-mend = Wählen Sie einen anderen Datenträger.
problem-disk-partly-used = Das Ende dieses Datenträgers bleibt ungenutzt: Seine alte Partitionstabelle (MBR) reicht nicht so weit.
    .told = Von diesem Datenträger lassen sich nur die ersten { $reach } von { $size } benutzen: Seine Partitionstabelle ist ein MBR und reicht nicht weiter.
problem-disk-partly-used-mend = Löschen Sie den ganzen Datenträger, um alles zu nutzen: Er bekommt dann eine neue Tabelle (GPT).
problem-disk-read-only = Er lässt sich nicht beschreiben.
    .told = { $disk } lässt sich nicht beschreiben.
problem-disk-read-only-mend = Wählen Sie einen anderen Datenträger.
problem-disk-removable = Er lässt sich abziehen.
    .told = { $disk } lässt sich abziehen.
problem-disk-removable-mend = Lassen Sie ihn bis zum Ende stecken.
problem-disk-too-small = Er ist zu klein.
    .needs = { $disk } ist zu klein: Diese Installation braucht { $needed }.
    .swap = { $disk } ist zu klein: Diese Installation braucht { $needed }, davon { $system } für das System und { $swap } für den Auslagerungsspeicher (Swap).
    .holds = Der Datenträger fasst { $size }, und diese Installation braucht { $needed }.
problem-disk-too-small-mend = Wählen Sie einen größeren Datenträger.
problem-disks-unknown = Die Datenträger konnten nicht angesehen werden.
problem-disks-unknown-mend = Starten Sie das Installationsprogramm auf dem Live-Medium.
problem-duplicate-address = Eine Adresse ist doppelt angegeben.
    .told = Die Adresse { $address } ist zweimal angegeben.
problem-duplicate-address-mend = Geben Sie jeder Netzwerkschnittstelle eine eigene Adresse.
problem-duplicate-disks = Zwei Datenträger oder Dateisysteme sind nicht zu unterscheiden.
    .table = { $disk } hat dieselben Kennungen in der Partitionstabelle: Eines von beiden ist eine Kopie.
    .esp = Ein anderes Dateisystem hat die Kennung { $uuid } der EFI-Systempartition ebenfalls: Eines von beiden ist eine Kopie.
    .home = Ein anderes Dateisystem hat die Kennung { $uuid } von Partition { $number } ebenfalls: Eines von beiden ist eine Kopie.
    .file-system = Ein anderes Dateisystem hat die Kennung { $uuid } ebenfalls: Eines von beiden ist eine Kopie.
problem-duplicate-disks-mend = Entfernen Sie einen davon.
problem-duplicate-user = Zwei Benutzer heißen gleich.
    .told = Der Anmeldename { $name } ist zweimal vergeben.
problem-duplicate-user-mend = Geben Sie einem einen anderen Namen.
problem-encryption-impossible = So lässt sich das nicht verschlüsseln.
    .no-partition = Eine Passphrase ist verlangt, und keine Partition wird verschlüsselt.
    .no-passphrase-to-unlock = Es gibt keine Passphrase, die sie entsperrt.
    .no-passphrase = Es gibt keine Passphrase, mit der sie verschlüsselt würde.
    .starts = Wovon der Computer startet, lässt sich nicht verschlüsseln: Nichts könnte es dann schon öffnen.
    .hibernation = Der ganze Arbeitsspeicher, der Schlüssel der verschlüsselten Wurzel eingeschlossen, läge hier im Klartext, während der Computer im Ruhezustand ist.
problem-encryption-impossible-mend = Lassen Sie unverschlüsselt, wovon der Computer startet, und geben Sie eine Passphrase für alles andere an.
problem-esp-formatted = Eine EFI-Systempartition wird gelöscht oder formatiert: Kein System, das von ihr startet, auch Windows nicht, startet danach noch.
    .told = Partition { $number } ist eine EFI-Systempartition: Kein System, das von ihr startet, auch Windows nicht, startet danach noch.
problem-esp-formatted-mend = Behalten Sie sie und hängen Sie sie ein, wenn ein anderes System bleiben soll.
problem-esp-shared = Die EFI-Systempartition wird mit dem geteilt, was jetzt von ihr startet.
    .nixos = Die EFI-Systempartition, Nummer { $number }, wird mit dem geteilt, was jetzt von ihr startet: Seine Dateien bleiben, aber die Einstellungen des Bootloaders und der Ersatzlader in EFI/BOOT werden ersetzt, und so auch Startmenü und Kernel eines NixOS, das etwa von ihr startet.
    .no-nixos = Die EFI-Systempartition, Nummer { $number }, wird mit dem geteilt, was jetzt von ihr startet: Seine Dateien bleiben, aber die Einstellungen des Bootloaders und der Ersatzlader in EFI/BOOT werden ersetzt.
problem-esp-shared-mend = Was von ihr startet, startet weiter; nur ein anderes NixOS verlöre sein Startmenü: Wählen Sie dann eine andere EFI-Systempartition oder einen anderen Datenträger.
    .no-nixos = Was von ihr startet, startet weiter.
problem-esp-unusable = Diese EFI-Systempartition kann nicht benutzt werden.
    .bios = Diesen Computer hat ein BIOS gestartet, und das startet von keiner EFI-Systempartition.
    .kernels-of-others = Die EFI-Systempartition hat keinen Platz für Kernel, und Partition { $number } ist für die eines anderen Systems: Der Bootloader würde auch die neuen dort suchen.
    .other-type = Partition { $number } ist keine EFI-Systempartition.
    .no-fat = Die EFI-Systempartition { $number } hat kein Dateisystem FAT mit einer Kennung.
    .unmeasured = Wie viel auf der EFI-Systempartition { $number } frei ist, ließ sich nicht feststellen.
    .full = Auf der EFI-Systempartition { $number } sind nur { $free } frei.
    .no-kernels = Darauf sind nur { $free } frei, und Kernel brauchen { $needed }.
problem-esp-unusable-mend = Wählen Sie eine andere, oder lassen Sie eine neue anlegen.
problem-firmware-unknown = Die Firmware ließ sich nicht feststellen.
problem-firmware-unknown-mend = Starten Sie das Installationsprogramm auf dem Live-Medium.
problem-firmware-unsupported = Für diese Firmware kann noch nicht installiert werden.
    .bits = Die Firmware ist ein UEFI mit 32 Bit: Es startet nur Bootloader mit 32 Bit, und diese Version installiert solche mit 64 Bit.
    .no-uefi = Der Computer wurde weder mit UEFI noch mit einem BIOS gestartet, und diese Version installiert nur für diese beiden.
problem-firmware-unsupported-mend = Starten Sie das Medium im 64-Bit-UEFI- oder BIOS-Modus.
problem-flag-impossible = Diese Partition kann diese Markierung nicht haben.
    .not-primary = Partition { $number } kann nicht aktiv sein: Ein BIOS startet von einer primären.
    .hidden = Von dieser Partition startet der Computer, und mit „no_block_io“ sieht seine Firmware nicht, was darin ist.
    .two-active = Auf einem Datenträger ist eine Partition aktiv, und hier sollen es zwei sein.
problem-flag-impossible-mend = Nehmen Sie die Markierung hier weg, oder geben Sie sie einer anderen Partition.
problem-flag-of-other-table = Diese Partitionstabelle kennt diese Markierung nicht.
    .of-mbr = { $flag } gehört zu einem MBR, und die Tabelle von { $path } ist eine GPT.
    .of-gpt = { $flag } gehört zu einer GPT, und die Tabelle von { $path } ist ein MBR.
problem-flag-of-other-table-mend = Lassen Sie sie weg: „active“ gehört zu einem MBR, alle anderen gehören zu einer GPT.
problem-flake-not-pinned = Das Medium sagt nicht, auf welches nixpkgs ein Flake festgelegt würde.
    .no-revision = Das Medium sagt nicht, welcher Stand sein nixpkgs ist, und so lässt sich kein Flake darauf festlegen.
    .no-hash = Das Nix des Mediums kennt den Hash seines nixpkgs nicht, und so lässt sich kein Flake darauf festlegen.
problem-flake-not-pinned-mend = Wählen Sie die klassische Form, oder verwenden Sie ein Medium von NixOS selbst.
problem-flakes-off = Das System soll ein Flake sein, und Flakes sind ausgeschaltet.
problem-flakes-off-mend = Schalten Sie sie ein, oder wählen Sie die klassische Form.
problem-flatpak-without-desktop = Flatpak braucht einen Desktop.
problem-flatpak-without-desktop-mend = Wählen Sie einen Desktop, oder lassen Sie Flatpak weg.
problem-gateway-outside = Ein Gateway liegt in keinem Netz seiner Schnittstelle und ist vielleicht nicht zu erreichen.
    .told = Das Gateway { $gateway } liegt in keinem Netz der Schnittstelle { $interface } und ist vielleicht nicht zu erreichen.
problem-gateway-outside-mend = Prüfen Sie die Adresse und die Zahl hinter ihrem „/“.
problem-home-in-btrfs = Die persönlichen Ordner liegen in einem Subvolume von btrfs, und das alte System daneben lässt sich hier nicht für sich ersetzen.
    .unseen = In Partition { $number } ist btrfs, und welche Subvolumes es hat, ist nicht bekannt.
    .other-kind = In Partition { $number } ist { $kind }, und persönliche Ordner lassen sich auf eigenem ext4, xfs und f2fs behalten, und in einem btrfs.
    .no-identifier = Das Dateisystem in Partition { $number } hat keine Kennung.
    .other-partition = Die persönlichen Ordner liegen im btrfs in Partition { $number }: Ersetzt wird das System darin, und nicht das in einer anderen Partition.
    .bios = Die persönlichen Ordner liegen in einem btrfs, und ein BIOS startet das neue System von einem eigenen /boot; dafür legt dieser Weg keine Partition an.
    .no-esp = Die persönlichen Ordner liegen in einem btrfs, und dieser Datenträger hat keine EFI-Systempartition mit Platz für Kernel.
    .no-name = Im btrfs in Partition { $number } ist kein Name für neue Subvolumes frei.
    .odd-name = Der Name des Subvolumes { $subvolume } in Partition { $number } lässt sich hier nicht schreiben.
    .no-home = Kein Subvolume in Partition { $number } heißt „home“ oder „@home“.
    .several-homes = Mehrere Subvolumes in Partition { $number } können die persönlichen Ordner haben: { $subvolumes }.
    .top = In Partition { $number } ist die Wurzel von { $system } das oberste Verzeichnis des btrfs, das für sich nicht wegfallen kann.
    .several-systems = In Partition { $number } sind mehrere Systeme, die sich die persönlichen Ordner teilen können: { $systems }.
    .several-roots = Mehrere Subvolumes in Partition { $number } können die Wurzel eines Systems sein, dem die persönlichen Ordner gehören: { $subvolumes }.
    .lies-inside = Das Subvolume { $subvolume } in Partition { $number } liegt in einem des alten Systems und würde mit ihm wegfallen.
problem-home-in-btrfs-mend = Wählen Sie „Partition für Partition“: Dort bleibt ein Subvolume unter seinem Namen, etwa @home, als /home.
problem-home-in-luks = Die persönlichen Ordner liegen in einem LUKS-Container; so lassen sich nur unverschlüsselte behalten.
    .other-kind = Die persönlichen Ordner liegen in einem LUKS-Container ({ $kind }) in Partition { $number }; so lassen sich nur unverschlüsselte behalten.
problem-home-in-luks-mend = Wählen Sie „Partition für Partition“: Dort wird der Container entsperrt und bleibt, mit /home darin, sofern das kein btrfs ist.
problem-home-kept = Die persönlichen Ordner bleiben, wie sie sind. Wer den alten Anmeldenamen bekommt, findet die alten Dateien.
    .partition = Partition { $number } wird zu /home, wie sie ist. Wer den alten Anmeldenamen bekommt, findet die alten Dateien; wem sie gehören, sagen Nummern: Die erste Person hat 1000, die nächste 1001.
    .partition-folders = Partition { $number } wird zu /home, wie sie ist, mit den Ordnern von { $folders }{ $more ->
        [0] { "" }
       *[other] {" "}und { $more } weiteren
    }. Wer einen dieser Anmeldenamen bekommt, bekommt auch den Ordner und die Dateien, außer jemand davor hat schon die Nummer, oder sie ist keine für Personen (1000 bis 29999).
    .subvolume = Das Subvolume { $subvolume } wird zu /home, wie es ist. Wer den alten Anmeldenamen bekommt, findet die alten Dateien; wem sie gehören, sagen Nummern: Die erste Person hat 1000, die nächste 1001.
    .subvolume-folders = Das Subvolume { $subvolume } wird zu /home, wie es ist, mit den Ordnern von { $folders }{ $more ->
        [0] { "" }
       *[other] {" "}und { $more } weiteren
    }. Wer einen dieser Anmeldenamen bekommt, bekommt auch den Ordner und die Dateien, außer jemand davor hat schon die Nummer, oder sie ist keine für Personen (1000 bis 29999).
problem-home-kept-mend = Geben Sie allen ihre alten Anmeldenamen, in der alten Reihenfolge.
problem-home-unusable = Diese persönlichen Ordner lassen sich so nicht behalten.
    .other-kind = In Partition { $number } ist { $kind }, und persönliche Ordner lassen sich auf eigenem ext4, xfs und f2fs behalten, und in einem btrfs.
    .no-identifier = Das Dateisystem in Partition { $number } hat keine Kennung.
problem-home-unusable-mend = Wählen Sie „Partition für Partition“ oder einen anderen Weg.
problem-homes-go = Persönliche Ordner gehen mit diesem System verloren.
    .told = Mit { $system } gehen die persönlichen Ordner { $folders } verloren.
problem-homes-go-mend = Um sie zu behalten, wählen Sie „Das alte System ersetzen und die persönlichen Ordner behalten“, oder wo das nicht geht, „Partition für Partition“.
problem-input-method-without-desktop = Eine Eingabemethode braucht einen Desktop.
problem-input-method-without-desktop-mend = Wählen Sie einen Desktop, oder lassen Sie die Eingabemethode weg.
problem-key-of-other-layout = Es ist etwas angegeben, das zu einer anderen Aufteilung gehört.
problem-key-of-other-layout-mend = Lassen Sie es weg, oder wählen Sie diese Aufteilung.
problem-layout-impossible = Auf diesem Datenträger ist das nicht möglich.
    .manual-alone = Dieser Weg ist nicht für einen Datenträger allein.
    .no-gap-before = Vor der ersten Partition ist kein Platz frei.
    .no-gap-behind = Hinter Partition { $number } ist kein Platz frei.
    .too-much = { $size } sind verlangt, und Platz ist für { $most }.
    .outside = { $size } sind verlangt, und möglich sind dort { $least } bis { $most }.
    .home-replaced = Partition { $number } soll ersetzt werden und kann deshalb nicht als /home bleiben.
    .nothing-kept = Auf { $disk } lässt sich nichts behalten: { cause-kept }.
    .logical-start = Partition { $number } ist eine logische, und Firmware startet von einer der vier primären.
    .not-smaller = Partition { $number } lässt sich nicht verkleinern: { cause-size }.
    .needs = Partition { $number } lässt sich nicht so verkleinern: Sie bekäme { $size } und braucht { $least }.
    .stays = Partition { $number } kann nicht wegfallen: { cause-partition }.
    .logical = Partition { $number } ist eine logische: Sie bleibt, wo sie ist, nach Wunsch formatiert oder vergrößert, oder geht zusammen mit der erweiterten Partition und allen logischen darin.
    .extended = Partition { $number } ist die erweiterte: Sie bleibt, wie sie ist, oder geht zusammen mit allen logischen darin.
problem-layout-impossible-mend = Wählen Sie einen anderen Datenträger oder einen anderen Weg.
problem-linux-may-sleep = Ob ein Linux auf diesem Computer im Ruhezustand ist, ist nicht zu sehen: Sein Auslagerungsspeicher (Swap) liegt, wo niemand nachsehen kann.
    .file = Ob { $system } im Ruhezustand ist, ist nicht zu sehen: Sein Auslagerungsspeicher (Swap) ist die Datei { $swap } in einem btrfs.
    .container = Ob { $system } im Ruhezustand ist, ist nicht zu sehen: Sein Auslagerungsspeicher (Swap) liegt im LUKS-Container in Partition { $number } ({ $path }), den niemand entsperrt hat.
    .volume = Ob { $system } im Ruhezustand ist, ist nicht zu sehen: Sein Auslagerungsspeicher (Swap) ist { $swap }, und das kann in einem Verbund ({ $kind }) liegen, der nicht offen ist.
problem-linux-may-sleep-mend = Falls es so sein könnte: Starten Sie es, und fahren Sie es ganz herunter, bevor diese Installation beginnt.
problem-linux-not-listed = Ein Linux, das bleibt, steht nicht im Startmenü des neuen Systems.
    .told = { $system } in { $disk } steht nicht im Startmenü des neuen Systems.
problem-linux-not-listed-mend = Um es zu starten: Öffnen Sie gleich nach dem Einschalten das Startmenü der Firmware, oft mit F12, F11, F8 oder Esc.
problem-linux-sleeps = Ein Linux auf diesem Computer schläft und merkt sich seine Dateisysteme, wie sie waren.
    .memory = Ein Linux auf diesem Computer schläft (sein Speicher liegt in { $memory }) und merkt sich seine Dateisysteme, wie sie waren.
problem-linux-sleeps-mend = Starten Sie es und fahren Sie es ganz herunter, oder wählen Sie einen anderen Weg.
problem-little-memory = Es ist wenig Arbeitsspeicher frei.
    .told = Nur { $available } Arbeitsspeicher sind frei, und Nix braucht zeitweise etwa { $needed }.
problem-little-memory-mend = Schließen Sie andere Programme.
problem-loader-replaced = Der Bootloader am Anfang dieses Datenträgers wird durch GRUB ersetzt.
problem-loader-replaced-mend = Legen Sie die BIOS-Boot-Partition auf einen anderen Datenträger, damit er bleibt.
problem-loader-stays = Der Bootloader des ersetzten Systems bleibt, und die Firmware bietet ihn vielleicht noch an.
    .told = Der Bootloader von { $system } bleibt auf der EFI-Systempartition, und die Firmware bietet ihn vielleicht noch an: Er startet nichts mehr.
problem-loader-stays-mend = Er startet nichts mehr; löschen Sie seinen Eintrag im Menü der Firmware, wenn er stört.
problem-made-larger = Eine Partition wird vergrößert.
    .resized = Partition { $number } wird vergrößert, von { $from } auf { $to }: Ihre Dateien bleiben, aber fällt dabei der Strom aus, oder hat der Datenträger einen Fehler, können alle verloren sein.
    .ntfs = Partition { $number } wird vergrößert, von { $from } auf { $to }: Ihre Dateien bleiben, aber fällt dabei der Strom aus, oder hat der Datenträger einen Fehler, können alle verloren sein. Windows prüft sie beim nächsten Start; das ist richtig so.
problem-made-larger-mend = Bewahren Sie eine Kopie des Wichtigen anderswo auf, und lassen Sie den Computer am Netz.
problem-made-smaller = Eine Partition wird verkleinert.
    .resized = Partition { $number } wird verkleinert, von { $from } auf { $to }: Ihre Dateien werden verschoben und bleiben, aber fällt dabei der Strom aus, oder hat der Datenträger einen Fehler, können alle verloren sein.
    .ntfs = Partition { $number } wird verkleinert, von { $from } auf { $to }: Ihre Dateien werden verschoben und bleiben, aber fällt dabei der Strom aus, oder hat der Datenträger einen Fehler, können alle verloren sein. Windows prüft sie beim nächsten Start; das ist richtig so.
problem-made-smaller-mend = Bewahren Sie eine Kopie des Wichtigen anderswo auf, und lassen Sie den Computer am Netz.
problem-memory-unknown = Wie viel Arbeitsspeicher da ist, ließ sich nicht feststellen.
problem-memory-unknown-mend = Wählen Sie eine andere Auslagerung.
problem-mount-point-impossible = Das lässt sich dort nicht einhängen.
    .reserved = { $at } gehört dem laufenden System.
    .scratch = Die Installation hat unter { $at } eigene Dateien.
    .below-boot = Der Bootloader liegt unter /boot, oder unter /efi mit /boot daneben, nicht unter { $at }.
    .vfat = vfat kennt weder Besitzer noch Rechte, und { $at } braucht sie.
    .subvolume = Wovon der Computer startet, ist eine eigene Partition, kein Subvolume unter { $at }.
    .anew = Was unter { $at } eingehängt wird, muss neu angelegt werden.
    .esp = Partition { $number } ist eine EFI-Systempartition: Bleibt sie, wird sie unter /boot eingehängt, oder unter /efi neben einem eigenen /boot, und nicht unter { $at }.
    .new-esp = Eine EFI-Systempartition wird unter /boot eingehängt, oder unter /efi neben einem eigenen /boot.
    .kernels = Eine Partition für Kernel wird unter /boot eingehängt.
    .no-file-system = In Partition { $number } ist kein bekanntes Dateisystem.
    .other-kind = In Partition { $number } ist { $kind }, und was so eingehängt wird, wie es ist, muss ext4, btrfs, xfs oder f2fs sein.
    .homes-in-btrfs = In Partition { $number } ist btrfs, und welches seiner Subvolumes persönliche Ordner hat, ist nicht bekannt.
    .no-identifier = Das Dateisystem in Partition { $number } hat keine Kennung.
    .no-container = In Partition { $number } ist { $kind }, und kein LUKS-Container, der sich entsperren ließe.
    .no-uuid = Der LUKS-Container in Partition { $number } hat keine UUID.
problem-mount-point-impossible-mend = Wählen Sie eine andere Stelle oder ein anderes Dateisystem.
problem-mount-point-twice = Zweierlei würde an derselben Stelle eingehängt.
    .told = Unter { $at } ist schon etwas anderes eingehängt.
problem-mount-point-twice-mend = Geben Sie jedem eine eigene Stelle.
problem-nixos-install-missing = Auf dem Medium fehlt nixos-install.
problem-nixos-install-missing-mend = Verwenden Sie ein NixOS-Live-Medium.
problem-nixos-loses-menu = Ein NixOS, das bleibt, startet nicht mehr.
    .told = { $system } in { $disk } startet von Partition { $number } ({ $path }), die auch das neue System benutzt: Haben die beiden nicht verschiedene Bootloader, werden seine Einträge im Startmenü und seine Kernel dort ersetzt, und es startet nicht mehr. Seine Dateien bleiben.
problem-nixos-loses-menu-mend = Wählen Sie eine andere EFI-Systempartition oder einen anderen Datenträger, wenn jenes NixOS wieder starten soll.
problem-nixpkgs-unknown = Es gibt kein nixpkgs, aus dem gebaut werden könnte.
problem-nixpkgs-unknown-mend = Verwenden Sie ein NixOS-Live-Medium.
problem-no-administrator = Niemand könnte Verwalter werden.
problem-no-administrator-mend = Machen Sie einen Benutzer zum Verwalter.
problem-no-boot-place = Davon könnte der Computer nicht starten.
    .no-esp = Keine EFI-Systempartition ist eingehängt, und ohne sie hat die Firmware nichts, wovon sie starten kann.
    .no-boot = Kernel liegen in /boot, und das wäre nicht dort, wo die Firmware sie liest.
    .type = Die Firmware startet von einer EFI-Systempartition, und diese hier hat den Typ { $kind }.
    .format = Die Firmware startet von vfat und kann { $kind } nicht lesen.
    .kernels-anew = Eine Partition für Kernel neben der EFI-Systempartition muss neu angelegt werden.
    .kernels-of-others = Die EFI-Systempartition hat keinen Platz für Kernel, und Partition { $number } ist für die eines anderen Systems: Der Bootloader würde auch die neuen dort suchen.
    .two-for-kernels = Der Bootloader sucht Kernel auf einer Partition dieses Typs, und es sind zwei.
    .same-disk = systemd-boot findet Kernel nur auf dem Datenträger der EFI-Systempartition.
    .kernels-vfat = Die Firmware liest Kernel nur von vfat.
    .gap = GRUB muss vor der ersten Partition liegen; dort sind { $size } frei, und es braucht { $needed }.
    .plain-ext4 = GRUB liest Kernel von einem neuen, unverschlüsselten ext4.
    .root-unread = GRUB kann Kernel nicht von einer Wurzel lesen, die verschlüsselt oder nicht ext4 ist.
problem-no-boot-place-mend = Legen Sie eine Partition für /boot an, oder hängen Sie die vorhandene EFI-Systempartition dort ein.
problem-no-cache-key = Für die Zwischenspeicher ist kein öffentlicher Schlüssel angegeben: Nur was der Zwischenspeicher von NixOS selbst signiert hat, wird ihnen entnommen.
problem-no-cache-key-mend = Fügen Sie den Schlüssel jedes Zwischenspeichers hinzu, der selbst signiert.
problem-no-channel = Das Medium enthält keinen Kanal: Das neue System startet, findet aber kein nixpkgs zum Umbauen.
    .told = Das Medium enthält nixpkgs ({ $path }), aber keinen Kanal: Das neue System startet, findet aber kein nixpkgs zum Umbauen („nixos-rebuild“).
problem-no-channel-mend = Fügen Sie nach dem ersten Start einen Kanal hinzu, oder nehmen Sie ein Medium von NixOS selbst.
problem-no-disk = Kein Datenträger passt.
    .none = Dieser Computer hat keinen Datenträger, den Linux sieht.
    .unfit = Auf keinem Datenträger lässt sich installieren. { $reasons }{ $more ->
        [0] { "" }
        [one] { " " }Es gibt noch einen weiteren.
       *[other] { " " }Es gibt noch { $more } weitere.
    }
    .unnamed = Kein Datenträger wird ungefragt genommen. { $reasons }{ $more ->
        [0] { "" }
        [one] { " " }Es gibt noch einen weiteren.
       *[other] { " " }Es gibt noch { $more } weitere.
    }
    .other = Kein Datenträger ist so wie verlangt. Es gibt: { $disks }.
    .first-of = Keine von { $count } Beschreibungen passt auf genau einen Datenträger, { $several } davon passen auf mehrere. Es gibt: { $disks }.
    .manual = Es ist kein Datenträger gewählt.
problem-no-disk-mend = Schließen Sie einen anderen Datenträger an.
problem-no-free-space = Auf diesem Datenträger ist kein Platz frei.
problem-no-free-space-mend = Schaffen Sie erst Platz, oder wählen Sie einen anderen Weg.
problem-no-home = Keine Partition dieses Datenträgers ist, nach Typ oder Namen, für persönliche Ordner.
problem-no-home-mend = Wählen Sie einen anderen Weg.
problem-no-lasting-name = Der Datenträger hat keinen dauerhaften Namen.
    .told = { $disk } hat keinen dauerhaften Namen: Nach einem Neustart kann ein anderer Datenträger so heißen.
problem-no-lasting-name-mend = Fügen Sie danach keine Datenträger hinzu, und entfernen Sie keine.
problem-no-name-servers = Eine Netzwerkschnittstelle mit fester Adresse hat keine Nameserver: Namen wie nixos.org werden vielleicht nicht gefunden.
    .told = Die Schnittstelle { $interface } hat keine Nameserver: Hat keine andere welche, werden Namen wie nixos.org nicht gefunden.
problem-no-name-servers-mend = Ergänzen Sie Nameserver; zu Hause ist die Adresse des Routers meist einer.
problem-no-partition = Auf diesem Datenträger ist keine Partition.
problem-no-partition-mend = Benutzen Sie seinen freien Platz, oder löschen Sie ihn.
problem-no-place-for-grub = Es gibt keine Partition, von der GRUB starten könnte, und diesen Computer startet ein BIOS.
problem-no-place-for-grub-mend = Legen Sie eine Partition von 1 MiB mit dem Typ „BIOS-Start“ an.
problem-no-room = Der Platz reicht nicht.
    .too-small = Platz ist für { $available }, und diese Installation braucht { $needed }.
    .no-slot = Die Partitionstabelle hat keinen Platz für { $count } weitere Partitionen.
    .no-primary = Eine MBR-Partitionstabelle hat neben logischen Platz für 4 Partitionen, davon sind { $free } frei, und diese Installation braucht { $count }.
problem-no-room-mend = Schaffen Sie erst Platz, oder wählen Sie einen anderen Weg.
problem-no-room-behind = Direkt hinter dieser Partition ist zu wenig Platz frei.
    .partition-behind = Direkt hinter Partition { $number } ist kein Platz frei: Dort beginnt Partition { $next }.
    .end-behind = Direkt hinter Partition { $number } ist kein Platz frei: Dort endet der Datenträger.
    .partition-near = Partition { $number } kann höchstens { $most } groß werden: Dahinter beginnt Partition { $next }.
    .end-near = Partition { $number } kann höchstens { $most } groß werden: Dahinter endet der Datenträger.
problem-no-room-behind-mend = Nehmen Sie weniger, oder schaffen Sie Platz direkt dahinter: Nur ihr Ende verschiebt sich.
problem-no-room-for-grub = Für GRUB, das das System von einem BIOS startet, ist kein Platz.
    .core = GRUB käme in die Partition { $number } (BIOS-Start), und die ist dafür zu klein.
    .gap = GRUB muss vor der ersten Partition liegen; dort sind { $size } frei, und es braucht { $needed }.
problem-no-room-for-grub-mend = Löschen Sie den Datenträger, oder wählen Sie einen anderen.
problem-no-room-for-updates = Das System passt einmal, aber nicht ein zweites Mal daneben.
    .told = Das System nimmt { $system } von { $free } auf { $path } ein: Eine Aktualisierung, die das meiste ersetzt, fände daneben keinen Platz.
problem-no-room-for-updates-mend = Wählen Sie mehr Platz: Jede Aktualisierung braucht ihn.
problem-no-root-file-system = Nichts ist unter / eingehängt, wohin das System kommt.
problem-no-root-file-system-mend = Wählen Sie eine Partition für /.
problem-no-ssh-key = SSH nimmt nur Schlüssel an, und niemand hat einen.
problem-no-ssh-key-mend = Fügen Sie einen Schlüssel hinzu, oder erlauben Sie Passwörter.
problem-nobody-can-log-in = Niemand könnte sich am installierten System anmelden.
problem-nobody-can-log-in-mend = Fügen Sie einen Benutzer hinzu.
problem-not-beside-homes = Das neue System kommt in das btrfs der persönlichen Ordner: Dort sind ein anderes Dateisystem, eine eigene Verschlüsselung und eine Auslagerungspartition nicht möglich.
    .file-system = Das neue System kommt in das btrfs der persönlichen Ordner und bekommt deshalb kein anderes Dateisystem.
    .encrypt = Das neue System kommt in das btrfs der persönlichen Ordner, und das ist nicht verschlüsselt.
    .swap = Das neue System kommt in das btrfs der persönlichen Ordner, und für Auslagerungsspeicher (Swap) wird keine Partition angelegt.
problem-not-beside-homes-mend = Wählen Sie btrfs ohne Verschlüsselung, und eine Auslagerungsdatei oder verdichteten Arbeitsspeicher.
problem-not-evaluated = Es ist nicht bekannt, ob Nix die Konfiguration annimmt.
    .little-memory = Ob Nix die Konfiguration annimmt, ist nicht bekannt: Nur { $available } Arbeitsspeicher sind frei, und es braucht etwa { $needed }.
    .too-long = Ob Nix die Konfiguration annimmt, ist nicht bekannt: Nix wurde in { $minutes } Minuten nicht fertig.
    .killed = Ob Nix die Konfiguration annimmt, ist nicht bekannt: Nix wurde beendet, meist weil der Arbeitsspeicher ausging.
    .stopped = Ob Nix die Konfiguration annimmt, ist nicht bekannt: Es wurde angehalten.
    .no-nix = Ob Nix die Konfiguration annimmt, ist nicht bekannt: Nix ließ sich nicht starten.
    .no-nixpkgs = Ob Nix die Konfiguration annimmt, ist nicht bekannt: Unter { $path } ist kein nixpkgs.
problem-not-evaluated-mend = Fahren Sie fort, oder schaffen Sie Arbeitsspeicher und versuchen es noch einmal.
problem-not-measured = Wie klein die Partition werden kann, ist nicht gemessen.
    .number = Partition { $number } lässt sich nicht verkleinern: { cause-size }.
problem-not-measured-mend = Starten Sie das Installationsprogramm auf dem Live-Medium, oder wählen Sie einen anderen Weg.
problem-not-smaller = Hier lässt sich keine Partition verkleinern.
    .number = Partition { $number } lässt sich nicht verkleinern: { cause-size }.
problem-not-smaller-mend = Wählen Sie einen anderen Weg oder einen anderen Datenträger.
problem-nothing-kept = Auf diesem Datenträger lässt sich nichts behalten: Er hat keine Partitionstabelle, oder keine, die in Ordnung ist.
    .cause = Auf diesem Datenträger lässt sich nichts behalten: { cause-kept }.
problem-nothing-kept-mend = Löschen Sie den Datenträger, oder wählen Sie einen anderen.
problem-nvidia-needs-unfree = Die Grafikkarte ist ohne den unfreien Treiber des Herstellers langsam.
    .told = Die NVIDIA-Grafikkarte ({ $card }) läuft mit dem freien Treiber nouveau, der auf vielen davon langsam ist.
problem-nvidia-needs-unfree-mend = Erlauben Sie dafür unfreie Software.
problem-offline = Aus dem Netz kann nichts geholt werden.
    .silent = Nichts antwortet, woraus Nix Pakete holt: { $caches }.
problem-offline-mend = Was auf dem Medium ist, lässt sich installieren; für alles andere verbinden Sie sich.
problem-on-battery = Der Computer läuft im Akkubetrieb.
    .told = Der Computer läuft im Akkubetrieb, der Akku ist bei { $percent } %.
problem-on-battery-mend = Schließen Sie das Netzteil an.
problem-other-mode = Was auf diesem Datenträger ist, startet im BIOS-Modus, NixOS im UEFI-Modus.
problem-other-mode-mend = Wählen Sie zwischen beiden im Startmenü der Firmware, oder starten Sie das Medium im BIOS-Modus.
problem-other-system-loses-parts = Ein anderes Linux verwendet, was hier wegfällt: Es startet vielleicht nicht mehr, oder nicht mit allen seinen Dateien.
    .told = { $system } in { $disk } verwendet, was wegfällt: { $uses }. Es startet vielleicht nicht mehr, oder nicht mit allen seinen Dateien.
problem-other-system-loses-parts-mend = Behalten Sie, was es braucht, oder wählen Sie einen anderen Datenträger, wenn jenes System bleiben soll.
problem-other-system-stranded = Ein System auf einem anderen Datenträger startet wohl von etwas, das hier wegfällt: Es würde nicht mehr starten.
    .own = { $system } auf { $disk } startet wohl von seiner Partition { $number }, die wegfällt: Es würde nicht mehr starten.
    .other = { $system } auf { $disk } startet wohl von { $starts }, und das fällt weg: Es würde nicht mehr starten.
problem-other-system-stranded-mend = Behalten Sie diese Partition, oder wählen Sie einen anderen Datenträger, wenn jenes System bleiben soll.
problem-partition-has-no-room = Für eine Partition dieser Größe ist kein Platz.
    .no-gap-behind = Hinter Partition { $number } ist kein Platz frei.
    .no-gap-before = Vor der ersten Partition ist kein Platz frei.
    .no-free-space = Auf diesem Datenträger ist kein Platz frei.
    .second-rest = Eine andere Partition bekommt schon den Rest desselben freien Platzes.
    .too-small = Eine Partition hat mindestens { $least }.
    .no-room = In diesem freien Platz ist Raum für { $available }, und bis zu dieser Partition sind { $needed } verlangt.
    .no-slot = Die Partitionstabelle hat keinen Platz für eine weitere Partition.
    .no-primary = Eine MBR-Partitionstabelle hat Platz für 4 Partitionen, die erweiterte eingeschlossen, und alle vier Plätze sind belegt.
problem-partition-has-no-room-mend = Nehmen Sie weniger, oder schaffen Sie zuerst Platz.
problem-partition-has-to-stay = Diese Partition muss bleiben: Anderes liegt darin oder startet davon.
    .esp = Sie ist eine EFI-Systempartition, von der die anderen Systeme starten.
    .cause = Diese Partition muss bleiben: { cause-partition }.
problem-partition-has-to-stay-mend = Wählen Sie eine andere Partition.
problem-partition-not-found = Diese Partition gibt es nicht, oder mehrfach.
    .not-said = Welche Partition gemeint ist, ist nicht gesagt.
    .missing = Diese Partition gibt es auf dem Datenträger nicht: { $known_by }.
    .several = Mehrere Partitionen des Datenträgers heißen so: { $known_by }.
problem-partition-not-found-mend = Wählen Sie eine, die es gibt.
problem-partition-too-large = Diese Partition ist größer, als ihr Dateisystem sein kann.
    .told = Eine Partition hat { $size }, und { $kind } kann höchstens { $most } groß sein.
problem-partition-too-large-mend = Wählen Sie ein anderes Dateisystem oder eine kleinere Größe.
problem-partition-too-small = Eine Partition ist zu klein für das, was darauf soll.
    .size = Diese Partition hat { $size } und braucht { $needed } für das, was darauf soll.
    .in-partition = In Partition { $number } ist Platz für { $size }, und das System braucht { $needed }.
problem-partition-too-small-mend = Machen Sie sie größer.
problem-partition-unclear = Was zu einer Partition angegeben ist, widerspricht sich oder reicht nicht aus.
    .no-identifier = Das Dateisystem in Partition { $number } hat keine Kennung.
    .no-btrfs = In Partition { $number } ist kein btrfs, und nichts anderes hat Subvolumes.
    .whole-or-parts = Entweder wird das ganze Dateisystem eingehängt, oder seine Subvolumes.
    .subvolume-idle = Zum Subvolume { $subvolume } eines btrfs, das bleibt, ist nichts gesagt.
    .subvolume-goes = Das Subvolume { $subvolume } wird gelöscht und lässt sich deshalb nicht einhängen.
    .subvolume-twice = Das Subvolume { $subvolume } ist zweimal genannt.
    .subvolume-of-new = Das btrfs ist neu und hat kein Subvolume { $subvolume }, das bleiben oder wegfallen könnte.
    .core-on-mbr = Eine Partition „BIOS-Start“ gehört zu einer GPT, und { $path } hat einen MBR, wo GRUB vor der ersten Partition liegt.
    .two-cores = GRUB startet von einer Partition „BIOS-Start“, und es sind zwei.
    .two-hibernate = Ein Computer geht in einen Auslagerungsbereich in den Ruhezustand, und es sind zwei.
    .unseen-subvolumes = Welche Subvolumes in einem Container sind, ist nicht bekannt, bevor er entsperrt ist.
    .no-mount = Wo das, was im Container ist, eingehängt werden soll, ist nicht gesagt.
    .percent = Eine Partition, die es gibt, bekommt eine eigene Größe, oder alles, was hinter ihr frei ist.
    .same-size = Partition { $number } hat schon { $size }.
    .no-meaning = { $key ->
        [size] Eine Größe
        [gap_after] Ein freier Platz
        [type] Ein Typ
        [file_system] Ein Dateisystem
        [label] Eine Bezeichnung
        [flags] Eine Markierung
        [mount] Ein Einhängepunkt
        [subvolumes] Ein Subvolume
        [encrypt] Eine Verschlüsselung
        [unlock] Das Entsperren
        [hibernation] Ein Ruhezustand
       *[other] Das
    } hat keine Bedeutung bei einer Partition, die { $done ->
        [create] neu ist
        [keep] bleibt, wie sie ist
        [format] bleibt, wo sie ist
        [delete] gelöscht wird
       *[other] eine andere Größe bekommt
    }.
    .no-size = Wie groß die Partition sein soll, ist nicht gesagt.
    .not-said = Welche Partition gemeint ist, ist nicht gesagt.
    .no-container = In Partition { $number } ist { $kind }, und kein LUKS-Container, der sich entsperren ließe.
    .no-uuid = Der LUKS-Container in Partition { $number } hat keine UUID.
    .stays-or-new = Entweder bleibt der Container, den es gibt, oder es wird ein neuer gemacht.
    .type-stays = Der Typ einer Partition, die bleibt, wird nicht geändert.
    .core-on-uefi = Diesen Computer hat UEFI gestartet; dafür ist eine Partition „BIOS-Start“ nicht da.
    .core-alone = Eine Partition „BIOS-Start“ enthält GRUB und nichts sonst.
    .swap-alone = Auslagerungsspeicher (Swap) ist kein Dateisystem.
    .not-swap = Nur in einen Auslagerungsbereich (Swap) kann ein Computer in den Ruhezustand gehen.
    .type-swap = Ihr Typ ist Auslagerungsspeicher (Swap), und sie enthält etwas anderes.
    .only-btrfs = Nur btrfs hat Subvolumes.
    .no-purpose = Wofür die Partition ist, ist nicht gesagt.
    .label-vfat = Die Bezeichnung dieses Dateisystems hat höchstens 11 Buchstaben, Ziffern, „-“ und „_“.
    .label-ext4 = Die Bezeichnung dieses Dateisystems hat höchstens 16 Byte.
    .label-xfs = Die Bezeichnung dieses Dateisystems hat höchstens 12 Byte ohne Leerzeichen.
    .esp-vfat = Firmware liest auf einer EFI-Systempartition nichts als vfat.
    .vfat = vfat kennt weder Besitzer noch Rechte.
    .twice = Partition { $number } ist zweimal genannt.
    .not-shorter = Partition { $number } hat { $size }, und das ist nicht mehr, als sie haben soll.
    .not-longer = Partition { $number } hat { $size } und würde nicht um ein ganzes MiB größer.
problem-partition-unclear-mend = Sehen Sie sich die Angaben zu dieser Partition noch einmal an.
problem-passphrase-hard-to-type = Die Passphrase lässt sich beim Start vielleicht nicht tippen.
problem-passphrase-hard-to-type-mend = Nehmen Sie Zeichen, die die Tastatur hat.
problem-ports-without-firewall = Die Firewall ist aus, offene Ports ändern deshalb nichts: Jeder Dienst ist von außen erreichbar.
    .told = Die Firewall ist aus, offene Ports ({ $ports }) ändern deshalb nichts: Jeder Dienst ist von außen erreichbar.
problem-ports-without-firewall-mend = Lassen Sie die Firewall an, dann sind diese Ports offen und alle anderen geschlossen.
problem-proxy-missing = Es sind Namen angegeben, die ohne Proxy erreicht werden, aber kein Proxy.
problem-proxy-missing-mend = Geben Sie den Proxy an, oder lassen Sie die Namen weg.
problem-proxy-password = Die Adresse des Proxys enthält ein Passwort, das alle lesen könnten.
problem-proxy-password-mend = Lassen Sie das Passwort weg.
problem-recovery-key-unused = Ein Wiederherstellungsschlüssel würde hier nichts öffnen: Keine Verschlüsselung ist neu, und die bleibende behält ihre Schlüssel.
problem-recovery-key-unused-mend = Verzichten Sie auf den Wiederherstellungsschlüssel; später fügt „cryptsetup luksAddKey“ einen hinzu.
problem-release-unsupported = Die Version auf dem Medium wird nicht unterstützt.
    .told = Das Medium enthält NixOS { $release }; diese Version wird nicht unterstützt.
problem-release-unsupported-mend = Verwenden Sie ein neueres oder älteres Medium.
problem-sector-size-unsupported = Partitionstabellen für Sektoren dieser Größe kann dieses Programm nicht schreiben.
    .told = { $disk } hat Sektoren von { $sector } Byte, und hier werden Partitionstabellen nur für 512 und 4096 geschrieben.
problem-sector-size-unsupported-mend = Wählen Sie einen anderen Datenträger.
problem-secure-boot = Secure Boot würde das installierte System verweigern.
    .on = Secure Boot ist an und würde das installierte System nicht starten lassen.
    .unknown = Ob Secure Boot an ist, ließ sich nicht feststellen: Wenn ja, würde es das installierte System nicht starten lassen.
problem-secure-boot-mend = Schalten Sie Secure Boot in den Einstellungen der Firmware ab.
problem-several-disks = Mehrere Datenträger passen.
    .fit = Mehrere Datenträger passen: { $disks }.
    .twice = { $path } ist zweimal genannt.
problem-several-disks-mend = Wählen Sie einen.
problem-several-homes = Mehrere Partitionen dieses Datenträgers sind für persönliche Ordner.
problem-several-homes-mend = Wählen Sie „Partition für Partition“, um zu sagen, welche bleibt.
problem-start-code-replaced = Der Startcode am Anfang dieses Datenträgers wird ersetzt.
problem-start-code-replaced-mend = Ein anderes System darauf startet aus dem neuen Startmenü, wenn es darin steht.
problem-state-version-too-new = Die Zustandsversion ist neuer als das System.
    .told = { $asked } ist neuer als NixOS { $release }, das auf dem Medium ist.
problem-state-version-too-new-mend = Lassen Sie sie weg.
problem-subvolume-holds-others = In einem Subvolume, das gelöscht werden soll, liegen andere.
    .told = Das Subvolume { $subvolume } wird gelöscht, und was darin liegt, fiele auch weg: { $inside }.
problem-subvolume-holds-others-mend = Löschen Sie auch diese, oder lassen Sie es bleiben.
problem-subvolume-missing = Ein Subvolume dieses Namens gibt es nicht.
    .none = Es gibt kein Subvolume { $subvolume }, und auch kein anderes.
    .others = Es gibt kein Subvolume { $subvolume }, aber { $others }.
problem-subvolume-missing-mend = Nennen Sie eines, das es gibt, oder legen Sie ein neues an.
problem-subvolume-read-only = Dieses Subvolume kann nur gelesen werden, wie es bei Schnappschüssen ist.
    .told = Das Subvolume { $subvolume } kann nur gelesen werden, wie es bei Schnappschüssen ist: Niemand könnte dort schreiben.
problem-subvolume-read-only-mend = Wählen Sie ein anderes, oder machen Sie vorher einen beschreibbaren Schnappschuss davon.
problem-subvolume-taken = Ein Subvolume dieses Namens gibt es schon.
    .told = Ein Subvolume { $subvolume } gibt es schon.
    .twice = Zwei Subvolumes heißen { $subvolume }.
problem-subvolume-taken-mend = Geben Sie dem neuen einen anderen Namen.
problem-swap-file-on-f2fs = Eine Auslagerungsdatei auf F2FS ist nicht sicher.
problem-swap-file-on-f2fs-mend = Wählen Sie eine andere Auslagerung oder ein anderes Dateisystem.
problem-swap-unencrypted = Die Wurzel ist verschlüsselt, dieser Auslagerungsbereich nicht: Teile des Arbeitsspeichers landen im Klartext auf dem Datenträger.
problem-swap-unencrypted-mend = Verschlüsseln Sie auch den Auslagerungsbereich.
problem-system-too-large = Das System passt nicht in sein Dateisystem.
    .told = Das System braucht etwa { $needed } auf { $path } ({ $system } für Pakete, { $build } zum Bauen), und { $free } sind dort frei.
problem-system-too-large-mend = Wählen Sie mehr Platz oder weniger Programme.
problem-system-unclear = Welche Partitionen allein diesem System gehören, ist nicht klar.
    .no-gpt = Windows ist an den Typen seiner Partitionen zu erkennen, und dieser Datenträger hat keine GPT.
    .no-windows = Auf diesem Datenträger ist keine Partition mit einem Windows.
    .windows-several = Welche Partitionen Windows allein gehören, ist nicht klar: Mehrere können es oder seine Daten enthalten, oder was eine enthält, ist nicht bekannt.
    .windows-data = Ob auf diesem Datenträger ein Windows ist, oder nur Daten eines solchen, ist nicht klar: Seine EFI-Systempartition, seine reservierte oder seine Wiederherstellung fehlt.
    .windows-recoveries = Auf diesem Datenträger sind Wiederherstellungen mehrerer Systeme.
    .fstab-unread = Seine Liste der Dateisysteme (/etc/fstab) ließ sich nicht lesen.
    .no-root-said = Seine Liste der Dateisysteme (/etc/fstab) sagt nicht, wo seine Wurzel ist.
    .copy = Seine Liste der Dateisysteme (/etc/fstab) nennt eine andere Partition als Wurzel: Es kann eine Kopie sein.
    .others-inside = Sein Dateisystem enthält auch andere und fällt als Ganzes weg: { $systems }.
    .mounted-by = Sein Dateisystem, das als Ganzes wegfällt, hängt auch { $systems } ein.
    .several = Auf diesem Datenträger ist mehr als ein Linux dieses Namens.
    .no-linux = Auf diesem Datenträger ist kein Linux bekannt: Erkannt wird nur, wessen Wurzel ein ext4, btrfs oder xfs ist, in das sich hineinsehen ließ.
    .others-only = Auf diesem Datenträger ist kein Linux dieses Namens, aber { $systems }.
    .where = Wo sein { $what } ist, ist nicht klar: { $cause ->
        [may_change] { $source } kann nach jedem Start eine andere Partition sein
        [several_called] mehrere Partitionen heißen { $source }
       *[other] keine Partition heißt { $source }
    }.
    .other-disk = Sein { $what } ist auf einem anderen Datenträger ({ $path }).
    .may-change = { $source } kann nach jedem Start eine andere Partition sein.
    .several-called = Mehrere Partitionen heißen { $source }.
    .none-called = Keine Partition heißt { $source }.
    .unread-other = Ob sein Auslagerungsspeicher und seine Dateisysteme ihm allein gehören, ist nicht klar: In Partition { $number } ({ $path }) kann ein anderes System sein, das sie verwendet, und hineinsehen ließ sich nicht.
    .stays = Seine Partition { $number } kann nicht wegfallen: { cause-partition }.
problem-system-unclear-mend = Wählen Sie eine Partition, oder sagen Sie, was aus jeder wird.
problem-target-in-use = Wo das neue System zusammengesetzt wird, ist etwas eingehängt.
    .told = Unter { $path }, wo das neue System zusammengesetzt wird, ist etwas eingehängt.
problem-target-in-use-mend = Hängen Sie es aus.
problem-unfree-needed = Etwas braucht unfreie Software, die nicht erlaubt ist.
    .packages = { $packages } lässt sich ohne unfreie Software nicht installieren.
    .broadcom = Broadcoms eigener WLAN-Treiber lässt sich ohne unfreie Software nicht installieren.
problem-unfree-needed-mend = Erlauben Sie unfreie Software.
problem-unknown-group = Eine der Gruppen gibt es nicht.
    .told = Nichts, was hier gewählt ist, legt die Gruppe { $group } an.
problem-unknown-group-mend = Sehen Sie nach, wie sie geschrieben ist.
problem-unknown-layout = Diese Tastaturbelegung gibt es nicht.
    .near = Es gibt keine Tastaturbelegung { $name }. Meinten Sie { $nearest }?
    .name = Es gibt keine Tastaturbelegung { $name }.
problem-unknown-layout-mend = Wählen Sie eine aus der Liste.
problem-unknown-locale = NixOS kennt diese Formate nicht.
    .near = NixOS kennt das Format { $name } nicht. Meinten Sie { $nearest }?
    .name = NixOS kennt das Format { $name } nicht.
problem-unknown-locale-mend = Wählen Sie andere.
problem-unknown-time-zone = Diese Zeitzone gibt es nicht.
    .near = Es gibt keine Zeitzone { $name }. Meinten Sie { $nearest }?
    .name = Es gibt keine Zeitzone { $name }.
problem-unknown-time-zone-mend = Wählen Sie eine aus der Liste.
problem-unknown-variant = Die Tastaturbelegung hat diese Variante nicht.
    .near = Die Tastaturbelegung { $layout } hat keine Variante { $name }. Meinten Sie { $nearest }?
    .name = Die Tastaturbelegung { $layout } hat keine Variante { $name }.
problem-unknown-variant-mend = Wählen Sie eine aus der Liste.
problem-unknown-xkb-option = Diese Tastaturoption gibt es nicht.
    .near = Es gibt keine Tastaturoption { $name }. Meinten Sie { $nearest }?
    .name = Es gibt keine Tastaturoption { $name }.
problem-unknown-xkb-option-mend = Lassen Sie sie weg.
problem-unobtainable = Einige Pakete sind hier nicht zu bekommen.
problem-unobtainable-mend = Verbinden Sie sich mit dem Netz, oder lassen Sie sie weg.
problem-variables-not-writable = Die Variablen der Firmware lassen sich nicht schreiben: NixOS bekommt keinen Eintrag im Startmenü und wird über den Ersatzpfad gestartet.
    .read-only = Die Variablen der Firmware lassen sich nicht schreiben (efivarfs ist nur lesbar eingehängt): NixOS bekommt keinen Eintrag im Startmenü und wird über den Ersatzpfad in EFI/BOOT gestartet.
    .missing = Die Variablen der Firmware lassen sich nicht schreiben (efivarfs fehlt): NixOS bekommt keinen Eintrag im Startmenü und wird über den Ersatzpfad in EFI/BOOT gestartet.
problem-variables-not-writable-mend = Startet etwas anderes, wählen Sie den Datenträger im Startmenü der Firmware.
problem-variant-without-layout = Eine Variante ist ohne ihre Belegung gewählt.
problem-variant-without-layout-mend = Wählen Sie die Belegung.
problem-volume-may-span = Etwas hier kann Teil eines Verbunds sein, zu dem auch andere Datenträger gehören: Dann geht es auch dort verloren.
    .others = { $disk } ({ $kind }) kann Teil desselben Verbunds sein wie { $others }: Dann geht auch verloren, was dort ist.
    .unseen = { $disk } ({ $kind }) kann Teil desselben Verbunds sein wie andere, die nicht zu sehen sind: Dann geht auch verloren, was dort ist.
problem-volume-may-span-mend = Stellen Sie sicher, dass nichts davon noch gebraucht wird, oder wählen Sie einen anderen Datenträger.
problem-waits-for-passphrase = Bei jedem Start wartet dieser Server an seinem eigenen Bildschirm auf die Passphrase des Datenträgers. Vorher ist er über SSH nicht zu erreichen.
problem-waits-for-passphrase-mend = Verschlüsseln Sie den Datenträger nicht, oder sorgen Sie dafür, dass jemand an Bildschirm und Tastatur kommt.
problem-windows-may-sleep = Ob ein Windows auf diesem Computer schläft, war noch nicht zu sehen. Es wird nachgesehen, bevor etwas geschrieben wird; schläft es, endet die Installation dort.
    .told = Ob ein Windows in { $path } schläft, war noch nicht zu sehen. Es wird nachgesehen, bevor etwas geschrieben wird; schläft es, endet die Installation dort.
problem-windows-may-sleep-mend = Um sicherzugehen: Starten Sie Windows, und halten Sie die Umschalttaste gedrückt, während Sie „Herunterfahren“ wählen.
problem-windows-sleeps = Ein Windows auf diesem Computer schläft, wie meist nach dem Herunterfahren mit Schnellstart, und merkt sich seine Laufwerke, wie sie waren.
    .path = Das Windows in { $path } schläft, wie meist nach dem Herunterfahren mit Schnellstart, und merkt sich seine Laufwerke, wie sie waren.
problem-windows-sleeps-mend = Starten Sie Windows, und halten Sie die Umschalttaste gedrückt, während Sie „Herunterfahren“ wählen; oder wählen Sie einen anderen Weg.
problem-wired-left-out = Ein Gateway oder Nameserver wird nicht benutzt: Seine Schnittstelle hat schon ein anderes Gateway, oder keine Adresse dieser Art.
    .alone = Neben dem Gateway { $address } steht keine feste Adresse seiner Art: Die Schnittstelle { $interface } kommt ohne es aus.
    .second = { $first } ist schon das Gateway, und { $address } kommt danach: Die Schnittstelle { $interface } kommt ohne es aus.
    .name-server = Der Nameserver { $address } ist ohne eine IPv4-Adresse nicht zu erreichen: Die Schnittstelle { $interface } kommt ohne ihn aus.
problem-wired-left-out-mend = Behalten Sie ein Gateway je Art, mit einer Adresse daneben.
problem-wired-unclear = Eine Netzwerkschnittstelle ist doppelt oder ohne Adresse angegeben.
    .twice = Die Schnittstelle { $interface } ist zweimal angegeben.
    .no-address = Die Schnittstelle { $interface } hat keine Adresse.
problem-wired-unclear-mend = Geben Sie jede einmal an, mit ihrer Adresse.
problem-wired-unknown = Eine angegebene Netzwerkschnittstelle gibt es an diesem Computer nicht, oder sie hat kein Kabel.
    .no-cable = Die Schnittstelle { $interface } hat kein Kabel, und ihre feste Adresse wird nicht benutzt.
    .missing = Dieser Computer hat keine Schnittstelle { $interface }, und ihre feste Adresse wird nicht benutzt.
problem-wired-unknown-mend = Prüfen Sie ihren Namen, oder lassen Sie sie weg; gelten die Angaben einem anderen Computer, ist nichts zu tun.
problem-wrong-passphrase = Die Passphrase öffnet die verschlüsselte Partition nicht. Es wurde nichts verändert.
    .number = Die Passphrase öffnet den LUKS-Container in Partition { $number } nicht. Es wurde nichts verändert.
problem-wrong-passphrase-mend = Geben Sie die Passphrase an, die sie öffnet: Sie gilt für alles, was verschlüsselt ist.

told-between = { ", " }
told-between-sentences = { " " }
told-disk = { $model } ({ $size }, { $path })
told-disk-serial = { $model } ({ $size }, Seriennummer { $serial }, { $path })
told-name = „{ $name }“
told-partition = Partition { $number } von { $disk }
