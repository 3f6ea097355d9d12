//! The ordinary user, whom root lets run what needs no rights of its own.

/// A user with a primary group, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct User {
    /// The user's number.
    pub uid: u32,
    /// The number of the primary group.
    pub gid: u32,
}

impl User {
    /// Who may do nothing: the number that Linux and systemd reserve for `nobody`.
    pub const NOBODY: Self = Self {
        uid: 65_534,
        gid: 65_534,
    };

    /// Whom this process hands unprivileged work to: nobody else unless it is root; then the user who
    /// called pkexec(1) or sudo(8), or [`NOBODY`](Self::NOBODY).
    pub fn ordinary() -> Option<Self> {
        let accounts = || std::fs::read_to_string("/etc/passwd").unwrap_or_default();
        let variable = |name: &str| std::env::var(name).ok();
        let root = rustix::process::geteuid().is_root();
        root.then(|| Self::calling(variable, &accounts()))
    }

    /// The calling user, as pkexec and sudo tell it; `accounts` is passwd(5).
    fn calling(variable: impl Fn(&str) -> Option<String>, accounts: &str) -> Self {
        let number = |name: &str| variable(name).and_then(|text| text.parse().ok());
        let caller = number("PKEXEC_UID").or_else(|| number("SUDO_UID"));
        let Some(uid) = caller.filter(|uid| *uid != 0) else {
            return Self::NOBODY;
        };
        let mut lines = accounts.lines().map(|line| line.split(':'));
        let group = lines.find_map(|mut fields| {
            (fields.nth(2)?.parse() == Ok(uid)).then(|| fields.next()?.parse().ok())?
        });
        Self {
            uid,
            gid: group.unwrap_or(Self::NOBODY.gid),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caller_is_taken_and_never_root() {
        let accounts = "root:x:0:0::/root:/bin/sh\nnixos:x:1000:100::/home/nixos:/bin/sh\n";
        let with = |variables: &[(&str, &str)]| {
            let find = |name: &str| {
                let found = variables.iter().find(|(key, _)| *key == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            User::calling(find, accounts)
        };
        let nixos = User {
            uid: 1000,
            gid: 100,
        };
        assert_eq!(with(&[("SUDO_UID", "1000")]), nixos);
        assert_eq!(with(&[("PKEXEC_UID", "1000"), ("SUDO_UID", "0")]), nixos);
        assert_eq!(with(&[("PKEXEC_UID", "0")]), User::NOBODY);
        assert_eq!(with(&[("SUDO_UID", "what")]), User::NOBODY);
        assert_eq!(with(&[]), User::NOBODY);
        let unknown = with(&[("SUDO_UID", "1001")]);
        assert_eq!((unknown.uid, unknown.gid), (1001, User::NOBODY.gid));
    }
}
