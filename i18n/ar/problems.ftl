# المشاكل بمعرّفاتها.

cause-kept = { $cause ->
    [unread] تعذرت قراءة جدول أقسامه
    [no_table] ليس له جدول أقسام
    [no_signature] ليس لجدول أقسامه MBR توقيع، فلا تُميَّز أقسامه عن غيرها («sfdisk --disk-id» يعطيه واحدًا)
    [two_extended] في جدول أقسامه MBR قسمان ممتدان
    [outside] القسم { $number } في جدوله يتجاوز القرص أو يدخل في الجدول نفسه
    [overlap] القسمان { $number } و{ $other } في جدوله متداخلان
    [no_guid] ليس للقسم { $number } في جدوله معرّف خاص به
    [hybrid] يذكر سجل إقلاعه أقسامًا إلى جانب أقسام GPT (MBR هجين)، وستصير خاطئة بعدها
    [damaged] من نسختي جدول أقسامه الأولى تالفة («fdisk» يقرأ الثانية ويصلح الأولى بالأمر «w»)
    [table_elsewhere] تبدأ مداخل جدول أقسامه عند القطاع { $sector } لا خلف رأسه مباشرة: قد يكون بينهما برنامج ثابت
    [too_many] في جدوله القسم { $number }، وهو أكثر مما يمكن إبقاؤه
   *[other] جدول أقسامه غير سليم
}
cause-partition = { $cause ->
    [part_of_volume] هو جزء من وحدة تخزين منها { $paths } أيضًا ({ $kind })
    [may_span] هو جزء من وحدة تخزين قد تشمل أقسامًا وأقراصًا أخرى ({ $kind })
    [on_several] هو جزء من وحدة تخزين على أكثر من قرص ({ $kind })
    [extended] هو القسم الممتد الذي فيه الأقسام المنطقية
    [logical] هو قسم منطقي، وإخراجه من السلسلة يغيّر أرقام غيره
   *[other] فيه شيء آخر أو منه يبدأ نظام آخر
}
cause-size = { $cause ->
    [hibernated] عليه Windows في سبات؛ شغّل Windows وعطّل «بدء التشغيل السريع» وأوقفه تمامًا
    [dirty] لم يُغلق كما ينبغي؛ شغّل النظام الذي عليه وأوقفه تمامًا
    [bit_locker] يعمّيه BitLocker؛ عطّل BitLocker في Windows وانتظر حتى تُفك التعمية
    [in_use] هو قيد الاستعمال؛ افصله أولًا
    [several_disks] يمتد على أكثر من قرص
    [other_kind] نظام ملفات من نوع { $kind } لا يسمح بذلك
    [damaged] تعذرت معرفة حجمه
    [no_tool] ينقص { $program } على هذا الوسيط
    [logical] هو قسم منطقي، وما يتركه يبقى داخل القسم الممتد
    [blank] لا نظام ملفات فيه
    [unknown] ما فيه غير معروف
    [not_measured] لم يُقَس إلى أي حد يصغر
    [full] لا مكان فيه ليتركه
    [too_little] يمكنه أن يترك { $available }، ويحتاج هذا التثبيت إلى { $needed }
    [container] ما في حاوية LUKS لا يُكبَّر هنا
    [vfat] لا برنامج على هذا الوسيط يكبّر vfat
    [not_looked_at] لم يُتحقَّق من أن Windows أُوقف تمامًا
   *[other] نظام ملفاته لا يسمح بذلك
}

problem-apple-firmware = يقلع هذا الماك بما في قسم هنا: من دونه لا يقلع شيء، ولا حتى نظام الاسترداد.
    .told = بالقسم { $number } يبدأ هذا الـ Mac: من دونه لا يبدأ شيء، ولا الاسترداد، حتى يعيده Mac آخر.
problem-apple-firmware-mend = دع أقسام Apple تبقى، واستعمل مساحة حرة أو قسم نظام.
problem-autologin-unknown = من سيدخل بلا كلمة سر ليس من المستخدمين.
    .told = { $name } ليس من المستخدمين.
problem-autologin-unknown-mend = اختر أحد المستخدمين.
problem-beyond-reach = ستقع الأنوية بعد أول ‎2 TiB من القرص، وكثير من أنظمة BIOS لا تقرأ ما بعدها.
problem-beyond-reach-mend = استعمل مساحة حرة أقرب إلى بداية القرص، أو أقلِع بنمط UEFI.
problem-bios-beside-uefi-windows = شُغِّل الوسيط بنمط BIOS، و Windows يقلع بنمط UEFI.
    .told = أُقلع الوسيط في وضع BIOS، ويقلع Windows على { $disk } في وضع UEFI.
problem-bios-beside-uefi-windows-mend = شغّل الوسيط من جديد بنمط UEFI.
problem-bios-sector-size = لا يقلع BIOS من قطاعات بهذا الحجم.
    .told = قطاعات { $disk } حجمها { $sector } بايت، ولا يكاد BIOS يقلع منها.
problem-bios-sector-size-mend = شغّل الوسيط بنمط UEFI.
problem-bit-locker-stays = نظام Windows الباقي معمّى بـ BitLocker.
    .told = القسم { $number } معمّى بـ BitLocker، وقد يطلب Windows مفتاح استرداده بعد تغيّر ترتيب الإقلاع.
problem-bit-locker-stays-mend = أبقِ مفتاح استعادته قريبًا: قد يطلبه.
problem-boot-loader-impossible = لا يستطيع محمّل الإقلاع هذا بدء النظام هنا.
    .gpt-only = لا يقلع systemd-boot إلا من أقراص GPT، ولهذا القرص جدول أقسام MBR.
    .kernels-on-esp = يحفظ Limine النُّوى في قسم نظام EFI، والباقي منه صغير عليها.
    .uefi-only = لا يقلع systemd-boot إلا عبر UEFI، وقد أقلع هذا الحاسوب عبر BIOS.
    .fat-only = لا يقرأ Limine النُّوى إلا من FAT، وهي على حاسوب BIOS في ext4.
problem-boot-loader-impossible-mend = اختر محمّل إقلاع آخر.
problem-boot-too-small = لا مكان للأنوية.
    .told = الحر على { $path } هو { $free }، وتحتاج نُوى بضعة أجيال إلى نحو { $needed }.
problem-boot-too-small-mend = وفّر مكانًا في قسم الإقلاع أو اختر غيره.
problem-broadcom-driver = تعمل بطاقة Wi-Fi بصعوبة أو لا تعمل من دون مشغّل Broadcom الخاص.
problem-broadcom-driver-mend = هذا المشغّل غير حر وفيه ثغرات أمنية معروفة لا يصلحها أحد: لا يُثبَّت إلا إذا طلبته هنا.
problem-cache-silent = أحد مخابئ الحزم المطلوبة لا يجيب.
    .told = لا يجيب { $cache }.
problem-cache-silent-mend = راجع عنوانه والوكيل؛ ومن دونه تأتي الحزم من مكان آخر أو تُبنى هنا.
problem-cannot-grow = لا يمكن تكبير ما في هذا القسم.
    .number = لا يمكن تكبير القسم { $number }: { cause-size }.
problem-cannot-grow-mend = أبقه كما هو، وأنشئ قسمًا آخر في المساحة الحرة.
problem-clock-wrong = ساعة هذا الحاسوب خاطئة.
    .told = تشير الساعة إلى { $today }، وقد صُنع الوسيط في { $made } أو بعده: ستفشل الاتصالات الآمنة (TLS)، وتخطئ تواريخ الملفات.
problem-clock-wrong-mend = اضبطها أو اتصل بالشبكة.
problem-configuration-refused = يرفض Nix هذه الإعدادات.
problem-configuration-refused-mend = غيّر ما يذكره، أو أبلغ عن ذلك.
problem-console-keymap-differs = في الطرفية، حيث تُكتب عبارة السر، تعطي بعض المفاتيح حروفًا أخرى.
    .keys = في الطرفية النصية، حيث تُكتب عبارات المرور، في هذا التخطيط شيء آخر بدل: { $keys }
problem-console-keymap-differs-mend = استعمل حروفًا وأرقامًا هي نفسها في الاثنين.
problem-container-locked = لا يُعرف ما في القسم المعمّى قبل فتح قفله.
    .locked = ما في حاوية LUKS في القسم { $number } غير معروف حتى تُفتح.
    .impossible = لا يمكن النظر في حاوية LUKS في القسم { $number }.
problem-container-locked-mend = افتح قفله بعبارة المرور الخاصة به، أو دعه مقفلًا كما هو.
problem-defect = أخطأ هذا البرنامج نفسه.
problem-defect-mend = نرجو الإبلاغ عنه مع السجل.
problem-desktop-too-new = إصدار الوسيط ليس فيه سطح المكتب هذا بعد.
    .told = يحتاج { $desktop } إلى NixOS { $since }، والوسيط يحمل { $release }.
problem-desktop-too-new-mend = اختر سطح مكتب آخر أو وسيطًا أحدث.
problem-disk-content-unknown = ما عليه غير معروف.
    .told = ما على { $disk } غير معروف.
    .unread = ما على { $disk } غير معروف: { $reason }.
problem-disk-content-unknown-mend = تأكد من أنك لا تحتاجه.
problem-disk-in-use = شيء عليه قيد الاستعمال وسيُحرَّر.
    .mounted = { $disk } قيد الاستعمال وسيُحرَّر: موصول في { $mounts }.
    .held = { $disk } قيد الاستعمال وسيُحرَّر: يمسكه { $holders }.
    .both = { $disk } قيد الاستعمال وسيُحرَّر: موصول في { $mounts }، ويمسكه { $holders }.
    .untaken = { $disk } قيد الاستعمال: { $uses }.
problem-disk-in-use-mend = أغلق ما فتحته عليه.
problem-disk-is-live-medium = يحمل النظام الحي الذي يعمل الآن.
    .told = يحمل { $disk } النظام الحي الذي يعمل الآن.
problem-disk-is-live-medium-mend = اختر قرصًا آخر.
problem-disk-partly-used = تبقى نهاية هذا القرص دون استعمال: جدول أقسامه القديم (MBR) لا يصل إليها.
    .told = لا يُستعمل من هذا القرص إلا أول { $reach } من { $size }: جدول أقسامه MBR ولا يصل إلى أبعد من ذلك.
problem-disk-partly-used-mend = امسح القرص كله لاستعماله كاملًا: يحصل عندئذ على جدول جديد (GPT).
problem-disk-read-only = يرفض الكتابة.
    .told = يرفض { $disk } الكتابة.
problem-disk-read-only-mend = اختر قرصًا آخر.
problem-disk-removable = يمكن نزعه.
    .told = يمكن نزع { $disk }.
problem-disk-removable-mend = اتركه موصولًا حتى النهاية.
problem-disk-too-small = صغير جدًا.
    .needs = { $disk } صغير جدًا: يحتاج هذا التثبيت إلى { $needed }.
    .swap = { $disk } صغير جدًا: يحتاج هذا التثبيت إلى { $needed }، منها { $system } للنظام و{ $swap } للمبادلة.
    .holds = سعة القرص { $size }، ويحتاج هذا التثبيت إلى { $needed }.
problem-disk-too-small-mend = اختر قرصًا أكبر.
problem-disks-unknown = تعذر النظر في الأقراص.
problem-disks-unknown-mend = شغّل المثبِّت من الوسيط الحي.
problem-duplicate-address = عنوان مذكور مرتين.
    .told = العنوان { $address } مذكور مرتين.
problem-duplicate-address-mend = اذكر لكل واجهة شبكة عنوانها.
problem-duplicate-disks = قرصان أو نظاما ملفات لا يمكن التمييز بينهما.
    .table = في جدول أقسام { $disk } المعرّفات نفسها: أحدهما نسخة.
    .esp = لنظام ملفات آخر معرّف قسم نظام EFI نفسه { $uuid }: أحدهما نسخة.
    .home = لنظام ملفات آخر معرّف القسم { $number } نفسه { $uuid }: أحدهما نسخة.
    .file-system = لنظام ملفات آخر المعرّف نفسه { $uuid }: أحدهما نسخة.
problem-duplicate-disks-mend = انزع أحدهما.
problem-duplicate-user = لمستخدمَين الاسم نفسه.
    .told = اسم الدخول { $name } مستعمل مرتين.
problem-duplicate-user-mend = غيّر اسم أحدهما.
problem-encryption-impossible = لا يمكن تعمية هذا على هذا النحو.
    .no-partition = طُلبت عبارة مرور، ولا قسم معمّى.
    .no-passphrase-to-unlock = لا عبارة مرور لفتحه.
    .no-passphrase = لا عبارة مرور لتعميته.
    .starts = لا يمكن تعمية ما يقلع منه الحاسوب: لا شيء يستطيع فتحه بعد.
    .hibernation = ستكون الذاكرة كلها، ومنها مفتاح الجذر المعمّى، هنا نصًا صريحًا أثناء سبات الحاسوب.
problem-encryption-impossible-mend = اترك ما يقلع منه الحاسوب دون تعمية، وأعطِ عبارة مرور واحدة للباقي.
problem-esp-formatted = يُحذف قسم نظام EFI أو يُهيَّأ: لن يقلع بعدها أي نظام يقلع منه، بما في ذلك Windows.
    .told = القسم { $number } قسم نظام EFI: لن يقلع بعدها أي نظام يقلع منه، بما في ذلك Windows.
problem-esp-formatted-mend = أبقِه وصِله إن كان نظام آخر سيبقى.
problem-esp-shared = قسم نظام EFI مشترك مع ما يقلع منه الآن.
    .nixos = قسم نظام EFI رقم { $number } مشترك مع ما يقلع منه الآن: تبقى ملفاته، لكن تُستبدل إعدادات محمّل الإقلاع والمحمّل الاحتياطي في EFI/BOOT، وكذلك قائمة إقلاع ونُوى أي NixOS يقلع منه.
    .no-nixos = قسم نظام EFI رقم { $number } مشترك مع ما يقلع منه الآن: تبقى ملفاته، لكن تُستبدل إعدادات محمّل الإقلاع والمحمّل الاحتياطي في EFI/BOOT.
problem-esp-shared-mend = كل ما يقلع منه يبقى كذلك، إلا NixOS آخر فتُستبدل قائمة إقلاعه: اختر عندها قسمًا آخر أو قرصًا آخر.
    .no-nixos = كل ما يقلع منه يبقى كذلك.
problem-esp-unusable = لا يمكن استعمال قسم نظام EFI هذا.
    .bios = أقلع هذا الحاسوب عبر BIOS، وهو لا يقلع من قسم نظام EFI.
    .kernels-of-others = لا مكان للنُّوى في قسم نظام EFI، والقسم { $number } لنُوى نظام آخر: سيبحث محمّل الإقلاع هناك عن الجديدة أيضًا.
    .other-type = القسم { $number } ليس قسم نظام EFI.
    .no-fat = ليس في قسم نظام EFI رقم { $number } نظام ملفات FAT له معرّف.
    .unmeasured = تعذرت معرفة المساحة الحرة في قسم نظام EFI رقم { $number }.
    .full = لا حرًّا في قسم نظام EFI رقم { $number } إلا { $free }.
    .no-kernels = لا حرًّا فيه إلا { $free }، وتحتاج النُّوى إلى { $needed }.
problem-esp-unusable-mend = اختر غيره، أو دع قسمًا جديدًا يُنشأ.
problem-firmware-unknown = تعذر التعرف على البرنامج الثابت.
problem-firmware-unknown-mend = شغّل المثبِّت من الوسيط الحي.
problem-firmware-unsupported = لا يمكن التثبيت لهذا البرنامج الثابت بعد.
    .bits = البرنامج الثابت UEFI من 32 بت: لا يقلع إلا محمّلات إقلاع من 32 بت، وهذا الإصدار يثبّت ما هو من 64 بت.
    .no-uefi = لم يُقلع الحاسوب بواسطة UEFI ولا BIOS، وهذا الإصدار لا يثبّت إلا لهما.
problem-firmware-unsupported-mend = شغّل الوسيط بنمط UEFI ذي 64 بت أو BIOS.
problem-flag-impossible = لا يمكن أن تكون لهذا القسم هذه العلامة.
    .not-primary = لا يمكن أن يكون القسم { $number } نشطًا: يقلع BIOS من قسم أولي.
    .hidden = يقلع الحاسوب من هذا القسم، ومع «no_block_io» لا يرى برنامجه الثابت ما فيه.
    .two-active = في القرص قسم نشط واحد، والمطلوب هنا اثنان.
problem-flag-impossible-mend = أزل العلامة هنا، أو أعطها لقسم آخر.
problem-flag-of-other-table = لا توجد هذه العلامة في جدول الأقسام هذا.
    .of-mbr = { $flag } تخص MBR، وجدول { $path } هو GPT.
    .of-gpt = { $flag } تخص GPT، وجدول { $path } هو MBR.
problem-flag-of-other-table-mend = اتركها: «active» تخص MBR، وكل ما عداها يخص GPT.
problem-flake-not-pinned = لا يذكر الوسيط أي nixpkgs تُثبَّت عليها الـ flake.
    .no-revision = لا يذكر الوسيط مراجعة nixpkgs التي عليه، فلا يمكن تثبيت Flake عليها.
    .no-hash = لا يعرف Nix على الوسيط بصمة nixpkgs، فلا يمكن تثبيت Flake عليها.
problem-flake-not-pinned-mend = اختر الشكل المعتاد، أو استعمل وسيط NixOS نفسه.
problem-flakes-off = النظام سيكون flake، و flakes معطلة.
problem-flakes-off-mend = فعّلها أو اختر الشكل المعتاد.
problem-flatpak-without-desktop = يحتاج Flatpak إلى سطح مكتب.
problem-flatpak-without-desktop-mend = اختر سطح مكتب أو اترك Flatpak.
problem-gateway-outside = بوابة ليست في أي شبكة من شبكات واجهتها، فربما تعذر بلوغها.
    .told = البوابة { $gateway } ليست في أي شبكة للواجهة { $interface }، فقد لا يُوصل إليها.
problem-gateway-outside-mend = راجع العنوان والعدد الذي بعد «/».
problem-home-in-btrfs = المجلدات الشخصية في قسم فرعي من btrfs، ولا يمكن هنا استبدال النظام القديم بجانبها وحده.
    .unseen = في القسم { $number } نظام btrfs، ولا تُعرف وحداته الفرعية.
    .other-kind = في القسم { $number } نظام { $kind }، ولا تُبقى المجلدات الشخصية إلا على ext4 أو xfs أو f2fs لها وحدها، أو في btrfs.
    .no-identifier = ليس لنظام الملفات في القسم { $number } معرّف.
    .other-partition = المجلدات الشخصية في btrfs في القسم { $number }: يُستبدل النظام الذي فيه، لا الذي في قسم آخر.
    .bios = المجلدات الشخصية في btrfs، وBIOS يُقلع النظام الجديد من /boot مستقل، ولا تُنشئ هذه الطريقة قسمًا له.
    .no-esp = المجلدات الشخصية في btrfs، وليس على هذا القرص قسم نظام EFI يتسع للنُّوى.
    .no-name = في btrfs في القسم { $number } لا اسم حر لوحدات فرعية جديدة.
    .odd-name = اسم الوحدة الفرعية { $subvolume } في القسم { $number } لا يمكن كتابته هنا.
    .no-home = لا وحدة فرعية في القسم { $number } اسمها «home» أو «@home».
    .several-homes = في القسم { $number } أكثر من وحدة فرعية قد تكون فيها المجلدات الشخصية: { $subvolumes }.
    .top = في القسم { $number } جذر { $system } هو أعلى btrfs، ولا يمكن أن يزول وحده.
    .several-systems = في القسم { $number } أكثر من نظام، وقد تشترك في المجلدات الشخصية: { $systems }.
    .several-roots = في القسم { $number } أكثر من وحدة فرعية قد تكون جذر نظام له المجلدات الشخصية: { $subvolumes }.
    .lies-inside = الوحدة الفرعية { $subvolume } في القسم { $number } داخل أخرى للنظام القديم، وستزول معها.
problem-home-in-btrfs-mend = حدّد المصير قسمًا قسمًا: هناك يبقى القسم الفرعي باسمه، مثل ‎@home، في ‎/home.
problem-home-in-luks = المجلدات الشخصية في حاوية LUKS، ولا تُبقي هذه الطريقة إلا ما ليس معمّى.
    .other-kind = المجلدات الشخصية في حاوية LUKS ({ $kind }) في القسم { $number }، ولا تُبقي هذه الطريقة إلا ما ليس معمّى.
problem-home-in-luks-mend = حدّد المصير قسمًا قسمًا: هناك يُفتح قفل الحاوية وتبقى وفيها ‎/home، ما لم يكن btrfs.
problem-home-kept = تبقى المجلدات الشخصية كما هي، ومن يأخذ اسم الدخول القديم يجد ملفاته القديمة.
    .partition = يصير القسم { $number } هو /home كما هو. من أخذ اسم الدخول القديم وجد الملفات القديمة، وصاحبها يُعرف بالأرقام: للأول 1000 ولمن بعده 1001.
    .partition-folders = يصير القسم { $number } هو /home كما هو، وفيه مجلدات { $folders }{ $more ->
        [0] { "" }
       *[other] {" "}و{ $more } غيرها
    }. من أخذ أحد أسماء الدخول هذه أخذ المجلد والملفات، إلا إذا كان لغيره قبله هذا الرقم، أو لم يكن الرقم للأشخاص (1000 إلى 29999).
    .subvolume = تصير الوحدة الفرعية { $subvolume } هي /home كما هي. من أخذ اسم الدخول القديم وجد الملفات القديمة، وصاحبها يُعرف بالأرقام: للأول 1000 ولمن بعده 1001.
    .subvolume-folders = تصير الوحدة الفرعية { $subvolume } هي /home كما هي، وفيها مجلدات { $folders }{ $more ->
        [0] { "" }
       *[other] {" "}و{ $more } غيرها
    }. من أخذ أحد أسماء الدخول هذه أخذ المجلد والملفات، إلا إذا كان لغيره قبله هذا الرقم، أو لم يكن الرقم للأشخاص (1000 إلى 29999).
problem-home-kept-mend = أعطِ كل واحد اسم دخوله القديم، بالترتيب القديم.
problem-home-unusable = لا يمكن الإبقاء على هذه المجلدات الشخصية بهذه الطريقة.
    .other-kind = في القسم { $number } نظام { $kind }، ولا تُبقى المجلدات الشخصية إلا على ext4 أو xfs أو f2fs لها وحدها، أو في btrfs.
    .no-identifier = ليس لنظام الملفات في القسم { $number } معرّف.
problem-home-unusable-mend = حدّد مصيرها قسمًا قسمًا، أو اختر طريقة أخرى.
problem-homes-go = تزول مع هذا النظام مجلدات شخصية.
    .told = تزول مع { $system } المجلدات الشخصية { $folders }.
problem-homes-go-mend = لإبقائها اختر «استبدال النظام القديم مع إبقاء المجلدات الشخصية»، وحيث لا يمكن ذلك، حدّد المصير قسمًا قسمًا.
problem-input-method-without-desktop = تحتاج طريقة الإدخال إلى سطح مكتب.
problem-input-method-without-desktop-mend = اختر سطح مكتب أو اترك طريقة الإدخال.
problem-key-of-other-layout = ذُكر شيء يخص طريقة أخرى لاستعمال القرص.
problem-key-of-other-layout-mend = احذفه أو اختر تلك الطريقة.
problem-layout-impossible = لا يمكن ذلك على هذا القرص.
    .manual-alone = هذه الطريقة ليست لقرص وحده.
    .no-gap-before = لا مساحة حرة قبل القسم الأول.
    .no-gap-behind = لا مساحة حرة خلف القسم { $number }.
    .too-much = المطلوب { $size }، والمكان يتسع لـ { $most }.
    .outside = المطلوب { $size }، والممكن هناك من { $least } إلى { $most }.
    .home-replaced = القسم { $number } سيُستبدل، فلا يمكن أن يبقى /home.
    .nothing-kept = لا يمكن إبقاء شيء على { $disk }: { cause-kept }.
    .logical-start = القسم { $number } قسم منطقي، والبرنامج الثابت يقلع من أحد الأقسام الأولية الأربعة.
    .not-smaller = لا يمكن تصغير القسم { $number }: { cause-size }.
    .needs = لا يمكن تصغير القسم { $number } هكذا: سيصير { $size }، ويحتاج إلى { $least }.
    .stays = لا يمكن أن يزول القسم { $number }: { cause-partition }.
    .logical = القسم { $number } قسم منطقي: يبقى مكانه، مهيأً أو مكبَّرًا إن شئت، أو يزول مع القسم الممتد وكل ما فيه من أقسام منطقية.
    .extended = القسم { $number } هو القسم الممتد: يبقى كما هو، أو يزول مع كل ما فيه من أقسام منطقية.
problem-layout-impossible-mend = اختر قرصًا آخر أو طريقة أخرى.
problem-linux-may-sleep = لا يمكن معرفة إن كان أحد أنظمة لينكس في هذا الحاسوب في سبات، لأن ذاكرة تبديله لا تُرى.
    .file = لا يمكن معرفة إن كان { $system } في سبات: ذاكرة تبديله الملف { $swap } في btrfs.
    .container = لا يمكن معرفة إن كان { $system } في سبات: ذاكرة تبديله في حاوية LUKS في القسم { $number } ({ $path }) ولم يفتحها أحد.
    .volume = لا يمكن معرفة إن كان { $system } في سبات: ذاكرة تبديله { $swap }، وقد تكون في وحدة تخزين ({ $kind }) غير مفتوحة.
problem-linux-may-sleep-mend = إن كان ذلك ممكنًا فشغّله ثم أوقفه إيقافًا تامًا قبل بدء هذا التثبيت.
problem-linux-not-listed = نظام لينكس باقٍ لن يظهر في قائمة إقلاع النظام الجديد.
    .told = لن يظهر { $system } في { $disk } في قائمة إقلاع النظام الجديد.
problem-linux-not-listed-mend = لتشغيله افتح قائمة إقلاع البرنامج الثابت فور تشغيل الحاسوب، غالبًا بالمفتاح F12 أو F11 أو F8 أو Esc.
problem-linux-sleeps = في هذا الحاسوب نظام Linux في حالة سبات، ويتذكر أنظمة ملفاته كما كانت.
    .memory = في هذا الحاسوب نظام Linux في حالة سبات (ذاكرته في { $memory })، ويتذكر أنظمة ملفاته كما كانت.
problem-linux-sleeps-mend = شغّله ثم أوقفه تمامًا، أو اختر طريقة أخرى.
problem-little-memory = الذاكرة الباقية قليلة.
    .told = المتاح من الذاكرة { $available } فقط، ويحتاج Nix أحيانًا إلى نحو { $needed }.
problem-little-memory-mend = أغلق البرامج الأخرى.
problem-loader-replaced = يحل GRUB محل محمّل الإقلاع في بداية هذا القرص.
problem-loader-replaced-mend = ضع قسم إقلاع BIOS على قرص آخر لإبقائه.
problem-loader-stays = يبقى محمّل إقلاع النظام المستبدَل، وربما ظل البرنامج الثابت يعرضه.
    .told = يبقى محمّل إقلاع { $system } في قسم نظام EFI، وربما ظل البرنامج الثابت يعرضه: لكنه لا يُقلع شيئًا بعدها.
problem-loader-stays-mend = لم يعد يقلع شيئًا؛ احذف مدخله من قائمة البرنامج الثابت إن أزعجك.
problem-made-larger = شيء مما يبقى سيُكبَّر.
    .resized = يُكبَّر القسم { $number } من { $from } إلى { $to }: تبقى ملفاته، لكن إن انقطعت الكهرباء حينها أو تعطل القرص فقد تضيع كلها.
    .ntfs = يُكبَّر القسم { $number } من { $from } إلى { $to }: تبقى ملفاته، لكن إن انقطعت الكهرباء حينها أو تعطل القرص فقد تضيع كلها. ويفحصه Windows عند إقلاعه التالي، وهذا كما ينبغي.
problem-made-larger-mend = انسخه احتياطيًا أولًا؛ لا يجوز أن يقطع هذه الخطوة شيء.
problem-made-smaller = شيء مما يبقى سيُصغَّر.
    .resized = يُصغَّر القسم { $number } من { $from } إلى { $to }: تُنقل ملفاته وتبقى، لكن إن انقطعت الكهرباء حينها أو تعطل القرص فقد تضيع كلها.
    .ntfs = يُصغَّر القسم { $number } من { $from } إلى { $to }: تُنقل ملفاته وتبقى، لكن إن انقطعت الكهرباء حينها أو تعطل القرص فقد تضيع كلها. ويفحصه Windows عند إقلاعه التالي، وهذا كما ينبغي.
problem-made-smaller-mend = انسخه احتياطيًا أولًا؛ لا يجوز أن يقطع هذه الخطوة شيء.
problem-memory-unknown = تعذر معرفة مقدار الذاكرة.
problem-memory-unknown-mend = اختر نوعًا آخر من المبادلة.
problem-mount-point-impossible = لا يمكن وصل هذا هناك.
    .reserved = { $at } يخص النظام العامل.
    .scratch = للتثبيت ملفات خاصة به في { $at }.
    .below-boot = مكان محمّل الإقلاع /boot، أو /efi ومعه /boot، لا { $at }.
    .vfat = لا يعرف vfat المالكين ولا الأذونات، و{ $at } يحتاج إليها.
    .subvolume = ما يقلع منه الحاسوب قسم مستقل، لا وحدة فرعية في { $at }.
    .anew = ما يوصَل في { $at } لا بد أن يُنشأ من جديد.
    .esp = القسم { $number } قسم نظام EFI: إن بقي وُصل في /boot، أو في /efi إلى جانب /boot مستقل، لا في { $at }.
    .new-esp = يوصَل قسم نظام EFI في /boot، أو في /efi إلى جانب /boot مستقل.
    .kernels = يوصَل قسم النُّوى في /boot.
    .no-file-system = لا نظام ملفات معروف في القسم { $number }.
    .other-kind = في القسم { $number } نظام { $kind }، وما يوصَل كما هو لا بد أن يكون ext4 أو btrfs أو xfs أو f2fs.
    .homes-in-btrfs = في القسم { $number } نظام btrfs، ولا يُعرف أي وحداته الفرعية فيها المجلدات الشخصية.
    .no-identifier = ليس لنظام الملفات في القسم { $number } معرّف.
    .no-container = في القسم { $number } نظام { $kind }، لا حاوية LUKS يمكن فتحها.
    .no-uuid = ليس لحاوية LUKS في القسم { $number } معرّف UUID.
problem-mount-point-impossible-mend = اختر مكانًا آخر أو نظام ملفات آخر.
problem-mount-point-twice = سيوصَل شيئان في المكان نفسه.
    .told = شيء آخر موصول في { $at } بالفعل.
problem-mount-point-twice-mend = أعطِ كلًّا منهما مكانًا خاصًا.
problem-nixos-install-missing = لا يوجد nixos-install على الوسيط.
problem-nixos-install-missing-mend = استعمل وسيط NixOS حيًا.
problem-nixos-loses-menu = يقلع NixOS باقٍ من قسم نظام EFI نفسه: ما لم يكن له محمّل إقلاع آخر، تُستبدل مدخلاته في قائمة الإقلاع وأنويته هناك، فلا يقلع بعدها. وتبقى ملفاته.
    .told = يقلع { $system } في { $disk } من القسم { $number } ({ $path }) الذي يشاركه فيه النظام الجديد: ما لم يختلف محمّلا الإقلاع تُستبدل مداخله في قائمة الإقلاع ونُواه هناك، ولا يقلع بعدها. وتبقى ملفاته.
problem-nixos-loses-menu-mend = اختر قسم نظام EFI آخر أو قرصًا آخر، إن أردت أن يقلع ذلك النظام من جديد.
problem-nixpkgs-unknown = لا توجد nixpkgs للبناء منها.
problem-nixpkgs-unknown-mend = استعمل وسيط NixOS حيًا.
problem-no-administrator = لن يستطيع أحد أن يصير مديرًا.
problem-no-administrator-mend = اجعل أحد المستخدمين مديرًا.
problem-no-boot-place = لن يستطيع الحاسوب الإقلاع من هذا.
    .no-esp = لا قسم نظام EFI موصول، ومن دونه لا يجد البرنامج الثابت ما يقلع منه.
    .no-boot = تُحفظ النُّوى في /boot، ولن يكون حيث يقرؤها البرنامج الثابت.
    .type = يقلع البرنامج الثابت من قسم نظام EFI، ونوع هذا القسم { $kind }.
    .format = يقلع البرنامج الثابت من vfat، ولا يقرأ { $kind }.
    .kernels-anew = قسم النُّوى إلى جانب قسم نظام EFI لا بد أن يُنشأ من جديد.
    .kernels-of-others = لا مكان للنُّوى في قسم نظام EFI، والقسم { $number } لنُوى نظام آخر: سيبحث محمّل الإقلاع هناك عن الجديدة أيضًا.
    .two-for-kernels = يبحث محمّل الإقلاع عن النُّوى في قسم واحد من هذا النوع، وهنا اثنان.
    .same-disk = لا يجد systemd-boot النُّوى إلا على قرص قسم نظام EFI.
    .kernels-vfat = لا يقرأ البرنامج الثابت النُّوى إلا من vfat.
    .gap = لا بد أن يكون GRUB قبل القسم الأول، وهناك { $size }، ويحتاج إلى { $needed }.
    .plain-ext4 = يقرأ GRUB النُّوى من ext4 جديد غير معمّى.
    .root-unread = لا يقرأ GRUB النُّوى من جذر معمّى أو ليس ext4.
problem-no-boot-place-mend = أضف قسمًا على /boot أو صِل قسم نظام EFI الموجود.
problem-no-cache-key = لم يُذكر مفتاح عام لمخابئ الحزم: لا يؤخذ منها إلا ما وقّعه مخبأ NixOS نفسه.
problem-no-cache-key-mend = أضف مفتاح كل مخبأ يوقّع الحزم بنفسه.
problem-no-channel = ليس على الوسيط قناة: يقلع النظام الجديد، لكنه لا يجد nixpkgs يُعاد بناؤه منها.
    .told = يحمل الوسيط nixpkgs ({ $path })، لكن ليس قناةً: يقلع النظام الجديد، لكنه لا يجد nixpkgs ليُعاد بناؤه («nixos-rebuild»).
problem-no-channel-mend = أضف قناة بعد أول إقلاع، أو استعمل وسيط NixOS نفسه.
problem-no-disk = لا قرص مناسب.
    .none = ليس في هذا الحاسوب قرص يراه Linux.
    .unfit = لا يمكن التثبيت على أي قرص. { $reasons }{ $more ->
        [0] { "" }
        [one] { " " }وهناك قرص آخر.
        [two] { " " }وهناك قرصان آخران.
        [few] { " " }وهناك { $more } أقراص أخرى.
       *[other] { " " }وهناك { $more } قرصًا آخر.
    }
    .unnamed = لا يؤخذ أي قرص دون اختياره. { $reasons }{ $more ->
        [0] { "" }
        [one] { " " }وهناك قرص آخر.
        [two] { " " }وهناك قرصان آخران.
        [few] { " " }وهناك { $more } أقراص أخرى.
       *[other] { " " }وهناك { $more } قرصًا آخر.
    }
    .other = لا قرص كما طُلب. الموجود: { $disks }.
    .first-of = لا ينطبق أي من الأوصاف ({ $count }) على قرص واحد بعينه، وينطبق { $several } منها على أكثر من قرص. الموجود: { $disks }.
    .manual = لم يُختر أي قرص.
problem-no-disk-mend = صِل قرصًا آخر.
problem-no-free-space = لا توجد مساحة حرة في هذا القرص.
problem-no-free-space-mend = وفّر مساحة أولًا، أو اختر طريقة أخرى.
problem-no-home = ليس في هذا القرص قسم مخصص للمجلدات الشخصية بحسب نوعه أو اسمه.
problem-no-home-mend = اختر طريقة أخرى.
problem-no-lasting-name = ليس للقرص اسم ثابت.
    .told = ليس لـ { $disk } اسم دائم: قد يصير اسمًا لقرص آخر بعد إعادة التشغيل.
problem-no-lasting-name-mend = لا تُضِف أقراصًا ولا تنزعها بعد ذلك.
problem-no-name-servers = واجهة شبكة ذات عنوان ثابت بلا خوادم أسماء، فربما لا يُعثر على أسماء مثل nixos.org.
    .told = ليس للواجهة { $interface } خوادم أسماء: إن لم تكن لغيرها فلن تُعرف أسماء مثل nixos.org.
problem-no-name-servers-mend = أضف خوادم أسماء؛ وعنوان الموجّه في المنزل واحد منها غالبًا.
problem-no-partition = ليس في هذا القرص أي قسم.
problem-no-partition-mend = استعمل المساحة الحرة فيه، أو امحُه.
problem-no-place-for-grub = يقلع هذا الحاسوب من BIOS، ولا قسم يقلع منه GRUB.
problem-no-place-for-grub-mend = أضف قسمًا حجمه 1 MiB من نوع «إقلاع BIOS».
problem-no-room = المساحة غير كافية.
    .too-small = المكان يتسع لـ { $available }، ويحتاج هذا التثبيت إلى { $needed }.
    .no-slot = لا يتسع جدول الأقسام لأقسام أخرى عددها { $count }.
    .no-primary = يتسع جدول أقسام MBR لـ 4 أقسام غير المنطقية، والحر منها { $free }، ويحتاج هذا التثبيت إلى { $count }.
problem-no-room-mend = وفّر مساحة أولًا، أو اختر طريقة أخرى.
problem-no-room-behind = المساحة الحرة خلف هذا القسم مباشرة لا تكفي.
    .partition-behind = لا مساحة حرة خلف القسم { $number } مباشرة: هناك يبدأ القسم { $next }.
    .end-behind = لا مساحة حرة خلف القسم { $number } مباشرة: هناك ينتهي القرص.
    .partition-near = لا يتجاوز القسم { $number } حجم { $most }: بعده يبدأ القسم { $next }.
    .end-near = لا يتجاوز القسم { $number } حجم { $most }: بعده ينتهي القرص.
problem-no-room-behind-mend = اطلب أقل، أو وفّر مكانًا خلفه مباشرة: لا تتحرك إلا نهايته.
problem-no-room-for-grub = لا مساحة لبرنامج GRUB الذي يبدأ النظام من BIOS.
    .core = مكان GRUB قسم إقلاع BIOS رقم { $number }، وهو صغير عليه.
    .gap = لا بد أن يكون GRUB قبل القسم الأول، وهناك { $size }، ويحتاج إلى { $needed }.
problem-no-room-for-grub-mend = امحُ القرص، أو اختر قرصًا آخر.
problem-no-room-for-updates = يتسع المكان للنظام مرة، ولا يتسع لثانية إلى جانبه.
    .told = يأخذ النظام { $system } من { $free } على { $path }: لن يتسع المكان إلى جانبه لتحديث يستبدل معظمه.
problem-no-room-for-updates-mend = اختر مكانًا أوسع: كل تحديث يحتاجه.
problem-no-root-file-system = لا شيء موصول على / حيث يوضع النظام.
problem-no-root-file-system-mend = اختر قسمًا لـ /.
problem-no-ssh-key = يقبل SSH المفاتيح فقط، وليس لأحد مفتاح.
problem-no-ssh-key-mend = أضف مفتاحًا أو اسمح بكلمات السر.
problem-nobody-can-log-in = لن يستطيع أحد الدخول إلى النظام المثبَّت.
problem-nobody-can-log-in-mend = أضف مستخدمًا.
problem-not-beside-homes = يوضع النظام الجديد في btrfs حيث المجلدات الشخصية، فلا يمكن هناك نظام ملفات آخر ولا تعمية ولا قسم مبادلة خاص به.
    .file-system = يدخل النظام الجديد في btrfs المجلدات الشخصية، فلا يأخذ نظام ملفات آخر.
    .encrypt = يدخل النظام الجديد في btrfs المجلدات الشخصية، وهو غير معمّى.
    .swap = يدخل النظام الجديد في btrfs المجلدات الشخصية، ولا يُنشأ قسم للمبادلة.
problem-not-beside-homes-mend = اختر btrfs دون تعمية، وملف مبادلة أو ذاكرة مضغوطة.
problem-not-evaluated = لا يُعرف هل يقبل Nix هذه الإعدادات.
    .little-memory = لا يُعرف إن كان Nix يقبل الإعداد: المتاح من الذاكرة { $available } فقط، ويحتاج إلى نحو { $needed }.
    .too-long = لا يُعرف إن كان Nix يقبل الإعداد: لم ينته Nix خلال { $minutes } دقيقة.
    .killed = لا يُعرف إن كان Nix يقبل الإعداد: أُنهي Nix، وغالبًا لنفاد الذاكرة.
    .stopped = لا يُعرف إن كان Nix يقبل الإعداد: أُوقف.
    .no-nix = لا يُعرف إن كان Nix يقبل الإعداد: تعذر تشغيل Nix.
    .no-nixpkgs = لا يُعرف إن كان Nix يقبل الإعداد: لا nixpkgs في { $path }.
problem-not-evaluated-mend = تابع، أو وفّر ذاكرة وأعد المحاولة.
problem-not-measured = لم يُقَس بعدُ إلى أي حد يمكن تصغير القسم.
    .number = لا يمكن تصغير القسم { $number }: { cause-size }.
problem-not-measured-mend = شغّل المثبّت من الوسيط الحي، أو اختر طريقة أخرى.
problem-not-smaller = لا يمكن تصغير أي قسم هنا.
    .number = لا يمكن تصغير القسم { $number }: { cause-size }.
problem-not-smaller-mend = اختر طريقة أخرى أو قرصًا آخر.
problem-nothing-kept = لا يمكن الإبقاء على شيء في هذا القرص: ليس فيه جدول أقسام سليم.
    .cause = لا يمكن إبقاء شيء على هذا القرص: { cause-kept }.
problem-nothing-kept-mend = امحُ القرص، أو اختر قرصًا آخر.
problem-nvidia-needs-unfree = بطاقة الرسوم بطيئة من دون مشغّل الشركة غير الحر.
    .told = ستعمل بطاقة رسوميات NVIDIA ({ $card }) بالمشغّل الحر nouveau، وهو بطيء على كثير منها.
problem-nvidia-needs-unfree-mend = اسمح بالبرامج غير الحرة لأجلها.
problem-offline = لا يمكن جلب شيء من الشبكة.
    .silent = لا يجيب أي مصدر يجلب Nix منه الحزم: { $caches }.
problem-offline-mend = ما على الوسيط يمكن تثبيته؛ اتصل لما سواه.
problem-on-battery = يعمل الحاسوب على بطاريته.
    .told = يعمل الحاسوب على البطارية، وهي عند { $percent } %.
problem-on-battery-mend = صِل الشاحن.
problem-other-mode = ما على هذا القرص يقلع بنمط BIOS، أما NixOS فسيقلع بنمط UEFI.
problem-other-mode-mend = اختر بينهما من قائمة إقلاع البرنامج الثابت، أو أقلع الوسيط بنمط BIOS.
problem-other-system-loses-parts = يستعمل نظام لينكس آخر ما يزول هنا: قد لا يقلع بعدها، أو يقلع دون بعض ملفاته.
    .told = يستعمل { $system } في { $disk } ما سيزول: { $uses }. قد لا يقلع بعدها، أو لا يجد ملفاته كلها.
problem-other-system-loses-parts-mend = أبقِ ما يحتاج إليه، أو اختر قرصًا آخر، إن أردت بقاء ذلك النظام.
problem-other-system-stranded = يبدو أن نظامًا على قرص آخر يقلع مما يزول هنا: لن يقلع بعدها.
    .own = يبدو أن { $system } على { $disk } يقلع من القسم { $number } فيه، وهو سيزول: لن يقلع بعدها.
    .other = يبدو أن { $system } على { $disk } يقلع من { $starts }، وهو سيزول: لن يقلع بعدها.
problem-other-system-stranded-mend = أبقِ ذلك القسم، أو اختر قرصًا آخر، إن أردت بقاء ذلك النظام.
problem-partition-has-no-room = لا مكان لقسم بهذا الحجم.
    .no-gap-behind = لا مساحة حرة خلف القسم { $number }.
    .no-gap-before = لا مساحة حرة قبل القسم الأول.
    .no-free-space = لا مساحة حرة على هذا القرص.
    .second-rest = قسم آخر يأخذ بقية المساحة الحرة نفسها.
    .too-small = أصغر حجم للقسم { $least }.
    .no-room = تتسع هذه المساحة الحرة لـ { $available }، والمطلوب حتى هذا القسم { $needed }.
    .no-slot = لا مكان في جدول الأقسام لقسم آخر.
    .no-primary = يتسع جدول أقسام MBR لـ 4 أقسام، بما فيها القسم الممتد، وكلها مشغولة.
problem-partition-has-no-room-mend = اطلب أقل أو وفّر مكانًا أولًا.
problem-partition-has-to-stay = يجب أن يبقى هذا القسم: فيه شيء آخر أو منه يبدأ نظام آخر.
    .esp = هو قسم نظام EFI الذي تقلع منه الأنظمة الأخرى.
    .cause = يجب أن يبقى هذا القسم: { cause-partition }.
problem-partition-has-to-stay-mend = اختر قسمًا آخر.
problem-partition-not-found = لا يوجد قسم كهذا، أو يوجد أكثر من واحد.
    .not-said = لم يُذكر أي قسم هو المقصود.
    .missing = لا يوجد على القرص قسم كهذا: { $known_by }.
    .several = على القرص أكثر من قسم كهذا: { $known_by }.
problem-partition-not-found-mend = اختر قسمًا موجودًا.
problem-partition-too-large = هذا القسم أكبر مما يمكن أن يكون عليه نظام ملفاته.
    .told = حجم القسم { $size }، و{ $kind } لا يتجاوز { $most }.
problem-partition-too-large-mend = اختر نظام ملفات آخر، أو حجمًا أصغر.
problem-partition-too-small = أحد الأقسام أصغر مما سيحمله.
    .size = حجم هذا القسم { $size }، ويحتاج إلى { $needed } لما سيحمله.
    .in-partition = في القسم { $number } مكان لـ { $size }، ويحتاج النظام إلى { $needed }.
problem-partition-too-small-mend = كبّره.
problem-partition-unclear = ما ذُكر عن أحد الأقسام متناقض أو غير كافٍ.
    .no-identifier = ليس لنظام الملفات في القسم { $number } معرّف.
    .no-btrfs = ليس في القسم { $number } نظام btrfs، ولا وحدات فرعية في غيره.
    .whole-or-parts = إما أن يوصَل نظام الملفات كله، وإما وحداته الفرعية.
    .subvolume-idle = لم يُذكر شيء عن الوحدة الفرعية { $subvolume } في نظام btrfs باقٍ.
    .subvolume-goes = تُحذف الوحدة الفرعية { $subvolume }، فلا يمكن وصلها.
    .subvolume-twice = ذُكرت الوحدة الفرعية { $subvolume } مرتين.
    .subvolume-of-new = نظام btrfs جديد، وليست فيه وحدة فرعية { $subvolume } لتبقى أو تزول.
    .core-on-mbr = قسم إقلاع BIOS يخص GPT، ولدى { $path } جدول MBR، حيث يكون GRUB قبل القسم الأول.
    .two-cores = يقلع GRUB من قسم إقلاع BIOS واحد، وهنا اثنان.
    .two-hibernate = يدخل الحاسوب في السبات إلى مبادلة واحدة، وهنا اثنتان.
    .unseen-subvolumes = لا تُعرف الوحدات الفرعية في الحاوية قبل فتحها.
    .no-mount = لم يُذكر أين يوصَل ما في الحاوية.
    .percent = القسم الموجود يأخذ حجمًا محددًا، أو كل المساحة الحرة خلفه.
    .same-size = حجم القسم { $number } هو { $size } بالفعل.
    .no-meaning = { $key ->
        [size] الحجم
        [gap_after] المساحة الحرة
        [type] النوع
        [file_system] نظام الملفات
        [label] التسمية
        [flags] العلامات
        [mount] نقطة الوصل
        [subvolumes] الوحدات الفرعية
        [encrypt] التعمية
        [unlock] الفتح
        [hibernation] السبات
       *[other] هذا
    } بلا معنى لقسم { $done ->
        [create] جديد
        [keep] يبقى كما هو
        [format] يبقى مكانه
        [delete] يُحذف
       *[other] يتغير حجمه
    }.
    .no-size = لم يُذكر حجم القسم.
    .not-said = لم يُذكر أي قسم هو المقصود.
    .no-container = في القسم { $number } نظام { $kind }، لا حاوية LUKS يمكن فتحها.
    .no-uuid = ليس لحاوية LUKS في القسم { $number } معرّف UUID.
    .stays-or-new = إما أن تبقى الحاوية الموجودة، وإما أن تُنشأ أخرى جديدة.
    .type-stays = نوع القسم الباقي لا يتغير.
    .core-on-uefi = أقلع هذا الحاسوب عبر UEFI، وقسم إقلاع BIOS ليس لذلك.
    .core-alone = قسم إقلاع BIOS يحمل GRUB ولا شيء غيره.
    .swap-alone = المبادلة ليست نظام ملفات.
    .not-swap = لا يدخل الحاسوب في السبات إلا إلى المبادلة.
    .type-swap = نوعه مبادلة، ويحمل شيئًا آخر.
    .only-btrfs = لا وحدات فرعية إلا في btrfs.
    .no-purpose = لم يُذكر لأي شيء هذا القسم.
    .label-vfat = تسمية نظام الملفات هذا 11 حرفًا أو رقمًا أو «-» أو «_» على الأكثر.
    .label-ext4 = تسمية نظام الملفات هذا 16 بايت على الأكثر.
    .label-xfs = تسمية نظام الملفات هذا 12 بايت بلا فراغات على الأكثر.
    .esp-vfat = لا يقرأ البرنامج الثابت على قسم نظام EFI إلا vfat.
    .vfat = لا يعرف vfat المالكين ولا الأذونات.
    .twice = ذُكر القسم { $number } مرتين.
    .not-shorter = حجم القسم { $number } هو { $size }، وهو لا يزيد على الحجم المطلوب.
    .not-longer = حجم القسم { $number } هو { $size }، ولن يكبر بمقدار MiB كامل.
problem-partition-unclear-mend = راجع إعدادات هذا القسم.
problem-passphrase-hard-to-type = قد تتعذر كتابة عبارة السر عند الإقلاع.
problem-passphrase-hard-to-type-mend = خذ حروفًا موجودة على اللوحة.
problem-ports-without-firewall = جدار الحماية متوقف، ففتح المنافذ لا يغيّر شيئًا: يمكن بلوغ كل خدمة من الخارج.
    .told = الجدار الناري معطّل، ففتح المنافذ ({ $ports }) لا يغيّر شيئًا: كل خدمة يمكن الوصول إليها من الخارج.
problem-ports-without-firewall-mend = اترك جدار الحماية يعمل، فتُفتح هذه المنافذ وتبقى غيرها مغلقة.
problem-proxy-missing = ذُكرت أسماء يوصل إليها من دون وكيل، ولم يُذكر وكيل.
problem-proxy-missing-mend = أضف الوكيل أو احذف الأسماء.
problem-proxy-password = عنوان الوكيل فيه كلمة سر يستطيع الجميع قراءتها.
problem-proxy-password-mend = احذف كلمة السر.
problem-recovery-key-unused = لن يفتح مفتاح الاسترداد شيئًا هنا: لا تعمية جديدة، والتعمية الباقية تحتفظ بمفاتيحها.
problem-recovery-key-unused-mend = استغن عن مفتاح الاسترداد؛ ويضيفه «cryptsetup luksAddKey» لاحقًا.
problem-release-unsupported = الإصدار على الوسيط غير مدعوم.
    .told = يحمل الوسيط NixOS { $release }، وهذا الإصدار غير مدعوم.
problem-release-unsupported-mend = استعمل وسيطًا أحدث أو أقدم.
problem-sector-size-unsupported = لا يمكن هنا كتابة جداول أقسام لقطاعات بهذا الحجم.
    .told = قطاعات { $disk } حجمها { $sector } بايت، ولا تُكتب جداول الأقسام هنا إلا لحجمي 512 و4096.
problem-sector-size-unsupported-mend = اختر قرصًا آخر.
problem-secure-boot = سيرفض Secure Boot النظام المثبَّت.
    .on = الإقلاع الآمن (Secure Boot) مفعّل، وسيرفض إقلاع النظام المثبَّت.
    .unknown = لم يمكن معرفة إن كان الإقلاع الآمن (Secure Boot) مفعّلًا: إن كان كذلك فسيرفض النظام المثبَّت.
problem-secure-boot-mend = عطّل Secure Boot في إعدادات البرنامج الثابت.
problem-several-disks = هناك عدة أقراص مناسبة.
    .fit = ينطبق ذلك على أكثر من قرص: { $disks }.
    .twice = ذُكر { $path } مرتين.
problem-several-disks-mend = اختر واحدًا.
problem-several-homes = في هذا القرص أكثر من قسم للمجلدات الشخصية.
problem-several-homes-mend = حدّد ما يبقى منها قسمًا قسمًا.
problem-start-code-replaced = تُستبدَل شيفرة الإقلاع في بداية هذا القرص.
problem-start-code-replaced-mend = يقلع أي نظام آخر عليه من قائمة الإقلاع الجديدة إن كان مدرجًا فيها.
problem-state-version-too-new = إصدار الحالة أحدث من الإصدار.
    .told = الإصدار { $asked } أحدث من NixOS { $release } الذي على الوسيط.
problem-state-version-too-new-mend = لا تذكره.
problem-subvolume-holds-others = في الوحدة الفرعية التي ستُحذف وحدات أخرى.
    .told = تُحذف الوحدة الفرعية { $subvolume }، وسيزول ما فيها أيضًا: { $inside }.
problem-subvolume-holds-others-mend = احذفها أيضًا، أو أبق الوحدة كما هي.
problem-subvolume-missing = لا توجد وحدة فرعية بهذا الاسم.
    .none = لا توجد وحدة فرعية { $subvolume } ولا غيرها.
    .others = لا توجد وحدة فرعية { $subvolume }، والموجود: { $others }.
problem-subvolume-missing-mend = اذكر واحدة موجودة، أو أنشئ واحدة جديدة.
problem-subvolume-read-only = هذا القسم الفرعي للقراءة فقط.
    .told = الوحدة الفرعية { $subvolume } للقراءة فقط، كاللقطات: لا يمكن لأحد الكتابة فيها.
problem-subvolume-read-only-mend = اختر قسمًا فرعيًا آخر.
problem-subvolume-taken = توجد وحدة فرعية بهذا الاسم.
    .told = توجد وحدة فرعية { $subvolume } بالفعل.
    .twice = اسم وحدتين فرعيتين { $subvolume }.
problem-subvolume-taken-mend = أعط الجديدة اسمًا آخر.
problem-swap-file-on-f2fs = ملف المبادلة على F2FS غير آمن.
problem-swap-file-on-f2fs-mend = اختر مبادلة أخرى أو نظام ملفات آخر.
problem-swap-unencrypted = الجذر معمّى وهذه المبادلة غير معمّاة: تصل أجزاء من الذاكرة إلى القرص نصًا صريحًا.
problem-swap-unencrypted-mend = عمِّ المبادلة أيضًا.
problem-system-too-large = لا يتسع نظام الملفات للنظام.
    .told = يحتاج النظام إلى نحو { $needed } على { $path } ({ $system } للحزم و{ $build } للبناء)، والحر هناك { $free }.
problem-system-too-large-mend = اختر مكانًا أوسع أو برامج أقل.
problem-system-unclear = لا يمكن معرفة الأقسام التي تخص هذا النظام وحده.
    .no-gpt = يُعرف Windows بأنواع أقسامه، وليس لهذا القرص GPT.
    .no-windows = لا قسم على هذا القرص فيه Windows.
    .windows-several = ليس واضحًا أي الأقسام يخص Windows وحده: قد يكون هو أو بياناته في أكثر من قسم، أو محتوى أحدها غير معروف.
    .windows-data = ليس واضحًا إن كان على هذا القرص Windows أم بياناته فقط: ينقص قسم نظام EFI أو قسمه المحجوز أو أدوات استرداده.
    .windows-recoveries = على هذا القرص أدوات استرداد لأكثر من نظام.
    .fstab-unread = تعذرت قراءة قائمة أنظمة ملفاته (/etc/fstab).
    .no-root-said = لا تذكر قائمة أنظمة ملفاته (/etc/fstab) أين جذره.
    .copy = تذكر قائمة أنظمة ملفاته (/etc/fstab) قسمًا آخر لجذره: قد يكون نسخة.
    .others-inside = في نظام ملفاته أنظمة أخرى أيضًا، وهو يزول كله: { $systems }.
    .mounted-by = نظام ملفاته، وهو يزول كله، يوصله { $systems } أيضًا.
    .several = على هذا القرص أكثر من نظام Linux بهذا الاسم.
    .no-linux = لا يُعرف Linux على هذا القرص: لا يُعرف إلا ما جذره ext4 أو btrfs أو xfs أمكن النظر فيه.
    .others-only = ليس على هذا القرص Linux بهذا الاسم، لكن عليه { $systems }.
    .where = ليس واضحًا أين { $what } الخاص به: { $cause ->
        [may_change] قد يكون { $source } قسمًا آخر بعد كل إقلاع
        [several_called] أكثر من قسم اسمه { $source }
       *[other] لا قسم اسمه { $source }
    }.
    .other-disk = { $what } الخاص به على قرص آخر ({ $path }).
    .may-change = قد يكون { $source } قسمًا آخر بعد كل إقلاع.
    .several-called = أكثر من قسم اسمه { $source }.
    .none-called = لا قسم اسمه { $source }.
    .unread-other = ليس واضحًا إن كانت مبادلته وأنظمة ملفاته له وحده: قد يكون في القسم { $number } ({ $path }) نظام آخر يستعملها، وتعذر النظر فيه.
    .stays = لا يمكن أن يزول القسم { $number } الخاص به: { cause-partition }.
problem-system-unclear-mend = اختر قسمًا واحدًا، أو حدّد مصير كل قسم.
problem-target-in-use = شيء موصول حيث يُجمَّع النظام الجديد.
    .told = شيء موصول في { $path } حيث يوضع النظام الجديد.
problem-target-in-use-mend = افصله.
problem-unfree-needed = شيء ما يحتاج برامج غير حرة وهي غير مسموحة.
    .packages = لا يمكن تثبيت { $packages } دون برمجيات غير حرة.
    .broadcom = لا يمكن تثبيت مشغّل Wi-Fi من Broadcom دون برمجيات غير حرة.
problem-unfree-needed-mend = اسمح بالبرامج غير الحرة.
problem-unknown-group = إحدى المجموعات غير معرّفة.
    .told = لا شيء مما اختير هنا يعرّف المجموعة { $group }.
problem-unknown-group-mend = راجع كتابتها.
problem-unknown-layout = لا يوجد تخطيط لوحة مفاتيح كهذا.
    .near = لا يوجد تخطيط لوحة مفاتيح { $name }. هل تقصد { $nearest }؟
    .name = لا يوجد تخطيط لوحة مفاتيح { $name }.
problem-unknown-layout-mend = اختر واحدًا من القائمة.
problem-unknown-locale = لا يعرف NixOS هذه الصيغ.
    .near = لا يعرف NixOS الصيغة { $name }. هل تقصد { $nearest }؟
    .name = لا يعرف NixOS الصيغة { $name }.
problem-unknown-locale-mend = اختر غيرها.
problem-unknown-time-zone = لا توجد منطقة زمنية كهذه.
    .near = لا توجد منطقة زمنية { $name }. هل تقصد { $nearest }؟
    .name = لا توجد منطقة زمنية { $name }.
problem-unknown-time-zone-mend = اختر واحدة من القائمة.
problem-unknown-variant = ليس للتخطيط تنويع كهذا.
    .near = ليس في تخطيط لوحة المفاتيح { $layout } نوع { $name }. هل تقصد { $nearest }؟
    .name = ليس في تخطيط لوحة المفاتيح { $layout } نوع { $name }.
problem-unknown-variant-mend = اختر واحدًا من القائمة.
problem-unknown-xkb-option = لا يوجد خيار لوحة مفاتيح كهذا.
    .near = لا يوجد خيار لوحة مفاتيح { $name }. هل تقصد { $nearest }؟
    .name = لا يوجد خيار لوحة مفاتيح { $name }.
problem-unknown-xkb-option-mend = احذفه.
problem-unobtainable = بعض الحزم لا يمكن الحصول عليها هنا.
problem-unobtainable-mend = اتصل بالشبكة أو اتركها.
problem-variables-not-writable = تعذرت كتابة متغيرات البرنامج الثابت: لن يكون لنظام NixOS مدخل إقلاع، وسيقلع من المسار الاحتياطي.
    .read-only = لا يمكن كتابة متغيرات البرنامج الثابت (efivarfs للقراءة فقط): لا يحصل NixOS على مدخل إقلاع، ويقلع من المسار الاحتياطي في EFI/BOOT.
    .missing = لا يمكن كتابة متغيرات البرنامج الثابت (لا يوجد efivarfs): لا يحصل NixOS على مدخل إقلاع، ويقلع من المسار الاحتياطي في EFI/BOOT.
problem-variables-not-writable-mend = إن أقلع شيء آخر فاختر القرص من قائمة إقلاع البرنامج الثابت.
problem-variant-without-layout = اختير تنويع بلا تخطيطه.
problem-variant-without-layout-mend = اختر التخطيط.
problem-volume-may-span = قد يكون شيء هنا جزءًا من وحدة تخزين تشارك فيها أقراص أخرى: عندها يضيع ما عليها أيضًا.
    .others = قد يكون { $disk } ({ $kind }) جزءًا من وحدة التخزين نفسها التي منها { $others }: عندها يضيع ما فيها أيضًا.
    .unseen = قد يكون { $disk } ({ $kind }) جزءًا من وحدة تخزين لا تُرى بقيتها: عندها يضيع ما فيها أيضًا.
problem-volume-may-span-mend = تأكد من أن لا شيء منه ما زال مطلوبًا، أو اختر قرصًا آخر.
problem-waits-for-passphrase = عند كل تشغيل ينتظر هذا الخادم عند شاشته عبارة مرور القرص، ولا يمكن الوصول إليه عبر SSH قبل ذلك.
problem-waits-for-passphrase-mend = لا تشفّر القرص، أو تأكد من أن أحدًا يستطيع الوصول إلى شاشته ولوحة مفاتيحه.
problem-windows-may-sleep = لم يمكن بعدُ معرفة إن كان نظام Windows في هذا الحاسوب في حالة سبات. يُتحقَّق من ذلك قبل كتابة أي شيء، وإن كان كذلك انتهى التثبيت عندها.
    .told = لم يمكن بعدُ معرفة إن كان نظام Windows في { $path } في حالة سبات. يُتحقَّق من ذلك قبل كتابة أي شيء، وإن كان كذلك انتهى التثبيت عندها.
problem-windows-may-sleep-mend = للتأكد شغّل Windows، واضغط مفتاح Shift باستمرار وأنت تختار «إيقاف التشغيل».
problem-windows-sleeps = في هذا الحاسوب نظام Windows في حالة سبات، كما هو غالبًا بعد إيقافه مع «بدء التشغيل السريع»، ويتذكر أقراصه كما كانت.
    .path = نظام Windows في { $path } في حالة سبات، كما هو غالبًا بعد إيقافه مع «بدء التشغيل السريع»، ويتذكر أقراصه كما كانت.
problem-windows-sleeps-mend = شغّل Windows، واضغط مفتاح Shift باستمرار وأنت تختار «إيقاف التشغيل»؛ أو اختر طريقة أخرى.
problem-wired-left-out = لا تُستعمل بوابة أو خادم أسماء: لواجهته بوابة أخرى، أو ليس لها عنوان من هذا النوع.
    .alone = ليس مع البوابة { $address } عنوان ثابت من نوعها: تستغني عنها الواجهة { $interface }.
    .second = البوابة هي { $first } بالفعل، و{ $address } بعدها: تستغني عنها الواجهة { $interface }.
    .name-server = لا يُوصل إلى خادم الأسماء { $address } دون عنوان IPv4: تستغني عنه الواجهة { $interface }.
problem-wired-left-out-mend = أبقِ بوابة واحدة من كل نوع، ومعها عنوان.
problem-wired-unclear = واجهة شبكة مذكورة مرتين أو بلا عنوان.
    .twice = الواجهة { $interface } مذكورة مرتين.
    .no-address = ليس للواجهة { $interface } عنوان.
problem-wired-unclear-mend = اذكر كل واجهة مرة واحدة مع عنوانها.
problem-wired-unknown = ليس في هذا الحاسوب واجهة شبكة سلكية مما ذُكر.
    .no-cable = الواجهة { $interface } ليست سلكية، ولا يُستعمل عنوانها الثابت.
    .missing = ليس في هذا الحاسوب واجهة { $interface }، ولا يُستعمل عنوانها الثابت.
problem-wired-unknown-mend = راجع اسمها، أو احذفها إن كانت الإعدادات لحاسوب آخر.
problem-wrong-passphrase = عبارة المرور لا تفتح القسم المعمّى. لم يتغيّر شيء.
    .number = لا تفتح عبارة المرور حاوية LUKS في القسم { $number }. لم يتغير شيء.
problem-wrong-passphrase-mend = أدخل العبارة التي تفتحه: فهي نفسها لكل ما هو معمّى.

told-between = { "، " }
told-between-sentences = { " " }
told-disk = { $model } ({ $size }، { $path })
told-disk-serial = { $model } ({ $size }، الرقم التسلسلي { $serial }، { $path })
told-name = «{ $name }»
told-partition = القسم { $number } من { $disk }
