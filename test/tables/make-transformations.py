"""Writes transformations.json: what the reference's transformations, paths and schema casts do.  /path/to/reference/python make-transformations.py"""

import copy
import json
import logging
import pathlib

import anyascii
import dpath
from airbyte_cdk.sources.declarative.interpolation.interpolated_string import InterpolatedString
from airbyte_cdk.sources.declarative.transformations.add_fields import AddedFieldDefinition, AddFields
from airbyte_cdk.sources.declarative.transformations.dpath_flatten_fields import DpathFlattenFields, KeyTransformation
from airbyte_cdk.sources.declarative.transformations.flatten_fields import FlattenFields
from airbyte_cdk.sources.declarative.transformations.keys_replace_transformation import KeysReplaceTransformation
from airbyte_cdk.sources.declarative.transformations.keys_to_lower_transformation import KeysToLowerTransformation
from airbyte_cdk.sources.declarative.transformations.keys_to_snake_transformation import KeysToSnakeCaseTransformation
from airbyte_cdk.sources.declarative.transformations.remove_fields import RemoveFields
from airbyte_cdk.sources.types import StreamSlice

logging.disable(logging.CRITICAL)

CONFIG = {"start": "2026-01-01", "n": 3, "nested": {"k": [1, 2.0]}, "field": "b", "prefix": "pre_", "empty": ""}
PARAMETERS = {"name": "orders", "field": "a"}
SLICE = {"partition": {"parent": "p1"}, "interval": {"start_time": "2026-01-01", "end_time": "2026-02-01"}, "extra": {"more": {"x": 1}}}
stream_slice = StreamSlice(partition=SLICE["partition"], cursor_slice=SLICE["interval"], extra_fields=SLICE["extra"])
TYPES = {"string": str, "number": float, "integer": int, "boolean": bool}


def run(transformation, record):
    record = copy.deepcopy(record)
    try:
        transformation.transform(record, config=CONFIG, stream_state={}, stream_slice=stream_slice)
    except Exception as error:
        return {"error": type(error).__name__}
    return {"record": record}


def add_fields(spec):
    return AddFields(
        fields=[
            AddedFieldDefinition(
                path=field["path"],
                value=InterpolatedString.create(field["value"], parameters=PARAMETERS),
                value_type=TYPES.get(field.get("value_type")),
                parameters=PARAMETERS,
            )
            for field in spec["fields"]
        ],
        condition=spec.get("condition", ""),
        parameters=PARAMETERS,
    )


def flatten(spec):
    key = spec.get("key_transformation")
    return DpathFlattenFields(
        config=CONFIG,
        field_path=spec["field_path"],
        delete_origin_value=spec.get("delete_origin_value", False),
        replace_record=spec.get("replace_record", False),
        key_transformation=key and KeyTransformation(config=CONFIG, prefix=key.get("prefix"), suffix=key.get("suffix"), parameters=PARAMETERS),
        parameters=PARAMETERS,
    )


MAKERS = {
    "AddFields": add_fields,
    "RemoveFields": lambda spec: RemoveFields(field_pointers=spec["field_pointers"], condition=spec.get("condition", ""), parameters={}),
    "KeysToLower": lambda spec: KeysToLowerTransformation(),
    "KeysToSnakeCase": lambda spec: KeysToSnakeCaseTransformation(),
    "KeysReplace": lambda spec: KeysReplaceTransformation(old=spec["old"], new=spec["new"], parameters=PARAMETERS),
    "FlattenFields": lambda spec: FlattenFields(flatten_lists=spec.get("flatten_lists", True)),
    "DpathFlattenFields": flatten,
}


def add(path, value, record, value_type=None, condition=None):
    field = {"type": "AddedFieldDefinition", "path": path, "value": value, **({"value_type": value_type} if value_type else {})}
    return {"type": "AddFields", "fields": [field], **({"condition": condition} if condition is not None else {})}, record


BASE = {"id": 1, "a": "x", "b": {"c": [1, {"d": 2}], "e": None}, "f": 2.0, "g": [], "h": {}, "t": "10", "u": "é"}
ROWS = [
    *[
        add(["new"], value, BASE)
        for value in [
            "static", "1", "1.0", "{{ 1 }}", "{{ 1.50 }}", "{{ record['a'] }}", "{{ record.b }}", "{{ record.b.c }}", "{{ record.b.c[1].d }}", "{{ record['missing'] }}", "{{ record.id + 1 }}", "{{ record.f }}", "{{ record.f * 2 }}", "{{ record.g }}", "{{ record.h }}",
            "{{ record.t }}", "{{ record.t | int + 1 }}", "{{ config.start }}", "{{ config['nested'] }}", "{{ config.missing }}", "{{ parameters.name }}", "{{ stream_slice.parent }}", "{{ stream_slice['start_time'] }}", "{{ stream_interval.end_time }}", "{{ stream_partition.parent }}",
            "{{ stream_slice.extra_fields.more.x }}", "{{ stream_slice.extra_fields['more'] }}", "", " ", "True", "None", "null", "true", "{{ none }}", "{{ true }}", "[1, 'a']", "{'k': 1}", '{"k": [1.0]}', "a{{ 1 }}b", "{{ record.id }}-{{ record.a }}", "{{ record.u }}", "'quoted'", "{{ \"'x'\" }}", "007", "1e3", "0x10", "1_000", "(1, 2)", "2026-01-01", "{% if record.id == 1 %}yes{% else %}no{% endif %}",
            "{{ record.missing.deeper }}", "{{ unknown }}", "{{ record.get('a', 'z') }}", "{{ record.e or 'dflt' }}", "{{ record | length }}", "{{ 12345678901234567890 }}", "-0", "{{ 1 / 3 }}", "{{ [record.id, record.a] }}", "{{ {'x': record.f} }}",
        ]
    ],
    *[add(["new"], value, BASE, value_type) for value_type in TYPES for value in ["{{ record.id }}", "1", "1.0", "True", "abc", "{{ record.f }}", "{{ record.b }}", "", "None", "'1'", "{{ record.missing }}", "1e5", "[1]"]],
    *[
        add(path, "v", record)
        for path, record in [
            (["a"], {"a": 1, "b": 2}), (["a", "b"], {}), (["a", "b", "c"], {"a": {"x": 1}}), (["a", "0"], {}), (["a", "2"], {"a": [9]}), (["a", "0"], {"a": [9]}), (["a", "1", "k"], {"a": []}), (["a", "0", "1"], {}), (["a", "b"], {"a": None}), (["a", "b"], {"a": "s"}), (["a", "b"], {"a": 5}), (["a", "k"], {"a": [1]}),
            (["a", "-1"], {"a": [1]}), (["0"], {}), (["10"], {"9": 1, "2": 2}), (["a", "10"], {"a": {"2": 1}}), (["a", "b"], {"a": [{"b": 1}]}), (["a", "0", "b"], {"a": [{"b": 1}, {"b": 2}]}), (["a.b"], {}), (["*"], {"a": 1}), (["a", "*"], {"a": {}}), ([""], {}), (["a", ""], {}), (["a", "b", "0", "c"], {"a": {"b": [None]}}), (["__proto__"], {}), (["a", "3"], {"a": {}}),
        ]
    ],
    *[add(["new"], "{{ record.a }}", record, None, condition) for record in [{"a": 1}, {"a": "x"}, {"a": None}, {"b": 1}] for condition in ["", "{{ value }}", "{{ value is not none and value != '' }}", "{{ record.a == 1 }}", "{{ path[0] == 'new' }}", "{{ false }}", "{{ config.n == 3 }}", "{{ stream_slice.parent == 'p1' }}", "{{ parameters.name == 'orders' }}", "yes", "0"]],
    ({"type": "AddFields", "fields": [{"type": "AddedFieldDefinition", "path": ["x"], "value": "{{ record.id }}"}, {"type": "AddedFieldDefinition", "path": ["y"], "value": "{{ record.x + 1 }}"}, {"type": "AddedFieldDefinition", "path": ["x"], "value": "{{ record.y * 2 }}"}]}, {"id": 5}),
    *[
        ({"type": "RemoveFields", "field_pointers": pointers}, record)
        for pointers, record in [
            ([["a"]], BASE), ([["a"], ["b"]], BASE), ([["b", "c"]], BASE), ([["b", "c", "1", "d"]], BASE), ([["b", "c", "0"]], BASE), ([["b", "c", "1"]], BASE), ([["b", "c", "*"]], BASE), ([["b", "c", "-1"]], BASE), ([["b", "*"]], BASE), ([["*"]], BASE), ([["**"]], BASE), ([["b", "**"]], BASE), ([["**", "d"]], BASE), ([["missing"]], BASE), ([["b", "missing", "x"]], BASE),
            ([], BASE), ([["?"]], BASE), ([["[ab]"]], BASE), ([["[!ab]"]], BASE), ([["[a"]], {"[a": 1, "a": 2}), ([["x*"]], {"x": 1, "xy": 2, "yx": 3}), ([["*x"]], {"x": 1, "xy": 2, "yx": 3}), ([["k", "*", "v"]], {"k": [{"v": 1, "w": 2}, {"v": 3}, 4]}), ([["k", "*"]], {"k": [1, 2, 3]}), ([["k", "0"], ["k", "0"]], {"k": [1, 2]}), ([["k", "1"], ["k", "0"]], {"k": [1, 2]}), ([["0"]], {"0": 1, "1": 2}),
            ([["2"]], {"10": 1, "2": 2, "a": 3}), ([["a"]], {"10": 1, "2": 2, "a": 3}), ([["a", "b"]], {"a": "str"}), ([["a"]], {"a": None}), ([["k", "[0-1]"]], {"k": [1, 2, 3]}), ([["A"]], {"a": 1}), ([["a.b"]], {"a.b": 1, "a": {"b": 2}}), ([["**", "a"]], {"a": {"a": {"a": 1}}, "b": {"a": 2}}), ([["__proto__"]], {"a": 1}), ([["k", "**"]], {"k": [[1, 2], [3]]}), ([["k", "*", "*"]], {"k": [[1, 2], [3]]}), ([["é*"]], {"éa": 1, "e": 2}),
        ]
    ],
    *[
        ({"type": "RemoveFields", "field_pointers": pointers, "condition": condition}, record)
        for pointers, condition, record in [
            ([["**"]], "{{ property is none }}", BASE), ([["a"]], "{{ property == 'x' }}", BASE), ([["zzz"]], "{{ property == 2 }}", BASE), ([["**"]], "{{ property | string | length > 1 }}", BASE), ([["**"]], "{{ property == '' }}", {"a": "", "b": {"c": ""}, "d": ["", 1, ""]}), ([["a"], ["b"]], "{{ property is none }}", {"a": [None, 1, None], "b": None}), ([["**"]], "{{ config.n == 3 }}", {"a": 1, "b": [1, {"c": 2}], "d": {}}), ([], "{{ true }}", {"a": 1}),
        ]
    ],
    *[({"type": kind}, record) for kind in ["KeysToLower", "KeysToSnakeCase"] for record in [BASE, {"ID": 1, "firstName": 2}, {"Nested": {"innerKey": {"DeepKey": 1}}, "List": [{"itemKey": 1}]}, {"A": 1, "a": 2}, {"a": 1, "A": 2}, {"10": 1, "B": 2, "2": 3}, {"ÄÖ": 1, "ẞ": 2}, {}]],
    *[
        ({"type": "KeysToSnakeCase"}, {key: 1})
        for key in [
            "firstName", "FirstName", "HTTPServer", "getHTTPResponseCode", "userID", "ID", "id2", "2id", "a1b2", "A", "", "_", "__a", "a__b", "a_", "_a_", "$price", "price$", "a b", "a  b", "a-b.c", "hello@world", "1", "12", "1.5", "é", "Été", "naïve Key", "日本", "Straße", "ключ", "Привет Мир", "مرحبا", "한국어", "😀", "a😀b", "Größe (cm)", "%", "%%", "a%", "%a", "a%b%c", "camelCaseWithNumbers123AndMore", "ABC123def", "x²", "½", "№5", "Ωmega", "ﬁle", "𝐀b", "\u00a0", "a\nb", "ALLCAPS", "ALL_CAPS", "snake_case", "kebab-case", "Mixed_snakeCase", "iPhone", "eBay", "n°", "__v", "@type", "#text",
        ]
    ],
    *[({"type": "KeysReplace", "old": old, "new": new}, record) for old, new in [(" ", "_"), ("a", "{{ record.a }}"), ("{{ config.field }}", "B"), ("{{ record['u'] }}", "e"), ("{{ record.id }}", "one"), ("", "-"), ("a", ""), (".", "$&"), ("{{ parameters.field }}", "{{ stream_slice.parent }}"), ("1", "2")] for record in [BASE, {"a a": 1, "n": {"a b": {"a.c": 1}}, "l": [{"a a": 1}], "id": 1}, {"a": 1, "b": 2, "1": 3}]],
    *[({"type": "FlattenFields", **extra}, record) for extra in [{}, {"flatten_lists": False}] for record in [BASE, {"a": {"b": 1}}, {"a": {"b": {"c": 1}}, "d": 2}, {"a": {"x": 1}, "b": {"x": 2}}, {"x": 0, "a": {"x": 1}}, {"a": [1, 2], "b": {"c": 3}}, {"a": {"c": 3}, "b": [1, 2]}, {"a": [{"b": 1}, {"b": 2}], "c": {"b": 3}}, {"a": [[1, [2]], 3]}, {"a": [], "b": {"c": 1}}, {"a": {}, "b": {}}, {"10": 1, "2": {"1": 5, "10": 6}}, {}, {"a": {"b": None}, "c": None}, {"a": {"b": {"b": {"b": 1}}}}]],
    *[
        ({"type": "DpathFlattenFields", "field_path": path, **extra}, record)
        for path, record in [
            (["a"], {"id": 1, "a": {"x": 1, "y": {"z": 2}}}), (["a", "b"], {"a": {"b": {"c": 1}}, "d": 2}), (["a", "*"], {"a": {"p": {"x": 1}, "q": {"y": 2}}}), (["a", "*", "k"], {"a": [{"k": {"x": 1}}, {"k": {"y": 2}}]}), (["a"], {"a": {"id": 2}, "id": 1}), (["a"], {"a": {"a": 2}}), (["a"], {"a": [1]}), (["a"], {"a": "s"}), (["a"], {"a": None}), (["a"], {"b": 1}), (["a"], {"a": {}}), (["{{ config.field }}"], {"a": 1, "b": {"c": 2}}), (["{{ parameters.field }}"], {"a": {"c": 2}, "b": 1}), (["a", "0"], {"a": [{"x": 1}]}), (["a", "0"], {"a": {"0": {"x": 1}}}), (["*"], {"n": 1, "o": {"x": 1}}), (["a", "-1"], {"a": [{"x": 1}, {"y": 2}]}), (["10"], {"10": {"x": 1}, "2": 5}), (["a?"], {"ab": {"x": 1}}), (["a?"], {"ab": {"x": 1}, "ac": {"y": 2}}),
        ]
        for extra in [
            {}, {"delete_origin_value": True}, {"replace_record": True}, {"replace_record": True, "delete_origin_value": True}, {"key_transformation": {"type": "KeyTransformation", "prefix": "p_"}},
            {"delete_origin_value": True, "key_transformation": {"type": "KeyTransformation", "prefix": "{{ config.prefix }}", "suffix": "_{{ parameters.name }}"}}, {"replace_record": True, "key_transformation": {"type": "KeyTransformation", "suffix": "1", "prefix": "0"}},
        ]
    ],
]

DATA = {"a": {"b": [{"c": 1}, {"c": 2}], "0": "z"}, "1": "one", "x*": 3, "xy": 4, "[k]": 5, "k": 6, "é": {"ü": 7}}
PATHS = [
    [], ["a"], ["a", "b"], ["a", "0"], ["a", 0], ["1"], [1], ["x*"], ["x?"], ["[k]"], ["a", "b", 0], ["a", "b", "0"], ["a", "b", "-1", "c"], ["a", "b", -2, "c"], ["a", "b", " 1", "c"], ["a", "b", "1.0"], ["a", "b", 1.7], ["a", "b", True], ["**"], ["a", "**"], ["a", "**", "c"], ["**", "c"], ["**", "0"], ["a", "b", "*", "c"], ["zz"], ["a", "b", "[01]", "c"], ["a", "b", "?", "c"], [None], ["A"],
    ["*"], ["*", "*"], ["*", "*", "*", "c"], ["[ak]"], ["[!a]"], ["*y"], ["??"], ["a", "b", "[0-1]", "c"], ["[a-z]"], ["[z-a]"], ["[!]"], ["[]]"], ["[]k]"], ["[a-]"], ["[!a-z]"], ["a", "b", 5], ["a", "b", "-3"], ["a", "b", "x"], ["a", "b", "0", "c", "d"], ["é", "ü"], ["?", "ü"], [["a"]], [{"a": 1}], ["a", "b", 1.0, "c"], ["**", "**"], ["a.b"], ["x[*]"], ["[[]k]"], ["\\x"], ["a", "b", "+1", "c"], ["a", "b", "01", "c"],
]


def paths(data, path):
    def outcome(call):
        try:
            return {"value": call()}
        except Exception as error:
            return {"error": type(error).__name__}

    return {"get": outcome(lambda: dpath.get(data, path, default="(none)")), "values": outcome(lambda: dpath.values(data, path))}


transformed = [[spec, record, run(MAKERS[spec["type"]](spec), record)] for spec, record in ROWS]
walked = [[data, path, paths(data, path)] for data in [DATA, [1, [2, {"c": 3}], {"c": [4]}], {}, "text", 5, None] for path in PATHS if data == DATA or path.count("**") < 2]
letters = "".join(chr(code) for code in [*range(0x80, 0x600), *range(0x900, 0x3000, 37), *range(0x3000, 0xD700, 101), *range(0xF900, 0xFFF0, 13), *range(0x1D400, 0x1D7FF, 17), *range(0x1F300, 0x1FAFF, 19)])
ascii = [[letter, anyascii.anyascii(letter)] for letter in letters]


def lines(rows):
    return "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]"


pathlib.Path(__file__).with_name("transformations.json").write_text(
    f'{{\n"context": {json.dumps({"config": CONFIG, "parameters": PARAMETERS, "slice": SLICE})},\n"rows": {lines(transformed)},\n"paths": {lines(walked)},\n"ascii": {json.dumps(ascii)}\n}}\n'
)
print(len(transformed), "transformations,", len(walked), "paths,", len(ascii), "letters")
