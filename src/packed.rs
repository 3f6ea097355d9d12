//! Files that are part of the program, deflated by the build script (`packaging/pack.rs`) and inflated
//! when they are first looked at: tables, texts and fonts are three megabytes, and a third less so.

/// A file of the project, by its path in it; the build script has to know of it.
macro_rules! packed {
    ($file:literal) => {
        $crate::packed::Packed::new(include_bytes!(concat!(env!("OUT_DIR"), "/", $file)))
    };
}
pub(crate) use packed;

use miniz_oxide::inflate::decompress_slice_iter_to_slice as inflate;

/// The length of a file in four bytes, the lowest first, and what deflate made of it.
#[derive(Clone, Copy)]
pub(crate) struct Packed(&'static [u8]);

impl Packed {
    pub(crate) const fn new(bytes: &'static [u8]) -> Self {
        Self(bytes)
    }

    /// What is in the file. Nothing would mean that the build script wrote something else, which a test
    /// rules out.
    pub(crate) fn bytes(self) -> Vec<u8> {
        let Some((length, deflated)) = self.0.split_first_chunk() else {
            return Vec::new();
        };
        let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or_default();
        let mut bytes = vec![0; length];
        match inflate(&mut bytes, [deflated].into_iter(), false, true) {
            Ok(written) if written == length => bytes,
            _ => Vec::new(),
        }
    }

    /// The text in the file.
    pub(crate) fn text(self) -> String {
        String::from_utf8(self.bytes()).unwrap_or_default()
    }

    /// The same for what is kept as long as the program runs, and made once.
    pub(crate) fn kept(self) -> &'static str {
        self.text().leak()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_comes_out_is_what_lies_in_the_project() {
        let text = packed!("assets/location/zones.tsv").text();
        assert_eq!(text, include_str!("../assets/location/zones.tsv"));
        let font = packed!("assets/fonts/NotoSansCJKjp-Regular.otf").bytes();
        let file = include_bytes!("../assets/fonts/NotoSansCJKjp-Regular.otf");
        assert!(font == file);
    }
}
