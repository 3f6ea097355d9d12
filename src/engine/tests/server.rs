//! The server with a system in memory behind it: front ends that vanish, follow, cancel and retry.

use super::*;
use crate::engine::protocol::{Refusal, Reply, Request};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// A server in a thread of its own.
struct Engine {
    folder: tempfile::TempDir,
    stopper: Stopper,
    thread: Option<JoinHandle<Scripted>>,
    plan: Plan,
}

/// A system in memory that waits where it is told to, so that a test can do something meanwhile.
struct Gate {
    arrived: Receiver<()>,
    open: Sender<()>,
}

impl Engine {
    fn start(prepare: impl FnOnce(&mut Scripted), idle: Duration) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().to_owned();
        let owner = rustix::process::geteuid().as_raw();
        let server = Server::bind(&state, owner, idle).unwrap();
        let stopper = server.stopper();
        let mut system = windows_laptop();
        let plan = system.plan.clone();
        prepare(&mut system);
        let thread = std::thread::spawn(move || {
            let mut probe = || machine("table-linux-measured");
            server.serve(&mut system, &mut probe).unwrap();
            system
        });
        Self {
            folder,
            stopper,
            thread: Some(thread),
            plan,
        }
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join(SOCKET)
    }

    fn client(&self) -> Client {
        Client::connect(&self.socket()).unwrap()
    }

    fn run_request(&self) -> Request {
        Request::Run {
            plan: Box::new(self.plan.clone()),
            secrets: secrets(&self.plan),
        }
    }

    /// The system as the server left it; the server has to end by itself.
    fn join(mut self) -> Scripted {
        self.thread.take().unwrap().join().unwrap()
    }
}

/// Follows to the outcome of the present attempt.
fn outcome(client: &mut Client) -> (Vec<EventKind>, Outcome) {
    client.requests().send(&Request::Follow).unwrap();
    let Reply::Following {
        events, running, ..
    } = client.next_reply().unwrap()
    else {
        panic!("following")
    };
    let mut seen = Vec::new();
    loop {
        let Reply::Event(event) = client.next_reply().unwrap() else {
            continue;
        };
        seen.push(event.kind.clone());
        let number = u64::try_from(seen.len()).unwrap();
        let last = number > events || (number == events && !running);
        if let EventKind::Finished { outcome } = event.kind
            && last
        {
            return (seen, outcome);
        }
    }
}

fn long() -> Duration {
    Duration::from_secs(600)
}

fn gate(system: &mut Scripted, at: &'static str) -> Gate {
    let (told, arrived) = channel();
    let (open, opened) = channel::<()>();
    system.gate = Some((
        at,
        Box::new(move || {
            told.send(()).unwrap();
            opened.recv_timeout(Duration::from_secs(60)).unwrap();
        }),
    ));
    Gate { arrived, open }
}

impl Gate {
    fn wait(&self) {
        self.arrived.recv_timeout(Duration::from_secs(60)).unwrap();
    }
}

#[test]
fn the_run_goes_on_without_its_front_end_and_is_shown_to_the_next() {
    let mut held = None;
    let engine = Engine::start(
        |s| held = Some(gate(s, "nix-build")),
        Duration::from_secs(5),
    );
    let held = held.unwrap();
    let mut first = engine.client();
    assert_eq!(first.ask(&engine.run_request()).unwrap(), Reply::Accepted);
    held.wait();
    drop(first);
    let mut second = engine.client();
    let Reply::Refused { reason, .. } = second.ask(&engine.run_request()).unwrap() else {
        panic!("refused")
    };
    assert_eq!(reason, Refusal::Busy);
    held.open.send(()).unwrap();
    let (seen, end) = outcome(&mut second);
    assert_eq!(end, Outcome::Done);
    assert!(
        matches!(seen[0], EventKind::Started { .. }),
        "from its beginning"
    );
    drop(second);
    let socket = engine.socket();
    let system = engine.join();
    assert_eq!(
        system
            .asked
            .iter()
            .filter(|l| l.starts_with("nix-build"))
            .count(),
        1
    );
    assert!(!socket.exists());
}

#[test]
fn an_outcome_that_nobody_has_heard_is_kept() {
    let engine = Engine::start(|_| {}, Duration::from_secs(5));
    // Asked before the server has nothing to do: it may end at once when nobody is there.
    let mut first = engine.client();
    assert_eq!(first.ask(&engine.run_request()).unwrap(), Reply::Accepted);
    drop(first);
    let (_, end) = outcome(&mut engine.client());
    assert_eq!(end, Outcome::Done);
    engine.join();
}

/// Measuring may take half an hour on a slow disk, and nobody needs its result once an installation begins.
#[test]
fn a_question_does_not_hold_up_an_installation() {
    let mut held = None;
    let engine = Engine::start(
        |system| {
            held = Some(gate(system, "dumpe2fs"));
        },
        long(),
    );
    let held = held.unwrap();
    let device = || {
        machine("table-linux-measured").disks.known().unwrap()[0].partitions()[4]
            .path
            .clone()
    };
    let ask = || {
        let (mut client, request) = (engine.client(), Request::Measure { device: device() });
        std::thread::spawn(move || client.ask(&request).unwrap())
    };
    let busy = |reply: Reply| {
        matches!(
            reply,
            Reply::Refused {
                reason: Refusal::Busy,
                ..
            }
        )
    };
    let first = ask();
    held.wait();
    let mut client = engine.client();
    assert_eq!(client.ask(&engine.run_request()).unwrap(), Reply::Accepted);
    held.open.send(()).unwrap();
    assert!(busy(first.join().unwrap()));
    assert_eq!(outcome(&mut engine.client()).1, Outcome::Done);
    engine.stopper.stop();
    let system = engine.join();
    // It was ended where it was, and nothing else of it was done.
    let asked = |start: &str| system.asked.iter().any(|line| line.starts_with(start));
    assert!(
        asked("dumpe2fs") && !asked("resize2fs"),
        "{:#?}",
        system.asked
    );
}

#[test]
fn a_cancel_then_a_retry() {
    let mut held = None;
    let engine = Engine::start(|s| held = Some(gate(s, "wipefs")), long());
    let held = held.unwrap();
    let mut client = engine.client();
    let refused = |reply: Reply| match reply {
        Reply::Refused { reason, .. } => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        refused(client.ask(&Request::Cancel).unwrap()),
        Refusal::NothingToCancel
    );
    assert_eq!(
        refused(client.ask(&Request::Retry).unwrap()),
        Refusal::NothingToRetry
    );
    assert_eq!(client.ask(&engine.run_request()).unwrap(), Reply::Accepted);
    held.wait();
    let stopping = client.ask(&Request::Cancel).unwrap();
    let step = 6;
    let interruption = crate::plan::Interruption::PointOfNoReturn;
    assert_eq!(stopping, Reply::Stopping { step, interruption });
    held.open.send(()).unwrap();
    let (_, end) = outcome(&mut engine.client());
    assert_eq!(end, Outcome::Cancelled { after: 6 });
    assert_eq!(client.ask(&Request::Retry).unwrap(), Reply::Accepted);
    let (seen, end) = outcome(&mut engine.client());
    assert_eq!(end, Outcome::Done);
    let resumed = EventKind::Resumed { step: 7, steps: 18 };
    assert!(seen.contains(&resumed), "{seen:?}");
    assert_eq!(
        refused(client.ask(&Request::Retry).unwrap()),
        Refusal::NothingToRetry
    );
    engine.stopper.stop();
    let system = engine.join();
    assert_eq!(system.violations, Vec::<String>::new());
}

#[test]
fn the_closed_set_of_messages() {
    let engine = Engine::start(|_| {}, long());
    let mut client = engine.client();
    let Reply::Machine(found) = client.ask(&Request::Probe).unwrap() else {
        panic!("a machine")
    };
    assert_eq!(*found, machine("table-linux-measured"));
    for device in ["/dev/sda/../../etc/shadow", "/etc/shadow", "/dev/null"].map(PathBuf::from) {
        let passphrase = Secret::new("p");
        let measure = Request::Measure {
            device: device.clone(),
        };
        for request in [measure, Request::Unlock { device, passphrase }] {
            let reply = client.ask(&request).unwrap();
            let reason = Refusal::NoSuchDevice;
            assert!(matches!(reply, Reply::Refused { reason: r, .. } if r == reason));
        }
    }
    let mut bad = engine.plan.clone();
    bad.steps.pop();
    let secrets = secrets(&bad);
    let plan = Box::new(bad);
    let reply = client.ask(&Request::Run { plan, secrets }).unwrap();
    assert!(matches!(
        reply,
        Reply::Refused {
            reason: Refusal::BadPlan,
            ..
        }
    ));
    let mut raw = std::os::unix::net::UnixStream::connect(engine.socket()).unwrap();
    std::io::Write::write_all(&mut raw, b"\xff{}\n").unwrap();
    let mut reader = std::io::BufReader::new(raw);
    let line = crate::engine::protocol::read_line(&mut reader)
        .unwrap()
        .unwrap();
    let reply = Reply::from_line(&line).unwrap();
    assert!(matches!(
        reply,
        Reply::Refused {
            reason: Refusal::NotUnderstood,
            ..
        }
    ));
    engine.stopper.stop();
    assert_eq!(engine.join().asked, Vec::<String>::new(), "nothing was run");
}

#[test]
fn the_socket_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let engine = Engine::start(|_| {}, long());
    let mode = std::fs::metadata(engine.socket())
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    engine.stopper.stop();
    engine.join();
}
