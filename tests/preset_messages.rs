//! What a person reads about each kind of bad preset, as snapshots in `tests/preset_messages/`.
//!
//! A message that changes is read like code. `INSTA_UPDATE=always cargo test --test
//! preset_messages` writes them anew.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use nevado::preset;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A password that no message may repeat.
const SECRET: &str = "Tr0ub4dor-und-3";

/// Kind of mistake, and a preset with it; `@` stands for the secret.
const BAD: [(&str, &str); 91] = [
    ("empty", ""),
    ("no_version", "[locale]\nlanguage = \"de_DE.UTF-8\"\n"),
    ("other_version", "version = 2\n[network]\nhostname = 3\n"),
    ("version_as_text", "version = \"1\"\n"),
    (
        "unknown_section",
        "version = 1\n[keyborad]\nlayout = \"de\"\n",
    ),
    (
        "singular_section",
        "version = 1\n[[user]]\nname = \"ada\"\n",
    ),
    (
        "misspelt_key",
        "version = 1\n[network]\nhostname = \"alm\"\n",
    ),
    (
        "key_under_another_name",
        "version = 1\n[locale]\ntz = \"Europe/Berlin\"\n",
    ),
    (
        "key_in_the_wrong_section",
        "version = 1\n[system]\ntimezone = \"Europe/Berlin\"\n",
    ),
    (
        "key_without_its_section",
        "version = 1\ndesktop_environment = 1\nhost_name = \"a\"\n",
    ),
    ("unknown_key", "version = 1\n[software]\nsteam = true\n"),
    (
        "ssh_key_damaged",
        "version = 1\n[[users]]\nname = \"ada\"\nssh_keys = [\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA@\"]\n",
    ),
    (
        "ssh_key_private",
        "version = 1\n[[users]]\nname = \"ada\"\nssh_keys = ['''-----BEGIN OPENSSH PRIVATE KEY-----\n@\n''']\n",
    ),
    (
        "shell_unknown",
        "version = 1\n[[users]]\nname = \"ada\"\nshell = \"csh\"\n",
    ),
    (
        "group_with_blank",
        "version = 1\n[[users]]\nname = \"ada\"\ngroups = [\"dial out\"]\n",
    ),
    (
        "clock_unknown",
        "version = 1\n[locale]\nhardware_clock = \"gmt\"\n",
    ),
    (
        "extra_locale_as_text",
        "version = 1\n[locale]\nextra = \"fr_FR.UTF-8\"\n",
    ),
    (
        "input_method_unknown",
        "version = 1\n[keyboard]\ninput_methods = [\"mozc\"]\n",
    ),
    (
        "address_without_prefix",
        "version = 1\n[[network.wired]]\ninterface = \"enp3s0\"\naddresses = [\"192.168.1.10\"]\n",
    ),
    (
        "gateway_of_no_form",
        "version = 1\n[[network.wired]]\ninterface = \"enp3s0\"\naddresses = []\ngateways = [\"router\"]\n",
    ),
    (
        "interface_with_blank",
        "version = 1\n[[network.wired]]\ninterface = \"LAN 1\"\naddresses = []\n",
    ),
    (
        "proxy_of_no_form",
        "version = 1\n[network]\nproxy = \"ftp://proxy.example\"\n",
    ),
    (
        "cache_of_no_form",
        "version = 1\n[install]\nsubstituters = [\"cache.example\"]\n",
    ),
    (
        "cache_with_password",
        "version = 1\n[install]\nsubstituters = [\n  \"https://ada:@\\u0040cache.example\",\n]\n",
    ),
    (
        "cache_with_settings",
        "version = 1\n[install]\nsubstituters = [\"https://cache.example?trusted=1\"]\n",
    ),
    (
        "cache_key_of_no_form",
        "version = 1\n[install]\npublic_keys = [\"cache.example-1\"]\n",
    ),
    (
        "cache_key_secret",
        "version = 1\n[install]\npublic_keys = [\"a:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDFhYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ekFCQ0RFRg==\"]\n",
    ),
    (
        "cache_keys_as_text",
        "version = 1\n[install]\npublic_keys = \"a:@\"\n",
    ),
    (
        "caches_under_another_name",
        "version = 1\n[install]\ncaches = []\n",
    ),
    ("ssh_as_switch", "version = 1\n[network]\nssh = true\n"),
    (
        "kernel_unknown",
        "version = 1\n[system]\nkernel = \"lts\"\n",
    ),
    (
        "kernel_under_another_name",
        "version = 1\n[system]\nkernel = \"latest\"\n",
    ),
    (
        "port_too_large",
        "version = 1\n[network]\ntcp_ports = [8080, 70000]\n",
    ),
    (
        "port_of_nothing",
        "version = 1\n[network]\nudp_ports = [0]\n",
    ),
    ("gap_negative", "version = 1\n[disk]\ngap_after = -1\n"),
    ("kernel_as_number", "version = 1\n[system]\nkernel = 6.12\n"),
    (
        "boot_loader_unknown",
        "version = 1\n[system]\nboot_loader = \"grub2\"\n",
    ),
    (
        "shape_unknown",
        "version = 1\n[configuration]\nshape = \"flakes\"\n",
    ),
    (
        "files_as_number",
        "version = 1\n[configuration]\nfiles = 1\n",
    ),
    ("one_generation", "version = 1\n[system]\ngenerations = 1\n"),
    (
        "days_negative",
        "version = 1\n[system]\ndelete_after_days = -1\n",
    ),
    (
        "upgrades_as_switch",
        "version = 1\n[system]\nupgrades = true\n",
    ),
    ("key_of_nixos", "version = 1\n[system]\nplymouth = true\n"),
    (
        "misspelt_value",
        "version = 1\n[desktop]\nenvironment = \"gnom\"\n",
    ),
    (
        "unknown_value",
        "version = 1\n[desktop]\nenvironment = \"windows\"\n",
    ),
    (
        "autologin_as_switch",
        "version = 1\n[desktop]\nautologin = true\n",
    ),
    ("unknown_layout", "version = 1\n[disk]\nlayout = \"lvm\"\n"),
    (
        "partition_as_number",
        "version = 1\n[disk]\nlayout = \"replace\"\npartition = 3\n",
    ),
    (
        "partition_unknown_property",
        "version = 1\n[disk]\nesp = { uuid = \"5A3C-19E7\" }\n",
    ),
    ("gap_as_text", "version = 1\n[disk]\ngap_after = \"3\"\n"),
    ("unknown_swap", "version = 1\n[disk]\nswap = \"Zram\"\n"),
    (
        "disk_as_text",
        "version = 1\n[disk]\nchoose = \"/dev/sda\"\n",
    ),
    (
        "disk_unknown_property",
        "version = 1\n[disk]\nchoose = { seriel = \"S6B\" }\n",
    ),
    (
        "disk_unknown_transport",
        "version = 1\n[disk]\nchoose = { transport = \"sata\" }\n",
    ),
    (
        "size_without_unit",
        "version = 1\n[disk.choose.size]\nmin = \"40\"\n",
    ),
    (
        "size_as_number",
        "version = 1\n[disk]\nchoose = { size = { min = 40 } }\n",
    ),
    (
        "locale_in_another_charset",
        "version = 1\n[locale]\nlanguage = \"de_DE.ISO-8859-1\"\n",
    ),
    (
        "time_zone_with_blank",
        "version = 1\n[locale]\ntime_zone = \"Europe/St Gallen\"\n",
    ),
    (
        "layout_with_comma",
        "version = 1\n[keyboard]\nlayout = \"us,ru\"\n",
    ),
    (
        "host_name_with_dot",
        "version = 1\n[network]\nhost_name = \"alm.example\"\n",
    ),
    (
        "login_name_with_capital",
        "version = 1\n[[users]]\nname = \"Ada\"\n",
    ),
    (
        "login_name_of_the_system",
        "version = 1\n[[users]]\nname = \"root\"\n",
    ),
    (
        "full_name_with_colon",
        "version = 1\n[[users]]\nname = \"ada\"\nfull_name = \"A:B\"\n",
    ),
    (
        "user_without_name",
        "version = 1\n[[users]]\nadministrator = true\n",
    ),
    (
        "text_for_true",
        "version = 1\n[[users]]\nname = \"ada\"\nadministrator = \"yes\"\n",
    ),
    ("users_as_table", "version = 1\n[users]\nname = \"ada\"\n"),
    (
        "package_of_no_form",
        "version = 1\n[software]\npackages = [\"git\", \"7zip\"]\n",
    ),
    (
        "packages_as_text",
        "version = 1\n[software]\npackages = \"git\"\n",
    ),
    (
        "release_of_no_form",
        "version = 1\n[system]\nstate_version = \"unstable\"\n",
    ),
    (
        "release_as_number",
        "version = 1\n[system]\nstate_version = 26.05\n",
    ),
    ("a_date", "version = 1\n[network]\nhost_name = 2026-11-22\n"),
    ("no_toml", "version = 1\n[network\nhost_name = \"alm\"\n"),
    (
        "text_without_quotes",
        "version = 1\n[network]\nhost_name = alm\n",
    ),
    (
        "key_twice",
        "version = 1\n[network]\nhost_name = \"a\"\nhost_name = \"b\"\n",
    ),
    (
        "password_as_text",
        "version = 1\n[[users]]\nname = \"ada\"\npassword = \"@\"\n",
    ),
    (
        "password_without_quotes",
        "version = 1\n[[users]]\nname = \"ada\"\npassword = @\n",
    ),
    (
        "weak_hash",
        "version = 1\n[[users]]\nname = \"ada\"\npassword = { hash = \"$1$@\" }\n",
    ),
    (
        "misspelt_password",
        "version = 1\n[[users]]\nname = \"ada\"\npasswort = { plain = \"@\" }\n",
    ),
    (
        "encryption_misspelt",
        "version = 1\n[disk]\nencrypt = { pasphrase = { file = \"/run/p\" }, recoverykey = true }\n",
    ),
    (
        "encryption_with_the_secret_as_key",
        "version = 1\n[disk]\nencrypt = { @ = 1 }\n",
    ),
    (
        "passphrase_as_text",
        "version = 1\n[disk]\nencrypt = { passphrase = \"@\" }\n",
    ),
    (
        "passphrase_misspelt_file",
        "version = 1\n[disk]\nencrypt = { passphrase = { fiel = \"/run/@\" } }\n",
    ),
    (
        "passphrase_in_a_relative_file",
        "version = 1\n[disk]\nencrypt = { passphrase = { file = \"@\" } }\n",
    ),
    (
        "recovery_key_as_text",
        "version = 1\n[disk]\nencrypt = { recovery_key = \"@\" }\n",
    ),
    (
        "recovery_key_in_a_relative_file",
        "version = 1\n[disk]\nencrypt = { recovery_key = { file = \"key\" } }\n",
    ),
    (
        "recovery_key_without_its_section",
        "version = 1\n[disk]\nrecovery_key = true\n",
    ),
    (
        "partition_as_text",
        "version = 1\n[disk]\npartition = \"sda3\"\n",
    ),
    (
        "password_misspelt_form",
        "version = 1\n[[users]]\nname = \"ada\"\npassword = { plian = \"@\" }\n",
    ),
    (
        "password_of_another_form",
        "version = 1\n[[users]]\nname = \"ada\"\npassword = { file = \"@\" }\n",
    ),
    (
        "no_proxy_with_nul",
        "version = 1\n[network]\nproxy = \"http://a.example\"\nno_proxy = \"a\\u0000b\"\n",
    ),
    (
        "several_at_once",
        "version = 1\n[network]\nhostname = \"alm\"\n[desktop]\nenvironment = \"kde\"\n\
         [[users]]\nname = \"Ada\"\nsudo = true\n[[users]]\nname = \"bob\"\nfull_name = 5\n",
    ),
];

#[test]
fn every_kind_of_bad_preset_has_its_message() {
    let mut kinds = BTreeSet::new();
    for (kind, text) in BAD {
        assert!(kinds.insert(kind), "{kind} is there twice");
        let text = text.replace('@', SECRET);
        let message = preset::read(&text, "preset.toml").unwrap_err().to_string();
        assert!(!message.contains(SECRET), "{kind}: {message}");
        insta::with_settings!({
            prepend_module_to_snapshot => false,
            omit_expression => true,
            snapshot_path => "preset_messages",
        }, { insta::assert_snapshot!(kind, message) });
    }
}

/// Ways to write a password, right and wrong; `@` stands for it.
const PASSWORDS: [&str; 24] = [
    "[[users]]\nname = \"ada\"\npassword = { plain = \"@\" }\n",
    "[[users]]\nname = \"ada\"\npassword = { plain = @ }\n",
    "[[users]]\nname = \"ada\"\npassword.plain = \"@\"\n",
    "[[users]]\nname = \"ada\"\npassword.plian = \"@\"\n",
    "[[users]]\nname = \"ada\"\nPasswrd = \"@\"\n",
    "[[users]]\nname = \"ada\"\npin = \"@\"\n",
    "[[users]]\nname = \"ada\"\npassword = { @ = 1 }\n",
    "[[users]]\nname = \"ada\"\npassword = [\"@\"]\n",
    "[[users]]\nname = \"ada\"\n[users.password]\nplain = \"@\"\nx = 1\n",
    "[[users]]\nname = \"ada\"\n[users.password]\nplain = '''\n@\n'''\nhash = \"@\"\n",
    "[[users]]\nname = \"ada\"\npassword.plain = \"\"\"\nline\n@\nx = @\n\"\"\n",
    "[[users]]\nname = \"ada\"\npassword = { plain = \"\"\"\n\n@\"\"\", y = 2 }\n",
    "users = [{ name = \"ada\", password = { plain = \"@\" }, x = 1 }]\n",
    "users = [{ name = \"Ada\", passwd = \"@\" }]\n",
    "users = [\n  { name = 5, password = { plain = \"@\" } },\n]\n",
    "users.password = \"@\"\n",
    "[root]\npassword = { plain = \"@\" }\nshell = \"bash\"\n",
    "[root]\npassword = \"@\n",
    "[root]\n\"pass\\u0077ord\" = \"@\"\n",
    "password = \"@\"\n",
    "[disk]\nencrypt = { passphrase = { plain = \"@\" }, recovery_key = true }\n",
    "[disk]\nencrypt = { @ = 1 }\n",
    "[disk]\nencrypt = { passphrase = { @ = 1 } }\n",
    "[disk.encrypt]\nrecovery_key = { file = \"@\" }\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// However a preset is damaged outside the password, no message repeats the password.
    #[test]
    fn no_message_repeats_a_password(
        form in prop::sample::select(PASSWORDS.to_vec()),
        at in any::<prop::sample::Index>(),
        damage in prop_oneof![Just(""), Just("\""), Just("\n"), Just("}"), Just("]"), Just("= "), Just("é")],
        removed in 0_usize..3,
    ) {
        let text = format!("version = 1\n{form}[network]\nhost_name = \"a.b\"\n");
        let mut letters: Vec<char> = text.chars().collect();
        let at = at.index(letters.len());
        let end = (at + removed).min(letters.len());
        // The password itself is to stay as it is.
        prop_assume!(!letters[at..end].contains(&'@'));
        letters.splice(at..end, damage.chars());
        let text: String = letters.into_iter().collect();
        let message = match preset::read(&text.replace('@', SECRET), "preset.toml") {
            Ok(_) => String::new(),
            Err(error) => format!("{error}\n{}", serde_json::to_string(error.mistakes()).unwrap()),
        };
        prop_assert!(!message.contains(SECRET), "{}\n---\n{}", text, message);
    }
}
