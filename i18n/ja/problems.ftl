# 問題 (識別子ごと)。

cause-kept = { $cause ->
    [unread] パーティションテーブルを読めません
    [no_table] パーティションテーブルがありません
    [no_signature] MBR に署名がなく、パーティションを見分けられません (「sfdisk --disk-id」で付けられます)
    [two_extended] MBR に拡張パーティションが 2 つあります
    [outside] パーティション { $number } が、ディスクの外かテーブルの中に入っています
    [overlap] パーティション { $number } と { $other } が重なっています
    [no_guid] パーティション { $number } に固有の識別子がありません
    [hybrid] GPT とは別に MBR にもパーティションがあり (ハイブリッド MBR)、そちらが正しくなくなります
    [damaged] パーティションテーブルの 2 つのコピーのうち、1 つ目が正しくありません (「fdisk」の「w」で直せます)
    [table_elsewhere] パーティションテーブルの項目がヘッダーの直後ではなく、セクター { $sector } から始まります。間にファームウェアがあるかもしれません
    [too_many] パーティション { $number } があり、残せる数より多くなっています
   *[other] パーティションテーブルが正しくありません
}
cause-partition = { $cause ->
    [part_of_volume] { $paths } と同じボリュームの一部です ({ $kind })
    [may_span] ほかのパーティションやディスクにもあるかもしれないボリュームの一部です ({ $kind })
    [on_several] 複数のディスクにあるボリュームの一部です ({ $kind })
    [extended] ロジカルパーティションが入る拡張パーティションです
    [logical] ロジカルパーティションで、消去するとほかの番号が変わります
   *[other] ほかのものがここにあるか、ここから始まります
}
cause-size = { $cause ->
    [hibernated] Windows が完全に終了していません。Windows を起動し、「Fast Startup」を無効にして、完全に終了してください
    [dirty] 正しく終了していません。そのシステムを起動し、完全に終了してください
    [bit_locker] BitLocker で暗号化されています。Windows で BitLocker を無効にし、解除が終わるまで待ってください
    [in_use] 使用中です。先にアンマウントしてください
    [several_disks] 複数のディスクにまたがっています
    [other_kind] { $kind } のファイルシステムではできません
    [damaged] 大きさが分かりません
    [no_tool] このメディアに { $program } がありません
    [logical] ロジカルパーティションで、空けた場所は拡張パーティションの中に残ります
    [blank] ファイルシステムがありません
    [unknown] 内容が分かりません
    [not_measured] どこまで小さくできるか、調べられていません
    [full] 空けられる場所がありません
    [too_little] 空けられるのは { $available } ですが、このインストールには { $needed } 必要です
    [container] LUKS コンテナの中身は、ここでは拡大できません
    [vfat] vfat を拡大するプログラムが、このメディアにありません
    [not_looked_at] Windows が完全に終了しているか、調べられていません
   *[other] ファイルシステムが対応していません
}

problem-apple-firmware = この Mac は、ここにあるパーティションから起動します。それがないと、復元用のシステムも含めて何も起動しなくなります。
    .told = この Mac はパーティション { $number } で起動します。これがないと、別の Mac で復元するまで、復旧も含めて何も起動しません。
problem-apple-firmware-mend = Apple のパーティションは残し、空き領域か、システムのパーティションを使ってください。
problem-autologin-unknown = パスワードなしでログインする人が、ユーザーの中にいません。
    .told = { $name }というユーザーはいません。
problem-autologin-unknown-mend = ユーザーの 1 人を選んでください。
problem-beyond-reach = カーネルがディスクの先頭 2 TiB より後ろに置かれます。そこを読めない BIOS があります。
problem-beyond-reach-mend = ディスクの先頭に近い空きを使うか、UEFI モードで起動してください。
problem-bios-beside-uefi-windows = メディアは BIOS モードで、Windows は UEFI モードで起動します。
    .told = メディアは BIOS モードで起動しましたが、{ $disk } の Windows は UEFI モードで起動します。
problem-bios-beside-uefi-windows-mend = UEFI モードでメディアを起動し直してください。
problem-bios-sector-size = BIOS はこの大きさのセクターからは起動できません。
    .told = { $disk } のセクターは { $sector } バイトで、BIOS はほとんど起動できません。
problem-bios-sector-size-mend = UEFI モードでメディアを起動してください。
problem-bit-locker-stays = 残される Windows は BitLocker で暗号化されています。
    .told = パーティション { $number } は BitLocker で暗号化されています。起動順が変わると、Windows が回復キーを求めることがあります。
problem-bit-locker-stays-mend = 回復キーを用意してください。求められることがあります。
problem-boot-loader-impossible = このブートローダーは、ここではシステムを起動できません。
    .gpt-only = systemd-boot は GPT のディスクからだけ起動しますが、これは MBR です。
    .kernels-on-esp = Limine はカーネルを EFI システムパーティションに置きますが、残されるものは小さすぎます。
    .uefi-only = systemd-boot は UEFI でだけ起動しますが、このコンピューターは BIOS で起動しました。
    .fat-only = Limine は FAT のカーネルしか読めませんが、BIOS のコンピューターでは ext4 に置かれます。
problem-boot-loader-impossible-mend = 別のブートローダーを選んでください。
problem-boot-too-small = カーネルを置く場所がありません。
    .told = { $path } の空きは { $free } ですが、いくつかのジェネレーションのカーネルには約 { $needed } 必要です。
problem-boot-too-small-mend = ブートパーティションを空けるか、別のものを選んでください。
problem-broadcom-driver = この Wi-Fi カードは、Broadcom 独自のドライバーなしではうまく動かないか、まったく動きません。
problem-broadcom-driver-mend = そのドライバーは不自由で、直されない既知の安全上の問題があります。ここで求めたときだけインストールします。
problem-cache-silent = 指定されたキャッシュが応答しません。
    .told = { $cache } が応答しません。
problem-cache-silent-mend = アドレスとプロキシを確かめてください。使えなければ、パッケージはほかから取得するか、ここでビルドします。
problem-cannot-grow = このパーティションの内容は拡大できません。
    .number = パーティション { $number } は拡大できません: { cause-size }。
problem-cannot-grow-mend = そのまま残し、空き領域に別のパーティションを作ってください。
problem-clock-wrong = このコンピューターの時計が合っていません。
    .told = 時計は { $today } ですが、メディアは { $made } 以後に作られました。安全な接続 (TLS) に失敗し、ファイルの日付も正しくなりません。
problem-clock-wrong-mend = 時計を合わせるか、ネットワークに接続してください。
problem-configuration-refused = Nix がこの設定を受け付けません。
problem-configuration-refused-mend = 挙げられた箇所を変えるか、報告してください。
problem-console-keymap-differs = パスフレーズを入力するコンソールでは、一部のキーが別の文字になります。
    .keys = パスフレーズを入力するテキストコンソールでは、この配列の次の文字が別の文字になります: { $keys }
problem-console-keymap-differs-mend = どちらでも同じ文字と数字を使ってください。
problem-container-locked = 暗号化されたパーティションの中身は、ロックを解除するまでわかりません。
    .locked = パーティション { $number } の LUKS コンテナの内容は、ロックを解除するまで分かりません。
    .impossible = パーティション { $number } の LUKS コンテナの中を調べられません。
problem-container-locked-mend = パスフレーズでロックを解除するか、ロックしたままそのまま残してください。
problem-defect = このプログラム自体に誤りがあります。
problem-defect-mend = ログを添えて報告してください。
problem-desktop-too-new = メディアのリリースには、このデスクトップがまだありません。
    .told = { $desktop } には NixOS { $since } が必要ですが、メディアは { $release } です。
problem-desktop-too-new-mend = 別のデスクトップか、新しいメディアを選んでください。
problem-disk-content-unknown = 内容が分かりません。
    .told = { $disk } の内容が分かりません。
    .unread = { $disk } の内容が分かりません: { $reason }。
problem-disk-content-unknown-mend = 必要なものがないことを確かめてください。
problem-disk-in-use = 使用中の部分があり、解放されます。
    .mounted = { $disk } は使用中で、解放されます。マウント先: { $mounts }。
    .held = { $disk } は { $holders } が使用中で、解放されます。
    .both = { $disk } は { $holders } が使用中で、解放されます。マウント先: { $mounts }。
    .untaken = { $disk } は使用中です: { $uses }。
problem-disk-in-use-mend = このディスクで開いているものを閉じてください。
problem-disk-is-live-medium = 今動いているライブシステムが入っています。
    .told = { $disk } には、今動いているライブシステムが入っています。
problem-disk-is-live-medium-mend = 別のディスクを選んでください。
problem-disk-partly-used = このディスクの後ろの部分は使われません。古いパーティションテーブル (MBR) がそこまで届かないためです。
    .told = このディスクは { $size } のうち、先頭の { $reach } だけが使えます。パーティションテーブル (MBR) がその先に届かないためです。
problem-disk-partly-used-mend = すべてを使うには、ディスク全体を消去してください。新しいテーブル (GPT) が作られます。
problem-disk-read-only = 書き込みできません。
    .told = { $disk } には書き込みできません。
problem-disk-read-only-mend = 別のディスクを選んでください。
problem-disk-removable = 取り外しできるディスクです。
    .told = { $disk } は取り外しできるディスクです。
problem-disk-removable-mend = 終わるまで接続したままにしてください。
problem-disk-too-small = 小さすぎます。
    .needs = { $disk } は小さすぎます。このインストールには { $needed } 必要です。
    .swap = { $disk } は小さすぎます。このインストールには { $needed } 必要で、そのうち { $system } はシステム、{ $swap } はスワップの分です。
    .holds = ディスクの容量は { $size } ですが、このインストールには { $needed } 必要です。
problem-disk-too-small-mend = もっと大きなディスクを選んでください。
problem-disks-unknown = ディスクを調べられませんでした。
problem-disks-unknown-mend = ライブメディアでインストーラーを実行してください。
problem-duplicate-address = アドレスが重複しています。
    .told = アドレス { $address } が 2 回使われています。
problem-duplicate-address-mend = ネットワークインターフェースごとに別のアドレスを指定してください。
problem-duplicate-disks = 2 つのディスクまたはファイルシステムを区別できません。
    .table = { $disk } のパーティションテーブルに同じ識別子があります。どちらかがコピーです。
    .esp = EFI システムパーティションの識別子 { $uuid } が、ほかのファイルシステムにもあります。どちらかがコピーです。
    .home = パーティション { $number } の識別子 { $uuid } が、ほかのファイルシステムにもあります。どちらかがコピーです。
    .file-system = 同じ識別子 { $uuid } が、ほかのファイルシステムにもあります。どちらかがコピーです。
problem-duplicate-disks-mend = 片方を取り外してください。
problem-duplicate-user = 同じ名前のユーザーが 2 人います。
    .told = ログイン名{ $name }が 2 回使われています。
problem-duplicate-user-mend = 片方の名前を変えてください。
problem-encryption-impossible = この形では暗号化できません。
    .no-partition = パスフレーズの指定がありますが、暗号化するパーティションがありません。
    .no-passphrase-to-unlock = ロックを解除するパスフレーズがありません。
    .no-passphrase = 暗号化に使うパスフレーズがありません。
    .starts = コンピューターの起動元は暗号化できません。その時点では、まだ開くことができないためです。
    .hibernation = ハイバネーションの間、暗号化されたルートの鍵を含むメモリー全体が、暗号化されずにここに置かれます。
problem-encryption-impossible-mend = 起動に使う部分は暗号化せず、残り全部に一つのパスフレーズを使ってください。
problem-esp-formatted = EFI システムパーティションが削除されるか、作り直されます。Windows を含め、そこから起動するシステムは起動しなくなります。
    .told = パーティション { $number } は EFI システムパーティションです。Windows を含め、そこから起動するシステムは起動しなくなります。
problem-esp-formatted-mend = ほかのシステムを残すなら、そのままマウントしてください。
problem-esp-shared = EFI システムパーティションは、今そこから起動しているものにも使われています。
    .nixos = EFI システムパーティション (番号 { $number }) は、今そこから起動しているものにも使われています。ファイルは残りますが、ブートローダーの設定と EFI/BOOT の代替ローダーは置き換えられ、そこから起動する NixOS があれば、その起動メニューとカーネルも置き換えられます。
    .no-nixos = EFI システムパーティション (番号 { $number }) は、今そこから起動しているものにも使われています。ファイルは残りますが、ブートローダーの設定と EFI/BOOT の代替ローダーは置き換えられます。
problem-esp-shared-mend = 今そこから起動しているものは、これからも起動します。ただし別の NixOS があれば、その起動メニューは置き換えられます。その場合は別のものか、別のディスクを選んでください。
    .no-nixos = 今そこから起動しているものは、これからも起動します。
problem-esp-unusable = この EFI システムパーティションは使えません。
    .bios = このコンピューターは BIOS で起動しました。BIOS は EFI システムパーティションから起動しません。
    .kernels-of-others = EFI システムパーティションにはカーネルを置く空きがなく、パーティション { $number } はほかのシステムのカーネル用です。ブートローダーは新しいものもそこで探します。
    .other-type = パーティション { $number } は EFI システムパーティションではありません。
    .no-fat = EFI システムパーティション { $number } に、識別子のある FAT のファイルシステムがありません。
    .unmeasured = EFI システムパーティション { $number } の空きが分かりません。
    .full = EFI システムパーティション { $number } の空きは { $free } だけです。
    .no-kernels = 空きは { $free } だけですが、カーネルには { $needed } 必要です。
problem-esp-unusable-mend = 別のものを選ぶか、新しく作らせてください。
problem-firmware-unknown = ファームウェアを判別できませんでした。
problem-firmware-unknown-mend = ライブメディアでインストーラーを実行してください。
problem-firmware-unsupported = このファームウェアにはまだ対応していません。
    .bits = ファームウェアは 32 ビットの UEFI で、32 ビットのブートローダーしか起動しません。このバージョンは 64 ビットのものをインストールします。
    .no-uefi = コンピューターは UEFI でも BIOS でも起動していません。このバージョンはその二つだけに対応しています。
problem-firmware-unsupported-mend = 64 ビット UEFI または BIOS モードで起動してください。
problem-flag-impossible = このパーティションに、そのフラグは付けられません。
    .not-primary = パーティション { $number } は有効 (active) にできません。BIOS は基本パーティションから起動します。
    .hidden = コンピューターはこのパーティションから起動しますが、「no_block_io」があるとファームウェアから中が見えません。
    .two-active = 有効 (active) にできるパーティションはディスクに 1 つですが、2 つに指定されています。
problem-flag-impossible-mend = ここではフラグを外すか、別のパーティションに付けてください。
problem-flag-of-other-table = このパーティションテーブルに、そのフラグはありません。
    .of-mbr = { $flag }は MBR のもので、{ $path } のテーブルは GPT です。
    .of-gpt = { $flag }は GPT のもので、{ $path } のテーブルは MBR です。
problem-flag-of-other-table-mend = そのフラグを外してください。「active」は MBR、ほかは GPT のものです。
problem-flake-not-pinned = フレークをどの nixpkgs に固定するか、メディアに記されていません。
    .no-revision = メディアの nixpkgs のリビジョンが分からないため、Flake を固定できません。
    .no-hash = メディアの Nix が nixpkgs のハッシュを知らないため、Flake を固定できません。
problem-flake-not-pinned-mend = 従来の形式を選ぶか、NixOS のメディアを使ってください。
problem-flakes-off = システムはフレークになりますが、フレークが無効です。
problem-flakes-off-mend = 有効にするか、従来の形式を選んでください。
problem-flatpak-without-desktop = Flatpak にはデスクトップが必要です。
problem-flatpak-without-desktop-mend = デスクトップを選ぶか、Flatpak を外してください。
problem-gateway-outside = ゲートウェイがインターフェースのネットワークの外にあり、届かない可能性があります。
    .told = ゲートウェイ { $gateway } は、インターフェース{ $interface }のどのネットワークにもなく、届かないかもしれません。
problem-gateway-outside-mend = アドレスと、その「/」の後の数字を確認してください。
problem-home-in-btrfs = ホームフォルダーは btrfs のサブボリュームの中にあり、ここでは古いシステムだけを置き換えることができません。
    .unseen = パーティション { $number } は btrfs ですが、サブボリュームが分かりません。
    .other-kind = パーティション { $number } は { $kind } です。ホームフォルダーを残せるのは、専用の ext4、xfs、f2fs と、btrfs の中です。
    .no-identifier = パーティション { $number } のファイルシステムに識別子がありません。
    .other-partition = ホームフォルダーはパーティション { $number } の btrfs にあります。置き換えられるのはその中のシステムで、ほかのパーティションのものではありません。
    .bios = ホームフォルダーは btrfs にあり、BIOS では専用の /boot から新しいシステムが起動しますが、この使い方ではそのパーティションを作りません。
    .no-esp = ホームフォルダーは btrfs にあり、このディスクには、カーネルを置ける EFI システムパーティションがありません。
    .no-name = パーティション { $number } の btrfs では、新しいサブボリュームに使える名前がありません。
    .odd-name = パーティション { $number } のサブボリューム{ $subvolume }の名前は、ここでは書けません。
    .no-home = パーティション { $number } に「home」や「@home」というサブボリュームがありません。
    .several-homes = パーティション { $number } には、ホームフォルダーがありそうなサブボリュームが複数あります: { $subvolumes }。
    .top = パーティション { $number } では、{ $system }のルートが btrfs のいちばん上にあり、それだけを消去できません。
    .several-systems = パーティション { $number } には複数のシステムがあり、ホームフォルダーを共有しているかもしれません: { $systems }。
    .several-roots = パーティション { $number } には、ホームフォルダーを使うシステムのルートらしいサブボリュームが複数あります: { $subvolumes }。
    .lies-inside = パーティション { $number } のサブボリューム{ $subvolume }は以前のシステムのものの中にあり、ともに消去されてしまいます。
problem-home-in-btrfs-mend = パーティションごとに決めてください。そこでは、サブボリュームを @home のような名前で、/home として残せます。
problem-home-in-luks = ホームフォルダーは LUKS コンテナの中にあり、この使い方では、暗号化されていないものだけを残せます。
    .other-kind = ホームフォルダーはパーティション { $number } の LUKS コンテナ ({ $kind }) の中にあり、この使い方では、暗号化されていないものだけを残せます。
problem-home-in-luks-mend = パーティションごとに決めてください。そこでは、コンテナのロックを解除して、/home としてそのまま残せます。ただし btrfs は残せません。
problem-home-kept = ホームフォルダーはそのまま残ります。以前と同じログイン名の人は、古いファイルをそのまま使えます。
    .partition = パーティション { $number } は、そのまま /home になります。以前のログイン名の人が以前のファイルを使えます。所有者は番号で決まり、最初の人は 1000、次の人は 1001 です。
    .partition-folders = パーティション { $number } は、{ $folders }{ $more ->
        [0] { "" }
       *[other] {" "}ほか { $more } 人
    } のフォルダーごと、そのまま /home になります。このログイン名の人がフォルダーとファイルを使えます。ただし、前の人がその番号を使う場合や、人の番号 (1000～29999) でない場合は除きます。
    .subvolume = サブボリューム{ $subvolume }は、そのまま /home になります。以前のログイン名の人が以前のファイルを使えます。所有者は番号で決まり、最初の人は 1000、次の人は 1001 です。
    .subvolume-folders = サブボリューム{ $subvolume }は、{ $folders }{ $more ->
        [0] { "" }
       *[other] {" "}ほか { $more } 人
    } のフォルダーごと、そのまま /home になります。このログイン名の人がフォルダーとファイルを使えます。ただし、前の人がその番号を使う場合や、人の番号 (1000～29999) でない場合は除きます。
problem-home-kept-mend = 全員に、以前と同じログイン名を、以前と同じ順番で付けてください。
problem-home-unusable = このホームフォルダーは、この使い方では残せません。
    .other-kind = パーティション { $number } は { $kind } です。ホームフォルダーを残せるのは、専用の ext4、xfs、f2fs と、btrfs の中です。
    .no-identifier = パーティション { $number } のファイルシステムに識別子がありません。
problem-home-unusable-mend = パーティションごとに決めるか、ほかの使い方を選んでください。
problem-homes-go = ホームフォルダーも、このシステムとともに失われます。
    .told = { $system }とともに、ホームフォルダー { $folders } も失われます。
problem-homes-go-mend = 残すには「古いシステムを置き換え、ホームフォルダーを残す」を選んでください。それができないときは、パーティションごとに決めてください。
problem-input-method-without-desktop = 入力メソッドにはデスクトップが必要です。
problem-input-method-without-desktop-mend = デスクトップを選ぶか、入力メソッドを外してください。
problem-key-of-other-layout = 別の使い方のための指定があります。
problem-key-of-other-layout-mend = 指定を外すか、その使い方を選んでください。
problem-layout-impossible = このディスクではこの方法は使えません。
    .manual-alone = この使い方は、1 台のディスクだけのものではありません。
    .no-gap-before = 最初のパーティションの前に空きがありません。
    .no-gap-behind = パーティション { $number } の後ろに空きがありません。
    .too-much = { $size } が指定されていますが、空きは { $most } です。
    .outside = { $size } が指定されていますが、そこで使えるのは { $least } から { $most } までです。
    .home-replaced = パーティション { $number } は置き換えられるため、/home として残せません。
    .nothing-kept = { $disk } には、残せるものがありません: { cause-kept }。
    .logical-start = パーティション { $number } はロジカルパーティションです。ファームウェアは 4 つの基本パーティションから起動します。
    .not-smaller = パーティション { $number } は縮小できません: { cause-size }。
    .needs = パーティション { $number } はそこまで縮小できません。{ $size } になりますが、{ $least } 必要です。
    .stays = パーティション { $number } は消去できません: { cause-partition }。
    .logical = パーティション { $number } はロジカルパーティションです。同じ場所に残すか (作り直しや拡大はできます)、拡張パーティションの中身すべてとともに消去します。
    .extended = パーティション { $number } は拡張パーティションです。そのまま残すか、中のロジカルパーティションすべてとともに消去します。
problem-layout-impossible-mend = 別のディスクか別の方法を選んでください。
problem-linux-may-sleep = このコンピューターの Linux が完全に終了しているかどうかは、わかりません。スワップを確認できないためです。
    .file = { $system }が完全に終了しているかどうかは、わかりません。スワップが btrfs の中のファイル { $swap } のためです。
    .container = { $system }が完全に終了しているかどうかは、わかりません。スワップが、ロックされたままのパーティション { $number } ({ $path }) の LUKS コンテナにあるためです。
    .volume = { $system }が完全に終了しているかどうかは、わかりません。スワップ { $swap } が、開かれていないボリューム ({ $kind }) にあるかもしれないためです。
problem-linux-may-sleep-mend = 終了していないかもしれない場合は、インストールを始める前に、起動して完全に終了してください。
problem-linux-not-listed = 残される Linux は、新しいシステムの起動メニューに表示されません。
    .told = { $disk } の{ $system }は、新しいシステムの起動メニューに表示されません。
problem-linux-not-listed-mend = 起動するには、電源を入れた直後に F12、F11、F8、Esc などのキーで、ファームウェアの起動メニューを開いてください。
problem-linux-sleeps = このコンピューターの Linux は完全に終了していません。
    .memory = このコンピューターの Linux は完全に終了していません (メモリーの内容が { $memory } にあります)。以前のファイルシステムの状態を使い続けます。
problem-linux-sleeps-mend = 起動して完全に終了するか、ほかの使い方を選んでください。
problem-little-memory = メモリの空きがわずかです。
    .told = 使えるメモリーは { $available } だけですが、Nix は約 { $needed } 使うことがあります。
problem-little-memory-mend = ほかのプログラムを終了してください。
problem-loader-replaced = このディスクの先頭にあるブートローダーは GRUB に置き換えられます。
problem-loader-replaced-mend = 残すには、BIOS ブートパーティションを別のディスクに置いてください。
problem-loader-stays = 置き換えられるシステムのブートローダーは残り、ファームウェアの一覧に表示されることがあります。
    .told = { $system }のブートローダーは EFI システムパーティションに残り、ファームウェアの一覧に表示されることがありますが、何も起動しません。
problem-loader-stays-mend = もう何も起動しません。不要なら、ファームウェアのメニューでその項目を削除してください。
problem-made-larger = 残されるものが拡大されます。
    .resized = パーティション { $number } は { $from } から { $to } へ拡大されます。ファイルは残りますが、その間に電源が切れたり、ディスクにエラーがあったりすると、すべて失われるおそれがあります。
    .ntfs = パーティション { $number } は { $from } から { $to } へ拡大されます。ファイルは残りますが、その間に電源が切れたり、ディスクにエラーがあったりすると、すべて失われるおそれがあります。次の起動時に Windows が検査しますが、問題ありません。
problem-made-larger-mend = 先に控えを取ってください。この手順は中断できません。
problem-made-smaller = 残されるものが縮小されます。
    .resized = パーティション { $number } は { $from } から { $to } へ縮小されます。ファイルは残りますが、その間に電源が切れたり、ディスクにエラーがあったりすると、すべて失われるおそれがあります。
    .ntfs = パーティション { $number } は { $from } から { $to } へ縮小されます。ファイルは残りますが、その間に電源が切れたり、ディスクにエラーがあったりすると、すべて失われるおそれがあります。次の起動時に Windows が検査しますが、問題ありません。
problem-made-smaller-mend = 先に控えを取ってください。この手順は中断できません。
problem-memory-unknown = メモリの量が分かりませんでした。
problem-memory-unknown-mend = 別の種類のスワップを選んでください。
problem-mount-point-impossible = そこにはマウントできません。
    .reserved = { $at } は、動いているシステムのものです。
    .scratch = { $at } には、インストール用のファイルが置かれます。
    .below-boot = ブートローダーの場所は /boot か、/boot とは別の /efi で、{ $at } ではありません。
    .vfat = vfat には所有者もパーミッションもありませんが、{ $at } には必要です。
    .subvolume = コンピューターが起動するのは専用のパーティションで、{ $at } のサブボリュームではありません。
    .anew = { $at } にマウントするものは、新しく作る必要があります。
    .esp = パーティション { $number } は EFI システムパーティションです。残す場合のマウント先は /boot か、別の /boot があれば /efi で、{ $at } ではありません。
    .new-esp = EFI システムパーティションのマウント先は /boot か、別の /boot があれば /efi です。
    .kernels = カーネル用のパーティションのマウント先は /boot です。
    .no-file-system = パーティション { $number } に、分かるファイルシステムがありません。
    .other-kind = パーティション { $number } は { $kind } です。そのままマウントできるのは ext4、btrfs、xfs、f2fs です。
    .homes-in-btrfs = パーティション { $number } は btrfs で、どのサブボリュームにホームフォルダーがあるか分かりません。
    .no-identifier = パーティション { $number } のファイルシステムに識別子がありません。
    .no-container = パーティション { $number } は { $kind } で、ロックを解除できる LUKS コンテナではありません。
    .no-uuid = パーティション { $number } の LUKS コンテナに UUID がありません。
problem-mount-point-impossible-mend = 別の場所か別のファイルシステムを選んでください。
problem-mount-point-twice = 同じ場所に別のものもマウントされます。
    .told = { $at } には、すでに別のものがマウントされます。
problem-mount-point-twice-mend = それぞれ別の場所にしてください。
problem-nixos-install-missing = メディアに nixos-install がありません。
problem-nixos-install-missing-mend = NixOS のライブメディアを使ってください。
problem-nixos-loses-menu = 残す NixOS も、同じ EFI システムパーティションから起動しています。ブートローダーが同じなら、その起動メニューの項目とカーネルは置き換えられ、起動しなくなります。ファイルは残ります。
    .told = { $disk } の{ $system }は、新しいシステムも使うパーティション { $number } ({ $path }) から起動します。ブートローダーが同じ種類であれば、起動メニューの項目とカーネルが置き換えられ、起動しなくなります。ファイルは残ります。
problem-nixos-loses-menu-mend = その NixOS を起動できるまま残すなら、別の EFI システムパーティションか、別のディスクを選んでください。
problem-nixpkgs-unknown = ビルドに使う nixpkgs がありません。
problem-nixpkgs-unknown-mend = NixOS のライブメディアを使ってください。
problem-no-administrator = 管理者になれる人がいません。
problem-no-administrator-mend = だれかを管理者にしてください。
problem-no-boot-place = このままではコンピューターが起動できません。
    .no-esp = EFI システムパーティションがマウントされていません。これがないと、ファームウェアは何も起動できません。
    .no-boot = カーネルは /boot に置かれますが、ファームウェアがそこを読めません。
    .type = ファームウェアは EFI システムパーティションから起動しますが、この種類は { $kind } です。
    .format = ファームウェアは vfat から起動し、{ $kind } は読めません。
    .kernels-anew = EFI システムパーティションとは別のカーネル用パーティションは、新しく作る必要があります。
    .kernels-of-others = EFI システムパーティションにはカーネルを置く空きがなく、パーティション { $number } はほかのシステムのカーネル用です。ブートローダーは新しいものもそこで探します。
    .two-for-kernels = ブートローダーがカーネルを探すのはこの種類のパーティション 1 つですが、2 つあります。
    .same-disk = systemd-boot は、EFI システムパーティションと同じディスクのカーネルだけを見つけます。
    .kernels-vfat = ファームウェアは vfat のカーネルしか読めません。
    .gap = GRUB は最初のパーティションの前に置かれますが、そこは { $size } で、{ $needed } 必要です。
    .plain-ext4 = GRUB は、新しい、暗号化されていない ext4 からカーネルを読みます。
    .root-unread = ルートが暗号化されているか ext4 でないと、GRUB はカーネルを読めません。
problem-no-boot-place-mend = /boot のパーティションを加えるか、今ある EFI システムパーティションをマウントしてください。
problem-no-cache-key = キャッシュの公開鍵が指定されていません。NixOS 自身のキャッシュが署名したものだけを取得します。
problem-no-cache-key-mend = 独自にパッケージへ署名するキャッシュの鍵を、それぞれ加えてください。
problem-no-channel = メディアにチャンネルがありません。新しいシステムは起動しますが、再ビルドに使う nixpkgs が見つかりません。
    .told = メディアには nixpkgs ({ $path }) がありますが、チャンネルがありません。新しいシステムは起動しますが、「nixos-rebuild」に使う nixpkgs がありません。
problem-no-channel-mend = 最初の起動の後でチャンネルを加えるか、NixOS のメディアを使ってください。
problem-no-disk = 合うディスクがありません。
    .none = Linux から見えるディスクがこのコンピューターにありません。
    .unfit = インストールできるディスクがありません。{ $reasons }{ $more ->
        [0] { "" }
       *[other] ほかに { $more } 台あります。
    }
    .unnamed = 選ばずに使えるディスクはありません。{ $reasons }{ $more ->
        [0] { "" }
       *[other] ほかに { $more } 台あります。
    }
    .other = 指定に合うディスクがありません。あるもの: { $disks }。
    .first-of = { $count } 個の指定のうち、1 台だけに合うものがありません。{ $several } 個は複数に合います。あるもの: { $disks }。
    .manual = ディスクが選ばれていません。
problem-no-disk-mend = 別のディスクを接続してください。
problem-no-free-space = このディスクには空き領域がありません。
problem-no-free-space-mend = 先に空きを作るか、ほかの使い方を選んでください。
problem-no-home = このディスクには、ホームフォルダー用のパーティションがありません。
problem-no-home-mend = ほかの使い方を選んでください。
problem-no-lasting-name = このディスクには変わらない名前がありません。
    .told = { $disk } には変わらない名前がありません。再起動の後、ほかのディスクの名前になることがあります。
problem-no-lasting-name-mend = 後でディスクを増減しないでください。
problem-no-name-servers = 固定アドレスのネットワークインターフェースにネームサーバーがなく、nixos.org などの名前が見つからない可能性があります。
    .told = インターフェース{ $interface }にネームサーバーがありません。ほかにもなければ、nixos.org のような名前が見つかりません。
problem-no-name-servers-mend = ネームサーバーを追加してください。ルーターのアドレスを指定できることもあります。
problem-no-partition = このディスクにはパーティションがありません。
problem-no-partition-mend = 空き領域を使うか、ディスクを消去してください。
problem-no-place-for-grub = このコンピューターは BIOS で起動しますが、GRUB のためのパーティションがありません。
problem-no-place-for-grub-mend = 1 MiB の「BIOS 起動」パーティションを加えてください。
problem-no-room = 空きが足りません。
    .too-small = 空きは { $available } ですが、このインストールには { $needed } 必要です。
    .no-slot = パーティションテーブルには、あと { $count } 個のパーティションを置けません。
    .no-primary = MBR のパーティションテーブルに置けるのは、ロジカルパーティションのほかに 4 個です。空きは { $free } 個ですが、このインストールには { $count } 個必要です。
problem-no-room-mend = 先に空きを作るか、ほかの使い方を選んでください。
problem-no-room-behind = このパーティションのすぐ後ろに空き領域が足りません。
    .partition-behind = パーティション { $number } のすぐ後ろに空きがありません。パーティション { $next } が始まります。
    .end-behind = パーティション { $number } のすぐ後ろに空きがありません。ディスクの終わりです。
    .partition-near = パーティション { $number } は { $most } までです。その後ろからパーティション { $next } が始まります。
    .end-near = パーティション { $number } は { $most } までです。そこでディスクが終わります。
problem-no-room-behind-mend = 小さくするか、すぐ後ろに場所を空けてください。動くのは終わりだけです。
problem-no-room-for-grub = BIOS から起動する GRUB のための空きがありません。
    .core = GRUB は BIOS 起動パーティション { $number } に入りますが、小さすぎます。
    .gap = GRUB は最初のパーティションの前に置かれますが、そこは { $size } で、{ $needed } 必要です。
problem-no-room-for-grub-mend = ディスクを消去するか、ほかのディスクを選んでください。
problem-no-room-for-updates = システムは 1 つなら収まりますが、更新のためのもう 1 つは収まりません。
    .told = システムは { $path } の { $free } のうち { $system } を使います。大部分を置き換える更新は、並べて置けません。
problem-no-room-for-updates-mend = もっと広くしてください。更新のたびに必要です。
problem-no-root-file-system = システムを置く / に何もマウントされません。
problem-no-root-file-system-mend = / にするパーティションを選んでください。
problem-no-ssh-key = SSH は鍵のみを受け付けますが、だれも鍵を持っていません。
problem-no-ssh-key-mend = 鍵を加えるか、パスワードを許可してください。
problem-nobody-can-log-in = インストールしたシステムにだれもログインできません。
problem-nobody-can-log-in-mend = ユーザーを追加してください。
problem-not-beside-homes = 新しいシステムはホームフォルダーのある btrfs に入るため、別のファイルシステム、暗号化、専用のスワップパーティションは使えません。
    .file-system = 新しいシステムはホームフォルダーの btrfs に入るため、ほかのファイルシステムは使えません。
    .encrypt = 新しいシステムはホームフォルダーの btrfs に入りますが、これは暗号化されていません。
    .swap = 新しいシステムはホームフォルダーの btrfs に入り、スワップ用のパーティションは作られません。
problem-not-beside-homes-mend = 暗号化なしの btrfs と、スワップファイルか圧縮メモリを選んでください。
problem-not-evaluated = Nix がこの設定を受け付けるかどうか分かりません。
    .little-memory = Nix がこの設定を受け付けるか分かりません。使えるメモリーは { $available } だけで、約 { $needed } 必要です。
    .too-long = Nix がこの設定を受け付けるか分かりません。{ $minutes } 分で終わりませんでした。
    .killed = Nix がこの設定を受け付けるか分かりません。Nix が途中で終了しました。たいていはメモリー不足のためです。
    .stopped = Nix がこの設定を受け付けるか分かりません。途中で止められました。
    .no-nix = Nix がこの設定を受け付けるか分かりません。Nix を実行できませんでした。
    .no-nixpkgs = Nix がこの設定を受け付けるか分かりません。{ $path } に nixpkgs がありません。
problem-not-evaluated-mend = このまま進むか、メモリを空けてもう一度試してください。
problem-not-measured = パーティションをどこまで小さくできるかは、まだ測られていません。
    .number = パーティション { $number } は縮小できません: { cause-size }。
problem-not-measured-mend = ほかの使い方を選んでください。
problem-not-smaller = 小さくできるパーティションがありません。
    .number = パーティション { $number } は縮小できません: { cause-size }。
problem-not-smaller-mend = ほかの使い方か、ほかのディスクを選んでください。
problem-nothing-kept = このディスクには残せるものがありません。
    .cause = このディスクには、残せるものがありません: { cause-kept }。
problem-nothing-kept-mend = ディスクを消去するか、ほかのディスクを選んでください。
problem-nvidia-needs-unfree = このグラフィックカードは、メーカーの自由でないドライバーがないと遅くなります。
    .told = NVIDIA のグラフィックカード ({ $card }) は、自由なドライバー nouveau で動きます。多くのカードでは遅くなります。
problem-nvidia-needs-unfree-mend = 自由でないソフトウェアを許可してください。
problem-offline = ネットワークから何も取得できません。
    .silent = Nix のパッケージの取得元が応答しません: { $caches }。
problem-offline-mend = メディアにあるものはインストールできます。ほかは接続してください。
problem-on-battery = バッテリーで動いています。
    .told = コンピューターはバッテリーで動いています (残り { $percent } %)。
problem-on-battery-mend = 充電器を接続してください。
problem-other-mode = このディスクのものは BIOS モードで起動し、NixOS は UEFI モードで起動します。
problem-other-mode-mend = ファームウェアの起動メニューで選ぶか、メディアを BIOS モードで起動してください。
problem-other-system-loses-parts = 別の Linux が、ここで消えるものを使っています。起動しなくなるか、一部のファイルを使えなくなるおそれがあります。
    .told = { $disk } の{ $system }は、消去される { $uses } を使っています。起動しなくなるか、一部のファイルがなくなるかもしれません。
problem-other-system-loses-parts-mend = そのシステムを残すなら、必要なものを残すか、別のディスクを選んでください。
problem-other-system-stranded = 別のディスクのシステムは、ここで消えるものから起動しているようです。そのシステムは起動しなくなります。
    .own = { $disk } の{ $system }は、消去されるパーティション { $number } から起動しているようです。起動しなくなります。
    .other = { $disk } の{ $system }は、消去される { $starts } から起動しているようです。起動しなくなります。
problem-other-system-stranded-mend = そのシステムを残すなら、そのパーティションを残すか、別のディスクを選んでください。
problem-partition-has-no-room = この大きさのパーティションを置く場所がありません。
    .no-gap-behind = パーティション { $number } の後ろに空きがありません。
    .no-gap-before = 最初のパーティションの前に空きがありません。
    .no-free-space = このディスクに空きがありません。
    .second-rest = 同じ空きの残りは、すでにほかのパーティションが使います。
    .too-small = パーティションは { $least } 以上必要です。
    .no-room = この空きは { $available } ですが、このパーティションまでに { $needed } 必要です。
    .no-slot = パーティションテーブルに、もう空きがありません。
    .no-primary = MBR のパーティションテーブルに置けるのは、拡張パーティションを含めて 4 個までで、すべて使われています。
problem-partition-has-no-room-mend = 小さくするか、先に場所を空けてください。
problem-partition-has-to-stay = このパーティションは残す必要があります。ほかのものがここから始まります。
    .esp = ほかのシステムが起動する EFI システムパーティションです。
    .cause = このパーティションは残す必要があります: { cause-partition }。
problem-partition-has-to-stay-mend = ほかのパーティションを選んでください。
problem-partition-not-found = そのパーティションがないか、複数あります。
    .not-said = どのパーティションか、指定されていません。
    .missing = ディスクにそのパーティションがありません: { $known_by }。
    .several = ディスクにそのパーティションが複数あります: { $known_by }。
problem-partition-not-found-mend = 実際にあるものを 1 つ選んでください。
problem-partition-too-large = このパーティションは、ファイルシステムに対して大きすぎます。
    .told = パーティションは { $size } ですが、{ $kind } は { $most } までです。
problem-partition-too-large-mend = 別のファイルシステムか、小さいサイズを選んでください。
problem-partition-too-small = パーティションが、入れるものに対して小さすぎます。
    .size = このパーティションは { $size } ですが、入れるものには { $needed } 必要です。
    .in-partition = パーティション { $number } の空きは { $size } ですが、システムには { $needed } 必要です。
problem-partition-too-small-mend = もっと大きくしてください。
problem-partition-unclear = パーティションの指定が合っていないか、足りません。
    .no-identifier = パーティション { $number } のファイルシステムに識別子がありません。
    .no-btrfs = パーティション { $number } は btrfs ではありません。サブボリュームがあるのは btrfs だけです。
    .whole-or-parts = ファイルシステム全体か、サブボリュームのどちらかをマウントします。
    .subvolume-idle = 残す btrfs のサブボリューム{ $subvolume }に、指定がありません。
    .subvolume-goes = サブボリューム{ $subvolume }は消去されるため、マウントできません。
    .subvolume-twice = サブボリューム{ $subvolume }が 2 回指定されています。
    .subvolume-of-new = btrfs は新しいため、残す、または消去するサブボリューム{ $subvolume }はありません。
    .core-on-mbr = BIOS 起動パーティションは GPT のものですが、{ $path } は MBR で、GRUB は最初のパーティションの前に置かれます。
    .two-cores = GRUB が起動する BIOS 起動パーティションは 1 つですが、2 つあります。
    .two-hibernate = ハイバネーションに使うスワップは 1 つですが、2 つあります。
    .unseen-subvolumes = コンテナの中のサブボリュームは、ロックを解除するまで分かりません。
    .no-mount = コンテナの内容をどこにマウントするか、指定されていません。
    .percent = すでにあるパーティションの大きさは、値か、後ろの空きすべてで指定します。
    .same-size = パーティション { $number } は、すでに { $size } です。
    .no-meaning = { $done ->
        [create] 新しい
        [keep] そのまま残す
        [format] 同じ場所で作り直す
        [delete] 消去する
       *[other] 大きさを変える
    }パーティションには、{ $key ->
        [size] 大きさ
        [gap_after] 空きの場所
        [type] 種類
        [file_system] ファイルシステム
        [label] ラベル
        [flags] フラグ
        [mount] マウント先
        [subvolumes] サブボリューム
        [encrypt] 暗号化
        [unlock] ロックの解除
        [hibernation] ハイバネーション
       *[other] これ
    }を指定できません。
    .no-size = パーティションの大きさが指定されていません。
    .not-said = どのパーティションか、指定されていません。
    .no-container = パーティション { $number } は { $kind } で、ロックを解除できる LUKS コンテナではありません。
    .no-uuid = パーティション { $number } の LUKS コンテナに UUID がありません。
    .stays-or-new = 今あるコンテナを残すか、新しく作るかのどちらかです。
    .type-stays = 残すパーティションの種類は変わりません。
    .core-on-uefi = このコンピューターは UEFI で起動しました。BIOS 起動パーティションは使われません。
    .core-alone = BIOS 起動パーティションに入るのは GRUB だけです。
    .swap-alone = スワップはファイルシステムではありません。
    .not-swap = ハイバネーションに使えるのはスワップだけです。
    .type-swap = 種類はスワップですが、入れるものはスワップではありません。
    .only-btrfs = サブボリュームがあるのは btrfs だけです。
    .no-purpose = パーティションの用途が指定されていません。
    .label-vfat = このファイルシステムのラベルは、英数字、「-」、「_」で 11 文字までです。
    .label-ext4 = このファイルシステムのラベルは 16 バイトまでです。
    .label-xfs = このファイルシステムのラベルは、空白なしで 12 バイトまでです。
    .esp-vfat = EFI システムパーティションで、ファームウェアが読めるのは vfat だけです。
    .vfat = vfat には所有者もパーミッションもありません。
    .twice = パーティション { $number } が 2 回指定されています。
    .not-shorter = パーティション { $number } は { $size } で、新しい大きさ以下です。
    .not-longer = パーティション { $number } は { $size } で、1 MiB も大きくなりません。
problem-partition-unclear-mend = そのパーティションの設定を見直してください。
problem-passphrase-hard-to-type = 起動時にこのパスフレーズを入力できないおそれがあります。
problem-passphrase-hard-to-type-mend = キーボードにある文字を使ってください。
problem-ports-without-firewall = ファイアウォールが無効なので、ポートを開いても何も変わりません。すべてのサービスに外部から接続できます。
    .told = ファイアウォールが無効なため、ポート ({ $ports }) を開いても変わりません。どのサービスにも外から届きます。
problem-ports-without-firewall-mend = ファイアウォールを有効のままにすると、これらのポートだけが開きます。
problem-proxy-missing = プロキシを使わない名前が指定されていますが、プロキシが指定されていません。
problem-proxy-missing-mend = プロキシを指定するか、名前を外してください。
problem-proxy-password = プロキシのアドレスに、だれでも読めるパスワードが含まれています。
problem-proxy-password-mend = パスワードを外してください。
problem-recovery-key-unused = 回復キーで開くものがありません。新しい暗号化はなく、残す暗号化のキーは変わりません。
problem-recovery-key-unused-mend = 回復キーを使わないでください。後で 「cryptsetup luksAddKey」 で加えられます。
problem-release-unsupported = メディアのリリースには対応していません。
    .told = メディアの NixOS { $release } には対応していません。
problem-release-unsupported-mend = より新しい、または古いメディアを使ってください。
problem-sector-size-unsupported = この大きさのセクターのパーティションテーブルは書き込めません。
    .told = { $disk } のセクターは { $sector } バイトですが、ここで書けるパーティションテーブルは 512 と 4096 のものだけです。
problem-sector-size-unsupported-mend = 別のディスクを選んでください。
problem-secure-boot = セキュアブートが、インストールしたシステムの起動を拒みます。
    .on = セキュアブートが有効なため、インストールしたシステムを起動できません。
    .unknown = セキュアブートが有効かどうか分かりません。有効な場合、インストールしたシステムを起動できません。
problem-secure-boot-mend = ファームウェアの設定でセキュアブートを無効にしてください。
problem-several-disks = 合うディスクが複数あります。
    .fit = 複数のディスクが合います: { $disks }。
    .twice = { $path } が 2 回指定されています。
problem-several-disks-mend = 1 つ選んでください。
problem-several-homes = ホームフォルダー用のパーティションがいくつもあります。
problem-several-homes-mend = 残すものを、パーティションごとに選んでください。
problem-start-code-replaced = このディスクの先頭にある起動コードが置き換えられます。
problem-start-code-replaced-mend = そこにある別のシステムは、新しい起動メニューにあれば、そこから起動します。
problem-state-version-too-new = 状態のバージョンがリリースより新しいです。
    .told = { $asked } は、メディアの NixOS { $release } より新しいものです。
problem-state-version-too-new-mend = 指定しないでください。
problem-subvolume-holds-others = 消去するサブボリュームの中に、ほかのサブボリュームがあります。
    .told = サブボリューム{ $subvolume }は消去され、その中のものも消去されてしまいます: { $inside }。
problem-subvolume-holds-others-mend = それも消去するか、残してください。
problem-subvolume-missing = この名前のサブボリュームはありません。
    .none = サブボリューム{ $subvolume }はありません。ほかのサブボリュームもありません。
    .others = サブボリューム{ $subvolume }はありません。あるもの: { $others }。
problem-subvolume-missing-mend = ある名前を指定するか、新しく作ってください。
problem-subvolume-read-only = このサブボリュームは読み取り専用です。
    .told = サブボリューム{ $subvolume }は、スナップショットのように読み取り専用で、書き込めません。
problem-subvolume-read-only-mend = ほかのサブボリュームを選んでください。
problem-subvolume-taken = この名前のサブボリュームはすでにあります。
    .told = サブボリューム{ $subvolume }は、すでにあります。
    .twice = { $subvolume }というサブボリュームが 2 つあります。
problem-subvolume-taken-mend = 新しいものには別の名前を付けてください。
problem-swap-file-on-f2fs = F2FS のスワップファイルは安全ではありません。
problem-swap-file-on-f2fs-mend = 別のスワップか、別のファイルシステムを選んでください。
problem-swap-unencrypted = ルートは暗号化されますが、このスワップはされません。メモリーの内容の一部が暗号化されずにディスクに残ります。
problem-swap-unencrypted-mend = スワップも暗号化してください。
problem-system-too-large = システムがファイルシステムに収まりません。
    .told = システムは { $path } に約 { $needed } 必要です (パッケージ { $system }、ビルド { $build })。空きは { $free } です。
problem-system-too-large-mend = もっと広い場所か、少ないプログラムを選んでください。
problem-system-unclear = どのパーティションがこのシステムだけのものかは、わかりません。
    .no-gpt = Windows はパーティションの種類で見分けますが、このディスクは GPT ではありません。
    .no-windows = このディスクに、Windows のパーティションがありません。
    .windows-several = どのパーティションが Windows だけのものか分かりません。Windows やそのデータがありそうなものが複数あるか、内容が分からないものがあります。
    .windows-data = このディスクに Windows があるのか、データだけなのか分かりません。EFI システムパーティション、予約パーティション、回復ツールのどれかがありません。
    .windows-recoveries = このディスクには、複数のシステムの回復ツールがあります。
    .fstab-unread = ファイルシステムの一覧 (/etc/fstab) を読めませんでした。
    .no-root-said = ファイルシステムの一覧 (/etc/fstab) に、ルートの場所がありません。
    .copy = ファイルシステムの一覧 (/etc/fstab) のルートが、別のパーティションです。コピーかもしれません。
    .others-inside = ファイルシステムにはほかのシステムもあり、全体が消去されます: { $systems }。
    .mounted-by = 全体が消去されるファイルシステムを、{ $systems }もマウントしています。
    .several = このディスクに、その名前の Linux が複数あります。
    .no-linux = このディスクに、分かる Linux がありません。分かるのは、ルートが中を調べられる ext4、btrfs、xfs のものだけです。
    .others-only = このディスクにその名前の Linux はありませんが、{ $systems }があります。
    .where = { $what } の場所が分かりません: { $cause ->
        [may_change] { $source } は、起動のたびに別のパーティションになるかもしれません
        [several_called] { $source } というパーティションが複数あります
       *[other] { $source } というパーティションがありません
    }。
    .other-disk = { $what } は別のディスク ({ $path }) にあります。
    .may-change = { $source } は、起動のたびに別のパーティションになるかもしれません。
    .several-called = { $source } というパーティションが複数あります。
    .none-called = { $source } というパーティションがありません。
    .unread-other = スワップやファイルシステムがこのシステムだけのものか分かりません。パーティション { $number } ({ $path }) の中を調べられず、それを使う別のシステムがあるかもしれません。
    .stays = そのパーティション { $number } は消去できません: { cause-partition }。
problem-system-unclear-mend = パーティションをひとつ選ぶか、パーティションごとに決めてください。
problem-target-in-use = 新しいシステムを組み立てる場所に何かがマウントされています。
    .told = 新しいシステムを置く { $path } に、何かがマウントされています。
problem-target-in-use-mend = マウントを解除してください。
problem-unfree-needed = 自由でないソフトウェアが必要ですが、許可されていません。
    .packages = { $packages }は、自由でないソフトウェアを許可しないとインストールできません。
    .broadcom = Broadcom の Wi-Fi ドライバーは、自由でないソフトウェアを許可しないとインストールできません。
problem-unfree-needed-mend = 自由でないソフトウェアを許可してください。
problem-unknown-group = 宣言されていないグループがあります。
    .told = ここで選んだものには、グループ{ $group }がありません。
problem-unknown-group-mend = 綴りを確かめてください。
problem-unknown-layout = そのキーボード配列はありません。
    .near = キーボード配列{ $name }はありません。{ $nearest }ですか？
    .name = キーボード配列{ $name }はありません。
problem-unknown-layout-mend = 一覧から選んでください。
problem-unknown-locale = NixOS はこの書式を知りません。
    .near = NixOS にロケール{ $name }はありません。{ $nearest }ですか？
    .name = NixOS にロケール{ $name }はありません。
problem-unknown-locale-mend = 別のものを選んでください。
problem-unknown-time-zone = そのタイムゾーンはありません。
    .near = タイムゾーン{ $name }はありません。{ $nearest }ですか？
    .name = タイムゾーン{ $name }はありません。
problem-unknown-time-zone-mend = 一覧から選んでください。
problem-unknown-variant = その配列にそのような変種はありません。
    .near = キーボード配列{ $layout }に、バリアント{ $name }はありません。{ $nearest }ですか？
    .name = キーボード配列{ $layout }に、バリアント{ $name }はありません。
problem-unknown-variant-mend = 一覧から選んでください。
problem-unknown-xkb-option = そのようなキーボードオプションはありません。
    .near = キーボードオプション{ $name }はありません。{ $nearest }ですか？
    .name = キーボードオプション{ $name }はありません。
problem-unknown-xkb-option-mend = 指定を外してください。
problem-unobtainable = 入手できないパッケージがあります。
problem-unobtainable-mend = ネットワークに接続するか、外してください。
problem-variables-not-writable = ファームウェアの変数に書き込めません。NixOS の起動項目は作られず、予備のパスから起動します。
    .read-only = ファームウェアの変数に書き込めません (efivarfs が読み取り専用です)。NixOS の起動項目は作られず、EFI/BOOT の代替パスから起動します。
    .missing = ファームウェアの変数に書き込めません (efivarfs がありません)。NixOS の起動項目は作られず、EFI/BOOT の代替パスから起動します。
problem-variables-not-writable-mend = ほかのものが起動したら、ファームウェアの起動メニューでこのディスクを選んでください。
problem-variant-without-layout = 配列なしで変種が選ばれています。
problem-variant-without-layout-mend = 配列を選んでください。
problem-volume-may-span = ここにあるものは、ほかのディスクにもまたがるボリュームの一部かもしれません。その場合、そちらの内容も失われます。
    .others = { $disk } ({ $kind }) は、{ $others } と同じボリュームの一部かもしれません。その場合、そこにあるものも失われます。
    .unseen = { $disk } ({ $kind }) は、見えないほかのものと同じボリュームの一部かもしれません。その場合、そこにあるものも失われます。
problem-volume-may-span-mend = その内容がもう必要ないことを確かめるか、別のディスクを選んでください。
problem-waits-for-passphrase = 起動するたびに、このコンピューターは自身の画面でディスクのパスフレーズを待ちます。それまで SSH では使えません。
problem-waits-for-passphrase-mend = ディスクを暗号化しないか、だれかが画面とキーボードを使えるようにしてください。
problem-windows-may-sleep = このコンピューターの Windows が完全に終了しているかどうかは、まだわかりません。書き込む前に確認し、完全に終了していない場合は、インストールを始めません。
    .told = { $path } の Windows が完全に終了しているかどうかは、まだわかりません。書き込む前に確認し、完全に終了していない場合は、インストールを始めません。
problem-windows-may-sleep-mend = 確実にするには、Windows を起動し、Shift キーを使って完全に終了してください。
problem-windows-sleeps = このコンピューターの Windows は完全に終了していません。
    .path = { $path } の Windows は完全に終了していません。「Fast Startup」ではたいていそうなり、以前のドライブの状態を使い続けます。
problem-windows-sleeps-mend = Windows を起動し、Shift キーを使って完全に終了するか、ほかの使い方を選んでください。
problem-wired-left-out = 使われないゲートウェイまたはネームサーバーがあります。インターフェースに別のゲートウェイがすでにあるか、その種類のアドレスがありません。
    .alone = ゲートウェイ { $address } と同じ種類の固定アドレスがないため、インターフェース{ $interface }では使われません。
    .second = ゲートウェイはすでに { $first } で、その後の { $address } はインターフェース{ $interface }では使われません。
    .name-server = ネームサーバー { $address } には IPv4 のアドレスがないと届かないため、インターフェース{ $interface }では使われません。
problem-wired-left-out-mend = 種類ごとにゲートウェイを一つにし、アドレスも指定してください。
problem-wired-unclear = ネットワークインターフェースが重複しているか、アドレスがありません。
    .twice = インターフェース{ $interface }が 2 回指定されています。
    .no-address = インターフェース{ $interface }にアドレスがありません。
problem-wired-unclear-mend = それぞれ 1 度だけ、アドレスとともに指定してください。
problem-wired-unknown = 指定された有線のネットワークインターフェースは、このコンピューターにありません。
    .no-cable = インターフェース{ $interface }は有線ではないため、固定アドレスは使われません。
    .missing = このコンピューターにインターフェース{ $interface }がないため、固定アドレスは使われません。
problem-wired-unknown-mend = 名前を確認してください。別のコンピューターの設定なら、そのままでかまいません。
problem-wrong-passphrase = このパスフレーズでは暗号化されたパーティションを開けません。何も変更されていません。
    .number = パスフレーズでは、パーティション { $number } の LUKS コンテナを開けません。何も変更されていません。
problem-wrong-passphrase-mend = そのパーティションを開けるパスフレーズを入力してください。暗号化されるものすべてに同じパスフレーズを使います。

told-between = 、
told-between-sentences = { "" }
told-disk = { $model } ({ $size }、{ $path })
told-disk-serial = { $model } ({ $size }、シリアル番号 { $serial }、{ $path })
told-name = 「{ $name }」
told-partition = { $disk } のパーティション { $number }
