#!/usr/bin/env python3
"""Writes assets/location/formats.tsv from the locale data of glibc.

    formats.py glibc/localedata

How each locale of locales.tsv writes: name; date and time (the letters of strftime(3): d m y Y H I
M S e k l p and, where a date needs names, a A b B; the zone left out, other digits than Western
ones, too); decimal sign; sign between groups of digits and the size of these groups, from the right;
money: the same two signs, currency sign, its ISO 4217 code, where it stands (`<` before, `>` after,
then `_` for a space), digits after the decimal sign; A4 or Letter; metric or US measures; the first
day of the week, Sunday is 0; names for a, A, b, B and p as far as date and time need them, with `|`
between them and `;` between the lists. A locale that writes as the one before it has `=` and nothing else.
"""
import pathlib
import re
import sys

import locales as source

target = pathlib.Path(__file__).resolve().parent.parent / "location"
NAMES = {"a": "abday", "A": "day", "b": "abmon", "B": "mon", "p": "am_pm"}
COMPOUND = {"%T": "%H:%M:%S", "%R": "%H:%M", "%F": "%Y-%m-%d", "%D": "%m/%d/%y"}


def pattern(text, times):
    """strftime's letters without what hides them."""
    text = text.replace("//", "/").replace("%r", source.text(times, "t_fmt_ampm") or "%I:%M:%S %p")
    for short, long in COMPOUND.items():
        text = text.replace(short, long)
    text = re.sub(r"%[OE]([a-zA-Z])", r"%\1", text)
    text = text.replace("%C%y", "%Y").replace("%P", "%p").replace("%h", "%b")
    text = re.sub(r"\s*%[Zz]\s*", "", text)
    # `%-d` is a day without a zero before it, which is `%e` without the blank before it here.
    text = text.replace("%-d", "%e").replace("%-m", "%n").replace("%-", "%")
    return re.sub("[\u202a-\u202e]", "", text).strip()


def groups(value):
    sizes = [int(size) for size in (value or "-1").split(";") if size]
    return ",".join(str(size) for size in sizes if size > 0)


def names(kind, times):
    return "|".join(name for name in re.findall(r'"([^"]*)"', times.get(NAMES[kind], "")))


def row(name):
    file = name.replace(".UTF-8", "")
    times, numbers, money = (source.section(file, f"LC_{c}") for c in ("TIME", "NUMERIC", "MONETARY"))
    date, time = pattern(source.text(times, "d_fmt"), times), pattern(source.text(times, "t_fmt"), times)
    used = [kind for kind in NAMES if f"%{kind}" in date + time]
    first_day = 0
    week = times.get("week", "").split(";")
    if len(week) > 1 and week[1] == "19971201":
        first_day = 1
    first_day = (first_day + int(times.get("first_weekday", "1") or 1) - 1) % 7
    before = "<" if money.get("p_cs_precedes") == "1" else ">"
    between = "" if money.get("p_sep_by_space", "0") == "0" else "_"
    digits = money.get("frac_digits", "2")
    return [
        date,
        time,
        source.text(numbers, "decimal_point"),
        source.text(numbers, "thousands_sep"),
        groups(numbers.get("grouping")),
        source.text(money, "mon_decimal_point"),
        source.text(money, "mon_thousands_sep"),
        source.text(money, "currency_symbol"),
        source.text(money, "int_curr_symbol"),
        before + between,
        digits if digits.isdigit() else "2",
        "Letter" if source.section(file, "LC_PAPER").get("height") == "279" else "A4",
        "US" if source.section(file, "LC_MEASUREMENT").get("measurement") == "2" else "metric",
        str(first_day),
        ";".join(f"{kind}{names(kind, times)}" for kind in used),
    ]


lines, last = [], None
for name in sorted(source.supported()):
    this = row(name)
    lines.append(name + "\t=" if this == last else "\t".join([name, *this]).rstrip("\t"))
    last = this
(target / "formats.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
