//! The serial console of a virtual machine: lines with time stamps, kept in a file.

use anyhow::{Context, Result};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

/// Collects what a machine writes to its serial line.
pub(crate) struct Console {
    file: File,
    power_on: Instant,
    /// Also print each line on the terminal.
    echo: bool,
    partial: Vec<u8>,
    lines: Vec<String>,
    /// How many lines have been looked through for something to answer.
    looked_through: usize,
}

impl Console {
    /// Keeps the lines in `path`; stamps are seconds since now.
    pub(crate) fn new(path: &Path, echo: bool) -> Result<Self> {
        let file = File::create(path).with_context(|| format!("creating {}", path.display()))?;
        Ok(Self {
            file,
            power_on: Instant::now(),
            echo,
            partial: Vec::new(),
            lines: Vec::new(),
            looked_through: 0,
        })
    }

    /// Takes in what has arrived.
    pub(crate) fn receive(&mut self, bytes: &[u8]) -> Result<()> {
        for &byte in bytes {
            if byte == b'\n' {
                self.end_line()?;
            } else {
                self.partial.push(byte);
            }
        }
        Ok(())
    }

    /// The lines that have come so far.
    pub(crate) fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Whether a line with this text has come since the one that was found last.
    pub(crate) fn has_said(&mut self, text: &str) -> bool {
        let new = self.lines.iter().skip(self.looked_through);
        let found = new.enumerate().find(|(_, line)| line.contains(text));
        match found {
            Some((place, _)) => self.looked_through += place + 1,
            None => self.looked_through = self.lines.len(),
        }
        found.is_some()
    }

    /// All lines; a last one without its end is one too.
    pub(crate) fn finish(mut self) -> Result<Vec<String>> {
        if !self.partial.is_empty() {
            self.end_line()?;
        }
        Ok(self.lines)
    }

    fn end_line(&mut self) -> Result<()> {
        let line = plain(&String::from_utf8_lossy(&self.partial));
        self.partial.clear();
        let seconds = self.power_on.elapsed().as_secs_f64();
        writeln!(self.file, "[{seconds:8.3}] {line}").context("writing the console's file")?;
        if self.echo {
            println!("[{seconds:6.1}] {line}");
        }
        self.lines.push(line);
        Ok(())
    }
}

/// The line without carriage returns and terminal control sequences (ECMA-48, CSI).
fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '\x1b' => {
                // ESC [ parameters, up to a final byte from @ to ~.
                if chars.next() == Some('[') {
                    chars.find(|c| ('@'..='~').contains(c));
                }
            }
            c if c.is_control() && c != '\t' => {}
            c => text.push(c),
        }
    }
    text
}
