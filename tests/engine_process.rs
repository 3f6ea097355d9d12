//! The engine as a process: what a terminal, a supervisor or a front end does to it does not end it.
//!
//! Each engine has a `/run` of its own in a mount namespace, so that none meets another one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use nevado::engine::protocol::{Refusal, Reply, Request, read_line};
use nevado::engine::{Client, SOCKET};
use rustix::process::{Pid, Signal, geteuid, kill_process};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

struct Engine {
    process: Child,
    /// Where it said that it is ready.
    output: Option<BufReader<ChildStdout>>,
}

impl Engine {
    fn start() -> Self {
        let mut command = Command::new("unshare");
        if !geteuid().is_root() {
            command.arg("--map-root-user");
        }
        let script = "mount -t tmpfs tmpfs /run && exec \"$0\" engine";
        let mut process = command
            .args(["--mount", "sh", "-c", script])
            .arg(env!("CARGO_BIN_EXE_nevado"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("unshare is needed (Debian: util-linux)");
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n", "namespaces are needed: run it as root");
        Self {
            process,
            output: Some(output),
        }
    }

    /// Its socket, seen through its own root.
    fn socket(&self) -> PathBuf {
        let id = self.process.id();
        PathBuf::from(format!("/proc/{id}/root/run/nevado")).join(SOCKET)
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.process), signal).unwrap();
    }

    fn assert_answers(&self) {
        let mut client = Client::connect(&self.socket()).unwrap();
        let reply = client.ask(&Request::Probe).unwrap();
        assert!(matches!(reply, Reply::Machine(_)), "{reply:?}");
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // It has ended already unless the test failed.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[test]
fn a_terminal_that_goes_away_takes_nothing_with_it() {
    let mut engine = Engine::start();
    engine.signal(Signal::HUP);
    drop(engine.output.take());
    engine.signal(Signal::HUP);
    engine.assert_answers();
    engine.signal(Signal::TERM);
    let ended = engine.process.wait().unwrap();
    assert!(ended.success(), "{ended}");
}

#[test]
fn front_ends_that_vanish_before_they_are_answered_break_nothing() {
    let engine = Engine::start();
    for request in [Request::Probe, Request::Follow, Request::Cancel] {
        for _ in 0..10 {
            let mut stream = UnixStream::connect(engine.socket()).unwrap();
            stream.write_all(&request.to_line().unwrap()).unwrap();
            // Whoever writes to it now has a broken pipe.
            drop(stream);
        }
    }
    engine.signal(Signal::PIPE);
    engine.assert_answers();
}

#[test]
fn a_message_of_another_version_is_refused_and_the_next_one_answered() {
    let engine = Engine::start();
    let mut stream = UnixStream::connect(engine.socket()).unwrap();
    let mut replies = BufReader::new(stream.try_clone().unwrap());
    let mut ask = |line: &[u8]| {
        stream.write_all(line).unwrap();
        let line = read_line(&mut replies).unwrap().unwrap();
        Reply::from_line(&line).unwrap()
    };
    let Reply::Refused { reason, message } = ask(b"{\"version\":7,\"request\":\"dance\"}\n") else {
        panic!("refused")
    };
    assert_eq!(reason, Refusal::OtherVersion);
    assert!(
        message.contains("version 7") && message.contains("version 1"),
        "{message}"
    );
    let reply = ask(&Request::Cancel.to_line().unwrap());
    let nothing = Refusal::NothingToCancel;
    assert!(matches!(reply, Reply::Refused { reason, .. } if reason == nothing));
}
