//! Mistakes planted one at a time.

use crate::{StandIn, changed};

/// Every definition added to a good configuration must be refused with these words.
fn refused(cases: &[(&str, &str)]) {
    let stand_in = StandIn::new();
    for (lines, words) in cases {
        expect(&stand_in.complaint(&stand_in.with(lines)), words, lines);
    }
}

/// Every replacement in a good configuration must be refused with these words.
fn refused_when_changed(cases: &[(&str, &str, &str)]) {
    let stand_in = StandIn::new();
    for (from, to, words) in cases {
        expect(&stand_in.complaint(&changed(from, to)), words, to);
    }
}

fn expect(complaint: &str, words: &str, planted: &str) {
    assert!(
        complaint.contains(words),
        "planted `{planted}`, expected `{words}`, but Nix says\n{complaint}"
    );
}

#[test]
fn options_that_do_not_exist() {
    refused(&[
        (
            "services.openssh.enabled = true;",
            "The option `services.openssh.enabled' does not exist.",
        ),
        (
            "networking.hostname = \"x\";",
            "The option `networking.hostname' does not exist.",
        ),
        (
            "users.users.eve = { isNormalUser = true; extraGroup = [ ]; };",
            "The option `users.users.eve.extraGroup' does not exist.",
        ),
        (
            "fileSystems.\"/\".fstype = \"ext4\";",
            "The option `fileSystems.\"/\".fstype' does not exist.",
        ),
        (
            "swapDevices = [ { device = \"/dev/vdb\"; sise = 3; } ];",
            "sise' does not exist.",
        ),
        (
            "boot.initrd.luks.devices.root.devise = \"/dev/vdb\";",
            "The option `boot.initrd.luks.devices.root.devise' does not exist.",
        ),
        (
            "services.gnome.gnome-display-manager.enable = lib.mkIf false true;",
            "The option `services.gnome.gnome-display-manager' does not exist.",
        ),
    ]);
}

#[test]
fn options_of_a_later_release() {
    refused(&[(
        "boot.loader.systemd-boot.bootCounting.enable = true;",
        "The option `boot.loader.systemd-boot.bootCounting' does not exist.",
    )]);
}

#[test]
fn values_of_the_wrong_type() {
    refused(&[
        (
            "services.openssh.enable = \"yes\";",
            "A definition for option `services.openssh.enable' is not of type `boolean'.",
        ),
        (
            "users.users.eve = { isNormalUser = true; uid = \"1000\"; };",
            "A definition for option `users.users.eve.uid' is not of type `null or signed integer'.",
        ),
        (
            "networking.firewall.allowedTCPPorts = [ \"22\" ];",
            "is not of type `16 bit unsigned integer",
        ),
        (
            "networking.firewall.allowedTCPPorts = [ 65536 ];",
            "is not of type `16 bit unsigned integer",
        ),
        (
            "boot.loader.systemd-boot.consoleMode = \"big\";",
            "is not of type `one of \"0\", \"1\", \"2\", \"5\", \"auto\", \"max\", \"keep\"'.",
        ),
        (
            "boot.kernelParams = [ \"two words\" ];",
            "A definition for option `boot.kernelParams.",
        ),
        (
            "environment.systemPackages = [ \"git\" ];",
            "is not of type `package'.",
        ),
        (
            "i18n.extraLocaleSettings.LC_NAME = 1;",
            "A definition for option `i18n.extraLocaleSettings.LC_NAME' is not of type `string'.",
        ),
        (
            "services.openssh.settings.PermitRootLogin = lib.mkForce true;",
            "A definition for option `services.openssh.settings.PermitRootLogin' is not of type",
        ),
        (
            "fileSystems.\"/boot\".options = lib.mkForce [ ];",
            "A definition for option `fileSystems.\"/boot\".options' is not of type `non-empty",
        ),
        (
            "users.users = [ ];",
            "A definition for option `users.users' is not of type `attribute set of (submodule)'.",
        ),
        ("networking = true;", "A definition for option `networking'"),
        (
            "boot.loader.timeout = lib.mkIf true \"5\";",
            "is not of type `null or signed integer'.",
        ),
    ]);
    refused_when_changed(&[
        (
            "\"cedar\"",
            "\"-cedar\"",
            "A definition for option `networking.hostName' is not of type `string matching the pattern",
        ),
        (
            "\"Maria Silva\"",
            "\"Maria: Silva\"",
            "is not of type `string, not containing newlines or colons'.",
        ),
        (
            "\"Europe/Berlin\"",
            "\"New York\"",
            "`time.timeZone' is not of type",
        ),
    ]);
}

#[test]
fn retired_names() {
    refused(&[
        (
            "services.xserver.layout = \"de\";",
            "The option `services.xserver.layout' is retired",
        ),
        (
            "sound.enable = true;",
            "The option `sound.enable' is retired",
        ),
        (
            "hardware.pulseaudio.enable = false;",
            "The option `hardware.pulseaudio' is retired",
        ),
    ]);
}

#[test]
fn definitions_that_conflict() {
    refused(&[
        (
            "time.timeZone = \"Asia/Tokyo\";",
            "The option `time.timeZone' has conflicting definition values:",
        ),
        (
            "networking.useDHCP = true;",
            "The option `networking.useDHCP' has conflicting definition values:",
        ),
        (
            "networking.wireless.enable = false;",
            "The option `networking.wireless.enable' has conflicting definition values:",
        ),
    ]);
}

#[test]
fn a_disk_that_could_not_be_mounted() {
    refused_when_changed(&[
        (
            "fileSystems.\"/\" =",
            "fileSystems.\"/data\" =",
            "The ‘fileSystems’ option does not specify your root file system.",
        ),
        (
            "    fsType = \"ext4\";\n",
            "",
            "The option `fileSystems.\"/\".fsType' was accessed but has no value defined.",
        ),
        (
            "    device = \"/dev/disk/by-uuid/5A3C-91F7\";\n",
            "",
            "No device specified for mount point ‘/boot’.",
        ),
        (
            "\"vfat\"",
            "\"fat32\"",
            "kinds that Linux does not know: fat32",
        ),
        (
            "fileSystems.\"/boot\" =",
            "fileSystems.\"/efi\" =",
            "efiSysMountPoint is /boot, but fileSystems has nothing there",
        ),
        (
            "/dev/disk/by-uuid/0f7e6a52-2c1b-4d0e-9a43-6f1d2b8c7e90",
            "/dev/mapper/root",
            "nothing in boot.initrd.luks.devices opens /dev/mapper/root.",
        ),
    ]);
    refused(&[
        (
            "boot.initrd.luks.devices.swap = { };",
            "The option `boot.initrd.luks.devices.swap.device' was accessed but has no value",
        ),
        (
            "boot.initrd.luks.devices.root = { device = \"/dev/vdb\"; keyFile = \"/key\"; };",
            "only a passphrase can open root here.",
        ),
        (
            "boot.resumeDevice = \"/dev/vdb\";",
            "boot.resumeDevice is /dev/vdb, which is not among swapDevices.",
        ),
    ]);
}

#[test]
fn a_system_that_could_not_start() {
    refused_when_changed(&[
        (
            "boot.loader.systemd-boot.enable = true;",
            "",
            "You must set the option ‘boot.loader.grub.devices’",
        ),
        (
            "boot.loader.systemd-boot.enable = true;",
            "boot.loader.grub.enable = false;",
            "no boot loader is enabled",
        ),
        (
            "  nixpkgs.hostPlatform = lib.mkDefault \"x86_64-linux\";\n",
            "",
            "Neither `nixpkgs.hostPlatform' nor",
        ),
        (
            "\"26.05\"",
            "\"26.5\"",
            "26.5 is an invalid value for 'system.stateVersion'",
        ),
    ]);
    refused(&[
        (
            "boot.loader.limine.enable = true;",
            "More than one boot loader is enabled: limine systemd-boot.",
        ),
        (
            "services.displayManager.sddm = { enable = true; wayland.enable = true; };",
            "more than one display manager is enabled: gdm sddm.",
        ),
        (
            "services.pulseaudio.enable = true;",
            "PipeWire and PulseAudio can't both be the sound server",
        ),
        (
            "services.xserver.videoDrivers = [ \"nvidia\" ];",
            "You must configure `hardware.nvidia.open`",
        ),
    ]);
}

#[test]
fn users_that_could_not_be_made() {
    refused_when_changed(&[
        (
            "\"maria.silva\"",
            "\"maria silva\"",
            "The user name is not valid: maria silva",
        ),
        (
            "    isNormalUser = true;\n",
            "",
            "Exactly one of isNormalUser and isSystemUser must be set: maria.silva",
        ),
    ]);
    refused(&[
        (
            "users.users.eve = { isNormalUser = true; shell = pkgs.zsh; };",
            "The user's shell needs programs.<shell>.enable: eve",
        ),
        (
            "users.mutableUsers = false;",
            "Neither the root account nor any wheel user has a password",
        ),
    ]);
}

#[test]
fn packages_and_modules_that_are_not_there() {
    refused_when_changed(&[
        ("[ git vim ]", "[ git vmi ]", "undefined variable 'vmi'"),
        ("[ git vim ]", "[ git pkgs.vmi ]", "attribute 'vmi' missing"),
        (
            "[ git vim ]",
            "[ git vscode ]",
            "Package ‘vscode’ has an unfree license (‘unfree’), refusing to evaluate.",
        ),
        ("not-detected.nix", "not-there.nix", "not-there.nix"),
        (
            "modulesPath, ... }",
            "modulesPath, inputs, ... }",
            "asks for the argument `inputs', which does not exist",
        ),
    ]);
}
