//! Running programs: what to run, as whom, for how long at most, and how it ended.
//!
//! | module | what it holds |
//! |---|---|
//! | `command` | a program with its arguments, its output, its end |
//! | `run` | runs it in a process group of its own, line by line, with a limit and a cancel |
//! | `environment` | what it may know of this program's environment |
//! | `cancel` | a wish to stop, that wakes whoever waits |
//! | `core_files` | what a crash may leave behind: nothing |
//! | `user` | the ordinary user, for what needs no rights |

mod cancel;
mod command;
mod core_files;
mod environment;
mod run;
mod user;

pub use cancel::CancelToken;
pub(crate) use command::LONG;
pub use command::{Command, CommandError, Ending, FailedCommand, Output, Stream};
pub(crate) use core_files::forbid_core_files;
pub(crate) use environment::find_program;
pub use run::run;
pub(crate) use run::{Running, start};
pub use user::User;
