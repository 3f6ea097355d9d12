//! A new system in subvolumes of a btrfs that stays, and an old root in it that goes by name.

use super::*;
use crate::plan::Action;

/// What there is before.
const THERE: [&str; 4] = ["root", "home", "root/var/lib/machines", "data/films"];

/// What there is in the end.
const AFTER: [&str; 5] = ["data/films", "home", "log", "nixos", "nixos/store"];

fn plan() -> (crate::machine::Disk, Plan) {
    let mut machine = machine("table-dual-linux");
    let text = recorded("presets/manual-new-subvolumes.toml");
    let preset = crate::preset::read(&text, "preset").unwrap();
    let plan = resolve(&machine, &preset, Seed::new([9; 32])).unwrap();
    let disk = disk_at(&mut machine, &plan.disk.identity.path).clone();
    (disk, plan)
}

fn system(there: &[&str]) -> Scripted {
    let (disk, plan) = plan();
    let mut system = Scripted::new(&plan, &disk);
    system.subvolumes = there.iter().map(|s| (*s).to_owned()).collect();
    system
}

fn sorted(system: &Scripted) -> Vec<String> {
    let mut names = system.subvolumes.clone();
    names.sort();
    names
}

#[test]
fn the_new_system_is_in_its_own_and_the_old_root_is_gone_by_name() {
    let mut system = system(&THERE);
    let seen = run_whole(&mut system);
    assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
    assert_eq!(system.violations, Vec::<String>::new());
    assert_eq!(left_open(&system), Vec::<String>::new());
    assert_eq!(sorted(&system), AFTER);
    let default = system.asked.iter();
    let mut default = default.filter(|line| line.starts_with("btrfs subvolume set-default 5"));
    assert!(default.next().is_some(), "the default can't be deleted");
    let made = |line: &&String| line.starts_with("mkfs") || line.starts_with("wipefs");
    assert_eq!(system.asked.iter().find(made), None);
    let told = system.plan.losses().map(ToString::to_string);
    let told: Vec<String> = told.collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].contains("subvolume root in partition 2"),
        "{told:?}"
    );
    assert!(told[1].contains("root/var/lib/machines"), "{told:?}");
}

#[test]
fn what_is_not_as_the_plan_says_stops_it_before_anything_is_written() {
    let cases: [(&[&str], &str); 5] = [
        (
            &["home", "root", "root/var/lib/machines", "nixos"],
            "called `nixos`",
        ),
        (
            &["home", "root", "root/var/lib/machines", "log/old"],
            "called `log`",
        ),
        (&["root", "root/var/lib/machines"], "no subvolume `home`"),
        (&["home", "root"], "no subvolume `root/var/lib/machines`"),
        (
            &["home", "root", "root/var/lib/machines", "root/srv"],
            "`root/srv`",
        ),
    ];
    for (there, words) in cases {
        let mut system = system(there);
        let Outcome::Failed { error, .. } = run_whole(&mut system).outcome else {
            panic!("refused");
        };
        assert!(error.message.contains(words), "{}", error.message);
        let mut before: Vec<String> = there.iter().map(|s| (*s).to_owned()).collect();
        before.sort();
        assert_eq!(sorted(&system), before);
        assert_eq!(left_open(&system), Vec::<String>::new());
    }
}

#[test]
fn whatever_fails_a_second_try_ends_as_an_unbroken_run_does() {
    second_tries_end_as_unbroken(
        || system(&THERE),
        |_, tried, asked| assert_eq!(sorted(tried), AFTER, "{asked}"),
    );
}

#[test]
fn a_plan_that_deletes_or_mounts_what_it_did_not_look_for_is_not_run() {
    let refused = |change: &dyn Fn(&mut Action)| {
        let (_, mut plan) = plan();
        plan.steps
            .iter_mut()
            .for_each(|step| change(&mut step.action));
        validate::validate(&plan, &secrets(&plan)).is_err()
    };
    assert!(!refused(&|_| {}));
    let other = || "home".to_owned().try_into().unwrap();
    assert!(refused(
        &|action| if let Action::DeleteSubvolumes { subvolumes, .. } = action {
            subvolumes.push(other());
        }
    ));
    assert!(refused(&|action| match action {
        Action::DeleteSubvolumes { subvolumes, .. } => subvolumes.push(other()),
        Action::FindSubvolumes(named) => named.gone.push(other()),
        _ => {}
    }));
    assert!(refused(
        &|action| if let Action::MakeSubvolumes { subvolumes, .. } = action {
            subvolumes.push("more".to_owned().try_into().unwrap());
        }
    ));
    // Nobody has looked whether it is there.
    assert!(refused(
        &|action| if let Action::Mount { at, options, .. } = action
            && at.to_string() == "/home"
        {
            *options = vec!["subvol=photos".to_owned()];
        }
    ));
    // The root of an existing one would be written into.
    assert!(refused(
        &|action| if let Action::Mount { at, options, .. } = action
            && at.is_root()
        {
            options.retain(|option| !option.starts_with("subvol="));
            options.push("subvol=home".to_owned());
        }
    ));
}

#[test]
fn a_plan_that_deletes_or_makes_before_it_looks_is_not_run() {
    let changes: [fn(&Action) -> bool; 2] = [
        |action| matches!(action, Action::DeleteSubvolumes { .. }),
        |action| matches!(action, Action::MakeSubvolumes { .. }),
    ];
    for changes in changes {
        let (_, mut plan) = plan();
        let at = |is: fn(&Action) -> bool| {
            let mut steps = plan.steps.iter();
            steps.position(|step| is(&step.action)).unwrap()
        };
        let looks = at(|action| matches!(action, Action::FindSubvolumes(_)));
        let changes = at(changes);
        let later = plan.steps[looks].action.clone();
        plan.steps[looks].action = plan.steps[changes].action.clone();
        plan.steps[changes].action = later;
        let refused = validate::validate(&plan, &secrets(&plan)).unwrap_err();
        let why = refused.to_string();
        assert!(why.contains("subvolumes are there"), "{why}");
    }
}
