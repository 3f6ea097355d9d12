//! The program as it is shipped: `cargo bench` itself builds one in which the tests' crates have switched
//! features on, and that is larger.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The program, built on the first call, which takes minutes.
pub(crate) fn nevado() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shipped");
        let status = Command::new(env!("CARGO"))
            .args(["build", "--release", "--locked", "--target-dir"])
            .arg(&target)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status();
        assert!(status.unwrap().success(), "the program is not built");
        target.join("release/nevado")
    })
}
