//! Whole runs with known passwords and hashes: everything that a run writes, asks for and tells is
//! searched for them, in every form. The target's shadow file is where they belong.

#[path = "../../../tests/leaks/mod.rs"]
mod leaks;

use super::*;
use crate::engine::protocol::{Reply, Request};
use leaks::{Leak, Needles};

const PLAIN: &str = "Grüße \"7141\" $&/+ ${x} it's";
const PHRASE: &str = "schräg & \"geheim\" 31/41";
const HASH: &str = "$y$j9T$abcdefghijklmnop$xxI14acrF4kcY59GsyqJ1DqdhVdc9N0f1.omTKnq.61";

const GIVEN: [(&str, &str); 4] = [
    ("plain", PLAIN),
    ("hash", HASH),
    ("passphrase", PHRASE),
    ("recovery key", RECOVERY_KEY),
];

/// An installation, and everything that it leaves to be read.
struct Run {
    system: Scripted,
    installation: Installation,
    folder: tempfile::TempDir,
    events: Vec<Event>,
    outcomes: Vec<Outcome>,
}

impl Run {
    fn new(password: &NewPassword) -> Self {
        Self::on(windows_laptop(), password, None)
    }

    /// Onto an encrypted disk.
    fn encrypted() -> Self {
        Self::on(volumes::recoverable(), &hash(), Some(Secret::new(PHRASE)))
    }

    fn on(system: Scripted, password: &NewPassword, passphrase: Option<Secret>) -> Self {
        let accounts = secrets(&system.plan).accounts.into_keys();
        let all = Secrets {
            accounts: accounts
                .map(|account| (account, password.clone()))
                .collect(),
            recovery_key: passphrase.is_some().then(recovery_key),
            passphrase,
        };
        Self {
            installation: Installation::new(system.plan.clone(), all),
            system,
            folder: tempfile::tempdir().unwrap(),
            events: Vec::new(),
            outcomes: Vec::new(),
        }
    }

    fn attempt(&mut self) -> &Outcome {
        let options = RunOptions {
            state: self.folder.path().join("state"),
            cancel: CancelToken::default(),
        };
        let Self {
            installation,
            system,
            events,
            ..
        } = self;
        let outcome = installation.attempt(&options, system, &mut |event| {
            events.push(event.clone());
        });
        self.outcomes.push(outcome);
        self.outcomes.last().unwrap()
    }

    fn shadow(&self) -> String {
        let key = (Place::Target, "etc/shadow".into());
        let content = self.system.files.get(&key).cloned().unwrap_or_default();
        String::from_utf8(content).unwrap()
    }

    /// The hashes that were set.
    fn hashes(&self) -> Vec<String> {
        let shadow = self.shadow();
        let fields = shadow.lines().filter_map(|line| line.split(':').nth(1));
        fields
            .filter(|hash| hash.starts_with('$'))
            .map(str::to_owned)
            .collect()
    }

    /// All texts that can be read afterwards, the target's shadow file apart.
    fn texts(&self) -> Vec<(String, Vec<u8>)> {
        let mut texts: Vec<(String, Vec<u8>)> = Vec::new();
        let mut add = |name: &str, text: String| texts.push((name.to_owned(), text.into_bytes()));
        add("what was asked", self.system.asked.join("\n"));
        add("outcomes", format!("{:?}", self.outcomes));
        add("the installation", format!("{:?}", self.installation));
        for event in &self.events {
            add("an event", format!("{event:?}"));
            let reply = Reply::Event(Box::new(event.clone())).to_line().unwrap();
            add("a reply", String::from_utf8(reply).unwrap());
        }
        for file in std::fs::read_dir(self.folder.path().join("state")).unwrap() {
            let path = file.unwrap().path();
            add(
                &path.to_string_lossy(),
                std::fs::read_to_string(&path).unwrap(),
            );
        }
        for ((place, path), content) in &self.system.files {
            let keeps_secrets = [
                "etc/shadow",
                "etc/NetworkManager/system-connections/cafe.nmconnection",
            ];
            if !keeps_secrets.iter().any(|own| path.ends_with(own)) {
                texts.push((format!("{place:?} {}", path.display()), content.clone()));
            }
        }
        texts
    }

    fn leaks(&self) -> Vec<(String, Leak)> {
        let hashes = self.hashes();
        let set = hashes
            .iter()
            .map(|hash| ("a hash that was set", hash.as_str()));
        let needles = Needles::new(GIVEN.into_iter().chain(set));
        assert!(hashes.is_empty() || !needles.search(self.shadow().as_bytes()).is_empty());
        let texts = self.texts();
        assert!(texts.len() > 20, "only {} texts", texts.len());
        let found = texts
            .iter()
            .map(|(name, text)| (name, needles.search(text)));
        let each =
            found.flat_map(|(name, leaks)| leaks.into_iter().map(|leak| (name.clone(), leak)));
        each.collect()
    }
}

fn hash() -> NewPassword {
    NewPassword::Hash(HASH.to_owned().try_into().unwrap())
}

#[test]
fn a_whole_run_tells_no_password_and_no_hash() {
    for password in [NewPassword::Plain(Secret::new(PLAIN)), hash()] {
        let mut run = Run::new(&password);
        assert_eq!(*run.attempt(), Outcome::Done);
        assert!(run.hashes().len() >= 3, "users and root");
        assert_eq!(run.leaks(), []);
    }
}

#[test]
fn a_network_s_password_is_told_nowhere_whatever_fails() {
    let whole = {
        let mut run = Run::on(connections::with_connections(PLAIN), &hash(), None);
        assert!(run.attempt().is_installed());
        assert_eq!(run.leaks(), []);
        run.system.asked.len()
    };
    for at in whole.saturating_sub(25)..whole {
        let mut run = Run::on(connections::with_connections(PLAIN), &hash(), None);
        run.system.fail_at = Some(at);
        run.attempt().is_installed();
        assert_eq!(run.leaks(), [], "{:?}", run.system.asked.get(at));
    }
}

#[test]
fn an_encrypted_disk_has_its_keys_from_standard_input_alone() {
    let mut whole = Run::encrypted();
    assert_eq!(*whole.attempt(), Outcome::Done);
    let given = whole.system.containers.values();
    assert!(
        given.len() > 0
            && given
                .into_iter()
                .all(|keys| keys == &[PHRASE, RECOVERY_KEY])
    );
    assert_eq!(whole.leaks(), []);
    for at in 0..whole.system.asked.len() {
        if whole.system.asked[at].starts_with("cryptsetup") {
            let mut run = Run::encrypted();
            run.system.fail_at = Some(at);
            run.attempt().is_installed();
            assert_eq!(run.leaks(), [], "{}", whole.system.asked[at]);
        }
    }
}

#[test]
fn what_a_run_wrote_is_searched_where_it_was_written() {
    let mut run = Run::new(&hash());
    run.attempt().is_installed();
    for name in ["asked", "event", "file", "journal"] {
        let mut run = Run::new(&hash());
        run.attempt().is_installed();
        match name {
            "asked" => run.system.asked.push(format!("chpasswd {HASH}")),
            "event" => run.events.push(Event::new(
                std::time::UNIX_EPOCH,
                EventKind::Warning {
                    text: PLAIN.to_owned(),
                },
            )),
            "file" => run
                .system
                .put("nix/store/x", format!("p = {HASH}").as_bytes()),
            _ => {
                let path = run.folder.path().join("state/journal.jsonl");
                std::fs::write(path, serde_json::to_string(PLAIN).unwrap()).unwrap();
            }
        }
        assert!(!run.leaks().is_empty(), "{name}");
    }
    assert_eq!(run.leaks(), []);
}

#[test]
fn a_program_that_repeats_what_it_was_given_tells_nothing() {
    let mut run = Run::new(&hash());
    run.system.repeats_input = true;
    assert!(
        matches!(run.attempt(), Outcome::Failed { step: Some(_), error } if error.command.is_some())
    );
    assert_eq!(run.leaks(), []);
    run.system.repeats_input = false;
    assert_eq!(*run.attempt(), Outcome::Done);
    assert_eq!(run.leaks(), []);
}

#[test]
fn a_failure_anywhere_tells_nothing() {
    let mut whole = Run::new(&hash());
    whole.attempt().is_installed();
    // From the step that handles secrets to the end; before it there are none.
    let first = whole
        .system
        .asked
        .iter()
        .position(|line| line.starts_with("chroot"));
    let first = first.unwrap();
    for at in first..whole.system.asked.len() {
        let mut run = Run::new(&hash());
        run.system.fail_at = Some(at);
        run.attempt().is_installed();
        assert_eq!(run.leaks(), [], "{:?}", run.system.asked.get(at));
    }
}

#[test]
fn a_request_shows_its_secrets_on_the_wire_alone() {
    let run = Run::new(&NewPassword::Plain(Secret::new(PLAIN)));
    let needles = Needles::new(GIVEN);
    let request = Request::Run {
        plan: Box::new(run.system.plan.clone()),
        secrets: Secrets {
            accounts: BTreeMap::from([(Account::Root, NewPassword::Plain(Secret::new(PLAIN)))]),
            passphrase: Some(Secret::new(PHRASE)),
            recovery_key: Some(recovery_key()),
        },
    };
    assert_eq!(needles.search(format!("{request:?}").as_bytes()), []);
    let wire = request.to_line().unwrap();
    assert_eq!(needles.search(&wire).len(), 3);
    // A line that can't be read is refused without a word of it.
    let spoilt = &wire[..wire.len() - 3];
    let refusal = Request::from_line(spoilt).unwrap_err();
    assert_eq!(
        needles.search(format!("{refusal} {refusal:?}").as_bytes()),
        []
    );
}
