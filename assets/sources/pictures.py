#!/usr/bin/env python3
"""Writes assets/keyboard/keys.txt: what each key gives, for every layout and variant of names.tsv.

    pictures.py PREFIX/share/X11/xkb

Needs xkbcli and libxkbcommon (Debian: libxkbcommon-tools).

A line for each layout and variant, in the order of names.tsv: the number of the line that it is like
(from 0; itself if none), then for each key that differs a tab, the key's letter (A is the first of
KEYS) and what its levels give, a character each: alone, with Shift, with AltGr, with both. Nothing
is U+FFFC, a dead key U+E000 and its number in DEAD, Compose U+E0FF; nothing at the end is left out.
"""
import ctypes
import pathlib
import re
import subprocess
import sys

KEYS = (
    ["TLDE"] + [f"AE{n:02}" for n in range(1, 14)] + [f"AD{n:02}" for n in range(1, 13)]
    + [f"AC{n:02}" for n in range(1, 12)] + ["BKSL", "LSGT"] + [f"AB{n:02}" for n in range(1, 12)] + ["SPCE"]
)
# The dead keys of keysymdef.h by what they are drawn as; the rest has no sign of its own.
DEAD = (
    "grave acute circumflex tilde macron breve abovedot diaeresis abovering doubleacute caron cedilla "
    "ogonek iota voiced_sound semivoiced_sound belowdot hook horn stroke abovecomma abovereversedcomma "
    "doublegrave belowring belowmacron belowcircumflex belowtilde belowbreve belowdiaeresis "
    "invertedbreve belowcomma currency greek"
).split()
NOTHING, COMPOSE = "\ufffc", "\ue0ff"
LEVELS = 4

source = pathlib.Path(sys.argv[1]).resolve()
target = pathlib.Path(__file__).resolve().parent.parent / "keyboard"
xkb = ctypes.CDLL("libxkbcommon.so.0")


def character(symbol):
    if symbol.startswith("dead_"):
        name = {"perispomeni": "tilde", "psili": "abovecomma", "dasia": "abovereversedcomma"}.get(symbol[5:], symbol[5:])
        return chr(0xE000 + DEAD.index(name)) if name in DEAD else NOTHING
    if symbol == "Multi_key":
        return COMPOSE
    code = xkb.xkb_keysym_to_utf32(xkb.xkb_keysym_from_name(symbol.encode(), 0))
    return chr(code) if code >= 0x20 and code != 0x7F else NOTHING


def picture(layout, variant):
    command = ["xkbcli", "compile-keymap", "--include", source, "--rules", "evdev", "--model", "pc105"]
    text = subprocess.run([*command, "--layout", layout, "--variant", variant], check=True, capture_output=True, text=True).stdout
    text = text[text.index("xkb_symbols"):]
    cells = {}
    for name, body in re.findall(r"key <(\w+)>\s*\{(.*?)\};", text, re.S):
        if name not in KEYS:
            continue
        # `symbols[Group1]= [ … ]`, or only `[ … ]`.
        body = re.sub(r"actions\[\w+\]\s*=\s*\[.*?\]", "", body, flags=re.S)
        listed = re.search(r"\[([^\[\]]*)\]\s*(?:,|$|\s*\n)", re.sub(r"\w+\[\w+\]\s*=", "", body), re.S)
        levels = [level.strip() for level in re.split(r",(?![^{]*\})", listed[1])] if listed else []
        cell = "".join(character(level) if not level.startswith("{") else NOTHING for level in levels[:LEVELS])
        cells[name] = cell.rstrip(NOTHING)
    return [cells.get(key, "") for key in KEYS]


names = []
for line in (target / "names.tsv").read_text(encoding="utf-8").splitlines():
    kind, name = line.split("\t")[:2]
    if kind.startswith("layout"):
        layout = name
        names.append((layout, ""))
    elif kind.startswith("variant"):
        names.append((layout, name))
pictures, lines = [], []
for index, (layout, variant) in enumerate(names):
    this = picture(layout, variant)
    best, cost = index, [letter for letter in enumerate(this) if letter[1]]
    for other, that in enumerate(pictures):
        differs = [(key, cell) for key, (cell, old) in enumerate(zip(this, that)) if cell != old]
        size = lambda cells: sum(2 + len(cell.encode()) for _, cell in cells)
        if size(differs) < size(cost):
            best, cost = other, differs
    lines.append("\t".join([str(best)] + [chr(ord("A") + key) + cell for key, cell in cost]))
    pictures.append(this)
(target / "keys.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
