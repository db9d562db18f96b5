"""Writes yaml.json: what the reference's loader makes of texts in YAML.

Run: python make-yaml.py (in an environment with airbyte-cdk 7.39.1 and PyYAML 6.0.3; 6.0.4 decides by the identity of objects
in memory which of several merged keys wins)
"""

import datetime
import json
import random
from pathlib import Path

from airbyte_cdk.utils.yaml_loader import safe_load_yaml

WORDS = """yes no on off true false y n null ~ Yes YES yEs On OFF None nil undefined
0 7 -7 +7 00 007 -017 08 09.5 0o7 0x1F 0xfg 0x 0x_ -0x_f 0b10 0b2 0b_ 0b 1_000 1__0 _1 1_ 0_ 12345678901234567890 1:30 1:30:00 -1:30 1:5 1:60 0:30
1.5 1. .5 -.5 +.5 1.5e3 1.5e+3 1.5E-3 1e3 1e+3 .5e+1 1_0.0_1 1:30.5 .inf -.INF +.Inf .nan .NaN .NAN inf nan 1.2.3 1,5 1.0 -0 -0.0 0.
2021-02-03 2021-2-3 2021-02-30 0000-01-01 0099-02-29 0400-02-29 2021-13-01 2021-02-03T04:05:06 2021-02-03t4:05:06Z 2021-02-03T04:05:06.5 2021-02-03T04:05:06.1234567Z
2021-02-03T04:05:06+01:30 2021-02-03T04:05:06-0:30 2021-02-03T04:05:06+24:00 2021-02-03T04:05:06-00:00 2021-02-03T24:00:00 2021-02-03T04:60:06 2021-02-03T04:05 2021-02
= << <<< == < > - ? : . .. ... @a `a %a !a &a *a |a >a 'a 'a' "a" a'b #a a#b a:b a: :a ::a -a ?a {{x}} {a} [a] ,a a, a,b $a é 日本 😀""".split()

SPACED = ["2021-02-03 04:05:06", "2021-02-03  04:05:06 Z", "2021-02-03 04:05:06 +5", "2021-02-03 04:05:06.25 -07:00", "a # b", "a #b", "a: b: c", "1 2", "- a", "? a",
          "{{ config['a'] }}", "{{ a }} b", "{ a }", "a {{ b }}", "\"a\" b", "'a' 'b'", "a \"b\"", "http://a.b/c?d=e#f", "http://a.b #c", "! a", "! 7", "! '7'", "!", "!!str", "!!str 7",
          "!!int '7'", "!!int 7.5", "!!int _07", "!!int 0o17", "!!float 7", "!!float 1e3", "!!float x", "!!bool Yes", "!!bool 1", "!!null x", "!!str yes", "!!str [7]", "!!map {a: 1}",
          "!!map [1]", "!!seq [1]", "!!seq x", "!!timestamp 2021-02-03", "!!timestamp x", "!!binary aGk=", "!!set {a}", "!!omap [a: 1]", "!a b", "!<tag:yaml.org,2002:int> 7", "&a 7", "&a",
          "&a !!str 7", "!!str &a 7", "&a &b 7", "!!str !!int 7", "*a", "a\tb", "a \t# b", "\ta", "a\t"]

TEXTS = {
    "merges": [
        "a: &a {p: 1, q: 2}\nb:\n  <<: *a\n  q: 3\n  r: 4", "a: &a {p: 1, q: 2}\nb:\n  q: 3\n  <<: *a", "a: &a {p: 1}\nb: &b {p: 2, q: 2}\nc: {<<: [*a, *b]}", "a: &a {p: 1}\nb: &b {p: 2, q: 2}\nc: {<<: [*b, *a], p: 3}",
        "x: {<<: {pp: 1}, <<: {pp: 2}}", "x: {<<: {pp: 1, pp: 2}}", "x: {<<: [{pp: 1, qq: 1}, {pp: 2, rr: 2}], <<: {pp: 3}}", "a: &a {pp: 1, qq: 1}\nb: &b {<<: *a, pp: 2}\nc: {<<: *b, rr: 3}\nd: {<<: [*b, *a]}\ne: {<<: [*a, *b]}",
        "x: {<<: {pp: {a: 1}}, pp: {b: 2}}", "x: {<<: {<<: {pp: 1}}}", "x: {<<: {}}", "x: {<<: []}", "x: {<<: [[]]}", "x: {<<: a}", "x: {<<: }", "x:\n  <<:\n  a: 1", "x: {<<: ~}", "x: {<<: *y}", "'<<': {a: 1}", "\"<<\": 1", "!!str <<: {a: 1}",
        "<<: {a: 1}", "[<<: {a: 1}]", "[<<: 1]", "[<<]", "{<<}", "- <<", "? <<\n: {a: 1}", "a: <<", "a: =", "=: 1", "- =", "[=]", "{=: =}", "a: &a {p: 1}\n<<: *a\np: 2\n<<: {p: 3, q: 4}",
        "a: &a\n  p: &p [1]\nb:\n  <<: *a\n  q: *p", "base: &base\n  type: HttpRequester\n  url_base: x\none:\n  <<: *base\n  path: /one\ntwo:\n  path: /two\n  <<: *base\n  url_base: y",
    ],
    "anchors": [
        "a: &x 1\nb: *x", "a: &x\n  b: 1\nc: *x\nd: *x", "a: &x 1\nb: &x 2", "&x a: &x b", "a: *x\nb: &x 1", "a: &x [*x]", "a: &x {b: *x}", "&a a: b\nc: *a", "? &a a\n: b\n*a : c", "a: b\n*a: c", "&x a: 1\n*x : 2",
        "a: &x-1_y 1\nb: *x-1_y", "a: &x: 1", "a: &x, 1", "a: [&x 1, *x, &y , *y]", "{&x a: &y b, *x : *y}", "a: &x\nb: *x", "a: &x |\n  t\nb: *x", "a: &x\n  - 1\nb: *x", "a: &x\n- 1\nb: *x", "- &x\n- *x", "- &x a: 1\n  b: 2\n- *x",
        "&x\na: 1", "&x\n- 1", "&x [1]", "a: &x 'b'\nc: *x", "a: &x ~\nb: *x", "a: *", "a: &", "a: & b", "a: *x b", "a: &x *x", "a: &x 1\nb: &y *x", "a:\n  &x\n  b: 1\nc: *x", "a:\n  &x b: 1\nc: *x", "a:\n&x b: 1",
    ],
    "keys": [
        "a: 1\na: 2", "a: 1\nb: 2\na: 3", "{a: 1, a: 2}", "a:\n  b: 1\n  b: 2", "200: a\n404: b", "1.0: a", "1.5: a", "true: a\nfalse: b", "yes: a\nno: b", "on: a", "~: a", "null: a", "'1': a", "0x10: a", "1:30: a", "2021-02-03: a", "2021-02-03 04:05:06: a",
        "? a\n: b", "? a\n? b", "? a", "?\n: b", "? a\n  b\n: c", "? a\n : b", "? a\n  : b", "- ? a\n  : b", "- ? a\n : b", "? - a\n: b", "? {a: b}\n: c", "[a]: b", "{a: b}: c", "? |\n  a\n: b", "? 'a'\n: b", "? a : b", ": a", "a:\n  : b", "{: a}", "{a}", "{a, b: 1}",
        "{a: }", "{a: , b: }", "{? a : b}", "{? a}", "{?}", "[?]", "[? a : b]", "[a: b]", "[a: b, c: d]", "[: a]", "[a b: c d]", "a b: c", "a  b : c", "'a b': c", "\"a\\tb\": c", "'a\n  b': c", "{a\n b: c}", "{'a\n b': c}", "{a\n : b}", "{a:\n b}", "[a\n: b]", "a\n: b", "a\nb: c",
        "a: 1\n b: 2", " a: 1\nb: 2", " a: 1\n b: 2", "a: 1\n\n\nb: 2", "a:b", "a:b: c", "a: b:c", "a :b", "a : b", "a# : b", "a #: b", "-a: b", "- a: b", "?a: b", "$ref: '#/a'", "\"$ref\": a", "a.b-c_d: e", "日本: 1", "__proto__: 1\nconstructor: 2", "x" * 1000 + ": 1", "x" * 1025 + ": 1",
    ],
    "blocks": [
        "a:\n  b:\n    c: 1\n  d: 2\ne: 3", "a:\n- 1\n- 2", "a:\n  - 1\n  - 2\nb: 3", "a:\n- 1\nb:\n- 2", "- a\n-\n  b\n- - c\n  - d\n-   - e", "- a: 1\n  b: 2\n-\n  a: 3", "- a:\n  - 1\n  b: 2", "- a:\n    - 1\n    b: 2", "a:\n  b: 1\n c: 2", "a:\n    b: 1\n  c: 2", "- a\n - b", "- a\nb: 1", "a: 1\n- b",
        "a: - 1", "a: b\n  - c", "a:\n  - b\n  c", "a:\n\n\n  b: 1", "a:\n# c\n  b: 1", "a:\n  # c\n  b: 1 # d\n  # e\n# f\nc: 2", "# a\n---\n# b\na: 1", "a: #\n  b", "a:#b", "a: #b", "- #b", "a:\n", "a: ", "-", "- ", "-\n-", "- - -", "--- a", "---\na: 1", "--- # c\na: 1", "--- {a: 1}", "--- a: 1", "---\n...", "...", "a: 1\n...", "a: 1\n...\n# c\n",
        "a: 1\n...\nb: 2", "a: 1\n---\nb: 2", "a: 1\n---", "---\n---\na", "%YAML 1.1\n---\na: 1", "%YAML 1.2\n---\na: 1", "%YAML 2.0\n---\na: 1", "%YAML 1.1\na: 1", "%FOO bar\n---\na", "# only", "", "\n\n", " ", "\ufeffa: 1", "\ufeff---\na: 1", "\ufeff", "a: 1\n\ufeff", "a: \ufeffb", "a: b\ufeffc",
        "a: 1\r\nb: 2\r\n", "a:\r\n  b: |\r\n    c\r\n    d\r\n", "a: 1\rb: 2", "a: b\r  c", "a: |\r  b\r  c\r", "a: 1\n---\r", "a\u2028b", "a: b\u0085c: d", "a: \u00a0b", "a: b\u00a0", "a: \x07", "a: \x7f", "a: \"\x00\"", "a: \ud7ff\ue000", "a: \ufffe",
    ],
    "tabs": [
        "\ta: 1", "a:\n\tb: 1", "a:\n  b: 1\n\tc: 2", "a:\tb", "a:\t'b'", "a:\t[b]", "a:\t- b", "-\ta", "-\t- a", "-\ta: b", "- \ta", "?\ta", "a: b\t", "a: b\t# c", "a: b\n\t\nc: d", "a: b\n  \t\nc: d", "a: b\n  \t\n  c", "a: b\n\tc", "a: b\n  \tc", "a: 'b'\n \t\nc: d", "a:\n \t\n  b: 1",
        "a: 1\n\t", "a: |\n  b\n\t\n  c", "a: |\n  b\n  \tc", "a: |\n\tb", "a: |\t\n  b", "a: >\n  b\n  \tc\n  d", "[a,\tb]", "[\ta\t]", "{a:\tb}", "{\ta: b}", "[a,\n\tb]", "{\n\ta: b\n}", "a: \"b\tc\"", "a: 'b\n\tc'", "a\t: b", "'a'\t: b", "- a\n \t\n- b", "# c\n\t# d\na: 1", "a: 1\n\t# c\nb: 2", "a: 1\t\n",
    ],
    "plain": [
        "a: b c", "a: b\n  c", "a:\n  b\n  c", "a: b\n\n  c", "a: b\n\n\n  c\n  d", "a: b\nc", "a: b\n c\nd: e", "a: b # x\n  c", "a: b\n  # x\n  c", "a: b\n  #x", "a: b\n  c: d", "a: b\n  c:d", "a:\n  b\n c", "- a\n  b\n- c", "- a\nb", "a\nb\nc", "a: b -\n  - c", "a: b\n  - c\nd: 1", "a: b\n  ? c", "a: b\n  'c'", "a: b\n  |\n  c",
        "a: b\n  --- c", "a: b\n---", "a: b    \n     c   ", "a: b,c [d] {e}", "a: b] c", "a: b} c", "a: ]", "a: }", "a: ,", "a: ,b", "a: b:\n  c", "a: b:", "a: :b", "a: 'b", "a: b'", "a: it's", "a: 50%", "a: %50", "a: a@b", "a: @b", "a: `b`", "a: b`c", "a: b\\nc", "a: *b", "a: &b", "a: !b", "a: -", "a: - -", "a: -1 -", "a: ?", "a: ? b", "a: ?b", "a: |b", "a: >b",
        "a: {{ b }}", "a: {{ b['c'] }}", "a: \"{{ b }}\"", "a: {{b}}c", "a: [{{ b }}]", "a: b {{ c: d }}", "a: {% if b %}c", "a: x{{ b }}",
    ],
    "quoted": [
        "a: 'b'", "a: ''", "a: 'it''s'", "a: ''''", "a: 'b\\n'", "a: 'b\n  c'", "a: 'b\n\n  c'", "a: '  b  '", "a: ' b\n   c '", "a: 'b\nc'", "a: 'b' c", "a: 'b' # c", "a: 'b'#c", "a: 'b\n# c'", "a: 'b", "a: 'b\nc: d", "a: \"b\"", "a: \"\"", "a: \"b\\\"c\"", "a: \"b\\\\c\"", "a: \"\\t\\n\\r\\0\\a\\b\\e\\f\\v\\_\\N\\L\\P\\ \\/\"", "a: \"\\x41\\u00e9\\U0001F600\"", "a: \"\\ud83d\\ude00\"",
        "a: \"\\x4\"", "a: \"\\u12\"", "a: \"\\U00110000\"", "a: \"\\q\"", "a: \"\\'\"", "a: \"\\d+\"", "a: \"b\n  c\"", "a: \"b\n\n  c\"", "a: \"b\\\n  c\"", "a: \"b \\\n  \\  c\"", "a: \"b\\n\n  c\"", "a: \"  b\n  \"", "a: \"b\\  \n  c\"", "a: \"b\n---\nc\"", "a: \"b\n...\"", "a: \"b", "a: \"b\" \"c\"", "'a'", "\"a\"\n", "\"a\": \"b\"", "a: \"b\"c", "- 'a'\n- \"b\"", "a:\n  'b'", "a:\n'b'",
    ],
    "literal": [
        "a: |\n  b\n  c\n", "a: |\n  b\n  c", "a: |-\n  b\n\n", "a: |+\n  b\n\n", "a: |\n  b\n\n\nc: 1", "a: |+\n  b\n\n\nc: 1", "a: |-\n  b\n\n\nc: 1", "a: |\n    b\n   c\n", "a: |\n    b\n      c\n    d", "a: |2\n    b\n   c", "a: |1\n  b", "a: |1-\n  b", "a: |-1\n  b", "a: |0\n b", "a: |10\n b", "a: |3\n  b", "a: |++\n b", "a: | b", "a: | # c\n  b", "a: |# c\n  b", "a: |\n\n  b", "a: |\n   \n  b",
        "a: |\n  \n   \n  b", "a: |\n", "a: |", "a: |-", "a: |+\n\n", "a: |\nb: 1", "a: |\n  # b\n  c # d\n # e\nf: 1", "a: |\n  b\n # c", "a: |\n  b: c\n  - d", "- |\n  a\n- |\n b", "- a: |\n    b\n  c: d", "|\n a\n b", "|\na", "--- |\na", "a: |\n  b\n...", "a: |\n  b\n c", "a: !!str |\n  1", "a: &x |-\n  b\nc: *x", "a:\n  |\n  b", "a:\n|\n b", "-\n |\n a", "a: |\n  b   \n  c", "{a: |\n  b}", "[|\n a]",
    ],
    "folded": [
        "a: >\n  b\n  c\n", "a: >\n  b\n\n  c\n", "a: >\n  b\n\n\n  c\n", "a: >-\n  b\n  c\n\n", "a: >+\n  b\n\n\n", "a: >\n  b\n    c\n  d", "a: >\n  b\n\n    c\n\n  d", "a: >\n    b\n  c", "a: >\n\n  b\n  c", "a: >\n  b \n  c", "a: >\n  b\n   \n  c", "a: >\n  - b\n  - c", "a: >\n  b\n  # c", "a: >2\n    b\n  c", "a: >2-\n    b", "a: >\n", "a: >-\nb: 1", "- >\n a\n b\n-  >\n  c", "a: >\n  b\n\n\nc: 1", "a: >-\n  b\n\n  \n  c\n\n",
        "> \n a\n b", "a: >x", "a: >\n  {{ b }}\n  {{ c }}\n",
    ],
    "flow": [
        "[]", "{}", "[a]", "[a, b]", "[a, b,]", "[a,, b]", "[,]", "[, a]", "{,}", "{a: 1,}", "{a: 1 b: 2}", "[a b]", "[a\n b]", "[a, [b, {c: d}]]", "{a: [b], c: {d: e}}", "{a: b\n, c: d}", "[a # c\n, b]", "[a #c, b]", "[a#c, b]", "[a: b: c]", "[a:b]", "{a:b}", "{a:1}", "{'a':1}", "{\"a\":1}", "{\"a\":b,'c':d}", "{a:{b:1}}", "{a:[b]}", "[{a:b}:c]",
        "{\"a\": 1, \"b\": [true, null, 1.5e3]}", "{\n  \"a\": {\n    \"b\": []\n  }\n}\n", "[http://a.b]", "[http://a.b, c]", "{a: http://a.b}", "{a: b?c=d&e=f}", "[a?]", "[-]", "[-1, - 2]", "[- a]", "[a, -b]", "[a]b", "[a] b", "{a: b} c", "a: [b] c", "a: [b\nc]", "a: [\nb\n]", "a: {\nb: c\n}", "a:\n  [b,\n c]", "a: [b", "a: {b: c", "a: [b}", "a: {b]", "a: [b, c: [d]", "[[[[]]]]", "[!]", "[! , a]", "[!!str 1, !!int '2']", "[&a , *a]", "[*a]", "[@a]", "[%a]", "[|a]",
        "[---]", "[...]", "[a,\n---\n]", "{a: |}", "[a: ]", "[:]", "[::]", "[:a]", "{:a}", "{a::b}", "{a: :b}", "{a: 'b' c}", "{a: {{ b }}}", "['a', \"b\"]", "['a' 'b']", "[a, 'b\n c']", "[2021-02-03, yes, 0x1F, ~, ]",
    ],
}


def loadable(value):
    """Whether JSON has words for a value. Keys become texts there; two of one text are none of its business."""
    if isinstance(value, dict):
        return all(map(loadable, value.values())) and len({name(key) for key in value}) == len(value)
    if isinstance(value, list):
        return all(map(loadable, value))
    return value is None or isinstance(value, (str, bool, int, float, datetime.date))


def name(key):
    if isinstance(key, datetime.date):
        return key.isoformat()
    return key if isinstance(key, str) else json.dumps(key)


def plain(value):
    if isinstance(value, dict):
        return {name(key): plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return list(map(plain, value))
    return value.isoformat() if isinstance(value, datetime.date) else value


def row(text):
    try:
        # The reference reads files as text, in which Python makes every line break a line feed.
        value = safe_load_yaml(text.replace("\r\n", "\n").replace("\r", "\n"))
        return [text, json.dumps(plain(value)) if loadable(value) else None]
    except Exception:
        return [text, None]


PIECES = ["a", "b: ", "c:\n", "- ", "\n", "\n  ", "\n    ", "  ", ": ", "? ", "'q'", "\"d\"", "# c", " #", "[", "]", "{", "}", ", ", "|\n", ">-\n", "|2\n", "&x ", "*x", "!!str ", "! ", "<<: ", "7", "~", "yes", "1.5", "\\", "'", "\"", "...\n", "--- ", "x\n  y\n"]


def mutated(count, seed):
    """Texts of the tables, each with one piece more or one character less."""
    random_ = random.Random(seed)
    texts = [text for family in TEXTS.values() for text in family if len(text) < 60]
    out = []
    for _ in range(count):
        text = random_.choice(texts)
        at = random_.randint(0, len(text))
        out.append(text[:at] + (random_.choice(PIECES) + text[at:] if random_.random() < 0.7 else text[at + 1 :]))
    return out


# Here the reference refuses, or reads, what one of its two loaders does not: a text is read here as the one does that takes it.
tables = {"scalars": [row(f"a: {word}") for word in WORDS + SPACED] + [row(f"- {word}") for word in WORDS]}
tables |= {family: [row(text) for text in texts] for family, texts in TEXTS.items()}
tables["mutated"] = [row(text) for text in mutated(400, 11)]


def lines(rows):
    return "[\n" + ",\n".join(json.dumps(each) for each in rows) + "\n]"


if __name__ == "__main__":
    Path(__file__).with_name("yaml.json").write_text(
        "{\n" + ",\n".join(f"{json.dumps(family)}: {lines(rows)}" for family, rows in tables.items()) + "\n}\n"
    )
