#!/usr/bin/env python3
"""Holds the console's keymap of every layout and variant against XKB's.

NixOS makes the console's map from the same layout by `ckbcomp` (`console.useXkbConfig`). For most
layouts every key then types in the console, where passphrases are asked for, what it types on the
desktop; this prints the others, a row each:

    LAYOUT TAB VARIANT TAB KEYS

KEYS are characters, four at most and those of ASCII first, that the console types otherwise or not
at all, or `none` where ckbcomp makes no map.

Usage: console.py ../keyboard/names.tsv > ../keyboard/console.tsv
Needs ckbcomp (Debian: console-setup) and libxkbcommon; both read the system's xkeyboard-config, and
what that does not have yet is left out.
"""

import concurrent.futures
import ctypes
import os
import subprocess
import sys

# Layouts that are not there yet are counted, not complained about.
os.environ["XKB_LOG_LEVEL"] = "critical"

# Keycodes of the keys that type characters: evdev's, which the console has too.
KEYS = [41, *range(2, 14), *range(16, 28), *range(30, 41), 43, 86, *range(44, 54), 57]
# Shift is bit 0 and AltGr bit 1 of the console's tables (keymaps(5)); levels of XKB in this order.
MODIFIERS = {"": 0, "shift": 1, "altgr": 2, "altgr shift": 3}

xkb = ctypes.CDLL("libxkbcommon.so.0")
for name in ("xkb_context_new", "xkb_keymap_new_from_names"):
    getattr(xkb, name).restype = ctypes.c_void_p
xkb.xkb_keymap_new_from_names.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int]
xkb.xkb_keymap_unref.argtypes = [ctypes.c_void_p]
xkb.xkb_keymap_key_get_syms_by_level.argtypes = [
    ctypes.c_void_p,
    ctypes.c_uint32,
    ctypes.c_uint32,
    ctypes.c_uint32,
    ctypes.POINTER(ctypes.POINTER(ctypes.c_uint32)),
]
xkb.xkb_keysym_to_utf32.restype = ctypes.c_uint32


class RuleNames(ctypes.Structure):
    _fields_ = [(part, ctypes.c_char_p) for part in ("rules", "model", "layout", "variant", "options")]


def desktop(layout, variant):
    """Characters by key and level; none if there is no such layout here."""
    names = RuleNames(b"evdev", b"pc104", layout.encode(), variant.encode(), b"")
    context = xkb.xkb_context_new(0)
    keymap = xkb.xkb_keymap_new_from_names(context, ctypes.byref(names), 0)
    if not keymap:
        return None
    characters = {}
    for key in KEYS:
        for level in range(3):
            found = ctypes.POINTER(ctypes.c_uint32)()
            count = xkb.xkb_keymap_key_get_syms_by_level(keymap, key + 8, 0, level, ctypes.byref(found))
            character = xkb.xkb_keysym_to_utf32(found[0]) if count == 1 else 0
            # In the third level only what a passphrase is likely to hold: @ and the like.
            if character >= 0x20 and character != 0x7F and (level < 2 or character < 0x7F):
                characters[key, level] = character
    xkb.xkb_keymap_unref(keymap)
    return characters


def console(layout, variant):
    """Characters by key and level as ckbcomp writes them; none if it fails."""
    command = ["ckbcomp", "-model", "pc104", "-layout", layout, "-variant", variant]
    ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode != 0 or not ran.stdout:
        return None
    characters = {}
    for line in ran.stdout.splitlines():
        head, _, symbols = line.partition("=")
        modifiers, there, key = head.partition("keycode")
        if not there or not key.strip().isdigit():
            continue
        symbols = symbols.split()
        words = modifiers.strip()
        for name, column in MODIFIERS.items():
            if not words and column < len(symbols):
                characters[int(key), column] = symbols[column]
            elif words == (name or "plain"):
                characters[int(key), column] = symbols[0]
    return characters


def differing(row):
    layout, variant = row
    wanted = desktop(layout, variant)
    if wanted is None:
        return None
    there = console(layout, variant)
    if there is None:
        return (layout, variant, "none")
    wrong = {
        character
        for (key, level), character in wanted.items()
        if there.get((key, level), "").lstrip("+").lower() != f"u+{character:04x}"
        and not chr(character).isspace()
    }
    return (layout, variant, " ".join(map(chr, sorted(wrong)[:4]))) if wrong else ()


def rows(path):
    layout = ""
    for line in open(path, encoding="utf-8"):
        kind, name, *_ = line.rstrip("\n").split("\t")
        if kind.rstrip("+") == "layout":
            layout = name
            yield layout, ""
        elif kind.rstrip("+") == "variant":
            yield layout, name


def main():
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = list(pool.map(differing, rows(sys.argv[1])))
    for row in found:
        if row:
            print("\t".join(row))
    missing = sum(row is None for row in found)
    right = sum(row == () for row in found)
    print(f"{len(found)} looked at, {right} right, {missing} not in this xkeyboard-config", file=sys.stderr)


main()
