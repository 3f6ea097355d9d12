//! Requests as they stand on the wire: the only form in which secrets are written out.

use super::super::password::{NewPassword, Secrets};
use super::super::recovery_key::RecoveryKey;
use super::Request;
use crate::plan::{Account, Plan};
use crate::preset::PasswordHash;
use crate::secret::Secret;
use serde::{Deserialize, Serialize, Serializer};
use std::path::PathBuf;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RequestMessage {
    pub(super) version: u32,
    pub(super) request: WireRequest,
}

/// A request with its secrets exposed: it lives only while a line is written or read.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum WireRequest {
    Probe,
    Measure {
        device: PathBuf,
    },
    Unlock {
        device: PathBuf,
        passphrase: Exposed,
    },
    Run {
        plan: Box<Plan>,
        secrets: Vec<WireSecret>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        passphrase: Option<Exposed>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recovery_key: Option<ExposedKey>,
    },
    Cancel,
    Retry,
    Follow,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireSecret {
    account: Account,
    password: WirePassword,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WirePassword {
    Plain(Exposed),
    Hash(ExposedHash),
}

/// A secret that is written as it is.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct Exposed(Secret);

impl Serialize for Exposed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose())
    }
}

/// A hash that is written as it is, and looked at when it is read.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct ExposedHash(PasswordHash);

impl TryFrom<String> for ExposedHash {
    type Error = <PasswordHash as TryFrom<String>>::Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        PasswordHash::try_from(text).map(Self)
    }
}

impl Serialize for ExposedHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.secret().expose())
    }
}

/// A recovery key that is written as it is, and looked at when it is read.
#[derive(Deserialize)]
#[serde(try_from = "Secret")]
pub(super) struct ExposedKey(RecoveryKey);

impl TryFrom<Secret> for ExposedKey {
    type Error = <RecoveryKey as TryFrom<Secret>>::Error;

    fn try_from(secret: Secret) -> Result<Self, Self::Error> {
        RecoveryKey::try_from(secret).map(Self)
    }
}

impl Serialize for ExposedKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.secret().expose())
    }
}

impl WireRequest {
    pub(super) fn of(request: &Request) -> Self {
        match request {
            Request::Probe => Self::Probe,
            Request::Measure { device } => Self::Measure {
                device: device.clone(),
            },
            Request::Unlock { device, passphrase } => Self::Unlock {
                device: device.clone(),
                passphrase: Exposed(passphrase.clone()),
            },
            Request::Run { plan, secrets } => Self::Run {
                plan: plan.clone(),
                secrets: secrets.accounts.iter().map(WireSecret::of).collect(),
                passphrase: secrets.passphrase.clone().map(Exposed),
                recovery_key: secrets.recovery_key.clone().map(ExposedKey),
            },
            Request::Cancel => Self::Cancel,
            Request::Retry => Self::Retry,
            Request::Follow => Self::Follow,
        }
    }

    pub(super) fn into_request(self) -> Request {
        match self {
            Self::Probe => Request::Probe,
            Self::Measure { device } => Request::Measure { device },
            Self::Unlock { device, passphrase } => Request::Unlock {
                device,
                passphrase: passphrase.0,
            },
            Self::Run {
                plan,
                secrets,
                passphrase,
                recovery_key,
            } => Request::Run {
                plan,
                secrets: Secrets {
                    accounts: secrets.into_iter().map(WireSecret::pair).collect(),
                    passphrase: passphrase.map(|exposed| exposed.0),
                    recovery_key: recovery_key.map(|exposed| exposed.0),
                },
            },
            Self::Cancel => Request::Cancel,
            Self::Retry => Request::Retry,
            Self::Follow => Request::Follow,
        }
    }
}

impl WireSecret {
    fn of((account, password): (&Account, &NewPassword)) -> Self {
        Self {
            account: account.clone(),
            password: match password {
                NewPassword::Plain(secret) => WirePassword::Plain(Exposed(secret.clone())),
                NewPassword::Hash(hash) => WirePassword::Hash(ExposedHash(hash.clone())),
            },
        }
    }

    fn pair(self) -> (Account, NewPassword) {
        let password = match self.password {
            WirePassword::Plain(secret) => NewPassword::Plain(secret.0),
            WirePassword::Hash(hash) => NewPassword::Hash(hash.0),
        };
        (self.account, password)
    }
}
