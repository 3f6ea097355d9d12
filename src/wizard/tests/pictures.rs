//! Each page as it is known to look: light, dark, high contrast, German, Arabic, Japanese.
//!
//! A picture is stored with 256 colours, the frequent ones exactly, so that all of them together
//! stay small. One that is missing, or that nothing draws any more, fails. After a look at what has
//! changed, `NEVADO_PICTURES=renew cargo test --lib pictures` stores them anew.

use super::driver::recorded;
use super::network::house;
use super::states::{STATES, begins_at, reach};
use crate::engine::Speed;
use crate::i18n::{Language, Texts};
use crate::network::{Link, News};
use crate::plan::Seed;
use crate::wizard::page::network::{self, Pick};
use crate::wizard::page::{Page, welcome};
use crate::wizard::screenshot::{draw, outcome};
use crate::wizard::theme::Appearance;
use crate::wizard::{Engine, Message, Options, Watch, Wizard, fonts};
use iced::Size;
use std::collections::HashMap;
use std::path::PathBuf;

const WIDTH: u32 = 1024;
const HEIGHT: u32 = 600;

/// A Friday evening in 2026, in seconds since the first of January 1970.
const NOW: i64 = 1_795_800_000;

/// A pixel is another one where a channel differs by more than this.
const FAR: u8 = 64;

/// So many may be: a cursor that blinks and what few colours cost, and no more.
const FAR_PIXELS: usize = 120;

/// The mean difference of all channels, in thousandths: what few colours cost, and no more.
const MEAN: u64 = 900;

type Colour = [u8; 3];

/// What is drawn: name, appearance, language.
const LOOKS: [(&str, Appearance, Language); 6] = [
    ("light", Appearance::Light, Language::English),
    ("dark", Appearance::Dark, Language::English),
    ("contrast", Appearance::HighContrast, Language::English),
    ("german", Appearance::Light, Language::German),
    ("arabic", Appearance::Light, Language::Arabic),
    ("japanese", Appearance::Light, Language::Japanese),
];

/// What the side panel is seen beside: one page of cards, one of fields.
const WITH_FILES: [(&str, Page); 2] = [
    ("users-files", Page::Users),
    ("desktop-files", Page::Desktop),
];

/// In which looks: its text is code, which no language changes; and subvolumes stand as all fields do.
const FEW_LOOKS: [&str; 2] = ["light", "arabic"];

/// Subvolumes of a Fedora: the home folders stay, the system goes, a new one is made, and the row of the
/// partition with them is chosen, because nobody can start from it yet.
const SUBVOLUMES: (&str, Page) = ("partitions-subvolumes", Page::Partitions);

/// The pages in a look, some states of the last ones, and in few looks those that look otherwise once something
/// is known that no recorded computer has, or with `configuration.nix` beside them.
fn scenes(look: &str) -> impl Iterator<Item = (&'static str, Page)> + use<> {
    let states = STATES
        .into_iter()
        .filter(|(_, _, looks)| looks.contains(&look));
    let states: Vec<(&str, Page)> = states.map(|(name, page, _)| (name, page)).collect();
    let wifi = ("network-wifi", Page::Network);
    let few = FEW_LOOKS.contains(&look);
    let with_files = few.then_some(WITH_FILES);
    Page::ALL
        .map(|page| (page.name(), page))
        .into_iter()
        .chain(few.then_some(wifi))
        .chain(few.then_some(SUBVOLUMES))
        .chain(with_files.into_iter().flatten())
        .chain(states)
}

fn painted(scene: &str, page: Page, appearance: Appearance, language: Language) -> Vec<Colour> {
    fonts::install();
    let machine = match scene == SUBVOLUMES.0 {
        true => "table-found-fedora",
        false => "laptop-intel-windows",
    };
    let machine = recorded(machine);
    let preset = include_str!("../../../assets/demo/preset.toml");
    let mut preset = crate::preset::read(preset, "demo").unwrap();
    if scene == SUBVOLUMES.0 {
        let disk = include_str!("partitions-subvolumes.toml");
        preset.disk = crate::preset::read(disk, "subvolumes").unwrap().disk;
    }
    let options = Options {
        machine,
        preset: Some(preset),
        seed: Seed::new([7; 32]),
        engine: Engine::Replay(Speed::AT_ONCE),
        bus: None,
        replayed: true,
        begin_with_install: false,
        watch: Watch::default(),
    };
    let mut wizard = Wizard::new(&options);
    wizard.texts = Texts::new(language);
    wizard.appearance = appearance;
    wizard.draft.edit(|preset| welcome::apply(language, preset));
    if scene == "network-wifi" {
        show_networks(&mut wizard);
    }
    wizard.beside.is_open = scene.ends_with("-files");
    let (mut operations, messages) = outcome(wizard.go_to(begins_at(scene, page)));
    for message in messages {
        drop(wizard.update(message));
    }
    operations.extend(outcome(reach(scene, &mut wizard)).0);
    assert_eq!(wizard.page, page);
    wizard.now = NOW;
    let size = Size::new(WIDTH as f32, HEIGHT as f32);
    let pixels = draw(&wizard, operations, size, 1.0).unwrap();
    let (pixels, _) = pixels.as_chunks::<4>();
    pixels.iter().map(|[r, g, b, _]| [*r, *g, *b]).collect()
}

/// NetworkManager tells of a house among others, and the strongest network is chosen.
fn show_networks(wizard: &mut Wizard) {
    let network = house();
    let Some(Link::Wireless { heard }) = network.wireless().map(|device| &device.link) else {
        panic!("the house has a wireless device");
    };
    let pick = Pick::Heard(heard[0].ssid.clone(), heard[0].security);
    for message in [
        network::Message::News(News::Is(network.clone())),
        network::Message::Pick(pick),
    ] {
        drop(wizard.update(Message::Network(message)));
    }
}

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The 256 colours that stand for all: the most frequent ones, and the middles of what is left.
fn palette(pixels: &[Colour]) -> Vec<Colour> {
    let mut count: HashMap<Colour, u64> = HashMap::new();
    for pixel in pixels {
        *count.entry(*pixel).or_default() += 1;
    }
    let mut all: Vec<(u64, Colour)> = count.into_iter().map(|(c, n)| (n, c)).collect();
    all.sort_by(|a, b| b.cmp(a));
    let mut palette: Vec<Colour> = all.iter().take(128).map(|(_, c)| *c).collect();
    let mut middles: HashMap<Colour, (u64, [u64; 3])> = HashMap::new();
    for (n, colour) in all.iter().skip(128) {
        let middle = middles
            .entry(colour.map(|channel| channel >> 4))
            .or_default();
        middle.0 += n;
        for (sum, channel) in middle.1.iter_mut().zip(colour) {
            *sum += n * u64::from(*channel);
        }
    }
    let mut middles: Vec<(u64, [u64; 3])> = middles.into_values().collect();
    middles.sort_by(|a, b| b.cmp(a));
    let middle = |(n, sums): &(u64, [u64; 3])| sums.map(|sum| (sum / n) as u8);
    palette.extend(middles.iter().take(128).map(middle));
    palette
}

fn distance(a: Colour, b: Colour) -> u32 {
    let differences = a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b)));
    differences.map(|d| d * d).sum()
}

fn store(file: &PathBuf, pixels: &[Colour]) {
    let palette = palette(pixels);
    let mut known: HashMap<Colour, u8> = HashMap::new();
    let indices: Vec<u8> = pixels
        .iter()
        .map(|pixel| {
            *known.entry(*pixel).or_insert_with(|| {
                let nearest = palette.iter().enumerate();
                let nearest = nearest.min_by_key(|(_, colour)| distance(**colour, *pixel));
                nearest.unwrap().0 as u8
            })
        })
        .collect();
    let out = std::io::BufWriter::new(std::fs::File::create(file).unwrap());
    let mut encoder = png::Encoder::new(out, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::Best);
    encoder.set_filter(png::FilterType::NoFilter);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&indices).unwrap();
}

fn stored(file: &PathBuf) -> Vec<Colour> {
    let input = std::fs::File::open(file).unwrap_or_else(|error| {
        panic!(
            "{}: {error}. NEVADO_PICTURES=renew stores it.",
            file.display()
        )
    });
    let mut decoder = png::Decoder::new(std::io::BufReader::new(input));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size()];
    let frame = reader.next_frame(&mut bytes).unwrap();
    assert_eq!((frame.width, frame.height), (WIDTH, HEIGHT), "{file:?}");
    let (pixels, rest) = bytes.as_chunks::<3>();
    assert!(rest.is_empty(), "{file:?}");
    pixels.to_vec()
}

/// How many pixels are others, and the mean difference in thousandths.
fn difference(a: &[Colour], b: &[Colour]) -> (usize, u64) {
    let mut far = 0;
    let mut sum = 0;
    for (a, b) in a.iter().zip(b) {
        let channels = a.iter().zip(b).map(|(a, b)| a.abs_diff(*b));
        far += usize::from(channels.clone().any(|d| d > FAR));
        sum += channels.map(u64::from).sum::<u64>();
    }
    (far, sum * 1000 / (a.len().max(1) as u64 * 3))
}

fn is_alike((far, mean): (usize, u64)) -> bool {
    far <= FAR_PIXELS && mean <= MEAN
}

fn every_page_looks(look: usize) {
    let (name, appearance, language) = LOOKS[look];
    let renew = std::env::var_os("NEVADO_PICTURES").is_some_and(|value| value == "renew");
    let mut others = Vec::new();
    for (scene, page) in scenes(name) {
        let name = format!("{scene}-{name}.png");
        let file = folder("tests/pictures").join(&name);
        let now = painted(scene, page, appearance, language);
        if renew {
            store(&file, &now);
        }
        let differs = difference(&stored(&file), &now);
        if !is_alike(differs) {
            let to_see = folder("target/pictures");
            std::fs::create_dir_all(&to_see).unwrap();
            store(&to_see.join(&name), &now);
            others.push(format!("{name} {differs:?}"));
        }
    }
    assert!(
        others.is_empty(),
        "other than stored (pixels, mean difference in thousandths), now in target/pictures: {}",
        others.join(", ")
    );
}

#[test]
fn light() {
    every_page_looks(0);
}

#[test]
fn dark() {
    every_page_looks(1);
}

#[test]
fn high_contrast() {
    every_page_looks(2);
}

#[test]
fn german() {
    every_page_looks(3);
}

#[test]
fn arabic() {
    every_page_looks(4);
}

#[test]
fn japanese() {
    every_page_looks(5);
}

#[test]
fn nothing_is_stored_that_nothing_draws() {
    let drawn = |file: &str| {
        let names = LOOKS.iter().flat_map(|(look, ..)| {
            scenes(look).map(move |(scene, _)| format!("{scene}-{look}.png"))
        });
        names.into_iter().any(|name| name == file)
    };
    let files = folder("tests/pictures").read_dir().unwrap();
    let mut size = 0;
    for file in files.map(|file| file.unwrap()) {
        let name = file.file_name().into_string().unwrap();
        assert!(drawn(&name), "{name}");
        size += file.metadata().unwrap().len();
    }
    assert!(size < 3_000_000, "{size} bytes");
}

#[test]
fn a_page_that_looks_otherwise_is_noticed() {
    let light = painted("users", Page::Users, Appearance::Light, Language::English);
    let same = painted("users", Page::Users, Appearance::Light, Language::English);
    assert!(is_alike(difference(&light, &same)));
    let german = painted("users", Page::Users, Appearance::Light, Language::German);
    assert!(!is_alike(difference(&light, &german)));
    // A surface that is a shade darker, and nothing else.
    let shade = |pixel: &Colour| pixel.map(|channel| channel.saturating_sub(3));
    let darker: Vec<Colour> = light.iter().map(shade).collect();
    assert!(!is_alike(difference(&light, &darker)));
}
