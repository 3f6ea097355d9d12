//! Nix's structured log (`--log-format internal-json`): one line each, `@nix ` and an object.
//!
//! Whatever is unknown is let through without harm: new versions of Nix add kinds.

use serde::Deserialize;

/// What one line on Nix's standard error says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum LogLine {
    /// An object of the protocol.
    Nix(NixEvent),
    /// Anything else that was printed: a hook, git, curl.
    Text(String),
}

impl LogLine {
    /// Reads a line; there is no line that can't be read.
    pub(super) fn parse(line: &str) -> Self {
        line.strip_prefix("@nix ")
            .and_then(|json| serde_json::from_str(json).ok())
            .map_or_else(|| Self::Text(line.to_owned()), Self::Nix)
    }
}

/// An object of the protocol.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub(super) enum NixEvent {
    /// A message.
    Msg {
        /// 0 error, 1 warning, 2 notice, 3 info, 4 talkative and so on to 7.
        level: u64,
        /// The text, with escape sequences.
        msg: String,
    },
    /// An activity began.
    Start {
        /// Its name: process in the upper half, a counter in the lower one; more than 53 bits.
        id: u64,
        /// The one it is part of, or 0.
        #[serde(default)]
        parent: u64,
        /// Its kind.
        #[serde(rename = "type")]
        kind: u64,
        /// In words; may be empty.
        #[serde(default)]
        text: String,
        /// As the kind has them.
        #[serde(default)]
        fields: Vec<Field>,
    },
    /// An activity ended.
    Stop {
        /// Its name.
        id: u64,
    },
    /// An activity has something to tell.
    Result {
        /// Its name.
        id: u64,
        /// The kind of the result.
        #[serde(rename = "type")]
        kind: u64,
        /// As the kind has them.
        #[serde(default)]
        fields: Vec<Field>,
    },
    /// An action that this program does not know.
    #[serde(other)]
    Unknown,
}

/// A value of an activity or of a result.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub(super) enum Field {
    /// A number.
    Int(u64),
    /// A text.
    Text(String),
    /// Something that this program does not know.
    Other(serde::de::IgnoredAny),
}

impl Field {
    /// The number; 0 for anything else.
    pub(super) const fn number(&self) -> u64 {
        match self {
            Self::Int(number) => *number,
            Self::Text(_) | Self::Other(_) => 0,
        }
    }

    /// The text; empty for anything else.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Int(_) | Self::Other(_) => "",
        }
    }
}

/// Kinds of activities, as `ActivityType` in Nix' `logging.hh` numbers them.
pub(super) mod activity {
    /// One store path is copied: path, source, destination.
    pub(crate) const COPY_PATH: u64 = 100;
    /// A file is transferred: its address.
    pub(crate) const FILE_TRANSFER: u64 = 101;
    /// All builds: progress in derivations.
    pub(crate) const BUILDS: u64 = 104;
    /// One build: derivation, machine.
    pub(crate) const BUILD: u64 = 105;
    /// A build waits for something, told in the text.
    pub(crate) const BUILD_WAITING: u64 = 111;
}

/// Kinds of results, as `ResultType` in Nix' `logging.hh` numbers them.
pub(super) mod result {
    /// A line that a build printed.
    pub(crate) const BUILD_LOG_LINE: u64 = 101;
    /// A build entered a phase.
    pub(crate) const SET_PHASE: u64 = 104;
    /// Done, expected, running, failed.
    pub(crate) const PROGRESS: u64 = 105;
    /// How much of another kind of activity is expected: kind, amount.
    pub(crate) const SET_EXPECTED: u64 = 106;
}

/// The text without the escape sequences that colour it.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => skip_escape(&mut chars),
            '\t' => plain.push(' '),
            c if c.is_control() && c != '\n' => {}
            c => plain.push(c),
        }
    }
    plain
}

/// The rest of an escape sequence: CSI up to its final byte, OSC up to BEL or ST, else one character.
fn skip_escape(chars: &mut std::str::Chars<'_>) {
    match chars.next() {
        Some('[') => {
            for c in chars.by_ref() {
                if ('@'..='~').contains(&c) {
                    break;
                }
            }
        }
        Some(']') => {
            let mut before = ' ';
            for c in chars.by_ref() {
                if c == '\u{7}' || (before == '\u{1b}' && c == '\\') {
                    break;
                }
                before = c;
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_read() {
        let start = r#"@nix {"action":"start","fields":["/nix/store/x.drv","",1,1],"id":4951760157147137,"level":3,"parent":0,"text":"building","type":105}"#;
        let LogLine::Nix(NixEvent::Start {
            id, kind, fields, ..
        }) = LogLine::parse(start)
        else {
            panic!("not read");
        };
        assert_eq!((id, kind), (4_951_760_157_147_137, activity::BUILD));
        assert_eq!(fields[0].text(), "/nix/store/x.drv");
        assert_eq!(fields[2].number(), 1);
        let stop = LogLine::parse(r#"@nix {"action":"stop","id":18446744073709551615}"#);
        assert_eq!(stop, LogLine::Nix(NixEvent::Stop { id: u64::MAX }));
        let odd = r#"@nix {"action":"result","id":1,"type":999,"fields":[-1,null,{"a":[]}]}"#;
        assert!(matches!(
            LogLine::parse(odd),
            LogLine::Nix(NixEvent::Result { .. })
        ));
        let new = LogLine::parse(r#"@nix {"action":"new","what":{}}"#);
        assert_eq!(new, LogLine::Nix(NixEvent::Unknown));
    }

    #[test]
    fn what_is_no_object_is_text() {
        for line in [
            "",
            "@nix",
            "@nix {",
            "@nix 1",
            "warning: x",
            r#"@nix {"action":"stop"}"#,
        ] {
            assert_eq!(LogLine::parse(line), LogLine::Text(line.to_owned()));
        }
    }

    #[test]
    fn colours_are_taken_out() {
        assert_eq!(
            plain("\u{1b}[31;1merror:\u{1b}[0m no\tway\r"),
            "error: no way"
        );
        assert_eq!(
            plain("\u{1b}]8;;http://x\u{7}link\u{1b}]8;;\u{1b}\\ end\u{1b}["),
            "link end"
        );
    }
}
