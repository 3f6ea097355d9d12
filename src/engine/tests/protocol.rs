//! The messages on the wire: they come back as they were sent, whatever else arrives is refused, and
//! a secret is seen in a request's line only.

use super::*;
use crate::engine::protocol::{BadLine, BadMessage, LONGEST, Refusal, Reply, Request, read_line};
use proptest::prelude::*;

fn run_request() -> Request {
    let plan = windows_laptop().plan;
    let mut secrets = secrets(&plan);
    let password = NewPassword::Plain(Secret::new("quo\"ted\n$y$"));
    secrets.accounts.insert(Account::Root, password);
    Request::Run {
        plan: Box::new(plan),
        secrets,
    }
}

/// The requests of the module's table, as lines.
fn requests() -> Vec<(Request, &'static str)> {
    let device = || "/dev/sda2".into();
    let passphrase = Secret::new("p");
    vec![
        (Request::Probe, r#""probe""#),
        (
            Request::Measure { device: device() },
            r#"{"measure":{"device":"/dev/sda2"}}"#,
        ),
        (
            Request::Unlock {
                device: device(),
                passphrase,
            },
            r#"{"unlock":{"device":"/dev/sda2","passphrase":"p"}}"#,
        ),
        (Request::Cancel, r#""cancel""#),
        (Request::Retry, r#""retry""#),
        (Request::Follow, r#""follow""#),
    ]
}

#[test]
fn the_lines_are_as_the_table_has_them() {
    for (request, text) in requests() {
        let line = request.to_line().unwrap();
        let expected = format!("{{\"version\":1,\"request\":{text}}}\n");
        assert_eq!(String::from_utf8_lossy(&line), expected);
        let back = Request::from_line(&line).unwrap();
        assert_eq!(format!("{back:?}"), format!("{request:?}"));
    }
    let refusal = Refusal::NothingToRetry.because("no");
    let line = refusal.to_line().unwrap();
    let text = r#"{"version":1,"reply":{"refused":{"reason":"nothing_to_retry","message":"no"}}}"#;
    assert_eq!(String::from_utf8_lossy(&line), format!("{text}\n"));
    assert_eq!(Reply::from_line(&line).unwrap(), refusal);
}

#[test]
fn a_plan_and_its_secrets_arrive_and_are_not_printed() {
    let request = run_request();
    assert!(!format!("{request:?}").contains("quo"));
    let line = request.to_line().unwrap();
    let Request::Run { plan, secrets } = Request::from_line(&line).unwrap() else {
        panic!("a run")
    };
    assert_eq!(*plan, windows_laptop().plan);
    let Some(NewPassword::Plain(password)) = secrets.accounts.get(&Account::Root) else {
        panic!("a password")
    };
    assert_eq!(password.expose(), "quo\"ted\n$y$");
    assert_eq!(secrets.passphrase, Some(Secret::new(PASSPHRASE)));
    assert_eq!(secrets.recovery_key, Some(recovery_key()));
    assert!(validate::validate(&plan, &secrets).is_ok());
}

#[test]
fn what_is_wrong_with_a_line_is_told_without_its_content() {
    let line = br#"{"version":1,"request":{"run":{"plan":"hunter2","secrets":[]}}}"#;
    let error = Request::from_line(line).unwrap_err();
    assert!(!error.to_string().contains("hunter2"), "{error}");
    let weak = br#"{"version":1,"request":{"run":{"secrets":[{"account":"root","password":{"hash":"hunter2"}}]}}}"#;
    let error = Request::from_line(weak).unwrap_err();
    assert!(!error.to_string().contains("hunter2"), "{error}");
    let other = br#"{"version":2,"request":"dance"}"#;
    assert_eq!(
        Request::from_line(other).unwrap_err(),
        BadMessage::OtherVersion(2)
    );
    for line in [
        r#"{"version":1,"request":"dance"}"#,
        r#"{"version":1,"request":"probe","more":1}"#,
        r#"{"request":"probe"}"#,
        "",
    ] {
        let error = Request::from_line(line.as_bytes()).unwrap_err();
        assert!(matches!(error, BadMessage::NotUnderstood { .. }), "{line}");
    }
}

#[test]
fn lines_have_a_limit_and_an_end() {
    let mut long = std::io::BufReader::new(std::io::repeat(b'x'));
    assert!(matches!(read_line(&mut long), Err(BadLine::TooLong)));
    let just = [vec![b'x'; LONGEST - 1], b"\n".to_vec()].concat();
    assert_eq!(
        read_line(&mut just.as_slice()).unwrap().unwrap().len(),
        LONGEST - 1
    );
    let mut cut = &b"one\ntwo"[..];
    assert_eq!(**read_line(&mut cut).unwrap().unwrap(), *b"one");
    assert!(read_line(&mut cut).unwrap().is_none());
}

proptest! {
    #[test]
    fn any_bytes_give_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Request::from_line(&bytes).is_err());
        prop_assert!(Reply::from_line(&bytes).is_err());
    }

    /// A request with one byte changed or cut off is read or refused, and never more than that.
    #[test]
    fn a_damaged_request_does_no_harm(at in any::<prop::sample::Index>(), byte: u8, cut: bool) {
        static LINE: std::sync::LazyLock<Vec<u8>> =
            std::sync::LazyLock::new(|| run_request().to_line().unwrap().to_vec());
        let mut line = LINE.clone();
        let at = at.index(line.len());
        if cut { line.truncate(at) } else { line[at] = byte }
        if let Ok(Request::Run { plan, secrets }) = Request::from_line(&line) {
            drop(validate::validate(&plan, &secrets));
        }
    }
}
