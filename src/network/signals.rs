//! What reaches the thread that talks to NetworkManager: orders, and what NetworkManager signals.

use super::Order;
use super::manager::{Bus, CALL, NAME, ROOT};
use super::read::DEVICE;
use iced::futures::StreamExt;
use std::sync::mpsc::Sender;
use std::thread;
use zbus::message::Type;
use zbus::{Connection, MatchRule, Message, MessageStream, block_on};

/// What the thread works off.
#[derive(Debug)]
pub(super) enum Input {
    Order(Order),
    /// Something is no longer as it was.
    Changed,
    /// A device has failed, and why.
    DeviceFailed {
        path: String,
        reason: u32,
    },
    End,
}

/// Connects to the bus; what NetworkManager signals becomes input.
pub(super) fn subscribe(bus: &Bus, told: &Sender<Input>) -> zbus::Result<Connection> {
    let connection = block_on(async {
        let builder = match bus {
            Bus::System => zbus::connection::Builder::system(),
            Bus::At(address) => zbus::connection::Builder::address(address.as_str()),
        };
        builder.method_timeout(CALL).build().await
    })?;
    let objects = MatchRule::builder()
        .msg_type(Type::Signal)
        .path_namespace(ROOT)
        .build()?;
    // It comes and goes.
    let owner = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender("org.freedesktop.DBus")
        .member("NameOwnerChanged")
        .arg(0, NAME)
        .build()?;
    for rule in [objects, owner] {
        let stream = block_on(MessageStream::for_match_rule(
            rule.into_owned(),
            &connection,
            None,
        ))?;
        let told = told.clone();
        thread::spawn(move || listen(stream, &told));
    }
    Ok(connection)
}

/// Hands signals on until the connection ends.
fn listen(mut stream: MessageStream, told: &Sender<Input>) {
    block_on(async {
        while let Some(Ok(message)) = stream.next().await {
            if told.send(input_of(&message)).is_err() {
                return;
            }
        }
    });
}

fn input_of(signal: &Message) -> Input {
    const FAILED: u32 = 120;
    let header = signal.header();
    let is = |interface: &str, member: &str| {
        header
            .interface()
            .is_some_and(|it| it.as_str() == interface)
            && header.member().is_some_and(|it| it.as_str() == member)
    };
    if is(DEVICE, "StateChanged")
        && let Ok((FAILED, _, reason)) = signal.body().deserialize::<(u32, u32, u32)>()
        && let Some(path) = header.path()
    {
        let path = path.as_str().to_owned();
        return Input::DeviceFailed { path, reason };
    }
    Input::Changed
}
