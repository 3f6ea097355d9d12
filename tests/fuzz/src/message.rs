//! Any bytes on the engine's socket, read as both ends read them: a line is refused, by its position
//! and without a word of it, or it is a message that can be written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nevado::engine::protocol::{BadMessage, LONGEST, Reply, Request, read_line};

fuzz_target!(|bytes: &[u8]| {
    let mut stream = bytes;
    while let Ok(Some(line)) = read_line(&mut stream) {
        assert!(line.len() < LONGEST && !line.contains(&b'\n'));
        match Request::from_line(&line) {
            Ok(request) => {
                let written = request.to_line().expect("a request can be written");
                let mut wire = written.as_slice();
                let again = read_line(&mut wire).expect("and read").expect("a whole line");
                let again = Request::from_line(&again).expect("the same request");
                assert_eq!(again.to_line().expect("twice"), written);
            }
            Err(BadMessage::NotUnderstood { column }) => assert!(column <= line.len()),
            Err(BadMessage::OtherVersion(_)) => {}
        }
        if let Ok(reply) = Reply::from_line(&line) {
            let written = reply.to_line().expect("a reply can be written");
            let text = written.strip_suffix(b"\n").expect("a line");
            Reply::from_line(text).expect("and read");
        }
    }
});
