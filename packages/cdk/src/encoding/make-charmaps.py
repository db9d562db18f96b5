"""Writes charmaps.gen.ts: Python's one-byte encodings, and the other names of all that are known.  python make-charmaps.py"""

import codecs
import encodings
import encodings.aliases
import json
import pathlib
import pkgutil

LOWER = "".join(map(chr, range(128)))
# Encodings of other kinds, which text-decoder.ts knows by these names.
OTHERS = {
    "ascii", "latin_1", "utf_8", "utf_8_sig", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be",
    "big5", "big5hkscs", "cp932", "cp949", "cp950", "euc_jp", "euc_kr", "gb18030", "gb2312", "gbk", "iso2022_jp", "shift_jis",
}
NOT_CHARMAPS = {"charmap", "latin_1", "iso8859_1", "raw_unicode_escape", "unicode_escape", "cp932"}


def charmap(name: str) -> str | None:
    """The characters of bytes 0 to 255, U+FFFD for one that is none; None for another kind of encoding."""
    characters = [bytes([byte]).decode(name, "replace") for byte in range(256)]
    single = all(len(each) == 1 for each in characters) and set(characters[128:]) != {"\ufffd"} and all(
        bytes([first, 65]).decode(name, "replace") == characters[first] + characters[65] for first in range(128, 256)
    )
    return "".join(characters) if single else None


maps = {}
for module in pkgutil.iter_modules(encodings.__path__):
    name = module.name
    if name in OTHERS | NOT_CHARMAPS | {"aliases", "mbcs", "oem", "undefined", "idna", "punycode"}:
        continue
    if not codecs.lookup(name)._is_text_encoding or (characters := charmap(name)) is None:
        continue
    maps[name] = characters[128:] if characters[:128] == LOWER else characters

aliases = {alias: name for alias, name in sorted(encodings.aliases.aliases.items()) if name in OTHERS | maps.keys()}
aliases["iso8859_1"] = "latin_1"

lines = ["// Made by make-charmaps.py.", "/** Name to the characters of its bytes 128 to 255, or 0 to 255; U+FFFD is no character. */"]
lines += ["export const CHARMAPS: Readonly<Record<string, string>> = {"]
lines += [f"  {name}: {json.dumps(text, ensure_ascii=False)}," for name, text in sorted(maps.items())]
lines += ["};", "/** Other names of encodings, in Python's normal form. */", "export const ALIASES: Readonly<Record<string, string>> = {"]
lines += [f"  {json.dumps(alias)}: {json.dumps(name)}," for alias, name in aliases.items()]
pathlib.Path(__file__).with_name("charmaps.gen.ts").write_text("\n".join([*lines, "};", ""]))
print(len(maps), "charmaps,", len(aliases), "aliases")
