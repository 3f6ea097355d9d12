#!/usr/bin/env python3
"""Writes the Arabic and Japanese fonts of assets/fonts, cut down to what the wizard writes.

    fonts.py NOTO-FOLDER...

Needs fontTools 4.68, and the unpacked files of Debian's packages fonts-noto-core, fonts-noto-extra and
fonts-noto-cjk (20201225 and 20220127). ../fonts/README.md says why 4.68, and how to do it again.
What people write themselves, their names above all, needs more than our texts: kana and the kanji of
JIS X 0208, level 1, in the regular weight. The heavier one has what our texts use. A test holds both
against the texts.
"""
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

folders = [pathlib.Path(folder) for folder in sys.argv[1:]]
assets = pathlib.Path(__file__).resolve().parent.parent
JAPANESE_FACE = 0  # of the collection: "Noto Sans CJK JP"
SEMIBOLD = 600


def source(name):
    return next(found for folder in folders for found in folder.rglob(name))


def letters_of(language):
    files = [assets.parent / "i18n" / language / "wizard.ftl"]
    files += [assets / table / f"names.{language}.tsv" for table in ("location", "keyboard")]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    return {ord(letter) for letter in text if letter > "\u02ff"}


def block(first, last):
    return set(range(first, last + 1))


def level_one():
    rows = range(16, 48)
    codes = (bytes([row + 0xA0, cell + 0xA0]) for row in rows for cell in range(1, 95))
    return {ord(kanji) for code in codes for kanji in code.decode("euc_jp", errors="ignore")[:1]}


def write(name, letters, target, number=-1, weight=None):
    font = TTFont(source(name), fontNumber=number)
    options = subset.Options()
    options.layout_features = ["*"] if "Arabic" in name else ["ccmp", "locl", "kern", "mark", "mkmk"]
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14, 16, 17]
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "STAT", "DSIG", "GDEF"] if "CJK" in name else ["DSIG"]
    cut = subset.Subsetter(options)
    cut.populate(unicodes=letters)
    cut.subset(font)
    if weight:
        font["OS/2"].usWeightClass = weight
    font.save(assets / "fonts" / target)
    print(target, (assets / "fonts" / target).stat().st_size, len(font.getBestCmap()))


arabic = block(0x0600, 0x06FF) | {0x200C, 0x200D, 0x200E, 0x200F, 0x25CC} | block(0x2066, 0x2069)
kana = block(0x3000, 0x303F) | block(0x3041, 0x30FF) | block(0xFF01, 0xFF60) | block(0xFFE0, 0xFFE6)
japanese = kana | level_one() | letters_of("ja")
write("NotoSansArabic-Regular.ttf", arabic, "NotoSansArabic-Regular.ttf")
write("NotoSansArabic-SemiBold.ttf", arabic, "NotoSansArabic-SemiBold.ttf")
write("NotoSansCJK-Regular.ttc", japanese, "NotoSansCJKjp-Regular.otf", JAPANESE_FACE)
# The family has no weight between; the bold one stands where semibold is asked for.
write("NotoSansCJK-Bold.ttc", kana | letters_of("ja"), "NotoSansCJKjp-SemiBold.otf", JAPANESE_FACE, SEMIBOLD)
