//! `Measure`: the tools of file systems, run as the engine runs every program.

use super::system::System;
use crate::machine::shrink::Tools;
use crate::process::{CancelToken, Command, CommandError, Output};
use crate::units::Bytes;
use std::io;
use std::path::Path;

/// What measuring needs, of a system, and what ends it early.
pub(super) struct ToolsOf<'a, S: System + ?Sized>(
    pub(super) &'a mut S,
    pub(super) Option<&'a CancelToken>,
);

impl<S: System + ?Sized> Tools for ToolsOf<'_, S> {
    fn run(&mut self, command: &Command) -> Result<Output, CommandError> {
        self.0.run(command, self.1, &mut |_, _| {})
    }

    fn read(&mut self, device: &Path, at: Bytes, length: Bytes) -> io::Result<Vec<u8>> {
        self.0.read_device(device, at, length)
    }
}
