"""Writes printable.gen.ts: the code points which Python's str.isprintable refuses.  python make-printable.py"""

import pathlib
import unicodedata

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def base36(number: int) -> str:
    text = ""
    while True:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
        if not number:
            return text


runs, end, code = [], 0, 0
while code < 0x110000:
    if chr(code).isprintable():
        code += 1
        continue
    start = code
    while code < 0x110000 and not chr(code).isprintable():
        code += 1
    runs += [base36(start - end), base36(code - start)]
    end = code

pathlib.Path(__file__).with_name("printable.gen.ts").write_text(
    f"// Made by make-printable.py: Unicode {unicodedata.unidata_version}, runs of printable and unprintable code points in turn.\n"
    f'export const RUNS: string =\n  "{" ".join(runs)}";\n'
)
