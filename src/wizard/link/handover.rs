//! A plan and its secrets on their way to the engine, those that lie in files included.

use super::News;
use crate::engine::front;
use crate::engine::protocol::Request;
use crate::engine::{RecoveryKey, Secrets};
use crate::plan::Plan;
use crate::preset::{Keys, Passphrase, RecoveryKeyFor};
use std::path::{Path, PathBuf};

/// A plan and its secrets on their way to the engine; wiped once they are sent.
#[derive(Debug)]
pub(in crate::wizard) struct Handover {
    pub(in crate::wizard) plan: Plan,
    pub(in crate::wizard) secrets: Secrets,
    /// Where the keys of the disk come from and go to, if the disk is encrypted. A recovery key that a
    /// page has shown is among the secrets.
    pub(in crate::wizard) keys: Option<Keys>,
}

/// A recovery key and the file that it was written to.
#[derive(Debug)]
pub(super) struct WrittenKey {
    path: PathBuf,
    key: RecoveryKey,
}

impl Handover {
    /// What the engine is asked; or why a key in a file is not to be had. A recovery key that an attempt
    /// before this one has `written` is taken again: its file is there already.
    pub(super) fn request(self, written: &mut Option<WrittenKey>) -> Result<Request, News> {
        let Self {
            plan,
            mut secrets,
            keys,
        } = self;
        let Some(keys) = keys else {
            let plan = Box::new(plan);
            return Ok(Request::Run { plan, secrets });
        };
        let passphrase = match keys.passphrase {
            Passphrase::File(path) => Some(front::passphrase_from_file(&path)),
            Passphrase::Plain(secret) => Some(front::usable_passphrase(secret)),
            // The wizard has asked: what was typed stands with the other secrets.
            Passphrase::Ask => secrets.passphrase.take().map(front::usable_passphrase),
        };
        secrets.passphrase = passphrase
            .transpose()
            .map_err(|error| News::NotHandedOver(error.to_string()))?;
        if let RecoveryKeyFor::File(path) = keys.recovery_key {
            let again = written.take().filter(|before| before.path == path);
            let key = match again {
                Some(before) => before.key,
                None => recovery_key_in(&path).map_err(News::NotHandedOver)?,
            };
            secrets.recovery_key = Some(key.clone());
            *written = Some(WrittenKey { path, key });
        }
        let plan = Box::new(plan);
        Ok(Request::Run { plan, secrets })
    }
}

/// Makes a recovery key and writes it to a file; or says why it can't.
fn recovery_key_in(path: &Path) -> Result<RecoveryKey, String> {
    let key = RecoveryKey::generate().map_err(|error| error.to_string())?;
    front::write_recovery_key(path, &key).map_err(|error| error.to_string())?;
    Ok(key)
}
