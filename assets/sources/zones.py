#!/usr/bin/env python3
"""Writes assets/location/zones.tsv and countries.tsv from an installed tzdata.

    zones.py /usr/share/zoneinfo

A zone of zone.tab: name, country, latitude and longitude in hundredths of a degree, TZ string of
POSIX for now and later, comment. Another zone: name, nothing, nothing, nothing, TZ string, nothing.
A link: name, `=`, what it stands for.
"""
import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1])
target = pathlib.Path(__file__).resolve().parent.parent / "location"
# Stands for "not chosen yet"; no place has it.
NO_ZONES = {"Factory"}


def rows(name):
    lines = (source / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def hundredths(text):
    """ISO 6709: sign, degrees, minutes, perhaps seconds."""
    sign = -1 if text[0] == "-" else 1
    digits = text[1:]
    degrees = len(digits) - (4 if len(digits) in (6, 7) else 2)
    parts = [digits[:degrees], digits[degrees:degrees + 2], digits[degrees + 2:] or "0"]
    whole, minutes, seconds = map(int, parts)
    return sign * round((whole + minutes / 60 + seconds / 3600) * 100)


def posix(name):
    """What a compiled zone ends with (RFC 9636, section 3.3)."""
    return (source / name).read_bytes().rstrip(b"\n").rsplit(b"\n", 1)[1].decode()


zones, links = set(), {}
for line in (source / "tzdata.zi").read_text().splitlines():
    if line.startswith("Z "):
        zones.add(line.split()[1])
    elif line.startswith("L "):
        _, to, name = line.split()
        links[name] = to
table = {}
for country, place, name, *comment in rows("zone.tab"):
    latitude, longitude = re.fullmatch(r"([+-]\d+)([+-]\d+)", place).groups()
    table[name] = (country, str(hundredths(latitude)), str(hundredths(longitude)), posix(name), "".join(comment))
for name in zones - NO_ZONES:
    table.setdefault(name, ("", "", "", posix(name), ""))
for name, to in links.items():
    while to in links and to not in table:
        to = links[to]
    table.setdefault(name, ("=", to))
target.mkdir(exist_ok=True)
lines = ["\t".join((name, *row)).rstrip("\t") for name, row in sorted(table.items())]
(target / "zones.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
lines = ["\t".join(row) for row in sorted(rows("iso3166.tab"))]
(target / "countries.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
