//! An engine that is lost while nothing is being installed, and orders that start none.

use super::driver::{Driver, recorded};
use super::idle_engine::answer;
use super::to_the_summary;
use crate::engine::SOCKET;
use crate::wizard::installing::Standing;
use crate::wizard::link::{Link, News, Order};
use crate::wizard::{Engine, Message};
use iced::Size;
use iced::futures::StreamExt;
use iced::futures::executor::block_on;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::mpsc::{Receiver, Sender, channel};

const MACHINE: &str = "qemu-uefi";

/// Listens like an engine, and hands out each connection, to be ended.
fn listen(folder: &tempfile::TempDir) -> (Engine, Receiver<UnixStream>) {
    let socket = folder.path().join(SOCKET);
    let listener = UnixListener::bind(&socket).unwrap();
    let (told, connections): (Sender<UnixStream>, _) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            if told.send(stream.try_clone().unwrap()).is_err() {
                return;
            }
            std::thread::spawn(move || {
                answer(stream, MACHINE, |other| {
                    panic!("nobody asked for {other:?}")
                });
            });
        }
    });
    (Engine::At(socket), connections)
}

fn hang_up(connections: &Receiver<UnixStream>) {
    let connection = connections.recv().unwrap();
    connection.shutdown(std::net::Shutdown::Both).unwrap();
}

#[test]
fn a_lost_engine_is_looked_for_again_and_not_without_end() {
    let folder = tempfile::tempdir().unwrap();
    let (engine, connections) = listen(&folder);
    let mut driver = Driver::with_engine(MACHINE, Size::new(1024.0, 600.0), engine);
    to_the_summary(&mut driver);
    driver.until("the engine", |wizard| wizard.why_not_next().is_none());
    hang_up(&connections);
    driver.until("the loss", |wizard| wizard.reconnected.is_some());
    driver.until("the next", |wizard| wizard.why_not_next().is_none());
    assert_eq!(driver.wizard.standing, Standing::Connected);
    // One that is lost right away again is said to be lost, and a person may try once more.
    hang_up(&connections);
    driver.until("the reason", |wizard| {
        matches!(wizard.standing, Standing::Unreachable(_))
    });
    assert_eq!(driver.wizard.why_not_next(), Some("summary-no-engine"));
    assert!(driver.wizard.summary.no_engine.is_some());
    assert!(connections.try_recv().is_err(), "nobody came a third time");
    let connect = crate::wizard::page::summary::Message::Connect;
    driver.send(Message::Summary(connect));
    driver.until("the third", |wizard| wizard.why_not_next().is_none());
}

#[test]
fn a_cancel_starts_no_engine() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = || Engine::At(folder.path().join(SOCKET));
    let told = |order| {
        let (link, mut news) = Link::open(nowhere(), &recorded(MACHINE));
        link.order(order);
        block_on(news.next()).unwrap()
    };
    assert!(matches!(told(Order::Cancel), News::Absent));
    // Whoever tries again needs one.
    assert!(matches!(told(Order::Retry), News::Unreachable(_)));
}
