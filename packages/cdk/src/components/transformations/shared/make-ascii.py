"""Writes ascii.gen.ts: AnyAscii's transliterations, by running it.  /path/to/reference/python make-ascii.py"""

import base64
import pathlib
import zlib

import anyascii

# The Basic Multilingual Plane, letters of mathematics, emoji. Rarer characters come to nothing.
RANGES = [(0x80, 0xD800), (0xE000, 0x10000), (0x1D400, 0x1D800), (0x1F000, 0x1FC00)]

parts, before = [], 0x7F
for start, end in RANGES:
    for code in range(start, end):
        text = anyascii.anyascii(chr(code))
        if not text:
            continue
        if code != before + 1:
            parts.append("\x01" + format(code - before - 1, "x"))
        parts.append(text)
        before = code

packed = base64.b64encode(zlib.compress("\n".join(parts).encode(), 9)).decode()
pathlib.Path(__file__).with_name("ascii.gen.ts").write_text(
    "// Made by make-ascii.py. Data of AnyAscii " + anyascii.__version__ + ", ISC licence, copyright Hunter WB (anyascii.com).\n"
    "/** Deflated, base64: a line a code point from U+0080 on; U+0001 and a hexadecimal number skip so many. */\n"
    f'export const TRANSLITERATIONS: string =\n  "{packed}";\n'
)
print(len(packed))
