"""Writes templates.json: what the reference makes of templates.

    TZ=UTC /work/ref/venv/bin/python test/tables/make-templates.py

A row is [context, template, result], or [context, template, result, options] with the options `default` and `types`. A
result is a value, where {"$tuple": [...]}, {"$set": [...]}, {"$bytes": text}, {"$dict": [[key, value]...]},
{"$float": text} stand for what JSON lacks, or {"$raises": exception}. The clock of the macros stands at NOW.
"""

import datetime as dt
import json
import math
import pathlib
import re
import sys
import warnings

from airbyte_cdk.sources.declarative.interpolation import macros
from airbyte_cdk.sources.declarative.interpolation.jinja import JinjaInterpolation
from airbyte_cdk.sources.types import Record, StreamSlice

warnings.simplefilter("ignore")
NOW = dt.datetime(2026, 1, 31, 12, 30, 15, 123000, tzinfo=dt.timezone.utc)
ADDRESS = re.compile(" at 0x[0-9a-f]+")  # of an object that prints as nothing better: it differs from run to run
TYPES = {"str": str, "int": int, "float": float, "bool": bool, "list": list, "dict": dict, "tuple": tuple}


class AnyDatetime(type):
    def __instancecheck__(cls, value):
        return isinstance(value, dt.datetime)


class FixedClock(metaclass=AnyDatetime):
    strptime = dt.datetime.strptime

    @staticmethod
    def now(tz=None):
        return NOW.astimezone(tz)


class DatetimeModule:
    datetime = FixedClock
    timezone = dt.timezone
    timedelta = dt.timedelta
    date = dt.date


macros.datetime = DatetimeModule

CONTEXTS = {
    "record": {
        "config": {
            "api_key": "k-123", "start_date": "2024-01-15T10:20:30Z", "page_size": 50, "ratio": 0.5, "whole": 2.0, "flag": True,
            "off": False, "nothing": None, "empty": "", "zero": 0, "list": ["b", "a", "C"], "nested": {"a": {"b": [1, {"c": "deep"}]}},
            "digits": "0123", "int_text": "42", "float_text": "1.50", "list_text": "[1, 2]", "big": 12345678901234567890,
            "space": "  padded\t", "unicode": "héllo wörld €𝄞", "quote": "it's \"quoted\"", "percent": "100%", "items": "own",
        },
        "record": {
            "id": 7, "name": "Ada Lovelace", "amount": "1,234.50", "tags": ["x", "y", "x"], "score": 9.75, "active": True,
            "deleted": None, "created": "2024-03-05T06:07:08.123456+02:00", "address": {"city": "London", "zip": "N1"},
            "people": [
                {"name": "bob", "age": 30, "team": "red", "on": True}, {"name": "Al", "age": 25, "team": "Blue", "on": False},
                {"name": "cy", "age": 30, "team": "blue", "on": True}, {"name": "Di", "team": "red", "on": None},
            ],
            "matrix": [[1, 2], [3, 4]], "pairs": [["a", 1], ["b", 2]], "keys": "shadow", "0": "zeroth", "_id": "private", "__typename": "T",
            "html": "<b>bold</b> & \"q\"", "numbers": [3, 1, 2], "mixed": [1, "a", None, 2.5, True], "url": "https://x.io/a b?c=d&e=ü",
        },
        "parameters": {"name": "users", "path": "/v1/users", "n": 3},
        "stream_slice": {"$slice": {"partition": {"parent": 11}, "interval": {"start_time": "2024-01-01", "end_time": "2024-01-31"}, "extra": {"zone": "Europe/Paris"}}},
        "next_page_token": None,
        "last_record": {"$record": {"id": 99, "data": "inner"}},
    },
    "scope": {
        "config": {"flag": True, "nested": {"k": "v"}},
        "record": {
            "id": 7, "numbers": [3, 1], "pairs": [["a", 1], ["b", 2]], "tags": ["x", "y"], "address": {"city": "London"},
            "people": [{"name": "bob"}, {"name": "al"}],
        },
        "a": 1, "b": "B", "x": {"y": 5}, "c": None, "i": 0, "m": None, "ns": None, "loop": "outer",
    },
    "none": {"config": {}},
}


def decode(value):
    if isinstance(value, dict):
        if "$slice" in value:
            parts = value["$slice"]
            return StreamSlice(partition=parts["partition"], cursor_slice=parts["interval"], extra_fields=parts["extra"])
        if "$record" in value:
            return Record(data=value["$record"], stream_name="users")
        return {key: decode(item) for key, item in value.items()}
    return [decode(item) for item in value] if isinstance(value, list) else value


def encode(value):
    if isinstance(value, float) and not math.isfinite(value):
        return {"$float": str(value)}
    if isinstance(value, tuple):
        return {"$tuple": [encode(item) for item in value]}
    if isinstance(value, list):
        return [encode(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return {"$set": [encode(item) for item in value]}
    if isinstance(value, bytes):
        return {"$bytes": repr(value)}
    if isinstance(value, complex) or value is Ellipsis:
        return {"$other": repr(value)}
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {key: encode(item) for key, item in value.items()}
        return {"$dict": [[encode(key), encode(item)] for key, item in value.items()]}
    return value


def evaluate(context, template, options):
    given = decode(CONTEXTS[context])
    types = options.get("types")
    try:
        result = JinjaInterpolation().eval(
            template,
            given.pop("config"),
            options.get("default"),
            valid_types=tuple(TYPES[name] for name in types) if types else None,
            **given,
        )
    except Exception as error:
        return {"$raises": type(error).__name__}
    return encode(result)


def dump(row):
    text = json.dumps(row, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(row)  # a half of a surrogate pair has no place in a file


def main():
    from template_rows import ROWS

    rows = []
    for row in ROWS:
        context, template, options = (*row, {})[:3] if isinstance(row, (tuple, list)) else ("record", row, {})
        rows.append([context, template, evaluate(context, template, options), *([options] if options else [])])
    lines = ",\n".join(text for text in map(dump, rows) if not ADDRESS.search(text))
    head = json.dumps({"now": NOW.isoformat(), "contexts": CONTEXTS}, ensure_ascii=False)
    text = f'{head[:-1]}, "rows": [\n{lines}\n]}}\n'
    pathlib.Path(__file__).with_name("templates.json").write_text(text, encoding="utf-8")
    print(len(rows), "rows")


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    main()
