//! What people do with the new system: somebody logs in on the console; root rebuilds without the
//! network, first with nothing to do, then with a change; the older generation is chosen in the boot
//! menu for once, and then gone back to for good.

use crate::bench::Bench;
use crate::boot::{answer, compare, listen, no_sign_of_life};
use crate::inspect::inspect;
use crate::install::{Installed, Wish, install_wish};
use crate::report::Report;
use crate::workspace::{Computer, Workspace, source};
use anyhow::{Context, Result};
use nevado::preset::{Password, User};
use serde_json::Value;
use std::path::PathBuf;

/// One shape of configuration, lived with.
pub(crate) struct Living {
    /// How its folders begin.
    name: &'static str,
    /// The end of its preset.
    preset: &'static str,
}

/// With a channel.
pub(crate) const CLASSIC: Living = Living {
    name: "login-classic",
    preset: "[software]\npackages = [\"nix\"]\n",
};

/// With a flake.
pub(crate) const FLAKE: Living = Living {
    name: "login-flake",
    preset: "[software]\npackages = [\"nix\"]\n[configuration]\nshape = \"flake\"\n",
};

/// Nobody's password.
const WRONG: &str = "correct-horse-7142";
/// Where the change of `guest/rebuild.sh` puts the computer.
const MOVED_TO: &str = "Europe/Vienna";

impl Living {
    /// Installs, looks, boots four times.
    pub(crate) fn run(&self, bench: &mut Bench, report: &mut Report) -> Result<()> {
        let work = bench.work.with(self.name, Computer::USUAL);
        let installed = install_wish(&work, Wish::AtTheEnd(self.preset), report)?;
        inspect(&work, "inspect", &installed, report)?;
        let mut computer = Used::new(&work, &installed);
        let (first, second) = first_day(&mut computer, report)?;

        let day = computer.boot("second", Some("choose-first.sh"))?;
        report.same(
            "second boot: the rebuilt system runs, with the change",
            (day.text("system"), day.text("time_zone")),
            (second.as_str(), MOVED_TO),
        );
        day.all_went_well(report);
        let day = computer.boot("older", Some("roll-back.sh"))?;
        report.same(
            "third boot: the older generation was chosen, and the profile stays",
            (day.text("system"), day.text("profile")),
            (first.as_str(), second.as_str()),
        );
        day.all_went_well(report);
        let day = computer.boot("back", None)?;
        report.same(
            "fourth boot: after the rollback the first system runs, and is the profile's",
            (day.text("system"), day.text("profile")),
            (first.as_str(), first.as_str()),
        );
        report.same(
            "fourth boot: the zone is that of the first system",
            Some(day.text("time_zone")),
            installed
                .preset
                .locale
                .time_zone
                .as_ref()
                .map(|zone| zone.as_str()),
        );
        Ok(())
    }
}

/// Boots; the first person logs in. The system is held against plan and preset.
pub(crate) fn boot_and_log_in(
    work: &Workspace,
    installed: &Installed,
    report: &mut Report,
) -> Result<()> {
    Used::new(work, installed).boot_with_login("boot", None, report)?;
    Ok(())
}

/// What came over the console while somebody logged in, with a wrong password first.
fn compare_log_in(person: &User, day: &Day, report: &mut Report) -> Result<()> {
    let console = day.console.join("\n");
    let name = &person.name;
    let refused = console.matches("stand-in login: refused").count();
    report.same("log-in: a wrong password is refused, once", refused, 1);
    report.contains(
        format_args!("log-in: with the password {name} is at home"),
        &console,
        &format!("session of {name} in /home/{name}, groups: users"),
    );
    let session = console.lines().find(|line| line.starts_with("session of"));
    report.contains(
        "log-in: an administrator is in wheel",
        session.unwrap_or_default(),
        "wheel",
    );
    report.contains(
        "log-in: the home can be written to",
        &console,
        "written-by-me",
    );
    report.same(
        "log-in: no password is shown",
        console.contains(password(person)?) || console.contains(WRONG),
        false,
    );
    Ok(())
}

/// The first boot: a log-in, a rebuild that changes nothing, one that does. Gives both systems.
fn first_day(computer: &mut Used<'_>, report: &mut Report) -> Result<(String, String)> {
    let day = computer.boot_with_login("first", Some("rebuild.sh"), report)?;
    day.all_went_well(report);
    let first = day.root("installed")?;
    report.same(
        "rebuild: offline, without a change, it is the same system",
        day.root("idle")?,
        first,
    );
    report.same(
        "rebuild: nothing new in the store, the profile, the boot menu and /etc/nixos",
        day.root("idle-changed")?,
        "",
    );
    let second = day.root("other")?;
    report.same(
        "rebuild: with a change it is another system",
        second != first,
        true,
    );
    for place in [
        second.trim_start_matches("/nix/store/"),
        "/nix/var/nix/profiles/system-2-link",
        "/boot/loader/entries/nixos-generation-2.conf",
        "/etc/nixos/configuration.nix",
    ] {
        report.contains(
            format_args!("rebuild: then there is a change at {place}"),
            day.root("other-changed")?,
            place,
        );
    }
    report.same(
        "rebuild: which is a second generation",
        day.root("generations")?,
        "2",
    );
    Ok((first.to_owned(), second.to_owned()))
}

fn password(person: &User) -> Result<&str> {
    match &person.password {
        Password::Plain(secret) => Ok(secret.expose()),
        Password::Ask | Password::Hash(_) => {
            anyhow::bail!("the preset has no password for {}", person.name)
        }
    }
}

/// An installed computer, switched on again and again.
struct Used<'a> {
    work: &'a Workspace,
    installed: &'a Installed,
    variables: Option<PathBuf>,
}

impl<'a> Used<'a> {
    fn new(work: &'a Workspace, installed: &'a Installed) -> Self {
        Self {
            work,
            installed,
            variables: installed.variables.clone(),
        }
    }

    /// Boots; root types what this script of the guest says.
    fn boot(&mut self, name: &str, root: Option<&str>) -> Result<Day> {
        self.start(name, root, None)
    }

    /// Boots; the first person logs in, with a wrong password first; then root types this.
    fn boot_with_login(
        &mut self,
        name: &str,
        root: Option<&str>,
        report: &mut Report,
    ) -> Result<Day> {
        let person = self.installed.preset.users.first().context("a person")?;
        let day = self.start(name, root, Some(person))?;
        compare(
            self.work,
            self.installed,
            Some(&day.said),
            &day.console,
            report,
        )?;
        compare_log_in(person, &day, report)?;
        Ok(day)
    }

    fn start(&mut self, name: &str, root: Option<&str>, person: Option<&User>) -> Result<Day> {
        let scenario = self.work.scenario(name)?;
        let mut machine = scenario.machine(&self.installed.disk, self.variables.as_deref())?;
        self.variables.clone_from(&machine.variables);
        machine.root = root.map(|script| source("guest").join(script));
        if let Some(person) = person {
            machine.login = true;
            machine.answers = vec![
                answer("login, try 1:", person.name.as_str()),
                answer("password, try 1:", WRONG),
                answer("login, try 2:", person.name.as_str()),
                answer("password, try 2:", password(person)?),
            ];
        }
        let (said, console) = listen(machine)?;
        let said =
            said.with_context(|| format!("the boot called {name}: {}", no_sign_of_life(&console)))?;
        Ok(Day { said, console })
    }
}

/// From switching on to switching off.
struct Day {
    said: Value,
    console: Vec<String>,
}

impl Day {
    /// What the system says of itself.
    fn text(&self, key: &str) -> &str {
        self.said
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// What root's commands say.
    fn root(&self, key: &str) -> Result<&str> {
        self.roots(key)
            .with_context(|| format!("root's commands said nothing of `{key}`"))
    }

    fn roots(&self, key: &str) -> Option<&str> {
        let start = format!("ROOT {key}:");
        let line = self
            .console
            .iter()
            .find_map(|line| line.strip_prefix(&start))?;
        Some(line.trim())
    }

    fn all_went_well(&self, report: &mut Report) {
        report.same("what root typed went well", self.roots("failed"), None);
    }
}
