"""Writes json.json: what Python makes of JSON texts.  /path/to/reference/python make-json.py"""

import itertools
import json
import operator
import pathlib
import random
import struct

import orjson

random.seed(7)

VALUES = [
    "null", "true", "false", "0", "-0", "7", "-12", "9007199254740991", "9007199254740992", "-9007199254740993",
    "123456789012345", "1234567890123456", "18446744073709551615", "18446744073709551616", "1" + "0" * 400, "[1234567890123456]",
    "1.0", "-1.0", "-0.0", "0.0", "0e5", "1e5", "1E5", "1e+5", "1e-5", "1.5", "1.50", "2.5e3", "1e16", "1e15", "1e22", "1e21", "-1e300",
    "123456789012345678.0", "0.1", "0.0001", "0.00001", "1.25e-7", "5e-324", "1e400", "-1e400", "1.7976931348623157e308", "2.2250738585072014e-308",
    "1.0000000000000001", "1.00000000000000000001", "9007199254740993.5", "4503599627370497.5", "0.30000000000000004",
    "100.0", "1e0", "10.0e-1", "12345678901234567890.123", "1.10", "3.00", "3.001", "0.5e1", "123.456e2",
    "NaN", "Infinity", "-Infinity", "[NaN, Infinity, -Infinity]", '{"a": NaN}',
    '""', '"a"', '"it\'s"', '"say \\"hi\\""', '"it\'s \\"both\\""', '"back\\\\slash"', '"\\n\\r\\t\\b\\f\\/"', '"\\u0000\\u001f\\u007f\\u0080\\u009f\\u00a0"',
    '"\\u00ad\\u200b\\u2028\\u2029\\ufeff\\u3000\\ue000\\uffff"', '"é日😀"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\ude00\\ud83d"', '"\\U"'.replace("\\U", "\\u0041\\u004A"),
    '"\U000e0001\U0010ffff\U0001f9ff\U00031350"', '"\u0378\u0530\u1680"', '"\x7f"', '"\u2028\u2029"', '"a\\u0000"',
    "[]", "[ ]", "{}", "{ }", "[1]", "[1, 2.0, null]", "[[[]]]", '{"a": 1}', '{"a": {"b": [1, {"c": null}]}}',
    '{"b": 1, "a": 2}', '{"10": 1, "9": 2, "a": 3}', '{"a": 1, "10": 2, "2": 3}', '{"a": 1, "a": 2}', '{"b": 0, "a": 1, "b": 2}', '{"10": 1, "2": 2, "10": 3}',
    '{"__proto__": 1}', '{"a": 1, "__proto__": {"x": 1}, "b": 2}', '{"constructor": 1, "toString": 2, "toJSON": 3, "hasOwnProperty": 4}',
    '{"": 1}', '{"4294967294": 1, "4294967295": 2, "1": 3}', '{"01": 1, "1": 2}', '{"-1": 1, "1": 2, "0": 3}', '{"1.5": 1, "1": 2}', '{"é": "é", "\\u00e9\\n": 1, "😀": 2, "\\uffff": 3}',
    ' \t\n\r[1 , 2 ] \n', '{ "a" : 1 , "b" : [ ] }', '"1234567890123456789"', '{"1234567890123456789": "10:30, 12345678901234567890"}', '[1.0, 2.00, 10.0]', '{"a":1.0}', '{"a": "x:1.0,"}',
    '"' + "long " * 50 + '"', '{"a":"b","c":["d","e"]}', '["\\\\", "\\\\\\"", "a\\\\"]',
]

FAULTS = [
    "", " ", "\n\n ", "x", "nul", "nulll", "tru", "True", "undefined", "[", "[1", "[1,", "[1,]", "[,]", "[1 2]", "[1]]", "]", "{", '{"', '{"a', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}',
    '{"a":1, }', '{"a" 1}', "{a:1}", "{'a':1}", '{"a":1 "b":2}', '{"a":,}', '{1:2}', "{,}", '{"a":1}}', '{"a":1} x', '1 2', "1,", "01", "-", "-a", "+1", ".5", "1.", "1.e5", "1e", "1e+", "[1.]", "[-]", "--1", "0x10", "1_000", "[01]",
    "-Infinit", "Infinit", "+Infinity", "nan", "NaNN", "[NaN", "-NaN", '"', '"abc', '"a\nb"', '"a\tb"', '"\x00"', '"\\', '"\\x"', '"\\u"', '"\\u12"', '"\\u12g4"', '"\\u 123"', '"\\u123', '"\\u1234', '"\\ud83d\\u"', '"\\ud83d\\uzzzz"', '["a\\q"]', '"\\u+123"', '"\\u0x1f"',
    '[\n1,\n2 3]', '{\n "é😀": 1,\n "😀" 2}', '["😀😀" x]', "\ufeff{}", " \ufeff{}", "[1]\ufeff", "\u00a0[1]", "[1,\u20282]", "\x0b1", "[1,\n\n]", '{"a":\n}', "/* c */ 1", "[1] // c", "'a'", "\x00", "1\x00", '{"a":1;"b":2}', '{"a"=1}', "[true false]", "[nul]", '"a" "b"', '{"a":"b}', "[[[", '[{"a":[', '{"a":{"b":1,,}}',
    "[" * 60 + "1", "\U0001f600", '"\\ud83d', '[1e5x]', "[1.5.5]", "[1-2]", "truefalse", '{"a":truex}', '[""""]', '"\\\n"', "[1\u00e9]",
]


def outcome(text):
    try:
        return {"repr": repr(json.loads(text))}
    except ValueError as error:
        return {"error": str(error)}


def orjson_text(value):
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return None  # integers past 64 bits, lone surrogates: the reference then prints json.dumps' form


def printed(text):
    value = json.loads(text)
    return {
        "text": text,
        "str": str(value),
        "truthy": bool(value),
        "dumps": json.dumps(value),
        "sorted": json.dumps(value, sort_keys=True),
        "unescaped": json.dumps(value, ensure_ascii=False),
        "compact": json.dumps(value, separators=(",", ":")),
        "stdout": orjson_text(value),
    }


PAIRED = [
    "null", "true", "false", "0", "1", "-1", "1.0", "0.0", "-0.0", "1.5", "NaN", "Infinity", "9007199254740993", "9007199254740992.0", "9007199254740992", "18446744073709551616", "18446744073709551616.0", "1e400",
    '""', '"a"', '"b"', '"ab"', '"\\uffff"', '"😀"', '"\\ud83d"', '"😁"', '"\\ud83dz"', '"\\ud83d\\uffff"', "[]", "[1]", "[1.0]", "[true]", "[1, 2]", '[1, "a"]', "[[]]", "[null]", "[NaN]", "{}", '{"a": 1}', '{"a": 1.0}', '{"a": 1, "b": 2}', '{"b": 2, "a": true}', '{"10": 1, "2": 2}', '{"2": 2, "10": 1}', '{"a": null}', '{"b": 1}',
    '{"__proto__": 1}', '{"__proto__": null}', '{"constructor": 1}',
]


def ordered(a, b):
    try:
        return "<" if a < b else ">" if a > b else "=" if a <= b and a >= b else "none"
    except TypeError as error:
        return str(error)


pairs = []
for left, right in itertools.product(PAIRED, PAIRED):
    a, b = json.loads(left), json.loads(right)
    pairs.append([left, right, a == b, ordered(a, b)])

floats = []
for _ in range(600):
    number = struct.unpack("<d", random.randbytes(8))[0]
    if number == number and abs(number) != float("inf"):
        floats.append(number)
for exponent in range(-12, 25):
    for _ in range(12):
        floats.append(round(random.random(), random.randrange(1, 17)) * 10.0**exponent)
    floats += [10.0**exponent, -(10.0**exponent)]
floats = [[json.dumps(number), repr(number), orjson.dumps(number).decode()] for number in floats]

table = {
    "parse": [[text, outcome(text)] for text in VALUES + FAULTS],
    "print": [printed(text) for text in VALUES],
    "pairs": pairs,
    "floats": floats,
    "printable": [[code, chr(code).isprintable()] for code in sorted({*range(0x400), *random.sample(range(0x110000), 600), *range(0x2000, 0x2070), *range(0xD7F0, 0xD810), *range(0xE000 - 4, 0xE004), *range(0xFFE0, 0x10020)})],
}
lines = ",\n".join(f' "{name}": [\n' + ",\n".join(f"  {json.dumps(row)}" for row in rows) + "\n ]" for name, rows in table.items())
pathlib.Path(__file__).with_name("json.json").write_text("{\n" + lines + "\n}\n")
print({name: len(rows) for name, rows in table.items()})
