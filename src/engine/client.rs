//! A front end's end of the socket.

use super::protocol::{self, BadLine, BadMessage, Reply, Request};
use std::io::{self, BufReader, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::Path;

/// A connection to the engine.
#[derive(Debug)]
pub struct Client {
    replies: BufReader<UnixStream>,
    requests: Requests,
}

/// The sending half of a connection, for another thread.
#[derive(Debug)]
pub struct Requests(UnixStream);

/// The engine could not be talked to.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The connection broke.
    #[error("the connection to the engine broke: {0}")]
    Broken(#[from] io::Error),
    /// The other end said something unreadable.
    #[error("the engine's answer can't be read: {0}")]
    BadMessage(#[from] BadMessage),
    /// As above.
    #[error("the engine's answer can't be read: {0}")]
    BadLine(#[from] BadLine),
    /// The other end has closed.
    #[error("the engine has ended")]
    Ended,
}

impl Requests {
    /// Sends a request.
    ///
    /// # Errors
    /// The connection broke.
    pub fn send(&mut self, request: &Request) -> io::Result<()> {
        self.0.write_all(&request.to_line()?)
    }

    /// Closes the connection, whoever else holds it: whoever waits for a reply gets its end.
    pub fn close(&self) {
        // One that is closed already needs nothing more.
        self.0.shutdown(Shutdown::Both).ok();
    }

    /// The same connection again.
    ///
    /// # Errors
    /// As the operating system has them.
    pub fn try_clone(&self) -> io::Result<Self> {
        self.0.try_clone().map(Self)
    }
}

impl Client {
    /// Connects to the engine that listens at `socket`.
    ///
    /// # Errors
    /// As the operating system has them: nobody listens there, or only for somebody else.
    pub fn connect(socket: &Path) -> io::Result<Self> {
        Self::over(UnixStream::connect(socket)?)
    }

    /// Talks over a connection that is there already.
    pub(super) fn over(stream: UnixStream) -> io::Result<Self> {
        Ok(Self {
            replies: BufReader::new(stream.try_clone()?),
            requests: Requests(stream),
        })
    }

    /// The sending half.
    pub const fn requests(&mut self) -> &mut Requests {
        &mut self.requests
    }

    /// Waits for the next reply.
    ///
    /// # Errors
    /// There is none, or it can't be read.
    pub fn next_reply(&mut self) -> Result<Reply, ClientError> {
        match protocol::read_line(&mut self.replies)? {
            Some(line) => Ok(Reply::from_line(&line)?),
            None => Err(ClientError::Ended),
        }
    }

    /// Sends a request and waits for the next reply; for connections that do not follow.
    ///
    /// # Errors
    /// The connection broke, or the reply can't be read.
    pub fn ask(&mut self, request: &Request) -> Result<Reply, ClientError> {
        use io::ErrorKind::{BrokenPipe, ConnectionReset};
        match self.requests.send(request) {
            // An engine that turns somebody away says why before it closes the connection.
            Err(error) if matches!(error.kind(), BrokenPipe | ConnectionReset) => {
                self.next_reply().map_err(|_| error.into())
            }
            sent => {
                sent?;
                self.next_reply()
            }
        }
    }
}
