//! Copies the connections of the live system's NetworkManager into the target, where root alone can
//! read them: Wi-Fi with its passwords, fixed addresses, tunnels.
//!
//! The plan has no word of them, and neither has anything that is told but their files' names. Their
//! form is nm-settings-keyfile(5).

use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::system::{NewFile, Place};
use crate::secret::Secret;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Where connections are that outlive a restart, in the live system and in the target.
const FOLDER: &str = "/etc/NetworkManager/system-connections";
/// Where those are that don't. What is in both is taken from the first.
const VOLATILE: &str = "/run/NetworkManager/system-connections";
/// How the names of their files end.
const ENDING: &str = ".nmconnection";

pub(super) fn run(context: &mut Context<'_>) -> Result<(), StepError> {
    context.connections.clear();
    for folder in [FOLDER, VOLATILE] {
        for name in names(context, Path::new(folder))? {
            let path = Path::new(folder).join(&name);
            let known = context.connections.iter().any(|(other, _)| *other == name);
            if known {
                continue;
            }
            let text = Zeroizing::new(context.system.read(&path).on("read", &path)?);
            match std::str::from_utf8(&text) {
                Ok(text) => {
                    if let Some(connection) = portable(text) {
                        put(context, name, connection)?;
                    }
                }
                // The format is UTF-8, so NetworkManager does not read it either.
                Err(_) => context.warn(format!("{} is no text, and stays behind", path.display())),
            }
        }
    }
    if context.connections.is_empty() {
        context.note("NetworkManager has no connection to carry over");
    }
    Ok(())
}

/// The connections' files in a folder; a live system without NetworkManager has none.
fn names(context: &mut Context<'_>, folder: &Path) -> Result<Vec<String>, StepError> {
    let names = match context.system.list(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        names => names.on("read", folder)?,
    };
    Ok(names
        .into_iter()
        .filter(|name| name.ends_with(ENDING))
        .collect())
}

/// Writes one into the target.
fn put(context: &mut Context<'_>, name: String, connection: Connection) -> Result<(), StepError> {
    let folder = Path::new(FOLDER);
    // As NetworkManager makes it.
    context
        .system
        .make_folder(Place::Target, folder, 0o700)
        .on("make", folder)?;
    let path = place(&name);
    let file = NewFile {
        place: Place::Target,
        path: &path,
        mode: 0o600,
        content: connection.text.expose().as_bytes(),
    };
    context.system.write_file(file).on("write", &path)?;
    context.note(format!("carried over the network connection {name}"));
    if connection.lacks_a_password {
        context.warn(format!(
            "the password of the network connection {name} was kept by the live session alone: the \
             new system will ask for it"
        ));
    }
    context.connections.push((name, connection.text));
    Ok(())
}

fn place(name: &str) -> PathBuf {
    Path::new(FOLDER).join(name)
}

/// Whether what was carried over is there as it was written.
pub(super) fn compare(context: &mut Context<'_>) -> Result<(), StepError> {
    for (name, text) in &context.connections {
        let path = place(name);
        let found = context
            .system
            .read_file(Place::Target, &path)
            .on("read", &path)?;
        if Zeroizing::new(found).as_slice() != text.expose().as_bytes() {
            return StepError::refused(format!("{} is not as it was written", path.display()));
        }
    }
    Ok(())
}

/// What is carried over of a connection.
struct Connection {
    text: Secret,
    /// Whether the live session's key ring keeps its password.
    lacks_a_password: bool,
}

/// What a connection is on another system; nothing for those that NetworkManager makes by itself.
fn portable(text: &str) -> Option<Connection> {
    let made_by_itself = ["nm-generated=true", "volatile=true", "type=loopback"];
    let mut carried = Zeroizing::new(String::with_capacity(text.len()));
    let mut lacks_a_password = false;
    for line in text.split_inclusive('\n') {
        let word = line.trim();
        if made_by_itself.contains(&word) {
            return None;
        }
        // The people of the live session are not those of the new system.
        if word.starts_with("permissions=") {
            continue;
        }
        // 1: the secret is in somebody's key ring.
        lacks_a_password |= word.ends_with("-flags=1") && !word.starts_with('#');
        carried.push_str(line);
    }
    Some(Connection {
        text: Secret::new(carried.as_str()),
        lacks_a_password,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_loses_its_people_and_nothing_else() {
        let text = "[connection]\nid=Café\npermissions=user:nixos:;\ntype=wifi\n\n[wifi-security]\npsk=x y\n";
        let carried = portable(text).unwrap();
        let expected = "[connection]\nid=Café\ntype=wifi\n\n[wifi-security]\npsk=x y\n";
        assert_eq!(carried.text.expose(), expected);
        assert!(!carried.lacks_a_password);
        assert!(portable("psk-flags=1\n").unwrap().lacks_a_password);
        assert!(!portable("psk-flags=0\n").unwrap().lacks_a_password);
    }

    #[test]
    fn what_network_manager_makes_by_itself_stays() {
        for text in [
            "[connection]\ntype=loopback\n",
            "[connection]\ntype=ethernet\n[.nmmeta]\nnm-generated=true\n",
            "[.nmmeta]\nvolatile=true\n",
        ] {
            assert!(portable(text).is_none(), "{text}");
        }
    }
}
