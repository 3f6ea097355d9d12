//! Every desktop is a system, with somebody logged in by itself and without.

use crate::StandIn;
use crate::systems::Sample;
use nevado::preset::{Environment, LoginScreen};

/// What the configuration comes to: login screens that are on, and who is logged in.
const QUESTION: &str = "let inherit (config) services; dm = services.displayManager; in [
    (builtins.filter (name: dm.${name}.enable) [ \"cosmic-greeter\" \"gdm\" \"plasma-login-manager\" ])
    services.xserver.displayManager.lightdm.enable
    services.greetd.enable
    (builtins.filter (user: user != null) [
        (services.greetd.settings.initial_session.user or null)
        dm.autoLogin.user
        services.getty.autologinUser
    ])
]";

#[test]
fn each_has_its_own_login_screen_and_logs_in_who_was_asked_for() {
    let stand_in = StandIn::new();
    for desktop in Environment::ALL {
        let facts = desktop.facts().unwrap();
        let id = serde_json::to_value(desktop).unwrap();
        for autologin in ["", "autologin = 'ada'"] {
            let sample = Sample::new(&format!(
                "[desktop]\nenvironment = {id}\n{autologin}\n[[users]]\nname = 'ada'\n"
            ));
            let configuration = sample.text("configuration.nix");
            let hardware = sample.text("hardware-configuration.nix");
            stand_in.write("hardware-configuration.nix", &hardware);
            stand_in.system(&configuration);
            let named = match facts.login {
                LoginScreen::Gdm => "[\"gdm\"]",
                LoginScreen::PlasmaLoginManager => "[\"plasma-login-manager\"]",
                LoginScreen::CosmicGreeter => "[\"cosmic-greeter\"]",
                _ => "[]",
            };
            let expected = format!(
                "[{named},{},{},{}]",
                facts.login == LoginScreen::Lightdm,
                facts.login == LoginScreen::Greetd,
                if autologin.is_empty() {
                    "[]"
                } else {
                    "[\"ada\"]"
                }
            );
            let found = stand_in.value(&configuration, QUESTION);
            assert_eq!(found, expected, "{id}");
        }
    }
}
