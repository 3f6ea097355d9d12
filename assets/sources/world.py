#!/usr/bin/env python3
"""Writes assets/location/world.bin from the countries of Natural Earth at 1:110 million.

    world.py world-atlas/countries-110m.json glibc/localedata

The JSON is TopoJSON (npm package world-atlas): borders that two countries share are one line. They
are rounded to a twentieth of a degree, under a fifth of a pixel on a map 1300 pixels wide. glibc's
locales tell which number of ISO 3166 is which pair of letters.

Numbers are LEB128, signed ones as zigzag. The file: number of lines; per line the number of its
points, then longitude and latitude as the difference from the point before (the first from 0).
Number of countries; per country two letters (`--` for land of no code), the number of its rings; per
ring the number of its lines, then each line's number, or its complement (`!n`) if it runs backwards.
"""
import json
import pathlib
import re
import sys

PER_DEGREE = 20
# Countries that have no locale in glibc, and land that others claim too.
MORE_CODES = {
    8: "AL", 24: "AO", 10: "AQ", 44: "BS", 64: "BT", 84: "BZ", 90: "SB", 96: "BN", 108: "BI", 120: "CM",
    140: "CF", 148: "TD", 174: "KM", 178: "CG", 204: "BJ", 226: "GQ", 238: "FK", 260: "TF", 266: "GA",
    270: "GM", 275: "PS", 304: "GL", 324: "GN", 328: "GY", 332: "HT", 384: "CI", 388: "JM", 408: "KP",
    426: "LS", 430: "LR", 450: "MG", 454: "MW", 466: "ML", 478: "MR", 498: "MD", 508: "MZ", 516: "NA",
    540: "NC", 548: "VU", 562: "NE", 624: "GW", 626: "TL", 646: "RW", 694: "SL", 716: "ZW", 728: "SS",
    732: "EH", 740: "SR", 748: "SZ", 768: "TG", 780: "TT", 788: "TN", 795: "TM", 854: "BF", 894: "ZM",
    242: "FJ", 442: "LU", 598: "PG", 634: "QA", 706: "SO", 807: "MK", 834: "TZ", 860: "UZ", 887: "YE",
}

atlas = json.load(open(sys.argv[1]))
codes = dict(MORE_CODES)
for file in pathlib.Path(sys.argv[2], "locales").iterdir():
    text = file.read_text(encoding="utf-8")
    number = re.search(r"^country_num\s+(\d+)", text, re.M)
    letters = re.search(r'^country_ab2\s+"([A-Z]{2})"', text, re.M)
    place = re.fullmatch(r"[a-z]+_([A-Z]{2})(@\w+)?", file.name)
    # A few files carry another country's number.
    if number and letters and place and place[1] == letters[1]:
        codes.setdefault(int(number[1]), letters[1])


def leb(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def zigzag(number):
    return leb(number * 2 if number >= 0 else -number * 2 - 1)


(scale_x, scale_y), (shift_x, shift_y) = atlas["transform"]["scale"], atlas["transform"]["translate"]
out = bytearray(leb(len(atlas["arcs"])))
sizes = []
for arc in atlas["arcs"]:
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        point = (round((x * scale_x + shift_x) * PER_DEGREE), round((y * scale_y + shift_y) * PER_DEGREE))
        if not points or point != points[-1]:
            points.append(point)
    sizes.append(len(points))
    out += leb(len(points))
    last = (0, 0)
    for point in points:
        out += zigzag(point[0] - last[0]) + zigzag(point[1] - last[1])
        last = point
countries = atlas["objects"]["countries"]["geometries"]
out += leb(len(countries))
for country in countries:
    number = int(country.get("id", 0))
    code = codes.get(number, "--")
    if code == "--":
        print("no code:", country["properties"]["name"], number)
    polygons = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
    rings = [ring for polygon in polygons for ring in polygon]
    # A sliver that rounding has left without an inside is no land.
    rings = [ring for ring in rings if sum(sizes[n if n >= 0 else ~n] - 1 for n in ring) > 2]
    out += code.encode() + leb(len(rings))
    for ring in rings:
        out += leb(len(ring)) + b"".join(map(zigzag, ring))
target = pathlib.Path(__file__).resolve().parent.parent / "location"
(target / "world.bin").write_bytes(out)
