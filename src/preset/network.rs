//! The computer in the network: name, addresses, proxy, firewall, SSH.

use super::{HostName, InterfaceName};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de};
use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;
use std::num::NonZeroU16;

/// The computer in the network.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Network {
    /// Such as `workstation`.
    pub host_name: Option<HostName>,
    /// Whether connections from outside are refused, those to services that are turned on apart.
    pub firewall: Option<bool>,
    /// Ports that are open to TCP, such as 8080; services that are turned on here open theirs by
    /// themselves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tcp_ports: Vec<NonZeroU16>,
    /// Ports that are open to UDP.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub udp_ports: Vec<NonZeroU16>,
    /// Whether the new system gets the connections that the live system's NetworkManager has by then,
    /// Wi-Fi with its passwords among them.
    pub carry_over: Option<bool>,
    /// Whether people may log in over SSH.
    pub ssh: Option<Ssh>,
    /// The proxy for HTTP, HTTPS and FTP, such as `http://proxy.example:3128`.
    pub proxy: Option<ProxyUrl>,
    /// Names and addresses that are reached without the proxy, with commas between them.
    #[serde(deserialize_with = "names_without_proxy")]
    #[schemars(extend("pattern" = "^[^\\u0000]*$"))]
    pub no_proxy: Option<String>,
    /// Wired interfaces with a fixed address; the others get theirs by DHCP.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wired: Vec<Wired>,
}

/// Reads names for programs' environment and for the configuration.
///
/// # Errors
/// They hold U+0000, which neither can.
pub(super) fn names_without_proxy<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    let names = Option::<String>::deserialize(deserializer)?;
    match &names {
        Some(names) if names.contains('\0') => Err(de::Error::custom(
            "it holds the character U+0000, which no configuration can; remove it",
        )),
        _ => Ok(names),
    }
}

/// A wired interface with a fixed address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wired {
    /// The kernel's name for it, such as `enp3s0`.
    pub interface: InterfaceName,
    /// Its addresses, such as `192.168.1.10/24` or `2001:db8::10/64`.
    pub addresses: Vec<Address>,
    /// The way to other networks, such as `192.168.1.1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub gateways: Vec<IpAddr>,
    /// Name servers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub name_servers: Vec<IpAddr>,
}

impl fmt::Display for Wired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.interface.as_str())?;
        self.addresses
            .iter()
            .try_for_each(|address| write!(f, " {address}"))
    }
}

/// Whether people may log in over SSH, and how. Root may not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ssh {
    /// Nobody may.
    #[default]
    Off,
    /// With one of their keys.
    Keys,
    /// With a key or with their password.
    Passwords,
}

impl fmt::Display for Ssh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Off => "off",
            Self::Keys => "with a key",
            Self::Passwords => "with a key or a password",
        })
    }
}

/// An address and how many of its bits are the network's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address {
    /// The address.
    pub address: IpAddr,
    /// 1 to 32, or to 128.
    pub prefix: u8,
}

/// A text that is no address with its prefix.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{0}` is no address with the length of its network's part: it looks like `192.168.1.10/24` or \
     `2001:db8::10/64`"
)]
pub struct BadAddress(String);

impl TryFrom<String> for Address {
    type Error = BadAddress;

    fn try_from(text: String) -> Result<Self, BadAddress> {
        let read = || {
            let (address, prefix) = text.split_once('/')?;
            let address: IpAddr = address.parse().ok()?;
            let most = if address.is_ipv4() { 32 } else { 128 };
            let prefix = prefix.parse().ok().filter(|n| (1..=most).contains(n))?;
            Some(Self { address, prefix })
        };
        read().ok_or(BadAddress(text))
    }
}

impl From<Address> for String {
    fn from(address: Address) -> String {
        address.to_string()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

impl JsonSchema for Address {
    fn schema_name() -> Cow<'static, str> {
        "Address".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[0-9a-fA-F.:]+/[0-9]{1,3}$" })
    }
}

/// The address of a proxy.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProxyUrl(String);

/// A text that is no address of a proxy. It is not repeated: it may hold a password.
#[derive(Debug, thiserror::Error)]
#[error("the address of a proxy looks like `http://proxy.example:3128`")]
pub struct BadProxy;

impl ProxyUrl {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a name, and with it mostly a password, stands before the host.
    pub fn has_credentials(&self) -> bool {
        self.bare().is_some()
    }

    /// The scheme and what follows a name before the host; none if there is no such name.
    fn bare(&self) -> Option<(&str, &str)> {
        let (scheme, rest) = self.0.split_once("://")?;
        let host = rest.split('/').next().unwrap_or_default();
        let (name, _) = host.rsplit_once('@')?;
        Some((scheme, rest.get(name.len() + 1..)?))
    }
}

impl TryFrom<String> for ProxyUrl {
    type Error = BadProxy;

    fn try_from(text: String) -> Result<Self, BadProxy> {
        let (scheme, rest) = text.split_once("://").ok_or(BadProxy)?;
        let known = ["http", "https", "socks5", "socks5h"].contains(&scheme);
        let plain = rest.chars().all(|c| c.is_ascii_graphic());
        if known && plain && !rest.is_empty() {
            Ok(Self(text))
        } else {
            Err(BadProxy)
        }
    }
}

impl From<ProxyUrl> for String {
    /// Without what stands before the host: it may hold a password, which nothing that is written out
    /// may show.
    fn from(url: ProxyUrl) -> String {
        match url.bare() {
            Some((scheme, host)) => format!("{scheme}://{host}"),
            None => url.0,
        }
    }
}

impl fmt::Display for ProxyUrl {
    /// Without what stands before the host.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.bare() {
            Some((scheme, host)) => write!(f, "{scheme}://…@{host}"),
            None => f.write_str(&self.0),
        }
    }
}

impl fmt::Debug for ProxyUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProxyUrl({self})")
    }
}

impl JsonSchema for ProxyUrl {
    fn schema_name() -> Cow<'static, str> {
        "ProxyUrl".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^(https?|socks5h?)://[!-~]+$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_written_without_its_password() {
        let proxy = |text: &str| ProxyUrl::try_from(text.to_owned()).unwrap();
        let known = proxy("http://ada:hunter2@proxy:3128/a@b");
        assert!(known.has_credentials() && known.as_str().contains("hunter2"));
        let written = serde_json::to_value(&known).unwrap();
        assert_eq!(written, "http://proxy:3128/a@b");
        assert_eq!(known.to_string(), "http://…@proxy:3128/a@b");
        let plain = proxy("http://proxy:3128/a@b");
        assert!(!plain.has_credentials());
        assert_eq!(String::from(plain), "http://proxy:3128/a@b");
    }

    #[test]
    fn addresses_have_a_prefix_that_fits() {
        for text in ["192.168.1.10/24", "10.0.0.1/32", "2001:db8::10/64"] {
            assert_eq!(
                Address::try_from(text.to_owned()).unwrap().to_string(),
                text
            );
        }
        for text in [
            "192.168.1.10",
            "192.168.1.10/33",
            "192.168.1.300/24",
            "::1/0",
            "a/8",
        ] {
            assert!(Address::try_from(text.to_owned()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_password_of_a_proxy_is_known_and_never_shown() {
        let url = |text: &str| ProxyUrl::try_from(text.to_owned()).unwrap();
        let plain = url("http://proxy.example:3128");
        assert!(!plain.has_credentials() && !url("http://a/x@y").has_credentials());
        let secret = url("http://ada:hunter2@proxy.example:3128/");
        assert!(secret.has_credentials());
        for shown in [secret.to_string(), format!("{secret:?}")] {
            assert!(
                !shown.contains("hunter2") && shown.contains("proxy.example"),
                "{shown}"
            );
        }
        let preset = "version = 1\n[network]\nproxy = \"ftp://ada:hunter2@proxy.example\"\n";
        let told = crate::preset::read(preset, "a.toml")
            .unwrap_err()
            .to_string();
        assert!(
            told.contains("a.toml:3:") && !told.contains("hunter2"),
            "{told}"
        );
        for bad in ["proxy.example:3128", "ftp://a", "http://", "http://a b"] {
            assert!(ProxyUrl::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
