//! The installation itself: where packages come from meanwhile. The installed system has none of it.

use super::ProxyUrl;
use super::network::names_without_proxy;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// The installation itself: where packages come from meanwhile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Install {
    /// Binary caches that packages come from besides the medium's own, such as
    /// `http://cache.example:5000`, or `file:///run/media/cache` for one in a folder.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub substituters: Vec<CacheUrl>,
    /// The public keys that sign what these caches have, such as `cache.example-1:` and 44 letters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub public_keys: Vec<CacheKey>,
    /// Whether packages come from `substituters` and the medium alone, and no other cache is asked.
    pub exclusive: Option<bool>,
    /// The proxy for the installation, such as `http://proxy.example:3128`.
    pub proxy: Option<ProxyUrl>,
    /// Names and addresses that are reached without the proxy, with commas between them.
    #[serde(deserialize_with = "names_without_proxy")]
    #[schemars(extend("pattern" = "^[^\\u0000]*$"))]
    pub no_proxy: Option<String>,
}

impl Install {
    /// Whether nothing was asked for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The address of a binary cache.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CacheUrl(String);

/// A text that is no address of a cache. It is not repeated: it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCache {
    /// Another form.
    #[error(
        "the address of a cache looks like `http://cache.example:5000`, `https://cache.example`, or \
         `file:///run/media/cache` for a folder"
    )]
    Form,
    /// A name, and with it mostly a password, stands before the host.
    #[error(
        "the address of a cache holds a name or a password, which the plan and Nix's log would show: \
         leave out what stands before the `@`"
    )]
    Credentials,
    /// Settings of Nix after a question mark: `?trusted=1` would let anybody's packages in.
    #[error("the address of a cache has no settings: leave out the `?` and what follows")]
    Settings,
}

impl CacheUrl {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CacheUrl {
    type Error = BadCache;

    fn try_from(text: String) -> Result<Self, BadCache> {
        let (scheme, rest) = text.split_once("://").ok_or(BadCache::Form)?;
        let plain = rest.chars().all(|c| c.is_ascii_graphic());
        let known = match scheme {
            "file" => rest.starts_with('/') && rest.len() > 1,
            "http" | "https" => !rest.is_empty() && !rest.starts_with('/'),
            _ => false,
        };
        if rest.split('/').next().unwrap_or_default().contains('@') {
            return Err(BadCache::Credentials);
        }
        if rest.contains(['?', '#']) {
            return Err(BadCache::Settings);
        }
        match known && plain {
            true => Ok(Self(text)),
            false => Err(BadCache::Form),
        }
    }
}

/// A public key that signs packages: a name, a colon, and 32 bytes in Base64.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CacheKey(String);

/// A text that is no public key of a cache. It is not repeated: people paste the secret one by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCacheKey {
    /// A secret key, which is longer.
    #[error(
        "this is a secret key, which signs packages: give the public one, from \
         `nix key convert-secret-to-public`"
    )]
    Secret,
    /// Another form.
    #[error(
        "this is no public key of a cache: it looks like \
         `cache.example-1:` and 44 letters and digits, the last of them `=`"
    )]
    Form,
}

/// An Ed25519 key has this many bytes; its secret half is kept together with it, in twice as many.
const KEY_BYTES: usize = 32;

impl CacheKey {
    /// The key with its name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CacheKey {
    type Error = BadCacheKey;

    fn try_from(text: String) -> Result<Self, BadCacheKey> {
        let (name, key) = text.split_once(':').ok_or(BadCacheKey::Form)?;
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_graphic()) {
            return Err(BadCacheKey::Form);
        }
        match STANDARD.decode(key).map(|bytes| bytes.len()) {
            Ok(KEY_BYTES) => Ok(Self(text)),
            Ok(length) if length == 2 * KEY_BYTES => Err(BadCacheKey::Secret),
            _ => Err(BadCacheKey::Form),
        }
    }
}

/// What both have in common: a text with a pattern, that shows itself as it is.
macro_rules! shown_text {
    ($name:ident, $pattern:literal) => {
        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern })
            }
        }
    };
}

shown_text!(CacheUrl, "^(https?://[!-~]+|file:///[!-~]+)$");
shown_text!(CacheKey, "^[!-9;-~]+:[A-Za-z0-9+/]{43}=$");

#[cfg(test)]
mod tests {
    use super::*;

    /// A name, and 32 bytes.
    const KEY: &str = "cache.example-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=";

    fn url(text: &str) -> Result<CacheUrl, BadCache> {
        CacheUrl::try_from(text.to_owned())
    }

    fn key(text: &str) -> Result<CacheKey, BadCacheKey> {
        CacheKey::try_from(text.to_owned())
    }

    #[test]
    fn caches_are_on_the_network_or_in_a_folder() {
        for text in [
            "http://cache.example:5000",
            "https://cache.example/nixos/",
            "file:///run/media/cache",
            "https://cache.example/a@b",
        ] {
            assert_eq!(url(text).unwrap().as_str(), text);
        }
        for text in [
            "",
            "cache.example",
            "ftp://a",
            "http://",
            "http:///a",
            "file://a/b",
            "/cache",
        ] {
            assert_eq!(url(text), Err(BadCache::Form), "{text}");
        }
        for text in ["https://a b", "https://a\n", "file:///"] {
            assert_eq!(url(text), Err(BadCache::Form), "{text}");
        }
        let trusting = "https://cache.example?trusted=1";
        assert_eq!(url(trusting), Err(BadCache::Settings));
    }

    #[test]
    fn a_password_of_a_cache_is_refused_and_not_repeated() {
        let error = url("https://ada:hunter2@cache.example").unwrap_err();
        assert_eq!(error, BadCache::Credentials);
        let preset = "version = 1\n[install]\nsubstituters = [\"https://ada:hunter2@a.example\"]\n";
        let told = crate::preset::read(preset, "a.toml").unwrap_err();
        assert!(!told.to_string().contains("hunter2"), "{told}");
    }

    #[test]
    fn a_key_has_a_name_and_32_bytes() {
        assert_eq!(key(KEY).unwrap().to_string(), KEY);
        let secret = format!("a:{}==", "A".repeat(86));
        assert_eq!(key(&secret), Err(BadCacheKey::Secret));
        let nameless = KEY.replace("cache.example-1", "");
        let cut = KEY.replace("6NCH", "");
        let blank = KEY.replace('-', " ");
        for text in ["", "a", "a:b", &nameless, &cut, &blank] {
            assert_eq!(key(text), Err(BadCacheKey::Form), "{text}");
        }
    }
}
