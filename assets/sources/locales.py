#!/usr/bin/env python3
"""Writes assets/location/locales.tsv from the locale data of glibc.

    locales.py glibc/localedata

Name as i18n.defaultLocale takes it, language and country (their codes), the language's own name,
the country's name in it, both in English, the language's code of three letters. Only what is supported in UTF-8.
"""
import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1])
target = pathlib.Path(__file__).resolve().parent.parent / "location"


def section(name, category):
    """The lines of one category, `copy` followed."""
    text = (source / "locales" / name).read_text(encoding="utf-8")
    escape = re.search(r"^escape_char\s+(\S)", text, re.M)
    comment = re.search(r"^comment_char\s+(\S)", text, re.M)
    escape, comment = (escape or ["", "\\"])[1], (comment or ["", "#"])[1]
    body = re.search(rf"^{category}\s*$(.*?)^END {category}", text, re.M | re.S)
    if not body:
        return {}
    body = body[1].replace(escape + "\n", "")
    words = {}
    for line in body.splitlines():
        line = line.strip()
        if not line or line.startswith(comment):
            continue
        key, value = re.split(r"\s+", line, maxsplit=1) if re.search(r"\s", line) else (line, "")
        if key == "copy":
            return section(value.strip('"'), category)
        words[key] = decode(value, escape)
    return words


def decode(value, escape):
    value = re.sub(r"<U([0-9A-F]{4,8})>", lambda m: chr(int(m[1], 16)), value)
    return value.replace(escape + '"', '"') if escape != "/" else value


def text(words, key):
    quoted = re.match(r'"([^"]*)"', words.get(key, ""))
    return quoted[1].strip() if quoted else ""


def supported():
    for line in (source / "SUPPORTED").read_text().splitlines():
        name, _, charset = line.rstrip(" \\").partition("/")
        if charset == "UTF-8":
            yield name


def file_of(name):
    return name.replace(".UTF-8", "")


def main():
    lines = ["\t".join(row(name)).rstrip("\t") for name in sorted(supported())]
    (target / "locales.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def row(name):
    address = section(file_of(name), "LC_ADDRESS")
    title = section(file_of(name), "LC_IDENTIFICATION")
    code = re.fullmatch(r"([a-z]+|C)(?:_([A-Z0-9]+))?(?:\.UTF-8)?(?:@\w+)?", name)
    english = text(title, "language")
    return [
        name,
        code[1],
        code[2] or "",
        text(address, "lang_name") or english,
        text(address, "country_name") or text(title, "territory"),
        english,
        text(title, "territory"),
        text(address, "lang_term"),
    ]


if __name__ == "__main__":
    main()
