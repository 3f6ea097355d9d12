//! Whether there is a display that answers. The toolkit would panic where there is none, so it is asked
//! first, in the order in which the toolkit looks.

use super::{Instead, WizardError};
use std::env::var;
use std::io;
use std::net::{TcpStream, ToSocketAddrs};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixStream};
use std::path::Path;
use std::time::Duration;

/// How long a display of another computer may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where the ports of X servers begin.
const PORTS: u16 = 6000;

/// Asks the display that the environment names; `instead` is what an error advises.
///
/// # Errors
/// It names none, or the one that it names does not answer.
pub(super) fn ask(instead: Instead) -> Result<(), WizardError> {
    let named = |variable: &str| var(variable).ok().filter(|value| !value.is_empty());
    // A connection that is open already.
    if named("WAYLAND_SOCKET").is_some() {
        return Ok(());
    }
    let (variable, name, asked) = if let Some(name) = named("WAYLAND_DISPLAY") {
        let asked = ask_wayland(&name, named("XDG_RUNTIME_DIR").as_deref());
        ("WAYLAND_DISPLAY", name, asked)
    } else if let Some(name) = named("DISPLAY") {
        let asked = ask_x(&name);
        ("DISPLAY", name, asked)
    } else {
        return Err(WizardError::NoDisplay(instead));
    };
    asked.map_err(|error| WizardError::SilentDisplay {
        variable,
        name,
        error,
        instead,
    })
}

fn ask_wayland(name: &str, folder: Option<&str>) -> io::Result<()> {
    let folder = folder.unwrap_or("/");
    UnixStream::connect(Path::new(folder).join(name)).map(drop)
}

/// A name such as `:0`, `:0.1`, `localhost:10.0`, X(7).
fn ask_x(name: &str) -> io::Result<()> {
    let unclear = || io::Error::new(io::ErrorKind::InvalidInput, "it names no display");
    let (host, number) = name.rsplit_once(':').ok_or_else(unclear)?;
    let number = number.split('.').next().unwrap_or_default();
    let number: u16 = number.parse().map_err(|_| unclear())?;
    if !host.is_empty() && host != "unix" {
        let port = PORTS.checked_add(number).ok_or_else(unclear)?;
        let mut addresses = (host, port).to_socket_addrs()?;
        let address = addresses.next().ok_or_else(unclear)?;
        return TcpStream::connect_timeout(&address, PATIENCE).map(drop);
    }
    let path = format!("/tmp/.X11-unix/X{number}");
    let abstract_name = SocketAddr::from_abstract_name(&path)?;
    match UnixStream::connect_addr(&abstract_name) {
        Ok(_) => Ok(()),
        Err(_) => UnixStream::connect(path).map(drop),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::net::UnixListener;

    #[test]
    fn a_display_that_listens_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let _listener = UnixListener::bind(folder.path().join("wayland-7")).unwrap();
        let folder = folder.path().to_str().unwrap();
        assert!(ask_wayland("wayland-7", Some(folder)).is_ok());
        assert!(ask_wayland("wayland-8", Some(folder)).is_err());
        assert!(ask_wayland(&format!("{folder}/wayland-7"), None).is_ok());
    }

    #[test]
    fn names_of_x_servers_are_read() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        if let Some(number) = port.checked_sub(PORTS) {
            assert!(ask_x(&format!("127.0.0.1:{number}.0")).is_ok());
        }
        for wrong in ["", "nothing", ":", ":x", "localhost:99999"] {
            assert!(ask_x(wrong).is_err(), "{wrong:?}");
        }
    }
}
