//! An installation of a flake.

use super::*;

#[test]
fn it_is_built_by_its_lock_and_gets_no_channel() {
    let mut machine = machine("empty-uefi");
    let preset = crate::preset::read(&recorded("presets/flake-split.toml"), "preset").unwrap();
    let plan = resolve(&machine, &preset, Seed::new([9; 32])).unwrap();
    let disk = disk_at(&mut machine, &plan.disk.identity.path).clone();
    let mut system = Scripted::new(&plan, &disk);
    let seen = run_whole(&mut system);
    assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
    let asked = |word: &str| {
        let asked = system.asked.iter().filter(|line| line.contains(word));
        asked.cloned().collect::<Vec<String>>()
    };
    assert_eq!(asked("nix-build"), Vec::<String>::new());
    let [build] = asked(" build ").try_into().unwrap();
    for part in [
        "--no-update-lock-file",
        "--store /mnt",
        "path:/mnt/etc/nixos#nixosConfigurations.\"atlas\".config.system.build.toplevel",
    ] {
        assert!(build.contains(part), "{part} in {build}");
    }
    let install = asked("nixos-install").join("\n");
    assert!(install.contains("--no-channel-copy"), "{install}");
}
