#!/usr/bin/env python3
"""Writes assets/keyboard/names.tsv from an installed xkeyboard-config.

    keyboard.py PREFIX/share/X11/xkb

Lines: `layout`, name, description, languages (ISO 639-3), countries (ISO 3166); below it `variant`,
name, description, languages; `group`, name, description, `one` or `many`; below it `option`, name,
description. A `+` after `layout` or `variant` marks what only the extra list has.
"""
import pathlib
import sys
import xml.etree.ElementTree as xml

source = pathlib.Path(sys.argv[1])
target = pathlib.Path(__file__).resolve().parent.parent / "keyboard"


def named(item):
    item = item.find("configItem")
    return item.findtext("name").strip(), item.findtext("description").strip(), item


def ids(item, path):
    return ",".join(element.text.strip() for element in item.findall(path))


base = xml.parse(source / "rules/evdev.xml").getroot()
extra = xml.parse(source / "rules/evdev.extras.xml").getroot()
layouts = {}
for mark, tree in (("", base), ("+", extra)):
    for layout in tree.iter("layout"):
        name, description, item = named(layout)
        # `custom` is a file that a person writes; there is none on a new system.
        if name == "custom":
            continue
        row = ["layout" + mark, name, description, ids(item, "languageList/iso639Id"), ids(item, "countryList/iso3166Id")]
        _, variants = layouts.setdefault(name, (row, []))
        known = {variant[1] for variant in variants}
        for variant in layout.iter("variant"):
            name, description, item = named(variant)
            if name not in known:
                variants.append(["variant" + mark, name, description, ids(item, "languageList/iso639Id")])
lines = []
for name, (row, variants) in sorted(layouts.items()):
    lines += [row] + sorted(variants, key=lambda variant: variant[1])
seen = set()
for tree in (base, extra):
    for group in tree.iter("group"):
        name, description, item = named(group)
        lines.append(["group", name, description, "many" if group.get("allowMultipleSelection") == "true" else "one"])
        for option in group.iter("option"):
            name, description, _ = named(option)
            if name not in seen:
                lines.append(["option", name, description])
                seen.add(name)
target.mkdir(exist_ok=True)
text = "\n".join("\t".join(line).rstrip("\t") for line in lines) + "\n"
(target / "names.tsv").write_text(text, encoding="utf-8")
